"""Drawings, made once by typst, sharp on the site, in Word and in PDF."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from textwrap import shorten
from typing import ClassVar
from zlib import crc32

from .typesetting import Sheet, typeset

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Comparison:
    """A chart of bars: measures, each with the shares of several places, of which the first is ours."""

    template: ClassVar = "comparison"
    rows: tuple[tuple[str, Values], ...]

    @property
    def shown(self) -> object:
        """What its template draws."""
        return [(measure, [(place, value, _share(value)) for place, value in values]) for measure, values in self.rows]

    @property
    def alternative(self) -> str:
        """All of it in words."""
        return " ".join(
            f"{measure}: {', '.join(f'{place} {value}' for place, value in values)}." for measure, values in self.rows
        )


@dataclass(frozen=True)
class Tiers:
    """Tiers that lie one around the other, the innermost first."""

    template: ClassVar = "tiers"
    names: tuple[str, ...]

    @property
    def shown(self) -> object:
        """What its template draws."""
        return self.names

    @property
    def alternative(self) -> str:
        """All of it in words."""
        inner, *others = self.names
        around = "".join(f" Around it: {name}." for name in others)
        return f"{len(self.names)} frames, one inside the other. In the middle: {inner}.{around}"


@dataclass(frozen=True)
class Box:
    """A body in an organogram: what is said below its name, and who reports to it."""

    name: str
    said: str
    gone: bool
    below: tuple[Box, ...]

    @property
    def words(self) -> str:
        """It and those below it in words."""
        named = f"{self.name} ({self.said[0].lower()}{self.said[1:]})" if self.said else self.name
        if not self.below:
            return named
        return f"{named}, to which report: {', '.join(box.words for box in self.below)}"


@dataclass(frozen=True)
class Organogram:
    """The bodies of each level, with lines from those that report to those that they report to."""

    template: ClassVar = "organogram"
    levels: tuple[tuple[str, tuple[Box, ...]], ...]

    @property
    def shown(self) -> object:
        """What its template draws."""
        return [(level, [asdict(box) for box in boxes]) for level, boxes in self.levels]

    @property
    def alternative(self) -> str:
        """All of it in words."""
        return " ".join(f"{level}: {'; '.join(box.words for box in boxes)}." for level, boxes in self.levels)


@dataclass(frozen=True)
class Due:
    """A row of a schedule: what is due, when, and the part of the whole time that this can mean."""

    what: str
    when: str
    begins: float
    ends: float

    @property
    def words(self) -> str:
        """It in words."""
        return f"{self.when}: {self.what.removesuffix('.')}"


@dataclass(frozen=True)
class Schedule:
    """What is due over some time: groups of rows, and marks of the time that they all share."""

    template: ClassVar = "schedule"
    marks: tuple[tuple[float, str], ...]
    groups: tuple[tuple[str, tuple[Due, ...]], ...]

    @property
    def shown(self) -> object:
        """What its template draws."""
        groups = [
            (name, [asdict(due) | {"what": shorten(due.what, 90, placeholder=" …")} for due in rows])
            for name, rows in self.groups
        ]
        return {"marks": self.marks, "groups": groups}

    @property
    def alternative(self) -> str:
        """All of it in words."""
        return " ".join(f"{name}. {'; '.join(due.words for due in rows)}." for name, rows in self.groups)


Chart = Comparison | Tiers | Organogram | Schedule


@dataclass(frozen=True)
class Drawing:
    """A finished drawing: SVG for the site and PDF, PNG for Word; `alternative` says it in words."""

    alternative: str
    svg: bytes = field(repr=False)
    png: bytes = field(repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """Its width and height on the site, in CSS pixels."""
        points = re.findall(rb'(?:width|height)="([\d.]+)pt"', self.svg)[:2]
        width, height = (round(float(each) * 4 / 3) for each in points)
        return width, height


def comparison(rows: Iterable[tuple[str, Values]]) -> Comparison | None:
    """The rows that set shares side by side; what is no percentage has no place in the chart."""
    shares = [(measure, tuple(pair for pair in values if _share(pair[1]) is not None)) for measure, values in rows]
    compared = tuple((measure, values) for measure, values in shares if len(values) > 1)
    return Comparison(compared) if compared else None


def draw(chart: Chart, templates: Path) -> Drawing:
    """A chart as its kind's template draws it; all of them say in words what they show, and none rests on colour."""
    values = {"chart": json.dumps(chart.shown, ensure_ascii=False)}
    markup = f'#include "{chart.template}.typ"'.encode()
    sheet = Sheet(f"a drawing with {chart.template}.typ", markup, templates, values)
    return Drawing(chart.alternative, typeset(sheet, "svg"), _measured(typeset(sheet, "png")))


def card(name: str, summary: str, templates: Path) -> bytes:
    """The picture that stands beside a link to the site where people share one."""
    values = {"chart": json.dumps({"name": name, "summary": summary}, ensure_ascii=False)}
    return typeset(Sheet("the card of the site with card.typ", b'#include "card.typ"', templates, values), "png")


def _measured(png: bytes) -> bytes:
    """A picture of two dots a point that says so: without that Word would show it larger than it is."""
    dots_a_metre = round(144 / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", dots_a_metre, dots_a_metre, 1)
    after_header = 8 + 25
    return png[:after_header] + struct.pack(">I", 9) + chunk + struct.pack(">I", crc32(chunk)) + png[after_header:]


def _share(value: str) -> float | None:
    """How many of a hundred a value like `over 8%` says; None for what is not a percentage up to 100."""
    found = re.fullmatch(r"(?:[A-Za-z ]+ )?(\d+(?:\.\d+)?)\s?%", value)
    return float(found[1]) if found and float(found[1]) <= 100 else None
