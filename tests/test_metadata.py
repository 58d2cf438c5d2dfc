"""What pages say of themselves to machines: valid, in known words, and nothing that the content does not state."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pswkdocs import pipeline
from pswkdocs.config import Config
from pswkdocs.edition import Download, Edition
from pswkdocs.formats import FORMATS
from pswkdocs.metadata import linked_data
from test_build import project_in

# The types that we use with their properties, inherited ones too, as schema.org has them.
THING = {"name", "alternateName", "description", "url", "mainEntity", "subjectOf"}
WORK = THING | {
    "inLanguage", "isPartOf", "abstract", "datePublished", "dateModified", "publisher", "author", "version", "license",
    "creativeWorkStatus", "encoding",
}  # fmt: skip
KNOWN = {
    "WebPage": WORK | {"breadcrumb"},
    "WebSite": WORK,
    "CreativeWork": WORK,
    "Report": WORK,
    "DigitalDocument": WORK,
    "Dataset": WORK | {"distribution"},
    "DataDownload": WORK | {"contentUrl", "contentSize", "encodingFormat", "sha256"},
    "MediaObject": WORK | {"contentUrl", "contentSize", "encodingFormat", "sha256"},
    "Event": THING | {"startDate", "endDate", "location", "organizer"},
    "Place": THING,
    "Organization": THING | {"areaServed", "logo", "member", "contactPoint"},
    "ContactPoint": THING | {"email", "telephone"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}
DATES = {"datePublished", "dateModified", "startDate", "endDate"}
ADDRESSES = {"url", "contentUrl", "item", "logo", "@id"}


@pytest.fixture(scope="module")
def heads(site: Path) -> dict[str, html.HtmlElement]:
    """The head of each page by its address, without that of the page for what does not exist."""
    files = (file for file in site.rglob("index.html"))
    return {
        file.parent.relative_to(site).as_posix().replace(".", ""): html.parse(file).getroot().head for file in files
    }


@pytest.fixture(scope="module")
def said(heads: dict[str, html.HtmlElement]) -> dict[str, dict[str, Any]]:
    """What each page says of itself."""
    return {path: json.loads(head.xpath("script[@type='application/ld+json']")[0].text) for path, head in heads.items()}


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from nodes(value)
    elif isinstance(data, list):
        for value in data:
            yield from nodes(value)


def test_each_page_has_a_title_and_a_description_of_its_own(heads: dict[str, html.HtmlElement]) -> None:
    for what in ("title/text()", "meta[@name='description']/@content", "link[@rel='canonical']/@href"):
        found = Counter(head.xpath(what)[0] for head in heads.values())
        assert len(found) == len(heads), [text for text, count in found.items() if count > 1]


def test_a_shared_link_shows_title_words_and_picture(heads: dict[str, html.HtmlElement], site: Path) -> None:
    for path, head in heads.items():
        open_graph = {meta.get("property"): meta.get("content") for meta in head.xpath("meta[@property]")}
        assert open_graph["og:url"] == head.xpath("link[@rel='canonical']/@href")[0], path
        assert open_graph["og:description"] == head.xpath("meta[@name='description']/@content")[0], path
        assert open_graph["og:title"] in head.xpath("title/text()")[0], path
        assert open_graph["og:locale"] == "en_GB"
        assert open_graph["og:image"].endswith("/assets/card.png")
    picture = (site / "assets/card.png").read_bytes()
    assert [int.from_bytes(picture[at : at + 4]) for at in (16, 20)] == [1200, 630]


def test_only_words_of_schema_org_are_used(said: dict[str, dict[str, Any]]) -> None:
    for path, page in said.items():
        assert page["@context"] == "https://schema.org"
        for node in nodes(page):
            words = {word for word in node if not word.startswith("@")}
            assert words <= KNOWN[node["@type"]], (path, node["@type"], words - KNOWN[node["@type"]])
            assert all(value not in ("", None, [], {}) for value in node.values()), path


def test_dates_and_addresses_are_whole(said: dict[str, dict[str, Any]], edition: Edition, site: Path) -> None:
    for page in said.values():
        for node in nodes(page):
            for word in DATES & set(node):
                datetime.fromisoformat(node[word])
            for word in ADDRESSES & set(node):
                assert node[word].startswith(edition.partnership.address)
            if "contentUrl" in node:
                assert (site / node["contentUrl"].removeprefix(edition.partnership.address)).is_file()


def test_every_file_to_download_is_told_of(said: dict[str, dict[str, Any]], site: Path) -> None:
    addresses = (node.get("contentUrl", "") for page in said.values() for node in nodes(page))
    told = {address.rpartition("/")[2] for address in addresses}
    files = {file.name for folder in ("data", "downloads") for file in (site / folder).iterdir() if file.is_file()}
    about_the_site = {"audit.json", "schema.json"}
    assert files - told == {"index.html", *about_the_site}


def test_a_meeting_is_an_event(said: dict[str, dict[str, Any]]) -> None:
    meeting = said["meetings/icp-2023-07-24"]["mainEntity"]
    assert meeting["@type"] == "Event"
    assert (meeting["startDate"], meeting["endDate"]) == ("2023-07-24T15:00:00+01:00", "2023-07-24T17:00:00+01:00")
    assert meeting["location"]["name"] == "3rd Floor Coin Street Neighbourhood Centre"
    assert "location" not in said["meetings/leadership-team-2020-11-05"]["mainEntity"], "the source states no place"


def test_a_publication_says_who_published_it_and_when_as_far_as_stated(said: dict[str, dict[str, Any]]) -> None:
    charter = said["charter"]["mainEntity"]
    assert (charter["datePublished"], charter["creativeWorkStatus"]) == ("2023-07-24", "draft")
    assert charter["publisher"]["name"] == "South East London Integrated Care Partnership"
    assert {file["encodingFormat"] for file in charter["encoding"]} == {
        format.media_type for format in FORMATS.values()
    }
    assert "datePublished" not in said["plan"]["mainEntity"], "the plan does not state its day"


def test_a_document_is_told_of_by_its_record_and_not_by_its_name(edition: Edition) -> None:
    page = next(page for page in edition.pages if page.url == "plan/")
    summary = next(document for document in edition.documents if document.name == "forward-plan-summary")
    for about, told in (("forward-plan", True), ("forward-plan-summary", False)):
        download = Download(replace(summary, about=about), "PDF", "forward-plan-summary.pdf", "application/pdf", 1, "0")
        assert ("subjectOf" in json.loads(linked_data(page, edition, [download]))["mainEntity"]) is told


def test_the_way_to_a_page_is_the_menu_s(said: dict[str, dict[str, Any]]) -> None:
    def way(path: str) -> list[str]:
        return [step["name"] for step in said[path]["breadcrumb"]["itemListElement"]]

    assert way("priorities/cancer") == ["Home", "Priorities", "Cancer"]
    assert way("priorities") == ["Home", "Priorities"]
    assert way("local-plan/vision")[:3] == ["Home", "Plans and papers", "Local plan 2019"]
    assert "breadcrumb" not in said[""]


def test_nothing_in_it_ends_its_element(edition: Edition) -> None:
    page = replace(edition.pages[0], title="</script><script>alert(1)</script>")
    text = linked_data(page, edition, ())
    assert "<" not in text
    assert json.loads(text)["name"] == page.title


def test_what_is_for_fewer_and_what_does_not_exist_stays_out_of_search_engines(site: Path, tmp_path: Path) -> None:
    asks = '<meta name="robots" content="noindex">'
    assert asks in (site / "404.html").read_text(encoding="utf-8")
    assert "noindex" not in (site / "index.html").read_text(encoding="utf-8")
    for_staff = pipeline.build(Config(project_in(tmp_path), audience="staff")).site
    pages = [file.read_text(encoding="utf-8") for file in for_staff.rglob("index.html")]
    assert len(pages) > 5 and all(asks in page for page in pages)


def test_every_width_of_a_column_is_in_the_stylesheet(site: Path) -> None:
    rules = set(re.findall(r"\.(width-\d+) ", (site / "assets/content.css").read_text(encoding="utf-8")))
    asked = {
        name
        for file in site.rglob("*.html")
        for name in re.findall(r'<col class="(width-\d+)">', file.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= rules, asked - rules


def test_no_page_holds_a_style_or_a_script(site: Path) -> None:
    """The policy would stop them: what they do belongs into a file."""
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<style|<[^>]+\s(style|on\w+)=\"|<script(?![^>]*(src=|/json\"|\+json\"))", text), file
        assert text.index("Content-Security-Policy") < text.index("<link"), file
