"""What a finished Word file must be: a whole package, with the structure by which Word reads it aloud."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.etree import _Element as Element

from .words import heading_faults, is_junk, is_vague

_LANGUAGE = "en-GB"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_SHEET = {("11906", "16838"), ("16838", "11906")}  # A4, upright and turned, in twentieths of a point
_TARGET = re.compile(r'\s*(?:PAGEREF|REF|NOTEREF|HYPERLINK\s+\\l)\s+"?([^\s"]+)')
_BODY_LEVEL = 9  # the outline level of what is no heading
_OFF = ("0", "false", "off")
_NEEDED = (
    "[Content_Types].xml",
    "docProps/core.xml",
    "word/document.xml",
    "word/numbering.xml",
    "word/settings.xml",
    "word/styles.xml",
)
_SHORT = 80  # letters: a longer bold paragraph is no heading in disguise


def faults(data: bytes) -> Iterator[str]:
    """What is wrong with a Word file; nothing when it is good."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = {name: file.read(name) for name in file.namelist()}
        trees = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        yield f"the file is damaged: {error}"
        return
    if broken := [*_package(parts, trees)]:
        yield from broken
        return
    yield from _what_it_says_of_itself(trees)
    text, styles = trees["word/document.xml"], _styles(trees["word/styles.xml"])
    yield from _names(text, styles, trees["word/numbering.xml"])
    yield from _headings(text, styles)
    yield from _paragraphs(text)
    yield from _tables(text)
    yield from _pictures(text)
    yield from _links(text)


