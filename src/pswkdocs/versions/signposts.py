"""Pages that lead on: permanent addresses, pages that moved, what is gone, and the door of the published tree."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ..edition import Release
from ..model.content import Content
from ..model.partnership import Partnership
from ..render import Renderer
from .permanent import Ever, Known, fate, heir, moved, retired

_BEFORE = b'<header class="md-header"'


class Signposts:
    """The pages beside and between the versions of one partnership's site."""

    def __init__(self, renderer: Renderer, content: Content, alias: str) -> None:
        self._renderer = renderer
        self._partnership = content.the(Partnership)
        self._alias = alias
        self._retired = retired(content)
        self._told = retired(content, for_everybody=True)

    def of_version(self, now: Ever) -> dict[str, bytes]:
        """The permanent addresses of a version, which lead to its own pages."""
        return {
            f"id/{address}/index.html": self._lead(f"id/{address}/", record.place, record.title, "../")
            for address, record in ((address, now.records[key]) for address, key in now.addresses.items())
        }

    def of_ever(self, ever: Ever, now: Ever) -> dict[str, bytes]:
        """The permanent addresses of all that was ever published: they lead to where it is now, or say what it was."""
        pages = {}
        for address, key in ever.addresses.items():
            here = f"id/{address}/"
            if found := heir(key, now, self._retired):
                page = self._lead(here, f"{self._alias}/{found.place}", found.title)
            else:
                page = self._gone(here, key, ever.records[key])
            pages[f"{here}index.html"] = page
        return pages

    def of_moved(self, ever: Ever, now: Ever) -> dict[str, bytes]:
        """Pages that once were, below the alias: they lead to where their text went, or say that it is gone."""
        pages = {}
        for url, (key, found) in moved(ever, now, self._retired).items():
            if found:
                pages[f"{url}index.html"] = self._lead(url, found.page, found.title, "../")
            else:
                pages[f"{url}index.html"] = self._gone(f"{self._alias}/{url}", key, ever.records[key])
        return pages

    def of_rest(self, before: Iterable[str], tree: Collection[str]) -> dict[str, bytes]:
        """Pages of no record that stood below the alias and are no more: they lead to the page above them."""
        pages = {}
        for path in before:
            if path.endswith("/index.html") and path not in tree:
                above = (f"{folder}/" for folder in map(str, PurePosixPath(path).parent.parents))
                to = next(folder for folder in above if f"{folder}index.html" in tree)
                pages[path] = self._lead(path.removesuffix("index.html"), to, "What stood here")
        return pages

    def of_root(self) -> dict[str, bytes]:
        """The door to the newest version, and what a host shows where there is nothing."""
        name = self._partnership.short_title
        sitemap = f"Sitemap: {self._partnership.address}{self._alias}/sitemap.xml"
        return {
            "index.html": self._lead("", f"{self._alias}/", name),
            "404.html": self._fill("missing.html", up=urlsplit(self._partnership.address).path, alias=self._alias),
            "robots.txt": f"User-agent: *\nAllow: /\n{sitemap}\n".encode(),
            ".nojekyll": b"",
        }

    def _lead(self, here: str, to: str, title: str, up: str = "") -> bytes:
        root = posixpath.relpath(".", here or ".") + "/" + up
        return self._fill("leads.html", to=_relative(here, to), title=title, assets=f"{root}{self._alias}/assets")

    def _gone(self, here: str, key: str, record: Known) -> bytes:
        up = posixpath.relpath(".", here) + "/"
        return self._fill("gone.html", record=record, said=fate(key, self._told), up=up, alias=self._alias)

    def _fill(self, name: str, **context: object) -> bytes:
        return self._renderer.signpost(name, {"partnership": self._partnership, **context}).encode()


def withdrawn(page: bytes, reason: str, renderer: Renderer) -> bytes:
    """A page of a version, with the notice that the version is withdrawn; a page that only leads on stays as it is."""
    notice = renderer.signpost("withdrawn.html", {"reason": reason}).encode()
    return page.replace(_BEFORE, notice + _BEFORE, 1)


def listed_as_withdrawn(page: bytes, gone: Release, renderer: Renderer) -> bytes:
    """The page that lists versions, with what it says of one that is withdrawn."""
    place = f'<span data-withdrawn="{gone.name}">'.encode()
    return page.replace(place, place + renderer.signpost("listed.html", {"reason": gone.withdrawn}).encode(), 1)


def _relative(here: str, to: str) -> str:
    path, mark, anchor = to.partition("#")
    return posixpath.relpath(path or ".", here or ".") + "/" + mark + anchor
