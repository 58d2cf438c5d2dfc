"""What a text consists of, as far as two editions of it are compared: paragraphs, tables, rows, contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ..word.xml import bookmarks, w

FIELD, TEXT, SPACE = w("fldChar"), w("t"), "{http://www.w3.org/XML/1998/namespace}space"
_MARKS = (w("bookmarkStart"), w("bookmarkEnd"))
_END = "end_of_document"
# How a program counts pictures, which says nothing of what they show.
_COUNTED = {"docPr": ("id", "name"), "cNvPr": ("id", "name")}


@dataclass(frozen=True, eq=False)
class Piece:
    """A part of a text, with what decides which part of the other edition it is."""

    element: Element
    kind: str  # p, tbl, tr or sdt
    key: str  # the record that begins here, by its bookmark
    within: str  # the last record to begin in the same text
    place: str  # the last record to begin at or before this
    fit: str  # what has to be the same for one to become the other
    words: Counter[str]
    shape: str  # all of it, as one text; the same for what looks and reads the same


class Places:
    """The last bookmark at or before each paragraph, row, table of a part."""

    def __init__(self, root: Element) -> None:
        self._found: dict[Element, str] = {}
        last = ""
        waiting: list[Element] = []
        for element in root.iter(w("tbl"), w("tr"), w("p"), w("sectPr")):
            if element.tag in (w("tbl"), w("tr")):
                waiting.append(element)
                continue
            names = [name for name in bookmarks(element) if name != _END]
            last = names[-1] if names else last
            for one in (*waiting, element):
                self._found[one] = last
            waiting = []

    def of(self, element: Element) -> str:
        """The bookmark's name; none is empty."""
        return self._found.get(element, "")


def pieces(elements: Iterable[Element], places: Places) -> list[Piece]:
    """The parts of a text in their order."""
    found: list[Piece] = []
    within = ""
    for element in elements:
        kind = element.tag.rpartition("}")[2]
        key = _key(element, kind)
        within = key or within
        names = [f"bookmark {name}" for name in bookmarks(element)] if kind in ("tbl", "tr") else []
        words = Counter([*re.findall(r"\w+", _words(element)), *names])
        found.append(Piece(element, kind, key, within, places.of(element), _fit(element, kind), words, shape(element)))
    return found


def _key(element: Element, kind: str) -> str:
    if kind == "sdt":
        return "contents"
    if kind == "tbl":
        return ""
    names = [name for name in bookmarks(element) if name != _END]
    if names:
        return names[0] if kind == "tr" else names[-1]
    opened = [part.get(w("fldCharType"), "") for part in element.iter(FIELD)] if kind == "p" else []
    if opened.count("begin") != opened.count("end"):  # the first and the last entry of a list of contents
        return "begin" if "begin" in opened else "end"
    return ""


def _words(element: Element) -> str:
    return " ".join(words.text or "" for words in element.iter(TEXT))


def _fit(element: Element, kind: str) -> str:
    if kind == "p":
        return shape(section_of(element))
    if kind == "tbl":
        return str(len(element.findall(f"{w('tblGrid')}/{w('gridCol')}")))
    if kind == "tr":
        spans = [span.get(w("val"), "") for span in element.iter(w("gridSpan"), w("vMerge"))]
        return f"{len(element.findall(w('tc')))} {spans}"
    return ""


def section_of(paragraph: Element) -> Element | None:
    """The section that ends with a paragraph."""
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}")


def shape(element: Element | None) -> str:
    """All of an element as one text, without bookmarks."""
    return "" if element is None else "".join(_shape(element))


def _shape(element: Element) -> Iterator[str]:
    name = element.tag.rpartition("}")[2]
    left_out = _COUNTED.get(name, ())
    yield f"<{name}"
    yield from (f" {key!r}={value!r}" for key, value in sorted(element.items()) if key not in left_out)
    yield ">"
    if not len(element):
        yield repr(element.text or "")
    for part in element:
        if part.tag not in _MARKS:
            yield from _shape(part)
    yield "</>"
