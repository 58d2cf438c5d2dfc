"""Good files of each kind, made by our own writers, and broken ones: they show that a gate can fail.

`tests/test_proof.py` hands them to the rules of every build, the audit to each independent checker.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf

from pswkdocs import drawing, site, tokens
from pswkdocs.edition import Document, Edition
from pswkdocs.formats import FORMATS
from pswkdocs.model.partnership import Partnership
from pswkdocs.store import contents

PROJECT = Path(__file__).parent.parent
TEMPLATES = PROJECT / "templates"
PAGE = "index.html"  # the name of the sample page in its small site


@dataclass(frozen=True)
class Sample:
    """A broken file: what kind it is of, what is wrong with it, and how it is made of a good one."""

    name: str
    kind: str
    what: str
    spoil: Callable[[bytes], bytes]


# --- good ones ---

TABLE = """<table class="about">
<caption>Opening hours</caption>
<colgroup><col style="width: 30%"><col style="width: 35%"><col style="width: 35%"></colgroup>
<thead><tr><th scope="col">Place</th><th scope="col">Weekdays</th><th scope="col">Weekends</th></tr></thead>
<tbody>
<tr><th scope="row">Health centre</th><td>8 am to 8 pm</td><td>9 am to 1 pm</td></tr>
<tr><th scope="row">Pharmacy</th><td>9 am to 6 pm</td><td>Closed</td></tr>
</tbody>
</table>"""
WITHOUT_WIDTHS = re.sub("<colgroup>.*\n", "", TABLE)  # which a site gives by class
LISTS = """<ul><li><p>Talk to a pharmacist.</p></li><li><p>Ask for a longer visit.</p></li></ul>
<ol><li><p>Call the centre.</p></li><li><p>Say what you need.</p></li></ol>"""
FIGURE = """<figure>
<img src="{}" width="400" height="200" alt="Waited a week: Riverside 8%, London 12%.">
<figcaption>How long people wait</figcaption>
</figure>"""
CHART = drawing.Comparison((("Waited a week", (("Riverside", "8%"), ("London", "12%"))),))
DOCUMENT = f"""<h1 id="care">Care near you</h1>
<p>Most care starts at your health centre. The <a href="https://www.nhs.uk/">NHS website</a> says what it can do.</p>
<h2 id="hours">When it is open</h2>
<p>Call before you come. See also <a href="#help">where help is given</a>.</p>
{TABLE}
<h2 id="waiting">How long people wait</h2>
{FIGURE.format("drawing:waiting")}
<h3 id="shorter">Shorter ways</h3>
{LISTS}
<h1 id="help">Where help is given</h1>
<p>Help is given at the centre, by telephone and at home.</p>
<h2 id="home">At home</h2>
<p>Nurses visit people who cannot leave their home.</p>
"""
PAGES = {
    "index.md": f"""---
title: Care near you
description: Where care is given, and when.
---

# Care near you

<p class="lead">Most care starts at your health centre.</p>
<!-- contents -->

## When it is open {{: #hours }}

<p>The <a href="https://www.nhs.uk/">NHS website</a> says more. See <a href="downloads/">all downloads</a>.</p>

{WITHOUT_WIDTHS}

## How long people wait {{: #waiting }}

{FIGURE.format("drawings/waiting.svg")}

### Shorter ways {{: #shorter }}

{LISTS}
""",
    "downloads.md": """---
title: Downloads
description: All there is to download.
---

# Downloads

<p class="lead">There is nothing to download yet.</p>

## Another format {: #another-format }

