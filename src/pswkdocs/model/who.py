"""Who is who: the bodies that govern, and people in public office."""

from __future__ import annotations

from typing import Annotated, Literal

from .publication import OrganisationId
from .record import FileRecord, Line, Part, Record, Ref, Slug, Some, Text


class Body(Record):
    """A body that decides, leads or advises."""

    name: Text
    """Its full name."""
    short: Text | None = None
    """Its short name."""
    level: Literal["neighbourhood", "borough", "south east london"]
    """The area it works for."""
    about: Line
    """What it is for, in one sentence."""
    reports_to: Annotated[Slug, Ref("body")] | None = None
    """The body it reports to; left out where the sources do not say."""
    chair: Text | None = None
    """Who chairs it, by office, where the sources say so."""
    since: Text | None = None
    """From when, as the source says it."""
    until: Text | None = None
    """Until when, as the source says it."""
    former_names: tuple[Text, ...] = ()
    """Names it had before."""
    successor: Annotated[Slug, Ref("body")] | None = None
    """The body that took its place."""


class Bodies(FileRecord):
    """The register of bodies."""

    bodies: Some[Body]
    """One entry a body."""


class Office(Part):
    """An office that a person holds."""

    title: Text
    """Its title, as printed."""
    organisation: OrganisationId | None = None
    """The organisation it belongs to."""
    stated: Text
    """Where and when the title is stated, as in `papers of 24 July 2023`."""


class Person(Record):
    """A person in public office: a councillor, or an officer or clinician of the council or an NHS body."""

    name: Text
    """The name, as printed, with its title."""
    offices: Some[Office]
    """The offices that the sources state, in their order."""


class People(FileRecord):
    """The register of people in public office."""

    people: Some[Person]
    """One entry a person, in order of their ids."""


class Named(Part):
    """Somebody in a role: by name only in public office."""

    person: Annotated[Slug, Ref("person")] | None = None
    """The person, where in public office."""
    role: Text
    """The role, as printed."""
