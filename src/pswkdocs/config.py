"""What a build works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .edition import Published
from .model.record import Audience

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Config:
    """What a build works with: the project's folder, who the site is for, where it goes."""

    project: Path
    audience: Audience = "public"
    out: Path | None = None
    hurry: bool = False
    """Take a document of the last site for one that would have to be made: for a preview."""
    desk: str = ""
    """The address before a file's path at which those who write it can open it: for a preview."""
    published: Published | None = None
    """As what the site is published; without it, it is one that only its makers see."""
    today: date | None = None
    """The day by which to judge what is late; without it nothing is. What is made never depends on it."""

    @property
    def content(self) -> Path:
        return self.project / "content"

    @property
    def templates(self) -> Path:
        return self.project / "templates"

    @property
    def guide(self) -> Path:
        """The guide to editing, which a project need not have."""
        return self.project / "docs" / "guide"

    @property
    def settings(self) -> Path:
        return self.project / "mkdocs.yml"

    @property
    def work(self) -> Path:
        """Where finished documents and half-finished sites are kept; may be deleted at any time."""
        return self.project / "build"

    @property
    def pages(self) -> Path:
        """The pages that the site was made of: any engine that reads Markdown can take them."""
        return self.work / f"docs-{self.audience}"

    @property
    def site(self) -> Path:
        suffix = "" if self.audience == "public" else f"-{self.audience}"
        return (self.out or self.project / f"site{suffix}").resolve()
