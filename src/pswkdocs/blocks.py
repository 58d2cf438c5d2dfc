"""A document's blocks → blocks in the styles of the reference documents, for the formats that are edited."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from lxml import etree
from lxml import html as markup
from lxml.etree import _Element as Element

from . import elsewhere, tokens
from .edition import Document, spoken
from .problems import BuildFailed, Problem, Span
from .typesetting import pictures

# The style of a block by its class; the first that fits counts.
_STYLES = {
    "lead": "Lead",
    "draft": "Draft Callout",
    "callout": "Callout",
    "note": "Editors Note",
    "editors-note": "Editors Note",
    "not-stated": "Editors Note",
    "commitment": "Commitment",
    "binds": "Binds",
    "leaf-picture": "Picture",
}


PAGE_OF = "\ue000"  # the text of a link that is to say on which page its target stands: a sign that no text holds
LEAF = "leaf"  # with a width and a height in centimetres, the title of a page from elsewhere
_SHEET = (210, 297)  # A4, in millimetres
# What a page from elsewhere leaves free of the room for text, in millimetres: beside it, and for the space around it.
_SPARE = {"upright": (0, 20), "turned": (1, 15)}


@dataclass(frozen=True)
class Styled:
    """A text; the numbers that its reader's program must arrive at, by bookmark; the kind of page that it stands on."""

    html: str
    numbers: Mapping[str, str]
    page: str
    signs: frozenset[str]
    """What warns a reader of the documents that it encloses."""


def styled(document: Document, html: str, templates: Path, *, on_page_numbers: str = "") -> Styled:
    """A document's opening and its text, each block with its style; raises BuildFailed with what cannot be shown.

    `on_page_numbers` is what a reader is to be told where the text refers to pages.
    """
    body = markup.fragment_fromstring(elsewhere.unfolded(html, document.papers), create_parent="div")
    etree.strip_tags(body, etree.Comment, etree.ProcessingInstruction)
    if faults := list(_faults(body, document)):
        raise BuildFailed(faults)
    leaflet = len(body.findall(".//h1")) == 1
    _name_bookmarks(body)
    _spell_out_numbers(body)
    numbers = {part.get("id", ""): part.get("data-number", "") for part in body.iterfind(".//*[@data-number]")}
    _head_leaves(body)
    _embed(body, document, templates)
    _spell_out_facts(body)
    _gather_notes(body)
    _widen(body)
    _set_styles(body)
    _mark_pages(body)
    remark = on_page_numbers if body.find(".//a[@class='page-of']") is not None else ""
    text = _opening(document, leaflet, remark) + markup.tostring(body, encoding="unicode")
    signs = frozenset(part.get("data-sign", "") for part in body.iterfind(".//div[@data-sign]")) - {""}
    return Styled(text, numbers, "leaflet" if leaflet else "portrait", signs)


def _faults(body: Element, document: Document) -> Iterator[Problem]:
    """What a document's template, or a part that it includes, asks for in vain."""
    place = Span(f"templates/documents/{document.template}", 0)
    drawings = [f"drawing:{name}" for name in document.drawings]
    for image in body.iterfind(".//img"):
        if image.get("src") not in drawings and not image.get("src", "").startswith("leaf:"):
            message = (
                f"a document cannot show the image `{image.get('src')}`: it is not one of this document's drawings"
            )
            yield Problem(place, message, f"Write {' or '.join(drawings)}." if drawings else "Take the image out.")
    for facts in body.iterfind(".//dl[@class='facts']"):
        terms, values = facts.findall(".//dt"), facts.findall(".//dd")
        if len(terms) != len(values):
            first = str(facts.xpath("normalize-space((.//dt)[1])"))
            message = f"the list of facts that starts with “{first}” has {len(terms)} <dt>, but {len(values)} <dd>"
            yield Problem(place, message, "Write one <dd> after each <dt>.")


