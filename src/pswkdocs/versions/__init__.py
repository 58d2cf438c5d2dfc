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

from .. import git, guesses, pipeline, store
from ..changes import compare
from ..changes.told import Changes
from ..config import Config, Progress
from ..edition import Page, Published, Release
from ..history import content_at
from ..model.content import Content
from ..plan import plan
from ..problems import BuildFailed, Problem, Span
from ..render import Renderer
from . import feed, manifest, permanent, signposts
from .branch import BRANCH, REGISTER, Branch
from .manifest import verify
from .marked import revising

__all__ = ["BRANCH", "commit_of", "ever", "export", "first_with", "lost", "publish", "releases", "verify", "withdraw"]

_NAME = re.compile(r"[0-9](?:[.-]?[0-9a-z]){0,39}")
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
    found = releases(config) if git.inside(config.project) else ()
    commits = {called: release.commit for release in found for called in (release.name, *release.aliases)}
    near = guesses.meant(name, [*commits]) if name not in commits and not Path(name).is_dir() else ""
    if near and not git.words(config.project, "rev-parse", "--verify", "--quiet", "--end-of-options", name):
        raise _refused(f"there is no version `{name}`, no commit, no branch and no folder of that name", near)
    return commits.get(name, name)


def publish(config: Config, name: str, alias: str, note: str, say: Progress = lambda _: None) -> Release:
    """Build the public site and add it as a version; raises BuildFailed, and then nothing is changed."""
    branch = Branch(config.project)
    with branch.alone():
        before = _releases(branch)
        _refuse(branch, name, alias, note, before)
        head = branch.head
        content, _ = pipeline.read(config, late_fails=True)
        edition = plan(content, "public")
        was = permanent.read(branch.read(permanent.NAME))
        now = permanent.known(content, edition, name)
        said = edition.partnership.edition
        lost = permanent.lost(was, now.records, permanent.retired(content))
        if problems := [*_misnamed(content, said.version, name), *lost]:
            raise BuildFailed(problems)
        releases = (Release(name, said.date, note, head, aliases=(alias,)), *before)
        tree = _tree(config, branch, content, releases, alias, say)
        ever = permanent.merged(was, now)
        signs = signposts.Signposts(Renderer(config.templates, config.work), content, alias)
        tree |= {f"{name}/{path}": data for path, data in signs.of_version(now).items()}
        tree |= {f"{alias}/{path}": data for path, data in signs.of_moved(ever, now).items()}
        tree |= signs.of_rest(branch.names(alias), tree)
        for folder in (name, alias):
            tree[f"{folder}/{manifest.NAME}"] = manifest.of(tree, folder, _about(releases[0]))
        tree |= signs.of_root() | signs.of_ever(ever, now)
        tree[feed.NAME] = feed.written(edition.partnership, alias, releases)
        tree[permanent.NAME] = permanent.write(ever)
        tree[REGISTER] = branch.register_with(name, releases[0].title, alias)
        say("Publishing")
        if branch.head != head or branch.changed(*_MADE_OF):
            raise _refused("something was changed meanwhile", "Commit it, or put it aside; then publish again.")
        branch.commit(f"Version {name}", tree, gone=[alias, "id"])
    return releases[0]


def _tree(
    config: Config, branch: Branch, content: Content, releases: Sequence[Release], alias: str, say: Progress
) -> dict[str, bytes]:
    """The site twice: as the version's own, which stays, and as what holds now."""
    pages = tuple(_pages(config, content, releases))
    revised = revising(branch, config.project, content, releases[0], releases[1:2])
    tree: dict[str, bytes] = {}
    for folder, frozen in ((releases[0].name, True), (alias, False)):
        published = Published(alias, frozen, tuple(releases), pages, revised)
        out = config.work / f"published-{'version' if frozen else 'alias'}"
        site = pipeline.build(replace(config, audience="public", out=out, published=published), say).site
        tree |= {f"{folder}/{path}": data for path, data in store.contents(site).items()}
    return tree


