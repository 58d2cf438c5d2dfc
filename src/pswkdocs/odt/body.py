"""What a document's text needs besides its words: numbered clauses, references that follow them, contents, what stays
together, kinds of page.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml.etree import _Element as Element

from ..blocks import Styled
from ..numbers import Number
from ..problems import BuildFailed, Problem, Span
from .text import CONTENTS, MARK, NUMBERED, SHARE
from .xml import Styles, bookmarks, coded, make, paragraphs, q, said, style

_LEVELS = {"Clause_20_Heading": 1, "Clause": 2, "Subclause": 3}
_DEEPEST = 2  # the last level of headings that the contents list
_NOTES = ("Editors_20_Note", "Clause_20_Note", "Binds", "Fact")
_PARAGRAPHS = (q("text:p"), q("text:h"))
_LIST, _TABLE = q("text:list"), q("table:table")


def finish(body: Element, by: Styled, styles: Styles) -> None:
    """Everything that has to be done; raises BuildFailed when a clause would be numbered otherwise than `by` says."""
    _keep_together(body, styles)
    _frame(body, styles)
    _set_pages(body, styles, by.page)
    _number_clauses(body)
    arrived = _numbered(body, styles, by.numbers)
    _set_references(body, arrived)
    _set_contents(body, arrived)


def _keep_together(body: Element, styles: Styles) -> None:
    """What leads in to a list stays with the list, a note with what it notes, facts with their heading, the head of a
    table with its first row, and that with the next; text keeps off lists and tables above.
    """
    for table in body.iter(_TABLE):
        for row in list(table.iter(q("table:table-row")))[1:2]:
            for paragraph in paragraphs(row):
                paragraph.set(q("fo:keep-with-next"), "always")
    for paragraph in body.iterchildren(*_PARAGRAPHS):
        name, before, after = style(paragraph), paragraph.getprevious(), paragraph.getnext()
        leads = after is not None and (after.tag == _LIST or (style(after) == "Subclause" and name != "Subclause"))
        noted = style(after) in _NOTES and name not in _NOTES
        opens = name == "Fact" and style(before).startswith(("Heading", "Fact"))
        if leads or noted or opens:
            paragraph.set(q("fo:keep-with-next"), "always")
        if before is not None and name in ("Text_20_body", *_NOTES) and q("fo:margin-left") not in paragraph.attrib:
            below_list = before.tag == _LIST or style(before) == "Fact"
            if before.tag == _TABLE or below_list:
                styles.set_room(paragraph, "top", 4 if below_list else 10)


def _frame(body: Element, styles: Styles) -> None:
    """What stands at its own place on the page goes into a frame there, anchored to what it follows."""
    for paragraph in list(body.iterchildren(q("text:p"))):
        place, before = styles.frame(style(paragraph)), paragraph.getprevious()
        if place is None or before is None:
            continue
        frame = before.find(q("draw:frame"))
        if frame is None:
            name = style(paragraph).replace("_20_", " ")
            place |= {"draw:style-name": coded(f"{name} Frame"), "draw:name": name}
            frame = make("draw:frame", place, make("draw:text-box", {"fo:min-height": "0pt"}))
            before.append(frame)
        frame[0].append(paragraph)


def _set_pages(body: Element, styles: Styles, page: str) -> None:
    """Page starts and kinds of page, where `blocks` left its marks; tables as wide as their page's text."""
    kinds = _kinds(body, styles, page)
    starts = True
    for part in list(body):
        if part.tag != MARK:
            if starts:
                _first(part).set(q("style:master-page-name"), coded(kinds[part]))
            if part.tag == _TABLE:
                _set_widths(part, styles.text_width(coded(kinds[part])))
            starts = False
            continue
        named, after = part.get(q("text:name"), ""), part.getnext()
        if styles.has_page(coded(named)):
            starts = True
        elif after is not None and after.tag != MARK:
            _first(after).set(q("fo:break-before"), "page" if named == "page" else "auto")
            if named == "same page":
                styles.set_room(_first(after), "top", 30)
        body.remove(part)
    if page == "leaflet":
        next(body.iter(q("text:h"))).set(q("fo:break-before"), "auto")


def _kinds(body: Element, styles: Styles, page: str) -> dict[Element, str]:
    """The kind of page on which each part of a text stands: a mark says where one ends."""
    kinds: dict[Element, str] = {}
    for part in reversed(list(body)):
        named = part.get(q("text:name"), "") if part.tag == MARK else ""
        if styles.has_page(coded(named)):
            page = named
        elif part.tag != MARK:
            kinds[part] = page
    return kinds


def _first(part: Element) -> Element:
    """What may say on which page a part starts: of a list, its first paragraph."""
    return next(paragraphs(part)) if part.tag == _LIST else part


def _set_widths(table: Element, width: float) -> None:
    columns = list(table.iter(q("table:table-column")))
    shares = [int(column.attrib.pop(SHARE)) for column in columns]
    for column, share in zip(columns, shares, strict=True):
        column.set(q("style:column-width"), f"{width * share / sum(shares):.2f}pt")
    table.set(q("style:width"), f"{width:.2f}pt")


