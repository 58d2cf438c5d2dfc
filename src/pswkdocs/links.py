"""Finds links between pages that lead nowhere. MkDocs looks only at links in Markdown, and ours are in HTML."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

from .edition import Page
from .problems import Problem, Span

_HREF = re.compile(r'\s(?:href|src)="([^"]*)"')
_ANCHOR = re.compile(r'\sid="([^"]+)"|\{: #([\w-]+)')


def dead_links(pages: Mapping[Page, str], files: Collection[str]) -> list[Problem]:
    """Every link of a page to a page, an anchor or a file (by name below the site) that is not there."""
    anchors = {page.url: _anchors(html) for page, html in pages.items()}
    return [
        Problem(
            Span(f"templates/pages/{page.template}", 0),
            f"the page {page.url or 'index'} links to `{href}`, which is not there",
            "Mend the link in the template; a link to a record is written `{{ record.href }}`.",
        )
        for page, html in pages.items()
        for href in _dead(page, html, anchors, files)
    ]


def doubled_anchors(texts: Iterable[tuple[str, str]]) -> list[Problem]:
    """Every anchor that stands twice in a text, each text with its template: a link would lead to the first."""
    return [
        Problem(
            Span(f"templates/{template}", 0),
            f"two things are called `{anchor}` here",
            "If one of them is a record, give it another id; else change the template.",
        )
        for template, html in texts
        for anchor, count in Counter(_all_anchors(html)).items()
        if count > 1
    ]


def _dead(page: Page, html: str, anchors: Mapping[str, set[str]], files: Collection[str]) -> Iterator[str]:
    for href in dict.fromkeys(map(unescape, _HREF.findall(html))):
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            continue
        path = posixpath.normpath(posixpath.join("/", page.url, parts.path)).strip("/")
        url = f"{path}/" if path else ""
        is_file = path in files and not parts.fragment
        is_page = url in anchors and (not parts.path or parts.path.endswith("/"))
        is_anchor = not parts.fragment or parts.fragment in anchors.get(url, ())
        if not is_file and not (is_page and is_anchor):
            yield href


def _anchors(html: str) -> set[str]:
    return set(_all_anchors(html))


def _all_anchors(html: str) -> list[str]:
    return [found[0] or found[1] for found in _ANCHOR.findall(html)]
