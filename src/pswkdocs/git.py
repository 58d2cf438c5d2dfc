"""What git says of a project's repository. The only module that calls git, but for what mike does."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

from .problems import BuildFailed, Problem, Span

Answer = subprocess.CompletedProcess[bytes]


def ask(project: Path, *arguments: str) -> Answer:
    """What git answers; raises BuildFailed only where git is not there."""
    environment = {**os.environ, "LC_ALL": "C"}  # what git complains of is told by its English words
    try:
        return subprocess.run(["git", "-C", str(project), *arguments], capture_output=True, env=environment)
    except FileNotFoundError as error:
        hint = "Install it: what was published and what changed is kept in a repository."
        raise BuildFailed([Problem(Span("git", 0), "git is not installed here", hint)]) from error


def words(project: Path, *arguments: str) -> str:
    """What git answers, as text; empty where it refuses."""
    answer = ask(project, *arguments)
    return "" if answer.returncode else answer.stdout.decode(errors="replace").rstrip("\n")


def complaint(answer: Answer) -> str:
    """What git complains of, in its last line."""
    lines = answer.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else "it does not say why"


def inside(project: Path) -> bool:
    """Whether the project lies in a repository, and git is there to read it."""
    try:
        return not ask(project, "rev-parse", "--git-dir").returncode
    except BuildFailed:
        return False


def packed(project: Path, *arguments: str) -> Answer:
    """The answer of `git archive`, with each file to the byte: whatever line ends git writes on this machine."""
    return ask(project, "-c", "core.autocrlf=false", "-c", "core.eol=lf", "archive", "--format=tar", *arguments)


def archive(answer: Answer) -> tarfile.TarFile:
    """The files that `packed` gave out."""
    return tarfile.open(fileobj=io.BytesIO(answer.stdout))
