"""What a checker is, and the folder of pages and files that it looks at."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

Kind = Literal["pages", "pdf", "word", "odt", "rest"]
SUFFIXES: dict[Kind, str] = {"pages": "html", "pdf": "pdf", "word": "docx", "odt": "odt"}
"""The kinds of what readers open; all that comes with it is the rest."""
_ANCHOR = re.compile(r'\bid="?([^">]+)')
# What the look of a page depends on besides its own words.
_WORN = ("css", "js", "png", "svg", "woff2")


@dataclass(frozen=True)
class Verdict:
    """What a checker says of a page or file: faults in its words, none when it is good, and what else is to be told."""

    faults: tuple[str, ...] = ()
    note: str = ""


Verdicts = dict[str, Verdict]
"""By the name of the page or file."""


class NotThere(Exception):
    """A tool that a checker needs is missing or does not work; the message says what to do."""


@dataclass(frozen=True)
class Site:
    """A folder with pages and files."""

    folder: Path
    own: str = ""
    """The address that the site states as its own, as in `https://plans.example/southwark/`."""
    templates: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Which template each page is made of; pages that are not named stand for themselves."""

    def names(self, *suffixes: str) -> list[str]:
        """All files with these suffixes, or all files."""
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file() and (not suffixes or path.suffix.removeprefix(".") in suffixes)
        )

    def files(self, names: Iterable[str]) -> list[str]:
        return [str(self.folder / name) for name in names]

    def of(self, kind: Kind) -> list[str]:
        """The names of all pages, of all documents in a format, or of what comes with them."""
        if kind == "rest":
            return [name for name in self.names() if Path(name).suffix.removeprefix(".") not in SUFFIXES.values()]
        return self.names(SUFFIXES[kind])

    def address(self, name: str) -> str:
        """Where the site's host shows a page, below the host's own address."""
        return self.path + name.removesuffix("index.html")

    @property
    def path(self) -> str:
        """Below which path the host serves the site."""
        return urlsplit(self.own).path or "/"

    @cached_property
    def worn(self) -> str:
        """The digest of styles, scripts, pictures and fonts."""
        return digest(*((name, (self.folder / name).read_bytes()) for name in self.names(*_WORN)))

    @cached_property
    def places(self) -> str:
        """The digest of what a link can lead to: files, and anchors in pages."""
        pages = self.of("pages")
        anchors = [_ANCHOR.findall((self.folder / name).read_text(encoding="utf-8")) for name in pages]
        return digest(self.names(), anchors)

    @cached_property
    def all(self) -> str:
        """The digest of everything."""
        return digest(*((name, (self.folder / name).read_bytes()) for name in self.names()))


def itself(site: Site, name: str) -> str:
    """A verdict on a file holds as long as the file stays the same."""
    return digest((site.folder / name).read_bytes())


def as_worn(site: Site, name: str) -> str:
    """A verdict on a page in a browser holds as long as the page, the styles and the scripts stay the same."""
    return digest(itself(site, name), site.worn)


def whole(site: Site, _: str) -> str:
    """A verdict on the whole holds as long as nothing in the site changes."""
    return site.all


@dataclass(frozen=True)
class Checker:
    """One that judges pages or files."""

    title: str
    judges: Kind
    rules: str
    version: Callable[[], str]
    judge: Callable[[Site, Sequence[str]], Verdicts]
    made_of: tuple[Path, ...]
    """Our own code that a verdict depends on."""
    holds: Callable[[Site, str], str] = itself
    chosen: Callable[[Site], list[str]] | None = None
    """Which pages it looks at, where not at all."""
    looks: int = 1
    """How often it looks at each."""
    batch: int = 8
    """How many it is handed at once."""
    alone: bool = False
    """It measures time, so nothing else runs beside it."""
    ours: bool = False
    """It holds the site to rules of our own; what is published of the audit names the others."""

    def subjects(self, site: Site) -> list[str]:
        return self.chosen(site) if self.chosen else site.of(self.judges)

    @cached_property
    def key(self) -> str:
        """The digest of all that judges: the tool, its version, our code around it."""
        return digest(self.title, self.rules, self.version(), *(path.read_bytes() for path in self.made_of))


def digest(*what: object) -> str:
    sum_of = hashlib.sha256()
    for part in what:
        sum_of.update(part if isinstance(part, bytes) else repr(part).encode())
        sum_of.update(b"\0")
    return sum_of.hexdigest()[:32]


def by_name(site: Site, names: Sequence[str], told: Mapping[str, Iterable[str]]) -> Verdicts:
    """Verdicts by name out of faults by the path that a tool was handed; the same words twice become one."""
    return {name: verdict(told.get(str(site.folder / name), ())) for name in names}


def verdict(faults: Iterable[str]) -> Verdict:
    return Verdict(tuple(dict.fromkeys(re.sub(r"\s+", " ", fault).strip() for fault in faults)))
