"""What is open: what the sources do not state, what the editors noted, what is to be looked at again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .model.appraisal import AppraisedOption
from .model.content import Address, Content
from .model.meeting import BudgetItem, LoggedAction, Meeting, Minute, MinutedAction, PublicQuestion
from .model.partnership import Partnership
from .model.plan import Action, Outcome, Plan, Target
from .model.publication import Consideration, Figure, Milestone, Omission, Publication, Question
from .model.record import Record
from .model.strategy import CaseStudy, Metric
from .model.who import Body
from .resting import marks
from .view import View, Views


@dataclass(frozen=True, eq=False)
class Gap:
    """What records do not state, and how many of them."""

    missing: str
    count: int


@dataclass(frozen=True, eq=False)
class Again:
    """A record that is to be looked at again, and what it rests on that changed since somebody last looked."""

    record: View
    rests_on: View
    new: bool
    """Whether nobody ever looked: it came to rest on this since."""


@dataclass(frozen=True, eq=False)
class Openings:
    """All that one publication or register leaves open."""

    whole: View
    gaps: tuple[tuple[View, tuple[Gap, ...]], ...]
    """What is not stated, file by file."""
    left_out: tuple[View, ...]
    noted: tuple[View, ...]
    again: tuple[Again, ...]

    @property
    def count(self) -> int:
        """How often something is not stated."""
        return sum(gap.count for _, gaps in self.gaps for gap in gaps)


@dataclass(frozen=True, eq=False)
class Review:
    """A record that is to be looked at again by a day, and by whom."""

    record: View
    by: date
    owner: str
    past: bool
    """Whether the day had passed on the day of the edition."""


# Of which records is asked what, in the order in which it is told: an answer is what is missing.
_ASKED: tuple[tuple[type[Record], str, Callable[[Any, Address], bool]], ...] = (
    (Partnership, "A contact for questions and other formats",
     lambda it, _: not (it.contact.email or it.contact.phone)),
    (Partnership, "A licence for the content and the open data", lambda it, _: it.licence is None),
    (Publication, "Its status: draft, approved or other", lambda it, _: it.status is None),
    (Publication, "The day of publication", lambda it, _: getattr(it, "published", "not asked") is None),
    (Plan, "Who approves it", lambda it, _: it.approved_by is None),
    (Action, "Actions without a lead", lambda it, _: it.lead is None),
    (Action, "Actions still to be agreed", lambda it, _: it.kind == "placeholder"),
    (Outcome, "Outcomes without a measure", lambda it, _: it.measure is None),
    (Outcome, "Outcomes without a target", lambda it, _: it.target is None),
    (Outcome, "Outcomes without a year", lambda it, _: it.deadline is None),
    (Outcome, "Outcomes with a target, but no figure from which they set out",
     lambda it, _: it.target is not None and it.baseline is None),
    (Target, "Targets without an owner", lambda it, _: it.owner is None),
    (Metric, "Metrics without a target", lambda it, _: it.target is None),
    (Metric, "Metrics without a figure for today", lambda it, _: it.baseline is None),
    (CaseStudy, "Case studies that are only named", lambda it, _: it.text is None),
    (Question, "Questions without an answer", lambda it, _: it.answer is None),
    (Milestone, "Milestones whose year is not printed", lambda it, _: not re.search(r"\b20\d\d\b", it.when)),
    (Consideration, "Risks without an owner", lambda it, at: "risks" in at.loc and it.owner is None),
    (Consideration, "Risks without a response", lambda it, at: "risks" in at.loc and it.response is None),
    (AppraisedOption, "Options without an employer", lambda it, _: it.employer is None),
    (Meeting, "The day on which its papers were published", lambda it, _: it.papers_published is None),
    (Meeting, "Minutes", lambda it, _: it.minutes_status == "none"),
    (Meeting, "Whether its minutes were approved", lambda it, _: it.minutes_status == "draft"),
    (Minute, "Paragraphs with initials or names that the minutes do not explain", lambda it, _: bool(it.unresolved)),
    (MinutedAction, "Actions in the minutes without an owner", lambda it, _: not it.owners),
    (MinutedAction, "Actions in the minutes that the action log does not hold", lambda it, _: it.logged_as is None),
    (PublicQuestion, "Questions from the public without a reply", lambda it, _: it.reply is None),
    (BudgetItem, "Sums that are not stated", lambda it, _: it.amount is None),
    (LoggedAction, "Logged actions without an owner", lambda it, _: not it.owners),
    (LoggedAction, "Logged actions whose owners are initials only",
     lambda it, _: bool(it.owners) and not any(owner.person or owner.role for owner in it.owners)),
    (LoggedAction, "Logged actions without a day by which they are due", lambda it, _: it.due is None),
    (Body, "Bodies of which no source says whom they report to", lambda it, _: it.reports_to is None),
    (Figure, "Figures without a place", lambda it, _: it.place == "not stated"),
    (Figure, "Figures without a date or a period", lambda it, _: it.period is None),
)  # fmt: skip


def openings(content: Content, views: Views) -> Iterator[Openings]:
    """What each publication and register leaves open, with all files that belong to it."""
    order = {id: place for place, id in enumerate(content.order)}
    wholes: dict[str, list[Address]] = {}
    for entry in sorted(content.entries, key=lambda entry: order.get(entry.record.id, -1)):
        wholes.setdefault(content.whole_of(entry.record).id, []).extend(entry.parts)
    again = _again(content, views)
    publications_first = sorted(wholes, key=lambda id: not isinstance(content.addresses[id].record, Publication))
    for id in publications_first:
        parts = wholes[id]
        found = Openings(
            views.at(content.addresses[id]),
            tuple(_gaps(parts, views)),
            tuple(views.at(part) for part in parts if isinstance(part.record, Omission)),
            tuple(views.at(part) for part in parts if part.record.note),
            tuple(again.get(id, ())),
        )
        if found.gaps or found.left_out or found.noted or found.again:
            yield found


def reviews(content: Content, views: Views) -> list[Review]:
    """What is to be looked at again by a day: what is due first, first."""
    today = content.the(Partnership).edition.date
    found = [
        Review(views.whole(record), record.review_by, record.owner or "", record.review_by < today)
        for record in (entry.record for entry in content.entries)
        if record.review_by
    ]
    return sorted(found, key=lambda review: (review.by, review.owner, review.record.record.title))


def _again(content: Content, views: Views) -> dict[str, list[Again]]:
    """What is to be looked at again, by the ids of the publications and registers; each once."""
    found: dict[str, dict[tuple[str, str], Again]] = {}
    for held in marks(content):
        of_whole = found.setdefault(content.whole_of(held.entry.record).id, {})
        for mention in held.again:
            holder, target = views.at(mention.holder), views.at(mention.target)
            of_whole[mention.holder.key, mention.target.key] = Again(holder, target, not held.was(mention))
    return {id: list(of_whole.values()) for id, of_whole in found.items()}


def _gaps(parts: list[Address], views: Views) -> Iterator[tuple[View, tuple[Gap, ...]]]:
    """What these records do not state, file by file."""
    counted: dict[str, Counter[str]] = {}
    for part in parts:
        missing = counted.setdefault(part.entry.record.id, Counter())
        asked = ((said, lacks) for type_, said, lacks in _ASKED if isinstance(part.record, type_))
        missing.update(said for said, lacks in asked if lacks(part.record, part))
    for id, missing in counted.items():
        if missing:
            gaps = tuple(Gap(said, missing[said]) for _, said, _ in _ASKED if said in missing)
            yield views.at(views.content.addresses[id]), gaps
