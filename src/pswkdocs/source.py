"""A YAML file → plain data, and where each value of it stands.

The only module that knows YAML. Every scalar stays the text that the editor wrote (YAML itself would read
`3.10` as 3.1, `no` as false and `16:45` as 1005); the typed models convert it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .problems import Problem, Span

Loc = tuple[str | int, ...]

DEEPEST = 40  # levels of nesting; our content needs eight, and the reader must never run out of stack


class Unreadable(Exception):
    """The file cannot be read as YAML; carries one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


@dataclass(frozen=True)
class Place:
    """Where a value starts and ends in the text, as zero-based (line, column)."""

    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True)
class Source:
    """One content file: its data with every scalar as text, and the place of each value and key."""

    path: str
    text: str = field(repr=False)
    data: Any = field(repr=False)
    values: dict[Loc, Place] = field(repr=False)
    keys: dict[Loc, Place] = field(repr=False)
    faults: tuple[Problem, ...] = ()

    def span(self, loc: Loc = (), *, key: bool = False) -> Span:
        """Where `loc` stands; where it is not in the file, where its nearest parent stands."""
        if key and loc in self.keys:
            return self._at(self.keys[loc].start)
        while loc not in self.values and loc:
            loc = loc[:-1]
        place = self.values.get(loc)
        return self._at(place.start) if place else Span(self.path)

    def find(self, loc: Loc, snippet: str) -> Span:
        """Where `snippet` stands inside the value at `loc`; the value's own start when it is wrapped."""
        place = self.values.get(loc)
        if place is None or not snippet:
            return self.span(loc)
        lines = self.text.split("\n")
        for number in range(place.start[0], min(place.end[0] + 1, len(lines))):
            begin = place.start[1] if number == place.start[0] else 0
            column = lines[number].find(snippet, begin)
            if column >= 0:
                return self._at((number, column))
        return self.span(loc)

    def _at(self, start: tuple[int, int]) -> Span:
        return Span(self.path, start[0] + 1, start[1] + 1)


