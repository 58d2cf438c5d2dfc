"""Publishes the record in four versions, by the day of each source, in a repository of its own.

The sources are of 2019, 2020 and 2023, and the content that restates them was written later, so no commit holds a
version as it was. `versions.yml` says what each holds. The branches of the repository made here can be fetched into
any clone: `git fetch build/history main:history gh-pages:gh-pages`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
PROJECT = HERE.parent
ALWAYS = ("partnership.yml", "accessibility.yml", "plain-english.yml", "registers")
MORE = ("templates", "mkdocs.yml")
MARK = "record-in-four-versions"
_LINK = re.compile(r"\[([^\]]+)\]\(#([a-z0-9/-]+)\)")


def main(folder: Path) -> None:
    """Make the repository in a folder, and publish each version in it."""
    made_here = folder / ".git" / MARK
    if folder.exists() and any(folder.iterdir()) and not made_here.exists():
        sys.exit(f"{folder} holds something else: name a folder that is empty, or is not there.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    made_here.touch()
    for key in ("user.name", "user.email"):
        git(folder, "config", key, said(key) or f"editors@{PROJECT.name}")
    (folder / ".gitignore").write_text("build/\n")
    for version in yaml.safe_load((HERE / "versions.yml").read_text(encoding="utf-8")):
        lay_out(folder, version)
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", f"The record of {version['version']}")
        command = ("publish", version["version"], "--note", version["note"])
        subprocess.run([sys.executable, "-m", "pswkdocs", "--project", folder, *command], check=True)


def lay_out(folder: Path, version: dict[str, Any]) -> None:
    """Put the content of a version where it is published from."""
    for name in ("content", *MORE):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in MORE:
        copy(PROJECT / name, folder / name)
    content = folder / "content"
    for name in (*ALWAYS, *version["holds"]):
        copy(PROJECT / "content" / name, content / name)
    edition = f'\n  version: "{version["version"]}"\n  date: {version["date"]}'
    for name, fields in version.get("fields", {}).items():
        for field, value in fields.items():
            replace(content / name, field, value)
    replace(content / "partnership.yml", "edition", edition)
    ids = {id for path in content.rglob("*.yml") for id in re.findall(r"^id: (\S+)", path.read_text("utf-8"), re.M)}
    for path in content.rglob("*.yml"):
        path.write_text(linked(path.read_text(encoding="utf-8"), ids), encoding="utf-8")


def linked(text: str, ids: set[str]) -> str:
    """A file's text with links to what the version holds; others become plain words."""
    return _LINK.sub(lambda link: link[0] if whole(link[2], ids, text) else link[1], text)


def whole(link: str, ids: set[str], text: str) -> bool:
    """Whether a link leads to a file that the version holds, or to a part of its own file."""
    return link.partition("/")[0] in ids or bool(re.search(rf"\bid: {re.escape(link)}$", text, re.M))


def replace(path: Path, field: str, value: str | None) -> None:
    """Give a file's own field another value, or take it out."""
    text = path.read_text(encoding="utf-8")
    folded = value if value is None or value.startswith("\n") else f">-\n  {value}"
    line = "" if folded is None else f"{field}: {folded}\n"
    changed, count = re.subn(rf"^{field}:.*\n(?: .*\n|\n)*", lambda _: line, text, count=1, flags=re.M)
    assert count, f"{path} has no field {field}"
    path.write_text(changed, encoding="utf-8")


def copy(source: Path, target: Path) -> None:
    """A file or a folder with all that is in it."""
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)


def said(key: str) -> str:
    """What git knows of the person who runs this."""
    ran = subprocess.run(["git", "config", key], cwd=PROJECT, capture_output=True, text=True)
    return ran.stdout.strip()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else PROJECT / "build/history"))
