"""What the preview tells open pages: whether there is something newer to see, what is wrong, and what it is doing."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..problems import Problem, Span

WAIT = 25  # seconds a browser's question for news may stay open
FIRST = 2  # pages that are made before all others
DESK = "/preview/file?"  # followed by a file's path
AROUND = 2  # lines shown before and after the one that is wrong

# How a program that edits files is asked to open one at a place.
EDITORS = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "idea": "idea://open?file=/{path}&line={line}&column={column}",
}


class News:
    """The last news, numbered; open pages wait for the next."""

    def __init__(self, project: Path, editor: str) -> None:
        self._project, self._link = project, EDITORS.get(editor, "")
        self._next = threading.Condition()
        self._number = 0
        self._problems: tuple[Problem, ...] = ()
        self._shown: Mapping[str, str] = {}
        self._doing = ""
        self._kept = False
        self.read: tuple[str, ...] = ()
        """The pages that somebody looks at, the last asked for first."""
        self.turn = 0
        """How often there was a new site."""

    def tell(
        self,
        doing: str = "",
        *,
        fresh: bool = False,
        problems: tuple[Problem, ...] | None = None,
        shown: Mapping[str, str] | None = None,
    ) -> None:
        """Let every open page know what is being done, that there is a new site, or what is wrong."""
        with self._next:
            self._number += 1
            self._kept = self._doing == "pages" and not fresh
            self._doing = doing
            self._shown = self._shown if shown is None else shown
            if fresh:
                self.turn += 1
                self._problems = tuple(problem for problem in self._problems if problem.severity == "warning")
            if problems is not None:
                self._problems = problems
            self._next.notify_all()

    def after(self, number: int, page: str) -> dict[str, Any]:
        """The news since a number for those who look at a page, or the same again when nothing happens for a while."""
        with self._next:
            self.read = (page, *(other for other in self.read if other != page))[:FIRST]
            self._next.wait_for(lambda: self._number != number, timeout=WAIT)
            told = {"number": self._number, "turn": self.turn, "doing": self._doing, "kept": self._kept}
            problems, file = self._problems, self._shown.get(page)
        return told | {
            "problems": [self._told(one) for one in problems if one.severity == "error"],
            "warnings": [self._told(one) for one in problems if one.severity == "warning" and one.span.path == file],
        }

    def file(self, name: str) -> str | None:
        """What a file of the content holds, or one in which something is wrong; of no other."""
        path = (self._project / name).resolve()
        written = path.suffix == ".yml" and path.is_relative_to((self._project / "content").resolve())
        if not written and name not in {problem.span.path for problem in self._problems}:
            return None
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            return None

    def opens(self, name: str) -> str:
        """The address that opens a file in the editor that was named; empty without one."""
        return self._address(Span(name)) if self._link else ""

    def _told(self, problem: Problem) -> dict[str, Any]:
        span = problem.span
        text = self.file(span.path)
        told = {"place": str(span), "message": problem.message, "hint": problem.hint, "link": "", "lines": []}
        if text is None:
            return told
        first = max(1, span.line - AROUND)
        lines = text.split("\n")[first - 1 : span.line + AROUND] if span.line else []
        return told | {"link": self._address(span), "lines": list(enumerate(lines, first)), "line": span.line}

    def _address(self, span: Span) -> str:
        """Where a click on a place leads: to the editor that was named, else to the file as the preview shows it."""
        if not self._link:
            return f"{DESK}{quote(span.path)}#L{span.line}"
        path = quote((self._project / span.path).as_posix().lstrip("/"), safe="/:")
        return self._link.format(path=path, line=span.line, column=span.column)
