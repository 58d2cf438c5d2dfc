"""Registers hold every record of their kinds, in order, and can be filtered by what is stated and what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html as markup

from conftest import PROJECT
from pswkdocs.edition import Edition
from pswkdocs.model.content import Content
from pswkdocs.model.meeting import ActionLog
from pswkdocs.model.plan import Plan
from pswkdocs.model.record import FileRecord
from pswkdocs.plan import plan
from pswkdocs.registers.listed import REGISTERS
from pswkdocs.registers.tables import Register, text_of
from pswkdocs.render import Renderer
from pswkdocs.view import Views

Tables = dict[str, markup.HtmlElement]


def register(name: str) -> Register:
    return next(register for register in REGISTERS if register.name == name)


def changed(content: Content, id: str, change: Callable[[FileRecord], FileRecord]) -> Content:
    """The content with one file's record changed."""
    entries = tuple(
        replace(entry, record=change(entry.record)) if entry.record.id == id else entry for entry in content.entries
    )
    return Content.of(entries, content.papers)


@pytest.fixture(scope="module")
def tables(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The page of each register, by its name."""
    renderer = Renderer(PROJECT / "templates", tmp_path_factory.mktemp("work"))
    return {
        page.context["register"].name: markup.fromstring(renderer.page(page, edition, ()))
        for page in edition.pages
        if page.template == "register.html"
    }


@pytest.fixture(scope="module")
def public(content: Content) -> Content:
    return content.seen_by("public")


@pytest.mark.parametrize("name", [register.name for register in REGISTERS if register.name != "targets"])
def test_every_record_of_its_kind_is_a_row(name: str, public: Content, tables: Tables) -> None:
    kinds = register(name).kinds
    held = [address.key for entry in public.entries for address in entry.parts if isinstance(address.record, kinds)]
    shown = [row.address.key for row in register(name).rows(Views(public))]
    assert sorted(shown) == sorted(held)
    assert len(tables[name].xpath("//table/tbody/tr")) == len(held) > 0


def test_registers_are_whole(public: Content) -> None:
    counts = {register.name: len(register.rows(Views(public))) for register in REGISTERS}
    known = {"actions": 60, "outcomes": 36, "clauses": 31, "metrics": 35, "evidence": 32, "case-studies": 29}
    assert {name: counts[name] for name in known} == known


def test_targets_come_in_order(public: Content) -> None:
    rows = register("targets").rows(Views(public))
    years = [getattr(row.record, "deadline", None) or "later" for row in rows]
    assert years == sorted(years)
    assert {row.address.kind for row in rows} == {"outcome", "target", "pathway", "metric"}
    assert all(row.record.target or row.record.deadline for row in rows)


def test_rows_follow_the_plan(public: Content) -> None:
    order = list(dict.fromkeys(row.file.record.id for row in register("actions").rows(Views(public))))
    assert order == list(public.the(Plan).priorities)


@pytest.mark.parametrize("name", [register.name for register in REGISTERS])
def test_what_can_be_filtered_says_something_in_every_row(name: str, tables: Tables) -> None:
    """A gap says so, and so can be filtered too."""
    (table,) = tables[name].xpath("//table")
    headings = table.xpath("thead/tr/th")
    facets = [place for place, heading in enumerate(headings) if heading.get("data-facet")]
    assert facets
    for row in table.xpath("tbody/tr"):
        cells = row.xpath("th|td")
        assert len(cells) == len(headings)
        for place in facets:
            values = cells[place].xpath(".//@data-value")
            assert values and all(value.strip() for value in values), markup.tostring(row)
    names = [heading.get("data-facet") for heading in headings if heading.get("data-facet")]
    assert names == [column.name for column in register(name).columns if column.facet]


def test_gaps_are_told(tables: Tables) -> None:
    leads = tables["actions"].xpath("//td[@data-column='Lead']")
    assert {cell.text_content().strip() for cell in leads} == {"not stated"}
    assert Counter(tables["case-studies"].xpath("//td[@data-column='Told']//@data-value")).keys() == {
        "in full",
        "named only",
    }


@pytest.mark.parametrize("name", [register.name for register in REGISTERS])
def test_tables_are_accessible(name: str, tables: Tables) -> None:
    """A caption, headings with their direction, and a first cell that leads to the record."""
    (table,) = tables[name].xpath("//table")
    assert table.xpath("string(caption)").strip()
    assert not table.xpath("thead/tr/th[not(@scope='col')]")
    for row in table.xpath("tbody/tr"):
        assert row[0].tag == "th" and row[0].get("scope") == "row" and row[0].xpath("a/@href")
    assert bool(table.get("data-search-exclude")) != register(name).home


def test_the_log_is_merged_in_printed_order(content: Content) -> None:
    for audience, rows in (("public", 13), ("staff", 18)):
        found = register("action-log").rows(Views(content.seen_by(audience)))
        numbers = [int(row.record.number) for row in found]
        assert len(numbers) == rows
        assert numbers == sorted(numbers)


def _due(day: date | None) -> Callable[[FileRecord], FileRecord]:
    def change(log: FileRecord) -> FileRecord:
        assert isinstance(log, ActionLog)
        first = log.actions[0].model_copy(update={"due": day})
        return log.model_copy(update={"actions": (first, *log.actions[1:])})

    return change


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (None, ["in progress"]),
        (date(2020, 12, 1), ["in progress", "overdue"]),
        (date(2026, 11, 22), ["in progress"]),
        (date(2030, 1, 1), ["in progress"]),
    ],
)
def test_what_is_due_before_the_edition_is_overdue(public: Content, day: date | None, status: list[str]) -> None:
    late = changed(public, "leadership-team", _due(day))
    row, *others = register("action-log").rows(Views(late))
    (column,) = [column for column in register("action-log").columns if column.name == "status"]
    assert [item.text for item in column.items(row)] == status
    assert not [other for other in others if "overdue" in [item.text for item in column.items(other)]]
    page = next(page for page in plan(late, "public").pages if page.path == "registers/action-log.md")
    assert [row.record.number for row in page.context["log"].overdue] == (["1"] if "overdue" in status else [])


def test_the_log_opens_with_what_matters(edition: Edition, tables: Tables) -> None:
    page = next(page for page in edition.pages if page.path == "registers/action-log.md")
    log = page.context["log"]
    assert log.latest == date(2020, 11, 5)
    assert [row.record.number for row in log.open] == ["1", "2", "13", "14", "18"]
    assert [row.record.number for row in log.new] == ["13", "14", "18"]
    assert [promise.record.id for promise in log.promises] == ["trust-representatives"]
    assert tables["action-log"].xpath("//*[@id='trust-representatives']")


def test_a_register_without_records_is_not_made(public: Content) -> None:
    nothing = {"opportunities": (), "risks": ()}
    edition = plan(changed(public, "primary-care-focus", lambda paper: paper.model_copy(update=nothing)), "public")
    paths = {page.path for page in edition.pages}
    assert "registers/considerations.md" not in paths and "data/considerations.csv" not in edition.data
    assert "registers/actions.md" in paths


def test_every_register_is_two_clicks_from_home(edition: Edition, tmp_path: Path) -> None:
    renderer = Renderer(PROJECT / "templates", tmp_path)
    pages = {page.path: page for page in edition.pages}
    home = markup.fromstring(renderer.page(pages["index.md"], edition, ()))
    assert "registers/" in home.xpath("//a/@href")
    links = markup.fromstring(renderer.page(pages["registers/index.md"], edition, ())).xpath("//a/@href")
    below = {page.url for page in edition.pages if page.url.startswith("registers/") and page.url != "registers/"}
    assert {f"../{url}" for url in below} == {link for link in links if link.startswith("../registers/")}


def test_every_column_says_what_it_means() -> None:
    bare = [(of.name, column.heading) for of in REGISTERS for column in of.columns if not of.about(column).strip()]
    assert not bare


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ('<a href="ref:x">A &amp; B</a>, <strong>not</strong> C', "A & B, not C"),
        ("<p>One.</p>\n<p>Two.</p>", "One.\nTwo."),
        ("<p>Three:</p>\n<ul>\n<li>a</li>\n<li>\n<p>b</p>\n</li>\n</ul>", "Three:\n- a\n- b"),
        ("a &lt;b&gt; c", "a <b> c"),
    ],
)
def test_words_of_a_text(html: str, text: str) -> None:
    assert text_of(html) == text


def test_a_register_says_what_of_it_is_a_draft_or_superseded(tables: Tables) -> None:
    said = {name: " ".join(page.xpath("string(//div[@role='note'])").split()) for name, page in tables.items()}
    assert said["clauses"].startswith("DRAFT") and "VCSE charter" in said["clauses"]
    assert "minutes of ICP, 25 April 2023" in said["decisions"]
    assert "SUPERSEDED" in said["figures"]
    assert said["actions"] == said["people"] == ""
