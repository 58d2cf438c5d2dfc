"""Open data: every register as CSV and JSON, all content as one file, and the schema that both keep to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core import to_json

from ..edition import Page, Place, readable_size
from ..memory import remembered
from ..model.audit import Audit
from ..model.content import Content, Entry, kind
from ..model.partnership import Partnership
from ..model.publication import UNSTATED, Status
from ..model.record import Audience, FileRecord, Markup, Part, Ref, markers
from ..view import Views
from .listed import OPEN_DATA, REGISTERS
from .tables import Item, Register, Row, text_of

SCHEMA, ALL, AUDIT = "data/schema.json", "data/all.json", "data/audit.json"
# What every CSV file holds besides the columns of its register.
KEY, NOTE, STATUS, AUDIENCE, SOURCE, ADDRESS = "key", "note", "publication_status", "audience", "source", "address"


class Told(BaseModel):
    """A piece of a file of data."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Head(Told):
    """What every file says of itself."""

    title: str
    """What it holds."""
    description: str
    """The same in a sentence."""
    described_by: str
    """The address of the JSON Schema that it keeps to."""
    audience: Audience
    """Who may see the file: it holds all that they may see, and nothing else."""
    version: str
    """The edition of the content."""
    date: date
    """The day of the edition."""
    licence: str | None
    """Under which licence it may be used; null where none is stated."""


class Listed(Told):
    """A record of a register."""

    key: str
    """Its permanent key in all content."""
    kind: str
    """What it is, as in `case study`."""
    address: str
    """Where it is published."""
    within: str
    """The key of the file's record that it is a part of."""
    publication_status: Status | None
    """Whether the publication or the minutes that it stands in are a draft, approved or superseded; null where not
    stated."""
    audience: Audience
    """Who may see it."""
    record: dict[str, Any]
    """The record itself: its texts are plain, and null is what the source does not state."""


class RegisterFile(Head):
    """A register: all records of a kind."""

    records: tuple[Listed, ...]
    """Its records, in the order of its page."""


class Held(Told):
    """A content file and all that it holds."""

    key: str
    """The permanent key of its record."""
    kind: str
    """What its record is, as in `strategic priority`."""
    address: str
    """Where it is published."""
    audience: Audience
    """Who may see it."""
    file: str
    """The path of the file, as editors know it."""
    record: dict[str, Any]
    """The record with its parts: its texts are plain, and null is what the source does not state."""


class WholeFile(Head):
    """Content file by file: all that is published, or one file of it."""

    files: tuple[Held, ...]
    """The files with what they hold."""
    addresses: dict[str, str]
    """Where each of their records and its parts is published, by its key."""


@dataclass(frozen=True)
class DataFile:
    """A file of data, as the page tells of it."""

    name: str
    size: str

    @property
    def label(self) -> str:
        return "JSON" if self.name.endswith(".json") else "CSV"


def data_files(content: Content, audience: Audience, views: Views, places: Mapping[str, Place]) -> dict[str, bytes]:
    """Every file of data by its name below the site's address; the content is what the audience may see."""
    partnership = content.the(Partnership)
    addresses = {key: partnership.address + place.url + place.anchored for key, place in places.items()}
    head = {
        "described_by": partnership.address + SCHEMA,
        "audience": audience,
        "version": partnership.edition.version,
        "date": partnership.edition.date,
        "licence": partnership.licence,
    }
    files = {}
    for register in REGISTERS:
        if rows := register.rows(views):
            files[f"data/{register.name}.csv"] = _csv(register, rows, addresses)
            records = tuple(_listed(row, addresses) for row in rows)
            told = RegisterFile(title=register.title, description=register.description, records=records, **head)
            files[f"data/{register.name}.json"] = _json(told)
    files[ALL] = _json(
        WholeFile(
            title=partnership.title,
            description="Everything that is published, file by file.",
            files=tuple(_held(entry, addresses, views) for entry in content.entries),
            addresses=addresses,
            **head,
        )
    )
    for entry in content.entries:
        if isinstance(entry.record, Audit):
            files[AUDIT] = _json(
                WholeFile(
                    title=entry.record.title,
                    description=views.plain(entry.record.summary),
                    files=(_held(entry, addresses, views),),
                    addresses={entry.record.id: addresses[entry.record.id]},
                    **head,
                )
            )
    files[SCHEMA] = _json(schema(content, partnership.address + SCHEMA))
    return files


