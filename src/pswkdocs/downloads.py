"""Documents in their formats: each made once, by as many hands as there are cores, and proven."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from . import pdf, store, tokens
from .config import Config, Progress
from .edition import Document, Download, Edition, Published
from .formats import FORMATS
from .problems import BuildFailed, Problem, Span
from .render import Renderer
from .store import Store


def documents(
    edition: Edition,
    renderer: Renderer,
    config: Config,
    jobs: Sequence[tuple[Document, str]] = (),
    say: Progress = lambda _: None,
) -> dict[Download, bytes]:
    """Documents in their formats, all unless told which; side by side on the cores there are, and none made twice."""
    os.environ["SOURCE_DATE_EPOCH"] = str(edition.epoch)  # pandoc and MkDocs date their files by it
    jobs = jobs or [(document, name) for document in edition.documents for name in FORMATS]
    named = {document.name: document for document in edition.documents}
    followed = [(named[document.follows], "pdf") for document, _ in jobs if document.follows]
    wanted = list(dict.fromkeys([*jobs, *followed]))
    made = _last(wanted, config.site) if config.hurry else {}
    wanted = [job for job in wanted if (job[0].name, job[1]) not in made]
    html = {document.name: renderer.document(document, edition) for document, _ in wanted}
    kept = Store(config.work)

    def make(job: tuple[Document, str]) -> bytes | BuildFailed:
        say(f"Making {job[0].title}, {FORMATS[job[1]].label}")
        try:
            return _document(_numbered_on(job[0], made), job[1], html[job[0].name], config, kept)
        except BuildFailed as failed:
            return failed

    workers = ThreadPoolExecutor(os.cpu_count())
    try:
        for ready in ([job for job in wanted if not job[0].follows], [job for job in wanted if job[0].follows]):
            results = list(workers.map(make, ready))
            if failures := [result for result in results if isinstance(result, BuildFailed)]:
                raise BuildFailed(problem for failed in failures for problem in failed.problems)
            files = [result for result in results if isinstance(result, bytes)]
            made |= {(document.name, name): data for (document, name), data in zip(ready, files, strict=True)}
    finally:
        workers.shutdown(wait=False, cancel_futures=True)  # who stops the build need not wait for what is half made
    kept.forget()
    return {
        Download(
            document=document,
            label=FORMATS[name].label,
            filename=filename(document, name),
            media_type=FORMATS[name].media_type,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
        ): data
        for document, name in jobs
        for data in [made[document.name, name]]
    }


def marked(made: Mapping[Download, bytes], published: Published | None) -> dict[Download, bytes]:
    """Each Word file once more, with every change since the last version marked, where there was one."""
    again = {}
    for download, data in made.items():
        name = download.document.name
        if published and download.filename == f"{name}.docx" and (revised := published.revised(name, data)):
            sha256 = hashlib.sha256(revised).hexdigest()
            called = f"{name}-changes.docx"
            again[replace(download, filename=called, size=len(revised), sha256=sha256)] = revised
    return again


def _numbered_on(document: Document, made: Mapping[tuple[str, str], bytes]) -> Document:
    """A document that knows its first page: the one after the last of the PDF that it follows."""
    if not document.follows:
        return document
    return replace(document, first_page=pdf.pages(made[document.follows, "pdf"]) + 1)


def _last(jobs: Sequence[tuple[Document, str]], site: Path) -> dict[tuple[str, str], bytes]:
    """The files of the last site: a preview shows these until it has made new ones."""
    files = {(document.name, name): site / "downloads" / filename(document, name) for document, name in jobs}
    return {job: file.read_bytes() for job, file in files.items() if file.is_file()}


def _document(document: Document, name: str, html: str, config: Config, kept: Store) -> bytes:
    format = FORMATS[name]
    templates = config.templates / format.folder
    drawings = [(drawing.svg, drawing.png) for drawing in document.drawings.values()]
    papers = [(path, store.digest(data)) for path, data in document.papers.items()]
    made_of = (document.facts, document.first_page, drawings, papers, html, tokens.text(config.templates))
    key = store.digest(name, made_of, store.contents(templates), format.made_by, store.TOOLS)

    def make() -> bytes:
        data = format.write(document, html, templates)
        place = Span(f"downloads/{filename(document, name)}", 0)
        look = f"Look at templates/documents/{document.template} and at templates/{format.folder}/."
        if faults := [Problem(place, what, look) for what in format.prove(data)]:
            raise BuildFailed(faults)
        return data

    return kept.document(key, format.suffix, make)


def filename(document: Document, name: str) -> str:
    """What the file of a document in a format is called."""
    return f"{document.name}.{FORMATS[name].suffix}"
