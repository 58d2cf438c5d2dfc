"""What holds on every page, in a real browser: nothing fails, nothing comes from elsewhere, nobody is shut out."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from browser import PHONE, WIDE, Open, Visit

# One page of each kind, and those that look different from others of their kind.
KINDS = (
    "", "plan/", "plan/today/", "plan/how-we-work/", "priorities/", "priorities/vital-5/",
    "enablers/digital/", "enablers/sustainability/", "charter/", "downloads/", "glossary/", "organisations/",
    "registers/", "registers/actions/", "registers/action-log/", "registers/open-data/",
    "registers/trace/", "registers/then-and-now/", "registers/side-by-side/", "registers/timeline/",
    "registers/governance/", "local-plan/delivery/",
    "gaps/", "accessibility/", "404.html",
)  # fmt: skip
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


@dataclass(frozen=True)
class Seen:
    """What a reader with a narrow window finds on a page."""

    title: str
    headings: int
    language: str
    description: str
    width: int


Tour = tuple[dict[str, Seen], list[str]]


@pytest.fixture(scope="module")
def tour(browser: Browser, address: str, paths: list[str]) -> Tour:
    """Every page, seen once, and all that went wrong on the way."""
    reader = Visit(browser, address, viewport={"width": 320, "height": 640})
    seen = {}
    for path in paths:
        with reader.page.expect_response("**/search_index.json"):  # what a page asks for last
            page = reader.open(path)
        seen[path] = Seen(
            page.title(),
            page.locator("h1").count(),
            page.locator("html").get_attribute("lang") or "",
            page.locator("meta[name=description]").get_attribute("content") or "",
            page.evaluate("document.documentElement.scrollWidth"),
        )
    reader.context.close()
    return seen, reader.faults


def test_pages_load_without_a_fault_and_from_nowhere_else(tour: Tour) -> None:
    assert not tour[1], "\n".join(tour[1])


def test_each_page_says_what_it_is(tour: Tour) -> None:
    pages = tour[0]
    for path, page in pages.items():
        assert (page.headings, page.language) == (1, "en-GB"), path
        assert page.description, path
        assert page.title.endswith(" – Partnership Southwark") or path == "", path
    titles = [page.title for page in pages.values()]
    assert sorted(titles) == sorted(set(titles))


def test_nothing_is_wider_than_a_narrow_window(tour: Tour) -> None:
    assert not [path for path, page in tour[0].items() if page.width > 320]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(visit: Open, viewport: dict[str, int], scheme: str) -> None:
    reader, found = visit(viewport, color_scheme=scheme), []
    for path in KINDS:
        reader.open(path)
        found += _violations(reader, path or "home")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(visit: Open, scheme: str) -> None:
    reader = visit(PHONE, color_scheme=scheme, reduced_motion="reduce")
    page = reader.open("charter/")
    page.locator(".contents summary").click()
    found = _violations(reader, "contents open")
    page.locator(".menu-button").click()
    expect(page.locator(".places-close")).to_be_focused()
    found += _violations(reader, "menu open")
    page.keyboard.press("Escape")
    page.locator(".search-button").click()
    page.keyboard.type("funding")
    page.locator(".md-search-result__link").first.wait_for()
    found += _violations(reader, "search open")
    assert not found, "\n".join(found)


def _violations(reader: Visit, where: str) -> list[str]:
    results = Axe().run(reader.page, options=AXE).response["violations"]
    return [f"{where}: {rule['id']} at {node['target']}" for rule in results for node in rule["nodes"]]
