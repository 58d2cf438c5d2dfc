"""Rules on ids and links: each leads to a record, and to one alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .. import guesses, prose
from ..model.content import Address, Content, Entry, Reference
from ..model.meeting import Meeting
from ..model.record import AUDIENCES
from ..problems import Problem

Rule = Callable[[Content], Iterator[Problem]]


def references_lead_somewhere(content: Content) -> Iterator[Problem]:
    """Every id of another record is one that exists."""
    for entry in content.entries:
        lost: dict[tuple[str, str], list[Reference]] = {}
        for reference in entry.references:
            if content.resolve(reference) is None:
                lost.setdefault((reference.means.kind, reference.id), []).append(reference)
        for (of_kind, id), (first, *more) in lost.items():
            may_be_named = _named_before(entry, content)
            others = [other for other, known in content.by_kind if known == id]
            known = {id: it for (other, id), it in content.by_kind.items() if other == of_kind and may_be_named(it)}
            hints = (
                f"That id is of another kind: {others[0]}." if others else "",
                _by_initials(first, content) or guesses.nearest(id, list(known)) or _where(known.values()),
                f"It stands in this file {1 + len(more)} times." if more else "",
            )
            span = entry.source.span(first.loc)
            yield Problem(span, f"there is no {of_kind} `{id}`", " ".join(filter(None, hints)))


def references_mean_one_record(content: Content) -> Iterator[Problem]:
    """An id that means nothing in its own file, meeting or publication stands in one other file alone."""
    standing: dict[tuple[str, str], dict[str, Address]] = {}
    for entry in content.entries:
        for address in entry.parts:
            standing.setdefault((address.kind, address.record.id), {}).setdefault(address.key, address)
    for entry in content.entries:
        told = set()
        for reference in entry.references:
            near = content.near(reference.means, reference.id, entry)
            means = reference.means.kind, reference.id
            found = standing.get(means, {}).values()
            # Who was there and what was minuted is a matter of one meeting, which a rule of its own sees to.
            if len(found) < 2 or means in told or means[0] in ("attendance", "minute") or near:
                continue
            told.add(means)
            places = [str(it.entry.source.span((*it.loc, "id"))) for it in found]
            yield Problem(
                entry.source.span(reference.loc),
                f"`{reference.id}` could mean any {means[0]} of that id: in {' or in '.join(places)}",
                "Give one of them another id, and write here the one that is meant.",
            )


def links_lead_somewhere(content: Content) -> Iterator[Problem]:
    """Every link in a text leads to a record that exists."""
    for entry in content.entries:
        for loc, text, _ in entry.texts:
            for link, snippet in prose.links(text):
                if content.target(link, entry) is None:
                    near = [f"#{address.record.id}" for address in entry.parts if not address.whole]
                    may_be_named = _named_before(entry, content)
                    far = [f"#{key}" for key, address in content.addresses.items() if may_be_named(address)]
                    yield Problem(
                        entry.source.find(loc, snippet),
                        f"the link `#{link}` leads to nothing",
                        guesses.nearest(f"#{link}", [*near, *far])
                        or "Write the id of a file, as in `#vital-5`, or of a part of it, as in `#vital-5/diagnosed`.",
                    )


RULES_OF_THE_WHOLE: tuple[Rule, ...] = (
    references_lead_somewhere,
    references_mean_one_record,
    links_lead_somewhere,
)


def _named_before(entry: Entry, content: Content) -> Callable[[Address], bool]:
    """Whether a record may be suggested to a file: what fewer readers may see is not named to more."""
    mine = AUDIENCES.index(content.audience(entry))
    return lambda address: AUDIENCES.index(content.audience(address.entry)) <= mine


def _by_initials(reference: Reference, content: Content) -> str:
    """Whom the initials of somebody at the same meeting mean, where they stand in place of an id."""
    entry = reference.holder.entry
    meeting = content.addresses.get(getattr(entry.record, "meeting", entry.record.id))
    attended = meeting.record.attendance if meeting and isinstance(meeting.record, Meeting) else ()
    if reference.means.kind != "attendance":
        return ""
    meant = [f"`{it.id}`" for it in attended if (it.initials or "").casefold() == reference.id.casefold()]
    return f"These are initials: write {' or '.join(meant)}." if meant else ""


def _where(known: Iterable[Address]) -> str:
    """Where an editor finds the ids of a kind of which there are too many to list."""
    files = sorted({address.entry.source.path for address in known})
    return f"Look for its id in {', '.join(files[:3])}{' …' if len(files) > 3 else ''}." if files else ""
