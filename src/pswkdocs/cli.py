"""Arguments in, problems out, exit status."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from . import pipeline, tokens, versions
from .changes import compare
from .changes.reports import as_json, lines
from .edition import spoken
from .history import content_at
from .model.record import AUDIENCES, Audience
from .pipeline import Config, Progress, Result
from .preview import Preview
from .problems import REPORTS, BuildFailed, of_machine
from .render import Renderer

_MORE = "Ids and links are looked at once these files can be read."
_UNTOUCHED = "The last good site is untouched."
_TEMPLATES = {"markdown": "comment.md", "html": "page.html"}
_STYLES: dict[str, dict[str, Any]] = {"title": {"bold": True}, "added": {"fg": "green"}, "removed": {"fg": "red"}}
_console = Console(stderr=True, highlight=False)


@click.group()
@click.version_option(package_name="pswkdocs")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The folder that holds content/ and templates/.",
)
@click.pass_context
def main(context: click.Context, project: Path) -> None:
    """Plans, priorities, enablers and charters: from YAML to an accessible website, Word, ODT and PDF."""
    context.obj = Config(project.resolve(), today=_today())


@main.command()
@click.option("--format", "report", type=click.Choice(list(REPORTS)), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.pass_obj
def check(config: Config, report: str, strict: bool) -> None:
    """Find every mistake in the content, with its line and the way out."""
    more = ""
    try:
        content, warnings = pipeline.read(config, late_fails=True)
        gone = versions.lost(config, content)
        problems, failed = (*gone, *warnings), bool(gone) or strict and bool(warnings)
    except BuildFailed as failure:
        problems, failed = failure.problems, True
        more = _MORE if failure.partial else ""
    if problems or report == "json":
        click.echo(REPORTS[report](problems))
    if report == "text" and (ending := more or ("" if problems else "No problem found.")):
        click.echo(ending)
    sys.exit(1 if failed else 0)


@main.command()
@click.option("--audience", type=click.Choice(AUDIENCES), default="public", show_default=True)
@click.option("--only", multiple=True, metavar="NAME", help="Make only this document, file or format; repeatable.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where the result goes.")
@click.pass_obj
def build(config: Config, audience: Audience, only: tuple[str, ...], out: Path | None) -> None:
    """Make the site with its Word, ODT and PDF documents, or with --only some of the documents."""
    started = time.perf_counter()
    config = replace(config, audience=audience)
    with _telling() as say:
        if only:
            paths = pipeline.export(config, only, out or Path("downloads"), say).values()
            click.echo("\n".join(map(str, paths)))
        else:
            result = pipeline.build(replace(config, out=out), say)
            _summary(result, audience, time.perf_counter() - started)


@main.command()
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
    with _telling(""):
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


@main.command()
@click.option("--audience", type=click.Choice(AUDIENCES), default="public", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.pass_obj
def serve(config: Config, audience: Audience, port: int) -> None:
    """Preview the site: it follows every change, and shows what is wrong."""
    config = replace(config, audience=audience, out=config.work / f"{audience}-preview")
    try:
        preview = Preview(config, port, click.echo)
    except OSError as error:
        raise click.ClickException(f"port {port} is taken ({error.strerror}); name another with --port") from error
    click.echo(f"Open {preview.address} (stop with Ctrl+C)")
    preview.run()


@main.command()
@click.argument("version")
@click.option("--alias", default="latest", show_default=True, help="The folder of what holds now.")
@click.option("--note", default="", help="What readers find changed, in a sentence; it is public.")
@click.pass_obj
def publish(config: Config, version: str, alias: str, note: str) -> None:
    """Build the public site and publish it as a version, which stays as it is."""
    with _telling("Nothing was published.") as say:
        release = versions.publish(config, version, alias, note, say)
    click.echo(f"Version {release.title} is published on the branch {versions.BRANCH}.")
    click.echo(f"To let others have it: git push origin {versions.BRANCH}")


@main.command("versions")
@click.pass_obj
def list_versions(config: Config) -> None:
    """List what was published: day, commit, documents and their checksums."""
    with _telling(""):
        found = versions.releases(config)
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


@main.command()
@click.argument("version")
@click.option("--reason", default="", help="Why, in a sentence; it is public.")
@click.pass_obj
def withdraw(config: Config, version: str, reason: str) -> None:
    """Say on every page of a version that it is withdrawn; its text stays."""
    with _telling("Nothing was changed."):
        versions.withdraw(config, version, reason)
    click.echo(f"Version {version} is marked as withdrawn on the branch {versions.BRANCH}.")


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="published")
@click.pass_obj
def export(config: Config, folder: Path) -> None:
    """Put all that was published into a folder that any host can serve."""
    with _telling("The folder is as it was."):
        count = versions.export(config, folder.resolve())
    click.echo(f"{count} files are in {folder}. To look at them: python3 -m http.server --directory {folder}")
    click.echo("How to serve them to the public: docs/serving.md")


@main.command()
@click.argument("place", metavar="ADDRESS_OR_FOLDER")
def verify(place: str) -> None:
    """Hold what is served somewhere to what was published, file by file."""
    with _telling(""):
        count, problems = versions.verify(place)
    if problems:
        click.echo(REPORTS["text"](problems))
        sys.exit(1)
    click.echo(f"{count} files are as they were published.")


def _today() -> date:
    """The day: that of SOURCE_DATE_EPOCH where the caller sets it, else the clock’s."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError) as error:
        said = f"SOURCE_DATE_EPOCH is “{epoch}”: it needs a number of seconds since 1970, or must not be set"
        raise click.ClickException(said) from error


@contextmanager
def _telling(ending: str = _UNTOUCHED) -> Iterator[Progress]:
    """Progress on a terminal, silence elsewhere; problems end the run with status 1."""
    try:
        with _console.status("Starting") as status:
            yield lambda words: status.update(words + " …")
    except BuildFailed as failure:
        _tell(failure, ending)
        sys.exit(1)
    except OSError as error:
        _tell(BuildFailed([of_machine(error)]), ending)
        sys.exit(1)


def _tell(failure: BuildFailed, ending: str) -> None:
    click.echo(REPORTS["text"](failure.problems), err=True)
    if not ending:  # nothing was to be made, so nothing was lost
        return
    errors = sum(problem.severity == "error" for problem in failure.problems)
    told = f"{errors} problem{'s' if errors != 1 else ''}."
    click.echo("\n" + " ".join(filter(None, (told, _MORE if failure.partial else "", ending))), err=True)


def _summary(result: Result, audience: Audience, seconds: float) -> None:
    pages = sum(1 for _ in result.site.rglob("*.html"))
    total = sum(path.stat().st_size for path in result.site.rglob("*") if path.is_file())
    click.echo(f"The site is in {result.site}")
    serve = "make serve" if audience == "public" else f".venv/bin/pswkdocs serve --audience {audience}"
    click.echo(f"To look at it: {serve}")
    click.echo(f"{pages} pages, {total / 1e6:.1f} MB in all, in {seconds:.1f} seconds")
    for label in dict.fromkeys(download.label for download in result.downloads):
        files = [download for download in result.downloads if download.label == label]
        listed = ", ".join(f"{download.filename} {download.readable_size}" for download in files)
        click.echo(f"{len(files)} {label}: {listed}")
    for warning in result.warnings:
        click.echo(f"{warning.span}: {warning.message}")
