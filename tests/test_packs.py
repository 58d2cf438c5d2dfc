"""Meeting packs as members of the meeting find them: numbers of pages, markings, papers from elsewhere, late ones.

The small content of `cases/problems/_base` with a meeting of its own, whose PDFs are made here.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
import typst
from lxml import etree

from conftest import CASES, PROJECT
from pswkdocs import elsewhere, pdf, pipeline, typesetting, word
from pswkdocs.config import Config
from pswkdocs.edition import Document, Download
from pswkdocs.plan import plan
from pswkdocs.problems import BuildFailed, Problem, as_text
from pswkdocs.render import Renderer

BASE, CASE = CASES / "problems" / "_base", CASES / "packs"
TEMPLATES = PROJECT / "templates"
MEETING = "content/meetings/board-2026-02-10"
PACK, SUPPLEMENT, CLOSED = (f"board-2026-02-10-{name}" for name in ("pack", "pack-supplement", "closed-pack"))
RUNNING = "Board 10 February 2026"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def a_pdf(*pages: str) -> bytes:
    """A PDF with these texts, a page each; what starts with `wide` lies on its side."""
    sheets = (f"#page(flipped: {str(text.startswith('wide')).lower()})[{text}]" for text in pages)
    return bytes(typst.compile("\n".join(sheets).encode()))


def a_project(folder: Path) -> Path:
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    shutil.copytree(CASE, folder, dirs_exist_ok=True)
    shutil.copytree(TEMPLATES, folder / "templates")
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    papers = {
        "survey": a_pdf("Seven of ten are glad.", "wide Quokkas", "Third"),
        "tables": a_pdf("Numbers"),
        "offer": a_pdf("Secret offer"),
    }
    for name, data in papers.items():
        (folder / MEETING / f"{name}.pdf").write_bytes(data)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return a_project(tmp_path)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The packs for those who may see all, by the names of their files."""
    folder = a_project(tmp_path_factory.mktemp("packs"))
    return made(folder, PACK, SUPPLEMENT, CLOSED)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = a_project(tmp_path_factory.mktemp("html"))
    edition = plan(pipeline.read(Config(folder))[0], "restricted")
    renderer = Renderer(folder / "templates", folder / "build")
    return {document.name: renderer.document(document, edition) for document in edition.documents}


def made(project: Path, *names: str) -> dict[str, bytes]:
    paths = pipeline.export(Config(project, "restricted"), names, project / "out").values()
    return {path.name: path.read_bytes() for path in paths}


