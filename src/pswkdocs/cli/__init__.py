"""Arguments in, problems out, exit status."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import click

# Each command: the module that has it. It is read when it is asked for: what completes a word must not wait for all.
COMMANDS = {
    "check": "making",
    "build": "making",
    "serve": "making",
    "new": "desk",
    "show": "desk",
    "find": "desk",
    "rename": "desk",
    "doctor": "doctor",
    "diff": "publishing",
    "publish": "publishing",
    "versions": "publishing",
    "withdraw": "publishing",
    "export": "publishing",
    "verify": "publishing",
}


class Commands(click.Group):
    """The commands in the order in which people need them."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f".{COMMANDS[name]}", __name__)
        found: click.Command = getattr(module, "list_versions" if name == "versions" else name)
        return found


@click.group(cls=Commands)
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
    if context.invoked_subcommand == "doctor":  # which answers where the rest cannot be read
        return
    from ..config import Config

    context.obj = Config(project.resolve(), today=_today())


def _today() -> date:
    """The day: that of SOURCE_DATE_EPOCH where the caller sets it, else the clock’s."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError) as error:
        said = f"SOURCE_DATE_EPOCH is “{epoch}”: it needs a number of seconds since 1970, or must not be set"
        raise click.ClickException(said) from error
