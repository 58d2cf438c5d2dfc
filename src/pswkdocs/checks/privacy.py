"""Rules on what papers of meetings say of people: no address or number to reach them, names only in public office."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..model.content import Content
from ..model.meeting import ActionLog, ClosedPart, LoggedAction, Meeting, MinutedAction, SubAction
from ..model.record import Loc, Ref, values
from ..model.who import Person
from ..problems import Problem

Rule = Callable[[Content], Iterator[Problem]]

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Ten or more digits as people in Britain write them: +44 20 7946 0000, (020) 7946 0000, 07700 900123.
_PHONE = re.compile(r"(?<![\w.,/+-])(?:\+\d{2}|\(?0\d)(?:[ ()-]{0,2}\d){8,11}(?![\w/])")
# Two words that begin with a capital, as in “Jo Moore”, “Cllr Ana da Silva” or “Siân O’Neill-Hughes”; not “SEL CCG”.
_FULL_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame)\.? )?"
    r"[A-Z][\w’'-]*[a-zà-ÿ] (?:[a-z]{2,3} )?[A-Z][\w’'-]*[a-zà-ÿ]"
)
# What ends the name of a post or of a group rather than a person's.
_OF_NO_PERSON = re.compile(
    r"(?:Board|Cell|Chair|Clinician|Commissioner|Committee|Consultant|Council|Director|Executive|Forum|Group|Lead|"
    r"Manager|Member|Nurse|Office|Officer|Owner|Partner|Partnership|Practice|Secretary|Service|Team|Trust)s?"
)


def nobody_is_given_away(content: Content) -> Iterator[Problem]:
    """Texts of a meeting hold no email address and no telephone number of anybody."""
    for entry in content.entries:
        if not isinstance(entry.record, Meeting | ClosedPart | ActionLog):
            continue
        for address in entry.parts:
            for loc, text, marks in values(address.record, address.loc):
                if any(isinstance(mark, Ref) for mark in marks):
                    continue
                for pattern, what in ((_EMAIL, "an email address"), (_PHONE, "a telephone number")):
                    for found in pattern.finditer(text):
                        yield Problem(
                            entry.source.find(loc, found[0]),
                            f"{what} stands in the papers of a meeting: {found[0]}",
                            "Take it out, and say in `note:` that it is left out: what people can reach us by stands "
                            "in `contact:` of partnership.yml.",
                            "warning",
                        )


def owners_are_named_only_in_office(content: Content) -> Iterator[Problem]:
    """Whose an action is stands there by initials or role; a full name belongs to somebody in public office."""
    in_office: dict[str, str] = {}
    known: set[str] = set()
    for address in content.addresses.values():
        if isinstance(address.record, Person):
            in_office[" ".join(address.record.name.split()[-2:])] = address.record.id
        else:
            known |= {str(getattr(address.record, field, "")) for field in ("name", "short", "title", "term")}
    for entry in content.entries:
        for address in entry.parts:
            owners: list[tuple[Loc, str]] = []
            if isinstance(address.record, LoggedAction | SubAction):
                listed = enumerate(address.record.owners)
                owners = [(("owners", n, "name"), owner.name) for n, owner in listed if owner.person is None]
            elif isinstance(address.record, MinutedAction):
                owners = [(("owners", n), name) for n, name in enumerate(address.record.owners)]
            for loc, name in owners:
                if name in known or _OF_NO_PERSON.fullmatch(name.split()[-1]) or not _FULL_NAME.fullmatch(name):
                    continue
                hint = "Write initials or a role in its place."
                if loc[-1] == "name":
                    person = in_office.get(" ".join(name.split()[-2:]))
                    office = f"`person: {person}`" if person else "`person:` with an id of registers/people.yml"
                    hint = f"Add {office} below it" + ("." if person else f" if that is so; if not: {hint.lower()}")
                yield Problem(
                    entry.source.span((*address.loc, *loc)),
                    f"“{name}” reads like a full name, and people are named only in public office",
                    hint,
                    "warning",
                )


RULES: tuple[Rule, ...] = (nobody_is_given_away, owners_are_named_only_in_office)
