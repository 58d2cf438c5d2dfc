"""Everything that the sources hold is carried by a record, or left out with a reason.

`instances.tsv` lists what they hold, one element a row: what it is, the document, and its lines there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pswkdocs.model.content import Content
from pswkdocs.model.publication import Omission
from pswkdocs.model.record import sourced

INSTANCES = Path(__file__).with_name("instances.tsv")

# Where each kind of element stands: files' types and the fields in them, by document and by what it is.
CARRIED: dict[str, dict[str, str]] = {
    "jfp-section": {
        "document": "Plan",
        "local-needs finding": "Plan.strengths Plan.challenges Plan.inequalities Priority.evidence",
        "engagement source": "Plan.engagement.exercises",
        "engagement theme": "Plan.engagement.themes",
        "objective": "Plan.objectives.objectives",
        "principle": "Plan.principles",
        "workstream (Well)": "Plan.workstreams.workstreams",
        "priority": "Priority",
        "action 2023/24": "Priority.actions",
        "action 2024/25": "Priority.actions",
        "intended outcome": "Priority.outcomes",
        "SEL pathway commitment": "Plan.pathways.pathways",
        "SEL pathway statement": "Plan.pathways.pathways.statements",
        "enabler": "Enabler",
        "enabler requirement": "Enabler.requirements",
    },
    "local-plan": {
        "document": "LocalPlan",
        "vision or mission": "LocalPlan.vision",
        "local-needs finding": "LocalPlan.needs.statements",
        "quotation": "LocalPlan.voices.quotations",
        "objective": "LocalPlan.objectives",
        "objective (repeated text)": "LocalPlan.objectives",
        "priority": "LocalPlan.priorities",
        "delivery strand": "LocalPlan.strands",
        "delivery statement": "LocalPlan.strands.statements",
        "population segment": "LocalPlan.commissioning.segments",
        "benefit": "LocalPlan.benefits.statements",
        "benefit group": "LocalPlan.benefits",
        "enabler": "LocalPlan.enablers",
        "neighbourhood-model tier": "LocalPlan.neighbourhoods.tiers",
        "glossary term": "LocalPlan.terms",
    },
    "leadership-team-note": {
        "document": "Meeting",
        "meeting": "Meeting",
        "attendance": "Meeting.attendance",
        "minute paragraph": "Meeting.agenda.minutes Meeting.agenda.topics.minutes ClosedPart.agenda.minutes "
        "ClosedPart.agenda.topics.minutes",
        "workstream (Well)": "Meeting.agenda.topics",
        "enabler": "Meeting.agenda.topics",
        "decision": "Meeting.agenda.decisions ClosedPart.agenda.decisions",
        "action stated in minutes": "Meeting.agenda.actions ClosedPart.agenda.actions",
        "action-log row": "ActionLog.actions",
        "option": "ClosedPart.agenda.options",
        "budget proposal": "ClosedPart.agenda.budget",
    },
    "place-lead-options": {
        "document": "Appraisal",
        "requirement of the commission": "Appraisal.requirements",
        "national policy point": "Appraisal.policy",
        "quotation": "Appraisal.quotations",
        "policy commentary": "Appraisal.commentary",
        "publication reference": "Appraisal.references",
        "literature theme": "Appraisal.themes",
        "practical concern": "Appraisal.concerns",
        "opportunity": "Appraisal.opportunities",
        "barrier or unknown": "Appraisal.barriers",
        "risk": "Appraisal.risks",
        "other factor": "Appraisal.factors",
        "framework point": "Appraisal.framework",
        "appraisal finding": "Appraisal.findings.statements",
        "option": "Appraisal.options",
        "option consideration": "Appraisal.considerations.statements",
        "example elsewhere": "Appraisal.examples",
        "question to explore": "Appraisal.questions",
        "author statement": "Appraisal.authors",
        "budget allocation": "Appraisal.budget",
    },
    "icp-pack": {
        "document": "Meeting",
        "document part": "Meeting Meeting.agenda Meeting.agenda.cover_sheet",
        "meeting": "Meeting",
        "agenda item": "Meeting.agenda",
        "presenter": "Meeting.attendance",
        "attendance": "Meeting.attendance",
        "minute paragraph": "Meeting.agenda.minutes Meeting.agenda.topics.minutes",
        "decision": "Meeting.agenda.decisions",
        "public question": "Meeting.agenda.questions",
        "cover sheet": "Meeting.agenda.cover_sheet",
        "service asset count": "Paper.assets",
        "national plan pillar": "Paper.plan.pillars",
        "national plan measure": "Paper.plan.pillars.statements",
        "delivery statement": "Paper.plan.delivery.statements",
        "milestone": "Paper.plan.milestones Strategy.process.milestones",
        "publication recommendation": "Paper.recommendations.statements",
        "service offer": "Paper.offers",
        "opportunity": "Paper.opportunities",
        "risk": "Paper.risks",
        "challenge question": "Paper.challenges",
        "vision or mission": "Strategy.mission",
        "priority": "StrategicPriority",
        "overview statement": "Strategy.overview",
        "question to the partnership": "Strategy.questions",
        "question to the partnership (repeated text)": "Strategy.questions",
        "phase": "Strategy.process.phases",
        "phase attribute row": "Strategy.process.phases",
        "engaged partner": "Strategy.process.engaged",
        "strategic theme": "Strategy.themes",
        "experience-of-care statement": "Strategy.experience",
        "cross-system option": "Strategy.options",
        "challenge statement": "StrategicPriority.challenge",
        "ambition": "StrategicPriority.ambitions",
        "strategic-approach statement": "StrategicPriority.approach",
        "evidence statistic bullet": "StrategicPriority.evidence",
        "hypothesis": "StrategicPriority.hypotheses",
        "current approach across SEL": "StrategicPriority.current",
        "metric: long-term outcome": "StrategicPriority.metrics",
        "metric: medium-term output": "StrategicPriority.metrics",
        "case study": "StrategicPriority.case_studies",
        "case study (name only)": "StrategicPriority.case_studies",
        "evidence-table row": "StrategicPriority.evidence_rows",
        "charter section": "Charter.sections",
        "commitment (bold)": "Charter.sections.commitment",
        "clause": "Charter.sections.clauses",
        "sub-clause": "Charter.sections.clauses.subclauses",
    },
}
"""One record can carry two elements only where the sources say one thing twice, or two things of it."""
TOGETHER = {"objective (repeated text)", "question to the partnership (repeated text)", "phase attribute row"}


@dataclass(frozen=True)
class Carrier:
    field: str
    lines: frozenset[int]
    omits: str = ""


def lines_of(text: str) -> frozenset[int]:
    spans = [(int(first), int(last or first)) for first, last in re.findall(r"(\d+)(?:-(\d+))?", text)]
    return frozenset(line for first, last in spans for line in range(first, last + 1))


def carriers(content: Content) -> Iterator[tuple[str, Carrier]]:
    """Everything with a source: the document, and where it stands."""
    for entry in content.entries:
        for loc, record in sourced(entry.record):
            field = ".".join([type(entry.record).__name__, *(str(step) for step in loc if isinstance(step, str))])
            omits = record.kind if isinstance(record, Omission) else ""
            yield record.source.document, Carrier(field, lines_of(record.source.lines), omits)


@pytest.fixture(scope="module")
def carried(content: Content) -> dict[str, list[Carrier]]:
    found: dict[str, list[Carrier]] = {}
    for document, carrier in carriers(content):
        found.setdefault(document, []).append(carrier)
    return found


def instances() -> dict[tuple[str, str], list[frozenset[int]]]:
    found: dict[tuple[str, str], list[frozenset[int]]] = {}
    with INSTANCES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault((row["document"], row["what"]), []).append(lines_of(row["lines"]))
    return found


@pytest.mark.parametrize(("document", "what"), list(instances()))
def test_everything_is_carried(document: str, what: str, carried: dict[str, list[Carrier]]) -> None:
    """Each element's lines are cited by a record of its kind, or by what says why it is left out."""
    fields = CARRIED[document].get(what, "").split()
    ours = [one for one in carried[document] if one.field in fields or one.omits == what]
    missing = [sorted(lines) for lines in instances()[document, what] if not any(lines & one.lines for one in ours)]
    assert not missing, f"{what} of {document}: nothing cites the lines {missing}"


def counted() -> Iterator[tuple[str, str, int]]:
    """How many records there have to be, for each set of fields that carries a kind of element or several."""
    sums: dict[tuple[str, str], int] = {}
    for (document, what), lines in instances().items():
        fields = CARRIED[document].get(what, "")
        if what not in TOGETHER and "." in fields and what != "document part":
            sums[document, fields] = sums.get((document, fields), 0) + len(lines)
    yield from ((document, fields, count) for (document, fields), count in sums.items())


@pytest.mark.parametrize(("document", "fields", "count"), list(counted()))
def test_nothing_is_carried_twice_or_added(
    document: str, fields: str, count: int, carried: dict[str, list[Carrier]]
) -> None:
    """Of the records that cite these lines there are as many as there are elements."""
    held = {
        what: lines for (of, what), lines in instances().items() if CARRIED[of].get(what) == fields and of == document
    }
    lines = frozenset().union(*(one for all_of_them in held.values() for one in all_of_them))
    ours = [one for one in carried[document] if one.field in fields.split() and one.lines & lines]
    omitted = [one for one in carried[document] if one.omits in held]
    assert len(ours) + len(omitted) == count