def withdraw(config: Config, name: str, reason: str) -> None:
    """Say on every page of a version that it is withdrawn, and why; its text stays."""
    branch = Branch(config.project)
    with branch.alone():
        found = {release.name: release for release in _releases(branch)}
        if name not in found:
            hint = f"{guesses.meant(name, [*found])} {_known(tuple(found.values()))}".strip()
            raise _refused(f"there is no version {name}", hint)
        if found[name].withdrawn:
            raise _refused(f"version {name} is withdrawn already", f"It says: {found[name].withdrawn}")
        if not reason.strip() or not reason.isprintable():
            raise _refused("a reason is missing", "Say in a sentence why it is withdrawn; readers see it.")
        renderer = Renderer(config.templates, config.work)
        tree: dict[str, bytes] = {}
        for folder in (name, *found[name].aliases):
            files = branch.files(folder)
            about = json.loads(files.pop(f"{folder}/{manifest.NAME}"))
            pages = {path: data for path, data in files.items() if path.endswith(".html")}
            files |= {path: signposts.withdrawn(data, reason, renderer) for path, data in pages.items()}
            said = {key: value for key, value in about.items() if key != "files"} | {"withdrawn": reason}
            tree |= {path: files[path] for path in pages}
            tree[f"{folder}/{manifest.NAME}"] = manifest.of(files, folder, said)
        branch.commit(f"Version {name} is withdrawn: {reason}", tree)


def export(config: Config, folder: Path) -> int:
    """Put the whole published tree into a folder that any host can serve; says how many files it has."""
    branch = Branch(config.project)
    if not branch.tip:
        raise _nothing_yet()
    with store.swapped(folder, REGISTER) as new:
        store.write(new, files := branch.files())
    return len(files)


def ever(config: Config) -> permanent.Ever:
    """All that was ever published; nothing where there is no repository."""
    kept = Branch(config.project).read(permanent.NAME) if git.inside(config.project) else None
    return permanent.read(kept)


def first_with(config: Config, address: str) -> Release | None:
    """The oldest version that has a permanent address, one below `id/`."""
    branch = Branch(config.project)
    having = [name for name in branch.versions if branch.names(f"{name}/id/{address}/index.html")]
    return _release(branch, having[-1], ()) if having else None


def lost(config: Config, content: Content) -> list[Problem]:
    """Records that were published and are gone without a word; none where there is no repository."""
    was = ever(config)
    return list(permanent.lost(was, plan(content, "public").places, permanent.retired(content))) if was.records else []


def _refuse(branch: Branch, name: str, alias: str, note: str, before: Sequence[Release]) -> None:
    """Raises BuildFailed with the first reason for which nothing can be published."""
    if not _NAME.fullmatch(name) or name.endswith(".html"):
        raise _refused(f"`{name}` cannot name a version", "A version begins with a digit, as in 2023-07 or 1.2.")
    if not _ALIAS.fullmatch(alias) or alias in _TAKEN:
        raise _refused(f"`{alias}` cannot be an alias", "An alias is a word in small letters, as in `latest`.")
    if branch.shallow:
        raise _refused("this clone lacks older commits", "Get them: git fetch --unshallow")
    if any(alias not in release.aliases for release in before[:1]):
        raise _refused(f"what holds now is in `{before[0].aliases[0]}`", "Leave out --alias: links lead there.")
    if name in {release.name for release in before}:
        raise _refused(f"version {name} is published, and what is published stays", "Choose another name.")
    if not branch.newest(name):
        raise _refused(f"{name} would stand before {before[0].name}", "Give it a name that follows, as in 2026-11.")
    if changed := branch.changed(*_MADE_OF):
        listed = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if len(changed) > 5 else "")
        raise _refused(f"not all of it is committed: {listed}", "Commit it, or put it aside with git stash.")
    if not note.strip() or not note.isprintable():
        hint = 'Say in a sentence what readers find changed: --note "The targets of Vital 5 are new."'
        raise _refused("a public note is missing", hint)


def _pages(config: Config, content: Content, releases: Sequence[Release]) -> Iterator[Page]:
    """The list of versions, and what changed since the last of them."""
    said = "Every version that was published, with what changed in it. Each stays as it was."
    yield Page("versions.md", "All versions", said, "versions.html", {"releases": releases})
    if len(releases) > 1:
        new, old = releases[:2]
        unread = False
        try:
            changes = compare(content_at(config.project, old.commit), content, "public").for_readers()
        except BuildFailed:  # the publication must not wait for a content that nobody can read any more
            changes = Changes(())
            unread = True
        said = f"What changed from version {old.title} to version {new.title}: {changes.summary}"
        title = f"What changed in version {new.name}"
        context = {"changes": changes, "old": old, "new": new, "unread": unread}
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
