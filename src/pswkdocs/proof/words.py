"""Words that tell a reader nothing, in whichever format they stand."""

from __future__ import annotations

import re

_FILE_OR_NUMBER = re.compile(
    r".*\.(png|jpe?g|svg|gif|webp|pdf)|(image|picture|figure|photo|chart|graph|drawing|logo|icon)\W*\d*", re.I
)
_VAGUE = frozenset(("", "click here", "details", "go", "here", "link", "more", "page", "read more", "see more", "this"))


def is_junk(alternative: str) -> bool:
    """Whether the words for a picture say nothing of what it shows."""
    return not alternative.strip() or _FILE_OR_NUMBER.fullmatch(alternative.strip()) is not None


def is_vague(link: str) -> bool:
    """Whether the words of a link say nothing of where it leads."""
    return link.strip(" .,:;→>…").lower() in _VAGUE
