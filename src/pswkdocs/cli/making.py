"""Content in; problems, a site, documents or a preview out."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import click

from .. import pipeline, schema, versions
from ..config import Config
from ..model.record import AUDIENCES, Audience
from ..pipeline import Result
from ..preview import Preview
from ..preview.news import EDITORS
from ..problems import REPORTS, BuildFailed
from .told import MORE, telling


@click.command()
@click.option("--format", "report", type=click.Choice(list(REPORTS)), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.pass_obj
def check(config: Config, report: str, strict: bool) -> None:
    """Find every mistake in the content, with its line and the way out."""
    more = ""
    try:
        content, warnings = pipeline.read(config, late_fails=True)
        gone = versions.lost(config, content)
        warnings = (*warnings, *schema.outdated(config.project, content))
        problems, failed = (*gone, *warnings), bool(gone) or strict and bool(warnings)
    except BuildFailed as failure:
        problems, failed = failure.problems, True
        more = MORE if failure.partial else ""
    if problems or report == "json":
        click.echo(REPORTS[report](problems))
    if report == "text" and (ending := more or ("" if problems else "No problem found.")):
        click.echo(ending)
    sys.exit(1 if failed else 0)


@click.command()
@click.option("--audience", type=click.Choice(AUDIENCES), default="public", show_default=True)
@click.option("--only", multiple=True, metavar="NAME", help="Make only this document, file or format; repeatable.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where the result goes.")
@click.pass_obj
def build(config: Config, audience: Audience, only: tuple[str, ...], out: Path | None) -> None:
    """Make the site with its Word, ODT and PDF documents, or with --only some of the documents."""
    started = time.perf_counter()
    config = replace(config, audience=audience)
    with telling() as say:
        if only:
            paths = pipeline.export(config, only, out or Path("downloads"), say).values()
            click.echo("\n".join(map(str, paths)))
        else:
            result = pipeline.build(replace(config, out=out), say)
            _summary(result, audience, time.perf_counter() - started)


@click.command()
@click.option("--audience", type=click.Choice(AUDIENCES), default="public", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--editor",
    type=click.Choice(list(EDITORS)),
    default=lambda: "vscode" if os.environ.get("TERM_PROGRAM") == "vscode" else None,
    help="What opens the place of a problem at a click; without it, the browser shows the file.",
)
@click.pass_obj
def serve(config: Config, audience: Audience, port: int, editor: str | None) -> None:
    """Preview the site: it follows every change, and shows what is wrong."""
    config = replace(config, audience=audience, out=config.work / f"{audience}-preview")
    try:
        preview = Preview(config, port, click.echo, editor or "")
    except OSError as error:
        raise click.ClickException(f"port {port} is taken ({error.strerror}); name another with --port") from error
    click.echo(f"Open {preview.address} (stop with Ctrl+C)")
    preview.run()


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
