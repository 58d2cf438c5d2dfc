"""PDFs from elsewhere, which meetings enclose: whether one can be read, and what stands for its pages in a document.

The only module that knows PDFium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from threading import Lock
from typing import Any

from lxml import html as markup

from .problems import BuildFailed, Problem, Span

_ONE_AT_A_TIME = Lock()  # documents are made side by side, which PDFium does not bear
_ENCLOSED = re.compile(r'<div class="enclosed-pdf"[^>]*></div>')
_UNPROTECTED = -1
LARGEST = 3400  # points, a little more than the long side of A0: what is larger takes gigabytes to draw
MOST_PAGES = 500
_HYPHENS = re.compile("[\x02\ufffe]\\s*")  # what PDFium makes of one at the end of a line

Size = tuple[float, float]


@dataclass(frozen=True)
class Leaf:
    """A page of such a PDF: its size in points, and what it says."""

    width: float
    height: float
    text: str


def fault(data: bytes) -> str:
    """What keeps a PDF from being enclosed; nothing when it can be."""
    # Imported here: the library takes long to load, and most content encloses no PDF.
    from pypdfium2 import PdfiumError, raw

    try:
        with _opened(data) as file:
            if raw.FPDF_GetSecurityHandlerRevision(file) != _UNPROTECTED:
                return "this PDF is protected, so that its pages cannot be taken"
            if len(file) > MOST_PAGES:
                return f"this PDF has {len(file)} pages, and more than {MOST_PAGES} cannot be enclosed: divide it"
            large = (number for number, size in enumerate(_sizes(file), 1) if max(size) > LARGEST)
            return f"page {number} of this PDF is larger than A0" if (number := next(large, 0)) else ""
    except PdfiumError:
        return _unopened(data)


def _unopened(data: bytes) -> str:
    """Why a PDF cannot be opened: of one without pages, the library tells what was wrong with another before it."""
    from pypdfium2 import raw

    with _ONE_AT_A_TIME:
        if file := raw.FPDF_LoadMemDocument64(data, len(data), None):
            raw.FPDF_CloseDocument(file)
            return "this PDF has no pages"
        locked = bool(data) and raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
    return "this PDF opens with a password only" if locked else "this is no PDF, or a damaged one"


def sizes(data: bytes) -> tuple[Size, ...]:
    """How large the pages of a PDF that can be read are, in points."""
    with _opened(data) as file:
        return _sizes(file)


def leaves(data: bytes) -> tuple[Leaf, ...]:
    """The pages of a PDF that can be read."""
    with _opened(data) as file:
        return tuple(_leaf(page) for page in file)


def unfolded(html: str, papers: Mapping[str, bytes]) -> str:
    """A document's HTML with a division for each page of the PDFs that it encloses, its picture told in words.

    A picture's source is `leaf:`, the PDF's path, and the page's number; its size is in points.
    """
    return _ENCLOSED.sub(lambda found: "".join(_divisions(found[0], papers)), html)


def _divisions(enclosed: str, papers: Mapping[str, bytes]) -> Iterator[str]:
    division = markup.fragment_fromstring(enclosed)
    path, title = division.get("data-pdf", ""), division.get("data-title", "")
    if path not in papers or not title:
        message = f"an enclosed PDF is called “{title}” and has the path `{path}`, which none of this document’s has"
        hint = "Write `data-pdf` and `data-title` as the pack gives them."
        raise BuildFailed([Problem(Span("templates", 0), message, hint)])
    pages = leaves(papers[path])
    for number, leaf in enumerate(pages, 1):
        said = f"Page {number} of {len(pages)} of “{title}”, a PDF from elsewhere."
        said += f" It says: {leaf.text}" if leaf.text else " It is a picture, of which no text can be taken."
        kind = "turned" if leaf.width > leaf.height else "upright"
        yield (
            f'<div class="leaf {kind}"><p class="leaf-picture">'
            f'<img class="{kind}" src="leaf:{escape(path)}:{number}" alt="{escape(said)}" '
            f'data-width="{leaf.width}" data-height="{leaf.height}"></p></div>'
        )


def _sizes(file: Any) -> tuple[Size, ...]:
    return tuple(file.get_page_size(number) for number in range(len(file)))


def _leaf(page: Any) -> Leaf:
    """A page and its text, without which it would be nothing to those who cannot see it.

    Text that is never painted is left out: nobody who looks at the page can have meant to publish it. What something
    else covers cannot be told apart with certainty, so CONTRIBUTING.md asks editors to remove it.
    """
    from pypdfium2 import raw

    for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        unpainted = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
        raw.FPDFPageObj_SetIsActive(text, raw.FPDFTextObj_GetTextRenderMode(text) not in unpainted)
    width, height = page.get_size()
    return Leaf(width, height, _said(page.get_textpage().get_text_bounded()))


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2  # here for the same reason

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as file:
        yield file


def _said(text: str) -> str:
    """A page's text on one line, without signs that no XML can hold."""
    text = _HYPHENS.sub("-", text)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
