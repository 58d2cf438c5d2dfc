"""Rules that hold within one file, whether or not the files beside it can be read."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from .. import prose
from ..model.accessibility import AccessibilityStatement
from ..model.appraisal import Appraisal
from ..model.charter import Charter
from ..model.content import Entry
from ..model.local_plan import LocalPlan
from ..model.page import HandPage
from ..model.paper import Paper
from ..model.partnership import Glossary, Organisations, Partnership, Sources
from ..model.plan import Enabler, Plan, Priority
from ..model.strategy import StrategicPriority, Strategy
from ..model.who import Bodies
from ..problems import Problem
from ..source import Loc

Rule = Callable[[Entry], Iterator[Problem]]

# Folders in which each file is named by the id that it holds.
FOLDERS = ("action-logs", "enablers", "pages", "priorities", "strategic-priorities")

DAY = re.compile(r"[a-z0-9]-\d{4}-\d\d-\d\d$")  # what the id of a meeting ends in

# What stands at the address that its id says, and the addresses of pages that are made of other content.
ADDRESSED = HandPage | LocalPlan | Strategy | Paper | Appraisal
TAKEN = {
    *("accessibility", "assets", "changes", "charter", "data", "downloads", "drawings", "enablers", "gaps", "glossary"),
    *("id", "index", "meetings", "organisations", "plan", "priorities", "publications", "registers", "search"),
    *("sources", "versions"),
}
CHAPTERS = ("approach", "mission", "process")  # of a strategy: its priorities stand beside them


def files_are_named_by_id(entry: Entry) -> Iterator[Problem]:
    """An editor finds a priority by its file's name; a register's page is found by it too."""
    name = PurePosixPath(entry.source.path)
    span = entry.source.span(("id",))
    if name.parent.name == "registers" and name.stem != entry.record.id:
        yield Problem(
            span, f"the id of this register is `{name.stem}`, not `{entry.record.id}`", f"Write `id: {name.stem}`."
        )
    elif name.name == "meeting.yml" and not DAY.search(entry.record.id):
        hint = "Write body and day, as in `icp-2023-07-24`."
        yield Problem(span, f"the id `{entry.record.id}` does not end in the day of the meeting", hint)
    elif name.name == "meeting.yml" and name.parent.name != entry.record.id:
        rename = f"give the folder the name `{entry.record.id}`"
        yield Problem(
            span,
            f"the folder `{name.parent.name}` holds the meeting `{entry.record.id}`",
            f"Write `id: {name.parent.name}`; or, if `{entry.record.id}` is published, {rename}."
            if DAY.search(name.parent.name)
            else f"{rename[0].upper()}{rename[1:]}.",
        )
    elif name.parent.name in FOLDERS and name.stem != entry.record.id:
        yield Problem(
            span,
            f"the file `{name.name}` holds the id `{entry.record.id}`",
            f"Write `id: {name.stem}`; or, if `{entry.record.id}` is published, name the file `{entry.record.id}.yml`.",
        )
    elif (
        entry.record.id == "index"
        or (isinstance(entry.record, ADDRESSED) and entry.record.id in TAKEN)
        or (isinstance(entry.record, StrategicPriority) and entry.record.id in CHAPTERS)
    ):
        yield Problem(span, f"the address `{entry.record.id}` belongs to another page", "Choose another id.")


def everyone_sees_the_frame(entry: Entry) -> Iterator[Problem]:
    """Every page names the partnership, explains words, tells sources and leads to the accessibility statement."""
    frame = Partnership | Glossary | Organisations | Sources | AccessibilityStatement
    if isinstance(entry.record, frame) and entry.record.audience != "public":
        said = f"this is {entry.record.audience}" if entry.record.audience else "no audience is stated"
        yield Problem(entry.source.span(("audience",)), f"{said}, but every page needs it", "Write `audience: public`.")


def texts_hold_only_text(entry: Entry) -> Iterator[Problem]:
    """Prose is CommonMark without HTML, headings, images or unsafe links."""
    for loc, text, may in entry.texts:
        seen: Counter[str] = Counter()
        for fault in prose.faults(text, inline=may.inline):
            yield Problem(entry.source.find(loc, fault.snippet, seen[fault.snippet]), fault.message, fault.hint)
            seen[fault.snippet] += 1


def quotation_marks_are_straight(entry: Entry) -> Iterator[Problem]:
    """YAML knows straight quotation marks only: curly ones around a value would be shown."""
    lines = entry.source.text.split("\n")
    for loc, place in entry.source.values.items():
        (line, start), (last, end) = place.start, place.end
        written = lines[line][start:end] if line == last else ""
        if len(written) > 2 and re.fullmatch("[“”‘’][^“”‘’]*[“”‘’]", written):
            yield Problem(
                entry.source.span(loc),
                f"{written} stands in curly quotation marks, which readers would see",
                f'Write straight ones: "{written[1:-1]}". If readers are to see them, write "{written}".',
            )


def numbers_run_on(entry: Entry) -> Iterator[Problem]:
    """Printed numbers and letters stand once each and in order."""
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


def who_is_bound_is_told(entry: Entry) -> Iterator[Problem]:
    """A clause tells who is bound and how strongly, or neither."""
    if not isinstance(entry.record, Charter):
        return
    for place, section in enumerate(entry.record.sections):
        for inner, clause in enumerate(section.clauses):
            if bool(clause.binds) != bool(clause.strength):
                has, lacks = ("binds", "strength") if clause.binds else ("strength", "binds")
                yield Problem(
                    entry.source.span(("sections", place, "clauses", inner, has), key=True),
                    f"clause {clause.number} has `{has}` without `{lacks}`, so neither would be shown",
                    f"Add `{lacks}:` to the clause, or delete `{has}:`.",
                )


def years_follow_each_other(entry: Entry) -> Iterator[Problem]:
    """The years of a plan stand once each, in order."""
    if not isinstance(entry.record, Plan):
        return
    for place, (before, year) in enumerate(itertools.pairwise(entry.record.years), start=1):
        if year <= before:
            span = entry.source.span(("years", place))
            yield Problem(span, f"{year} stands after {before}", "Write each year once, in order.")


def parts_of_actions_are_shown(entry: Entry) -> Iterator[Problem]:
    """A part stands below an action of the same priority and year, which is no part itself: else it would be lost."""
    if not isinstance(entry.record, Priority):
        return
    actions = {action.id: action for action in entry.record.actions}
    for place, action in enumerate(entry.record.actions):
        whole = actions.get(action.part_of or "")
        span = entry.source.span(("actions", place, "part_of"))
        if whole is None:
            continue
        if whole is action:
            yield Problem(
                span, "this action is a part of itself", "Write the id of another action, or delete the line."
            )
        elif whole.part_of and whole.part_of != whole.id:
            hint = (
                f"Write `part_of: {whole.part_of}`, or delete the line."
                if whole.part_of != action.id
                else "Keep `part_of` in one of the two."
            )
            yield Problem(span, f"`{whole.id}` is itself a part of `{whole.part_of}`", hint)
        elif whole.year != action.year:
            yield Problem(
                span,
                f"this action is in {action.year}, but `{whole.id}`, which it is a part of, is in {whole.year}",
                f"Write `year: {whole.year}` here, or delete `part_of`.",
            )


def bodies_do_not_report_in_a_circle(entry: Entry) -> Iterator[Problem]:
    """Whoever reports reports upwards: a circle has no top, and the drawing of bodies could not begin with one."""
    if not isinstance(entry.record, Bodies):
        return
    above = {body.id: body.reports_to for body in entry.record.bodies}
    for place, body in enumerate(entry.record.bodies):
        way = [body.id]
        while (up := above.get(way[-1])) and up not in way:
            way.append(up)
        if up == body.id:
            said = "itself" if len(way) == 1 else " and on to ".join(f"`{id}`" for id in [*way[1:], body.id])
            span = entry.source.span(("bodies", place, "reports_to"))
            yield Problem(span, f"`{body.id}` reports to {said}", "Delete `reports_to` in one of them.")


def names_stand_once_in_a_list(entry: Entry) -> Iterator[Problem]:
    """A list of ids names each once."""
    seen: set[tuple[Loc, str]] = set()
    for reference in entry.references:
        listed = (reference.loc[:-1], reference.id)
        if isinstance(reference.loc[-1], int) and listed in seen:
            yield Problem(entry.source.span(reference.loc), f"`{reference.id}` is listed twice", "Keep one of them.")
        seen.add(listed)


def terms_mean_one_thing(entry: Entry) -> Iterator[Problem]:
    """One word has one meaning, or readers would be told the wrong one."""
    if not isinstance(entry.record, Glossary):
        return
    seen: dict[str, str] = {}
    for place, term in enumerate(entry.record.terms):
        fields = [
            (("term",), term.term),
            (("short",), term.short),
            *((("also", n), w) for n, w in enumerate(term.also)),
        ]
        for loc, word in fields:
            key = word.lower() if word and loc == ("term",) else word
            if key and seen.setdefault(key, term.id) != term.id:
                yield Problem(
                    entry.source.span(("terms", place, *loc)),
                    f"“{word}” is explained twice, in `{seen[key]}` and in `{term.id}`",
                    "Keep one of them.",
                )


def targets_stand_in_their_text(entry: Entry) -> Iterator[Problem]:
    """A target and a year stand twice, in the text and beside it: a change of one must reach the other."""
    if not isinstance(entry.record, Priority):
        return
    for place, outcome in enumerate(entry.record.outcomes):
        for field, value in (("target", outcome.target), ("deadline", outcome.deadline)):
            figures = re.findall(r"\d[\d,.]*", value or "")
            if missing := [figure for figure in figures if figure not in outcome.text]:
                yield Problem(
                    entry.source.span(("outcomes", place, field)),
                    f"`{field}` says {missing[0]}, which the outcome's text does not",
                    "Change `text` too, so that readers are not told two things.",
                    "warning",
                )


def clauses_begin_with_words(entry: Entry) -> Iterator[Problem]:
    """A clause's number stands before its first paragraph, so it cannot open with a list or a quotation."""
    if not isinstance(entry.record, Charter):
        return
    for place, section in enumerate(entry.record.sections):
        for inner, clause in enumerate(section.clauses):
            if not prose.begins_with_paragraph(clause.text):
                yield Problem(
                    entry.source.span(("sections", place, "clauses", inner, "text")),
                    f"clause {clause.number} opens with a list or a quotation",
                    "Begin it with a sentence, or make the list its `subclauses`.",
                )


def readers_can_ask(entry: Entry) -> Iterator[Problem]:
    """Every download needs a contact for another format; without one the site says “not stated”."""
    if isinstance(entry.record, Partnership) and not (entry.record.contact.email or entry.record.contact.phone):
        yield Problem(
            entry.source.span(("contact",)),
            "no contact is stated, so readers cannot ask for another format",
            "Add `contact:` with `email:` or `phone:` of the partnership.",
            "warning",
        )


RULES: tuple[Rule, ...] = (
    files_are_named_by_id,
    everyone_sees_the_frame,
    texts_hold_only_text,
    quotation_marks_are_straight,
    numbers_run_on,
    who_is_bound_is_told,
    years_follow_each_other,
    parts_of_actions_are_shown,
    bodies_do_not_report_in_a_circle,
    names_stand_once_in_a_list,
    terms_mean_one_thing,
    targets_stand_in_their_text,
    clauses_begin_with_words,
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
