"""The PDFs as readers and their programs find them: tags, language, bookmarks, pages, and the same bytes each time."""

from __future__ import annotations

import io
import re
import shutil
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest

from conftest import PROJECT
from pswkdocs import pdf
from pswkdocs.drawing import Drawing, comparison, draw
from pswkdocs.edition import Document
from pswkdocs.problems import BuildFailed, Problem

TEMPLATES = PROJECT / "templates"
NAMES = ("forward-plan", "forward-plan-summary", "vcse-charter")
HEAD = "<h1>One</h1><p>A paragraph.</p>"


@pytest.fixture(scope="session")
def made(documents: dict[str, Document], html: dict[str, str]) -> dict[str, bytes]:
    """Each PDF by its document's name."""
    return {name: pdf.write(document, html[name], TEMPLATES / "pdf") for name, document in documents.items()}


@pytest.fixture(scope="session")
def letters(made: dict[str, bytes]) -> dict[str, list[tuple[bool, str, list[dict[str, Any]]]]]:
    """Each page of each PDF: whether it is a landscape page, its text, and its letters."""
    found = {}
    for name, data in made.items():
        with pdfplumber.open(io.BytesIO(data)) as file:
            found[name] = [(page.width > page.height, page.extract_text(), page.chars) for page in file.pages]
    return found


@pytest.fixture(scope="session")
def pages(letters: dict[str, list[tuple[bool, str, list[dict[str, Any]]]]]) -> dict[str, list[tuple[bool, str]]]:
    """Each page of each PDF: whether it is a landscape page, and its text."""
    return {name: [(landscape, text) for landscape, text, _ in each] for name, each in letters.items()}


def small(html: str, templates: Path = TEMPLATES / "pdf", drawings: dict[str, Drawing] | None = None) -> bytes:
    """The PDF of a small document."""
    facts = dict.fromkeys(("subtitle", "template", "status", "period", "version", "author", "description"), "x")
    document = Document(
        name="small", title="A small document", date=date(2023, 7, 24), context={},
        drawings=drawings or {}, **facts,
    )  # fmt: skip
    return pdf.write(document, html, templates)


