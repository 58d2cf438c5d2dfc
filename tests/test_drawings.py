"""Drawings: what each kind shows, that it says all of it in words, and that typst draws it the same every time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from conftest import PROJECT
from pswkdocs import pipeline, tokens
from pswkdocs.chapters import against_targets, charts, compared, schedule
from pswkdocs.drawing import Box, Chart, Comparison, Due, Organogram, Schedule, Tiers, draw
from pswkdocs.edition import Edition
from pswkdocs.model.content import Content
from pswkdocs.model.local_plan import LocalPlan
from pswkdocs.model.paper import Paper
from pswkdocs.model.publication import Figure
from pswkdocs.model.record import FileRecord
from pswkdocs.model.strategy import Metric, StrategicPriority
from pswkdocs.view import View, Views

TEMPLATES = PROJECT / "templates/pdf"

CELL = Box("Cell", "", False, ())
DUE = (Due("Plans agreed.", "30th June", 0.5, 0.52), Due("Go live", "Autumn", 0.5, 1.0))
GONE = Box("Old forum", "Until 2019; followed by New forum", True, ())
KINDS: dict[str, tuple[Chart, str]] = {
    "comparison": (
        Comparison((("Adults", (("Southwark", "over 8%"), ("London", "4%"))),)),
        "Adults: Southwark over 8%, London 4%.",
    ),
    "tiers": (
        Tiers(("Team", "Network", "Services")),
        "3 frames, one inside the other. In the middle: Team. Around it: Network. Around it: Services.",
    ),
    "organogram": (
        Organogram((("The borough", (Box("Board", "", False, (CELL, GONE)), Box("Forum", "", False, ()))),)),
        "The borough: Board, to which report: Cell, Old forum (until 2019; followed by New forum); Forum.",
    ),
    "schedule": (
        Schedule(((0.0, "Jun 2023"),), (("Paper", DUE),)),
        "Paper. 30th June: Plans agreed; Autumn: Go live.",
    ),
}  # fmt: skip


def whole(content: Content, type_: type[FileRecord], id: str = "") -> View:
    record = next(record for record in content.every(type_) if not id or record.id == id)
    return Views(content).whole(record)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_the_same_twice_and_said_in_words(kind: str) -> None:
    chart, words = KINDS[kind]
    assert chart.template == kind
    drawing = draw(chart, TEMPLATES)
    assert drawing == draw(chart, TEMPLATES)
    assert drawing.alternative == words
    assert drawing.svg.startswith(b"<svg") and drawing.png.startswith(b"\x89PNG")
    assert b"<text" not in drawing.svg, "letters are outlines: the same in every browser"


def test_drawings_fit_the_text_of_a_page_and_use_our_colours(edition: Edition) -> None:
    """As large as a page's text at most, so that their letters stay as large in documents as they are drawn."""
    look = tokens.read(PROJECT / "templates")
    ours, sides = {colour.light for colour in look.colours.values()}, look.pages.upright
    assert len(edition.drawings) > 5
    for name, drawing in edition.drawings.items():
        [width, height] = map(float, re.findall(rb'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"', drawing.svg)[0])
        assert width <= (210 - sides.left - sides.right) / 25.4 * 72 + 0.1, name
        assert height <= 240 / 25.4 * 72 or name in ("governance", "milestones"), f"{name} is in documents"
        used = set(re.findall(r"#[0-9a-f]{6}\b", drawing.svg.decode()))
        assert used <= ours | {"#000000"}, name


def test_every_chart_is_shown(edition: Edition, html: dict[str, str]) -> None:
    """No drawing is made for nothing, and each document shows all that travel with it."""
    for document in edition.documents:
        shown = set(re.findall(r'src="drawing:([^"]+)"', html[document.name]))
        assert shown == set(document.charts), document.name


def test_a_milestone_is_as_long_as_its_time_can_be() -> None:
    def milestone(precision: str, until: date) -> SimpleNamespace:
        record = SimpleNamespace(text="Text", when=precision, until=until, precision=precision)
        return SimpleNamespace(record=record)

    last = date(2023, 12, 31)
    rows = [milestone(precision, last) for precision in ("day", "month", "quarter", "season", "year")]
    views = SimpleNamespace(plain=str)
    drawn = schedule([("All", rows)], views)  # type: ignore[arg-type, list-item]
    assert drawn
    days = {due.when: round((due.ends - due.begins) * 365) for due in drawn.groups[0][1]}
    assert days == {"day": 1, "month": 31, "quarter": 92, "season": 92, "year": 365}
    assert [due.ends for due in drawn.groups[0][1]] == [1.0] * 5
    assert [name for _, name in drawn.marks] == ["Jan 2023", "Apr 2023", "Jul 2023", "Oct 2023"]
    assert schedule([], views) is None  # type: ignore[arg-type]


def test_a_schedule_over_many_years_keeps_few_marks() -> None:
    spans = [date(2023, 1, 31), date(2060, 1, 31)]
    rows = [
        SimpleNamespace(record=SimpleNamespace(text="Text", when="then", until=until, precision="month"))
        for until in spans
    ]
    drawn = schedule([("All", rows)], SimpleNamespace(plain=str))  # type: ignore[arg-type, list-item]
    assert drawn and len(drawn.marks) <= 5


def test_figures_of_one_measure_stand_together(content: Content) -> None:
    views = Views(content)
    parts = content.addresses["early-years"].entry.parts
    drawn = compared((views.at(part) for part in parts if isinstance(part.record, Figure)), views)
    assert drawn
    rows = dict(drawn.rows)
    smoking = rows["Prevalence of smoking in pregnancy (2018/19)"]
    assert [place for place, _ in smoking] == ["South East London", "London region", "Lambeth", "Bexley"]
    assert all("%" in value for values in rows.values() for _, value in values), "rates have no place among shares"


def test_a_measure_stands_beside_its_target(content: Content) -> None:
    views = Views(content)
    entry = content.addresses["adult-mental-wellbeing"].entry
    metrics = [part for part in entry.parts if isinstance(part.record, Metric)]
    assert against_targets([views.at(part) for part in metrics], views) is None, "no source states both"
    with_figure = next(part.record for part in metrics if part.record.id == "fewer-crisis-referrals")
    aimed = views.of(with_figure.model_copy(update={"target": "40%"}), entry)
    drawn = against_targets([aimed], views)
    assert drawn and [values for _, values in drawn.rows] == [
        (("April to December 2020", "64%"), ("target", "40%"))
    ]  # fmt: skip


def test_charts_of_publications(content: Content) -> None:
    views = Views(content)
    assert charts(whole(content, LocalPlan), views) == {
        "local-plan-neighbourhoods": Tiers(tuple(tier.title for tier in content.the(LocalPlan).neighbourhoods.tiers))
    }
    assert list(charts(whole(content, Paper), views)) == ["primary-care-focus-milestones"]
    assert charts(whole(content, StrategicPriority, "prevention"), views) == {}


def test_a_name_means_one_chart(edition: Edition) -> None:
    first, other = (replace(edition.pages[0], charts={"one": Tiers((name,))}) for name in "ab")
    assert list(pipeline.drawn(replace(edition, pages=(first, first), documents=()), TEMPLATES.parent).drawings) == [
        "one"
    ]
    with pytest.raises(AssertionError, match="two charts are called `one`"):
        pipeline.drawn(replace(edition, pages=(first, other), documents=()), TEMPLATES.parent)
