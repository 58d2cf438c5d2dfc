"""A YAML file → plain data, and where each value of it stands.

The only module that knows YAML. Every scalar stays the text that the editor wrote (YAML itself would read
`3.10` as 3.1, `no` as false and `16:45` as 1005); the typed models convert it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from . import slips
from .memory import remembered
from .problems import Problem, Span

Loc = tuple[str | int, ...]

# What cannot be seen: control characters, which YAML refuses, odd line breaks, spaces without width, and marks that
# turn the direction of text.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)

# What marks words in a Markdown text and is not read with them.
_MARKS = re.compile(r"\]\([^)\s]*\)|[*\[\]\\`]")

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


@dataclass(frozen=True, eq=False)
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

    def find(self, loc: Loc, snippet: str, nth: int = 0) -> Span:
        """Where `snippet` stands in the value at `loc` for the nth time; the value's start when it is not found."""
        for wanted in (snippet, snippet.strip("()"), snippet[:20]):
            found = list(self._occurrences(loc, wanted)) if wanted else []
            if found:
                return self._at(found[min(nth, len(found) - 1)])
        return self.span(loc)

    def find_words(self, loc: Loc, words: str, nth: int = 0) -> Span:
        """Where words stand in the text at `loc` for the nth time, whatever marks or wraps them; else its start."""
        place = self.values.get(loc)
        if place is None:
            return self.span(loc)
        lines = [f"{line}\n" for line in self.text.split("\n")]
        start = sum(map(len, lines[: place.start[0]])) + place.start[1]
        end = sum(map(len, lines[: place.end[0]])) + place.end[1]
        marks = {at for found in _MARKS.finditer(self.text, start, end) for at in range(*found.span())}
        kept = [at for at in range(start, end) if at not in marks]
        written = "".join(self.text[at] for at in kept)
        said = words.replace("[]", " ").split()
        for count in sorted({len(said), 2, 1}, reverse=True):  # fewer, where something else stands between them
            sought = r"\s+".join(map(re.escape, said[:count]))
            found = [match.start() for match in re.finditer(rf"(?<!\w){sought}(?!\w)", written)] if sought else []
            if found:
                at = kept[found[min(nth, len(found) - 1)]]
                return self._at((self.text.count("\n", 0, at), at - self.text.rfind("\n", 0, at) - 1))
        return self.span(loc)

    def _occurrences(self, loc: Loc, snippet: str) -> Iterator[tuple[int, int]]:
        place = self.values.get(loc)
        lines = self.text.split("\n") if place else []
        for number in range(place.start[0], min(place.end[0] + 1, len(lines))) if place else ():
            begin = place.start[1] if place and number == place.start[0] else 0
            end = place.end[1] if place and number == place.end[0] else len(lines[number])
            while (begin := lines[number].find(snippet, begin, end)) >= 0:
                yield number, begin
                begin += len(snippet)

    def _at(self, start: tuple[int, int]) -> Span:
        return Span(self.path, start[0] + 1, start[1] + 1)


