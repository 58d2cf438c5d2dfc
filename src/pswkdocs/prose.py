"""A Markdown field → safe HTML, once, for every output.

The only module that knows CommonMark. The HTML it makes is neutral: a link to a record is
`href="ref:KEY"` and a glossary term is `<dfn data-term="ID">`; each medium turns both into what it can show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from .memory import remembered

_PLAIN = "Write it in words or in Markdown, as in **bold** or [words](#id); the sign < is written &lt;."

# What a field may not hold, with the reason that an editor is given.
_REFUSED = {
    "heading_open": (
        "a heading stands in a text field",
        "Headings come from the fields: delete the # or the line below it; if a # is meant, write \\#.",
    ),
    "fence": ("a code block stands in a text field", "Delete the ``` lines."),
    "code_block": ("text that is indented this far becomes a code block", "Indent it like the lines around it."),
    "hr": ("a dividing line stands in a text field", "Delete it."),
    "table_open": ("a table stands in a text field", "Write it as a list or in sentences."),
    "html_block": ("HTML stands in a text field: {}", _PLAIN),
    "html_inline": ("HTML stands in a text field: {}", _PLAIN),
}
# What should have been Markdown and would be shown as it stands.
_UNFINISHED = (
    (
        re.compile(r"\]\(|\] \((?=#|https?:)"),
        "a link is not finished",
        "Write it as in [Vital 5](#vital-5): without a space before the round bracket or inside it.",
    ),
    (
        re.compile(r"\*\*"),
        "`**` stands alone",
        "Bold text has `**` before its first and behind its last letter; elsewhere, delete it.",
    ),
)
_SAFE_SCHEMES = ("https://", "http://", "mailto:", "tel:")


@dataclass(frozen=True)
class Fault:
    """Something a text field may not hold; `snippet` is how it reads in the file."""

    message: str
    hint: str
    snippet: str


@dataclass(frozen=True)
class Target:
    """What a link in a text leads to: a record's key, and the record's own label."""

    key: str
    label: str


class Terms:
    """Finds glossary terms in running text: abbreviations to the letter, full wordings in any case."""

    def __init__(self, exact: Mapping[str, str], loose: Mapping[str, str]) -> None:
        self._exact, self._loose = exact, loose
        self._words = (tuple(exact.items()), tuple(loose.items()))
        self._ids = {**{word.lower(): id for word, id in loose.items()}, **exact}
        patterns = {word: f"(?i:{re.escape(word)})" for word in loose} | {word: re.escape(word) for word in exact}
        by_letter: dict[str, list[str]] = {}  # so that where a word starts only a few are tried
        for word in sorted(patterns, key=lambda word: (-len(word), word)):
            by_letter.setdefault(word[0].lower(), []).append(patterns[word])
        choices = [f"(?=(?i:{re.escape(letter)}))(?:{'|'.join(words)})" for letter, words in by_letter.items()]
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(choices)})(?![\w-])") if choices else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Terms) and self._words == other._words

    def __hash__(self) -> int:
        return hash(self._words)

    def without(self, words: Iterable[str]) -> Terms:
        """The same terms, but for these words."""
        left_out = {word.lower() for word in words}
        if not left_out:
            return self
        kept = [
            {word: id for word, id in given.items() if word.lower() not in left_out}
            for given in (self._exact, self._loose)
        ]
        return Terms(*kept)

    def _id(self, word: str) -> str:
        return self._ids.get(word) or self._ids[word.lower()]

    def mark(self, text: str) -> str:
        """Text as HTML, with each term marked."""
        if self._pattern is None:
            return escape(text)
        parts, last = [], 0
        for match in self._pattern.finditer(text):
            word = match[0]
            marked = f'<dfn data-term="{self._id(word)}">{escape(word)}</dfn>'
            parts += [escape(text[last : match.start()]), marked]
            last = match.end()
        return "".join(parts) + escape(text[last:])


def faults(text: str, *, inline: bool) -> Iterator[Fault]:
    """What a field may not hold: HTML, headings, images, links that lead nowhere safe, several paragraphs."""
    tokens = _parsed(text)
    lines = text.split("\n")
    if inline:
        yield from _more_than_a_paragraph(tokens, lines)
    for token in _all(tokens):
        if token.type in _REFUSED:
            message, hint = _REFUSED[token.type]
            if token.content.startswith("<!--"):
                hint = "Delete it. What only editors should see stands outside the text, in a line that starts with #."
            snippet = token.content.split("\n")[0] if token.type == "html_inline" else _first_line(token, lines)
            yield Fault(message.format(snippet[:40]), hint, snippet)
        elif token.type == "image":
            yield Fault(
                f"an image stands in a text field: {token.attrs['src']}",
                "Delete it; texts hold no images, and never one from another host.",
                f"![{token.content}",
            )
        elif token.type == "link_open":
            yield from _unsafe(unquote(str(token.attrs["href"])), token)
        elif token.type == "text":
            for pattern, message, hint in _UNFINISHED:
                for match in pattern.finditer(token.content):
                    yield Fault(message, hint, token.content[match.start() :])


def _more_than_a_paragraph(tokens: Sequence[Token], lines: list[str]) -> Iterator[Fault]:
    """What stands beside the one paragraph that a field may hold; what no field may hold is told elsewhere."""
    blocks = [token for token in tokens if token.level == 0 and token.nesting >= 0]
    for block in blocks[1:] if blocks and blocks[0].type == "paragraph_open" else blocks:
        if block.type == "paragraph_open":
            message, hint = "a second paragraph starts here", "Join it to the first: delete the empty line."
        elif block.type not in _REFUSED:
            message = "a list or a quotation starts here"
            before = "the full stop, as in 2030\\." if block.type == "ordered_list_open" else "its first character."
            hint = f"Write it as a sentence; if no list is meant, put a backslash before {before}"
        else:
            continue
        yield Fault(f"{message}, but this field holds one paragraph", hint, _first_line(block, lines))
        return


def _unsafe(href: str, token: Token) -> Iterator[Fault]:
    if not href.lower().startswith(("#", *_SAFE_SCHEMES)):
        why = "climbs out of the content folder" if ".." in href else "is not one that readers can follow"
        yield Fault(
            f"the link `{href}` {why}" if href else "a link leads nowhere",
            "Link to a record by its id, as in [Vital 5](#vital-5), or to a web page with https://.",
            f"<{href}" if token.markup == "autolink" else f"({href})",
        )


def _first_line(block: Token, lines: list[str]) -> str:
    return lines[block.map[0]].strip() if block.map else ""


def begins_with_paragraph(text: str) -> bool:
    """Whether a text opens with words, not with a list or a quotation."""
    return _parsed(text)[0].type == "paragraph_open"


def links(text: str) -> Iterator[tuple[str, str]]:
    """The ids of records that a text links to, each with how the link reads in the file."""
    for token in _all(_parsed(text)):
        if token.type == "link_open" and str(token.attrs["href"]).startswith("#"):
            href = unquote(str(token.attrs["href"]))
            yield href[1:], f"({href})"


def to_html(text: str, target: Callable[[str], Target], terms: Terms, *, inline: bool) -> Markup:
    """A field's text as neutral HTML; `target` finds the record that a link's id means."""
    targets = [(id, target(id)) for id in dict.fromkeys(_targets(_written(text, inline)))]
    return _html(text, inline, tuple(targets), terms)


@remembered
def _html(text: str, inline: bool, targets: tuple[tuple[str, Target], ...], terms: Terms) -> Markup:
    env = {"target": dict(targets), "terms": terms}
    html = _WRITER.renderer.render(_written(text, inline), _WRITER.options, env)
    return Markup(html if inline else html.strip())


@remembered
def _written(text: str, inline: bool) -> list[Token]:
    return _WRITER.parseInline(text) if inline else _WRITER.parse(text)


def _targets(tokens: Sequence[Token]) -> Iterator[str]:
    """The ids of records that a text's links name."""
    hrefs = (str(token.attrs["href"]) for token in _all(tokens) if token.type == "link_open")
    return (href[1:] for href in hrefs if href.startswith("#"))


