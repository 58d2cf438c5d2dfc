"""The Word files as Word and its readers find them: numbers that Word counts, fields, sections, tables, links."""

from __future__ import annotations

import importlib.util
import io
import re
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree
from lxml import html as markup

from conftest import PROJECT
from pswkdocs import prose, tokens, word
from pswkdocs.drawing import Drawing
from pswkdocs.edition import Document
from pswkdocs.model.charter import Charter
from pswkdocs.model.content import Content
from pswkdocs.problems import BuildFailed, Problem

TEMPLATES = PROJECT / "templates"
LOOK = TEMPLATES / "word"
DESIGN = tokens.read(TEMPLATES)
NAMES = ("forward-plan", "forward-plan-summary", "vcse-charter")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = {"w": W, "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63606060f80f0001040100a79c2a6f0000000049454e44ae426082"
)


def color(name: str) -> str:
    """A colour of the design tokens as Word writes it."""
    return DESIGN.colours[name].light[1:].upper()


def w(name: str) -> str:
    return f"{{{W}}}{name}"


@dataclass
class File:
    """A Word file, opened."""

    data: bytes

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            self.infos = package.infolist()
            self.parts = {info.filename: package.read(info) for info in self.infos}
        self.root = self.part("document")
        self.body = self.root[0]
        self.styles = {style.get(w("styleId")): style for style in self.part("styles").iter(w("style"))}
        self.numbering = self.part("numbering")

    def part(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[f"word/{name}.xml"])

    def paragraphs(self, *styles: str) -> list[etree._Element]:
        found = list(self.body.iter(w("p")))
        return [paragraph for paragraph in found if style(paragraph) in styles] if styles else found

    def inherited(self, style_id: str, path: str) -> etree._Element | None:
        """What a style says, by itself or through the styles that it is based on."""
        while style_id in self.styles:
            found = self.styles[style_id].find(path, NS)
            if found is not None:
                return found
            style_id = value(self.styles[style_id], "w:basedOn")
        return None

    def numbers(self) -> list[tuple[str, str, etree._Element]]:
        """What Word prints before each numbered paragraph, and what a REF field with the switch w says of it."""
        abstract = {a.get(w("abstractNumId")): a for a in self.numbering.iter(w("abstractNum"))}
        kinds = {n.get(w("numId")): value(n, "w:abstractNumId") for n in self.numbering.iter(w("num"))}
        starts = {n.get(w("numId")): value(n, "w:lvlOverride/w:startOverride") for n in self.numbering.iter(w("num"))}
        restarts = {number: start for number, start in starts.items() if start}
        counters: dict[str, list[int]] = {}
        context: dict[str, list[str]] = {}
        found = []
        for paragraph in self.paragraphs():
            own = paragraph.find("w:pPr/w:numPr", NS)
            own = own if own is not None else self.inherited(style(paragraph), "w:pPr/w:numPr")
            if own is None or value(own, "w:numId") == "0":
                continue
            number, level = value(own, "w:numId"), int(value(own, "w:ilvl") or 0)
            levels = {int(part.get(w("ilvl"))): part for part in abstract[kinds[number]].iter(w("lvl"))}
            if value(levels[level], "w:numFmt") in ("bullet", "none"):
                continue
            counter = number if number in restarts else f"abstract {kinds[number]}"
            before = int(restarts.get(number, 1)) - 1
            count = counters.setdefault(counter, [before] * 9)
            count[level] += 1
            count[level + 1 :] = [before] * (8 - level)
            shown = value(levels[level], "w:lvlText")
            for place in range(level + 1):
                letter = value(levels[place], "w:numFmt") == "lowerLetter"
                shown = shown.replace(f"%{place + 1}", chr(96 + count[place]) if letter else str(count[place]))
            whole = context.setdefault(counter, [""] * 9)
            includes_parent = level == 0 or f"%{level}" in value(levels[level], "w:lvlText")
            whole[level] = shown if includes_parent else whole[level - 1] + shown
            found.append((shown, whole[level].rstrip("."), paragraph))
        return found

    def fields(self) -> list[str]:
        return [(code.text or "").strip() for code in self.body.iter(w("instrText"))]


def value(element: etree._Element, path: str) -> str:
    found = element.find(path, NS)
    return "" if found is None else found.get(w("val"), "")


def style(paragraph: etree._Element) -> str:
    return value(paragraph, "w:pPr/w:pStyle")


def text(element: etree._Element) -> str:
    return "".join(part.text or "" for part in element.iter(w("t")))


def marks(paragraph: etree._Element) -> list[str]:
    return [mark.get(w("name")) for mark in paragraph.iter(w("bookmarkStart"))]


def plain(html: str) -> str:
    return " ".join(str(markup.fragment_fromstring(html, create_parent="div").xpath("string()")).split())


@pytest.fixture(scope="session")
def made(documents: dict[str, Document], html: dict[str, str]) -> dict[str, bytes]:
    """Each document's Word file by its name."""
    return {name: word.write(documents[name], html[name], LOOK) for name in NAMES}


@pytest.fixture
def files(made: dict[str, bytes]) -> dict[str, File]:
    """The Word files, opened anew for each test."""
    return {name: File(data) for name, data in made.items()}


