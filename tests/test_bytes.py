"""The same content gives the same bytes, wherever, whenever and by whomever it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import PROJECT
from pswkdocs.store import contents

BUILD = """
import sys
from pathlib import Path
from pswkdocs.config import Config
from pswkdocs.pipeline import build
build(Config(Path(sys.argv[1])))
"""
# Another day, another user, another number of cores, and a disk that lists its files in another order.
ELSEWHERE = """
import os, time
os.umask(0o077)
os.cpu_count = lambda: 1
clock, scan, listed = time.time, os.scandir, os.listdir
time.time = lambda: clock() + 400 * 24 * 60 * 60

class Scan:
    def __init__(self, path="."):
        with scan(path) as found:
            self._found = iter(sorted(found, key=lambda entry: entry.name, reverse=True))
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._found)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def close(self):
        pass

os.scandir = Scan
os.listdir = lambda path=".": sorted(listed(path), reverse=True)
"""


def start(project: Path, code: str, **environment: str) -> subprocess.Popen[bytes]:
    """A build in a folder, by a process of its own."""
    home = project / "home"
    home.mkdir()
    command = [sys.executable, "-c", code + BUILD, str(project)]
    return subprocess.Popen(command, env={**os.environ, "HOME": str(home), **environment})


def test_same_bytes_everywhere(tmp_path: Path) -> None:
    here, there = tmp_path / "a", tmp_path / "a much longer path, with spaces and “signs”" / "b"
    for folder in ("content", "templates"):
        shutil.copytree(PROJECT / folder, here / folder)
    shutil.copy(PROJECT / "mkdocs.yml", here)
    shutil.copytree(here, there, copy_function=shutil.copyfile)
    for number, path in enumerate(sorted(there.rglob("*"))):
        os.utime(path, (number * 1e6, number * 1e6))
    builds = [
        start(here, "", TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1"),
        start(there, ELSEWHERE, TZ="Asia/Kathmandu", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="1"),
    ]
    assert [build.wait() for build in builds] == [0, 0]
    made, again = contents(here / "site"), contents(there / "site")
    assert made.keys() == again.keys()
    assert {Path(name).suffix for name in made} >= {".css", ".docx", ".gz", ".html", ".json", ".odt", ".pdf", ".svg"}
    assert not [name for name in made if made[name] != again[name]]
