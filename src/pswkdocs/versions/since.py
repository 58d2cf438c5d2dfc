"""What changed since the last version, and the pages that tell of it and of all versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..changes import compare
from ..changes.told import Changes
from ..edition import Page, Release
from ..history import content_at
from ..model.content import Content
from ..problems import BuildFailed
from . import permanent


@dataclass(frozen=True)
class Since:
    """What changed since a version; without one, there is nothing to compare with."""

    old: Release | None
    changes: Changes
    unread: bool = False
    """Whether the content of that version is not as today's program reads it, so that nobody can list the changes."""

    @property
    def news(self) -> bool:
        """Whether readers find something changed, or may."""
        return self.unread or bool(self.changes.groups)


def since(project: Path, content: Content, before: Sequence[Release]) -> Since:
    """What readers find changed in a content since the newest of the versions before it."""
    if not before:
        return Since(None, Changes(()))
    try:
        was = content_at(project, before[0].commit)
    except BuildFailed:  # a publication must not wait for a content that nobody can read any more
        return Since(before[0], Changes(()), unread=True)
    return Since(before[0], compare(was, content, "public").for_readers())


def dated(now: permanent.Ever, was: permanent.Ever, found: Since, content: Content) -> permanent.Ever:
    """What is published now, each record with the version that last changed it: this one, or the one that did before.

    A record under a new id is as old as it was under its old one. What nobody can know is left empty.
    """
    news = set(_subjects(found))
    old_ids = {it.now: it.was for it in permanent.retired(content).values() if it.now}

    def last(key: str, record: permanent.Known) -> str:
        before = was.records.get(key) or was.records.get(old_ids.get(key, ""))
        if key in news or not before:
            return record.version
        return "" if found.unread else before.changed

    records = {key: replace(record, changed=last(key, record)) for key, record in now.records.items()}
    return replace(now, records=records)


def _subjects(found: Since) -> Iterator[str]:
    """The keys of what changed; of what went, that of what it was a part of."""
    for group in found.changes.groups:
        for subject in group.subjects:
            yield subject.key
            if any(change.what == "removed" and not change.label for change in subject.changes):
                yield subject.within[-1][0] if subject.within else group.key


def pages(releases: Sequence[Release], found: Since) -> Iterator[Page]:
    """The list of versions; what changed in the newest; and what changed in each publication."""
    said = "Every version that was published, with what changed in it. Each stays as it was."
    yield Page("versions.md", "All versions", said, "versions.html", {"releases": releases})
    if not found.old:
        return
    new, old = releases[0], found.old
    since_when = f"from version {old.title} to version {new.title}"
    title = f"What changed in version {new.name}"
    context = {"changes": found.changes, "old": old, "new": new, "unread": found.unread}
    summary = f"What changed {since_when}: {found.changes.summary}"
    if found.unread:
        summary = f"What changed {since_when} cannot be listed."
    yield Page("changes.md", title, summary, "changes.html", {**context, "alone": ""})
    for group in found.changes.groups:
        summary = f"What changed in {group.title} {since_when}: {group.summary}"
        one = {**context, "changes": replace(found.changes, groups=(group,)), "alone": group.key}
        yield Page(f"changes/{group.key}.md", f"{title}: {group.title}", summary, "changes.html", one)
