"""Registers in a real browser: filtered by mouse and keyboard, kept in the address, whole without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser import PHONE, Open


def shown(page: Page) -> int:
    return page.locator(".register tbody tr:visible").count()


def told(page: Page) -> str:
    return page.locator(".filters [role=status]").inner_text()


def test_a_choice_leaves_the_rows_that_fit(visit: Open) -> None:
    page = visit().open("registers/actions/")
    assert (shown(page), told(page)) == (60, "60 of 60 rows are shown")
    page.get_by_label("Year").select_option("2024/25")
    assert (shown(page), told(page)) == (11, "11 of 60 rows are shown")
    page.get_by_label("Priority").select_option(label="Cancer (7)")
    assert (shown(page), told(page)) == (1, "1 of 60 rows is shown")
    expect(page.locator(".register tbody tr:visible td[data-column=Year]")).to_have_text("2024/25")


def test_the_choice_is_in_the_address(visit: Open, address: str) -> None:
    page = visit().open("registers/actions/")
    page.get_by_label("Year").select_option("2024/25")
    expect(page).to_have_url(f"{address}registers/actions/?year=2024%2F25")
    page.get_by_label("Words").fill("screening")
    expect(page).to_have_url(f"{address}registers/actions/?year=2024%2F25&words=screening")
    page.reload()
    expect(page.get_by_label("Year")).to_have_value("2024/25")
    expect(page.get_by_label("Words")).to_have_value("screening")
    page.get_by_label("Words").fill("")
    expect(page).to_have_url(f"{address}registers/actions/?year=2024%2F25")


def test_back_takes_the_choice_back(visit: Open) -> None:
    page = visit().open("registers/action-log/?status=closed&owner=HO")
    assert shown(page) == 3
    page.get_by_label("Status").select_option("in progress")
    assert shown(page) == 2
    page.go_back()
    expect(page.get_by_label("Status")).to_have_value("closed")
    assert shown(page) == 3
    page.locator(".register tbody tr:visible a[href*='people']").first.click()
    page.wait_for_url("**/registers/people/**")
    page.go_back()
    expect(page.get_by_label("Owner")).to_have_value("HO")
    expect(page.locator(".register tbody tr:visible")).to_have_count(3)


def test_letters_of_either_case_are_one_choice(visit: Open) -> None:
    """The log prints `All` and `ALL`."""
    page = visit().open("registers/action-log/?owner=all")
    assert page.get_by_label("Owner").input_value().lower() == "all"
    owners = page.locator(".register tbody tr:visible td[data-column=Owner]").all_inner_texts()
    assert {"All", "ALL"} <= {owner.split("\n")[-1] for owner in owners}


def test_what_is_not_stated_can_be_found(visit: Open) -> None:
    page = visit().open("registers/figures/?period=not+stated")
    cells = page.locator(".register tbody tr:visible td[data-column=Period]")
    assert set(cells.all_inner_texts()) == {"not stated"}
    assert 0 < shown(page) < page.locator(".register tbody tr").count()


def test_an_unknown_choice_hides_nothing(visit: Open) -> None:
    page = visit().open("registers/actions/?year=1999&nothing=here")
    assert shown(page) == 60


def test_words_are_found_in_any_order(visit: Open) -> None:
    page = visit().open("registers/actions/")
    page.get_by_label("Words").fill("Workshops ENGAGEMENT")
    found = page.locator(".register tbody tr:visible")
    assert 0 < found.count() < 60
    assert all("workshops" in text.lower() and "engagement" in text.lower() for text in found.all_inner_texts())
    page.get_by_label("Words").fill("xylophone")
    assert told(page) == "None of 60 rows are shown"


def test_one_link_shows_all_again(visit: Open, address: str) -> None:
    page = visit().open("registers/actions/?year=2024%2F25&words=screening")
    page.get_by_role("link", name="Show all 60 rows").click()
    assert shown(page) == 60
    expect(page).to_have_url(f"{address}registers/actions/")
    expect(page.get_by_label("Year")).to_have_value("")
    page.go_back()
    expect(page.get_by_label("Year")).to_have_value("2024/25")


def test_filters_work_by_keyboard(visit: Open) -> None:
    page = (reader := visit()).open("registers/actions/")
    reader.tab_to("#filter-year")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert shown(page) == 49
    reader.tab_to("#filter-kind", limit=3)
    reader.tab_to(".filters a", limit=3)
    page.keyboard.press("Enter")
    assert shown(page) == 60


def test_the_choice_is_in_the_address_in_an_older_browser(visit: Open, address: str) -> None:
    reader = visit()
    reader.page.add_init_script("delete URLSearchParams.prototype.size")  # Safari 16
    page = reader.open("registers/actions/")
    page.get_by_label("Year").select_option("2024/25")
    expect(page).to_have_url(f"{address}registers/actions/?year=2024%2F25")
    page.get_by_label("Year").select_option("")
    expect(page).to_have_url(f"{address}registers/actions/")


def test_a_link_to_what_cannot_be_a_row(visit: Open) -> None:
    reader = visit()
    reader.open("registers/action-log/#%")
    assert not [fault for fault in reader.faults if "URI" in fault]


def test_a_link_to_a_row_shows_it(visit: Open) -> None:
    page = visit().open("registers/action-log/?status=closed#communications-leads-group")
    expect(page.locator("#communications-leads-group")).to_be_visible()
    page.get_by_label("Status").select_option("closed")
    expect(page.locator("#communications-leads-group")).to_be_hidden()
    page.get_by_role("link", name="Row 1", exact=True).click()
    expect(page.locator("#communications-leads-group")).to_be_in_viewport()


def test_without_a_script_every_row_is_there(visit: Open) -> None:
    page = visit(java_script_enabled=False).open("registers/actions/?year=2024%2F25")
    assert shown(page) == 60
    expect(page.locator(".filters")).to_have_count(0)


@pytest.mark.parametrize("path", ["registers/actions/", "registers/action-log/", "registers/figures/"])
def test_rows_are_readable_on_a_phone(visit: Open, path: str) -> None:
    """Each value stands with its heading, nothing is wider than the window, and it is a table still."""
    page = visit({**PHONE, "width": 320}).open(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(
        "document.querySelector('.scroll').scrollWidth <= document.querySelector('.scroll').clientWidth"
    )
    cell = page.locator(".register tbody td").first
    assert cell.get_attribute("data-column") in cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    expect(page.locator(".register")).to_have_attribute("role", "table")
    expect(cell).to_have_attribute("role", "cell")


def test_paper_gets_the_table_without_its_filters(visit: Open) -> None:
    page = visit().open("registers/actions/")
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    assert shown(page) == 60
