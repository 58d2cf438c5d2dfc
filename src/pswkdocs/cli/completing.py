"""What the Tab key offers: ids, kinds, versions and documents, without reading the rest of the program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from .. import git
from ..desk import ids
from ..desk.kinds import KINDS

BRANCH = "gh-pages"
_FORMATS = ("word", "odt", "pdf")

Offer = Callable[[Path, str], Iterable[str]]


def records(project: Path, begun: str) -> Iterable[str]:
    """The ids of files; of the parts of one, once its id and a slash are there or no other begins so."""
    known = [key for key in ids.keys(project / "content") if key.startswith(begun)]
    files = [key for key in known if "/" not in key]
    return known if len(files) < 2 else files


def kinds(_: Path, begun: str) -> Iterable[str]:
    return KINDS


def versions(project: Path, begun: str) -> Iterable[str]:
    """The published versions and their aliases, newest first."""
    for branch in (BRANCH, f"origin/{BRANCH}"):
        try:
            kept = json.loads(git.words(project, "show", f"{branch}:versions.json") or "[]")
            return [name for it in kept for name in (it["version"], *it["aliases"])]
        except (ValueError, KeyError, TypeError):
            continue
    return []


def revisions(project: Path, begun: str) -> Iterable[str]:
    """What can be compared: published versions, then branches and tags."""
    names = git.words(project, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags")
    return [*versions(project, begun), *(name for name in names.split() if name != BRANCH)]


def documents(project: Path, begun: str) -> Iterable[str]:
    """The formats, and the documents of the last site with their files."""
    files = sorted({path.name for path in project.glob("site*/downloads/*.*")})
    return [*_FORMATS, *dict.fromkeys(name for file in files for name in (file.rpartition(".")[0], file))]


def _offered(offer: Offer) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def complete(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        project = Path(context.find_root().params.get("project") or ".")
        found = (name for name in offer(project, begun) if name.startswith(begun))
        return [CompletionItem(name) for name in dict.fromkeys(found)]

    return complete


def _argument(name: str, offer: Offer) -> click.Argument:
    return click.Argument([name], required=False, shell_complete=_offered(offer))


# What stands behind each command; one that is not here takes nothing that could be offered.
_BEHIND: dict[str, Callable[[], list[click.Parameter]]] = {
    "new": lambda: [_argument("kind", kinds), click.Argument(["title"], nargs=-1)],
    "show": lambda: [_argument("id", records)],
    "confirm": lambda: [
        click.Argument(["ids"], nargs=-1, shell_complete=_offered(records)),
        click.Option(["--all"], is_flag=True),
    ],
    "rename": lambda: [_argument("id", records), _argument("new", records)],
    "withdraw": lambda: [_argument("version", versions)],
    "diff": lambda: [_argument("old", revisions), _argument("new", revisions)],
    "build": lambda: [click.Option(["--only"], multiple=True, shell_complete=_offered(documents))],
}


class Quick(click.Command):
    """A command as far as the Tab key needs it; only for its options it is read in full."""

    def __init__(self, name: str, full: Callable[[], click.Command | None]) -> None:
        super().__init__(name, params=_BEHIND.get(name, list)())
        self._full = full

    def shell_complete(self, context: click.Context, incomplete: str) -> list[CompletionItem]:
        command = self._full() if incomplete.startswith("-") else None
        return command.shell_complete(context, incomplete) if command else []

    def knows(self, arguments: list[str]) -> bool:
        """Whether all options that are given are its own."""
        own = {name for param in self.params for name in param.opts}
        return own.issuperset(argument for argument in arguments if argument.startswith("-"))
