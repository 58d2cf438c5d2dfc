"""Pictures of pages before and after a change, each where it changed, with what changed outlined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from playwright.sync_api import FloatRect, Page
from tests import chromium, host

from .pages import BLOCKS, Changed

_WIDTH, _HEIGHT, _LEAST = 820, 1000, 240
_ABOVE = 90  # what is shown above the first change, so that one sees where one is

_WORDS = """(names) => [...document.querySelectorAll(names.map((name) => `main ${name}`).join(","))]
    .filter((block) => !block.querySelector(names.join(",")))
    .map((block) => block.textContent.replace(/\\s+/g, " ").trim())"""
# Outlines blocks by their numbers, and says from where to where they reach; without any, where another one ends.
_OUTLINE = """([names, changed, near]) => {
  for (const part of document.querySelectorAll("main details")) part.open = true;
  const blocks = [...document.querySelectorAll(names.map((name) => `main ${name}`).join(","))]
    .filter((block) => !block.querySelector(names.join(",")));
  const boxes = [];
  for (const block of changed.map((number) => blocks[number])) {
    const box = block.getBoundingClientRect();
    if (!block.textContent.trim() || !box.height || block.closest("nav, .downloads, .download-table")) continue;
    block.style.outline = "3px solid #c2410c";
    block.style.outlineOffset = "3px";
    boxes.push(box);
  }
  const end = near < 0 ? 0 : blocks[near].getBoundingClientRect().bottom;
  const top = boxes.length ? Math.min(...boxes.map((box) => box.top)) : end;
  return [top + scrollY, (boxes.length ? Math.max(...boxes.map((box) => box.bottom)) : end) + scrollY];
}"""


@dataclass(frozen=True)
class Shown:
    """A changed page and its pictures, by their paths beside the comment; a new page has none of before."""

    page: Changed
    before: str
    after: str


def take(pages: Sequence[Changed], before: Path, after: Path, folder: Path) -> tuple[Shown, ...]:
    """Take the pictures and put them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with host.served(before) as was, host.served(after) as now, chromium.opened() as browser:
        context = browser.new_context(viewport={"width": _WIDTH, "height": _HEIGHT}, bypass_csp=True)
        context.set_default_timeout(20_000)
        left, right = context.new_page(), context.new_page()
        return tuple(_one(page, left, right, was, now, folder) for page in pages)


def _one(page: Changed, left: Page, right: Page, was: str, now: str, folder: Path) -> Shown:
    name = re.sub(r"[^a-z0-9-]+", "-", page.path.strip("/")) or "home"
    right.goto(now + page.path)
    if not page.new:
        left.goto(was + page.path)
    old = [] if page.new else left.evaluate(_WORDS, list(BLOCKS))
    new = right.evaluate(_WORDS, list(BLOCKS))
    steps = [step for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if step[0] != "equal"]
    after = _picture(right, [(first, last) for *_, first, last in steps], folder / f"{name}-after.png")
    before = ""
    if not page.new:
        before = _picture(left, [(first, last) for _, first, last, *_ in steps], folder / f"{name}-before.png")
    return Shown(page, before and f"{folder.name}/{before}", f"{folder.name}/{after}")


def _picture(page: Page, changed: Sequence[tuple[int, int]], file: Path) -> str:
    """A picture of the part of a page that changed: blocks from a number to another."""
    numbers = [number for first, last in changed for number in range(first, last)]
    near = changed[0][0] - 1 if changed else -1
    top, bottom = page.evaluate(_OUTLINE, [list(BLOCKS), numbers, near])
    top = max(0, top - _ABOVE)
    clip: FloatRect = {"x": 0, "y": top, "width": _WIDTH, "height": min(_HEIGHT, max(_LEAST, bottom - top + _ABOVE))}
    page.screenshot(path=file, full_page=True, clip=clip)
    return file.name
