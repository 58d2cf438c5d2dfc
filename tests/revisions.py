"""What Word does when a reader accepts or rejects every revision of a file, and what a file says: written by the
standard (ECMA-376-1, 17.13.5) and not by our own code, so that it can judge that.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DOCUMENT = "word/document.xml"
WRAPS = ("ins", "del", "moveFrom", "moveTo")
RANGES = re.compile(r"(moveFrom|moveTo|customXmlIns|customXmlDel)Range(Start|End)")
SIGNED = re.compile(r"ins|del|moveFrom|moveTo|\w+RangeStart|\w+Change")

Parts = dict[str, bytes]


def unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def local(element: Any) -> str:
    return etree.QName(element).localname


def texts(parts: Mapping[str, bytes]) -> list[str]:
    """The parts that hold text."""
    return [name for name in parts if re.fullmatch(r"word/(document|(header|footer)\w+)\.xml", name)]


def revisions(data: bytes) -> list[Any]:
    """Every revision in a file."""
    parts = unpacked(data)
    roots = [etree.fromstring(parts[name]) for name in texts(parts)]
    return [one for root in roots for one in root.iter(f"{W}*") if SIGNED.fullmatch(local(one))]


def resolved(data: bytes, *, accept: bool) -> bytes:
    """The file after “Accept all” or “Reject all”."""
    parts = unpacked(data)
    for name in texts(parts):
        root = etree.fromstring(parts[name])
        _resolve(root, {"del", "moveFrom"} if accept else {"ins", "moveTo"}, accept)
        parts[name] = etree.tostring(root)
    return packed(parts)


def _resolve(root: Any, gone: set[str], accept: bool) -> None:
    for row in list(root.iter(f"{W}tr")):
        signs = [sign for sign in row.iterfind(f"{W}trPr/*") if local(sign) in WRAPS]
        if any(local(sign) in gone for sign in signs):
            row.getparent().remove(row)
        for sign in signs:
            sign.getparent().remove(sign)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for change in list(root.iter(f"{W}*")):
        if local(change).endswith("Change"):
            _change(change, accept)
    for wrap in list(root.iter(*(W + name for name in WRAPS))):
        if local(wrap.getparent()) != "rPr":
            _unwrap(wrap, keep=local(wrap) not in gone)
    for word in root.iter(f"{W}delText", f"{W}delInstrText"):
        word.tag = W + ("t" if local(word) == "delText" else "instrText")
    _contents(root, gone)
    for mark in list(root.iter(f"{W}*")):
        if RANGES.fullmatch(local(mark)):
            mark.getparent().remove(mark)
    for paragraph in list(root.iter(f"{W}p")):
        _end(paragraph, gone)


def _change(change: Any, accept: bool) -> None:
    own, (was,) = change.getparent(), list(change)
    own.remove(change)
    if accept:
        return
    stay = {"pPr": ("rPr", "sectPr"), "sectPr": ("headerReference", "footerReference")}.get(local(own), ())
    kept = [part for part in own if local(part) in stay]
    before = [part for part in kept if local(part).endswith("Reference")]
    own[:] = [*before, *was, *(part for part in kept if part not in before)]


def _unwrap(wrap: Any, *, keep: bool) -> None:
    if keep:
        for part in list(wrap):
            wrap.addprevious(part)
    wrap.getparent().remove(wrap)


def _contents(root: Any, gone: set[str]) -> None:
    for sdt in list(root.iter(f"{W}sdt")):
        before = sdt.getprevious()
        name = "" if before is None else local(before)
        if name == "customXmlInsRangeStart" and "ins" in gone or name == "customXmlDelRangeStart" and "del" in gone:
            for part in list(sdt.find(f"{W}sdtContent")):
                sdt.addprevious(part)
            sdt.getparent().remove(sdt)


def _end(paragraph: Any, gone: set[str]) -> None:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    signs = [] if mark is None else [local(sign) for sign in mark if local(sign) in WRAPS]
    if mark is not None:
        mark.getparent().remove(mark)
    if not gone & set(signs):
        return
    after = paragraph.getnext()
    content = [part for part in paragraph if local(part) != "pPr"]
    if all(local(part).startswith("bookmark") for part in content):  # they go with what they were round
        content = []
    if after is not None and local(after) == "p":
        if after.find(f"{W}pPr") is None:
            after.insert(0, etree.Element(f"{W}pPr"))
        for part in reversed(content):
            after.insert(1, part)
        paragraph.getparent().remove(paragraph)
    elif not content:
        paragraph.getparent().remove(paragraph)
    else:
        raise AssertionError("a paragraph with words loses its end before a table")


# What a file says.


class Said:
    """A file's text, looks, numbers, links and pages, in a form in which two that are the same are equal."""

    def __init__(self, data: bytes) -> None:
        self.parts = unpacked(data)
        self.root = etree.fromstring(self.parts[DOCUMENT])
        numbering = etree.fromstring(self.parts["word/numbering.xml"])
        looks = {one.get(f"{W}abstractNumId"): one for one in numbering.iter(f"{W}abstractNum")}
        self.lists: dict[str, Any] = {}
        for one in numbering.iter(f"{W}num"):
            look = looks[one.find(f"{W}abstractNumId").get(f"{W}val")]
            self.lists[one.get(f"{W}numId")] = (self.plain(list(look)), self.plain(list(one)[1:]))
        self.told: dict[str, int] = {}
        body = self.root[0]
        self.body = [self.block(part, DOCUMENT) for part in body]
        self.furniture = {name: self.part(name) for name in texts(self.parts) if name != DOCUMENT}

    def part(self, name: str) -> Any:
        return [self.block(part, name) for part in etree.fromstring(self.parts[name])]

    def block(self, element: Any, part: str) -> Any:
        kind = local(element)
        if kind == "p":
            return ("p", self.looks(element.find(f"{W}pPr"), part), self.line(element, part))
        if kind == "sectPr":
            return ("pages", self.section(element))
        if kind in ("tbl", "tr", "tc", "sdt", "sdtContent"):
            return (kind, [self.block(child, part) for child in element])
        return (kind, self.plain([element]))

    def looks(self, own: Any, part: str) -> Any:
        found = []
        for one in () if own is None else own:
            if local(one) == "numPr":
                number = one.find(f"{W}numId").get(f"{W}val")
                label = self.told.setdefault(number, len(self.told))
                found.append(("list", label, self.lists.get(number), self.plain(list(one)[:1])))
            elif local(one) == "sectPr":
                found.append(("pages", self.section(one)))
            elif local(one) != "rPr":
                found.append(self.plain([one]))
        return found

    def section(self, element: Any) -> Any:
        found, furniture = [], {}
        for one in element:
            number = one.get(f"{R}id")
            if one.get(f"{W}type") == "first" and element.find(f"{W}titlePg") is None:
                continue  # no page has it
            if number is None:
                found.append(self.plain([one]))
            else:
                furniture[local(one), one.get(f"{W}type")] = self.part(f"word/{self.link(number, DOCUMENT)[1]}")
        return furniture, found

    def link(self, number: str, part: str) -> tuple[str, str]:
        folder, name = posixpath.split(part)
        root = etree.fromstring(self.parts[f"{folder}/_rels/{name}.rels"])
        (link,) = (one for one in root if one.get("Id") == number)
        return link.get("Type").rpartition("/")[2], link.get("Target")

    def line(self, paragraph: Any, part: str) -> list[Any]:
        """Words with their looks and where they lead, however they are cut into runs; fields as they stand."""
        found: list[Any] = []
        fields: list[list[Any]] = []  # that are open: their code, whether it is over, where they begin

        for run, around in _runs(paragraph, lambda link: self.to(link, part)):
            look = self.plain(run.find(f"{W}rPr"))
            for piece in run:
                kind = local(piece)
                if kind == "rPr" or (kind == "t" and not piece.text):
                    continue
                to = around or next((code for code, over, _ in reversed(fields) if over and _is_link(code)), None)
                said: Any = piece.text if kind == "t" else self.plain([piece], part)
                if kind == "fldChar":
                    said = piece.get(f"{W}fldCharType")
                    if said == "begin":
                        fields.append(["", False, len(found)])
                    elif fields and said == "separate":
                        fields[-1][1] = True
                        if _is_link(fields[-1][0]):
                            del found[fields[-1][2] :]
                            fields[-1][0] = _led(fields[-1][0])
                            continue
                    elif fields:
                        code = fields.pop()[0]
                        if _is_link(code):
                            continue
                        to = around or next(
                            (code for code, over, _ in reversed(fields) if over and _is_link(code)), None
                        )
                elif kind == "instrText" and fields:
                    fields[-1][0] += piece.text
                if kind == "t" and found and found[-1][0] == "t" and found[-1][2:] == (look, to):
                    found[-1] = ("t", found[-1][1] + said, look, to)
                else:
                    found.append((kind, said, look, to))
        return found

    def to(self, link: Any, part: str) -> Any:
        target = self.link(link.get(f"{R}id"), part)[1] if link.get(f"{R}id") else ""
        return ("link", target, link.get(f"{W}anchor") or "", link.get(f"{W}tooltip") or "")

    def plain(self, elements: Any, part: str = DOCUMENT) -> str:
        """XML as text, with pictures by what they show."""
        made = []
        for element in () if elements is None else elements:
            copy = deepcopy(element)
            for one in copy.iter():
                one.tail = None
                if local(one) in ("docPr", "cNvPr"):
                    one.attrib.pop("id", None)
                    one.attrib.pop("name", None)
                number = one.get(f"{R}embed")
                if number:
                    target = posixpath.join("word", self.link(number, part)[1])
                    one.set(f"{R}embed", hashlib.sha256(self.parts[target]).hexdigest())
            made.append(etree.tostring(copy, method="c14n", exclusive=True).decode())
        return "".join(made)

    def bookmarks(self) -> dict[str, str]:
        """What the paragraph of each bookmark says."""
        found: dict[str, str] = {}
        for paragraph in self.root.iter(f"{W}p"):
            for mark in paragraph.iter(f"{W}bookmarkStart"):
                assert mark.get(f"{W}name") not in found, "a name stands twice"
                found[mark.get(f"{W}name")] = "".join(word.text or "" for word in paragraph.iter(f"{W}t"))
        starts = Counter(mark.get(f"{W}id") for mark in self.root.iter(f"{W}bookmarkStart"))
        assert starts == Counter(mark.get(f"{W}id") for mark in self.root.iter(f"{W}bookmarkEnd"))
        assert not starts or max(starts.values()) == 1
        return found


