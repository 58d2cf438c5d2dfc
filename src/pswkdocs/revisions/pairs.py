"""Which parts of the new edition are which of the old: the same record first, then what reads alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .pieces import Piece

Pair = tuple[int, int]

_ALIKE = 0.4  # the share of words in common from which a paragraph is the other, reworded
_FROM_ELSEWHERE = 0.8  # the same, for paragraphs that belong to different records
_LARGEST = 60_000  # comparisons, beyond which a stretch without anything in common is not searched


def paired(old: Sequence[Piece], new: Sequence[Piece]) -> list[Pair]:
    """The pairs, in an order that is that of both editions: what moved has no partner."""
    return _Pairing(old, new, _only(old), _only(new)).all()


@dataclass(frozen=True)
class _Pairing:
    old: Sequence[Piece]
    new: Sequence[Piece]
    old_keys: dict[str, int]
    new_keys: dict[str, int]

    def all(self) -> list[Pair]:
        keyed = [(at, self.new_keys[key]) for key, at in self.old_keys.items() if key in self.new_keys]
        keyed = [(i, j) for i, j in keyed if self._fits(self.old[i], self.new[j])]
        sizes = _sizes(self.new)
        anchors = _in_order(keyed, lambda pair: sizes[pair[1]])
        return list(self._between(anchors, 0, len(self.old), 0, len(self.new), self._by_shape))

    def _between(
        self, anchors: list[Pair], i: int, i_end: int, j: int, j_end: int, fill: Callable[..., Iterator[Pair]]
    ) -> Iterator[Pair]:
        for at_old, at_new in anchors:
            yield from fill(i, at_old, j, at_new)
            yield at_old, at_new
            i, j = at_old + 1, at_new + 1
        yield from fill(i, i_end, j, j_end)

    def _by_shape(self, i: int, i_end: int, j: int, j_end: int) -> Iterator[Pair]:
        """What is the same at both ends, then what is the same and stands there once, then what is alike."""
        while i < i_end and j < j_end and self._same(i, j):
            yield i, j
            i, j = i + 1, j + 1
        tail: list[Pair] = []
        while i < i_end and j < j_end and self._same(i_end - 1, j_end - 1):
            i_end, j_end = i_end - 1, j_end - 1
            tail.append((i_end, j_end))
        ours, theirs = (
            {self.old[at].shape: at for at in range(i, i_end)},
            {self.new[at].shape: at for at in range(j, j_end)},
        )
        counts = Counter(self.old[at].shape for at in range(i, i_end))
        others = Counter(self.new[at].shape for at in range(j, j_end))
        once = [(ours[shape], theirs[shape]) for shape in ours if counts[shape] == others[shape] == 1]
        once = [pair for pair in once if self._same(*pair)]
        anchors = _in_order(once, lambda pair: 1 + self.new[pair[1]].words.total())
        yield from self._between(anchors, i, i_end, j, j_end, self._by_likeness)
        yield from reversed(tail)

    def _by_likeness(self, i: int, i_end: int, j: int, j_end: int) -> Iterator[Pair]:
        """Needleman and Wunsch: the pairs whose likeness adds up to most."""
        rows, columns = i_end - i, j_end - j
        if not rows or not columns or rows * columns > _LARGEST:
            return
        like = [[self._likeness(i + row, j + column) for column in range(columns)] for row in range(rows)]
        best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
        for row in reversed(range(rows)):
            for column in reversed(range(columns)):
                own = like[row][column]
                both = own + best[row + 1][column + 1] if own else 0.0
                best[row][column] = max(best[row + 1][column], best[row][column + 1], both)
        row = column = 0
        while row < rows and column < columns:
            if best[row][column] == best[row + 1][column]:
                row += 1
            elif best[row][column] == best[row][column + 1]:
                column += 1
            else:
                yield i + row, j + column
                row, column = row + 1, column + 1

    def _same(self, i: int, j: int) -> bool:
        return self.old[i].shape == self.new[j].shape and self._allowed(self.old[i], self.new[j])

    def _likeness(self, i: int, j: int) -> float:
        """The share of words in common; none where one cannot be the other."""
        old, new = self.old[i], self.new[j]
        if not self._fits(old, new) or not self._allowed(old, new):
            return 0.0
        both = old.words.total() + new.words.total()
        share = 2 * (old.words & new.words).total() / both if both else float(old.shape == new.shape)
        return share if share >= (_ALIKE if old.within == new.within else _FROM_ELSEWHERE) else 0.0

    def _fits(self, old: Piece, new: Piece) -> bool:
        return old.kind == new.kind and old.fit == new.fit

    def _allowed(self, old: Piece, new: Piece) -> bool:
        """A record that both editions have is never another."""
        return old.key not in self.new_keys and new.key not in self.old_keys or old.key == new.key


def _only(found: Sequence[Piece]) -> dict[str, int]:
    """Where each record begins, of those that begin once."""
    counts = Counter(piece.key for piece in found)
    return {piece.key: at for at, piece in enumerate(found) if piece.key and counts[piece.key] == 1}


def _sizes(found: Sequence[Piece]) -> list[int]:
    """How much stands from each piece to the next record."""
    sizes: list[int] = []
    size = 0
    for piece in reversed(found):
        size += 1 + piece.words.total()
        sizes.append(size)
        size = 0 if piece.key else size
    return sizes[::-1]


def _in_order(pairs: Sequence[Pair], weight: Callable[[Pair], int]) -> list[Pair]:
    """Those that stand in the same order in both editions and weigh most: the others moved."""
    pairs = sorted(pairs)
    ranks = {at: rank for rank, at in enumerate(sorted(j for _, j in pairs), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(pairs) + 1)  # by rank, as a Fenwick tree: weight, last pair
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        rank = ranks[j] - 1
        found = (0, -1)
        while rank:
            found = max(found, best[rank])
            rank -= rank & -rank
        before.append(found[1])
        reached, rank = (found[0] + weight(pairs[number]), number), ranks[j]
        while rank < len(best):
            best[rank] = max(best[rank], reached)
            rank += rank & -rank
    rank, last = len(pairs), (0, -1)
    while rank:
        last = max(last, best[rank])
        rank -= rank & -rank
    chain: list[Pair] = []
    at = last[1]
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
