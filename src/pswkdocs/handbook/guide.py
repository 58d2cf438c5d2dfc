"""`docs/guide/*.md` → chapters. The files are Markdown that a forge shows too, so links and pictures work in both."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path, PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from ..problems import BuildFailed, Problem, Span

FOLDER = "editing"  # below the site's address
_FIRST = "README.md"  # what a forge shows of a folder, and where readers begin
_SHOWN = (".png", ".css")
_KEY = re.compile(r"^(\s*(?:- )?)([a-z_0-9]+:)(?= |$)", re.MULTILINE)
_SAFE = ("https://", "mailto:")


@dataclass(frozen=True)
class Piece:
    """A heading, or what stands between two."""

    html: Markup = Markup("")
    level: int = 0
    title: str = ""
    key: str = ""


@dataclass(frozen=True)
class Chapter:
    """A page of the guide."""

    path: str
    title: str
    lead: str
    """The first paragraph, which opens the page."""
    pieces: tuple[Piece, ...] = field(repr=False)

    @property
    def href(self) -> str:
        return "page:" + self.path.removesuffix(".md").removesuffix("index").rstrip("/") + "/"


@dataclass(frozen=True)
class Guide:
    """The guide as a whole; empty where a project has none."""

    chapters: tuple[Chapter, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Its pictures and its style, by their names below its own folder."""


NONE = Guide()


def read(folder: Path) -> Guide:
    """Read the guide of a folder; raises BuildFailed with every link and picture that leads nowhere."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.suffix in _SHOWN}
    shown = {name: path.read_bytes() for name, path in files.items()}
    problems: list[Problem] = []
    chapters = []
    for name in sorted(texts, key=lambda name: (name != _FIRST, name)):
        made = _Chapter(name, f"{folder.parent.name}/{folder.name}/{name}", texts, shown)
        chapters.append(made.read())
        problems += made.problems
    if problems:
        raise BuildFailed(problems)
    return Guide(tuple(chapters), shown)


def slug(title: str) -> str:
    """A heading's anchor, the same as forges make of it."""
    return re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-")


def path_of(name: str) -> str:
    """The page of a chapter: the number in a file's name orders the folder, and is no part of the address."""
    return f"{FOLDER}/index.md" if name == _FIRST else f"{FOLDER}/{re.sub(r'^[0-9]+-', '', name)}"


class _Chapter:
    """A file that becomes a chapter."""

    def __init__(self, name: str, path: str, texts: Mapping[str, str], files: Mapping[str, bytes]) -> None:
        self.name, self.path, self.texts, self.files = name, path, texts, files
        self.problems: list[Problem] = []

    def read(self) -> Chapter:
        env: EnvType = {"chapter": self}
        tokens = _READER.parse(self.texts[self.name], env)
        title, lead = self._opening(tokens)
        return Chapter(path_of(self.name), title, lead, tuple(self._pieces(tokens[6:], env)))

    def _opening(self, tokens: Sequence[Token]) -> tuple[str, str]:
        opening = [token.type for token in tokens[:6]]
        if opening[0::3] != ["heading_open", "paragraph_open"] or tokens[0].tag != "h1":
            self.complain(1, "a page of the guide begins otherwise", "Write `# Title`, and a paragraph below it.")
            return self.name, ""
        return _words(tokens[1]), _words(tokens[4])

    def _pieces(self, tokens: Sequence[Token], env: EnvType) -> Iterator[Piece]:
        start = 0
        for at, token in enumerate(tokens):
            if token.type == "heading_open":
                yield self._html(tokens[start:at], env)
                title = _words(tokens[at + 1])
                yield Piece(level=int(token.tag[1]), title=title, key=f"{FOLDER}/{slug(title)}")
                start = at + 3
        yield self._html(tokens[start:], env)

    def _html(self, tokens: Sequence[Token], env: EnvType) -> Piece:
        return Piece(Markup(_READER.renderer.render(tokens, _READER.options, env)))

    def leads(self, href: str) -> str:
        """Where a link leads on the site."""
        target, _, anchor = href.partition("#")
        path = PurePosixPath(target)
        if href.startswith(_SAFE) or not target:
            return href
        if target in self.texts:
            place = path_of(target).removesuffix(".md").removesuffix("index").rstrip("/")
            return f"page:{place}/{'#' * bool(anchor)}{anchor}"
        if path.parent.as_posix() == "../../schema" and path.suffix == ".json":
            return f"page:{FOLDER}/fields/{path.stem}/"
        self.complain(self._line(href), f"the link `{href}` leads nowhere on the site", _LINKS)
        return ""

    def picture(self, name: str, words: str) -> str:
        if not name.endswith(".png") or name not in self.files:
            self.complain(self._line(name), f"there is no picture `{name}`", "Pictures are PNG files in `pictures/`.")
            return ""
        width, height = struct.unpack(">II", self.files[name][16:24])
        up = "" if self.name == _FIRST else "../"
        return f'<img src="{up}{name}" alt="{escape(words)}" width="{width}" height="{height}" loading="lazy">'

    def complain(self, line: int, what: str, way_out: str) -> None:
        self.problems.append(Problem(Span(self.path, line), what, way_out))

    def _line(self, words: str) -> int:
        text = self.texts[self.name]
        return text.count("\n", 0, max(0, text.find(f"({words}"))) + 1


_LINKS = "Link to another page of the guide, to a file of `../../schema/` for its fields, or to https://."


def _words(inline: Token) -> str:
    return "".join(" " if token.type == "softbreak" else token.content for token in inline.children or ())


class _Renderer(RendererHTML):
    """CommonMark's own HTML; samples on one line, because the lines of a page's file lose their indentation."""

    def link_open(self, tokens: Sequence[Token], position: int, options: OptionsDict, env: EnvType) -> str:
        return f'<a href="{escape(env["chapter"].leads(str(tokens[position].attrs["href"])))}">'

    def image(self, tokens: Sequence[Token], position: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[position]
        return str(env["chapter"].picture(str(token.attrs["src"]), token.content))

    def fence(self, tokens: Sequence[Token], position: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[position]
        what, _, file = token.info.partition(" ")
        lines = "&#10;".join(_line(what, line) for line in token.content.rstrip("\n").split("\n"))
        caption = f"<figcaption><code>{escape(file)}</code></figcaption>" if file else ""
        sample = f'{caption}<pre tabindex="0"><code>{lines}</code></pre>'
        return f'<figure class="sample sample-{escape(what)}">{sample}</figure>\n'


def _line(what: str, line: str) -> str:
    """A line of a sample: what is typed, what goes and what comes can be told apart."""
    text = escape(line, quote=False)
    if what == "console" and line.startswith("$ "):
        return f"<kbd>{text}</kbd>"
    if what == "diff" and line[:1] in ("-", "+"):
        tag = "del" if line[0] == "-" else "ins"
        return f"<{tag}>{text}</{tag}>"
    return _KEY.sub(r"\1<b>\2</b>", text) if what == "yaml" else text


_READER = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
