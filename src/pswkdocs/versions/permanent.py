"""Addresses that never die: of every record that was ever published, and of every page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from ..edition import Edition
from ..model.charter import Charter
from ..model.content import Address, Content
from ..model.retired import Retired, Retirement
from ..problems import BuildFailed, Problem, Span
from ..view import label

NAME = "published.json"  # at the root of the published tree
_RETIRED = "content/registers/retired.yml"


@dataclass(frozen=True)
class Known:
    """A record that was published: what it is called, and where it stands, or stood last."""

    kind: str
    title: str
    place: str
    version: str
    """The last version that has it."""
    places: tuple[str, ...]
    """Every place where it ever stood, below a version's address."""
    changed: str = ""
    """The version that last changed what it says; empty where it was published before versions kept this."""

    @property
    def page(self) -> str:
        return self.place.partition("#")[0]


@dataclass(frozen=True)
class Ever:
    """What was published: records by their keys, and the key that each permanent address below `id/` leads to."""

    records: Mapping[str, Known]
    addresses: Mapping[str, str]


def known(content: Content, edition: Edition, version: str) -> Ever:
    """What an edition publishes.

    Each record has an address of its kind and its key, as in `priority/vital-5`; a clause has one of its number too, as
    in `charter/3.7/a`.
    """
    records: dict[str, Known] = {}
    addresses: dict[str, str] = {}
    for key, place in edition.places.items():
        address = content.addresses[key]
        at = place.url + place.anchored
        records[key] = Known(address.kind, label(address), at, version, (at,))
        addresses |= dict.fromkeys(addresses_of(address), key)
    return Ever(records, addresses)


def addresses_of(address: Address) -> tuple[str, ...]:
    """The permanent addresses of a record, below `id/`."""
    named = f"{address.kind.replace(' ', '-')}/{address.key}"
    return tuple(filter(None, (named, _numbered(address))))


def _numbered(address: Address) -> str:
    found = re.fullmatch(r"clause ([\d.]+)(?:\(([a-z]+)\))?", label(address))
    if not found or not isinstance(address.entry.record, Charter):
        return ""
    return "/".join(filter(None, ("charter", *found.groups())))


def merged(before: Ever, now: Ever) -> Ever:
    """All that was ever published. An address leads to what has it now, or to what had it last."""
    records = dict(before.records)
    for key, record in now.records.items():
        earlier = before.records[key].places if key in before.records else ()
        records[key] = replace(record, places=tuple(dict.fromkeys((*earlier, *record.places))))
    return Ever(records, {**before.addresses, **now.addresses})


def read(data: bytes | None) -> Ever:
    """All that was ever published, as the tree keeps it; raises BuildFailed where that cannot be read."""
    if not data:
        return Ever({}, {})
    try:
        kept = json.loads(data)
        records = {key: Known(**{**said, "places": tuple(said["places"])}) for key, said in kept["records"].items()}
        return Ever(records, dict(kept["addresses"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        said = f"`{NAME}` of the published tree cannot be read"
        raise BuildFailed([Problem(Span("versions", 0), said, "Take the branch back to an older commit.")]) from error


def write(ever: Ever) -> bytes:
    """What `read` reads."""
    records = {key: asdict(record) for key, record in sorted(ever.records.items())}
    kept = {"records": records, "addresses": dict(sorted(ever.addresses.items()))}
    return json.dumps(kept, indent=1, ensure_ascii=False).encode() + b"\n"


def retired(content: Content, *, for_everybody: bool = False) -> dict[str, Retirement]:
    """What became of each id that is no longer in use; or only what everybody may be told of."""
    return {
        retirement.was: retirement
        for entry in content.entries
        if isinstance(entry.record, Retired)
        if content.audience(entry) == "public" or not for_everybody
        for retirement in entry.record.entries
    }


def lost(before: Ever, now: Mapping[str, object], retired: Mapping[str, Retirement]) -> Iterator[Problem]:
    """Each record that was published, is no more, and of which nobody says where it went."""
    for key, record in before.records.items():
        if key not in now and not fate(key, retired):
            said = f"`{key}` ({record.kind} “{record.title}”) was published in version {record.version} and is gone"
            hint = (
                f"Links to it must not die. Give it its id back, or add to the `entries` of {_RETIRED}:\n"
                f"- was: {key}\n  title: what it was called\n  gone: the day\n"
                "  now: the id of what replaced it; leave this line out if nothing did\n"
                "  why: a sentence for readers\n  source: editors"
            )
            yield Problem(Span(_RETIRED), said, hint)


def fate(key: str, retired: Mapping[str, Retirement]) -> Retirement | None:
    """What is said of a record that is gone: of itself, or of the whole that it was a part of."""
    return retired.get(key) or retired.get(key.partition("/")[0])


def heir(key: str, now: Ever, retired: Mapping[str, Retirement]) -> Known | None:
    """The record itself while it stands, else what took its place in the end; a part that went with a change of the
    whole leaves its place to the whole.
    """
    seen: set[str] = set()
    while key not in now.records:
        said = fate(key, retired)
        if key in seen or not said or not said.now:
            return None
        seen.add(key)
        part = said.now + key.removeprefix(said.was)
        key = part if part in now.records or fate(part, retired) else said.now
    return now.records[key]


def moved(ever: Ever, now: Ever, retired: Mapping[str, Retirement]) -> dict[str, tuple[str, Known | None]]:
    """The pages that once were and are no more: a record that stood there, and what took its place if anything did.

    The record whose page it was says where it went; without one, one of those that stood on it.
    """
    pages = {record.page for record in now.records.values()}
    gone: dict[str, tuple[str, Known | None]] = {}
    own: set[str] = set()
    for key, record in ever.records.items():
        for page, _, anchor in (place.partition("#") for place in record.places):
            if page in pages or page in own:
                continue
            if not anchor:
                own.add(page)
            if page not in gone or not anchor or not gone[page][1]:
                gone[page] = (key, heir(key, now, retired))
    return gone
