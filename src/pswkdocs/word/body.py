"""What a document's body needs that pandoc cannot write: lists in our styles, tables as wide as the page, numbers that
hold, fields that follow them, contents, kinds of page.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml.etree import _Element as Element

from ..blocks import LEAF, PAGE_OF, Styled
from ..numbers import Number
from ..problems import BuildFailed, Problem, Span
from .xml import Styles, bookmarks, field, make, put, run, style, text, val, w

_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_PLACE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SIZE = "{http://schemas.openxmlformats.org/drawingml/2006/main}ext"
_CENTIMETRE = 360_000  # in the measure of pictures
# Pandoc's own styles, and ours in their place.
_STYLES = {
    "": "BodyText",
    "FirstParagraph": "BodyText",
    "Compact": "BodyText",
    "TableCaption": "Caption",
    "ImageCaption": "Caption",
    "CaptionedFigure": "Picture",
}
_OUTLINE = {"Heading1": 1, "ClauseHeading": 1, "Heading2": 2}
# What stands for the number of a page until Word has counted: words that lead there mislead nobody, and are read out.
# Telling Word to count when it opens the file would make it ask each reader a question about other files.
_UNCOUNTED = "go to"
# How many levels further in a list stands that follows a clause or a sub-clause.
_WITHIN = {"Clause": 2, "ClauseText": 2, "Minute": 2, "Subclause": 3}
_ITEMS = ("ListBullet", "ListNumber", "Subclause")
_QUOTATION = "BlockText"
_TITLE = "Heading1Leaflet"
_NOTES = ("EditorsNote", "ClauseNote", "Binds", "Fact")
_DEEPEST = 4  # the level of the last of our list styles; what stands deeper stands there too
_CONTINUED = "1000"  # pandoc's list of the later paragraphs of list items


def finish(body: Element, by: Styled, styles: Styles, theirs: Styles, pages: Mapping[str, Element]) -> None:
    """Everything that has to be done; raises BuildFailed when Word would number a clause otherwise than `by` says."""
    _drop_blanks(body)
    _hold_bookmarks(body)
    _set_lists(body, styles, theirs)
    if by.page == "leaflet":
        put(_title(body), make("pStyle", val=_TITLE))
    _set_text(body, styles, by.numbers)
    _set_tables(body, pages, by.page)
    _keep_together(body)
    arrived = _numbered(body, styles, by.numbers)
    _set_references(body, arrived)
    _set_contents(body, arrived)
    _set_pages(body, pages, by.page)


def _drop_blanks(body: Element) -> None:
    """Pandoc keeps two tables apart with an empty paragraph; between ours stands the caption of the second."""
    for paragraph in body.findall(w("p")):
        before, after = paragraph.getprevious(), paragraph.getnext()
        between = before is not None and before.tag == w("tbl") and after is not None and after.tag == w("p")
        if between and paragraph.find(w("r")) is None and paragraph.find(w("hyperlink")) is None:
            body.remove(paragraph)


def _hold_bookmarks(body: Element) -> None:
    """Bookmarks between paragraphs go into the one that they stand before: fields ask for that paragraph's number."""
    ends = {end.get(w("id")): end for end in body.iter(w("bookmarkEnd"))}
    waiting: list[Element] = []
    for element in list(body.iter(w("bookmarkStart"), w("p"))):
        if element.tag == w("bookmarkStart"):
            if next(element.iterancestors(w("p")), None) is None:
                waiting.append(element)
        elif waiting and style(element) != "SectionBreak":
            put(element)
            for mark in reversed(waiting):
                element.insert(1, mark)
                element.append(ends[mark.get(w("id"))])
            waiting = []


