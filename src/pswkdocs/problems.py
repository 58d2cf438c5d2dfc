"""What an editor can do wrong, where it stands, and how it is told.

Every mistake in content, a template or the environment becomes a Problem; a stage gathers all of its
problems and raises them once, in a BuildFailed. Nothing here reads files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Span:
    """A place in a file: path as the editor knows it; line and column count from 1, line 0 means no line."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it stands, what is wrong, and what to write instead."""

    span: Span
    message: str
    hint: str = ""
    severity: Severity = "error"


class BuildFailed(Exception):
    """The content, a template or the environment is wrong; carries every problem that was found.

    `partial` says that some files could not be read, so that what rests on them was not looked at.
    """

    def __init__(self, problems: Iterable[Problem], *, partial: bool = False) -> None:
        self.partial = partial
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem.span) + ": " + problem.message for problem in self.problems))


def of_machine(error: OSError) -> Problem:
    """What the machine refused (a full disk, a folder that may not be written to), as a problem."""
    place = Span(str(error.filename or "this machine"), 0)
    return Problem(place, (error.strerror or str(error)).lower(), "Make room, put it back or allow it; then try again.")


def as_text(problems: Iterable[Problem]) -> str:
    """Problems for a person: a line each, with the way out indented below it."""
    lines = []
    for problem in problems:
        lines.append(f"{problem.span}: {problem.severity}: {problem.message}")
        if problem.hint:
            lines.extend("    " + line for line in problem.hint.splitlines())
    return "\n".join(lines)


def as_json(problems: Iterable[Problem]) -> str:
    """Problems for a program: a list of flat objects."""
    rows = [
        {
            "path": problem.span.path,
            "line": problem.span.line,
            "column": problem.span.column,
            "severity": problem.severity,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def as_github(problems: Iterable[Problem]) -> str:
    """Problems as GitHub workflow commands, which mark the changed lines of a pull request."""

    def escape(text: str, also: str = "") -> str:
        for character in "%\r\n" + also:
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    def place(span: Span) -> str:
        lines = f",line={span.line},col={span.column}" if span.line else ""
        return f"file={escape(span.path, ':,')}{lines}"

    return "\n".join(
        f"::{problem.severity} {place(problem.span)}::{escape(' '.join(filter(None, (problem.message, problem.hint))))}"
        for problem in problems
    )


REPORTS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
