"""What every record has: an id that never changes, fields with a meaning, and a source.

The markers below say what a text field holds. The checks, the views and the tests find fields by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Loc = tuple[str | int, ...]
Audience = Literal["public", "staff", "restricted"]
AUDIENCES: tuple[Audience, ...] = ("public", "staff", "restricted")  # from the widest to the narrowest
# What stands on every page of what is not for everybody.
MARKINGS: dict[Audience, str] = {"public": "", "staff": "For staff only", "restricted": "Restricted"}


@dataclass(frozen=True)
class Ref:
    """Marks a field that holds the id of another record.

    `contains` marks a parent's list of its own parts: it puts them in order and does not count as a mention.
    """

    kind: str
    contains: bool = False


@dataclass(frozen=True)
class Markup:
    """Marks a field that holds CommonMark: one paragraph (`inline`) or as many as are needed.

    `printed` marks somebody's exact words, of which no plain English can be asked.
    """

    inline: bool
    printed: bool = False


@dataclass(frozen=True)
class Written:
    """Says of a form that only a validator knows what an editor may write: a pattern, or values and their meanings."""

    form: str = ""
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


def _without_year(slug: str) -> str:
    if re.search(r"(^|-)(19|20)\d\d(-|$)", re.sub(r"(^|-)(19|20)\d\d-\d\d-\d\d$", "", slug)):
        raise ValueError("an id holds no year: it stays the same when the year changes")
    return slug


def _one_year(year: str) -> str:
    if int(year[5:]) != (int(year[2:4]) + 1) % 100:
        raise ValueError("a plan's year ends in the year after it began")
    return year


_SLUG = r"[a-z][a-z0-9]*(-[a-z0-9]+)*$"
Slug = Annotated[
    str,
    StringConstraints(pattern=f"^{_SLUG}", max_length=40),
    AfterValidator(_without_year),
    Written(rf"^(?!.*-(19|20)\d\d(-(?!\d\d-\d\d$)|$)){_SLUG}"),
]
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n]*$")]
Mark = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(/[a-z0-9-]+)? +[0-9a-f]{8}$")]
Line = Annotated[str, StringConstraints(min_length=1), Markup(inline=True)]
Prose = Annotated[str, StringConstraints(min_length=1), Markup(inline=False)]
Printed = Annotated[str, StringConstraints(min_length=1), Markup(inline=True, printed=True)]
Year = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d$")]
T = TypeVar("T")
Some = Annotated[tuple[T, ...], Field(min_length=1)]
"""A list without which the whole would make no sense."""
Day = Annotated[
    date,
    Field(ge=date(1980, 1, 1), le=date(2199, 12, 31)),  # beyond, no sum of days would always work
    Written(
        r"^((19[89]\d|2[01]\d\d)-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)"
        r"|02-(0[1-9]|1\d|2[0-8]))|(19(8[048]|9[26])|20([02468][048]|[13579][26])|21(0[48]|[2468][048]|[13579][26]))-02-29)$"
    ),
]
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
PlanYear = Annotated[
    str,
    StringConstraints(pattern=r"^20\d\d/\d\d$"),
    AfterValidator(_one_year),
    Written("^20(" + "|".join(f"{year:02}/{(year + 1) % 100:02}" for year in range(100)) + ")$"),
]


class Part(BaseModel):
    """A piece of a record, with no id of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, str_strip_whitespace=True)


class Citation(Part):
    """A source document and the lines of its text, written as `jfp-section L12-14`."""

    document: Annotated[Slug, Ref("source document")]
    """The document, by its id."""
    lines: str = ""
    """The lines of its text, as in `12-14, 20`."""


CITED = r"^([a-z][a-z0-9-]*)(?: L(\d+(?:-\d+)?(?:, ?L?\d+(?:-\d+)?)*))?$"


def _citation(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("a source is text")
    match = re.match(CITED, value.strip())
    if not match:
        raise ValueError("a source is a document and its lines, as in `jfp-section L12-14`")
    return {"document": match[1], "lines": (match[2] or "").replace("L", "")}


class Sourced(Part):
    """Something that is stated somewhere."""

    source: Annotated[Citation, BeforeValidator(_citation), Written(CITED)]
    """Where it is stated: a document of `registers/sources.yml` and its lines, as in `jfp-section L12-14`;
    `editors` for what the editors wrote themselves."""
    note: Line | None = None
    """An editor's note, shown to readers: an error in the source, a doubt, something left out."""


class Record(Sourced):
    """A record that can be linked to."""

    id: Slug
    """Its permanent id: small letters, digits and hyphens, without a year or a number that can change."""


class FileRecord(Record):
    """A record that has a file of its own, and so an audience."""

    for_readers: ClassVar[bool] = True
    """Whether readers are shown it at all: what only helps editors is on no page and in no data."""

    audience: Audience | None = None
    """Who may see it: public, staff or restricted. Left out, a part follows the whole it belongs to;
    a whole without it is restricted."""
    title: Text
    """What it is called, as printed where it is published."""
    summary: Line
    """One sentence that says what it is about: shown on cards, in search results and to search engines."""
    owner: Text | None = None
    """Who looks after it: an organisation or a role, in words; left out where nobody has said."""
    review_by: Day | None = None
    """The day by which it is to be looked at again, as in 2027-03-31; left out where none is stated."""
    confirmed: tuple[Mark, ...] | None = Field(default=None, exclude=True)
    """What this file rests on, each with the fingerprint of what it said when somebody last confirmed that all here
    fits it, as in `forward-plan/healthy-working-age 3f9a2c1d`. `pswkdocs confirm` writes these lines."""


def values(record: Part, loc: Loc = ()) -> Iterator[tuple[Loc, str, tuple[Ref | Markup, ...]]]:
    """The text values of a record, without those of the records inside it: place, text, field's markers."""
    for name in type(record).model_fields:
        yield from _values(getattr(record, name), (*loc, name), markers(type(record), name))


def _values(
    value: Any, loc: Loc, marks: tuple[Ref | Markup, ...]
) -> Iterator[tuple[Loc, str, tuple[Ref | Markup, ...]]]:
    if isinstance(value, str):
        yield loc, value, marks
    elif isinstance(value, Part) and not isinstance(value, Record):
        yield from values(value, loc)
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _values(item, (*loc, position), marks)


@cache
def markers(record: type[Part], name: str) -> tuple[Ref | Markup, ...]:
    field = record.model_fields[name]
    return tuple(_in_annotation(field.annotation)) + tuple(m for m in field.metadata if isinstance(m, Ref | Markup))


def _in_annotation(annotation: Any) -> Iterator[Ref | Markup]:
    for argument in get_args(annotation):
        if isinstance(argument, Ref | Markup):
            yield argument
        else:
            yield from _in_annotation(argument)


def records(record: Part, loc: Loc = ()) -> Iterator[tuple[Loc, Record]]:
    """A record and all records inside it, each with its place."""
    if isinstance(record, Record):
        yield loc, record
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Part):
            yield from records(value, (*loc, name))
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, Part):
                    yield from records(item, (*loc, name, position))


def sourced(record: Part, loc: Loc = ()) -> Iterator[tuple[Loc, Sourced]]:
    """A record and everything inside it that is stated somewhere, each with its place."""
    if isinstance(record, Sourced):
        yield loc, record
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Part):
            yield from sourced(value, (*loc, name))
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, Part):
                    yield from sourced(item, (*loc, name, position))


def citations(record: Part) -> Iterator[tuple[Loc, Citation]]:
    """Every citation of a record and its parts, each with its place."""
    yield from (((*loc, "source"), of.source) for loc, of in sourced(record))
