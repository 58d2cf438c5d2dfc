"""Rules on days of review: what is due soon, or was due, is told to who looks after it; no build fails for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..model.content import Content
from ..problems import Problem

SOON = timedelta(days=30)


def due(content: Content, today: date) -> Iterator[Problem]:
    """What is to be reviewed within 30 days, or was to be."""
    for entry in content.entries:
        day = entry.record.review_by
        if day is None or today < day - SOON:
            continue
        whose = f" (owner: {entry.record.owner})" if entry.record.owner else ""
        due_by = f"to be reviewed by {day}{whose}"
        said = f"this was {due_by}" if today > day else f"this is {due_by}"
        hint = "Read it through and put right what no longer holds; then write the next day, or delete the line."
        yield Problem(entry.source.span(("review_by",)), said, hint, "warning")
