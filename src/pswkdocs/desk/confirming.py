"""What a file rests on was looked at by a person → its lines of `confirmed`; every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .. import source
from ..config import Config
from ..model.content import Address, Content
from ..pipeline import readable
from ..problems import BuildFailed, Problem, Span
from ..resting import Marks, marks
from .lookup import record_of
from .sheets import Sheet, put

_FIELD = ("confirmed",)


@dataclass(frozen=True, eq=False)
class Confirmed:
    """What was written in a file: what is confirmed again, what for the first time, what was taken away."""

    marks: Marks
    again: tuple[Address, ...]
    new: tuple[Address, ...]
    gone: tuple[str, ...]

    @property
    def changed(self) -> bool:
        return bool(self.again or self.new or self.gone) or self.marks.entry.record.confirmed is None


def confirm(config: Config, ids: Sequence[str], *, every: bool = False) -> list[Confirmed]:
    """Confirm what files rest on; raises BuildFailed, and then nothing is changed."""
    content = readable(config)
    found = {held.entry.record.id: held for held in marks(content)}
    wanted = list(found) if every else list(dict.fromkeys(_file_of(content, found, id) for id in ids))
    if not wanted:
        raise BuildFailed([_nothing_named(found)])
    done = [_done(found[id]) for id in wanted]
    written = {it.marks.entry.source.path: _written(config, it) for it in done if it.changed}
    for path, data in written.items():
        put(config.project / path, data)
    return done


def _file_of(content: Content, found: dict[str, Marks], id: str) -> str:
    file = record_of(content, id).entry
    if file.record.id not in found:
        hint = "Nothing is to be confirmed there."
        raise BuildFailed([Problem(Span(file.source.path, 0), "this file rests on no record of another file", hint)])
    return file.record.id


def _nothing_named(found: dict[str, Marks]) -> Problem:
    open_ = [f"`{id}` ({len(held.again)})" for id, held in found.items() if held.again]
    hint = f"To be looked at: {', '.join(open_)}." if open_ else "Nothing is to be looked at."
    return Problem(Span("confirm", 0), "name what you looked at, as in `pswkdocs confirm vital-5`", hint)


def _done(held: Marks) -> Confirmed:
    targets = {mention.target.key: mention.target for mention in held.rests}
    was = dict(reversed(held.lines))
    again = tuple(it for key, it in targets.items() if key in was and was[key] != held.now[key])
    new = tuple(it for key, it in targets.items() if key not in was)
    return Confirmed(held, again, new, tuple(held.lines[place][0] for place in held.idle))


def _written(config: Config, done: Confirmed) -> bytes:
    """The file with its lines; raises BuildFailed where anything but these would be read from it."""
    held = done.marks
    before = held.entry.source
    path = config.project / before.path
    sheet = Sheet(before, path.read_bytes())
    _write(sheet, held)
    data = sheet.written()
    lines = sorted(f"{key} {mark}" for key, mark in held.now.items())
    try:
        after = source.parse(before.path, data.decode("utf-8-sig"))
    except source.Unreadable as unreadable:
        raise _unclear(before) from unreadable
    told = [" ".join(line.split()) for line in after.data.get("confirmed") or []]
    rest = [{key: it for key, it in data.items() if key != "confirmed"} for data in (before.data, after.data)]
    if sorted(told) != lines or rest[0] != rest[1] or after.faults != before.faults:
        raise _unclear(before)
    return data


def _write(sheet: Sheet, held: Marks) -> None:
    """The lines where they stand, each that changed, and no other; where there are none, at the end of the file."""
    values, keys = sheet.source.values, sheet.source.keys
    if _FIELD not in keys:
        end = len(sheet.text)
        sheet.put(end, end, _block(held.now))
        return
    flow = sheet.text[sheet.at(values[_FIELD].start)] == "[" if _FIELD in values and held.lines else True
    if flow:
        start, following = sheet.line_at(sheet.at(keys[_FIELD].start))
        end = sheet.end_of(_FIELD) if _FIELD in values else following
        sheet.put(start, end, _block(held.now))
        return
    idle = held.idle
    for place, (key, mark) in enumerate(held.lines):
        if place in idle:
            start, _ = sheet.line_at(sheet.at(values["confirmed", place].start))
            sheet.put(start, sheet.end_of(("confirmed", place)), "")
        elif mark != held.now[key]:
            sheet.replace(("confirmed", place), re.compile(rf"\b{mark}\b(?!.*[0-9a-f]{{8}})"), held.now[key])
    _add(sheet, held)


def _add(sheet: Sheet, held: Marks) -> None:
    """New lines among the others, in the order of the alphabet."""
    known = [key for key, _ in held.lines]
    begins, ends = sheet.line_at(sheet.at(sheet.source.values["confirmed", 0].start))
    first = sheet.text[begins:ends]
    indent = first[: len(first) - len(first.lstrip())]
    for key in sorted(held.now.keys() - set(known)):
        later = next((place for place, other in enumerate(known) if other > key), None)
        if later is None:
            at = sheet.end_of(_FIELD)
        else:
            at, _ = sheet.line_at(sheet.at(sheet.source.values["confirmed", later].start))
        sheet.put(at, at, f"{indent}- {key} {held.now[key]}\n")


def _block(now: dict[str, str]) -> str:
    if not now:
        return "confirmed: []\n"
    return "confirmed:\n" + "".join(f"  - {key} {now[key]}\n" for key in sorted(now))


def _unclear(before: source.Source) -> BuildFailed:
    said = "`confirmed` is written here in a way that cannot be changed without a person"
    hint = "Delete `confirmed` with its lines, or write `confirmed: []` as the last line of the file; then try again."
    return BuildFailed([Problem(before.span(_FIELD, key=True), said, hint)])