def _set_lists(body: Element, styles: Styles, theirs: Styles) -> None:
    """Lists in our styles; each list of numbers starts anew; what belongs to a clause stands further in."""
    within = 0
    for paragraph in body.iter(w("p")):
        list_id, level = theirs.of(paragraph)
        if list_id == "0" and within and style(paragraph) == _QUOTATION:
            put(paragraph, make("ind", left=within * styles.indent("ListContinue") + styles.indent(_QUOTATION)))
            continue
        if list_id == "0":
            within = _WITHIN.get(style(paragraph), 0)
            continue
        for number in paragraph[0].findall(w("numPr")):
            paragraph[0].remove(number)
        level = min(level + within, _DEEPEST)
        ours = f" {level + 1}".removesuffix(" 1").strip()
        if list_id == _CONTINUED and style(paragraph) not in _STYLES:
            left = styles.indent(f"ListContinue{ours}") + styles.indent(style(paragraph))
            put(paragraph, make("ind", left=left))
        elif list_id == _CONTINUED:
            put(paragraph, make("pStyle", val=f"ListContinue{ours}"))
        elif theirs.kind(list_id) == "bullet":
            put(paragraph, make("pStyle", val=f"ListBullet{ours}"))
        else:
            styles.start_again("ListNumber", list_id, theirs.start(list_id))
            number = make("numPr", make("ilvl", val=level), make("numId", val=list_id))
            put(paragraph, make("pStyle", val=f"ListNumber{ours}"), number)


def _set_text(body: Element, styles: Styles, numbers: Mapping[str, str]) -> None:
    """Our styles for pandoc's; captions above pictures; headings with numbers; bars and bold letters by style."""
    for caption in [paragraph for paragraph in body.iter(w("p")) if style(paragraph) == "ImageCaption"]:
        picture = caption.getprevious()
        if picture is not None:
            picture.addprevious(caption)
    for paragraph in body.iter(w("p")):
        if style(paragraph) in _STYLES:
            put(paragraph, make("pStyle", val=_STYLES[style(paragraph)]))
        if style(paragraph).startswith("Heading") and any(name in numbers for name in bookmarks(paragraph)):
            _number_heading(paragraph, styles)
        put(paragraph, *styles.frame(style(paragraph)))
        for position, part in enumerate(styles.opening(style(paragraph)), 1):
            paragraph.insert(position, part)
        if style(paragraph) in ("Minute", "CoverFact"):
            next(paragraph.iter(w("r"))).addnext(make("r", make("tab")))
    for words in body.iter(w("r")):
        look = words.find(w("rPr"))
        if look is not None and [part.tag for part in look] == [w("b"), w("bCs")]:
            look[:] = [make("rStyle", val="Strong")]
    for number, picture in enumerate(body.iter(_PICTURE), 1):
        picture.attrib.update({"descr": "", "name": f"Picture {number}"})
    for about in body.iter(f"{_PLACE}docPr"):
        if about.get("title", "").startswith(LEAF):
            _set_size(about)


def _set_size(about: Element) -> None:
    """A page from elsewhere as large as its title says: pandoc makes it no wider than an upright page's text."""
    width, height = (str(round(float(said) * _CENTIMETRE)) for said in about.attrib.pop("title").split()[1:])
    place = about.getparent()
    assert place is not None, "what is said about a picture stands in its place"
    for size in (*place.iter(f"{_PLACE}extent"), *place.iter(_SIZE)):
        if "cx" in size.attrib:
            size.attrib.update({"cx": width, "cy": height})


def _number_heading(heading: Element, styles: Styles) -> None:
    """A section's heading in the style that has its number; where the section is enclosed, with its number alone."""
    if style(heading) == "Heading1":
        put(heading, make("pStyle", val="ClauseHeading"))
    else:
        list_id, level = styles.of(make("p", make("pPr", make("pStyle", val="ClauseHeading"))))
        put(heading, make("numPr", make("ilvl", val=level), make("numId", val=list_id)))