def read(root: Path, path: Path) -> Source:
    """Read one YAML file below `root`; raises Unreadable with the place and the way out."""
    name = shown(root, path)
    raw = read_bytes(root, path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        raise Unreadable(
            Problem(
                _after(name, before),
                f"the file is not saved as UTF-8: the byte 0x{raw[error.start]:02X} is not part of a character",
                "Save the file again; in the editor choose the encoding “UTF-8”.",
            )
        ) from error
    return parse(name, text)


def read_bytes(root: Path, path: Path) -> bytes:
    """What a file below `root` holds; raises Unreadable where it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        message, way_out = f"the file cannot be opened: {error.strerror}", "Check that it is there and readable."
        raise Unreadable(Problem(Span(shown(root, path)), message, way_out)) from error


@remembered
def parse(name: str, text: str) -> Source:
    """Parse YAML text shown to editors as `name`; raises Unreadable."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unwanted := _UNWANTED.search(text):
        said = f"an invisible character stands here: U+{ord(unwanted[0]):04X}"
        raise Unreadable(
            Problem(_after(name, text[: unwanted.start()]), said, "Delete it; write a space if words meet.")
        )
    builder = _Builder(name, text)
    try:
        data = builder.build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        began = error.context_mark or mark
        complaint = slips.Complaint(error.problem or "", error.context or "", _mark(mark), _mark(began))
        raise Unreadable(slips.explain(name, text, complaint)) from error
    if data is None:
        raise Unreadable(Problem(Span(name), "the file holds no fields", "Write its fields, or delete the file."))
    if not isinstance(data, dict):
        kind = "a list" if isinstance(data, list) else "text"
        raise Unreadable(
            Problem(
                builder.span(builder.values[()].start),
                f"the file holds {kind} where fields should be",
                "Start each line with the name of a field and a colon, as in `id: vital-5`.",
            )
        )
    return Source(name, text, data, builder.values, builder.keys, tuple(builder.faults))


def _after(name: str, before: str) -> Span:
    return Span(name, before.count("\n") + 1, len(before) - before.rfind("\n"))


def shown(root: Path, path: Path) -> str:
    """A path as editors know it: below the project, with forward slashes."""
    return path.relative_to(root.parent).as_posix() if path.is_relative_to(root.parent) else path.as_posix()


class _Builder:
    """Turns YAML's events into plain data; notes places, and what YAML allows but content does not."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.lines = text.split("\n")
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
                Problem(
                    self._span(event),
                    f"lists and fields are nested more than {DEEPEST} deep",
                    "Look for brackets, hyphens or spaces that are too many.",
                )
            )
        if isinstance(event, yaml.AliasEvent):
            self._fault(
                event,
                f"`*{event.anchor}` repeats another part of the file",
                "Write the value out in full; if it is text, put the whole text in double quotes.",
            )
            self.values[loc] = Place(start, start)
            return None
        if event.anchor:
            self._fault(
                event,
                f"`&{event.anchor}` means something special in YAML",
                "Delete it; if it is text, put the whole text in double quotes.",
            )
        if event.tag is not None and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault(
                event,
                f"`{tag}` means something special in YAML",
                "Delete it; if it is text, put the whole text in double quotes.",
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, loc)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(child := next(events), yaml.SequenceEndEvent):
                items.append(self._node(child, events, (*loc, len(items))))
            self.values[loc] = Place(start, _end(child))
            return items
        return self._mapping(start, events, loc)

    def _scalar(self, event: Any, loc: Loc) -> str | None:
        self.values[loc] = Place(_start(event), _end(event))
        if event.style:
            return self._visible(event)
        line, column = _end(event)
        rest = self.lines[line][column:] if line < len(self.lines) else ""
        if event.value and rest.lstrip().startswith("#"):
            at = column + rest.index("#")
            self.faults.append(Problem(self.span((line, at)), slips.COMMENT, slips.COMMENT_HINT))
        return None if event.value in ("", "~", "null") else str(event.value)

    def _visible(self, event: Any) -> str:
        """What a scalar says; in double quotes an escape such as `\\x07` brings in what may not stand in a file."""
        text = str(event.value)
        if unwanted := _UNWANTED.search(text):
            said = f"an invisible character is written in this text, after a backslash: U+{ord(unwanted[0]):04X}"
            self._fault(event, said, "Delete the backslash and what belongs to it; write a space if words meet.")
        return _UNWANTED.sub("", text)

    def _mapping(self, start: tuple[int, int], events: Iterator[yaml.Event], loc: Loc) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while not isinstance(child := next(events), yaml.MappingEndEvent):
            if not isinstance(child, yaml.ScalarEvent):
                message = "something else than a name stands where a field’s name should be"
                hint = "Write the name of a field and a colon; if it is text, put all of it in double quotes."
                raise Unreadable(Problem(self._span(child), message, hint))
            key = self._visible(child)
            place = Place(_start(child), _end(child))
            inner = (*loc, key)
            if key in fields:
                first = self.keys[inner].start[0] + 1
                self._fault(child, f"`{key}` stands here a second time", f"Keep one: the first is in line {first}.")
                _Builder(self.name, self.text)._node(next(events), events, inner)
                continue
            self.keys[inner] = place
            fields[key] = self._node(next(events), events, inner)
        self.values[loc] = Place(start, _end(child))
        return fields

    def _fault(self, event: yaml.Event, message: str, hint: str) -> None:
        self.faults.append(Problem(self._span(event), message, hint))

    def _span(self, event: yaml.Event) -> Span:
        return self.span(_start(event))

    def span(self, place: tuple[int, int]) -> Span:
        """A zero-based (line, column) as editors count."""
        return Span(self.name, place[0] + 1, place[1] + 1)


def _start(event: Any) -> tuple[int, int]:
    return event.start_mark.line, event.start_mark.column


def _end(event: Any) -> tuple[int, int]:
    return event.end_mark.line, event.end_mark.column


def _mark(mark: Any) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)
