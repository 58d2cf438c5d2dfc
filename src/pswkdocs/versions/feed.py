"""A feed of what was published, for those who want to be told. The only module that knows feedgen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from feedgen.feed import FeedGenerator

from ..edition import Release

NAME = "feed.xml"


def written(*, title: str, address: str, alias: str, releases: Sequence[Release]) -> bytes:
    """An Atom feed with an entry a version, which leads to what changed in it."""
    feed = FeedGenerator()
    feed.id(address)
    feed.title(f"{title}: what changed")
    feed.link(href=f"{address}{NAME}", rel="self")
    feed.link(href=f"{address}{alias}/", rel="alternate")
    feed.author(name=title)
    feed.language("en-GB")
    feed.generator("pswkdocs")
    feed.updated(max(map(_day, releases)))
    for release in releases:
        entry = feed.add_entry(order="append")
        place = f"{address}{release.name}/"
        entry.id(place)
        entry.title(f"Version {release.title}")
        entry.summary(f"Withdrawn: {release.withdrawn}" if release.withdrawn else release.note)
        entry.link(href=place if release is releases[-1] else f"{place}changes/")
        entry.updated(_day(release))
    return bytes(feed.atom_str(pretty=True))


def _day(release: Release) -> datetime:
    return datetime.combine(max(release.date, release.withdrawn_on or release.date), time(), UTC)
