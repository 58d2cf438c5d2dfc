"""What holds on every page, in a real browser: nothing fails, nothing comes from elsewhere, nobody is shut out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as PlaywrightError

from browser import NARROW, PHONE, WIDE, Open, Visit, served
from pswkdocs.site import STILL

# What WCAG 1.4.12 lets readers set for themselves.
SPACED = "* { line-height: 1.5; letter-spacing: .12em; word-spacing: .16em } p { margin-bottom: 2em }"
# All that takes the focus in a page, forwards and backwards: where it hides, and where it cannot be seen.
WALK = """() => {
  const takes = ":is(a[href], button, summary, select, input, [tabindex='0'])";
  const stops = [...document.querySelectorAll("main " + takes)].filter((stop) => stop.checkVisibility());
  const marked = (stop) => ["", "::after"].some((part) => getComputedStyle(stop, part).outlineStyle !== "none");
  const lost = [];
  for (const stop of [...stops, ...stops.toReversed()]) {
    stop.focus();
    const box = stop.getClientRects()[0];
    const lids = [...document.querySelectorAll(".md-header, .draft-strip")].map((lid) => lid.getBoundingClientRect());
    const lid = Math.max(0, ...lids.filter((lid) => lid.top < 80).map((lid) => lid.bottom));
    if (box.top < lid - 1 || box.top > innerHeight - 5 || !marked(stop)) lost.push(stop.outerHTML);
  }
  return lost;
}"""
SPACE = """(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
  return document.documentElement.scrollWidth;
}"""
# Text that is cut off: in a box that is too small for it and does not scroll.
CUT = """() => [...document.querySelectorAll("body *")].filter((box) => {
  const style = getComputedStyle(box);
  const clips = (name) => ["hidden", "clip"].includes(style[name]);
  return box.checkVisibility() && !box.closest(".unseen, thead") && box.clientWidth > 1 &&
    (clips("overflowX") && box.scrollWidth > box.clientWidth + 1 ||
     clips("overflowY") && box.scrollHeight > box.clientHeight + 1);
}).map((box) => box.outerHTML)"""


@dataclass(frozen=True)
class Seen:
    """What a reader with a narrow window finds on a page."""

    title: str
    headings: int
    language: str
    description: str
    width: int
    scrolled: list[str]
    """The names of what scrolls within it."""
    spaced: int
    """Its width with the reader's own spacing between letters, words and lines."""
    cut: list[str]
    """What then is cut off."""


Tour = tuple[dict[str, Seen], list[str]]


