"""The package of a Word file: the reference document's parts, with a new body, headers, footers and properties."""

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
from .xml import Styles, make, style, text, w

_LINKS = "word/_rels/document.xml.rels"
_FURNITURE = ("word/header", "word/footer")
_END, _END_ID = "end_of_document", 999_999  # a bookmark; pandoc counts its own from 1
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def finish(made: bytes, reference: bytes, document: Document, by: Styled) -> bytes:
    """Pandoc's file as ours: its body, finished, in the reference document's package."""
    parts, theirs = unzipped(reference), unzipped(made)
    root = etree.fromstring(theirs["word/document.xml"])
    numbering = etree.fromstring(parts["word/numbering.xml"])
    styles = Styles(numbering, etree.fromstring(parts["word/styles.xml"]))
    their_lists = Styles(etree.fromstring(theirs["word/numbering.xml"]), make("styles"))
    if not document.marking:
        parts = _unmarked(parts)
    kinds = _pages(parts["word/document.xml"])
    for sign in sorted(by.signs):
        _sign(parts, kinds, sign)
    body.finish(root[0], by, styles, their_lists, kinds)
    if document.first_page > 1:
        _number_on(root[0], document.first_page)
    for name in parts:
        if name.startswith(_FURNITURE):
            parts[name] = _furniture(parts[name], document)
    parts |= {name: data for name, data in theirs.items() if name.startswith("word/media/")}
    parts[_LINKS] = _links(root, parts[_LINKS], theirs[_LINKS])
    parts["word/numbering.xml"] = serialised(numbering)
    parts["word/document.xml"] = serialised(root)
    parts["docProps/core.xml"] = _properties(document)
    return zipped(parts)


def _pages(reference: bytes) -> dict[str, Element]:
    """The kinds of page, by the name under which the reference document shows them."""
    paragraphs = etree.fromstring(reference).iter(w("p"))
    found = ((text(paragraph), paragraph.find(f"{w('pPr')}/{w('sectPr')}")) for paragraph in paragraphs)
    return {name: section for name, section in found if section is not None}


def _sign(parts: dict[str, bytes], kinds: dict[str, Element], sign: str) -> None:
    """Headers that hold this sign whatever the document's own is, and the kinds of page that have them."""
    links, types = (etree.fromstring(parts[name]) for name in (_LINKS, "[Content_Types].xml"))
    for link in [link for link in links if b"{sign}" in parts.get(f"word/{link.get('Target')}", b"")]:
        own, target = f"{link.get('Id')}{sign.capitalize()}", link.get("Target", "")
        (kind,) = (kind for kind in types if kind.get("PartName") == f"/word/{target}")
        for root, element, name, changed in (
            (links, link, "Target", f"{own}.xml"),
            (types, kind, "PartName", f"/word/{own}.xml"),
        ):
            root.append(deepcopy(element))
            root[-1].set(name, changed)
        links[-1].set("Id", own)
        parts[f"word/{own}.xml"] = parts[f"word/{target}"].replace(b"{sign}", sign.encode())
    signed = {link.get("Id") for link in links}
    for name, section in list(kinds.items()):
        kinds[f"{name} {sign}"] = deepcopy(section)
        for reference in kinds[f"{name} {sign}"].iter(w("headerReference")):
            own = f"{reference.get(f'{_RELATION}id')}{sign.capitalize()}"
            if own in signed:
                reference.set(f"{_RELATION}id", own)
    parts[_LINKS], parts["[Content_Types].xml"] = serialised(links), serialised(types)


def _unmarked(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """A package without the headers and footers that hold a marking only, for what is for everybody."""
    furniture = {name: etree.fromstring(data) for name, data in parts.items() if name.startswith(_FURNITURE)}
    alone = {name for name, root in furniture.items() if {style(paragraph) for paragraph in root} == {"Marking"}}
    links = etree.fromstring(parts[_LINKS])
    ids = {link.get("Id", "") for link in links if f"word/{link.get('Target')}" in alone}
    kept = {name: data for name, data in parts.items() if name not in alone}
    for name, attribute, gone in (
        (_LINKS, "Id", ids),
        ("word/document.xml", f"{_RELATION}id", ids),
        ("[Content_Types].xml", "PartName", {f"/{name}" for name in alone}),
    ):
        root = etree.fromstring(kept[name])
        for element in [element for element in root.iter() if element.get(attribute) in gone]:
            parent = element.getparent()
            assert parent is not None, "a part stands in its package"
            parent.remove(element)
        kept[name] = serialised(root)
    return kept


def _number_on(content: Element, first: int) -> None:
    """The first page has this number; the last, which the footer asks for, is where the text ends."""
    sections = list(content.iter(w("sectPr")))
    size = sections[0].find(w("pgMar"))
    assert size is not None, "each kind of page has margins"
    size.addnext(make("pgNumType", start=first))
    *_, end = content.iter(w("p"))
    start = make("bookmarkStart", id=_END_ID)
    start.set(w("name"), _END)
    end.extend([start, make("bookmarkEnd", id=_END_ID)])


def _furniture(part: bytes, document: Document) -> bytes:
    """A header or a footer with its {words} filled in."""
    words = {
        "title": document.title,
        "sign": document.sign,
        "running": document.running or f"Version {document.version}, {spoken(document.date)}",
        "marking": document.marking,
        "last": f"PAGEREF {_END}" if document.first_page > 1 else "NUMPAGES",
        "uncounted": "…" if document.first_page > 1 else "1",  # Word counts pages by itself, but not to a bookmark
    }
    root = etree.fromstring(part)
    for place in root.iter(w("t"), w("instrText")):
        place.text = filled(place.text or "", words, "word/reference.docx")
    if not document.marking:
        for line in [paragraph for paragraph in root if style(paragraph) == "Marking"]:
            root.remove(line)
    return serialised(root)


def _links(root: Element, ours: bytes, theirs: bytes) -> bytes:
    """The package's links with those of the body added, under ids that are not taken."""
    links = etree.fromstring(ours)
    kinds = ("/hyperlink", "/image")
    found = {link.get("Id"): link for link in etree.fromstring(theirs) if link.get("Type", "").endswith(kinds)}
    for element in root.iter():
        for name in (f"{_RELATION}id", f"{_RELATION}embed"):
            link = found.get(element.get(name))
            if link is not None:
                element.set(name, f"body-{element.get(name)}")
                link.set("Id", element.get(name, ""))
                links.append(link)
    return serialised(links)


def _properties(document: Document) -> bytes:
    """What the file says of itself to programs and in its file properties."""
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    names = {
        "cp": core,
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    root = etree.Element(f"{{{core}}}coreProperties", nsmap=names)
    day = f"{document.date}T00:00:00Z"
    for name, value in (
        ("dc:title", document.title),
        ("dc:subject", document.subtitle),
        ("dc:creator", document.author),
        ("dc:description", document.description),
        ("cp:keywords", document.marking),
        ("cp:lastModifiedBy", document.restated_by or document.author),
        ("dcterms:created", day),
        ("dcterms:modified", day),
        ("cp:contentStatus", document.status.capitalize()),
        ("dc:language", "en-GB"),
        ("cp:version", document.version),
    ):
        if not value:
            continue
        prefix, _, local = name.partition(":")
        element = etree.SubElement(root, f"{{{names[prefix]}}}{local}")
        element.text = value
        if prefix == "dcterms":
            element.set(f"{{{names['xsi']}}}type", "dcterms:W3CDTF")
    return serialised(root)


def serialised(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A package; the same bytes for the same parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            file.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    return result.getvalue()
