"""Rules across records: a table of small functions, each of which finds one kind of mistake."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from . import prose
from .model.charter import Charter
from .model.content import Content, Entry, kind
from .model.partnership import Glossary, Partnership, SourceDocument
from .model.plan import Enabler, Plan, Priority
from .model.record import AUDIENCES, citations
from .problems import Problem
from .source import Loc

Rule = Callable[[Content], Iterator[Problem]]


def check(content: Content) -> list[Problem]:
    """Every problem that any rule finds, sorted by place."""
    return sorted({problem for rule in RULES for problem in rule(content)})


def ids_stand_once(content: Content) -> Iterator[Problem]:
    """Two records with one id could not both be linked to."""
    seen: dict[str, Entry] = {}
    for entry in content.entries:
        for address in entry.parts:
            loc = (*address.loc, "id")
            if first := seen.get(address.key):
                known = content.addresses[address.key]
                where = first.source.span((*known.loc, "id"))
                yield Problem(
                    entry.source.span(loc),
                    f"the id `{address.record.id}` is used twice",
                    f"Choose another: it already stands in {where}.",
                )
            else:
                seen[address.key] = entry


def files_are_named_by_id(content: Content) -> Iterator[Problem]:
    """An editor finds a priority by its file's name."""
    for entry in content.entries:
        name = PurePosixPath(entry.source.path)
        if name.parent.name in ("priorities", "enablers", "pages") and name.stem != entry.record.id:
            yield Problem(
                entry.source.span(("id",)),
                f"the file `{name.name}` holds the id `{entry.record.id}`",
                f"Name the file `{entry.record.id}.yml`; an id that was published stays.",
            )


def references_lead_somewhere(content: Content) -> Iterator[Problem]:
    """Every id of another record is one that exists."""
    for entry in content.entries:
        for reference in entry.references:
            if content.resolve(reference) is None:
                of_kind = reference.means.kind
                known = [id for other, id in content.by_kind if other == of_kind]
                yield Problem(
                    entry.source.span(reference.loc),
                    f"there is no {of_kind} `{reference.id}`",
                    _nearest(reference.id, known),
                )


def texts_hold_only_text(content: Content) -> Iterator[Problem]:
    """Prose is CommonMark without HTML, headings, images or unsafe links."""
    for entry in content.entries:
        for loc, text, may in entry.texts:
            for fault in prose.faults(text, inline=may.inline):
                yield Problem(entry.source.find(loc, fault.snippet), fault.message, fault.hint)


def links_lead_somewhere(content: Content) -> Iterator[Problem]:
    """Every link in a text leads to a record that exists."""
    for entry in content.entries:
        for loc, text, _ in entry.texts:
            for link, snippet in prose.links(text):
                if content.target(link, entry) is None:
                    near = [a.record.id for a in entry.parts if not a.whole]
                    yield Problem(
                        entry.source.find(loc, snippet),
                        f"the link `#{link}` leads to nothing",
                        _nearest(link, [*near, *content.addresses]),
                    )


def numbers_run_on(content: Content) -> Iterator[Problem]:
    """Printed numbers and letters stand once each and in order."""
    for entry in content.entries:
        if isinstance(entry.record, Charter):
            yield from _runs_on(entry, ("sections",), "number", "section", [s.number for s in entry.record.sections])
            for place, section in enumerate(entry.record.sections):
                loc: Loc = ("sections", place, "clauses")
                numbers = [clause.number for clause in section.clauses]
                yield from _runs_on(entry, loc, "number", "clause", numbers, prefix=f"{section.number}.")
                for inner, clause in enumerate(section.clauses):
                    letters = [part.letter for part in clause.subclauses]
                    yield from _runs_on(entry, (*loc, inner, "subclauses"), "letter", "sub-clause", letters)
        if isinstance(entry.record, Enabler):
            numbers = [requirement.number for requirement in entry.record.requirements]
            yield from _runs_on(entry, ("requirements",), "number", "requirement", numbers)


def actions_fit_their_plan(content: Content) -> Iterator[Problem]:
    """An action's year is one of its plan's; a part of an action stands in the same priority."""
    for entry in content.entries:
        if not isinstance(entry.record, Priority) or not (parent := content.parents.get(entry.record.id)):
            continue
        plan = parent.entry.record
        assert isinstance(plan, Plan)
        own = {action.id for action in entry.record.actions}
        for place, action in enumerate(entry.record.actions):
            if action.year not in plan.years:
                yield Problem(
                    entry.source.span(("actions", place, "year")),
                    f"{action.year} is not a year of the plan",
                    f"Write one of {', '.join(plan.years)}, or add the year to `years` in {parent.entry.source.path}.",
                )
            if action.part_of == action.id or (action.part_of and action.part_of not in own):
                yield Problem(
                    entry.source.span(("actions", place, "part_of")),
                    f"`{action.part_of}` is not another action of this priority",
                    _nearest(action.part_of, sorted(own - {action.id})),
                )


