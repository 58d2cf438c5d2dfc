"""A page written by hand: what no plan or charter says, such as the accessibility statement."""

from __future__ import annotations

from .record import FileRecord, Prose, Record, Text


class PageSection(Record):
    """A section of a page written by hand."""

    title: Text
    """Its heading."""
    text: Prose
    """What it says."""


class HandPage(FileRecord):
    """A page written by hand."""

    introduction: Prose
    """What opens the page."""
    sections: tuple[PageSection, ...] = ()
    """Its sections."""
