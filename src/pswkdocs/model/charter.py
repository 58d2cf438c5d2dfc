"""A charter: sections, commitments in bold, numbered clauses and lettered sub-clauses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from .publication import OrganisationId, Publication, Statement, Status
from .record import Day, Line, Prose, Record, Some, Text

Strength = Literal["will", "champion", "need"]
STRENGTHS: dict[Strength, str] = {
    "will": "will do this",
    "champion": "commits to championing this",
    "need": "will need to do this",
}


class Subclause(Record):
    """A lettered part of a clause."""

    letter: Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
    """Its small letter, as in `a`."""
    text: Line
    """What it says, in plain English."""


class Clause(Record):
    """A numbered clause."""

    number: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    """Its printed number, as in `3.7`."""
    text: Prose
    """What it says, in plain English."""
    binds: tuple[OrganisationId, ...] = ()
    """Who undertakes something here; empty where the clause only explains."""
    strength: Strength | None = None
    """How strongly: `will`, `champion` (“commit to championing”) or `need` (“will need to”)."""
    subclauses: tuple[Subclause, ...] = ()
    """Its lettered parts."""

    @property
    def bound(self) -> str:
        """How strongly it binds, in words; empty where it binds nobody."""
        return STRENGTHS[self.strength] if self.strength else ""


class Section(Record):
    """A section of the charter."""

    number: Annotated[str, StringConstraints(pattern=r"^\d+$")]
    """Its printed number, as in `3`."""
    title: Text
    """Its title, as printed."""
    commitment: Statement | None = None
    """The commitment set in bold at its head, where it has one."""
    clauses: Some[Clause]
    """Its clauses."""


class Charter(Publication):
    """A charter between partners."""

    status: Status
    """Draft, approved or superseded; shown on every page and document."""
    status_note: Line
    """What the status means for the reader."""
    published: Day
    """The day on which this text was published."""
    sections: Some[Section]
    """Its sections."""
