"""Two editions of a text → one, in which each difference is a revision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from ..word.xml import bookmarks, make, w
from .line import Said, line
from .marks import Marks, properties
from .moves import moved
from .pairs import paired
from .pieces import Piece, Places, pieces, section_of, shape
from .words import Token, kept, places_of_marks, tokens

_RANGES = {"ins": "customXmlInsRange", "del": "customXmlDelRange"}


@dataclass(frozen=True)
class Step:
    """A piece of the old edition, of the new, or of both; `kind` is what became of a piece of one only."""

    old: Piece | None
    new: Piece | None
    kind: str = ""
    move: str = ""  # the name of the move that begins here
    ends: bool = False  # whether a move ends here


@dataclass(frozen=True)
class Merge:
    """What both editions of a part have to know of each other."""

    marks: Marks
    old_places: Places
    new_places: Places
    address: Callable[[str], str]
    names: frozenset[str]  # the bookmarks of the new edition
    carried: set[str] = field(default_factory=set)  # those of the old edition that stand in the result

    def text(self, old: Sequence[Element], new: Sequence[Element], *, moves: bool = False) -> list[Element]:
        """A body, a cell, contents: what ends with a paragraph whose end cannot go."""
        ours, theirs = pieces(old, self.old_places), pieces(new, self.new_places)
        pairs, tail = _closed(paired(ours, theirs), ours, theirs)
        made: list[Element] = []
        steps = list(_steps(ours[: len(ours) - tail[0]], theirs[: len(theirs) - tail[1]], pairs))
        if moves:
            steps = _with_moves(steps)
        open_moves: list[Element] = []
        for step in steps[:-1] if any(tail) else steps:
            made += self._stepped(step, open_moves)
        if any(tail):
            made += self._shifted(steps[-1], ours[len(ours) - tail[0] :], theirs[len(theirs) - tail[1] :])
        return list(self._apart(made))

    def _stepped(self, step: Step, open_moves: list[Element]) -> Iterator[Element]:
        piece = step.new or step.old
        assert piece is not None, "a step is of one edition at least"
        if piece.kind == "tbl":
            yield self._table(step)
        elif piece.kind == "sdt":
            yield from self._contents(step)
        else:
            made = self._paragraph(step, mark=[step.kind] if step.kind else [])
            if step.move:
                start = self.marks.of(f"{step.kind}RangeStart", piece.place, name=step.move)
                open_moves.append(make(f"{step.kind}RangeEnd", id=start.get(w("id"))))
                made.insert(1, start)
            yield made
            if step.ends:
                yield open_moves.pop()

    def _paragraph(
        self, step: Step, mark: Sequence[str], own: Element | None = None, was: Element | None = None
    ) -> Element:
        """A paragraph; `own` and `was` have its properties in the new and the old edition, where it has not."""
        old, new = step.old, step.new
        piece = new or old
        assert piece is not None, "a step is of one edition at least"
        if not mark and own is None and old and new and old.shape == new.shape and self._no_other_names(old):
            return new.element
        own = piece.element if own is None else own
        was = (old.element if old and new else None) if was is None else was
        differs = was is not None and [*map(shape, properties(own))] != [*map(shape, properties(was))]
        section = section_of(piece.element)
        head = self.marks.properties(
            properties(own), properties(was) if was is not None and differs else None, piece.place, mark, section
        )
        return make("p", head, *self._words(step, piece.place))

    def _no_other_names(self, old: Piece) -> bool:
        return set(bookmarks(old.element)) <= self.names

    def _words(self, step: Step, place: str) -> Iterator[Element]:
        before = tokens(step.old.element) if step.old else []
        after = tokens(step.new.element) if step.new else []
        if step.old and step.new:
            said = list(_compared(before, after))
        else:
            said = [Said(step.kind, token, token.link) for token in (before or after)]
        waiting = places_of_marks(step.new.element) if step.new else []
        own = self._own(step.old) if step.old else []
        spare = own if step.new else []  # of what has another name now, for the links that are gone
        yield from (mark for _, mark in spare if mark.get(w("name")))
        yield from self._with_bookmarks(said, waiting if step.new else own, place, "del" if step.new else "")
        yield from (mark for _, mark in spare if not mark.get(w("name")))

    def _with_bookmarks(
        self, said: Sequence[Said], waiting: list[tuple[int, Element]], place: str, other: str
    ) -> Iterator[Element]:
        """Words with bookmarks between them; `other` is what became of words of the edition without the bookmarks."""
        start = number = 0
        for position, one in enumerate(said):
            counts = one.kind != other or not other
            due = [mark for before, mark in waiting if before <= number and (counts or mark.get(w("name")))]
            if due:
                yield from line(said[start:position], self.marks, place, self.address)
                yield from due
                start, waiting = position, [pair for pair in waiting if pair[1] not in due]
            number += counts
        yield from line(said[start:], self.marks, place, self.address)
        yield from (mark for _, mark in waiting)

    def _own(self, old: Piece) -> list[tuple[int, Element]]:
        """The bookmarks of a piece that is gone, without those that the new edition has."""
        ids: dict[str | None, str] = {}
        found = []
        for position, mark in places_of_marks(old.element):
            name, number = mark.get(w("name"), ""), mark.get(w("id"))
            if name and name not in self.names and name not in self.carried:
                self.carried.add(name)
                ids[number] = str(self.marks.number())
            if number in ids:
                mark = deepcopy(mark)
                mark.set(w("id"), ids[number])
                found.append((position, mark))
        return found

    def _shifted(self, last: Step, gone: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Element]:
        """The end of a text that became longer or shorter. Its last paragraph cannot lose its end, so that the end of
        the paragraph before is the one that is new or gone; its properties are tracked with the last one's.
        """
        assert last.old is not None and last.new is not None, "the last paragraph is of both editions"
        kind, rest = ("del", gone) if gone else ("ins", new)
        yield self._paragraph(last, mark=[kind])
        for piece in rest[:-1]:
            yield self._paragraph(Step(*_sides(piece, kind), kind), mark=[kind])
        final = Step(*_sides(rest[-1], kind), kind)
        if gone:
            yield self._paragraph(final, mark=[], own=last.new.element, was=rest[-1].element)
        else:
            yield self._paragraph(final, mark=[], own=rest[-1].element, was=last.old.element)

    def _contents(self, step: Step) -> Iterator[Element]:
        """A list of contents, with its frame."""
        old = step.old.element[-1] if step.old else []
        new = step.new.element[-1] if step.new else []
        if step.old and step.new:
            yield make("sdt", deepcopy(step.new.element[0]), make("sdtContent", *self.text(list(old), list(new))))
            return
        piece = step.new or step.old
        assert piece is not None, "a step is of one edition at least"
        name = _RANGES[step.kind]
        before, after = (self.marks.of(f"{name}Start", piece.place) for _ in range(2))
        ends = [make(f"{name}End", id=mark.get(w("id"))) for mark in (before, after)]
        inside = [*self._all(piece.element[-1], step.kind)]
        yield before
        yield make("sdt", deepcopy(piece.element[0]), make("sdtContent", ends[0], *inside, after))
        yield ends[1]

    def _all(self, elements: Iterable[Element], kind: str) -> Iterator[Element]:
        """What is new or gone as a whole."""
        for piece in pieces(elements, self.old_places if kind == "del" else self.new_places):
            yield from self._stepped(Step(*_sides(piece, kind), kind), [])

    def _table(self, step: Step) -> Element:
        piece = step.new or step.old
        assert piece is not None, "a step is of one edition at least"
        head = [deepcopy(part) for part in piece.element if part.tag in (w("tblPr"), w("tblGrid"))]
        if step.old and step.new:
            self._properties(head, step.old.element, piece.place)
            rows = [side.element.findall(w("tr")) for side in (step.old, step.new)]
            ours, theirs = pieces(rows[0], self.old_places), pieces(rows[1], self.new_places)
            steps = _steps(ours, theirs, paired(ours, theirs))
        else:
            ours = pieces(piece.element.findall(w("tr")), self.old_places if step.old else self.new_places)
            steps = (Step(*_sides(row, step.kind), step.kind) for row in ours)
        return make("tbl", *head, *map(self._row, steps))

    def _row(self, step: Step) -> Element:
        piece = step.new or step.old
        assert piece is not None, "a step is of one edition at least"
        head = deepcopy(piece.element[0])
        cells = piece.element.findall(w("tc"))
        if step.old and step.new:
            self._properties([head], step.old.element, piece.place)
            before = step.old.element.findall(w("tc"))
            return make("tr", head, *(self._cell(*both, piece.place) for both in zip(before, cells, strict=True)))
        row = make(
            "tr", head, *(make("tc", deepcopy(cell[0]), *self._all(list(cell)[1:], step.kind)) for cell in cells)
        )
        self.marks.row(row, step.kind, piece.place)
        return row

    def _cell(self, old: Element, new: Element, place: str) -> Element:
        head = deepcopy(new[0])
        self._properties([head], old, place)
        return make("tc", head, *self.text(list(old)[1:], list(new)[1:]))

    def _properties(self, heads: Iterable[Element], old: Element, place: str) -> None:
        for head in heads:
            was = old.find(head.tag)
            assert was is not None, "our tables, rows and cells have properties"
            if shape(was) != shape(head):
                self.marks.changed(head, was, place)

    def _apart(self, made: Iterable[Element]) -> Iterator[Element]:
        """Tables that no paragraph keeps apart would be one: between them stands one that is new and gone."""
        last = ""
        for element in made:
            if element.tag == w("tbl") == last:
                place = self.new_places.of(element)
                yield make("p", self.marks.properties([], None, place, ["ins", "del"], None))
            last = last if element.tag.endswith(("RangeStart", "RangeEnd")) else element.tag
            yield element


def _sides(piece: Piece, kind: str) -> tuple[Piece | None, Piece | None]:
    return (piece, None) if kind == "del" else (None, piece)


def _closed(
    pairs: list[tuple[int, int]], old: Sequence[Piece], new: Sequence[Piece]
) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """The pairs, with the last of both editions among them or followed by paragraphs of one only: how many of each."""
    i, j = pairs[-1] if pairs else (-1, -1)
    last = (len(old) - 1, len(new) - 1)
    if (i, j) == last:
        return pairs, (0, 0)
    rest = [*old[i + 1 :], *new[j + 1 :]]
    of_one = pairs and (last[0] == i or last[1] == j)
    if of_one and all(piece.kind == "p" and not piece.fit for piece in (old[i], new[j], *rest)):
        return pairs, (last[0] - i, last[1] - j)
    return [*((a, b) for a, b in pairs if a != last[0] and b != last[1]), last], (0, 0)


def _steps(old: Sequence[Piece], new: Sequence[Piece], pairs: Iterable[tuple[int, int]]) -> Iterator[Step]:
    i = j = 0
    for at_old, at_new in [*pairs, (len(old), len(new))]:
        yield from (Step(piece, None, "del") for piece in old[i:at_old])
        yield from (Step(None, piece, "ins") for piece in new[j:at_new])
        if at_old < len(old):
            yield Step(old[at_old], new[at_new])
        i, j = at_old + 1, at_new + 1


def _with_moves(steps: Sequence[Step]) -> list[Step]:
    """The steps, with what went and came again as what moved."""
    result = list(steps)
    for number, group in enumerate(moved([step.old for step in steps], [step.new for step in steps]), 1):
        for place, both in enumerate(group):
            edge, end = (f"move{number}" if place == 0 else ""), place == len(group) - 1
            for position, kind in zip(both, ("moveFrom", "moveTo"), strict=True):
                result[position] = Step(steps[position].old, steps[position].new, kind, edge, end)
    return result


def _compared(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Said]:
    """What became of each word; a word that is gone stands in what became of its link."""
    changes = kept(before, after)
    links = {
        id(was.link): now.link
        for kind, i, i_end, j, j_end in changes
        if kind == "equal"
        for was, now in zip(before[i:i_end], after[j:j_end], strict=True)
    }
    for kind, i, i_end, j, j_end in changes:
        if kind == "equal":
            yield from (Said("", token, token.link) for token in after[j:j_end])
        else:
            yield from (Said("del", token, links.get(id(token.link), token.link)) for token in before[i:i_end])
            yield from (Said("ins", token, token.link) for token in after[j:j_end])
