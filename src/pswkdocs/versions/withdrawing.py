"""A version that is withdrawn: its text stays, and everything that leads to it says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from .. import guesses
from ..config import Config
from ..edition import Release
from ..render import Renderer
from . import feed, manifest, releases, signposts
from .branch import REGISTER, Branch
from .releases import refused


def withdraw(config: Config, name: str, reason: str) -> None:
    """Say on every page of a version that it is withdrawn, and why; its text stays."""
    branch = Branch(config.project)
    with branch.alone():
        before = releases.published(branch)
        gone = _withdrawn(before, name, reason, config.today)
        after = [gone if release.name == name else release for release in before]
        alias = before[0].aliases[0]
        renderer = Renderer(config.templates, config.work)
        changed = dict(_noticed(branch, gone, renderer))
        listing = f"{alias}/versions/index.html"
        page = changed.get(listing) or branch.read(listing) or b""
        changed[listing] = signposts.listed_as_withdrawn(page, gone, renderer)
        about = manifest.read(branch.read(manifest.NAME) or b"", manifest.NAME)
        site = {name: about[name] for name in ("title", "address")}
        changed[feed.NAME] = feed.written(**site, alias=alias, releases=after)
        changed[REGISTER] = branch.register_with(name, gone.title, *gone.aliases)
        branch.commit(f"Version {name} is withdrawn: {reason}", changed | dict(_resealed(branch, changed, gone, alias)))


def _withdrawn(before: Sequence[Release], name: str, reason: str, today: date | None) -> Release:
    """The version as one that is withdrawn; raises BuildFailed where it cannot be."""
    found = {release.name: release for release in before}
    if name not in found:
        known = f"Published: {', '.join(found) or 'none yet'}."
        raise refused(f"there is no version {name}", f"{guesses.meant(name, [*found])} {known}".strip())
    if found[name].withdrawn:
        raise refused(f"version {name} is withdrawn already", f"It says: {found[name].withdrawn}")
    if not reason.strip() or not reason.isprintable():
        raise refused("a reason is missing", "Say in a sentence why it is withdrawn; readers see it.")
    return replace(found[name], withdrawn=reason, withdrawn_on=today or found[name].date)


def _noticed(branch: Branch, gone: Release, renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """Every page of the version, with the notice."""
    for folder in (gone.name, *gone.aliases):
        for path, data in branch.files(folder).items():
            if path.endswith(".html"):
                yield path, signposts.withdrawn(data, gone.withdrawn, renderer)


def _resealed(branch: Branch, changed: Mapping[str, bytes], gone: Release, alias: str) -> Iterator[tuple[str, bytes]]:
    """The manifests of what was changed."""
    beside = {name: data for name, data in changed.items() if "/" not in name}
    for folder in sorted({gone.name, *gone.aliases, alias}):
        path = f"{folder}/{manifest.NAME}"
        inside = {
            name.removeprefix(f"{folder}/"): data for name, data in changed.items() if name.startswith(f"{folder}/")
        }
        said = releases.withdrawal(gone) if folder in (gone.name, *gone.aliases) else {}
        beside[path] = manifest.again(branch.read(path) or b"", inside, said)
        yield path, beside[path]
    yield manifest.NAME, manifest.again(branch.read(manifest.NAME) or b"", beside, {})
