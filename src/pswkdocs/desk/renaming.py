"""A record's id → another one, wherever it stands; every other byte of the content stays as it is."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .. import git, guesses, versions
from ..checks import check
from ..checks.file import FOLDERS
from ..config import Config
from ..load import FILES, load
from ..mentions import Mention, mentions
from ..model.content import Address, Content
from ..model.retired import Retired
from ..pipeline import read
from ..problems import BuildFailed, Problem, Span
from ..view import label
from .lookup import is_id, record_of
from .retiring import PATH, Register
from .sheets import Sheet, put

WHY = "This record has a new permanent link."


@dataclass(frozen=True)
class Renaming:
    """What a renaming does: files with their new bytes (None: no more there), what moves, how often the id stood."""

    old: str
    new: str
    files: Mapping[str, bytes | None]
    moved: tuple[str, str] | None
    places: int
    alias: bool

    def new_key(self, key: str) -> str:
        """The key that a record has after it."""
        return self.new + key.removeprefix(self.old) if (key + "/").startswith(self.old + "/") else key

    def new_path(self, path: str) -> str:
        """The path that a file has after it."""
        return re.sub(rf"^{re.escape(self.moved[0])}(?=/|$)", self.moved[1], path) if self.moved else path


def rename(config: Config, old: str, new: str, why: str) -> Renaming:
    """Give a record another id; raises BuildFailed, and then nothing is changed."""
    content, _ = read(config)
    address = record_of(content, old)
    renaming = plan(config, content, address, _in_full(address, new), why)
    _prove(config, content, renaming)
    _refuse_saved(config.project, content, renaming)
    _write(config.project, renaming)
    return renaming


def elsewhere(config: Config, renaming: Renaming) -> list[str]:
    """The files beside the content that name the old place of what moved, such as a README."""
    if not renaming.moved or not git.inside(config.project):
        return []
    place = renaming.moved[0].removeprefix("content/")
    others = [f":!{name}" for name in ("content", "src", "tests", "CHANGELOG.md")]
    return git.words(config.project, "grep", "-lwF", "-e", place, "--", ".", *others).splitlines()


def plan(config: Config, content: Content, address: Address, new: str, why: str) -> Renaming:
    """What is to be written where."""
    old = address.key
    _refuse(content, address, new)
    sheets: dict[str, Sheet] = {}

    def sheet(path: str) -> Sheet:
        entry = next(entry for entry in content.entries if entry.source.path == path)
        return sheets.setdefault(path, Sheet.of(entry.source, config.project))

    places = 1
    own = sheet(address.entry.source.path)
    unclear = [] if own.replace((*address.loc, "id"), _id(address.record.id), _last(new)) else [own.source.span()]
    for mention in _naming(content, address):
        held = sheet(mention.holder.entry.source.path)
        loc = mention.loc if mention.loc in held.source.values else mention.loc[:-1]  # a source, with its lines
        if _replaced(held, loc, mention, old, new):
            places += 1
        else:
            unclear.append(held.source.span(loc))
    if unclear:
        said = f"`{old}` is written here in a way that cannot be changed without a person"
        raise BuildFailed(
            Problem(span, said, "Write it on one line as in other places; then try again.") for span in unclear
        )
    register = Register(config.content)
    alias = _seen(config, content, address)
    if register.now_of(new) is not None:
        register.drop(new)
    register.lead_on(old, new)
    if alias and config.today:
        register.add(old, label(address), new, config.today.isoformat(), why or WHY)
    files: dict[str, bytes | None] = {path: held.written() for path, held in sheets.items()}
    if register.changed:
        files[PATH] = register.written()
    return Renaming(old, new, files, _move(address, new), places, alias)


def _in_full(address: Address, new: str) -> str:
    """A new id in full: of a part, the last half is enough."""
    return new if address.whole or "/" in new else f"{address.entry.record.id}/{new}"


def _last(key: str) -> str:
    return key.rpartition("/")[2]


def _id(id: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/-]){re.escape(id)}(?![\w/-])")


def _naming(content: Content, address: Address) -> Iterator[Mention]:
    """The places that name a record; for a file’s own, also those that name a part of it in full."""
    for mention in mentions(content):
        inside = address.whole and (mention.link or mention.mark) and mention.target.entry is address.entry
        if mention.target is address or (inside and mention.written.startswith(f"{address.key}/")):
            yield mention


def _replaced(held: Sheet, loc: tuple[str | int, ...], mention: Mention, old: str, new: str) -> bool:
    if mention.mark:
        return held.replace(loc, re.compile(rf"(?<![\w/-]){re.escape(old)}(?![\w-])"), new)
    if not mention.link:
        return held.replace(loc, _id(mention.written), _last(new))
    if mention.written.startswith(old):
        pattern, text = rf"#{re.escape(old)}(?![\w-])", f"#{new}"
    else:
        pattern, text = rf"#{re.escape(mention.written)}(?![\w/-])", f"#{_last(new)}"
    return held.replace(loc, re.compile(rf"(?<=\]\(){pattern}|(?<=\]\(<){pattern}|(?<=\]: ){pattern}"), text)


def _refuse(content: Content, address: Address, new: str) -> None:
    """Raises BuildFailed with the reason for which a record cannot have this id."""
    old, path = address.key, PurePosixPath(address.entry.source.path)
    register = {it.was: it for kept in content.every(Retired) for it in kept.entries}
    taken = content.addresses.get(new)
    went = register.get(new)
    said, hint = "", ""
    if new == old:
        said, hint = f"`{old}` has this id already", "Give it another one."
    elif not is_id(_last(new)):
        fit = guesses.as_id(_last(new))
        said = f"`{_last(new)}` cannot be an id: small letters, digits and hyphens, no year, at most {guesses.LONGEST}"
        hint = f"As an id this would be `{fit}`." if fit else "Take a word or two that say what it is."
    elif taken:
        said = f"`{new}` is the id of another {taken.kind}, “{label(taken)}”"
        hint = f"It stands in {taken.entry.source.span((*taken.loc, 'id'))}. Choose another id."
    elif went and went.now != old:
        said = f"`{new}` was the id of something else, “{went.title}”: links to it must not lead to another record"
        hint = "Choose an id that never was one."
    elif new.count("/") != old.count("/") or new.rpartition("/")[0] != old.rpartition("/")[0]:
        said = f"`{old}` would come to stand in another file"
        hint = f"Write only its new name, as in `pswkdocs rename {old} {_last(new)}`; a record is moved by hand."
    elif address.whole and any(path.relative_to("content").as_posix() == pattern for pattern, _, _ in FILES):
        said, hint = f"`{old}` is always called so: its file is one of its kind", "Leave it as it is."
    if said:
        raise BuildFailed([Problem(Span("rename", 0), said, hint)])


def _move(address: Address, new: str) -> tuple[str, str] | None:
    """The file, or the folder, that is named by the id, and what it is to be called."""
    path = PurePosixPath(address.entry.source.path)
    if not address.whole:
        return None
    if path.parent.name in FOLDERS:
        return path.as_posix(), path.with_stem(new).as_posix()
    return (path.parent.as_posix(), path.parent.with_name(new).as_posix()) if path.parent.name == address.key else None


def _seen(config: Config, content: Content, address: Address) -> bool:
    """Whether others may have a link to it: it is for everybody, and it is committed or published."""
    if content.audience(address.entry) != "public":
        return False  # it was never published, and the register, which everybody may read, must not tell of it
    if not git.inside(config.project):
        return True
    written = rf"^{'' if address.whole else '[ -]+'}id: *[\"']?{address.record.id}[\"']?[[:space:]]*$"
    if not git.ask(config.project, "grep", "-qE", written, "HEAD", "--", "content").returncode:
        return True
    return address.key in versions.ever(config).records


def _prove(config: Config, before: Content, renaming: Renaming) -> None:
    """Read and check the content as it would be; raises BuildFailed where anything but the id would be another."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(config.content, project / "content")
        _write(project, renaming)
        after, unread = load(project / "content")
        errors = [it for it in [*unread, *check(after, whole=not unread)] if it.severity == "error"]
    if errors:
        said = f"with the id `{renaming.new}` the content would have mistakes, which follow"
        raise BuildFailed([Problem(Span("rename", 0), said, "Choose another id, or mend these first."), *errors])
    now = {(path, loc): key for path, loc, key in _meant(after, lambda path: path, lambda key: key)}
    for path, loc, key in _meant(before, renaming.new_path, renaming.new_key):
        if now.get((path, loc)) != key:
            entry = next(entry for entry in after.entries if entry.source.path == path)
            said = f"this would no longer mean `{key}`, but `{now.get((path, loc)) or 'nothing'}`"
            raise BuildFailed([Problem(entry.source.span(loc), said, "Choose an id that no other record has.")])


