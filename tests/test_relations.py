"""The pages that tie publications together: they say what the records say, both ways, and only what is seen."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html as markup

from conftest import CASES, PROJECT
from pswkdocs import pipeline
from pswkdocs.config import Config
from pswkdocs.drawing import Box, Organogram
from pswkdocs.edition import Edition, Page
from pswkdocs.gaps import openings
from pswkdocs.model.content import Content
from pswkdocs.model.local_plan import LocalPlan
from pswkdocs.model.meeting import Meeting
from pswkdocs.model.paper import Paper
from pswkdocs.model.plan import Enabler, Plan, Priority
from pswkdocs.model.publication import Milestone
from pswkdocs.model.record import AUDIENCES
from pswkdocs.model.strategy import StrategicPriority, Strategy
from pswkdocs.model.who import Bodies
from pswkdocs.registers.relations import carried, counterparts, events, loose, succession, view_pages
from pswkdocs.render import Renderer
from pswkdocs.view import View, Views

PAGES = {"trace", "then-and-now", "side-by-side", "timeline", "governance"}


@pytest.fixture(scope="module")
def views(content: Content) -> Views:
    return Views(content.seen_by("public"))


@pytest.fixture(scope="module")
def shown(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> dict[str, markup.HtmlElement]:
    """Each of the pages as a tree."""
    renderer = Renderer(PROJECT / "templates", tmp_path_factory.mktemp("work"))
    paths = [f"registers/{name}.md" for name in PAGES]
    pages = {page.path: page for page in edition.pages}
    return {
        path: markup.fragment_fromstring(renderer.page(pages[path], edition, ()), create_parent="div")
        for path in [*paths, "gaps.md"]
    }


def whole(views: Views, type_: type) -> View:
    return views.whole(views.content.the(type_))


def words(element: markup.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


# Trace


def test_a_matrix_says_what_the_records_say(shown: dict[str, markup.HtmlElement], views: Views) -> None:
    priorities = list(whole(views, Plan).priorities)
    for table, field, mark in zip(
        shown["registers/trace.md"].xpath("//table[contains(@class, 'matrix')]"),
        ("objectives", "enablers"),
        ("Serves", "Rests on"),
        strict=True,
    ):
        columns = [words(cell) for cell in table.xpath(".//thead//th")][1:]
        rows = {words(row[0]): [words(cell) for cell in row[1:]] for row in table.xpath(".//tbody/tr")}
        assert list(rows) == [priority.title for priority in priorities]
        for priority in priorities:
            linked = [record.title for record in getattr(priority.editorial_links, field)]
            assert [column for column, said in zip(columns, rows[priority.title], strict=True) if said == mark] == [
                column for column in columns if column in linked
            ]
            assert set(rows[priority.title]) <= {mark, "– no link"}
        assert table.xpath(".//thead//th[not(@scope='col')] | .//tbody/tr/th[not(@scope='row')]") == []


def test_what_is_joined_to_nothing_is_told(views: Views) -> None:
    found = {end.what: end for end in loose(whole(views, Plan))}
    bare = {what: [record.record.id for record, _ in end.at] for what, end in found.items()}
    assert bare["Enablers that no priority rests on"] == ["estates", "sustainability"]
    assert bare["Objectives that no priority serves"] == []
    outcomes = [outcome for priority in views.content.every(Priority) for outcome in priority.outcomes]
    assert found["Outcomes without a measure"].count == sum(outcome.measure is None for outcome in outcomes) == 30
    assert found["Actions still to be agreed"].count == 4


# Then and now


def some(key: str) -> SimpleNamespace:
    return SimpleNamespace(key=key)


@pytest.mark.parametrize(
    ("carriers", "how"),
    [
        ({}, "not found again"),
        ({"other": ["another"]}, "not found again"),
        ({"one": ["it"]}, "carried on"),
        ({"one": ["it", "another"]}, "joined with others"),
        ({"one": ["it"], "two": ["it"]}, "divided"),
        ({"one": ["it"], "two": ["another", "it"]}, "divided, and joined with others"),
    ],
)
def test_what_became_of_it_is_said_in_words(carriers: dict[str, list[str]], how: str) -> None:
    views = [(some(key), [some(earlier) for earlier in continues]) for key, continues in carriers.items()]
    [found] = carried([some("it")], views)  # type: ignore[list-item, arg-type]
    assert found.how == how
    assert [by.key for by in found.by] == [key for key, continues in carriers.items() if "it" in continues]


def test_every_priority_and_enabler_of_both_plans_has_its_place(views: Views) -> None:
    found = succession(whole(views, LocalPlan))
    earlier, later = found.earlier.record, found.later
    assert [carried.record.record.id for carried in found.priorities] == [p.id for p in earlier.priorities]
    assert [carried.record.record.id for carried in found.enablers] == [e.id for e in earlier.enablers]
    carriers = {by.key for carried in (*found.priorities, *found.enablers) for by in carried.by}
    new = {record.key for record in (*found.new_priorities, *found.new_enablers)}
    assert not carriers & new
    assert {record.key for record in (*later.priorities, *later.enablers)} <= carriers | new
    became = {carried.record.record.id: carried for carried in (*found.priorities, *found.enablers)}
    assert [by.what for by in became["population-health-analytics"].by] == ["requirement"]
    assert became["bridges-segmentation"].how == "not found again"
    assert [by.what for by in became["control-over-own-health"].by] == ["objective"]


# Side by side


def test_counterparts_lead_both_ways(views: Views) -> None:
    plan_ = whole(views, Plan)
    pairs = list(counterparts(whole(views, Strategy), plan_))
    assert len(pairs) == 5
    ours = {(pair.strategic.key, priority.key) for pair in pairs for priority in pair.priorities}
    theirs = {(s.key, p.key) for p in plan_.priorities for s in p.editorial_links.strategic_priorities}
    assert ours == theirs and ours


# Timeline


def test_everything_with_a_time_stands_on_the_timeline(
    content: Content, views: Views, shown: dict[str, markup.HtmlElement]
) -> None:
    found = Counter(event.kind for event in events(views.content, views))
    parts = [part.record for entry in content.entries for part in entry.parts]
    assert found["milestone"] == sum(isinstance(record, Milestone) for record in parts)
    assert found["meeting"] == len(content.every(Meeting))
    assert found["outcome"] == sum(bool(o.deadline) for p in content.every(Priority) for o in p.outcomes)
    rows = shown["registers/timeline.md"].xpath("//ol[contains(@class, 'timeline')]/li")
    assert len(rows) == sum(found.values())
    for row in rows:
        assert row.xpath("string(.//*[@class='tag'])") in ("Milestone", "Outcome", "Target", "Meeting")


def test_the_timeline_is_in_order_and_parts_at_the_edition(edition: Edition) -> None:
    page = page_of(edition, "registers/timeline.md")
    day = edition.partnership.edition.date
    past, ahead = ([event for _, held in page.context[name] for event in held] for name in ("past", "ahead"))
    assert [event.until for event in past + ahead] == sorted(event.until for event in past + ahead)
    assert max(event.until for event in past) <= day < min(event.until for event in ahead)
    assert {event.until for event in past} >= {date(2023, 4, 25), date(2024, 4, 1)}


def page_of(edition: Edition, path: str) -> Page:
    return next(page for page in edition.pages if page.path == path)


# Governance


def test_each_body_has_its_place_and_leads_back(shown: dict[str, markup.HtmlElement], content: Content) -> None:
    tree = shown["registers/governance.md"]
    bodies = content.the(Bodies).bodies
    assert tree.xpath("//h3/@id") and set(tree.xpath("//h3/@id")) == {body.id for body in bodies}
    for body in bodies:
        entry = tree.xpath(f"//div[h3[@id='{body.id}']]")[0]
        said = words(entry)
        assert body.name in said
        assert ("Reports to not stated" in said) == (body.reports_to is None), body.id
        for of in (body.reports_to, body.successor):
            assert of is None or f"#{of}" in entry.xpath(".//a/@href"), body.id
        reporting = [other.id for other in bodies if other.reports_to == body.id]
        assert ("To it report" in said) == bool(reporting)


def test_the_drawing_of_bodies_holds_each_once(edition: Edition, content: Content) -> None:
    drawn = page_of(edition, "registers/governance.md").charts["governance"]
    assert isinstance(drawn, Organogram)

    def names(boxes: tuple[Box, ...]) -> list[str]:
        return [name for box in boxes for name in (box.name, *names(box.below))]

    bodies = content.the(Bodies).bodies
    held = [name for _, boxes in drawn.levels for name in names(boxes)]
    assert sorted(held) == sorted(body.name for body in bodies)
    alternative = edition.drawings["governance"].alternative
    for body in bodies:
        assert (f"{body.name} (" if body.until or body.successor else body.name) in alternative
    assert "Leadership Team, to which report: Leadership cell for Live Well" in alternative


def test_a_level_whose_bodies_all_report_to_another_is_no_empty_frame() -> None:
    small, _ = pipeline.read(Config(CASES / "problems" / "_base"))
    seen = small.seen_by("restricted")
    pages = {page.path: page for page in view_pages(seen, Views(seen))}
    drawn = pages["registers/governance.md"].charts["governance"]
    assert (
        drawn.alternative == "South East London: County Health Board, to which report: Riverside Board (the borough)."
    )


# What is not stated


def test_gaps_add_up(views: Views, shown: dict[str, markup.HtmlElement]) -> None:
    found = {of.whole.record.id: of for of in openings(views.content, views)}
    counted = Counter({gap.missing: 0 for of in found.values() for _, gaps in of.gaps for gap in gaps})
    for of in found.values():
        for _, gaps in of.gaps:
            counted.update({gap.missing: gap.count for gap in gaps})
    actions = [action for priority in views.content.every(Priority) for action in priority.actions]
    assert counted["Actions without a lead"] == sum(action.lead is None for action in actions) == 60
    assert counted["Outcomes without a measure"] == 30
    notes = [part for entry in views.content.entries for part in entry.parts if part.record.note]
    assert sum(len(of.noted) for of in found.values()) == len(notes)
    rows = shown["gaps.md"].xpath("//table[contains(@class, 'tally')]/tbody/tr")
    assert [words(row[0]) for row in rows] == [of.whole.title for of in found.values()]
    assert [words(row[1]) for row in rows] == [str(of.count or "none") for of in found.values()]


# Both ways, and for whom


def test_pages_lead_to_the_pages_that_tie_them_together(edition: Edition, tmp_path: Path) -> None:
    renderer = Renderer(PROJECT / "templates", tmp_path)
    priority = renderer.page(page_of(edition, "priorities/vital-5.md"), edition, ())
    for address in ("registers/trace/", "registers/side-by-side/", "registers/then-and-now/"):
        assert f'href="../../{address}"' in priority
    assert 'href="../../registers/then-and-now/"' in renderer.page(page_of(edition, "enablers/digital.md"), edition, ())
    assert 'href="../../registers/then-and-now/"' in renderer.page(page_of(edition, "plan/objectives.md"), edition, ())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_pages_are_made_only_of_what_is_seen(content: Content, audience: str) -> None:
    seen = content.seen_by(audience)  # type: ignore[arg-type]
    views = Views(seen)
    held = {entry.record.id for entry in seen.entries}
    assert {event.file.record.id for event in events(seen, views)} <= held
    assert {of.whole.record.id for of in openings(seen, views)} <= held
    assert ("place-lead-appraisal" in held) == (audience == "restricted")


@pytest.mark.parametrize(
    ("missing", "gone"),
    [
        ((LocalPlan,), {"then-and-now"}),
        ((Strategy, StrategicPriority), {"side-by-side"}),
        ((Bodies,), {"governance"}),
        ((Plan, Priority, Enabler), {"trace", "then-and-now", "side-by-side"}),
        ((Plan, Priority, Enabler, Bodies, Strategy, Paper, Meeting), set(PAGES)),
    ],
)
def test_there_is_no_page_without_something_to_show(
    missing: tuple[type, ...], gone: set[str], content: Content
) -> None:
    seen = content.seen_by("restricted")
    left = Content.of(tuple(entry for entry in seen.entries if not isinstance(entry.record, missing)), seen.papers)
    assert {page.path for page in view_pages(left, Views(left))} == {f"registers/{name}.md" for name in PAGES - gone}


# From the publications to what became of them


def test_only_actions_count_as_actions(views: Views, edition: Edition, tmp_path: Path) -> None:
    page = next(page for page in edition.pages if page.path == "priorities/community-mental-health.md")
    html = Renderer(PROJECT / "templates", tmp_path).page(page, edition, ())
    strip = markup.fragment_fromstring(html, create_parent="div").xpath(".//dl[@class='facts strip']")[0]
    said = " ".join(strip.text_content().split())
    assert "7 in 2023/24 (6 of them parts of another); none in 2024/25, and a funding note" in said
    trace = next(page for page in edition.pages if page.path == "registers/trace.md").context["actions"]
    entries = [action for priority in views.content.every(Priority) for action in priority.actions]
    assert trace["community-mental-health"] == 7
    assert sum(trace.values()) == sum(action.kind == "action" for action in entries) < len(entries)


@pytest.mark.parametrize("path", ["local-plan/index.md", "local-plan/vision.md", "publications.md"])
def test_a_superseded_plan_leads_to_what_became_of_it(path: str, edition: Edition, tmp_path: Path) -> None:
    page = next(page for page in edition.pages if page.path == path)
    html = Renderer(PROJECT / "templates", tmp_path).page(page, edition, ())
    up = "../" * page.url.count("/")
    assert f'href="{up.rstrip("/")}/registers/then-and-now/"' in html
