"""Rules on the papers of meetings: PDFs that are named are there, can be enclosed, and each reaches somebody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from .. import elsewhere
from ..model.content import Content
from ..model.meeting import AgendaItem, Meeting
from ..model.partnership import Partnership
from ..problems import Problem, Span


def papers_are_there(content: Content) -> Iterator[Problem]:
    """A PDF that an agenda names lies beside the file that names it."""
    for entry in content.entries:
        for loc, path in entry.papers:
            if path not in content.papers:
                here = [other for other in content.papers if PurePosixPath(other).parent == PurePosixPath(path).parent]
                names = ", ".join(f"`{PurePosixPath(other).name}`" for other in here)
                yield Problem(
                    entry.source.span(loc),
                    f"there is no `{PurePosixPath(path).name}` beside this file",
                    "Put the PDF there, or write its right name." + (f" There is {names}." if names else ""),
                )


def papers_can_be_enclosed(content: Content) -> Iterator[Problem]:
    """A PDF is one whose pages can be taken."""
    for path, data in content.papers.items():
        if said := elsewhere.fault(data):
            hint = "Open it, print it to a new PDF without protection, on A4 or A3, and put that in its place."
            yield Problem(Span(path), said, hint)


def papers_are_named(content: Content) -> Iterator[Problem]:
    """A PDF that no agenda names would reach nobody."""
    named = {path for entry in content.entries for _, path in entry.papers}
    for path in content.papers:
        if path not in named:
            yield Problem(
                Span(path),
                "no item of an agenda names this PDF, so nobody gets it",
                f"Name it under its item (`enclosures:`, `pdf: {PurePosixPath(path).name}`), or delete it.",
                "warning",
            )


def enclosed_minutes_exist(content: Content) -> Iterator[Problem]:
    """What is enclosed of a meeting are its minutes, and that meeting was another one."""
    for entry in content.entries:
        for address in entry.parts:
            if not isinstance(address.record, AgendaItem):
                continue
            for number, enclosure in enumerate(address.record.enclosures):
                found = content.by_kind.get(("publication", enclosure.publication or ""))
                if found and isinstance(found.record, Meeting) and found.record.minutes_status == "none":
                    yield Problem(
                        entry.source.span((*address.loc, "enclosures", number, "publication")),
                        f"`{found.record.id}` is a meeting without minutes, so there is nothing to enclose",
                        "Add its minutes and their `minutes_status`, or take the enclosure out.",
                    )
                elif found and found.record.id == getattr(entry.record, "meeting", entry.record.id):
                    yield Problem(
                        entry.source.span((*address.loc, "enclosures", number, "publication")),
                        "a meeting cannot have its own minutes among its papers: they are written after it",
                        "Enclose them at the next meeting, or take the enclosure out.",
                    )


def papers_to_come_have_a_day(content: Content) -> Iterator[Problem]:
    """For a meeting that is still to come, readers and the rule of notice need the day of its papers."""
    editions = [partnership.edition.date for partnership in content.every(Partnership)]
    for entry in content.entries:
        meeting = entry.record
        if not isinstance(meeting, Meeting) or meeting.papers_published or not any(d < meeting.held for d in editions):
            continue
        first = next((place for place, item in enumerate(meeting.agenda) if item.enclosures), None)
        if first is not None:
            yield Problem(
                entry.source.span(("agenda", first, "enclosures"), key=True),
                "this meeting is still to come and has papers, but nothing says when they are published",
                "Add `papers_published:` with the day, below `held:`.",
                "warning",
            )


RULES = (papers_can_be_enclosed, papers_to_come_have_a_day)

RULES_OF_THE_WHOLE = (papers_are_there, enclosed_minutes_exist, papers_are_named)
