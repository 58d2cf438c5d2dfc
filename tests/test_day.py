"""An editor's day on the real content: each step says what an editor needs to know."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

import day
from day import PRIORITY, Day, Step


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return day.live(tmp_path_factory.mktemp("day"))


def step(lived: Day, did: str) -> Step:
    return next(step for step in lived.steps if step.did.startswith(did))


def test_each_step_ends_as_it_should(lived: Day) -> None:
    refused = [step.did for step in lived.steps if step.status]
    assert refused == ["What is still blank?", "All is filled in, with one id misspelt"], lived.steps[-1].said


def test_a_new_priority_is_told_what_it_lacks(lived: Day) -> None:
    assert f"`digital-inclusion` begins in {PRIORITY}" in step(lived, "A new priority").said
    blanks = re.findall(rf"^{PRIORITY}:(\d+):\d+: error: `(\w+)` is empty$", step(lived, "What is still").said, re.M)
    assert [field for _, field in blanks][:3] == ["summary", "source", "case_for_change"]
    assert "Traceback" not in "".join(step.said for step in lived.steps)


def test_a_wrong_reference_is_mended_by_its_message(lived: Day) -> None:
    said = step(lived, "All is filled in").said
    assert "there is no objective `healthy-workin-age`" in said and "Did you mean `healthy-working-age`?" in said
    assert said.count(": error: ") == 1


def test_the_change_is_told_in_a_planners_words(lived: Day) -> None:
    for said in (
        step(lived, "What does it change?").said,
        (lived.clone / "build/review/comment.md").read_text("utf-8"),
    ):
        words = re.sub(r"</?(?:ins|del)>|\*\*", "", said)
        assert "Priority “Digital inclusion” added" in words
        assert "target: 80% by 2029 → 85% by 2030" in words
        assert "Clause 3.7(b) added" in words and "renumbered 3.7(c) to 3.7(e)" in words


def test_the_comment_shows_the_pages(lived: Day) -> None:
    comment = (lived.clone / "build/review/comment.md").read_text(encoding="utf-8")
    assert "(pictures/priorities-digital-inclusion-after.png)" in comment
    pictures = re.findall(r"\((pictures/[^)]+)\)", comment)
    assert pictures and all((lived.clone / "build/review" / picture).is_file() for picture in pictures)
    assert "Southwark section of the South East London Joint Forward Plan changes (Word, ODT, PDF)" in comment


def test_the_tag_is_published(lived: Day) -> None:
    def published(path: str) -> str:
        command = ["git", "--git-dir", str(lived.folder / "origin"), "show", f"gh-pages:{path}"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert "Help every resident who wants to use services online" in published(
        "latest/priorities/digital-inclusion/index.html"
    )
    assert json.loads(published("2026-12/manifest.json"))["note"] == "Digital inclusion is a priority."
    assert "Digital inclusion is a priority." in published("feed.xml")
    assert "2026-12 = latest" in step(lived, "What is published?").said


def test_the_day_can_be_told(lived: Day) -> None:
    """How long each step took is told, never held to a number: machines differ."""
    assert len(lived.steps) >= 9 and all(step.seconds > 0 for step in lived.steps)
