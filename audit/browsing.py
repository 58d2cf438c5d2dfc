"""Pages in a real browser: axe-core in every width, colour and state, how they behave, and how fast they are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from playwright.sync_api import Error as BrowserError
from tests import chromium

from pswkdocs.site import STILL

from . import tools
from .checker import Checker, NotThere, Site, Verdict, Verdicts, as_worn, verdict
from .served import served

_HERE = Path(__file__)
_SERVED = _HERE.parent / "served.py"
_LIGHTHOUSE = _HERE.parent / "lighthouse.mjs"

WIDTHS = {1280: 900, 390: 844, 320: 640}
_MENU_BELOW = 1000
_PATIENCE = 60_000

# What a partnership for health has on its pages. The markup of results is the same for all words.
_WORD = "health"
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

_AXE = """async (values) => {
    const { violations } = await axe.run(document, {
        runOnly: { type: "tag", values }, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"],
    });
    const why = ({ any, all, none }) => [...any, ...all, ...none][0]?.message ?? "";
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => ({ id, help, target: node.target.flat().join(" "), why: why(node) })));
}"""
_UNFOLD = "() => document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

# A state of a page: how it is called, in which widths it is looked at, how a reader gets there and back.
State = tuple[str, tuple[int, ...], Callable[[Page], None], Callable[[Page], None]]


def _search(page: Page) -> None:
    field = page.locator(".md-search__input")
    if not field.is_visible():
        page.locator(".search-button").click()
    field.click()
    field.fill(_WORD)
    page.locator(".md-search-result__link").first.wait_for()


def _end_search(page: Page) -> None:
    page.locator(".md-search__input").fill("")
    page.keyboard.press("Escape")
    page.evaluate("() => document.activeElement.blur()")
    page.locator(".md-search-result__link").first.wait_for(state="hidden")


def _menu(page: Page) -> None:
    page.locator(".menu-button").click()
    page.locator(".places-close").wait_for()


def _end_menu(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator(".places-close").wait_for(state="hidden")


STATES: tuple[State, ...] = (
    ("", tuple(WIDTHS), lambda _: None, lambda _: None),
    ("search open", (1280, 390), _search, _end_search),
    ("menu open", tuple(width for width in WIDTHS if width < _MENU_BELOW), _menu, _end_menu),
)
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
LOOKS = len(SCHEMES) * sum(len(widths) for _, widths, _, _ in STATES)


@contextmanager
def _opened() -> Iterator[Browser]:
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(chromium.opened())
        except (LookupError, BrowserError) as error:
            raise NotThere(f"Chromium does not start: {str(error).splitlines()[0]}") from error
        yield browser


def _each(look: Callable[[Browser, str, str], Iterable[str]], site: Site, names: Sequence[str]) -> Verdicts:
    with served(site) as host, _opened() as browser:
        return {name: verdict(_looked(look, browser, host, site.address(name))) for name in names}


def _looked(look: Callable[[Browser, str, str], Iterable[str]], browser: Browser, host: str, address: str) -> list[str]:
    try:
        return list(look(browser, host, address))
    except BrowserError as error:
        if not browser.is_connected():
            raise NotThere("Chromium ended before it had shown every page. Run `make audit` again.") from error
        return [_unseen(error)]


def _unseen(error: BrowserError) -> str:
    return f"it does not come to be looked at: {error.message.splitlines()[0]}"


def _axe(browser: Browser, host: str, address: str) -> Iterator[str]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with browser.new_context() as context:
        context.set_default_timeout(_PATIENCE)
        page = context.new_page()
        page.goto(host + address, wait_until="networkidle")
        page.evaluate((tools.NODE / "axe-core/axe.min.js").read_text(encoding="utf-8"))
        page.add_style_tag(content=STILL)
        page.evaluate(_UNFOLD)
        for state, widths, enter, leave in STATES:
            for width in widths:
                page.set_viewport_size({"width": width, "height": WIDTHS[width]})
                try:
                    enter(page)
                    for scheme in SCHEMES:
                        page.emulate_media(color_scheme=scheme)
                        look = ", ".join(filter(None, (f"{width} px", scheme, state)))
                        for each in page.evaluate(_AXE, _RULES):
                            found[each["id"]][axe_says(each)].append(look)
                    leave(page)
                except BrowserError as error:
                    if not browser.is_connected():
                        raise
                    found["unseen"][_unseen(error)].append(", ".join(filter(None, (f"{width} px", state))))
    yield from map(_first_of, found.values())


def _first_of(alike: dict[str, list[str]]) -> str:
    """What a rule has against a page: the first element, where it is seen, and how many more are like it."""
    said, looks = next(iter(alike.items()))
    where = f"{looks[0]}, and {len(looks) - 1} more" if len(looks) > 1 else looks[0]
    more = f"; and so {len(alike) - 1} more" if len(alike) > 1 else ""
    return f"{said} ({where}){more}"


def axe_says(violation: dict[str, str]) -> str:
    """A violation in one line."""
    return f"{violation['id']}: {violation['help']}: `{violation['target']}`: {violation['why']}".rstrip(": ")


def _behaviour(browser: Browser, host: str, address: str) -> list[str]:
    """What goes wrong when a page is loaded, and whether it scrolls sideways on a narrow screen."""
    heard: list[str] = []

    def console(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            heard.append(f"console: {said.text}")

    def request(asked: Request) -> None:
        if not asked.url.startswith((host, "data:", "blob:")):
            heard.append(f"it asks another host: {asked.url}")

    with browser.new_context(viewport={"width": 320, "height": WIDTHS[320]}) as context:
        context.set_default_timeout(_PATIENCE)
        page = context.new_page()
        page.on("console", console)
        page.on("request", request)
        page.on("pageerror", lambda error: heard.append(f"a script fails: {error}"))
        page.on("requestfailed", lambda asked: heard.append(f"it could not load {asked.url.removeprefix(host)}"))
        page.goto(host + address, wait_until="networkidle")
        if (pixels := page.evaluate(_SIDEWAYS)) > 0:
            heard.append(f"at 320 px it scrolls sideways, by {pixels} px")
    return heard


# At least so many points of 100 each; what cannot be changed by the site itself is only told.
_POINTS = {"accessibility": 100, "best-practices": 95, "performance": 95}


def _lighthouse(site: Site, names: Sequence[str]) -> Verdicts:
    try:
        browser = chromium.find()
    except LookupError as error:
        raise NotThere(str(error)) from error
    with served(site) as host:
        addresses = {host + site.address(name): name for name in names}
        ran = tools.run("node", _LIGHTHOUSE, browser, str(_POINTS["performance"]), *addresses)
    results = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    if ran.returncode or len(results) != len(names):
        raise tools.failed("Lighthouse", ran)
    return {addresses[result["address"]]: of_lighthouse(result) for result in results}


def of_lighthouse(result: dict[str, Any]) -> Verdict:
    """The verdict on one page's scores."""
    scores = result["scores"]
    faults = [
        f"{category} {scores[category]} of 100, at least {least} is wanted: {'; '.join(result['why'][category])}"
        for category, least in _POINTS.items()
        if scores[category] < least
    ]
    return Verdict(tuple(faults), ", ".join(f"{category} {points}" for category, points in scores.items()))


