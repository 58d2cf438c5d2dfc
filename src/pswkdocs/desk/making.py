"""A new record where it belongs: a file of its own, or an entry of its register; listed where its whole lists it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import guesses, schema, source
from ..load import FILES
from ..model.content import kind
from ..model.meeting import ClosedPart, Meeting
from ..model.page import HandPage
from ..model.partnership import Organisation, SourceDocument, Term
from ..model.plan import Enabler, Priority
from ..model.record import FileRecord, Record
from ..model.strategy import StrategicPriority
from ..model.who import Body, Person
from ..problems import BuildFailed, Problem, Span
from . import ids, meetings, skeletons
from .lookup import is_id
from .sheets import Sheet, put

# Registers whose entries editors add: the file, the list, and the field that holds the entry's name.
ENTRIES: dict[str, tuple[type[Record], str, str, str]] = {
    "term": (Term, "registers/glossary.yml", "terms", "term"),
    "organisation": (Organisation, "registers/organisations.yml", "organisations", "name"),
    "body": (Body, "registers/bodies.yml", "bodies", "name"),
    "person": (Person, "registers/people.yml", "people", "name"),
    "source": (SourceDocument, "registers/sources.yml", "documents", "title"),
}
# Wholes that list their parts: the whole's file, and the list.
LISTED: dict[type[FileRecord], tuple[str, str]] = {
    Priority: ("plan.yml", "priorities"),
    Enabler: ("plan.yml", "enablers"),
    StrategicPriority: ("strategy.yml", "priorities"),
}
_HANGING = re.compile(r"(-(a|and|as|at|by|for|from|in|of|on|or|the|to|with))+$")  # words that say nothing at an end
_ALONE = ("plan", "charter")  # of which the site has room for one


def _named(model: type[FileRecord]) -> str:
    return "page" if model is HandPage else kind(model).replace(" ", "-")


# Kinds of files: the pattern of their places below `content/`, and the model.
FILED: dict[str, tuple[str, type[FileRecord]]] = {
    _named(model): (pattern, model) for pattern, model, _ in FILES if "*" in pattern
}
KINDS = (*FILED, *ENTRIES)


@dataclass(frozen=True)
class Made:
    """What was written: the new record's id, the place of its first line, and that of its line in a whole's list."""

    id: str
    place: Span
    listed: Span | None = None


def make(project: Path, kind: str, said: str, id: str) -> Made:
    """Write a new record of a kind; raises BuildFailed, and then nothing is written."""
    content = project / "content"
    if not content.is_dir():
        raise _refused(Span(str(content), 0), "there is no such folder", "Run this where `content/` is.")
    if kind in ENTRIES:
        return _entry(content, kind, said, id)
    pattern, model = FILED[kind]
    if kind in _ALONE and (others := sorted(content.glob(pattern))):
        place = Span(source.shown(content, others[0]), 0)
        raise _refused(place, f"the site has room for one {kind}, and this is it", "Change this one.")
    given = _known(content, model, said, id)
    path = content / _place(content, kind, pattern, given)
    if path.exists():
        said = "this file is there already"
        raise _refused(Span(source.shown(content, path), 0), said, "Open it, or give the new one another --id.")
    listing = _listing(content, path, model, given["id"])
    text = skeletons.of_file(model, given)
    if (project / schema.FOLDER).is_dir():
        text = f"{schema.modeline(path.relative_to(content))}\n{text}"
    put(path, text.encode())
    if listing:
        put(listing[0], listing[1])
    return Made(given["id"], Span(source.shown(content, path)), listing[2] if listing else None)


def _known(content: Path, model: type[FileRecord], said: str, id: str) -> Mapping[str, str]:
    """What is known of a new file before anybody has filled anything in."""
    special: dict[type[FileRecord], Callable[[Path, str], dict[str, str]]] = {
        Meeting: meetings.known,
        ClosedPart: meetings.closed,
    }
    if model in special:
        given = special[model](content, said)
        return {**given, "id": _fresh(content, given["id"], id or given["id"])}
    return {"id": _fresh(content, said, id), "title": " ".join(said.split())}


def _fresh(content: Path, said: str, id: str, within: str = "") -> str:
    """The id that was asked for, or one made of the title; raises BuildFailed where it cannot be had."""
    wanted = id or _HANGING.sub("", guesses.as_id(said))
    if not is_id(wanted):
        hint = f"Write it as in `--id {guesses.as_id(wanted) or 'community-health'}`."
        what = "an id is small letters, digits and hyphens, begins with a letter and holds no year"
        raise _refused(Span(wanted or said, 0), what, hint)
    if path := ids.keys(content, gone=True).get(f"{within}{wanted}"):
        hint = f"Choose another: add `--id` and a word or two, as in `--id {wanted}-again`."
        raise _refused(Span(path, 0), f"the id `{wanted}` is or was in use here", hint)
    return wanted


def _place(content: Path, kind: str, pattern: str, given: Mapping[str, str]) -> str:
    """Where the file of a new record stands, below `content/`."""
    folder, _, name = pattern.rpartition("/")
    if kind == "closed-part":
        return f"meetings/{given['meeting']}/{name}"
    if name != "*.yml":
        return f"{folder.replace('*', given['id'])}/{name}"
    if folder.startswith("*/"):
        whole = LISTED[FILED[kind][1]][0]
        wholes = sorted(content.glob(f"*/{whole}"))
        if not wholes:
            said = f"there is no {whole} yet that could list it"
            raise _refused(Span("content", 0), said, f"Begin with `pswkdocs new {whole.removesuffix('.yml')}`.")
        folder = wholes[0].parent.name + folder.removeprefix("*")
    return f"{folder}/{given['id']}.yml"


def _listing(content: Path, path: Path, model: type[FileRecord], id: str) -> tuple[Path, bytes, Span] | None:
    """The whole's file with the new record at the end of its list."""
    if model not in LISTED:
        return None
    name, field = LISTED[model]
    whole = path.parent.parent / name
    sheet = _sheet(content, whole)
    places = sheet.source.values
    held = sheet.source.data.get(field) or []
    if held[-1:] == [None]:  # a blank that waits for it
        blank = places[field, len(held) - 1]
        sheet.put(at := sheet.at(blank.start), at, id if sheet.text[at - 1 : at] == " " else f" {id}")
        return whole, sheet.written(), Span(sheet.source.path, blank.start[0] + 1)
    count = len(held)
    if not count:
        said = f"`{field}` lists nothing yet, so the new one cannot be put below the others"
        raise _refused(sheet.source.span((field,)), said, f"Write it so:\n{field}:\n  - {id}")
    last = places[field, count - 1]
    line = sheet.text[slice(*sheet.line_at(sheet.at(last.start)))]
    if line.lstrip().startswith("- "):
        sheet.put(end := sheet.end_of((field, count - 1)), end, line[: line.index("-")] + f"- {id}\n")
        return whole, sheet.written(), Span(sheet.source.path, last.end[0] + 2, last.start[1] + 1)
    end = sheet.at(last.end)
    sheet.put(end, end, f", {id}")
    return whole, sheet.written(), Span(sheet.source.path, last.end[0] + 1, last.end[1] + 3)