def problem(html: str, templates: Path = TEMPLATES / "pdf") -> Problem:
    """The one problem of a small document that cannot be made."""
    with pytest.raises(BuildFailed) as failure:
        small(html, templates)
    (found,) = failure.value.problems
    return found


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements of a structure tree, in reading order."""
    children = parent.get("/K", ())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def attribute(element: pikepdf.Object, name: str) -> str | None:
    owned = element.get("/A", ())
    for one in owned if isinstance(owned, pikepdf.Array) else [owned]:
        if isinstance(one, pikepdf.Dictionary) and name in one:
            return str(one[name])
    return None


@pytest.mark.parametrize("name", NAMES)
def test_says_what_it_is(name: str, made: dict[str, bytes], documents: dict[str, Document]) -> None:
    with pikepdf.open(io.BytesIO(made[name])) as file:
        assert file.Root.MarkInfo.Marked
        assert file.Root.Lang == "en-GB"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert file.docinfo.Title == documents[name].title
        assert file.docinfo.Author == documents[name].author
        assert file.docinfo.CreationDate == f"D:{documents[name].date:%Y%m%d}000000Z"
        with file.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["pdfaid:part"] + about["pdfaid:conformance"] == "2A"


@pytest.mark.parametrize("name", NAMES)
def test_bookmarks_are_the_chapters(name: str, made: dict[str, bytes], html: dict[str, str]) -> None:
    chapters = [
        " ".join(filter(None, found))
        for found in re.findall(r'<h1(?:.*? data-number="(.+?)")?.*?>(.+?)</h1>', html[name])
    ]
    with pikepdf.open(io.BytesIO(made[name])) as file, file.open_outline() as outline:
        assert [item.title for item in outline.root if item.title != "Contents"] == chapters
        assert any(item.children for item in outline.root) == ("<h2" in html[name])


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_its_number(name: str, pages: dict[str, list[tuple[bool, str]]]) -> None:
    cover = name != "forward-plan-summary"
    for number, (_, text) in enumerate(pages[name], 1):
        assert (f"Page {number} of {len(pages[name])}" in text) == (number > 1 or not cover)


def test_the_draft_says_so_on_every_page(pages: dict[str, list[tuple[bool, str]]]) -> None:
    assert all("DRAFT" in text for _, text in pages["vcse-charter"])
    assert all("SUPERSEDED" in text for _, text in pages["local-plan"])
    assert not any("DRAFT" in text or "SUPERSEDED" in text for _, text in pages["forward-plan"])


def test_action_plans_lie_on_their_side(pages: dict[str, list[tuple[bool, str]]], html: dict[str, str]) -> None:
    plans = html["forward-plan"].count('<div class="landscape">')
    assert plans > 5
    assert sum(sideways and "Action plan: " in text for sideways, text in pages["forward-plan"]) == plans
    upright = [text for sideways, text in pages["forward-plan"] if not sideways]
    assert not any("Action plan: " in text for text in upright)
    assert not any(sideways for name in ("forward-plan-summary", "vcse-charter") for sideways, _ in pages[name])


def test_what_is_read_is_twelve_points_at_least(
    letters: dict[str, list[tuple[bool, str, list[dict[str, Any]]]]],
) -> None:
    """Only what runs along every page is smaller, and not below ten."""
    for name, each in letters.items():
        sizes = {(one.get("tag") == "Artifact", round(one["size"], 1)) for _, _, page in each for one in page}
        assert min(size for furniture, size in sizes if not furniture) >= 12, name
        assert min(size for _, size in sizes) >= 10, name


def test_a_table_that_goes_on_repeats_its_header() -> None:
    rows = "".join(f"<tr><th>Row {number}</th><td>text</td></tr>" for number in range(80))
    table = (
        f"<table><caption>Many</caption><thead><tr><th>What</th><th>Said</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    with pdfplumber.open(io.BytesIO(small(HEAD + table))) as file:
        assert len(file.pages) > 2
        assert all("What Said" in page.extract_text() for page in file.pages)


def test_the_summary_has_two_pages(pages: dict[str, list[tuple[bool, str]]]) -> None:
    assert len(pages["forward-plan-summary"]) == 2


@pytest.mark.parametrize("name", NAMES)
def test_tables_have_headers_for_columns_and_rows(name: str, made: dict[str, bytes], html: dict[str, str]) -> None:
    with pikepdf.open(io.BytesIO(made[name])) as file:
        tables = [element for element in elements(file.Root.StructTreeRoot) if element.S == "/Table"]
        assert len(tables) == html[name].count("<table")
        for table in tables:
            assert table.K[0].S == "/Caption"
            rows = [[cell for cell in row.K] for row in elements(table) if row.S == "/TR"]
            assert [attribute(cell, "/Scope") for cell in rows[0]] == ["/Column"] * len(rows[0])
            for first, *others in rows[1:]:
                assert first.S == "/TH" and attribute(first, "/Scope") == "/Row"
                assert all(cell.S == "/TD" and attribute(cell, "/Headers") is None for cell in others)


def test_drawings_are_said_in_words(made: dict[str, bytes], documents: dict[str, Document]) -> None:
    with pikepdf.open(io.BytesIO(made["forward-plan"])) as file:
        said = [str(element.Alt) for element in elements(file.Root.StructTreeRoot) if element.S == "/Figure"]
    assert said == [drawing.alternative for drawing in documents["forward-plan"].drawings.values()]
    assert "Southwark 39%, England 26%" in said[0]


def test_clauses_keep_their_numbers(made: dict[str, bytes], html: dict[str, str]) -> None:
    numbers = re.findall(r'data-number="([\d.]+)"', html["vcse-charter"])
    letters = re.findall(r'data-number="([a-z])"', html["vcse-charter"])
    assert len(numbers) > 20 and len(letters) > 20
    found: list[str] = []
    with pdfplumber.open(io.BytesIO(made["vcse-charter"])) as file:
        for page in file.pages[2:]:
            margin = min(char["x0"] for char in page.chars if char["fontname"].endswith("Regular")) - 10
            found += [word["text"] for word in page.extract_words() if word["x0"] < margin]
    assert found == numbers
    with pikepdf.open(io.BytesIO(made["vcse-charter"])) as file:
        items = [element for element in elements(file.Root.StructTreeRoot) if element.S == "/LI"]
        clauses = [item for item in items if [str(part.S) for part in item.K] == ["/Lbl", "/LBody"]]
    bullets = html["vcse-charter"].count("<li") + html["vcse-charter"].count("<dt")
    sections = html["vcse-charter"].count('class="numbered"')
    assert len(clauses) == len(numbers) - sections + len(letters) + bullets


@pytest.mark.parametrize("name", NAMES)
def test_links_say_where_they_lead(name: str, made: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(made[name])) as file:
        links = [link for page in file.pages for link in page.get("/Annots", ())]
        assert all(str(link.get("/Contents", "")).strip() for link in links)
        assert len(links) > 10 or name == "forward-plan-summary"


@pytest.mark.parametrize("name", NAMES)
def test_only_our_fonts(name: str, made: dict[str, bytes]) -> None:
    with pdfplumber.open(io.BytesIO(made[name])) as file:
        fonts = {char["fontname"].partition("+")[2] for page in file.pages for char in page.chars}
    assert fonts and all(font.startswith("AtkinsonHyperlegibleNext-") for font in fonts)


@pytest.mark.parametrize("name", NAMES)
def test_same_bytes_twice(
    name: str, made: dict[str, bytes], documents: dict[str, Document], html: dict[str, str]
) -> None:
    assert pdf.write(documents[name], html[name], TEMPLATES / "pdf") == made[name]


def test_words_stay_words() -> None:
    """Nothing that an editor writes is taken for typst's markup."""
    words = (
        "# _one_ $ @two * \\ `three` // four /* [five] ~",
        "= six",
        "- seven",
        "1. eight",
        "/ nine: ten",
        "a--b ... -5 (-6) 16-25 x-?y",
    )
    html = "".join(f"<p>{word}</p>" for word in words)
    html += "<ul>" + "".join(f"<li>{word}</li>" for word in words) + "</ul>"
    with pdfplumber.open(io.BytesIO(small(HEAD + html))) as file:
        text = file.pages[0].extract_text()
    for word in words:
        assert text.count(word) == 2


