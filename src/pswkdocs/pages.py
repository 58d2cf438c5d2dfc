"""The pages of the site: which there are, where each stands, and what its template is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from .chapters import by_workstream, charts, planned
from .edition import Page, Place, url_of
from .gaps import openings, reviews
from .model.accessibility import AccessibilityStatement, listed
from .model.audit import Audit
from .model.charter import Charter
from .model.content import Address, Content
from .model.meeting import ActionLog, ClosedPart, Meeting
from .model.page import HandPage
from .model.partnership import Glossary, Organisations, Partnership, Sources
from .model.plan import Enabler, Plan, Priority
from .model.publication import Figure, Publication
from .model.record import FileRecord
from .model.strategy import StrategicPriority
from .model.who import Bodies, People
from .notice import notice
from .packs import in_order
from .publications import chapters, laid_out, layout, when
from .registers.listed import GROUPS, register_pages
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

# How search ranks what the partnership has promised, and what no longer holds or only lists.
AHEAD, BEHIND = 2, 0.4


def path_of(record: FileRecord, content: Content) -> str:
    """The page of a record that has a file of its own."""
    if layout(record):
        return f"{record.id}/index.md"
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
        case StrategicPriority():
            return f"{content.whole_of(record).id}/{record.id}.md"
        case Meeting() | ClosedPart():
            return f"meetings/{record.id}.md"
        case ActionLog():
            return "registers/action-log.md"
        case AccessibilityStatement():
            return "accessibility.md"
        case Audit():
            return "accessibility/tests.md"
        case People():
            return "registers/people.md"
        case Bodies():
            return "registers/governance.md"
    return f"{record.id}.md"


def places(content: Content) -> Iterator[tuple[str, Place]]:
    """Where every record is found, by its key."""
    views = Views(content)
    for entry in content.entries:
        own = path_of(entry.record, content)
        chapter_of: dict[str, str] = {}
        if isinstance(entry.record, Plan):
            chapter_of = PLAN_PAGES
        elif layout(entry.record):
            held = chapters(views.whole(entry.record), views)
            chapter_of = {field: chapter.path for chapter in held for field in chapter.fields}
        for address in entry.parts:
            path = chapter_of.get(str(address.loc[0]), own) if address.loc else own
            yield address.key, Place(url_of(path), _anchor(address))


def _anchor(address: Address) -> str:
    """Where on its page a record stands; a figure where the statement stands that states it."""
    if isinstance(address.record, Figure) and address.loc[:-2] == address.around[-1].loc:
        return _anchor(address.around[-1])
    return "" if address.whole else address.record.id


def pages(content: Content, views: Views) -> Iterator[Page]:
    """Every page."""
    partnership = views.whole(content.the(Partnership))
    plans = [views.whole(record) for record in content.every(Plan)]
    charters = [views.whole(record) for record in content.every(Charter)]
    meetings = [views.whole(meeting) for meeting in _by_day(content)]
    yield _page(
        partnership,
        "home.html",
        plans=plans,
        charters=charters,
        publications=laid_out(content, views),
        meetings=meetings,
    )
    for plan in plans:
        yield from _plan_pages(plan, views)
    for charter in charters:
        yield replace(_page(charter, "charter.html", charter=charter), boost=AHEAD)
    yield from _publications(content, views)
    registers = tuple(register_pages(content, views))
    yield from _meetings(content, views, registers)
    yield from registers
    yield Page(
        "downloads.md",
        "Downloads",
        "Every document as Word, ODT and PDF, with its size, version, date and checksum.",
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
        {"openings": tuple(openings(content, views)), "reviews": reviews(content, views)},
        boost=BEHIND,
    )
    yield from _accessibility(content, views)
    for hand_page in content.every(HandPage):
        yield _page(views.whole(hand_page), "hand-page.html", page=views.whole(hand_page))


def _accessibility(content: Content, views: Views) -> Iterator[Page]:
    """The accessibility statement, and the page that shows how the site was tested."""
    partnership = content.the(Partnership)
    audit = next(iter(content.every(Audit)), None)
    outdated = audit is not None and audit.edition != partnership.edition
    tests = views.whole(audit) if audit else None
    for statement in content.every(AccessibilityStatement):
        view, amiss = views.whole(statement), listed(statement, audit)
        yield _page(view, "accessibility.html", statement=view, listed=amiss, audit=tests, outdated=outdated)
    if tests:
        yield _page(tests, "tests.html", audit=tests, outdated=outdated)


def _publications(content: Content, views: Views) -> Iterator[Page]:
    found = laid_out(content, views)
    if not found:
        return
    yield Page(
        "publications.md",
        "Plans and papers",
        "Everything that is published here as a whole: what it is, from when, and whether it still holds.",
        "publications.html",
        {"publications": [(views.whole(record), when(record)) for record in content.every(Publication)]},
    )
    for publication in found:
        for page in _publication(publication, views):
            yield replace(page, boost=BEHIND) if publication.status == "superseded" else page


def _publication(publication: View, views: Views) -> Iterator[Page]:
    held, drawn = tuple(chapters(publication, views)), charts(publication, views)
    yield _page(publication, "publication.html", whole=publication, when=when(publication.record), chapters=held)
    for chapter in held:
        context = {"whole": publication, "of": chapter.of, "chapter": chapter, "level": 2}
        yield Page(chapter.path, chapter.title, chapter.description, "chapter.html", context, drawn)


def _by_day(content: Content) -> list[Meeting]:
    """All meetings, the latest first."""
    return sorted(content.every(Meeting), key=lambda meeting: meeting.held, reverse=True)


def _meetings(content: Content, views: Views, registers: Iterable[Page]) -> Iterator[Page]:
    meetings = _by_day(content)
    if not meetings:
        return
    theirs = {f"registers/{name}/" for name in dict(GROUPS)["Meetings"]}
    yield Page(
        "meetings/index.md",
        "Meetings",
        "When the partnership’s bodies met, with agenda, papers, minutes and decisions.",
        "meetings.html",
        {
            "meetings": [views.whole(meeting) for meeting in meetings],
            "registers": [page for page in registers if page.url in theirs],
        },
    )
    for meeting in meetings:
        view = views.whole(meeting)
        yield _page(
            view,
            "meeting.html",
            meeting=view,
            agenda=in_order([*view.agenda, *view.closed_items]),
            closed=view.mentioned_by("closed part"),
            clear_days=notice(meeting),
        )
    for part in content.every(ClosedPart):
        yield _page(views.whole(part), "closed-part.html", part=views.whole(part))


def _plan_pages(plan: View, views: Views) -> Iterator[Page]:
    place = views.content.the(Partnership).place
    drawn = charts(plan, views)
    yield _page(plan, "plan.html", plan=plan)
    chapters: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        (
            "plan/today.md",
            f"{place} today",
            "Who lives here, what goes well, what needs to be better, where outcomes differ, and what residents said.",
            {},
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
        yield Page(path, title, description, f"{name}.html", {"plan": plan, **context}, drawn)
    for priority in plan.priorities:
        page = _page(priority, "priority.html", plan=plan, planned=planned(priority, plan))
        yield replace(page, charts=drawn, boost=AHEAD)
    for enabler in plan.enablers:
        yield _page(enabler, "enabler.html", plan=plan, enabler=enabler)


def _page(of: View, template: str, **context: Any) -> Page:
    """The page of a record that has a file of its own."""
    return Page(path_of(of.record, of.content), of.record.title, of.plain_summary, template, context, of=of)
