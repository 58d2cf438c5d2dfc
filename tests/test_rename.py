"""An id is changed wherever it stands, and nothing else is; old links lead on."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import CASES, TODAY
from pswkdocs import pipeline
from pswkdocs.cli import main
from pswkdocs.config import Config
from pswkdocs.desk import renaming
from pswkdocs.problems import BuildFailed
from pswkdocs.source import parse
from pswkdocs.store import contents

BASE = CASES / "problems/_base"
FIXED = ("accessibility", "glossary", "organisations", "partnership", "sources", "bodies", "people", "audit")


def git(project: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(project), *who, *arguments], check=True, capture_output=True)


def run(project: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--project", str(project), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small content, committed, so that others may have links to it."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "content")
    return tmp_path


def longer(key: str) -> str:
    """Another id for a record: longer by a word, and with the day of a meeting at its end."""
    return re.sub(r"(-\d{4}-\d\d-\d\d)?$", r"-anew\1", key, count=1)


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> list[tuple[bytes, bytes]]:
    """The lines that are others, file by file; files that moved are held to what they were."""
    assert len(before) == len(after)
    gone, came = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    same = [(before[name], after[name]) for name in before.keys() & after.keys()]
    pairs = [*same, *((before[old], after[new]) for old, new in zip(gone, came, strict=True))]
    held = [(old.splitlines(True), new.splitlines(True)) for old, new in pairs]
    assert all(len(old) == len(new) for old, new in held)
    return [(a, b) for old, new in held for a, b in zip(old, new, strict=True) if a != b]


def test_any_id_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An id of every kind: the content stays right, only lines that name it differ, and back again no byte does."""
    monkeypatch.setattr(renaming, "_seen", lambda *_: False)
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    config = Config(project, today=TODAY)
    content, _ = pipeline.read(config)
    before = contents(project)
    by_kind = {it.kind: key for key, it in content.addresses.items() if key not in FIXED}
    assert len(by_kind) > 40
    for key in by_kind.values():
        renaming.rename(config, key, longer(key), "")
        own = key.rpartition("/")[2].encode()
        lines = differing(before, contents(project))
        assert lines and all(
            old.count(own) and old == new.replace(longer(own.decode()).encode(), own) for old, new in lines
        )
        renaming.rename(config, longer(key), key, "")
        assert contents(project) == before


def test_what_a_rename_says_and_leaves(project: Path) -> None:
    """The file, the plan’s list and the links follow; the register leads old links on; `diff` tells of nothing gone."""
    (project / "README.md").write_text("See `content/riverside-plan/priorities/falls.yml`.", encoding="utf-8")
    git(project, "add", "README.md")
    git(project, "commit", "-qm", "readme")
    said = run(project, "rename", "falls", "safer-steps").output
    assert "Put right by hand what names the old place: README.md" in said
    assert "`falls` is `safer-steps` now" in said and "priorities/safer-steps.yml" in said
    assert not (project / "content/riverside-plan/priorities/falls.yml").exists()
    register = (project / "content/registers/retired.yml").read_text(encoding="utf-8")
    assert "was: falls\n" in register and "now: safer-steps\n" in register and f"gone: {TODAY}" in register
    assert run(project, "check").exit_code == 0
    diff = run(project, "diff", "HEAD", "--all").output
    assert "removed" not in diff and "safer-steps" in diff
    assert "It is `safer-steps` now" in run(project, "rename", "falls", "other").output
    run(project, "rename", "safer-steps", "falls")
    assert not (project / "content/registers/retired.yml").exists()
    assert not subprocess.run(["git", "-C", project, "status", "-s"], capture_output=True).stdout


def test_what_led_to_it_leads_on(project: Path) -> None:
    """A part, then its whole: who has the oldest link to the part still comes to it."""
    part = next(key for key in pipeline.read(Config(project))[0].addresses if key.startswith("falls/"))
    run(project, "rename", "falls", "safer-steps")
    run(project, "rename", part.replace("falls/", "safer-steps/", 1), "anew", "--why", "It says more.")
    register = parse("x", (project / "content/registers/retired.yml").read_text(encoding="utf-8")).data["entries"]
    assert [entry["now"] for entry in register] == ["safer-steps", "safer-steps/anew"]
    assert register[1]["why"] == "It says more."
    run(project, "rename", "safer-steps", "no-falls")
    register = parse("x", (project / "content/registers/retired.yml").read_text(encoding="utf-8")).data["entries"]
    assert [(entry["was"], entry["now"]) for entry in register] == [
        ("falls", "no-falls"),
        ("safer-steps/" + part.partition("/")[2], "no-falls/anew"),
    ]
    assert run(project, "check").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("fals", "x", "Did you mean `falls`?"),
        ("falls", "loneliness", "is the id of another priority"),
        ("falls", "Safer Steps", "As an id this would be `safer-steps`."),
        ("falls", "falls-2026", "no year"),
        ("falls", "falls", "has this id already"),
        ("falls", "strategy/falls", "would come to stand in another file"),
        ("glossary", "words", "is always called so"),
        ("board-2025-09-10", "board-meeting", "does not end in the day"),
    ],
)
def test_refused_with_nothing_changed(project: Path, old: str, new: str, said: str) -> None:
    before = contents(project / "content")
    result = run(project, "rename", old, new)
    assert result.exit_code == 1 and said in result.output and "Nothing was changed." in result.output
    assert contents(project / "content") == before


def test_mistakes_come_first(project: Path) -> None:
    """Where content has a mistake already, it is told, and nothing is changed."""
    path = project / "content/pages/help.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    before = contents(project / "content")
    assert "`titel` is not a field here" in run(project, "rename", "falls", "safer-steps").output
    assert contents(project / "content") == before


