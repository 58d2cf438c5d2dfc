"""Which pages of a site read otherwise than before, found by their blocks of words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

BLOCKS = (
    *("p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "summary", "blockquote"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
)


@dataclass(frozen=True)
class Changed:
    """A page that reads otherwise than before."""

    path: str
    """Its address within the site, as in `priorities/vital-5/`."""
    title: str
    new: bool
    """Whether it was not there before."""
    share: float
    """How much of it is changed: 1 is all."""


def changed_pages(before: Path, after: Path) -> tuple[Changed, ...]:
    """The pages that read otherwise: those on which records stand, then registers of them; the most changed first."""
    found = []
    for page in sorted(after.rglob("index.html")):
        path = page.relative_to(after).parent.as_posix()
        path = "" if path == "." else f"{path}/"
        now, title = _blocks(page)
        old = before / path / "index.html"
        was: Counter[str] = _blocks(old)[0] if old.is_file() else Counter()
        differing = (now - was).total() + (was - now).total()
        if differing:
            found.append(Changed(path, title, not old.is_file(), differing / max(1, now.total() + was.total())))
    return tuple(sorted(found, key=lambda page: (page.path.startswith("registers/"), -page.share, page.path)))


def _blocks(page: Path) -> tuple[Counter[str], str]:
    """The innermost blocks of a page's words, and its title."""
    tree = html.fromstring(page.read_bytes())
    title = " ".join((tree.findtext(".//h1") or tree.findtext(".//title") or "").split())
    found: Counter[str] = Counter()
    for main in tree.iter("main"):
        for block in main.iter(*BLOCKS):
            if next(block.iterdescendants(*BLOCKS), None) is None and not _beside(block):
                found[" ".join(str(block.xpath("string()")).split())] += 1
        found.update(str(image.get("src")) + str(image.get("alt")) for image in main.iter("img"))
    return found, title


def _beside(block: etree._Element) -> bool:
    """Whether it changes with every build of a document, or leads to other pages: it says nothing of this one."""
    beside = {"downloads", "download-table"}
    around = [block, *block.iterancestors()]
    return any(each.tag == "nav" or beside & set(str(each.get("class", "")).split()) for each in around)
