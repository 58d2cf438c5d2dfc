"""A Markdown field → safe HTML, once, for every output.

The only module that knows CommonMark. The HTML it makes is neutral: a link to a record is
`href="ref:KEY"` and a glossary term is `<dfn data-term="ID">`; each medium turns both into what it can show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

# What a field may not hold, with the reason that an editor is given.
_REFUSED = {
    "heading_open": (
        "a heading stands in a text field",
        "Headings come from the fields; delete the # or the underline.",
    ),
    "fence": ("a code block stands in a text field", "Delete the ``` lines."),
    "code_block": ("indented text becomes a code block", "Indent it like the lines around it."),
    "hr": ("a rule stands in a text field", "Delete the line of dashes."),
    "html_block": (
        "raw HTML stands in a text field",
        "Write it in words, or in Markdown; `<` alone is written `&lt;`.",
    ),
    "html_inline": (
        "raw HTML stands in a text field",
        "Write it in words, or in Markdown; `<` alone is written `&lt;`.",
    ),
}
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
        self._ids = {**{word.lower(): id for word, id in loose.items()}, **exact}
        words = sorted(exact, key=lambda word: (-len(word), word))
        free = sorted(loose, key=lambda word: (-len(word), word))
        choices = [re.escape(word) for word in words] + [f"(?i:{re.escape(word)})" for word in free]
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(choices)})(?![\w-])") if choices else None

    def mark(self, text: str) -> str:
        """Text as HTML, with each term marked."""
        if self._pattern is None:
            return escape(text, quote=False)
        parts, last = [], 0
        for match in self._pattern.finditer(text):
            word = match[0]
            id = self._ids.get(word) or self._ids[word.lower()]
            parts += [escape(text[last : match.start()], quote=False), f'<dfn data-term="{id}">{escape(word)}</dfn>']
            last = match.end()
        return "".join(parts) + escape(text[last:], quote=False)


def faults(text: str, *, inline: bool) -> Iterator[Fault]:
    """What a field may not hold: HTML, headings, images, links that lead nowhere safe, several paragraphs."""
    tokens = _parsed(text)
    if inline and [token.type for token in tokens if token.level == 0] != ["paragraph_open", "paragraph_close"]:
        yield Fault(
            "this field holds one paragraph of text",
            "Join the paragraphs, or move lists to a field that may hold them.",
            "",
        )
    for token in _all(tokens):
        if token.type in _REFUSED:
            message, hint = _REFUSED[token.type]
            yield Fault(message, hint, (token.content or token.markup).strip().split("\n")[0])
        elif token.type == "image":
            yield Fault(
                f"an image stands in a text field: {token.attrs['src']}",
                "Delete it; texts hold no images, and never one from another host.",
                f"]({token.attrs['src']}",
            )
        elif token.type == "link_open":
            href = str(token.attrs["href"])
            if not href.startswith(("#", *_SAFE_SCHEMES)):
                why = "climbs out of the content folder" if ".." in href else "is not one that readers can follow"
                yield Fault(
                    f"the link `{href}` {why}",
                    "Link to a record by its id, as in [Vital 5](#vital-5), or to a web page with https://.",
                    f"]({href}",
                )


def links(text: str) -> Iterator[tuple[str, str]]:
    """The ids of records that a text links to, each with how the link reads in the file."""
    for token in _all(_parsed(text)):
        if token.type == "link_open" and str(token.attrs["href"]).startswith("#"):
            href = str(token.attrs["href"])
            yield href[1:], f"]({href}"


def to_html(text: str, target: Callable[[str], Target], terms: Terms, *, inline: bool) -> Markup:
    """A field's text as neutral HTML; `target` finds the record that a link's id means."""
    env = {"target": target, "terms": terms}
    return Markup(_WRITER.renderInline(text, env) if inline else _WRITER.render(text, env).strip())


def plain(text: str) -> str:
    """A field's text without its markup, on one line."""
    words = [token.content for token in _all(_WRITER.parse(text)) if token.type in ("text", "softbreak", "code_inline")]
    return " ".join("".join(word or " " for word in words).split())


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
        return escape(content, quote=False) if in_link else env["terms"].mark(content)

    def link_open(self, tokens: Sequence[Token], position: int, options: OptionsDict, env: EnvType) -> str:
        href = str(tokens[position].attrs["href"])
        if not href.startswith("#"):
            return f'<a href="{escape(href)}">'
        target = env["target"](href[1:])
        if tokens[position + 1].type == "link_close":
            return f'<a href="ref:{escape(target.key)}" class="xref">{escape(target.label)}'
        return f'<a href="ref:{escape(target.key)}">'


def _reader(**options: Any) -> MarkdownIt:
    return MarkdownIt("commonmark", options, renderer_cls=_Renderer)


_READER = _reader(html=True)
_WRITER = _reader(html=False).disable(["image", "heading", "lheading", "hr", "fence", "code"])
