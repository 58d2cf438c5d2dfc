"""Rules on the register of retired ids: what it says is gone is gone, and what it leads to is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .. import guesses
from ..model.content import Content, Entry
from ..model.retired import Retired, Retirement
from ..problems import Problem

Rule = Callable[[Content], Iterator[Problem]]


def each_is_told_once(content: Content) -> Iterator[Problem]:
    """An id went once."""
    told: dict[str, str] = {}
    for entry, place, retirement in _retirements(content):
        span = entry.source.span(("entries", place, "was"))
        if retirement.was in told:
            hint = "Keep the entry that holds, and delete the other."
            yield Problem(span, f"`{retirement.was}` is told of already: in {told[retirement.was]}", hint)
        told.setdefault(retirement.was, str(span))


def what_went_is_gone(content: Content) -> Iterator[Problem]:
    """No record has an id that is said to be retired: a link would not know where to lead."""
    public = content.seen_by("public").addresses  # what only staff may see now is gone for the public
    for entry, place, retirement in _retirements(content):
        if lives := public.get(retirement.was):
            where = lives.entry.source.span((*lives.loc, "id"))
            yield Problem(
                entry.source.span(("entries", place, "was")),
                f"`{retirement.was}` is said to be gone, but a record has this id: in {where}",
                "Delete this entry; or, if another record took the id, give that one an id of its own.",
            )


def what_took_its_place_is_there(content: Content) -> Iterator[Problem]:
    """A link to what went can be followed."""
    retired = {retirement.was: retirement for _, _, retirement in _retirements(content)}
    for entry, place, retirement in _retirements(content):
        if not retirement.now or retirement.now in content.addresses:
            continue
        later = retired.get(retirement.now)
        if later and later.now in content.addresses:
            hint = f"It went too: write `now: {later.now}`."
        elif later:
            hint = "It went too: delete this line, or write the id of a record that stands."
        else:
            near = guesses.nearest(retirement.now, list(content.addresses))
            hint = near or "Write an id in full, as in `vital-5` or `vital-5/diagnosed`; or delete this line."
        yield Problem(entry.source.span(("entries", place, "now")), f"there is no record `{retirement.now}`", hint)


RULES: tuple[Rule, ...] = (each_is_told_once, what_went_is_gone)
RULES_OF_THE_WHOLE: tuple[Rule, ...] = (what_took_its_place_is_there,)


def _retirements(content: Content) -> Iterator[tuple[Entry, int, Retirement]]:
    """Every entry of the register, with its file and its place there."""
    for entry in content.entries:
        if isinstance(entry.record, Retired):
            yield from ((entry, place, retirement) for place, retirement in enumerate(entry.record.entries))
