"""Addresses that never die: of every record that was ever published, and of every page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from ..edition import Edition
from ..model.charter import Charter
from ..model.content import Address, Content
from ..model.retired import Retirement
from ..problems import Problem, Span
from ..view import label

NAME = "published.json"  # at the root of the published tree
_RETIRED = "content/registers/retired.yml"


@dataclass(frozen=True)
class Known:
    """A record that was published: what it is called, where it stands or stood last, and in which version last."""

    kind: str
    title: str
    place: str
    version: str
    numbered: str = ""
    """Its permanent address by its number, where it has one."""

    @property
    def page(self) -> str:
        """The address of its page, below a version's."""
        return self.place.partition("#")[0]


def known(content: Content, edition: Edition, version: str) -> dict[str, Known]:
    """Every record that an edition publishes, by its key."""
    found = {}
    for key, place in edition.places.items():
        address = content.addresses[key]
        at = place.url + place.anchored
        found[key] = Known(address.kind, label(address), at, version, _numbered(address))
    return found


def _numbered(address: Address) -> str:
    found = re.fullmatch(r"clause ([\d.]+)(?:\(([a-z]+)\))?", label(address))
    if not found or not isinstance(address.entry.record, Charter):
        return ""
    return "/".join(filter(None, ("charter", *found.groups())))


def read(data: bytes | None) -> dict[str, Known]:
    """All records that were ever published, as the tree keeps them."""
    return {key: Known(**said) for key, said in json.loads(data).items()} if data else {}


def write(records: Mapping[str, Known]) -> bytes:
    """What `read` reads."""
    kept = {key: asdict(record) for key, record in sorted(records.items())}
    return json.dumps(kept, indent=1, ensure_ascii=False).encode() + b"\n"


def lost(
    before: Mapping[str, Known], now: Mapping[str, object], retired: Mapping[str, Retirement]
) -> Iterator[Problem]:
    """Each record that was published, is no more, and of which nobody says where it went."""
    for key, record in before.items():
        if key not in now and not fate(key, retired):
            said = f"`{key}` ({record.kind} “{record.title}”) was published in version {record.version} and is gone"
            hint = (
                f"Links to it must not die. Give it its id back, or add to the `entries` of {_RETIRED}:\n"
                f"- was: {key}\n  title: what it was called\n  gone: the day\n"
                "  now: the id of what replaced it; leave this line out if nothing did\n"
                "  why: a sentence for readers\n  source: editors"
            )
            yield Problem(Span(_RETIRED), said, hint)


def addresses(records: Mapping[str, Known]) -> dict[str, str]:
    """The permanent addresses of records, below `id/`, and whose each is.

    Each has one of its kind and its key, as in `priority/vital-5`; a clause has one of its number too, as in
    `charter/3.7/a`: that of the clause which has the number now, or which had it last.
    """
    found = {}
    for key, record in sorted(records.items(), key=lambda item: item[1].version):
        found[f"{record.kind.replace(' ', '-')}/{key}"] = key
        if record.numbered:
            found[record.numbered] = key
    return found


def fate(key: str, retired: Mapping[str, Retirement]) -> Retirement | None:
    """What is said of a record that is gone: of itself, or of the whole that it was a part of."""
    return retired.get(key) or retired.get(key.partition("/")[0])


def successor(key: str, retired: Mapping[str, Retirement]) -> str:
    """The record that took the place of another in the end: itself while it stands, empty where none did."""
    seen = {key}
    while said := fate(key, retired):
        if not said.now:
            return ""
        key = said.now + key.removeprefix(said.was)
        if key in seen:
            return ""
        seen.add(key)
    return key


def moved(before: Mapping[str, Known], now: Mapping[str, Known], retired: Mapping[str, Retirement]) -> dict[str, str]:
    """The pages of earlier versions that are no more, and where what they showed stands now; empty: nowhere."""
    pages = {record.page for record in now.values()}
    gone: dict[str, str] = {}
    for key, record in before.items():
        if record.page not in pages:
            heir = now.get(successor(key, retired))
            # The page's own record says where it went; without one, the first of its records does.
            if record.place == record.page or record.page not in gone:
                gone[record.page] = heir.page if heir else gone.get(record.page, "")
    return gone


def merged(before: Mapping[str, Known], now: Mapping[str, Known]) -> dict[str, Known]:
    """All records that were ever published, each as it was published last."""
    return {**before, **now}
