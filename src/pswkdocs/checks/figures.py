"""Rules on what stands twice: a figure and its text, a milestone's time in words and as a day."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable, Iterator

from .. import prose
from ..model.content import Entry
from ..model.publication import Figure, Milestone
from ..model.record import Markup, Sourced, sourced, values
from ..problems import Problem

Rule = Callable[[Entry], Iterator[Problem]]

_NUMBERS = {
    word: {str(number)}
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
}
_NUMBERS |= {"half": {"0.5", "50"}, "quarter": {"0.25", "25"}, "quarters": {"0.75", "75"}}

_MONTHS = [month.lower() for month in month_name]
_WHEN = re.compile(
    r"(?:(?:by|on|early|mid|late|the|end|of|before)[ -])*(?:(\d\d?)(?:st|nd|rd|th)? )?"
    rf"({'|'.join(_MONTHS[1:])})(?: (\d{{4}}))?"
)


def figures_stand_in_their_text(entry: Entry) -> Iterator[Problem]:
    """A figure stands twice, in the text and below it: a change of one must reach the other."""
    for loc, whole in sourced(entry.record):
        figures: tuple[Figure, ...] = getattr(whole, "figures", ())
        known = _numbers(_text(whole)) if figures else set()
        for place, figure in enumerate(figures):
            if _numbers(figure.value) - known:
                yield Problem(
                    entry.source.span((*loc, "figures", place, "value")),
                    f"this figure says {figure.value}, which the text above it does not",
                    "Put the right one in both places, so that readers are not told two things.",
                    "warning",
                )


def milestones_fit_their_time(entry: Entry) -> Iterator[Problem]:
    """A milestone's day puts it in order, so it lies in the time that its words name."""
    for address in entry.parts:
        milestone = address.record
        if not isinstance(milestone, Milestone) or not (named := _WHEN.fullmatch(milestone.when.lower().strip())):
            continue
        day, month, year = named.groups()
        until = milestone.until
        if until.month != _MONTHS.index(month) or (day and until.day != int(day)) or (year and until.year != int(year)):
            yield Problem(
                entry.source.span((*address.loc, "until")),
                f"`until` says {until.isoformat()}, but `when` says {milestone.when}",
                "Write the last day that `when` can mean, or put `when` right.",
            )


RULES: tuple[Rule, ...] = (figures_stand_in_their_text, milestones_fit_their_time)


def _text(whole: Sourced) -> str:
    """All that a record says in sentences, without the editors' note."""
    texts = (
        text for loc, text, marks in values(whole) if loc[0] != "note" and any(isinstance(m, Markup) for m in marks)
    )
    return " ".join(prose.plain(text) for text in texts)


def _numbers(text: str) -> set[str]:
    """The numbers of a text in digits, however they are written."""
    plain = re.sub(r"(?<=\d)[,\u00a0\u2009\u202f](?=\d{3}(?!\d))", "", text.lower())
    found = set(re.findall(r"\d+(?:\.\d+)?", plain))
    return found.union(*(_NUMBERS.get(word, set()) for word in re.findall(r"[a-z]+", plain)))