def one_of_each(site: Site) -> list[str]:
    """The largest page that each template makes."""
    largest: dict[str, str] = {}
    for name in sorted(site.of("pages"), key=lambda name: ((site.folder / name).stat().st_size, name)):
        largest[site.templates.get(name, name)] = name
    return sorted(largest.values())


CHECKERS = (
    Checker(
        title="axe-core",
        judges="pages",
        rules="WCAG 2.2 A and AA, and best practice",
        version=lambda: f"{tools.node('axe-core')} in Chromium {tools.browser()}",
        judge=partial(_each, _axe),
        made_of=(_HERE, _SERVED),
        holds=as_worn,
        looks=LOOKS,
        batch=4,
    ),
    Checker(
        title="Chromium",
        judges="pages",
        rules="Reflow at 320 px; nothing fails, nothing comes from another host",
        version=lambda: tools.browser(),
        judge=partial(_each, _behaviour),
        made_of=(_HERE, _SERVED),
        holds=as_worn,
        batch=20,
    ),
    Checker(
        title="Lighthouse",
        judges="pages",
        rules="Slow phone: accessibility 100; best practices and performance 95 or more",
        version=lambda: f"{tools.node('lighthouse')} in Chromium {tools.browser()}",
        judge=_lighthouse,
        made_of=(_HERE, _SERVED, _LIGHTHOUSE),
        holds=as_worn,
        chosen=one_of_each,
        batch=4,
        alone=True,
    ),
)