def _package(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[str]:
    """Parts without a kind, links to parts that are not there, and names that no link explains."""
    if missing := [name for name in _NEEDED if name not in parts]:
        yield f"parts are missing: {', '.join(missing)}"
        return
    kinds = trees["[Content_Types].xml"]
    endings = {kind.get("Extension") for kind in kinds}
    named = {kind.get("PartName", "").lstrip("/") for kind in kinds} - {""}
    for name in parts:
        if name not in named and name.rpartition(".")[2] not in endings and name != "[Content_Types].xml":
            yield f"the part {name} is of no known kind"
    yield from (f"the part {name} is missing" for name in sorted(named - parts.keys()))
    for name, tree in trees.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for link in tree:
                target = posixpath.normpath(posixpath.join(folder, link.get("Target", "").lstrip("/")))
                if link.get("TargetMode") != "External" and target not in parts:
                    yield f"the part {target} is missing"
            continue
        beside = posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")
        known = {link.get("Id", "") for link in trees[beside]} if beside in trees else set()
        used = {
            value for element in tree.iter() for key, value in element.attrib.items() if str(key).startswith(_OFFICE)
        }
        yield from (f"{name} refers to {id}, which leads nowhere" for id in sorted(map(str, used - known)))


def _what_it_says_of_itself(trees: Mapping[str, Element]) -> Iterator[str]:
    about = trees["docProps/core.xml"]
    for name, called in (("title", "title"), ("creator", "author")):
        if not (about.findtext(f"{_DUBLIN}{name}") or "").strip():
            yield f"it has no {called} among its properties"
    default = trees["word/styles.xml"].find(f"{_W}docDefaults//{_W}lang")
    told = {_val(default) or "none", about.findtext(f"{_DUBLIN}language") or "none"}
    told |= {value for lang in trees["word/document.xml"].iter(f"{_W}lang") if (value := _val(lang))}
    yield from (f"a language that it names is {language}, not {_LANGUAGE}" for language in sorted(told - {_LANGUAGE}))
    settings = trees["word/settings.xml"].iter(f"{_W}compatSetting")
    if ("compatibilityMode", "15") not in [(setting.get(f"{_W}name"), _val(setting)) for setting in settings]:
        yield "Word would open it in compatibility mode"
    for size in trees["word/document.xml"].iter(f"{_W}pgSz"):
        if (size.get(f"{_W}w"), size.get(f"{_W}h")) not in _SHEET:
            yield "a page of it is not A4"


def _names(text: Element, styles: Mapping[str, Element], numbering: Element) -> Iterator[str]:
    """Styles and lists that are used but not there, and names that stand twice."""
    used = {_val(name) for name in text.iter(f"{_W}pStyle", f"{_W}rStyle", f"{_W}tblStyle")}
    yield from (f"the style {name} is used, but not there" for name in sorted(used - styles.keys()))
    lists = {number.get(f"{_W}numId", "") for number in numbering.iter(f"{_W}num")} | {"0"}
    missing = {_val(number) for number in text.iter(f"{_W}numId")} - lists
    yield from (f"the list {number} is used, but not there" for number in sorted(missing))
    for what, names in (
        ("places are called", [mark.get(f"{_W}name") for mark in text.iter(f"{_W}bookmarkStart")]),
        ("bookmarks have the number", [mark.get(f"{_W}id") for mark in text.iter(f"{_W}bookmarkStart")]),
        ("pictures have the number", [picture.get("id") for picture in text.iter(_PICTURE)]),
    ):
        yield from (
            f"{count} {what} {name}: give each one of its own" for name, count in Counter(names).items() if count > 1
        )


def _headings(text: Element, styles: Mapping[str, Element]) -> Iterator[str]:
    levels = {name: _level(name, styles) for name in styles}
    found = []
    for paragraph in text.iter(f"{_W}p"):
        own = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        level = int(_val(own)) if own is not None else levels.get(_style(paragraph), _BODY_LEVEL)
        if level != _BODY_LEVEL:
            found.append((level + 1, _words(paragraph)))
    yield from heading_faults(found)
    if not found:
        yield "it has no headings"


def _level(name: str, styles: Mapping[str, Element]) -> int:
    """The outline level of a style, counted from 0: its own, or that of the style that it rests on."""
    while name in styles:
        if (own := styles[name].find(f"{_W}pPr/{_W}outlineLvl")) is not None:
            return int(_val(own))
        name = _val(styles[name].find(f"{_W}basedOn"))
    return _BODY_LEVEL


def _paragraphs(text: Element) -> Iterator[str]:
    """Paragraphs that only make room, headings in disguise, and contents that wait for Word."""
    shown = [f"{_W}{name}" for name in ("t", "drawing", "sectPr", "br", "fldChar")]
    before = ""
    for paragraph in text.iterfind(f"{_W}body/{_W}p"):
        words = _words(paragraph)
        if next(paragraph.iter(*shown), None) is None:
            yield f"an empty paragraph makes room after “{before[:60]}”"
        runs = [run for run in paragraph.iterfind(f"{_W}r") if _words(run)]
        bold = [_is_on(run.find(f"{_W}rPr/{_W}b")) for run in runs]
        if words and len(words) < _SHORT and words[-1] not in ".:;?!" and bold and all(bold):
            yield f"the paragraph “{words}” looks like a heading, but is none"
        before = words
    for contents in text.iter(f"{_W}sdt"):
        told = "".join(code.text or "" for code in contents.iter(f"{_W}instrText"))
        if told.split()[:1] == ["TOC"] and next(contents.iter(f"{_W}hyperlink"), None) is None:
            yield "the table of contents is empty until Word is asked to fill it"


def _tables(text: Element) -> Iterator[str]:
    for table in text.iter(f"{_W}tbl"):
        about = table.find(f"{_W}tblPr")
        assert about is not None, "the schema asks for a table's properties"
        name = _val(about.find(f"{_W}tblCaption")) or _val(about.find(f"{_W}tblDescription"))
        first = _words(next(table.iter(f"{_W}tc"), table))
        called = f"the table “{name}”" if name else f"the table that begins with “{first}”"
        rows = table.findall(f"{_W}tr")
        if not name:
            yield f"{called} has no name"
        if not rows or not _is_on(rows[0].find(f"{_W}trPr/{_W}tblHeader")):
            yield f"{called} has no header row"
        look = about.find(f"{_W}tblLook")
        if look is None or look.get(f"{_W}firstRow") != "1" or look.get(f"{_W}firstColumn") != "1":
            yield f"{called} does not say that its first row and column are headers"
        if not all(_is_on(row.find(f"{_W}trPr/{_W}cantSplit")) for row in rows):
            yield f"{called} has rows that a page can break in two"
        if next(table.iter(f"{_W}gridSpan", f"{_W}vMerge", f"{_W}hMerge"), None) is not None:
            yield f"{called} has joined cells"
        if table.find(f".//{_W}tbl") is not None:
            yield f"{called} holds another table"
        if rows and not all(_words(cell) for cell in rows[0].iterfind(f"{_W}tc")):
            yield f"{called} has an empty header"


def _pictures(text: Element) -> Iterator[str]:
    for picture in text.iter(_PICTURE):
        if is_junk(picture.get("descr", "")):
            yield f"no words say what a picture shows: “{picture.get('descr', '')}”"


def _links(text: Element) -> Iterator[str]:
    marks = {mark.get(f"{_W}name", "") for mark in text.iter(f"{_W}bookmarkStart")}
    targets = {link.get(f"{_W}anchor") for link in text.iter(f"{_W}hyperlink")} - {None}
    for code in text.iter(f"{_W}instrText"):
        targets |= set(_TARGET.findall(code.text or ""))
    yield from (f"a link leads to {target}, which is not there" for target in sorted(map(str, targets - marks)))
    for link in text.iter(f"{_W}hyperlink"):
        listed = next(link.iterancestors(f"{_W}sdt"), None) is not None  # in the contents, by the titles of chapters
        if is_vague(words := _words(link)) and not (words and listed):
            yield f"the words of a link do not say where it leads: “{words}”"


def _styles(styles: Element) -> dict[str, Element]:
    return {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}


def _style(paragraph: Element) -> str:
    return _val(paragraph.find(f"{_W}pPr/{_W}pStyle"))


def _val(element: Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _is_on(element: Element | None) -> bool:
    return element is not None and _val(element) not in _OFF


def _words(element: Element) -> str:
    return " ".join("".join(words.text or "" for words in element.iter(f"{_W}t")).split())
