"""Random edits of a finished Word file, such as a new edition of it has."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

from revisions import DOCUMENT, R, W, local, packed, unpacked

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WORDS = (
    "partners",
    "agree",
    "to",
    "review",
    "the",
    "budget",
    "and",
    "report",
    "by",
    "spring",
    "Lewisham",
    "of",
    "care",
)


def edited(data: bytes, random: Random, edits: int) -> bytes:
    """The file with this many edits."""
    parts = unpacked(data)
    root = etree.fromstring(parts[DOCUMENT])
    for element in root.iter():
        element.tail = None
    for _ in range(edits):
        random.choice(EDITS)(root[0], random)
    _mend(root[0])
    for name in sorted(parts):
        if name.startswith(("word/header", "word/footer")) and random.random() < 0.1:
            furniture = etree.fromstring(parts[name])
            for word in furniture.iter(f"{W}t"):
                word.text = f"{word.text} again"
            parts[name] = etree.tostring(furniture)
    parts[DOCUMENT] = etree.tostring(root)
    return packed(parts)


def _mend(body: Any) -> None:
    """What our writer keeps: names once, paragraphs between tables and at the end of cells."""
    names: set[str] = set()
    marks = list(body.iter(f"{W}bookmarkStart"))
    first = 1 + max((int(mark.get(f"{W}id")) for mark in marks), default=0)
    for number, mark in enumerate(marks, first):
        (end,) = (one for one in mark.itersiblings(f"{W}bookmarkEnd") if one.get(f"{W}id") == mark.get(f"{W}id"))
        for one in (mark, end):
            one.set(f"{W}id", str(number))
        if mark.get(f"{W}name") in names:
            mark.set(f"{W}name", f"{mark.get(f'{W}name')}_{number}")
        names.add(mark.get(f"{W}name"))
    for table in list(body.iter(f"{W}tbl")):
        after = table.getnext()
        if after is None or local(after) != "p":
            table.addnext(paragraph("Between tables"))
    for table in list(body.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            body.remove(table)


def paragraph(words: str, style: str = "BodyText") -> Any:
    made = etree.Element(f"{W}p")
    etree.SubElement(etree.SubElement(made, f"{W}pPr"), f"{W}pStyle").set(f"{W}val", style)
    made.append(run(words))
    return made


def run(words: str) -> Any:
    made = etree.Element(f"{W}r")
    text = etree.SubElement(made, f"{W}t")
    text.text = words
    text.set(SPACE, "preserve")
    return made


def some_words(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, 12)))


def _paragraphs(body: Any) -> list[Any]:
    """Paragraphs of the text itself that may go: the last may not, nor what ends a section."""
    own = body.findall(f"{W}p")
    return [one for one in own if one.find(f"{W}pPr/{W}sectPr") is None and _stays_whole(one)]


def _stays_whole(one: Any) -> bool:
    return next(one.iter(f"{W}fldChar"), None) is None or next(one.iterancestors(f"{W}sdt"), None) is None


def _pick(found: list[Any], random: Random) -> Any:
    return random.choice(found) if found else None


def drop(body: Any, random: Random) -> None:
    found = _paragraphs(body)
    at = random.randrange(len(found))
    for one in found[at : at + random.randint(1, 3)]:
        if one is not body[-2]:
            body.remove(one)


def drop_last(body: Any, random: Random) -> None:
    for _ in range(random.randint(1, 2)):
        if local(body[-3]) == "p" and body[-3].find(f"{W}pPr/{W}sectPr") is None:
            body.remove(body[-2])


def add(body: Any, random: Random) -> None:
    beside = random.choice(_paragraphs(body))
    style = random.choice(["BodyText", "ListBullet", "Heading2", "Clause"])
    beside.addnext(paragraph(some_words(random), style))


def add_last(body: Any, random: Random) -> None:
    for _ in range(random.randint(1, 2)):
        body[-1].addprevious(paragraph(some_words(random), random.choice(["BodyText", "ListBullet"])))


def copy(body: Any, random: Random) -> None:
    found = _paragraphs(body)
    random.choice(found).addnext(deepcopy(random.choice(found)))


def move(body: Any, random: Random) -> None:
    found = _paragraphs(body)
    at = random.randrange(len(found))
    moving = [one for one in found[at : at + random.randint(1, 8)] if one is not body[-2]]
    left = [one for one in found if one not in moving]
    if left:
        target = random.choice(left)
        for one in reversed(moving):
            target.addnext(one)


def reword(body: Any, random: Random) -> None:
    texts = [text for text in body.iter(f"{W}t") if len((text.text or "").split()) > 1]
    text = _pick(texts, random)
    if text is None:
        return
    words = text.text.split(" ")
    at = random.randrange(len(words))
    kind = random.random()
    words[at : at + random.choice([0, 1, 1, 2, 5])] = [some_words(random)] if kind < 0.7 else []
    text.text = " ".join(words)


def rewrite(body: Any, random: Random) -> None:
    text = _pick(list(body.iter(f"{W}t")), random)
    text.text = some_words(random)


def restyle(body: Any, random: Random) -> None:
    one = random.choice(_paragraphs(body)).find(f"{W}pPr/{W}pStyle")
    if one is not None:
        one.set(f"{W}val", random.choice(["BodyText", "ListBullet", "Heading2", "Lead"]))


def number(body: Any, random: Random) -> None:
    look = random.choice(_paragraphs(body)).find(f"{W}pPr")
    own = look.find(f"{W}numPr")
    if own is not None:
        look.remove(own)
        return
    made = etree.Element(f"{W}numPr")
    etree.SubElement(made, f"{W}ilvl").set(f"{W}val", "0")
    etree.SubElement(made, f"{W}numId").set(f"{W}val", random.choice(["1", "2"]))
    frame = look.find(f"{W}framePr")
    after = [part for part in look if local(part) in ("pStyle", "keepNext", "pageBreakBefore")]
    (frame if frame is not None else after[-1]).addnext(made)


def embolden(body: Any, random: Random) -> None:
    one = _pick([one for one in body.iter(f"{W}r") if one.find(f"{W}t") is not None], random)
    look = one.find(f"{W}rPr")
    if look is not None:
        one.remove(look)
    else:
        look = etree.Element(f"{W}rPr")
        etree.SubElement(look, f"{W}rStyle").set(f"{W}val", "Strong")
        one.insert(0, look)


def unlink(body: Any, random: Random) -> None:
    link = _pick(list(body.iter(f"{W}hyperlink")), random)
    if link is not None:
        if random.random() < 0.5:
            for part in list(link):
                link.addprevious(part)
        link.getparent().remove(link)


def relink(body: Any, random: Random) -> None:
    link = _pick(list(body.iter(f"{W}hyperlink")), random)
    if link is not None:
        link.attrib.pop(f"{R}id", None)
        link.set(f"{W}anchor", f"place_{random.randint(1, 3)}")


def link(body: Any, random: Random) -> None:
    one = _pick(
        [one for one in body.iter(f"{W}r") if local(one.getparent()) == "p" and one.find(f"{W}t") is not None], random
    )
    made = etree.Element(f"{W}hyperlink")
    made.set(f"{W}anchor", "place_1")
    one.addprevious(made)
    made.append(one)


def row(body: Any, random: Random) -> None:
    one = _pick(list(body.iter(f"{W}tr")), random)
    if one is None:
        return
    kind = random.choice(["drop", "copy", "move"])
    if kind == "drop":
        one.getparent().remove(one)
    elif kind == "copy":
        other = deepcopy(one)
        for text in other.iter(f"{W}t"):
            text.text = some_words(random)
        one.addnext(other)
    else:
        random.choice(one.getparent().findall(f"{W}tr")).addprevious(one)


def cell(body: Any, random: Random) -> None:
    one = _pick(list(body.iter(f"{W}tc")), random)
    if one is None:
        return
    own = one.findall(f"{W}p")
    if random.random() < 0.5 and len(own) > 1:
        one.remove(random.choice(own))
    else:
        random.choice(own).addnext(paragraph(some_words(random), "TableText"))


def widen(body: Any, random: Random) -> None:
    one = _pick(list(body.iter(f"{W}tbl")), random)
    if one is not None:
        for width in one.iter(f"{W}gridCol", f"{W}tcW"):
            width.set(f"{W}w", str(int(width.get(f"{W}w")) + 11))


def table(body: Any, random: Random) -> None:
    found = body.findall(f"{W}tbl")
    one = _pick(found, random)
    if one is None:
        return
    if random.random() < 0.5:
        body.remove(one)
    else:
        other = deepcopy(one)
        if random.random() < 0.5:
            for text in other.iter(f"{W}t"):
                text.text = some_words(random)
        place = random.choice(_paragraphs(body))
        if place.getnext() is not None and local(place.getnext()) != "sectPr":
            place.addnext(other)


def column(body: Any, random: Random) -> None:
    one = _pick(body.findall(f"{W}tbl"), random)
    if one is not None and len(one.findall(f"{W}tblGrid/{W}gridCol")) > 1:
        for group in (one.find(f"{W}tblGrid"), *one.iter(f"{W}tr")):
            group.remove(group[-1])


def section(body: Any, random: Random) -> None:
    ends = [one for one in body.findall(f"{W}p") if one.find(f"{W}pPr/{W}sectPr") is not None]
    end = _pick(ends, random)
    if end is None:
        return
    kind = random.random()
    if kind < 0.3:
        body.remove(end)
    elif kind < 0.6:
        random.choice(_paragraphs(body)).addprevious(deepcopy(end))
    else:
        size = random.choice(list(body.iter(f"{W}pgMar")))
        size.set(f"{W}top", str(random.randint(800, 900)))


def contents(body: Any, random: Random) -> None:
    found = [one for one in body.iterfind(f"{W}sdt/{W}sdtContent/{W}p") if one.find(f"{W}hyperlink") is not None]
    one = _pick(found, random)
    if one is None:
        return
    if next(one.iter(f"{W}fldChar"), None) is None and random.random() < 0.5:
        one.getparent().remove(one)
    elif one is not found[-1]:
        other = deepcopy(one)
        for part in list(other):
            if local(part) == "r":
                other.remove(part)
        one.addnext(other)


def no_contents(body: Any, random: Random) -> None:
    one = body.find(f"{W}sdt")
    if one is not None and random.random() < 0.2:
        body.remove(one)


def rename(body: Any, random: Random) -> None:
    mark = _pick(list(body.iter(f"{W}bookmarkStart")), random)
    if mark is not None:
        mark.set(f"{W}name", f"renamed_{random.randint(1, 99)}")


def picture(body: Any, random: Random) -> None:
    one = _pick([one.getparent().getparent() for one in body.iter(f"{W}drawing")], random)
    if one is not None and one.getparent() is body and one is not body[-2] and one.find(f"{W}pPr/{W}sectPr") is None:
        if random.random() < 0.5:
            body.remove(one)
        else:
            random.choice(_paragraphs(body)).addnext(one)


EDITS: tuple[Callable[[Any, Random], None], ...] = (
    *(drop, drop_last, add, add_last, copy, move, move, reword, reword, reword, rewrite, restyle, number, embolden),
    *(unlink, relink, link, row, row, cell, widen, table, column, section, contents, no_contents, rename, picture),
)
