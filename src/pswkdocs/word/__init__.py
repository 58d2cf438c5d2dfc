"""A document's HTML → a Word file: `blocks` says which style each block has, pandoc writes it all down, `body` and
`package` add what pandoc cannot. How a style looks is said in templates/word.
"""

from __future__ import annotations

from pathlib import Path

from .. import pandoc
from ..blocks import styled
from ..edition import Document
from .package import finish

_FILL_IN = (
    "The page numbers of this file are filled in when you ask for them: press Ctrl+A, then F9. "
    "Until then, “go to” stands in their place and leads there."
)


def write(document: Document, html: str, templates: Path) -> bytes:
    """The Word file of a document; one of a single chapter is a leaflet, without a cover and contents."""
    text = styled(document, html, templates, on_page_numbers=_FILL_IN)
    reference = templates / "reference.docx"
    made = pandoc.convert(text.html, "docx", options=[f"--reference-doc={reference}"])
    return finish(made, reference.read_bytes(), document, text)
