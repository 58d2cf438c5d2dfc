"""A plan's parts, arranged as pages and documents show them: work by year, priorities by workstream, charts."""

from __future__ import annotations

from dataclasses import dataclass

from .drawing import Comparison, comparison
from .model.plan import Plan
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


@dataclass(frozen=True)
class PriorityPlan:
    """A priority with its work sorted by year."""

    priority: View
    work: tuple[Work, ...]
    leads_stated: bool

    @property
    def widths(self) -> tuple[int, ...]:
        """The columns of its action plan, in hundredths: action, each year, lead, working with."""
        years = (10,) * len(self.work)
        return (100 - sum(years) - 14 - 18, *years, 14, 18)


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


def charts(record: Plan, views: Views) -> dict[str, Comparison]:
    """The charts that a plan's figures give, by name."""
    rows = [
        (
            views.plain(figure.measure),
            (
                (figure.place, f"{figure.qualifier or ''} {figure.value}".strip()),
                *((other.place, other.value) for other in figure.compared_with),
            ),
        )
        for figure in record.population.figures
    ]
    compared = comparison(rows)
    return {"population": compared} if compared else {}
