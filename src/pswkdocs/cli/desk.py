"""Commands for a person at the desk: a record begun, shown, found, renamed."""

from __future__ import annotations

import sys
from textwrap import wrap

import click

from .. import schema
from ..config import Config
from ..desk import finding, making, renaming, retiring, showing
from ..pipeline import readable
from .told import telling

_WIDE = 90  # characters of a line of text beside its name


@click.command()
@click.argument("kind", type=click.Choice(making.KINDS), metavar="KIND")
@click.argument("title", nargs=-1, required=True)
@click.option("--id", default="", help="The permanent id, where the one made of the title is not the best.")
@click.pass_obj
def new(config: Config, kind: str, title: tuple[str, ...], id: str) -> None:
    """Begin a new record, with a note on each field.

    KIND is priority, enabler, meeting, closed-part, action-log, page, paper, appraisal, strategic-priority, strategy,
    local-plan, plan or charter, which get a file; or term, organisation, body, person or source, which get an entry in
    their register. TITLE is its title or name.

    \b
    pswkdocs new priority "Digital inclusion"
    pswkdocs new meeting "ICP 25 October 2023"       its body and its day
    pswkdocs new closed-part icp-2023-10-25          the id of its meeting
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
    """Show one record, and all that names it.

    What it says, its source, who may see it, what refers to it, its page, its documents and its permanent address.

    ID is a permanent id (vital-5, vital-5/diagnosed), the number of a clause (3.7/a) or a permanent address.
    """
    with telling(""):
        found = list(showing.rows(config, readable(config), id))
    wide = max(len(name) for name, _ in found) + 2
    for name, text in found:
        lines = [line for part in text.splitlines() for line in wrap(part, _WIDE, break_on_hyphens=False)] or [""]
        click.echo(click.style(f"{name:{wide}}", bold=True) + f"\n{'':{wide}}".join(lines))


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.pass_obj
def find(config: Config, words: tuple[str, ...]) -> None:
    """Find words in the content.

    First the words as they follow each other; where nothing says that, texts that have all of them.
    """
    sought = " ".join(words).strip()
    if not sought:
        raise click.UsageError("Say what to look for, as in: pswkdocs find blood pressure")
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
    """Give a record another id, wherever it stands.

    Nothing else changes. Links to the old id lead on: content/registers/retired.yml tells of it. Of a part, the last
    half is enough.

    \b
    pswkdocs rename vital-5 blood-pressure
    pswkdocs rename vital-5/diagnosed found
    """
    with telling("Nothing was changed."):
        done = renaming.rename(config, id, new, why)
        schema.refresh(config.project)
        others = renaming.elsewhere(config, done)
    more = f" and in {done.places - 1} other place{'s' * (done.places != 2)}" if done.places > 1 else ""
    click.echo(f"`{done.old}` is `{done.new}` now, in its own file{more}:")
    for path in sorted(path for path, data in done.files.items() if data is not None):
        click.echo(f"    {done.new_path(path)}")
    if done.moved:
        click.echo(f"{done.moved[0]} has a new name: {done.moved[1]}")
    if others:
        click.echo(f"Put right by hand what names the old place: {', '.join(others)}")
    if done.alias:
        click.echo(f"Links to `{done.old}` lead to `{done.new}`: {retiring.PATH} says so.")
