"""Commands for a person: a new record, one shown, words found, what the machine lacks, what the Tab key offers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result

from conftest import CASES, PROJECT
from pswkdocs import git, pipeline
from pswkdocs.cli import COMMANDS, completing, main
from pswkdocs.config import Config
from pswkdocs.desk import ids, kinds, making, sheets
from pswkdocs.load import FILES
from pswkdocs.misfits import _model_at
from pswkdocs.model.content import Content
from pswkdocs.model.record import AUDIENCES, Audience, FileRecord, Part, Ref, markers
from pswkdocs.plan import plan
from pswkdocs.source import Source, parse
from pswkdocs.versions import BRANCH

BASE = CASES / "problems/_base"
SAID = {"meeting": "Board 14 January 2026", "closed-part": "board-2025-11-12"}
# What fits a field that only takes a certain form.
FORMS = {
    ("Section", "number"): "1",
    ("Clause", "number"): "1.1",
    ("AgendaItem", "number"): "1",
    ("Plan", "years"): "2025/26",
    ("Action", "year"): "2025/26",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def run(project: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--project", str(project), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def blanks(source: Source) -> list[tuple[str | int, ...]]:
    """The places of a skeleton that wait for an editor."""

    def at(value: Any, loc: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
        if isinstance(value, dict | list):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            return [found for key, inner in items for found in at(inner, (*loc, key))]
        return [loc] if value in (None, "") else []

    return at(source.data, ())


def fitting(model: type[Part], loc: tuple[str | int, ...], content: Content) -> str:
    """What an editor may write in a blank: an id that there is, a day, a choice, words."""
    name = next(step for step in reversed(loc) if isinstance(step, str))
    holder = _model_at(model, loc[: len(loc) - 1 - loc[::-1].index(name)])
    assert holder
    field = holder.model_fields[name]
    if form := FORMS.get((holder.__name__, name)):
        return form
    if name in ("id", "source", "audience"):
        return {"id": f"new-{'-'.join(map(str, loc)).replace('_', '-')}"[:40].rstrip("-"), "source": "editors"}.get(
            name, "public"
        )
    for mark in markers(holder, name):
        if isinstance(mark, Ref):
            known = [id for kind, id in content.by_kind if kind == mark.kind]
            return next((id for id in known if id != "falls"), "")
    choices = [it for it in get_args(field.annotation) if isinstance(it, str)]
    if field.annotation is date or date in get_args(field.annotation):
        return "2026-01-14"
    return choices[0] if choices else "Words"


def filled(path: Path, model: type[Part], content: Content, first_line: int = 0) -> None:
    """Fill in every blank of a file below a line."""
    data = path.read_bytes()
    source = parse("x", data.decode())
    sheet = sheets.Sheet(source, data)
    for loc in blanks(source):
        place = source.values[loc]
        if place.start[0] < first_line:
            continue
        said = fitting(model, loc, content)
        at = sheet.at(place.start)
        style = re.match(r"(>-|\|)", sheet.text[at:])
        sheet.put(at, at + len(style[0]) if style else at, (" " if not style else "") + f'"{said}"')
    path.write_bytes(sheet.written())


def test_kinds_are_those_of_the_models() -> None:
    assert set(kinds.FILED) == set(making.FILED) and set(kinds.ENTRIES) == set(making.ENTRIES)
    told = CliRunner().invoke(main, ["new", "--help"]).output.split()
    assert set(kinds.KINDS) <= {word.strip(",.;") for word in told}


@pytest.mark.parametrize("kind", [kind for kind in kinds.FILED if kind not in ("plan", "charter", "closed-part")])
def test_new_file_is_right_once_its_blanks_are_filled(project: Path, kind: str) -> None:
    """Only blanks are complained of; filled in, the content is clean and the site has the record."""
    content, _ = pipeline.read(Config(project))
    result = run(project, "new", kind, SAID.get(kind, "Digital inclusion for everyone in"))
    assert result.exit_code == 0, result.output
    path = project / result.output.split(" begins in ")[1].split(":")[0]
    told = run(project, "check").output
    assert re.findall(r"error: (.*)", told) and not [
        it for it in re.findall(r"error: (.*)", told) if "is empty" not in it
    ]
    assert all(
        line.startswith(path.relative_to(project).as_posix()) for line in told.splitlines() if ": error: " in line
    )
    filled(path, making.FILED[kind][1], content)
    after, _ = pipeline.read(Config(project))
    record = next(entry.record for entry in after.entries if (project / entry.source.path) == path)
    audience: Audience = "public" if after.audience(after.addresses[record.id].entry) == "public" else AUDIENCES[-1]
    assert record.id in plan(after, audience).places


@pytest.mark.parametrize("kind", ["plan", "charter"])
def test_new_whole_of_which_there_is_one(tmp_path: Path, kind: str) -> None:
    """The first is begun, a second is not; the first part takes the blank in its list."""
    content, _ = pipeline.read(Config(BASE))
    (tmp_path / "content").mkdir()
    assert run(tmp_path, "new", kind, "Our way").exit_code == 0
    path = tmp_path / f"content/our-way/{kind}.yml"
    assert "the site has room for one" in run(tmp_path, "new", kind, "Another").output
    if kind == "plan":
        run(tmp_path, "new", "priority", "Warm homes")
        run(tmp_path, "new", "priority", "Green spaces")
        assert parse("x", path.read_text(encoding="utf-8")).data["priorities"] == ["warm-homes", "green-spaces"]
    model: type[FileRecord] = making.FILED[kind][1]
    filled(path, model, content)
    model.model_validate(parse("x", path.read_text(encoding="utf-8")).data)


def test_new_closed_part_knows_its_meeting(project: Path) -> None:
    result = run(project, "new", "closed-part", "board-2025-09-1")
    assert result.exit_code == 1 and "Did you mean `board-2025-09-10`?" in result.output
    (project / "content/meetings/board-2025-09-10/closed.yml").unlink()
    assert run(project, "new", "closed-part", "board-2025-09-10").exit_code == 0
    made = (project / "content/meetings/board-2025-09-10/closed.yml").read_text(encoding="utf-8")
    assert "\nid: board-closed-2025-09-10\n" in made and "\nmeeting: board-2025-09-10\n" in made


@pytest.mark.parametrize("kind", kinds.ENTRIES)
def test_new_entry_stands_in_its_register(project: Path, kind: str) -> None:
    """The entry is put in its place, every other byte stays, and filled in it is right."""
    content, _ = pipeline.read(Config(project))
    model, file, field, _ = making.ENTRIES[kind]
    path = project / "content" / file
    before = path.read_bytes()
    result = run(project, "new", kind, "Green hub", "--id", "green-hub")
    assert result.exit_code == 0, result.output
    line = int(result.output.split(f"{file}:")[1].split(":")[0])
    after = path.read_bytes()
    start = next(n for n in range(len(before) + 1) if before[: n + 1] != after[: n + 1])
    assert after.endswith(before[start:].lstrip() or b"\n") and "green-hub" in after.decode()
    filled(path, next(type_ for pattern, type_, _ in FILES if pattern == file), content, line - 1)
    assert pipeline.read(Config(project))[0].get(model, "green-hub").id == "green-hub"
    assert "is or was in use" in run(project, "new", kind, "Green hub", "--id", "green-hub").output


def test_new_line_in_a_file_of_crlf(project: Path) -> None:
    """The lines that are put into a file end as its others do."""
    for name, block in (("riverside-plan/plan.yml", True), ("registers/glossary.yml", False)):
        path = project / "content" / name
        text = path.read_text(encoding="utf-8").replace("[falls, loneliness]", "\n  - falls\n  - loneliness")
        path.write_bytes(text.replace("\n", "\r\n").encode())
        assert run(project, "new", *(("priority", "Warm homes") if block else ("term", "Warm home"))).exit_code == 0
        assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n") > text.count("\n")


def test_new_refuses_what_is_there(project: Path) -> None:
    assert "is or was in use" in run(project, "new", "priority", "Falls").output
    assert "an id is small letters" in run(project, "new", "priority", "2026").output
    assert "a meeting is called by its body and its day" in run(project, "new", "meeting", "Board").output
    said = run(project, "new", "meeting", "Bord 14 January 2026").output
    assert "there is no body “Bord”" in said and "`board`" in said
    assert "'prioritty' is not one of" in run(project, "new", "prioritty", "x").output


def test_show_tells_all_of_a_record(project: Path) -> None:
    said = run(project, "show", "falls").output
    for words in ("falls.yml:1:5", "riverside-plan lists it", "/priorities/falls/", "riverside-plan.docx", "public"):
        assert words in said
    assert "/id/priority/falls/" in said
    content, _ = pipeline.read(Config(project))
    clause = next(it for it in content.addresses.values() if it.kind == "clause")
    number = getattr(clause.record, "number", "")
    for way in (
        clause.key,
        number,
        f"charter/{number}",
        f"/id/charter/{number}/",
        f"https://x.org/p/id/clause/{clause.key}/",
    ):
        assert clause.key in run(project, "show", way).output.splitlines()[0]
    assert "Did you mean `falls`?" in run(project, "show", "fals").output


def test_show_tells_what_became_of_an_id(project: Path) -> None:
    run(project, "rename", "falls", "safer-steps")
    said = run(project, "show", "falls").output
    assert "no longer in use" in said and "safer-steps" in said
    assert "is or was in use" in run(project, "new", "priority", "Falls").output


def test_show_answers_beside_a_mistake(project: Path) -> None:
    """A link that leads nowhere elsewhere keeps nobody from looking a record up."""
    path = project / "content/riverside-plan/plan.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[falls, loneliness]", "[falls, lonelyness]"), encoding="utf-8")
    said = run(project, "show", "falls")
    assert said.exit_code == 0 and "known once `pswkdocs check` finds no mistake" in said.output


def test_find_says_where(project: Path) -> None:
    """A phrase, else all the words; accents and capitals do not count; what is not there suggests what is."""
    path = project / "content/pages/help.yml"
    text = path.read_text(encoding="utf-8")
    section = "  - id: cafes\n    title: Cafés\n    text: We sit in a **warm\n      café** by the water.\n"
    section += "    source: editors\n"
    path.write_text(text + "sections:\n" * ("sections:" not in text) + section, encoding="utf-8")
    found = run(project, "find", "WARM CAFE")
    line = next(n for n, it in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if "**warm" in it)
    assert f"content/pages/help.yml:{line}:25: help/cafes, text" in found.output, found.output
    assert "We sit in a warm café by the water." in found.output and "1 place." in found.output
    assert "help/cafes" in run(project, "find", "water", "sit").output
    assert run(project, "find", "county’s work").exit_code == 0
    assert "\x1b[" in CliRunner().invoke(main, ["--project", str(project), "find", "café"], color=True).output
    nothing = run(project, "find", "watr")
    assert nothing.exit_code == 1 and "Did you mean “water”" in nothing.output


def test_doctor_says_what_is_missing(project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "templates/pdf/fonts", project / "templates/pdf/fonts")
    assert run(project, "doctor").exit_code == 0
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    said = run(project, "doctor")
    assert said.exit_code == 0  # check, build and serve can do without
    for what in ("git", "Chromium", "Node.js"):
        assert re.search(rf"(?m)^note +{re.escape(what)} +missing", said.output), said.output
    shutil.rmtree(project / "templates/pdf/fonts")
    said = run(project, "doctor")
    assert said.exit_code == 1 and "Nothing can be made without: fonts." in said.output


def test_doctor_knows_what_was_not_fetched(project: Path) -> None:
    """A clone whose published branch is behind is told of it."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (
        ("init", "-q", "-b", "main"),
        (*who, "commit", "-q", "--allow-empty", "-m", "one"),
        ("branch", BRANCH),
        (*who, "commit", "-q", "--allow-empty", "-m", "two"),
        ("update-ref", f"refs/remotes/origin/{BRANCH}", "HEAD"),
    ):
        assert not git.ask(project, *command).returncode
    said = run(project, "doctor").output
    assert "1 publication behind origin" in said
    assert f"git fetch origin {BRANCH}:{BRANCH}" in said