@pytest.fixture
def charter(files: dict[str, File]) -> File:
    return files["vcse-charter"]


@pytest.fixture
def plan_file(files: dict[str, File]) -> File:
    return files["forward-plan"]


def written(document: Document, html: str) -> File:
    """A small document of two chapters."""
    return File(word.write(document, f'<h1 id="first">First</h1>{html}<h1 id="last">Last</h1><p>End.</p>', LOOK))


def problem(document: Document, html: str) -> Problem:
    """The one problem of a small document that cannot be made."""
    with pytest.raises(BuildFailed) as failed:
        written(document, html)
    [found] = failed.value.problems
    return found


def from_markdown(text: str) -> str:
    """A text field's HTML; the field holds nothing that is refused."""
    assert not list(prose.faults(text, inline=False))
    return str(prose.to_html(text, lambda id: prose.Target(id, id), prose.Terms({}, {}), inline=False))


@pytest.fixture
def blank(documents: dict[str, Document]) -> Document:
    return documents["vcse-charter"]


# --- numbers ---


def test_word_counts_the_numbers_of_the_charter(charter: File, content: Content) -> None:
    expected = []
    for record in content.every(Charter):
        for section in record.sections:
            expected.append((f"{section.number}.", section.number, section.title))
            for clause in section.clauses:
                expected.append((clause.number, clause.number, ""))
                for subclause in clause.subclauses:
                    expected.append((f"({subclause.letter})", f"{clause.number}({subclause.letter})", ""))
    assert len(expected) > 60
    counted = [
        (shown, whole, text(paragraph) if style(paragraph) == "ClauseHeading" else "")
        for shown, whole, paragraph in charter.numbers()
    ]
    assert counted == expected


def test_each_number_stands_at_its_own_text(charter: File, html: dict[str, str]) -> None:
    starts = {}
    for part in markup.fragment_fromstring(html["vcse-charter"], create_parent="div").iterfind(".//*[@data-number]"):
        first = part.find("p") if part.tag == "div" else part
        starts[part.get("id").replace("-", "_")[:31]] = (
            part.get("data-number"),
            " ".join(first.text_content().split()),
        )
    assert len(starts) > 60
    found = {
        mark[:31]: (shown.strip("()."), " ".join(text(paragraph).split()))
        for shown, _, paragraph in charter.numbers()
        for mark in marks(paragraph)
    }
    assert found == starts


def test_one_list_numbers_all_clauses(charter: File) -> None:
    lists = {
        style_id: charter.inherited(style_id, "w:pPr/w:numPr") for style_id in ("ClauseHeading", "Clause", "Subclause")
    }
    assert [value(place, "w:ilvl") for place in lists.values()] == ["0", "1", "2"]
    assert len({value(place, "w:numId") for place in lists.values()}) == 1
    tied = [value(level, "w:pStyle") for level in charter.numbering.iter(w("lvl"))]
    assert {"ClauseHeading", "Clause", "Subclause"} <= set(tied)
    assert not charter.body.xpath("//w:p[w:pPr/w:pStyle/@w:val='Clause']/w:pPr/w:numPr", namespaces=NS)
    assert value(charter.styles["ClauseHeading"], "w:basedOn") == "Heading1"


def test_an_inserted_clause_renumbers_what_follows(charter: File) -> None:
    before = {marks(paragraph)[0]: whole for _, whole, paragraph in charter.numbers() if marks(paragraph)}
    target = "vcse_charter__limits_of_powers"
    assert before[target] == "2.2" and f"REF {target} \\w \\h" in charter.fields()
    place = next(paragraph for paragraph in charter.paragraphs() if target in marks(paragraph))
    new = etree.fromstring(
        f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="Clause"/></w:pPr><w:r><w:t>New.</w:t></w:r></w:p>'
    )
    place.addprevious(new)
    after = {marks(paragraph)[0]: whole for _, whole, paragraph in charter.numbers() if marks(paragraph)}
    moved = {name: after[name] for name in before if before[name] != after[name]}
    section_2 = [name for name in before if re.match(r"2\.[2-9]", before[name])]
    assert list(moved) == section_2 and moved[target] == "2.3"
    assert all(after[name][0] == "2" and int(after[name][2]) == int(before[name][2]) + 1 for name in section_2)
    targets = {code.split()[1] for code in charter.fields() if code.startswith("REF")}
    assert target in targets and targets <= set(after)


def test_no_number_is_typed(files: dict[str, File]) -> None:
    checked = 0
    typed = re.compile(r"\s*(\d+[.)]|\d+\.\d+|\(?[a-z]\)|[a-z]\.)\s")
    for file in files.values():
        for paragraph in file.paragraphs():
            contents, cell = style(paragraph).startswith("TOC"), next(paragraph.iterancestors(w("tc")), None)
            if not contents and cell is None:
                assert not typed.match(text(paragraph)), text(paragraph)
                checked += 1
    assert checked > 500


def test_a_gap_in_the_numbers_is_a_problem(documents: dict[str, Document], html: dict[str, str]) -> None:
    wrong = html["vcse-charter"].replace('data-number="3.4"', 'data-number="3.5"')
    with pytest.raises(BuildFailed) as failed:
        word.write(documents["vcse-charter"], wrong, LOOK)
    [problem] = failed.value.problems
    assert problem.message.startswith("clause 3.5 ") and problem.hint
    assert "has the number “3.5” in the content, but Word counts “3.4”" in problem.message


