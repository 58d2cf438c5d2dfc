"""What changed, for a terminal and for programs; Markdown and HTML are templates."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .told import Branch, Change, Changes

Span = tuple[str, str]  # words, and what they are: `title`, `added`, `removed` or nothing in particular


def lines(changes: Changes) -> Iterator[list[Span]]:
    """What changed as lines of words, each with what it is, so that a terminal may colour it."""
    yield [(changes.summary, "")]
    for group in changes.groups:
        yield []
        yield [(group.title, "title"), (f" ({group.summary})", "")]
        for branch in group.branches:
            yield from _branch(branch, "  ")


def _branch(branch: Branch, space: str) -> Iterator[list[Span]]:
    if len(branch.changes) == 1:
        change = branch.changes[0]
        yield [(f"{space}{branch.name}{', ' if change.label else ' '}", ""), *_spans(change)]
    else:
        yield [(f"{space}{branch.name}", "")]
        for change in branch.changes:
            yield [(f"{space}  ", ""), *_spans(change)]
    for inner in branch.branches:
        yield from _branch(inner, space + "  ")


def as_json(changes: Changes) -> str:
    """What changed for programs: groups of records, each with its key and its changes."""
    groups = [
        {
            "key": group.key,
            "title": group.title,
            "records": [
                {
                    "key": subject.key,
                    "name": subject.name,
                    "within": [name for _, name in subject.within],
                    "changes": [_flat(change) for change in subject.changes],
                }
                for subject in group.subjects
            ],
        }
        for group in changes.groups
    ]
    return json.dumps({"summary": changes.summary, "groups": groups}, indent=2, ensure_ascii=False)


def _flat(change: Change) -> dict[str, object]:
    return {
        "what": change.what,
        "field": change.label,
        "told": " ".join(filter(None, (change.opening, change.words))) + change.ending,
        "pieces": [{"kind": piece.kind, "text": piece.text} for piece in change.pieces],
        "for_editors_only": change.editors,
    }


def _spans(change: Change) -> Iterator[Span]:
    yield change.opening, ""
    kinds = {piece.kind for piece in change.pieces} - {"same"}
    if change.pieces:
        yield " " + change.words, kinds.pop() if len(kinds) == 1 and len(change.pieces) == 1 else ""
    yield change.ending, ""