def test_every_command_is_where_it_is_looked_for() -> None:
    for name in COMMANDS:
        command = main.get_command(None, name)  # type: ignore[arg-type]
        assert command and command.name == name and command.help
    assert completing.BRANCH == BRANCH
    result = CliRunner().invoke(main, ["chek"])
    assert result.exit_code == 2 and "Did you mean `check`?" in result.output


def offered(project: Path, *words: str) -> list[str]:
    """What the Tab key offers at the last of these words."""
    told = {"COMP_WORDS": " ".join(("pswkdocs", *words)), "COMP_CWORD": str(len(words))}
    code = "from pswkdocs.cli import main; main(prog_name='pswkdocs')"
    environment = {**os.environ, **told, "_PSWKDOCS_COMPLETE": "bash_complete"}
    made = subprocess.run([sys.executable, "-c", code], cwd=project, env=environment, capture_output=True, check=True)
    return [line.partition(",")[2] for line in made.stdout.decode().split("\n") if line]


def test_tab_key(project: Path) -> None:
    assert offered(project, "ren") == ["rename"]
    assert offered(project, "show", "fal")[0] == "falls"
    assert "falls" in offered(project, "rename", "") and "falls/x" not in offered(project, "rename", "")
    assert set(offered(project, "show", "falls/")) == {
        key for key in pipeline.read(Config(project))[0].addresses if key.startswith("falls/")
    }
    assert offered(project, "new", "pri") == ["priority"]
    assert {"word", "odt", "pdf"} <= set(offered(project, "build", "--only", ""))
    assert offered(project, "build", "--aud") == ["--audience"]
    assert offered(project, "check", "") == []


