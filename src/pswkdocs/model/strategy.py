"""A strategy for a wider area: its mission, priorities, evidence, metrics and how it is being made."""

from __future__ import annotations

from typing import Annotated, Literal

from .publication import Figure, Milestone, OrganisationId, Publication, Question, Statement, Titled
from .record import Day, FileRecord, Line, Prose, Record, Ref, Slug, Some, Sourced, Text


class Phase(Record):
    """A step of making the strategy."""

    title: Text
    """Its name."""
    aim: Line
    """What it is for."""
    activities: tuple[Line, ...]
    """What is done in it."""
    outputs: tuple[Line, ...]
    """What comes of it."""
    resourcing: Line | None = None
    """Who does the work."""
    timing: Line | None = None
    """When."""


class Engaged(Record):
    """A group that was asked."""

    name: Text
    """Who, as printed."""
    organisation: OrganisationId | None = None
    """The organisation, where the register has it."""


class Process(Sourced):
    """How the strategy is made."""

    introduction: Prose
    """The way that was chosen."""
    phases: tuple[Phase, ...]
    """Its phases, in order."""
    engaged: tuple[Engaged, ...]
    """Whom the first phase asked."""
    milestones: tuple[Milestone, ...]
    """What comes next, and when."""


class Strategy(Publication):
    """A strategy for an area that the partnership's place is a part of."""

    place: Text
    """The area that it is for, as in `South East London`."""
    period: Text
    """The years it covers, in words."""
    published: Day | None = None
    """The day on which this text was published."""
    mission: Statement
    """What it is for."""
    overview: tuple[Statement, ...]
    """Where the work stands."""
    questions: tuple[Question, ...]
    """What it asks the members of the partnership."""
    process: Process
    """How it is made."""
    priorities: Some[Annotated[Slug, Ref("strategic priority", contains=True)]]
    """The strategic priorities' ids, in order."""
    themes: tuple[Titled, ...]
    """What the approaches of all priorities have in common."""
    experience: tuple[Statement, ...]
    """What it says on people's experience of care."""
    options: tuple[Titled, ...]
    """What partners could do across the whole system."""


class Ambition(Statement):
    """What a strategic priority wants to reach."""

    horizon: Text | None = None
    """By when, where the source says so."""


class Metric(Statement):
    """How progress would be measured."""

    level: Literal["long-term outcome", "medium-term output"]
    """Whether it measures the outcome or what leads to it."""
    target: Text | None = None
    """The value to reach, where the source states one."""
    direction: Literal["up", "down", "narrower gap"] | None = None
    """Which way it should move, where the source says so."""
    population: Text | None = None
    """Whom it is measured for, where the source says so."""
    baseline: Annotated[Slug, Ref("figure")] | None = None
    """The figure that measures the same today; left out where the source gives none."""


class CaseStudy(Record):
    """An example of what works."""

    title: Text
    """Its name, as printed."""
    place: Text | None = None
    """Where, where the source says so."""
    led_by: Text | None = None
    """Who leads it, where the source says so."""
    text: Prose | None = None
    """What it does; left out where the source only names it."""
    results: tuple[Statement, ...] = ()
    """What came of it, where the source says so."""
    figures: tuple[Figure, ...] = ()
    """Each figure of what it does as a record of its own."""


class EvidenceRow(Record):
    """What research and practice say on one issue."""

    title: Text
    """The issue, as printed."""
    findings: Prose
    """What was found."""
    examples: Prose | None = None
    """The evidence or the examples that the source gives."""
    case_studies: tuple[Annotated[Slug, Ref("case study")], ...] = ()
    """The case studies that the source names for it; with the editors' note where the link is theirs."""


class StrategicPriority(FileRecord):
    """A priority of the strategy."""

    printed_title: Text | None = None
    """The title as printed, where `title` is the editors'."""
    challenge: tuple[Statement, ...]
    """What is wrong."""
    ambitions: tuple[Ambition, ...]
    """What the partnership wants to reach."""
    approach: tuple[Statement, ...]
    """How it might get there."""
    evidence: tuple[Statement, ...]
    """What the figures say."""
    hypotheses: tuple[Statement, ...]
    """What might explain it."""
    current: tuple[Statement, ...]
    """What is already being done."""
    metrics: tuple[Metric, ...]
    """How progress would be measured: examples, not agreed."""
    case_studies: tuple[CaseStudy, ...]
    """Examples of what works."""
    evidence_rows: tuple[EvidenceRow, ...]
    """What research and practice say."""
