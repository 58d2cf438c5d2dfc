"""Two editions of one Word file → the new one with every change as a revision, which readers accept or reject."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml.etree import _Element as Element

from ..word.package import serialised, unzipped, zipped
from ..word.xml import bookmarks, make, w
from .bodies import Merge
from .marks import Marks, Signed
from .package import Links, read, take_in_lists, take_in_styles
from .pieces import Places, shape

__all__ = ["Signed", "tracked"]

_TEXT, _LISTS, _STYLES, _SETTINGS = (f"word/{name}.xml" for name in ("document", "numbering", "styles", "settings"))
_FURNITURE = ("word/header", "word/footer")


def tracked(old: bytes, new: bytes, signed: Callable[[str], Signed]) -> bytes:
    """The new edition with what changed since the old; `signed` is asked by the last bookmark at or before a change."""
    before, parts = unzipped(old), unzipped(new)
    numbering, styles = read(parts[_LISTS]), read(parts[_STYLES])
    was, now = read(before[_TEXT]), read(parts[_TEXT])
    take_in_lists(was, now, read(before[_LISTS]), numbering)
    take_in_styles(read(before[_STYLES]), styles)
    ids = [int(mark.get(w("id"), "0")) for mark in now.iter(w("bookmarkStart"))]
    marks = Marks(signed, max(ids, default=0) + 1)
    for name in sorted(parts):
        if name.startswith(_FURNITURE) and name in before:
            parts[name] = serialised(_merged(name, read(before[name]), read(parts[name]), before, parts, marks))
    parts[_TEXT] = serialised(_merged(_TEXT, was, now, before, parts, marks))
    parts[_LISTS], parts[_STYLES] = serialised(numbering), serialised(styles)
    parts[_SETTINGS] = _settings(parts[_SETTINGS])
    return zipped(parts)


def _merged(
    part: str, old: Element, new: Element, before: dict[str, bytes], parts: dict[str, bytes], marks: Marks
) -> Element:
    """A part of the new edition with its changes."""
    links = Links(part, before, parts)
    links.take_in(old)
    names = frozenset(bookmarks(new))
    merge = Merge(marks, Places(old), Places(new), links.address, names)
    if new.tag != w("document"):
        new[:] = merge.text(list(old), list(new))
    else:
        was, section = old[0][-1], new[0][-1]
        place = merge.new_places.of(section)
        new[0][:] = [*merge.text(list(old[0])[:-1], list(new[0])[:-1], moves=True), section]
        _set_section(section, was, marks, place)
    links.write()
    return new


def _set_section(section: Element, was: Element, marks: Marks, place: str) -> None:
    """Says of the last section what its pages were; its headers and footers, no revision can change."""
    references = (w("headerReference"), w("footerReference"))
    own, old = (
        make("sectPr", *(deepcopy(part) for part in one if part.tag not in references)) for one in (section, was)
    )
    if shape(own) != shape(old):
        marks.changed(section, old, place)


def _settings(part: bytes) -> bytes:
    """Further changes are tracked too."""
    root = read(part)
    stop = root.find(w("defaultTabStop"))
    if stop is not None and root.find(w("trackRevisions")) is None:
        stop.addprevious(make("trackRevisions"))
    return serialised(root)
