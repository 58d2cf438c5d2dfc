"""Rules on action logs: how a row goes on from meeting to meeting, and what a body's logs and minutes share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.content import Content, Entry
from ..model.meeting import ActionLog, ClosedPart, Meeting, MinutedAction
from ..model.record import AUDIENCES
from ..problems import Problem, Span

Rule = Callable[[Content], Iterator[Problem]]


def rows_are_numbered_once_for_a_body(content: Content) -> Iterator[Problem]:
    """The open and the closed log of a body are one printed log: a number in it means one row."""
    seen: dict[tuple[str, str], tuple[Entry, Span]] = {}
    for entry, log in _logs(content):
        for place, row in enumerate(log.actions):
            span = entry.source.span(("actions", place, "number"))
            first, there = seen.setdefault((log.body, row.number), (entry, span))
            if first is not entry:
                yield Problem(
                    span,
                    f"row {row.number} of the same body stands in another log too: {there}",
                    "The logs of a body share the numbers of its printed log: write the number that is printed, "
                    "or keep the row in one of them.",
                )


def rows_are_due_after_they_are_raised(content: Content) -> Iterator[Problem]:
    """Nothing is due before it was asked for."""
    for entry, log in _logs(content):
        for place, row in enumerate(log.actions):
            if row.due and row.due < row.raised:
                yield Problem(
                    entry.source.span(("actions", place, "due")),
                    f"row {row.number} is due on {row.due.isoformat()}, before it was raised",
                    f"It was raised on {row.raised.isoformat()}: put the right day here or there.",
                )


def progress_is_told_at_its_meeting(content: Content) -> Iterator[Problem]:
    """A line of progress is one meeting's: of the log's own body, on the day of that meeting, once."""
    for entry, log in _logs(content):
        for place, row in enumerate(log.actions):
            told: set[str] = set()
            for inner, progress in enumerate(row.progress):
                found = content.by_kind.get(("meeting", progress.meeting or ""))
                if found is None or not isinstance(meeting := found.record, Meeting):
                    continue
                loc = ("actions", place, "progress", inner)
                if meeting.id in told:
                    yield Problem(
                        entry.source.span((*loc, "meeting")),
                        f"row {row.number} already has the progress that `{meeting.id}` was told",
                        "Write one line for each meeting: join the two, or name the other meeting.",
                    )
                elif meeting.body != log.body:
                    yield Problem(
                        entry.source.span((*loc, "meeting")),
                        f"`{meeting.id}` is a meeting of `{meeting.body}`, but this is the log of `{log.body}`",
                        f"Name the meeting of `{log.body}` that was told, or delete the line.",
                    )
                elif progress.told != meeting.held:
                    yield Problem(
                        entry.source.span((*loc, "told")),
                        f"this was told on {progress.told.isoformat()}, "
                        f"but `{meeting.id}` was held on {meeting.held.isoformat()}",
                        f"Write `told: {meeting.held.isoformat()}`, or name the other meeting.",
                    )
                told.add(meeting.id)


def minuted_actions_are_logged(content: Content) -> Iterator[Problem]:
    """Where a body keeps a log, an action of its minutes has a row there."""
    logs = list(_logs(content))
    for entry in content.entries:
        match entry.record:
            case Meeting():
                meeting: Meeting | None = entry.record
            case ClosedPart():
                found = content.by_kind.get(("meeting", entry.record.meeting))
                meeting = found.record if found and isinstance(found.record, Meeting) else None
            case _:
                continue
        mine = AUDIENCES.index(content.audience(entry))
        files = [
            other.source.path
            for other, log in logs
            if meeting and log.body == meeting.body and AUDIENCES.index(content.audience(other)) <= mine
        ]
        for address in entry.parts if files else ():
            if isinstance(address.record, MinutedAction) and address.record.logged_as is None:
                yield Problem(
                    entry.source.span(address.loc),
                    "the body keeps an action log, but this action names no row of it",
                    f"Add `logged_as:` with the id of its row in {' or '.join(files)}; "
                    "if it has none, add the row there first.",
                    "warning",
                )


RULES: tuple[Rule, ...] = (
    rows_are_numbered_once_for_a_body,
    rows_are_due_after_they_are_raised,
    progress_is_told_at_its_meeting,
)

# Until every log could be read, a row may be missing only for that.
RULES_OF_THE_WHOLE: tuple[Rule, ...] = (minuted_actions_are_logged,)


def _logs(content: Content) -> Iterator[tuple[Entry, ActionLog]]:
    for entry in content.entries:
        if isinstance(entry.record, ActionLog):
            yield entry, entry.record
