"""Registers: all records of one kind on one page, and the pages that set them beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..chapters import against_targets
from ..edition import Page
from ..model.charter import Clause
from ..model.content import Content
from ..model.meeting import ActionLog, Decision, LoggedAction, PublicQuestion
from ..model.plan import Action, Outcome, Pathway, Target
from ..model.publication import Consideration, Figure
from ..model.strategy import CaseStudy, EvidenceRow, Metric
from ..model.who import People, Person
from ..view import Views
from . import cells
from .relations import view_pages
from .tables import Column, Register

_PRIORITY = Column(
    "Priority", cells.file, json="within", facet=True, about="The priority of the plan that it belongs to."
)
_STRATEGIC = Column(
    "Strategic priority",
    cells.file,
    json="within",
    facet=True,
    about="The priority of the strategy that it belongs to.",
)
_PUBLICATION = Column("Publication", cells.publication, facet=True, about="Where it stands.")
_MEETING = Column("Meeting", cells.meeting, facet=True, about="The meeting, and its day.")

REGISTERS = (
    Register(
        "actions",
        "Actions of the plan",
        "Everything that the forward plan says will be done: by priority, year and lead.",
        (Action,),
        (
            Column("Action", "text"),
            _PRIORITY,
            Column("Year", "year", facet=True),
            Column("Kind", cells.kind_of_action, json="record.kind", facet=True, about=(
                "`placeholder` where the source only says that something is to be agreed; `funding note` for one."
            )),
            Column("Lead", "lead", facet=True),
            Column("Partners", "partners", facet=True),
        ),
    ),
    Register(
        "outcomes",
        "Outcomes of the plan",
        "Everything that will be different: what is measured, the target and the year.",
        (Outcome,),
        (
            Column("Outcome", cells.outcome, json="record.text, record.points", about=(
                "What will be different, with its parts."
            )),
            _PRIORITY,
            Column("Measure", "measure"),
            Column("Target", "target"),
            Column("By", "deadline", facet=True),
            Column("Ambition", "level", facet=True),
            Column("Baseline", cells.baseline, json="record.baseline", about="The figure from which it sets out."),
        ),
    ),
    Register(
        "targets",
        "Targets",
        "Whatever has a target or a deadline, the earliest first: outcomes, enablers, pathways and metrics.",
        (Outcome, Target, Pathway, Metric),
        (
            Column("What", cells.aim, json="record.text", about="What the target is a target of."),
            Column("Target", "target"),
            Column("By", cells.reached_by, json="record.deadline", facet=True, about=(
                "The year by which it is to be reached."
            )),
            Column("Kind", cells.target_of, json="kind", facet=True, about=(
                "Whether an outcome, an enabler, a pathway or a metric."
            )),
            Column("Part of", cells.file, json="within", facet=True, about=(
                "The priority, enabler or plan that states it."
            )),
            Column("Whose", cells.whose, json="record.owner, record.level", facet=True, about=(
                "Whose target or ambition it is."
            )),
        ),
        chosen=lambda row: bool(row.record.target or cells.reached_by(row)),
        order=lambda row: cells.reached_by(row) or "later",
        above="targets",
    ),
    Register(
        "clauses",
        "Clauses of the charter",
        "Every clause: what it says, who is bound by it, and how strongly.",
        (Clause,),
        (
            Column("Clause", "number"),
            Column("Text", cells.clause, json="record.text, record.subclauses", about=(
                "What it says, with its lettered parts."
            )),
            Column("Section", cells.section, facet=True, about="The section of the charter."),
            Column("Who is bound", "binds", facet=True),
            Column("How strongly", cells.strength, json="record.strength", facet=True, about=(
                "`will`, `champion` or `need`."
            )),
        ),
    ),
    Register(
        "metrics",
        "Metrics of the strategy",
        "How progress with each strategic priority could be measured: examples, not agreed.",
        (Metric,),
        (
            Column("Metric", "text"),
            _STRATEGIC,
            Column("Level", "level", facet=True),
            Column("Direction", "direction", facet=True),
            Column("Population", "population"),
            Column("Target", "target"),
            Column("Baseline", cells.baseline, json="record.baseline", about=(
                "The figure that measures the same today."
            )),
        ),
    ),
    Register(
        "evidence",
        "Evidence",
        "What research and practice say on each issue of the strategy.",
        (EvidenceRow,),
        (
            Column("Issue", "title"),
            _STRATEGIC,
            Column("Findings", "findings"),
            Column("Examples", "examples"),
            Column("Case studies", "case_studies"),
        ),
    ),
    Register(
        "case-studies",
        "Case studies",
        "Examples of what works, told in full or only named, and the evidence that names them.",
        (CaseStudy,),
        (
            Column("Case study", "title"),
            _STRATEGIC,
            Column("Place", "place", facet=True),
            Column("Led by", "led_by"),
            Column("Told", cells.told, json="record.text", facet=True, about=(
                "Whether the source tells of it or only names it."
            )),
            Column("Evidence", cells.named_by, about="The rows of the evidence tables that name it."),
        ),
    ),
    Register(
        "considerations",
        "Risks and opportunities",
        "What has to be weighed: risks, opportunities, barriers and more, with whose they are and what is done.",
        (Consideration,),
        (
            Column("What", "text"),
            Column("Kind", cells.weighed_as, facet=True, about="The list in which it stands."),
            _PUBLICATION,
            Column("Owner", "owner", facet=True),
            Column("Response", "response"),
        ),
    ),
    Register(
        "decisions",
        "Decisions",
        "What meetings decided, the latest first.",
        (Decision,),
        (
            Column("Decision", "text"),
            Column("How", "kind", facet=True),
            _MEETING,
            Column("Agenda item", cells.agenda_item, about="The item of the agenda."),
            Column("Conditions", "conditions"),
        ),
        order=cells.latest_first,
    ),
    Register(
        "public-questions",
        "Questions from the public",
        "What the public asked at meetings, and what was replied.",
        (PublicQuestion,),
        (
            Column("Topic", "topic"),
            Column("Question", "question"),
            Column("Reply", "reply"),
            Column("Replied by", cells.replied_by, json="record.replied_by", facet=True, about="Who replied, by role."),
            _MEETING,
        ),
        order=cells.latest_first,
    ),
    Register(
        "action-log",
        "Action log",
        "What meetings asked for, whose task it was, and how far it was at each meeting.",
        (LoggedAction,),
        (
            Column("Row", "number"),
            Column("Action", cells.logged, json="record.text, record.parts", about=(
                "What will be done, and its parts with their owners."
            )),
            Column("Owner", cells.owners, json="record.owners", facet=True, about="Whose it is, as printed."),
            Column("Raised", "raised", facet=True),
            Column("Due", "due"),
            Column("Progress", cells.progress, json="record.progress", about="What was told, meeting by meeting."),
            Column("Status", cells.standing, json="record.progress, record.due", facet=True, about=(
                "How far it was when last told; `overdue` where its day has passed."
            )),
        ),
        order=cells.row_of_log,
        home=ActionLog,
        above="action-log",
    ),
    Register(
        "people",
        "Who’s who in public office",
        "Councillors, officers and clinicians whom the public papers name, with the offices they state.",
        (Person,),
        (
            Column("Name", "name"),
            Column("Offices", cells.offices, json="record.offices", about=(
                "The offices that the sources state, and where."
            )),
            Column("Organisation", cells.organisations, json="record.offices", facet=True, about=(
                "The organisations of these offices."
            )),
        ),
        home=People,
    ),
    Register(
        "figures",
        "Figures",
        "Every figure that a publication states, by place, time and group.",
        (Figure,),
        (
            Column("Measure", "measure"),
            Column("Value", cells.amount, json="record.qualifier, record.value, record.unit", about=(
                "The value, with how exact it is and what it counts."
            )),
            Column("Place", "place", facet=True),
            Column("Period", "period", facet=True),
            Column("Group", "group", facet=True),
            Column("Compared with", cells.compared_with, json="record.compared_with", about=(
                "The same measure elsewhere."
            )),
            _PUBLICATION,
        ),
        counted=(
            Column("Number", cells.number, json="record.value", about=(
                "The value as a number, where it is a plain number or a percentage: 39 for 39%."
            )),
        ),
    ),
)  # fmt: skip

OPEN_DATA = Page(
    "registers/open-data.md",
    "Open data",
    "Every register as CSV and JSON, all content as one file, and a schema that says what each field means.",
    "open-data.html",
    {},
)

# The registers' pages as the first of them groups them.
GROUPS = (
    ("What relates to what", ("trace", "then-and-now", "side-by-side", "timeline")),
    ("The plan and the charter", ("actions", "outcomes", "targets", "clauses")),
    ("Strategy and evidence", ("metrics", "evidence", "case-studies", "considerations")),
    ("Meetings", ("decisions", "public-questions", "action-log")),
    ("People and bodies", ("people", "governance")),
    ("Data", ("figures", "open-data")),
)


def register_pages(content: Content, views: Views) -> Iterator[Page]:
    """Every register's page, after one that lists them."""
    made = [page for register in REGISTERS if (page := _page(register, views))]
    related = list(view_pages(content, views))
    found = {page.url: page for page in (*made, *related, OPEN_DATA)}
    groups = [
        (title, [found[url] for name in names if (url := f"registers/{name}/") in found]) for title, names in GROUPS
    ]
    yield Page(
        "registers/index.md",
        "Registers",
        "All actions, targets, figures and more, each kind on one page to filter, and as open data.",
        "registers.html",
        {"groups": [(title, held) for title, held in groups if held]},
    )
    yield from made
    yield from related


def _page(register: Register, views: Views) -> Page | None:
    """A register's page; none where it has neither rows nor files of its own."""
    rows = register.rows(views)
    files = [views.whole(file) for file in views.content.every(register.home)] if register.home else []
    if not rows and not files:
        return None
    context: dict[str, Any] = {"register": register, "rows": rows, "files": files}
    for status in ("draft", "superseded"):
        context[status] = {row.bound.key: row.bound for row in rows if row.status == status}.values()
    if register.above == "action-log":
        context["log"] = cells.log(rows, views)
    drawn = against_targets((row.view for row in rows), views) if register.above == "targets" else None
    charts = {"targets": drawn} if drawn else {}
    return Page(register.path, register.title, register.description, "register.html", context, charts)
