"""What a page says of itself to machines, in the words of schema.org: only what the content states."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from .edition import Download, Edition, Nav, Page, url_of
from .model.appraisal import Appraisal
from .model.meeting import Meeting
from .model.paper import Paper
from .model.partnership import Organisation, Partnership
from .model.publication import Publication

Said = dict[str, Any]

ZONE = "Europe/London"

_OF_DATA = {"csv": "text/csv", "json": "application/json"}


def linked_data(page: Page, edition: Edition, downloads: Sequence[Download]) -> str:
    """All that a page says of itself, as JSON-LD that can stand in HTML."""
    said = _page(page, edition)
    about: Said | None = None
    if page.of is not None:
        tell = next((tell for type_, tell in _ABOUT if isinstance(page.of.record, type_)), None)
        about = tell(page, edition, downloads) if tell else None
    elif files := _data(page, edition):
        about = _dataset(page, edition, downloads, files)
    if about:
        said["mainEntity"] = about
    text = json.dumps({"@context": "https://schema.org"} | said, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")  # nothing in it may look like the end of its element


def _page(page: Page, edition: Edition) -> Said:
    address = edition.partnership.address + page.url
    site = {"@type": "WebSite", "@id": f"{edition.partnership.address}#website"}
    return {
        "@type": "WebPage",
        "@id": f"{address}#page",
        "url": address,
        "name": page.title,
        "description": page.description,
        "inLanguage": "en-GB",
        "isPartOf": site | {"name": edition.partnership.short_title, "url": edition.partnership.address},
    } | _trail(page, edition)


def _trail(page: Page, edition: Edition) -> Said:
    """The way to a page through the menu; none for the first page, which is where every way begins."""
    steps = list(_steps(edition.nav, page.path))
    if not page.url or not steps:
        return {}
    address = edition.partnership.address
    listed = [
        {"@type": "ListItem", "position": position, "name": name, "item": address + url}
        for position, (name, url) in enumerate([("Home", ""), *steps], 1)
    ]
    return {"breadcrumb": {"@type": "BreadcrumbList", "itemListElement": listed}}


def _steps(nav: Nav, path: str) -> Iterator[tuple[str, str]]:
    """The sections around a page, each by its name and its first page, and the page itself."""
    for name, value in nav:
        if value == path:
            yield name, url_of(path)
        elif not isinstance(value, str) and (within := list(_steps(value, path))):
            if value[0][1] != path:
                yield name, url_of(_first(value))
                yield from within
            else:
                yield name, url_of(path)


def _first(nav: Nav) -> str:
    value = nav[0][1]
    return value if isinstance(value, str) else _first(value)


def _partnership(page: Page, edition: Edition, downloads: Sequence[Download]) -> Said:
    """Who publishes all this, and who belongs to it."""
    assert page.of is not None
    contact = page.of.record.contact
    point = {"email": contact.email, "telephone": contact.phone}
    members: Iterable[Organisation] = (member.record for member in page.of.members)
    return _stated(
        _publisher(edition)
        | {
            "description": page.description,
            "areaServed": page.of.record.place,
            "logo": f"{edition.partnership.address}assets/icons/touch.png",
            "member": [_stated(_organisation(one.name) | {"alternateName": one.short}) for one in members],
            "contactPoint": _stated({"@type": "ContactPoint"} | point) if any(point.values()) else None,
        }
    )


def _publisher(edition: Edition) -> Said:
    address = edition.partnership.address
    return _organisation(edition.partnership.title) | {"@id": f"{address}#organisation", "url": address}


def _organisation(name: str) -> Said:
    return {"@type": "Organization", "name": name}


def _publication(page: Page, edition: Edition, downloads: Sequence[Download]) -> Said:
    """A publication, with the files in which it can be had."""
    assert page.of is not None
    record = page.of.record
    published, author = getattr(record, "published", None), getattr(record, "written_by", None)
    return _stated(
        {
            "@type": "Report" if isinstance(record, Paper | Appraisal) else "CreativeWork",
            "name": record.title,
            "alternateName": record.short_title,
            "abstract": page.description,
            "url": edition.partnership.address + page.url,
            "inLanguage": "en-GB",
            "datePublished": published.isoformat() if published else None,
            "publisher": _organisation(record.published_by) if record.published_by else _publisher(edition),
            "author": _organisation(author) if author else None,
            "creativeWorkStatus": record.status,
            "license": _licence(edition),
            "encoding": _files(downloads, edition, record.id),
            "subjectOf": _papers(downloads, edition, record.id),
        }
    )


def _meeting(page: Page, edition: Edition, downloads: Sequence[Download]) -> Said:
    """A meeting, with the documents about it."""
    assert page.of is not None
    record = page.of.record
    return _stated(
        {
            "@type": "Event",
            "name": record.title,
            "description": page.description,
            "url": edition.partnership.address + page.url,
            "startDate": _at(record.held, record.begins),
            "endDate": _at(record.held, record.ends) if record.ends else None,
            "location": {"@type": "Place", "name": record.venue} if record.venue else None,
            "organizer": _organisation(page.of.body.name),
            "subjectOf": _papers(downloads, edition, record.id),
        }
    )


def _at(day: Any, time: Any) -> str:
    """A day, or a moment with its distance from Greenwich, which the sources leave out: they mean the clock here."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(ZONE)).isoformat() if time else str(day)