@pytest.mark.parametrize("start", ["<ul><li>Point.</li></ul>", "<blockquote><p>Said.</p></blockquote>"])
def test_a_clause_that_word_cannot_number_is_named(start: str, blank: Document) -> None:
    html = (
        '<h1 class="numbered" id="s" data-number="1">Section</h1><div class="clauses">'
        '<div class="clause" id="c" data-number="1.1"><p>Clause.</p></div>'
        f'<div class="subclause" id="d" data-number="a">{start}</div></div>'
    )
    found = problem(blank, html)
    assert "clause 1.1(a) " in found.message and "Word counts none" in found.message
    assert "Start the clause with a sentence" in found.hint


def test_what_follows_in_a_clause_stands_in_with_it(charter: File, blank: Document) -> None:
    assert charter.paragraphs("ClauseText")
    file = written(
        blank,
        '<h1 class="numbered" id="s" data-number="1">Section</h1><div class="clauses">'
        '<div class="clause" id="c" data-number="1.1"><p>Clause.</p><p>More.</p><ul><li>Point.</li></ul></div>'
        '<div class="subclause" id="d" data-number="a"><p>Subclause.</p></div>'
        '<div class="clause" id="e" data-number="1.2"><p>Next.</p></div></div>',
    )
    assert [shown for shown, _, _ in file.numbers()] == ["1.", "1.1", "(a)", "1.2"]
    point = file.paragraphs("ListBullet3")
    assert [text(paragraph) for paragraph in file.paragraphs("ClauseText")] == ["More."]
    assert [text(paragraph) for paragraph in point] == ["Point."]

    def left(style_id: str) -> int:
        own = file.styles[style_id].find("w:pPr/w:ind", NS)
        if own is None:
            own = next(level for level in file.numbering.iter(w("lvl")) if value(level, "w:pStyle") == style_id)
            own = own.find("w:pPr/w:ind", NS)
        return int(own.get(w("left")))

    assert left("ClauseText") == left("Clause") == left("ClauseNote") == left("Binds") > 0
    assert left("ListBullet3") > left("Clause") and left("Subclause") > left("Clause")


def test_lists_of_numbers_start_anew(blank: Document) -> None:
    file = written(blank, "<ol><li>A</li><li>B</li></ol><p>Between.</p><ol><li>C</li></ol>")
    assert [(shown, text(paragraph)) for shown, _, paragraph in file.numbers()] == [
        ("1.", "A"),
        ("2.", "B"),
        ("1.", "C"),
    ]


def test_lists_of_numbers_start_where_they_say(blank: Document) -> None:
    file = written(blank, from_markdown("3. three\n4. four\n   1. inner\n\nBetween.\n\n0. nought\n\n2023\\. A year."))
    shown = [(number, text(paragraph)) for number, _, paragraph in file.numbers()]
    assert shown == [("3.", "three"), ("4.", "four"), ("a.", "inner"), ("0.", "nought")]
    clause = '<div class="clause" id="c" data-number="1.1"><p>Clause.</p><ol start="2023"><li>Said.</li></ol></div>'
    html = f'<h1 class="numbered" id="s" data-number="1">S</h1><div class="clauses">{clause}</div>'
    assert len(written(blank, html).paragraphs("ListNumber3")) == 1


def test_quotations_stand_in_with_what_they_belong_to(blank: Document) -> None:
    clause = '<div class="clause" id="c" data-number="1.1"><p>Clause.</p><blockquote><p>Q</p></blockquote></div>'
    section = f'<h1 class="numbered" id="s" data-number="1">Section</h1><div class="clauses">{clause}</div>'
    file = written(blank, from_markdown("> Q\n\n- item\n\n  > Q\n\n  - inner\n\n    > Q") + section)
    shift = [paragraph.find("w:pPr/w:ind", NS) for paragraph in file.paragraphs("BlockText")]
    assert shift[0] is None
    left = [int(place.get(w("left"))) for place in shift[1:]]
    assert left == [850, 1275, 1275]  # a level of a list, and a quotation, is 425 each


# --- references, fields, links ---


def test_references_are_fields_that_say_the_number(charter: File, html: dict[str, str]) -> None:
    numbers = {mark: whole for _, whole, paragraph in charter.numbers() for mark in marks(paragraph)}
    links = markup.fragment_fromstring(html["vcse-charter"], create_parent="div").iterfind(".//a[@class='xref']")
    wanted = [link.text_content() for link in links]
    assert len(wanted) > 5
    said = []
    for code in charter.body.iter(w("instrText")):
        if (code.text or "").strip().startswith("REF"):
            match = re.fullmatch(r"REF (\w{1,40}) \\w \\h", (code.text or "").strip())
            assert match, code.text
            link = next(code.iterancestors(w("hyperlink")))
            kinds = [mark.get(w("fldCharType")) for mark in link.iter(w("fldChar"))]
            assert link.get(w("anchor")) == match[1] and kinds == ["begin", "separate", "end"]
            assert text(link).endswith(f" {numbers[match[1]]}")
            said.append(text(link))
    assert said == wanted


