"""Review marks: what rests on a record that changed is to be looked at again, until somebody confirms it."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner, Result

from conftest import CASES, PROJECT, planned
from pswkdocs import pipeline, resting
from pswkdocs.cli import main
from pswkdocs.config import Config
from pswkdocs.model.content import Content
from pswkdocs.model.plan import Objective
from pswkdocs.problems import BuildFailed
from pswkdocs.render import Renderer

BASE = CASES / "problems/_base"
FALLS = "content/riverside-plan/priorities/falls.yml"
PLAN = "content/riverside-plan/plan.yml"
OBJECTIVE = "Older people are safe at home."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small content, of which `falls` says what it rests on."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    assert run(tmp_path, "confirm", "falls").exit_code == 0
    return tmp_path


def run(project: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--project", str(project), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def change(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def again(content: Content) -> list[str]:
    """Who rests on what that changed."""
    return sorted(
        f"{held.entry.record.id} {mention.target.key}" for held in resting.marks(content) for mention in held.again
    )


def read(project: Path) -> Content:
    return pipeline.read(Config(project))[0]


def test_all_real_content_is_followed_and_confirmed(content: Content) -> None:
    found = list(resting.marks(content))
    assert len(found) > 20
    assert [held.entry.source.path for held in found if held.entry.record.confirmed is None] == []
    assert [held.entry.source.path for held in found if held.again or held.idle] == []


def test_a_changed_objective_marks_who_rests_on_it_and_nobody_else(tmp_path: Path, content: Content) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    key = "forward-plan/best-start-in-life"
    resting_on = {
        it.holder.entry.record.id for held in resting.marks(content) for it in held.rests if it.target.key == key
    }
    assert len(resting_on) > 2
    change(
        tmp_path,
        "content/forward-plan/plan.yml",
        "We want all families in Southwark",
        "We want most families in Southwark",
    )
    assert {line.split()[0] for line in again(read(tmp_path))} == resting_on
    assert {line.split()[1] for line in again(read(tmp_path))} == {key}
    said = run(tmp_path, "check").output
    assert said.count("to be looked at again: objective `forward-plan/best-start-in-life`") == len(resting_on)
    assert run(tmp_path, "confirm", *resting_on).exit_code == 0
    assert again(read(tmp_path)) == []
    assert "to be looked at" not in run(tmp_path, "check").output


def test_marks_fail_only_where_it_is_strict(project: Path) -> None:
    change(project, PLAN, OBJECTIVE, "Older people are safe outdoors.")
    assert run(project, "check").exit_code == 0
    assert run(project, "check", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"text: {OBJECTIVE}", f'text: "{OBJECTIVE}"'),
        (f"text: {OBJECTIVE}", "text: >-\n        Older people\n        are safe at home."),
        (f"text: {OBJECTIVE}", "text: |\n        Older people\n        are safe at home."),
        (f"text: {OBJECTIVE}", f"text: {OBJECTIVE}\n      note: A note."),
        (f"text: {OBJECTIVE}", f"text: {OBJECTIVE}\n      figures: []"),
        ("- id: safe-at-home\n", "# A comment.\n    - id: safe-at-home\n"),
        ("\n", "\r\n"),
    ],
)
def test_how_it_is_written_changes_nothing(project: Path, old: str, new: str) -> None:
    path = project / PLAN
    text = path.read_text()
    assert old in text
    path.write_bytes(text.replace(old, new, -1 if old == "\n" else 1).encode())
    assert again(read(project)) == []


def test_the_order_of_fields_and_of_records_changes_nothing(project: Path) -> None:
    path = project / PLAN
    text = path.read_text()
    own = re.search(r"    - id: safe-at-home\n(?:      .*\n)+", text)
    assert own
    lines = own[0].removeprefix("    - ").splitlines()
    turned = "    - " + "\n      ".join(line.strip() for line in reversed(lines)) + "\n"
    rest = text.replace(own[0], "")
    at = re.search(r"    - id: [a-z-]+\n(?:      .*\n)+", rest[own.start() :])
    at_end = own.start() + (at.end() if at else 0)
    path.write_text(rest[:at_end] + turned + rest[at_end:])
    assert again(read(project)) == []


def test_a_new_id_leaves_marks_as_they_are(project: Path) -> None:
    for old, new in (("riverside-plan/safe-at-home", "safer-at-home"), ("riverside-plan", "river-plan")):
        assert run(project, "rename", old, new).exit_code == 0, old
    assert "river-plan/safer-at-home" in (project / FALLS.replace("riverside-plan", "river-plan")).read_text()
    assert again(read(project)) == []
    assert [held.idle for held in resting.marks(read(project)) if held.idle] == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_confirming_changes_its_lines_alone(project: Path, line_end: str) -> None:
    path = project / FALLS
    text = path.read_text().replace("\n", line_end)
    commented = text.replace("  - workforce ", f"  # Looked at with the board.{line_end}  - workforce ")
    path.write_bytes((commented + f"# The end.{line_end}").encode())
    change(project, PLAN, OBJECTIVE, "Older people are safe outdoors.")
    before = path.read_bytes().decode().split(line_end)
    assert "1 changed, 3 as before" in run(project, "confirm", "falls").output
    after = path.read_bytes().decode().split(line_end)
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(differing) == 1
    assert "safe-at-home" in differing[0][1]
    assert again(read(project)) == []


def test_lines_come_and_go_with_what_is_referred_to(project: Path) -> None:
    change(project, FALLS, "  - workforce ", "  - vanished 00000000\n  - workforce ")
    change(project, FALLS, "  - riverside-plan/safe-at-home ", "  # riverside-plan/safe-at-home ")
    assert "nothing in this file rests on `vanished` any more" in run(project, "check").output
    said = run(project, "confirm", "falls").output
    assert "1 new" in said
    assert "vanished: taken away" in said
    text = (project / FALLS).read_text()
    assert "vanished" not in text
    assert "  # riverside-plan/safe-at-home " in text
    assert "to be looked at" not in run(project, "check").output


@pytest.mark.parametrize("written", ["confirmed: []\n", "confirmed:\n", "confirmed: [workforce 00000000]\n"])
def test_however_the_list_is_written_it_can_be_confirmed(project: Path, written: str) -> None:
    path = project / FALLS
    text = path.read_text()
    path.write_text(text[: text.index("confirmed:")] + written)
    result = run(project, "confirm", "falls")
    if written != "confirmed:\n":
        assert result.exit_code == 0
        assert again(read(project)) == []
        assert path.read_text() == text


@pytest.mark.parametrize("before", ["- ", "  - ", "    -   ", '  - "'])
def test_however_its_lines_begin_others_can_be_added(project: Path, before: str) -> None:
    path = project / FALLS
    text = path.read_text()
    head, lines = text.split("confirmed:\n")
    kept = [line.removeprefix("  - ") for line in lines.splitlines() if "safe-at-home" not in line]
    after = '"' if before.endswith('"') else ""
    path.write_text(head + "confirmed:\n" + "".join(f"{before}{line}{after}\n" for line in kept))
    result = run(project, "confirm", "falls")
    assert "1 new, 3 as before" in result.output
    assert again(read(project)) == []


def test_a_file_that_nobody_confirmed_is_not_followed(project: Path) -> None:
    shutil.copy(BASE / FALLS, project / FALLS)
    change(project, PLAN, OBJECTIVE, "Older people are safe outdoors.")
    assert run(project, "check", "--strict").output == "No problem found.\n"


def test_who_names_nothing_is_told_what_to_look_at(project: Path) -> None:
    change(project, PLAN, OBJECTIVE, "Older people are safe outdoors.")
    result = run(project, "confirm")
    assert result.exit_code == 1
    assert "To be looked at: `falls` (1)." in result.output


def test_the_page_of_gaps_tells_readers_what_they_may_see(project: Path, tmp_path: Path) -> None:
    change(project, PLAN, OBJECTIVE, "Older people are safe outdoors.")
    edition = planned(read(project), "public")
    page = next(page for page in edition.pages if page.path == "gaps.md")
    told = Renderer(PROJECT / "templates", tmp_path / "work").page(page, edition, ())
    assert told.count("which has changed") == 1
    assert "confirmed" not in "".join(data.decode(errors="replace") for data in edition.data.values())


def test_a_file_in_which_it_cannot_be_done_is_told(project: Path) -> None:
    path = project / FALLS
    text = path.read_text()
    path.write_text(text[: text.index("confirmed:")] + "...\n")
    before = path.read_bytes()
    result = run(project, "confirm", "falls")
    assert result.exit_code == 1
    assert "cannot be changed without a person" in result.output
    assert path.read_bytes() == before


def test_no_real_file_takes_harm(tmp_path: Path) -> None:
    """Every real file as if nobody had confirmed it: confirming writes what stands there now, and nothing else."""
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    files = [path for path in (tmp_path / "content").rglob("*.yml") if "\nconfirmed:" in path.read_text()]
    was = {path: path.read_text() for path in files}
    for path, text in was.items():
        path.write_text(text[: text.index("\nconfirmed:") + 1])
    assert run(tmp_path, "confirm", "--all").exit_code == 0
    assert {path: path.read_text() for path in files} == was


def test_unread_content_is_told(project: Path) -> None:
    change(project, FALLS, "confirmed:\n", "confirmed:\n  - workforce once\n")
    with pytest.raises(BuildFailed, match="entry 1 of `confirmed`"):
        read(project)


def test_a_field_that_the_model_gets_later_changes_nothing(content: Content) -> None:
    class Later(Objective):
        horizon: str | None = None
        kind: Literal["aim", "hope"] = "aim"
        steps: tuple[str, ...] = ()

    address = content.addresses["forward-plan/best-start-in-life"]
    later = replace(address, record=Later(**address.record.model_dump(by_alias=True) | {"source": "editors"}))
    assert resting.fingerprint(content, later) == resting.fingerprint(content, address)
