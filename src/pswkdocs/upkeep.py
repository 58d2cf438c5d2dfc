"""Where each page and each record is edited, when it changed last, and when it is to be looked at again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .edition import Edition, Page, Place, Published, Release, Upkeep
from .model.content import Address, Content
from .model.partnership import Partnership

_RECORD = re.compile(r'\sid="(?P<id>[^"]+)"|\{: #(?P<heading>[^\s}]+)')


def upkeep(
    content: Content,
    pages: Iterable[Page],
    places: Mapping[str, Place],
    published: Published | None,
    repository: str,
    *,
    lines: bool,
) -> Iterator[tuple[str, Upkeep]]:
    """Each page that shows a file, or a part of one; with `lines` it says the line too.

    `repository` is the address before the path of a file; empty where files cannot be reached.
    """
    about = content.the(Partnership)
    standing: dict[str, list[str]] = {}
    for key, place in places.items():
        standing.setdefault(place.url, []).append(key)
    for page in pages:
        keys = standing.get(page.url, [])
        if not page.of and not keys:
            continue
        shown = content.addresses[page.of.key if page.of else keys[0]]
        record = shown.entry.record
        changed = _changed(keys, published) if published else None
        yield (
            page.path,
            Upkeep(
                file=place_of(shown) if lines else shown.entry.source.path,
                edit=edit(repository, shown),
                changed=changed,
                first=bool(changed and published and changed == published.releases[-1]),
                owner=record.owner or "",
                review_by=record.review_by,
                past=bool(record.review_by and record.review_by < about.edition.date),
                lasting=bool(published and published.frozen),
            ),
        )


def files(content: Content) -> dict[str, str]:
    """Where each record is written."""
    return {key: place_of(address) for key, address in content.addresses.items()}


def place_of(address: Address) -> str:
    """The file and the line in which a record begins, as in `content/x.yml:12`."""
    span = address.entry.source.span((*address.loc, "id"))
    return f"{span.path}:{span.line}"


def edit(repository: str, address: Address) -> str:
    """The address at which a record is edited; empty where none is stated."""
    path, _, line = place_of(address).rpartition(":")
    return f"{repository}{path}#L{line}" if repository else ""


def written(html: str, page: Page, edition: Edition) -> str:
    """A page of which each record says in what file and line it is written."""
    stands: dict[str, str] = {}
    for key, place in edition.places.items():
        if place.url == page.url and place.anchor:
            stands.setdefault(place.anchor, edition.files[key])

    def said(match: re.Match[str]) -> str:
        file = stands.get(match["id"] or match["heading"])
        return f'{match[0]} data-file="{file}"' if file else match[0]

    return _RECORD.sub(said, html)


def _changed(keys: Iterable[str], published: Published) -> Release | None:
    """The newest version that changed any of these records."""
    names = {published.changed.get(key, "") for key in keys}
    return next((release for release in published.releases if release.name in names), None)
