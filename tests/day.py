"""An editor's day, from the first line of a new priority to the published page, on the real content.

`.venv/bin/python tests/day.py` lives it in a temporary repository and prints what was said, and how long each step
took. `test_day.py` holds it to what an editor should find.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PRIORITY = "content/forward-plan/priorities/digital-inclusion.yml"
VITAL_5 = "content/forward-plan/priorities/vital-5.yml"
CHARTER = "content/vcse-charter/charter.yml"
FILLED = {
    "summary: >-\n": "summary: >-\n  Help every resident who wants to use services online to do so.\n",
    "source:\n": "source: editors\n",
    "case_for_change: |\n": "case_for_change: |\n  Some residents cannot book online. Nobody should wait for it.\n",
    "actions:\n  - id:\n": "actions:\n  - id: count-who-is-left-out\n",
    "    text: >-\n    # The plan's year, as in `2023/24`.\n    year:\n    source:\n": "    text: >-\n"
    '      Ask at every front desk who cannot use services online.\n    year: "2024/25"\n    source: editors\n',
    "outcomes:\n  - id:\n": "outcomes:\n  - id: no-longer-wait\n",
    "    # The statement, in plain English.\n    text: >-\n    source:\n": "    text: >-\n"
    "      People who do not use the internet wait no longer than others.\n    source: editors\n",
    "#editorial_links:\n": "editorial_links:\n  objectives: [healthy-workin-age]\n",
}
SUBCLAUSE = """          - id: paid-in-thirty-days
            letter: b
            text: Payment of every invoice within 30 days.
            source: editors
"""


@dataclass
class Step:
    """What was done, what was said, whether it went well, how long it took in seconds."""

    did: str
    said: str
    status: int
    seconds: float


@dataclass
class Day:
    """A day in a clone of the project."""

    folder: Path
    steps: list[Step] = field(default_factory=list)

    @property
    def clone(self) -> Path:
        return self.folder / "plan"

    def run(self, did: str, *command: str) -> Step:
        """Run a command as an editor would, and keep what it said."""
        begun = time.perf_counter()
        # A build in this process may have left the day of its edition; the editor's day is today.
        environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        told = subprocess.run(
            command,
            cwd=self.clone,
            capture_output=True,
            text=True,
            env=environment | {"PATH": path, "PSWKDOCS": "pswkdocs", "PYTHONPATH": str(PROJECT)},
        )
        step = Step(did, told.stdout + told.stderr, told.returncode, time.perf_counter() - begun)
        self.steps.append(step)
        return step

    def pswkdocs(self, did: str, *arguments: str) -> Step:
        return self.run(did, sys.executable, "-m", "pswkdocs", *arguments)

    def git(self, *arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=self.clone, check=True, capture_output=True, text=True).stdout

    def write(self, file: str, old: str, new: str) -> None:
        """Change the first place in a file where a text stands."""
        path = self.clone / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def live(folder: Path) -> Day:
    """The whole day: a priority added, a target changed, a clause inserted, a reference mended, reviewed, published."""
    day = Day(folder)
    _morning(day)
    day.git("checkout", "-qb", "digital-inclusion")
    day.pswkdocs("A new priority begins", "new", "priority", "Digital inclusion")
    day.pswkdocs("What is still blank?", "check")
    for blank, filled in FILLED.items():
        day.write(PRIORITY, blank, filled)
    wrong = day.pswkdocs("All is filled in, with one id misspelt", "check")
    meant = re.search(r"Did you mean `([^`]+)`\?", wrong.said)
    if meant:
        day.write(PRIORITY, "healthy-workin-age", meant[1].lstrip("#"))
    day.write(VITAL_5, "By 2029, 80% of the people expected", "By 2030, 85% of the people expected")
    day.write(
        VITAL_5, 'diagnosed\n    target: 80%\n    deadline: "2029"', 'diagnosed\n    target: 85%\n    deadline: "2030"'
    )
    _insert_clause(day)
    day.pswkdocs("The message's own words put in; a target changed; a clause inserted", "check")
    day.pswkdocs("Editors' programs are told of the new ids", "schema")
    day.pswkdocs("What does it change?", "diff", "main")
    day.git("add", "-A")
    day.git("commit", "-qm", "Digital inclusion is a priority")
    day.run("The pull request's comment", sys.executable, "-m", "forge.review", "main")
    day.git("checkout", "-q", "main")
    day.git("merge", "-q", "digital-inclusion")
    day.git("push", "-q", "origin", "main")
    day.git("tag", "-a", "2026-12", "-m", "Digital inclusion is a priority.")
    day.run("Publish the tag", "sh", "forge/publish.sh", "2026-12")
    day.pswkdocs("What is published?", "versions")
    return day


def _morning(day: Day) -> None:
    """A clone of a project of which a version is published."""
    day.clone.mkdir()
    for name in ("content", "templates", "schema", "forge", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "cases")
        shutil.copytree(PROJECT / name, day.clone / name, ignore=ignored)
    shutil.copy(PROJECT / "mkdocs.yml", day.clone)
    (day.clone / ".gitignore").write_text("/build/\n/site/\n__pycache__/\n")
    day.git("init", "-q", "-b", "main")
    day.git("config", "user.name", "Editor")
    day.git("config", "user.email", "editor@example.org")
    subprocess.run(["git", "init", "-q", "--bare", day.folder / "origin"], check=True)
    day.git("remote", "add", "origin", str(day.folder / "origin"))
    day.git("add", "-A")
    day.git("commit", "-qm", "The plan as it is")
    published = day.pswkdocs("The plan is published", "publish", "2026-11")
    assert not published.status, published.said
    day.git("push", "-q", "origin", "main", "gh-pages")


def _insert_clause(day: Day) -> None:
    """A sub-clause put before the others of clause 3.7 but the first; those after it have the next letter each."""
    text = (day.clone / CHARTER).read_text(encoding="utf-8")
    start, end = text.index('number: "3.7"'), text.index('number: "3.8"')
    clause = re.sub(r"letter: ([b-y])\n", lambda old: f"letter: {chr(ord(old[1]) + 1)}\n", text[start:end])
    second = clause.index("          - id: broader-range")
    clause = clause[:second] + SUBCLAUSE + clause[second:]
    (day.clone / CHARTER).write_text(text[:start] + clause + text[end:], encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        lived = live(Path(place))
        comment = lived.clone / "build/review/comment.md"
        for step in lived.steps:
            print(f"\n## {step.did} ({step.seconds:.1f} s)\n\n{step.said.strip()}")
        print(f"\n## The comment\n\n{comment.read_text(encoding='utf-8')}")
