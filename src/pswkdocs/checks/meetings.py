"""Rules on a meeting's file: numbers, times, papers, notice, and how an action log goes on."""

from __future__ import annotations

import re
from calendar import SATURDAY, day_name
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from ..model.content import Entry
from ..model.meeting import ActionLog, AgendaItem, ClosedPart, Meeting
from ..notice import CLEAR_DAYS, clear_days, latest_day
from ..problems import Problem
from ..source import Loc

Rule = Callable[[Entry], Iterator[Problem]]


def numbers_stand_once(entry: Entry) -> Iterator[Problem]:
    """An item, a minute and a row of the log are cited by their numbers."""
    match entry.record:
        case Meeting():
            items = [(("agenda", n), item.number) for n, item in enumerate(entry.record.agenda)]
            items += [(("closed_items", n), item.number) for n, item in enumerate(entry.record.closed_items)]
            yield from _once(entry, "item", items)
            yield from _once(entry, "minute", _minutes(entry.record.agenda))
        case ClosedPart():
            yield from _once(
                entry, "item", ((("agenda", n), item.number) for n, item in enumerate(entry.record.agenda))
            )
            yield from _once(entry, "minute", _minutes(entry.record.agenda))
        case ActionLog():
            rows = ((("actions", n), row.number) for n, row in enumerate(entry.record.actions))
            yield from _once(entry, "row", rows)


def minutes_have_a_standing(entry: Entry) -> Iterator[Problem]:
    """Minutes are drafts until they are approved, and readers are told which."""
    if not isinstance(entry.record, Meeting):
        return
    first = next(_minutes(entry.record.agenda), None)
    if first and entry.record.minutes_status == "none":
        yield Problem(
            entry.source.span((*first[0], "number")),
            "there are minutes here, but `minutes_status` says there are none",
            "Write `minutes_status: draft`, or `minutes_status: approved` once they are.",
        )
    elif not first and entry.record.minutes_status != "none":
        yield Problem(
            entry.source.span(("minutes_status",)),
            f"`minutes_status` says {entry.record.minutes_status}, but there are no minutes here",
            "Write `minutes_status: none` until there are, or add `minutes:` below the items.",
        )


def a_meeting_is_held_on_its_day(entry: Entry) -> Iterator[Problem]:
    """The id ends in the day of the meeting; few meetings are held at a weekend."""
    if not isinstance(entry.record, Meeting):
        return
    held = entry.record.held
    day = re.search(r"\d{4}-\d\d-\d\d$", entry.record.id)
    if day and day[0] != held.isoformat():
        yield Problem(
            entry.source.span(("held",)),
            f"`held` says {held.isoformat()}, but the id `{entry.record.id}` says {day[0]}",
            f"Write `held: {day[0]}`; or, if that is not the day and nothing is published yet, put the right day "
            "into the id and the name of the folder.",
        )
    elif held.weekday() >= SATURDAY:
        yield Problem(
            entry.source.span(("held",)),
            f"{held.isoformat()} is a {day_name[held.weekday()]}",
            "Look whether that is the day. If it is, leave it so.",
            "warning",
        )


def a_meeting_ends_after_it_begins(entry: Entry) -> Iterator[Problem]:
    """Times run on: from the beginning of the meeting through its items to its end."""
    if not isinstance(entry.record, Meeting):
        return
    times: list[tuple[Loc, str, str | None]] = [(("begins",), "the meeting begins", entry.record.begins)]
    for n, item in enumerate(entry.record.agenda):
        times.append((("agenda", n, "begins"), f"item {item.number} begins", item.begins))
    times.append((("ends",), "the meeting ends", entry.record.ends))
    stated = [(loc, what, time) for loc, what, time in times if time]
    for (_, what_before, before), (loc, what, time) in pairwise(stated):
        if time < before:
            yield Problem(
                entry.source.span(loc),
                f"{what} at {time}, but before that {what_before} at {before}",
                "Put the times in order, in hours from 00:00 to 23:59.",
            )


def papers_come_in_time(entry: Entry) -> Iterator[Problem]:
    """Papers are published five clear days before the meeting, or the notice says why not."""
    if not isinstance(entry.record, Meeting) or entry.record.papers_published is None:
        return
    published, held = entry.record.papers_published, entry.record.held
    if published > held:
        hint = f"The meeting is on {held.isoformat()}: put the right day."
        yield Problem(entry.source.span(("papers_published",)), "the papers come after the meeting", hint)
    elif (days := clear_days(published, held)) < CLEAR_DAYS and not entry.record.short_notice:
        yield Problem(
            entry.source.span(("papers_published",)),
            f"{_counted(days)} between {published.isoformat()} and the meeting; {CLEAR_DAYS} are due",
            f"Publish by {latest_day(held).isoformat()}, or add `short_notice:` with the reason.",
        )


