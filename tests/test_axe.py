"""What axe, a checker by others, says of each kind of page: as it opens, and with all that can be opened in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from browser import NARROW, PHONE, WIDE, Open, Visit

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"resultTypes": ["violations"], "runOnly": RULES, "rules": {"target-size": {"enabled": True}}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Open, kinds: list[str], scheme: str) -> None:
    reader, found = _checked(visit, scheme), []
    for path in kinds:
        page = reader.open(path)
        for window in (WIDE, PHONE, NARROW):
            page.set_viewport_size(window)
            page.wait_for_timeout(50)  # until tables know whether they scroll
            found += violations(reader, f"{path} at {window['width']}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(visit: Open, kinds: list[str], scheme: str) -> None:
    reader, found = _checked(visit, scheme), []
    for path in kinds[:5]:
        page = reader.open(path)
        for window in (PHONE, NARROW):
            page.set_viewport_size(window)
            page.locator(".menu-button").click()
            expect(page.locator(".places-close")).to_be_focused()
            found += violations(reader, f"menu of {path} at {window['width']}")
            page.keyboard.press("Escape")
        page.locator(".search-button").click()
        page.keyboard.type("funding")
        page.locator(".md-search-result__link").first.wait_for()
        for window in (NARROW, WIDE):
            page.set_viewport_size(window)
            found += violations(reader, f"search on {path} at {window['width']}")
    assert not found, "\n".join(found)


def test_axe_finds_what_is_amiss(visit: Open) -> None:
    reader = _checked(visit, "light")
    reader.open("charter/").evaluate("""() => {
        document.documentElement.removeAttribute("lang");
        document.querySelector(".page").insertAdjacentHTML("beforeend", "<img src='#'><button></button>");
    }""")
    found = " ".join(violations(reader, "charter"))
    assert all(rule in found for rule in ("html-has-lang", "image-alt", "button-name"))


def _checked(visit: Open, scheme: str) -> Visit:
    """A visit whose pages bring axe with them."""
    reader = visit(WIDE, color_scheme=scheme, reduced_motion="reduce")
    reader.context.add_init_script(AXE_SCRIPT)
    return reader


def violations(reader: Visit, where: str) -> Iterator[str]:
    """What axe finds on the page that is open."""
    for rule in reader.page.evaluate("(how) => axe.run(how).then((told) => told.violations)", AXE):
        yield from (f"{where}: {rule['id']} at {node['target']}" for node in rule["nodes"])
