"""What each kind of content file may hold, field by field, in an editor's words.

The schemas for editors' programs and the reference of fields are both made of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from ..changes.labels import label
from ..load import FILES
from ..model.content import kind
from ..model.record import Citation, FileRecord, Markup, Part, Record, Ref, Written

Shape = Literal["text", "day", "number", "choice", "id", "source", "fields", "list"]

_DAY = "2023-07-24"
_ONE_LINE = r"^[^\n]*$"
_FILE = ("id", "audience", "title", "short_title", "summary", "source", "note")  # how a file begins


@dataclass(frozen=True)
class Form:
    """What may stand in a field."""

    shape: Shape
    pattern: str = ""
    """The pattern that a text fits; empty where it is free."""
    longest: int | None = None
    least: int | None = None
    """The lowest number, or how many entries a list has at least."""
    most: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    """What can be chosen, each with its meaning as far as the model states one."""
    kind: str = ""
    """The kind of record whose id stands here."""
    part: type[Part] | None = None
    """The model of the fields that stand below it."""
    entry: Form | None = None
    """What each entry of a list is."""
    words: str = ""
    """What it is, in words."""


@dataclass(frozen=True)
class Described:
    """A field, as an editor is told of it."""

    name: str
    label: str
    """What a planner calls it."""
    description: str
    required: bool
    may_be_empty: bool
    """Whether its name may stand there with nothing behind the colon."""
    form: Form

    @property
    def example(self) -> str:
        """How its value is written, where the description shows it or its form is always the same."""
        if said := re.search(r"as in `([^`]+)`", self.description):
            return said[1]
        if self.form.shape == "choice":
            return next(iter(self.form.choices))
        return _DAY if self.form.shape == "day" else ""


@dataclass(frozen=True)
class KindOfFile:
    """A kind of content file: where it stands, what it holds, and all that may stand in it."""

    pattern: str
    """Where such files stand below `content/`."""
    needed: bool
    """Whether there must be one."""
    model: type[FileRecord]

    @property
    def name(self) -> str:
        """What its schema is called."""
        return slug(self.model)

    @property
    def description(self) -> str:
        return meaning(self.model)

    @cached_property
    def parts(self) -> tuple[type[Part], ...]:
        """The model of the file and those of all that can stand in it, in the order in which they are come upon."""
        return tuple(dict.fromkeys(_models(self.model)))

    @property
    def own(self) -> frozenset[str]:
        """The kinds of record that stand in the file itself."""
        return frozenset(kind(part) for part in self.parts if issubclass(part, Record) and part is not self.model)


KINDS: tuple[KindOfFile, ...] = tuple(KindOfFile(pattern, needed, model) for pattern, model, needed in FILES)


@cache
def fields(model: type[Part]) -> tuple[Described, ...]:
    """The fields of a model, in the order in which editors write them."""
    head = _FILE if issubclass(model, FileRecord) else ("id",)
    tail = () if issubclass(model, FileRecord) else ("source", "note")
    between = [name for name in model.model_fields if name not in (*head, *tail)]
    ordered = [name for name in (*head, *between, *tail) if name in model.model_fields]
    return tuple(
        Described(
            name,
            label(model, name),
            " ".join((info.description or "").split()),
            info.is_required(),
            NoneType in get_args(info.annotation),
            _form(info.annotation, info.metadata),
        )
        for name in ordered
        for info in [model.model_fields[name]]
    )


def slug(model: type[Part]) -> str:
    """What a model is called in a schema and in the name of one."""
    return kind(model).replace(" ", "-")


def meaning(model: type[Part]) -> str:
    """What a model says of itself."""
    return " ".join((model.__doc__ or "").split())


def _models(model: type[Part]) -> Iterator[type[Part]]:
    yield model
    for one in fields(model):
        form = one.form.entry or one.form
        if form.part:
            yield from _models(form.part)


def _form(annotation: Any, metadata: list[Any] | tuple[Any, ...] = ()) -> Form:
    """The form of a value, from its type and from what is noted beside the type."""
    if hasattr(annotation, "__metadata__"):
        return _form(annotation.__origin__, (*annotation.__metadata__, *metadata))
    inner = [one for one in get_args(annotation) if one is not NoneType]
    if NoneType in get_args(annotation):
        return _form(inner[0], metadata)
    limits = _limits(metadata)
    if get_origin(annotation) is tuple:
        entry = _form(inner[0])
        least = limits.get("min_length")
        return Form(
            "list", least=least, entry=entry, words=f"a list; each entry {'has' if entry.part else 'is'} {entry.words}"
        )
    if get_origin(annotation) is Literal:
        return Form("choice", choices=dict.fromkeys(inner, ""), words="one of a few words")
    written = next((mark for mark in metadata if isinstance(mark, Written)), Written())
    if annotation is Citation:
        return Form("source", pattern=written.form, words="a source document and its lines")
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return Form("fields", part=annotation, words="fields of its own")
    if annotation is int:
        return Form("number", least=limits.get("ge"), most=limits.get("le"), words="a whole number")
    if written.values:
        return Form("choice", choices=written.values, words="one of a list")
    pattern = written.form or limits.get("pattern", "")
    if annotation is date:
        return Form("day", pattern, words="a date")
    if ref := next((mark for mark in metadata if isinstance(mark, Ref)), None):
        return Form("id", pattern, limits.get("max_length"), kind=ref.kind, words=f"the id of {_a(ref.kind)}")
    return Form("text", pattern, limits.get("max_length"), words=_words(pattern, metadata))


def _limits(metadata: list[Any] | tuple[Any, ...]) -> dict[str, Any]:
    """The limits that pydantic is told: of a text's form, of a number, of how many entries there are."""
    found: dict[str, Any] = {}
    for mark in metadata:
        if isinstance(mark, FieldInfo):
            found |= _limits(mark.metadata)
        for name in ("pattern", "min_length", "max_length", "ge", "le"):
            if (value := getattr(mark, name, None)) is not None:
                found[name] = value
    return found


def _words(pattern: str, metadata: list[Any] | tuple[Any, ...]) -> str:
    if markup := next((mark for mark in metadata if isinstance(mark, Markup)), None):
        return "text of one paragraph" if markup.inline else "text of one or more paragraphs"
    return "text on one line" if pattern in ("", _ONE_LINE) else "text of a fixed form"


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
