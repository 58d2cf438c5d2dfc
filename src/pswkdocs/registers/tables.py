"""A register as a table: which records are its rows, and what each cell says on the page and in the open data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape
from typing import Any

from markupsafe import Markup, escape

from ..edition import spoken
from ..model.content import Address, Content
from ..model.meeting import ClosedPart, Meeting
from ..model.publication import Publication
from ..model.record import Audience, FileRecord, Record
from ..view import View, Views, label


@dataclass(frozen=True)
class Item:
    """One thing that a cell says: as it is shown, and as it is filtered by."""

    html: Markup
    text: str
    aside: Markup = Markup()
    """What stands beside it in smaller letters."""
    part: View | None = None
    """The part of the row's record that it says; such items are numbered."""

    @property
    def in_full(self) -> str:
        """As it stands in the open data."""
        return f"{self.text} ({text_of(self.aside)})" if self.aside else self.text


Shown = str | date | View | Item | None
Value = Callable[["Row"], Shown | Sequence[Shown]]


@dataclass(frozen=True, eq=False)
class Row:
    """A record of a register, and where it stands."""

    address: Address
    views: Views

    @property
    def record(self) -> Any:
        return self.address.record

    @cached_property
    def view(self) -> View:
        return self.views.at(self.address)

    @cached_property
    def file(self) -> View:
        """The record of the file that it stands in."""
        return self.views.whole(self.address.entry.record)

    @cached_property
    def publication(self) -> View:
        """The whole that its file belongs to: the plan of a priority."""
        return self.views.whole(self.views.content.whole_of(self.address.entry.record))

    def within(self, type_: type[Record]) -> View | None:
        """The record of a type that it is a part of."""
        held = [address for address in self.address.around if isinstance(address.record, type_)]
        return self.views.at(held[-1]) if held else None

    @property
    def bound(self) -> View:
        """What it is published in: its meeting, for what was closed too, else its publication."""
        held: View = self.file.meeting if isinstance(self.file.record, ClosedPart) else self.publication
        return held

    @property
    def status(self) -> str | None:
        """How far what it is published in holds: the status of the publication or of the minutes, where stated."""
        record = self.bound.record
        if isinstance(record, Meeting):
            return None if record.minutes_status == "none" else record.minutes_status
        return record.status if isinstance(record, Publication) else None

    @property
    def audience(self) -> Audience:
        """Who may see it."""
        return self.views.content.audience(self.address.entry)

    @property
    def note(self) -> Markup | None:
        """What the editors say of it."""
        note: Markup | None = self.view.note
        return note

    @property
    def source(self) -> str:
        """Where it is stated, as editors write it."""
        source = self.record.source
        return f"{source.document} L{source.lines}" if source.lines else source.document


@dataclass(frozen=True)
class Column:
    """A column: its heading, and what it says of a row.

    A value that is text names the field that is shown, whose description is then the column's. A facet is a column
    that the table can be filtered by.
    """

    heading: str
    value: str | Value
    facet: bool = False
    about: str = ""
    json: str = ""
    """Where JSON says the same, for a value that is not one field; empty where only the record's place tells it."""

    @property
    def name(self) -> str:
        """Its name in addresses and in the open data."""
        return self.heading.lower().replace(" ", "_")

    def items(self, row: Row) -> tuple[Item, ...]:
        """What it says of a row; nothing where it is not stated."""
        value: Any = getattr(row.view, self.value) if isinstance(self.value, str) else self.value(row)
        return tuple(_items(value))


@dataclass(frozen=True)
class Register:
    """All records of some kinds as one table; the first column leads to the record on its own page.

    Its home are the files whose records stand on no other page.
    """

    name: str
    title: str
    description: str
    kinds: tuple[type[Record], ...]
    columns: tuple[Column, ...]
    chosen: Callable[[Row], bool] = lambda _: True
    order: Callable[[Row], Any] = lambda _: 0
    home: type[FileRecord] | None = None
    above: str = ""
    """The template of what stands above its table."""
    counted: tuple[Column, ...] = ()
    """Columns that only its CSV file has, for programs."""

    @property
    def path(self) -> str:
        return f"registers/{self.name}.md"

    def rows(self, views: Views) -> list[Row]:
        """Its rows: in its own order, else in that of the publications."""
        content = views.content
        found = [
            row
            for entry in content.entries
            for address in entry.parts
            if type(address.record) in self.kinds and self.chosen(row := Row(address, views))
        ]
        place = _places(content)
        return sorted(found, key=lambda row: (self.order(row), place[row.file.record.id]))

    def told(self) -> Iterator[tuple[str, str, str]]:
        """Each column of its CSV file: its name, where JSON says the same, and its meaning."""
        for column in (*self.columns, *self.counted):
            json = column.json if callable(column.value) else f"record.{column.value}"
            yield column.name, json, self.about(column)

    def about(self, column: Column) -> str:
        """What a column means."""
        if not isinstance(column.value, str):
            return column.about
        return " ".join((self.kinds[0].model_fields[column.value].description or "").split())


def named(view: View) -> str:
    """What a record is called in a cell: its title or name in full."""
    record = view.record
    for field in ("short_title", "title", "name"):
        if called := getattr(record, field, None):
            return str(called)
    return label(view.content.addresses[view.key])


def link(view: View) -> Item:
    """A record as a link to it."""
    return Item(Markup('<a href="{}">{}</a>').format(view.href, named(view)), named(view))


def text_of(html: str) -> str:
    """The words of a text's HTML, a paragraph or an entry of a list on each line."""
    marked = re.sub(r"<li>\s*(<p>)?", "\n- ", html)
    lines = re.sub(r"<[^>]+>", "", re.sub(r"</(p|li|blockquote)>|<br ?/?>", "\n", marked)).splitlines()
    return "\n".join(" ".join(unescape(line).split()) for line in lines if line.strip())


def _items(value: Any) -> Iterator[Item]:
    match value:
        case None | "":
            return
        case Item():
            yield value
        case View():
            yield link(value)
        case date():
            yield Item(escape(spoken(value)), value.isoformat())
        case Markup():
            yield Item(value, text_of(value))
        case str():
            yield Item(escape(value), value)
        case _:
            for one in value:
                yield from _items(one)


def _places(content: Content) -> dict[str, tuple[int, int]]:
    """Where each file's record stands: wholes in the order of their files, each followed by its parts in its own."""
    files = {entry.record.id: place for place, entry in enumerate(content.entries)}
    parts = {id: place for place, id in enumerate(content.order)}
    return {id: (files[content.whole_of(content.addresses[id].entry.record).id], parts.get(id, -1)) for id in files}
