"""A page or a document → HTML. The only module that knows Jinja2.

Templates see views (`view.py`) and say where things stand; links to records leave here as what the medium can follow:
an address relative to the page on the site, an anchor or the site's own address in a document.
"""

from __future__ import annotations

import json
import posixpath
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from .edition import Document, Download, Edition, Page, Place, spoken
from .metadata import linked_data
from .problems import BuildFailed, Problem, Span
from .upkeep import written
from .view import View

_LINK = re.compile(r'href="ref:([^"]+)"')
_DOWNLOAD = re.compile(r'href="download:([^"]+)"')
_BESIDE = re.compile(r'href="beside:([^"]+)"')
_PAGE = re.compile(r'href="page:([^"]+)"')
_DRAWING = re.compile(r'src="drawing:([^"]+)"')
_HEADING = re.compile(r"(</?h)([1-6])\b")
_ANCHOR = re.compile(r'\sid="([^"]+)"')
_TITLE = re.compile(r"^# .*$", re.MULTILINE)
_WIDTH = re.compile(r'<col style="width: (\d+)%">')
_ABBREVIATION = re.compile(r"(?=.*[A-Z].*[A-Z])\S+")
_TERM = re.compile(r'<dfn data-term="([^"]+)">(.*?)</dfn>')


class Renderer:
    """The templates of one folder, ready for the site and for print."""

    def __init__(self, templates: Path, work: Path) -> None:
        compiled = work / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        self._templates = templates
        self._compiled = jinja2.FileSystemBytecodeCache(str(compiled))
        self._site = self._environment("site", lambda key: key.rpartition("/")[2])
        self._print = self._environment("print", print_anchor)
        self._print.globals["body"] = lambda document, deeper: Markup(self._body(document, deeper=deeper))

    def page(
        self, page: Page, edition: Edition, downloads: tuple[Download, ...], marked: tuple[Download, ...] = ()
    ) -> str:
        """A page as the file that MkDocs reads: front matter, Markdown headings, blocks of HTML."""
        html = self._fill(
            self._site,
            f"pages/{page.template}",
            {
                **edition.frame,
                **page.context,
                "title": page.title,
                "description": page.description,
                "charts": page.charts,
                "downloads": downloads,
                "marked": marked,
                "to": lambda url, words: way(url, words, page, edition),
            },
        )
        html = self._kept(html, page, edition)
        said = {"title": escape(page.title), "description": escape(page.description)}  # MkDocs's theme escapes nothing
        said["linked_data"] = linked_data(page, edition, downloads)
        front = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())
        front += f"search:\n  boost: {page.boost}\n" if page.boost != 1 else ""
        body = "\n".join(line.strip() for line in site_links(html, page, edition).splitlines())
        return f"---\n{front}---\n\n" + re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"

    def _kept(self, html: str, page: Page, edition: Edition) -> str:
        """A page with who keeps it right, and with the file and the line of each record that stands on it."""
        if about := edition.upkeep.get(page.path):
            above, below = (
                self._fill(self._site, f"pages/{it}.html", {"upkeep": about}) for it in ("review", "upkeep")
            )
            html = _TITLE.sub(lambda found: f"{found[0]}\n{above}\n", html, count=1) + "\n\n" + below
        return written(html, page, edition) if edition.files else html

    def signpost(self, name: str, context: Mapping[str, Any]) -> str:
        """A page outside the site, which stands between its versions."""
        return self._fill(self._site, f"published/{name}", {"spoken": spoken, **context})

    def document(self, document: Document, edition: Edition) -> str:
        """A document's body as HTML for pandoc: sections only, what stands on the cover travels beside it."""
        body = self._body(document)
        return document_links(body + self._words(body, document), document, edition)

    def changes(self, name: str, context: Mapping[str, Any]) -> str:
        """What changed between two contents, by a template of `changes/`."""
        return self._fill(self._print, f"changes/{name}", context).strip() + "\n"

    def _body(self, document: Document, *, deeper: int = 0) -> str:
        """A document's body; `deeper` by so many levels of headings where another document encloses it."""
        context = {**document.context, "document": document, "enclosed": deeper > 0}
        html = self._fill(self._print, f"documents/{document.template}", context)
        return _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + deeper}", html) if deeper else html

    def _words(self, body: str, document: Document) -> str:
        """What closes a document: its words explained, and those that explain them; of a leaflet abbreviations only."""
        leaflet = body.count("<h1") == 1
        used: set[str] = set()
        words = ""
        while new := set(_explained(body + words, only_abbreviations=leaflet)) - used:
            used |= new
            terms = [term for term in document.context["listed"] if term.record.id in used]
            words = self._fill(self._print, "documents/words.html", {"terms": terms, "leaflet": leaflet})
        return words

    def _environment(self, medium: str, anchor: Callable[[str], str]) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([self._templates / medium, self._templates]),
            autoescape=True,
            undefined=_Unknown,
            bytecode_cache=self._compiled,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals["anchor"] = anchor
        environment.filters.update(bare=bare, in_comment=in_comment, in_markdown=in_markdown, runs=runs, spoken=spoken)
        return environment

    def _fill(self, environment: jinja2.Environment, name: str, context: Mapping[str, Any]) -> str:
        try:
            return environment.get_template(name).render(context)
        except _FAULTS as error:
            if not _frames(error, self._templates) and not isinstance(error, _WITHOUT_FRAME):
                raise  # a mistake of this program, not of a template
            raise BuildFailed([template_fault(error, self._templates, self._templates / name)]) from error


