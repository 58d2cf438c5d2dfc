"""Arguments in, problems out, exit status."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from .. import guesses
from .completing import Quick

# Each command: the module that has it. It is read when it is asked for: what completes a word must not wait for all.
COMMANDS = {
    "check": "making",
    "build": "making",
    "serve": "making",
    "new": "desk",
    "show": "desk",
    "find": "desk",
    "rename": "desk",
    "confirm": "confirming",
    "doctor": "doctor",
    "schema": "editing",
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

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if context.resilient_parsing and name in COMMANDS:  # somebody pressed the Tab key
            quick = Quick(name, lambda: self.get_command(context, name))
            if quick.knows(args[1:]):
                return name, quick, args[1:]
        if name not in COMMANDS and not name.startswith("-") and not context.resilient_parsing:
            context.fail(f"There is no command `{name}`. {guesses.meant(name, list(COMMANDS))}".strip())
        return super().resolve_command(context, args)

    def shell_complete(self, context: click.Context, incomplete: str) -> list[CompletionItem]:
        if incomplete.startswith("-"):
            return super().shell_complete(context, incomplete)
        return [CompletionItem(name) for name in COMMANDS if name.startswith(incomplete)]

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
