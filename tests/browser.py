"""The built site in a real browser: serving it, opening pages, walking through them by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

import chromium
from host import served as served
from pswkdocs.edition import Edition

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}

# The lowest edge of what stays at the top of the window while the page scrolls below it.
_LID = """() => Math.max(0, ...[...document.querySelectorAll(".md-header, .draft-strip")]
    .map((part) => part.getBoundingClientRect()).filter((box) => box.top < 80).map((box) => box.bottom))"""


class Visit:
    """A reader's visit: pages opened in one window, and all that went wrong on the way."""

    def __init__(self, browser: Browser, address: str, **how: Any) -> None:
        self.address = address
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(base_url=address, **how)
        self.context.set_default_timeout(5000)
        self.page: Page = self.context.new_page()
        self.page.on("request", self._asked)
        self.page.on("requestfailed", lambda request: self._note(f"did not load {request.url}"))
        self.page.on("response", lambda answer: answer.status < 400 or self._note(f"{answer.status} for {answer.url}"))
        self.page.on("console", lambda said: said.type in ("error", "warning") and self._note(said.text))
        self.page.on("pageerror", lambda error: self._note(str(error)))

    def open(self, path: str = "") -> Page:
        """A page of the site, loaded with its scripts."""
        self.page.goto(path or ".")
        return self.page

    def tab_to(self, selector: str, limit: int = 60) -> None:
        """Press Tab until the focus is on it, as a reader without a mouse does."""
        for _ in range(limit):
            self.page.keyboard.press("Tab")
            if self.focus_is_on(selector):
                return
        raise AssertionError(f"{selector} is not reached with Tab in {limit} steps from {self.page.url}")

    def focus_is_on(self, selector: str) -> bool:
        return bool(self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector))

    def lid(self) -> float:
        """How far down the header covers the page."""
        return float(self.page.evaluate(_LID))

    def top(self, selector: str) -> float:
        """Where something stands in the window, once the page has come to rest."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function(
            "() => new Promise((rest) => { const from = scrollY; setTimeout(() => rest(from === scrollY), 150); })"
        )
        box = self.page.locator(selector).bounding_box()
        assert box, f"{selector} is not shown"
        return float(box["y"])

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self._note(f"asked another host: {request.url}")

    def _note(self, fault: str) -> None:
        self.faults.append(f"{self.page.url}: {fault}")


Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        chromium.find()
    except LookupError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None
    with chromium.opened() as browser:
        yield browser


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    visits: list[Visit] = []

    def begin(viewport: dict[str, int] = WIDE, **how: Any) -> Visit:
        visits.append(Visit(browser, address, viewport=viewport, **how))
        return visits[-1]

    yield begin
    for each in visits:
        each.context.close()


@pytest.fixture(scope="session")
def kinds(site: Path, edition: Edition) -> list[str]:
    """One page of each kind, the one that shows the most different things; kinds that show most come first.

    A template is a kind, and so are the chapters of each type of publication.
    """
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for page in edition.pages:
        classes = set(re.findall(r' class="([^"]*)"', (site / page.url / "index.html").read_text(encoding="utf-8")))
        chapter = getattr(page.context.get("chapter"), "template", "")
        found.setdefault((page.template, chapter.rpartition("/")[0]), []).append((len(classes), page.url))
    return [url for _, url in sorted(map(max, found.values()), reverse=True)] + ["404.html"]


@pytest.fixture(scope="session")
def paths(site: Path) -> list[str]:
    """The addresses of all pages, below the site's own."""
    return sorted(page.relative_to(site).as_posix().removesuffix("index.html") for page in site.rglob("*.html"))