def _set_tables(body: Element, pages: Mapping[str, Element], page: str) -> None:
    """Tables as wide as their page's text, with their headers marked and their rows whole."""
    for table in body.iter(w("tbl")):
        marks = (text(other) for other in table.itersiblings(w("p")) if style(other) == "SectionBreak")
        columns = _columns(table, _text_width(pages[next((kind for kind in marks if kind in pages), page)]))
        name = val(table, "tblPr/tblStyle")
        table[0][:] = [
            make("tblStyle", val=name),
            make("tblW", w=sum(columns), type="dxa"),
            make("tblLayout", type="fixed"),
            make("tblLook", val="06A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1),
            *table[0].findall(w("tblCaption")),
        ]
        table[1][:] = [make("gridCol", w=column) for column in columns]
        for row in table.iter(w("tr")):
            _set_row(row, columns, plain=name == "ActionTable")


def _set_row(row: Element, columns: list[int], *, plain: bool) -> None:
    head = row.find(f"{w('trPr')}/{w('tblHeader')}") is not None
    if not head:
        row.insert(0, make("trPr"))
    row[0].insert(0, make("cantSplit"))
    for place, (cell, column) in enumerate(zip(row.iter(w("tc")), columns, strict=True)):
        cell[0].insert(0, make("tcW", w=column, type="dxa"))
        name = "TableHeading" if head else "TableText" if place or plain else "TableRowHeading"
        for paragraph in cell.iter(w("p")):
            if style(paragraph) == "BodyText":
                put(paragraph, make("pStyle", val=name))


def _text_width(section: Element) -> int:
    size, margin = section.find(w("pgSz")), section.find(w("pgMar"))
    assert size is not None and margin is not None, "each kind of page has a size and margins"
    return int(size.get(w("w"), "0")) - int(margin.get(w("left"), "0")) - int(margin.get(w("right"), "0"))


def _columns(table: Element, width: int) -> list[int]:
    """The columns' widths: in the template's shares, or by what stands in them where it names none."""
    shares = [float(column.get(w("w"), "0")) for column in table[1]]
    if max(shares) - min(shares) < len(shares):
        rows = [[len(text(cell)) for cell in row.iter(w("tc"))] for row in table.iter(w("tr"))]
        shares = [max(1, *lengths) ** 0.5 for lengths in zip(*rows, strict=True)]
    columns = [round(width * share / sum(shares)) for share in shares]
    return [*columns[:-1], width - sum(columns[:-1])]


def _keep_together(body: Element) -> None:
    """What leads in to a list stays with the list, a note with what it notes, facts with their heading,
    the head of a table with its first row, and that with the next; text keeps off lists and tables above.
    """
    for row in body.iterfind(f"{w('tbl')}/{w('tr')}[2]"):
        for paragraph in row.iter(w("p")):
            put(paragraph, make("keepNext"))
    for paragraph in body.iterfind(w("p")):
        name, before, after = style(paragraph), paragraph.getprevious(), paragraph.getnext()
        follows = "" if after is None else style(after)
        leads = follows.startswith(_ITEMS) and not name.startswith(_ITEMS)
        noted = follows in _NOTES and name not in _NOTES
        opens = name == "Fact" and before is not None and style(before).startswith(("Heading", "Fact"))
        if leads or noted or opens:
            put(paragraph, make("keepNext"))
        if before is not None and name in ("BodyText", *_NOTES) and paragraph.find(f"{w('pPr')}/{w('ind')}") is None:
            below_list = style(before).startswith("List") or style(before) == "Fact"
            if before.tag == w("tbl") or below_list:
                put(paragraph, make("spacing", before=80 if below_list else 200))


def _numbered(body: Element, styles: Styles, numbers: Mapping[str, str]) -> dict[str, Number]:
    """The number of each paragraph that has one, by its bookmarks, when Word arrives at what the content says."""
    arrived = {name: number for paragraph, number in styles.numbers(body) for name in bookmarks(paragraph)}
    problems, clause = [], ""
    for name, wanted in numbers.items():
        clause = wanted if wanted[:1].isdigit() else clause
        number = arrived.get(name)
        if number is None or number.printed.strip("().") != wanted:
            found = f"Word counts “{number.printed}”" if number else "Word counts none"
            said = clause if clause == wanted else f"{clause}({wanted})"
            message = f"clause {said} (“{name}”) has the number “{wanted}” in the content, but {found} there"
            hint = "Number clauses on without gaps; in the reference document, mend the list of the clause styles."
            if number is None:
                hint = "Start the clause with a sentence: Word numbers none that starts with a list or a quotation."
            problems.append(Problem(Span("templates/word/reference.docx"), message, hint))
    if problems:
        raise BuildFailed(problems)
    return arrived


def _set_references(body: Element, arrived: Mapping[str, Number]) -> None:
    """Links whose text ends in the number that they lead to get it by a field, so that it stays true."""
    for link in body.iter(w("hyperlink")):
        if text(link) == PAGE_OF:
            code = f"PAGEREF {link.get(w('anchor'))} \\h"
            link[:] = field(code, [run(_UNCOUNTED, "Hyperlink")], "Hyperlink")
        number = arrived.get(link.get(w("anchor"), ""))
        said = text(link)
        if number and said.endswith(f" {number.full}"):
            code = f"REF {link.get(w('anchor'))} \\w \\h"
            before = run(said.removesuffix(number.full), "Hyperlink")
            link[:] = [before, *field(code, [run(number.full, "Hyperlink")], "Hyperlink")]


def _set_contents(body: Element, arrived: Mapping[str, Number]) -> None:
    """The contents, filled in: a field that Word can bring up to date, without page numbers that could be wrong."""
    place = next((paragraph for paragraph in body.iter(w("p")) if style(paragraph) == "Contents"), None)
    if place is None:
        return
    entries = []
    for heading in body.iter(w("p")):
        level = _OUTLINE.get(style(heading))
        if level:
            name = bookmarks(heading)[0]  # pandoc gives one to each
            link = make("hyperlink", anchor=name, history=1)
            if name in arrived:
                link.extend([run(arrived[name].printed), make("r", make("tab"))])
            link.append(run(text(heading)))
            entries.append(make("p", make("pPr", make("pStyle", val=f"TOC{level}")), link))
    start = field('TOC \\o "1-2" \\n \\h \\z \\u', [])
    for position, part in enumerate(start[:-1], 1):
        entries[0].insert(position, part)
    entries[-1].append(start[-1])
    title = make("p", make("pPr", make("pStyle", val="TOCHeading")), run(text(place)))
    gallery = make("docPartObj", make("docPartGallery", val="Table of Contents"), make("docPartUnique"))
    body.replace(place, make("sdt", make("sdtPr", gallery), make("sdtContent", title, *entries)))


def _set_pages(body: Element, pages: Mapping[str, Element], page: str) -> None:
    """Page starts and kinds of page, where `blocks` left its marks."""
    last = page
    for mark in [paragraph for paragraph in body.iter(w("p")) if style(paragraph) == "SectionBreak"]:
        before, after, kind = mark.getprevious(), mark.getnext(), text(mark)
        assert after is not None, "a section's properties stand last in the body"
        if after.tag == w("sectPr"):
            last = kind if kind in pages else last
        elif kind == "same page":
            put(after, make("pageBreakBefore", val=0), make("spacing", before=600))
        elif kind == "page" and after.tag == w("p"):
            put(after, make("pageBreakBefore"))
        elif kind == "page":
            mark[1:] = []
            put(mark, make("pageBreakBefore"))
            continue
        elif before is None or before.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            pass
        elif before.tag == w("p") and before.find(f"{w('pPr')}/{w('framePr')}") is None:
            put(before, deepcopy(pages[kind]))
        else:
            mark[1:] = []
            put(mark, deepcopy(pages[kind]))
            continue
        body.remove(mark)
    body.replace(body[-1], deepcopy(pages[last]))
    if page == "leaflet":
        put(_title(body), make("pageBreakBefore", val=0))


def _title(body: Element) -> Element:
    """The only heading of its level in a leaflet, which stands in the panel at its top."""
    return next(paragraph for paragraph in body.iter(w("p")) if style(paragraph) in ("Heading1", _TITLE))