def texts(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as file:
        return [page.extract_text() for page in file.pages]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def fields(body: etree._Element, code: str) -> list[str]:
    said = ((part.text or "").split() for part in body.iter(w("instrText")))
    return [words[1] for words in said if words[0] == code]


def bookmarks(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from bookmarks(item.children)


def page_of(file: pikepdf.Pdf, destination: pikepdf.Object) -> int:
    """The place of the page that a link or a bookmark leads to."""
    if isinstance(destination, pikepdf.String):
        destination = pikepdf.NameTree(file.Root.Names.Dests)[str(destination)]
        destination = destination.D if isinstance(destination, pikepdf.Dictionary) else destination
    return next(number for number, page in enumerate(file.pages) if page.obj.objgen == destination[0].objgen)


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    children = parent.get("/K", ())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def small(marking: str = "", running: str = "", papers: dict[str, bytes] | None = None) -> Document:
    facts = dict.fromkeys(("subtitle", "template", "status", "period", "version", "author", "description"), "x")
    return Document(
        name="small", title="A small document", date=date(2026, 1, 31), context={}, marking=marking, running=running,
        papers=papers or {}, **facts,
    )  # fmt: skip


# --- numbers of pages ---


@pytest.mark.parametrize("name", [PACK, CLOSED])
def test_every_page_has_its_number(name: str, files: dict[str, bytes]) -> None:
    pages = texts(files[f"{name}.pdf"])
    assert len(pages) > 8
    for number, text in enumerate(pages[1:], 2):
        assert f"{RUNNING} Page {number} of {len(pages)}" in text
        assert "Version" not in text


def test_a_supplement_goes_on_from_its_pack(files: dict[str, bytes]) -> None:
    before, pages = len(texts(files[f"{PACK}.pdf"])), texts(files[f"{SUPPLEMENT}.pdf"])
    for number, text in enumerate(pages[1:], before + 2):
        assert f"{RUNNING} Page {number} of {before + len(pages)}" in text
    with pikepdf.open(io.BytesIO(files[f"{SUPPLEMENT}.pdf"])) as file:
        assert [page.label for page in file.pages] == [str(before + 1 + number) for number in range(len(pages))]


def test_a_supplement_goes_on_in_word(files: dict[str, bytes]) -> None:
    before = len(texts(files[f"{PACK}.pdf"]))
    found = parts(files[f"{SUPPLEMENT}.docx"])
    body = etree.fromstring(found["word/document.xml"])
    starts = [section.find(w("pgNumType")) for section in body.iter(w("sectPr"))]
    assert [start is not None for start in starts] == [True] + [False] * (len(starts) - 1) and len(starts) > 1
    assert starts[0].get(w("start")) == str(before + 1)
    (end,) = set(fields(etree.fromstring(found["word/footerPortrait.xml"]), "PAGEREF"))
    *_, last = body[0].iter(w("p"))
    assert end in [mark.get(w("name")) for mark in last.iter(w("bookmarkStart"))]
    pack = parts(files[f"{PACK}.docx"])
    assert b"pgNumType" not in pack["word/document.xml"] and b"NUMPAGES" in pack["word/footerPortrait.xml"]


def test_a_supplement_follows_every_change_of_its_pack(project: Path) -> None:
    def first() -> str:
        name = f"{SUPPLEMENT}.docx"
        found = re.search(rb'pgNumType w:start="(\d+)"', parts(made(project, name)[name])["word/document.xml"])
        assert found
        return found[1].decode()

    before = int(first())
    (project / MEETING / "survey.pdf").write_bytes(a_pdf("One", "Two", "Three", "Four", "Five"))
    assert int(first()) == before + 2


def test_the_agenda_says_on_which_page_an_item_stands(files: dict[str, bytes], html: dict[str, str]) -> None:
    for name in (PACK, CLOSED, SUPPLEMENT):
        asked = html[name].count('class="page-of"')
        assert asked
        first = len(texts(files[f"{PACK}.pdf"])) + 1 if name == SUPPLEMENT else 1
        said = []
        data = files[f"{name}.pdf"]
        with pikepdf.open(io.BytesIO(data)) as file, pdfplumber.open(io.BytesIO(data)) as shown:
            for page, seen in zip(file.pages[2:], shown.pages[2:], strict=True):
                for link in page.get("/Annots", ()):
                    if "/Dest" not in link and "/D" not in link.get("/A", {}):
                        continue
                    x0, y0, x1, y1 = map(float, link.Rect)
                    box = (x0 - 1, float(seen.height) - y1 - 1, x1 + 1, float(seen.height) - y0 + 1)
                    text = seen.crop(box, strict=False).extract_text().strip()
                    if text.isdigit():
                        target = link.Dest if "/Dest" in link else link.A.D
                        said.append((int(text), page_of(file, target) + first))
        assert len(said) == asked, "each is a link"
        assert all(number == stands for number, stands in said)


def test_word_asks_for_the_numbers_of_pages(files: dict[str, bytes], html: dict[str, str]) -> None:
    for name in (PACK, CLOSED, SUPPLEMENT):
        found = parts(files[f"{name}.docx"])
        body = etree.fromstring(found["word/document.xml"])
        asked = fields(body, "PAGEREF")
        assert len(asked) == html[name].count('class="page-of"')
        assert set(asked) <= {mark.get(w("name")) for mark in body.iter(w("bookmarkStart"))}
        links = [link for link in body.iter(w("hyperlink")) if "PAGEREF" in "".join(link.itertext())]
        assert [link.get(w("anchor")) for link in links] == asked
        assert {"".join(text.text for text in link.iter(w("t"))) for link in links} == {"go to"}
        assert "press Ctrl+A, then F9" in "".join(body.itertext())
        assert b"updateFields" not in found["word/settings.xml"]
    assert b"F9" not in parts(word.write(small(), "<h1 id='a'>A</h1>", TEMPLATES / "word"))["word/document.xml"]


def test_page_numbers_stand_wherever_a_link_can() -> None:
    link = '<a class="page-of" href="#board--far">page</a>'
    html = (
        f'<h1 id="a">A</h1><p>See page {link}.</p><ul><li>page {link}</li></ul>'
        "<table><caption>T</caption><thead><tr><th>What</th><th>Page</th></tr></thead>"
        f"<tbody><tr><th>b</th><td>{link}</td></tr></tbody></table>"
        '<div class="new-page"><h1 id="b">B</h1></div><ul><li id="board--far"><p>Far</p></li></ul>'
    )
    text = texts(pdf.write(small(), html, TEMPLATES / "pdf"))[2]
    assert "See page 4." in text and "• page 4" in text and "b 4" in text
    body = etree.fromstring(parts(word.write(small(), html, TEMPLATES / "word"))["word/document.xml"])
    assert fields(body, "PAGEREF") == ["board__far"] * 3


def test_items_and_papers_are_bookmarks(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files[f"{CLOSED}.pdf"])) as file, file.open_outline() as outline:
        found = {item.title: page_of(file, item.destination) for item in bookmarks(outline.root)}
        top = [item.title for item in outline.root]
    pages = texts(files[f"{CLOSED}.pdf"])
    for title in ("Welcome", "Our charter", "Survey of residents", "Contract"):
        (bookmark,) = [item for item in top if item.endswith(title)]
        assert title in pages[found[bookmark]]
    papers = [title for title in found if re.search(r"Enclosure [A-E]\b", title)]
    assert len(papers) == 4 and not set(papers) & set(top)
    assert any(title.endswith("Purpose") for title in found), "chapters of a paper are bookmarks too"


# --- papers from elsewhere ---


def test_pages_from_elsewhere_are_pages_of_the_pack(files: dict[str, bytes]) -> None:
    data = files[f"{PACK}.pdf"]
    with pikepdf.open(io.BytesIO(data)) as file:
        figures = [str(part.Alt) for part in elements(file.Root.StructTreeRoot) if part.S == "/Figure"]
    start = "Page {} of 3 of “What residents said”, a PDF from elsewhere. It says: {}"
    said = ("Seven of ten are glad.", "wide Quokkas", "Third")
    assert figures == [start.format(number, text) for number, text in enumerate(said, 1)]
    with pdfplumber.open(io.BytesIO(data)) as shown:
        wide = [page for page in shown.pages if page.width > page.height]
        assert len(wide) == 1 and wide[0].curves, "drawn, not as a picture of dots"
        number = wide[0].page_number
        assert f"Page {number} of {len(shown.pages)}" in wide[0].extract_text()
        for page in shown.pages[number - 2 : number + 1]:
            assert page.rects or page.curves or page.lines
            head = ["Enclosure C: What residents said"] if page.page_number == number - 1 else []
            assert page.extract_text().splitlines()[1:-1] == head, "else our header and footer alone"


def test_pages_from_elsewhere_are_pictures_in_word(files: dict[str, bytes]) -> None:
    found = parts(files[f"{PACK}.docx"])
    body = etree.fromstring(found["word/document.xml"])
    said = [about.get("descr") for about in body.iter(f"{{{WP}}}docPr")]
    assert [text.split(" It says: ")[1] for text in said] == ["Seven of ten are glad.", "wide Quokkas", "Third"]
    sizes = [(int(size.get("cx")), int(size.get("cy"))) for size in body.iter(f"{{{WP}}}extent")]
    assert [width > height for width, height in sizes] == [False, True, False]
    assert sizes[2][0] == 5_688_000, "as wide as the text"
    assert 5_000_000 < sizes[0][0] < 5_904_000, "there is room for the heading above it"
    assert sizes[1][1] == pytest.approx(15.4 * 360_000, abs=5_000), "as high as the text of a page on its side"
    assert sum(name.startswith("word/media/rId") for name in found) == 3
    kinds = [section.find(w("pgSz")).get(w("orient")) for section in body.iter(w("sectPr"))]
    assert kinds.count("landscape") == 1
    for number, about in enumerate(body.iter(f"{{{WP}}}docPr")):
        paragraph = next(about.iterancestors(w("p")))
        if number == 0:
            paragraph = paragraph.getprevious()
            assert "".join(paragraph.itertext()).strip() == "Enclosure C: What residents said"
        before = paragraph.getprevious().find(f"{w('pPr')}/{w('sectPr')}")
        assert paragraph.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None or before is not None


def test_the_page_of_a_meeting_leads_to_what_holds_a_paper(project: Path) -> None:
    edition = plan(pipeline.read(Config(project))[0], "restricted")
    downloads = tuple(Download(of, "PDF", f"{of.name}.pdf", "application/pdf", 1, "") for of in edition.documents)
    page = next(page for page in edition.pages if page.path == f"meetings/{MEETING.rpartition('/')[2]}.md")
    made = Renderer(project / "templates", project / "build").page(page, edition, downloads)
    for paper, where, name in (("What residents said", "pack", PACK), ("Tables", "supplement", SUPPLEMENT)):
        assert re.search(rf'{paper}[^<]*, in the {where} \(<a href="[./]*/downloads/{name}.pdf"', made)


def test_a_page_without_text_says_so() -> None:
    document = small(papers={"p.pdf": a_pdf("#rect()")})
    html = '<h1 id="a">A</h1><div class="enclosed-pdf" data-pdf="p.pdf" data-title="A &quot;plan&quot;"></div>'
    html += "<h1 id='b'>B</h1>"
    with pikepdf.open(io.BytesIO(pdf.write(document, html, TEMPLATES / "pdf"))) as file:
        (said,) = [str(part.Alt) for part in elements(file.Root.StructTreeRoot) if part.S == "/Figure"]
    assert said == 'Page 1 of 1 of “A "plan"”, a PDF from elsewhere. It is a picture, of which no text can be taken.'


def test_text_from_elsewhere_can_be_written_down() -> None:
    assert elsewhere._said("a\x02\r\nb\x00c\ue000  d\ufffee") == "a-b c d-e"


def test_a_pdf_that_the_pack_does_not_hold() -> None:
    html = '<h1 id="a">A</h1><div class="enclosed-pdf" data-pdf="none.pdf" data-title="None"></div>'
    for write, folder in ((pdf.write, "pdf"), (word.write, "word")):
        with pytest.raises(BuildFailed, match="`none.pdf`"):
            write(small(), html, TEMPLATES / folder)


def test_nobody_gets_what_is_closed(project: Path) -> None:
    edition = plan(pipeline.read(Config(project))[0], "public")
    assert PACK in {document.name for document in edition.documents}
    assert not any("closed" in document.name for document in edition.documents)
    held = {Path(path).name for document in edition.documents for path in document.papers}
    assert held == {"survey.pdf", "tables.pdf"}
    whole, _ = pipeline.read(Config(project))
    assert {Path(path).name for path in whole.seen_by("public").papers} == held
    assert len(whole.papers) == 3


def test_a_paper_is_enclosed_once(project: Path) -> None:
    meeting, closed = (project / MEETING / f"{name}.yml" for name in ("meeting", "closed"))
    again = "      - {letter: G, publication: riverside-charter}\n"
    again += "      - {letter: H, pdf: survey.pdf, pdf_title: What residents said}\n"
    closed.write_text(closed.read_text().replace("    enclosures:\n", "    enclosures:\n" + again))
    late = "      - letter: I\n        publication: riverside-plan\n        late:\n          published: 2026-02-05\n"
    late += "          reason: It was asked for.\n"
    text = meeting.read_text()
    meeting.write_text(
        text.replace("    enclosures:\n      - letter: C\n", f"    enclosures:\n{late}      - letter: C\n")
    )
    edition = plan(pipeline.read(Config(project))[0], "restricted")
    renderer = Renderer(TEMPLATES, project / "build")
    html = {d.name: renderer.document(d, edition) for d in edition.documents}
    for text in html.values():
        anchors = re.findall(r'\sid="([^"]+)"', text)
        assert len(anchors) == len({*anchors})
    for name, label, item, anchor in (
        (CLOSED, "Enclosure B", 2, "board-2026-02-10--our-charter--enclosure-1"),
        (CLOSED, "Enclosure C", 3, "board-2026-02-10--survey--enclosure-2"),
        (SUPPLEMENT, "Enclosure F", 2, "board-2026-02-10--our-charter--enclosure-2"),
    ):
        assert f'id="{anchor}"' in html[name]
        link = f'<a href="#{anchor}">{label}</a>, page <a class="page-of" href="#{anchor}">page</a>'
        assert f"This paper stands under item {item}: {link}." in html[name]
    assert html[CLOSED].count('data-pdf="') == 2
    at = next(text for text in texts(made(project, CLOSED)[f"{CLOSED}.pdf"]) if "This paper stands under" in text)
    assert re.search(r"item 2: Enclosure B, page \d+\.", at)


# --- markings ---


def test_the_marking_stands_on_every_page(files: dict[str, bytes]) -> None:
    for text in texts(files[f"{CLOSED}.pdf"]):
        lines = text.splitlines()
        assert lines[0] == lines[-1] == "RESTRICTED"
    with pdfplumber.open(io.BytesIO(files[f"{CLOSED}.pdf"])) as file:
        assert file.metadata["Keywords"] == "Restricted"
        read = [char["text"] for char in file.pages[0].chars if char.get("tag") != "Artifact"]
        assert "".join(read).startswith("RESTRICTED"), "heard first"
        assert all("RESTRICTED" not in aloud(page) for page in file.pages[1:4]), "and not again on each page"
    for name in (PACK, SUPPLEMENT):
        assert not any("restricted" in text.lower() for text in texts(files[f"{name}.pdf"]))
        with pdfplumber.open(io.BytesIO(files[f"{name}.pdf"])) as file:
            assert not file.metadata.get("Keywords")


def aloud(page: pdfplumber.page.Page) -> str:
    return "".join(char["text"] for char in page.chars if char.get("tag") != "Artifact")


def test_a_leaflet_and_a_landscape_page_are_marked() -> None:
    html = '<h1 id="a">One</h1><p>Text</p><div class="landscape"><h2 id="b">Two</h2></div>'
    document = small("Restricted · Private and confidential", RUNNING)
    data = pdf.write(document, html, TEMPLATES / "pdf")
    with pdfplumber.open(io.BytesIO(data)) as file:
        assert [page.width > page.height for page in file.pages] == [False, True]
        for page in file.pages:
            lines = page.extract_text().splitlines()
            assert lines[0] == lines[-1] == "RESTRICTED · PRIVATE AND CONFIDENTIAL"
            assert f"{RUNNING} Page {page.page_number} of 2" in lines
        assert aloud(file.pages[0]).count("CONFIDENTIAL") == 1
    check_word(word.write(document, html, TEMPLATES / "word"), document.marking)


def test_every_header_and_footer_in_word_is_marked(files: dict[str, bytes]) -> None:
    check_word(files[f"{CLOSED}.docx"], "Restricted", headers=6)


def test_what_is_a_draft_in_a_pack_says_so_on_its_pages_alone(files: dict[str, bytes]) -> None:
    pages = texts(files[f"{PACK}.pdf"])
    first = next(number for number, text in enumerate(pages) if "\nEnclosure A" in text and number > 2)
    signed = [number for number, text in enumerate(pages) if text.splitlines()[0].endswith("DRAFT")]
    assert signed == list(range(first, first + len(signed))) and 1 < len(signed) < len(pages) - first
    found = parts(files[f"{PACK}.docx"])
    links = etree.fromstring(found["word/_rels/document.xml.rels"])
    headers = {link.get("Id"): found.get(f"word/{link.get('Target')}", b"") for link in links}
    drafts = []
    for section in etree.fromstring(found["word/document.xml"]).iter(w("sectPr")):
        ids = [part.get(f"{{{R}}}id") for part in section.iter(w("headerReference"))]
        drafts.append(any(b"DRAFT" in headers[id] for id in ids))
    assert drafts.count(True) >= 1 and not drafts[0] and not drafts[-1]


def check_word(data: bytes, marking: str, headers: int = 4) -> None:
    found = parts(data)
    furniture = {name for name in found if re.match(r"word/(header|footer)", name)}
    assert len(furniture) == headers + 3
    for name in furniture:
        said = ["".join(line.itertext()) for line in etree.fromstring(found[name])]
        assert said[0 if "header" in name else -1] == marking
    body = etree.fromstring(found["word/document.xml"])
    for section in body.iter(w("sectPr")):
        named = {(part.tag, part.get(w("type"))) for part in section if part.get(f"{{{R}}}id")}
        wanted = {(w("headerReference"), "default"), (w("footerReference"), "default")}
        if section.find(w("titlePg")) is not None:
            wanted |= {(tag, "first") for tag, _ in wanted}
        assert named == wanted
    shown = [p for p in body.iter(w("p")) if "".join(text.text for text in p.iter(w("t"))) == marking]
    (shown_style,) = [p.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) for p in shown]
    styles = etree.fromstring(found["word/styles.xml"])
    for name, color in (("Marking", "A63D1A"), (shown_style, "FFFFFF")):
        (style,) = [style for style in styles if style.get(w("styleId")) == name]
        look = style.find(w("rPr"))
        assert look.find(w("b")) is not None and look.find(w("caps")) is not None
        assert look.find(w("color")).get(w("val")) == color
    core = etree.fromstring(found["docProps/core.xml"])
    assert [part.text for part in core if part.tag.endswith("}keywords")] == [marking]


