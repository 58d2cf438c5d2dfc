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
from ..model.record import FileRecord, Record
from ..view import View, Views, label


@dataclass(frozen=True)
class Item:
    """One thing that a cell says: as it is shown, and as it is filtered by and stands in the open data."""

    html: Markup
    text: str


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
        return self.views.whole(_whole(self.address.entry.record, self.views.content))

    def within(self, type_: type[Record]) -> View | None:
        """The record of a type that it is a part of."""
        held = [address for address in self.address.around if isinstance(address.record, type_)]
        return self.views.at(held[-1]) if held else None

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
    macro: str = ""
    """What of `pages/cells.html` shows it; else its items stand one below the other."""

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

    The home of its records is a register itself where they stand on no other page.
    """

    name: str
    title: str
    description: str
    kinds: tuple[type[Record], ...]
    columns: tuple[Column, ...]
    chosen: Callable[[Row], bool] = lambda _: True
    order: Callable[[Row], Any] = lambda _: 0
    home: bool = False
    above: str = ""
    """The template of what stands above its table."""

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


def _whole(record: FileRecord, content: Content) -> FileRecord:
    """The whole that a file's record belongs to; one that belongs to none is a whole itself."""
    while parent := content.parents.get(record.id):
        record = parent.entry.record
    return record


def _places(content: Content) -> dict[str, tuple[int, int]]:
    """Where each file's record stands: wholes in the order of their files, each followed by its parts in its own."""
    files = {entry.record.id: place for place, entry in enumerate(content.entries)}
    parts = {id: place for place, id in enumerate(content.order)}
    return {id: (files[_whole(content.addresses[id].entry.record, content).id], parts.get(id, -1)) for id in files}
