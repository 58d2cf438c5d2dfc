"""Pages that lead on: permanent addresses, pages that moved, what is gone, and the door of the published tree."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ..model.partnership import Partnership
from ..model.retired import Retirement
from ..render import Renderer
from .permanent import Known, addresses, fate, successor

_BEFORE = b'<header class="md-header"'


class Signposts:
    """The pages beside and between the versions of one partnership's site."""

    def __init__(self, renderer: Renderer, partnership: Partnership, alias: str) -> None:
        self._renderer = renderer
        self._partnership = partnership
        self._alias = alias

    def of_version(self, now: Mapping[str, Known]) -> dict[str, bytes]:
        """The permanent addresses of a version, which lead to its own pages."""
        return {
            f"id/{address}/index.html": self._lead(f"id/{address}/", now[key].place, now[key].title, up="../")
            for address, key in addresses(now).items()
        }

    def of_ever(
        self, ever: Mapping[str, Known], now: Mapping[str, Known], gone: Mapping[str, Retirement]
    ) -> dict[str, bytes]:
        """The permanent addresses of all that was ever published: they lead to where it is now, or say what it was."""
        pages = {}
        for address, key in addresses(ever).items():
            heir = now.get(successor(key, gone))
            here = f"id/{address}/"
            if heir:
                page = self._lead(here, f"{self._alias}/{heir.place}", heir.title)
            else:
                page = self._gone(here, ever[key], fate(key, gone))
            pages[f"{here}index.html"] = page
        return pages

    def of_moved(self, moved: Mapping[str, str], was: Mapping[str, Known]) -> dict[str, bytes]:
        """Pages of earlier versions, below the alias: they lead to where their text went, or say that it is gone."""
        pages = {}
        for url, to in moved.items():
            record = next((each for each in was.values() if each.place == url), None)
            record = record or next(each for each in was.values() if each.page == url)
            if to:
                pages[f"{url}index.html"] = self._lead(url, to, record.title, up="../")
            else:
                pages[f"{url}index.html"] = self._gone(f"{self._alias}/{url}", record, None)
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

    def _gone(self, here: str, record: Known, said: Retirement | None) -> bytes:
        up = posixpath.relpath(".", here) + "/"
        return self._fill("gone.html", record=record, said=said, up=up, alias=self._alias)

    def _fill(self, name: str, **context: object) -> bytes:
        return self._renderer.signpost(name, {"partnership": self._partnership, **context}).encode()


def withdrawn(page: bytes, reason: str, renderer: Renderer) -> bytes:
    """A page of a version, with the notice that the version is withdrawn; a page that only leads on stays as it is."""
    notice = renderer.signpost("withdrawn.html", {"reason": reason}).encode()
    return page.replace(_BEFORE, notice + _BEFORE, 1)


def _relative(here: str, to: str) -> str:
    path, mark, anchor = to.partition("#")
    return posixpath.relpath(path or ".", here or ".") + "/" + mark + anchor
