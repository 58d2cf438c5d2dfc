"""What editors’ programs are told is what `check` says: no more, no less, and never out of date."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from conftest import PROJECT
from pswkdocs import schema
from pswkdocs import source as yaml_source
from pswkdocs.load import load, type_of
from pswkdocs.model.content import Content, Entry
from pswkdocs.model.plan import Outcome, Priority
from pswkdocs.model.record import Part
from pswkdocs.schema.examples import examples
from pswkdocs.schema.fields import KINDS, fields
from pswkdocs.store import contents
from schemas import Schemas, below, schema_of
from test_problems import BASE, HELP, NAMES, PROBLEMS, change, run
from test_problems import project as project

PRIORITY = "content/riverside-plan/priorities/falls.yml"
NEW = "  - id: choir\n    name: The Choir\n    kind: voluntary sector\n    source: editors\n  - id: hospital\n"
# What no schema can say: why `check` refuses it all the same.
ONLY_CHECK = {"yaml-alias": "YAML itself repeats what an alias names; content may hold none"}


@pytest.fixture(scope="module")
def schemas(content: Content) -> Schemas:
    return Schemas(content)


@cache
def base() -> Content:
    return load(BASE / "content")[0]


@cache
def base_schemas() -> Schemas:
    return Schemas(base())


def read(case: Path) -> tuple[dict[str, yaml_source.Source], bool]:
    """The files of a case that are YAML at all, and whether there are others."""
    found, whole = {}, True
    for path in sorted((case / "content").rglob("*.yml")):
        try:
            source = yaml_source.read(case / "content", path)
            found |= {source.path: source} if schema_of(source.path) else {}
        except yaml_source.Unreadable:
            whole = False
    return found, whole


@cache
def refused_by_check(case: Path) -> tuple[set[str], set[str], Schemas]:
    """The files of a case that may be judged, those of them that `check` refuses as a schema could, and its schemas.

    That is what a model refuses, an id that stands in no other file, and an id that stands twice in a list.
    """
    sources, whole = read(case)
    entries = {entry.source.path: entry for entry in base().entries}
    refused = set()
    for path, source in sources.items():
        try:
            entries[path] = Entry(source, type_of(below(path)).model_validate(source.data))
        except ValidationError:
            refused.add(path)
    # An id that a file would have that cannot be read is known from before: `check` asks once all can be read.
    known = Content.of(tuple(entries.values()), {}) if whole and not refused else base()
    for entry in (entries[path] for path in entries.keys() - refused):
        own = next(of for of in KINDS if of.model is type(entry.record)).own
        listed = [(reference.loc[:-1], reference.id) for reference in entry.references]
        lost = [it for it in entry.references if not known.named(it.means, it.id, entry) and it.means.kind not in own]
        if lost or len(listed) > len(set(listed)):
            refused.add(entry.source.path)
    made = base_schemas() if known is base() else Schemas(known)
    return set(sources) if made.files == base_schemas().files else set(entries), refused, made


@pytest.mark.parametrize("name", [name for name in NAMES if (PROBLEMS / name / "content").is_dir()])
def test_schema_and_check_agree(name: str) -> None:
    judged, refused, made = refused_by_check(PROBLEMS / name)
    for path in judged:
        written = PROBLEMS / name / path if (PROBLEMS / name / path).is_file() else BASE / path
        text = written.read_bytes().decode("utf-8-sig")
        try:
            faults = made.faults(path, text)
        except yaml.YAMLError:
            continue  # no schema is asked: an editor’s program says that it is no YAML
        assert bool(faults) == (path in refused and name not in ONLY_CHECK), (path, faults)


def test_good_content_is_accepted(content: Content, schemas: Schemas) -> None:
    assert len(content.entries) > 40
    for made, entries in ((schemas, content.entries), (base_schemas(), base().entries)):
        for entry in entries:
            assert not made.faults(entry.source.path, entry.source.text), entry.source.path


def test_schemas_are_schemas(schemas: Schemas) -> None:
    assert len(schemas.files) == len(KINDS) + 1
    for name, made in schemas.files.items():
        Draft202012Validator.check_schema(made)
        assert "$id" not in made, f"{name} would be looked for on the web"


def test_every_field_says_what_it_is() -> None:
    for of in KINDS:
        for part in of.parts:
            for field in fields(part):
                assert field.description.endswith("."), (part, field.name)


def test_what_is_committed_is_what_would_be_made(content: Content) -> None:
    assert not [f"{problem.message}. {problem.hint}" for problem in schema.outdated(PROJECT, content)]
    there = {path.name for path in (PROJECT / schema.FOLDER).iterdir()}
    assert there == set(schema.files(content))


def test_settings_name_every_schema() -> None:
    settings = json.loads((PROJECT / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {f"./schema/{of.name}.json": f"content/{of.pattern}" for of in KINDS}
    assert settings["yaml.schemaStore.enable"] is False


@pytest.fixture
def told(project: Path) -> Path:
    """A project of which editors’ programs are told."""
    run(project, "schema")
    return project


def test_make_schema_writes_all_of_it_once(project: Path) -> None:
    before = (project / HELP).read_bytes()
    (project / PRIORITY).write_bytes((project / PRIORITY).read_bytes().replace(b"\n", b"\r\n"))
    assert f"{HELP}\n" in run(project, "schema").output
    assert (project / HELP).read_bytes() == b"# yaml-language-server: $schema=../../schema/hand-page.json\n" + before
    assert (
        (project / PRIORITY)
        .read_bytes()
        .startswith(b"# yaml-language-server: $schema=../../../schema/priority.json\r\nid: falls\r\n")
    )
    assert run(project, "schema").output == "All of it is as it should be.\n"
    assert run(project, "check", "--strict").output == "No problem found.\n"


def test_make_schema_leaves_what_it_cannot_read(told: Path) -> None:
    before = contents(told)
    (told / HELP).write_text("title: [")
    result = run(told, "schema")
    assert result.exit_code == 1 and HELP in result.output and "schema/ is as it was." in result.output
    assert contents(told) == before | {HELP: b"title: ["}


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("content/registers/organisations.yml", "  - id: hospital\n", NEW, "`choir` is not known there yet"),
        ("schema/ids.json", '"council",', '"council",\n"gone",', "`gone` is still offered there, and no longer in use"),
        ("schema/ids.json", '"council",', "", "`council` is not known there yet"),
        ("schema/ids.json", "{", "", "are not known there yet"),
        ("content/registers/organisations.yml", "name: ", "name: The ", "what it says of some records has changed"),
        ("schema/ids.json", "{", "\u00e9", "are not known there yet"),
        ("schema/plan.json", "{", "{ ", "it is not what the models say"),
    ],
)
def test_what_is_out_of_date_is_told_with_the_way_out(told: Path, file: str, old: str, new: str, said: str) -> None:
    change(told, file, old, new)
    result = run(told, "check")
    assert "schema/" in result.output and said in result.output
    assert "    Run `make schema`, which writes it anew.\n" in result.output and result.exit_code == 0
    run(told, "schema")
    assert run(told, "check").output == "No problem found.\n"


def test_a_file_without_its_first_line_is_told(told: Path) -> None:
    line, _, rest = (told / HELP).read_text().partition("\n")
    (told / HELP).write_text(rest)
    assert run(told, "check").output == (
        f"{HELP}:1:1: warning: the first line does not tell editors’ programs what may stand in this file\n"
        f"    Run `make schema`, or write `{line}`.\n"
    )


def test_ids_are_written_anew_where_they_are_told(told: Path) -> None:
    change(told, "content/registers/organisations.yml", "  - id: hospital\n", NEW)
    for name in ("plan.json", schema.IDS):
        (told / "schema" / name).unlink()
    schema.refresh(told)
    assert '"choir"' in (told / "schema" / schema.IDS).read_text(encoding="utf-8")
    assert not (told / "schema/plan.json").exists()


def test_nobody_is_told_who_does_not_ask(project: Path) -> None:
    before = contents(project)
    schema.refresh(project)
    assert contents(project) == before


def test_ids_stay_while_content_cannot_be_read(told: Path) -> None:
    before = contents(told / "schema")
    (told / "content").rename(told / "elsewhere")
    schema.refresh(told)
    (told / "elsewhere").rename(told / "content")
    (told / HELP).write_text("title: [")
    schema.refresh(told)
    assert contents(told / "schema") == before


def test_fields_are_told_with_an_example_of_the_content(content: Content) -> None:
    """What a reference of fields is made of: name, meaning, whether it is needed, form, choices, example."""
    found = examples(content)
    of = next(of for of in KINDS if of.name == "priority")
    told = {(part.__name__, field.name): field for part in of.parts for field in fields(part)}
    lead, kind = told["Action", "lead"], told["Action", "kind"]
    assert (lead.required, lead.form.words) == (False, "the id of an organisation")
    assert (list(kind.form.choices), kind.example) == (["action", "placeholder", "funding note"], "action")
    assert told["Priority", "outcomes"].required
    assert found[Outcome, "deadline"].isdecimal() and "-well" in found[Priority, "workstream"]
    assert all(issubclass(model, Part) and name in model.model_fields for model, name in found)
    hidden = {entry.record.id for entry in content.entries} - {e.record.id for e in content.seen_by("public").entries}
    assert hidden and not hidden & set(found.values())


def test_ids_say_what_they_stand_for_and_who_may_see_it(schemas: Schemas) -> None:
    """An editor of an open page sees that the record is a closed one before `check` says so."""
    told = {kind: dict(zip(of["enum"], of["enumDescriptions"], strict=True)) for kind, of in known(schemas).items()}
    assert told["organisation"]["southwark-council"] == "Southwark Council (registers/organisations.yml)"
    assert told["priority"]["vital-5"] == "Vital 5: exploring a whole-family approach"
    assert told["publication"]["place-lead-appraisal"].endswith(" (restricted)")
    both = "meetings/icp-2023-04-25/meeting.yml, meetings/icp-2023-07-24/meeting.yml"
    assert told["attendance"]["andrew-bland"].endswith(f"({both})")


def known(schemas: Schemas) -> dict[str, dict[str, list[str]]]:
    return {kind: of for kind, of in schemas.files[schema.IDS]["$defs"].items() if "enum" in of}


def test_no_line_is_lost_where_lines_end_in_more_than_one_way(project: Path) -> None:
    assert run(project, "schema").exit_code == 0
    help = project / HELP
    lines = help.read_bytes().split(b"\n")
    for mixed in (b"\n".join([*lines[:5], lines[5] + b"\r", *lines[6:]]), b"\r\n".join(lines), b"\r".join(lines)):
        help.write_bytes(mixed)
        assert run(project, "schema").exit_code == 0
        assert help.read_bytes() == mixed
        help.write_bytes(mixed.replace(b"hand-page", b"priority", 1))
        assert run(project, "schema").exit_code == 0
        assert help.read_bytes() == mixed