def filled(line: str, words: Mapping[str, str], reference: str) -> str:
    """What stands in a header or a footer, with its {words} filled in; raises BuildFailed for one that nobody knows."""
    for name in re.findall(r"\{(\w+)\}", line):
        if name not in words:
            known = ", ".join(f"{{{word}}}" for word in words)
            message = f"nothing can be filled in for `{{{name}}}` in a header or a footer"
            raise BuildFailed([Problem(Span(f"templates/{reference}", 0), message, f"Known: {known}.")])
    return re.sub(r"\{(\w+)\}", lambda match: words[match[1]], line)


def lost_cells(html: str) -> Iterator[Problem]:
    """Tables of which a document would lose cells without a word."""
    for table in markup.fragment_fromstring(html, create_parent="div").iter("table"):
        name = f"the table “{' '.join(table.findtext('caption', '').split())}”"
        columns = int(table.xpath("count(.//col)"))
        rows = [int(row.xpath("count(th | td)")) for row in table.iter("tr")]
        hint = "Write one <col> for each header, and one cell for each header in every row."
        if table.xpath(".//@colspan | .//@rowspan"):
            message = f"{name} joins cells with colspan or rowspan, which no document can show"
        elif not any(rows):
            message = f"{name} has no cells"
        elif columns and columns != rows[0]:
            message = f"{name} has {columns} <col> in its <colgroup>, but {rows[0]} headers"
        elif len(set(rows)) > 1:
            other = next(count for count in rows if count != rows[0])
            message = f"{name} has {rows[0]} headers, but a row of {other} cells"
        else:
            continue
        yield Problem(Span("templates", 0), message, hint)


def _opening(document: Document, leaflet: bool, remark: str) -> str:
    """The cover and the contents of a long document, the title of a leaflet."""
    day = spoken(document.date)
    restated = document.restated_by and f"Restated by {document.restated_by}"
    if leaflet:
        said = (document.subtitle, document.period, restated)
        return _lines(
            ("Leaflet Marking", escape(document.marking)),
            ("Leaflet Author", escape(document.author) + (document.sign and f" {_sign(document)}")),
            ("Leaflet Fact", escape(" · ".join(filter(None, said)))),
        )
    facts = (
        ("Status", document.status.capitalize()),
        ("Meeting" if document.running else "Period", document.period),
        ("Version", document.version),
        ("Date", day),
        ("Restated by", document.restated_by),
    )
    return _lines(
        ("Cover Marking", escape(document.marking)),
        ("Cover Author", escape(document.author)),
        ("Cover Status", document.sign and _sign(document)),
        ("Title", escape(document.title)),
        ("Subtitle", escape(document.subtitle)),
        *(("Cover Fact", value and f"{_label(name)} {escape(value)}") for name, value in facts),
        ("Section Break", "cover"),
        ("Contents", "Contents"),
        ("Callout", remark),
    )


def _sign(document: Document) -> str:
    return f'<span data-custom-style="Status Mark">\u00a0{document.sign}\u00a0</span>'


def _label(name: str) -> str:
    return f'<span data-custom-style="Cover Label">{name}:</span>'


def _lines(*lines: tuple[str, str]) -> str:
    """Paragraphs, each in its style; none where there is nothing to say."""
    return "".join(f'<div data-custom-style="{style}"><p>{html}</p></div>' for style, html in lines if html)


def _line(style: str, html: str) -> Element:
    line: Element = markup.fragment_fromstring(_lines((style, html)))
    return line


def _name_bookmarks(body: Element) -> None:
    """Ids and links as word processors take them; what pandoc would lose the id of gets a span that holds it."""
    for part in list(body.iterfind(".//*[@id]")):
        name = bookmark(part.get("id", ""))
        del part.attrib["id"]
        if part.tag in ("tr", "td", "th", "dt"):
            holder = part[0] if part.tag == "tr" else part
            mark = markup.Element("span", id=name)
            mark.tail, holder.text = holder.text, None
            holder.insert(0, mark)
        else:
            part.set("id", name)
    for link in body.iterfind(".//a[@href]"):
        if "page-of" in _classes(link):
            link[:], link.text = [], PAGE_OF
        for code in link.iterfind(".//code"):
            code.tag = "span"  # pandoc would give it the look of code, and no longer that of a link
        target = link.get("href", "")
        if target.startswith("#"):
            link.set("href", "#" + bookmark(target[1:]))


