"""The documents to download: which there are, and what each holds and says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .chapters import charts, planned
from .edition import Document, spoken
from .model.charter import Charter
from .model.content import Content
from .model.partnership import Glossary, Partnership
from .model.plan import Plan
from .view import View, Views


@dataclass(frozen=True)
class Cover:
    """What tells a document from others of the same content."""

    name: str
    title: str
    subtitle: str
    template: str
    period: str


def documents(content: Content, views: Views) -> Iterator[Document]:
    """Every document."""
    for record in content.every(Plan):
        plan = views.whole(record)
        yield _document(
            plan,
            views,
            Cover(record.id, record.title, "The whole plan", "plan.html", record.period),
            plan=plan,
            planned=tuple(planned(priority, plan) for priority in plan.priorities),
            charts=charts(record, views),
        )
        yield _document(
            plan,
            views,
            Cover(
                f"{record.id}-summary",
                f"{record.short_title} in two pages",
                "A summary for residents",
                "plan-summary.html",
                record.period,
            ),
            plan=plan,
            dated=[outcome for priority in plan.priorities for outcome in priority.outcomes if outcome.deadline],
        )
    for text in content.every(Charter):
        charter = views.whole(text)
        yield _document(
            charter,
            views,
            Cover(text.id, text.title, "The whole charter", "charter.html", f"Text of {spoken(text.published)}"),
            charter=charter,
        )


def _document(of: View, views: Views, cover: Cover, **context: Any) -> Document:
    content, record = views.content, of.record
    partnership = content.the(Partnership)
    held = {record.id, *(id for id, parent in content.parents.items() if parent.entry.record is record)}
    used = views.terms.used_in(
        text for entry in content.entries if entry.record.id in held for _, text, _ in entry.texts
    )
    terms = [term for glossary in content.every(Glossary) for term in views.whole(glossary).terms]
    return Document(
        name=cover.name,
        title=cover.title,
        subtitle=cover.subtitle,
        template=cover.template,
        status=record.status or "",
        period=cover.period,
        version=partnership.edition.version,
        date=partnership.edition.date,
        author=partnership.title,
        description=of.plain_summary,
        charts=context.get("charts", {}),
        context={
            **context,
            "partnership": views.whole(partnership),
            "terms": [term for term in terms if term.record.id in used],
        },
    )
