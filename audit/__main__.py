"""`make audit`: progress, faults and a table; status 1 when something is wrong, 2 when a checker cannot be asked."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from pswkdocs.model.record import AUDIENCES, Audience
from pswkdocs.problems import REPORTS, BuildFailed

from .checker import NotThere
from .run import audit, table


@click.command()
@click.option("--audience", type=click.Choice(AUDIENCES), default="public", show_default=True)
def main(audience: Audience) -> None:
    """Hold everything that the site holds to independent checkers."""
    started = time.monotonic()
    project = Path.cwd()

    def say(words: str) -> None:
        minutes, seconds = divmod(int(time.monotonic() - started), 60)
        click.echo(f"{minutes:2}:{seconds:02}  {words}", err=True)

    try:
        report = audit(project, audience, say)
    except NotThere as missing:
        click.echo(str(missing), err=True)
        sys.exit(2)
    except BuildFailed as failure:
        click.echo(REPORTS["text"](failure.problems), err=True)
        click.echo("\nThere is no site to look at until this is put right.", err=True)
        sys.exit(1)
    for fault in report.faults:
        click.echo(str(fault))
    click.echo(f"\n{table(report)}\n")
    place = "build/audit/report.html"
    if report.faults:
        count = f"{len(report.faults)} fault{'s' if len(report.faults) > 1 else ''}"
        kept = "What the site says of itself is as it was" if report.proves_nothing else "The site tells of them too"
        click.echo(f"{count}. {place} tells of them. {kept}.")
        sys.exit(1)
    click.echo(f"Nothing is wrong. {place} tells what was looked at.")


if __name__ == "__main__":
    main()
