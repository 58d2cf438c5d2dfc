"""The ids of all records, by kind, each with what it stands for: what may be written where another record is named."""

from __future__ import annotations

from ..model.content import Address, Content
from ..model.partnership import SourceDocument
from ..model.publication import Publication
from ..model.record import CITED
from ..prose import plain
from .fields import KINDS, fields
from .shapes import DIALECT, Json, pattern

SHOWN = 60  # characters of a record's text, where it has no title


def ids(content: Content) -> Json:
    """One definition for each kind of record that a field can name, and one for sources."""
    found: dict[str, dict[str, list[Address]]] = {kind: {} for kind in sorted(_named())}
    for address in content.addresses.values():
        for kind in (address.kind, *(["publication"] if isinstance(address.record, Publication) else [])):
            if kind in found:
                found[kind].setdefault(address.record.id, []).append(address)
    choices = {kind: _choice(kind, dict(sorted(records.items()))) for kind, records in found.items()}
    return {
        "$schema": DIALECT,
        "description": "The ids of all records. `make schema` writes this file: do not change it by hand.",
        "$defs": {**choices, "source": _source([records[0] for records in found["source document"].values()])},
    }


def _named() -> set[str]:
    """The kinds of record that a field can name."""
    forms = [one.form.entry or one.form for of in KINDS for part in of.parts for one in fields(part)]
    return {form.kind for form in forms if form.shape == "id"} | {"source document"}


def _choice(kind: str, records: dict[str, list[Address]]) -> Json:
    return {
        "type": "string",
        "enum": list(records),
        "enumDescriptions": [_told(*of_one_id) for of_one_id in records.values()],
        "errorMessage": f"There is no {kind} of this id. If it is new: save its file, then `make schema`.",
    }


def _source(documents: list[Address]) -> Json:
    known = [address.record.id for address in documents]
    return {
        "type": "string",
        "pattern": pattern(CITED.replace("[a-z][a-z0-9-]*", "|".join(known) or "(?!)")),
        "defaultSnippets": [
            {"label": address.record.id, "body": _cited(address), "description": _told(address)}
            for address in documents
        ],
        "errorMessage": "Write a document and its lines, as in `jfp-section L12-14`. "
        f"Its id is one of these: {', '.join(known)}.",
    }


def _cited(document: Address) -> str:
    """How a source document is cited; `$1` is where the numbers of lines are typed."""
    assert isinstance(document.record, SourceDocument)
    return f"{document.record.id} L$1" if document.record.lines else document.record.id


def _told(address: Address, *others: Address) -> str:
    """What a record is: its name or the beginning of its text, and in which files there is one of this id."""
    names = (getattr(address.record, field, None) for field in ("title", "name", "term", "role", "text", "measure"))
    name = plain(next(filter(None, names), ""))
    name = f"{name[:SHOWN].rstrip()} …" if len(name) > SHOWN else name
    files = dict.fromkeys(one.entry.source.path.partition("/")[2] for one in (address, *others))
    return name if address.whole else f"{name} ({', '.join(files)})"
