"""Rules on the accessibility statement: it does not contradict itself, and is looked at again each year.

What is late depends on the day. These rules alone are told it, and no build fails for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..model.accessibility import AccessibilityStatement, listed
from ..model.audit import Audit
from ..model.content import Content, Entry
from ..problems import Problem

SOON = timedelta(days=30)


def status_is_what_is_listed(content: Content) -> Iterator[Problem]:
    """Who meets all of WCAG has nothing to list, and who does not says what is amiss or has not been tested."""
    for entry, statement in _statements(content):
        audit = next(iter(content.every(Audit)), None)
        span = entry.source.span(("status",))
        amiss = listed(statement, audit)
        if statement.status == "fully" and amiss:
            why = _amiss(statement, audit)
            yield Problem(span, f"the status is `fully`, but {why}", "Write `status: partially`.")
        if not amiss and (statement.status == "not" or (statement.status == "partially" and not statement.limits)):
            hint = (
                "Add what is not accessible to `faults`, or write `partially` and add what is not tested to `limits`; "
                "if a test has shown that everything is accessible, write `fully`."
            )
            said = f"the status is `{statement.status}`, but nothing is listed that is not accessible"
            yield Problem(span, said, hint)


def _amiss(statement: AccessibilityStatement, audit: Audit | None) -> str:
    for field in ("faults", "burdens", "out_of_scope"):
        if getattr(statement, field):
            return f"`{field}` lists what is not accessible"
    assert audit is not None
    return f"the last test found faults: {audit.found} in `audit.yml`"


def days_follow_each_other(content: Content) -> Iterator[Problem]:
    """A statement is not reviewed before it is there."""
    for entry, statement in _statements(content):
        if statement.prepared > statement.reviewed:
            yield Problem(
                entry.source.span(("prepared",)),
                f"the statement was prepared on {statement.prepared}, after its last review on {statement.reviewed}",
                "Write the day on which it was first published; `reviewed` is the same day or later.",
            )


def pictures_are_told(content: Content) -> Iterator[Problem]:
    """Documents show the pages of an enclosed PDF as pictures of text: the statement has to say so."""
    for _, statement in _statements(content):
        if any("1.4.5" in fault.fails for fault in statement.faults) or statement.out_of_scope:
            continue
        for entry in content.entries:
            for loc, _ in entry.papers:
                yield Problem(
                    entry.source.span(loc),
                    "documents show this PDF as pictures, of which the accessibility statement says nothing",
                    "Add it to `faults` of `accessibility.yml`, with `fails: [1.4.5]`, or to `out_of_scope` if it is.",
                    "warning",
                )


def late(content: Content, today: date) -> Iterator[Problem]:
    """What has to be looked at again by now, or soon, and days that have not come yet."""
    for entry, statement in _statements(content):
        span = entry.source.span(("reviewed",))
        hint = f"Read it through, put right what no longer holds, and write `reviewed: {today}`."
        due = a_year_after(statement.reviewed)
        if statement.reviewed > today:
            yield _not_yet(entry, "reviewed", statement.reviewed, today)
        elif today > due:
            said = f"the accessibility statement was last reviewed on {statement.reviewed}, more than a year ago"
            yield Problem(span, said, hint)
        elif today >= due - SOON:
            yield Problem(span, f"the accessibility statement has to be reviewed by {due}", hint, "warning")
        for place, fault in enumerate(statement.faults):
            if fault.mend_by and fault.mend_by < today:
                yield Problem(
                    entry.source.span(("faults", place, "mend_by")),
                    f"this fault was to be mended by {fault.mend_by}",
                    "Delete it if it is mended; else write the new day, or delete `mend_by`.",
                    "warning",
                )
    for entry in content.entries:
        if isinstance(entry.record, Audit) and entry.record.date > today:
            yield _not_yet(entry, "date", entry.record.date, today)


def a_year_after(day: date) -> date:
    """The last day of the year that begins after `day`; after 29 February it ends with February."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _not_yet(entry: Entry, field: str, day: date, today: date) -> Problem:
    said = f"`{field}` is {day}, a day that has not come yet: today is {today}"
    return Problem(entry.source.span((field,)), said, "Write the day on which it was done.")


def _statements(content: Content) -> Iterator[tuple[Entry, AccessibilityStatement]]:
    for entry in content.entries:
        if isinstance(entry.record, AccessibilityStatement):
            yield entry, entry.record


RULES = (days_follow_each_other, pictures_are_told)

RULES_OF_THE_WHOLE = (status_is_what_is_listed,)
