"""The real content is whole: what the sources hold is there, to the number."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pswkdocs.model.charter import Charter
from pswkdocs.model.content import Content
from pswkdocs.model.partnership import SourceDocument
from pswkdocs.model.plan import Enabler, Plan, Priority
from pswkdocs.model.publication import Figure
from pswkdocs.model.record import Ref, citations


def test_plan_is_whole(content: Content) -> None:
    plan = content.the(Plan)
    held = {
        "strengths": len(plan.strengths),
        "challenges": len(plan.challenges),
        "inequalities": len(plan.inequalities),
        "exercises": len(plan.engagement.exercises),
        "themes": len(plan.engagement.themes),
        "objectives": len(plan.objectives.objectives),
        "workstreams": len(plan.workstreams.workstreams),
        "principles": len(plan.principles),
        "pathways": len(plan.pathways.pathways),
        "priorities": len(plan.priorities),
        "enablers": len(plan.enablers),
    }
    assert held == {
        "strengths": 4, "challenges": 9, "inequalities": 5, "exercises": 6, "themes": 7, "objectives": 5,
        "workstreams": 3, "principles": 5, "pathways": 4, "priorities": 8, "enablers": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("id", "first_year", "second_year", "outcomes"),
    [
        ("mental-health-collaboration", 1, 1, 6),
        ("first-1001-days", 9, 1, 1),
        ("children-mental-health", 10, 1, 7),
        ("community-mental-health", 7, 1, 7),
        ("vital-5", 7, 2, 5),
        ("cancer", 6, 1, 2),
        ("age-and-care-well", 6, 2, 4),
        ("workforce-development", 3, 2, 4),
    ],
)
def test_priority_is_whole(content: Content, id: str, first_year: int, second_year: int, outcomes: int) -> None:
    priority = next(priority for priority in content.every(Priority) if priority.id == id)
    years = Counter(action.year for action in priority.actions)
    assert years == {"2023/24": first_year, "2024/25": second_year}
    assert len(priority.outcomes) == outcomes


def test_actions_and_outcomes_add_up(content: Content) -> None:
    priorities = content.every(Priority)
    years = Counter(action.year for priority in priorities for action in priority.actions)
    assert years == {"2023/24": 49, "2024/25": 11}
    assert sum(len(priority.outcomes) for priority in priorities) == 36


def test_requirements_are_whole(content: Content) -> None:
    assert [len(enabler.requirements) for enabler in content.every(Enabler) if enabler.requirements] == [7]


def test_charter_is_whole(content: Content) -> None:
    charter = content.the(Charter)
    clauses = [clause for section in charter.sections for clause in section.clauses]
    assert len(charter.sections) == 6
    assert sum(section.commitment is not None for section in charter.sections) == 4
    assert len(clauses) == 31
    assert sum(len(clause.subclauses) for clause in clauses) == 32
    assert charter.status == "draft"


def test_undertakings_name_who_is_bound(content: Content) -> None:
    clauses = {c.number: c for section in content.the(Charter).sections for c in section.clauses}
    bound = {number: (set(c.binds), c.strength) for number, c in clauses.items() if c.strength}
    assert bound == {
        "3.6": ({"vcse-sector"}, "need"),
        "3.7": ({"icb-board", "sel-icp"}, "champion"),
        "3.8": ({"sel-icb", "sel-icp-members"}, "will"),
        "4.5": ({"sel-icp"}, "champion"),
        "4.6": ({"sel-icb", "sel-icp"}, "will"),
        "5.3": ({"sel-icb"}, "will"),
        "5.4": ({"icb-board", "sel-icp"}, "will"),
        "5.5": ({"sel-icp"}, "will"),
        "5.6": ({"sel-icb", "sel-icp"}, "will"),
        "6.3": ({"sel-icb", "nhs-organisations"}, "will"),
    }
    assert all(clause.strength for clause in clauses.values() if clause.binds)


def test_figures_of_the_source_stand(content: Content) -> None:
    """Every number of the population and the targets is carried over as printed."""
    plan = content.the(Plan)
    text = " ".join(text for entry in content.entries for _, text, _ in entry.texts)
    for number in ("307,000", "32.4", "17,000", "15,000", "2,400", "55,000", "54%", "47%", "1,500", "21%", "23%"):
        assert number in text, number
    values = {figure.value for figure in plan.population.figures}
    assert {"39%", "8%", "51%", "307,000"} <= values, values
    targets = {(o.target, o.deadline) for p in content.every(Priority) for o in p.outcomes if o.target}
    assert {("80%", "2029"), ("at least 50%", None), ("100%", None), ("5%", None)} <= targets


def test_every_line_of_the_plan_is_cited(content: Content) -> None:
    """Each line of the source that holds an action, an outcome or a finding is some record's source."""
    document = content.get(SourceDocument, "jfp-section")
    assert document.lines == 448
    cited: set[int] = set()
    for entry in content.entries:
        for _, citation in citations(entry.record):
            if citation.document == "jfp-section":
                for span in re.split(r", ?", citation.lines):
                    first, _, last = span.partition("-")
                    cited.update(range(int(first), int(last or first) + 1))
    wanted = [*range(143, 152), *range(175, 185), *range(206, 213), *range(238, 245), *range(274, 280)]
    wanted += [*range(297, 303), *range(331, 334), *range(396, 403), 116, 120, 155, 188, 216, 248, 249, 283, 306, 338]
    assert not set(wanted) - cited


def test_sentences_are_short(content: Content) -> None:
    """Plain English: no sentence of ours runs on."""
    long = [
        (entry.source.path, sentence)
        for entry in content.entries
        for loc, text, _ in entry.texts
        if "quotations" not in loc
        for sentence in re.split(r"(?<=[.!?:])\s+|\n\n|\n *- ", re.sub(r"\]\([^)]*\)", "]", text))
        if len(sentence.split()) > 30
    ]
    assert not long


def test_a_part_means_what_its_whole_holds(content: Content) -> None:
    """Where an id stands in two plans, a priority means that of its own; a whole is the same from each of its parts."""
    for plan in content.every(Plan):
        for id in plan.priorities:
            priority = content.addresses[id].entry
            assert content.whole_of(priority.record) is plan
            found = content.near(Ref("objective"), plan.objectives.objectives[0].id, priority)
            assert found and found.entry.record is plan
        assert content.whole_of(plan) is plan


def test_an_amount_is_whole() -> None:
    stated = {"qualifier": "about", "value": "4.12", "unit": "per 1,000"}
    figure = Figure.model_validate({"id": "rate", "measure": "Rate", "place": "Bow", "source": "papers L1", **stated})
    assert figure.amount == "about 4.12 per 1,000"
