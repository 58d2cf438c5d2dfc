"""All that there is to know of one record, in rows that a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import git, versions
from ..changes.labels import for_editors, noun
from ..changes.labels import label as called
from ..changes.sides import Side
from ..checks import check
from ..config import Config
from ..documents import documents
from ..downloads import filename
from ..edition import Place, spoken
from ..formats import FORMATS
from ..mentions import of
from ..model.content import Address, Content
from ..model.record import Part, Record, Sourced
from ..model.retired import Retirement
from ..pages import places
from ..versions import permanent
from ..view import Views, label
from .lookup import found_in, record_of

Row = tuple[str, str]  # what it is, and what it says
_APART = ("id", "title", "source", "audience")
_MANY = 12  # places beyond which a list helps nobody


def rows(config: Config, content: Content, said: str) -> Iterator[Row]:
    """What a record is, says, rests on, and where it stands; or what became of an id that is no longer in use."""
    found = found_in(content, said)
    if isinstance(found, Retirement):
        yield from _gone(found)
        return
    address = record_of(content, said)
    yield "id", address.key
    yield "kind", _kind(address)
    yield "called", label(address)
    yield "stands in", str(address.entry.source.span((*address.loc, "id")))
    if address.around:
        yield "part of", ", ".join(f"{label(whole)} ({whole.key})" for whole in address.around)
    yield from _fields(content, address)
    if isinstance(address.record, Sourced):
        citation = address.record.source
        several = "s" if re.search(r"\D", citation.lines) else ""
        lines = f", line{several} {citation.lines.replace('-', '–')}" if citation.lines else ""
        yield "source", f"{citation.document}{lines}"
    yield "who may see it", content.audience(address.entry)
    yield from _named_by(content, address)
    yield from _stands(config, content, address)


def _gone(found: Retirement) -> Iterator[Row]:
    yield "id", found.was
    yield "called", found.title
    yield "no longer in use", f"since {spoken(found.gone)}: {found.why}"
    yield "now", found.now or "nothing took its place"


def _kind(address: Address) -> str:
    lists = [step for step in address.loc if isinstance(step, str)]
    return noun(type(address.record), lists[-1] if lists else "")


def _fields(content: Content, address: Address) -> Iterator[Row]:
    """The record’s own words, and how many records each of its lists holds."""
    side = Side(content, ())
    for name in type(address.record).model_fields:
        value = getattr(address.record, name)
        if name in _APART or value in (None, (), "") or (for_editors(type(address.record), name)):
            continue
        field = called(type(address.record), name)
        if isinstance(value, tuple) and isinstance(value[0], Record):
            yield field, f"{len(value)}: " + ", ".join(item.id for item in value if isinstance(item, Record))
        elif not isinstance(value, Part) or value != type(address.record).model_fields[name].default:
            yield field, side.field(address.record, name, address.entry)


def _named_by(content: Content, address: Address) -> Iterator[Row]:
    held: dict[str, str] = {}
    for mention in (it for it in of(content, address) if not it.mark):
        how = "lists it" if mention.contains else "links to it" if mention.link else "names it"
        place = mention.holder.entry.source.span(mention.loc)
        held.setdefault(mention.holder.key, f"{mention.holder.key} {how} ({place})")
    if not held:
        yield "named by", "no other record"
        return
    more = f"\nand {len(held) - _MANY} more" if len(held) > _MANY else ""
    yield "named by", "\n".join(list(held.values())[:_MANY]) + more


def _stands(config: Config, content: Content, address: Address) -> Iterator[Row]:
    """The page, the documents and the permanent address; since when it is published."""
    if any(problem.severity == "error" for problem in check(content, whole=True)):
        yield "page", "known once `pswkdocs check` finds no mistake"
        return
    visible = content.seen_by(content.audience(address.entry))
    place = dict(places(visible)).get(address.key, Place(""))
    yield "page", f"/{place.url}{place.anchored}"
    whole = visible.whole_of(address.entry.record).id
    made = [document for document in documents(visible, Views(visible)) if document.about == whole]
    if made:
        yield "documents", "\n".join(", ".join(filename(it, name) for name in FORMATS) for it in made)
    if content.audience(address.entry) != "public":
        yield "permanent link", "none: it is not for everybody"
        return
    links = permanent.addresses_of(address)
    yield "permanent link", "\n".join(f"/id/{link}/" for link in links)
    if git.inside(config.project):
        since = versions.first_with(config, links[0])
        yield "published", f"since version {since.name}, {spoken(since.date)}" if since else "not yet"
