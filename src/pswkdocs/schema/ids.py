"""The ids of all records, by kind, each with what it stands for: what may be written where another record is named."""

from __future__ import annotations

from ..model.content import Address, Content
from ..model.partnership import SourceDocument
from ..model.publication import Publication
from ..model.record import CITED, MARKINGS
from ..prose import plain
from .fields import KINDS, fields
from .shapes import DIALECT, Json, pattern

SHOWN = 60  # characters of a record's text, where it has no title


def ids(content: Content) -> Json:
    """One definition for each kind of record that a field can name, and one for sources."""
    found: dict[str, dict[str, list[Address]]] = {kind: {} for kind in sorted(_named())}
    read = [entry for entry in content.entries if entry.record.for_readers]
    for address in (address for entry in read for address in entry.parts):
        for kind in (address.kind, *(["publication"] if isinstance(address.record, Publication) else [])):
            if kind in found:
                found[kind].setdefault(address.record.id, []).append(address)
    told = {kind: {id: _told(content, of_id) for id, of_id in sorted(of.items())} for kind, of in found.items()}
    documents = [records[0] for _, records in sorted(found["source document"].items())]
    return {
        "$schema": DIALECT,
        "description": "The ids of all records. `make schema` writes this file: do not change it by hand.",
        "$defs": {
            **{kind: _choice(kind, records) for kind, records in told.items()},
            "source": _source(
                {_cited(document): told["source document"][document.record.id] for document in documents}
            ),
        },
    }


def _named() -> set[str]:
    """The kinds of record that a field can name."""
    forms = [one.form.entry or one.form for of in KINDS for part in of.parts for one in fields(part)]
    return {form.kind for form in forms if form.shape == "id"} | {"source document"}


def _choice(kind: str, records: dict[str, str]) -> Json:
    return {
        "type": "string",
        "enum": list(records),
        "enumDescriptions": list(records.values()),
        "errorMessage": f"There is no {kind} of this id. If it is new: save its file, then `make schema`.",
    }


def _source(documents: dict[str, str]) -> Json:
    """How a source is written, by documents as they are cited."""
    known = [cited.split()[0] for cited in documents]
    return {
        "type": "string",
        "pattern": pattern(CITED.replace("[a-z][a-z0-9-]*", "|".join(known) or "(?!)")),
        "defaultSnippets": [
            {"label": id, "body": cited, "description": told}
            for id, (cited, told) in zip(known, documents.items(), strict=True)
        ],
        "errorMessage": "Write a document and its lines, as in `jfp-section L12-14`. "
        f"Its id is one of these: {', '.join(known)}.",
    }


def _cited(document: Address) -> str:
    """How a source document is cited; `$1` is where the numbers of lines are typed."""
    assert isinstance(document.record, SourceDocument)
    return f"{document.record.id} L$1" if document.record.lines else document.record.id


def _told(content: Content, of_one_id: list[Address]) -> str:
    """What records are: the first one's name or the beginning of its text, who may see it, and where all stand."""
    first = of_one_id[0]
    names = (getattr(first.record, field, None) for field in ("title", "name", "term", "role", "text", "measure"))
    name = plain(next(filter(None, names), ""))
    name = f"{name[:SHOWN].rstrip()} …" if len(name) > SHOWN else name
    files = dict.fromkeys(address.entry.source.path.partition("/")[2] for address in of_one_id)
    notes = (MARKINGS[content.audience(first.entry)].lower(), "" if first.whole else ", ".join(files))
    return f"{name} ({'; '.join(filter(None, notes))})" if any(notes) else name
