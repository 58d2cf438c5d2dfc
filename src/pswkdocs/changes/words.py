"""Two versions of a text, told as one: which words were added and which removed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

AROUND = 6  # words of a text that are quoted before and after what changed in it
_LONG = 60  # words of a text that is quoted at all where all of it is new or gone
_ISLAND = 3  # words: more of them in a row stand there on purpose
_ALIKE = 0.4  # of the shorter text: below, the two have only words in common that any two have
_TOKEN = re.compile(r"\s*(?:\w+(?:[’'.,/–-]\w+)*%?|[^\w\s])")


@dataclass(frozen=True)
class Piece:
    """A run of words: in both versions, only in the new one, or only in the old one."""

    kind: Literal["same", "added", "removed"]
    text: str


def marked(old: str, new: str) -> tuple[Piece, ...]:
    """What changed between two versions of a text, with a few words around it; nothing where only spaces did."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    runs = _runs(before, after)
    if all(kind == "same" for kind, _, _ in runs):
        return ()
    kept = sum(_size(words) for kind, words, _ in runs if kind == "same")
    if kept < _ALIKE * min(_size(before), _size(after)):
        return Piece("removed", quoted(old)), Piece("added", quoted(new))
    return tuple(_pieces(_settled(runs)))


def quoted(text: str) -> str:
    """A text on one line, cut at the end of a word where it is long."""
    words = text.split()
    return " ".join(words) if len(words) <= _LONG else " ".join(words[: _LONG - 10]) + " …"


Run = tuple[str, list[str], list[str]]  # its kind, the old words, the new words


def _runs(before: Sequence[str], after: Sequence[str]) -> list[Run]:
    old, new = [word.strip() for word in before], [word.strip() for word in after]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [
        ("same" if tag == "equal" else "changed", list(before[a:b]), list(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    ]


def _settled(runs: list[Run]) -> list[Run]:
    """The same without islands: words between two changes that the versions share only by chance."""
    settled = list(runs)
    position = 1
    while position < len(settled) - 1:
        kind, old, new = settled[position]
        before, after = settled[position - 1], settled[position + 1]
        if kind == "same" and len(old) <= _ISLAND and _size(old) <= min(_weight(before), _weight(after)):
            joined = ("changed", [*before[1], *old, *after[1]], [*before[2], *new, *after[2]])
            settled[position - 1 : position + 2] = [joined]
            position = max(1, position - 2)
        else:
            position += 1
    return settled


def _size(words: Sequence[str]) -> int:
    """How much words say: a short one, and a mark of punctuation, next to nothing."""
    return sum(len(word.strip()) for word in words if len(word.strip()) > 3)


def _weight(run: Run) -> int:
    return max(sum(map(len, run[1])), sum(map(len, run[2])))


def _pieces(runs: Sequence[Run]) -> Iterator[Piece]:
    for position, (kind, old, new) in enumerate(runs):
        if kind == "same":
            if text := _around(new, first=position == 0, last=position == len(runs) - 1):
                yield Piece("same", text)
        else:
            if old:
                yield Piece("removed", "".join(old))
            if new:
                yield Piece("added", "".join(new))


def _around(words: list[str], *, first: bool, last: bool) -> str:
    """Words that stay, cut to those next to what changes."""
    if len(words) <= (AROUND if first or last else 2 * AROUND) + 2:
        return "".join(words)
    before = "" if last else " …" + "".join(words[-AROUND:])
    after = "" if first else "".join(words[:AROUND]) + ("" if before else " …")
    return (after + before).lstrip() if first else after + before
