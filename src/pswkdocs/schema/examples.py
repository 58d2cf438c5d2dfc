"""For each field, how it is filled somewhere in the content: what a description of fields can show."""

from __future__ import annotations

from typing import Any

from ..model.content import Content
from ..model.record import Part

LONGEST = 60  # characters of an example: what is longer shows less

Examples = dict[tuple[type[Part], str], str]


def examples(content: Content) -> Examples:
    """The first short value of each field of each model that everybody may read, as it stands in its file."""
    found: Examples = {}
    for entry in content.seen_by("public").entries:
        _note(entry.record, entry.source.data, found)
    return found


def _note(record: Part, data: Any, found: Examples) -> None:
    if not isinstance(data, dict):  # a source is one text, but two fields of its model
        return
    for name, written in data.items():
        if text := _shown(written):
            found.setdefault((type(record), name), text)
        value = getattr(record, name)
        pairs = zip(value, written, strict=True) if isinstance(value, tuple) else [(value, written)]
        for inner, below in pairs:
            if isinstance(inner, Part):
                _note(inner, below, found)


def _shown(written: Any) -> str:
    """A text or a list of texts as it is written, if it is short."""
    texts = written if isinstance(written, list) else [written]
    if not written or not all(isinstance(text, str) for text in texts):
        return ""
    line = f"[{', '.join(texts)}]" if isinstance(written, list) else written
    return line if len(line) <= LONGEST and "\n" not in line else ""
