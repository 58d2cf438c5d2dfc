"""One of the two contents that are compared: where its records stand, and what they say, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import unescape
from textwrap import shorten as shortened
from typing import Any

from .. import prose
from ..edition import spoken
from ..model.charter import STRENGTHS, Clause, Subclause
from ..model.content import Address, Content, Entry
from ..model.local_plan import PlanTerm
from ..model.meeting import Enclosure, Progress
from ..model.plan import Outcome
from ..model.publication import Comparator, Publication
from ..model.record import AUDIENCES, Audience, Citation, Markup, Part, Record, Ref, markers
from ..model.retired import Retirement
from ..view import NUMBERED, label
from .labels import noun

UNSTATED = "not stated"
_HIDDEN = "something that is not shown here"
_INNER = str.maketrans("“”", "‘’")  # quotation marks within others
_NO_TERMS = prose.Terms({}, {})
_BLOCK_END = re.compile(r"</(?:p|li|blockquote|tr|td|th)>|<br ?/?>")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, eq=False)
class Standing:
    """A record and the list that it stands in."""

    address: Address
    parent: Address | None
    """The record around it; for one with a file of its own, the one whose list names it."""
    path: tuple[str, ...]
    """The fields that lead from the parent to it."""
    position: int

    @property
    def key(self) -> str:
        return self.address.key

    @property
    def record(self) -> Record:
        return self.address.record

    @property
    def among(self) -> str:
        """The list that it stands in, by its field's name."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, eq=False)