@pytest.fixture(scope="module")
def tour(browser: Browser, address: str, paths: list[str]) -> Tour:
    """Every page, seen once, and all that went wrong on the way."""
    reader = Visit(browser, address, viewport=NARROW)
    seen = {}
    for path in paths:
        page = reader.open(path)
        seen[path] = Seen(
            page.title(),
            page.locator("h1").count(),
            page.locator("html").get_attribute("lang") or "",
            page.locator("meta[name=description]").get_attribute("content") or "",
            page.evaluate("document.documentElement.scrollWidth"),
            page.locator("main [role=region]").evaluate_all("all => all.map((one) => one.ariaLabel)"),
            page.evaluate(SPACE, SPACED),
            page.evaluate(CUT),
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


def test_the_focus_can_be_seen_wherever_it_goes(visit: Open, kinds: list[str]) -> None:
    reader, lost = visit({"width": 1280, "height": 500}, reduced_motion="reduce"), {}
    for path in kinds:
        page = reader.open(path)
        page.keyboard.press("Tab")
        assert reader.focus_is_on(".md-skip"), f"{path}: the way past the header does not come first"
        lost[path] = page.evaluate(WALK)
    assert not any(lost.values()), lost


def test_more_space_between_letters_and_lines_loses_no_text(tour: Tour) -> None:
    assert not {path: page.cut for path, page in tour[0].items() if page.cut or page.spaced > 320}


def test_what_opens_fits_a_narrow_window(visit: Open) -> None:
    """At 320 px, and so at 400 % of 1280 px."""
    page = visit(NARROW, reduced_motion="reduce").open("charter/")
    page.locator(".menu-button").click()
    page.locator(".places-close").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.keyboard.press("Escape")
    page.locator(".search-button").click()
    page.keyboard.type("funding")
    page.locator(".md-search-result__link").first.wait_for()
    wide = "[...document.querySelectorAll('#search *')].some((part) => part.getBoundingClientRect().right > 321)"
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert not page.evaluate(wide)


def test_what_scrolls_has_a_name_of_its_own(tour: Tour) -> None:
    named = {path: page.scrolled for path, page in tour[0].items() if page.scrolled}
    assert named, "no table is wide enough to scroll"
    assert not [path for path, names in named.items() if not all(names) or len(names) > len(set(names))]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_policy_stops_nothing_that_a_reader_does(visit: Open, viewport: dict[str, int]) -> None:
    """That each page loads under it, the tour above shows."""
    reader = visit(viewport, permissions=["clipboard-write"])
    for path in ("charter/", "registers/actions/", "priorities/vital-5/"):
        page = reader.open(path)
        assert "unsafe" not in (page.locator("meta[http-equiv]").get_attribute("content") or "unsafe")
        page.get_by_role("button", name="Dark colours").click()
        page.locator(".md-search__input" if viewport is WIDE else ".search-button").click()
        page.keyboard.type("care")
        page.locator(".md-search-result__link").first.wait_for()
        page.keyboard.press("Escape")
        if viewport is PHONE:
            page.locator(".menu-button").click()
            page.keyboard.press("Escape")
    page.locator("a.term").first.hover()
    page.locator(".meaning:visible").wait_for()
    reader.open("charter/").locator(".copy").first.click()
    reader.open("registers/actions/").get_by_label("Year").select_option("2024/25")
    assert not reader.faults, "\n".join(reader.faults)


def test_the_policy_stops_a_script_that_gets_into_a_page(visit: Open) -> None:
    reader = visit()
    page = reader.open("charter/")
    page.evaluate("""() => {
        const bad = '<img src="nothing" onerror="document.title = 1" style="color: red">';
        document.body.insertAdjacentHTML("beforeend", bad);
        const script = document.createElement("script");
        script.textContent = "document.title = 1";
        document.body.append(script);
    }""")
    page.wait_for_timeout(200)
    assert page.title() != "1"
    assert len([fault for fault in reader.faults if "Content Security Policy" in fault]) >= 3


def test_the_policy_lets_checkers_hold_a_page_still_and_do_no_more(visit: Open) -> None:
    page = visit().open("charter/")
    page.add_style_tag(content=STILL)
    expect(page.locator("a").first).to_have_css("transition-property", "none")
    with pytest.raises(PlaywrightError, match="Content Security Policy"):
        page.add_style_tag(content=STILL + "a{display:none}")


def test_pages_work_below_a_folder_of_their_host(browser: Browser, site: Path, tmp_path: Path) -> None:
    (tmp_path / "plan").symlink_to(site)
    with served(tmp_path) as address:
        reader = Visit(browser, f"{address}plan/", viewport=WIDE)
        page = reader.open("glossary/")
        page.locator(".md-search__input").click()
        page.keyboard.type("3.8(b)")
        page.locator(".md-search-result__link[href*='/plan/charter/']").first.wait_for()
        assert not reader.faults, reader.faults
        reader.context.close()


def test_marks_are_seen_in_the_reader_s_own_colours(visit: Open) -> None:
    """Such readers see no grounds: what is one by nature, a dot or an icon, has to be drawn in their colours."""
    page = visit(forced_colors="active").open("registers/trace/")
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    dot = page.locator(".matrix .joined").first.evaluate("dot => getComputedStyle(dot).backgroundColor")
    assert dot != ground
