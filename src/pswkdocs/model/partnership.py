"""The partnership itself, and the registers that every publication uses: who is who, terms, sources."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .record import Day, FileRecord, Line, Part, Prose, Record, Ref, Slug, Some, Text


class Contact(Part):
    """Where a reader can ask for another format or report a fault."""

    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    """An address of the partnership, not of a person, as in `contact@example.org`."""
    phone: Text | None = None
    """A telephone number, as people would dial it."""
    reply_within: Text | None = None
    """How soon an answer comes, as in `15 working days`."""


class Edition(Part):
    """Which edition of the content this is; printed on every document."""

    version: Text
    """The edition's name, as in `0.1`."""
    date: Day
    """The day of the edition, as in 2026-11-22."""


class Partnership(FileRecord):
    """The partnership: what it is, whom to ask, and the edition of its publications."""

    short_title: Text
    """Its name in page titles."""
    address: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+/$")]
    """Where the site will stand, as in `https://www.example.org/plan/`, with a slash at the end."""
    repository: Annotated[str, StringConstraints(pattern=r"^https://[^\s]+/$")] | None = None
    """Where editors find the files, with a slash at the end, as in `https://github.com/owner/name/blob/main/`:
    what stands before `content/` in the address of one. Each page then links to its file."""
    place: Text
    """The area it serves."""
    about: Prose
    """What the partnership is, in plain words; opens the home page."""
    promise: Prose
    """What it has promised, in plain words; leads from the home page to the plan and the charter."""
    members: tuple[Annotated[Slug, Ref("organisation")], ...] = ()
    """The organisations it brings together, as far as the sources name them."""
    contact: Contact = Contact()
    """Where readers can ask. What is left out is shown as “not stated”."""
    licence: Text | None = None
    """Under which licence the content may be used, as in `Open Government Licence v3.0`; shown as “not stated” where it
    is left out."""
    edition: Edition
    """The edition of the content as it stands."""


class Organisation(Record):
    """An organisation, body or group of them that a publication names."""

    name: Text
    """Its full name."""
    short: Text | None = None
    """The short name or abbreviation that the sources use."""
    kind: Literal["nhs", "council", "voluntary sector", "partnership", "programme", "group"]
    """What it is; `group` for several taken together, as in “NHS organisations”."""
    about: Line | None = None
    """What it does, in one sentence."""
    area: Text | None = None
    """The area it serves, where the sources say so."""
    former_names: tuple[Text, ...] = ()
    """Other names under which the sources know it."""
    since: Text | None = None
    """From when, as the source says it."""
    until: Text | None = None
    """Until when, as the source says it."""
    successor: Annotated[Slug, Ref("organisation")] | None = None
    """The organisation that took its place."""


class Organisations(FileRecord):
    """The register of organisations."""

    organisations: Some[Organisation]
    """One entry an organisation, in order of their ids."""


class Term(Record):
    """A word or abbreviation that needs explaining."""

    term: Text
    """The term or its full wording, as in `integrated care board`."""
    short: Text | None = None
    """Its abbreviation, as in `ICB`."""
    also: tuple[Text, ...] = ()
    """Other spellings that should be explained too."""
    meaning: Line
    """What it means, in one or two short sentences."""


class Glossary(FileRecord):
    """The terms that are explained wherever they are used."""

    terms: Some[Term]
    """One entry a term, in order of their ids."""


class SourceDocument(Record):
    """A document that the content restates."""

    title: Text
    """Its title."""
    date: Text
    """Its date as far as it is known, as in `2023, undated`."""
    lines: Annotated[int, Field(ge=1)] | None = None
    """How many lines the extracted text has; citations must lie within."""
    about: Line
    """What it is and how it is used here."""


class Sources(FileRecord):
    """The register of source documents."""

    documents: Some[SourceDocument]
    """One entry a document."""