<p>Ask at the health centre, or go back to <a href="../#hours">when it is open</a>.</p>
""",
}


@lru_cache
def good(kind: str) -> bytes:
    """A small good file of a kind."""
    if kind == "page":
        return _site()[PAGE]
    (format,) = (format for format in FORMATS.values() if format.suffix == kind)
    facts: dict[str, Any] = dict.fromkeys(("template", "status", "period", "author", "description"), "Sample")
    document = Document(
        name="sample",
        title="Care near you",
        subtitle="A sample",
        version="1",
        date=date(2026, 1, 31),
        context={},
        drawings={"waiting": _chart()},
        **facts,
    )
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    return format.write(document, DOCUMENT, TEMPLATES / format.folder)


def surroundings() -> dict[str, bytes]:
    """All files of the small site that the sample page stands in, but for itself."""
    return {name: data for name, data in _site().items() if name != PAGE}


@lru_cache
def _chart() -> drawing.Drawing:
    return drawing.draw(CHART, TEMPLATES / "pdf")


@lru_cache
def _site() -> Mapping[str, bytes]:
    partnership = Partnership.model_validate(
        {
            "id": "partnership",
            "title": "Riverside",
            "short_title": "Riverside",
            "summary": "Health and care.",
            "source": "editors",
            "address": "https://riverside.example/",
            "place": "Riverside",
            "about": "Health and care.",
            "promise": "To be there.",
            "edition": {"version": "1", "date": "2026-01-31"},
        }
    )
    nav = (("Home", "index.md"), ("Downloads", "downloads.md"))
    edition = Edition("public", partnership, {}, (), (), nav, {}, {}, {})
    with tempfile.TemporaryDirectory() as folder:
        pages, out, work = Path(folder, "pages"), Path(folder, "site"), Path(folder, "work")
        pages.mkdir()
        (work / "templates").mkdir(parents=True)
        for name, text in PAGES.items():
            (pages / name).write_text(text, encoding="utf-8")
        os.environ["SOURCE_DATE_EPOCH"] = str(edition.epoch)
        site.write(PROJECT / "mkdocs.yml", pages, out, edition, work)
        return contents(out) | {
            "assets/tokens.css": tokens.read(TEMPLATES).css().encode(),
            "drawings/waiting.svg": _chart().svg,
        }


# --- broken PDFs ---


def _pdf(change: Callable[[pikepdf.Pdf], object]) -> Callable[[bytes], bytes]:
    """Another PDF, with its objects changed."""

    def spoil(data: bytes) -> bytes:
        result = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as file:
            change(file)
            file.save(result, deterministic_id=True)
        return result.getvalue()

    return spoil


def _tag(role: str, change: Callable[[pikepdf.Object], object]) -> Callable[[bytes], bytes]:
    """A PDF with all elements of a role changed."""

    def each(file: pikepdf.Pdf) -> None:
        found = [element for element in _elements(file.Root.StructTreeRoot) if str(element.S) == f"/{role}"]
        assert found, role
        for element in found:
            change(element)

    return _pdf(each)


def _role(old: str, new: str) -> Callable[[bytes], bytes]:
    return _tag(old, lambda element: element.__setattr__("S", pikepdf.Name(f"/{new}")))


def _elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    children = parent.get("/K", ())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _drawn(pattern: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """A PDF with what is drawn on its pages changed."""

    def each(file: pikepdf.Pdf) -> None:
        changed = 0
        for page in file.pages:
            stream, count = re.subn(pattern, new, page.Contents.read_bytes())
            page.Contents = file.make_stream(stream)
            changed += count
        assert changed, pattern

    return _pdf(each)


def _without_title(file: pikepdf.Pdf) -> None:
    del file.docinfo["/Title"]
    _about(file, rb"<dc:title>.*?</dc:title>")


def _about(file: pikepdf.Pdf, pattern: bytes) -> None:
    """Takes a statement out of what a PDF says of itself."""
    said, count = re.subn(pattern, b"", file.Root.Metadata.read_bytes(), flags=re.DOTALL)
    assert count, pattern
    file.Root.Metadata.write(said)


def _without_fonts(file: pikepdf.Pdf) -> None:
    for one in file.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            del one["/FontFile2"]


def _without_letters(file: pikepdf.Pdf) -> None:
    for one in file.objects:
        if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
            del one["/ToUnicode"]


def _scopeless(cell: pikepdf.Object) -> None:
    for attributes in cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A]:
        for name in ("/Scope", "/Headers"):
            if name in attributes:
                del attributes[name]


def _headless(file: pikepdf.Pdf) -> None:
    for element in _elements(file.Root.StructTreeRoot):
        if element.S in ("/TH", "/TD"):
            element.S = pikepdf.Name.TD
            element.A = pikepdf.Dictionary(O=pikepdf.Name.Table)


def _captions_out(file: pikepdf.Pdf) -> None:
    for element in _elements(file.Root.StructTreeRoot):
        if element.S == "/Table" and element.K[0].S == "/Caption":
            caption, around = element.K[0], element.P
            del element.K[0]
            caption.P, caption.S = around, pikepdf.Name.P
            around.K.insert(list(around.K).index(element), caption)


def _speechless(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        for annotation in page.get("/Annots", ()):
            del annotation["/Contents"]


def _tabless(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        del page["/Tabs"]


def _unmarked(file: pikepdf.Pdf) -> None:
    page = file.pages[-1]
    page.contents_add(b"q 100 100 m 200 100 l S Q", prepend=False)


SPOILT_PDF = (
    Sample("untagged", "pdf", "a PDF without tags", _pdf(lambda file: file.Root.__delitem__("/StructTreeRoot"))),
    Sample("no-language", "pdf", "a PDF that names no language", _pdf(lambda file: file.Root.__delitem__("/Lang"))),
    Sample(
        "wrong-language",
        "pdf",
        "an English PDF that says it is German",
        _pdf(lambda file: file.Root.__setattr__("Lang", pikepdf.String("de-DE"))),
    ),
    Sample("no-title", "pdf", "a PDF without a title", _pdf(_without_title)),
    Sample(
        "title-not-shown",
        "pdf",
        "a PDF whose window shows the file's name, not its title",
        _pdf(lambda file: file.Root.__delitem__("/ViewerPreferences")),
    ),
    Sample(
        "no-pdfua",
        "pdf",
        "a PDF that does not say it keeps to PDF/UA",
        _pdf(lambda file: _about(file, rb"<pdfuaid:part>1</pdfuaid:part>")),
    ),
    Sample(
        "no-pdfa",
        "pdf",
        "a PDF that does not say it keeps to PDF/A",
        _pdf(lambda file: _about(file, rb"<pdfaid:(part|conformance)>.</pdfaid:(part|conformance)>")),
    ),
    Sample(
        "no-alt", "pdf", "a picture without words for it", _tag("Figure", lambda element: element.__delitem__("/Alt"))
    ),
    Sample(
        "junk-alt",
        "pdf",
        "a picture that is called by the name of its file",
        _tag("Figure", lambda element: element.__setattr__("Alt", pikepdf.String("chart.png"))),
    ),
    Sample("no-headings", "pdf", "headings that are only large letters", _role("H1", "P")),
    Sample("skipped-heading", "pdf", "a heading of level 3 right below level 1", _role("H2", "H3")),
    Sample("first-heading-2", "pdf", "a first heading of level 2", _role("H1", "H2")),
    Sample("no-header-cells", "pdf", "a table without header cells", _pdf(_headless)),
    Sample("no-scope", "pdf", "header cells that do not say what they are headers of", _tag("TH", _scopeless)),
    Sample("rows-as-divisions", "pdf", "a table whose rows are not rows", _role("TR", "Div")),
    Sample("caption-outside", "pdf", "a table whose caption stands outside of it", _pdf(_captions_out)),
    Sample("lists-as-divisions", "pdf", "list items that belong to no list", _role("L", "Div")),
    Sample("link-without-words", "pdf", "links that do not say in words where they lead", _pdf(_speechless)),
    Sample("font-not-embedded", "pdf", "a PDF without its fonts", _pdf(_without_fonts)),
    Sample("no-letters", "pdf", "text that programs cannot read as letters", _pdf(_without_letters)),
    Sample("no-bookmarks", "pdf", "a PDF without bookmarks", _pdf(lambda file: file.Root.__delitem__("/Outlines"))),
    Sample("no-tab-order", "pdf", "pages that do not say in which order a key goes through them", _pdf(_tabless)),
    Sample("unmarked", "pdf", "a line that is neither content nor an artifact", _pdf(_unmarked)),
    Sample(
        "low-contrast", "pdf", "text in light grey on white", _drawn(rb"\S+ \S+ \S+ scn(\s+BT)", rb".75 .75 .75 scn\1")
    ),
    Sample("small-text", "pdf", "a text in letters of 6 points", _drawn(rb" 12 Tf", b" 6 Tf")),
    Sample("truncated", "pdf", "a PDF whose end is missing", lambda data: data[: len(data) * 2 // 3]),
)


# --- broken Word files ---

_TEXT, _STYLES, _LINKS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"


def _part(name: str, *changes: tuple[str, str]) -> Callable[[bytes], bytes]:
    """A Word file with the text of a part changed, by patterns."""

    def spoil(data: bytes) -> bytes:
        parts = _unzipped(data)
        text = parts[name].decode()
        for pattern, new in changes:
            text, count = re.subn(pattern, new, text, flags=re.DOTALL)
            assert count, pattern
        return _zipped(parts | {name: text.encode()})

    return spoil


def _missing_part(data: bytes) -> bytes:
    return _zipped({name: part for name, part in _unzipped(data).items() if not name.startswith("word/media/")})


def _unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(zipfile.ZipInfo(name), part)
    return result.getvalue()


_PARAGRAPH = r'<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr>'
_BOLD = f"{_PARAGRAPH}<w:r><w:rPr><w:b/></w:rPr><w:t>Opening hours in detail</w:t></w:r></w:p>"
SPOILT_WORD = (
    Sample("no-language", "docx", "a Word file that names no language", _part(_STYLES, ("<w:lang [^>]*/>", ""))),
    Sample("wrong-language", "docx", "an English Word file that says it is German", _part(_STYLES, ("en-GB", "de-DE"))),
    Sample(
        "no-title", "docx", "a Word file without a title", _part("docProps/core.xml", ("<dc:title>.*?</dc:title>", ""))
    ),
    Sample(
        "no-author",
        "docx",
        "a Word file without an author",
        _part("docProps/core.xml", ("<dc:creator>.*?</dc:creator>", "")),
    ),
    Sample("no-alt", "docx", "a picture without words for it", _part(_TEXT, ('descr="W[^"]*"', 'descr=""'))),
    Sample(
        "junk-alt",
        "docx",
        "a picture that is called by its number",
        _part(_TEXT, ('descr="W[^"]*"', 'descr="Picture 1"')),
    ),
    Sample("no-headings", "docx", "a text without headings", _part(_TEXT, (r'"Heading\d"', '"BodyText"'))),
    Sample(
        "skipped-heading",
        "docx",
        "a heading of level 3 right below level 1",
        _part(_TEXT, ('"Heading2"', '"Heading3"')),
    ),
    Sample("first-heading-2", "docx", "a first heading of level 2", _part(_TEXT, ('"Heading1"', '"Heading2"'))),
    Sample(
        "bold-as-heading", "docx", "a heading that is only bold", _part(_TEXT, (f"({_PARAGRAPH}.*)", rf"{_BOLD}\1"))
    ),
    Sample("table-without-header", "docx", "a table without a header row", _part(_TEXT, ("<w:tblHeader[^>]*/>", ""))),
    Sample(
        "no-first-column",
        "docx",
        "a table whose first column is not marked as headers",
        _part(_TEXT, ('w:firstColumn="1"', 'w:firstColumn="0"')),
    ),
    Sample("rows-that-break", "docx", "rows that a page can break in two", _part(_TEXT, ("<w:cantSplit/>", ""))),
    Sample("table-without-name", "docx", "a table without a name", _part(_TEXT, ("<w:tblCaption [^>]*/>", ""))),
    Sample(
        "merged-cells",
        "docx",
        "a table with joined cells",
        _part(
            _TEXT,
            (
                r'(<w:tcW [^>]*/>)(?=</w:tcPr><w:p><w:pPr><w:pStyle w:val="TableRowH)',
                r"\1<w:vMerge/>",
            ),
        ),
    ),
    Sample(
        "blank-paragraphs",
        "docx",
        "an empty paragraph that makes room",
        _part(_TEXT, (f"({_PARAGRAPH}.*)", rf"{_PARAGRAPH}</w:p>\1")),
    ),
    Sample(
        "dead-link", "docx", "a link to a place that is not there", _part(_TEXT, ('w:anchor="help"', 'w:anchor="gone"'))
    ),
    Sample("vague-link", "docx", "a link that says “here”", _part(_TEXT, (">NHS website<", ">here<"))),
    Sample(
        "dangling-link",
        "docx",
        "a link without an address",
        _part(_LINKS, ('<Relationship [^>]*/hyperlink"[^>]*/>', "")),
    ),
    Sample("duplicate-bookmark", "docx", "two places of one name", _part(_TEXT, ('w:name="home"', 'w:name="help"'))),
    Sample(
        "duplicate-drawing",
        "docx",
        "two pictures of one number",
        _part(_TEXT, (r"(<w:p>(?:(?!<w:p>).)*?<w:drawing>.*?</w:p>)", r"\1\1")),
    ),
    Sample("missing-part", "docx", "a Word file whose picture is missing", _missing_part),
    Sample(
        "no-content-type",
        "docx",
        "a part of no known kind",
        _part("[Content_Types].xml", ('<Default Extension="png"[^>]*/>', "")),
    ),
    Sample(
        "unknown-element",
        "docx",
        "an element that Word does not know",
        _part(_TEXT, ("<w:tblGrid>", "<w:tblOdd/><w:tblGrid>")),
    ),
    Sample(
        "unknown-style", "docx", "a paragraph in a style that is not there", _part(_TEXT, ('"TableText"', '"NoStyle"'))
    ),
    Sample(
        "low-contrast",
        "docx",
        "text in light grey on white",
        _part(_TEXT, ("<w:r>(<w:t [^>]*>Most)", r'<w:r><w:rPr><w:color w:val="BBBBBB"/></w:rPr>\1')),
    ),
    Sample(
        "empty-contents",
        "docx",
        "a table of contents that is empty until Word is asked",
        _part(_TEXT, (r"<w:hyperlink w:anchor=\"[^\"]*\" w:history.*?</w:hyperlink>", "")),
    ),
    Sample(
        "letter-paper",
        "docx",
        "pages in the American size",
        _part(_TEXT, ('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')),
    ),
    Sample(
        "old-word",
        "docx",
        "a Word file that opens in compatibility mode",
        _part("word/settings.xml", ("<w:compatSetting[^>]*/>", "")),
    ),
    Sample("truncated", "docx", "a Word file whose end is missing", lambda data: data[: len(data) * 2 // 3]),
)


# --- broken ODT files ---


def _odt(name: str, *changes: tuple[str, str]) -> Callable[[bytes], bytes]:
    """An ODT file with the text of a part changed, by patterns."""

    def spoil(data: bytes) -> bytes:
        text = _unzipped(data)[name].decode()
        for pattern, new in changes:
            text, count = re.subn(pattern, new, text, flags=re.DOTALL)
            assert count, pattern
        return _packed(_unzipped(data) | {name: text.encode()})

    return spoil


def _packed(parts: Mapping[str, bytes], plain: str = "mimetype") -> bytes:
    """An ODT file: its kind stands first, and is not compressed."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as file:
        for name, part in parts.items():
            file.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_STORED if name == plain else zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _without_pictures(data: bytes) -> bytes:
    return _packed({name: part for name, part in _unzipped(data).items() if not name.startswith("Pictures/")})


