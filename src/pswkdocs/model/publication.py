"""What every publication is made of: statements, the figures that they state, quotations, milestones."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import WithJsonSchema

from .record import Day, FileRecord, Line, Part, Printed, Prose, Record, Ref, Slug, Some, Text

Status = Literal["draft", "approved", "superseded"]
OrganisationId = Annotated[Slug, Ref("organisation")]
# What an editor writes in a field that has to be considered, where the source says nothing; in open data it is null.
UNSTATED = "not stated"
PlaceText = Annotated[
    Text,
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]}, mode="serialization"),
]


class Comparator(Part):
    """The same measure somewhere else or in another group."""

    place: Text
    """Where, as in `England`."""
    value: Text
    """The value there, as in `26%`."""


class Figure(Record):
    """One figure: a measure with its value, place, period and what it compares with."""

    measure: Line
    """What is counted, as in `Residents aged 20 to 39`."""
    value: Text
    """The value as it should be read, as in `39%`."""
    qualifier: Literal["about", "over", "almost", "up to", "at least"] | None = None
    """How exact the source says the value is."""
    unit: Text | None = None
    """What the value counts, where neither the value nor the measure says it, as in `per 100,000`."""
    place: PlaceText
    """Where it was measured; `not stated` where the source does not say, which open data leave empty."""
    period: Text | None = None
    """When it was measured, where the source says so."""
    group: Text | None = None
    """Whose figure it is, where the source says so, as in `Black women`."""
    compared_with: tuple[Comparator, ...] = ()
    """The same measure elsewhere, where the source gives it."""

    @property
    def amount(self) -> str:
        """Its value in full, as in `about 4.12 per 1,000`."""
        return " ".join(filter(None, (self.qualifier, self.value, self.unit)))


class Statement(Record):
    """One thing that a document says."""

    text: Line
    """The statement, in plain English."""
    figures: tuple[Figure, ...] = ()
    """Each figure of the statement as a record of its own."""


class Titled(Record):
    """A part of a publication with a title and a text."""

    title: Text
    """Its title, as printed."""
    text: Prose
    """What it says, in plain English."""
    figures: tuple[Figure, ...] = ()
    """Each figure of the text as a record of its own."""


class StatementGroup(Record):
    """Statements under a heading of their own."""

    title: Text
    """The heading, as printed."""
    text: Line | None = None
    """What opens the list, where the source says so."""
    statements: Some[Statement]
    """The statements, in the source's order."""


class Quotation(Record):
    """Somebody's own words."""

    text: Printed
    """The words, as printed, without quotation marks."""
    speaker: Text | None = None
    """Who said or wrote them, as far as the source says: for a resident never a name."""


class Question(Statement):
    """A question that a publication asks."""

    asked_of: Text | None = None
    """Whom it is put to."""
    answer: Line | None = None
    """The answer, where one is stated."""


class Consideration(Statement):
    """A risk, an opportunity, a barrier: something to be weighed."""

    owner: OrganisationId | None = None
    """Who answers for it; left out where the source does not state it."""
    response: Line | None = None
    """What is done about it; left out where the source does not state it."""


class Milestone(Statement):
    """Something that is to be reached by a time."""

    when: Text
    """The time as the source says it, as in `Autumn 2023`."""
    until: Day
    """The last day that this can mean; puts milestones in order."""
    precision: Literal["day", "month", "quarter", "season", "year"]
    """How exact the time is."""


class Omission(Record):
    """Something that the source holds and this does not carry over."""

    kind: Text
    """What it is, as in `chart without data`."""
    text: Line
    """What was there, as far as is known, and why it is left out."""


class Publication(FileRecord):
    """Something the partnership publishes as a whole."""

    short_title: Text
    """Its name in menus and headers."""
    status: Status | None = None
    """Draft, approved or superseded; left out where the source does not state it."""
    status_note: Line | None = None
    """What the status means for the reader."""
    published_by: Text | None = None
    """Who published it, where that is another body than the partnership."""
    introduction: Prose
    """What it is, for a reader who comes to it first."""
    other_words: tuple[Text, ...] = ()
    """Words that mean something else here than the glossary says, and so are not explained by it."""
    left_out: tuple[Omission, ...] = ()
    """What the source holds and this does not carry over, each with the reason."""
