"""What rests on what: whoever refers to an objective rests on what it says, and looks again once that changes.

A file says in `confirmed` what it rests on, each with the fingerprint of what that said when a person last looked.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .mentions import Mention, mentions
from .model.charter import Clause, Section, Subclause
from .model.content import Address, Content, Entry
from .model.local_plan import CrossCuttingEnabler
from .model.meeting import ActionLog, ClosedPart, Meeting
from .model.plan import Enabler, Priority
from .model.publication import Figure, Statement, StatementGroup, Titled
from .model.record import FileRecord, Part, Record, Ref, markers
from .model.strategy import CaseStudy, EvidenceRow, StrategicPriority

# What others rest on: what is planned, promised, measured or found. Who is who, terms, sources and whole publications
# only name something.
RESTED_ON: tuple[type[Record], ...] = (
    *(Priority, Enabler, StrategicPriority, CrossCuttingEnabler),
    *(Statement, StatementGroup, Titled, Figure),
    *(Section, Clause, Subclause),
    *(CaseStudy, EvidenceRow),
)
# What was said stays as it was said, whatever changes; and it changes with each meeting.
_OF_A_DAY = (Meeting, ClosedPart, ActionLog)
# What says nothing of the matter: where a record stands, what editors say of it; and who looks after a file.
_UNMEANT = {"id", "number", "letter", "source", "note"}
_OF_A_FILE = {"audience", "owner", "review_by", "confirmed"}
_LINK = re.compile(r"\]\(<?#[^)\s]*\)")  # where a link leads can change with an id


@dataclass(frozen=True, eq=False)
class Marks:
    """A file that rests on others, and what is to be looked at again in it."""

    entry: Entry
    rests: tuple[Mention, ...]
    """Each place that rests on a record of another file."""
    now: dict[str, str] = field(repr=False)
    """The fingerprints of these records, by their keys."""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What was confirmed: keys and fingerprints, in the file's order."""
        return tuple((key, mark) for key, mark in (line.split() for line in self.entry.record.confirmed or ()))

    @property
    def again(self) -> tuple[Mention, ...]:
        """The places to be looked at again; none in a file that nobody has begun to confirm."""
        if self.entry.record.confirmed is None:
            return ()
        return tuple(mention for mention in self.rests if self.was(mention) != self.now[mention.target.key])

    def was(self, mention: Mention) -> str:
        """The fingerprint that was confirmed for a place; empty where none was."""
        return dict(reversed(self.lines)).get(mention.target.key, "")

    @property
    def idle(self) -> tuple[int, ...]:
        """The lines on which nothing rests, or that say again what another says."""
        keys = [key for key, _ in self.lines]
        return tuple(place for place, key in enumerate(keys) if key not in self.now or key in keys[:place])


def marks(content: Content) -> Iterator[Marks]:
    """Every file that rests on others, or says that it does."""
    held: dict[str, list[Mention]] = {}
    for mention in mentions(content):
        if rests(mention):
            held.setdefault(mention.holder.entry.source.path, []).append(mention)
    known: dict[str, str] = {}
    for entry in content.entries:
        resting = held.get(entry.source.path, [])
        if resting or entry.record.confirmed is not None:
            for mention in resting:
                if mention.target.key not in known:
                    known[mention.target.key] = fingerprint(content, mention.target)
            yield Marks(entry, tuple(resting), {it.target.key: known[it.target.key] for it in resting})


def rests(mention: Mention) -> bool:
    """Whether what names a record rests on it: a whole's list of its parts does not, nor does the record's own file."""
    if mention.contains or mention.mark or mention.target.entry is mention.holder.entry:
        return False
    files = (mention.target.entry.record, mention.holder.entry.record)
    return isinstance(mention.target.record, RESTED_ON) and not any(isinstance(file, _OF_A_DAY) for file in files)


def fingerprint(content: Content, address: Address) -> str:
    """Eight signs that change when what a record says does; how it is written, or where it stands, changes nothing.

    Of a file's own record, what the records inside it say is left to these.
    """
    said = _said(content, address.entry, address.record, own_alone=address.whole)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _said(content: Content, entry: Entry, part: Part, *, own_alone: bool) -> dict[str, Any]:
    """What a record says, as plain data; what is not stated, or is as the model has it, is not there."""
    found: dict[str, Any] = {}
    unmeant = _UNMEANT | _OF_A_FILE if isinstance(part, FileRecord) else _UNMEANT
    for name, about in type(part).model_fields.items():
        value = getattr(part, name)
        if name in unmeant or value == about.default:
            continue
        refs = [mark for mark in markers(type(part), name) if isinstance(mark, Ref)]
        items = value if isinstance(value, tuple) else (value,)
        told = [_value(content, entry, item, refs, own_alone) for item in items]
        if kept := sorted((it for it in told if it), key=repr):  # their order says nothing
            found[name] = kept
    return found


def _value(content: Content, entry: Entry, value: Any, refs: list[Ref], own_alone: bool) -> Any:
    if isinstance(value, Part):
        if own_alone and isinstance(value, Record):
            return None
        return _said(content, entry, value, own_alone=own_alone)
    for ref in refs:
        return _named(content, entry, ref, value)
    return " ".join(_LINK.sub("]", str(value)).split())


def _named(content: Content, entry: Entry, ref: Ref, id: str) -> str | None:
    """What a reference says: a name, which a new id leaves as it is; what it rests on itself is another matter."""
    target = content.named(ref, id, entry)
    if target is None:
        return id
    if isinstance(target.record, RESTED_ON):
        return None
    return next((str(name) for it in ("name", "title", "term") if (name := getattr(target.record, it, None))), id)
