"""What a finished PDF must be: the rules that a reader's program depends on, looked up in what typst wrote."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import pikepdf

from .words import is_junk, misplaced

Object = pikepdf.Object
Numbers = Mapping[tuple[int, int], int]

_LANGUAGE = "en-GB"
_HEADING = re.compile(r"/H([1-6])")
# What an element of a table or a list may hold.
_PARTS = {
    "/Table": {"/Caption", "/THead", "/TBody", "/TFoot", "/TR"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
    "/L": {"/LI", "/L", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
}
_WHOLES = {part: {whole for whole, parts in _PARTS.items() if part in parts} for part in ("/TR", "/TH", "/TD", "/LI")}
# On a page: where a stretch of content begins and ends, how large its letters are, and what paints.
_DRAWN = re.compile(
    rb"(/Artifact|/MCID)\b[^\n]*?\bBDC|\b(BDC|BMC|EMC)\b|([\d.]+) Tf"
    rb"|(?<![^\s\])>])(TJ|Tj|Do|sh|[SsfFBb]\*?)(?![^\s/\[(<])"
)
_SMALLEST = 12  # points, of all that is read: what runs along every page may be smaller
_LETTER = re.compile(rb"<[0-9A-Fa-f]+>\s*<00(?:4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])>")
# What typst sets a text in where it finds no font of the name that a template asks for.
_STAND_INS = ("LibertinusSerif", "NewComputerModern", "NewCM", "DejaVuSansMono")


def faults(data: bytes) -> Iterator[str]:
    """What is wrong with a PDF; nothing when it is good."""
    try:
        file = pikepdf.open(io.BytesIO(data), attempt_recovery=False)
    except pikepdf.PdfError:
        yield "the file is damaged: it cannot be opened without being repaired"
        return
    with file:
        yield from _what_it_says_of_itself(file)
        yield from _tags(file)
        yield from _pages(file)
        yield from _fonts(file)


def _what_it_says_of_itself(file: pikepdf.Pdf) -> Iterator[str]:
    if (language := str(file.Root.get("/Lang", "none"))) != _LANGUAGE:
        yield f"the language that it names is {language}, not {_LANGUAGE}"
    if not _within(file.Root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "a reader's window would show the file's name in place of its title"
    with file.open_metadata() as about:
        if not about.get("dc:title") or not str(file.docinfo.get("/Title", "")).strip():
            yield "it has no title among its properties"
        if about.get("pdfuaid:part") != "1":
            yield "it does not say that it keeps to PDF/UA-1"
        if (about.get("pdfaid:part"), about.get("pdfaid:conformance")) != ("2", "A"):
            yield "it does not say that it keeps to PDF/A-2a"


def _tags(file: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in file.Root or not _within(file.Root, "/MarkInfo", "/Marked"):
        yield "it has no tags, so a screen reader finds neither headings nor tables"
        return
    numbers: Numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
    level = 0
    for element, role, around in _elements(file.Root.StructTreeRoot, ""):
        if heading := _HEADING.fullmatch(role):
            last, level = level, int(heading[1])
            yield from misplaced(level, last, str(element.get("/T", "")))
        elif role == "/Figure" and is_junk(words := str(element.get("/Alt", ""))):
            yield f"no words say what a picture on {_place(element, numbers)} shows: “{words}”"
        elif role == "/Table":
            yield from (f"a table on {_place(element, numbers)} {lack}" for lack in _lacks(element))
        if role in _WHOLES and around not in _WHOLES[role]:
            wholes = " or ".join(sorted(_WHOLES[role]))
            yield f"on {_place(element, numbers)}, {role} stands in {around}, not in {wholes}"
        if role in _PARTS and (others := {str(child.S) for child in _children(element)} - _PARTS[role]):
            yield f"on {_place(element, numbers)}, {role} holds {', '.join(sorted(others))}"
    if not level:
        yield "it has no headings"
    elif not _within(file.Root, "/Outlines", "/First"):
        yield "it has headings, but no bookmarks"


def _lacks(table: Object) -> Iterator[str]:
    """What a table lacks: its name, headers, or what they are headers of."""
    parts = list(_children(table))
    if not any(part.S == "/Caption" for part in parts):
        yield "has no caption of its own"
    rows = [row for part in parts for row in ([part] if part.S == "/TR" else _children(part)) if row.S == "/TR"]
    cells = [list(_children(row)) for row in rows]
    if not cells or any(cell.S != "/TH" for cell in cells[0]):
        yield "does not begin with a row of header cells"
    if any(row and row[0].S != "/TH" for row in cells):
        yield "has a row that does not begin with a header cell"
    if any(cell.S == "/TH" and not _attribute(cell, "/Scope") for row in cells for cell in row):
        yield "has a header cell that does not say whether it is a row's or a column's"


def _place(element: Object, numbers: Numbers) -> str:
    """The page on which an element begins."""
    if "/Pg" in element:
        return f"page {numbers[element.Pg.objgen]}"
    return next((_place(child, numbers) for child in _children(element)), "a page that is not known")


def _pages(file: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(file.pages, 1):
        links = [annotation for annotation in page.get("/Annots", ()) if annotation.Subtype == "/Link"]
        if not all(str(link.get("/Contents", "")).strip() for link in links):
            yield f"a link on page {number} does not say in words where it leads"
        if links and page.get("/Tabs") != "/S":
            yield f"the Tab key does not go through page {number} in reading order"
        sizes, stray = _drawn(page)
        if stray:
            yield f"something on page {number} is neither content nor page furniture"
        if sizes and min(sizes) < _SMALLEST:
            yield f"letters on page {number} are of {min(sizes):g} points: none may be smaller than {_SMALLEST}"


def _drawn(page: pikepdf.Page) -> tuple[set[float], bool]:
    """The sizes of the letters of a page's content, and whether it paints what is neither content nor furniture."""
    contents = page.get("/Contents", pikepdf.Array())
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    within: list[bytes] = []
    sizes, stray = set(), False
    for found in _DRAWN.finditer(b"\n".join(map(_read, streams)) + b"\n"):
        kind, mark, size, _ = found.groups()
        if kind or mark in (b"BDC", b"BMC"):
            within.append(kind)
        elif mark:
            within.pop()
        elif size:
            sizes |= {float(size)} if b"/Artifact" not in within else set()
        else:
            stray |= not any(within)
    return sizes, stray


