"""Files below `content/` → Content, or every problem that keeps a file from being read.

Knows which file holds which kind of record, and how to say pydantic's complaints in an editor's words.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from . import source as yaml_source
from .model.charter import Charter
from .model.content import Content, Entry
from .model.page import HandPage
from .model.partnership import Glossary, Organisations, Partnership, Sources
from .model.plan import Enabler, Plan, Priority
from .model.record import FileRecord, Part
from .problems import BuildFailed, Problem, Span
from .source import Loc, Source, Unreadable

# Which files hold what: a pattern below `content/`, the type, and whether there must be one.
FILES: tuple[tuple[str, type[FileRecord], bool], ...] = (
    ("partnership.yml", Partnership, True),
    ("registers/glossary.yml", Glossary, True),
    ("registers/organisations.yml", Organisations, True),
    ("registers/sources.yml", Sources, True),
    ("*/plan.yml", Plan, False),
    ("*/priorities/*.yml", Priority, False),
    ("*/enablers/*.yml", Enabler, False),
    ("*/charter.yml", Charter, False),
    ("pages/*.yml", HandPage, False),
)


def load(root: Path) -> Content:
    """Read and type every file below `root`; raises BuildFailed with all problems at once."""
    if not root.is_dir():
        raise BuildFailed([Problem(Span(str(root), 0), "there is no such folder", "Run this where `content/` is.")])
    problems: list[Problem] = []
    entries: list[Entry] = []
    for path in sorted(root.rglob("*")):
        if path.is_dir() or path.name.startswith("."):
            continue
        try:
            file_type = _type_of(root, path)
            source = yaml_source.read(root, path)
        except Unreadable as unreadable:
            problems.append(unreadable.problem)
            continue
        problems.extend(source.faults)
        try:
            entries.append(Entry(source, file_type.model_validate(source.data)))
        except ValidationError as invalid:
            problems.extend(_explain(source, file_type, error) for error in invalid.errors(include_url=False))
    problems.extend(
        Problem(Span(f"{root.name}/{pattern}"), "this file is missing", f"It holds: {_said(file_type)}")
        for pattern, file_type, needed in FILES
        if needed and not (root / pattern).is_file()
    )
    if problems:
        raise BuildFailed(problems)
    return Content.of(tuple(entries))


def _type_of(root: Path, path: Path) -> type[FileRecord]:
    """What a file holds, by its place; raises Unreadable for a file that has no business here."""
    span = Span(yaml_source.shown(root, path))
    if not path.resolve().is_relative_to(root.resolve()):
        raise Unreadable(Problem(span, "this leads out of the content folder", "Put a copy of the file here instead."))
    name = path.relative_to(root)
    for pattern, file_type, _ in FILES:
        if len(name.parts) == pattern.count("/") + 1 and name.match(pattern):
            return file_type
    known = ", ".join(f"`{pattern}`" for pattern, _, _ in FILES)
    raise Unreadable(Problem(span, "no file of this name belongs here", f"Content files are {known}."))


def _explain(source: Source, file_type: type[FileRecord], error: ErrorDetails) -> Problem:
    """One complaint of pydantic's, located and in an editor's words."""
    loc = tuple(error["loc"])
    name = str(loc[-1]) if loc else "the file"
    given = error.get("input")
    meaning = _meaning(file_type, loc)
    match error["type"]:
        case "missing":
            return Problem(source.span(loc[:-1]), f"`{name}` is missing", f"Add `{name}:` here. {meaning}".strip())
        case "extra_forbidden":
            known = _fields_at(file_type, loc[:-1])
            near = difflib.get_close_matches(name, known, 1, 0.6)
            hint = f"Did you mean `{near[0]}`?" if near else f"Known fields: {', '.join(known)}."
            return Problem(source.span(loc, key=True), f"`{name}` is not a field here", hint)
        case "model_type" | "dict_type":
            return Problem(
                source.span(loc), f"`{name}` needs fields of its own{_got(given)}", f"Indent them. {meaning}"
            )
        case "tuple_type" | "list_type":
            return Problem(
                source.span(loc), f"`{name}` needs a list{_got(given)}", f"Start each entry with “- ”. {meaning}"
            )
        case "string_type" if given is None:
            return Problem(source.span(loc), f"`{name}` is empty", f"Write its text, or delete the line. {meaning}")
        case "string_type":
            return Problem(source.span(loc), f"`{name}` needs text{_got(given)}", meaning)
        case "string_too_short":
            return Problem(source.span(loc), f"`{name}` is empty", f"Write its text, or delete the line. {meaning}")
        case "literal_error":
            return Problem(
                source.span(loc), f"`{given}` is not possible for `{name}`", f"Write {error['ctx']['expected']}."
            )
        case "date_from_datetime_parsing" | "date_parsing" | "date_from_datetime_inexact" | "date_type":
            return Problem(
                source.span(loc),
                f"`{name}` is no date that exists: {given}",
                "Write year, month and day, as in 2023-07-24.",
            )
        case "string_pattern_mismatch":
            return Problem(source.span(loc), f"`{given}` is not possible for `{name}`", meaning)
        case "value_error":
            said = str(error["ctx"]["error"])
            return Problem(source.span(loc), f"`{given}` is not possible for `{name}`: {said}", meaning)
    return Problem(source.span(loc), f"`{name}`: {error['msg'].lower()}", meaning)


def _got(given: Any) -> str:
    if given is None:
        return ", but nothing stands here"
    if isinstance(given, list):
        return ", not a list"
    return ", not fields" if isinstance(given, dict) else f", not “{str(given)[:40]}”"


def _meaning(file_type: type[Part], loc: Loc) -> str:
    """The description of the field at `loc`, as its model gives it."""
    holder = _model_at(file_type, loc[:-1])
    field = holder.model_fields.get(str(loc[-1])) if holder and loc else None
    return " ".join((field.description or "").split()) if field else ""


def _fields_at(file_type: type[Part], loc: Loc) -> list[str]:
    holder = _model_at(file_type, loc)
    return list(holder.model_fields) if holder else []


def _model_at(file_type: type[Part], loc: Loc) -> type[Part] | None:
    """The model that describes the mapping at `loc`."""
    found: type[Part] | None = file_type
    for step in loc:
        if found is None or isinstance(step, int):
            continue
        field = found.model_fields.get(step)
        found = _part_in(field.annotation) if field else None
    return found


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    for argument in get_args(annotation):
        if part := _part_in(argument):
            return part
    return None


def _said(file_type: type[Part]) -> str:
    return (file_type.__doc__ or "").strip().splitlines()[0]
