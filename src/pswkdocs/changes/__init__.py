"""What changed between two contents, as a planner tells it. Reads no file and writes none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ..model.content import Content
from ..model.record import Audience, FileRecord
from ..prose import plain
from .fields import changed, facts, words_of
from .labels import noun, plural
from .pairs import Pairs, retired
from .places import Places
from .sides import Side, Standing
from .told import Change, Changes, Group, Named, Subject
from .words import Piece, quoted

_KINDS = 3  # kinds of records that are counted in what came or went


def compare(old: Content, new: Content, audience: Audience = "public") -> Changes:
    """What changed for readers of `audience`, and what editors among them see; records match by permanent key."""
    story = _Story(Pairs(Side.of(old, audience), Side.of(new, audience), retired(new)))
    told: dict[tuple[str, str, str], Subject] = {}
    for whole, subject in sorted(story.subjects(), key=lambda item: story.position[item[1].key]):
        same = whole, subject.key, subject.name
        before = told[same].changes if same in told else ()
        within = tuple((key, _begun(name)) for key, name in subject.within)
        told[same] = Subject(subject.key, _begun(subject.name), within, (*before, *subject.changes))
    groups: dict[str, list[Subject]] = {}
    for (whole, _, _), subject in told.items():
        groups.setdefault(whole, []).append(subject)
    return Changes(tuple(Group(key, story.title(key), tuple(subjects)) for key, subjects in groups.items()))


@dataclass(frozen=True, eq=False)
class _Story:
    """Tells what came, went, moved and changed."""

    pairs: Pairs

    @cached_property
    def position(self) -> dict[str, float]:
        """Where each record is told: what is gone, behind what stood before it."""
        places = {key: float(place) for place, key in enumerate(self.pairs.new.standing)}
        last = -1.0
        for key in self.pairs.old.standing:
            if now := self.pairs.new_key.get(key):
                last = places[now]
            else:
                places.setdefault(key, last + 0.5)
        return places

    def title(self, key: str) -> str:
        """What a publication or a register is called."""
        standing = self.pairs.new.standing.get(key) or self.pairs.old.standing[key]
        assert isinstance(standing.record, FileRecord), "a whole has a file of its own"
        return getattr(standing.record, "short_title", standing.record.title)

    def subjects(self) -> Iterator[tuple[str, Subject]]:
        """Every record of which something is told, each with the key of its publication or register."""
        old, new = self.pairs.old, self.pairs.new
        for standing in self.pairs.came():
            yield (
                new.whole(standing.address.entry).key,
                self._whole_record(standing, new, Change("added", says="added")),
            )
        for standing in self.pairs.went():
            whole = old.whole(standing.address.entry).key
            subject = self._whole_record(standing, old, Change("removed", says="removed"))
            yield self.pairs.new_key.get(whole, whole), subject
        places = Places(self.pairs)
        for subject in places.subjects():
            yield new.whole(new.standing[subject.key].address.entry).key, subject
        for before, after in self.pairs.kept():
            moved = [places.moved[after.key]] if after.key in places.moved else []
            if changes := (*moved, *changed(before, after, old, new)):
                subject = Subject(after.key, new.itself(after), new.within(after), changes)
                yield new.whole(after.address.entry).key, subject

    def _whole_record(self, standing: Standing, side: Side, change: Change) -> Subject:
        """A record that came or went, with all that stands in it."""
        name = side.named(standing)
        words = words_of(standing, side)
        said = f"{change.says} ({known})" if (known := facts(standing, side)) else change.says
        if inside := _counted(standing, side):
            said += f", with {inside}"
        retirement = self.pairs.told_of(standing.key) if change.what == "removed" else None
        why = plain(retirement.why) if retirement else ""
        if retirement and (instead := self.pairs.new.standing.get(retirement.now or "")):
            why += f" In its place: {self.pairs.new.named(instead)}."
        piece = Piece("added" if change.what == "added" else "removed", quoted(words))
        pieces = (piece,) if words and f"“{words}”" not in name else ()
        if pieces and name.endswith(" …”"):  # its first words, which follow in full
            name = name.partition(" “")[0]
        hidden = side.is_for_editors(standing)
        told = replace(change, says=said, pieces=pieces, prose=bool(pieces), why=why, editors=hidden)
        return Subject(standing.key, name, tuple(map(self._today, side.within(standing))), (told,))

    def _today(self, named: Named) -> Named:
        """A record around another as it is called now, where it is still there."""
        now = self.pairs.new.standing.get(self.pairs.new_key.get(named[0], ""))
        return (now.key, self.pairs.new.named(now)) if now else named


def _counted(standing: Standing, side: Side) -> str:
    """What stands in a record, as in `9 actions and 5 outcomes`."""
    inside = [it for it in side.standing.values() if it.parent and it.parent.key == standing.key]
    counted = Counter(noun(type(it.record), it.among) for it in inside)
    most = counted.most_common(_KINDS) if len(counted) > _KINDS else [*counted.items()]
    words = [f"{number} {word if number == 1 else plural(word)}" for word, number in most]
    return _listed([*words, "more"] if len(counted) > _KINDS else words)


def _listed(words: Iterable[str]) -> str:
    *others, last = [*words] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _begun(name: str) -> str:
    """A name as it begins a line."""
    return name[:1].upper() + name[1:]
