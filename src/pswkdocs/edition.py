"""What is published for one audience: pages, documents, and where every record is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from .drawing import Comparison, Drawing
from .model.partnership import Partnership
from .model.record import Audience

Nav = tuple[tuple[str, "str | Nav"], ...]


@dataclass(frozen=True, eq=False)
class Page:
    """A page of the site: its file below the pages' folder, and what its template is given."""

    path: str
    title: str
    description: str
    template: str
    context: Mapping[str, Any] = field(repr=False)

    @property
    def url(self) -> str:
        """Its address below the site's own."""
        return url_of(self.path)


@dataclass(frozen=True, eq=False)
class Document:
    """A document to download: made in every format, from one template."""

    name: str
    title: str
    subtitle: str
    template: str
    status: str
    period: str
    version: str
    date: date
    author: str
    description: str
    context: Mapping[str, Any] = field(repr=False)
    charts: Mapping[str, Comparison] = field(default_factory=dict, repr=False)
    drawings: Mapping[str, Drawing] = field(default_factory=dict, repr=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """What its cover and its properties say."""
        return (
            self.title,
            self.subtitle,
            self.status,
            self.period,
            self.version,
            spoken(self.date),
            self.author,
            self.description,
        )


@dataclass(frozen=True)
class Place:
    """Where a record is found on the site: a page's address, and the anchor for a part of it."""

    url: str
    anchor: str = ""


@dataclass(frozen=True)
class Edition:
    """All that is published for one audience."""

    audience: Audience
    partnership: Partnership
    frame: Mapping[str, Any]
    """What the template of every page is given besides its own."""
    pages: tuple[Page, ...]
    documents: tuple[Document, ...]
    nav: Nav
    places: Mapping[str, Place]
    meanings: Mapping[str, str]

    @property
    def epoch(self) -> int:
        """The edition's day in seconds since 1970: the date of every file that carries one."""
        return int(datetime.combine(self.partnership.edition.date, time(), UTC).timestamp())


def url_of(path: str) -> str:
    """The address of a page's file below the site's own."""
    stem = path.removesuffix(".md").removesuffix("index")
    return stem if not stem or stem.endswith("/") else stem + "/"


def spoken(day: date) -> str:
    """A day as people say it: 24 July 2023."""
    return f"{day.day} {day:%B %Y}"
