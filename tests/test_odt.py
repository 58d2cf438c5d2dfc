"""The ODT files as word processors and their readers find them: numbers, references, contents, pages, tables, links."""

from __future__ import annotations

import importlib.util
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files as resources
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as markup

from conftest import PROJECT
from pswkdocs import odt
from pswkdocs.drawing import Drawing
from pswkdocs.edition import Document
from pswkdocs.model.charter import Charter
from pswkdocs.model.content import Content
from pswkdocs.numbers import roman
from pswkdocs.problems import BuildFailed, Problem
from test_word import EVERYTHING, PIXEL, from_markdown

LOOK = PROJECT / "templates" / "odt"
NAMES = ("forward-plan", "forward-plan-summary", "vcse-charter")


@dataclass
class File:
    """An ODT file, opened."""

    data: bytes

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            self.infos = package.infolist()
            self.parts = {info.filename: package.read(info) for info in self.infos}
        self.content, self.look = (etree.fromstring(self.parts[f"{name}.xml"]) for name in ("content", "styles"))
        self.names = {prefix: uri for prefix, uri in (self.look.nsmap | self.content.nsmap).items() if prefix}
        [self.body] = self.find("office:body/office:text")
        self.styles = {self.own(style, "style:name"): style for style in self.find(".//style:style")}
        self.styles |= {self.own(style, "style:name"): style for style in self.find(".//style:style", self.look)}

    def find(self, path: str, at: etree._Element | None = None) -> list[etree._Element]:
        return (self.content if at is None else at).findall(path, self.names)

    def own(self, element: etree._Element, name: str) -> str:
        prefix, _, local = name.partition(":")
        return element.get(f"{{{self.names[prefix]}}}{local}", "")

    def paragraphs(self, *styles: str) -> list[etree._Element]:
        found = [part for part in self.body.iter() if etree.QName(part).localname in ("p", "h")]
        return [part for part in found if not styles or self.style(part) in styles]

    def style(self, element: etree._Element) -> str:
        """The named style of a paragraph."""
        name = self.own(element, "text:style-name")
        return self.own(self.styles[name], "style:parent-style-name") if re.fullmatch(r"Paragraph\d+", name) else name

    def said(self, element: etree._Element, name: str) -> str:
        """What a paragraph or a table says of its own place: `fo:break-before`, `style:master-page-name`."""
        own = self.styles.get(self.own(element, "text:style-name") or self.own(element, "table:style-name"))
        parts = [] if own is None else [own, *own]
        return next((value for part in parts if (value := self.own(part, name))), "")

    def marks(self, element: etree._Element) -> list[str]:
        return [self.own(mark, "text:name") for mark in self.find(".//text:bookmark", element)]

    def numbers(self) -> Iterator[tuple[str, str, etree._Element]]:
        """What programs print before each clause, and what they print where another refers to it."""
        counts: list[int] = [0, 0, 0]
        for item in self.body.iter(f"{{{self.names['text']}}}list-item"):
            above = [part for part in item.iterancestors() if etree.QName(part).localname == "list"]
            if self.own(above[-1], "text:style-name") == "Clauses" and etree.QName(item[0]).localname in ("p", "h"):
                level = len(above) - 1
                counts[level:] = [counts[level] + 1, *[0] * (2 - level)]
                clause = f"{counts[0]}.{counts[1]}"
                letter = f"({chr(96 + counts[2])})"
                shown = (f"{counts[0]}.", clause, letter)[level]
                yield shown, (str(counts[0]), clause, clause + letter)[level], item[0]

    def master(self, name: str) -> etree._Element:
        [page] = [page for page in self.find(".//style:master-page", self.look) if self.own(page, "style:name") == name]
        return page


def text(element: etree._Element) -> str:
    return str(element.xpath("string()"))


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.fixture(scope="session")
def made(documents: dict[str, Document], html: dict[str, str]) -> dict[str, bytes]:
    """Each document's ODT file by its name."""
    return {name: odt.write(documents[name], html[name], LOOK) for name in documents}


@pytest.fixture
def files(made: dict[str, bytes]) -> dict[str, File]:
    """Some of the ODT files, opened anew for each test."""
    return {name: File(made[name]) for name in NAMES}


