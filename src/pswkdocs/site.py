"""Pages → a site. The only module that knows MkDocs."""

from __future__ import annotations

import logging
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin

from .edition import Edition, Nav, spoken
from .model.record import MARKINGS
from .problems import BuildFailed, Problem, Span
from .prose import plain
from .render import template_fault


def write(settings: Path, pages: Path, out: Path, edition: Edition, work: Path) -> None:
    """Build the site of the pages in a folder; raises BuildFailed with what MkDocs warns of."""
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
            site_description=escape(plain(edition.partnership.summary)),
            nav=_nav(edition.nav),
            extra={
                "edition": {"version": escape(about.version), "date": spoken(about.date)},
                "marking": MARKINGS[edition.audience],
            },
        )
        config.plugins["pswkdocs"] = _Compiled(work)
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


class _Compiled(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Lets the theme's templates be compiled once, not at every build: that halves MkDocs's time."""

    def __init__(self, work: Path) -> None:
        self._folder = work / "templates"

    def on_env(self, env: jinja2.Environment, **_: object) -> jinja2.Environment:
        env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(self._folder))
        return env


class _Warnings(logging.Handler):
    """Gathers what MkDocs warns of, above all dead links and anchors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.problems.append(Problem(Span("mkdocs.yml"), record.getMessage(), "A page or a template links to it."))


def _nav(nav: Nav) -> list[dict[str, Any]]:
    return [{escape(title): value if isinstance(value, str) else _nav(value)} for title, value in nav]
