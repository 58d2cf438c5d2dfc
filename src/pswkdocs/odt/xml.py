"""The XML of OpenDocument: elements and their styles, what the reference document says of these, and the numbers of
lists as programs count them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from ..numbers import Number, lettered, roman

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = {
    "office": f"{_OASIS}:office:1.0",
    "style": f"{_OASIS}:style:1.0",
    "text": f"{_OASIS}:text:1.0",
    "table": f"{_OASIS}:table:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "meta": f"{_OASIS}:meta:1.0",
    "manifest": f"{_OASIS}:manifest:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def q(name: str) -> str:
    """A name as lxml writes it: `text:p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def make(name: str, attributes: Mapping[str, object] | None = None, *parts: Element, text: str = "") -> Element:
    """An element with its attributes, the text that it starts with, and its parts."""
    own = {q(key): str(value) for key, value in (attributes or {}).items()}
    element = etree.Element(q(name), own, nsmap=_PREFIXES)
    element.text = text or None
    element.extend(parts)
    return element


_PREFIXES = {prefix: address for prefix, address in NAMES.items() if prefix != "xml"}


def coded(name: str) -> str:
    """A style's name as files write it."""
    return name.replace(" ", "_20_")


def style(element: Element | None) -> str:
    """The name of a paragraph's style."""
    return "" if element is None else element.get(q("text:style-name"), "")


def said(element: Element) -> str:
    """What stands in an element."""
    return str(element.xpath("string()"))


def paragraphs(element: Element) -> Iterator[Element]:
    """Each paragraph and heading, in order."""
    yield from element.iter(q("text:p"), q("text:h"))


def bookmarks(paragraph: Element) -> list[str]:
    """The names by which links find a paragraph."""
    return [mark.get(q("text:name"), "") for mark in paragraph.iter(q("text:bookmark"))]


def settle(body: Element, reference: Element) -> Element:
    """Automatic styles: of what stands on paragraphs and tables themselves, where a file may not have it, and of
    tables and their parts, whose named styles text programs do not read.
    """
    styles = make("office:automatic-styles")
    tables: dict[str, dict[str, str]] = {}
    for part in reference.iter(q("style:style")):
        if part.get(q("style:family")) == "table":
            tables[part.get(q("style:name"), "")] = {str(name): str(value) for name, value in part[0].attrib.items()}
        elif part.get(q("style:family"), "").startswith("table-"):
            styles.append(deepcopy(part))
            styles[-1].set(q("style:name"), part.get(q("style:name"), "").replace("_20_", "."))
    known: dict[tuple[object, ...], str] = {}
    for element in body.iter(*map(q, _SETTLED)):
        prefix, family = _SETTLED[_named(element.tag)]
        own = {name: element.attrib.pop(name) for name in sorted(element.attrib) if _named(name).startswith(_OWN)}
        if not own:
            continue
        parent = element.get(q(f"{prefix}:style-name"), "")
        key = (family, parent, *own.items())
        if key not in known:
            known[key] = f"{family.title().replace('-', '')}{len(known) + 1}"
            page = own.pop(q("style:master-page-name"), None)
            new = make("style:style", {"style:name": known[key], "style:family": family})
            new.attrib.update({q("style:parent-style-name"): parent} if parent else {})
            new.attrib.update({q("style:master-page-name"): page} if page else {})
            new.append(make(f"style:{family}-properties"))
            for name, value in (*tables.get(parent, {}).items(), *own.items()):
                new[0].set(name, value)
            styles.append(new)
        element.set(q(f"{prefix}:style-name"), known[key])
    return styles


_OWN = ("fo:", "style:")
# What may have an automatic style: the prefix of the attribute that names it, and its family.
_SETTLED = {
    "text:p": ("text", "paragraph"),
    "text:h": ("text", "paragraph"),
    "table:table": ("table", "table"),
    "table:table-column": ("table", "table-column"),
}


def _named(name: str | bytes) -> str:
    """A name as people write it, of lxml's."""
    of = etree.QName(name)
    return f"{next((prefix for prefix, address in NAMES.items() if address == of.namespace), '')}:{of.localname}"


_FORMATS: Mapping[str, Callable[[int], str]] = {"1": str, "a": lettered, "i": roman}


class _Counts:
    """How far a list has counted, and what its last numbers are in full, by level; the first is 1."""

    def __init__(self) -> None:
        self.at = [0] * 10
        self.full = [""] * 10

    def count(self, level: int, start: int | None) -> None:
        self.at[level:] = [self.at[level] + 1 if start is None else start, *[0] * (9 - level)]


class Styles:
    """The styles and the lists of the reference document."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._styles = {part.get(q("style:name"), ""): part for part in root.iter(q("style:style"))}
        self._lists = {part.get(q("style:name"), ""): part for part in root.iter(q("text:list-style"))}

    def has(self, name: str) -> bool:
        return name in self._styles

    def frame(self, name: str) -> dict[str, str] | None:
        """Where paragraphs of a style stand on their page, if that has a place of its own."""
        own = self._styles.get(f"{name}_20_Frame")
        if own is None:
            return None
        place = {key: own[0].get(q(key), "") for key in ("svg:x", "svg:y", "svg:width")}
        return place | {"text:anchor-type": "paragraph"}

    def text_width(self, page: str) -> float:
        """How wide the text of a kind of page is, in points."""
        layout = self._layout(page)
        return points(layout, "fo:page-width") - points(layout, "fo:margin-left") - points(layout, "fo:margin-right")

    def _layout(self, page: str) -> Element:
        (master,) = (m for m in self.root.iter(q("style:master-page")) if m.get(q("style:name")) == page)
        name = master.get(q("style:page-layout-name"))
        (layout,) = (one for one in self.root.iter(q("style:page-layout")) if one.get(q("style:name")) == name)
        return layout[0]

    def room(self, name: str, side: str) -> float:
        """The room that a style leaves at a side, in points: by itself or by the style that it rests on."""
        while name in self._styles:
            look = self._styles[name].find(q("style:paragraph-properties"))
            if look is not None and q(f"fo:margin-{side}") in look.attrib:
                return points(look, f"fo:margin-{side}")
            name = self._styles[name].get(q("style:parent-style-name"), "")
        return 0

    def set_room(self, paragraph: Element, side: str, size: float) -> None:
        """Another room at a side; that opposite is said again, since programs forget it where one is said alone."""
        opposite = {"top": "bottom", "left": "right"}[side]
        paragraph.set(q(f"fo:margin-{side}"), f"{size:g}pt")
        paragraph.set(q(f"fo:margin-{opposite}"), f"{self.room(style(paragraph), opposite):g}pt")

    def opening(self, name: str) -> list[Element]:
        """What a paragraph that stands in from its ground begins with: a bar, if its style has one, and a tab."""
        own = self._styles[name].find(q("style:paragraph-properties")) if name in self._styles else None
        if own is None or q("fo:background-color") not in own.attrib or own.find(q("style:tab-stops")) is None:
            return []
        mark = f"{name}_20_Mark"
        bar = make("text:span", {"text:style-name": mark}, make("text:tab"))
        return [*([bar] if mark in self._styles else []), make("text:tab")]

    def has_page(self, name: str) -> bool:
        """Whether there is such a kind of page."""
        return any(master.get(q("style:name")) == name for master in self.root.iter(q("style:master-page")))

    def numbers(self, body: Element) -> Iterator[tuple[Element, Number]]:
        """Each numbered paragraph with the number at which programs arrive."""
        continued: dict[str, _Counts] = {}
        for whole in body.iter(q("text:list")):
            if next(whole.iterancestors(q("text:list")), None) is None:
                key = whole.get(q("text:continue-list")) or whole.get(q("xml:id"), "")
                counts = continued.setdefault(key, _Counts()) if key else _Counts()
                yield from self._count(whole, "", 1, counts)

    def _count(self, whole: Element, name: str, depth: int, counts: _Counts) -> Iterator[tuple[Element, Number]]:
        name = whole.get(q("text:style-name"), name)
        own = self._level(name, depth)
        counted = own.tag == q("text:list-level-style-number")
        for item in whole:
            first = next((part for part in item if part.tag in (q("text:p"), q("text:h"))), None)
            if first is not None and counted:
                start = item.get(q("text:start-value"))
                counts.count(depth, int(start) if start else None)
                levels = int(own.get(q("text:display-levels"), "1"))
                shown = self._shown(name, depth, levels, counts)
                counts.full[depth] = shown if levels > 1 else counts.full[depth - 1] + shown
                yield first, Number(shown, counts.full[depth].rstrip("."))
            for inner in item.iterchildren(q("text:list")):
                yield from self._count(inner, name, depth + 1, counts)

    def _shown(self, name: str, depth: int, levels: int, counts: _Counts) -> str:
        own = self._level(name, depth)
        each = (
            _FORMATS[self._level(name, level).get(q("style:num-format"), "1")](counts.at[level])
            for level in range(depth - levels + 1, depth + 1)
        )
        return f"{own.get(q('style:num-prefix'), '')}{'.'.join(each)}{own.get(q('style:num-suffix'), '')}"

    def _level(self, name: str, depth: int) -> Element:
        return next(level for level in self._lists[name] if level.get(q("text:level")) == str(depth))


def points(of: Element, name: str) -> float:
    """A measure that an element states, in points."""
    return float(of.get(q(name), "0").removesuffix("pt"))