def _kind_last(data: bytes) -> bytes:
    parts = _unzipped(data)
    return _packed({name: parts[name] for name in sorted(parts, key=lambda name: name == "mimetype")})


_CONTENT, _ABOUT, _LOOK = "content.xml", "meta.xml", "styles.xml"
_FIRST_TEXT = '<text:p text:style-name="Text_20_body">Most'
SPOILT_ODT = (
    Sample("no-language", "odt", "an ODT file that names no language", _odt(_LOOK, (' fo:language="en"', ""))),
    Sample(
        "wrong-language",
        "odt",
        "an English ODT file that says it is German",
        _odt(_LOOK, ('fo:language="en" fo:country="GB"', 'fo:language="de" fo:country="DE"')),
    ),
    Sample("no-title", "odt", "an ODT file without a title", _odt(_ABOUT, ("<dc:title>.*?</dc:title>", ""))),
    Sample("no-author", "odt", "an ODT file without an author", _odt(_ABOUT, ("<dc:creator>.*?</dc:creator>", ""))),
    Sample("no-alt", "odt", "a picture without words for it", _odt(_CONTENT, ("<svg:desc>.*?</svg:desc>", ""))),
    Sample(
        "junk-alt",
        "odt",
        "a picture that is called by its number",
        _odt(_CONTENT, ("<svg:desc>.*?</svg:desc>", "<svg:desc>Picture 1</svg:desc>")),
    ),
    Sample(
        "no-headings",
        "odt",
        "a text without headings",
        _odt(_CONTENT, (r'<text:h ([^>]*?) text:outline-level="\d"', r"<text:p \1"), ("</text:h>", "</text:p>")),
    ),
    Sample(
        "skipped-heading",
        "odt",
        "a heading of level 3 right below level 1",
        _odt(_CONTENT, ('text:outline-level="2">', 'text:outline-level="3">')),
    ),
    Sample(
        "first-heading-2",
        "odt",
        "a first heading of level 2",
        _odt(_CONTENT, ('text:outline-level="1">', 'text:outline-level="2">')),
    ),
    Sample(
        "table-without-header",
        "odt",
        "a table without a header row",
        _odt(_CONTENT, ("</?table:table-header-rows>", "")),
    ),
    Sample(
        "no-first-column",
        "odt",
        "a table whose first column is not marked as headers",
        _odt(_CONTENT, ('first-column-styles="true"', 'first-column-styles="false"')),
    ),
    Sample(
        "rows-that-break",
        "odt",
        "rows that a page can break in two",
        _odt(
            _CONTENT, ('table-row-properties fo:keep-together="always"', 'table-row-properties fo:keep-together="auto"')
        ),
    ),
    Sample(
        "table-without-name", "odt", "a table without a name", _odt(_CONTENT, ("<table:title>.*?</table:title>", ""))
    ),
    Sample(
        "merged-cells",
        "odt",
        "a table with joined cells",
        _odt(
            _CONTENT,
            ('office:value-type="string"(?=><text:p [^>]*>Closed)', 'table:number-columns-spanned="1"'),
            ("(Closed</text:p></table:table-cell>)", r"\1<table:covered-table-cell/>"),
        ),
    ),
    Sample(
        "blank-paragraphs",
        "odt",
        "an empty paragraph that makes room",
        _odt(_CONTENT, (_FIRST_TEXT, f'<text:p text:style-name="Text_20_body"/>{_FIRST_TEXT}')),
    ),
    Sample(
        "dead-link",
        "odt",
        "a link to a place that is not there",
        _odt(_CONTENT, ('xlink:href="#help"', 'xlink:href="#gone"')),
    ),
    Sample("vague-link", "odt", "a link that says “here”", _odt(_CONTENT, (">NHS website<", ">here<"))),
    Sample(
        "duplicate-bookmark",
        "odt",
        "two places of one name",
        _odt(_CONTENT, ('text:bookmark text:name="home"', 'text:bookmark text:name="help"')),
    ),
    Sample("missing-part", "odt", "an ODT file whose picture is missing", _without_pictures),
    Sample(
        "no-content-type",
        "odt",
        "a part of no known kind",
        _odt("META-INF/manifest.xml", ('<manifest:file-entry manifest:full-path="Pictures[^>]*/>', "")),
    ),
    Sample("kind-last", "odt", "an ODT file that does not begin with its kind", _kind_last),
    Sample(
        "other-kind",
        "odt",
        "a text that says it is a table",
        _odt("mimetype", ("opendocument.text", "opendocument.spreadsheet")),
    ),
    Sample(
        "unknown-element",
        "odt",
        "an element that OpenDocument does not know",
        _odt(_CONTENT, ("<table:table-header-rows>", "<table:odd/><table:table-header-rows>")),
    ),
    Sample(
        "unknown-style",
        "odt",
        "a paragraph in a style that is not there",
        _odt(_CONTENT, (_FIRST_TEXT, _FIRST_TEXT.replace("Text_20_body", "No_20_style"))),
    ),
    Sample(
        "empty-contents",
        "odt",
        "a table of contents that is empty until a program is asked",
        _odt(_CONTENT, ("(</text:index-title>).*?(</text:index-body>)", r"\1\2")),
    ),
    Sample(
        "letter-paper",
        "odt",
        "pages in the American size",
        _odt(
            _LOOK, ('fo:page-width="595.3pt" fo:page-height="841.9pt"', 'fo:page-width="612pt" fo:page-height="792pt"')
        ),
    ),
    Sample("truncated", "odt", "an ODT file whose end is missing", lambda data: data[: len(data) * 2 // 3]),
)


# --- broken pages ---


def _page(pattern: str, new: str) -> Callable[[bytes], bytes]:
    """A page with its text changed, by a pattern."""

    def spoil(data: bytes) -> bytes:
        text, count = re.subn(pattern, new, data.decode(), flags=re.DOTALL)
        assert count, pattern
        return text.encode()

    return spoil


def _before_table(html: str) -> Callable[[bytes], bytes]:
    return _page('(<table class="about">)', html + r"\1")


SPOILT_PAGE = (
    Sample("no-lang", "page", "a page that names no language", _page('<html lang="en-GB"', "<html")),
    Sample(
        "wrong-lang", "page", "an English page that says it is German", _page('<html lang="en-GB"', '<html lang="de"')
    ),
    Sample("no-title", "page", "a page without a title", _page("<title>.*?</title>", "")),
    Sample(
        "no-description",
        "page",
        "a page that says nowhere what it is about",
        _page('<meta name="description"[^>]*>', ""),
    ),
    Sample("no-canonical", "page", "a page that does not state its address", _page('<link rel="canonical"[^>]*>', "")),
    Sample("no-main", "page", "a page whose main part is not marked", _page("<(/?)main", r"<\1div")),
    Sample("no-h1", "page", "a page without a heading of its own", _page("<(/?)h1", r"<\1p")),
    Sample("two-h1", "page", "a page with two headings of level 1", _page("<(/?)h2", r"<\1h1")),
    Sample("skipped-heading", "page", "a heading of level 3 right below level 1", _page("<(/?)h2", r"<\1h3")),
    Sample("table-without-header", "page", "a table without header cells", _page("<(/?)th( [^>]*)?>", r"<\1td>")),
    Sample("table-without-name", "page", "a table without a name", _page("<caption>.*?</caption>", "")),
    Sample("no-alt", "page", "a picture without words for it", _page(' alt="[^"]*"', "")),
    Sample(
        "junk-alt",
        "page",
        "a picture that is called by the name of its file",
        _page(' alt="[^"]*"', ' alt="chart.svg"'),
    ),
    Sample("jumping", "page", "a picture that makes the page jump when it comes", _page(' width="[^"]*"', "")),
    Sample(
        "dead-link", "page", "a link to a page that is not there", _page('href="downloads/">all', 'href="gone/">all')
    ),
    Sample(
        "dead-anchor",
        "page",
        "a link to a place that is not there",
        _before_table('<p><a href="#gone">What is gone</a></p>'),
    ),
    Sample(
        "dead-picture",
        "page",
        "a picture that is not there",
        _page('src="drawings/waiting.svg"', 'src="drawings/gone.svg"'),
    ),
    Sample("empty-link", "page", "a link without words", _page(">all downloads<", "><")),
    Sample("vague-link", "page", "a link that says “here”", _page(">all downloads<", ">here<")),
    Sample("duplicate-id", "page", "two things of one name", _page('id="waiting"', 'id="hours"')),
    Sample(
        "no-policy", "page", "a page that lets any script run", _page('<meta http-equiv="Content-Security[^>]*>', "")
    ),
    Sample(
        "other-host",
        "page",
        "a page that loads something from elsewhere",
        _page("</head>", '<script src="https://example.org/count.js"></script></head>'),
    ),
    Sample(
        "inline-script",
        "page",
        "a script in the page itself",
        _page("</head>", "<script>let count = 1;</script></head>"),
    ),
    Sample("inline-style", "page", "a look in the page itself", _page("<h1 ", '<h1 style="color: teal" ')),
    Sample("inline-handler", "page", "a script in an attribute", _page("<h1 ", '<h1 onclick="print()" ')),
    # What the content security policy cannot keep from a browser: attributes of old.
    Sample(
        "low-contrast",
        "page",
        "text in light grey on white",
        _before_table('<p><font color="#bbbbbb">Bring your letter.</font></p>'),
    ),
    Sample(
        "sideways",
        "page",
        "a page that is wider than a phone",
        _before_table('<svg width="2000" height="20" role="img" aria-label="A long line"></svg>'),
    ),
    Sample(
        "small-target",
        "page",
        "two buttons that are hard to hit",
        _before_table('<p><button type="button">‹</button><button type="button">›</button></p>'),
    ),
    Sample("empty-button", "page", "a button without a name", _before_table('<button type="button"></button>')),
    Sample(
        "bad-nesting",
        "page",
        "a list that holds something else than items",
        _page("<ul><li><p>Talk", "<ul><p>Or</p><li><p>Talk"),
    ),
)

SAMPLES: tuple[Sample, ...] = (*SPOILT_PDF, *SPOILT_WORD, *SPOILT_ODT, *SPOILT_PAGE)