def parts_are_listed_once(content: Content) -> Iterator[Problem]:
    """What belongs to a plan stands in its order, once."""
    for entry in content.entries:
        if isinstance(entry.record, Priority | Enabler) and entry.record.id not in content.parents:
            of_kind = kind(type(entry.record))
            field = "priorities" if of_kind == "priority" else "enablers"
            yield Problem(
                entry.source.span(("id",)),
                f"no plan lists this {of_kind}, so it would not be published",
                f"Add `- {entry.record.id}` to `{field}` in the plan's file.",
            )
        seen: set[tuple[str, str]] = set()
        for reference in entry.references:
            listed = (reference.means.kind, reference.id)
            if reference.means.contains and listed in seen:
                yield Problem(
                    entry.source.span(reference.loc), f"`{reference.id}` is listed twice", "Keep one of them."
                )
            seen.add(listed)


def nothing_leads_to_what_is_hidden(content: Content) -> Iterator[Problem]:
    """A record never names, links to or belongs to one that fewer readers may see."""
    for entry in content.entries:
        mine = AUDIENCES.index(content.audience(entry))
        parent = content.parents.get(entry.record.id)
        if parent and mine < AUDIENCES.index(content.audience(parent.entry)):
            yield Problem(
                entry.source.span(("audience",)),
                f"this is {AUDIENCES[mine]}, but the {parent.kind} it belongs to is {content.audience(parent.entry)}",
                "A part may only be narrower than the whole: delete its `audience`.",
            )
        mentioned = [
            (entry.source.span(reference.loc), content.resolve(reference))
            for reference in entry.references
            if not reference.means.contains
        ] + [
            (entry.source.find(loc, snippet), content.target(link, entry))
            for loc, text, _ in entry.texts
            for link, snippet in prose.links(text)
        ]
        for span, target in mentioned:
            if target and AUDIENCES.index(content.audience(target.entry)) > mine:
                yield Problem(
                    span,
                    f"this is {AUDIENCES[mine]}, but `{target.record.id}` is {content.audience(target.entry)}",
                    "Take the reference out, or give both the same audience.",
                )


def sources_hold_the_lines(content: Content) -> Iterator[Problem]:
    """A citation's lines lie within its document."""
    for entry in content.entries:
        for loc, citation in citations(entry.record):
            document = content.by_kind.get(("source document", citation.document))
            if document is None or not citation.lines:
                continue
            assert isinstance(document.record, SourceDocument)
            numbers = [int(number) for number in citation.lines.replace(",", "-").replace(" ", "").split("-")]
            if document.record.lines is None or max(numbers) > document.record.lines or numbers != sorted(numbers):
                yield Problem(
                    entry.source.span(loc),
                    f"lines {citation.lines} are not in `{citation.document}`",
                    f"It has {document.record.lines or 'no'} lines; write the first and the last, as in L12-14.",
                )


def terms_mean_one_thing(content: Content) -> Iterator[Problem]:
    """One word has one meaning, or readers would be told the wrong one."""
    for entry in content.entries:
        if not isinstance(entry.record, Glossary):
            continue
        seen: dict[str, str] = {}
        for place, term in enumerate(entry.record.terms):
            for word in dict.fromkeys(filter(None, (term.term, term.short, *term.also))):
                if word in seen:
                    yield Problem(
                        entry.source.span(("terms", place)),
                        f"“{word}” is explained twice, in `{seen[word]}` and `{term.id}`",
                        "Keep one of them.",
                    )
                seen[word] = term.id


def readers_can_ask(content: Content) -> Iterator[Problem]:
    """Every download needs a contact for another format; without one the site says “not stated”."""
    for entry in content.entries:
        if isinstance(entry.record, Partnership) and not (entry.record.contact.email or entry.record.contact.phone):
            yield Problem(
                entry.source.span(("contact",)),
                "no contact is stated, so readers cannot ask for another format",
                "Add `contact:` with `email:` or `phone:` of the partnership.",
                "warning",
            )


RULES: tuple[Rule, ...] = (
    ids_stand_once,
    files_are_named_by_id,
    references_lead_somewhere,
    texts_hold_only_text,
    links_lead_somewhere,
    numbers_run_on,
    actions_fit_their_plan,
    parts_are_listed_once,
    nothing_leads_to_what_is_hidden,
    sources_hold_the_lines,
    terms_mean_one_thing,
    readers_can_ask,
)


def _runs_on(entry: Entry, loc: Loc, field: str, what: str, found: list[str], *, prefix: str = "") -> Iterator[Problem]:
    for place, number in enumerate(found):
        expected = chr(ord("a") + place) if field == "letter" else f"{prefix}{place + 1}"
        if number != expected:
            again = f"{what} {number} stands here a second time" if number in found[:place] else ""
            yield Problem(
                entry.source.span((*loc, place, field)),
                again or f"{what} {number} stands where {expected} belongs",
                f'Write `{field}: "{expected}"` and number the rest on from there, or put it in its place.',
            )
            return


def _nearest(id: str, known: list[str]) -> str:
    near = difflib.get_close_matches(id, known, 3, 0.5)
    if near:
        return "Did you mean " + " or ".join(f"`{other}`" for other in near) + "?"
    return f"Known ids are {', '.join(sorted(known)[:12])}{' …' if len(known) > 12 else ''}." if known else ""