def test_what_is_for_everybody_has_no_marking(files: dict[str, bytes]) -> None:
    for name in (PACK, SUPPLEMENT):
        found = parts(files[f"{name}.docx"])
        for part, data in found.items():
            if part.endswith(".xml") and part != "word/styles.xml":
                assert b"Restricted" not in data and b"Marking" not in data, part
        assert b"Marking" not in found["word/_rels/document.xml.rels"]
        assert b"keywords" not in found["docProps/core.xml"]


def test_without_a_running_foot_the_edition_stands_there() -> None:
    html = '<h1 id="a">A</h1><p>Text</p><h1 id="b">B</h1><p>Text</p>'
    assert "Version x · 31 January 2026 Page 3 of 3" in texts(pdf.write(small(), html, TEMPLATES / "pdf"))[2]
    found = parts(word.write(small(), html, TEMPLATES / "word"))
    assert b"Version x, 31 January 2026" in found["word/footerPortrait.xml"]


# --- papers of ours ---


def test_an_enclosed_charter_keeps_its_numbers(files: dict[str, bytes]) -> None:
    """Word numbers the clauses itself: a pack would not be made if it arrived at others."""
    body = etree.fromstring(parts(files[f"{PACK}.docx"])["word/document.xml"])
    marks = {mark.get(w("name")): next(mark.iterancestors(w("p"))) for mark in body.iter(w("bookmarkStart"))}
    section, clause = marks["riverside_charter__money"], marks["riverside_charter__on_time"]
    assert section.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) in ("Heading2", "Heading3")
    assert section.find(f"{w('pPr')}/{w('numPr')}/{w('ilvl')}").get(w("val")) == "0"
    assert clause.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) == "Clause"
    text = "\n".join(texts(files[f"{PACK}.pdf"]))
    assert "2 Money" in text and "2.1 The council will pay on time." in text and "(b) Large sums" in text


