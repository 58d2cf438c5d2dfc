"""What the sources leave open, and what the editors noted: told to readers, never filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .model.content import Content
from .model.partnership import Partnership
from .model.plan import Plan, Priority
from .view import View, Views


@dataclass(frozen=True)
class Gap:
    """What a record does not state."""

    record: View
    missing: str
    count: int = 1


def gaps(content: Content, views: Views) -> Iterator[Gap]:
    for entry in content.entries:
        of = views.of(entry.record, entry)
        match entry.record:
            case Partnership():
                if not (entry.record.contact.email or entry.record.contact.phone):
                    yield Gap(of, "A contact for questions and other formats")
            case Plan():
                for value, missing in (
                    (entry.record.status, "Its status: draft, approved or other"),
                    (entry.record.approved_by, "Who approves it"),
                    (entry.record.published, "The day of publication"),
                ):
                    if value is None:
                        yield Gap(of, missing)
            case Priority():
                actions, outcomes = entry.record.actions, entry.record.outcomes
                for count, missing in (
                    (sum(action.lead is None for action in actions), "Actions without a lead"),
                    (sum(action.kind == "placeholder" for action in actions), "Actions still to be agreed"),
                    (sum(outcome.measure is None for outcome in outcomes), "Outcomes without a measure"),
                    (sum(outcome.target is None for outcome in outcomes), "Outcomes without a target"),
                    (sum(outcome.deadline is None for outcome in outcomes), "Outcomes without a year"),
                ):
                    if count:
                        yield Gap(of, missing, count)


def noted(content: Content, views: Views) -> Iterator[View]:
    """Every record on which the editors left a note."""
    for entry in content.entries:
        for address in entry.parts:
            if address.record.note:
                yield views.at(address)