def read(root: Path, path: Path) -> Source:
    """Read one YAML file below `root`; raises Unreadable with the place and the way out."""
    name = shown(root, path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(
            Problem(Span(name), f"the file cannot be opened: {error.strerror}", "Check that it is there and readable.")
        ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise Unreadable(
            Problem(
                Span(name, line, column),
                f"the file is not UTF-8: the byte 0x{raw[error.start]:02X} is not part of a character",
                "Save the file again with the encoding “UTF-8”.",
            )
        ) from error
    return parse(name, text)


def parse(name: str, text: str) -> Source:
    """Parse YAML text shown to editors as `name`; raises Unreadable."""
    text = text.replace("\r\n", "\n")
    builder = _Builder(name)
    try:
        data = builder.build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_explain(name, text, error)) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        span = Span(name, before.count("\n") + 1, error.position - (before.rfind("\n") + 1) + 1)
        character = ord(error.character) if isinstance(error.character, str) else error.character
        raise Unreadable(
            Problem(span, f"the character U+{character:04X} may not stand in YAML", "Delete it.")
        ) from error
    if data is None:
        raise Unreadable(Problem(Span(name), "the file is empty", "Write its fields, or delete the file."))
    return Source(name, text, data, builder.values, builder.keys, tuple(builder.faults))


def shown(root: Path, path: Path) -> str:
    """A path as editors know it: below the project, with forward slashes."""
    return path.relative_to(root.parent).as_posix() if path.is_relative_to(root.parent) else path.as_posix()


class _Builder:
    """Turns YAML's events into plain data; notes places, and what YAML allows but content does not."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values: dict[Loc, Place] = {}
        self.keys: dict[Loc, Place] = {}
        self.faults: list[Problem] = []

    def build(self, events: Iterator[yaml.Event]) -> Any:
        documents = 0
        data = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault(event, "a second document starts here", "Delete the line `---`: one record a file.")
                else:
                    data = self._node(next(events), events, ())
            elif documents > 1 and isinstance(event, yaml.NodeEvent):
                continue
        return data

    def _node(self, event: Any, events: Iterator[yaml.Event], loc: Loc) -> Any:
        start = _start(event)
        if len(loc) > DEEPEST:
            raise Unreadable(
                Problem(self._span(event), f"lists and fields are nested more than {DEEPEST} deep", "Unfold them.")
            )
        if isinstance(event, yaml.AliasEvent):
            self._fault(
                event,
                f"`*{event.anchor}` repeats another part of the file",
                "Write the value out in full: content has no anchors (&) or aliases (*).",
            )
            self.values[loc] = Place(start, start)
            return None
        if event.anchor:
            self._fault(event, f"`&{event.anchor}` is an anchor", "Delete it: content has no anchors or aliases.")
        if event.tag is not None and event.tag != "!":
            self._fault(event, f"`{event.tag}` is a YAML tag", "Delete it: the value alone is enough.")
        if isinstance(event, yaml.ScalarEvent):
            self.values[loc] = Place(start, _end(event))
            plain_empty = event.style is None and event.value in ("", "~", "null")
            return None if plain_empty else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(child := next(events), yaml.SequenceEndEvent):
                items.append(self._node(child, events, (*loc, len(items))))
            self.values[loc] = Place(start, _end(child))
            return items
        return self._mapping(start, events, loc)

    def _mapping(self, start: tuple[int, int], events: Iterator[yaml.Event], loc: Loc) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while not isinstance(child := next(events), yaml.MappingEndEvent):
            if not isinstance(child, yaml.ScalarEvent):
                raise Unreadable(
                    Problem(self._span(child), "a list or a mapping stands where a field's name should be",
                            "Start the line with the name of a field and a colon.")
                )  # fmt: skip
            key = child.value
            place = Place(_start(child), _end(child))
            inner = (*loc, key)
            if key in fields:
                first = self.keys[inner].start[0] + 1
                self._fault(child, f"`{key}` stands here a second time", f"Keep one: the first is in line {first}.")
                _Builder(self.name)._node(next(events), events, inner)
                continue
            self.keys[inner] = place
            fields[key] = self._node(next(events), events, inner)
        self.values[loc] = Place(start, _end(child))
        return fields

    def _fault(self, event: yaml.Event, message: str, hint: str) -> None:
        self.faults.append(Problem(self._span(event), message, hint))

    def _span(self, event: yaml.Event) -> Span:
        line, column = _start(event)
        return Span(self.name, line + 1, column + 1)


def _start(event: Any) -> tuple[int, int]:
    return event.start_mark.line, event.start_mark.column


def _end(event: Any) -> tuple[int, int]:
    return event.end_mark.line, event.end_mark.column


def _explain(name: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """YAML's own complaint in an editor's words."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    said = error.problem or ""
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    before = here[:column]
    if "\t" in here and (not here[:column].strip() or here.lstrip(" ").startswith("\t")):
        return Problem(
            Span(name, line + 1, here.index("\t") + 1), "a tab stands here", "Indent with spaces, two for each level."
        )
    span = Span(name, line + 1, column + 1)
    if "mapping values are not allowed" in said:
        return Problem(
            span,
            "a colon in this text makes YAML expect a field",
            'Put the text in double quotes, as in `title: "Start Well: first 1001 days"`,'
            " or check that the line is indented like its neighbours.",
        )
    if "cannot start any token" in said:
        mark_here = here[column : column + 1] or before[-1:]
        return Problem(span, f"a value may not start with `{mark_here}`", "Put the whole value in double quotes.")
    if "could not find expected ':'" in said:
        return Problem(
            span, "a colon is missing after a field's name", "Write `name: value`; a space follows the colon."
        )
    if "unexpected end of stream" in said or "while scanning a quoted scalar" in (error.context or ""):
        opened = error.context_mark or mark
        return Problem(
            Span(name, opened.line + 1, opened.column + 1) if opened else span,
            "a quotation mark is opened here and never closed",
            'Close it; inside double quotes write a quotation mark as \\".',
        )
    if "did not find expected" in said or "block" in (error.context or ""):
        return Problem(
            span,
            "this line does not fit the ones before it",
            "Indent it exactly like the other fields (or dashes) of the same list, and quote text"
            " that starts with a quotation mark.",
        )
    return Problem(span, f"YAML cannot read this: {said or error.context}", "Compare with a file beside it that works.")
