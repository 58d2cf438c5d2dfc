"""The command for who looked again at what rests on something that changed."""

from __future__ import annotations

import click

from ..config import Config
from ..desk import confirming
from ..view import label
from .told import telling


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="Confirm every file: for content that nobody followed before.")
@click.pass_obj
def confirm(config: Config, ids: tuple[str, ...], every: bool) -> None:
    """Say that a file fits what it rests on: you looked, and put right what did not fit.

    ID is that of the file that refers to something, as in vital-5; without one, you are told what is to be looked at.
    """
    with telling("Nothing was changed."):
        done = confirming.confirm(config, ids, every=every)
    for it in done:
        click.echo(f"`{it.marks.entry.record.id}`: {_said(it)}")
        for address in (*it.again, *it.new):
            click.echo(f"    {address.kind} {address.key}: {label(address)}")
        for key in it.gone:
            click.echo(f"    {key}: taken away, for nothing rests on it")


def _said(done: confirming.Confirmed) -> str:
    count = len(done.marks.now)
    if not done.changed:
        return f"nothing to confirm; it fits all {count} that it rests on" if count > 1 else "nothing to confirm"
    kept = count - len(done.again) - len(done.new)
    parts = [f"{len(them)} {word}" for them, word in ((done.again, "changed"), (done.new, "new")) if them]
    parts += [f"{kept} as before"] * bool(kept)
    return f"confirmed with all that it rests on ({', '.join(parts)})" if parts else "it rests on nothing any more"
