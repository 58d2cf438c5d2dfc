"""All content together, frozen, with every record findable by its id and linked both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ..source import Loc, Source
from .record import AUDIENCES, Audience, FileRecord, Markup, Part, Record, Ref, records, values

T = TypeVar("T", bound=FileRecord)
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Entry:
    """A content file and the record that it holds."""

    source: Source = field(repr=False)
    record: FileRecord


@dataclass(frozen=True)
class Address:
    """A record with the file it stands in and its place there."""

    entry: Entry
    loc: Loc
    record: Record

    @property
    def kind(self) -> str:
        return kind(type(self.record))

    @property
    def whole(self) -> bool:
        """Whether it is a file's own record rather than a part of one."""
        return not self.loc

    @property
    def key(self) -> str:
        """Its id in all content: `vital-5`, or `vital-5/diagnosed` for a part of it."""
        return self.record.id if self.whole else f"{self.entry.record.id}/{self.record.id}"


def kind(record: type[Part]) -> str:
    """A type's name as a planner says it: `source document` for SourceDocument."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", record.__name__).lower()


@dataclass(frozen=True)
class Content:
    """Everything that was read."""

    entries: tuple[Entry, ...]
    addresses: Mapping[str, Address] = field(repr=False)
    by_kind: Mapping[tuple[str, str], Address] = field(repr=False)
    parents: Mapping[str, Address] = field(repr=False)
    mentions: Mapping[str, tuple[Address, ...]] = field(repr=False)

    @classmethod
    def of(cls, entries: tuple[Entry, ...]) -> Content:
        """Link entries both ways; where an id stands twice the first counts."""
        addresses: dict[str, Address] = {}
        by_kind: dict[tuple[str, str], Address] = {}
        for entry in entries:
            for address in parts(entry):
                addresses.setdefault(address.key, address)
                by_kind.setdefault((address.kind, address.record.id), address)
        linked = cls(entries, addresses, by_kind, {}, {})
        parents: dict[str, Address] = {}
        mentions: dict[str, list[Address]] = {}
        for entry in entries:
            for holder, _, text, ref in linked.references(entry):
                target = linked.resolve(ref, text, entry)
                if target is None:
                    continue
                if ref.contains:
                    parents.setdefault(target.key, holder)
                elif holder not in (seen := mentions.setdefault(target.key, [])):
                    seen.append(holder)
        return cls(entries, addresses, by_kind, parents, {key: tuple(held) for key, held in mentions.items()})

    def references(self, entry: Entry) -> Iterator[tuple[Address, Loc, str, Ref]]:
        """Every id of another record in a file: who holds it, where it stands, what it says, what it means."""
        for address in parts(entry):
            for loc, text, markers in own_values(address):
                for marker in markers:
                    if isinstance(marker, Ref):
                        yield address, loc, text, marker

    def resolve(self, ref: Ref, id: str, entry: Entry) -> Address | None:
        """The record that a reference means: in its own file first, then anywhere."""
        near = self.addresses.get(f"{entry.record.id}/{id}")
        if near and near.kind == ref.kind:
            return near
        return self.by_kind.get((ref.kind, id))

    def target(self, link: str, entry: Entry) -> Address | None:
        """The record that a link in a text means: `#clause` near by, `#vital-5` or `#vital-5/diagnosed`."""
        return self.addresses.get(f"{entry.record.id}/{link}") or self.addresses.get(link)

    def every(self, type_: type[T]) -> tuple[T, ...]:
        """All records with a file of their own of one type, in order of their paths."""
        return tuple(entry.record for entry in self.entries if isinstance(entry.record, type_))

    def the(self, type_: type[T]) -> T:
        """The one record of a type of which there is only one; `load` made sure that it is there."""
        return self.every(type_)[0]

    def get(self, type_: type[R], id: str) -> R:
        """The record of a type with this id; `check` made sure that references lead somewhere."""
        record = self.by_kind[(kind(type_), id)].record
        assert isinstance(record, type_)
        return record

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of all parts with files of their own, in the order that their wholes give them."""
        return tuple(self.parents)

    def audience(self, entry: Entry) -> Audience:
        """Who may see a file's record: its own word, else that of the whole it belongs to, else restricted."""
        if entry.record.audience:
            return entry.record.audience
        parent = self.parents.get(entry.record.id)
        return self.audience(parent.entry) if parent else "restricted"

    def seen_by(self, audience: Audience) -> Content:
        """What readers of `audience` may see: the rest is not there at all."""
        widest = AUDIENCES.index(audience)
        return Content.of(tuple(e for e in self.entries if AUDIENCES.index(self.audience(e)) <= widest))


def parts(entry: Entry) -> Iterator[Address]:
    """Every record of a file, its own first."""
    for loc, record in records(entry.record):
        yield Address(entry, loc, record)


def own_values(address: Address) -> Iterator[tuple[Loc, str, tuple[Ref | Markup, ...]]]:
    """The text values of a record without those of the records inside it."""
    inner = {loc for loc, _ in records(address.record, address.loc) if loc != address.loc}
    for loc, text, markers in values(address.record, address.loc):
        if not any(loc[: len(other)] == other for other in inner):
            yield loc, text, markers