def _number_clauses(body: Element) -> None:
    """Numbered headings and clauses as one list: what stands between them interrupts it, and it goes on after that."""
    lists: list[Element] = []  # the open lists of a run, by level
    known = False
    for part in list(body):
        numbered = part.attrib.pop(NUMBERED, "")
        level = 1 if numbered else _LEVELS.get(style(part), 0) if part.tag == q("text:p") else 0
        if not level:
            lists = []
            continue
        if not lists:
            told = {"text:continue-list": "clauses"} if known else {"xml:id": "clauses"}
            lists = [make("text:list", {"text:style-name": "Clauses"} | told)]
            part.addprevious(lists[0])
            known = True
        del lists[level:]
        while len(lists) < level:
            if not len(lists[-1]):
                lists[-1].append(make("text:list-item"))
            lists.append(make("text:list"))
            lists[-2][-1].append(lists[-1])
        lists[-1].append(make("text:list-item", None, part))


def _numbered(body: Element, styles: Styles, numbers: Mapping[str, str]) -> dict[str, Number]:
    """The number of each paragraph that has one, by its bookmarks, when it is what the content says."""
    arrived = {name: number for paragraph, number in styles.numbers(body) for name in bookmarks(paragraph)}
    problems, clause = [], ""
    for name, wanted in numbers.items():
        clause = wanted if wanted[:1].isdigit() else clause
        number = arrived.get(name)
        if number is None or number.printed.strip("().") != wanted:
            found = f"an ODT file counts “{number.printed}”" if number else "an ODT file counts none"
            told = clause if clause == wanted else f"{clause}({wanted})"
            message = f"clause {told} (“{name}”) has the number “{wanted}” in the content, but {found} there"
            hint = "Number clauses on without gaps; in the reference document, mend the list `Clauses`."
            if number is None:
                hint = "Start the clause with a sentence: what starts with a list or a quotation has no number."
            problems.append(Problem(Span("templates/odt/reference.odt"), message, hint))
    if problems:
        raise BuildFailed(problems)
    return arrived


def _set_references(body: Element, arrived: Mapping[str, Number]) -> None:
    """Links whose text ends in the number that they lead to get it by a field, so that it stays true."""
    for link in body.iter(q("text:a")):
        name = link.get(q("xlink:href"), "").removeprefix("#")
        number, words = arrived.get(name), said(link)
        if number and words.endswith(f" {number.full}"):
            link[:], link.text = [], words.removesuffix(number.full)
            kind = {"text:reference-format": "number-all-superior", "text:ref-name": name}
            link.append(make("text:bookmark-ref", kind, text=number.full))


def _reached(heading: Element) -> str:
    """The bookmark by which the contents lead to a heading."""
    if names := bookmarks(heading):
        return names[0]
    message = f"the heading “{said(heading)}” has no id, so the contents cannot lead to it"
    raise BuildFailed([Problem(Span("templates", 0), message, 'Write one, as in `<h2 id="aims">`.')])


def _set_contents(body: Element, arrived: Mapping[str, Number]) -> None:
    """The contents, filled in; the page numbers are fields, which programs count when they open the file."""
    place = body.find(CONTENTS)
    if place is None:
        return
    title = place.get(q("text:name"), "")
    entries = []
    for heading in body.iter(q("text:h")):
        level = int(heading.get(q("text:outline-level"), "1"))
        if level <= _DEEPEST:
            name = _reached(heading)
            words = [make("text:tab")] if name in arrived else []
            number = make("text:bookmark-ref", {"text:reference-format": "page", "text:ref-name": name})
            look = {"text:style-name": "Index_20_Link", "text:visited-style-name": "Index_20_Link"}
            way = {"xlink:type": "simple", "xlink:href": f"#{name}"} | look
            link = make("text:a", way, *words, make("text:tab"), number)
            if words:
                link.text, words[0].tail = arrived[name].printed, said(heading)
            else:
                link.text = said(heading)
            entries.append(make("text:p", {"text:style-name": f"Contents_20_{level}"}, link))
    heading = make("text:p", {"text:style-name": "Contents_20_Heading"}, text=title)
    heading.attrib.update({name: value for name, value in place.attrib.items() if name != q("text:name")})
    templates = [
        make(
            "text:table-of-content-entry-template",
            {"text:outline-level": level, "text:style-name": f"Contents_20_{level}"},
            make("text:index-entry-link-start"),
            make("text:index-entry-chapter"),
            make("text:index-entry-text"),
            make("text:index-entry-tab-stop", {"style:type": "right"}),
            make("text:index-entry-page-number"),
            make("text:index-entry-link-end"),
        )
        for level in range(1, _DEEPEST + 1)
    ]
    source = make(
        "text:table-of-content-source",
        {"text:outline-level": _DEEPEST},
        make("text:index-title-template", {"text:style-name": "Contents_20_Heading"}, text=title),
        *templates,
    )
    titled = make("text:index-title", {"text:name": f"{title} heading"}, heading)
    inner = make("text:index-body", None, titled, *entries)
    body.replace(place, make("text:table-of-content", {"text:name": title, "text:protected": "false"}, source, inner))
