"""A plan's parts, arranged as pages and documents show them: work by year, priorities by workstream, charts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .drawing import Chart, Comparison, Due, Schedule, Tiers, comparison
from .model.local_plan import LocalPlan
from .model.paper import Paper
from .model.plan import Plan
from .model.publication import Figure, Milestone
from .model.strategy import Strategy
from .view import View, Views


@dataclass(frozen=True)
class Step:
    """An action and the actions that are parts of it."""

    action: View
    parts: tuple[View, ...]


@dataclass(frozen=True)
class Work:
    """What a priority does in one year."""

    year: str
    steps: tuple[Step, ...]

    def of(self, kind: str) -> int:
        """How many of its entries are of a kind, parts among them."""
        return sum(view.record.kind == kind for step in self.steps for view in (step.action, *step.parts))

    @property
    def parts(self) -> int:
        """How many of its actions are parts of another."""
        return len(done(part for step in self.steps for part in step.parts))


@dataclass(frozen=True)
class PriorityPlan:
    """A priority with its work sorted by year."""

    priority: View
    work: tuple[Work, ...]
    leads_stated: bool

    @property
    def widths(self) -> tuple[int, ...]:
        """The columns of its action plan, in hundredths: action, each year, lead, working with."""
        years = (9,) * len(self.work)
        return (100 - sum(years) - 13 - 16, *years, 13, 16)


def done(entries: Iterable[View]) -> list[View]:
    """The actions of an action plan: an entry that is still to be agreed, or that tells of money, is none."""
    return [entry for entry in entries if entry.record.kind == "action"]


def planned(priority: View, plan: View) -> PriorityPlan:
    """A priority's actions, sorted by the plan's years, parts below their whole."""
    actions = priority.actions
    work = []
    for year in plan.years:
        whole = [action for action in actions if action.year == year and action.part_of is None]
        steps = [
            Step(action, tuple(p for p in actions if p.part_of is not None and p.part_of.key == action.key))
            for action in whole
        ]
        work.append(Work(year, tuple(steps)))
    return PriorityPlan(priority, tuple(work), any(action.lead for action in actions))


def by_workstream(plan: View) -> list[tuple[View | None, list[View]]]:
    """A plan's priorities under their workstreams; first those that belong to none."""
    groups: list[tuple[View | None, list[View]]] = []
    for workstream in [None, *plan.workstreams.workstreams]:
        key = workstream.key if workstream else None
        held = [p for p in plan.priorities if (p.workstream.key if p.workstream else None) == key]
        if held:
            groups.append((workstream, held))
    return groups


def charts(whole: View, views: Views) -> dict[str, Chart]:
    """The charts that a publication's records give, by name; a name means one chart on the whole site."""
    made: dict[str, Chart | None] = {}
    match whole.record:
        case Plan():
            made["population"] = compared(whole.population.figures, views)
            made |= _compared_in(whole.priorities, views)
        case LocalPlan():
            made[f"{whole.key}-neighbourhoods"] = Tiers(tuple(tier.title for tier in whole.neighbourhoods.tiers))
        case Strategy():
            made |= _compared_in(whole.priorities, views)
            made[f"{whole.key}-milestones"] = schedule([(whole.record.short_title, whole.process.milestones)], views)
        case Paper():
            made[f"{whole.key}-milestones"] = schedule([(whole.record.short_title, whole.plan.milestones)], views)
    return {name: chart for name, chart in made.items() if chart}


def compared(figures: Iterable[View], views: Views) -> Comparison | None:
    """The figures that say how large a share is in several places or groups."""
    rows: dict[str, tuple[tuple[str, str], ...]] = {}
    for figure in figures:
        record = figure.record
        measure = views.plain(record.measure) + (f" ({record.period})" if record.period else "")
        place = "Place not stated" if record.place == "not stated" else record.place
        ours = ", ".join(filter(None, (record.group, place)))
        others = ((other.place, other.value) for other in record.compared_with)
        rows[measure] = (*rows.get(measure, ()), (ours, record.amount), *others)
    return comparison((measure, tuple(dict.fromkeys(values))) for measure, values in rows.items())


def against_targets(records: Iterable[View], views: Views) -> Comparison | None:
    """The outcomes and metrics of which a figure says where they set out, each beside its target."""
    rows = []
    for view in records:
        record, baseline = view.record, getattr(view, "baseline", None)
        if baseline and record.target:
            figure = baseline.record
            measure = views.plain(getattr(record, "measure", None) or record.text)
            deadline = getattr(record, "deadline", None)
            setting_out = (figure.period or "at the outset", figure.amount)
            rows.append((measure, (setting_out, (f"target for {deadline}" if deadline else "target", record.target))))
    return comparison(rows)


def schedule(groups: Iterable[tuple[str, list[View]]], views: Views) -> Schedule | None:
    """Milestones on a scale of months, each as long as its time can be."""
    held = [
        (name, [(row, *_span(row.record)) for row in sorted(milestones, key=lambda row: row.record.until)])
        for name, milestones in groups
    ]
    spans = [(first, last) for _, rows in held for _, first, last in rows]
    if not spans:
        return None
    begins = min(first for first, _ in spans).replace(day=1)
    last = max(last for _, last in spans)
    months = 12 * (last.year - begins.year) + last.month - begins.month + 1
    whole = (_months_after(begins, months) - begins).days

    def at(day: date) -> float:
        return (day - begins).days / whole

    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months <= 5 * step), 120)
    marks = [_months_after(begins, month) for month in range(0, months, step)]
    return Schedule(
        tuple((at(mark), f"{mark:%b %Y}") for mark in marks),
        tuple(
            (
                name,
                tuple(
                    Due(views.plain(row.record.text), row.record.when, at(first), at(last + timedelta(days=1)))
                    for row, first, last in rows
                ),
            )
            for name, rows in held
        ),
    )


def _span(milestone: Milestone) -> tuple[date, date]:
    """The first and the last day that a milestone's time can mean."""
    last = milestone.until
    months = {"day": 0, "month": 1, "quarter": 3, "season": 3, "year": 12}[milestone.precision]
    return (_months_after(last.replace(day=1), 1 - months) if months else last), last


def _months_after(day: date, months: int) -> date:
    month = 12 * day.year + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


def _compared_in(files: Iterable[View], views: Views) -> dict[str, Chart | None]:
    """What the figures of each file compare."""
    parts = {file.key: views.content.addresses[file.key].entry.parts for file in files}
    return {
        f"{key}-compared": compared((views.at(part) for part in held if isinstance(part.record, Figure)), views)
        for key, held in parts.items()
    }
