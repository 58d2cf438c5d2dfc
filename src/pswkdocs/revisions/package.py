"""What two editions of a file have besides their text: links, pictures, lists, headers. The new edition's package takes
in what the old one alone has, under names that are free.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from ..word.package import serialised
from ..word.xml import make, text, val, w
from .pieces import shape

Parts = dict[str, bytes]
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LEADING = tuple(f"{{{_RELATIONS}}}{name}" for name in ("id", "embed"))
_TYPES = "[Content_Types].xml"


def read(part: bytes) -> Element:
    """A part without the spaces between its elements."""
    root = etree.fromstring(part)
    for element in root.iter():
        element.tail = None
        if len(element):
            element.text = None
    return root


def links_of(part: str) -> str:
    """The name of the part that says where a part's links lead."""
    return posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")


class Links:
    """The links and pictures of one part of both editions, in the new one's package."""

    def __init__(self, part: str, old: Mapping[str, bytes], new: Parts) -> None:
        self._name, self._old, self._new = links_of(part), old, new
        self._root = etree.fromstring(new[self._name]) if self._name in new else None
        self._ours = {self._means(link, new): link.get("Id", "") for link in self._all()}

    def take_in(self, root: Element) -> None:
        """Leads the old edition's links by ids that the new edition's package has."""
        if self._name not in self._old:
            return
        theirs = {link.get("Id"): link for link in etree.fromstring(self._old[self._name])}
        for element in root.iter():
            for key in _LEADING:
                number = element.get(key)
                if number is not None:
                    element.set(key, self._id(theirs[number]))

    def address(self, number: str) -> str:
        """Where a link leads."""
        return next(link.get("Target", "") for link in self._all() if link.get("Id") == number)

    def write(self) -> None:
        """Puts the links into the new edition's package."""
        if self._root is not None:
            self._new[self._name] = serialised(self._root)

    def beside(self, number: str, data: bytes) -> str:
        """Another part like the one at the end of a link, with other words; the id of the link to it."""
        link = deepcopy(next(link for link in self._all() if link.get("Id") == number))
        name = self._path(link.get("Target", ""))
        own = free(name, set(self._new))
        types = etree.fromstring(self._new[_TYPES])
        (kind,) = (kind for kind in types if kind.get("PartName") == f"/{name}")
        types.append(deepcopy(kind))
        types[-1].set("PartName", f"/{own}")
        self._new[own], self._new[_TYPES] = data, serialised(types)
        link.set("Target", posixpath.basename(own))
        return self._add(link)

    def _add(self, link: Element) -> str:
        """Another link, under an id that is free."""
        assert self._root is not None, "a text has links to its styles"
        taken = {other.get("Id", "") for other in self._root}
        link.set("Id", free(link.get("Id", ""), taken))
        self._root.append(link)
        return link.get("Id", "")

    def _all(self) -> Iterator[Element]:
        yield from () if self._root is None else self._root

    def _id(self, link: Element) -> str:
        meaning = self._means(link, self._old)
        if meaning not in self._ours:
            own = deepcopy(link)
            if link.get("TargetMode") != "External":
                own.set("Target", self._part(own.get("Target", "")))
            if self._root is None:
                self._root = etree.Element(etree.fromstring(self._old[self._name]).tag)
            self._ours[meaning] = self._add(own)
        return self._ours[meaning]

    def _means(self, link: Element, parts: Mapping[str, bytes]) -> tuple[str, str, bytes]:
        """What makes two links the same: a picture is what it shows, a header or a style what it is called."""
        kind, target = link.get("Type", ""), link.get("Target", "")
        if kind.endswith("/image") and link.get("TargetMode") != "External":
            return kind, "", parts[self._path(target)]
        return kind, target, b""

    def _path(self, target: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._name), "..", target))

    def _part(self, target: str) -> str:
        """A part of the old edition, and what it links to, in the new edition's package."""
        name = self._path(target)
        own = free(name, set(self._new))
        self._new[own] = self._old[name]
        types, theirs = (etree.fromstring(parts[_TYPES]) for parts in (self._new, self._old))
        for kind in theirs:
            if kind.get("PartName") == f"/{name}":
                types.append(deepcopy(kind))
                types[-1].set("PartName", f"/{own}")
            extension = kind.get("Extension")
            if extension and name.endswith(f".{extension}") and all(one.get("Extension") != extension for one in types):
                types.insert(0, deepcopy(kind))
        self._new[_TYPES] = serialised(types)
        if links_of(name) in self._old:
            root = etree.fromstring(self._old[name])
            inner = Links(own, {**self._old, links_of(own): self._old[links_of(name)]}, self._new)
            inner.take_in(root)
            inner.write()
            self._new[own] = serialised(root)
        return posixpath.relpath(own, posixpath.join(posixpath.dirname(self._name), ".."))