@pytest.fixture
def charter(files: dict[str, File]) -> File:
    return files["vcse-charter"]


@pytest.fixture
def blank(documents: dict[str, Document]) -> Document:
    return documents["vcse-charter"]


def written(document: Document, html: str) -> File:
    """A small document of two chapters."""
    return File(odt.write(document, f'<h1 id="first">First</h1>{html}<h1 id="last">Last</h1><p>End.</p>', LOOK))


def problem(document: Document, html: str) -> Problem:
    """The one problem of a small document that cannot be made."""
    with pytest.raises(BuildFailed) as failed:
        written(document, html)
    [found] = failed.value.problems
    return found


TWO = '<h1 id="first">First</h1><p>Text.</p><h1 id="last">Last</h1><p>End.</p>'
SECTION = '<h1 class="numbered" id="s" data-number="1">Section</h1><div class="clauses">{}</div>'
CLAUSE = '<div class="clause" id="c" data-number="1.1"><p>Clause.</p>{}</div>'


# --- the standard ---


def test_every_file_keeps_to_the_schema_of_opendocument(made: dict[str, bytes]) -> None:
    folder = resources("openxml_audit") / "odf/schemas/odf-1.3"
    schemas = {
        name: etree.RelaxNG(etree.parse(str(folder / f"OpenDocument-v1.3-{name}.rng")))
        for name in ("schema", "manifest-schema")
    }
    for name, data in made.items():
        for part, content in File(data).parts.items():
            if part.endswith(".xml"):
                schema = schemas["manifest-schema" if part.startswith("META-INF") else "schema"]
                assert schema.validate(etree.fromstring(content)), (name, part, schema.error_log)


def test_the_package_is_what_programs_expect(charter: File) -> None:
    assert charter.infos[0].filename == "mimetype" and charter.infos[0].compress_type == zipfile.ZIP_STORED
    assert charter.parts["mimetype"] == b"application/vnd.oasis.opendocument.text"
    names = [info.filename for info in charter.infos[1:]]
    assert names == sorted(names) and {info.date_time for info in charter.infos} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_says_what_it_is(files: dict[str, File], documents: dict[str, Document]) -> None:
    for name, file in files.items():
        document, about = documents[name], etree.fromstring(file.parts["meta.xml"])
        said = {etree.QName(part).localname: part.text for part in about[0]}
        assert said["title"] == document.title and said["initial-creator"] == document.author
        assert said["subject"] == document.subtitle and said["description"] == document.description
        assert said["language"] == "en-GB" and said["date"] == f"{document.date}T00:00:00"


def test_the_font_travels_with_the_file(charter: File) -> None:
    for root in (charter.content, charter.look):
        [face] = charter.find(".//style:font-face", root)
        assert charter.own(face, "svg:font-family") == "'Atkinson Hyperlegible Next', Arial"
        fonts = [charter.own(uri, "xlink:href") for uri in charter.find(".//svg:font-face-uri", face)]
        assert len(fonts) == 3 and all(charter.parts[font][:4] == b"\0\1\0\0" for font in fonts)


def test_the_same_bytes_again(documents: dict[str, Document], html: dict[str, str], made: dict[str, bytes]) -> None:
    for name in NAMES:
        assert odt.write(documents[name], html[name], LOOK) == made[name]