def _read(stream: Object) -> bytes:
    return stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)  # `pdf.settled` writes run lengths


def _fonts(file: pikepdf.Pdf) -> Iterator[str]:
    for font in file.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
            continue
        name = str(font.get("/BaseFont", "")).rpartition("+")[2].lstrip("/")
        if font.Subtype != "/Type0" and not any(
            _within(font, "/FontDescriptor", f"/FontFile{kind}") is not None for kind in ("", "2", "3")
        ):
            yield f"the font {name} is not part of the file"
        elif font.Subtype == "/Type0" and "/ToUnicode" not in font:
            yield f"programs cannot tell which letters stand there in the font {name}"
        elif font.Subtype == "/Type0" and name.startswith(_STAND_INS) and _LETTER.search(font.ToUnicode.read_bytes()):
            yield f"plain letters are set in {name}, which stands in for a font that was not found"


def _within(whole: Object, outer: str, inner: str) -> Object | None:
    """A part of a part, if both are there."""
    return whole[outer].get(inner) if outer in whole else None


def _elements(parent: Object, role: str) -> Iterator[tuple[Object, str, str]]:
    """The elements of a structure tree in reading order, each with its role and that of what it stands in."""
    for child in _children(parent):
        own = str(child.S)
        yield child, own, role
        yield from _elements(child, own)


def _children(element: Object) -> Iterator[Object]:
    children = element.get("/K", ())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child


def _attribute(element: Object, name: str) -> Object | None:
    owned = element.get("/A", ())
    for one in owned if isinstance(owned, pikepdf.Array) else [owned]:
        if isinstance(one, pikepdf.Dictionary) and name in one:
            return one[name]
    return None
