"""What was published: as versions that stay, and what changed between two of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from .. import tokens, versions
from ..changes import compare
from ..changes.reports import as_json, lines
from ..config import Config
from ..edition import spoken
from ..history import content_at
from ..model.record import AUDIENCES, Audience
from ..problems import REPORTS
from ..render import Renderer
from .told import telling

_TEMPLATES = {"markdown": "comment.md", "html": "page.html"}
_STYLES: dict[str, dict[str, Any]] = {"title": {"bold": True}, "added": {"fg": "green"}, "removed": {"fg": "red"}}


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="[B]", default="")
@click.option("--format", "report", type=click.Choice(("text", "json", *_TEMPLATES)), default="text", show_default=True)
@click.option("--audience", type=click.Choice(AUDIENCES), default="public", show_default=True)
@click.option("--all", "every", is_flag=True, help="Tell also what only editors see, such as the lines of a source.")
@click.pass_obj
def diff(config: Config, old: str, new: str, report: str, audience: Audience, every: bool) -> None:
    """Tell what changed from A to B, in a planner's words.

    A and B are each a published version, a commit, a tag, a branch, or a folder that holds content/; without B it is
    the content as it stands here.
    """
    with telling(""):
        before, after = (content_at(config.project, versions.commit_of(config, name)) for name in (old, new))
        changes = compare(before, after, audience)
        changes = changes if every else changes.for_readers()
        if report in _TEMPLATES:
            look = tokens.read(config.templates).css()
            names = {"changes": changes, "old": old, "new": new or "the content as it stands", "look": look}
            click.echo(Renderer(config.templates, config.work).changes(_TEMPLATES[report], names), nl=False)
        elif report == "json":
            click.echo(as_json(changes))
        else:
            for line in lines(changes):
                click.echo("".join(click.style(words, **_STYLES.get(kind, {})) for words, kind in line))


@click.command()
@click.argument("version")
@click.option("--alias", default="latest", show_default=True, help="The folder of what holds now.")
@click.option("--note", default="", help="What readers find changed, in a sentence; it is public.")
@click.pass_obj
def publish(config: Config, version: str, alias: str, note: str) -> None:
    """Build the public site and publish it as a version, which stays as it is."""
    with telling("Nothing was published.") as say:
        release = versions.publish(config, version, alias, note, say)
    click.echo(f"Version {release.title} is published on the branch {versions.BRANCH}.")
    click.echo(f"To let others have it: git push origin {versions.BRANCH}")


@click.command("versions")
@click.pass_obj
def list_versions(config: Config) -> None:
    """List what was published: day, commit, documents and their checksums."""
    with telling(""):
        found = versions.listed(config)
    if not found:
        click.echo("Nothing was published yet.")
    for release in found:
        aliases = f" = {', '.join(release.aliases)}" if release.aliases else ""
        click.echo(f"{release.name}{aliases}, {spoken(release.date)}, commit {release.commit[:10]}")
        click.echo(f"    {release.note}")
        if release.withdrawn:
            click.echo(f"    Withdrawn: {release.withdrawn}")
        for name, sha256 in release.documents.items():
            click.echo(f"    {sha256}  {name}")


@click.command()
@click.argument("version")
@click.option("--reason", default="", help="Why, in a sentence; it is public.")
@click.pass_obj
def withdraw(config: Config, version: str, reason: str) -> None:
    """Say on every page of a version that it is withdrawn; its text stays."""
    with telling("Nothing was changed."):
        versions.withdraw(config, version, reason)
    click.echo(f"Version {version} is marked as withdrawn on the branch {versions.BRANCH}.")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="published")
@click.pass_obj
def export(config: Config, folder: Path) -> None:
    """Put all that was published into a folder that any host can serve."""
    with telling("The folder is as it was."):
        count = versions.export(config, folder.resolve())
    click.echo(f"{count} files are in {folder}. To look at them: python3 -m http.server --directory {folder}")
    click.echo("How to serve them to the public: docs/serving.md")


@click.command()
@click.argument("place", metavar="ADDRESS_OR_FOLDER")
@click.pass_obj
def verify(config: Config, place: str) -> None:
    """Hold what is served somewhere to what was published, file by file.

    In a clone that has the branch of what was published it is held to that; elsewhere to the list that lies beside it.
    """
    with telling(""):
        count, problems = versions.verify(place, versions.sealed(config))
    if problems:
        click.echo(REPORTS["text"](problems))
        sys.exit(1)
    click.echo(f"{count} files are as they were published.")