def late_papers_are_late(entry: Entry) -> Iterator[Problem]:
    """A late paper comes after the others and before the meeting."""
    if not isinstance(entry.record, Meeting | ClosedPart):
        return
    first = entry.record.papers_published if isinstance(entry.record, Meeting) else None
    held = entry.record.held if isinstance(entry.record, Meeting) else None
    for n, item in enumerate(entry.record.agenda):
        for inner, enclosure in enumerate(item.enclosures):
            if not enclosure.late:
                continue
            loc = ("agenda", n, "enclosures", inner, "late", "published")
            if first and enclosure.late.published <= first:
                message = f"this paper is marked late, but the others came on {first.isoformat()}"
                yield Problem(entry.source.span(loc), message, "Put the right day, or delete `late`.")
            elif held and enclosure.late.published > held:
                message = f"this paper came after the meeting of {held.isoformat()}"
                yield Problem(entry.source.span(loc), message, "Put the right day.")


def papers_are_named_once(entry: Entry) -> Iterator[Problem]:
    """A paper is one of ours or a PDF, and its letter is its own."""
    if not isinstance(entry.record, Meeting | ClosedPart):
        return
    letters = set()
    for n, item in enumerate(entry.record.agenda):
        for inner, enclosure in enumerate(item.enclosures):
            loc = ("agenda", n, "enclosures", inner)
            if (enclosure.publication is None) == (enclosure.pdf is None):
                said = "two papers" if enclosure.pdf else "no paper"
                yield Problem(
                    entry.source.span(loc),
                    f"this enclosure names {said}",
                    "Write `publication:` with the id of one of ours, or `pdf:` with a file beside this one.",
                )
            elif enclosure.pdf and not enclosure.pdf_title:
                yield Problem(
                    entry.source.span(loc),
                    f"`{enclosure.pdf}` has no title",
                    "Add `pdf_title:` with what it is called.",
                )
            if enclosure.letter in letters:
                message = f"Enclosure {enclosure.letter} stands here a second time"
                yield Problem(entry.source.span((*loc, "letter")), message, "Give each paper a letter of its own.")
            if enclosure.letter:
                letters.add(enclosure.letter)


def progress_goes_on(entry: Entry) -> Iterator[Problem]:
    """A row is told of after it was raised, meeting by meeting."""
    if not isinstance(entry.record, ActionLog):
        return
    for n, row in enumerate(entry.record.actions):
        if not row.progress:
            message, hint = (
                f"row {row.number} says nothing on how far it is",
                "Add `progress:` with `told:` and `status:`.",
            )
            yield Problem(entry.source.span(("actions", n)), message, hint)
        last = row.raised
        for inner, progress in enumerate(row.progress):
            if progress.told < last:
                yield Problem(
                    entry.source.span(("actions", n, "progress", inner, "told")),
                    f"{progress.told.isoformat()} is before {last.isoformat()}",
                    "Write the first meeting first, and none before the row was raised.",
                )
            last = progress.told


RULES: tuple[Rule, ...] = (
    numbers_stand_once,
    minutes_have_a_standing,
    a_meeting_is_held_on_its_day,
    a_meeting_ends_after_it_begins,
    papers_come_in_time,
    late_papers_are_late,
    papers_are_named_once,
    progress_goes_on,
)


def _counted(days: int) -> str:
    return f"there is {days} clear day" if days == 1 else f"there are {days} clear days"


def _minutes(agenda: Iterable[AgendaItem]) -> Iterator[tuple[Loc, str]]:
    for n, item in enumerate(agenda):
        for inner, minute in enumerate(item.minutes):
            yield ("agenda", n, "minutes", inner), minute.number
        for place, topic in enumerate(item.topics):
            for inner, minute in enumerate(topic.minutes):
                yield ("agenda", n, "topics", place, "minutes", inner), minute.number


def _once(entry: Entry, what: str, numbered: Iterable[tuple[Loc, str]]) -> Iterator[Problem]:
    seen = set()
    for loc, number in numbered:
        if number in seen:
            yield Problem(
                entry.source.span((*loc, "number")),
                f"{what} {number} stands here a second time",
                "Give each a number of its own; a wrong printed number goes into `printed`.",
            )
        seen.add(number)
