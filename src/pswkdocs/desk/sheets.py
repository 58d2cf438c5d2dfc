"""A content file as its bytes: changed at the places of its values, and the same everywhere else."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from ..problems import BuildFailed, Problem, Span
from ..source import Loc, Source

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"  # what some editors put before the first character
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d|[A-Za-z][\w ,.;()’“”–-]*")
_NOT_TEXT = ("null", "true", "false", "yes", "no", "on", "off")


@dataclass
class Sheet:
    """A file that is being changed; nothing of it is on the disk."""

    source: Source
    data: bytes
    _changes: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = self.data.decode("utf-8")
        self._before = _MARK if text.startswith(_MARK) else ""
        self.text = text.removeprefix(_MARK)
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @classmethod
    def of(cls, source: Source, project: Path) -> Sheet:
        """The file that a source was read from; raises BuildFailed where somebody has saved another text since."""
        sheet = cls(source, (project / source.path).read_bytes())
        if _LINE_END.sub("\n", sheet.text) != source.text:
            raise BuildFailed([Problem(Span(source.path, 0), "this file was saved meanwhile", "Try again.")])
        return sheet

    @property
    def line_end(self) -> str:
        """How the lines of the file end."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def at(self, place: tuple[int, int]) -> int:
        """Where a (line, column) stands in the text."""
        line, column = place
        return min(self._starts[line] + column, len(self.text)) if line < len(self._starts) else len(self.text)

    def line_at(self, offset: int) -> tuple[int, int]:
        """Where the line of a character begins, and where the next one does."""
        following = next((start for start in self._starts if start > offset), len(self.text))
        return max(start for start in self._starts if start <= offset), following

    def end_of(self, loc: Loc) -> int:
        """Where the line ends in which the last value at `loc` or inside it does."""
        inside = {key: place for key, place in self.source.values.items() if key[: len(loc)] == loc}
        holders = {key[:-1] for key in inside if key != loc}
        # What holds others ends where the next thing begins, unless brackets say where it does.
        ends = [it.end for key, it in inside.items() if key not in holders or self.text[self.at(it.start)] in "[{"]
        last = max(map(self.at, ends))
        start, following = self.line_at(last)
        return last if last == start else following

    def replace(self, loc: Loc, pattern: re.Pattern[str], new: str) -> bool:
        """Write `new` for each match of a pattern in the value at `loc`; whether there was one."""
        place = self.source.values[loc]
        found = list(pattern.finditer(self.text, self.at(place.start), self.at(place.end)))
        self._changes += [(*match.span(), new) for match in found]
        return bool(found)

    def put(self, start: int, end: int, text: str) -> None:
        """Write text, its lines ending as the file's do, in place of what stands from `start` to `end`."""
        begun = self.text[start - 1 : start]
        before = self.line_end if start == end == len(self.text) and begun not in ("", "\n", "\r") else ""
        self._changes.append((start, end, before + text.replace("\n", self.line_end)))

    @property
    def changed(self) -> bool:
        return bool(self._changes)

    def written(self) -> bytes:
        """The file with its changes."""
        text = self.text
        for start, end, new in sorted(set(self._changes), reverse=True):
            text = text[:start] + new + text[end:]
        return (self._before + text).encode()


def put(path: Path, data: bytes | None) -> None:
    """Let a file hold these bytes at once, or be gone."""
    if data is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    if path.exists():
        shutil.copymode(path, beside)
    os.replace(beside, path)


def as_value(text: str) -> str:
    """Text as a value in a file: in quotation marks where YAML would read it as something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text.rstrip()
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
