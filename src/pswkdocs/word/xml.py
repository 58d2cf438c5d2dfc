"""The XML of Word files: paragraphs and their properties, styles, and the numbers that Word counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from ..numbers import Number, lettered, roman

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The order in which the schema wants a paragraph's properties: those that are set here.
_ORDER = ("pStyle", "keepNext", "pageBreakBefore", "framePr", "numPr", "spacing", "ind", "sectPr")


def w(name: str) -> str:
    """A name as lxml writes it."""
    return f"{{{NAMESPACE}}}{name}"


def make(name: str, *parts: Element, **attributes: object) -> Element:
    """An element with its parts; attributes are Word's own."""
    element = etree.Element(w(name), {w(key): str(value) for key, value in attributes.items()})
    element.extend(parts)
    return element


def run(text: str, style: str = "") -> Element:
    """A stretch of text in a character style."""
    words = make("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return make("r", *([make("rPr", make("rStyle", val=style))] if style else []), words)


def field(code: str, result: Sequence[Element], style: str = "") -> list[Element]:
    """A field that Word can bring up to date, with what it says until then."""

    def part(element: Element) -> Element:
        return make("r", *([make("rPr", make("rStyle", val=style))] if style else []), element)

    instruction = make("instrText")
    instruction.text = f" {code} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    begin, separate, end = (part(make("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    return [begin, part(instruction), separate, *result, end]


def val(element: Element | None, path: str, default: str = "") -> str:
    """The value of an element below another, as in `pPr/pStyle`."""
    found = None if element is None else element.find("/".join(map(w, path.split("/"))))
    return default if found is None else found.get(w("val"), default)


def style(paragraph: Element) -> str:
    """The id of a paragraph's style."""
    return val(paragraph, "pPr/pStyle")


def text(element: Element) -> str:
    """What stands in an element."""
    return "".join(words.text or "" for words in element.iter(w("t")))


def put(paragraph: Element, *properties: Element) -> None:
    """Sets properties of a paragraph, each in its place."""
    own = paragraph.find(w("pPr"))
    if own is None:
        own = make("pPr")
        paragraph.insert(0, own)
    for new in properties:
        for old in own.findall(new.tag):
            own.remove(old)
        order = _ORDER.index(etree.QName(new).localname)
        before = [part for part in own if etree.QName(part).localname in _ORDER[:order]]
        own.insert(own.index(before[-1]) + 1 if before else 0, new)


def bookmarks(paragraph: Element) -> list[str]:
    """The names by which links find a paragraph."""
    return [mark.get(w("name"), "") for mark in paragraph.iter(w("bookmarkStart"))]


_FORMATS: Mapping[str, Callable[[int], str]] = {"decimal": str, "lowerLetter": lettered, "lowerRoman": roman}


class Styles:
    """The styles and the lists of a Word file."""

    def __init__(self, numbering: Element, styles: Element) -> None:
        self._numbering = numbering
        self._abstract = {part.get(w("abstractNumId"), ""): part for part in numbering.iter(w("abstractNum"))}
        self._styles = {part.get(w("styleId"), ""): part for part in styles.iter(w("style"))}

    def of(self, paragraph: Element) -> tuple[str, int]:
        """The list and the level of a paragraph; no list is `0`."""
        own = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        name = style(paragraph)
        while own is None and name in self._styles:
            own = self._styles[name].find(f"{w('pPr')}/{w('numPr')}")
            name = val(self._styles[name], "basedOn")
        return val(own, "numId", "0"), int(val(own, "ilvl", "0"))

    def kind(self, list_id: str) -> str:
        """What a list counts in, as Word names it: `decimal`, `bullet` …"""
        return val(self._level(list_id, 0), "numFmt")

    def start(self, list_id: str) -> int:
        """The number at which a list starts."""
        return int(val(self._numbers()[list_id], "lvlOverride/startOverride", "1"))

    def indent(self, style_id: str) -> int:
        """How far a style stands in, in twentieths of a point: by itself or by its list."""
        own = self._styles[style_id].find(f"{w('pPr')}/{w('ind')}")
        if own is None:
            list_id, level = self.of(make("p", make("pPr", make("pStyle", val=style_id))))
            own = None if list_id == "0" else self._level(list_id, level).find(f"{w('pPr')}/{w('ind')}")
        return 0 if own is None else int(own.get(w("left"), "0"))

    def opening(self, style_id: str) -> list[Element]:
        """What a paragraph that stands in from its shading begins with: a bar, if its style has one, and a tab."""
        own = self._styles[style_id].find(w("pPr")) if style_id in self._styles else None
        if own is None or own.find(w("shd")) is None or own.find(w("tabs")) is None:
            return []
        bar = make("r", make("rPr", make("rStyle", val=f"{style_id}Mark")), make("tab"))
        return [*([bar] if f"{style_id}Mark" in self._styles else []), make("r", make("tab"))]

    def frame(self, style_id: str) -> list[Element]:
        """The frame in which a style's paragraphs stand, for each to say itself: LibreOffice heeds no style's."""
        own = self._styles[style_id].find(f"{w('pPr')}/{w('framePr')}") if style_id in self._styles else None
        return [] if own is None else [deepcopy(own)]

    def start_again(self, style_id: str, list_id: str, start: int) -> None:
        """A list of its own, `list_id`, that looks like a style's and starts where it is told."""
        if list_id not in self._numbers():
            like, _ = self.of(make("p", make("pPr", make("pStyle", val=style_id))))
            levels = (make("lvlOverride", make("startOverride", val=start), ilvl=level) for level in range(9))
            abstract = val(self._numbers()[like], "abstractNumId")
            self._numbering.append(make("num", make("abstractNumId", val=abstract), *levels, numId=list_id))

    def numbers(self, body: Element) -> Iterator[tuple[Element, Number]]:
        """Each numbered paragraph with the number at which Word arrives."""
        counts: dict[str, list[int]] = {}
        fulls: dict[str, list[str]] = {}
        for paragraph in body.iter(w("p")):
            list_id, level = self.of(paragraph)
            if list_id == "0" or self.kind(list_id) not in _FORMATS:
                continue
            again = self._numbers()[list_id].find(w("lvlOverride")) is not None
            counter = list_id if again else "of " + val(self._numbers()[list_id], "abstractNumId")
            before = self.start(list_id) - 1
            count, full = counts.setdefault(counter, [before] * 9), fulls.setdefault(counter, [""] * 9)
            count[level:] = [count[level] + 1] + [before] * (8 - level)
            pattern = val(self._level(list_id, level), "lvlText")
            shown = self._fill(pattern, list_id, count)
            full[level] = shown if level == 0 or pattern.count("%") > 1 else full[level - 1] + shown
            yield paragraph, Number(shown, full[level].rstrip("."))

    def _fill(self, pattern: str, list_id: str, count: list[int]) -> str:
        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            return _FORMATS[val(self._level(list_id, level), "numFmt")](count[level])

        return re.sub(r"%(\d)", number, pattern)

    def _numbers(self) -> dict[str, Element]:
        return {part.get(w("numId"), ""): part for part in self._numbering.iter(w("num"))}

    def _level(self, list_id: str, level: int) -> Element:
        abstract = self._abstract[val(self._numbers()[list_id], "abstractNumId")]
        return next(part for part in abstract.iter(w("lvl")) if part.get(w("ilvl")) == str(level))