def test_the_reference_document_is_what_its_script_makes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(LOOK))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location("make_odt_reference", LOOK / "make_reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write(tmp_path / "reference.odt")
    made, kept = (File(path.read_bytes()).parts for path in (tmp_path / "reference.odt", LOOK / "reference.odt"))
    assert made == kept, "run templates/odt/make_reference.py"


# --- numbers ---


def test_the_numbers_of_the_charter_arrive(charter: File, content: Content) -> None:
    expected = []
    for record in content.every(Charter):
        for section in record.sections:
            expected.append((f"{section.number}.", section.number))
            for clause in section.clauses:
                expected.append((clause.number, clause.number))
                expected += [(f"({sub.letter})", f"{clause.number}({sub.letter})") for sub in clause.subclauses]
    assert len(expected) > 60
    assert [(shown, whole) for shown, whole, _ in charter.numbers()] == expected


def test_each_number_stands_at_its_own_text(charter: File, html: dict[str, str]) -> None:
    starts = {}
    for part in markup.fragment_fromstring(html["vcse-charter"], create_parent="div").iterfind(".//*[@data-number]"):
        first = part.find("p") if part.tag == "div" else part
        starts[part.get("id").replace("-", "_")[:31]] = (part.get("data-number"), squeezed(first.text_content()))
    found = {
        mark[:31]: (shown.strip("()."), squeezed(text(paragraph)))
        for shown, _, paragraph in charter.numbers()
        for mark in charter.marks(paragraph)
    }
    assert found == starts and len(found) > 60


def test_no_number_is_typed(files: dict[str, File]) -> None:
    typed = re.compile(r"\s*(\d+[.)]|\d+\.\d+|\(?[a-z]\)|[a-z]\.)\s")
    for file in files.values():
        for paragraph in file.paragraphs():
            if not file.style(paragraph).startswith(("Contents", "Table")):
                assert not typed.match(text(paragraph)), text(paragraph)


def test_a_gap_in_the_numbers_is_a_problem(documents: dict[str, Document], html: dict[str, str]) -> None:
    with pytest.raises(BuildFailed) as failed:
        odt.write(documents["vcse-charter"], html["vcse-charter"].replace('number="3.4"', 'number="3.5"'), LOOK)
    [found] = failed.value.problems
    assert "has the number “3.5” in the content, but an ODT file counts “3.4”" in found.message and found.hint


def test_a_clause_without_a_number_is_a_problem(blank: Document) -> None:
    sub = '<div class="subclause" id="d" data-number="a"><ul><li>Point.</li></ul></div>'
    found = problem(blank, SECTION.format(CLAUSE.format("") + sub))
    assert "clause 1.1(a) " in found.message and "counts none" in found.message


def test_what_follows_in_a_clause_stands_in_with_it(blank: Document) -> None:
    file = written(blank, SECTION.format(CLAUSE.format("<p>More.</p><ul><li>Point.</li></ul>")))
    assert [text(paragraph) for paragraph in file.paragraphs("Clause_20_Text")] == ["More."]
    [point] = [part for part in file.find(".//text:list") if file.own(part, "text:style-name").startswith("Bullets")]
    assert file.own(point, "text:style-name") == "Bullets_20_2"
    assert [text(paragraph) for paragraph in file.paragraphs("List_20_Bullet_20_3")] == ["Point."]


def test_lists_of_numbers_start_where_they_say(blank: Document) -> None:
    file = written(blank, from_markdown("3. three\n4. four\n   1. inner\n\nBetween.\n\n1. one"))
    lists = [part for part in file.find(".//text:list") if file.own(part, "text:style-name") == "Numbers"]
    assert [file.own(one[0], "text:start-value") for one in lists] == ["3", "1", "1"]
    assert not any(file.own(item, "text:start-value") for one in lists for item in one[1:])


# --- references, contents, links ---


def test_references_are_fields_that_say_the_number(charter: File, html: dict[str, str]) -> None:
    numbers = {mark: whole for _, whole, paragraph in charter.numbers() for mark in charter.marks(paragraph)}
    links = markup.fragment_fromstring(html["vcse-charter"], create_parent="div").iterfind(".//a[@class='xref']")
    wanted = [link.text_content() for link in links]
    said = []
    for link in charter.find(".//text:a"):
        for number in charter.find("text:bookmark-ref", link):
            if charter.own(number, "text:reference-format") == "number-all-superior":
                name = charter.own(number, "text:ref-name")
                assert charter.own(link, "xlink:href") == f"#{name}" and number.text == numbers[name]
                said.append(text(link))
    assert said == wanted and len(said) > 5


@pytest.mark.parametrize("name", NAMES)
def test_every_link_arrives(name: str, files: dict[str, File], html: dict[str, str]) -> None:
    file = files[name]
    names = file.marks(file.body)
    assert len(names) == len(set(names)) > 5
    ids = markup.fragment_fromstring(html[name], create_parent="div").xpath("//@id")
    assert {re.sub(r"\W", "_", id)[:31] for id in ids} == {mark[:31] for mark in names}
    shown = [file.own(link, "xlink:href") for part in file.paragraphs() for link in file.find(".//text:a", part)
             if not file.style(part).startswith("Contents")]  # fmt: skip
    linked = markup.fragment_fromstring(html[name], create_parent="div").xpath("//a/@href")
    assert [href for href in shown if href[0] != "#"] == [href for href in linked if href[0] != "#"]
    assert len(shown) == len(linked)
    inside = {file.own(link, "xlink:href")[1:] for link in file.find(".//text:a")} - {""}
    assert {href for href in inside if "/" not in href} <= set(names)


def test_contents_are_filled_and_count_pages_themselves(files: dict[str, File]) -> None:
    for name in ("forward-plan", "vcse-charter"):
        file = files[name]
        numbers = {paragraph: shown for shown, _, paragraph in file.numbers()}
        heads = [head for head in file.paragraphs() if file.own(head, "text:outline-level") in ("1", "2")]
        entries = file.paragraphs("Contents_20_1", "Contents_20_2")
        assert [text(entry) for entry in entries] == [numbers.get(head, "") + text(head) for head in heads]
        for entry, head in zip(entries, heads, strict=True):
            [link], [page] = file.find("text:a", entry), file.find("text:a/text:bookmark-ref", entry)
            assert file.own(link, "xlink:href")[1:] in file.marks(head) and file.own(page, "text:ref-name")
            assert file.own(page, "text:reference-format") == "page" and not page.text


# --- pages ---


def test_action_plans_stand_on_landscape_pages(files: dict[str, File], html: dict[str, str]) -> None:
    file = files["forward-plan"]
    page, turned, starts = "", [], []
    layouts = {file.own(look, "style:name"): look[0] for look in file.find(".//style:page-layout", file.look)}
    for part in file.body.iter():
        if kind := file.said(part, "style:master-page-name"):
            page = kind
            starts.append(kind)
        if etree.QName(part).localname == "table":
            turned.append("2023/24" in text(file.find("table:table-header-rows", part)[0]))
            assert turned[-1] == (page == "landscape")
            sides = ("page-width", "margin-left", "margin-right")
            wide, left, right = (float(file.own(layouts[page], f"fo:{side}")[:-2]) for side in sides)
            assert float(file.said(part, "style:width")[:-2]) == pytest.approx(wide - left - right, abs=0.01)
    wanted = html["forward-plan"].count('<div class="landscape">')
    assert sum(turned) == wanted == 8
    assert starts == ["cover", "portrait", *["landscape", "portrait"] * wanted]


def test_headers_and_footers(files: dict[str, File], documents: dict[str, Document]) -> None:
    for name, file in files.items():
        document = documents[name]
        for kind in ("portrait", "landscape"):
            [header], [footer] = (file.find(f"style:{part}", file.master(kind)) for part in ("header", "footer"))
            assert text(header) == document.title + document.sign
            assert re.fullmatch(rf"Version {re.escape(document.version)}, \d+ \w+ \d{{4}}Page 1 of 1", text(footer))
            assert file.find(".//text:page-number", footer) and file.find(".//text:page-count", footer)
        assert "{" not in text(file.look)


def test_a_marking_stands_on_every_page(blank: Document) -> None:
    file = written(replace(blank, marking="For staff only"), "<p>Text.</p>")
    for master in file.find(".//style:master-page", file.look):
        assert {etree.QName(part).localname for part in master} == {"header", "footer"}
        assert all("For staff only" in text(part) for part in master)
    assert [text(line) for line in file.paragraphs("Cover_20_Marking")] == ["For staff only"]
    assert "{" not in text(written(blank, "<p>Text.</p>").look)


def test_a_draft_within_a_pack_is_marked_on_its_pages_alone(made: dict[str, bytes]) -> None:
    file = File(made["icp-2023-07-24-pack"])
    starts = [said for part in file.paragraphs() if (said := file.said(part, "style:master-page-name"))]
    assert starts == ["cover", "portrait", "portrait_20_DRAFT", "portrait", "portrait_20_DRAFT", "portrait"]
    for name, sign in (("portrait", ""), ("portrait_20_DRAFT", "DRAFT")):
        assert text(file.find("style:header", file.master(name))[0]).endswith(f"ICP, 24 July 2023{sign}")


def test_a_supplement_goes_on_from_the_pack(blank: Document) -> None:
    file = written(replace(blank, first_page=41), "<p>Text.</p>")
    assert file.said(file.paragraphs()[0], "style:page-number") == "41"
    [last] = {file.own(ref, "text:ref-name") for ref in file.find(".//text:bookmark-ref", file.look)}
    assert last in file.marks(file.paragraphs()[-1]) and not file.find(".//text:page-count", file.look)


def test_summary_is_a_leaflet(files: dict[str, File]) -> None:
    file = files["forward-plan-summary"]
    styles = [file.style(paragraph) for paragraph in file.paragraphs()]
    assert styles[:3] == ["Leaflet_20_Author", "Leaflet_20_Fact", "Heading_20_1_20_Leaflet"]
    assert not file.find(".//text:table-of-content")
    assert file.said(file.paragraphs()[0], "style:master-page-name") == "leaflet"
    assert file.own(file.master("leaflet"), "style:next-style-name") == "leaflet_20_on"
    assert not [part for part in file.paragraphs() if file.said(part, "fo:break-before") == "page"]
    assert file.said(file.paragraphs("Heading_20_1_20_Leaflet")[0], "fo:break-before") == "auto"


# --- tables and pictures ---


@pytest.mark.parametrize("name", NAMES[:2])
def test_tables(name: str, files: dict[str, File], html: dict[str, str]) -> None:
    file = files[name]
    tables = file.find(".//table:table")
    source = markup.fragment_fromstring(html[name], create_parent="div").findall(".//table")
    assert len(tables) == len(source) > 0
    for table, wanted in zip(tables, source, strict=True):
        caption = " ".join(wanted.findtext("caption").split())
        above = table.getprevious()
        assert text(file.find("table:title", table)[0]) == text(above) == caption and file.style(above) == "Caption"
        [head] = file.find("table:table-header-rows/table:table-row", table)
        assert {file.style(part) for part in head.iter() if file.own(part, "text:style-name")} == {"Table_20_Heading"}
        rows = file.find(".//table:table-row", table)
        assert {file.said(row, "fo:keep-together") for row in rows} == {"always"}
        assert len(file.find("table:table-header-columns/table:table-column", table)) == 1
        columns = [
            float(file.said(column, "style:column-width")[:-2]) for column in file.find(".//table:table-column", table)
        ]
        assert {len(row) for row in rows} == {len(columns)}
        assert sum(columns) == pytest.approx(float(file.said(table, "style:width")[:-2]), abs=0.1)
        shares = [float(re.search(r"[\d.]+", column.get("style"))[0]) for column in wanted.iterfind(".//col")]
        for share, column in zip(shares, columns, strict=False):
            assert abs(column / sum(columns) - share / sum(shares)) < 0.03


def test_pictures_have_their_words(files: dict[str, File], documents: dict[str, Document], blank: Document) -> None:
    file, document = files["forward-plan"], documents["forward-plan"]
    said = [text(words) for words in file.find(".//draw:frame/svg:desc")]
    assert said == [drawing.alternative for drawing in document.drawings.values()] and said
    shown = {file.parts[file.own(image, "xlink:href")] for image in file.find(".//draw:image")}
    assert shown == {drawing.png for drawing in document.drawings.values()}
    small = replace(blank, drawings={"dot": Drawing("A dot.", b"", PIXEL)})
    figure = '<figure><img src="drawing:dot" alt="A dot."><figcaption>One dot</figcaption></figure>'
    [picture] = (file := written(small, figure)).paragraphs("Picture")
    assert file.style(picture.getprevious()) == "Caption" and text(picture.getprevious()) == "One dot"


# --- text, styles ---


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost(name: str, files: dict[str, File], html: dict[str, str]) -> None:
    body = markup.fragment_fromstring(html[name], create_parent="div")
    said = " ".join(squeezed(text(paragraph)) for paragraph in files[name].paragraphs())
    blocks = [block for block in body.iter("p", "li", "th", "td", "h1", "h2", "h3", "dt", "dd", "caption")
              if not block.xpath(".//p|.//li|.//dl|.//ul")]  # fmt: skip
    assert len(blocks) > 30
    for block in blocks:
        assert squeezed(block.text_content()) in said


def test_styles_of_all_that_a_text_may_hold(blank: Document) -> None:
    html = from_markdown(EVERYTHING)
    sub = f'<div class="subclause" id="d" data-number="a"><p>Subclause.</p>{html}</div>'
    note = f'<div class="note">{html}</div><div class="callout">{html}</div>'
    file = written(blank, f'<div class="prose">{html}</div>{note}{SECTION.format(CLAUSE.format(html) + sub)}')
    used = {file.own(part, "text:style-name") for part in file.body.iter() if not isinstance(part, etree._Comment)} - {
        ""
    }
    lists = {file.own(one, "style:name") for one in file.find(".//text:list-style", file.look)}
    assert {"Quotations", "Source_20_Text", "Strong_20_Emphasis", "Emphasis", "List_20_Bullet_20_5"} <= used
    assert used <= {*file.styles, *lists}
    said = " ".join(text(paragraph) for paragraph in file.paragraphs())
    for words in ("More of seven.", "Said there.", "thirteenth", "nested", "https://y.example"):
        assert said.count(words) == 5


def test_what_cannot_be_shown_is_a_problem(blank: Document) -> None:
    found = problem(blank, "<p>Before <video>a film</video></p>")
    assert found.message == "an ODT file cannot show <video>, as in “a film”"
    inner = "<table><caption>T</caption><tr><th>A</th></tr><tr><th>B</th></tr></table>"
    assert "cannot show a table within a list" in problem(blank, f"<ul><li>{inner}</li></ul>").message
    joined = "<table><caption>T</caption><tr><th>A</th><th colspan='2'>B</th></tr></table>"
    assert "the table “T” joins cells" in problem(blank, joined).message
    assert problem(blank, "<table><caption>T</caption></table>").message == "the table “T” has no cells"
    assert "the heading “Aims” has no id" in problem(blank, "<h2>Aims</h2>").message


def test_comments_and_empty_cells_are_no_mistake(blank: Document) -> None:
    table = "<table><caption>T</caption><tr><!-- a --><th></th><th></th></tr><tr><td></td><td></td></tr></table>"
    file = written(blank, f"<!-- b --><p>Be<!-- c -->fore <b><!-- d -->it</b>.</p>{table}")
    assert "Before it." in [text(line) for line in file.paragraphs("Text_20_body")]
    assert len(file.find(".//table:table-column", file.content)) == 2


def changed(folder: Path, part: str, before: str, after: str) -> Path:
    """A folder with our reference document, changed in one place of a part."""
    parts = File((LOOK / "reference.odt").read_bytes()).parts
    words = parts[part].decode()
    assert before in words
    with zipfile.ZipFile(folder / "reference.odt", "w") as package:
        for name, data in (parts | {part: words.replace(before, after).encode()}).items():
            package.writestr(name, data)
    return folder


def test_a_word_that_nothing_fills_in_is_a_problem(blank: Document, tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match="`{titel}`"):
        odt.write(blank, TWO, changed(tmp_path, "styles.xml", "{title}", "{titel}"))


def test_a_page_may_have_nothing_but_markings_above_and_below(blank: Document, tmp_path: Path) -> None:
    with zipfile.ZipFile(LOOK / "reference.odt") as file:
        styles = file.read("styles.xml").decode()
    page = next(each for each in re.findall(r"<style:master-page.*?</style:master-page>", styles) if "{title}" in each)
    marking = re.search(r'<text:p text:style-name="Marking">.*?</text:p>', page)
    assert marking
    plain = re.sub(r"(<style:(header|footer)>).*?(</style:\2>)", rf"\1{marking[0]}\3", page)
    file = File(odt.write(blank, TWO, changed(tmp_path, "styles.xml", page, plain)))
    layouts = [file.own(layout, "style:name") for layout in file.find(".//style:page-layout", file.look)]
    assert len(set(layouts)) == len(layouts)
    used = {file.own(master, "style:page-layout-name") for master in file.find(".//style:master-page", file.look)}
    assert used <= set(layouts)


@pytest.mark.parametrize(("number", "letters"), [(4, "iv"), (39, "xxxix"), (40, "xl"), (49, "xlix"), (90, "xc")])
def test_roman_numbers_go_on_after_forty(number: int, letters: str) -> None:
    assert roman(number) == letters