def _refuse_saved(project: Path, content: Content, renaming: Renaming) -> None:
    """Raises BuildFailed where somebody has saved one of the files since it was read: what they wrote would be lost."""
    known = {entry.source.path: entry.source for entry in content.entries}
    for path in renaming.files:
        if path in known:
            Sheet.of(known[path], project)
        elif (project / path).exists():
            raise BuildFailed([Problem(Span(path, 0), "this file was saved meanwhile", "Try again.")])


def _meant(
    content: Content, path: Callable[[str], str], key: Callable[[str], str]
) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """What every reference means, and what the links of each text mean together."""
    texts: dict[tuple[str, tuple[str | int, ...]], list[str]] = {}
    for mention in mentions(content):
        if mention.holder.entry.source.path != PATH:
            held = texts.setdefault((path(mention.holder.entry.source.path), mention.loc), [])
            held.append(key(mention.target.key))
    for (file, loc), keys in texts.items():
        yield file, loc, " ".join(sorted(keys))


def _write(project: Path, renaming: Renaming) -> None:
    """Put every file in its place; where one cannot be, all are as they were."""
    before = {path: (project / path).read_bytes() for path in renaming.files if (project / path).exists()}
    target = project / renaming.moved[1] if renaming.moved else None
    if target and target.exists() and renaming.moved:
        said = f"there is something at `{renaming.moved[1]}` already"
        raise BuildFailed([Problem(Span(renaming.moved[1], 0), said, "Move it, or choose another id.")])
    try:
        for path, data in renaming.files.items():
            put(project / path, data)
        if renaming.moved and target:
            (project / renaming.moved[0]).rename(target)
    except OSError:
        for path in renaming.files:
            put(project / path, before.get(path))
        raise
