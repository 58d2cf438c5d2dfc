"""Content → all that an audience is given.

The audience rule is applied here, once, before anything is rendered: MkDocs would publish whatever it finds.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import handbook
from .documents import documents
from .edition import Edition, Nav, Page, Published
from .handbook.guide import NONE, Guide
from .model.charter import Charter
from .model.content import Content
from .model.meeting import Meeting
from .model.page import HandPage
from .model.partnership import Glossary, Partnership
from .model.plan import Plan
from .model.publication import Publication
from .model.record import Audience
from .pages import PLAN_PAGES, pages, path_of, places
from .publications import layout
from .registers.opendata import data_files, open_data_page
from .upkeep import files, upkeep
from .view import Views


def plan(
    content: Content,
    audience: Audience,
    published: Published | None = None,
    data: Mapping[str, bytes] | None = None,
    *,
    guide: Guide = NONE,
    desk: str = "",
) -> Edition:
    """What readers of `audience` are given; what they may not see is not in it anywhere.

    `data` is taken for the files of data where they need not be made anew. With `desk`, an
    address before the path of a file, each record leads to its file there; else where the partnership says.
    """
    guide = NONE if audience == "public" else guide
    visible = content.seen_by(audience)
    views = Views(visible)
    found = dict(places(visible))
    data = data or data_files(visible, audience, views, found)
    made = (
        *pages(visible, views),
        open_data_page(data, views),
        *handbook.pages(guide, visible),
        *(published.pages if published else ()),
    )
    partnership = visible.the(Partnership)
    partnership = partnership.model_copy(update={"repository": desk or partnership.repository})
    if published:  # what links from outside is to lead to what holds now
        partnership = partnership.model_copy(update={"address": f"{partnership.address}{published.alias}/"})
    return Edition(
        audience=audience,
        partnership=partnership,
        published=published,
        frame={"partnership": views.whole(visible.the(Partnership)), "guide": guide},
        pages=made,
        documents=tuple(documents(visible, views)),
        nav=_nav(visible, {page.path: page for page in made}, handbook.nav(guide)),
        places=found,
        data=data,
        shown=handbook.files(guide),
        upkeep=dict(upkeep(visible, made, found, published, partnership.repository or "", lines=audience != "public")),
        files=files(visible) if audience != "public" or partnership.repository else {},
        meanings={
            term.id: f"{term.term}: {views.plain(term.meaning)}" if term.short else views.plain(term.meaning)
            for glossary in visible.every(Glossary)
            for term in glossary.terms
        },
    )


def _nav(content: Content, pages: Mapping[str, Page], editing: Nav) -> Nav:
    short = {path_of(meeting, content): meeting.short_title for meeting in content.every(Meeting)}

    def titled(*paths: str) -> Nav:
        return tuple((short.get(path, pages[path].title), path) for path in paths if path in pages)

    def below(folder: str) -> list[str]:
        return [path for path in pages if path.startswith(f"{folder}/") and not path.endswith("/index.md")]

    nav: list[tuple[str, str | Nav]] = [("Home", "index.md")]
    for record in content.every(Plan):
        chapters = sorted(set(PLAN_PAGES.values()), key=list(PLAN_PAGES.values()).index)
        nav.append(("The plan", (("At a glance", "plan/index.md"), *titled(*chapters))))
        shown = titled(*(f"priorities/{id}.md" for id in record.priorities))
        nav.append(("Priorities", (("All priorities", "priorities/index.md"), *shown)))
        shown = titled(*(f"enablers/{id}.md" for id in record.enablers))
        nav.append(("Enablers", (("All enablers", "enablers/index.md"), *shown)))
    for charter in content.every(Charter):
        nav.append((charter.short_title, path_of(charter, content)))
    if "publications.md" in pages:
        books: list[tuple[str, str | Nav]] = [("All plans and papers", "publications.md")]
        for publication in content.every(Publication):
            if layout(publication):
                index = path_of(publication, content)
                books.append((publication.short_title, (("At a glance", index), *titled(*below(publication.id)))))
        nav.append(("Plans and papers", tuple(books)))
    for name, folder in (("Meetings", "meetings"), ("Registers", "registers")):
        if f"{folder}/index.md" in pages:
            nav.append((name, (("All " + name.lower(), f"{folder}/index.md"), *titled(*below(folder)))))
    nav.append(("Downloads", "downloads.md"))
    nav.extend(editing)
    about: list[tuple[str, str | Nav]] = [*titled("glossary.md", "organisations.md", "sources.md", "gaps.md")]
    about += titled("versions.md", "changes.md", *(path_of(page, content) for page in content.every(HandPage)))
    nav.append(("About", (*about, *_accessibility(pages))))
    return tuple(nav)


def _accessibility(pages: Mapping[str, Page]) -> Nav:
    """The accessibility statement, with the page on the tests below it where there is one."""
    statement, tests = "accessibility.md", "accessibility/tests.md"
    title = pages[statement].title
    if tests not in pages:
        return ((title, statement),)
    return ((title, (("The statement", statement), (pages[tests].title, tests))),)
