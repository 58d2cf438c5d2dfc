"""Words with what became of each → runs, in their links and revisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby

from lxml.etree import _Element as Element

from ..word.xml import field, make, w
from .marks import Marks
from .pieces import SPACE
from .words import Token

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_GONE = {w("t"): w("delText"), w("instrText"): w("delInstrText")}


@dataclass(frozen=True, eq=False)
class Said:
    """A word, and what became of it; no kind is that it stays."""

    kind: str  # ins, del, moveFrom, moveTo
    token: Token
    link: Element | None


def line(said: Iterable[Said], marks: Marks, place: str, address: Callable[[str], str]) -> Iterator[Element]:
    """The runs. A link that stays holds its revisions; one that is new or gone is a field in a revision, since
    a link that a reader empties by accepting or rejecting stays behind.
    """
    for _, group in groupby(said, lambda one: id(one.link)):
        together = list(group)
        link = together[0].link
        stays = link is not None and any(not one.kind for one in together)
        made: list[Element] = []
        for kind, same in groupby(together, lambda one: one.kind):
            runs = list(_runs([one.token for one in same]))
            if link is not None and not stays:
                runs = field(_code(link, address), runs)
            made += [marks.of(kind, place, *_in(kind, runs))] if kind else runs
        if link is not None and stays:
            whole = make("hyperlink", *made)
            whole.attrib.update(dict(link.attrib))
            made = [whole]
        yield from made


def _runs(found: Sequence[Token]) -> Iterator[Element]:
    for (whole, _), same in groupby(found, lambda token: (token.whole, token.look)):
        together = list(same)
        if whole:
            yield from (deepcopy(run) for token in together for run in token.runs)
            continue
        words = make("t")
        words.text = "".join(token.says for token in together)
        words.set(SPACE, "preserve")
        yield make("r", *map(deepcopy, together[0].runs[0].findall(w("rPr"))), words)


def _in(kind: str, runs: list[Element]) -> list[Element]:
    if kind == "del":
        for run in runs:
            for part in run:
                part.tag = _GONE.get(part.tag, part.tag)
    return runs


def _code(link: Element, address: Callable[[str], str]) -> str:
    """What a field says to be a link."""
    anchor, tip = link.get(w("anchor")), link.get(w("tooltip"))
    target = address(link.get(RELATION, "")) if link.get(RELATION) else ""
    parts = ["HYPERLINK", *([_quoted(target)] if target else []), *(["\\l", _quoted(anchor)] if anchor else [])]
    return " ".join([*parts, *(["\\o", _quoted(tip)] if tip else [])])


def _quoted(words: str) -> str:
    return '"{}"'.format(words.replace("\\", "\\\\").replace('"', "%22"))
