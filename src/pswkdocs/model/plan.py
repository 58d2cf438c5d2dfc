"""A plan: needs, voice, objectives, priorities with their actions and outcomes, pathways and enablers."""

from __future__ import annotations

from typing import Annotated, Literal

from .publication import Figure, OrganisationId, Publication, Statement, Titled
from .record import Day, FileRecord, Line, Part, PlanYear, Prose, Ref, Slug, Some, Sourced, Text, Year

ObjectiveId = Annotated[Slug, Ref("objective")]
LocalPriorityId = Annotated[Slug, Ref("local priority")]


class Population(Sourced):
    """Who lives here."""

    text: Prose
    """The population in words."""
    figures: tuple[Figure, ...]
    """Each figure of the description as a record."""


class Engagement(Sourced):
    """What residents said, and through which exercises."""

    exercises: tuple[Statement, ...]
    """The exercises through which people were heard."""
    themes: tuple[Statement, ...]
    """What they said."""


class Objective(Titled):
    """Something the partnership wants to achieve."""

    continues: tuple[LocalPriorityId, ...] = ()
    """Priorities of the local plan that it carries on; the editors' link, the source states none."""


class Objectives(Sourced):
    """What the partnership wants to achieve."""

    introduction: Prose
    """Which strategy they come from and who committed to them."""
    objectives: Some[Objective]
    """The objectives, in the plan's order."""


class Workstream(Titled):
    """A Well: the work for one part of life."""


class Workstreams(Sourced):
    """The Wells: workstreams that follow the course of life."""

    introduction: Prose
    """What the workstreams are."""
    workstreams: tuple[Workstream, ...]
    """The workstreams, in the plan's order."""


class Pathway(Titled):
    """What Southwark does for a South East London pathway or population group."""

    statements: tuple[Statement, ...] = ()
    """Single things it does, where the source lists them."""
    target: Text | None = None
    """A target that the source states, as in `70%`."""
    measure: Line | None = None
    """What the target measures."""
    continues: tuple[LocalPriorityId, ...] = ()
    """Priorities of the local plan that it carries on; the editors' link, the source states none."""


class Pathways(Sourced):
    """How the plan connects with programmes run across South East London."""

    title: Text = "Pathways"
    """What these pathways are called together, as in `South East London pathways`."""
    introduction: Prose
    """Why some work is done at that scale."""
    pathways: tuple[Pathway, ...]
    """The pathways, in the plan's order."""


class Plan(Publication):
    """A plan, and the order of its priorities and enablers."""

    period: Text
    """The years it covers, in words."""
    horizon: Text
    """By when its outcomes are meant, in words."""
    approved_by: Text | None = None
    """Who approves it; left out where the source does not state it."""
    published: Day | None = None
    """The day of publication; left out where the source does not state it."""
    population: Population
    """Who lives here."""
    strengths: tuple[Statement, ...]
    """What goes well."""
    challenges: tuple[Statement, ...]
    """What does not."""
    inequalities: tuple[Statement, ...]
    """Where outcomes differ between places and groups."""
    engagement: Engagement
    """What residents said."""
    objectives: Objectives
    """What the partnership wants to achieve."""
    collaboration: tuple[Statement, ...]
    """How partners will work together."""
    workstreams: Workstreams
    """The Wells."""
    principles: tuple[Statement, ...]
    """What all the work keeps to."""
    years: Some[PlanYear]
    """The years of its actions, as in `2023/24`, in order."""
    priorities: Some[Annotated[Slug, Ref("priority", contains=True)]]
    """The priorities' ids, in the plan's order."""
    pathways: Pathways
    """South East London pathways."""
    enablers: Some[Annotated[Slug, Ref("enabler", contains=True)]]
    """The enablers' ids, in the plan's order."""


class Action(Statement):
    """Something that will be done in a year of the plan."""

    year: PlanYear
    """The plan's year, as in `2023/24`."""
    kind: Literal["action", "placeholder", "funding note"] = "action"
    """`placeholder` where the source only says that something is to be agreed; `funding note` for one."""
    part_of: Annotated[Slug, Ref("action")] | None = None
    """The action of which this is a part."""
    lead: OrganisationId | None = None
    """Who leads it; left out where the source does not state it."""
    partners: tuple[OrganisationId, ...] = ()
    """Organisations that the source names for this action."""


