"""Records as templates see them: texts are HTML, ids are the records that they mean, mentions lead back."""

from __future__ import annotations

from textwrap import shorten as shortened
from typing import Any

from markupsafe import Markup

from . import prose
from .model.charter import Clause, Section, Subclause
from .model.content import Address, Content, Entry, kind
from .model.meeting import AgendaItem, ClosedItem, Decision, LoggedAction, Minute
from .model.partnership import Glossary, Organisation, Term
from .model.plan import Requirement
from .model.publication import Publication
from .model.record import FileRecord, Part, Record, Ref, markers
from .model.record import Markup as MarkupField
from .model.who import Body


class Views:
    """Makes views of the records of one content; finds terms and link targets in their texts."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._made: dict[tuple[str, str, bool], Markup] = {}
        self._terms: dict[tuple[str, ...], prose.Terms] = {}
        listed = [term for glossary in content.every(Glossary) for term in glossary.terms]
        self.terms = prose.Terms(
            {word: term.id for term in listed for word in (term.short, *term.also) if word},
            {term.term: term.id for term in listed},
        )

    def whole(self, record: FileRecord) -> View:
        """The view of a record that has a file of its own."""
        return self.at(self.content.addresses[record.id])

    def of(self, record: Part, entry: Entry) -> View:
        return View(self, record, entry)

    def at(self, address: Address) -> View:
        return View(self, address.record, address.entry)

    def plain(self, text: str) -> str:
        """A text field without its markup, for descriptions and tooltips."""
        return prose.plain(text)

    def html(self, text: str, entry: Entry, *, inline: bool) -> Markup:
        """A text field's HTML, its links led to the records they mean; made once for all outputs."""
        key = (text, entry.record.id, inline)
        if key not in self._made:
            self._made[key] = self._html(text, entry, inline=inline)
        return self._made[key]

    def _html(self, text: str, entry: Entry, *, inline: bool) -> Markup:
        def target(link: str) -> prose.Target:
            address = self.content.target(link, entry)
            assert address is not None, f"check lets no dead link pass: #{link}"
            return prose.Target(address.key, label(address))

        return prose.to_html(text, target, self.terms_in(entry), inline=inline)

    def terms_in(self, entry: Entry) -> prose.Terms:
        """The terms as a file means them: without the words that mean something else in its publication."""
        whole = self.content.whole_of(entry.record)
        words = whole.other_words if isinstance(whole, Publication) else ()
        if words not in self._terms:
            self._terms[words] = self.terms.without(words)
        return self._terms[words]


class View:
    """One record, or a part of one, as templates see it: `action.text` is HTML, `action.lead.name` a name."""

    def __init__(self, views: Views, record: Part, entry: Entry) -> None:
        self._views, self._record, self._entry = views, record, entry

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in type(self._record).model_fields:
            raise AttributeError(f"a {self.what} has no `{name}`")
        return self._shown(getattr(self._record, name), markers(type(self._record), name))

    def _shown(self, value: Any, marks: tuple[Any, ...]) -> Any:
        if isinstance(value, Part):
            return self._views.of(value, self._entry)
        if isinstance(value, tuple):
            shown = [self._shown(item, marks) for item in value]
            return [item for item in shown if item is not None]
        if isinstance(value, str):
            for mark in marks:
                if isinstance(mark, MarkupField):
                    return self._views.html(value, self._entry, inline=mark.inline)
                if isinstance(mark, Ref):
                    address = self._views.content.named(mark, value, self._entry)
                    return self._views.at(address) if address else None
        return value

    @property
    def record(self) -> Any:
        """The record itself."""
        return self._record

    @property
    def what(self) -> str:
        """What kind of record it is, in a planner's words."""
        return kind(type(self._record))

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(type(self._record).model_fields)

    @property
    def key(self) -> str:
        """Its id in all content, which a link names after `ref:`."""
        record = self._record
        assert isinstance(record, Record), "only records can be linked to"
        return record.id if record is self._entry.record else f"{self._entry.record.id}/{record.id}"

    @property
    def href(self) -> str:
        """A link to it, before a medium turns it into its own."""
        return f"ref:{self.key}"

    @property
    def whole(self) -> View:
        """The record of the file that it stands in."""
        return self._views.whole(self._entry.record)

    @property
    def carried_on_by(self) -> list[View]:
        """What of a later plan says that it continues this."""
        return [self._views.at(address) for address in self._views.content.mentions.get(self.key, ())]

    @property
    def label(self) -> str:
        """How a text refers to it: `clause 3.8(c)`, or its title."""
        return label(self._views.content.addresses[self.key])

    @property
    def content(self) -> Content:
        """The content that it stands in."""
        return self._views.content

    @property
    def file(self) -> str:
        """The path of its file, as editors know it."""
        return self._entry.source.path

    def beside(self, name: str) -> str:
        """The path of a file that lies beside its own."""
        return self._entry.beside(name)

    @property
    def plain_summary(self) -> str:
        """Its summary without markup, for search engines."""
        return self._views.plain(self._record.summary)  # type: ignore[attr-defined]

    def mentioned_by(self, kind_of_file: str) -> list[View]:
        """The files' records of a kind that refer to it, in the order of the whole they belong to."""
        found = {
            address.entry.record.id: self._views.of(address.entry.record, address.entry)
            for address in self._views.content.mentions.get(self.key, ())
            if kind(type(address.entry.record)) == kind_of_file
        }
        order = {id: position for position, id in enumerate(self._views.content.order)}
        return [found[id] for id in sorted(found, key=lambda id: order.get(id, len(order)))]


def label(address: Address) -> str:
    """How a text refers to a record."""
    record = address.record
    if word := NUMBERED.get(type(record)):
        return f"{word} {record.number}"  # type: ignore[attr-defined]
    if isinstance(record, Subclause):
        clause = next(other.record for other in address.entry.parts if other.loc == address.loc[:-2])
        assert isinstance(clause, Clause)
        return f"clause {clause.number}({record.letter})"
    if isinstance(record, Organisation | Body):
        return record.short or record.name
    if isinstance(record, Term):
        return record.short or record.term
    for field in ("title", "topic", "role", "name"):
        if named := getattr(record, field, None):
            return str(named)
    said = str(getattr(record, "measure", None) or getattr(record, "text", record.id))
    text = shortened(prose.plain(said), 70, placeholder=" …")
    return f"decision: {text}" if isinstance(record, Decision) else text


# What is cited by its number.
NUMBERED: dict[type[Record], str] = {
    Section: "section", Clause: "clause", Requirement: "requirement", Minute: "minute", AgendaItem: "item",
    ClosedItem: "item", LoggedAction: "action",
}  # fmt: skip
