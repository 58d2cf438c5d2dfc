"""A document's HTML → a tagged PDF: pandoc to typst markup, typst to PDF, and the tags that typst cannot write."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import ObjectStreamMode

from . import elsewhere, pandoc
from .edition import Document, spoken
from .typesetting import VERSION as VERSION
from .typesetting import Sheet, pictures, typeset


def write(document: Document, html: str, templates: Path) -> bytes:
    """The PDF of a document."""
    html = elsewhere.unfolded(html, document.papers)
    markup = pandoc.convert(html, "typst-smart", filters=[templates / "filter.lua"], options=["--wrap=none"])
    values = {f"drawing:{name}": drawing.svg.decode() for name, drawing in document.drawings.items()}
    for path, data in document.papers.items():
        drawn = pictures(path, data, elsewhere.sizes(data), "svg")
        values |= {f"leaf:{path}:{number}": svg.decode() for number, svg in enumerate(drawn, 1)}
    values["about"] = json.dumps(_about(document), ensure_ascii=False)
    day = document.date
    sheet = Sheet(f"{document.name}.pdf", markup, templates, values, day)
    return settled(row_headers(typeset(sheet, "pdf")))


def pages(data: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(data)) as file:
        return len(file.pages)


def row_headers(data: bytes) -> bytes:
    """The same PDF with the first cell of each row tagged as the header of its row, which typst cannot do."""
    with pikepdf.open(io.BytesIO(data)) as file:
        for element in _elements(file.Root.StructTreeRoot):
            if element.S == "/TR" and element.K[0].S == "/TD":
                first, *others = element.K
                first.S = pikepdf.Name.TH
                first.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
                for cell in others:
                    _forget_headers(cell)
        return _saved(file, ObjectStreamMode.generate)


def settled(data: bytes) -> bytes:
    """The same PDF without a stream whose last byte happens to be a carriage return.

    Strict readers take that byte and the line feed after it for one line end, and find the stream too short.
    """
    for objects in (ObjectStreamMode.generate, ObjectStreamMode.disable):
        if b"\r\nendstream" not in data:
            break
        with pikepdf.open(io.BytesIO(data)) as file:
            for stream in file.objects:
                if not isinstance(stream, pikepdf.Stream) or not (raw := stream.read_raw_bytes()).endswith(b"\r"):
                    continue
                if stream.get("/Type") == "/CMap":  # a text: some programs that extract words know only one filter
                    stream.write(stream.read_bytes() + b"\n")
                else:
                    stream.write(_run_lengths(raw), filter=pikepdf.Array([pikepdf.Name.RunLengthDecode, stream.Filter]))
            data = _saved(file, objects)
    return data


def _run_lengths(raw: bytes) -> bytes:
    """Bytes in the PDF filter that only says how many follow, and ends with a byte of its own."""
    pieces = (raw[start : start + 128] for start in range(0, len(raw), 128))
    return b"".join(bytes([len(piece) - 1]) + piece for piece in pieces) + b"\x80"


def _saved(file: pikepdf.Pdf, objects: ObjectStreamMode) -> bytes:
    result = io.BytesIO()
    file.save(result, deterministic_id=True, object_stream_mode=objects)
    return result.getvalue()


def _elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements of a structure tree, in reading order."""
    children = parent.get("/K", ())
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _forget_headers(cell: pikepdf.Object) -> None:
    """Typst names a cell's column header only, which would hide the row's: leave both to their scope."""
    attributes = cell.get("/A", ())
    for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(one, pikepdf.Dictionary) and "/Headers" in one:
            del one["/Headers"]


def _about(document: Document) -> dict[str, str | int]:
    """What the cover, the header, the footer and the properties say."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "status": document.status,
        "sign": document.sign,
        "period": document.period,
        "version": document.version,
        "day": spoken(document.date),
        "author": document.author,
        "restated-by": document.restated_by,
        "description": document.description,
        "marking": document.marking,
        "running": document.running,
        "first-page": document.first_page,
    }
