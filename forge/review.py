"""Says what a change does to what is published: `python -m forge.review main`.

Builds the site as it was and as it would be, each with the program of its own commit, and writes a comment for the
pull request: what changes in a planner's words, which documents, which problems are new or mended, and the changed
pages before and after, as pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from . import pictures
from .pages import Changed, changed_pages

MARK = "<!-- pswkdocs: what this change does -->"  # by it the comment is found again
LONGEST = 60_000  # characters: a forge takes a few more in one comment
_CUT = "It is too much to tell all of it here: `make review` does."
MOST = 6  # pages that are shown as pictures


@dataclass(frozen=True)
class State:
    """The content of a commit: what is wrong with it, and the site where one could be built."""

    problems: tuple[Mapping[str, Any], ...]
    site: Path | None
    why: str = ""
    """Why no site could be built, in the program's words."""

    @property
    def documents(self) -> dict[str, dict[str, Any]]:
        """What the site's own list says of each document's file, by the file's name."""
        if not self.site:
            return {}
        about = json.loads((self.site / "edition.json").read_text(encoding="utf-8"))
        return {document["file"].rpartition("/")[2]: document for document in about["documents"]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the comment; the status is 1 where the content as it stands has an error."""
    parser = argparse.ArgumentParser(prog="python -m forge.review", description="Say what a change does.")
    parser.add_argument("base", nargs="?", default="main", help="the branch or commit that it will be merged into")
    parser.add_argument("--project", type=Path, default=Path(), help="the folder that holds content/")
    parser.add_argument("--out", type=Path, default=Path("build/review"), help="the folder for the comment")
    asked = parser.parse_args(arguments)
    out = asked.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    project = asked.project.resolve()
    base = _git(project, "merge-base", asked.base, "HEAD")
    if not base:
        print(
            f"There is no commit of {asked.base} here that this one comes from: git fetch origin {asked.base}",
            file=sys.stderr,
        )
        return 2
    with as_it_was(project, base, out / "base") as before:
        was, now = state(before, out / "site-before"), state(project, out / "site")
    (out / "comment.md").write_text(comment(project, base, was, now, out), encoding="utf-8")
    print(f"What the change does is told in {out / 'comment.md'}")
    return int(any(problem["severity"] == "error" for problem in now.problems))


@contextmanager
def as_it_was(project: Path, commit: str, folder: Path) -> Iterator[Path]:
    """The project as of a commit, in a folder of its own while it is needed."""
    _git(project, "worktree", "remove", "--force", str(folder))
    _git(project, "worktree", "prune")
    made = subprocess.run(["git", "-C", project, "worktree", "add", "--detach", folder, commit], capture_output=True)
    made.check_returncode()
    inside = project.relative_to(_git(project, "rev-parse", "--show-toplevel"))
    try:
        yield folder / inside
    finally:
        _git(project, "worktree", "remove", "--force", str(folder))


def state(project: Path, site: Path) -> State:
    """What is wrong with a project's content, and its site, made by the program that lies beside it."""
    told = _pswkdocs(project, "check", "--format", "json")
    problems = tuple(json.loads(told.stdout or "[]"))
    built = _pswkdocs(project, "build", "--out", str(site))
    return State(problems, None, built.stderr.strip()) if built.returncode else State(problems, site)


def comment(project: Path, base: str, was: State, now: State, out: Path) -> str:
    """The comment, with pictures beside it in `out`."""
    told = _pswkdocs(project, "diff", base, "--format", "markdown")
    pages: tuple[Changed, ...] = ()
    shown: tuple[pictures.Shown, ...] = ()
    if was.site and now.site:
        pages = changed_pages(was.site, now.site)
        shown = pictures.take(pages[:MOST], was.site, now.site, out / "pictures")
    facts = {
        "mark": MARK,
        "built": now.site is not None,
        "was_built": was.site is not None,
        "why": was.why.partition("\n")[0],
        "changes": told.stdout.strip() if told.returncode == 0 else "",
        "documents": documents(was, now),
        "new": fresh(now.problems, was.problems),
        "mended": fresh(was.problems, now.problems),
        "standing": len(now.problems) - len(fresh(now.problems, was.problems)),
        "shown": shown,
        "others": pages[MOST:],
    }
    template = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), trim_blocks=True, lstrip_blocks=True, autoescape=False
    ).get_template("comment.md")
    whole = template.render(facts)
    if len(whole) > LONGEST:
        short = told.stdout.partition("\n")[0] + "\n\nIt is too much to list here: `pswkdocs diff` tells all of it."
        whole = template.render({**facts, "changes": short})
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST].rpartition(chr(10))[0]}\n\n{_CUT}\n"


def documents(was: State, now: State) -> list[tuple[str, list[str], str]]:
    """Each document that changes: its title, the kinds of files, and what happens to it."""
    found: dict[str, tuple[list[str], str]] = {}
    old, new = was.documents, now.documents
    if not (was.site and now.site):
        return []
    for name in sorted(old | new):
        if name in old and name in new and old[name]["sha256"] == new[name]["sha256"]:
            continue
        title = (new.get(name) or old[name])["title"]
        what = "changes" if name in old and name in new else "is new" if name in new else "is no longer made"
        found.setdefault(title, ([], what))[0].append(
            {"docx": "Word", "odt": "ODT", "pdf": "PDF"}[name.rpartition(".")[2]]
        )
    return [(title, kinds, what) for title, (kinds, what) in found.items()]


def fresh(problems: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The problems that are not among the others, wherever in its file each stands."""
    left = Counter(map(_what, others))
    found = []
    for problem in problems:
        if left[_what(problem)]:
            left[_what(problem)] -= 1
        else:
            found.append(problem)
    return found


def _what(problem: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(problem[key]) for key in ("path", "severity", "message"))


def _pswkdocs(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program that lies beside the content, else the one that is installed."""
    own = project / "src"
    paths = [str(own)] if own.is_dir() else []
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([*paths, os.environ.get("PYTHONPATH", "")]).strip(os.pathsep),
    }
    command = [sys.executable, "-m", "pswkdocs", "--project", str(project), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def _git(project: Path, *arguments: str) -> str:
    answer = subprocess.run(["git", "-C", str(project), *arguments], capture_output=True, text=True)
    return answer.stdout.strip() if answer.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
