"""In an editor: the real yaml-language-server completes, explains and underlines in the project’s own content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import PROJECT
from language_server import LanguageServer
from pswkdocs import schema
from test_problems import BASE, NAMES, PROBLEMS
from test_schema import ONLY_CHECK, base, base_schemas, refused_by_check

# What YAML itself says, though a model takes it: `check` tells of it too.
UNDERLINED_BY_YAML = {
    "yaml-duplicate-key/content/pages/help.yml",
    "yaml-starts-with-exclamation/content/pages/help.yml",
}
SETTINGS = json.loads((PROJECT / ".vscode/settings.json").read_text(encoding="utf-8"))
PRIORITY = "content/forward-plan/priorities/vital-5.yml"
CHARTER = "content/vcse-charter/charter.yml"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """The project, open in an editor’s program with the settings that the project has for it."""
    asked = tmp_path_factory.mktemp("network") / "asked.txt"
    with LanguageServer(PROJECT, asked, SETTINGS) as server:
        yield server
    assert not asked.read_text(), "the server asked for something over the network"


def text_of(file: str) -> str:
    return (PROJECT / file).read_text(encoding="utf-8")


def place(text: str, words: str, within: str = "") -> tuple[int, int]:
    """Where words stand in a text, or something within them: line and column from 0."""
    at = text.index(words) + words.index(within)
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1


def test_nothing_is_underlined_in_good_content(editor: LanguageServer) -> None:
    texts = {path.relative_to(PROJECT).as_posix(): path.read_text() for path in (PROJECT / "content").rglob("*.yml")}
    assert len(texts) > 40
    assert not {file: faults for file, faults in editor.all_faults(texts).items() if faults}


def test_other_editors_find_the_schema_by_the_first_line(tmp_path: Path) -> None:
    with LanguageServer(PROJECT, tmp_path / "asked.txt", {"yaml.schemaStore.enable": False}) as editor:
        assert (3, "Property titel is not allowed.") in editor.faults(
            PRIORITY, text_of(PRIORITY).replace("\ntitle:", "\ntitel:", 1)
        )


def test_names_of_fields_are_completed(editor: LanguageServer) -> None:
    text = text_of(PRIORITY).replace("\nworkstream:", "\n\nworkstream:", 1)
    editor.faults(PRIORITY, text)
    line, _ = place(text, "\n\nworkstream:")
    offered = editor.completions(PRIORITY, line + 1, 0)
    assert "focus" in offered and "title" not in offered  # the title is there already
    assert "What it concentrates on" in offered["focus"]["documentation"]


def test_an_entry_is_completed_with_all_that_it_needs(editor: LanguageServer) -> None:
    text = text_of(PRIORITY).replace("\nfigures:\n", "\nfigures:\n  - \n", 1)
    editor.faults(PRIORITY, text)
    line, column = place(text, "figures:\n  - \n", "- ")
    offered = [item["insertText"] for item in editor.completions(PRIORITY, line, column + 2).values()]
    assert "id: $1\n  measure: $2\n  value: $3\n  place: $4\n  source: $5" in offered


def test_ids_of_other_records_are_completed_with_their_titles(editor: LanguageServer) -> None:
    text = text_of(PRIORITY).replace("workstream: live-well", "workstream: ", 1)
    editor.faults(PRIORITY, text)
    line, column = place(text, "workstream: ")
    offered = editor.completions(PRIORITY, line, column + len("workstream: "))
    assert {name: item["documentation"].partition(" (")[0] for name, item in offered.items()} == {
        "age-care-well": "Age and Care Well",
        "live-well": "Live Well",
        "start-well": "Start Well",
    }


def test_ids_in_a_list_are_completed(editor: LanguageServer) -> None:
    text = text_of(PRIORITY).replace("\npartners:", "\npartners:\n  - \nxpartners:", 1)
    editor.faults(PRIORITY, text)
    line, column = place(text, "partners:\n  - ", "- ")
    assert "Southwark" in editor.completions(PRIORITY, line, column + 2)["southwark-council"]["documentation"]


def test_sources_are_completed_as_they_are_cited(editor: LanguageServer) -> None:
    text = text_of(PRIORITY).replace("source: jfp-section L230-262", "source: ", 1)
    editor.faults(PRIORITY, text)
    line, column = place(text, "source: ")
    assert editor.completions(PRIORITY, line, column + 8)["jfp-section"]["insertText"] == "jfp-section L"


def test_nothing_that_only_programs_write_is_offered(editor: LanguageServer) -> None:
    text = text_of(PRIORITY).replace("\nnote:", "\nnote: \nxnote:", 1)
    editor.faults(PRIORITY, text)
    line, column = place(text, "\nnote: ", "note")
    assert not editor.completions(PRIORITY, line, column + 6)


def test_a_field_says_what_it_is_for(editor: LanguageServer) -> None:
    editor.faults(PRIORITY, text := text_of(PRIORITY))
    told = editor.hover(PRIORITY, *place(text, "\ncase_for_change:", "case"))
    assert told.strip() == "Why this is a priority."
    told = editor.hover(PRIORITY, *place(text, "qualifier:"))
    assert "How exact the source says the value is." in told and "* `at least`" in told


def test_a_field_that_holds_fields_says_what_they_are_for(editor: LanguageServer) -> None:
    """Not only what its model is: a commitment is a statement, and a statement may be anything."""
    editor.faults(CHARTER, text := text_of(CHARTER))
    assert "The commitment set in bold" in editor.hover(CHARTER, *place(text, "commitment:"))
    assert "Its clauses." in editor.hover(CHARTER, *place(text, "clauses:"))


def test_an_id_says_what_it_stands_for(editor: LanguageServer) -> None:
    editor.faults(PRIORITY, text := text_of(PRIORITY))
    assert "* `live-well`: Live Well (" in editor.hover(PRIORITY, *place(text, "workstream: live-well", "live-well"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\nsummary:", "\nsumary:", "Property sumary is not allowed."),
        ("workstream: live-well", "workstream: live-wel", "There is no workstream of this id. "),
        ("    qualifier: about", "    qualifier: abuot", "Write one of these: about, over, almost, up to, at least. "),
        ('year: "2023/24"', "year: 2023", "This does not fit `year`. The plan's year, as in `2023/24`."),
        ("source: jfp-section L230", "source: jfp L230", "Write a document and its lines, as in `jfp-section L12-14`."),
        ("case_for_change: |", "case_for_change: [a]\nfocus: |", "This does not fit `case_for_change`. Why this is"),
    ],
    ids=["unknown field", "unknown id", "no choice", "wrong form", "unknown source", "list for text"],
)
def test_faults_are_underlined_where_they_are(editor: LanguageServer, old: str, new: str, said: str) -> None:
    text = text_of(PRIORITY)
    assert old in text
    text = text.replace(old, new, 1)
    line = place(text, new, new.strip())[0] + 1
    faults = [message for at, message in editor.faults(PRIORITY, text) if at == line]
    assert any(message.startswith(said) for message in faults), faults


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with the schemas of the small content, but not the content."""
    (tmp_path / schema.FOLDER).mkdir()
    for name, made in schema.files(base()).items():
        (tmp_path / schema.FOLDER / name).write_text(made, encoding="utf-8")
    return tmp_path


