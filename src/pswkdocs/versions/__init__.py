"""Versions: what was published stays, and every link to it too.

All that was published is a tree of files on a branch of its own. Each version has a folder that never changes; a
folder of the alias, as in `latest/`, has the newest one as it is read now. Permanent addresses, below `id/`, and the
list of versions stand beside them. One commit changes all of it, or nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from .. import pipeline, store
from ..changes import compare
from ..edition import Page, Published, Release
from ..history import content_at
from ..model.content import Content
from ..model.retired import Retired, Retirement
from ..pipeline import Config, Progress
from ..plan import plan
from ..problems import BuildFailed, Problem, Span
from ..render import Renderer
from . import feed, manifest, permanent, signposts
from .branch import BRANCH, REGISTER, Branch
from .manifest import verify
from .marked import revising

__all__ = ["BRANCH", "commit_of", "export", "lost", "publish", "releases", "verify", "withdraw"]

_NAME = re.compile(r"[0-9][0-9a-z.-]{0,39}")
_ALIAS = re.compile(r"[a-z][a-z-]{0,39}")
_TAKEN = ("assets", "id")
_MADE_OF = ("content", "templates", "mkdocs.yml", "src", "uv.lock")
_TOOLS = ("pswkdocs", "mike", "mkdocs", "mkdocs-material", "pypandoc-binary", "typst")


def releases(config: Config) -> tuple[Release, ...]:
    """The published versions, newest first."""
    return _releases(Branch(config.project))


def _releases(branch: Branch) -> tuple[Release, ...]:
    return tuple(_release(branch, name, aliases) for name, aliases in branch.versions.items())


def _release(branch: Branch, name: str, aliases: tuple[str, ...]) -> Release:
    place = f"{name}/{manifest.NAME}"
    about = manifest.read(branch.read(place) or b"", f"{BRANCH}:{place}")
    return Release(
        name=name,
        date=date.fromisoformat(about["date"]),
        note=about["note"],
        commit=about["commit"],
        withdrawn=about.get("withdrawn", ""),
        aliases=aliases,
        documents={
            path.removeprefix("downloads/"): said["sha256"]
            for path, said in about["files"].items()
            if path.startswith("downloads/")
        },
    )


def commit_of(config: Config, name: str) -> str:
    """The commit of the content of a published version; any other name stays as it is."""
    try:
        found = releases(config)
    except BuildFailed:
        return name  # no repository, so no versions either
    return next((release.commit for release in found if name in (release.name, *release.aliases)), name)


def publish(config: Config, name: str, alias: str, note: str, say: Progress = lambda _: None) -> Release:
    """Build the public site and add it as a version; raises BuildFailed, and then nothing is changed."""
    branch = Branch(config.project)
    with branch.alone():
        before = _releases(branch)
        _refuse(branch, name, alias, note, before)
        content, _ = pipeline.read(config, late_fails=True)
        edition = plan(content, "public")
        gone = _retired(content)
        was = permanent.read(branch.read(permanent.NAME))
        now = permanent.known(content, edition, name)
        said = edition.partnership.edition
        if problems := [*_misnamed(content, said.version, name), *permanent.lost(was, now, gone)]:
            raise BuildFailed(problems)
        release = Release(name, said.date, note, branch.head, aliases=(alias,))
        renderer = Renderer(config.templates, config.work)
        signs = signposts.Signposts(renderer, edition.partnership, alias)
        tree = {f"{name}/{path}": data for path, data in signs.of_version(now).items()}
        tree |= {f"{alias}/{path}": data for path, data in signs.of_moved(permanent.moved(was, now, gone), was).items()}
        pages = tuple(_pages(config, content, (release, *before)))
        revised = revising(branch, config.project, content, release, before[:1])
        for folder, frozen in ((name, True), (alias, False)):
            published = Published(alias, frozen, (release, *before), pages, revised)
            out = config.work / f"published-{'version' if frozen else 'alias'}"
            site = pipeline.build(replace(config, audience="public", out=out, published=published), say).site
            tree |= {f"{folder}/{path}": data for path, data in store.contents(site).items()}
            if not frozen:
                tree |= signs.of_rest(branch.names(alias), tree)
            tree[f"{folder}/{manifest.NAME}"] = manifest.of(tree, folder, _about(release))
        tree |= signs.of_root()
        tree[feed.NAME] = feed.written(edition.partnership, alias, (release, *before))
        tree |= signs.of_ever(permanent.merged(was, now), now, gone)
        tree[permanent.NAME] = permanent.write(permanent.merged(was, now))
        tree[REGISTER] = branch.register_with(name, release.title, alias)
        say("Publishing")
        branch.commit(f"Version {name}", tree, gone=[alias, "id"])
    return release


def withdraw(config: Config, name: str, reason: str) -> None:
    """Say on every page of a version that it is withdrawn, and why; its text stays."""
    branch = Branch(config.project)
    with branch.alone():
        found = {release.name: release for release in _releases(branch)}
        if name not in found:
            raise _refused(f"there is no version {name}", _known(tuple(found.values())))
        if not reason.strip():
            raise _refused("a reason is missing", "Say in a sentence why it is withdrawn; readers see it.")
        renderer = Renderer(config.templates, config.work)
        tree: dict[str, bytes] = {}
        for folder in (name, *found[name].aliases):
            files = {path: branch.read(path) or b"" for path in branch.names(folder)}
            about = json.loads(files.pop(f"{folder}/{manifest.NAME}"))
            marked = {
                path: signposts.withdrawn(data, reason, renderer)
                for path, data in files.items()
                if path.endswith(".html")
            }
            said = {key: value for key, value in about.items() if key != "files"} | {"withdrawn": reason}
            tree |= marked | {f"{folder}/{manifest.NAME}": manifest.of(files | marked, folder, said)}
        branch.commit(f"Version {name} is withdrawn: {reason}", tree)


def export(config: Config, folder: Path) -> int:
    """Put the whole published tree into a folder that any host can serve; says how many files it has."""
    branch = Branch(config.project)
    if not branch.tip:
        raise _nothing_yet()
    with store.swapped(folder, REGISTER) as new:
        branch.export(new)
        return sum(path.is_file() for path in new.rglob("*"))


def lost(config: Config, content: Content) -> list[Problem]:
    """Records that were published and are gone without a word; none where nothing was published."""
    try:
        branch = Branch(config.project)
        was = permanent.read(branch.read(permanent.NAME))
    except BuildFailed:
        return []  # there is no repository to look into
    return list(permanent.lost(was, plan(content, "public").places, _retired(content))) if was else []


def _refuse(branch: Branch, name: str, alias: str, note: str, before: Sequence[Release]) -> None:
    """Raises BuildFailed with the first reason for which nothing can be published."""
    if not _NAME.fullmatch(name):
        raise _refused(f"`{name}` cannot name a version", "A version begins with a digit, as in 2023-07 or 1.2.")
    if not _ALIAS.fullmatch(alias) or alias in _TAKEN:
        raise _refused(f"`{alias}` cannot be an alias", "An alias is a word in small letters, as in `latest`.")
    if branch.shallow:
        raise _refused("this clone lacks older commits", "Get them: git fetch --unshallow")
    if name in {release.name for release in before}:
        raise _refused(f"version {name} is published, and what is published stays", "Choose another name.")
    if changed := branch.changed(*_MADE_OF):
        listed = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if len(changed) > 5 else "")
        raise _refused(f"not all of it is committed: {listed}", "Commit it, or put it aside with git stash.")
    if not note.strip():
        hint = 'Say in a sentence what readers find changed: --note "The targets of Vital 5 are new."'
        raise _refused("a public note is missing", hint)


def _pages(config: Config, content: Content, releases: Sequence[Release]) -> Iterator[Page]:
    """The list of versions, and what changed since the last of them."""
    said = "Every version that was published, with what changed in it. Each stays as it was."
    yield Page("versions.md", "All versions", said, "versions.html", {"releases": releases})
    if len(releases) > 1:
        new, old = releases[:2]
        changes = compare(content_at(config.project, old.commit), content, "public").for_readers()
        said = f"What changed from version {old.title} to version {new.title}: {changes.summary}"
        title = f"What changed in version {new.name}"
        context = {"changes": changes, "old": old, "new": new}
        yield Page("changes.md", title, said, "changes.html", {**context, "alone": ""})
        for group in changes.groups:
            said = f"What changed in {group.title} from version {old.title} to version {new.title}: {group.summary}"
            one = {**context, "changes": replace(changes, groups=(group,)), "alone": group.key}
            yield Page(f"changes/{group.key}.md", f"{title}: {group.title}", said, "changes.html", one)


def _misnamed(content: Content, said: str, name: str) -> list[Problem]:
    """The edition that the content says it is must be the one that is published: documents print it."""
    if said == name:
        return []
    place = content.addresses["partnership"].entry.source.span(("edition", "version"))
    hint = f'Write `version: "{name}"` here, and its day below; commit; publish again.'
    return [Problem(place, f"the content calls this edition {said}, and {name} was to be published", hint)]


def _retired(content: Content) -> dict[str, Retirement]:
    """What took the place of each id that is no longer in use, by the id."""
    return {entry.was: entry for register in content.every(Retired) for entry in register.entries}


def _about(release: Release) -> dict[str, Any]:
    return {
        "version": release.name,
        "date": release.date.isoformat(),
        "note": release.note,
        "commit": release.commit,
        "tools": {tool: version_of(tool) for tool in _TOOLS},
    }


def _known(releases: Sequence[Release]) -> str:
    return f"Published: {', '.join(release.name for release in releases) or 'none yet'}."


def _nothing_yet() -> BuildFailed:
    return _refused("nothing was published yet", "Publish a version first: pswkdocs publish --help")


def _refused(said: str, way_out: str) -> BuildFailed:
    return BuildFailed([Problem(Span("versions", 0), said, way_out)])
