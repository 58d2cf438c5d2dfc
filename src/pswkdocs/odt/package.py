"""The package of an ODT file: the reference document's parts, with a text, pictures, headers, footers, properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from ..blocks import Styled, filled
from ..edition import Document, spoken
from . import body
from .text import Writer
from .xml import Styles, coded, make, paragraphs, points, q, settle, style

_END = "end_of_document"  # a bookmark
_FURNITURE = (q("style:header"), q("style:footer"))
_FIRST = ("mimetype",)  # not compressed either: so programs know the file by its first bytes


def finish(reference: bytes, document: Document, by: Styled) -> bytes:
    """A text with its styles in the reference document's package."""
    parts = _unzip(reference)
    root = etree.fromstring(parts["styles.xml"])
    for sign in sorted(by.signs):
        _sign(root, sign)
    if not document.marking:
        _unmark(root)
    styles = Styles(root)
    writer = Writer(styles, styles.text_width("portrait"), leaflet=by.page == "leaflet")
    text = writer.write(by.html)
    body.finish(text, by, styles)
    if document.first_page > 1:
        _number_on(text, document.first_page)
    for part in [part for part in root.iter(*_FURNITURE)]:
        _furnish(part, document)
    content = etree.fromstring(parts["content.xml"])
    automatic = content.find(q("office:automatic-styles"))
    shown = content.find(q("office:body"))
    assert automatic is not None and shown is not None, "make_reference.py writes both"
    shown[:] = [text]
    content.replace(automatic, settle(text, root))
    parts |= {
        "content.xml": _xml(content),
        "styles.xml": _xml(root),
        "meta.xml": _properties(document),
        "META-INF/manifest.xml": _manifest(parts["META-INF/manifest.xml"], writer.pictures),
        **writer.pictures,
    }
    return _zip(parts)


def _sign(root: Element, sign: str) -> None:
    """The kinds of page again, with this sign in their headers whatever the document's own is."""
    for master in list(root.iter(q("style:master-page"))):
        signed = deepcopy(master)
        for attribute in (q("style:name"), q("style:next-style-name")):
            if attribute in signed.attrib:
                signed.set(attribute, coded(f"{signed.get(attribute)} {sign}"))
        signed.set(q("style:display-name"), f"{signed.get(q('style:display-name'))} {sign}")
        for words in signed.iter(q("text:span")):
            words.text = (words.text or "").replace("{sign}", sign)
        parent = master.getparent()
        assert parent is not None, "kinds of page stand among their like"
        parent.append(signed)


def _unmark(root: Element) -> None:
    """No lines for a marking; a header or a footer that holds nothing else becomes a margin as high."""
    for master in root.iter(q("style:master-page")):
        for part in list(master):
            for line in [line for line in part if style(line) == "Marking"]:
                part.remove(line)
            if not len(part):
                master.remove(part)
                _as_margin(root, master, "top" if part.tag == _FURNITURE[0] else "bottom")


def _as_margin(root: Element, master: Element, side: str) -> None:
    """A layout of its own for a kind of page that has no header or footer at this side."""
    name, own = master.get(q("style:page-layout-name")), f"{master.get(q('style:name'))}_20_plain_20_{side}"
    (layout,) = (layout for layout in root.iter(q("style:page-layout")) if layout.get(q("style:name")) == name)
    plain = deepcopy(layout)
    page, room = plain[0], plain[1 if side == "top" else 2][0]
    far = "bottom" if side == "top" else "top"
    heights = (points(page, f"fo:margin-{side}"), points(room, "fo:min-height"), points(room, f"fo:margin-{far}"))
    page.set(q(f"fo:margin-{side}"), f"{sum(heights):g}pt")
    plain.set(q("style:name"), own)
    master.set(q("style:page-layout-name"), own)
    layout.addnext(plain)


def _number_on(text: Element, first: int) -> None:
    """The first page has this number; the last, which the footer asks for, is where the text ends."""
    start, *_ = paragraphs(text)
    start.set(q("style:page-number"), str(first))
    *_, end = paragraphs(text)
    end.append(make("text:bookmark", {"text:name": _END}))


def _furnish(part: Element, document: Document) -> None:
    """A header or a footer with its {words} filled in."""
    words = {
        "title": document.title,
        "sign": document.sign,
        "running": document.running or f"Version {document.version}, {spoken(document.date)}",
        "marking": document.marking,
    }
    for place in part.iter():
        place.text = place.text and filled(place.text, words, "odt/reference.odt")
        place.tail = place.tail and filled(place.tail, words, "odt/reference.odt")
    if document.first_page > 1:
        for count in list(part.iter(q("text:page-count"))):
            end = make("text:bookmark-ref", {"text:reference-format": "page", "text:ref-name": _END}, text="…")
            end.tail = count.tail
            parent = count.getparent()
            assert parent is not None, "fields stand in a line"
            parent.replace(count, end)


def _properties(document: Document) -> bytes:
    """What the file says of itself to programs and in its file properties."""
    day = f"{document.date}T00:00:00"
    meta = make("office:meta")
    for name, value in (
        ("dc:title", document.title),
        ("dc:subject", document.subtitle),
        ("dc:description", document.description),
        ("meta:keyword", document.marking),
        ("meta:initial-creator", document.author),
        ("dc:creator", document.restated_by or document.author),
        ("meta:creation-date", day),
        ("dc:date", day),
        ("dc:language", "en-GB"),
    ):
        if value:
            meta.append(make(name, text=value))
    for name, value in (("Status", document.status.capitalize()), ("Version", document.version)):
        if value:
            meta.append(make("meta:user-defined", {"meta:name": name, "meta:value-type": "string"}, text=value))
    return _xml(make("office:document-meta", {"office:version": "1.3"}, meta))


def _manifest(manifest: bytes, pictures: Mapping[str, bytes]) -> bytes:
    root = etree.fromstring(manifest)
    for name in pictures:
        entry = {"manifest:full-path": name, "manifest:media-type": "image/png"}
        root.append(make("manifest:file-entry", entry))
    return _xml(root)


def _xml(root: Element) -> bytes:
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _zip(parts: Mapping[str, bytes]) -> bytes:
    """A package; the same bytes for the same parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda name: (name not in _FIRST, name)):
            how = zipfile.ZIP_STORED if name in _FIRST else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name), parts[name], how)
    return result.getvalue()