def template_fault(error: Exception, templates: Path, asked: Path) -> Problem:
    """What went wrong in a template: in its own line where that is known, else in the one that was asked for."""
    path, line = asked, 1
    if isinstance(error, jinja2.TemplateSyntaxError):
        path, line = Path(error.filename or asked), error.lineno
    elif frames := _frames(error, templates):
        path, line = Path(frames[-1].filename), frames[-1].lineno or 1
    shown = path.relative_to(templates.parent) if path.is_relative_to(templates.parent) else Path(path.name)
    hint = "Mend the template; templates that worked are in git."
    return Problem(Span(shown.as_posix(), line), _words(error), hint)


def _frames(error: Exception, templates: Path) -> list[traceback.FrameSummary]:
    return [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(templates)]


# What a template can do wrong while it is filled; anything else is a mistake of this program.
_FAULTS = (
    jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, AssertionError,
    RecursionError,
)  # fmt: skip
_WITHOUT_FRAME = (jinja2.TemplateSyntaxError, jinja2.TemplateNotFound, UnicodeDecodeError)


def _words(error: BaseException) -> str:
    """Python's complaint about a template in a designer's words."""
    match error:
        case jinja2.TemplateNotFound():
            return f"there is no template `{error.name}`"
        case RecursionError():
            return "templates or macros call one another without end"
        case UnicodeDecodeError():
            return "this template, or one that it includes here, is not saved as UTF-8"
        case KeyError():
            return f"there is nothing under {error}"
    return str(error)


class _Unknown(jinja2.StrictUndefined):
    """A name that a template uses and nothing has; says so in a designer's words."""

    @property
    def _undefined_message(self) -> str:
        if isinstance(self._undefined_obj, View):
            fields = ", ".join(self._undefined_obj.fields)
            return f"a {self._undefined_obj.what} has no `{self._undefined_name}`; it has {fields}"
        return super()._undefined_message


def _explained(html: str, *, only_abbreviations: bool) -> Iterator[str]:
    """The ids of the terms that neutral HTML marks."""
    for id, word in _TERM.findall(html):
        if _ABBREVIATION.fullmatch(word) or not only_abbreviations:
            yield id


