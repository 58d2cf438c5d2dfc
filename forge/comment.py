"""Puts the comment on a pull request and keeps it up to date: `python3 -m forge.comment 12 build/review`.

Needs nothing but Python, git and GitHub's own `gh`: it runs where the change's own program must not, with the right to
write. What it is handed is text and pictures, which it takes to a branch of their own, since a comment shows none that
it is sent with.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

BRANCH = "review-pictures"
MARK = "<!-- pswkdocs: what this change does -->"
AUTHOR = "github-actions[bot]"  # as whom a workflow writes
MOST = 20_000_000  # bytes of pictures


def main(number: str, folder: Path) -> None:
    """Write or renew the comment."""
    if not number.isdecimal():
        sys.exit(f"“{number}” is not the number of a pull request.")
    repository = os.environ["GITHUB_REPOSITORY"]
    text = (folder / "comment.md").read_text(encoding="utf-8")
    if not text.startswith(MARK):
        sys.exit(f"{folder}/comment.md was not made by forge.review.")
    if put_pictures(number, [file for file in sorted((folder / "pictures").glob("*.png")) if _is_picture(file)]):
        host = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
        text = text.replace("](pictures/", f"]({host}/{repository}/raw/{BRANCH}/{number}/")
    if run := os.environ.get("RUN_ID"):
        text += f"\n{_artefacts(repository, run)}\n"
    place = f"repos/{repository}/issues/{number}/comments"
    comments = (said for said in _comments(place) if said["user"]["login"] == AUTHOR)  # nobody else's is written over
    own = next((said["id"] for said in comments if said["body"].startswith(MARK)), None)
    method, address = ("PATCH", f"repos/{repository}/issues/comments/{own}") if own else ("POST", place)
    _run(["gh", "api", "--method", method, address, "--input", "-"], json.dumps({"body": text}))
    print("The comment is renewed." if own else "The comment is written.")


def _is_picture(file: Path) -> bool:
    """Whether a file is a picture itself: not a link, which could lead to what nobody else may read."""
    return file.is_file() and not file.is_symlink() and file.read_bytes().startswith(b"\x89PNG\r\n")


def put_pictures(number: str, pictures: list[Path]) -> int:
    """Put the pictures of a pull request in place of its earlier ones; says how many there are."""
    if sum(picture.stat().st_size for picture in pictures) > MOST:
        return 0
    _run(["git", "fetch", "--quiet", "origin", f"+{BRANCH}:refs/remotes/origin/{BRANCH}"], may_fail=True)
    tip = _run(["git", "rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{BRANCH}"], may_fail=True)
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": f"{folder}/index"}
        _run(["git", "read-tree", tip or "--empty"], env=index)
        _run(["git", "rm", "-r", "--quiet", "--cached", "--ignore-unmatch", number], env=index)
        for picture in pictures:
            blob = _run(["git", "hash-object", "-w", str(picture)])
            _run(["git", "update-index", "--add", "--cacheinfo", f"100644,{blob},{number}/{picture.name}"], env=index)
        tree = _run(["git", "write-tree"], env=index)
    # One commit without a past: pictures that nobody looks at any more need not be kept.
    commit = _run(["git", "commit-tree", tree, "-m", "Pictures for pull requests"])
    lease = f"--force-with-lease={BRANCH}:{tip}"
    _run(["git", "push", "--quiet", lease, "origin", f"{commit}:refs/heads/{BRANCH}"])
    return len(pictures)


def _artefacts(repository: str, run: str) -> str:
    """Links to what the run made: whoever reviews the change can open the whole site and every document."""
    host = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    answer = json.loads(_run(["gh", "api", f"repos/{repository}/actions/runs/{run}/artifacts"]))
    words = {"site": "The whole site, to open on your machine", "documents": "All documents"}
    links = [
        f"[{words[made['name']]}]({host}/{repository}/actions/runs/{run}/artifacts/{made['id']})"
        for made in answer["artifacts"]
        if made["name"] in words
    ]
    return " · ".join(sorted(links, reverse=True))


def _comments(place: str) -> list[dict[str, Any]]:
    pages: list[list[dict[str, Any]]] = json.loads(_run(["gh", "api", "--paginate", "--slurp", place]))
    return [said for page in pages for said in page]


def _run(command: list[str], said: str = "", *, may_fail: bool = False, env: dict[str, str] | None = None) -> str:
    ran = subprocess.run(command, input=said, capture_output=True, text=True, env={**os.environ, **(env or {})})
    if ran.returncode and not may_fail:
        sys.exit(f"{' '.join(command[:3])} failed: {ran.stderr.strip()}")
    return "" if ran.returncode else ran.stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
