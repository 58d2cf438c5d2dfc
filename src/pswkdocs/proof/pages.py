"""What the finished pages of a site must be, each by itself and all of them together."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import html as markup
from lxml.html import HtmlElement as Element

from ..memory import remembered
from .words import heading_faults, is_junk, is_vague

_LANGUAGE = "en-GB"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What a browser fetches by itself: attributes, and links that are not followed but loaded.
_FETCHED = (
    "//@src | //@srcset | //@poster | //object/@data | //link[not(contains(' canonical next prev ', @rel))]/@href"
)
_INLINE = (
    ("a script", "//script[not(@src)][not(contains(@type, 'json'))]"),
    ("a style", "//style | //*[@style]"),
    ("a script in an attribute", "//@*[starts-with(name(), 'on')]"),
)
_OWN = "//link[@rel='canonical']/@href"
_SCOPES = ("col", "row", "colgroup", "rowgroup")
_LOST = "404.html"  # stands in for pages that are not there, so has no address of its own


@dataclass(frozen=True)
class Seen:
    """What a page is found to be, looked at by itself, and what of it concerns others."""

    faults: tuple[str, ...]
    title: str
    own: tuple[str, ...]
    """The address that it states as its own."""
    anchors: frozenset[str]
    leads_to: tuple[str, ...]


@remembered
def seen(data: bytes) -> Seen:
    """A page, looked at by itself."""
    page = markup.document_fromstring(data)
    return Seen(
        faults=tuple(_alone(page)),
        title=_title(page),
        own=tuple(_found(page, _OWN)),
        anchors=frozenset(("", *_found(page, "//@id"))),
        leads_to=tuple(dict.fromkeys(_found(page, "//@href | //@src"))),
    )


def faults(data: bytes) -> Iterator[str]:
    """What is wrong with a page, looked at by itself; nothing when it is good."""
    yield from seen(data).faults


def faults_of_site(
    pages: Mapping[str, bytes], files: Collection[str], beside: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """What is wrong with the pages of a site, each with the name of its file.

    `files` are all that the site holds, `beside` the folders that will stand beside its own.
    """
    read = {name: seen(data) for name, data in pages.items()}
    anchors = {name: page.anchors for name, page in read.items()}
    titles = Counter(page.title for page in read.values())
    home = "".join(read["index.html"].own)
    for name, page in read.items():
        yield from ((name, what) for what in page.faults)
        if titles[page.title] > 1:
            yield name, f"another page has the title “{page.title}” too: one of their records needs another"
        if name != _LOST and page.own != (home + _address(name),):
            yield name, "it does not state its own address"
        for href in page.leads_to:
            target, fragment = _target(href, name, urlsplit(home).path)
            if target.startswith("../") and target.split("/")[1] in beside or target in beside:
                continue
            if target and (target not in files or fragment not in anchors.get(target, {""})):
                yield name, f"it links to `{_address(target)}{'#' * bool(fragment)}{fragment}`, which is not there"


def _alone(page: Element) -> Iterator[str]:
    if (language := page.get("lang", "none")) != _LANGUAGE:
        yield f"the language that it names is {language}, not {_LANGUAGE}"
    if not _title(page):
        yield "it has no title"
    if not "".join(_found(page, "//meta[@name='description']/@content")).strip():
        yield "it has no description for those who search"
    if len(page.findall(".//main")) != 1:
        yield "its main part is not marked as one"
    yield from (
        f"{count} things are called `{id}`: give each a name of its own"
        for id, count in Counter(_found(page, "//@id")).items()
        if count > 1
    )
    yield from _headings(page)
    yield from _tables(page)
    for picture in page.iter("img"):
        if is_junk(picture.get("alt", "")):
            yield f"no words say what the picture {picture.get('src')} shows: “{picture.get('alt', '')}”"
        if not (picture.get("width") and picture.get("height")):
            yield f"how large the picture {picture.get('src')} is, is not said: the page jumps when it comes"
    for link in page.iterfind(".//a[@href]"):
        listed = next(link.iterancestors("nav"), None) is not None  # by the titles of what it leads to
        if is_vague(words := _name(link)) and not (words and listed):
            yield f"the words of the link to `{link.get('href')}` do not say where it leads: “{words}”"
    for fetched in dict.fromkeys(_found(page, _FETCHED)):
        if urlsplit(fetched).netloc:
            yield f"it loads {fetched} from another host"
    yield from _policy(page)


def _policy(page: Element) -> Iterator[str]:
    """What the content security policy does not let a browser do, and a page that asks for it all the same."""
    policies = _found(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    if not policies or any("unsafe" in policy for policy in policies):
        yield "it has no policy that keeps strange scripts out"
    for what, path in _INLINE:
        if page.xpath(path):
            yield f"it holds {what} of its own, which browsers ignore"


def _headings(page: Element) -> Iterator[str]:
    headings = [(int(heading.tag[1]), _words(heading)) for heading in page.iter(*_HEADINGS)]
    if (count := sum(level == 1 for level, _ in headings)) != 1:
        yield f"it has {count or 'no'} heading{'s' if count > 1 else ''} of level 1"
    yield from heading_faults(headings)


def _tables(page: Element) -> Iterator[str]:
    for table in page.iter("table"):
        name = table.get("aria-label", "") or " ".join(map(_words, table.iterfind("caption")))
        first = _words(next(table.iter("th", "td"), table))
        called = f"the table “{name}”" if name else f"the table that begins with “{first}”"
        if not name:
            yield f"{called} has no name"
        headers = table.findall(".//th")
        if not headers:
            yield f"{called} has no header cells"
        if not all(header.get("scope") in _SCOPES for header in headers):
            yield f"{called} has a header cell that does not say whether it is a row's or a column's"


def _target(href: str, name: str, root: str) -> tuple[str, str]:
    """The file of the site that a link from the page of this name leads to, and the place in it."""
    parts = urlsplit(href)
    path = unquote(parts.path)
    if parts.scheme or parts.netloc:
        return "", ""
    if path.startswith("/"):
        path = path.removeprefix(root)
    elif path:
        path = posixpath.join(posixpath.dirname(name), path)
    if path.endswith(("/", ".")) or href.startswith("/") and not path:
        path = posixpath.join(path, "index.html")
    return posixpath.normpath(path) if path else name, unquote(parts.fragment)


def _found(page: Element, path: str) -> list[str]:
    """The attributes that a path finds."""
    found = page.xpath(path)
    return [str(value) for value in found] if isinstance(found, list) else []


def _address(name: str) -> str:
    return name.removesuffix("index.html")


def _title(page: Element) -> str:
    return " ".join((page.findtext(".//title") or "").split())


def _name(link: Element) -> str:
    """What a screen reader says of a link."""
    pictures = " ".join(picture.get("alt", "") for picture in link.iter("img"))
    return link.get("aria-label", "") or f"{_words(link)} {pictures}".strip()


def _words(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