def test_an_enclosed_plan_keeps_its_landscape_pages(files: dict[str, bytes], html: dict[str, str]) -> None:
    plans = html[SUPPLEMENT].count('<div class="landscape">')
    assert plans
    with pdfplumber.open(io.BytesIO(files[f"{SUPPLEMENT}.pdf"])) as file:
        wide = [page.extract_text() for page in file.pages if page.width > page.height]
    assert sum("Action plan: " in text for text in wide) == plans
    assert all(f"{RUNNING} Page " in text for text in wide)
    body = etree.fromstring(parts(files[f"{SUPPLEMENT}.docx"])["word/document.xml"])
    kinds = [section.find(w("pgSz")).get(w("orient")) for section in body.iter(w("sectPr"))]
    assert kinds.count("landscape") == plans


def test_references_to_an_enclosed_clause_hold() -> None:
    html = (
        '<h1 id="a">A</h1><p>See <a class="xref" href="#c1">clause 1.1</a> and '
        '<a class="xref" href="#s1">section 1</a>.</p><h1 id="p">Paper</h1>'
        '<h3 class="numbered" id="s1" data-number="1">Section</h3><div class="clauses">'
        '<div class="clause" id="c1" data-number="1.1"><p>Clause.</p></div></div>'
    ).replace("<h3", "<h2 id='o'>Over</h2><h3")
    body = etree.fromstring(parts(word.write(small(), html, TEMPLATES / "word"))["word/document.xml"])
    assert fields(body, "REF") == ["c1", "s1"]
    assert "1 Section\n1.1 Clause." in "\n".join(texts(pdf.write(small(), html, TEMPLATES / "pdf")))


