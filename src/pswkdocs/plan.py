"""Content → the pages and documents that an audience is given: which, in what order, where.

The audience rule is applied here, once, before anything is rendered: MkDocs would publish whatever it finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .drawing import Comparison, comparison
from .edition import Document, Edition, Nav, Page, Place, spoken
from .gaps import gaps, noted
from .model.charter import Charter
from .model.content import Content
from .model.page import HandPage
from .model.partnership import Glossary, Organisations, Partnership, Sources
from .model.plan import Enabler, Plan, Priority
from .model.record import Audience, FileRecord
from .view import View, Views


@dataclass(frozen=True)
class Step:
    """An action and the actions that are parts of it."""

    action: View
    parts: tuple[View, ...]


@dataclass(frozen=True)
class Work:
    """What a priority does in one year."""

    year: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class PriorityPlan:
    """A priority with its work sorted by year."""

    priority: View
    work: tuple[Work, ...]
    leads_stated: bool


# The page on which each part of a plan stands; what is not named stands on the plan's own page.
PLAN_PAGES = {
    "population": "plan/southwark-today.md",
    "strengths": "plan/southwark-today.md",
    "challenges": "plan/southwark-today.md",
    "inequalities": "plan/southwark-today.md",
    "engagement": "plan/southwark-today.md",
    "objectives": "plan/objectives.md",
    "collaboration": "plan/how-we-work.md",
    "workstreams": "plan/how-we-work.md",
    "principles": "plan/how-we-work.md",
    "pathways": "plan/pathways.md",
}


def plan(content: Content, audience: Audience) -> Edition:
    """What readers of `audience` are given; what they may not see is not in it anywhere."""
    visible = content.seen_by(audience)
    views = Views(visible)
    partnership = visible.the(Partnership)
    places = dict(_places(visible))
    pages = tuple(_pages(visible, views))
    return Edition(
        audience=audience,
        partnership=partnership,
        pages=pages,
        documents=tuple(_documents(visible, views)),
        nav=_nav(visible, {page.path: page for page in pages}),
        places=places,
        meanings={
            term.id: f"{term.term}: {views.plain(term.meaning)}" if term.short else views.plain(term.meaning)
            for glossary in visible.every(Glossary)
            for term in glossary.terms
        },
    )


def _path(record: FileRecord) -> str:
    """The page of a record that has a file of its own."""
    match record:
        case Partnership():
            return "index.md"
        case Plan():
            return "plan/index.md"
        case Priority():
            return f"priorities/{record.id}.md"
        case Enabler():
            return f"enablers/{record.id}.md"
        case Charter():
            return "charter.md"
    return f"{record.id}.md"


def _places(content: Content) -> Iterator[tuple[str, Place]]:
    for entry in content.entries:
        for address in entry.parts:
            path = _path(entry.record)
            if isinstance(entry.record, Plan) and address.loc:
                path = PLAN_PAGES.get(str(address.loc[0]), path)
            page = Page(path, "", "", "", {})
            yield address.key, Place(page.url, "" if address.whole else address.record.id)


def _pages(content: Content, views: Views) -> Iterator[Page]:
    entries = {entry.record.id: entry for entry in content.entries}

    def view(record: FileRecord) -> View:
        return views.of(record, entries[record.id])

    def page(record: FileRecord, template: str, **context: Any) -> Page:
        return Page(_path(record), record.title, views.plain(record.summary), template, context)

    partnership = view(content.the(Partnership))
    plans = [view(record) for record in content.every(Plan)]
    charters = [view(record) for record in content.every(Charter)]
    yield page(content.the(Partnership), "home.html", partnership=partnership, plans=plans, charters=charters)
    for record in content.every(Plan):
        of = view(record)
        yield page(record, "plan.html", plan=of)
        yield Page(
            "plan/southwark-today.md",
            f"{content.the(Partnership).place} today",
            "Who lives here, what goes well, what does not, where outcomes differ, and what residents said.",
            "needs.html",
            {"plan": of, "charts": _charts(record, views)},
        )
        yield Page(
            "plan/objectives.md",
            "Our objectives",
            "What the partnership wants to achieve, and the priorities that serve each objective.",
            "objectives.html",
            {"plan": of},
        )
        yield Page(
            "plan/how-we-work.md",
            "How we work",
            "How partners work together, the workstreams that follow the course of life, and the principles.",
            "how-we-work.html",
            {"plan": of},
        )
        yield Page(
            "plan/pathways.md",
            "South East London pathways",
            "What Southwark does for programmes that are run across South East London.",
            "pathways.html",
            {"plan": of},
        )
        yield Page(
            "priorities/index.md",
            "Our priorities",
            "The priorities of the plan: why each matters, what will be done, and what will be different.",
            "priorities.html",
            {"plan": of, "by_workstream": _by_workstream(of)},
        )
        for priority in of.priorities:
            yield page(priority.record, "priority.html", plan=of, planned=_planned(priority, of))
        yield Page(
            "enablers/index.md",
            "Our enablers",
            "What the priorities rest on: people, buildings, digital, money and more.",
            "enablers.html",
            {"plan": of},
        )
        for enabler in of.enablers:
            yield page(enabler.record, "enabler.html", plan=of, enabler=enabler)
    for charter in content.every(Charter):
        yield page(charter, "charter.html", charter=view(charter))
    yield Page(
        "downloads.md",
        "Downloads",
        "Every document as Word and PDF, with its size, version, date and checksum.",
        "downloads.html",
        {"partnership": partnership},
    )
    for glossary in content.every(Glossary):
        yield page(glossary, "glossary.html", glossary=view(glossary))
    for organisations in content.every(Organisations):
        yield page(organisations, "organisations.html", register=view(organisations))
    for sources in content.every(Sources):
        yield page(sources, "sources.html", register=view(sources))
    yield Page(
        "gaps.md",
        "What is not stated",
        "What the sources leave open, and what the editors noted: nothing was filled in.",
        "gaps.html",
        {"gaps": tuple(gaps(content, views)), "noted": tuple(noted(content, views))},
    )
    for hand_page in content.every(HandPage):
        yield page(hand_page, "hand-page.html", page=view(hand_page), partnership=partnership)


def _documents(content: Content, views: Views) -> Iterator[Document]:
    partnership = content.the(Partnership)
    entries = {entry.record.id: entry for entry in content.entries}
    glossaries = [views.of(record, entries[record.id]) for record in content.every(Glossary)]

    def document(
        record: Plan | Charter, name: str, subtitle: str, template: str, period: str, **context: Any
    ) -> Document:
        held = {record.id, *(id for id, parent in content.parents.items() if parent.entry.record is record)}
        texts = (text for id in held for _, text, _ in entries[id].texts)
        used = views.terms.used_in(texts)
        return Document(
            name=name,
            title=record.title,
            subtitle=subtitle,
            template=template,
            status=record.status or "",
            period=period,
            version=partnership.edition.version,
            date=partnership.edition.date,
            author=partnership.title,
            description=views.plain(record.summary),
            holds=frozenset(held),
            charts=context.get("charts", {}),
            context={
                **context,
                "partnership": views.of(partnership, entries[partnership.id]),
                "terms": [term for glossary in glossaries for term in glossary.terms if term.record.id in used],
            },
        )

    for record in content.every(Plan):
        of = views.of(record, entries[record.id])
        planned = tuple(_planned(priority, of) for priority in of.priorities)
        charts = _charts(record, views)
        yield document(
            record, record.id, "The whole plan", "plan.html", record.period, plan=of, planned=planned, charts=charts
        )
        yield document(
            record,
            f"{record.id}-summary",
            "A summary for residents",
            "plan-summary.html",
            record.period,
            plan=of,
            dated=[outcome for priority in of.priorities for outcome in priority.outcomes if outcome.deadline],
        )
    for charter in content.every(Charter):
        period = f"Text of {spoken(charter.published)}"
        of = views.of(charter, entries[charter.id])
        yield document(charter, charter.id, "The whole charter", "charter.html", period, charter=of)


def _nav(content: Content, pages: Mapping[str, Page]) -> Nav:
    def titled(path: str) -> tuple[str, str]:
        return pages[path].title, path

    nav: list[tuple[str, str | Nav]] = [("Home", "index.md")]
    for record in content.every(Plan):
        chapters = sorted(set(PLAN_PAGES.values()), key=list(PLAN_PAGES.values()).index)
        nav.append(("The plan", (("At a glance", "plan/index.md"), *(titled(path) for path in chapters))))
        shown = [id for id in record.priorities if f"priorities/{id}.md" in pages]
        nav.append(
            (
                "Priorities",
                (("All priorities", "priorities/index.md"), *(titled(f"priorities/{id}.md") for id in shown)),
            )
        )
        shown = [id for id in record.enablers if f"enablers/{id}.md" in pages]
        nav.append(
            ("Enablers", (("All enablers", "enablers/index.md"), *(titled(f"enablers/{id}.md") for id in shown)))
        )
    for charter in content.every(Charter):
        nav.append((charter.short_title, _path(charter)))
    nav.append(("Downloads", "downloads.md"))
    about = ["glossary.md", "organisations.md", "sources.md", "gaps.md"]
    about += [_path(page) for page in content.every(HandPage)]
    nav.append(("About", tuple(titled(path) for path in about)))
    return tuple(nav)


def _charts(record: Plan, views: Views) -> dict[str, Comparison]:
    """The charts that a plan's figures give, by name."""
    rows = [
        (
            views.plain(figure.measure),
            (
                (figure.place, f"{figure.qualifier or ''} {figure.value}".strip()),
                *((other.place, other.value) for other in figure.compared_with),
            ),
        )
        for figure in record.population.figures
    ]
    compared = comparison(rows)
    return {"population": compared} if compared else {}


def _planned(priority: View, plan: View) -> PriorityPlan:
    actions = priority.actions
    work = []
    for year in plan.years:
        whole = [action for action in actions if action.year == year and action.part_of is None]
        steps = [
            Step(action, tuple(p for p in actions if p.part_of is not None and p.part_of.key == action.key))
            for action in whole
        ]
        work.append(Work(year, tuple(steps)))
    return PriorityPlan(priority, tuple(work), any(action.lead for action in actions))


def _by_workstream(plan: View) -> list[tuple[View | None, list[View]]]:
    groups: list[tuple[View | None, list[View]]] = []
    for workstream in [None, *plan.workstreams.workstreams]:
        key = workstream.key if workstream else None
        held = [p for p in plan.priorities if (p.workstream.key if p.workstream else None) == key]
        if held:
            groups.append((workstream, held))
    return groups
