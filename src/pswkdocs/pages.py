"""The pages of the site: which there are, where each stands, and what its template is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .chapters import by_workstream, charts, planned
from .edition import Page, Place, url_of
from .gaps import gaps, noted
from .model.charter import Charter
from .model.content import Content
from .model.page import HandPage
from .model.partnership import Glossary, Organisations, Partnership, Sources
from .model.plan import Enabler, Plan, Priority
from .model.record import FileRecord
from .view import View, Views

# The page on which each part of a plan stands; what is not named stands on the plan's own page.
PLAN_PAGES = {
    "population": "plan/today.md",
    "strengths": "plan/today.md",
    "challenges": "plan/today.md",
    "inequalities": "plan/today.md",
    "engagement": "plan/today.md",
    "objectives": "plan/objectives.md",
    "collaboration": "plan/how-we-work.md",
    "workstreams": "plan/how-we-work.md",
    "principles": "plan/how-we-work.md",
    "pathways": "plan/pathways.md",
}


def path_of(record: FileRecord) -> str:
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


def places(content: Content) -> Iterator[tuple[str, Place]]:
    """Where every record is found, by its key."""
    for entry in content.entries:
        for address in entry.parts:
            path = path_of(entry.record)
            if isinstance(entry.record, Plan) and address.loc:
                path = PLAN_PAGES.get(str(address.loc[0]), path)
            yield address.key, Place(url_of(path), "" if address.whole else address.record.id)


def pages(content: Content, views: Views) -> Iterator[Page]:
    """Every page."""
    partnership = views.whole(content.the(Partnership))
    plans = [views.whole(record) for record in content.every(Plan)]
    charters = [views.whole(record) for record in content.every(Charter)]
    yield _page(partnership, "home.html", plans=plans, charters=charters)
    for plan in plans:
        yield from _plan_pages(plan, views)
    for charter in charters:
        yield _page(charter, "charter.html", charter=charter)
    yield Page(
        "downloads.md",
        "Downloads",
        "Every document as Word and PDF, with its size, version, date and checksum.",
        "downloads.html",
        {},
    )
    for glossary in content.every(Glossary):
        yield _page(views.whole(glossary), "glossary.html", glossary=views.whole(glossary))
    for organisations in content.every(Organisations):
        yield _page(views.whole(organisations), "organisations.html", register=views.whole(organisations))
    for sources in content.every(Sources):
        yield _page(views.whole(sources), "sources.html", register=views.whole(sources))
    yield Page(
        "gaps.md",
        "What is not stated",
        "What the sources leave open, and what the editors noted: nothing was filled in.",
        "gaps.html",
        {"gaps": tuple(gaps(content, views)), "noted": tuple(noted(content, views))},
    )
    for hand_page in content.every(HandPage):
        yield _page(views.whole(hand_page), "hand-page.html", page=views.whole(hand_page))


def _plan_pages(plan: View, views: Views) -> Iterator[Page]:
    place = views.content.the(Partnership).place
    yield _page(plan, "plan.html", plan=plan)
    chapters: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        (
            "plan/today.md",
            f"{place} today",
            "Who lives here, what goes well, what needs to be better, where outcomes differ, and what residents said.",
            {"charts": charts(plan.record, views)},
        ),
        (
            "plan/objectives.md",
            "Our objectives",
            "What the partnership wants to achieve, and the priorities that serve each objective.",
            {},
        ),
        (
            "plan/how-we-work.md",
            "How we work",
            "How partners work together, the workstreams that follow the course of life, and the principles.",
            {},
        ),
        (
            "plan/pathways.md",
            plan.pathways.title,
            f"What {place} does for programmes that are run at a larger scale.",
            {},
        ),
        (
            "priorities/index.md",
            "Our priorities",
            "The priorities of the plan: why each matters, what will be done, and what will be different.",
            {"by_workstream": by_workstream(plan)},
        ),
        (
            "enablers/index.md",
            "Our enablers",
            "What the priorities rest on: people, buildings, digital, money and more.",
            {},
        ),
    )
    for path, title, description, context in chapters:
        name = path.removesuffix("/index.md").removesuffix(".md").rpartition("/")[2]
        yield Page(path, title, description, f"{name}.html", {"plan": plan, **context})
    for priority in plan.priorities:
        yield _page(priority, "priority.html", plan=plan, planned=planned(priority, plan))
    for enabler in plan.enablers:
        yield _page(enabler, "enabler.html", plan=plan, enabler=enabler)


def _page(of: View, template: str, **context: Any) -> Page:
    """The page of a record that has a file of its own."""
    return Page(path_of(of.record), of.record.title, of.plain_summary, template, context)