def test_references_to_subclauses_and_requirements(blank: Document) -> None:
    file = written(
        blank,
        '<h1 class="numbered" id="s" data-number="1">Section</h1><div class="clauses">'
        '<div class="clause" id="c" data-number="1.1"><p>See <a href="#d" class="xref">clause 1.1(a)</a>, '
        '<a href="#r" class="xref">requirement 2</a> and <a href="#d">what follows</a>.</p></div>'
        '<div class="subclause" id="d" data-number="a"><p>Subclause.</p></div></div>'
        '<ol><li id="q"><p>One.</p></li><li id="r"><p>Two.</p></li></ol>',
    )
    assert [code for code in file.fields() if code.startswith("REF")] == ["REF d \\w \\h", "REF r \\w \\h"]
    links = [link for link in file.body.iter(w("hyperlink")) if link.getparent() in file.paragraphs("Clause")]
    assert [text(link) for link in links] == ["clause 1.1(a)", "requirement 2", "what follows"]


@pytest.mark.parametrize("name", NAMES)
def test_every_link_arrives(name: str, files: dict[str, File], html: dict[str, str]) -> None:
    file = files[name]
    names = [mark.get(w("name")) for mark in file.body.iter(w("bookmarkStart"))]
    assert len(names) == len(set(names)) > 5
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", mark) for mark in names)
    ids = [mark.get(w("id")) for mark in file.body.iter(w("bookmarkStart"))]
    assert sorted(ids) == sorted(mark.get(w("id")) for mark in file.body.iter(w("bookmarkEnd")))
    assert all(next(mark.iterancestors(w("p")), None) is not None for mark in file.body.iter(w("bookmarkStart")))
    anchors = [link.get(w("anchor")) for link in file.body.iter(w("hyperlink")) if link.get(w("anchor"))]
    assert set(anchors) | {code.split()[1] for code in file.fields() if code.startswith("REF")} <= set(names)
    ways = etree.fromstring(file.parts["word/_rels/document.xml.rels"])
    targets = {way.get("Id"): way.get("Target") for way in ways}
    assert len(targets) == len(ways)
    outside = [link.get(f"{{{RELATION}}}id")
               for link in file.body.iter(w("hyperlink")) if not link.get(w("anchor"))]  # fmt: skip
    linked = markup.fragment_fromstring(html[name], create_parent="div").xpath("//a/@href")
    assert [targets[id] for id in outside] == [href for href in linked if not href.startswith("#")]
    in_text = [anchor for link, anchor in ((link, link.get(w("anchor"))) for link in file.body.iter(w("hyperlink")))
               if anchor and not style(next(link.iterancestors(w("p")))).startswith("TOC")]  # fmt: skip
    assert len(in_text) == sum(href.startswith("#") for href in linked)