def _data(page: Page, edition: Edition) -> list[str]:
    """The files that hold what a register's page shows; the page that tells of all files has them all."""
    name = page.url.removeprefix("registers/").removesuffix("/")
    found = [file for file in edition.data if file.startswith(f"data/{name}.")]
    return found or ([file for file in edition.data if file.startswith("data/all.")] if name == "open-data" else [])


def _dataset(page: Page, edition: Edition, downloads: Sequence[Download], files: Iterable[str]) -> Said:
    """A register, with its files of data and the document that shows the same."""
    about = edition.partnership
    shown = {download.document.name for download in downloads if _shows(page, download, edition)}
    return _stated(
        {
            "@type": "Dataset",
            "name": page.title,
            "description": page.description,
            "url": about.address + page.url,
            "inLanguage": "en-GB",
            "version": about.edition.version,
            "dateModified": about.edition.date.isoformat(),
            "publisher": _publisher(edition),
            "license": _licence(edition),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": _OF_DATA[name.rpartition(".")[2]],
                    "contentUrl": about.address + name,
                }
                for name in files
            ],
            "encoding": [file for name in sorted(shown) for file in _files(downloads, edition, name)],
        }
    )


def _shows(page: Page, download: Download, edition: Edition) -> bool:
    """Whether a page is where the record stands that a document tells of."""
    place = edition.places.get(download.document.about)
    return place is not None and place.url == page.url


def _papers(downloads: Sequence[Download], edition: Edition, about: str) -> list[Said]:
    """The documents that tell of a record besides itself: its minutes, its summary."""
    named = {download.document.name: download.document for download in downloads}
    return [
        {
            "@type": "DigitalDocument",
            "name": document.title,
            "inLanguage": "en-GB",
            "encoding": _files(downloads, edition, name),
        }
        for name, document in named.items()
        if document.about == about and name != about
    ]


def _files(downloads: Iterable[Download], edition: Edition, name: str) -> list[Said]:
    return [
        {
            "@type": "MediaObject",
            "name": f"{download.document.title} ({download.label})",
            "encodingFormat": download.media_type,
            "contentUrl": f"{edition.partnership.address}downloads/{download.filename}",
            "contentSize": download.readable_size,
            "sha256": download.sha256,
            "version": download.document.version,
            "dateModified": download.document.date.isoformat(),
        }
        for download in downloads
        if download.document.name == name
    ]


def _licence(edition: Edition) -> Said | None:
    return {"@type": "CreativeWork", "name": edition.partnership.licence} if edition.partnership.licence else None


def _stated(said: Said) -> Said:
    """Without what the content does not state."""
    return {name: value for name, value in said.items() if value}


# What is told of the record that a page is about: the first row that fits.
_ABOUT: tuple[tuple[type, Callable[[Page, Edition, Sequence[Download]], Said]], ...] = (
    (Partnership, _partnership),
    (Meeting, _meeting),
    (Publication, _publication),
)
