"""Which record of one content is which of the other: by permanent key, and by what the register of retired says."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..model.content import Content
from ..model.retired import Retired, Retirement
from ..view import label
from .sides import Side, Standing

_ALIKE = 0.6  # a record that stands in another file under its own id is the same where it says much the same


@dataclass(frozen=True, eq=False)
class Pairs:
    """Both sides, and which records of theirs are the same."""

    old: Side
    new: Side
    retired: Mapping[str, Retirement]
    """What went, by its last key: to match renamed records, whoever may read the register."""

    def told_of(self, key: str) -> Retirement | None:
        """What the register says of a record that went, where this audience may read it."""
        may = any(isinstance(entry.record, Retired) for entry in self.new.editors)
        return self.retired.get(key) if may else None

    @cached_property
    def new_key(self) -> dict[str, str]:
        """The key in the new content of every record of the old one that is still there."""
        known, wanted = self.old.standing, self.new.standing
        found: dict[str, str] = {}
        taken: set[str] = set()
        for key, standing in known.items():
            now = self._now(key)
            if now in wanted and now not in taken and type(wanted[now].record) is type(standing.record):
                found[key] = now
                taken.add(now)
        fresh = [standing for key, standing in wanted.items() if key not in taken]
        for key, standing in known.items():
            if key not in found and len(same := [it for it in fresh if _is_same(standing, it)]) == 1:
                found[key] = same[0].key
                fresh.remove(same[0])
        return found

    @cached_property
    def old_key(self) -> dict[str, str]:
        return {now: was for was, now in self.new_key.items()}

    def _now(self, key: str) -> str:
        """The key that a record has now: its own, the one that the register names, or that of its file’s new id."""
        if key in self.new.standing:
            return key
        file, _, part = key.partition("/")
        for was, rest in ((key, ""), (file, f"/{part}")):
            now = self.retired[was].now if was in self.retired else None
            if now and now + rest not in self.old.standing:  # else it went into another record that was there already
                return now + rest
        return key

    def kept(self) -> Iterator[tuple[Standing, Standing]]:
        """Every record that is on both sides, in the new order."""
        for key, standing in self.new.standing.items():
            if key in self.old_key:
                yield self.old.standing[self.old_key[key]], standing

    def came(self) -> Iterator[Standing]:
        """Every record that is new, without those that came with another one."""
        for key, standing in self.new.standing.items():
            if key not in self.old_key and (not standing.parent or standing.parent.key in self.old_key):
                yield standing

    def went(self) -> Iterator[Standing]:
        """Every record that is gone, without those that went with another one."""
        for key, standing in self.old.standing.items():
            if key not in self.new_key and (not standing.parent or standing.parent.key in self.new_key):
                yield standing

    def same_list(self, before: Standing, after: Standing) -> bool:
        """Whether a record stands in the same list of the same record as before."""
        if before.parent is None or after.parent is None:
            return before.parent is after.parent
        return before.path == after.path and self.new_key.get(before.parent.key) == after.parent.key


def retired(content: Content) -> dict[str, Retirement]:
    """What went, by its last key."""
    return {it.was: it for register in content.every(Retired) for it in register.entries}


def _is_same(before: Standing, after: Standing) -> bool:
    """Whether a record of another file is one that moved there."""
    if before.record.id != after.record.id or type(before.record) is not type(after.record):
        return False
    said = [str(getattr(it.record, "text", None) or label(it.address)) for it in (before, after)]
    return difflib.SequenceMatcher(None, said[0].split(), said[1].split(), autojunk=False).ratio() >= _ALIKE