def test_tab_key_is_quick(project: Path) -> None:
    """Nothing that takes long to begin is read for it."""
    code = (
        "import sys\nfrom pswkdocs.cli import main\n"
        "try:\n    main(prog_name='pswkdocs')\n"
        "finally:\n    print([name for name in ('pydantic', 'yaml', 'lxml', 'rich', 'mike') if name in sys.modules])"
    )
    for words, at in (("pswkdocs show fal", "2"), ("pswkdocs wi", "1"), ("pswkdocs build --only w", "3")):
        told = {"COMP_WORDS": words, "COMP_CWORD": at, "_PSWKDOCS_COMPLETE": "bash_complete"}
        made = subprocess.run(
            [sys.executable, "-c", code], cwd=project, env={**os.environ, **told}, capture_output=True
        )
        *offers, read = made.stdout.decode().splitlines()
        assert offers and read == "[]", made


def test_ids_are_those_of_the_content(content: Content) -> None:
    """What is read quickly is what is there."""
    hidden = [entry for entry in content.entries if not entry.record.for_readers]
    known = {*content.addresses, *(it.key for entry in hidden for it in entry.parts)}
    assert set(ids.keys(PROJECT / "content")) == known


def test_bash_takes_it(project: Path) -> None:
    """In a real bash the Tab key finishes a word."""
    bash = shutil.which("bash")
    assert bash, "the tests need bash: install it"
    program = project / "bin/pswkdocs"
    program.parent.mkdir()
    code = "from pswkdocs.cli import main; main(prog_name='pswkdocs')"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{code}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = (
        'eval "$(_PSWKDOCS_COMPLETE=bash_source pswkdocs)"; COMP_WORDS=(pswkdocs show lonel); COMP_CWORD=2; '
        "_pswkdocs_completion pswkdocs lonel show; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    made = subprocess.run([bash, "-c", script], cwd=project, env=environment, capture_output=True, text=True)
    assert made.stdout.splitlines()[0] == "loneliness", made.stderr
