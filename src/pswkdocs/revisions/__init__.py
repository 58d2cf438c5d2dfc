"""Two editions of one Word file → the new one with every change as a revision, which readers accept or reject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ..word.package import serialised, unzipped, zipped
from ..word.xml import bookmarks, make, w
from .bodies import Merge
from .line import RELATION
from .marks import Marks, Signed
from .package import Links, read, take_in_lists, take_in_styles
from .pieces import Places, shape

__all__ = ["Signed", "tracked"]

_TEXT, _LISTS, _STYLES, _SETTINGS = (f"word/{name}.xml" for name in ("document", "numbering", "styles", "settings"))
_FURNITURE = ("word/header", "word/footer")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_REFERENCES = (w("headerReference"), w("footerReference"))


def tracked(old: bytes, new: bytes, signed: Callable[[str], Signed]) -> bytes:
    """The new edition with what changed since the old; `signed` is asked by the last bookmark at or before a change."""
    before, after = unzipped(old), unzipped(new)
    parts = dict(after)
    numbering, styles = read(parts[_LISTS]), read(parts[_STYLES])
    was, now = read(before[_TEXT]), read(parts[_TEXT])
    take_in_lists(was, now, read(before[_LISTS]), numbering)
    take_in_styles(read(before[_STYLES]), styles)
    ids = [int(mark.get(w("id"), "0")) for mark in now.iter(w("bookmarkStart"))]
    both = _Editions(before, after, parts, Marks(signed, max(ids, default=0) + 1))
    for name in sorted(after):
        if name.startswith(_FURNITURE) and name in before:
            parts[name] = both.furniture(name, name)
    parts[_TEXT] = both.text(was, now)
    parts[_LISTS], parts[_STYLES] = serialised(numbering), serialised(styles)
    parts[_SETTINGS] = _settings(parts[_SETTINGS])
    return zipped(parts)


@dataclass(frozen=True)
class _Editions:
    """The parts of both editions, and those of the result."""

    old: Mapping[str, bytes]
    new: Mapping[str, bytes]
    parts: dict[str, bytes]
    marks: Marks

    def furniture(self, old_part: str, new_part: str) -> bytes:
        """A header or a footer."""
        old, new = read(self.old[old_part]), read(self.new[new_part])
        links = Links(new_part, self.old, self.parts)
        if old_part == new_part:
            links.take_in(old)
        new[:] = self._merge(old, new, links).text(list(old), list(new))
        links.write()
        return serialised(new)

    def text(self, old: Element, new: Element) -> bytes:
        """The text itself, with the pages that it ends on."""
        links = Links(_TEXT, self.old, self.parts)
        links.take_in(old)
        for about in old.iter(_PICTURE):
            about.set("id", str(self.marks.number()))
        merge = self._merge(old, new, links)
        was, section = old[0][-1], new[0][-1]
        new[0][:] = [*merge.text(list(old[0])[:-1], list(new[0])[:-1], moves=True), section]
        self._set_section(section, was, links, merge.new_places.of(section))
        links.write()
        return serialised(new)

    def _merge(self, old: Element, new: Element, links: Links) -> Merge:
        return Merge(self.marks, Places(old), Places(new), links.address, frozenset(bookmarks(new)))

    def _set_section(self, section: Element, was: Element, links: Links, place: str) -> None:
        """Says of the last section what its pages were. No revision leads to another header or footer: where there was
        another, one is made in which every word is tracked.
        """
        others = {(part.tag, part.get(w("type"))): part.get(RELATION, "") for part in was if part.tag in _REFERENCES}
        if section.find(w("titlePg")) is None:  # no page has the first one's footer then, unless it comes back
            first = [part for part in was if part.tag in _REFERENCES and part.get(w("type")) == "first"]
            section[:0] = [deepcopy(part) for part in first]
        for part in section:
            other = others.get((part.tag, part.get(w("type"))), "")
            number = part.get(RELATION, "")
            if other and other != number:
                names = (f"word/{links.address(one)}" for one in (other, number))
                part.set(RELATION, links.beside(number, self.furniture(*names)))
        own, old = (
            make("sectPr", *(deepcopy(part) for part in one if part.tag not in _REFERENCES)) for one in (section, was)
        )
        if shape(own) != shape(old):
            self.marks.changed(section, old, place)


def _settings(part: bytes) -> bytes:
    """Further changes are tracked too."""
    root = read(part)
    stop = root.find(w("defaultTabStop"))
    if stop is not None and root.find(w("trackRevisions")) is None:
        stop.addprevious(make("trackRevisions"))
    return serialised(root)