def _entry(content: Path, kind: str, said: str, wanted: str) -> Made:
    """A new entry in its register: where its id belongs in the order, or at the end of one that has another order."""
    model, file, field, name = ENTRIES[kind]
    sheet = _sheet(content, content / file)
    id = _fresh(content, said, wanted, f"{sheet.source.data.get('id')}/")
    known = [str(entry.get("id")) for entry in sheet.source.data.get(field) or []]
    if not known:
        raise _refused(sheet.source.span((field,)), f"`{field}` holds nothing yet", "Write its first entry by hand.")
    indent = " " * (sheet.source.values[field, 0].start[1] - 2)
    text = skeletons.of_entry(model, {"id": id, name: " ".join(said.split())}, indent)
    after = [place for place, other in enumerate(known) if other > id] if known == sorted(known) else []
    gap = "\n" if "\n\n" in sheet.text[sheet.at(sheet.source.values[field,].start) :].replace("\r", "") else ""
    if after:
        at = sheet.line_at(sheet.at(sheet.source.values[field, after[0]].start))[0]
        sheet.put(at, at, text + gap)
    else:
        at = sheet.end_of((field, len(known) - 1))
        sheet.put(at, at, gap + text)
    line = sheet.text.replace("\r\n", "\n").count("\n", 0, at) + 1
    put(content / file, sheet.written())
    return Made(f"{sheet.source.data.get('id')}/{id}", Span(sheet.source.path, line))


def _sheet(content: Path, path: Path) -> Sheet:
    try:
        return Sheet(source.read(content, path), source.read_bytes(content, path))
    except source.Unreadable as unreadable:
        raise BuildFailed([unreadable.problem]) from unreadable


def _refused(span: Span, said: str, hint: str) -> BuildFailed:
    return BuildFailed([Problem(span, said, hint)])
