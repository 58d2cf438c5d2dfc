"""Reads everything that a site would publish: every byte of every file, and what people and programs read out of it."""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import pikepdf
import pypdfium2

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+")
_RUN = 6  # so many words in a row are a phrase of their own


def published(site: Path) -> Iterator[tuple[str, str]]:
    """Each file of a site and what it says: its name, its bytes as text, and what its format hides from plain sight."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        yield name, name
        if path.is_file():
            yield from _read(name, path.read_bytes())


def _read(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    yield name, _text(data)
    if data.startswith(b"\x1f\x8b"):
        yield from _read(f"{name}, unpacked", gzip.decompress(data))
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield f"{name}, comment", _text(package.comment)
            for part in package.infolist():
                yield f"{name}, name of a part", part.filename
                yield from _read(f"{name}: {part.filename}", package.read(part))
    elif data.startswith(b"%PDF"):
        yield from _pdf(name, data)
    elif data.startswith(b"\x89PNG"):
        yield from _png(name, data)


def _text(data: bytes) -> str:
    """Bytes as text, with and without tags: in Word a word may stand in several runs."""
    text = unescape(data.decode("utf-8", "replace"))
    return f"{text}\n{unescape(_TAG.sub('', text))}\n{_TAG.sub(' ', text)}"


def _pdf(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        yield f"{name}, page {number + 1}", document[number].get_textpage().get_text_bounded()
    with pikepdf.open(io.BytesIO(data)) as file:
        for thing in file.objects:
            if isinstance(thing, pikepdf.Stream):
                yield f"{name}, a stream", _text(_unpacked(thing))
            # Titles, alternative texts, attachments’ names: whatever string an object holds.
            yield f"{name}, an object", " ".join(_strings(thing))


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """What a stream holds; a photograph as it is."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def _strings(thing: object, depth: int = 0) -> Iterator[str]:
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif depth > 4:
        return
    elif isinstance(thing, pikepdf.Array):
        for part in thing:
            yield from _strings(part, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in thing.keys():  # noqa: SIM118  # a stream has no other way in
            part = thing.get(key)
            if not getattr(part, "is_indirect", False):
                yield from _strings(part, depth + 1)


def _png(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """What an image says of itself."""
    place = 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if kind == b"zTXt":
            key, _, packed = body.partition(b"\0")
            yield f"{name}, {key.decode()}", zlib.decompress(packed[1:]).decode("latin-1")
        elif kind in (b"tEXt", b"iTXt", b"eXIf"):
            yield f"{name}, {kind.decode()}", body.decode("utf-8", "replace")
        place += 12 + length


def places_of(sign: str, site: Path) -> set[str]:
    """Where a sign of letters and digits is published, however it is broken up."""
    wanted = sign.lower()
    return {place for place, text in published(site) if wanted in re.sub(r"[\W_]+", "", text.lower())}


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def phrases(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """All runs of words in texts; a text that is shorter is one phrase."""
    found = set()
    for text in texts:
        said = words(text)
        found |= {tuple(said[start : start + _RUN]) for start in range(max(1, len(said) - _RUN + 1))}
    return {phrase for phrase in found if len(phrase) >= _RUN}


def phrases_published(wanted: set[tuple[str, ...]], site: Path) -> dict[tuple[str, ...], str]:
    """Which of these phrases a site publishes, each with a place."""
    found: dict[tuple[str, ...], str] = {}
    for place, text in published(site):
        said = words(text)
        for start in range(len(said) - _RUN + 1):
            phrase = tuple(said[start : start + _RUN])
            if phrase in wanted:
                found.setdefault(phrase, place)
    return found
