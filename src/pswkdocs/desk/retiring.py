"""The register of ids that are no longer in use, as a file that a renaming changes."""

from __future__ import annotations

import re
from pathlib import Path

from .. import schema, source
from .sheets import Sheet, as_value

PATH = "content/registers/retired.yml"
_NEW = """\
id: retired
audience: public
title: Ids no longer in use
summary: What was published under an id that no record has any more.
source: editors
entries:
"""


class Register:
    """The register as it stands, or a new one; entries are led on, dropped and added."""

    def __init__(self, content: Path) -> None:
        path = content.parent / PATH
        self.new = not path.exists()
        place = path.relative_to(content)
        first = f"{schema.modeline(place)}\n" if (content.parent / schema.FOLDER).is_dir() else ""
        data = f"{first}{_NEW}".encode() if self.new else path.read_bytes()
        self._sheet = Sheet(source.parse(PATH, data.decode("utf-8-sig")), data)
        self._entries = self._sheet.source.data.get("entries") or []
        self._dropped: set[int] = set()
        self._added = 0

    def now_of(self, key: str) -> str | None:
        """What took the place of an id that went; empty where nothing did, None where it is not told of."""
        return next((entry.get("now") or "" for entry in self._entries if entry.get("was") == key), None)

    def lead_on(self, old: str, new: str) -> None:
        """What led to a record leads to its new id; what led to a part of it, to the part."""
        for number, entry in enumerate(self._entries):
            now = entry.get("now") or ""
            if number not in self._dropped and f"{now}/".startswith(f"{old}/"):
                self._sheet.replace(("entries", number, "now"), re.compile(rf"{re.escape(old)}(?![\w-])"), new)

    def drop(self, key: str) -> None:
        """Take away the entry of an id that is in use again."""
        number = next(place for place, entry in enumerate(self._entries) if entry.get("was") == key)
        start, _ = self._sheet.line_at(self._sheet.at(self._sheet.source.values["entries", number].start))
        self._sheet.put(start, self._sheet.end_of(("entries", number)), "")
        self._dropped.add(number)

    def add(self, was: str, title: str, now: str, day: str, why: str) -> None:
        """Tell that a record has another id."""
        values = self._sheet.source.values
        first = values.get(("entries", 0))
        dash = " " * (max(first.start[1] - 2, 0) if first else 2)
        lines = [f"was: {was}", f"title: {as_value(title)}", f"now: {now}", f"gone: {day}", f"why: {as_value(why)}"]
        text = f"{dash}- " + f"\n{dash}  ".join([*lines, "source: editors"]) + "\n"
        if first:
            end = self._sheet.end_of(("entries",))
            self._sheet.put(end, end, text)
        elif ("entries",) in values:
            place = values["entries",]
            self._sheet.put(self._sheet.at(place.start), self._sheet.at(place.end), "")
            end = self._sheet.line_at(self._sheet.at(place.end))[1]
            self._sheet.put(end, end, text)
        else:
            end = len(self._sheet.text)
            self._sheet.put(end, end, "entries:\n" + text)
        self._added += 1

    def written(self) -> bytes | None:
        """The file as it is to stand; None where there is to be none, because nothing is told any more."""
        data = self._sheet.written()
        if len(self._entries) + self._added > len(self._dropped):
            return data
        return None if self.new or data.endswith(_NEW.encode()) else _emptied(data)

    @property
    def changed(self) -> bool:
        return self._sheet.changed


def _emptied(data: bytes) -> bytes:
    return re.sub(rb"(?m)^entries:[^\S\r\n]*(?=\r?$)", b"entries: []", data, count=1)