@pytest.mark.parametrize(
    "html, said",
    [
        ('<p><a href="#nowhere">dead</a></p>', "`<nowhere>` does not exist"),
        ("<h3>Three after one</h3>", "skipped from heading level 1 to 3"),
        ("<p>漢</p>", "could not be displayed"),
        ('<p><img src="drawing:none" alt="None"></p>', "there is no drawing `none`"),
        ('<p><img src="https://x.example/a.png" alt="Other"></p>', "not one of our drawings"),
        ("<table><caption>Bare</caption><tr><td>a</td></tr></table>", "the table “Bare” needs a row of headers"),
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
    ],
)
def test_what_cannot_be_made_is_a_problem(html: str, said: str) -> None:
    assert said in problem(HEAD + html).message


def test_a_fault_in_the_template_is_told_with_its_line(tmp_path: Path) -> None:
    templates = tmp_path / "templates" / "pdf"
    shutil.copytree(TEMPLATES / "pdf", templates)
    shutil.copy(TEMPLATES / "tokens.yml", templates.parent)
    parts = templates / "parts.typ"
    parts.write_text(parts.read_text(encoding="utf-8") + "\n#nothing-of-that-name\n", encoding="utf-8")
    found = problem(HEAD, templates)
    assert str(found.span) == f"templates/pdf/parts.typ:{len(parts.read_text(encoding='utf-8').splitlines())}:1"
    assert "small.pdf" in found.message and "unknown variable" in found.message


def test_no_stream_ends_like_a_line() -> None:
    """A stream that ends with a carriage return is one byte short for strict readers."""
    texts = (b"%" + b"y" * number for number in range(256))
    text = next(text for text in texts if zlib.compress(text).endswith(b"\r"))
    file = pikepdf.new()
    file.Root.Text = pikepdf.Stream(file, text, Type=pikepdf.Name.CMap)
    file.Root.Data = pikepdf.Stream(file, zlib.compress(text), Filter=pikepdf.Name.FlateDecode)
    before = io.BytesIO()
    file.save(before)
    assert before.getvalue().count(b"\r\nendstream") == 2
    after = pdf.settled(before.getvalue())
    assert b"\r\nendstream" not in after
    with pikepdf.open(io.BytesIO(after)) as settled:
        assert settled.Root.Text.read_bytes() == text + b"\n"
        assert settled.Root.Data.read_bytes(pikepdf.StreamDecodeLevel.specialized) == text


def test_only_shares_are_compared() -> None:
    found = comparison(
        [
            ("Residents", (("Southwark", "307,000"), ("London", "9 million"))),
            ("Adults", (("Southwark", "over 8%"), ("London", "4%"), ("England", "unknown"))),
            ("Alone", (("Southwark", "51%"),)),
            ("Growth", (("Southwark", "120%"), ("London", "101%"))),
        ]
    )
    assert found and found.rows == (("Adults", (("Southwark", "over 8%"), ("London", "4%"))),)
    assert found.alternative == "Adults: Southwark over 8%, London 4%."
    assert comparison([("Alone", (("Southwark", "51%"),))]) is None


def test_a_chart_is_drawn_the_same_twice() -> None:
    found = comparison([("Adults", (("Southwark", "over 8%"), ("London", "4%")))])
    assert found
    drawing = draw(found, TEMPLATES / "pdf")
    assert drawing == draw(found, TEMPLATES / "pdf")
    assert drawing.svg.startswith(b"<svg") and drawing.png.startswith(b"\x89PNG")
    assert b"<text" not in drawing.svg and b"http://www.w3.org" in drawing.svg
