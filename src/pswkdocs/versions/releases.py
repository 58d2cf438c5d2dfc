"""The versions that there are, as their manifests tell of them."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import Any

from ..edition import Release
from ..problems import BuildFailed, Problem, Span
from . import manifest
from .branch import BRANCH, Branch

_TOOLS = ("pswkdocs", "mike", "mkdocs", "mkdocs-material", "pypandoc-binary", "typst")


def published(branch: Branch) -> tuple[Release, ...]:
    """The published versions, newest first."""
    return tuple(release(branch, name, aliases) for name, aliases in branch.versions.items())


def told(release: Release) -> dict[str, Any]:
    """What the manifest says of a version."""
    return {
        "version": release.name,
        "date": release.date.isoformat(),
        "note": release.note,
        "commit": release.commit,
        "tools": {tool: version(tool) for tool in _TOOLS},
    }


def withdrawal(release: Release) -> dict[str, Any]:
    """What the manifest says of a version that is withdrawn."""
    assert release.withdrawn_on
    return {"withdrawn": release.withdrawn, "withdrawn_on": release.withdrawn_on.isoformat()}


def refused(said: str, way_out: str) -> BuildFailed:
    """Why nothing can be published, or changed in what is."""
    return BuildFailed([Problem(Span("versions", 0), said, way_out)])


def release(branch: Branch, name: str, aliases: tuple[str, ...]) -> Release:
    """One version, as its manifest tells of it."""
    place = f"{name}/{manifest.NAME}"
    about = {"commit": "", "date": "1980-01-01", **manifest.read(branch.read(place) or b"", f"{BRANCH}:{place}")}
    return Release(
        name=name,
        date=date.fromisoformat(about["date"]),
        note=about.get("note", ""),
        commit=about["commit"],
        withdrawn=about.get("withdrawn", ""),
        withdrawn_on=date.fromisoformat(about["withdrawn_on"]) if "withdrawn_on" in about else None,
        aliases=aliases,
        documents={
            path.removeprefix("downloads/"): said["sha256"]
            for path, said in about["files"].items()
            if path.startswith("downloads/") and not path.endswith(".html")
        },
    )
