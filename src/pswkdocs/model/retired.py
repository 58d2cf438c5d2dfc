"""Permanent ids that no record has any more: what had them, and what took its place."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from .record import Day, FileRecord, Line, Sourced, Text

_SLUG = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
Key = Annotated[str, StringConstraints(pattern=rf"^{_SLUG}(/{_SLUG})?$", max_length=81)]


class Retirement(Sourced):
    """An id that was published, and is no record's any more."""

    was: Key
    """The id in full as it was published, as in `vital-5/diagnosed`."""
    title: Text
    """What it was called."""
    gone: Day
    """The day from which it no longer stood, as in 2026-11-22."""
    now: Key | None = None
    """The full id of the record that took its place, as in `vital-5/found`; left out where none did."""
    why: Line
    """Why it went or has another id, in one sentence."""


class Retired(FileRecord):
    """The register of ids that are no longer in use."""

    for_readers: ClassVar[bool] = False

    entries: tuple[Retirement, ...] = ()
    """One entry an id, in the order in which they went."""