def _runs(element: Any, to: Any, around: Any = None) -> Iterator[tuple[Any, Any]]:
    for part in element:
        if local(part) == "r":
            yield part, around
        elif local(part) == "hyperlink":
            assert part.find(f"{W}r") is not None, "an empty link stays behind"
            yield from _runs(part, to, to(part))
        else:
            assert local(part) in ("pPr", "bookmarkStart", "bookmarkEnd"), local(part)


def _is_link(code: Any) -> bool:
    return isinstance(code, tuple) or code.strip().startswith("HYPERLINK ")


def _led(code: str) -> Any:
    said = {"": "", "\\l": "", "\\o": ""}
    for flag, value in re.findall(r'(\\[lo])?\s*"([^"]*)"', code):
        said[flag] = value.replace("\\\\", "\\")
    return ("link", said[""], said["\\l"], said["\\o"])


def _after(element: Any) -> Iterator[Any]:
    return (one for one in element.itersiblings() if not RANGES.fullmatch(local(one)))


def _twice(data: bytes) -> bool:
    root = etree.fromstring(unpacked(data)[DOCUMENT])
    ids = Counter(one.get("id") for one in root.iter("{*}docPr"))
    return any(count > 1 for count in ids.values())


def faults(tracked: bytes, old: bytes, new: bytes) -> list[str]:
    """How a file with revisions is not what it should be: rejected the old edition, accepted the new."""
    found = []
    for accept, wanted in ((True, new), (False, old)):
        got, want = Said(resolved(tracked, accept=accept)), Said(wanted)
        how = "accepted" if accept else "rejected"
        if got.body != want.body:
            at = next((n for n, both in enumerate(zip(got.body, want.body, strict=False)) if both[0] != both[1]), -1)
            pair = (got.body[at], want.body[at]) if at >= 0 else (len(got.body), len(want.body))
            found.append(f"{how}: block {at}: {pair[0]!r:.1500} instead of {pair[1]!r:.1500}")
        for name, said in want.furniture.items():
            if got.furniture.get(name, said) != said:  # what no page has, need not be carried
                found.append(f"{how}: {name}")
        has, names = got.bookmarks(), want.bookmarks()
        other = Said(old if accept else new).bookmarks()
        for name, words in names.items():
            if has.get(name) != words and (accept or name not in other):
                found.append(f"{how}: bookmark {name}: {has.get(name)!r} instead of {words!r}")
        found += [f"{how}: bookmark {name} is of neither" for name in has if name not in names and name not in other]
    body = etree.fromstring(unpacked(tracked)[DOCUMENT])
    rest = [one for one in body.iter(f"{W}*") if not RANGES.fullmatch(local(one))]
    if any(local(one) == "tbl" == local(next(_after(one), one.getparent())) for one in rest):
        found.append("two tables touch, which are one in Word")
    if _twice(tracked) and not _twice(old) and not _twice(new):
        found.append("two pictures have one id")
    signs = revisions(tracked)
    ids = [one.get(f"{W}id") for one in signs]
    if len(set(ids)) != len(ids) or None in ids:
        found.append("ids stand twice")
    for one in signs:
        if local(one) != "tblGridChange" and not (one.get(f"{W}author") and one.get(f"{W}date")):
            found.append(f"{local(one)} is not signed")
    return found
