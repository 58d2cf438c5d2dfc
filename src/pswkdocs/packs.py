"""Meeting packs: agenda, cover sheets and papers as one document, open or closed; what is late in a supplement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from .edition import Document
from .model.content import Content
from .model.meeting import ClosedPart, Meeting
from .view import View, Views

_NUMBER = re.compile(r"(\d+)|(\D+)")


@dataclass(frozen=True, eq=False)
class Enclosed:
    """A paper of the agenda: a document of ours, or a PDF from elsewhere."""

    enclosure: View
    item: View
    publication: View | None
    document: Document | None
    anchor: str
    """The key of its heading."""
    before: Enclosed | None = None
    """The same paper where the pack holds it already."""

    @property
    def label(self) -> str:
        """How the agenda names it, as in `Enclosure B`."""
        letter = self.enclosure.letter
        return f"Enclosure {letter}" if letter else "Enclosure"

    @property
    def title(self) -> str:
        """What it is called."""
        if self.document:
            return self.document.title
        return str(self.enclosure.pdf_title or self.enclosure.pdf)

    @property
    def pdf(self) -> str:
        """The path by which a template names it where it is a PDF: what `data-pdf` holds. Empty for ours."""
        name = self.enclosure.pdf
        return self.item.beside(name) if name else ""


@dataclass(frozen=True, eq=False)
class Pack:
    """What one meeting's pack holds."""

    name: str
    subtitle: str
    meeting: View
    items: tuple[View, ...]
    closed: View | None
    """The closed part that it holds."""
    enclosed: tuple[Enclosed, ...]
    follows: str = ""
    """The pack that a supplement goes on from, page after page."""

    @property
    def agenda(self) -> tuple[View, ...]:
        """Every item of the meeting in order, with those that are closed to the reader as such."""
        told = {item.number for item in self.items}
        return in_order([*self.items, *(item for item in self.meeting.closed_items if item.number not in told)])

    def papers(self, item: View) -> list[Enclosed]:
        """The papers of an item."""
        return self._by_item.get(item.key, [])

    @cached_property
    def _by_item(self) -> dict[str, list[Enclosed]]:
        found: dict[str, list[Enclosed]] = {}
        for one in self.enclosed:
            found.setdefault(one.item.key, []).append(one)
        return found


def packs(content: Content, views: Views, documents: Mapping[str, Document]) -> Iterator[Pack]:
    """Every meeting's packs: the open one, the closed one where its closed part may be seen, and the supplement."""
    for meeting in content.every(Meeting):
        closed = next((views.whole(part) for part in content.every(ClosedPart) if part.meeting == meeting.id), None)
        yield from _packs(views.whole(meeting), closed, documents)


def _packs(meeting: View, closed: View | None, documents: Mapping[str, Document]) -> Iterator[Pack]:
    opened = tuple(meeting.agenda)
    kinds: list[tuple[str, str, tuple[View, ...], View | None]] = [("pack", "Meeting pack", opened, None)]
    if closed:
        kinds.append(("closed-pack", "Closed meeting pack", in_order([*opened, *closed.agenda]), closed))
    for name, subtitle, items, part in kinds:
        found = [paper for item in items for paper in _papers(item, documents)]
        on_time = _once(paper for paper in found if not paper.enclosure.late)
        late = _once(paper for paper in found if paper.enclosure.late)
        if not found:
            continue
        whole_name = f"{meeting.record.id}-{name}"
        yield Pack(whole_name, subtitle, meeting, items, part, on_time)
        if late:
            with_late = {paper.item.key for paper in late}
            supplement = tuple(item for item in items if item.key in with_late)
            subtitle = f"Supplement to the {subtitle.lower()}"
            yield Pack(f"{whole_name}-supplement", subtitle, meeting, supplement, part, late, whole_name)


def _papers(item: View, documents: Mapping[str, Document]) -> Iterator[Enclosed]:
    for number, enclosure in enumerate(item.enclosures, 1):
        publication = enclosure.publication
        document = documents[publication.record.id] if publication else None
        yield Enclosed(enclosure, item, publication, document, f"{item.key}/enclosure-{number}")


def _once(papers: Iterable[Enclosed]) -> tuple[Enclosed, ...]:
    """The papers of a pack, of which each is enclosed where it is named first."""
    first: dict[str, Enclosed] = {}
    told = []
    for paper in papers:
        before = first.setdefault(paper.document.name if paper.document else paper.pdf, paper)
        told.append(paper if before is paper else replace(paper, before=before))
    return tuple(told)


def in_order(items: Iterable[View]) -> tuple[View, ...]:
    """Items of an agenda by their numbers: 2, 2A, 10."""

    def place(item: View) -> list[tuple[int, str]]:
        return [(int(digits or 0), sign) for digits, sign in _NUMBER.findall(item.number)]

    return tuple(sorted(items, key=place))
