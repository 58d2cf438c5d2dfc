"""How publications are laid out in chapters: each is a page of the site and a part of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .edition import spoken, url_of
from .model.appraisal import Appraisal
from .model.content import Content
from .model.local_plan import LocalPlan
from .model.paper import Paper
from .model.publication import Publication
from .model.record import FileRecord
from .model.strategy import Strategy
from .view import View, Views


@dataclass(frozen=True)
class Part:
    """What a chapter is called, and which fields of the publication stand in it.

    A part named by the field of the publication's own parts is a chapter for each of them.
    """

    name: str
    title: str
    description: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How a type of publication is laid out; `folder` holds its chapters' templates."""

    folder: str
    subtitle: str
    parts: tuple[Part, ...]


LAYOUTS: dict[type[Publication], Layout] = {
    LocalPlan: Layout(
        "local-plan",
        "The whole plan",
        (
            Part("vision", "Vision and objectives", "What partners wanted to achieve.", ("vision", "objectives")),
            Part("needs", "Needs and voices", "What had to be better, and what residents said.", ("needs", "voices")),
            Part(
                "priorities", "Priorities", "What came first, and what all of it rested on.", ("priorities", "enablers")
            ),
            Part(
                "delivery",
                "How it began",
                "Neighbourhoods, the alliance, and commissioning by population.",
                ("strands", "commissioning", "neighbourhoods", "governance"),
            ),
            Part("benefits", "Benefits", "What the plan said should come of it.", ("benefits",)),
            Part("terms", "The plan’s own words", "The terms that the plan defined.", ("terms",)),
        ),
    ),
    Strategy: Layout(
        "strategy",
        "The whole strategy",
        (
            Part(
                "mission", "Mission and overview", "What it is for, and where the work stands.", ("mission", "overview")
            ),
            Part("priority", "", "", ("priorities",)),
            Part(
                "approach",
                "What the priorities share",
                "Themes, people’s experience of care, and what partners could do across the whole system.",
                ("themes", "experience", "options"),
            ),
            Part(
                "process",
                "How it is being made",
                "The phases, who was asked, what comes next, and questions to members.",
                ("process", "questions"),
            ),
        ),
    ),
    Paper: Layout(
        "paper",
        "The whole paper",
        (
            Part("services", "Where things stand", "What there is, and what the figures say.", ("assets", "context")),
            Part(
                "recovery", "The recovery plan", "Its pillars, what is due when, and how it is carried out.", ("plan",)
            ),
            Part("offers", "Services on offer", "What is offered, and what is new.", ("offers", "recommendations")),
            Part(
                "weighing",
                "Opportunities, risks and challenges",
                "What speaks for the plan that the paper tells of, and what may stand in its way.",
                ("opportunities", "risks", "challenges"),
            ),
        ),
    ),
    Appraisal: Layout(
        "appraisal",
        "The whole appraisal",
        (
            Part(
                "commission",
                "What was asked",
                "The commission, policy, and what others have written.",
                ("document", "requirements", "policy", "quotations", "commentary", "themes", "references"),
            ),
            Part(
                "weighing",
                "Opportunities, barriers and risks",
                "What speaks for a change and what may go wrong.",
                ("opportunities", "barriers", "risks", "concerns", "factors", "budget"),
            ),
            Part(
                "options",
                "The options",
                "What was found, the options beside each other, and how other areas do it.",
                ("findings", "options", "considerations", "examples"),
            ),
            Part(
                "next",
                "What comes next",
                "Points to test a change by, and questions to explore.",
                ("framework", "questions", "authors"),
            ),
        ),
    ),
}


@dataclass(frozen=True, eq=False)
class Chapter:
    """A chapter of a publication: its page, and what its template is given."""

    path: str
    title: str
    description: str
    template: str
    of: View
    fields: tuple[str, ...]

    @property
    def address(self) -> str:
        """Its page's address below that of the publication."""
        return url_of(self.path).partition("/")[2]


def layout(publication: FileRecord) -> Layout | None:
    """How a publication is laid out; None for one that has pages and templates of its own."""
    return LAYOUTS.get(type(publication))  # type: ignore[arg-type]


def chapters(publication: View, views: Views) -> Iterator[Chapter]:
    """A publication's chapters, in order."""
    laid = LAYOUTS[type(publication.record)]
    folder = publication.record.id
    for part in laid.parts:
        template = f"chapters/{laid.folder}/{part.name}.html"
        if part.title:
            path = f"{folder}/{part.name}.md"
            yield Chapter(path, part.title, part.description, template, publication, part.fields)
        else:
            for own in getattr(publication, part.fields[0]):
                path = f"{folder}/{own.record.id}.md"
                yield Chapter(path, own.record.title, own.plain_summary, template, own, ())


def when(publication: FileRecord) -> str:
    """The time that a publication covers, or the day that it is from, as people say it; empty where not stated."""
    stated = (getattr(publication, name, None) for name in ("period", "held", "published", "dated"))
    found = next(filter(None, stated), "")
    return spoken(found) if isinstance(found, date) else str(found)


def laid_out(content: Content, views: Views) -> list[View]:
    """Every publication that is laid out in chapters, in the order of `LAYOUTS`."""
    found = [views.whole(entry.record) for entry in content.entries if layout(entry.record)]
    order = list(LAYOUTS)
    return sorted(found, key=lambda view: order.index(type(view.record)))
