"""What programs in which editors write YAML are told: schemas in `schema/`, and a first line in each content file.

All of it is made from the models and the content, so `make schema` can write it anew at any time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from ..load import load, type_of
from ..model.content import Content
from ..problems import Problem, Span
from .fields import KINDS
from .ids import ids
from .shapes import IDS, Json, schema

FOLDER = "schema"
MARK = "# yaml-language-server: $schema="


def files(content: Content) -> dict[str, str]:
    """What `schema/` holds: a schema for each kind of content file, and the ids of all records."""
    made: dict[str, Json] = {f"{of.name}.json": schema(of) for of in KINDS}
    return {name: _written(found) for name, found in {**made, IDS: ids(content)}.items()}


def modeline(name: PurePath) -> str:
    """The line by which editors’ programs find the schema of a content file; `name` is its path below `content/`."""
    of = next(of for of in KINDS if of.model is type_of(name))
    return f"{MARK}{'../' * len(name.parts)}{FOLDER}/{of.name}.json"


def write(project: Path, content: Content) -> list[Path]:
    """Write `schema/` anew, and the first line of each content file; what was changed."""
    wanted = {project / FOLDER / name: text for name, text in files(content).items()}
    for entry in content.entries:
        path = project / entry.source.path
        wanted[path] = _with_modeline(path.read_bytes().decode("utf-8-sig"), _modeline_of(entry.source.path))
    return [path for path, text in wanted.items() if _put(path, text)]


def refresh(project: Path) -> None:
    """Let editors’ programs know of new ids, where they are told of ids at all and every file can be read."""
    if (project / FOLDER).is_dir() and (project / "content").is_dir():
        content, unread = load(project / "content")
        if not unread:
            _put(project / FOLDER / IDS, _written(ids(content)))


def outdated(project: Path, content: Content) -> Iterator[Problem]:
    """What editors' programs are told that is no longer so; nothing where they are told nothing."""
    if not (project / FOLDER).is_dir():
        return
    for name, text in files(content).items():
        place = Span(f"{FOLDER}/{name}", 0)
        try:
            there = (project / FOLDER / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            there = ""
        if there != text:
            said = _differs(there, text) if name == IDS else "it is not what the models say"
            yield Problem(place, said, "Run `make schema`, which writes it anew.", "warning")
    for entry in content.entries:
        line = _modeline_of(entry.source.path)
        if entry.source.text.split("\n", 1)[0] != line:
            said = "the first line does not tell editors’ programs what may stand in this file"
            yield Problem(Span(entry.source.path), said, f"Run `make schema`, or write `{line}`.", "warning")


def _differs(there: str, text: str) -> str:
    """How the ids that editors' programs know differ from those that there are."""
    known, found = _known(there), _known(text)
    if new := sorted(found - known):
        return f"{_listed(new)} not known there yet"
    if gone := sorted(known - found):
        return f"{_listed(gone)} still offered there, and no longer in use"
    return "what it says of some records has changed"


def _known(text: str) -> set[str]:
    try:
        return {id for of_kind in json.loads(text)["$defs"].values() for id in of_kind.get("enum", ())}
    except (ValueError, KeyError, AttributeError, TypeError):
        return set()


def _listed(ids: list[str]) -> str:
    first, more = f"`{ids[0]}`", len(ids) - 1
    return f"{first} and {more} other{'s' if more > 1 else ''} are" if more else f"{first} is"


def _modeline_of(path: str) -> str:
    return modeline(PurePath(*PurePath(path).parts[1:]))


def _with_modeline(text: str, line: str) -> str:
    if text.startswith(MARK):  # whatever ends that line: in one file, lines may end in more than one way
        return line + text[len(re.split(r"[\r\n]", text, maxsplit=1)[0]) :]
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{line}{end}{text}"


def _written(schema: Json) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _put(path: Path, text: str) -> bool:
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")  # an editor’s program never reads half a file
    fresh.write_bytes(data)
    fresh.replace(path)
    return True
