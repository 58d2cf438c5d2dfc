"""What changed its place: in another list, at another place of its list, under another number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..model.charter import Clause, Subclause
from ..view import NUMBERED, label
from .labels import label as field_label
from .labels import noun, plural
from .pairs import Pairs
from .sides import Side, Standing
from .told import Change, Subject

_FEW = 3  # records of a list that are told one by one; of more it is told that the order changed
_MANY = 8  # of them that are named in their new order

Pair = tuple[Standing, Standing]


@dataclass(frozen=True, eq=False)
class Places:
    """What changed its place, each told once."""

    pairs: Pairs

    @cached_property
    def moved(self) -> dict[str, Change]:
        """Records that stand in another list, by their new keys."""
        return {
            after.key: self._moved(before, after)
            for before, after in self.pairs.kept()
            if not self.pairs.same_list(before, after)
        }

    def _moved(self, before: Standing, after: Standing) -> Change:
        if (origin := _of(before, self.pairs.old)) == (goal := _of(after, self.pairs.new)):
            origin, goal = _list_of(before), _list_of(after)
        number = f", now {label(after.address)}" if _is_numbered(after) and _number(before) != _number(after) else ""
        return Change("moved", says=f"moved from {origin} to {goal}{number}", editors=_hidden(after, self.pairs))

    @cached_property
    def renumbered(self) -> tuple[tuple[Pair, ...], ...]:
        """Records that only have another number: those that follow one another as one run."""
        runs: list[list[Pair]] = []
        for before, after in self.pairs.kept():
            if not _is_numbered(after) or after.key in self.moved or _own(before) == _own(after):
                continue
            if _is_carried(before, after):
                continue
            if runs and _follows(runs[-1][-1], (before, after)):
                runs[-1].append((before, after))
            else:
                runs.append([(before, after)])
        return tuple(tuple(run) for run in runs)

    def subjects(self) -> Iterator[Subject]:
        """What is told of several records at once: new numbers and a new order."""
        for run in self.renumbered:
            yield self._renumbered(run)
        yield from self._order()

    def _renumbered(self, run: tuple[Pair, ...]) -> Subject:
        old, new = [_number(before) for before, _ in run], [_number(after) for _, after in run]
        first = run[0][1]
        word = label(run[0][0].address).removesuffix(old[0]).strip()
        said = f"{word} {old[0]}" if len(run) == 1 else f"{plural(word)} {_span(old)}"
        if any(self._is_taken(before) for before, _ in run):
            said = f"the former {said}"
        goal = _span(new) + (", with all that is numbered in it" if self._carries(run) else "")
        change = Change("renumbered", says=f"renumbered {goal}", editors=_hidden(first, self.pairs))
        return Subject(first.key, said, self.pairs.new.within(first), (change,))

    def _carries(self, run: tuple[Pair, ...]) -> bool:
        """Whether records inside those of a run have another number only because these have."""
        parents = {before.key for before, _ in run}
        return any(
            before.parent.key in parents and _is_carried(before, after)
            for before, after in self.pairs.kept()
            if before.parent
        )

    def _is_taken(self, before: Standing) -> bool:
        """Whether a new record has its number."""
        numbered = (it for it in self.pairs.new.standing.values() if type(it.record) is type(before.record))
        of_file = self.pairs.new_key.get(before.address.entry.record.id)
        return any(
            it.address.entry.record.id == of_file
            and _number(it) == _number(before)
            and it.key not in self.pairs.old_key
            for it in numbered
        )

    def _order(self) -> Iterator[Subject]:
        lists: dict[tuple[str, ...], list[Pair]] = {}
        for before, after in self.pairs.kept():
            if after.parent and after.key not in self.moved:
                lists.setdefault((after.parent.key, *after.path), []).append((before, after))
        told = {after.key for run in self.renumbered for _, after in run}
        for pairs in lists.values():
            pairs.sort(key=lambda pair: pair[1].position)
            stay = _longest_rise([before.position for before, _ in pairs])
            moved = [at for at in range(len(pairs)) if at not in stay and pairs[at][1].key not in told]
            if len(moved) > _FEW:
                yield self._reordered([after for _, after in pairs])
            else:
                for at in moved:
                    yield self._shifted(pairs[at][1], pairs[at - 1][1] if at else None)

    def _shifted(self, standing: Standing, previous: Standing | None) -> Subject:
        new = self.pairs.new
        place = f"after {new.named(previous)}" if previous else f"first of the {_list_of(standing)}"
        change = Change("moved", says=f"moved, to stand {place}", editors=_hidden(standing, self.pairs))
        return Subject(standing.key, new.named(standing), new.within(standing), (change,))

    def _reordered(self, standings: list[Standing]) -> Subject:
        new = self.pairs.new
        parent = standings[0].parent
        assert parent is not None, "only what stands in a list has an order"
        above = new.standing[parent.key]
        names = ", ".join(f"“{label(it.address)}”" for it in standings[:_MANY])
        names += f" and {len(standings) - _MANY} more" if len(standings) > _MANY else ""
        change = Change(
            "moved", _list_of(standings[0]), f"in another order: {names}", editors=_hidden(above, self.pairs)
        )
        return Subject(parent.key, new.itself(above), new.within(above), (change,))


def _longest_rise(positions: list[int]) -> set[int]:
    """Which of them make the longest row that rises: what is left over has moved."""
    ends: list[int] = []  # the smallest end of a row of each length
    at: list[int] = []
    before: list[int] = []
    for index, position in enumerate(positions):
        length = bisect_left(ends, position)
        before.append(at[length - 1] if length else -1)
        ends[length:] = [position, *ends[length + 1 :]]
        at[length:] = [index, *at[length + 1 :]]
    row: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        row.add(index)
        index = before[index]
    return row


def _is_numbered(standing: Standing) -> bool:
    return type(standing.record) in NUMBERED or isinstance(standing.record, Subclause)


def _is_carried(before: Standing, after: Standing) -> bool:
    """Whether its number is that of the record around it with the same ending as before, as 3.7 in section 3."""
    if not isinstance(before.record, Clause) or not before.parent or not after.parent:
        return False
    origin, goal = (str(getattr(it.record, "number", "")) for it in (before.parent, after.parent))
    return origin != goal and _own(before).removeprefix(origin) == _own(after).removeprefix(goal)


def _own(standing: Standing) -> str:
    """What the record itself says of its number: the letter alone of a sub-clause."""
    record = standing.record
    return record.letter if isinstance(record, Subclause) else str(record.number)  # type: ignore[attr-defined]


def _number(standing: Standing) -> str:
    """Its number in full, as in `3.7(b)`."""
    return label(standing.address).rpartition(" ")[2]


def _follows(last: Pair, pair: Pair) -> bool:
    """Whether a pair is the next of the same list on both sides."""
    return all(
        now.parent is was.parent and now.path == was.path and now.position == was.position + 1
        for was, now in zip(last, pair, strict=True)
    )


def _span(numbers: list[str]) -> str:
    if len(numbers) < 3:
        return " and ".join(numbers)
    return f"{numbers[0]} to {numbers[-1]}"


def _of(standing: Standing, side: Side) -> str:
    """The record that a list belongs to, as it is told."""
    return side.named(side.standing[standing.parent.key]) if standing.parent else "no list"


def _list_of(standing: Standing) -> str:
    """The list itself, as it is told."""
    parent = standing.parent
    return field_label(type(parent.record), standing.among) if parent else plural(noun(type(standing.record)))


def _hidden(standing: Standing, pairs: Pairs) -> bool:
    return pairs.new.is_for_editors(standing)