def test_deep_headings_have_a_look_of_their_own() -> None:
    html = "".join(f'<h{level} id="h{level}">Level {level}</h{level}><p>Text</p>' for level in range(1, 7))
    html += '<h1 id="z">Z</h1>'
    with pdfplumber.open(io.BytesIO(pdf.write(small(), html, TEMPLATES / "pdf"))) as file:
        lines = [line for line in file.pages[2].extract_text_lines() if line["text"].startswith("Level")]
        looks = {
            (line["chars"][0]["fontname"], line["chars"][0]["size"], line["chars"][0]["non_stroking_color"])
            for line in lines
        }
    assert len(lines) == len(looks) == 6
    found = parts(word.write(small(), html, TEMPLATES / "word"))
    styles = {style.get(w("styleId")): style for style in etree.fromstring(found["word/styles.xml"])}
    for level in range(1, 7):
        assert styles[f"Heading{level}"].find(f"{w('pPr')}/{w('outlineLvl')}").get(w("val")) == str(level - 1)


def test_a_pack_is_the_same_bytes_twice(files: dict[str, bytes], tmp_path: Path) -> None:
    assert made(a_project(tmp_path), PACK, SUPPLEMENT, CLOSED) == files


# --- mistakes ---


def problems(project: Path) -> list[Problem]:
    try:
        return list(pipeline.read(Config(project))[1])
    except BuildFailed as failure:
        return list(failure.problems)


