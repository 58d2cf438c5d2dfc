"""An appraisal of options, written for one body: what was asked, what was found, which ways there are."""

from __future__ import annotations

from typing import Literal

from .partnership import SourceDocument
from .publication import Consideration, Figure, Publication, Question, Quotation, Statement, StatementGroup, Titled
from .record import Day, Line, Record, Text


class PublicationReference(Record):
    """A publication that is cited."""

    title: Text
    """Its title, as cited."""
    publisher: Text | None = None
    """Who published it, where the source says so."""
    when: Text | None = None
    """When, as cited."""


class AppraisedOption(Titled):
    """One way to do it."""

    employer: Text | None = None
    """Who would employ the person; left out where the source does not say."""
    hours: Literal["full time", "part time"] | None = None
    """How much of a role it would be."""
    accountable_to: Text | None = None
    """To whom the person would answer, where the source says so."""


class ExampleElsewhere(Record):
    """How another area does it."""

    place: Text
    """The area."""
    text: Line
    """What it does."""
    count: Text | None = None
    """How many of how many, as in `7 of 10`."""
    figures: tuple[Figure, ...] = ()
    """Each figure of its text as a record of its own."""


class Appraisal(Publication):
    """An appraisal of options."""

    document: SourceDocument
    """The document it restates, which the register for all readers does not name."""
    marking: Text
    """How it is marked, as in `Private and confidential`."""
    written_by: Text
    """Who wrote it."""
    written_for: Text
    """For whom."""
    dated: Day
    """Its date."""
    requirements: tuple[Statement, ...]
    """What was asked for."""
    policy: tuple[Statement, ...]
    """What law and policy require."""
    quotations: tuple[Quotation, ...]
    """Words of publications that it rests on."""
    commentary: tuple[Statement, ...]
    """What the authors add to them."""
    references: tuple[PublicationReference, ...]
    """What it cites."""
    themes: tuple[Statement, ...]
    """What the literature has in common."""
    concerns: tuple[Consideration, ...]
    """Practical concerns that were raised."""
    opportunities: tuple[Consideration, ...]
    """Opportunities."""
    barriers: tuple[Consideration, ...]
    """Barriers and unknowns."""
    risks: tuple[Consideration, ...]
    """Risks."""
    factors: tuple[Consideration, ...]
    """Other factors."""
    framework: tuple[Titled, ...]
    """Points by which a change can be tested."""
    findings: tuple[StatementGroup, ...]
    """What was found, one group a heading."""
    options: tuple[AppraisedOption, ...]
    """The options."""
    considerations: tuple[StatementGroup, ...]
    """What has to be considered with them, one group a heading."""
    examples: tuple[ExampleElsewhere, ...]
    """How other areas do it."""
    questions: tuple[Question, ...]
    """What is to be explored next."""
    authors: tuple[Statement, ...]
    """What the authors say of themselves."""
    budget: tuple[Statement, ...]
    """Sums of money that it names, each with its figure."""
