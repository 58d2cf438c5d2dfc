"""What a finished ODT file must be: a whole package, with the structure by which word processors read it aloud."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.etree import _Element as Element

from .words import heading_faults, is_junk, is_vague

_LANGUAGE = ("en", "GB")
_KIND = b"application/vnd.oasis.opendocument.text"
_OASIS = "{urn:oasis:names:tc:opendocument:xmlns"
_TEXT, _TABLE, _STYLE = f"{_OASIS}:text:1.0}}", f"{_OASIS}:table:1.0}}", f"{_OASIS}:style:1.0}}"
_DRAW, _SVG, _FO = f"{_OASIS}:drawing:1.0}}", f"{_OASIS}:svg-compatible:1.0}}", f"{_OASIS}:xsl-fo-compatible:1.0}}"
_META, _OFFICE, _LIST = f"{_OASIS}:meta:1.0}}", f"{_OASIS}:office:1.0}}", f"{_OASIS}:manifest:1.0}}"
_DUBLIN, _LINK = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/1999/xlink}href"
_NEEDED = ("META-INF/manifest.xml", "content.xml", "meta.xml", "settings.xml", "styles.xml")
_SHEET = {("595.3pt", "841.9pt"), ("841.9pt", "595.3pt")}  # A4, upright and turned


def faults(data: bytes) -> Iterator[str]:
    """What is wrong with an ODT file; nothing when it is good."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            first = file.infolist()[0] if file.infolist() else None
            parts = {name: file.read(name) for name in file.namelist()}
        trees = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith(".xml")}
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        yield f"the file is damaged: {error}"
        return
    if first is None or first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        yield "its kind does not stand first and plain, so programs do not know what it is"
    elif parts["mimetype"] != _KIND:
        yield "it says that it is of another kind than an ODT file"
    if missing := [name for name in _NEEDED if name not in parts]:
        yield f"parts are missing: {', '.join(missing)}"
        return
    text, styles = trees["content.xml"], trees["styles.xml"]
    yield from _package(parts, trees)
    yield from _what_it_says_of_itself(trees["meta.xml"], styles)
    yield from _names(text, styles)
    yield from _headings(text)
    yield from _paragraphs(text)
    yield from _tables(text)
    yield from _pictures(text)
    yield from _links(text)


