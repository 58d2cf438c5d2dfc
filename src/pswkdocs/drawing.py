"""Charts, drawn once by typst, sharp on the site, in Word and in PDF."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Drawing:
    """A finished drawing: SVG for the site and PDF, PNG for Word; `alternative` says it in words."""

    alternative: str
    svg: bytes = field(repr=False)
    png: bytes = field(repr=False)