def test_links_hold_when_word_has_named_the_parts(blank: Document, tmp_path: Path) -> None:
    """Who saves the reference document in Word gets ids like those that pandoc gives to links."""
    parts = File((LOOK / "reference.docx").read_bytes()).parts
    ids = re.findall(rb'Id="(\w+)"', parts["word/_rels/document.xml.rels"])
    for number, id in zip((*range(9, 20), 25), ids, strict=True):
        for name in ("word/_rels/document.xml.rels", "word/document.xml"):
            parts[name] = parts[name].replace(b'd="%s"' % id, b'd="rId%d"' % number)
    with zipfile.ZipFile(tmp_path / "reference.docx", "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    address = "https://partnership.example/page"
    html = f'<h1 id="a">A</h1><p><a href="{address}">Page</a></p><h1 id="b">B</h1><p>End.</p>'
    file = File(word.write(blank, html, tmp_path))
    ways = etree.fromstring(file.parts["word/_rels/document.xml.rels"])
    targets = {way.get("Id"): way.get("Target") for way in ways}
    assert len(targets) == len(ways) == len(ids) + 1 - 2, "with the link, without the header and footer of markings"
    [link] = [link for link in file.paragraphs("BodyText")[0].iter(w("hyperlink"))]
    assert targets[link.get(f"{{{RELATION}}}id")] == address
    header = file.root.find(".//w:headerReference", NS)
    assert targets[header.get(f"{{{RELATION}}}id")].startswith("header")


def test_every_id_is_a_bookmark(plan_file: File, html: dict[str, str]) -> None:
    ids = markup.fragment_fromstring(html["forward-plan"], create_parent="div").xpath("//@id")
    names = {mark.get(w("name"))[:31] for mark in plan_file.body.iter(w("bookmarkStart"))}
    assert len(ids) > 100
    assert {re.sub(r"\W", "_", id)[:31] for id in ids} == names


def test_contents_are_filled_and_never_ask(files: dict[str, File]) -> None:
    for name in ("forward-plan", "vcse-charter"):
        file = files[name]
        [code] = [code for code in file.fields() if code.startswith("TOC")]
        assert code.split()[-4:] == ["\\n", "\\h", "\\z", "\\u"]
        headings = file.paragraphs("Heading1", "ClauseHeading", "Heading2")
        entries = file.paragraphs("TOC1", "TOC2")
        numbers = {paragraph: shown for shown, _, paragraph in file.numbers()}
        assert [text(entry) for entry in entries] == [numbers.get(head, "") + text(head) for head in headings]
        assert len(entries) > 7
        for entry, head in zip(entries, headings, strict=True):
            assert entry.find("w:hyperlink", NS).get(w("anchor")) in marks(head)
        kinds = [mark.get(w("fldCharType")) for entry in entries for mark in entry.iter(w("fldChar"))]
        assert kinds == ["begin", "separate", "end"]
    for file in files.values():
        assert b"updateFields" not in file.parts["word/settings.xml"]
        assert not file.root.xpath("//@w:dirty", namespaces=NS)
        open_fields = [mark.get(w("fldCharType")) for mark in file.root.iter(w("fldChar"))]
        assert open_fields.count("begin") == open_fields.count("end") == open_fields.count("separate")


# --- pages ---


def test_action_plans_stand_on_landscape_pages(plan_file: File, html: dict[str, str]) -> None:
    wanted = html["forward-plan"].count('<div class="landscape">')
    assert wanted == 8
    sections = list(plan_file.root.iter(w("sectPr")))
    sizes = [section.find("w:pgSz", NS) for section in sections]
    turned = [size.get(w("orient")) == "landscape" for size in sizes]
    assert turned == [False] + [False, True] * wanted + [False]
    for size, landscape in zip(sizes, turned, strict=True):
        assert (size.get(w("w")), size.get(w("h"))) == (("16838", "11906") if landscape else ("11906", "16838"))
    current, tables = [], []
    for part in plan_file.body.iter(w("tbl"), w("sectPr")):
        if part.tag == w("tbl"):
            current.append(part)
        else:
            tables += [(table, part) for table in current]
            current = []
    for table, section in tables:
        margin, size = section.find("w:pgMar", NS), section.find("w:pgSz", NS)
        width = int(size.get(w("w"))) - int(margin.get(w("left"))) - int(margin.get(w("right")))
        years = "2023/24" in text(table.find("w:tr", NS))
        assert years == (size.get(w("orient")) == "landscape")
        assert int(table.find("w:tblPr/w:tblW", NS).get(w("w"))) == width


def test_headers_and_footers(files: dict[str, File], documents: dict[str, Document]) -> None:
    for name, file in files.items():
        ways = {
            way.get("Id"): way.get("Target") for way in etree.fromstring(file.parts["word/_rels/document.xml.rels"])
        }
        sections = list(file.root.iter(w("sectPr")))
        long = name != "forward-plan-summary"
        for place, section in enumerate(sections):
            named = [part for part in section if part.tag in (w("headerReference"), w("footerReference"))]
            if long and place == 0:
                roots = [file.part(ways[part.get(f"{{{RELATION}}}id")].removesuffix(".xml")) for part in named]
                assert [text(root) for root in roots] == [""], "the cover has a header or a footer"
                assert len(list(roots[0].iter(w("drawing")))) == 2, "the panel and the line below it"
                continue
            size, margin = section.find("w:pgSz", NS), section.find("w:pgMar", NS)
            width = int(size.get(w("w"))) - int(margin.get(w("left"))) - int(margin.get(w("right")))
            shown = {}
            for part in named:
                target = ways[part.get(f"{{{RELATION}}}id")]
                root = file.part(target.removesuffix(".xml"))
                shown[part.tag, part.get(w("type"))] = root
                right = [tab for tab in file.inherited(style(root[0]), "w:pPr/w:tabs") if tab.get(w("val")) == "right"]
                assert [int(tab.get(w("pos"))) for tab in right] == [width]
                assert len(list(root.iter(w("tab")))) == 1
            header, footer = (text(shown[w(kind), "default"]) for kind in ("headerReference", "footerReference"))
            document = documents[name]
            assert header == document.title + {"draft": "DRAFT", "superseded": "SUPERSEDED"}.get(document.status, "")
            assert re.fullmatch(rf"Version {re.escape(document.version)}, \d+ \w+ \d{{4}}Page 1 of 1", footer)
            codes = [code.text.strip() for code in shown[w("footerReference"), "default"].iter(w("instrText"))]
            assert codes == ["PAGE", "NUMPAGES"]
    assert {document.status == "draft" for document in documents.values()} == {True, False}


def test_cover_says_it_all(files: dict[str, File], documents: dict[str, Document]) -> None:
    for name in ("forward-plan", "vcse-charter"):
        file, document = files[name], documents[name]
        cover = []
        for part in file.body:
            cover.append(part)
            if part.find("w:pPr/w:sectPr", NS) is not None:
                break
        said = {style(paragraph): text(paragraph) for paragraph in cover}
        assert said["Title"] == document.title and said["Subtitle"] == document.subtitle
        assert said["CoverAuthor"] == document.author
        assert said.get("CoverStatus", "").strip() == document.sign
        facts = [text(paragraph).replace(":", ": ", 1) for paragraph in cover if style(paragraph) == "CoverFact"]
        assert f"Period: {document.period}" in [" ".join(fact.split()) for fact in facts]
        said_of_it = " ".join(facts)
        assert document.version in said_of_it and str(document.date.year) in said_of_it
        framed = [part for part in cover if part.find("w:pPr/w:framePr", NS) is not None]
        assert [style(part) for part in framed] == ["CoverFact"] * len(facts), "they stand below the panel"
    assert value(files["vcse-charter"].styles["StatusMark"], "w:rPr/w:color") == color("brick")


def test_summary_is_a_leaflet(files: dict[str, File]) -> None:
    file = files["forward-plan-summary"]
    assert [style(paragraph) for paragraph in file.paragraphs()][:3] == [
        "LeafletAuthor",
        "LeafletFact",
        "Heading1Leaflet",
    ]
    assert not file.paragraphs("TOC1", "Title") and not any(code.startswith("TOC") for code in file.fields())
    assert len(list(file.root.iter(w("sectPr")))) == 1
    assert not file.body.xpath("//w:pageBreakBefore[not(@w:val='0')]", namespaces=NS)
    assert value(file.paragraphs("Heading1Leaflet")[0], "w:pPr/w:pageBreakBefore") == "0"


def test_chapters_and_priorities_start_a_page(plan_file: File, html: dict[str, str]) -> None:
    assert plan_file.styles["Heading1"].find("w:pPr/w:pageBreakBefore", NS) is not None
    broken = [style(p) for p in plan_file.paragraphs() if p.find("w:pPr/w:pageBreakBefore", NS) is not None]
    assert len(broken) == html["forward-plan"].count('class="new-page"') and broken.count("Heading2") == 8
    for level in range(1, 5):
        assert plan_file.styles[f"Heading{level}"].find("w:pPr/w:keepNext", NS) is not None


def test_no_column_is_narrower_than_its_longest_word(blank: Document) -> None:
    cells = "<tr><th scope='row'>Commissioning</th><td>" + "Some words. " * 20 + "</td></tr>"
    head = "<thead><tr><th scope='col'>What</th><th scope='col'>Said</th></tr></thead>"
    widths = '<colgroup><col style="width: 10%"><col style="width: 90%"></colgroup>'
    html = f"<h1 id='a'>A</h1><table><caption>C</caption>{widths}{head}<tbody>{cells}</tbody></table>"
    narrow, wide = (int(column.get(w("w"))) for column in written(blank, html).body.iter(w("gridCol")))
    assert narrow > len("Commissioning") * 6.5 * 20 and narrow < wide / 2


def test_what_belongs_together_stays_on_a_page(blank: Document) -> None:
    note = '<div class="note"><p>Note.</p></div>'
    file = written(blank, f"<p>We will:</p><ul><li>One</li></ul><p>Noted.</p>{note}<p>Free.</p>")
    keeps = {text(p): p.find("w:pPr/w:keepNext", NS) is not None for p in file.paragraphs("BodyText", "ListBullet")}
    assert keeps == {"We will:": True, "One": False, "Noted.": True, "Free.": False, "End.": False}


def test_notes_on_subclauses_leave_the_list_whole(blank: Document) -> None:
    sub = '<div class="subclause" id="{0}" data-number="{0}"><p>{0}</p></div>{1}'
    note = '<div class="note"><p>On {}.</p></div>'
    subs = sub.format("a", note.format("a")) + sub.format("b", note.format("b")) + sub.format("c", "")
    clause = (
        f'<div class="clause" id="x" data-number="1.1"><p>Clause.</p></div>{subs}<div class="binds"><p>Who.</p></div>'
    )
    heading = '<h1 class="numbered" id="s" data-number="1">Section</h1>'
    file = written(blank, f'{heading}<div class="clauses">{clause}</div>')
    shown = [text(p) for p in file.paragraphs("Clause", "Subclause", "ClauseNote", "Binds")]
    assert shown == ["Clause.", "a", "b", "c", "On a.", "On b.", "Who."]


# --- tables and pictures ---


@pytest.mark.parametrize("name", NAMES[:2])
def test_tables(name: str, files: dict[str, File], html: dict[str, str]) -> None:
    file = files[name]
    tables = list(file.body.iter(w("tbl")))
    source = markup.fragment_fromstring(html[name], create_parent="div").findall(".//table")
    assert len(tables) == len(source) > 0
    for table, wanted in zip(tables, source, strict=True):
        rows = table.findall("w:tr", NS)
        header = [row.find("w:trPr/w:tblHeader", NS) is not None for row in rows]
        assert header == [True] + [False] * (len(rows) - 1)
        assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)
        look = table.find("w:tblPr/w:tblLook", NS)
        assert look.get(w("firstRow")) == look.get(w("firstColumn")) == "1"
        caption = " ".join(wanted.findtext("caption").split())
        assert value(table, "w:tblPr/w:tblCaption") == caption
        above = table.getprevious()
        assert style(above) == "Caption" and text(above) == caption
        columns = [int(column.get(w("w"))) for column in table.find("w:tblGrid", NS)]
        assert sum(columns) == int(table.find("w:tblPr/w:tblW", NS).get(w("w")))
        for row in rows:
            assert [int(cell.find("w:tcPr/w:tcW", NS).get(w("w"))) for cell in row.iter(w("tc"))] == columns
        shares = [float(re.search(r"[\d.]+", column.get("style"))[0]) for column in wanted.iterfind(".//col")]
        for share, column in zip(shares, columns, strict=False):
            assert abs(column / sum(columns) - share / sum(shares)) < 0.05
    assert file.styles["Caption"].find("w:pPr/w:keepNext", NS) is not None


