"""What helps while content is written."""

from __future__ import annotations

import click

from .. import schema as schemas
from ..config import Config
from ..load import load
from ..problems import BuildFailed
from .told import telling


@click.command()
@click.pass_obj
def schema(config: Config) -> None:
    """Write what editors' programs complete and underline by: schema/, and the first line of each content file."""
    with telling("schema/ is as it was."):
        content, unread = load(config.content)
        if unread:
            raise BuildFailed(unread, partial=True)
        changed = schemas.write(config.project, content)
    for path in changed:
        click.echo(path.relative_to(config.project))
    click.echo(f"{len(changed)} files written." if changed else "All of it is as it should be.")
