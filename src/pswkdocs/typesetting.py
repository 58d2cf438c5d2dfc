"""Typst markup → PDF, SVG and PNG, in our own fonts. The only module that knows typst."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import typst

from . import tokens
from .problems import BuildFailed, Problem, Span

VERSION = version("typst")
_PAPER = "paper.pdf"
_WIDEST = 2000  # points, which are twice as many dots

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
                Span(_folder(sheet), 0),
                sheet.markup,
                sheet.templates,
                kind,
                font_paths=_fonts(str(sheet.templates / "fonts")),
                sys_inputs={**sheet.values, "tokens": tokens.text(sheet.templates.parent)},
                pdf_standards=["a-2a", "ua-1"] if kind == "pdf" else [],
                timestamp=datetime.combine(sheet.day, time(), UTC),
            )
        )
    except typst.TypstError as error:
        raise BuildFailed([_problem(sheet, error)]) from error


def pictures(path: str, data: bytes, sizes: Iterable[tuple[float, float]], kind: Literal["svg", "png"]) -> list[bytes]:
    """The pages of a PDF from elsewhere as pictures: in their own size in points, or as large as may be.

    Typst takes no page of another PDF into one that keeps to PDF/A: an SVG of it stays as sharp.
    """
    each = (_sheet(number, width, height) for number, (width, height) in enumerate(sizes, 1))
    markup = "\n".join(["#set page(width: auto, height: auto, margin: 0pt)", *each]).encode()
    with tempfile.TemporaryDirectory(prefix="pswkdocs-") as folder:
        Path(folder, _PAPER).write_bytes(data)
        try:
            made = _compiled(Span(path), markup, Path(folder), kind, font_paths=_fonts())
        except typst.TypstError as error:
            hint = "Open it, print it to a new PDF, and put that in its place."
            raise BuildFailed([Problem(Span(path), f"typst cannot show this PDF: {error.message}", hint)]) from error
    return made if isinstance(made, list) else [bytes(made)]


def _sheet(number: int, width: float, height: float) -> str:
    scale = min(1, _WIDEST / max(width, height))
    own = f"width: {width * scale:.3f}pt, height: {height * scale:.3f}pt"
    return f'#page({own}, image("{_PAPER}", page: {number}, {own}))'


def _compiled(about: Span, markup: bytes, root: Path, kind: Kind, **more: Any) -> Any:
    try:
        return typst.compile(markup, root=str(root), format=kind, ppi=144, **more)
    except _panics() as error:
        hint = "Take back what was changed last; print a PDF from elsewhere to a new PDF, and put that in its place."
        raise BuildFailed([Problem(about, f"typst broke down: {error}", hint)]) from error


def _panics() -> tuple[type[BaseException], ...]:
    """What typst raises where it breaks down: no Exception, and nothing that could be imported."""
    return tuple(known for known in BaseException.__subclasses__() if known.__name__ == "PanicException")


@lru_cache
def _fonts(*folders: str) -> typst.Fonts:
    # Fonts of the machine would make other bytes on another machine; typst's own help out with rare letters in names.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[*folders])


def _folder(sheet: Sheet) -> str:
    """The folder of a sheet's templates as people know it."""
    return Path(sheet.templates.parent.name, sheet.templates.name).as_posix()


def _problem(sheet: Sheet, error: typst.TypstError) -> Problem:
    """What typst says, where it says it: in a template's line, or in what was made of the document."""
    folder = _folder(sheet)
    place = re.search(r"([\w-]+\.typ):(\d+):(\d+)", error.diagnostic)
    span = Span(folder, 0)
    if place and (sheet.templates / place[1]).is_file():
        span = Span(f"{folder}/{place[1]}", int(place[2]), int(place[3]))
    hint = "\n".join(error.hints)
    if "could not be displayed" in error.message:
        hint = "Look for it in content/ and write it another way: no font that we have can show it."
    return Problem(span, f"typst cannot make {sheet.name}: {error.message}", hint)
