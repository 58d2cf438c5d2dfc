"""Typst markup → PDF, SVG and PNG, in our own fonts. The only module that knows typst."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import typst

from .problems import BuildFailed, Problem, Span

VERSION = version("typst")


@dataclass(frozen=True)
class Sheet:
    """What is typeset: its name for people, markup, the templates that it imports and the values that these read."""

    name: str
    markup: bytes
    templates: Path
    values: Mapping[str, str]
    day: date = date(1970, 1, 1)


def typeset(sheet: Sheet, kind: Literal["pdf", "svg", "png"]) -> bytes:
    """A sheet as a PDF that keeps to PDF/A-2a and PDF/UA-1, or its one page as a picture of two dots a point."""
    try:
        return bytes(
            typst.compile(  # type: ignore[type-var]  # its stub wants markup and folder to be of one type
                sheet.markup,
                root=str(sheet.templates),
                font_paths=_fonts(sheet.templates / "fonts"),
                sys_inputs=dict(sheet.values),
                format=kind,
                ppi=144,
                pdf_standards=["a-2a", "ua-1"] if kind == "pdf" else [],
                timestamp=datetime.combine(sheet.day, time(), UTC),
            )
        )
    except typst.TypstError as error:
        raise BuildFailed([_problem(sheet, error)]) from error


@lru_cache
def _fonts(folder: Path) -> typst.Fonts:
    # Fonts of the machine would make other bytes on another machine; typst's own help out with rare letters in names.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


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