def open_data_page(files: Mapping[str, bytes], views: Views) -> Page:
    """The page that lists the files and says what their columns mean."""
    sizes = {name: DataFile(name, readable_size(len(data))) for name, data in files.items()}
    registers = [
        (register, len(register.rows(views)), [sizes[f"data/{register.name}.{ending}"] for ending in ("csv", "json")])
        for register in REGISTERS
        if f"data/{register.name}.csv" in files
    ]
    context = {"registers": registers, "all": sizes[ALL], "audit": sizes.get(AUDIT), "schema": sizes[SCHEMA]}
    return replace(OPEN_DATA, context=context)


def schema(content: Content, address: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of all files, made of the classes that the content is read with."""
    return _schema(tuple(sorted({type(entry.record) for entry in content.entries}, key=kind)), address)


@remembered
def _schema(files: tuple[type[FileRecord], ...], address: str) -> dict[str, Any]:
    held = {kind(type_): type_ for type_ in files}
    listed = {kind(type_): type_ for register in REGISTERS for type_ in register.kinds}
    types: list[type[BaseModel]] = [*held.values(), *listed.values(), RegisterFile, WholeFile]
    names, made = models_json_schema(
        [(type_, "serialization") for type_ in dict.fromkeys(types)], schema_generator=_Plain
    )
    for part, kinds in (("Held", held), ("Listed", listed)):
        made["$defs"][part]["oneOf"] = [
            {"properties": {"kind": {"const": name}, "record": names[type_, "serialization"]}}
            for name, type_ in kinds.items()
        ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "Open data",
        "description": "What every field of the open data means.",
        "oneOf": [names[RegisterFile, "serialization"], names[WholeFile, "serialization"]],
        **made,
    }


class _Plain(GenerateJsonSchema):
    """Says of a field what it means, and not its name a second time as a title."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _csv(register: Register, rows: Iterable[Row], addresses: Mapping[str, str]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    columns = (*register.columns, *register.counted)
    writer.writerow([KEY, *(column.name for column in columns), NOTE, STATUS, AUDIENCE, SOURCE, ADDRESS])
    for row in rows:
        key = row.address.key
        told = [_on_a_line(column.items(row)) for column in columns]
        note = " ".join(text_of(row.view.note or "").split())
        common = (note, row.status or "", row.audience, row.source, addresses[key])
        writer.writerow([safe(cell) for cell in (key, *told, *common)])
    return file.getvalue().encode("utf-8-sig")  # a spreadsheet knows UTF-8 by its mark


def _on_a_line(items: Iterable[Item]) -> str:
    return "; ".join(" ".join(item.in_full.split()) for item in items if item.in_full != UNSTATED)


def _listed(row: Row, addresses: Mapping[str, str]) -> Listed:
    address = row.address
    return Listed(
        key=address.key,
        kind=address.kind,
        address=addresses[address.key],
        within=address.entry.record.id,
        publication_status=row.status,
        audience=row.audience,
        record=_plain(address.record, (), address.entry, row.views),
    )


def _held(entry: Entry, addresses: Mapping[str, str], views: Views) -> Held:
    record = entry.record
    return Held(
        key=record.id,
        kind=kind(type(record)),
        address=addresses[record.id],
        audience=views.content.audience(entry),
        file=entry.source.path,
        record=_plain(record, (), entry, views),
    )


def _plain(value: Any, marks: tuple[Ref | Markup, ...], entry: Entry, views: Views) -> Any:
    """A record as plain data: its texts without markup."""
    if isinstance(value, Part):
        fields = type(value).model_fields
        told = [name for name, field in fields.items() if not field.exclude]
        return {name: _plain(getattr(value, name), markers(type(value), name), entry, views) for name in told}
    if isinstance(value, tuple):
        named = (one for one in value if _is_there(one, marks, entry, views))
        return [_plain(one, marks, entry, views) for one in named]
    if isinstance(value, date):
        return value.isoformat()
    for mark in marks:
        if isinstance(value, str) and isinstance(mark, Markup):
            return text_of(views.html(value, entry, inline=mark.inline))
    return value if value != UNSTATED and _is_there(value, marks, entry, views) else None


def _is_there(value: Any, marks: tuple[Ref | Markup, ...], entry: Entry, views: Views) -> bool:
    """Whether the audience may know of what a value names: a whole lists parts that are for fewer, and ids tell."""
    refs = (mark for mark in marks if isinstance(mark, Ref) and isinstance(value, str))
    return all(views.content.named(mark, value, entry) for mark in refs)


def _json(data: Any) -> bytes:
    return to_json(data, indent=1) + b"\n"
