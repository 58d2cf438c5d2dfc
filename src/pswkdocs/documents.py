"""The documents to download: which there are, and what each holds and says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .chapters import charts, planned
from .edition import Document, spoken
from .model.charter import Charter
from .model.content import Content
from .model.partnership import Glossary, Partnership
from .model.plan import Plan
from .view import View, Views


def documents(content: Content, views: Views) -> Iterator[Document]:
    """Every document."""
    for record in content.every(Plan):
        plan = views.whole(record)
        yield _document(
            plan,
            views,
            name=record.id,
            title=record.title,
            subtitle="The whole plan",
            template="plan.html",
            period=record.period,
            plan=plan,
            planned=tuple(planned(priority, plan) for priority in plan.priorities),
            charts=charts(record, views),
        )
        yield _document(
            plan,
            views,
            name=summary_of(record),
            title=f"{record.short_title} in two pages",
            subtitle="A summary for residents",
            template="plan-summary.html",
            period=record.period,
            plan=plan,
            dated=[outcome for priority in plan.priorities for outcome in priority.outcomes if outcome.deadline],
        )
    for text in content.every(Charter):
        charter = views.whole(text)
        yield _document(
            charter,
            views,
            name=text.id,
            title=text.title,
            subtitle="The whole charter",
            template="charter.html",
            period=f"Text of {spoken(text.published)}",
            charter=charter,
        )


def summary_of(plan: Plan) -> str:
    """The name of a plan's summary."""
    return f"{plan.id}-summary"


def _document(of: View, views: Views, *, title: str, period: str, **more: Any) -> Document:
    content, record = views.content, of.record
    partnership = content.the(Partnership)
    held = {record.id, *(id for id, parent in content.parents.items() if parent.entry.record is record)}
    used = views.terms.used_in(
        text for entry in content.entries if entry.record.id in held for _, text, _ in entry.texts
    )
    terms = [term for glossary in content.every(Glossary) for term in views.whole(glossary).terms]
    facts = {name: more.pop(name) for name in ("name", "subtitle", "template")}
    return Document(
        **facts,
        title=title,
        status=record.status or "",
        period=period,
        version=partnership.edition.version,
        date=partnership.edition.date,
        author=partnership.title,
        description=of.plain_summary,
        charts=more.get("charts", {}),
        context={
            **more,
            "partnership": views.whole(partnership),
            "terms": [term for term in terms if term.record.id in used],
        },
    )
