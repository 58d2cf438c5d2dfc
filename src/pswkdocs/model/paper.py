"""A paper for a meeting: where a service stands, what is planned for it, and what has to be weighed."""

from __future__ import annotations

from typing import Literal

from .publication import Consideration, Milestone, Publication, Statement, StatementGroup, Titled
from .record import Day, Line, Sourced, Text


class ServiceOffer(Titled):
    """A service that is offered, or soon will be."""

    area: Text
    """What it is offered for, as in `Prevention`."""
    basis: Text | None = None
    """Who commissions it, where the source says so, as in `locally commissioned`."""
    standing: Literal["current", "new"] = "current"
    """Whether it is offered now or is new."""


class RecoveryPlan(Sourced):
    """A national plan that is carried out here."""

    title: Text
    """Its name."""
    introduction: Line
    """What it is."""
    pillars: tuple[StatementGroup, ...]
    """Its pillars, each with its measures."""
    milestones: tuple[Milestone, ...]
    """What is due when."""
    delivery: tuple[StatementGroup, ...]
    """How it is carried out here, one group a heading."""


class Paper(Publication):
    """A paper that was put to a meeting."""

    published: Day | None = None
    """The day on which it was published."""
    assets: tuple[Statement, ...]
    """What there is, each with its count."""
    context: tuple[StatementGroup, ...]
    """Where things stand, one group a heading."""
    plan: RecoveryPlan
    """The plan that the paper is about."""
    recommendations: StatementGroup
    """What an earlier report recommends, under a heading that names it."""
    offers: tuple[ServiceOffer, ...]
    """Services that are offered."""
    opportunities: tuple[Consideration, ...]
    """What speaks for it."""
    risks: tuple[Consideration, ...]
    """What may go wrong."""
    challenges: tuple[Statement, ...]
    """Questions to be answered."""