def bookmark(id: str) -> str:
    """An id as the name of a bookmark: letters, digits and underscores, 40 of them at most."""
    name = re.sub(r"\W", "_", id)
    return name if len(name) <= 40 else f"{name[:31]}_{hashlib.sha256(id.encode()).hexdigest()[:8]}"


def _head_leaves(body: Element) -> None:
    """The heading of a PDF from elsewhere goes onto its first page."""
    for head in list(body.iterfind(".//div[@class='enclosure-head']")):
        leaf = head.getnext()
        if leaf is not None and "leaf" in _classes(leaf):
            leaf.insert(0, head)


def _taken(image: Element) -> float:
    """The height that the heading above a page from elsewhere takes, in centimetres, or somewhat more."""
    leaf = next(image.iterancestors("div"))
    return sum(1.5 + 0.8 * (len(str(part.xpath("string()"))) // 40) for part in leaf.iterfind("div/*"))


def _room(pages: tokens.Pages) -> dict[str, tuple[float, float]]:
    """The room for a page from elsewhere on each kind of page, in centimetres."""
    return {
        kind: (
            (wide - around.left - around.right - _SPARE[kind][0]) / 10,
            (high - around.top - around.bottom - _SPARE[kind][1]) / 10,
        )
        for kind, around, (wide, high) in (
            ("upright", pages.upright, _SHEET),
            ("turned", pages.landscape, _SHEET[::-1]),
        )
    }


def _embed(body: Element, document: Document, templates: Path) -> None:
    """Drawings, and pages from elsewhere as large as fits, as data: pandoc reads no file in its sandbox."""
    shown = {f"drawing:{name}": drawing.png for name, drawing in document.drawings.items()}
    for path, data in document.papers.items():
        drawn = pictures(path, data, elsewhere.sizes(data), "png")
        shown |= {f"leaf:{path}:{number}": png for number, png in enumerate(drawn, 1)}
    room = _room(tokens.read(templates.parent).pages) if document.papers else {}
    for image in body.iterfind(".//img"):
        source = image.get("src", "")
        image.set("src", "data:image/png;base64," + base64.b64encode(shown[source]).decode())
        if source.startswith("leaf:"):
            size = [float(image.get(name, "")) for name in ("data-width", "data-height")]
            width, height = room[image.get("class", "")]
            scale = min(width / size[0], (height - _taken(image)) / size[1])
            image.set("title", " ".join([LEAF, *(f"{own * scale:.2f}" for own in size)]))


def _spell_out_numbers(body: Element) -> None:
    """The number of a minute as text before it: it is what the minute is cited by, with its gaps and letters."""
    for minute in body.iterfind(".//div[@class='minute']"):
        if minute[0].tag != "p":
            minute.insert(0, markup.Element("p"))
        number = markup.Element("span", {"data-custom-style": "Minute Number"})
        number.text, number.tail, minute[0].text = minute.attrib.pop("data-number"), minute[0].text, None
        minute[0].insert(0, number)


def _spell_out_facts(body: Element) -> None:
    """The facts of an outcome as lines of their own: `Target: 100%`."""
    for facts in list(body.iterfind(".//dl[@class='facts']")):
        for label, value in zip(facts.iterfind(".//dt"), facts.iterfind(".//dd"), strict=True):
            line = _line("Fact", f"<b>{escape(str(label.xpath('string()')))}:</b> ")
            line[0][0].tail = f" {value.text or ''}"
            line[0].extend(list(value))
            facts.addprevious(line)
        _take_out(facts)


def _gather_notes(body: Element) -> None:
    """Notes on sub-clauses after the last of these: an interrupted list reads as two."""
    for note in reversed(list(body.iterfind(".//div[@class]"))):
        following = note.getnext()
        while "note" in _classes(note) and following is not None and "subclause" in _classes(following):
            following.addnext(note)
            following = note.getnext()


def _widen(body: Element) -> None:
    """No column narrower than its longest word, whatever share of the width its template gives it."""
    for table in body.iter("table"):
        columns = table.findall(".//col")
        said = [re.search(r"[\d.]+", column.get("style", "")) for column in columns]
        shares = [float(share[0]) for share in said if share]
        if not columns or len(shares) < len(columns):
            continue
        turned = any("landscape" in _classes(above) for above in table.iterancestors())
        letter = 0.91 if turned else 1.5
        needed = [letter * (min(_longest_word(table, place), 20) + 2) for place in range(1, len(columns) + 1)]
        for column, wide in zip(columns, _widened(shares, needed), strict=True):
            column.set("style", f"width: {wide:.1f}%")


def _longest_word(table: Element, place: int) -> int:
    cells = (str(row.xpath(f"string((th | td)[{place}])")) for row in table.iter("tr"))
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _widened(shares: list[float], needed: list[float]) -> list[float]:
    """Shares of which none is less than is needed; what these take is taken from the others."""
    narrow: set[int] = set()
    while True:
        others = sum(share for place, share in enumerate(shares) if place not in narrow)
        scale = (100 - sum(needed[place] for place in narrow)) / (others or 1)
        wide = [needed[place] if place in narrow else share * scale for place, share in enumerate(shares)]
        more = {place for place, share in enumerate(wide) if share < needed[place]}
        if not more:
            return wide
        narrow |= more


def _set_styles(body: Element) -> None:
    """Each block's style: by its class, and by its place in a clause."""
    for part in list(body.iter("p", "div", "table")):
        classes = _classes(part)
        style = next((_STYLES[name] for name in _STYLES if name in classes), "")
        around = {name for above in part.iterancestors() for name in _classes(above)}
        if style == "Editors Note" and around & {"clauses", "minutes"}:
            style = "Clause Note"
        if "clause" in classes:
            _set_clause(part, "Clause")
        elif "minute" in classes:
            _set_clause(part, "Minute")
        elif "subclause" in classes:
            _set_clause(part, "Subclause")
        elif part.tag == "table":
            part.set("data-custom-style", "ActionTable" if "actions" in classes else "Table")
        elif style and part.tag == "p":
            _wrap(part, style)
        elif style:
            part.set("data-custom-style", style)


def _set_clause(clause: Element, style: str) -> None:
    """A clause's first paragraph takes the number and the id; the others follow on."""
    for paragraph in clause.findall("p"):
        wrapper = _wrap(paragraph, "Clause Text")
        if "id" in clause.attrib:
            wrapper.set("id", clause.attrib.pop("id"))
            wrapper.set("data-custom-style", style)


def _mark_pages(body: Element) -> None:
    """Where a page starts or a kind of page ends, as paragraphs that `body` takes out again."""
    for part in list(body.iter("div")):
        sign = next((f" {sign}" for around in (part, *part.iterancestors()) if (sign := around.get("data-sign"))), "")
        if "same-page" in _classes(part):
            part.addprevious(_line("Section Break", "same page"))
        if {"new-page", "upright"} & {*_classes(part)}:
            part.addprevious(_line("Section Break", "page"))
        if "upright" in _classes(part):
            part.append(_line("Section Break", "page"))
        if {"landscape", "turned"} & {*_classes(part)}:
            part.addprevious(_line("Section Break", f"portrait{sign}"))
            part.append(_line("Section Break", f"landscape{sign}"))
        if part.get("data-sign"):
            _page_start(part).addprevious(_line("Section Break", "portrait"))
            part.append(_line("Section Break", f"portrait{sign}"))


def _page_start(part: Element) -> Element:
    """Where the page starts on which a part starts."""
    before = (part, *part.itersiblings("div", preceding=True))
    return next((start for start in before if "new-page" in _classes(start)), part)


def _classes(part: Element) -> list[str]:
    return part.get("class", "").split()


def _wrap(paragraph: Element, style: str) -> Element:
    wrapper: Element = markup.Element("div", {"data-custom-style": style})
    paragraph.addprevious(wrapper)
    wrapper.append(paragraph)
    wrapper.tail, paragraph.tail = paragraph.tail, None
    return wrapper


def _take_out(part: Element) -> None:
    parent = part.getparent()
    assert parent is not None, "parts of a document stand in its body"
    parent.remove(part)
