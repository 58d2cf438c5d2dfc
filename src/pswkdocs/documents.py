"""The documents to download: which there are, and what each holds and says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from .chapters import charts, planned
from .edition import Document, spoken
from .model.appraisal import Appraisal
from .model.charter import Charter
from .model.content import Content, Entry
from .model.meeting import ActionLog, ClosedPart, Meeting
from .model.partnership import Glossary, Partnership
from .model.plan import Plan
from .model.publication import Publication
from .model.record import AUDIENCES, MARKINGS
from .notice import notice
from .packs import packs
from .publications import chapters, laid_out, layout, when
from .view import View, Views


@dataclass(frozen=True)
class Cover:
    """What tells a document from others of the same content."""

    name: str
    title: str
    subtitle: str
    template: str
    period: str
    status: str = ""
    running: str = ""
    called: str = ""


def documents(content: Content, views: Views) -> Iterator[Document]:
    """Every document."""
    made = {}
    for record in content.every(Plan):
        made[record.id], summary = _plan(views.whole(record), views)
        yield from (made[record.id], summary)
    for text in content.every(Charter):
        charter = views.whole(text)
        made[text.id] = _document(
            [charter],
            views,
            Cover(
                text.id,
                text.title,
                "The whole charter",
                "charter.html",
                f"Text of {spoken(text.published)}",
                text.status,
            ),
            charter=charter,
        )
        yield made[text.id]
    for publication in laid_out(content, views):
        made[publication.record.id] = _laid_out(publication, views)
        yield made[publication.record.id]
    for meeting in content.every(Meeting):
        if meeting.minutes_status != "none":
            made[meeting.id] = _minutes(views.whole(meeting), views)
            yield made[meeting.id]
    for part in content.every(ClosedPart):
        yield _closed(views.whole(part), views)
    yield from _packs(content, views, made)
    if logs := [views.whole(log) for log in content.every(ActionLog)]:
        yield _log(logs, views)


def _plan(plan: View, views: Views) -> tuple[Document, Document]:
    record = plan.record
    whole = _document(
        [plan],
        views,
        Cover(record.id, record.title, "The whole plan", "plan.html", record.period, record.status or ""),
        plan=plan,
        planned=tuple(planned(priority, plan) for priority in plan.priorities),
        charts=charts(plan, views),
    )
    summary = _document(
        [plan],
        views,
        Cover(
            f"{record.id}-summary",
            f"{record.short_title} in two pages",
            "A summary for residents",
            "plan-summary.html",
            record.period,
            record.status or "",
        ),
        plan=plan,
        dated=[outcome for priority in plan.priorities for outcome in priority.outcomes if outcome.deadline],
    )
    return whole, summary


def _laid_out(publication: View, views: Views) -> Document:
    record, laid = publication.record, layout(publication.record)
    assert laid is not None
    return _document(
        [publication],
        views,
        Cover(
            record.id,
            record.title,
            laid.subtitle,
            "publication.html",
            when(record),
            record.status or "",
        ),
        whole=publication,
        chapters=tuple(chapters(publication, views)),
        charts=charts(publication, views),
    )


def _minutes(meeting: View, views: Views) -> Document:
    record = meeting.record
    return _document(
        [meeting],
        views,
        Cover(
            f"{record.id}-minutes",
            f"Minutes: {record.short_title}",
            meeting.body.name,
            "minutes.html",
            spoken(record.held),
            record.minutes_status,
            _running(meeting),
            "Minutes",
        ),
        meeting=meeting,
    )


def _closed(part: View, views: Views) -> Document:
    meeting = part.meeting.record
    return _document(
        [part],
        views,
        Cover(
            part.record.id, part.record.title, "The closed part", "closed-part.html", spoken(meeting.held),
            meeting.minutes_status, _running(part.meeting),
        ),
        part=part,
    )  # fmt: skip


def _packs(content: Content, views: Views, made: dict[str, Document]) -> Iterator[Document]:
    for pack in packs(content, views, made):
        meeting = pack.meeting.record
        enclosed = [paper.publication for paper in pack.enclosed]
        held = [view for view in (pack.meeting, pack.closed, *enclosed) if view]
        ours = [paper.document for paper in pack.enclosed if paper.document]
        document = _document(
            held,
            views,
            Cover(
                pack.name, f"{pack.subtitle}: {meeting.short_title}", pack.meeting.body.name, "pack.html",
                spoken(meeting.held), "", _running(pack.meeting), pack.subtitle,
            ),
            pack=pack,
            meeting=pack.meeting,
            clear_days=notice(meeting),
            charts={name: chart for paper in ours for name, chart in paper.charts.items()},
        )  # fmt: skip
        papers = {paper.pdf: content.papers[paper.pdf] for paper in pack.enclosed if paper.pdf}
        yield replace(document, papers=papers, follows=pack.follows)


def _log(logs: list[View], views: Views) -> Document:
    latest = max((action.latest for log in logs for action in log.record.actions), default=None)
    return _document(
        logs,
        views,
        Cover(
            "action-log",
            logs[0].record.title if len(logs) == 1 else "Action log",
            "Every row with its owner, progress and status",
            "action-log.html",
            f"As told on {spoken(latest)}" if latest else "",
        ),
        logs=logs,
    )


def _running(meeting: View) -> str:
    return f"{meeting.body.short or meeting.body.name} {spoken(meeting.held)}"


def _document(held: list[View], views: Views, cover: Cover, **context: Any) -> Document:
    """A document that holds these files' records and their parts; the first of them tells what it is about."""
    content = views.content
    partnership = content.the(Partnership)
    entries = list(_held(held, content))
    listed = tuple(term for glossary in content.every(Glossary) for term in views.whole(glossary).terms)
    audience = max((content.audience(entry) for entry in entries), key=AUDIENCES.index)
    author = _author(held[0], partnership)
    own = [mark for view in held if (mark := getattr(view.record, "marking", None))]
    return Document(
        name=cover.name,
        title=cover.title,
        subtitle=cover.subtitle,
        template=cover.template,
        status=cover.status,
        period=cover.period,
        version=partnership.edition.version,
        date=partnership.edition.date,
        author=author,
        restated_by=partnership.title if author != partnership.title else "",
        description=held[0].plain_summary,
        about=record.meeting if isinstance(record := held[0].record, ClosedPart) else record.id,
        marking=" · ".join(dict.fromkeys(filter(None, [MARKINGS[audience], *own]))),
        running=cover.running,
        called=cover.called,
        charts=context.get("charts", {}),
        context={
            **context,
            "partnership": views.whole(partnership),
            "listed": listed,
        },
    )


def _author(view: View, partnership: Partnership) -> str:
    """Who published what a document restates: the body whose papers it holds, or whoever wrote it."""
    match view.record:
        case ClosedPart():
            return str(view.meeting.body.name)
        case Meeting() | ActionLog():
            return str(view.body.name)
        case Appraisal(written_by=author):
            return author
        case Publication(published_by=str(author)):
            return author
    return partnership.title


def _held(held: Iterable[View], content: Content) -> Iterator[Entry]:
    ids = {view.record.id for view in held}
    for entry in content.entries:
        parent = content.parents.get(entry.record.id)
        if entry.record.id in ids or (parent and parent.entry.record.id in ids):
            yield entry
