"""Blocks of HTML, each with its style, in the words of OpenDocument: paragraphs, lists, tables, pictures, links."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html as markup
from lxml.etree import _Element as Element

from ..blocks import LEAF, PAGE_OF
from ..problems import BuildFailed, Problem, Span
from .xml import Styles, coded, make, q

MARK = q("text:soft-page-break")  # stands where a page starts or a kind of page ends, until `body` has done that
CONTENTS = q("text:table-of-content")
# What blocks and columns carry until `body` has made something of it.
NUMBERED, SHARE = "numbered", "share"
_SPACE = re.compile(r"[ \t\r\n\f]+")
# How a stretch of text looks.
_LOOKS = {"b": "Strong Emphasis", "strong": "Strong Emphasis", "em": "Emphasis", "i": "Emphasis", "code": "Source Text"}
_TABBED = ("Minute Number", "Cover Label")
_PLAIN = ("span", "abbr", "cite")
_BLOCKS = ("p", "ul", "ol", "table", "div", "dl", "figure", "blockquote", "section", "dt", "dd")
_HEADINGS = tuple(f"h{n}" for n in range(1, 7))
# So many levels further in stands a list that follows a clause or a sub-clause.
_WITHIN = {"Clause": 2, "Clause Text": 2, "Minute": 2, "Subclause": 3}
_DEEPEST = 5  # the last of our list styles; what stands deeper stands there too
_DOTS = 144 / 72  # of a picture, in a point


@dataclass(frozen=True)
class Place:
    """Where a block stands: its style, how deep in lists, in what kind of cell, how far in by quotations."""

    style: str = "Text body"
    depth: int = 0
    listed: bool = False
    quoted: float = 0


@dataclass
class Writer:
    """Writes a text; collects its pictures by their names in the file."""

    styles: Styles
    widest: float
    """How wide a picture may be, in points."""
    leaflet: bool = False
    pictures: dict[str, bytes] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)
    _within: int = 0
    _tables: int = 0
    _frames: int = 0

    def write(self, html: str) -> Element:
        """The text of a document."""
        body = make("office:text", None, *self._flow(markup.fragment_fromstring(html, create_parent="div"), Place()))
        if self._names:
            last = list(body.iter(q("text:p"), q("text:h")))[-1]
            last.extend(self._bookmarks())
        return body

    # --- blocks ---

    def _flow(self, parent: Element, place: Place) -> Iterator[Element]:
        """The blocks in an element; text between them is a paragraph."""
        loose: list[Element | str] = [parent.text or ""]
        for part in parent:
            if part.tag in (*_BLOCKS, *_HEADINGS):
                yield from self._loose(loose, place)
                yield from self._block(part, place)
                loose = [part.tail or ""]
            else:
                loose += [part, part.tail or ""]
        yield from self._loose(loose, place)

    def _loose(self, parts: list[Element | str], place: Place) -> Iterator[Element]:
        if any(not isinstance(part, str) or part.strip() for part in parts):
            yield self._paragraph("text:p", parts, place)

    def _block(self, part: Element, place: Place) -> Iterator[Element]:
        self._remember(part)
        own = part.get("data-custom-style", "")
        match part.tag:
            case "p":
                yield from self._loose(_inside(part), place)
            case tag if tag in _HEADINGS:
                yield self._heading(part)
            case "ul" | "ol":
                yield self._list(part, place)
            case "table":
                yield from self._table(part)
            case "figure":
                yield from self._figure(part)
            case "blockquote":
                further = self.styles.room("Quotations", "left")
                yield from self._flow(part, Place("Quotations", place.depth, place.listed, place.quoted + further))
            case "dt" | "dd":
                yield from self._flow(part, Place("Definition Term" if part.tag == "dt" else "Definition"))
            case _ if own == "Section Break":
                yield make("text:soft-page-break", {"text:name": str(part.xpath("string()"))})
            case _ if own == "Contents":
                yield make("text:table-of-content", {"text:name": str(part.xpath("string()"))})
            case _:
                yield from self._flow(part, Place(own, place.depth, place.listed) if own else place)

    def _heading(self, part: Element) -> Element:
        level = int(part.tag[1])
        numbered = "data-number" in part.attrib
        name = f"Heading {level}"
        if level == 1 and (numbered or self.leaflet):
            name = "Heading 1 Leaflet" if self.leaflet else "Clause Heading"
        self._within = 0
        heading = self._paragraph("text:h", _inside(part), Place(name))
        heading.set(q("text:outline-level"), str(level))
        if numbered:
            heading.set(NUMBERED, "true")
        return heading

    def _paragraph(self, tag: str, parts: list[Element | str], place: Place) -> Element:
        paragraph = make(tag, {"text:style-name": coded(place.style)}, *self._bookmarks())
        paragraph.extend(self.styles.opening(coded(place.style)))
        _Line(self, paragraph).add(parts)
        if place.style == "Quotations":
            left = place.quoted + self._indent(place.depth + self._within)
            if left > self.styles.room("Quotations", "left"):
                self.styles.set_room(paragraph, "left", left)
        if not place.listed and place.style != "Quotations":
            self._within = _WITHIN.get(place.style, 0)
        return paragraph

    def _indent(self, depth: int) -> float:
        return self.styles.room(_numbered("List_20_Continue", depth), "left") if depth else 0

    def _list(self, part: Element, place: Place) -> Element:
        """A list; one that belongs to a clause stands further in."""
        kind, paragraph = ("Bullets", "List Bullet") if part.tag == "ul" else ("Numbers", "List Number")
        depth = place.depth + 1
        named = coded(f"{kind} {self._within}" if self._within else kind)
        result = make("text:list", {"text:style-name": named})
        for position, item in enumerate(part.iterchildren("li")):
            self._remember(item)
            inner = Place(_numbered(paragraph, depth + self._within), depth, True, place.quoted)
            later = Place(_numbered("List Continue", depth + self._within), depth, True, place.quoted)
            if item.find(".//table") is not None:
                raise BuildFailed([_unshown(item, "a table within a list")])
            blocks = list(self._flow(item, inner))
            for block in blocks[1:]:
                if block.get(q("text:style-name")) == coded(inner.style):
                    block.set(q("text:style-name"), coded(later.style))
            started = {"text:start-value": part.get("start", "1")} if part.tag == "ol" and position == 0 else {}
            result.append(make("text:list-item", started, *blocks))
        return result

    def _figure(self, part: Element) -> Iterator[Element]:
        """A picture below its caption."""
        for caption in part.iterchildren("figcaption"):
            yield self._paragraph("text:p", _inside(caption), Place("Caption"))
            part.remove(caption)
        yield from self._flow(part, Place("Picture"))

    # --- tables ---

    def _table(self, part: Element) -> Iterator[Element]:
        """A table below its caption; which are the headers of rows and columns is said by its template too."""
        self._within = 0
        self._tables += 1
        plain = part.get("data-custom-style") == "ActionTable"
        caption = part.find("caption")
        words = "" if caption is None else " ".join(str(caption.xpath("string()")).split())
        if caption is not None:
            yield self._paragraph("text:p", _inside(caption), Place("Caption"))
        rows = list(part.iter("tr"))
        columns = [make("table:table-column") for _ in rows[0]]
        for column, share in zip(columns, _shares(part, rows), strict=True):
            column.set(SHARE, str(share))
        head = [row for row in rows if all(cell.tag == "th" for cell in row)]
        table = make(
            "table:table",
            {
                "table:name": f"Table {self._tables}",
                "table:style-name": "Table",
                "table:template-name": "Table",
                "table:use-first-row-styles": "true",
                "table:use-first-column-styles": "true",
                "table:use-last-row-styles": "true",
            },
            make("table:title", text=words),
            make("table:table-header-columns", None, columns[0]),
            *columns[1:],
        )
        made = [self._row(row, row in head, row is rows[-1], plain) for row in rows]
        if head:
            table.append(make("table:table-header-rows", None, *made[: len(head)]))
        table.extend(made[len(head) :])
        yield table

    def _row(self, row: Element, head: bool, last: bool, plain: bool) -> Element:
        self._remember(row)
        result = make("table:table-row", {"table:style-name": "Table.Row"})
        for position, cell in enumerate(row):
            self._remember(cell)
            style = "Table Heading" if head else "Table Contents" if position or plain else "Table Row Heading"
            blocks = list(self._flow(cell, Place(style))) or [make("text:p", {"text:style-name": coded(style)})]
            self._within = 0
            kind = "Head" if head else "Last" if last else "Cell"
            look = {"table:style-name": f"Table.{kind}", "office:value-type": "string"}
            result.append(make("table:table-cell", look, *blocks))
        return result

    # --- names, pictures ---

    def _remember(self, part: Element) -> None:
        if name := part.get("id"):
            self._names.append(name)

    def _bookmarks(self) -> list[Element]:
        """The names of what has begun, for the paragraph that it begins with."""
        marks = [make("text:bookmark", {"text:name": name}) for name in self._names]
        self._names.clear()
        return marks

    def picture(self, image: Element) -> Element:
        """A picture with its description, as large as it says or as fits."""
        data = base64.b64decode(image.get("src", "").partition(",")[2])
        name = next((known for known, other in self.pictures.items() if other == data), "")
        name = name or f"Pictures/{len(self.pictures) + 1}.png"
        self.pictures[name] = data
        if (title := image.get("title", "")).startswith(LEAF):
            width, height = (float(side) * 72 / 2.54 for side in title.split()[1:])
        else:
            width, height = (int.from_bytes(data[at : at + 4]) / _DOTS for at in (16, 20))
            width, height = min(width, self.widest), height * min(1, self.widest / width)
        self._frames += 1
        place = {
            "draw:name": f"Picture {self._frames}",
            "text:anchor-type": "as-char",
            "svg:width": f"{width:.2f}pt",
            "svg:height": f"{height:.2f}pt",
        }
        link = {"xlink:href": name, "xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}
        words = make("svg:desc", text=image.get("alt", ""))
        return make("draw:frame", place, make("draw:image", link), words)


class _Line:
    """What stands in a paragraph: white space counts once, and not at the start."""

    def __init__(self, writer: Writer, paragraph: Element) -> None:
        self._writer = writer
        self._paragraph = paragraph
        self._space = True

    def add(self, parts: list[Element | str]) -> None:
        self._add(parts, self._paragraph)
        _strip_end(self._paragraph)

    def _add(self, parts: list[Element | str], into: Element) -> None:
        for part in parts:
            if isinstance(part, str):
                self._say(part, into)
            else:
                self._inline(part, into)

    def _say(self, words: str, into: Element) -> None:
        words = _SPACE.sub(" ", words)
        words = words.lstrip(" ") if self._space else words
        if words:
            self._space = words.endswith(" ")
            if len(into):
                into[-1].tail = (into[-1].tail or "") + words
            else:
                into.text = (into.text or "") + words

    def _inline(self, part: Element, into: Element) -> None:
        if name := part.get("id"):
            into.append(make("text:bookmark", {"text:name": name}))
        match part.tag:
            case "br":
                into.append(make("text:line-break"))
                self._space = True
            case "img":
                into.append(self._writer.picture(part))
                self._space = False
            case "a" if "href" in part.attrib:
                into.append(self._link(part))
            case tag if tag in _LOOKS or part.get("data-custom-style"):
                look = part.get("data-custom-style") or _LOOKS[str(part.tag)]
                into.append(make("text:span", {"text:style-name": coded(look)}))
                self._add(_inside(part), into[-1])
                if look in _TABBED:
                    into.append(make("text:tab"))
                    self._space = True
            case tag if tag in _PLAIN or tag == "a":
                self._add(_inside(part), into)
            case _:
                raise BuildFailed([_unshown(part, f"<{part.tag}>")])

    def _link(self, part: Element) -> Element:
        look = {"text:style-name": "Internet_20_link", "text:visited-style-name": "Visited_20_Internet_20_Link"}
        link = make("text:a", {"xlink:type": "simple", "xlink:href": part.get("href", "")} | look)
        if part.text == PAGE_OF:
            name = part.get("href", "")[1:]
            number = {"text:reference-format": "page", "text:ref-name": name}
            link.append(make("text:bookmark-ref", number, text="go to"))  # until a program has counted
            self._space = False
        else:
            self._add(_inside(part), link)
        return link


def _unshown(part: Element, what: str) -> Problem:
    near = " ".join(str(part.xpath("string()")).split())[:60]
    return Problem(Span("templates", 0), f"an ODT file cannot show {what}, as in “{near}”", "Write it in another way.")


def _inside(part: Element) -> list[Element | str]:
    return [part.text or "", *(inner for child in part for inner in (child, child.tail or ""))]


def _strip_end(paragraph: Element) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "").rstrip(" \t\r\n") or None
    else:
        paragraph.text = (paragraph.text or "").rstrip(" \t\r\n") or None


def _numbered(name: str, level: int) -> str:
    """The name of a list's style at a level: the first has none."""
    space = "_20_" if "_20_" in name else " "
    return name if level == 1 else f"{name}{space}{min(level, _DEEPEST)}"


def _shares(table: Element, rows: list[Element]) -> list[int]:
    """The columns' shares of the width: the template's, or by what stands in them where it names none."""
    said = [re.search(r"width:\s*([\d.]+)%", column.get("style", "")) for column in table.iter("col")]
    if said and all(said):
        shares = [float(one[1]) for one in said if one]
    else:
        lengths = [[len(str(cell.xpath("string()"))) for cell in row] for row in rows]
        shares = [max(1, *column) ** 0.5 for column in zip(*lengths, strict=True)]
    return [max(1, round(1000 * share / sum(shares))) for share in shares]