def test_what_cannot_be_written_is_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full in the middle leaves every file as it was."""
    before = contents(project / "content")
    put = renaming.put
    calls = []

    def full(path: Path, data: bytes | None) -> None:
        if path.is_relative_to(project):
            calls.append(path)
            if len(calls) == 2:
                raise OSError(28, "No space left on device", str(path))
        put(path, data)

    monkeypatch.setattr(renaming, "put", full)
    result = run(project, "rename", "falls", "safer-steps")
    assert result.exit_code == 1 and "no space left" in result.output.lower()
    assert contents(project / "content") == before


def test_back_again_beside_others(project: Path) -> None:
    """An id that is in use again is told of no more; what else the register tells stays to the byte."""
    path = project / "content/registers/retired.yml"
    assert run(project, "rename", "loneliness", "company").exit_code == 0
    alone = path.read_bytes()
    text = (
        alone.decode().replace("entries:\n", "entries:\n  # The first.\n").replace("why: This", "why: >-\n      This")
    )
    path.write_text(text, encoding="utf-8")
    kept = path.read_bytes()
    assert run(project, "rename", "workforce", "our-people").exit_code == 0
    assert path.read_bytes().startswith(kept)
    assert run(project, "rename", "falls", "safer-steps").exit_code == 0
    assert run(project, "rename", "our-people", "workforce").exit_code == 0
    register = parse("x", path.read_text(encoding="utf-8")).data["entries"]
    assert [entry["was"] for entry in register] == ["loneliness", "falls"]
    assert path.read_bytes().startswith(kept)
    assert run(project, "rename", "safer-steps", "falls").exit_code == 0
    assert path.read_bytes() == kept
    assert run(project, "check").exit_code == 0


def test_a_wrong_whole_is_no_other_record(project: Path) -> None:
    """`falls/workforce` is no record, and so never the enabler `workforce`."""
    result = run(project, "rename", "falls/workforce", "falls/people")
    assert result.exit_code == 1 and "there is no record `falls/workforce`" in result.output


ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(end=ENDS, mark=st.booleans(), quotes=st.sampled_from(["", "'", '"']), comment=st.booleans(), last=st.booleans())
def test_every_way_of_writing_stays(
    tmp_path: Path, end: str, mark: bool, quotes: str, comment: bool, last: bool
) -> None:
    """Line ends, quotation marks, comments, a byte order mark, a last line without its end: all as they were."""
    project = tmp_path / "project"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(BASE, project)
    path = project / "content/riverside-plan/plan.yml"
    text = path.read_text(encoding="utf-8")
    assert "[falls, loneliness]" in text
    said = "\n  # falls stands here" * comment
    text = text.replace("[falls, loneliness]", f"{said}\n  - {quotes}falls{quotes}\n  - loneliness")
    text = (text.rstrip("\n") if last else text).replace("\n", end)
    before = ("\ufeff" * mark + text).encode()
    path.write_bytes(before)
    renaming.rename(Config(project), "falls", "no-falls", "")
    expected = before.replace(f"- {quotes}falls{quotes}".encode(), f"- {quotes}no-falls{quotes}".encode())
    assert re.sub(rb"\]\(#no-falls", b"](#falls", path.read_bytes()) == re.sub(rb"\]\(#no-falls", b"](#falls", expected)
    renaming.rename(Config(project, today=TODAY), "no-falls", "falls", "")
    assert path.read_bytes() == before


def test_only_what_others_may_have_is_led_on(project: Path) -> None:
    """A record that nobody else has seen, or that is not for everybody, leaves no entry for all to read."""
    made = run(project, "new", "term", "Warm space")
    assert made.exit_code == 0, made.output
    glossary = project / "content/registers/glossary.yml"
    text = glossary.read_text(encoding="utf-8").replace("meaning: >-\n    #", "meaning: A place.\n    #", 1)
    glossary.write_text(text.replace("    source:\n", "    source: editors\n", 1), encoding="utf-8")
    assert run(project, "rename", "glossary/warm-space", "warm-place").exit_code == 0
    content, _ = pipeline.read(Config(project))
    closed = next(key for key, it in content.addresses.items() if it.whole and content.audience(it.entry) != "public")
    assert run(project, "rename", closed, longer(closed)).exit_code == 0
    assert not (project / "content/registers/retired.yml").exists()


def test_a_file_that_is_saved_meanwhile_stays(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = project / "content/riverside-plan/plan.yml"
    saved = plan.read_bytes() + b"# more\n"
    monkeypatch.setattr(renaming, "_prove", lambda *_: plan.write_bytes(saved))
    told = run(project, "rename", "falls", "no-falls").output
    assert "content/riverside-plan/plan.yml: error: this file was saved meanwhile" in told
    assert plan.read_bytes() == saved
    assert (project / "content/riverside-plan/priorities/falls.yml").is_file()


def test_a_new_register_names_its_schema(project: Path) -> None:
    assert run(project, "schema").exit_code == 0
    git(project, "add", "-A")
    git(project, "commit", "-qm", "schema")
    assert run(project, "rename", "falls", "no-falls").exit_code == 0
    assert run(project, "check").output == "No problem found.\n"
    assert run(project, "rename", "no-falls", "falls").exit_code == 0
    assert not (project / "content/registers/retired.yml").exists()


def test_nothing_is_written_twice(project: Path) -> None:
    """Where something stands at the new place already, that is told."""
    (project / "content/riverside-plan/priorities/no-falls.yml").mkdir()
    with pytest.raises(BuildFailed):
        renaming.rename(replace(Config(project), today=TODAY), "falls", "no-falls", "")
    assert (project / "content/riverside-plan/priorities/falls.yml").is_file()
