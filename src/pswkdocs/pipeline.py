"""The whole story: content in, site and documents out."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from . import drawing, pdf, proof, store, tokens
from .checks import check
from .checks.accessibility import late
from .edition import Document, Download, Edition, Published
from .formats import FORMATS
from .load import load
from .model.content import Content
from .model.record import Audience
from .plan import plan
from .problems import BuildFailed, Problem, Span
from .prose import plain
from .render import Renderer
from .store import Store

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Config:
    """What a build works with: the project's folder, who the site is for, where it goes."""

    project: Path
    audience: Audience = "public"
    out: Path | None = None
    hurry: bool = False
    """Take a document of the last site for one that would have to be made: for a preview."""
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


@dataclass(frozen=True)
class Result:
    """What a build made."""

    site: Path
    pages: int
    downloads: tuple[Download, ...]
    warnings: tuple[Problem, ...]


def build(config: Config, say: Progress = lambda _: None) -> Result:
    """Read, check, plan, render and write everything; the last good site stays until all of it is done."""
    kept = Store(config.work)
    kept.mend(config.site)
    look = _look(config.templates)
    say("Reading content")
    content, warnings = read(config)
    edition = drawn(plan(content, config.audience, config.published), config.templates)
    renderer = Renderer(config.templates, config.work)
    say(f"Making {len(edition.documents) * len(FORMATS)} documents")
    made = documents(edition, renderer, config)
    marked = _marked(made, edition.published)
    downloads = tuple(made)
    say(f"Making {len(edition.pages)} pages")
    pages = {page: renderer.page(page, edition, downloads, tuple(marked)) for page in edition.pages}
    files = {f"downloads/{download.filename}": data for download, data in (made | marked).items()}
    files |= {f"drawings/{name}.svg": finished.svg for name, finished in edition.drawings.items()}
    files |= {**edition.data, "assets/tokens.css": look.css().encode()}
    about = edition.partnership
    files["assets/card.png"] = drawing.card(about.short_title, plain(about.summary), config.templates / "pdf")
    files[store.MARK] = _about(edition, downloads)
    theme = store.contents(config.templates / "theme")
    settings = config.settings.read_bytes()
    told = (edition.partnership, edition.published, edition.nav)
    key = store.digest(told, list(pages.values()), files, theme, settings, _TOOLS)
    if not kept.stands(config.site, key):
        # Imported here: MkDocs takes a quarter of a second that a build with nothing new to make can do without.
        from . import site

        with kept.replacing(config.site, config.pages, key) as (page_folder, site_folder):
            store.write(page_folder, {page.path: text.encode() for page, text in pages.items()})
            site.write(config.settings, page_folder, site_folder, edition, config.work)
            store.write(site_folder, files)
            _prove(site_folder, edition)
    return Result(config.site, len(pages), downloads, warnings)


def export(
    config: Config, names: Collection[str], folder: Path, say: Progress = lambda _: None
) -> dict[Download, Path]:
    """Make only the named documents, and put them into a folder; the site stays as it is.

    A name is a document's (`forward-plan`), a file's (`forward-plan.docx`) or a format's (`word`).
    """
    _look(config.templates)
    content, _ = read(config)
    edition = drawn(plan(content, config.audience), config.templates)
    known = {
        (document, format): {document.name, _filename(document, format), format}
        for document in edition.documents
        for format in FORMATS
    }
    if unknown := set(names) - set().union(*known.values()):
        choice = sorted(set().union(*known.values()))
        raise BuildFailed(
            [
                Problem(Span("--only", 0), f"there is no document `{name}`", f"Known: {', '.join(choice)}.")
                for name in unknown
            ]
        )
    jobs = [job for job, called in known.items() if called & set(names)]
    say(f"Making {len(jobs)} documents")
    made = documents(edition, Renderer(config.templates, config.work), config, jobs)
    store.write(folder, {download.filename: data for download, data in made.items()})
    return {download: folder / download.filename for download in made}


def read(config: Config, *, late_fails: bool = False) -> tuple[Content, tuple[Problem, ...]]:
    """The content and its warnings; raises BuildFailed with every problem when there is an error.

    What is late is one only where that is asked for: what could be built yesterday can be built today.
    """
    content, unread = load(config.content)
    problems = [*unread, *check(content, whole=not unread)]
    for problem in late(content, config.today) if config.today else ():
        problems.append(problem if late_fails else replace(problem, severity="warning"))
    problems.sort()
    if any(problem.severity == "error" for problem in problems):
        raise BuildFailed(problems, partial=bool(unread))
    return content, tuple(problems)


def _look(templates: Path) -> tokens.Tokens:
    """The design tokens; raises BuildFailed where a reference document was made of others."""
    look = tokens.read(templates)
    if problems := list(tokens.outdated(templates, look)):
        raise BuildFailed(problems)
    return look


def drawn(edition: Edition, templates: Path) -> Edition:
    """The same edition with the charts of its pages and documents drawn, each once."""
    shown = [*(document.charts for document in edition.documents), *(page.charts for page in edition.pages)]
    charts: dict[str, drawing.Chart] = {}
    for name, chart in (item for each in shown for item in each.items()):
        assert charts.setdefault(name, chart) == chart, f"two charts are called `{name}`"
    drawings = {name: drawing.draw(chart, templates / "pdf") for name, chart in charts.items()}
    return replace(
        edition,
        documents=tuple(
            replace(document, drawings={name: drawings[name] for name in document.charts})
            for document in edition.documents
        ),
        drawings=drawings,
    )


