"""What this machine has of what the program needs, and what to do about the rest.

Imports nothing that may itself be missing: it has to answer where nothing else does.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from .. import git

_ROOM = 1_000_000_000  # bytes: the site for all audiences, the documents that are kept, and as much again
_BRANCH = "gh-pages"


@dataclass(frozen=True)
class Finding:
    """One thing: what it is, what it is for, what was found, what to do where that is not enough."""

    what: str
    purpose: str
    found: str
    way_out: str = ""
    needed: bool = False
    """Whether without it no check, no site and no preview can be made."""

    @property
    def well(self) -> bool:
        return not self.way_out


def findings(project: Path) -> Iterator[Finding]:
    """Everything, what is needed first."""
    yield from _programs()
    yield from _folders(project)
    yield from _history(project)
    yield from _extras()


def _programs() -> Iterator[Finding]:
    now = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < (3, 11)
    yield Finding("Python", "runs everything", now, "Install Python 3.11 or newer, then `make site`." * old, True)
    for package, what, purpose in (
        ("mkdocs-material", "MkDocs with Material", "makes the website"),
        ("pypandoc-binary", "pandoc", "makes Word, ODT and PDF documents"),
        ("typst", "typst", "makes PDFs and charts"),
    ):
        found = _version(package)
        if package == "pypandoc-binary" and found and not _pandoc():
            found = ""
        way_out = "" if found else "Run `make site` again: it installs what is missing."
        yield Finding(what, purpose, found or "missing", way_out, True)

    named = (re.match(r"[\w.-]+", line) for line in _requirements() if "extra ==" not in line)
    names = [found[0] for found in named if found]
    lacking = [name for name in names if not _version(name)]
    said = f"missing: {', '.join(lacking)}" if lacking else f"all {len(names)}"
    way_out = "Run `make site` again: it installs what is missing." if lacking else ""
    yield Finding("Python packages", "do the rest", said, way_out, True)


def _requirements() -> list[str]:
    try:
        return requires("pswkdocs") or []
    except PackageNotFoundError:
        return []


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _pandoc() -> bool:
    """Whether the program itself came with its package."""
    spec = find_spec("pypandoc")
    places = [Path(place, "files") for place in (spec.submodule_search_locations or ())] if spec else []
    return any((place / name).is_file() for place in places for name in ("pandoc", "pandoc.exe"))


def _folders(project: Path) -> Iterator[Finding]:
    for name, purpose in (("content", "what is published"), ("templates", "how it looks")):
        there = (project / name).is_dir()
        way_out = "" if there else "Run this in the project’s folder, or name it: pswkdocs --project FOLDER doctor"
        yield Finding(f"{name}/", purpose, "there" if there else "missing", way_out, True)
    if (project / "templates").is_dir():
        fonts = len(list((project / "templates/pdf/fonts").glob("*.ttf")))
        way_out = "" if fonts else "Take back what was deleted: git checkout -- templates/pdf/fonts"
        yield Finding("fonts", "in which PDFs are set", f"{fonts} files" if fonts else "missing", way_out, True)
    there = (project / "schema/ids.json").is_file()
    way_out = "" if there else "Make it: make schema"
    yield Finding("schema/", "completes fields and ids as you write", "there" if there else "missing", way_out)
    for name in ("", "content", "build", "site"):
        folder = project / name
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            way_out = f"Allow yourself to write there: chmod -R u+w {folder}"
            yield Finding(f"{name or 'this folder'}/", "is written to", "may not be written to", way_out, True)
    free = shutil.disk_usage(project).free
    way_out = "" if free > _ROOM else f"Make room: at least {_ROOM / 1e9:.0f} GB."
    yield Finding("room on the disk", "for the site and its documents", f"{free / 1e9:.1f} GB free", way_out)


def _history(project: Path) -> Iterator[Finding]:
    purpose = "keeps what was changed and published"
    if not shutil.which("git"):
        yield Finding("git", purpose, "missing", "Install git: https://git-scm.com/downloads")
        return
    if not git.inside(project):
        yield Finding("git", purpose, "this folder is no clone", "Get the project with `git clone`, not as a ZIP file.")
        return
    yield Finding("git", purpose, git.words(project, "--version").removeprefix("git version "))
    who = [git.words(project, "config", name) for name in ("user.name", "user.email")]
    way_out = 'git config --global user.name "Your Name"; git config --global user.email you@example.org'
    said = f"{who[0]} <{who[1]}>" if all(who) else "not told"
    yield Finding("your name for git", "signs your changes", said, "" if all(who) else f"Tell it: {way_out}")
    shallow = git.words(project, "rev-parse", "--is-shallow-repository") == "true"
    said = "only the latest commits" if shallow else "whole"
    way_out = "Get the rest: git fetch --unshallow --tags" if shallow else ""
    yield Finding("history", "to compare and to publish", said, way_out)
    yield _published(project)


def _published(project: Path) -> Finding:
    """The branch of what was published, and whether the clone has all of it that origin was last seen to have."""
    own, theirs = (
        git.words(project, "rev-parse", "--verify", "--quiet", f"refs/{place}/{_BRANCH}")
        for place in ("heads", "remotes/origin")
    )
    what, purpose = f"branch {_BRANCH}", "holds what was published"
    if not own and not theirs:
        return Finding(what, purpose, "none yet: nothing was published, or it was not fetched")
    if own and theirs and own != theirs:
        behind = git.words(project, "rev-list", "--count", f"{own}..{theirs}")
        ahead = git.words(project, "rev-list", "--count", f"{theirs}..{own}")
        if behind != "0":
            way_out = f"Take what others published: git fetch origin {_BRANCH}:{_BRANCH}"
            return Finding(what, purpose, f"{behind} publication{'s' * (behind != '1')} behind origin", way_out)
        return Finding(what, purpose, f"{ahead} not sent yet", f"Let others have it: git push origin {_BRANCH}")
    return Finding(what, purpose, "there")


def _extras() -> Iterator[Finding]:
    """What only the tests and the audit need."""
    browsers = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    named = os.environ.get("CHROMIUM", "")
    found = named if named and Path(named).is_file() else next(filter(None, map(shutil.which, browsers)), "")
    way_out = "" if found else "Only for `make test`, which installs one; or name yours in CHROMIUM."
    yield Finding("Chromium", "a browser for tests", found or "missing", way_out)
    for command, what, purpose in (
        ("node", "Node.js", "some tests, some checkers of `make audit`"),
        ("java", "Java", "some checkers of `make audit`"),
    ):
        path = shutil.which(command) or ""
        way_out = "" if path else f"Only for `make audit`: install {what}, if you run it."
        yield Finding(what, purpose, path or "missing", way_out)
