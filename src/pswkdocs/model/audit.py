"""What independent checkers found on the site and in its documents: written by a program, read like other content."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .partnership import Edition
from .record import Day, FileRecord, Part, Some, Text

Count = Annotated[int, Field(ge=0)]


class AuditFault(Part):
    """One thing that a checker found wrong."""

    where: Text
    """The page or file below the site’s address, as in `downloads/forward-plan.pdf`."""
    says: Text
    """What is wrong with it, in the checker’s words."""


class Checker(Part):
    """A checker, what it looked at and what it found."""

    title: Text
    """Its name, as in `veraPDF`."""
    version: Text
    """Its version, with the browser it ran in where it needs one, as in `4.11.1 in Chromium 142`."""
    judges: Literal["pages", "pdf", "word", "odt"]
    """What it looked at: `pages`, or a format of documents."""
    rules: Text
    """By which rules it judges, as in `PDF/UA-1 and PDF/A-2a, every rule`."""
    checked: Count
    """How many pages or files it looked at."""
    runs: Count | None = None
    """How often it looked, where it looked more than once at each: in several widths, colours and states."""
    shown: Count
    """How many broken samples it was shown beforehand."""
    refused: Count
    """How many of these it refused: a checker that refuses nothing proves nothing."""
    faults: tuple[AuditFault, ...] = ()
    """What it found wrong."""


class Amounts(Part):
    """How much the site held."""

    pages: Count
    """How many pages."""
    pdf: Count
    """How many PDF documents."""
    word: Count
    """How many Word documents."""
    odt: Count
    """How many ODT documents."""


class Audit(FileRecord):
    """How the website was tested by programs, when, and what they found."""

    date: Day
    """The day of the test, as in 2026-11-22."""
    edition: Edition
    """The edition that was tested."""
    held: Amounts
    """How much of it there was: what is more than the checkers looked at was left out."""
    checkers: Some[Checker]
    """One entry a checker."""

    @property
    def found(self) -> int:
        """How many faults the checkers found."""
        return sum(len(checker.faults) for checker in self.checkers)
