"""A document's HTML → a Word file: pandoc, then a finishing pass over its XML."""

from __future__ import annotations

from pathlib import Path

from . import pandoc
from .plan import Document


def write(document: Document, html: str, templates: Path) -> bytes:
    """The Word file of a document."""
    return pandoc.convert(html, "docx")
