"""Words in the content: where they stand, in which field of which record, and the sentence around them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import prose
from ..changes.labels import label as called
from ..model.content import Address, Content
from ..model.record import Markup, values
from ..problems import Span

_AS_TYPED = str.maketrans("‘’“”–—\N{NO-BREAK SPACE}", "''\"\"-- ")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")


@dataclass(frozen=True)
class Hit:
    """A field that says what was looked for: where, whose, what planners call it, its sentence and the words in it."""

    span: Span
    key: str
    field: str
    sentence: str
    marks: tuple[tuple[int, int], ...]


def find(content: Content, sought: str) -> list[Hit]:
    """Every field with the phrase; where none has it, those with all of its words. Case and accents do not count."""
    phrase = _folded(sought).split()
    return (list(_hits(content, [r"\s+".join(map(re.escape, phrase))])) if phrase else []) or list(
        _hits(content, [re.escape(word) for word in phrase])
    )


def nearest(content: Content, sought: str) -> list[str]:
    """Words of the content, and ids, that look like what was looked for."""
    words = {word.lower() for _, _, _, text in _texts(content) for word in re.findall(r"\w[\w’-]+", text)}
    known = [*sorted(words), *content.addresses]
    near = [difflib.get_close_matches(word, known, 2, 0.75) for word in sought.lower().split()]
    return list(dict.fromkeys(word for found in near for word in found if word not in sought.lower().split()))


def _hits(content: Content, patterns: Sequence[str]) -> Iterator[Hit]:
    found = [re.compile(pattern) for pattern in patterns]
    for address, loc, field, text in _texts(content):
        folded = _folded(text)
        matches = [match.span() for pattern in found for match in pattern.finditer(folded)]
        if not found or not all(pattern.search(folded) for pattern in found):
            continue
        start, end = min(matches)
        sentence, offset = _sentence(text, start)
        inside = [(a - offset, b - offset) for a, b in matches if offset <= a and b <= offset + len(sentence)]
        source = address.entry.source
        nth = len(re.findall(rf"(?<!\w){re.escape(text[start:end])}(?!\w)", text[:start]))
        yield Hit(source.find_words(loc, text[start:end], nth), address.key, field, sentence, tuple(sorted(inside)))


def _texts(content: Content) -> Iterator[tuple[Address, tuple[str | int, ...], str, str]]:
    """Every value of every record as readers see it, with its place and what planners call its field."""
    for entry in content.entries:
        for address in entry.parts:
            for loc, value, marks in values(address.record, address.loc):
                name = next((step for step in reversed(loc) if isinstance(step, str)), "")
                text = prose.plain(value) if any(isinstance(mark, Markup) for mark in marks) else value
                yield address, loc, called(type(address.record), name), text


def _folded(text: str) -> str:
    """A text in small letters, without accents, its marks as keys write them; as long as it was."""
    text = text.translate(_AS_TYPED)
    return "".join((unicodedata.normalize("NFKD", letter)[:1] or letter).lower()[:1] or letter for letter in text)


def _sentence(text: str, at: int) -> tuple[str, int]:
    """The sentence in which a character stands, and where that begins."""
    start = max([0, *(match.end() for match in _SENTENCE.finditer(text) if match.end() <= at)])
    ends = [match.start() for match in _SENTENCE.finditer(text) if match.start() > at]
    return text[start : min([len(text), *ends])], start
