"""The package of a Word file: the reference document's parts, with a new body, headers, footers and properties."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element as Element

from ..edition import Document, spoken
from . import body
from .blocks import Styled
from .xml import Styles, make, text, w

_LINKS = "word/_rels/document.xml.rels"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def finish(made: bytes, reference: bytes, document: Document, by: Styled) -> bytes:
    """Pandoc's file as ours: its body, finished, in the reference document's package."""
    parts, theirs = _unzip(reference), _unzip(made)
    root = etree.fromstring(theirs["word/document.xml"])
    numbering = etree.fromstring(parts["word/numbering.xml"])
    styles = Styles(numbering, etree.fromstring(parts["word/styles.xml"]))
    their_lists = Styles(etree.fromstring(theirs["word/numbering.xml"]), make("styles"))
    body.finish(root[0], by, styles, their_lists, _pages(parts["word/document.xml"]))
    for name in parts:
        if name.startswith(("word/header", "word/footer")):
            parts[name] = _furniture(parts[name], document)
    parts |= {name: data for name, data in theirs.items() if name.startswith("word/media/")}
    parts[_LINKS] = _links(root, parts[_LINKS], theirs[_LINKS])
    parts["word/numbering.xml"] = _xml(numbering)
    parts["word/document.xml"] = _xml(root)
    parts["docProps/core.xml"] = _properties(document)
    return _zip(parts)


def _pages(reference: bytes) -> dict[str, Element]:
    """The kinds of page, by the name under which the reference document shows them."""
    paragraphs = etree.fromstring(reference).iter(w("p"))
    found = ((text(paragraph), paragraph.find(f"{w('pPr')}/{w('sectPr')}")) for paragraph in paragraphs)
    return {name: section for name, section in found if section is not None}


def _furniture(part: bytes, document: Document) -> bytes:
    """A header or a footer with its {words} filled in."""
    words = {
        "title": document.title,
        "draft": "DRAFT" if document.status == "draft" else "",
        "version": document.version,
        "date": spoken(document.date),
    }
    root = etree.fromstring(part)
    for place in root.iter(w("t")):
        place.text = re.sub(r"\{(\w+)\}", lambda match: words[match[1]], place.text or "")
    return _xml(root)


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
    return _xml(links)


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
        ("cp:lastModifiedBy", document.author),
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
    return _xml(root)


def _xml(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _zip(parts: Mapping[str, bytes]) -> bytes:
    """A package; the same bytes for the same parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            file.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    return result.getvalue()
