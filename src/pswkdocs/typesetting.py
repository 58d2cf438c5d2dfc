"""Typst markup → PDF, SVG and PNG, in our own fonts. The only module that knows typst."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import typst

from .problems import BuildFailed, Problem, Span

VERSION = version("typst")
_PAPER = "paper.pdf"

Kind = Literal["pdf", "svg", "png"]


@dataclass(frozen=True)
class Sheet:
    """What is typeset: its name for people, markup, the templates that it imports and the values that these read."""

    name: str
    markup: bytes
    templates: Path
    values: Mapping[str, str]
    day: date = date(1970, 1, 1)


def typeset(sheet: Sheet, kind: Kind) -> bytes:
    """A sheet as a PDF that keeps to PDF/A-2a and PDF/UA-1, or its one page as a picture of two dots a point."""
    try:
        return bytes(
            _compiled(
                sheet.markup,
                sheet.templates,
                kind,
                font_paths=_fonts(str(sheet.templates / "fonts")),
                sys_inputs=dict(sheet.values),
                pdf_standards=["a-2a", "ua-1"] if kind == "pdf" else [],
                timestamp=datetime.combine(sheet.day, time(), UTC),
            )
        )
    except typst.TypstError as error:
        raise BuildFailed([_problem(sheet, error)]) from error


def pictures(path: str, data: bytes, pages: int, kind: Literal["svg", "png"]) -> list[bytes]:
    """The pages of a PDF from elsewhere as pictures.

    Typst takes no page of another PDF into one that keeps to PDF/A: an SVG of it stays as sharp.
    """
    each = (f'#page(image("{_PAPER}", page: {number}))' for number in range(1, pages + 1))
    markup = "\n".join(["#set page(width: auto, height: auto, margin: 0pt)", *each]).encode()
    with tempfile.TemporaryDirectory(prefix="pswkdocs-") as folder:
        Path(folder, _PAPER).write_bytes(data)
        try:
            made = _compiled(markup, Path(folder), kind, font_paths=_fonts())
        except typst.TypstError as error:
            hint = "Open it, print it to a new PDF, and put that in its place."
            raise BuildFailed([Problem(Span(path), f"typst cannot show this PDF: {error.message}", hint)]) from error
    return made if isinstance(made, list) else [bytes(made)]


def _compiled(markup: bytes, root: Path, kind: Kind, **more: Any) -> Any:
    return typst.compile(markup, root=str(root), format=kind, ppi=144, **more)


@lru_cache
def _fonts(*folders: str) -> typst.Fonts:
    # Fonts of the machine would make other bytes on another machine; typst's own help out with rare letters in names.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[*folders])


def _problem(sheet: Sheet, error: typst.TypstError) -> Problem:
    """What typst says, where it says it: in a template's line, or in what was made of the document."""
    folder = Path(sheet.templates.parent.name, sheet.templates.name)
    place = re.search(r"([\w-]+\.typ):(\d+):(\d+)", error.diagnostic)
    span = Span(folder.as_posix(), 0)
    if place and (sheet.templates / place[1]).is_file():
        span = Span((folder / place[1]).as_posix(), int(place[2]), int(place[3]))
    hint = "\n".join(error.hints)
    if "could not be displayed" in error.message:
        hint = "Look for it in content/ and write it another way: no font that we have can show it."
    return Problem(span, f"typst cannot make {sheet.name}: {error.message}", hint)
