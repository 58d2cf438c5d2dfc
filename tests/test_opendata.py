"""Open data keep to their schema, say the same in every format, and hold nothing that the audience may not see."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import PROJECT
from pswkdocs.edition import Edition
from pswkdocs.model.content import Content
from pswkdocs.model.partnership import Partnership
from pswkdocs.model.plan import Priority
from pswkdocs.model.record import FileRecord
from pswkdocs.plan import plan
from pswkdocs.registers import cells
from pswkdocs.registers.listed import REGISTERS
from pswkdocs.registers.opendata import ALL, SCHEMA, safe
from pswkdocs.registers.tables import text_of
from pswkdocs.render import Renderer
from pswkdocs.view import Views
from test_registers import changed

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def files(edition: Edition) -> Files:
    return dict(edition.data)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def validator(files: Files) -> Draft202012Validator:
    schema = json.loads(files[SCHEMA])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("audience", ["public", "staff", "restricted"])
def test_every_file_keeps_to_the_schema(content: Content, audience: Any) -> None:
    files = plan(content, audience).data
    validate = validator(dict(files))
    data = [name for name in files if name.endswith(".json") and name != SCHEMA]
    assert len(data) > len(REGISTERS)
    for name in data:
        assert not [error.message[:300] for error in validate.iter_errors(json.loads(files[name]))], name


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.update(audience="everybody"),
        lambda file: file["records"][0].update(kind="outcome"),
        lambda file: file["records"][0].pop("address"),
        lambda file: file["records"][0]["record"].update(year="2023"),
        lambda file: file["records"][0]["record"].update(colour="red"),
        lambda file: file["records"][0]["record"].pop("text"),
    ],
)
def test_the_schema_is_strict(files: Files, spoil: Any) -> None:
    file = json.loads(files["data/actions.json"])
    spoil(file)
    assert not validator(files).is_valid(file)


def test_every_field_says_what_it_means(files: Files) -> None:
    schema = json.loads(files[SCHEMA])
    assert schema["$id"].endswith("/data/schema.json")
    parts = schema["$defs"]
    fields = ((f"{part}.{name}", of) for part in parts for name, of in parts[part]["properties"].items())
    assert not [name for name, of in fields if "description" not in of and set(of) != {"$ref"}]
    assert not [part for part in parts if "description" not in parts[part]]


@pytest.mark.parametrize("name", [register.name for register in REGISTERS])
def test_all_formats_hold_the_same_records(name: str, files: Files, content: Content) -> None:
    held = [
        row.address.key for row in next(r for r in REGISTERS if r.name == name).rows(Views(content.seen_by("public")))
    ]
    listed = json.loads(files[f"data/{name}.json"])["records"]
    assert [record["key"] for record in listed] == held
    table = rows(files[f"data/{name}.csv"])
    assert [row["key"] for row in table] == held
    assert [row["address"] for row in table] == [record["address"] for record in listed]
    assert all(row["source"] for row in table)


def test_the_whole_holds_every_record(files: Files, content: Content) -> None:
    whole = json.loads(files[ALL])
    public = content.seen_by("public")
    assert [file["key"] for file in whole["files"]] == [entry.record.id for entry in public.entries]
    assert set(whole["addresses"]) == {address.key for entry in public.entries for address in entry.parts}
    found = Counted(whole["files"])
    assert found.ids == sum(len(entry.parts) for entry in public.entries)


class Counted:
    """How many records stand in some data."""

    def __init__(self, data: Any) -> None:
        self.ids = sum(1 for _ in self._records(data))

    def _records(self, data: Any) -> Iterator[Any]:
        if isinstance(data, dict):
            if "id" in data and "source" in data:
                yield data
            data = list(data.values())
        if isinstance(data, list):
            for one in data:
                yield from self._records(one)


def test_csv_opens_in_a_spreadsheet(files: Files) -> None:
    """UTF-8 with its mark, lines that end as the standard says, no line within a cell."""
    for name, data in files.items():
        if name.endswith(".csv"):
            assert data.startswith(b"\xef\xbb\xbf"), name
            assert data.count(b"\n") == data.count(b"\r\n") == len(rows(data)) + 1, name


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-5%", "@home", "\tindented", "\rreturned"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "5 = 5", "a-b", "39%", "'quoted'"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe(cell) == cell


def test_a_formula_in_the_content_is_disarmed(content: Content) -> None:
    def change(record: FileRecord) -> FileRecord:
        assert isinstance(record, Priority)
        first = record.actions[0].model_copy(update={"text": '=HYPERLINK("https://example.org")'})
        return record.model_copy(update={"actions": (first, *record.actions[1:])})

    data = plan(changed(content, "vital-5", change), "public").data
    (row,) = [row for row in rows(data["data/actions.csv"]) if "HYPERLINK" in row["action"]]
    assert row["action"].startswith("'=")
    for name in data:
        if name.endswith(".csv"):
            assert not [cell for row in rows(data[name]) for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]


def test_texts_are_plain(files: Files) -> None:
    """No Markdown and no HTML is left, and a link without words has the words that readers see."""
    for name, data in files.items():
        if name != SCHEMA:
            text = data.decode("utf-8-sig")
            for mark in ("](", "**", "<p>", "<a ", "<li>", "&amp;", "ref:"):
                assert mark not in text, (name, mark)
    whole = json.loads(files[ALL])
    assert "section 6" in json.dumps(next(file for file in whole["files"] if file["key"] == "vcse-charter"))


@pytest.mark.parametrize(("audience", "wider"), [("public", "staff"), ("staff", "restricted")])
def test_data_hold_what_the_audience_may_see(content: Content, audience: Any, wider: Any) -> None:
    seen, more = content.seen_by(audience), content.seen_by(wider)
    hidden = [entry for entry in more.entries if entry.record.id not in {other.record.id for other in seen.entries}]
    assert hidden
    files = plan(content, audience).data
    views = Views(more)
    kept = {
        text_of(views.html(text, entry, inline=mark.inline)) for entry in seen.entries for _, text, mark in entry.texts
    }
    everything = b"\n".join(files[name] for name in files).decode()
    for entry in hidden:
        assert f'"{entry.record.id}"' not in everything
        for _, text, mark in entry.texts:
            told = text_of(views.html(text, entry, inline=mark.inline))
            assert told in kept or json.dumps(told, ensure_ascii=False)[1:-1] not in everything, told


def test_a_licence_is_told_where_there_is_one(content: Content, tmp_path: Any) -> None:
    def change(record: FileRecord) -> FileRecord:
        assert isinstance(record, Partnership)
        return record.model_copy(update={"licence": "Open Government Licence v3.0"})

    renderer = Renderer(PROJECT / "templates", tmp_path)
    for of, licence in ((content, None), (changed(content, "partnership", change), "Open Government Licence v3.0")):
        edition = plan(of, "public")
        assert json.loads(edition.data[ALL])["licence"] == licence
        page = next(page for page in edition.pages if page.path == "registers/open-data.md")
        assert (licence or "not stated") in renderer.page(page, edition, ())


def test_pages_link_their_data(edition: Edition, files: Files, tmp_path: Any) -> None:
    renderer = Renderer(PROJECT / "templates", tmp_path)
    pages = {
        page.path: renderer.page(page, edition, ()) for page in edition.pages if page.path.startswith("registers/")
    }
    for name in files:
        assert f'href="../../{name}"' in pages["registers/open-data.md"], name
    for register in REGISTERS:
        for name in (f"data/{register.name}.csv", f"data/{register.name}.json", SCHEMA):
            assert f'href="../../{name}"' in pages[register.path], name


def test_each_row_says_whether_it_is_a_draft_and_for_whom(content: Content) -> None:
    files = plan(content, "staff").data
    for name, status in (("clauses", {"draft"}), ("actions", {""}), ("considerations", {""})):
        assert {row["publication_status"] for row in rows(files[f"data/{name}.csv"])} == status, name
    april = [row for row in rows(files["data/decisions.csv"]) if row["key"].startswith("icp-2023-04-25/")]
    assert april and {row["publication_status"] for row in april} == {"draft"}
    assert {row["audience"] for row in rows(files["data/action-log.csv"])} == {"public", "staff"}
    assert {file["audience"] for file in json.loads(files[ALL])["files"]} == {"public", "staff"}
    for register in REGISTERS:
        listed = json.loads(files[f"data/{register.name}.json"])["records"]
        for row, record in zip(rows(files[f"data/{register.name}.csv"]), listed, strict=True):
            assert (row["publication_status"] or None, row["audience"]) == (
                record["publication_status"],
                record["audience"],
            )


def test_what_is_not_stated_is_empty(files: Files) -> None:
    for name, data in files.items():
        if name.endswith(".csv"):
            assert not [cell for row in rows(data) for cell in row.values() if cell == "not stated"], name
    table, listed = rows(files["data/figures.csv"]), json.loads(files["data/figures.json"])["records"]
    assert 0 < sum(not row["place"] for row in table) == sum(record["record"]["place"] is None for record in listed)


@pytest.mark.parametrize(
    ("value", "number"),
    [("39%", "39"), ("307,000", "307000"), ("32.4 years", None), ("12.5", "12.5"), ("1 in 4", None), ("£3m", None)],
)
def test_a_plain_value_is_a_number(value: str, number: str | None) -> None:
    row: Any = SimpleNamespace(record=SimpleNamespace(value=value))
    assert cells.number(row) == number


def test_columns_name_what_json_holds(files: Files) -> None:
    for register in REGISTERS:
        listed = json.loads(files[f"data/{register.name}.json"])["records"]
        names = {*listed[0], *(f"record.{field}" for record in listed for field in record["record"])}
        for column, told, about in register.told():
            assert set(filter(None, told.split(", "))) <= names and about, (register.name, column)


def test_same_content_gives_the_same_data(content: Content, files: Files) -> None:
    assert plan(copy.copy(content), "public").data == files


def test_what_stands_beside_a_value_is_open_data_too(files: Files) -> None:
    """An owner is printed as initials; whom they mean is said on the page and in the file."""
    owners = [row["owner"] for row in rows(files["data/action-log.csv"])]
    assert any("(" in owner for owner in owners)
    told = [row["progress"] for row in rows(files["data/action-log.csv"])]
    assert any("(Printed as “" in progress for progress in told)