def blank(pages: int, side: float = 300) -> bytes:
    """A PDF of empty pages."""
    result = io.BytesIO()
    file = pikepdf.new()
    for page in range(pages):
        file.add_blank_page(page_size=(300, 300))
        file.pages[page].MediaBox = [0, 0, 300, side]
    file.save(result)
    return result.getvalue()


def protected(data: bytes, user: str) -> bytes:
    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        file.save(result, encryption=pikepdf.Encryption(owner="o", user=user))
    return result.getvalue()


def test_papers_as_they_should_be_are_no_problem(project: Path) -> None:
    assert problems(project) == []


def test_a_pdf_that_is_not_there(project: Path) -> None:
    (project / MEETING / "survey.pdf").rename(project / MEETING / "surveys.pdf")
    text = as_text(problems(project))
    line = next(
        number
        for number, line in enumerate((project / MEETING / "meeting.yml").read_text().splitlines(), 1)
        if "survey.pdf" in line
    )
    assert f"{MEETING}/meeting.yml:{line}:14: error: there is no `survey.pdf` beside this file" in text
    assert "There is `offer.pdf`, `surveys.pdf`, `tables.pdf`." in text
    assert f"{MEETING}/surveys.pdf:1:1: warning: no item of an agenda names this PDF" in text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this is no PDF, or a damaged one"),
        (b"PK\x03\x04 a Word file", "this is no PDF, or a damaged one"),
        (a_pdf("Text")[:300], "this is no PDF, or a damaged one"),
        (protected(a_pdf("Text"), "u"), "this PDF opens with a password only"),
        (protected(a_pdf("Text"), ""), "this PDF is protected"),
        (blank(0), "this PDF has no pages"),
        (blank(1, 1e7), "page 1 of this PDF is larger than A0"),
        (blank(501), "this PDF has 501 pages, and more than 500 cannot be enclosed"),
    ],
)
def test_a_pdf_that_cannot_be_enclosed(project: Path, data: bytes, said: str) -> None:
    # One that asks for a password before it: what is told of the next must not be what was wrong with this.
    (project / MEETING / "offer.pdf").write_bytes(protected(a_pdf("Text"), "u"))
    problems(project)
    (project / MEETING / "offer.pdf").write_bytes(a_pdf("Text"))
    (project / MEETING / "survey.pdf").write_bytes(data)
    (found,) = problems(project)
    assert str(found.span) == f"{MEETING}/survey.pdf:1:1" and found.severity == "error"
    assert said in found.message and "print it to a new PDF" in found.hint


