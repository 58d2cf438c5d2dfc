"""The formats of documents. A new one is a row here, modules that `write` and `prove` it, a folder in `templates/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import odt, pandoc, pdf, proof, word
from .edition import Document

Write = Callable[[Document, str, Path], bytes]
Prove = Callable[[bytes], Iterator[str]]


@dataclass(frozen=True)
class Format:
    """How a document becomes a file; `folder` holds its templates, `made_by` what else its bytes depend on."""

    label: str
    suffix: str
    media_type: str
    folder: str
    made_by: tuple[str, ...]
    write: Write
    prove: Prove
    """Says what is wrong with a finished file: no other is given to anybody."""


FORMATS: dict[str, Format] = {
    "word": Format(
        "Word",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "word",
        (f"pandoc {pandoc.VERSION}",),
        word.write,
        proof.word.faults,
    ),
    "odt": Format("ODT", "odt", "application/vnd.oasis.opendocument.text", "odt", (), odt.write, proof.odt.faults),
    "pdf": Format(
        "PDF",
        "pdf",
        "application/pdf",
        "pdf",
        (f"pandoc {pandoc.VERSION}", f"typst {pdf.VERSION}"),
        pdf.write,
        proof.pdf.faults,
    ),
}
