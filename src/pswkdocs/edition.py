"""What is published for one audience: pages, documents, and where every record is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from datetime import date as Day
from typing import Any

from .drawing import Chart, Drawing
from .model.partnership import Partnership
from .model.record import Audience
from .view import View

Nav = tuple[tuple[str, "str | Nav"], ...]


@dataclass(frozen=True, eq=False)
class Page:
    """A page of the site: its file below the pages' folder, and what its template is given."""

    path: str
    title: str
    description: str
    template: str
    context: Mapping[str, Any] = field(repr=False)
    charts: Mapping[str, Chart] = field(default_factory=dict, repr=False)
    boost: float = 1
    """How much search puts it before others, or after them: what no longer holds, or lists what stands elsewhere."""
    of: View | None = None
    """The record that it shows, where that has a file of its own."""

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
    about: str = ""
    """The id of the record that it tells of: minutes and packs tell of their meeting."""
    restated_by: str = ""
    """Who restates it, where that is not its author."""
    called: str = ""
    """What links to it say, where its subtitle does not say what it is, as in `Minutes`."""
    marking: str = ""
    """What stands in the header and the footer of every page of what is not for everybody."""
    running: str = ""
    """What stands before the page's number in place of the edition, as in `ICP 24 July 2023`."""
    charts: Mapping[str, Chart] = field(default_factory=dict, repr=False)
    drawings: Mapping[str, Drawing] = field(default_factory=dict, repr=False)
    papers: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The PDFs from elsewhere that it encloses, by their paths."""
    follows: str = ""
    """The document whose pages its own pages go on from."""
    first_page: int = 1
    """The number of its first page: known once the PDF is made of what it follows."""

    @property
    def sign(self) -> str:
        """What warns a reader on every page: a draft is one, and so is what no longer holds."""
        return self.status.upper() if self.status in ("draft", "superseded") else ""

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
            self.restated_by,
            self.description,
            self.marking,
            self.running,
        )


@dataclass(frozen=True, eq=False)
class Download:
    """A finished document, as pages tell of it."""

    document: Document
    label: str
    filename: str
    media_type: str
    size: int
    sha256: str

    @property
    def href(self) -> str:
        """Its place below the site's own address."""
        return f"download:{self.filename}"

    @property
    def readable_size(self) -> str:
        return readable_size(self.size)


@dataclass(frozen=True)
class Place:
    """Where a record is found on the site: a page's address, and the anchor for a part of it."""

    url: str
    anchor: str = ""

    @property
    def anchored(self) -> str:
        """What follows the page's address in a link to it."""
        return f"#{self.anchor}" if self.anchor else ""


@dataclass(frozen=True)
class Release:
    """A published version, as pages and the command line tell of it."""

    name: str
    date: date
    note: str
    """What readers find changed in it."""
    commit: str
    """The commit of the content that it was made of."""
    withdrawn: str = ""
    """Why it is withdrawn, where it is."""
    withdrawn_on: Day | None = None
    aliases: tuple[str, ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)
    """The digest of each of its documents, by the file's name."""

    @property
    def title(self) -> str:
        """Its name as a list of versions says it: 2023-07 (24 July 2023)."""
        return f"{self.name} ({spoken(self.date)})" + (", withdrawn" if self.withdrawn else "")


@dataclass(frozen=True)
class Upkeep:
    """Who keeps a page right: where it is edited, when it changed last, when it is to be looked at again."""

    file: str
    """The file of its record, with the line for who may see more than the public."""
    edit: str = ""
    """Where that file can be edited; empty where the partnership does not say."""
    changed: Release | None = None
    """The version in which anything on it changed last; none where nothing is published, or nobody knows."""
    first: bool = False
    """Whether that is the first version, which has no page of changes."""
    owner: str = ""
    review_by: Day | None = None
    past: bool = False
    """Whether the day of review had passed on the day of the edition."""
    lasting: bool = False
    """Whether it is a version's own copy, which nobody will review any more."""


@dataclass(frozen=True)
class Published:
    """As what a site is published, beside which versions."""

    alias: str
    """The folder of what holds now, as in `latest`."""
    frozen: bool
    """Whether it is the version's own copy, which stays as it is, or that of the alias."""
    releases: tuple[Release, ...]
    """All versions, the newest first."""
    pages: tuple[Page, ...]
    """What tells of the versions, and of what changed since the last."""
    revised: Callable[[str, bytes], bytes | None] = field(repr=False)
    """A document's Word file with every change since the last version marked; None where nothing changed."""
    changed: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The version that last changed each record, by the record's key."""


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
    data: Mapping[str, bytes] = field(repr=False)
    """The files of open data, by their names below the site's address."""
    shown: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What its pages show besides, by the same names."""
    drawings: Mapping[str, Drawing] = field(default_factory=dict, repr=False)
    """The charts of its pages and documents, drawn, by their names."""
    published: Published | None = None
    upkeep: Mapping[str, Upkeep] = field(default_factory=dict, repr=False)
    """Who keeps each page right, by the page's path; what no file stands behind has nobody."""
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Where each record is written, as in `content/x.yml:12`; empty where no reader is told."""

    @property
    def epoch(self) -> int:
        """The edition's day in seconds since 1970: the date of every file that carries one."""
        return int(datetime.combine(self.partnership.edition.date, time(), UTC).timestamp())


def url_of(path: str) -> str:
    """The address of a page's file below the site's own."""
    stem = path.removesuffix(".md").removesuffix("index")
    return stem if not stem or stem.endswith("/") else stem + "/"


def readable_size(size: int) -> str:
    """The size of a file as people say it: 12 kB."""
    return f"{max(1, round(size / 1000))} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def spoken(day: date) -> str:
    """A day as people say it: 24 July 2023."""
    return f"{day.day} {day:%B %Y}"
