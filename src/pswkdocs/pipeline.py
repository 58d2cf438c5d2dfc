"""The whole story: content in, site and documents out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from . import drawing, guesses, handbook, memory, proof, store, tokens
from .checks import check
from .checks.accessibility import late
from .checks.reviews import due
from .config import Config, Progress
from .downloads import documents, filename, marked
from .edition import Download, Edition
from .formats import FORMATS
from .load import load
from .memory import remembered
from .model.content import Content
from .plan import plan
from .problems import BuildFailed, Problem, Span
from .prose import plain
from .render import Renderer
from .store import Store


@dataclass(frozen=True)
class Result:
    """What a build made."""

    site: Path
    pages: int
    downloads: tuple[Download, ...]
    warnings: tuple[Problem, ...]
    shown: Mapping[str, str]
    """The content file whose record a page shows, by the page's address."""


def build(config: Config, say: Progress = lambda _: None) -> Result:
    """Read, check, plan, render and write everything; the last good site stays until all of it is done."""
    kept = Store(config.work)
    kept.mend(config.site)
    look = _look(config.templates)
    say("Reading content")
    content, warnings = read(config)
    if config.published:
        content = content.issued(config.published.releases[0].name, config.published.releases[0].date)
    edition = planned(config, content)
    renderer = Renderer(config.templates, config.work)
    say(f"Making {len(edition.documents) * len(FORMATS)} documents")
    made = documents(edition, renderer, config, say=say)
    changed = marked(made, edition.published)
    downloads = tuple(made)
    say(f"Making {len(edition.pages)} pages")
    pages = {page: renderer.page(page, edition, downloads, tuple(changed)) for page in edition.pages}
    files = {f"downloads/{download.filename}": data for download, data in (made | changed).items()}
    files |= {f"drawings/{name}.svg": finished.svg for name, finished in edition.drawings.items()}
    files |= {**edition.data, **edition.shown, "assets/tokens.css": look.css().encode()}
    about = edition.partnership
    files["assets/card.png"] = drawing.card(about.short_title, plain(about.summary), config.templates / "pdf")
    files[store.MARK] = _about(edition, downloads)
    theme = store.contents(config.templates / "theme")
    settings = config.settings.read_bytes()
    told = (edition.partnership, edition.published, edition.nav)
    of_site = store.digest(told, list(pages.values()), list(files), *files.values())
    key = store.digest(of_site, theme, settings, config.hurry, store.TOOLS)
    if not kept.stands(config.site, key):
        # Imported here: MkDocs takes a quarter of a second that a build with nothing new to make can do without.
        from . import site

        with kept.replacing(config.site, config.pages, key) as (page_folder, site_folder):
            store.write(page_folder, {page.path: text.encode() for page, text in pages.items()})
            last = config.site if config.hurry and config.site.is_dir() else None
            site.write(config.settings, page_folder, site_folder, edition, config.work, last, say)
            store.write(site_folder, files)
            _prove(site_folder, edition)
    if not config.hurry:
        memory.forget()
    shown = {page.url: page.of.file for page in edition.pages if page.of}
    return Result(config.site, len(pages), downloads, warnings, shown)


def export(
    config: Config, names: Collection[str], folder: Path, say: Progress = lambda _: None
) -> dict[Download, Path]:
    """Make only the named documents, and put them into a folder; the site stays as it is.

    A name is a document's (`forward-plan`), a file's (`forward-plan.docx`) or a format's (`word`).
    """
    _look(config.templates)
    content, _ = read(config)
    edition = planned(config, content)
    known = {
        (document, format): {document.name, filename(document, format), format}
        for document in edition.documents
        for format in FORMATS
    }
    if unknown := set(names) - set().union(*known.values()):
        choice = sorted(set().union(*known.values()))
        raise BuildFailed(
            [
                Problem(
                    Span("--only", 0),
                    f"there is no document `{name}`",
                    f"{guesses.meant(name, choice)} Known: {', '.join(choice)}.".strip(),
                )
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
    problems += due(content, config.today) if config.today else ()
    problems.sort()
    if any(problem.severity == "error" for problem in problems):
        raise BuildFailed(problems, partial=bool(unread))
    return content, tuple(problems)


def readable(config: Config) -> Content:
    """The content to look something up in, whatever the rules say of it; raises BuildFailed where a file is unread."""
    content, unread = load(config.content)
    if errors := [problem for problem in unread if problem.severity == "error"]:
        raise BuildFailed(errors, partial=True)
    return content


def _look(templates: Path) -> tokens.Tokens:
    """The design tokens; raises BuildFailed where a reference document was made of others."""
    look = tokens.read(templates)
    if problems := list(tokens.outdated(templates, look)):
        raise BuildFailed(problems)
    return look


def planned(config: Config, content: Content, data: Mapping[str, bytes] | None = None) -> Edition:
    """All that is given to those whom a build is for, its charts drawn."""
    # A slip in the guide must not keep readers from the plan, so the public's site does not read it.
    guide = handbook.guide.NONE if config.audience == "public" else handbook.guide.read(config.guide)
    edition = plan(content, config.audience, config.published, data, guide=guide, desk=config.desk)
    return drawn(edition, config.templates)


def drawn(edition: Edition, templates: Path) -> Edition:
    """The same edition with the charts of its pages and documents drawn, each once."""
    shown = [*(document.charts for document in edition.documents), *(page.charts for page in edition.pages)]
    charts: dict[str, drawing.Chart] = {}
    for name, chart in (item for each in shown for item in each.items()):
        assert charts.setdefault(name, chart) == chart, f"two charts are called `{name}`"
    made_of = store.digest(store.contents(templates / "pdf"), tokens.text(templates))
    drawings = {name: _drawing(chart, templates / "pdf", made_of) for name, chart in charts.items()}
    return replace(
        edition,
        documents=tuple(
            replace(document, drawings={name: drawings[name] for name in document.charts})
            for document in edition.documents
        ),
        drawings=drawings,
    )


@remembered
def _drawing(chart: drawing.Chart, templates: Path, made_of: str) -> drawing.Drawing:
    return drawing.draw(chart, templates)


def _prove(site: Path, edition: Edition) -> None:
    """Let nobody be given a site with a page that is not what it must be."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    pages = {name: path.read_bytes() for name, path in files.items() if name.endswith(".html")}
    published = edition.published
    beside = {published.alias, "feed.xml", *(release.name for release in published.releases)} if published else set()
    if (edition.partnership.repository or "").startswith("/"):  # a preview shows files itself
        beside |= {"preview/file", "/preview/file"}
    faulty(proof.pages.faults_of_site(pages, files, beside), edition)


def faulty(faults: Iterable[tuple[str, str]], edition: Edition) -> None:
    """Tell of faults of finished pages, each with the name of its file; raises BuildFailed if there are any."""
    templates = {f"{page.url}index.html": f"templates/pages/{page.template} and at " for page in edition.pages}
    found: dict[str, list[str]] = {}
    for name, what in faults:
        found.setdefault(what, []).append(name)
    if problems := [
        Problem(
            Span(f"site/{first}", 0),
            f"{what} (as on {len(others)} other page{'s' if len(others) > 1 else ''})" if others else what,
            f"Look at {templates.get(first, '')}templates/theme/.",
        )
        for what, (first, *others) in found.items()
    ]:
        raise BuildFailed(problems)


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
