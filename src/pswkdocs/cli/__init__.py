"""Arguments in, problems out, exit status."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ..config import Config
from . import editing, making, publishing


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


def _today() -> date:
    """The day: that of SOURCE_DATE_EPOCH where the caller sets it, else the clock’s."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError) as error:
        said = f"SOURCE_DATE_EPOCH is “{epoch}”: it needs a number of seconds since 1970, or must not be set"
        raise click.ClickException(said) from error


for command in (
    making.check,
    making.build,
    making.serve,
    editing.schema,
    publishing.diff,
    publishing.publish,
    publishing.list_versions,
    publishing.withdraw,
    publishing.export,
    publishing.verify,
):
    main.add_command(command)