@remembered
def plain(text: str) -> str:
    """A field's text without its markup, on one line."""
    words = [token.content for token in _all(_WRITER.parse(text)) if token.type in ("text", "softbreak", "code_inline")]
    return " ".join("".join(word or " " for word in words).split())


def blocks(text: str) -> Iterator[str]:
    """The words of each paragraph and each item of a list, without markup.

    `[]` stands for what has no words of its own: a code span, and a link that writes its target's label.
    """
    for block in _parsed(text):
        if block.type == "inline":
            children = block.children or []
            yield "".join(_words(token, following) for token, following in pairwise([*children, None]) if token)


def _words(token: Token, following: Token | None) -> str:
    if token.type == "code_inline" or (token.type == "link_open" and following and following.type == "link_close"):
        return "[]"
    return " " if token.type in ("softbreak", "hardbreak") else token.content if token.type == "text" else ""


@lru_cache(maxsize=4096)  # several rules and every output ask for the same texts
def _parsed(text: str) -> tuple[Token, ...]:
    return tuple(_READER.parse(text))


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


class _Renderer(RendererHTML):
    """CommonMark's own HTML, with neutral links and terms."""

    def text(self, tokens: Sequence[Token], position: int, options: OptionsDict, env: EnvType) -> str:
        in_link = sum(token.nesting for token in tokens[:position] if token.type.startswith("link_"))
        content = tokens[position].content
        return escape(content) if in_link else env["terms"].mark(content)

    def link_open(self, tokens: Sequence[Token], position: int, options: OptionsDict, env: EnvType) -> str:
        href = str(tokens[position].attrs["href"])
        if not href.startswith("#"):
            return f'<a href="{escape(href)}">'
        target = env["target"][href[1:]]
        if tokens[position + 1].type == "link_close":
            return f'<a href="ref:{escape(target.key)}" class="xref">{escape(target.label)}'
        return f'<a href="ref:{escape(target.key)}">'


class _Reader(MarkdownIt):
    """Sees every link as a link, so that an unsafe one is told; the writer shows it as the text that it is."""

    def validateLink(self, url: str) -> bool:
        return True


def _join_lines(state: StateCore) -> None:
    """Where a line was wrapped in the file a space stands in the text, so that a term is found across it."""
    for block in state.tokens:
        joined: list[Token] = []
        for token in block.children or ():
            content = " " if token.type == "softbreak" else token.content
            if token.type in ("text", "softbreak") and joined and joined[-1].type == "text":
                joined[-1].content += content
            elif token.type == "softbreak":
                joined.append(Token("text", "", 0, content=" "))
            else:
                joined.append(token)
        if block.children:
            block.children = joined


_READER = _Reader("commonmark", {"html": True}).enable("table")
_WRITER = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).disable(
    ["image", "heading", "lheading", "hr", "fence", "code"]
)
_WRITER.core.ruler.push("join_lines", _join_lines)
