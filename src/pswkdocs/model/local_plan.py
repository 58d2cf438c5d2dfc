"""The local plan with which the partnership began: vision, priorities, benefits, and how it was to be governed."""

from __future__ import annotations

from typing import Annotated

from .publication import Figure, OrganisationId, Publication, Quotation, Statement, StatementGroup, Titled
from .record import Line, Part, Prose, Record, Ref, Slug, Some, Sourced, Text


class Voices(Sourced):
    """What residents said, in their own words."""

    introduction: Prose
    """How people were heard, and what it showed."""
    quotations: tuple[Quotation, ...]
    """Residents' words."""


class SharedObjective(Statement):
    """An objective that all partners share."""

    repeated_as: Line | None = None
    """Its second wording, where the source prints it twice and differently."""


class LocalPriority(Titled):
    """A priority of the local plan."""


class DeliveryStrand(Titled):
    """One way in which the plan begins to deliver."""

    statements: tuple[Statement, ...]
    """What it means, in the source's order."""
    members: tuple[OrganisationId, ...] = ()
    """The organisations that the source names as its members."""


class Commissioning(Sourced):
    """Commissioning by population: whom it begins with."""

    introduction: Prose
    """What commissioning for a population's outcomes means."""
    segments: tuple[Titled, ...]
    """The groups of people that its first phase concentrates on."""


class CrossCuttingEnabler(Record):
    """Something that all the priorities of the local plan rest on."""

    title: Text
    """Its name, as printed."""


class NeighbourhoodTier(Titled):
    """A tier of the neighbourhood model, from the smallest to the largest."""


class NeighbourhoodModel(Sourced):
    """How teams in a neighbourhood were meant to work."""

    introduction: Prose
    """What the model is."""
    tiers: Some[NeighbourhoodTier]
    """Its tiers, from the centre outwards."""


class PlanTerm(Record):
    """A term that the local plan defines."""

    term: Text
    """The term, as far as it can be read."""
    short: Text | None = None
    """Its abbreviation."""
    meaning: Line
    """What the plan says it means."""
    figures: tuple[Figure, ...] = ()
    """Each figure of its text as a record of its own."""
    today: Annotated[Slug, Ref("term")] | None = None
    """The term of the glossary that explains it as things stand now."""


class Governance(Part):
    """Who decides and who leads."""

    text: Prose
    """How the plan is governed, in words."""
    bodies: tuple[Annotated[Slug, Ref("body")], ...] = ()
    """The bodies that the source names for it."""


class LocalPlan(Publication):
    """The local plan of 2019."""

    period: Text
    """The years it covers, in words."""
    replaced_by: Annotated[Slug, Ref("plan")] | None = None
    """The plan that took its place."""
    vision: Some[Statement]
    """The vision, and the statements that support it."""
    needs: tuple[StatementGroup, ...]
    """The challenges to health and wellbeing, one group a heading."""
    voices: Voices
    """What residents said."""
    objectives: tuple[SharedObjective, ...]
    """The objectives that all partners share."""
    priorities: Some[LocalPriority]
    """The priorities, in the plan's order."""
    strands: tuple[DeliveryStrand, ...]
    """How it begins to deliver."""
    commissioning: Commissioning
    """Commissioning by population."""
    benefits: Some[StatementGroup]
    """What should come of it, one group a heading."""
    enablers: tuple[CrossCuttingEnabler, ...]
    """What all the priorities rest on."""
    governance: Governance
    """Who decides and who leads."""
    neighbourhoods: NeighbourhoodModel
    """The neighbourhood model."""
    terms: Some[PlanTerm]
    """The plan's own glossary."""
