"""A paragraph's words, and which of them the new edition keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml.etree import _Element as Element

from ..word.xml import make, w
from .pieces import FIELD, TEXT, shape

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_FEW = 4  # letters: fewer, alone between changed words, are the same by chance
_MOST = 0.25  # the share of letters to be kept, below which all is new


@dataclass(frozen=True, eq=False)
class Token:
    """A word, a space or a sign; or what is whole only, like a picture and a field."""

    says: str
    look: str
    to: str
    runs: tuple[Element, ...]  # of what is whole; of a word its run, for the look
    link: Element | None

    @property
    def whole(self) -> bool:
        """Whether this is more than letters."""
        return len(self.says) > 1 and self.says.startswith("<")

    @property
    def field(self) -> str:
        """Which end of a field this is: of one that other paragraphs or links stand in."""
        sign = self.runs[0].find(FIELD) if len(self.runs) == 1 else None
        return "" if sign is None else sign.get(w("fldCharType"), "")

    @property
    def same(self) -> tuple[str, str, str]:
        """What makes two tokens the same."""
        return self.says, self.look, self.to


def tokens(paragraph: Element) -> list[Token]:
    """What stands in a paragraph."""
    found: list[Token] = []
    for link, runs in _stretches(paragraph):
        while runs:
            size = _field(runs)
            found += _of_run(runs[0], link) if size == 1 else [_whole(runs[:size], link)]
            runs = runs[size:]
    return found


def places_of_marks(paragraph: Element) -> list[tuple[int, Element]]:
    """The starts and ends of bookmarks, each with the number of tokens before it."""
    found: list[tuple[int, Element]] = []
    before = make("p")
    marks = (w("bookmarkStart"), w("bookmarkEnd"))
    if not any(part.tag in marks for part in paragraph):
        return []
    ends = paragraph[-1].tag in marks and sum(part.tag in marks for part in paragraph) == 2
    if ends and len(paragraph) > 1 and paragraph[1].tag in marks:  # round all of it, as nearly always
        return [(0, paragraph[1]), (len(tokens(paragraph)), paragraph[-1])]
    for part in paragraph:
        if part.tag in marks:
            found.append((len(tokens(before)), part))
        else:
            before.append(deepcopy(part))
    return found


def kept(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[str, int, int, int, int]]:
    """What became of the words, as difflib says it: `equal` or `replace`."""
    matcher = SequenceMatcher(None, [token.same for token in old], [token.same for token in new], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    edges = {(block.a, block.b) for block in blocks if _at_edge(block.a, block.b, block.size, old, new)}
    letters = sum(_letters(new[b : b + size]) for _, b, size in blocks)
    if letters < _MOST * max(_letters(old), _letters(new)):
        blocks = [block for block in blocks if any(token.field for token in new[block.b : block.b + block.size])]
    blocks = [
        block
        for block in blocks
        if (block.a, block.b) in edges
        or _letters(new[block.b : block.b + block.size]) >= _FEW
        or any(token.whole for token in new[block.b : block.b + block.size])
    ]
    found: list[tuple[str, int, int, int, int]] = []
    a = b = 0
    for at_old, at_new, size in [*blocks, (len(old), len(new), 0)]:
        if (a, b) != (at_old, at_new):
            found.append(("replace", a, at_old, b, at_new))
        if size:
            found.append(("equal", at_old, at_old + size, at_new, at_new + size))
        a, b = at_old + size, at_new + size
    return found


def _at_edge(a: int, b: int, size: int, old: Sequence[Token], new: Sequence[Token]) -> bool:
    return a == b == 0 or (a + size == len(old) and b + size == len(new))


def _letters(found: Sequence[Token]) -> int:
    return sum(1 if token.whole else len(token.says.strip()) for token in found if token.whole or token.says.isalnum())


def _stretches(paragraph: Element) -> Iterator[tuple[Element | None, list[Element]]]:
    """Runs that stand together, outside links and in each link."""
    loose: list[Element] = []
    for part in paragraph:
        if part.tag == w("r"):
            loose.append(part)
        elif part.tag == w("hyperlink"):
            yield None, loose
            yield part, part.findall(w("r"))
            loose = []
    yield None, loose


def _field(runs: Sequence[Element]) -> int:
    """How many runs are one field; what is no field's beginning is one by itself."""
    depth = 0
    for size, run in enumerate(runs, 1):
        sign = run.find(FIELD)
        kind = "" if sign is None else sign.get(w("fldCharType"), "")
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if depth <= 0:
            return size if kind == "end" and size > 1 else 1
    return 1


def _of_run(run: Element, link: Element | None) -> Iterator[Token]:
    look, to = shape(run.find(w("rPr"))), _to(link)
    for part in run:
        if part.tag == TEXT:
            yield from (Token(says, look, to, (run,), link) for says in _WORD.findall(part.text or ""))
        elif part.tag != w("rPr"):
            own = make("r", *map(deepcopy, run.findall(w("rPr"))), deepcopy(part))
            yield Token(shape(part), look, to, (own,), link)


def _whole(runs: Sequence[Element], link: Element | None) -> Token:
    return Token("".join(map(shape, runs)), "", _to(link), tuple(runs), link)


def _to(link: Element | None) -> str:
    return "" if link is None else " ".join(f"{key!r}={value!r}" for key, value in sorted(link.items()))
