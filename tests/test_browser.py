"""What readers do with the site, in a real browser: find, read, follow, copy, by mouse, touch and keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser import PHONE, WIDE, Open

# Search


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("3.8(b)", "charter/#sharing-power"),
        ("clause 3.8", "charter/#sharing-power"),
        ("hypertension", "glossary/#hypertension"),
        ("hypertension", "priorities/vital-5/#why"),
        ("ICB", "glossary/#icb"),
    ],
)
def test_search_shows(visit: Open, query: str, place: str) -> None:
    page = visit().open("downloads/")
    page.locator(".md-search__input").click()
    page.keyboard.type(query)
    _wait_for_result(page, place, among=4)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_enter_leads_to_the_clause_that_was_searched(visit: Open, viewport: dict[str, int]) -> None:
    page = (reader := visit(viewport)).open()
    page.locator(".md-search__input" if viewport is WIDE else ".search-button").click()
    page.keyboard.type("3.8(b)")
    _wait_for_result(page, "charter/#sharing-power", among=2)
    page.keyboard.press("Enter")
    page.wait_for_url("**/charter/*#sharing-power")
    assert reader.lid() <= reader.top("#sharing-power") < 400


def _wait_for_result(page: Page, place: str, *, among: int) -> None:
    """Results come while one types: wait until a page or an anchor is among the first of them."""
    page.wait_for_function(
        """([place, among]) => [...document.querySelectorAll(".md-search-result__link")]
            .filter((link) => link.offsetParent).slice(0, among)
            .some((link) => (new URL(link.href).pathname + new URL(link.href).hash).endsWith(place))""",
        arg=[place, among],
    )


# Keyboard


def test_a_whole_journey_by_keyboard(visit: Open, address: str) -> None:
    page = (reader := visit(reduced_motion="reduce")).open()
    page.keyboard.press("Tab")
    assert reader.focus_is_on(".md-skip")
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert reader.focus_is_on(".page a"), "the skip link leads into the page"
    page.reload()
    reader.tab_to(".sections a[href='priorities/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Our priorities")
    reader.tab_to(".card a[href*='vital-5']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Vital 5")
    reader.tab_to(".md-search__input")
    page.keyboard.type("cancer screening")
    page.locator(".md-search-result__link").first.wait_for()
    reader.tab_to(".md-search-result__link[href*='priorities/cancer/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Cancer")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Vital 5")


def test_focus_is_never_under_the_header(visit: Open) -> None:
    page = (reader := visit({"width": 1280, "height": 500}, reduced_motion="reduce")).open("charter/")
    for key in ["Tab"] * 90 + ["Shift+Tab"] * 60:
        page.keyboard.press(key)
        where = page.evaluate(
            """() => { const at = document.activeElement, box = at.getBoundingClientRect();
                return at.closest(".page") ? [box.top, box.bottom, innerHeight, at.outerHTML] : null; }"""
        )
        if where:
            assert where[0] >= reader.lid() - 1 and where[1] <= where[2] + 1, f"{key} hides {where[3]}"


def test_single_letters_do_nothing(visit: Open) -> None:
    page = visit().open("plan/objectives/")
    here = page.url
    for key in "nps,./f":
        page.keyboard.press(key)
    expect(page.locator(".md-search__output")).to_be_hidden()
    assert page.url == here


def test_the_menu_opens_and_closes_by_keyboard(visit: Open) -> None:
    page = (reader := visit(PHONE)).open("enablers/digital/")
    menu, button = page.locator("#places"), page.locator(".menu-button")
    expect(menu).to_be_hidden()
    reader.tab_to(".menu-button")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".places-close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    reader.tab_to("#places a[href*='charter']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Charter")


def test_search_closes_with_escape_and_gives_the_focus_back(visit: Open) -> None:
    page = (reader := visit(PHONE)).open("glossary/")
    reader.tab_to(".search-button")
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__input")).to_be_hidden()
    expect(page.locator(".search-button")).to_be_focused()


# Terms


def test_a_term_is_explained_on_hover(visit: Open) -> None:
    page = visit().open("priorities/vital-5/")
    term = page.locator("a.term", has_text="hypertension")
    meaning = page.locator(f"#{term.get_attribute('aria-describedby')}")
    assert meaning.get_attribute("role") == "tooltip"
    expect(meaning).to_be_hidden()
    term.hover()
    expect(meaning).to_be_visible()
    expect(meaning).to_have_text(str(term.get_attribute("data-meaning")))
    meaning.hover()
    page.wait_for_timeout(400)
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    term.hover()
    expect(meaning).to_be_visible()
    page.locator("h1").hover()
    expect(meaning).to_be_hidden()


def test_a_term_is_explained_on_focus(visit: Open) -> None:
    page = (reader := visit()).open("priorities/vital-5/")
    reader.tab_to("a.term")
    meaning = page.locator(f"#{page.locator('a.term').first.get_attribute('aria-describedby')}")
    expect(meaning).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    assert reader.focus_is_on("a.term")


def test_a_tap_explains_and_a_second_one_follows(visit: Open) -> None:
    page = visit(PHONE, has_touch=True, is_mobile=True).open("priorities/vital-5/")
    page.locator("a.term").first.tap()
    expect(page.locator(".meaning:visible")).to_have_count(1)
    assert "vital-5" in page.url
    page.locator("a.term").first.tap()
    page.wait_for_url("**/glossary/#*")


# Clauses


def test_a_link_from_another_page_shows_the_clause(visit: Open) -> None:
    page = (reader := visit()).open("gaps/")
    link = page.locator("a[href='../charter/#short-term-funding']")
    page.locator("details.noted", has=link).locator("summary").click()
    link.click()
    page.wait_for_url("**/charter/#short-term-funding")
    assert reader.lid() <= reader.top("#short-term-funding") < 400


@pytest.mark.parametrize(("place", "name"), [("sharing-power", "3.8"), ("full-cost-recovery", "3.8(b)")])
def test_a_clauses_link_is_copied(visit: Open, address: str, place: str, name: str) -> None:
    page = (reader := visit()).open("charter/?h=funding")
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name=f"Copy link to clause {name}", exact=True)
    button.focus()
    expect(button).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator(".page > [role=status]")).to_have_text(f"Copied: link to clause {name}")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}charter/#{place}"


def test_the_draft_stays_marked(visit: Open) -> None:
    page = visit().open("charter/#further-support")
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    expect(page.locator(".draft-strip")).to_be_in_viewport()


# Colours, paper, no script


def test_dark_colours_are_kept(visit: Open) -> None:
    page = (reader := visit()).open()
    expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_role("button", name="Dark colours").click()
    for path in ("", "charter/"):
        reader.open(path)
        expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "slate")
        expect(page.locator(".colours-button")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Dark colours").click()
    reader.open()
    expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "default")


def test_the_device_decides_without_a_choice(visit: Open) -> None:
    expect(visit(color_scheme="dark").open().locator("body")).to_have_css("background-color", "rgb(16, 24, 31)")


def test_a_wide_table_scrolls_by_keyboard(visit: Open) -> None:
    page = (reader := visit(PHONE)).open("plan/today/")
    reader.tab_to("[role=region][aria-label='Who lives in Southwark, in figures']", limit=200)
    expect(page.locator(":focus")).to_have_attribute("tabindex", "0")  # not every browser lets one tab to what scrolls
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).not_to_have_js_property("scrollLeft", 0)


def test_paper_gets_the_text_alone(visit: Open) -> None:
    page = visit(color_scheme="dark").open("charter/")
    page.emulate_media(media="print", color_scheme="dark")
    for part in (".md-header", ".sections", "#places", ".contents >> nth=0", ".copy >> nth=0", ".foot-map"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".page .clause").first).to_have_css("color", "rgb(22, 33, 46)")
    expect(page.locator(".foot")).to_contain_text("Version 0.1")


def test_without_a_script_links_do_the_work(visit: Open) -> None:
    page = visit(PHONE, java_script_enabled=False).open("priorities/vital-5/")
    expect(page.locator(".search-button, .menu-button, .colours-button").filter(visible=True)).to_have_count(0)
    page.locator(".menu-link").click()
    expect(page.locator("#site-map")).to_be_in_viewport()
    page.locator("a.term", has_text="hypertension").click()
    page.wait_for_url("**/glossary/#hypertension")


# Search, as people type


@pytest.mark.parametrize(("typed", "shown"), [("3.8b", "3.8(b)"), ("3.8B", "3.8(b)"), ("3.8(b)", "3.8(b)")])
def test_a_clause_may_be_typed_without_brackets(visit: Open, typed: str, shown: str) -> None:
    page = visit().open()
    page.locator(".md-search__input").click()
    page.keyboard.type(typed)
    expect(page.locator(".md-search__input")).to_have_value(shown)
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("charter"))


def test_pasted_words_are_searched(visit: Open) -> None:
    page = visit().open()
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("hypertension")
    page.locator(".md-search-result__link").first.wait_for()
