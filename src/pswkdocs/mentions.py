"""Where the id of a record stands: in fields that name it, in links of texts, and in what was confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import prose
from .model.content import Address, Content, Entry
from .source import Loc


@dataclass(frozen=True, eq=False)
class Mention:
    """A place that names a record: who does, where, how the id is written there, and what it means."""

    holder: Address
    loc: Loc
    written: str
    target: Address
    contains: bool = False
    """Whether it is a whole's list of its parts."""
    link: bool = False
    """Whether it is a link in a text."""
    mark: bool = False
    """Whether it is a line that says that the record was confirmed."""


def mentions(content: Content) -> Iterator[Mention]:
    """Every place in all content that names a record which is there."""
    for entry in content.entries:
        for reference in entry.references:
            if target := content.resolve(reference):
                yield Mention(reference.holder, reference.loc, reference.id, target, reference.means.contains)
        for loc, text, _ in entry.texts:
            for link in dict.fromkeys(link for link, _ in prose.links(text)):
                if target := content.target(link, entry):
                    yield Mention(_holder(entry, loc), loc, link, target, link=True)
        for place, line in enumerate(entry.record.confirmed or ()):
            key = line.split()[0]
            if target := content.addresses.get(key):
                yield Mention(entry.parts[0], ("confirmed", place), key, target, mark=True)


def of(content: Content, address: Address) -> Iterator[Mention]:
    """The places that name one record."""
    return (mention for mention in mentions(content) if mention.target is address)


def _holder(entry: Entry, loc: Loc) -> Address:
    """The innermost record that a place in a file belongs to."""
    return max((it for it in entry.parts if it.loc == loc[: len(it.loc)]), key=lambda it: len(it.loc))