def free(name: str, taken: set[str]) -> str:
    """A name that nothing else has."""
    stem, dot, extension = name.rpartition(".") if "." in name else (name, "", "")
    turn = 0
    while name in taken:
        turn += 1
        name = f"{stem}Old{turn}{dot}{extension}"
    return name


def take_in_lists(old: Element, new: Element, old_numbering: Element, numbering: Element) -> None:
    """Leads the old edition's lists by ids of the new one's numbering: of the list that says the same, else its own."""
    kinds = {part.get(w("numId"), ""): _list(part, numbering) for part in numbering.iter(w("num"))}
    theirs = {part.get(w("numId"), ""): part for part in old_numbering.iter(w("num"))}
    told, others = _told(old), _told(new)
    ids: dict[str, str] = {}
    alike = sorted(
        (
            (-2 * (words & other_words).total() / (words.total() + other_words.total()), at, other_at, number, other)
            for at, (number, words) in enumerate(told.items())
            for other_at, (other, other_words) in enumerate(others.items())
            if words & other_words and _list(theirs[number], old_numbering) == kinds[other]
        ),
    )
    for *_, number, other in alike:
        if number not in ids and other not in ids.values():
            ids[number] = other
    for number in told:
        if number not in ids:
            ids[number] = _added(theirs[number], old_numbering, numbering)
    for place in old.iter(w("numId")):
        place.set(w("val"), ids.get(place.get(w("val"), ""), place.get(w("val"), "")))


def _told(root: Element) -> dict[str, Counter[str]]:
    """What the points of each list say, of lists that paragraphs name themselves."""
    told: dict[str, Counter[str]] = {}
    for paragraph in root.iter(w("p")):
        number = val(paragraph, "pPr/numPr/numId", "0")
        if number != "0":
            told.setdefault(number, Counter()).update(text(paragraph).split())
    return told


def _list(part: Element, numbering: Element) -> str:
    number = val(part, "abstractNumId")
    looks = [shape(one) for one in numbering.iter(w("abstractNum")) if one.get(w("abstractNumId")) == number]
    return "".join([*looks, *(shape(one) for one in part if one.tag != w("abstractNumId"))])


def _added(part: Element, theirs: Element, numbering: Element) -> str:
    """A list of the old edition among the new one's."""
    looks = {one.get(w("abstractNumId"), ""): one for one in numbering.iter(w("abstractNum"))}
    (look,) = (
        one for one in theirs.iter(w("abstractNum")) if one.get(w("abstractNumId")) == val(part, "abstractNumId")
    )
    own = look.get(w("abstractNumId"), "")
    if own not in looks or shape(looks[own]) != shape(look):
        own = str(1 + max(map(int, looks), default=0))
        look = deepcopy(look)
        look.set(w("abstractNumId"), own)
        for style in [*look.iter(w("pStyle"))]:
            style.getparent().remove(style)  # type: ignore[union-attr]
        numbering.insert(len(looks), look)
    added = deepcopy(part)
    number = str(1 + max(int(one.get(w("numId"), "0")) for one in numbering.iter(w("num"))))
    added.set(w("numId"), number)
    added.replace(added[0], make("abstractNumId", val=own))
    [*numbering.iter(w("num"))][-1].addnext(added)
    return number


def take_in_styles(old: Element, styles: Element) -> None:
    """The styles that the old edition alone has."""
    names = {style.get(w("styleId")) for style in styles}
    styles.extend(deepcopy(style) for style in old.iter(w("style")) if style.get(w("styleId")) not in names)