def test_a_large_page_becomes_a_picture_of_bounded_size() -> None:
    data = blank(1, 3400)
    (png,) = typesetting.pictures("large.pdf", data, elsewhere.sizes(data), "png")
    assert int.from_bytes(png[20:24]) == 4000 and int.from_bytes(png[16:20]) == round(300 / 3400 * 4000)
    data = a_pdf("One")
    (png,) = typesetting.pictures("small.pdf", data, elsewhere.sizes(data), "png")
    assert int.from_bytes(png[20:24]) == 1684


def test_typst_may_break_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it raises then is no Exception, and would end everything."""

    def panic(*_: object, **__: object) -> None:
        raise type("PanicException", (BaseException,), {})("out of range")

    monkeypatch.setattr(typst, "compile", panic)
    with pytest.raises(BuildFailed, match="content/x.pdf:1:1: typst broke down: out of range"):
        typesetting.pictures("content/x.pdf", b"", [(300, 300)], "svg")


def test_text_that_is_never_painted_is_not_taken_over() -> None:
    file = pikepdf.new()
    file.add_blank_page(page_size=(300, 200))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    shown = b"BT /F 12 Tf 20 100 Td (Seen) Tj 3 Tr 0 -20 Td (Quokka) Tj 0 Tr 0 -20 Td (also seen) Tj 7 Tr (Clip) Tj ET"
    file.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    file.pages[0].Contents = file.make_stream(shown)
    result = io.BytesIO()
    file.save(result)
    assert [leaf.text for leaf in elsewhere.leaves(result.getvalue())] == ["Seen also seen"]


def test_a_pdf_that_cannot_be_opened(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> bytes:
        if path.name == "survey.pdf":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", opened)
    (found,) = problems(project)
    assert str(found.span) == f"{MEETING}/survey.pdf:1:1"
    assert found.message == "the file cannot be opened: Permission denied"


def test_a_pdf_that_nobody_names(project: Path) -> None:
    (project / MEETING / "left-over.pdf").write_bytes(a_pdf("Text"))
    (found,) = problems(project)
    assert (found.span.path, found.severity) == (f"{MEETING}/left-over.pdf", "warning")
    assert "pdf: left-over.pdf" in found.hint


def test_minutes_that_are_not_there_cannot_be_enclosed(project: Path) -> None:
    file = project / MEETING / "meeting.yml"
    file.write_text(file.read_text().replace("publication: board-2025-09-10", "publication: board-2026-02-10"))
    (found,) = problems(project)
    assert "`board-2026-02-10` is a meeting without minutes" in found.message
    assert found.span.path == f"{MEETING}/meeting.yml"


def test_a_meeting_does_not_enclose_its_own_minutes(project: Path) -> None:
    file = project / "content/meetings/board-2025-09-10/closed.yml"
    file.write_text(file.read_text().replace("publication: hub-appraisal", "publication: board-2025-09-10"))
    (found,) = problems(project)
    assert found.span.path == "content/meetings/board-2025-09-10/closed.yml"
    assert "cannot have its own minutes among its papers" in found.message
