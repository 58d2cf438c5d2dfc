"""Words that tell a reader nothing, in whichever format they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FILE_OR_NUMBER = re.compile(
    r".*\.(png|jpe?g|svg|gif|webp|pdf)|(image|picture|figure|photo|chart|graph|drawing|logo|icon)\W*\d*", re.I
)
_VAGUE = frozenset(("", "click here", "details", "go", "here", "link", "more", "page", "read more", "see more", "this"))


def misplaced(level: int, last: int, words: str) -> Iterator[str]:
    """Whether a heading stands too deep: `last` is the level of the one before it, none for the first."""
    if level > last + 1:
        below = f"stands right below one of level {last}" if last else "is the first"
        yield f"the heading “{words}” of level {level} {below}"


def heading_faults(headings: Iterable[tuple[int, str]]) -> Iterator[str]:
    """What is wrong with headings, which are handed over as their levels and words."""
    last = 0
    for level, words in headings:
        if words:
            yield from misplaced(level, last, words)
        else:
            yield f"a heading of level {level} says nothing"
        last = level


def is_junk(alternative: str) -> bool:
    """Whether the words for a picture say nothing of what it shows."""
    return not alternative.strip() or _FILE_OR_NUMBER.fullmatch(alternative.strip()) is not None


def is_vague(link: str) -> bool:
    """Whether the words of a link say nothing of where it leads."""
    return link.strip(" .,:;→>…").lower() in _VAGUE
