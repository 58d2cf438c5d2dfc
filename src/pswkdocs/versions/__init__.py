"""Versions: what was published stays, and every link to it too.

All that was published is a tree of files on a branch of its own. Each version has a folder that never changes; a
folder of the alias, as in `latest/`, has the newest one as it is read now. Permanent addresses, below `id/`, and the
list of versions stand beside them. One commit changes all of it, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from .. import git, guesses, pipeline, store
from ..config import Config, Progress
from ..edition import Published, Release
from ..model.content import Content
from ..model.partnership import Partnership
from ..plan import plan
from ..problems import BuildFailed, Problem
from ..render import Renderer
from . import feed, manifest, permanent, releases, signposts
from .branch import BRANCH, REGISTER, Branch
from .manifest import verify
from .marked import revising
from .releases import refused
from .since import Since, dated, pages, since
from .withdrawing import withdraw

__all__ = [
    "BRANCH",
    "commit_of",
    "ever",
    "export",
    "first_with",
    "listed",
    "lost",
    "publish",
    "sealed",
    "verify",
    "withdraw",
]

_NAME = re.compile(r"[0-9](?:[.-]?[0-9a-z]){0,39}")
_ALIAS = re.compile(r"[a-z][a-z-]{0,39}")
_TAKEN = ("assets", "id")
_MADE_OF = ("content", "templates", "mkdocs.yml", "src", "uv.lock")


def listed(config: Config) -> tuple[Release, ...]:
    """The published versions, newest first; raises BuildFailed where they are at origin alone."""
    branch = Branch(config.project)
    if branch.elsewhere:
        raise _at_origin()
    return releases.published(branch)


def commit_of(config: Config, name: str) -> str:
    """The commit of the content of a published version; any other name stays as it is."""
    found = releases.published(Branch(config.project)) if git.inside(config.project) else ()
    commits = {called: release.commit for release in found for called in (release.name, *release.aliases)}
    near = guesses.meant(name, [*commits]) if name not in commits and not Path(name).is_dir() else ""
    if near and not git.words(config.project, "rev-parse", "--verify", "--quiet", "--end-of-options", name):
        raise refused(f"there is no version `{name}`, no commit, no branch and no folder of that name", near)
    return commits.get(name, name)


def publish(config: Config, name: str, alias: str, note: str, say: Progress = lambda _: None) -> Release:
    """Build the public site and add it as a version; raises BuildFailed, and then nothing is changed."""
    branch = Branch(config.project)
    with branch.alone():
        before = releases.published(branch)
        _refuse(branch, name, alias, before)
        head = branch.head
        content, _ = pipeline.read(config, late_fails=True)
        found = since(config.project, content, before)
        release = Release(name, _day(content, name, config.today), _noted(note, found), head, aliases=(alias,))
        was = permanent.read(branch.read(permanent.NAME))
        now = dated(permanent.known(content, plan(content, "public"), name), was, found, content)
        if lost := list(permanent.lost(was, now.records, permanent.retired(content))):
            raise BuildFailed(lost)
        every = (release, *before)
        changed = {key: record.changed for key, record in now.records.items()}
        revised = revising(branch, config.project, content, release, before)
        published = Published(alias, True, every, tuple(pages(every, found)), revised, changed)
        tree = _sites(config, published, say)
        ever = permanent.merged(was, now)
        signs = signposts.Signposts(Renderer(config.templates, config.work), content, alias)
        tree |= {f"{name}/{path}": data for path, data in signs.of_version(now).items()}
        tree |= {f"{alias}/{path}": data for path, data in signs.of_moved(ever, now).items()}
        tree |= signs.of_rest(branch.names(alias), tree)
        for folder in (name, alias):
            tree[f"{folder}/{manifest.NAME}"] = manifest.of(tree, f"{folder}/", releases.told(release))
        tree |= signs.of_root() | signs.of_ever(ever, now)
        about = {"title": content.the(Partnership).title, "address": content.the(Partnership).address}
        tree[feed.NAME] = feed.written(**about, alias=alias, releases=every)
        tree[permanent.NAME] = permanent.write(ever)
        tree[REGISTER] = branch.register_with(name, release.title, alias)
        sealed = {f"{one.name}/{manifest.NAME}": branch.read(f"{one.name}/{manifest.NAME}") or b"" for one in before}
        tree[manifest.NAME] = manifest.of_rest(sealed | tree, (name, alias), about)
        say("Publishing")
        if branch.head != head or branch.changed(*_MADE_OF):
            raise refused("something was changed meanwhile", "Commit it, or put it aside; then publish again.")
        branch.commit(f"Version {name}", tree, gone=[alias, "id"])
    return release


def _sites(config: Config, published: Published, say: Progress) -> dict[str, bytes]:
    """The site twice: as the version's own, which stays, and as what holds now."""
    tree: dict[str, bytes] = {}
    for folder, frozen in ((published.releases[0].name, True), (published.alias, False)):
        out = config.work / f"published-{'version' if frozen else 'alias'}"
        built = replace(config, audience="public", out=out, published=replace(published, frozen=frozen))
        tree |= {f"{folder}/{path}": data for path, data in store.contents(pipeline.build(built, say).site).items()}
    return tree


