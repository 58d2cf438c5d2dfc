"""Rules on a meeting and its closed part, which stand in two files: what is closed stays so, and both mean the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ..model.content import Content
from ..model.meeting import Attendance, ClosedPart, Meeting
from ..problems import Problem


def closed_parts_stay_closed(content: Content) -> Iterator[Problem]:
    """A closed part is never public, and stands beside its meeting."""
    for entry in content.entries:
        if not isinstance(entry.record, ClosedPart):
            continue
        if entry.record.audience == "public":
            yield Problem(
                entry.source.span(("audience",)),
                "this is public, but it is the closed part of a meeting",
                "Write `audience: staff` or `audience: restricted`; what everybody may read stands in `meeting.yml`.",
            )
        meeting = content.by_kind.get(("meeting", entry.record.meeting))
        folder = PurePosixPath(entry.source.path).parent
        if meeting and PurePosixPath(meeting.entry.source.path).parent != folder:
            yield Problem(
                entry.source.span(("meeting",)),
                f"this stands in the folder `{folder.name}`, but says that it belongs to `{entry.record.meeting}`",
                f"Write `meeting: {folder.name}`, or move the file beside {meeting.entry.source.path}.",
            )


def closed_items_are_announced(content: Content) -> Iterator[Problem]:
    """The open agenda says of each closed item that it exists, and the closed part has no other."""
    for entry in content.entries:
        if not isinstance(entry.record, ClosedPart):
            continue
        meeting = content.by_kind.get(("meeting", entry.record.meeting))
        if meeting is None:
            continue
        assert isinstance(meeting.record, Meeting)
        announced = {item.number for item in meeting.record.closed_items}
        for place, item in enumerate(entry.record.agenda):
            if item.number not in announced:
                yield Problem(
                    entry.source.span(("agenda", place, "number")),
                    f"the open agenda does not say that there is a closed item {item.number}",
                    f"Add it to `closed_items` in {meeting.entry.source.path}, with the reason and nothing else.",
                )


def those_who_spoke_were_there(content: Content) -> Iterator[Problem]:
    """Who sent apologies did not speak."""
    for entry in content.entries:
        if not isinstance(entry.record, Meeting | ClosedPart):
            continue
        for reference in entry.references:
            spoke = "speakers" in reference.loc or reference.loc[-1] == "replied_by"
            target = content.resolve(reference) if spoke else None
            if target and isinstance(target.record, Attendance) and target.record.capacity == "apologies":
                yield Problem(
                    entry.source.span(reference.loc),
                    f"`{reference.id}` spoke here, but sent apologies for the meeting",
                    "Name who spoke in their place; or, if they came, put their `capacity` right in the attendance: "
                    f"{target.entry.source.span((*target.loc, 'capacity'))}.",
                )


def those_who_are_named_were_there(content: Content) -> Iterator[Problem]:
    """Who spoke, led or replied stands in the attendance of the same meeting, and a decision in its own minutes."""
    for entry in content.entries:
        if not isinstance(entry.record, Meeting | ClosedPart):
            continue
        meeting = entry.record.id if isinstance(entry.record, Meeting) else entry.record.meeting
        for reference in entry.references:
            if reference.means.kind not in ("attendance", "minute") or meeting not in content.addresses:
                continue
            target = content.resolve(reference)
            if target and target.entry.record.id not in (entry.record.id, meeting):
                where = "the attendance" if reference.means.kind == "attendance" else "the minutes"
                yield Problem(
                    entry.source.span(reference.loc),
                    f"`{reference.id}` stands in {where} of another meeting, `{target.entry.record.id}`",
                    f"Write an id from {where} of this meeting, or add what is missing there.",
                )


RULES = (closed_parts_stay_closed, closed_items_are_announced)

RULES_OF_THE_WHOLE = (those_who_are_named_were_there, those_who_spoke_were_there)