class Outcome(Statement):
    """What will be different."""

    measure: Line | None = None
    """What is measured, where the source says so."""
    target: Text | None = None
    """The value to reach, as in `80%`."""
    deadline: Year | None = None
    """The year by which it is to be reached, as in `2029`."""
    level: Literal["local", "national"] | None = None
    """Whose ambition it is, where the source says so."""
    baseline: Annotated[Slug, Ref("figure")] | None = None
    """The figure from which it sets out; left out where no figure measures the same."""
    points: tuple[Line, ...] = ()
    """Parts of the outcome, where the source lists them."""


class EditorialLinks(Part):
    """Links that the editors made and the source does not state; shown as such."""

    objectives: tuple[ObjectiveId, ...] = ()
    """The objectives that the priority serves."""
    enablers: tuple[Annotated[Slug, Ref("enabler")], ...] = ()
    """The enablers that it rests on."""
    continues: tuple[LocalPriorityId, ...] = ()
    """Priorities of the local plan that it carries on."""
    strategic_priorities: tuple[Annotated[Slug, Ref("strategic priority")], ...] = ()
    """Priorities of the South East London strategy that it is the counterpart of."""


class Priority(FileRecord):
    """A priority of a plan."""

    printed_title: Text | None = None
    """The title as printed, where `title` spells out an abbreviation."""
    workstream: Annotated[Slug, Ref("workstream")] | None = None
    """The workstream it belongs to, where it belongs to one."""
    case_for_change: Prose
    """Why this is a priority."""
    figures: tuple[Figure, ...] = ()
    """Each figure of the case for change as a record of its own."""
    evidence: tuple[Statement, ...] = ()
    """Findings that the case rests on, where the source lists them."""
    focus: Prose | None = None
    """What it concentrates on and why, where the source says so."""
    delivery: Prose | None = None
    """How delivery is secured, where the source says more than the actions."""
    actions: tuple[Action, ...]
    """What will be done, year by year, in the source's order."""
    aim: Prose | None = None
    """What opens the list of outcomes, where the source says so."""
    outcomes: tuple[Outcome, ...]
    """What will be different, in the source's order."""
    partners: tuple[OrganisationId, ...] = ()
    """Organisations and groups that the source names anywhere in this priority."""
    editorial_links: EditorialLinks = EditorialLinks()
    """Links to objectives and enablers; the source states none."""


class Requirement(Statement):
    """A numbered requirement of an enabler."""

    number: Text
    """Its printed number, in quotation marks."""
    continues: tuple[LocalPriorityId, ...] = ()
    """Priorities of the local plan that it carries on; the editors' link, the source states none."""


class Target(Statement):
    """Something an enabler is measured by."""

    target: Text
    """The value to reach."""
    deadline: Year
    """The year by which it is to be reached, as in `2029`."""
    owner: OrganisationId | None = None
    """Whose target it is."""


class Enabler(FileRecord):
    """Something that the priorities rest on."""

    position: Prose | None = None
    """Where things stand."""
    ambition: Prose
    """What the partnership wants."""
    figures: tuple[Figure, ...] = ()
    """Each figure of the ambition as a record of its own."""
    requirements_introduction: Line | None = None
    """What opens the list of requirements."""
    requirements: tuple[Requirement, ...] = ()
    """Numbered requirements, where the source numbers them."""
    targets: tuple[Target, ...] = ()
    """Targets with a year, where the source states them."""
    asks: Prose | None = None
    """What the partnership asks of the wider system, where the source says so."""
    partners: tuple[OrganisationId, ...] = ()
    """Organisations and groups that the source names."""
    continues: tuple[Annotated[Slug, Ref("cross cutting enabler")], ...] = ()
    """Enablers of the local plan that it carries on; the editors' link, the source states none."""