def documents(
    edition: Edition, renderer: Renderer, config: Config, jobs: Sequence[tuple[Document, str]] = ()
) -> dict[Download, bytes]:
    """Documents in their formats, all unless told which; side by side on the cores there are, and none made twice."""
    os.environ["SOURCE_DATE_EPOCH"] = str(edition.epoch)  # pandoc and MkDocs date their files by it
    jobs = jobs or [(document, name) for document in edition.documents for name in FORMATS]
    named = {document.name: document for document in edition.documents}
    followed = [(named[document.follows], "pdf") for document, _ in jobs if document.follows]
    wanted = list(dict.fromkeys([*jobs, *followed]))
    html = {document.name: renderer.document(document, edition) for document, _ in wanted}
    made: dict[tuple[str, str], bytes] = {}
    kept = Store(config.work)

    def make(job: tuple[Document, str]) -> bytes | BuildFailed:
        try:
            return _document(_numbered_on(job[0], made), job[1], html[job[0].name], config, kept)
        except BuildFailed as failed:
            return failed

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for ready in ([job for job in wanted if not job[0].follows], [job for job in wanted if job[0].follows]):
            results = list(workers.map(make, ready))
            if failures := [result for result in results if isinstance(result, BuildFailed)]:
                raise BuildFailed(problem for failed in failures for problem in failed.problems)
            files = [result for result in results if isinstance(result, bytes)]
            made |= {(document.name, name): data for (document, name), data in zip(ready, files, strict=True)}
    kept.forget()
    return {
        Download(
            document=document,
            label=FORMATS[name].label,
            filename=_filename(document, name),
            media_type=FORMATS[name].media_type,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
        ): data
        for document, name in jobs
        for data in [made[document.name, name]]
    }


def _marked(made: Mapping[Download, bytes], published: Published | None) -> dict[Download, bytes]:
    """Each Word file once more, with every change since the last version marked, where there was one."""
    marked = {}
    for download, data in made.items():
        name = download.document.name
        if published and download.filename == f"{name}.docx" and (revised := published.revised(name, data)):
            sha256 = hashlib.sha256(revised).hexdigest()
            filename = f"{name}-changes.docx"
            marked[replace(download, filename=filename, size=len(revised), sha256=sha256)] = revised
    return marked


def _numbered_on(document: Document, made: Mapping[tuple[str, str], bytes]) -> Document:
    """A document that knows its first page: the one after the last of the PDF that it follows."""
    if not document.follows:
        return document
    return replace(document, first_page=pdf.pages(made[document.follows, "pdf"]) + 1)


def _document(document: Document, name: str, html: str, config: Config, kept: Store) -> bytes:
    format = FORMATS[name]
    templates = config.templates / format.folder
    last = config.site / "downloads" / _filename(document, name)
    if config.hurry and last.is_file():
        return last.read_bytes()
    drawings = [(drawing.svg, drawing.png) for drawing in document.drawings.values()]
    papers = [(path, store.digest(data)) for path, data in document.papers.items()]
    made_of = (document.facts, document.first_page, drawings, papers, html, tokens.text(config.templates))
    key = store.digest(name, made_of, store.contents(templates), format.made_by, _TOOLS)

    def make() -> bytes:
        data = format.write(document, html, templates)
        place = Span(f"downloads/{_filename(document, name)}", 0)
        look = f"Look at templates/documents/{document.template} and at templates/{format.folder}/."
        if faults := [Problem(place, what, look) for what in format.prove(data)]:
            raise BuildFailed(faults)
        return data

    return kept.document(key, format.suffix, make)


def _prove(site: Path, edition: Edition) -> None:
    """Let nobody be given a site with a page that is not what it must be."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    pages = {name: path.read_bytes() for name, path in files.items() if name.endswith(".html")}
    published = edition.published
    beside = {published.alias, "feed.xml", *(release.name for release in published.releases)} if published else ()
    templates = {f"{page.url}index.html": f"templates/pages/{page.template} and at " for page in edition.pages}
    found: dict[str, list[str]] = {}
    for name, what in proof.pages.faults_of_site(pages, files, beside):
        found.setdefault(what, []).append(name)
    if faults := [
        Problem(
            Span(f"site/{first}", 0),
            f"{what} (as on {len(others)} other page{'s' if len(others) > 1 else ''})" if others else what,
            f"Look at {templates.get(first, '')}templates/theme/.",
        )
        for what, (first, *others) in found.items()
    ]:
        raise BuildFailed(faults)


def _filename(document: Document, name: str) -> str:
    return f"{document.name}.{FORMATS[name].suffix}"


def _about(edition: Edition, downloads: tuple[Download, ...]) -> bytes:
    """What the site says of itself to programs."""
    about = {
        "name": edition.partnership.title,
        "audience": edition.audience,
        "version": edition.partnership.edition.version,
        "date": edition.partnership.edition.date.isoformat(),
        "documents": [
            {"file": f"downloads/{d.filename}", "title": d.document.title, "bytes": d.size, "sha256": d.sha256}
            for d in downloads
        ],
    }
    return json.dumps(about, indent=2, ensure_ascii=False).encode() + b"\n"


# What every output depends on besides its own input: this package's code and the versions of the tools.
_TOOLS = (
    {name: data for name, data in store.contents(Path(__file__).parent).items() if name.endswith(".py")},
    tuple(
        version(tool)
        for tool in (
            "jinja2",
            "lxml",
            "markdown",
            "markdown-it-py",
            "mkdocs",
            "mkdocs-material",
            "pikepdf",
            "pypdfium2",
            "typst",
        )
    ),
)
