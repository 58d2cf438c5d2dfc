"""A model → the text of a new record: every field with its description, the blanks to fill, the rest commented out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from ..checks.audiences import PARTS
from ..model.record import Citation, Markup, Part, markers
from .sheets import as_value

_FIRST = ("id", "audience", "number", "letter", "title", "short_title", "printed_title", "summary", "source", "note")
_FIRST_INSIDE = _FIRST[:-2]  # of an entry the source comes last
_WIDE = 118
_TOLD_ONCE = ("id", "source", "title")  # what needs no word in every entry of a list


def of_file(model: type[Part], given: Mapping[str, str]) -> str:
    """A file of its own, with what is known of it."""
    what = " ".join((model.__doc__ or "").split())
    head = (
        f"{what} Write behind each colon what belongs there; texts go into the lines below it, two spaces further in. "
        "What the source does not state stays away: it is never made up. To use a field with a # before it, take the "
        "# away. `pswkdocs check` says what is still blank. These notes may stay or go."
    )
    return "\n".join([*_comment(head, ""), "", *_fields(model, "", given)]) + "\n"


def of_entry(model: type[Part], given: Mapping[str, str], indent: str) -> str:
    """An entry of a list, with what is known of it."""
    return "\n".join(_entry([*_fields(model, indent + "  ", given)], indent)) + "\n"


def _fields(model: type[Part], indent: str, given: Mapping[str, str]) -> Iterator[str]:
    """The fields of a record: first those that it must have, then the others, commented out."""
    for name, field in _ordered(model, _FIRST if not indent else _FIRST_INSIDE):
        if _needed(model, name, field) or name in given:
            yield from _comment(_description(field) + _or_none(name, field), indent)
            yield from _field(model, name, indent, given)
            yield from [] if indent else [""]
    for name, field in _ordered(model, _FIRST):
        if not _needed(model, name, field) and name not in given:
            yield from _comment(_description(field), indent)
            yield from (f"{indent}#{line.removeprefix(indent)}" for line in _field(model, name, indent, {}, bare=True))
            yield from [] if indent else [""]


def _field(model: type[Part], name: str, indent: str, given: Mapping[str, str], bare: bool = False) -> Iterator[str]:
    """The lines of one field; `bare` without a word on what stands inside it."""
    field = model.model_fields[name]
    part, many = _part_in(field.annotation), _is_list(field.annotation)
    if name in given:
        yield f"{indent}{name}: {as_value(given[name])}"
    elif part and part is not Citation:
        yield f"{indent}{name}:"
        inner = [*_inside(part, indent + ("    " if many else "  "), bare)]
        yield from _entry(inner, indent + "  ") if many else inner
    elif many:
        yield f"{indent}{name}:"
        yield f"{indent}  -"
    else:
        marks = [mark for mark in markers(model, name) if isinstance(mark, Markup)]
        yield f"{indent}{name}:" + ((" >-" if marks[0].inline else " |") if marks else "")


def _inside(model: type[Part], indent: str, bare: bool) -> Iterator[str]:
    """The fields that a part must have, and the names of those that it may have."""
    rest = []
    for name, field in _ordered(model, _FIRST_INSIDE):
        if not field.is_required():
            rest.append(name)
            continue
        if not bare and name not in _TOLD_ONCE:
            yield from _comment(_description(field), indent)
        yield from _field(model, name, indent, {}, bare)
    if rest and not bare:
        yield from _comment(f"It may also have: {', '.join(rest)}.", indent)


def _entry(lines: list[str], indent: str) -> Iterator[str]:
    """Lines as an entry of a list: a hyphen before its first field, and notes where they are."""
    first = next(place for place, line in enumerate(lines) if not line.lstrip().startswith("#"))
    for place, line in enumerate(lines):
        rest = line.removeprefix(indent + "  ")
        yield f"{indent}- {rest}" if place == first else line


def _ordered(model: type[Part], first: tuple[str, ...]) -> list[tuple[str, FieldInfo]]:
    """The fields in the order in which files have them; of what has no file of its own, the source comes last."""
    names = list(model.model_fields)
    last = [name for name in ("source", "note") if name in names and name not in first]
    order = [*(name for name in first if name in names), *(n for n in names if n not in first and n not in last), *last]
    return [(name, model.model_fields[name]) for name in order]


def _needed(model: type[Part], name: str, field: FieldInfo) -> bool:
    """Whether an editor must say it: of a whole, also who may see it."""
    return field.is_required() or (name == "audience" and not issubclass(model, PARTS))


def _description(field: FieldInfo) -> str:
    said = " ".join((field.description or "").split())
    choices = _choices(field.annotation)
    if not choices or all(re.search(rf"\b{re.escape(choice)}\b", said) for choice in choices):
        return said
    return f"{said} One of: {', '.join(choices)}."


def _or_none(name: str, field: FieldInfo) -> str:
    """What to write for a list that must be thought of, and may be empty."""
    needed = any(getattr(it, "min_length", 0) for it in field.metadata)
    return f" Where there is none: `{name}: []`." if _is_list(field.annotation) and not needed else ""


def _choices(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(choice) for choice in get_args(annotation)]
    return next((found for argument in get_args(annotation) if (found := _choices(argument))), [])


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(_is_list(argument) for argument in get_args(annotation))


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for argument in get_args(annotation) if (part := _part_in(argument))), None)


def _comment(text: str, indent: str) -> list[str]:
    before = f"{indent}# "
    return textwrap.wrap(text, _WIDE, initial_indent=before, subsequent_indent=before) if text else []
