"""Content as it was: of a commit, a tag or a branch, or of another folder."""

from __future__ import annotations

import difflib
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from . import git
from .load import load
from .model.content import Content
from .problems import BuildFailed, Problem, Span

_FIRST = 5  # problems of old content that are told: there may be hundreds


def content_at(project: Path, version: str = "") -> Content:
    """The content of a folder that holds `content/`, or of a commit; without either, that of the project as it stands.

    What an older model knew and today’s does not is told as problems.
    """
    if not version:
        return _loaded(project / "content", "")
    folder = Path(version)
    if (folder / "content").is_dir():
        return _loaded(folder / "content", f"{folder.as_posix()}/")
    with content_of(project, version) as root:
        return _loaded(root / "content", f"{version}:")


@contextmanager
def content_of(project: Path, revision: str) -> Iterator[Path]:
    """A temporary folder with the `content/` of a commit, a tag or a branch."""
    commit = _commit(project, revision)
    if not git.ask(project, "ls-tree", "-d", commit, "content").stdout:
        hint = "Name a later commit, or one of the branch that has the content."
        raise _failed(revision, "this commit holds no `content/`", hint)
    archive = git.packed(project, commit, "content")
    if archive.returncode:
        hint = "Run `git fsck`; where the clone is partial, fetch the commit in full."
        raise _failed(revision, f"git cannot hand out this commit: {git.complaint(archive)}", hint)
    with tempfile.TemporaryDirectory() as folder:
        try:
            with git.archive(archive) as files:
                files.extractall(folder, filter="data")
        except tarfile.FilterError as error:
            hint = "Name a commit whose `content/` holds files alone."
            raise _failed(revision, f"`{error.tarinfo.name}` is a shortcut to another place", hint) from error
        yield Path(folder)


def last_changes(project: Path, commit: str, path: str) -> list[tuple[str, date]]:
    """Who changed each line of a file last, as of a commit, and on which day."""
    blamed = git.ask(project, "blame", "--line-porcelain", commit, "--", path)
    if blamed.returncode:
        return []
    changes, author, day = [], "", date.min
    for line in blamed.stdout.decode(errors="replace").splitlines():
        name, _, value = line.partition(" ")
        if line.startswith("\t"):
            changes.append((author, day))
        elif name == "author":
            author = value
        elif name == "author-time":
            day = datetime.fromtimestamp(int(value), UTC).date()
    return changes


def _loaded(root: Path, before: str) -> Content:
    """The content below a folder; where it cannot be read, its first problems, with what goes before their paths."""
    content, problems = load(root)
    # What the project had not yet, or has no more, is no reason not to compare the rest.
    there = [problem for problem in problems if (root.parent / problem.span.path).exists()]
    errors = [problem for problem in there if problem.severity == "error"]
    if not errors:
        return content
    told = [
        replace(problem, span=replace(problem.span, path=f"{before}{problem.span.path}")) for problem in errors[:_FIRST]
    ]
    if not before:
        raise BuildFailed(told)
    more = f", of which the first {_FIRST} follow" if len(errors) > _FIRST else ""
    count = f"{len(errors)} problem{'s' * (len(errors) != 1)}{more}"
    hint = "Compare with a later version; or take the program of that time to read it (`git worktree add` shows both)."
    what = f"this version’s content is not as today’s program reads it: {count}"
    raise BuildFailed([Problem(Span(before.rstrip(":/"), 0), what, hint), *told])


def _commit(project: Path, revision: str) -> str:
    """The commit that a name means."""
    inside = git.ask(project, "rev-parse", "--is-shallow-repository")
    if inside.returncode:
        if b"not a git repository" in inside.stderr:
            hint = "Name two folders that hold `content/`, or run this in a clone of the project."
            raise _failed(revision, "there is no such folder with `content/`, and this is not a git repository", hint)
        raise _failed(revision, f"git refuses: {git.complaint(inside)}", "Do what git says, then try again.")
    found = git.ask(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not found.returncode:
        return found.stdout.decode().strip()
    if inside.stdout.strip() == b"true":
        hint = "Run `git fetch --unshallow --tags`, then try again."
        raise _failed(
            revision, "this clone has only the latest commits, and no commit, tag or branch of this name", hint
        )
    names = git.ask(project, "for-each-ref", "--format=%(refname:short)").stdout.decode().split()
    ends_alike = [name for name in names if name.endswith(f"/{revision}")]
    near = ends_alike or difflib.get_close_matches(revision, names, 3)
    listed = " or ".join(f"`{name}`" for name in near)
    hint = f"Did you mean {listed}?" if near else "`git log --oneline` lists commits, `git tag` and `git branch` names."
    raise _failed(revision, "there is no commit, tag or branch of this name, and no such folder with `content/`", hint)


def _failed(version: str, what: str, hint: str) -> BuildFailed:
    return BuildFailed([Problem(Span(version, 0), what, hint)])
