"""A document's HTML → a tagged PDF: pandoc to typst markup, typst to PDF."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import typst

from . import pandoc
from .plan import Document

VERSION = version("typst")


def write(document: Document, html: str, templates: Path) -> bytes:
    """The PDF of a document."""
    markup = pandoc.convert(html, "typst", options=["--wrap=none"])
    return bytes(typst.compile(markup))
