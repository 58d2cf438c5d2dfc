"""The site and the Word, ODT and PDF files say the same: every text of the content stands in each, word for word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from lxml import etree, html

from pswkdocs.model.charter import Charter
from pswkdocs.model.content import Content, Entry
from pswkdocs.model.local_plan import LocalPlan
from pswkdocs.model.paper import Paper
from pswkdocs.model.plan import Enabler, Plan, Priority
from pswkdocs.model.strategy import StrategicPriority, Strategy
from pswkdocs.view import Views

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    """Text without white space and without what a page may break a word with."""
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", text)


def texts(content: Content, entry: Entry) -> Iterator[str]:
    """Every paragraph of every text field of a file, as a reader should see it.

    What a figure measures is not among them: its statement says it, and the register of figures lists it.
    """
    views = Views(content)
    for loc, text, may in entry.texts:
        if loc[-1] == "measure" and "figures" in loc and "population" not in loc:
            continue
        made = html.fragment_fromstring(str(views.html(text, entry, inline=may.inline)), create_parent="div")
        blocks = made.xpath(".//p|.//li[not(p)]") or [made]
        for block in blocks:
            for inner in block.xpath(".//ul|.//ol"):
                inner.drop_tree()
            if squeezed(block.text_content()):
                yield squeezed(block.text_content())


def entries(content: Content, held: str | tuple[type, ...]) -> list[Entry]:
    """The files with an id, or of some types."""
    found = [
        e for e in content.entries if (e.record.id == held if isinstance(held, str) else isinstance(e.record, held))
    ]
    assert found
    return found


@pytest.fixture(scope="module")
def pages(site: Path) -> str:
    """What all pages say together."""
    said = []
    for page in sorted(site.rglob("*.html")):
        tree = html.parse(str(page)).getroot()
        for unseen in tree.xpath("//*[contains(@class, 'headerlink')]"):
            unseen.drop_tree()
        said.append(squeezed(" ".join(article.text_content() for article in tree.xpath("//article"))))
    return "\n".join(said)


def word(path: Path) -> str:
    document = etree.fromstring(zipfile.ZipFile(BytesIO(path.read_bytes())).read("word/document.xml"))
    return squeezed("".join(text.text or "" for text in document.iter(W + "t")))


def odt(path: Path) -> str:
    content = etree.fromstring(zipfile.ZipFile(BytesIO(path.read_bytes())).read("content.xml"))
    body = content.find("{*}body")
    assert body is not None
    return squeezed(str(body.xpath("string()")))


def pdf(path: Path) -> str:
    """What the pages say between their headers and footers, in the order in which it is written, cell by cell."""
    with pdfplumber.open(path) as document:
        return squeezed(
            "".join(
                char["text"]
                for page in document.pages
                for char in page.chars
                if 60 < (char["top"] + char["bottom"]) / 2 < float(page.height) - 45
            )
        )


PARTS: dict[str, str | tuple[type, ...]] = {
    "forward-plan": (Plan, Priority, Enabler),
    "vcse-charter": (Charter,),
    "local-plan": (LocalPlan,),
    "sel-strategy": (Strategy, StrategicPriority),
    "primary-care-focus": (Paper,),
    "icp-2023-04-25-minutes": "icp-2023-04-25",
    "leadership-team-2020-11-05-minutes": "leadership-team-2020-11-05",
    "icp-2023-07-24-pack": "icp-2023-07-24",
    "action-log": "leadership-team",
}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("medium", ["pages", "word", "odt", "pdf"])
def test_every_text_stands(
    medium: str, name: str, content: Content, site: Path, request: pytest.FixtureRequest
) -> None:
    where = {
        "pages": lambda: request.getfixturevalue("pages"),
        "word": lambda: word(site / f"downloads/{name}.docx"),
        "odt": lambda: odt(site / f"downloads/{name}.odt"),
        "pdf": lambda: pdf(site / f"downloads/{name}.pdf"),
    }[medium]()
    wanted = [(entry.source.path, text) for entry in entries(content, PARTS[name]) for text in texts(content, entry)]
    assert len(wanted) > 20
    missing = [(path, text) for path, text in wanted if text not in where]
    assert not missing, f"{len(missing)} of {len(wanted)}: {missing[:5]}"
