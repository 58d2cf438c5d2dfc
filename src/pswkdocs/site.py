"""Pages → a site. The only module that knows MkDocs."""

from __future__ import annotations

import base64
import hashlib
import logging
import shutil
from collections.abc import Callable, Collection
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure import pages as mkdocs_pages
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from . import memory, store, tokens
from .edition import Edition, Nav, Page, spoken
from .model.record import MARKINGS
from .problems import BuildFailed, Problem, Span
from .render import template_fault


def write(
    settings: Path,
    pages: Path,
    out: Path,
    edition: Edition,
    work: Path,
    last: Path | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Build the site of the pages in a folder; raises BuildFailed with what MkDocs warns of.

    With the `last` site only pages that are not remembered are made; what is made of all pages stays as it was there.
    """
    finished = _Finished(settings, pages, edition)
    known = finished.known() if last else {}
    _build(settings, pages, out, edition, _Frame(work, known, say))
    store.write(out, known)
    finished.keep(out)
    for name in OF_ALL_PAGES:
        if last and (last / name).is_file():
            shutil.copy(last / name, out / name)


def write_some(settings: Path, pages: Path, out: Path, edition: Edition, work: Path, wanted: Collection[Page]) -> None:
    """Build only the wanted pages; what else is in `out` then is no site."""
    others = {_file(page) for page in edition.pages if page not in wanted}
    _build(settings, pages, out, edition, _Frame(work, others))


# What is made of all pages, and so only when all are.
OF_ALL_PAGES = ("search/search_index.json", "sitemap.xml", "sitemap.xml.gz")


def _build(settings: Path, pages: Path, out: Path, edition: Edition, frame: _Frame) -> None:
    about = edition.partnership.edition
    heard = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        config = load_config(
            str(settings),
            docs_dir=str(pages),
            site_dir=str(out),
            site_url=edition.partnership.address,
            site_name=escape(edition.partnership.short_title),  # MkDocs and its theme escape nothing
            nav=_nav(edition.nav),
            extra={
                "edition": {"version": escape(about.version), "date": spoken(about.date)},
                "published": edition.published,
                "repository": edition.partnership.repository or "",
                "marking": MARKINGS[edition.audience],
                "theme_colour": tokens.read(settings.parent / "templates").colours["band"].light,
            },
        )
        config.plugins["pswkdocs"] = frame
        build(config)
    except jinja2.TemplateError as error:
        templates = settings.parent / "templates"
        raise BuildFailed([template_fault(error, templates, templates / "theme/main.html")]) from error
    except (MkDocsException, Abort) as error:
        raise BuildFailed([*heard.problems, Problem(Span(settings.name), str(error) or "MkDocs stopped")]) from error
    finally:
        logger.removeHandler(heard)
    if heard.problems:
        raise BuildFailed(heard.problems)


class _Finished:
    """Finished pages, by all that they are made of: their own Markdown, and what all pages share."""

    def __init__(self, settings: Path, pages: Path, edition: Edition) -> None:
        templates = settings.parent / "templates"
        theme = store.contents(templates / "theme")
        about = (edition.partnership, edition.published, edition.nav, edition.audience, tokens.text(templates))
        self._texts = {page: (pages / page.path).read_bytes() for page in edition.pages}
        self._shared = store.digest(settings.read_bytes(), theme, about, [page.path for page in edition.pages])

    def known(self) -> dict[str, bytes]:
        """The pages that need not be made again, by the names of their files in the site."""
        return {
            _file(page): memory.recall((self._shared, text))
            for page, text in self._texts.items()
            if memory.knows((self._shared, text))
        }

    def keep(self, site: Path) -> None:
        for page, text in self._texts.items():
            memory.keep((self._shared, text), (site / _file(page)).read_bytes())


# The one style that a page lets be put into it: with it, programs that check pages hold still what moves.
STILL = "*,*::before,*::after{transition:none!important;animation:none!important}"
_STILL = base64.b64encode(hashlib.sha256(STILL.encode()).digest()).decode()

# What a page may load and do. Nothing comes from elsewhere, and no script or style stands in a page itself, so that a
# text that should ever get past the escaping could still do nothing. A host can add `frame-ancestors` in a header.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' 'sha256-{_STILL}'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


class _Frame(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Which pages are made; what the theme's templates are given, and that they are compiled once, in half the time."""

    def __init__(self, work: Path, known: Collection[str], say: Callable[[str], None] = lambda _: None) -> None:
        self._folder = work / "templates"
        self._known, self._say = known, say

    def on_nav(self, nav: Navigation, *, files: Files, **_: object) -> Navigation:
        """Leave out what is known, now that it has its place in the navigation."""
        for file in files:
            if file.dest_uri in self._known:
                file.inclusion = InclusionLevel.EXCLUDED
        return nav

    def on_page_markdown(self, markdown: str, *, page: mkdocs_pages.Page, **_: object) -> None:
        self._say(f"Making the page {page.title}")

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, **_: object) -> jinja2.Environment:
        env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(self._folder))
        env.globals["policy"] = POLICY
        env.globals["search_script"] = _brought(config, "assets/javascripts/bundle.*.min.js")
        env.globals["search_worker"] = _brought(config, "assets/javascripts/workers/search.*.min.js")
        return env


def _brought(config: MkDocsConfig, pattern: str) -> str:
    """The file that the theme brings under a name that changes with its version."""
    for folder in map(Path, config.theme.dirs):
        if found := sorted(file.relative_to(folder).as_posix() for file in folder.glob(pattern)):
            return found[-1]
    said = f"the theme brings no file `{pattern}`, which search needs"
    hint = "Delete `.venv` and run `make site`, which installs the theme anew."
    raise BuildFailed([Problem(Span("mkdocs.yml"), said, hint)])


class _Warnings(logging.Handler):
    """Gathers what MkDocs warns of, above all dead links and anchors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.problems.append(Problem(Span("mkdocs.yml"), record.getMessage(), "A page or a template links to it."))


def _file(page: Page) -> str:
    """The file of a page in the site."""
    return f"{page.url}index.html"


def _nav(nav: Nav) -> list[dict[str, Any]]:
    return [{escape(title): value if isinstance(value, str) else _nav(value)} for title, value in nav]
