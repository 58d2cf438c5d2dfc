"""The revisions themselves: each with its own id, who made it and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache

from lxml.etree import _Element as Element

from ..word.xml import make, w

_NOT_PROPERTIES = (w("rPr"), w("sectPr"), w("pPrChange"))


@dataclass(frozen=True)
class Signed:
    """Who changed something, and on which day."""

    author: str
    day: date


class Marks:
    """Makes revisions, numbered through."""

    def __init__(self, signed: Callable[[str], Signed], first: int) -> None:
        self._signed = cache(signed)
        self._next = first

    def number(self) -> int:
        """An id that nothing else has."""
        self._next += 1
        return self._next - 1

    def of(self, kind: str, place: str, /, *parts: Element, **attributes: str) -> Element:
        """A revision of what stands at a bookmark."""
        by = self._signed(place)
        signed = {"author": by.author, "date": f"{by.day}T00:00:00Z"}
        made = make(kind, *parts, id=self.number(), **signed)
        for key, value in attributes.items():
            made.set(w(key), value)
        return made

    def changed(self, element: Element, old: Element, place: str) -> None:
        """Says of properties what they were, when they were otherwise."""
        name = element.tag.rpartition("}")[2]
        was = make(name, *map(deepcopy, old))
        if name == "tblGrid":
            element.append(make("tblGridChange", was, id=self.number()))
        else:
            element.append(self.of(f"{name}Change", place, was))

    def row(self, row: Element, kind: str, place: str) -> None:
        """Says of a row that it is new or gone."""
        row[0].append(self.of(kind, place))

    def properties(
        self,
        own: Sequence[Element],
        was: Sequence[Element] | None,
        place: str,
        mark: Iterable[str],
        section: Element | None,
    ) -> Element:
        """A paragraph's properties; what they were; what became of its end; the section that it ends."""
        signs = [self.of(kind, place) for kind in mark]
        parts = [*map(deepcopy, own)]
        if signs:
            parts.append(make("rPr", *signs))
        if section is not None:
            parts.append(deepcopy(section))
        if was is not None:
            parts.append(self.of("pPrChange", place, make("pPr", *map(deepcopy, was))))
        return make("pPr", *parts)


def properties(paragraph: Element) -> list[Element]:
    """What is said of a paragraph, but not of the section that it ends."""
    own = paragraph.find(w("pPr"))
    return [] if own is None else [part for part in own if part.tag not in _NOT_PROPERTIES]
