"""What the machine has and lacks; it answers even where no other command can."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..desk.doctor import findings


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Say what this machine lacks, and what to do."""
    project = Path(context.find_root().params["project"]).resolve()
    found = list(findings(project))
    wide = max(len(finding.what) for finding in found) + 2
    for finding in found:
        sign, colour = ("ok", "green") if finding.well else ("MISSING", "red") if finding.needed else ("note", "yellow")
        said = f"{click.style(f'{sign:8}', fg=colour)}{finding.what:{wide}}{finding.found} ({finding.purpose})"
        click.echo(said)
        if finding.way_out:
            click.echo(" " * (8 + wide) + finding.way_out)
    lacking = [finding.what for finding in found if finding.needed and not finding.well]
    if lacking:
        click.echo(f"Nothing can be made without: {', '.join(lacking)}.")
        sys.exit(1)
    click.echo("Everything that check, build and serve need is there.")
