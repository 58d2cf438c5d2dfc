"""Word files of a version with every change since the last one marked, signed by who made it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from ..blocks import bookmark
from ..edition import Release
from ..history import last_changes
from ..model.content import Content
from ..model.partnership import Partnership
from ..render import print_anchor
from ..revisions import Signed, tracked
from .branch import Branch


def revising(
    branch: Branch, project: Path, content: Content, release: Release, before: Sequence[Release]
) -> Callable[[str, bytes], bytes | None]:
    """What marks the changes in a document's Word file since the last version; None where there are none to mark."""
    held = {bookmark(print_anchor(key)): address for key, address in content.addresses.items()}
    unknown = Signed(content.the(Partnership).title, release.date)
    changes = cache(lambda path: last_changes(project, release.commit, path))

    def signed(place: str) -> Signed:
        """Who changed a record last; of what is gone no line is left that could tell."""
        address = held.get(place)
        if not address:
            return unknown
        lines = address.entry.source.values[address.loc]
        made = changes(address.entry.source.path)[lines.start[0] : lines.end[0] + 1]
        author, day = max(made, key=lambda change: change[1], default=(unknown.author, unknown.day))
        return Signed(author, day)

    @cache
    def revised(name: str, new: bytes) -> bytes | None:
        old = branch.read(f"{before[0].name}/downloads/{name}.docx") if before else None
        return tracked(old, new, signed) if old and old != new else None

    return revised
