"""All content together, frozen, with every record findable by its id and linked both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from ..source import Loc, Source
from .meeting import AgendaItem
from .partnership import Edition, Partnership
from .publication import Publication
from .record import AUDIENCES, Audience, FileRecord, Markup, Part, Record, Ref, records, values

T = TypeVar("T", bound=FileRecord)
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, eq=False)
class Entry:
    """A content file and the record that it holds."""

    source: Source = field(repr=False)
    record: FileRecord

    @property
    def file_name(self) -> str:
        """The name of its file, without the ending."""
        return PurePosixPath(self.source.path).stem

    @cached_property
    def parts(self) -> tuple[Address, ...]:
        """Every record of the file, its own first."""
        return tuple(Address(self, loc, record) for loc, record in records(self.record))

    @cached_property
    def papers(self) -> tuple[tuple[Loc, str], ...]:
        """The PDFs beside the file that its agenda names: the place of each name, and the path."""
        return tuple(
            ((*address.loc, "enclosures", number, "pdf"), self.beside(enclosure.pdf))
            for address in self.parts
            if isinstance(address.record, AgendaItem)
            for number, enclosure in enumerate(address.record.enclosures)
            if enclosure.pdf
        )

    def beside(self, name: str) -> str:
        """The path of a file that lies beside this one."""
        return PurePosixPath(self.source.path).with_name(name).as_posix()

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every id of another record in the file."""
        return tuple(
            Reference(address, loc, text, marker)
            for address in self.parts
            for loc, text, markers in values(address.record, address.loc)
            for marker in markers
            if isinstance(marker, Ref)
        )

    @cached_property
    def texts(self) -> tuple[tuple[Loc, str, Markup], ...]:
        """Every field of the file that holds CommonMark: its place, its text, what it may hold."""
        return tuple(
            (loc, text, marker)
            for address in self.parts
            for loc, text, markers in values(address.record, address.loc)
            for marker in markers
            if isinstance(marker, Markup)
        )


@dataclass(frozen=True, eq=False)
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
    def around(self) -> tuple[Address, ...]:
        """The records that it is a part of, the widest first."""
        found = [whole for whole in self.entry.parts if whole is not self and whole.loc == self.loc[: len(whole.loc)]]
        return tuple(found)

    @property
    def key(self) -> str:
        """Its id in all content: `vital-5`, or `vital-5/diagnosed` for a part of it."""
        return self.record.id if self.whole else f"{self.entry.record.id}/{self.record.id}"


@dataclass(frozen=True, eq=False)
class Reference:
    """An id of another record: who holds it, where it stands, what it says and what it should mean."""

    holder: Address
    loc: Loc
    id: str
    means: Ref


@cache
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
    papers: Mapping[str, bytes] = field(repr=False)
    """PDFs from elsewhere that meetings enclose, by their paths."""

    def issued(self, version: str, day: date) -> Content:
        """The same content as the edition of this name and day."""
        edition = {"edition": Edition(version=version, date=day)}
        entries = (
            replace(entry, record=entry.record.model_copy(update=edition))
            if isinstance(entry.record, Partnership)
            else entry
            for entry in self.entries
        )
        return self.of(tuple(entries), self.papers)

    @classmethod
    def of(cls, entries: tuple[Entry, ...], papers: Mapping[str, bytes]) -> Content:
        """Link entries both ways; where an id stands twice the first counts."""
        addresses: dict[str, Address] = {}
        by_kind: dict[tuple[str, str], Address] = {}
        for entry in entries:
            for address in entry.parts if entry.record.for_readers else ():
                addresses.setdefault(address.key, address)
                by_kind.setdefault((address.kind, address.record.id), address)
                if isinstance(address.record, Publication):
                    by_kind.setdefault(("publication", address.record.id), address)
        parents: dict[str, Address] = {}
        for entry in entries:
            for reference in entry.references:
                part = by_kind.get((reference.means.kind, reference.id)) if reference.means.contains else None
                if part:
                    parents.setdefault(part.key, reference.holder)
        linked = cls(entries, addresses, by_kind, parents, {}, papers)
        mentions: dict[str, list[Address]] = {}
        for entry in entries:
            for reference in entry.references:
                target = None if reference.means.contains else linked.resolve(reference)
                if target and reference.holder not in (seen := mentions.setdefault(target.key, [])):
                    seen.append(reference.holder)
        found = {key: tuple(held) for key, held in mentions.items()}
        return cls(entries, addresses, by_kind, parents, found, papers)

    def resolve(self, reference: Reference) -> Address | None:
        """The record that a reference means."""
        return self.named(reference.means, reference.id, reference.holder.entry)

    def named(self, means: Ref, id: str, entry: Entry) -> Address | None:
        """The record of a kind with an id, as a file means it: near by first, then anywhere."""
        return self.near(means, id, entry) or self.by_kind.get((means.kind, id))

    def near(self, means: Ref, id: str, entry: Entry) -> Address | None:
        """The record of a kind with an id in a file itself, in its meeting, or in the whole that it belongs to."""
        for file in (entry.record.id, getattr(entry.record, "meeting", ""), self.whole_of(entry.record).id):
            found = self.addresses.get(f"{file}/{id}")
            if found and found.kind == means.kind:
                return found
        return None

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

    def whole_of(self, record: FileRecord) -> FileRecord:
        """The publication that a file's record belongs to; one that belongs to none is a whole itself."""
        while parent := self.parents.get(record.id):
            record = parent.entry.record
        return record

    def audience(self, entry: Entry) -> Audience:
        """Who may see a file's record: its own word, else that of the whole it belongs to, else restricted."""
        if entry.record.audience:
            return entry.record.audience
        parent = self.parents.get(entry.record.id)
        return self.audience(parent.entry) if parent else "restricted"

    def seen_by(self, audience: Audience) -> Content:
        """What readers of `audience` may see: the rest is not there at all."""
        widest = AUDIENCES.index(audience)
        meant = [entry for entry in self.entries if entry.record.for_readers]
        seen = tuple(entry for entry in meant if AUDIENCES.index(self.audience(entry)) <= widest)
        named = {path for entry in seen for _, path in entry.papers}
        return Content.of(seen, {path: data for path, data in self.papers.items() if path in named})
