"""The branch of the repository that holds all that was published. The only module that knows mike."""

from __future__ import annotations

import contextlib
import fcntl
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mike import git_utils
from mike.versions import Versions

from .. import git
from ..problems import BuildFailed, Problem, Span

BRANCH = "gh-pages"
REGISTER = "versions.json"  # mike's own, which Material and other tools read too

_NOT_READ = re.compile(r"!! (.*/)?(\.|__pycache__)")  # what git ignores and no build reads


class Branch:
    """What was published from a project's repository: read freely, changed by one commit at a time."""

    def __init__(self, project: Path) -> None:
        self._project = project
        if git.ask(project, "rev-parse", "--git-dir").returncode:
            raise _refused("this folder is in no git repository", "Run this in a clone of the repository.")

    @property
    def head(self) -> str:
        """The commit that the working folder was taken from; raises BuildFailed where there is none."""
        head = git.words(self._project, "rev-parse", "--verify", "--quiet", "HEAD")
        if not head:
            raise _refused("the repository has no commit yet", "Commit the content first.")
        return head

    @property
    def tip(self) -> str:
        """The newest commit of the branch, or of origin's where the clone has none of its own; empty without either."""
        for branch in (f"refs/heads/{BRANCH}", f"refs/remotes/origin/{BRANCH}"):
            if found := git.words(self._project, "rev-parse", "--verify", "--quiet", branch):
                return found
        return ""

    def changed(self, *folders: str) -> list[str]:
        """The files below these folders that are not committed as they stand, those too that git is told to ignore."""
        lines = self._git("status", "--porcelain", "--untracked-files=all", "--ignored=matching", "--", *folders)
        return [line.split(maxsplit=1)[1] for line in lines.splitlines() if not _NOT_READ.match(line)]

    @property
    def shallow(self) -> bool:
        """Whether the clone lacks older commits."""
        return self._git("rev-parse", "--is-shallow-repository") == "true"

    @property
    def elsewhere(self) -> bool:
        """Whether origin has the branch and this clone knows nothing of it."""
        return not self.tip and bool(git.words(self._project, "ls-remote", "--heads", "origin", BRANCH))

    @property
    def versions(self) -> dict[str, tuple[str, ...]]:
        """The names of the published versions, newest first, with the aliases of each."""
        return {str(info.version): tuple(sorted(info.aliases)) for info in self._register}

    def newest(self, name: str) -> bool:
        """Whether a version of this name would come first."""
        versions = self._register
        versions.add(name)
        return str(next(iter(versions)).version) == name

    def register_with(self, name: str, title: str, *aliases: str) -> bytes:
        """The register of versions with a new one, to which the aliases lead from now on, or another title of one."""
        versions = self._register
        versions.add(name, title, aliases, update_aliases=True)
        return f"{versions.dumps()}\n".encode()

    @property
    def _register(self) -> Versions:
        data = self.read(REGISTER)
        try:
            return Versions.loads(data.decode()) if data else Versions()
        except (ValueError, KeyError, TypeError) as error:
            said = f"`{REGISTER}` of the branch `{BRANCH}` cannot be read"
            raise _refused(said, f"Take it back to an older commit: git log {BRANCH} -- {REGISTER}") from error

    def read(self, path: str) -> bytes | None:
        """A published file; None where there is none."""
        if not self.tip or not self._git("ls-tree", "--full-tree", "--name-only", self.tip, "--", path):
            return None
        shown = git.ask(self._project, "show", f"{self.tip}:{path}")
        if shown.returncode:
            said = f"git does not give out {path}: {git.complaint(shown)}"
            raise _refused(said, f"Get the whole branch: git fetch origin {BRANCH}")
        return shown.stdout

    def names(self, folder: str) -> list[str]:
        """The paths of the published files below a folder."""
        if not self.tip:
            return []
        listed = self._git("ls-tree", "--full-tree", "-r", "-z", "--name-only", self.tip, "--", folder)
        return listed.rstrip("\0").split("\0") if listed else []

    def files(self, folder: str = "") -> dict[str, bytes]:
        """The published files below a folder, by their paths."""
        top = Path(self._git("rev-parse", "--show-toplevel"))
        made = git.packed(top, self.tip, *([folder] if folder else []))
        if made.returncode:
            said = f"git does not give out what was published: {git.complaint(made)}"
            raise _refused(said, f"Get the whole branch: git fetch origin {BRANCH}")
        with git.archive(made) as held:
            read = ((file.name, held.extractfile(file)) for file in held if file.isfile())
            return {name: data.read() for name, data in read if data}

    def commit(self, message: str, files: Mapping[str, bytes], gone: Iterable[str] = ()) -> None:
        """Change the branch at once and as a whole: take away files or folders, then put files there."""
        with self._inside(), git_utils.Commit(BRANCH, message, allow_empty=True) as commit:
            commit.delete_files(list(gone))
            for path, data in files.items():
                commit.add_file(git_utils.FileInfo(path, data))

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else publishes from this clone meanwhile; raises BuildFailed where somebody does."""
        folder = Path(self._project, self._git("rev-parse", "--git-common-dir"))
        with open(folder / "pswkdocs.lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise _refused("another publication is under way", "Wait until it has ended.") from error
            if git.words(self._project, "rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{BRANCH}"):
                with self._inside():
                    git_utils.update_from_upstream("origin", BRANCH)
            yield

    @contextlib.contextmanager
    def _inside(self) -> Iterator[None]:
        try:
            with contextlib.chdir(self._project):
                yield
        except git_utils.GitBranchDiverged as error:
            said = f"`{BRANCH}` here and at origin hold different publications"
            way_out = f"If those here are not published yet: git branch -f {BRANCH} origin/{BRANCH}"
            raise _refused(said, way_out) from error
        except git_utils.GitError as error:
            raise _refused(f"git did not take it: {' '.join(str(error).split())}", _way_out(str(error))) from error

    def _git(self, *arguments: str) -> str:
        answer = git.ask(self._project, *arguments)
        if answer.returncode:
            raise _refused(f"git {arguments[0]} failed: {git.complaint(answer)}", "Try it by hand.")
        return answer.stdout.decode(errors="replace").rstrip("\n")


def _way_out(said: str) -> str:
    if "user." in said:
        return 'Say who you are: git config user.name "Your name"; git config user.email you@example.org'
    if "new tip" in said or "Not updating" in said:
        return "Somebody published at the same time. Try again."
    return "Nothing was published: the branch is as it was. Mend this and try again."


def _refused(said: str, way_out: str) -> BuildFailed:
    return BuildFailed([Problem(Span("versions", 0), said, way_out)])