def _package(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[str]:
    """Parts that the list of parts leaves out or that are not there, pictures and fonts among them."""
    listed = {entry.get(f"{_LIST}full-path", "") for entry in trees["META-INF/manifest.xml"]} - {"/"}
    used = {
        link.get(_LINK, "")
        for name in ("content.xml", "styles.xml")
        for link in trees[name].iter(f"{_DRAW}image", f"{_SVG}font-face-uri")
    }
    held = parts.keys() - {"mimetype", "META-INF/manifest.xml"}
    yield from (f"the part {name} is missing" for name in sorted((listed | used) - held))
    yield from (f"the part {name} is of no known kind" for name in sorted(held - listed))


def _what_it_says_of_itself(meta: Element, styles: Element) -> Iterator[str]:
    about = meta[0] if len(meta) else meta
    for name, called in (("title", "title"), ("creator", "author")):
        if not (about.findtext(f"{_DUBLIN}{name}") or "").strip():
            yield f"it has no {called} among its properties"
    told = {about.findtext(f"{_DUBLIN}language") or "none"}
    for look in styles.iterfind(f".//{_STYLE}default-style[@{_STYLE}family='paragraph']/{_STYLE}text-properties"):
        told.add(f"{look.get(f'{_FO}language', 'none')}-{look.get(f'{_FO}country', '')}")
    right = "-".join(_LANGUAGE)
    yield from (f"a language that it names is {language}, not {right}" for language in sorted(told - {right}))
    for page in styles.iter(f"{_STYLE}page-layout-properties"):
        if (page.get(f"{_FO}page-width"), page.get(f"{_FO}page-height")) not in _SHEET:
            yield "a page of it is not A4"


def _names(text: Element, styles: Element) -> Iterator[str]:
    """Styles, lists and kinds of page that are used but not there, and names that stand twice."""
    known = {
        part.get(f"{_STYLE}name", "")
        for root in (text, styles)
        for part in root.iter(f"{_STYLE}style", f"{_TEXT}list-style", f"{_STYLE}master-page")
    }
    used = {
        value
        for element in text.iter()
        for key, value in element.attrib.items()
        if str(key).endswith(("}style-name", "}parent-style-name", "}master-page-name"))
    }
    yield from (f"the style {name} is used, but not there" for name in sorted(map(str, used - known)))
    for what, names in (
        ("places are called", [mark.get(f"{_TEXT}name") for mark in text.iter(f"{_TEXT}bookmark")]),
        ("tables are called", [table.get(f"{_TABLE}name") for table in text.iter(f"{_TABLE}table")]),
        ("pictures are called", [frame.get(f"{_DRAW}name") for frame in text.iter(f"{_DRAW}frame")]),
    ):
        yield from (f"{count} {what} {name}" for name, count in Counter(names).items() if count > 1)


def _headings(text: Element) -> Iterator[str]:
    found = [(int(part.get(f"{_TEXT}outline-level", "1")), _words(part)) for part in text.iter(f"{_TEXT}h")]
    yield from heading_faults(found)
    if not found:
        yield "it has no headings"


def _paragraphs(text: Element) -> Iterator[str]:
    """Paragraphs that only make room, and contents that wait to be filled."""
    before = ""
    for paragraph in text.iterfind(f"{_OFFICE}body/{_OFFICE}text/{_TEXT}p"):
        words = _words(paragraph)
        if not words and next(paragraph.iter(f"{_DRAW}frame", f"{_TEXT}bookmark-ref"), None) is None:
            yield f"an empty paragraph makes room after “{before[:60]}”"
        before = words
    for contents in text.iter(f"{_TEXT}table-of-content"):
        if next(contents.iter(f"{_TEXT}a"), None) is None:
            yield "the table of contents is empty until a program is asked to fill it"


def _tables(text: Element) -> Iterator[str]:
    broken = {
        row.get(f"{_STYLE}name")
        for row in text.iterfind(f".//{_STYLE}style[@{_STYLE}family='table-row']")
        if (look := row.find(f"{_STYLE}table-row-properties")) is None or look.get(f"{_FO}keep-together") != "always"
    }
    for table in text.iter(f"{_TABLE}table"):
        name = (table.findtext(f"{_TABLE}title") or "").strip()
        begins = next(map(_words, table.iter(f"{_TEXT}p")), "")
        called = f"the table “{name}”" if name else f"the table that begins with “{begins[:40]}”"
        if not name:
            yield f"{called} has no name"
        head = table.find(f"{_TABLE}table-header-rows")
        if head is None or not len(head):
            yield f"{called} has no header row"
        elif not all(_words(cell) for cell in head.iter(f"{_TABLE}table-cell")):
            yield f"{called} has an empty header"
        told = [table.get(f"{_TABLE}use-first-{which}-styles") for which in ("row", "column")]
        if told != ["true", "true"] or table.find(f"{_TABLE}table-header-columns") is None:
            yield f"{called} does not say that its first row and column are headers"
        rows = {row.get(f"{_TABLE}style-name") for row in table.iter(f"{_TABLE}table-row")}
        if None in rows or rows & broken:
            yield f"{called} has rows that a page can break in two"
        if next(table.iter(f"{_TABLE}covered-table-cell"), None) is not None:
            yield f"{called} has joined cells"
        if table.find(f".//{_TABLE}table") is not None:
            yield f"{called} holds another table"


def _pictures(text: Element) -> Iterator[str]:
    for frame in text.iter(f"{_DRAW}frame"):
        words = frame.findtext(f"{_SVG}desc") or ""
        if frame.find(f"{_DRAW}image") is not None and is_junk(words):
            yield f"no words say what a picture shows: “{words}”"


def _links(text: Element) -> Iterator[str]:
    marks = {mark.get(f"{_TEXT}name", "") for mark in text.iter(f"{_TEXT}bookmark")}
    targets = {mark.get(f"{_TEXT}ref-name", "") for mark in text.iter(f"{_TEXT}bookmark-ref")}
    for link in text.iter(f"{_TEXT}a"):
        address = link.get(_LINK, "")
        if address.startswith("#"):
            targets.add(address[1:])
        if is_vague(_words(link)):
            yield f"the words of a link do not say where it leads: “{_words(link)}”"
    yield from (f"a link leads to {target}, which is not there" for target in sorted(targets - marks))


def _words(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
