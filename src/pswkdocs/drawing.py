"""Charts, drawn once by typst, sharp on the site, in Word and in PDF."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .typesetting import Sheet, typeset

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Comparison:
    """What a chart shows: measures, each with the shares of several places, of which the first is ours."""

    rows: tuple[tuple[str, Values], ...]

    @property
    def alternative(self) -> str:
        """All of it in words."""
        return " ".join(
            f"{measure}: {', '.join(f'{place} {value}' for place, value in values)}." for measure, values in self.rows
        )


@dataclass(frozen=True)
class Drawing:
    """A finished drawing: SVG for the site and PDF, PNG for Word; `alternative` says it in words."""

    alternative: str
    svg: bytes = field(repr=False)
    png: bytes = field(repr=False)


def comparison(rows: Iterable[tuple[str, Values]]) -> Comparison | None:
    """The rows that set shares side by side; what is no percentage has no place in the chart."""
    shares = [(measure, tuple(pair for pair in values if _share(pair[1]) is not None)) for measure, values in rows]
    compared = tuple((measure, values) for measure, values in shares if len(values) > 1)
    return Comparison(compared) if compared else None


def draw(comparison: Comparison, templates: Path) -> Drawing:
    """A comparison as a chart of bars; every bar says its value, so that nothing rests on colour or scale."""
    rows = [
        (measure, [(place, value, _share(value)) for place, value in values]) for measure, values in comparison.rows
    ]
    sheet = Sheet("a chart", b'#include "comparison.typ"', templates, {"rows": json.dumps(rows)})
    return Drawing(comparison.alternative, typeset(sheet, "svg"), typeset(sheet, "png"))


def _share(value: str) -> float | None:
    """How many of a hundred a value like `over 8%` says; None for what is not a percentage up to 100."""
    found = re.fullmatch(r"(?:[A-Za-z ]+ )?(\d+(?:\.\d+)?)\s?%", value)
    return float(found[1]) if found and float(found[1]) <= 100 else None
