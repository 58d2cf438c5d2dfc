"""What changed, as it is told: publication by publication, record by record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .words import Piece

What = Literal["added", "removed", "changed", "moved", "renumbered"]
WHATS: tuple[What, ...] = ("added", "removed", "changed", "moved", "renumbered")


Named = tuple[str, str]  # a record's key, and how it is called


@dataclass(frozen=True)
class Change:
    """One thing that changed in a record, or that happened to it."""

    what: What
    label: str = ""
    """The field, as a planner calls it; empty where the whole record is meant."""
    says: str = ""
    """What is told in a sentence, as in `moved from Live Well to Age and Care Well`."""
    pieces: tuple[Piece, ...] = ()
    """The words or the values that came and went."""
    prose: bool = False
    """Whether the pieces are words of a text rather than two values."""
    why: str = ""
    """The reason, where the register of retired ids states one."""
    editors: bool = False
    """Whether readers never see it."""

    @property
    def opening(self) -> str:
        """What is told before the pieces, as in `target:` or `added (2024/25):`."""
        joined = " " if self.what in ("added", "removed") else ": "
        said = joined.join(filter(None, (self.label, self.says)))
        return f"{said}:" if self.pieces else said

    @property
    def ending(self) -> str:
        """What is told after the pieces."""
        return (f" Reason: {self.why}" if self.why else "") + (" (editors only)" if self.editors else "")

    @property
    def words(self) -> str:
        """The pieces as plain text: `80% → 85%`, `“By [2029 → 2030] …”`, `“A new sentence.”`."""
        if not self.prose:
            was = ", ".join(piece.text for piece in self.pieces if piece.kind == "removed")
            now = ", ".join(piece.text for piece in self.pieces if piece.kind == "added")
            return " → ".join(filter(None, (was, now)))
        if len(self.pieces) == 1 or [piece.kind for piece in self.pieces] == ["removed", "added"]:
            return " → ".join(f"“{_on_a_line(piece.text)}”" for piece in self.pieces)
        return f"“{_on_a_line(''.join(_bracketed(self.pieces)))}”"


def _bracketed(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """Words of a text, with what came and went in brackets."""
    last = len(pieces) - 1
    for position, piece in enumerate(pieces):
        text = piece.text.strip()
        space = " " * piece.text.startswith((" ", "\n"))
        replaced = position < last and piece.kind == "removed" and pieces[position + 1].kind == "added"
        if piece.kind == "same":
            yield piece.text
        elif replaced:
            yield f"{space}[{text} → "
        elif piece.kind == "added" and position and pieces[position - 1].kind == "removed":
            yield f"{text}]"
        else:
            yield f"{space}[{piece.kind}: {text}]"


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True)
class Subject:
    """A record and all that changed in it."""

    key: str
    """Its permanent key: the new one, or the last one of what is gone."""
    name: str
    """How it is called, as in `outcome “By 2029, 80% of …”` or `clause 3.7(b)`."""
    within: tuple[Named, ...]
    """What it is a part of, below the publication, the widest first."""
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Branch:
    """A record as it is shown: what changed in it, then what stands in it; what is around it is told once."""

    key: str
    name: str
    changes: tuple[Change, ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Group:
    """A publication or a register and all that changed in it."""

    key: str
    title: str
    subjects: tuple[Subject, ...]

    @property
    def summary(self) -> str:
        """How much changed, as in `1 added, 3 changed`."""
        return _counted(change for subject in self.subjects for change in subject.changes)

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Its records, each within what it is a part of."""
        return _branches([((*subject.within, (subject.key, subject.name)), subject) for subject in self.subjects])


@dataclass(frozen=True)
class Changes:
    """All that changed between two contents."""

    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        return sum(len(subject.changes) for group in self.groups for subject in group.subjects)

    @property
    def summary(self) -> str:
        """How much changed, in one sentence."""
        if not self.groups:
            return "Nothing changed."
        every = [change for group in self.groups for subject in group.subjects for change in subject.changes]
        places = ", ".join(group.title for group in self.groups)
        return f"{self.count} change{'s' * (self.count != 1)} ({_counted(every)}) in: {places}."

    def for_readers(self) -> Changes:
        """The same without what readers never see."""
        groups = []
        for group in self.groups:
            shown = [
                replace(subject, changes=public)
                for subject in group.subjects
                if (public := tuple(change for change in subject.changes if not change.editors))
            ]
            if shown:
                groups.append(replace(group, subjects=tuple(shown)))
        return Changes(tuple(groups))


def _branches(subjects: list[tuple[tuple[Named, ...], Subject]]) -> tuple[Branch, ...]:
    """Subjects by the first record of their paths, then by the next."""
    at: dict[Named, list[tuple[tuple[Named, ...], Subject]]] = {}
    for (first, *rest), subject in subjects:
        at.setdefault(first, []).append((tuple(rest), subject))
    made = []
    for (key, name), held in at.items():
        changes = tuple(change for rest, subject in held if not rest for change in subject.changes)
        below = _branches([(rest, subject) for rest, subject in held if rest])
        made.append(Branch(key, name, changes, below))
    return tuple(made)


def _counted(changes: Iterator[Change] | list[Change]) -> str:
    counted = Counter(change.what for change in changes)
    return ", ".join(f"{counted[what]} {what}" for what in WHATS if counted[what])
