"""Content → all that an audience is given.

The audience rule is applied here, once, before anything is rendered: MkDocs would publish whatever it finds.
"""

from __future__ import annotations

from collections.abc import Mapping

from .documents import documents
from .edition import Edition, Nav, Page
from .model.charter import Charter
from .model.content import Content
from .model.page import HandPage
from .model.partnership import Glossary, Partnership
from .model.plan import Plan
from .model.record import Audience
from .pages import PLAN_PAGES, pages, path_of, places
from .view import Views


def plan(content: Content, audience: Audience) -> Edition:
    """What readers of `audience` are given; what they may not see is not in it anywhere."""
    visible = content.seen_by(audience)
    views = Views(visible)
    made = tuple(pages(visible, views))
    return Edition(
        audience=audience,
        partnership=visible.the(Partnership),
        frame={"partnership": views.whole(visible.the(Partnership))},
        pages=made,
        documents=tuple(documents(visible, views)),
        nav=_nav(visible, {page.path: page for page in made}),
        places=dict(places(visible)),
        meanings={
            term.id: f"{term.term}: {views.plain(term.meaning)}" if term.short else views.plain(term.meaning)
            for glossary in visible.every(Glossary)
            for term in glossary.terms
        },
    )


def _nav(content: Content, pages: Mapping[str, Page]) -> Nav:
    def titled(path: str) -> tuple[str, str]:
        return pages[path].title, path

    nav: list[tuple[str, str | Nav]] = [("Home", "index.md")]
    for record in content.every(Plan):
        chapters = sorted(set(PLAN_PAGES.values()), key=list(PLAN_PAGES.values()).index)
        nav.append(("The plan", (("At a glance", "plan/index.md"), *(titled(path) for path in chapters))))
        shown = [id for id in record.priorities if f"priorities/{id}.md" in pages]
        nav.append(
            (
                "Priorities",
                (("All priorities", "priorities/index.md"), *(titled(f"priorities/{id}.md") for id in shown)),
            )
        )
        shown = [id for id in record.enablers if f"enablers/{id}.md" in pages]
        nav.append(
            ("Enablers", (("All enablers", "enablers/index.md"), *(titled(f"enablers/{id}.md") for id in shown)))
        )
    for charter in content.every(Charter):
        nav.append((charter.short_title, path_of(charter)))
    nav.append(("Downloads", "downloads.md"))
    about = ["glossary.md", "organisations.md", "sources.md", "gaps.md"]
    about += [path_of(page) for page in content.every(HandPage)]
    nav.append(("About", tuple(titled(path) for path in about)))
    return tuple(nav)
