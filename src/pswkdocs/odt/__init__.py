"""A document's HTML → an ODT file: `blocks` says which style each block has, `text` writes it in the words of
OpenDocument, `body` puts it onto its pages with numbers and contents, `package` makes a file of it. How a style looks
is said in templates/odt.
"""

from __future__ import annotations

from pathlib import Path

from ..blocks import lost_cells, styled
from ..edition import Document
from ..problems import BuildFailed
from .package import finish


def write(document: Document, html: str, templates: Path) -> bytes:
    """The ODT file of a document; one of a single chapter is a leaflet, without a cover and contents."""
    if lost := list(lost_cells(html)):
        raise BuildFailed(lost)
    return finish((templates / "reference.odt").read_bytes(), document, styled(document, html, templates))