def test_what_check_refuses_is_underlined_in_its_line(small: Path) -> None:
    """All cases at once, each in a folder of its own, where only the settings say which schema is whose."""
    texts, refused, lines = {}, set(), {}
    for name in sorted(set(NAMES) - ONLY_CHECK.keys()):
        judged, said, made = refused_by_check(PROBLEMS / name)
        told = (PROBLEMS / name / "problems.txt").read_text(encoding="utf-8")
        for path in judged if made.files == base_schemas().files else ():
            file = f"{name}/{path}"
            texts[file] = (PROBLEMS / file).read_bytes().decode("utf-8-sig")
            refused |= {file} if path in said else set()
            lines[file] = {int(line) for line in re.findall(rf"^{re.escape(path)}:(\d+):\d+: error", told, re.M)}
    with LanguageServer(small, small / "asked.txt", SETTINGS) as editor:
        found = editor.all_faults(texts)
    assert len(refused) > 120
    assert refused - {file for file in texts if found[file]} == set()
    only_yaml = {file: found[file] for file in texts.keys() - refused if found[file]}
    assert only_yaml.keys() == UNDERLINED_BY_YAML, only_yaml
    elsewhere = {file for file in refused if lines[file] and not lines[file] & {line for line, _ in found[file]}}
    assert elsewhere == {"late-without-reason/content/meetings/board-2025-09-10/meeting.yml"}  # a line above


def test_a_new_id_is_known_as_soon_as_it_is_written(small: Path) -> None:
    file, ids = "content/partnership.yml", small / schema.FOLDER / schema.IDS
    text = (BASE / file).read_text(encoding="utf-8").replace("members: [", "members: [brand-new, ", 1)
    with LanguageServer(small, small / "asked.txt", SETTINGS) as editor:
        ((line, said),) = editor.faults(file, text)
        assert said.startswith("There is no organisation of this id.")
        ids.write_text(ids.read_text(encoding="utf-8").replace('"council",', '"brand-new",\n"council",', 1))
        assert editor.again(file, f"{schema.FOLDER}/{schema.IDS}") == []


def test_the_list_of_problems_is_what_check_says() -> None:
    """VS Code reads each problem of `make check`, so that a click leads to its line."""
    tasks = json.loads((PROJECT / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    pattern = tasks[0]["problemMatcher"]["pattern"]
    found = 0
    for name in NAMES:
        for line in (PROBLEMS / name / "problems.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("content/"):
                match = re.search(pattern["regexp"], line)
                assert match, line
                path, row, severity = (match[pattern[group]] for group in ("file", "line", "severity"))
                assert line.startswith(f"{path}:{row}:") and severity in ("error", "warning")
                found += 1
    assert found > 300
