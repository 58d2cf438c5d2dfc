"""Commands for a person at the desk: one record shown, words found, an id renamed."""

from __future__ import annotations

import sys

import click

from ..config import Config
from ..desk import finding, making, renaming, retiring, showing
from ..pipeline import readable
from .told import telling


@click.command()
@click.argument("kind", type=click.Choice(making.KINDS), metavar="KIND")
@click.argument("title", nargs=-1, required=True)
@click.option("--id", default="", help="The permanent id, where the one made of the title is not the best.")
@click.pass_obj
def new(config: Config, kind: str, title: tuple[str, ...], id: str) -> None:
    """Begin a new record: its file or entry, with a note on each field, in its place.

    KIND is priority, enabler, meeting, term, organisation …; TITLE is its title or name. A meeting is called by its
    body and day ("ICP 25 October 2023"), a closed part by the id of its meeting.
    """
    with telling("Nothing was written."):
        made = making.make(config.project, kind, " ".join(title), id)
    click.echo(f"`{made.id}` begins in {made.place}")
    if made.listed:
        click.echo(f"It is listed in {made.listed}, after the others: move the line to its place.")
    click.echo("Fill in what is blank: `pswkdocs check` names each blank with its line.")


@click.command()
@click.argument("id")
@click.pass_obj
def show(config: Config, id: str) -> None:
    """Show one record: what it says, its source, who names it, where it is published.

    ID is a permanent id (vital-5, vital-5/diagnosed), the number of a clause (3.7(a)) or a permanent address.
    """
    with telling(""):
        found = list(showing.rows(config, readable(config), id))
    wide = max(len(name) for name, _ in found) + 2
    for name, text in found:
        first, *more = text.splitlines() or [""]
        click.echo(click.style(f"{name:{wide}}", bold=True) + first)
        for line in more:
            click.echo(" " * wide + line)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.pass_obj
def find(config: Config, words: tuple[str, ...]) -> None:
    """Find words in the content: with the place, the record, the field and the sentence."""
    sought = " ".join(words)
    with telling(""):
        content = readable(config)
        hits = finding.find(content, sought)
    for hit in hits:
        click.echo(f"{hit.span}: {click.style(hit.key, bold=True)}, {hit.field}")
        click.echo(f"    {_marked(hit.sentence, hit.marks)}")
    if hits:
        click.echo(f"{len(hits)} place{'s' * (len(hits) != 1)}.")
        return
    near = " or ".join(f"“{word}”" for word in finding.nearest(content, sought))
    click.echo(f"Nothing says “{sought}”." + (f" Did you mean {near}?" if near else ""), err=True)
    sys.exit(1)


def _marked(sentence: str, marks: tuple[tuple[int, int], ...]) -> str:
    said, last = "", 0
    for start, end in marks:
        if start >= last:
            said += sentence[last:start] + click.style(sentence[start:end], bold=True, fg="yellow")
            last = end
    return said + sentence[last:]


@click.command()
@click.argument("id")
@click.argument("new")
@click.option("--why", default="", help="Why, in a sentence; readers who follow an old link see it.")
@click.pass_obj
def rename(config: Config, id: str, new: str, why: str) -> None:
    """Give a record another id, wherever the id stands; old links lead on."""
    with telling("Nothing was changed."):
        done = renaming.rename(config, id, new, why)
    others = f" and in {done.places - 1} other place{'s' * (done.places != 2)}" if done.places > 1 else ""
    click.echo(f"`{done.old}` is `{done.new}` now, in its own file{others}:")
    for path in sorted(path for path, data in done.files.items() if data is not None):
        click.echo(f"    {done.new_path(path)}")
    if done.moved:
        click.echo(f"{done.moved[0]} has a new name: {done.moved[1]}")
    if done.alias:
        click.echo(f"Links to `{done.old}` lead to `{done.new}`: {retiring.PATH} says so.")