@pytest.mark.parametrize(
    "html, said",
    [
        ('<p><img src="drawing:none" alt="None"></p>', "the image `drawing:none`: it is not one of"),
        ('<p><img src="https://x.example/a.png" alt="Other"></p>', "the image `https://x.example/a.png`"),
        (
            '<dl class="facts"><div><dt>Target</dt><dd>1</dd></div><div><dt>By</dt></div></dl>',
            "“Target” has 2 <dt>, but 1 <dd>",
        ),
        (
            "<table><caption>T</caption><tr><th>A</th><th colspan='2'>B</th></tr></table>",
            "the table “T” joins cells",
        ),
        (
            "<table><caption>T</caption><colgroup><col><col></colgroup><tr><th>A</th><th>B</th><th>C</th></tr></table>",
            "the table “T” has 2 <col> in its <colgroup>, but 3 headers",
        ),
        (
            "<table><caption>T</caption><tr><th>A</th><th>B</th></tr><tr><th>a</th><td>b</td><td>c</td></tr></table>",
            "the table “T” has 2 headers, but a row of 3 cells",
        ),
        ("<table><caption>T</caption></table>", "the table “T” has no cells"),
    ],
)
def test_what_cannot_be_made_is_a_problem(html: str, said: str, blank: Document) -> None:
    found = problem(blank, html)
    assert said in found.message and found.hint
    assert found.span.path.startswith("templates")