def export(config: Config, folder: Path) -> int:
    """Put the whole published tree into a folder that any host can serve; says how many files it has."""
    branch = Branch(config.project)
    if not branch.tip:
        raise _at_origin() if branch.elsewhere else _nothing_yet()
    with store.swapped(folder, REGISTER) as new:
        store.write(new, files := branch.files())
    return len(files)


def ever(config: Config) -> permanent.Ever:
    """All that was ever published; nothing where there is no repository."""
    kept = Branch(config.project).read(permanent.NAME) if git.inside(config.project) else None
    return permanent.read(kept)


def sealed(config: Config) -> bytes | None:
    """The manifest of the whole published tree, where this clone has it."""
    return Branch(config.project).read(manifest.NAME) if git.inside(config.project) else None


def first_with(config: Config, address: str) -> Release | None:
    """The oldest version that has a permanent address, one below `id/`."""
    branch = Branch(config.project)
    having = [name for name in branch.versions if branch.names(f"{name}/id/{address}/index.html")]
    return releases.release(branch, having[-1], ()) if having else None


def lost(config: Config, content: Content) -> list[Problem]:
    """Records that were published and are gone without a word; none where there is no repository."""
    was = ever(config)
    return list(permanent.lost(was, plan(content, "public").places, permanent.retired(content))) if was.records else []


def _refuse(branch: Branch, name: str, alias: str, before: Sequence[Release]) -> None:
    """Raises BuildFailed with the first reason for which nothing can be published."""
    if not _NAME.fullmatch(name) or name.endswith(".html"):
        raise refused(f"`{name}` cannot name a version", "A version begins with a digit, as in 2023-07 or 1.2.")
    if not _ALIAS.fullmatch(alias) or alias in _TAKEN:
        raise refused(f"`{alias}` cannot be an alias", "An alias is a word in small letters, as in `latest`.")
    if branch.shallow:
        raise refused("this clone lacks older commits", "Get them: git fetch --unshallow")
    if branch.elsewhere:
        raise _at_origin()
    if branch.hidden:
        raise refused(f"a tag is called {BRANCH}, as the branch is", f"Take it away: git tag -d {BRANCH}")
    if any(alias not in release.aliases for release in before[:1]):
        raise refused(f"what holds now is in `{before[0].aliases[0]}`", "Leave out --alias: links lead there.")
    alike = next((release.name for release in before if _bare(release.name) == _bare(name)), name)
    if alike != name:
        raise refused(f"{name} looks like {alike}, which is published", "Choose another name.")
    if name in {release.name for release in before}:
        raise refused(f"version {name} is published, and what is published stays", "Choose another name.")
    if not branch.newest(name):
        raise refused(f"{name} would stand before {before[0].name}", "Give it a name that follows, as in 2026-11.")
    if changed := branch.changed(*_MADE_OF):
        listed = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if len(changed) > 5 else "")
        raise refused(f"not all of it is committed: {listed}", "Commit it, or put it aside with `git stash -u`.")


def _noted(note: str, found: Since) -> str:
    """The public note; only where readers find nothing changed can it be left out."""
    if note.strip() and note.isprintable():
        return note
    if note or found.news:
        changed = "what changed cannot be listed" if found.unread else found.changes.summary
        hint = 'Say in a sentence what readers find changed: --note "The targets of Vital 5 are new."'
        raise refused(f"a public note is missing: {changed}", hint)
    return "Readers find nothing changed." if found.old else "The first version."


def _day(content: Content, name: str, today: date | None) -> date:
    """The day of a version: the one that the content states for it, else today."""
    edition = content.the(Partnership).edition
    return edition.date if edition.version == name else today or edition.date


def _bare(name: str) -> str:
    """A version's name without what the eye passes over: 2026.07 and 2026-7 are alike."""
    return re.sub(r"[.-]0*", "-", name)


def _at_origin() -> BuildFailed:
    return refused("what was published is at origin, not here", f"Get it: git fetch origin {BRANCH}:{BRANCH}")


def _nothing_yet() -> BuildFailed:
    return refused("nothing was published yet", "Publish a version first: pswkdocs publish --help")
