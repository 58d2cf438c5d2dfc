"""A page or a document → HTML. The only module that knows Jinja2.

Templates see views (`view.py`) and say where things stand; links to records leave here as what the medium can follow:
an address relative to the page on the site, an anchor or the site's own address in a document.
"""

from __future__ import annotations

import json
import posixpath
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from .plan import Document, Edition, Page, Place, spoken
from .problems import BuildFailed, Problem, Span

_LINK = re.compile(r'href="ref:([^"]+)"')
_DOWNLOAD = re.compile(r'href="download:([^"]+)"')
_TERM = re.compile(r'<dfn data-term="([^"]+)">(.*?)</dfn>')


@dataclass(frozen=True, eq=False)
class Download:
    """A finished document, as pages tell of it."""

    document: Document
    label: str
    filename: str
    size: int
    sha256: str

    @property
    def href(self) -> str:
        """Its place below the site's own address."""
        return f"download:{self.filename}"

    @property
    def readable_size(self) -> str:
        return f"{max(1, round(self.size / 1000))} kB" if self.size < 999_500 else f"{self.size / 1_000_000:.1f} MB"


class Renderer:
    """The templates of one folder, ready for the site and for print."""

    def __init__(self, templates: Path, work: Path) -> None:
        compiled = work / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        self._templates = templates
        self._compiled = jinja2.FileSystemBytecodeCache(str(compiled))
        self._site = self._environment("site", lambda key: key.rpartition("/")[2])
        self._print = self._environment("print", print_anchor)

    def page(self, page: Page, edition: Edition, downloads: tuple[Download, ...]) -> str:
        """A page as the file that MkDocs reads: front matter, Markdown headings, blocks of HTML."""
        html = self._fill(
            self._site,
            f"pages/{page.template}",
            {**page.context, "title": page.title, "downloads": downloads, "partnership": edition.partnership},
        )
        front = "".join(
            f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
            for name, value in (("title", page.title), ("description", page.description))
        )
        body = "\n".join(line.strip() for line in site_links(html, page, edition).splitlines())
        return f"---\n{front}---\n\n" + re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"

    def document(self, document: Document, edition: Edition) -> str:
        """A document's body as HTML for pandoc: sections only, what stands on the cover travels beside it."""
        html = self._fill(self._print, f"documents/{document.template}", {**document.context, "document": document})
        return document_links(html, document, edition)

    def _environment(self, medium: str, anchor: Callable[[str], str]) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([self._templates / medium, self._templates]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            bytecode_cache=self._compiled,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals["anchor"] = anchor
        environment.filters.update(bare=bare, in_markdown=in_markdown, spoken=spoken)
        return environment

    def _fill(self, environment: jinja2.Environment, name: str, context: Mapping[str, Any]) -> str:
        try:
            return environment.get_template(name).render(context)
        except jinja2.TemplateSyntaxError as error:
            path = Path(error.filename) if error.filename else self._templates / name
            raise BuildFailed([self._fault(path, error.lineno, error.message or "cannot be read")]) from error
        except jinja2.TemplateNotFound as error:
            raise BuildFailed(
                [self._fault(self._templates / str(error.name), 1, "this template is missing")]
            ) from error
        except (jinja2.TemplateError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            for frame in reversed(traceback.extract_tb(error.__traceback__)):
                if Path(frame.filename).is_relative_to(self._templates):
                    raise BuildFailed([self._fault(Path(frame.filename), frame.lineno or 1, str(error))]) from error
            raise

    def _fault(self, path: Path, line: int, message: str) -> Problem:
        shown = path.relative_to(self._templates.parent) if path.is_relative_to(self._templates.parent) else path
        return Problem(Span(shown.as_posix(), line), message, "Mend the template; templates that worked are in git.")


def site_links(html: str, page: Page, edition: Edition) -> str:
    """Neutral HTML as the site's: links relative to the page, each term explained where it first stands."""
    explained: set[str] = set()

    def link(match: re.Match[str]) -> str:
        place = edition.places[match[1]]
        return f'href="{_relative(place, page)}"'

    def term(match: re.Match[str]) -> str:
        id, word = match[1], match[2]
        place = edition.places.get(f"glossary/{id}")
        if id in explained or place is None or place.url == page.url:
            return word
        explained.add(id)
        return (
            f'<a class="term" href="{_relative(place, page)}" data-meaning="{escape(edition.meanings[id])}">{word}</a>'
        )

    up = posixpath.relpath("downloads", page.url or ".")
    return _DOWNLOAD.sub(rf'href="{up}/\1"', _LINK.sub(link, _TERM.sub(term, html)))


def document_links(html: str, document: Document, edition: Edition) -> str:
    """Neutral HTML as a document's: links inside it are anchors, all others lead to the site."""

    def link(match: re.Match[str]) -> str:
        key = match[1]
        if key.partition("/")[0] in document.holds:
            return f'href="#{print_anchor(key)}"'
        place = edition.places[key]
        return f'href="{edition.partnership.address}{place.url}{"#" + place.anchor if place.anchor else ""}"'

    return _LINK.sub(link, _TERM.sub(lambda match: match[2], html))


def print_anchor(key: str) -> str:
    """A record's anchor in a document."""
    return key.replace("/", "--")


def bare(html: str) -> Markup:
    """HTML without links and terms, for text that stands inside a link."""
    return Markup(re.sub(r"</?(a|dfn)\b[^>]*>", "", str(html)))


def in_markdown(text: str) -> Markup:
    """Plain text for a Markdown heading line."""
    return Markup(re.sub(r"([\\`*_{}\[\]#|])", r"\\\1", escape(str(text), quote=False)))


def _relative(place: Place, page: Page) -> str:
    anchor = f"#{place.anchor}" if place.anchor else ""
    if place.url == page.url and anchor:
        return anchor
    path = posixpath.relpath(place.url or ".", page.url or ".")
    return ("./" if path == "." else f"{path}/") + anchor