class Side:
    """What one audience sees of one content, and what editors alone see."""

    content: Content
    editors: tuple[Entry, ...] = field(repr=False)
    """Files that no reader sees and this audience may."""

    @classmethod
    def of(cls, content: Content, audience: Audience) -> Side:
        """What readers of `audience` may see, and nothing else."""
        may = AUDIENCES[: AUDIENCES.index(audience) + 1]
        editors = [it for it in content.entries if not it.record.for_readers and content.audience(it) in may]
        return cls(content.seen_by(audience), tuple(editors))

    @cached_property
    def standing(self) -> dict[str, Standing]:
        """Every record by its key, in the order in which readers meet them."""
        found: dict[str, Standing] = {}
        for entry in self._in_order():
            for standing in self._in_file(entry):
                found.setdefault(standing.key, standing)
        return found

    def _in_order(self) -> list[Entry]:
        order = {id: position for position, id in enumerate(self.content.order)}
        wholes = {entry.record.id: position for position, entry in enumerate(self.content.entries)}

        def place(entry: Entry) -> tuple[bool, int, int]:
            whole = self.whole(entry)
            return not isinstance(whole.record, Publication), wholes[whole.key], order.get(entry.record.id, -1)

        return [*sorted(self.content.entries, key=place), *self.editors]

    def _in_file(self, entry: Entry) -> Iterator[Standing]:
        by_loc = {address.loc: address for address in entry.parts}
        for address in entry.parts:
            if address.whole:
                yield self._file(address)
                continue
            steps = next(n for n in range(len(address.loc) - 1, -1, -1) if address.loc[:n] in by_loc)
            rest = address.loc[steps:]
            path = tuple(step for step in rest if isinstance(step, str))
            position = rest[-1] if isinstance(rest[-1], int) else 0
            yield Standing(address, by_loc[address.loc[:steps]], path, position)

    def _file(self, address: Address) -> Standing:
        parent = self.content.parents.get(address.key)
        for reference in parent.entry.references if parent else ():
            if reference.means.contains and reference.id == address.key:
                names = tuple(step for step in reference.loc if isinstance(step, str))
                return Standing(address, parent, names, int(reference.loc[-1]))
        return Standing(address, None, (), 0)

    def whole(self, entry: Entry) -> Address:
        """The publication or the register that a file belongs to."""
        whole = self.content.whole_of(entry.record)
        return entry.parts[0] if whole is entry.record else self.content.addresses[whole.id]

    def is_for_editors(self, standing: Standing) -> bool:
        """Whether no reader is shown its file."""
        return not standing.address.entry.record.for_readers

    def named(self, standing: Standing) -> str:
        """A record as a planner calls it: its number, else what it is and its title or first words."""
        record, called = standing.record, label(standing.address)
        if isinstance(record, Subclause):
            return called
        if type(record) in NUMBERED:
            title = getattr(record, "title", "")
            return f"{called}, “{title}”" if title else called
        if isinstance(record, Outcome):  # its measure says less than what readers are shown first
            called = shortened(prose.plain(record.text), 70, placeholder=" …")
        if isinstance(record, PlanTerm):
            called = record.term
        inside = called.removeprefix("decision: ").translate(_INNER)
        what = noun(type(record), standing.among)
        return what if what == inside.lower() else f"{what} “{inside}”"

    def itself(self, standing: Standing) -> str:
        """A record in which something changed: a publication or a register, whose title stands above, without it."""
        if standing.key == self.whole(standing.address.entry).key:
            return f"the {noun(type(standing.record))} itself"
        return self.named(standing)

    def within(self, standing: Standing) -> tuple[tuple[str, str], ...]:
        """What a record is a part of, below its publication, the widest first: each with its key."""
        found: list[tuple[str, str]] = []
        above = standing.parent
        whole = self.whole(standing.address.entry)
        while above and above.key != whole.key:
            if not isinstance(standing.record, Clause | Subclause):
                found.insert(0, (above.key, self.named(self.standing[above.key])))
            above = self.standing[above.key].parent
        return tuple(found)

    def text(self, text: str, entry: Entry) -> str:
        """A text field's words, a paragraph or an item a line, its links as readers see them."""
        html = _BLOCK_END.sub("\n", self.html(text, entry))
        lines = (" ".join(unescape(_TAG.sub("", line)).split()) for line in html.split("\n"))
        return "\n".join(filter(None, lines))

    def html(self, text: str, entry: Entry) -> str:
        """A text field's HTML, by which two are told apart that have the same words."""

        def target(link: str) -> prose.Target:
            address = self.content.target(link, entry)
            return prose.Target(address.key, label(address)) if address else prose.Target("", _HIDDEN)

        return str(prose.to_html(text, target, _NO_TERMS, inline=False))

    def said(self, value: Any, marks: tuple[Ref | Markup, ...], entry: Entry) -> str:
        """A value in words: a name for an id, a day as people say it."""
        if value is None or value == ():
            return UNSTATED
        if isinstance(value, Part):
            return self._said_part(value, entry)
        if isinstance(value, tuple):
            return ", ".join(self.said(item, marks, entry) for item in value)
        if isinstance(value, date):
            return spoken(value)
        for mark in marks:
            if isinstance(mark, Ref):
                address = self.content.named(mark, value, entry)
                return label(address) if address else _HIDDEN
            return self.text(value, entry).replace("\n", " ")
        return str(value)

    def _said_part(self, part: Part, entry: Entry) -> str:
        said = {
            name: self.said(value, markers(type(part), name), entry)
            for name in type(part).model_fields
            if (value := getattr(part, name)) not in (None, ()) and name != "source"
        }
        match part:
            case Citation():
                return said["document"] + (f", lines {part.lines.replace('-', '–')}" if part.lines else "")
            case Comparator():
                return f"{part.place}: {part.value}"
            case Progress():
                return f"{said['told']}: {part.status}" + (f", “{said['text']}”" if part.text else "")
            case Enclosure():
                title = said.get("publication") or part.pdf_title or said.get("pdf", "")
                return (f"Enclosure {part.letter}, " if part.letter else "") + f"“{title}”"
            case Retirement():
                return f"“{part.title}” (went on {said['gone']})"
        return ", ".join(said.values())

    def field(self, record: Part, name: str, entry: Entry) -> str:
        """What a field says, in words."""
        value = getattr(record, name)
        if isinstance(record, Clause) and name == "strength":
            return STRENGTHS[record.strength] if record.strength else UNSTATED
        return self.said(value, markers(type(record), name), entry)