def site_links(html: str, page: Page, edition: Edition) -> str:
    """Neutral HTML as the site's: links relative to the page, each term explained where it first stands."""
    explained: set[str] = set()

    def link(match: re.Match[str]) -> str:
        place = _place(match[1], edition, f"pages/{page.template}")
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

    up = posixpath.relpath(".", page.url or ".")

    def drawing(match: re.Match[str]) -> str:
        width, height = edition.drawings[match[1]].size  # without them the page would jump when it comes
        return f'src="{up}/drawings/{match[1]}.svg" width="{width}" height="{height}"'

    html = _DRAWING.sub(drawing, _LINK.sub(link, _TERM.sub(term, html)))
    html = _PAGE.sub(rf'href="{up}/\1"', html)
    html = _BESIDE.sub(rf'href="{up}/../\1"', html)
    html = _WIDTH.sub(r'<col class="width-\1">', html)  # the policy of our pages lets no style stand in them
    html = html.replace("</dt><dd", "</dt> <dd")  # search would take both for one word
    html = html.replace("<table", '<div class="scroll"><table').replace("</table>", "</table></div>")
    return _DOWNLOAD.sub(rf'href="{up}/downloads/\1"', html)


def way(url: str, words: str, page: Page, edition: Edition) -> Markup:
    """Words that lead to a page of the site; only the words where it has nothing to show and so is not made."""
    address, mark, query = url.partition("?")
    if all(other.url != address for other in edition.pages):
        return Markup("{}").format(words)
    return Markup('<a href="{}">{}</a>').format(_relative(Place(address), page) + mark + query, words)


def document_links(html: str, document: Document, edition: Edition) -> str:
    """Neutral HTML as a document's: links to what stands in it are anchors, all others lead to the site.

    An abbreviation leads to where it is explained, at its first use; words would be too many.
    """
    anchors = set(_ANCHOR.findall(html))

    def link(match: re.Match[str]) -> str:
        key = match[1]
        if print_anchor(key) in anchors:
            return f'href="#{print_anchor(key)}"'
        place = _place(key, edition, f"documents/{document.template}")
        return f'href="{edition.partnership.address}{place.url}{place.anchored}"'

    explained: set[str] = set()

    def term(match: re.Match[str]) -> str:
        anchor, word = print_anchor(f"glossary/{match[1]}"), match[2]
        if word in explained or not _ABBREVIATION.fullmatch(word):
            return word
        explained.add(word)
        return f'<a href="#{anchor}" class="term">{word}</a>'

    return _LINK.sub(link, _TERM.sub(term, html))


def _place(key: str, edition: Edition, template: str) -> Place:
    """Where a record is found; a text's links were checked, so a link that leads nowhere is a template's."""
    if key not in edition.places:
        message = f"a link leads to `ref:{key}`, which no page holds"
        hint = "Write `href` of a record that is shown."
        raise BuildFailed([Problem(Span(f"templates/{template}"), message, hint)])
    return edition.places[key]


def print_anchor(key: str) -> str:
    """A record's anchor in a document."""
    return key.replace("/", "--")


def bare(html: str) -> Markup:
    """HTML without links and terms, for text that stands inside a link."""
    return Markup(re.sub(r"</?(a|dfn)\b[^>]*>", "", str(html)))


def runs(items: Iterable[View]) -> list[list[View]]:
    """Items of an agenda in order, closed ones that follow each other for the same reason as one run."""
    return [list(run) for _, run in groupby(items, lambda of: of.reason if of.what == "closed item" else of.key)]


def in_markdown(text: str) -> Markup:
    """Plain text for a Markdown heading line."""
    return Markup(re.sub(r"([\\`*_{}\[\]#|])", r"\\\1", escape(str(text), quote=False)))


def in_comment(text: str) -> Markup:
    """Plain text for a comment on a forge: no markup, no link, nobody called by @ and no issue by #."""
    line = re.sub(r"([\\`*_{}\[\]|~$])", r"\\\1", escape(" ".join(str(text).split()), quote=False))
    return Markup(re.sub(r"([@#]|\b(?:https?|ftp|mailto):|\bwww\.)(?=\S)", r"\1<!-- -->", line))


def _relative(place: Place, page: Page) -> str:
    if place.url == page.url and place.anchor:
        return place.anchored
    path = posixpath.relpath(place.url or ".", page.url or ".")
    return ("./" if path == "." else f"{path}/") + place.anchored