def test_what_stands_in_no_cell_is_a_table_still(blank: Document) -> None:
    file = written(blank, "<table><caption>T</caption><tr><th></th><th></th></tr><tr><td></td><td></td></tr></table>")
    widths = [int(column.get(w("w"))) for column in file.root.iterfind(".//w:tbl/w:tblGrid/w:gridCol", NS)]
    assert len(widths) == 2 and abs(widths[0] - widths[1]) <= 1


def test_a_word_that_nothing_fills_in_is_a_problem(blank: Document, tmp_path: Path) -> None:
    parts = File((LOOK / "reference.docx").read_bytes()).parts
    parts["word/headerPortrait.xml"] = parts["word/headerPortrait.xml"].replace(b"{title}", b"{titel}")
    with zipfile.ZipFile(tmp_path / "reference.docx", "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    with pytest.raises(BuildFailed, match="`{titel}`"):
        word.write(blank, '<h1 id="a">A</h1><p>Text.</p><h1 id="b">B</h1><p>End.</p>', tmp_path)


def test_pictures_have_their_words(plan_file: File, documents: dict[str, Document], blank: Document) -> None:
    pictures = list(plan_file.body.iter(f"{{{NS['wp']}}}docPr"))
    said = [drawing.alternative for drawing in documents["forward-plan"].drawings.values()]
    assert [picture.get("descr") for picture in pictures] == said and said
    assert b"data:image" not in plan_file.parts["word/document.xml"]
    shown = {data for name, data in plan_file.parts.items() if name.startswith("word/media/rId")}
    assert shown == {drawing.png for drawing in documents["forward-plan"].drawings.values()}
    drawn = {"dot": Drawing("A dot.", b"", PIXEL)}
    document = replace(blank, drawings=drawn)
    figure = '<figure><img src="drawing:dot" alt="A dot."><figcaption>One dot</figcaption></figure>'
    file = written(document, figure)
    [picture] = file.paragraphs("Picture")
    assert style(picture.getprevious()) == "Caption" and text(picture.getprevious()) == "One dot"


# --- text, styles, properties, bytes ---


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost(name: str, files: dict[str, File], html: dict[str, str]) -> None:
    body = markup.fragment_fromstring(html[name], create_parent="div")
    said = " ".join("".join(text(paragraph).split()) for paragraph in files[name].paragraphs())
    blocks = [block for block in body.iter("p", "li", "th", "td", "h1", "h2", "h3", "dt", "dd", "caption")
              if not block.xpath(".//p|.//li|.//dl|.//ul")]  # fmt: skip
    assert len(blocks) > 30
    for block in blocks:
        assert "".join(block.text_content().split()) in said


@pytest.mark.parametrize("name", NAMES)
def test_only_real_styles(name: str, files: dict[str, File]) -> None:
    file = files[name]
    used = set(file.root.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val", namespaces=NS))
    assert used <= set(file.styles)
    assert all(style(paragraph) for paragraph in file.paragraphs())
    assert not file.root.xpath("//w:rPr/w:b | //w:rPr/w:i | //w:rPr/w:color | //w:rPr/w:sz", namespaces=NS)
    blank = [p for p in file.paragraphs() if not text(p).strip() and p.find(".//w:drawing", NS) is None]
    assert all(p.find("w:pPr/w:sectPr", NS) is not None for p in blank)
    assert "w:br" not in {f"w:{etree.QName(part).localname}" for part in file.root.iter(etree.Element)}


EVERYTHING = """\
Plain, **bold**, *stressed*, ***both***, `code` and **bold `code`**,  
a new line, [a *link* with `code`](https://x.example), <https://y.example>.

- one
  - two

    > Said in *two*.
    - three
      1. four
         - five
           - six
             - seven

               More of seven.
- > A quotation alone.
- - a list alone
-

> Said, with `code`.
>
> > Said by another.
>
> - In a quotation
>
>   > Said there.
>
> 7. Seventh

12. twelfth

    More of it.

    > Said of it.
13. thirteenth
    1) nested
* loose

* items
"""


def test_styles_of_all_that_a_text_may_hold(blank: Document) -> None:
    html = from_markdown(EVERYTHING)
    clause = f'<div class="clause" id="c" data-number="1.1"><p>Clause.</p>{html}</div>'
    sub = f'<div class="subclause" id="d" data-number="a"><p>Subclause.</p>{html}</div>'
    section = f'<h1 class="numbered" id="s" data-number="1">Section</h1><div class="clauses">{clause}{sub}</div>'
    note = f'<div class="note">{html}</div><div class="callout">{html}</div>'
    file = written(blank, f'<div class="prose">{html}</div>{note}{section}')
    used = set(file.root.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val", namespaces=NS))
    assert {"BlockText", "VerbatimChar", "Strong", "Hyperlink", "ListBullet", "ListBullet5", "ListNumber"} <= used
    assert used <= set(file.styles)
    said = " ".join(text(paragraph) for paragraph in file.paragraphs())
    for words in ("More of seven.", "Said there.", "thirteenth", "nested", "https://y.example"):
        assert said.count(words) == 5
    for link in file.body.iter(w("hyperlink")):
        assert {value(words, "w:rPr/w:rStyle") for words in link.iter(w("r"))} <= {"Hyperlink", ""}
        assert link.get(w("anchor")) or all(value(words, "w:rPr/w:rStyle") for words in link.iter(w("r")))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_twelve_points_at_least(name: str, files: dict[str, File]) -> None:
    file = files[name]
    used = {style(paragraph) for paragraph in file.paragraphs() if text(paragraph)}
    used |= {value(words, "w:rPr/w:rStyle") for words in file.body.iter(w("r"))} - {""}
    assert {"BodyText", "TOC1" if "summary" not in name else "Heading1Leaflet"} <= used
    sizes = {style_id: file.inherited(style_id, "w:rPr/w:sz") for style_id in used}
    assert not [style_id for style_id, size in sizes.items() if size is not None and int(size.get(w("val"))) < 24]
    assert not list(file.body.iter(w("sz"))), "sizes stand in styles"


def test_look(charter: File) -> None:
    defaults = charter.part("styles").find("w:docDefaults/w:rPrDefault/w:rPr", NS)
    assert defaults.find("w:rFonts", NS).get(w("ascii")) == DESIGN.type.family
    assert value(defaults, "w:sz") == "24" and value(defaults, "w:lang") == "en-GB"
    assert value(charter.styles["Hyperlink"], "w:rPr/w:color") == color("link")
    assert value(charter.styles["Hyperlink"], "w:rPr/w:u") == "single"
    settings = charter.part("settings")
    assert value(settings, "w:compat/w:compatSetting") == "15"
    assert value(settings, "w:themeFontLang") == "en-GB"
    assert [text(p) for p in charter.paragraphs("Commitment")] and charter.paragraphs("Binds", "ClauseNote")
    for paragraph in charter.paragraphs("Commitment"):
        assert value(paragraph.findall("w:r", NS)[-1], "w:rPr/w:rStyle") == "Strong"
    bold_twice = charter.inherited("Commitment", "w:rPr/w:b")
    assert bold_twice is None, "Word takes bold in a bold paragraph as not bold"


@pytest.mark.parametrize("name", NAMES)
def test_properties(name: str, files: dict[str, File], documents: dict[str, Document]) -> None:
    root = etree.fromstring(files[name].parts["docProps/core.xml"])
    said = {etree.QName(part).localname: part.text for part in root}
    document = documents[name]
    assert said["title"] == document.title and said["creator"] == document.author
    assert said["subject"] == document.subtitle and said["description"] == document.description
    assert said["language"] == "en-GB" and said["version"] == document.version
    assert said["created"] == said["modified"] == f"{document.date}T00:00:00Z"
    assert said.get("contentStatus") == (document.status.capitalize() or None)


@pytest.mark.parametrize("name", NAMES)
def test_same_bytes(name: str, made: dict[str, bytes], documents: dict[str, Document], html: dict[str, str]) -> None:
    assert word.write(documents[name], html[name], LOOK) == made[name]
    file = File(made[name])
    assert {info.date_time for info in file.infos} == {(1980, 1, 1, 0, 0, 0)}
    names = [info.filename for info in file.infos]
    assert names[0] == "[Content_Types].xml" and names[1:] == sorted(names[1:])


def reference_script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(LOOK))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location("make_reference", LOOK / "make_reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_document_is_what_its_script_makes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    module = reference_script(monkeypatch)
    module.write(tmp_path / "reference.docx")
    made, kept = (File(path.read_bytes()).parts for path in (tmp_path / "reference.docx", LOOK / "reference.docx"))
    assert made == kept, "run templates/word/make_reference.py"
