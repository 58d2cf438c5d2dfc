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

from . import pipeline
from .changes import compare
from .changes.reports import as_json, lines
from .history import content_at
from .model.record import AUDIENCES, Audience
from .pipeline import Config, Progress, Result
from .preview import Preview
from .problems import REPORTS, BuildFailed, of_machine
from .render import Renderer

_MORE = "Ids and links are looked at once these files can be read."
_UNTOUCHED, _READ_ONLY = " The last good site is untouched.", ""
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
        _, problems = pipeline.read(config, late_fails=True)
        failed = strict and bool(problems)
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

    A and B are each a commit, a tag, a branch, or a folder that holds content/; without B it is the content as it
    stands here.
    """
    with _telling(_READ_ONLY):
        changes = compare(content_at(config.project, old), content_at(config.project, new), audience)
        changes = changes if every else changes.for_readers()
        if report in _TEMPLATES:
            names = {"changes": changes, "old": old, "new": new or "the content as it stands"}
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
    more = f" {_MORE}" if failure.partial else ""
    click.echo(f"\n{errors} problem{'s' if errors != 1 else ''}.{more}{ending}", err=True)


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
