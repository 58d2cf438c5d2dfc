"""What relates to what, across publications: the pages that set their records beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from ..chapters import done, schedule
from ..drawing import Box, Organogram
from ..edition import Page, spoken
from ..model.content import Content
from ..model.local_plan import LocalPlan
from ..model.meeting import Meeting
from ..model.partnership import Partnership
from ..model.plan import Outcome, Plan, Target
from ..model.publication import Milestone
from ..model.strategy import Strategy
from ..model.who import Bodies
from ..view import View, Views

# The areas that bodies work for, from the largest to the smallest.
LEVELS = {"south east london": "South East London", "borough": "The borough", "neighbourhood": "Neighbourhoods"}


@dataclass(frozen=True, eq=False)
class Loose:
    """What a plan does not join to anything: the records, each with how often; `count` adds these up."""

    what: str
    at: tuple[tuple[View, int], ...]

    @property
    def count(self) -> int:
        return sum(times for _, times in self.at)


@dataclass(frozen=True, eq=False)
class Carried:
    """A record of an earlier plan, and what of the later one carries it on."""

    record: View
    by: tuple[View, ...]
    how: str


@dataclass(frozen=True, eq=False)
class Succession:
    """A plan and the one that took its place."""

    earlier: View
    later: View
    priorities: tuple[Carried, ...]
    enablers: tuple[Carried, ...]
    new_priorities: tuple[View, ...]
    new_enablers: tuple[View, ...]


@dataclass(frozen=True, eq=False)
class Counterparts:
    """A strategic priority, and the plan's priorities that the editors set beside it."""

    strategic: View
    priorities: tuple[View, ...]


@dataclass(frozen=True, eq=False)
class Event:
    """Something with a time: a milestone, an outcome or a target with a year, a meeting."""

    record: View
    kind: str
    file: View
    when: str
    until: date
    precision: str


@dataclass(frozen=True, eq=False)
class Seat:
    """A body with what leads back to it: who reports to it, and what it took the place of."""

    body: View
    reporting: tuple[View, ...]
    before: tuple[View, ...]


def view_pages(content: Content, views: Views) -> Iterator[Page]:
    """The pages for which there is something to show."""
    place = content.the(Partnership).place
    plans = [views.whole(plan) for plan in content.every(Plan)]
    for plan in plans:
        yield Page(
            "registers/trace.md",
            "How the plan hangs together",
            "Objectives, priorities, actions, outcomes, measures and enablers: what serves what, both ways.",
            "trace.html",
            _trace(plan),
        )
    if found := [succession(views.whole(plan)) for plan in content.every(LocalPlan) if replaced(plan, content)]:
        yield Page(
            "registers/then-and-now.md",
            "Then and now",
            "What became of the priorities and enablers of the local plan, and what is new in the plan after it.",
            "then-and-now.html",
            {"successions": found},
        )
    if strategies := [views.whole(strategy) for strategy in content.every(Strategy)]:
        wider = " and ".join(dict.fromkeys(strategy.place for strategy in strategies))
        for plan in plans:
            yield Page(
                "registers/side-by-side.md",
                f"{place} beside {wider}",
                f"The priorities of {place} beside those of the strategy for {wider}, with what each aims for.",
                "side-by-side.html",
                {
                    "plan": plan,
                    "strategies": [(strategy, tuple(counterparts(strategy, plan))) for strategy in strategies],
                    "alone": [p for p in plan.priorities if not p.editorial_links.strategic_priorities],
                },
            )
    if any_time := list(events(content, views)):
        yield _timeline(any_time, views)
    for bodies in content.every(Bodies):
        yield _governance(views.whole(bodies))


def _trace(plan: View) -> dict[str, Any]:
    outcomes = [outcome for priority in plan.priorities for outcome in priority.outcomes]
    return {
        "plan": plan,
        "actions": {priority.key: len(done(priority.actions)) for priority in plan.priorities},
        "outcomes": len(outcomes),
        "measured": sum(outcome.measure is not None for outcome in outcomes),
        "loose": tuple(loose(plan)),
    }


def loose(plan: View) -> Iterator[Loose]:
    """What of a plan is joined to nothing, or to nothing that can be measured."""
    priorities = list(plan.priorities)
    served = {objective.key for p in priorities for objective in p.editorial_links.objectives}
    rested_on = {enabler.key for p in priorities for enabler in p.editorial_links.enablers}
    for what, records in (
        ("Objectives that no priority serves", [o for o in plan.objectives.objectives if o.key not in served]),
        ("Enablers that no priority rests on", [e for e in plan.enablers if e.key not in rested_on]),
        ("Priorities that serve no objective", [p for p in priorities if not p.editorial_links.objectives]),
        ("Priorities that rest on no enabler", [p for p in priorities if not p.editorial_links.enablers]),
        ("Priorities without an action", [p for p in priorities if not done(p.actions)]),
        ("Priorities without an outcome", [p for p in priorities if not p.outcomes]),
    ):
        yield Loose(what, tuple((record, 1) for record in records))
    for what, counted in (
        ("Actions still to be agreed", [sum(a.kind == "placeholder" for a in p.record.actions) for p in priorities]),
        ("Outcomes without a measure", [sum(not o.measure for o in p.record.outcomes) for p in priorities]),
        ("Outcomes without a year", [sum(not o.deadline for o in p.record.outcomes) for p in priorities]),
    ):
        yield Loose(what, tuple((p, times) for p, times in zip(priorities, counted, strict=True) if times))


