"""What changed inside one record, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, get_args

from ..model.charter import Subclause
from ..model.content import Entry
from ..model.meeting import Enclosure
from ..model.plan import Action, Outcome, Priority, Target
from ..model.publication import Figure
from ..model.record import Markup, Part, Record, Ref, markers
from ..view import NUMBERED
from .labels import for_editors, label
from .sides import UNSTATED, Side, Standing
from .told import Change
from .words import Piece, marked, quoted

# Fields that are told as one value, under the name of the first.
_TOGETHER: dict[type[Part], tuple[tuple[str, ...], Callable[[Any], str]]] = {
    Figure: (("value", "qualifier", "unit"), lambda figure: figure.amount),
    Outcome: (("target", "deadline"), lambda it: _by(it.target, it.deadline)),
    Target: (("target", "deadline"), lambda it: _by(it.target, it.deadline)),
}
# Of a record that came or went: the field that holds its words, and those that tell it from others.
_WORDS = ("text", "meaning", "question", "reason", "findings", "about", "summary")
_FACTS = ("year", "held", "place", "period", "lead", "owner", "due", "target", "deadline", "amount", "when")
# Fields that say where a record belongs: another value moves it.
_PLACES = {(Priority, "workstream"), (Action, "year")}


def _by(target: str | None, deadline: str | None) -> str:
    return " by ".join(filter(None, (target or UNSTATED, deadline)))


def changed(before: Standing, after: Standing, old: Side, new: Side) -> Iterator[Change]:
    """What changed in a record itself, without the records inside it."""
    if before.record.id != after.record.id:
        yield Change("changed", label(type(after.record), "id"), pieces=_values(before.key, after.key), editors=True)
    fields = _Fields(old, new, before.address.entry, after.address.entry)
    hidden = new.is_for_editors(after)
    skipped = (
        ("id", "number", "letter") if type(after.record) in NUMBERED or isinstance(after.record, Subclause) else ("id",)
    )
    for change in fields.of(before.record, after.record, skipped):  # numbers are told with those that follow
        yield replace(change, editors=change.editors or hidden)


def words_of(standing: Standing, side: Side) -> str:
    """What a record says, without its fields."""
    for name in _WORDS:
        if getattr(standing.record, name, None):
            return side.field(standing.record, name, standing.address.entry)
    return ""


def facts(standing: Standing, side: Side) -> str:
    """What is told of a record that came or went, besides its words."""
    record, entry = standing.record, standing.address.entry
    together, amount = _TOGETHER.get(type(record), ((), str))
    said = [amount(record)] if together and any(getattr(record, name) for name in together) else []
    fields = type(record).model_fields
    stated = [name for name in _FACTS if name in fields and name not in together and getattr(record, name)]
    return ", ".join([*said, *(side.field(record, name, entry) for name in stated)])


class _Fields:
    """Compares the fields of two records that are the same."""

    def __init__(self, old: Side, new: Side, before: Entry, after: Entry) -> None:
        self._old, self._new, self._before, self._after = old, new, before, after

    def of(self, before: Part, after: Part, skipped: Sequence[str] = (), within: str = "") -> Iterator[Change]:
        """The changes of all fields, in the model’s order; a part’s fields are told under the part’s own name."""
        type_ = type(after)
        together, amount = _TOGETHER.get(type_, ((), str))
        for name in type_.model_fields:
            was, now = getattr(before, name), getattr(after, name)
            marks = markers(type_, name)
            if name in skipped or name in together or any(isinstance(it, Ref) and it.contains for it in marks):
                continue
            called = f"{within}, {label(type_, name)}" if within else label(type_, name)
            for change in self._field(before, after, name, called):
                yield replace(change, editors=change.editors or for_editors(type_, name))
            if isinstance(was, Part) and isinstance(now, Part) and not isinstance(now, Record) and name != "source":
                yield from self.of(was, now, within=called)
        if together and amount(before) != amount(after):
            yield Change("changed", label(type_, together[0]), pieces=_values(amount(before), amount(after)))

    def _field(self, before: Part, after: Part, name: str, called: str) -> Iterator[Change]:
        was, now = getattr(before, name), getattr(after, name)
        marks = markers(type(after), name)
        if _holds_records(type(after).model_fields[name].annotation):
            return
        if isinstance(was, tuple) and isinstance(now, tuple):
            yield from self._list(was, now, marks, called)
        elif was == now or (isinstance(was, Part) and isinstance(now, Part) and name != "source"):
            return
        elif any(isinstance(it, Markup) for it in marks) and not isinstance(was or now, Part):
            yield from self._text(was, now, called)
        else:
            yield from self._value(before, after, name, called)

    def _value(self, before: Part, after: Part, name: str, called: str) -> Iterator[Change]:
        was, now = self._old.field(before, name, self._before), self._new.field(after, name, self._after)
        stated = getattr(before, name) is not None and getattr(after, name) is not None
        if (type(after), name) in _PLACES and stated:
            yield Change("moved", says=f"moved from {was} to {now}")
        elif was != now:
            yield Change("changed", called, pieces=_values(was, now))

    def _text(self, was: str | None, now: str | None, called: str) -> Iterator[Change]:
        if was is None or now is None:
            words, what = (was or "", "removed") if now is None else (now, "added")
            side, entry = (self._old, self._before) if now is None else (self._new, self._after)
            text = quoted(side.text(words, entry))
            piece = Piece("removed", text) if now is None else Piece("added", text)
            yield Change("removed" if now is None else "added", called, what, (piece,), prose=True)
            return
        before, after = self._old.text(was, self._before), self._new.text(now, self._after)
        if before.split() != after.split():
            pieces = marked(before, after) or (Piece("removed", quoted(before)), Piece("added", quoted(after)))
            yield Change("changed", called, pieces=pieces, prose=True)
        elif self._old.html(was, self._before) != self._new.html(now, self._after):
            yield Change("changed", called, "the same words, with another link, emphasis or layout")

    def _list(
        self, was: tuple[Any, ...], now: tuple[Any, ...], marks: tuple[Ref | Markup, ...], called: str
    ) -> Iterator[Change]:
        before = [self._old.said(item, marks, self._before) for item in was]
        after = [self._new.said(item, marks, self._after) for item in now]
        came, went = _without(after, before), _without(before, after)
        for text in list(went):
            if like := get_close_matches(text, came, 1, 0.6):
                came.remove(like[0])
                went.remove(text)
                yield Change("changed", called, pieces=marked(text, like[0]), prose=True)
        if went:
            yield Change("removed", called, "removed", tuple(Piece("removed", text) for text in went))
        if came:
            yield Change("added", called, "added", tuple(Piece("added", text) for text in came))
        if before != after and sorted(before) == sorted(after):
            yield Change("moved", called, f"in another order: {', '.join(after)}")
        yield from self._papers(was, now)

    def _papers(self, was: tuple[Any, ...], now: tuple[Any, ...]) -> Iterator[Change]:
        """PDFs from elsewhere that have the name of one before, and hold something else."""
        old, new = self._old.content.papers, self._new.content.papers
        for it in now:
            if not isinstance(it, Enclosure) or not it.pdf or all(other.pdf != it.pdf for other in was):
                continue
            if old.get(self._before.beside(it.pdf)) != new.get(self._after.beside(it.pdf)):
                title = self._new.said(it, (), self._after)
                yield Change("changed", "papers", f"another file in the place of {title}")


def _values(was: str, now: str) -> tuple[Piece, ...]:
    return Piece("removed", was), Piece("added", now)


def _without(items: Sequence[str], others: Sequence[str]) -> list[str]:
    """Items that are not among others, each as often as it is missing there."""
    rest = list(others)
    missing = []
    for item in items:
        if item in rest:
            rest.remove(item)
        else:
            missing.append(item)
    return missing


def _holds_records(annotation: Any) -> bool:
    """Whether a field holds records, which are told on their own."""
    if isinstance(annotation, type):
        return issubclass(annotation, Record)
    return any(_holds_records(argument) for argument in get_args(annotation))
