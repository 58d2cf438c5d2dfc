"""Paragraphs that went at one place and came at another."""

from __future__ import annotations

from collections.abc import Sequence

from ..word.xml import w
from .pieces import Piece, shape

_MARKS = (w("pPr"), w("bookmarkStart"), w("bookmarkEnd"))
_LEAST = 5  # words, from which a paragraph without a record is known again


def moved(old: Sequence[Piece | None], new: Sequence[Piece | None]) -> list[list[tuple[int, int]]]:
    """Where they stood and where they stand, each stretch of paragraphs that moved together by itself."""
    gone = {at: said for at, said in _said(old).items() if new[at] is None}
    come = {at: said for at, said in _said(new).items() if old[at] is None}
    places: dict[str, list[int]] = {}
    for at, said in gone.items():
        places.setdefault(said, []).append(at)
    both: dict[int, int] = {}
    for at, said in come.items():
        if places.get(said) and _known(new[at]):
            both[places[said].pop(0)] = at
    return _stretches(both, gone, come)


def _said(side: Sequence[Piece | None]) -> dict[int, str]:
    """Which record each paragraph is, if any, and what it says."""
    return {
        at: "".join([piece.key, *(shape(part) for part in piece.element if part.tag not in _MARKS)])
        for at, piece in enumerate(side)
        if piece is not None and piece.kind == "p" and not piece.fit
    }


def _known(piece: Piece | None) -> bool:
    assert piece is not None, "only pieces have words"
    return piece.words.total() >= _LEAST or (piece.words.total() > 0 and bool(piece.key))


def _stretches(both: dict[int, int], gone: dict[int, str], come: dict[int, str]) -> list[list[tuple[int, int]]]:
    """Stretches, with short paragraphs beside and between them that are the same."""
    taken = set(both.values())
    for step in (1, -1):
        for i, j in sorted(both.items(), reverse=step < 0):
            i, j = i + step, j + step
            while i not in both and j not in taken and i in gone and j in come and gone[i] == come[j]:
                both[i] = j
                taken.add(j)
                i, j = i + step, j + step
    found: list[list[tuple[int, int]]] = []
    for i, j in sorted(both.items()):
        if found and found[-1][-1] == (i - 1, j - 1):
            found[-1].append((i, j))
        else:
            found.append([(i, j)])
    return found
