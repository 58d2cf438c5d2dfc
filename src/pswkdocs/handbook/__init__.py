"""What editors read before and while they write: the guide of `docs/guide/`, and every field of every content file.

All of it is for staff: `plan` gives none of it to the public.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..edition import Nav, Page
from ..model.content import Content
from .guide import FOLDER, Guide
from .reference import FIELDS, listed, reference

BEHIND = 0.4  # who searches looks for the plan more often than for how to change it


def pages(guide: Guide, content: Content) -> Iterator[Page]:
    """The pages of the guide in their order, and those of the fields; none where there is no guide."""
    for chapter in guide.chapters:
        yield Page(
            chapter.path,
            chapter.title,
            chapter.lead,
            "guide.html",
            {"chapter": chapter, "step": guide.chapters.index(chapter), "chapters": guide.chapters},
            boost=BEHIND,
        )
    if guide.chapters:
        yield from reference(content, BEHIND)


def files(guide: Guide) -> dict[str, bytes]:
    """What its pages show and load, by names below the site's address."""
    return {f"{FOLDER}/{name}": data for name, data in guide.files.items()}


def nav(guide: Guide) -> Nav:
    """Its place in the navigation."""
    if not guide.chapters:
        return ()
    first, *others = guide.chapters
    chapters = (("Where to begin", first.path), *((chapter.title, chapter.path) for chapter in others))
    return ((first.title, (*chapters, ("Every field", (("All kinds of file", FIELDS), *listed())))),)