def replaced(plan: LocalPlan, content: Content) -> bool:
    """Whether the plan that took its place is here for this audience."""
    return any(later.id == plan.replaced_by for later in content.every(Plan))


def succession(earlier: View) -> Succession:
    """What became of a plan's priorities and enablers in the plan that took its place."""
    later = earlier.replaced_by
    priorities, enablers = list(later.priorities), list(later.enablers)
    carriers = [(p, p.editorial_links.continues) for p in priorities]
    carriers += [(objective, objective.continues) for objective in later.objectives.objectives]
    carriers += [(enabler, enabler.continues) for enabler in enablers]
    carriers += [(requirement, requirement.continues) for enabler in enablers for requirement in enabler.requirements]
    carriers += [(pathway, pathway.continues) for pathway in later.pathways.pathways]
    return Succession(
        earlier,
        later,
        tuple(carried(earlier.priorities, carriers)),
        tuple(carried(earlier.enablers, carriers)),
        tuple(p for p in priorities if not p.editorial_links.continues),
        tuple(enabler for enabler in enablers if not enabler.continues),
    )


def carried(records: Iterable[View], carriers: list[tuple[View, list[View]]]) -> Iterator[Carried]:
    """Each earlier record with those that say that they continue it, and in what way they do."""
    for record in records:
        by = [(view, earlier) for view, earlier in carriers if record.key in [one.key for one in earlier]]
        joined = any(len(earlier) > 1 for _, earlier in by)
        match len(by), joined:
            case 0, _:
                how = "not found again"
            case 1, False:
                how = "carried on"
            case 1, True:
                how = "joined with others"
            case _, False:
                how = "divided"
            case _:
                how = "divided, and joined with others"
        yield Carried(record, tuple(view for view, _ in by), how)


def counterparts(strategy: View, plan: View) -> Iterator[Counterparts]:
    """Each strategic priority with its counterparts in the plan."""
    for strategic in strategy.priorities:
        found = [
            priority
            for priority in plan.priorities
            if strategic.key in [other.key for other in priority.editorial_links.strategic_priorities]
        ]
        yield Counterparts(strategic, tuple(found))


def events(content: Content, views: Views) -> Iterator[Event]:
    """Everything that has a time, in no order."""
    for entry in content.entries:
        for address in entry.parts:
            record, view, file = address.record, views.at(address), views.whole(entry.record)
            match record:
                case Milestone():
                    yield Event(view, "milestone", file, record.when, record.until, record.precision)
                case Outcome(deadline=str(year)):
                    yield Event(view, "outcome", file, f"By {year}", date(int(year), 12, 31), "year")
                case Target(deadline=year):
                    yield Event(view, "target", file, f"By {year}", date(int(year), 12, 31), "year")
                case Meeting(held=held):
                    yield Event(view, "meeting", file, spoken(held), held, "day")


def _timeline(found: list[Event], views: Views) -> Page:
    day = views.content.the(Partnership).edition.date
    in_order = sorted(found, key=lambda event: event.until)
    milestones = [event for event in in_order if event.kind == "milestone"]
    by_file = {event.file.key: event.file for event in milestones}
    groups = [(file.short_title, [e.record for e in milestones if e.file.key == key]) for key, file in by_file.items()]
    drawn = schedule(groups, views)

    def by_year(events: Iterable[Event]) -> list[tuple[int, list[Event]]]:
        return [(year, list(held)) for year, held in groupby(events, key=lambda event: event.until.year)]

    return Page(
        "registers/timeline.md",
        "Timeline",
        "Everything that our sources give a time for, in order: milestones, outcomes, targets and meetings.",
        "timeline.html",
        {
            "past": by_year(event for event in in_order if event.until <= day),
            "ahead": by_year(event for event in in_order if event.until > day),
            "kinds": Counter(event.kind for event in found),
        },
        {"milestones": drawn} if drawn else {},
    )


def _governance(register: View) -> Page:
    record = register.record
    bodies = list(register.bodies)
    seats = {b.key: Seat(b, _back(b, "reports_to", bodies), _back(b, "successor", bodies)) for b in bodies}
    levels = [
        (words, [seats[body.key] for body in bodies if body.level == level])
        for level, words in LEVELS.items()
        if any(body.level == level for body in bodies)
    ]
    tops = [(words, [seat for seat in held if not seat.body.reports_to]) for words, held in levels]
    drawn = Organogram(tuple((words, tuple(_box(seat, seats, "") for seat in held)) for words, held in tops if held))
    return Page(
        "registers/governance.md",
        record.title,
        register.plain_summary,
        "governance.html",
        {"register": register, "levels": levels},
        {"governance": drawn},
    )


def _back(body: View, field: str, bodies: list[View]) -> tuple[View, ...]:
    """The bodies that name this one in a field."""
    return tuple(other for other in bodies if (named := getattr(other, field)) and named.key == body.key)


def _box(seat: Seat, seats: dict[str, Seat], level: str) -> Box:
    """A body and all those below it; a body of another level than the one above it says so."""
    record, successor = seat.body.record, seat.body.successor
    said = [LEVELS[record.level]] if level and record.level != level else []
    said += [f"until {record.until}"] if record.until else []
    said += [f"followed by {successor.name}"] if successor else []
    words = "; ".join(said)
    return Box(
        record.name,
        words[:1].upper() + words[1:],
        bool(record.until or successor),
        tuple(_box(seats[other.key], seats, record.level) for other in seat.reporting),
    )
