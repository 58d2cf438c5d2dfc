"""Rules across files: a table of small functions, each of which finds one kind of mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .. import guesses, prose
from ..model.charter import Charter
from ..model.content import Content, Entry, kind
from ..model.meeting import ClosedPart, Meeting
from ..model.partnership import SourceDocument
from ..model.plan import Plan, Priority
from ..model.publication import Figure, Publication
from ..model.record import citations
from ..model.strategy import Strategy
from ..problems import Problem, Span
from ..source import Loc
from .audiences import is_unlisted

Rule = Callable[[Content], Iterator[Problem]]


def ids_stand_once(content: Content) -> Iterator[Problem]:
    """Two records with one id could not both be linked to; of two files, the one that is not named by it is wrong."""
    seen: dict[str, tuple[Entry, Loc]] = {}
    copies: set[str] = set()
    for entry in sorted(content.entries, key=lambda entry: entry.file_name != entry.record.id):
        for address in entry.parts:
            loc = (*address.loc, "id")
            if address.key not in seen:
                seen[address.key] = entry, loc
            elif entry.source.path not in copies:
                first = seen[address.key][0].source
                if address.whole:
                    copies.add(entry.source.path)
                yield Problem(
                    entry.source.span(loc),
                    f"the id `{address.record.id}` is used twice",
                    f"Choose another: it already stands in {first.span(seen[address.key][1])}.",
                )


def documents_have_names_of_their_own(content: Content) -> Iterator[Problem]:
    """A plan's summary, minutes, packs and the action log are documents too; nothing else may be called like them."""
    taken = {f"{plan.id}-summary": "the summary of a plan" for plan in content.every(Plan)}
    for meeting in content.every(Meeting):
        taken |= {f"{meeting.id}-minutes": "the minutes of a meeting", f"{meeting.id}-pack": "the pack of a meeting"}
        taken |= {f"{meeting.id}-closed-pack": "the pack of a meeting"}
        for pack in ("pack", "closed-pack"):
            taken[f"{meeting.id}-{pack}-supplement"] = "the supplement to the pack of a meeting"
    taken["action-log"] = "the action log"
    for entry in content.entries:
        if isinstance(entry.record, Publication | ClosedPart) and entry.record.id in taken:
            yield Problem(
                entry.source.span(("id",)),
                f"the name `{entry.record.id}` belongs to another document: {taken[entry.record.id]}",
                "Choose another id.",
            )


def actions_fit_their_plan(content: Content) -> Iterator[Problem]:
    """An action's year is one of its plan's, and the action that it is a part of stands in the same priority."""
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
                    f"Write {' or '.join(plan.years)}, or add the year to `years` in {parent.entry.source.path}.",
                )
            if action.part_of and action.part_of not in own and ("action", action.part_of) in content.by_kind:
                yield Problem(
                    entry.source.span(("actions", place, "part_of")),
                    f"`{action.part_of}` is an action of another priority",
                    guesses.nearest(action.part_of, sorted(own - {action.id})) or "Delete the line.",
                )


def parts_are_listed(content: Content) -> Iterator[Problem]:
    """What belongs to a plan stands in its order."""
    for entry in content.entries:
        if is_unlisted(entry, content):
            of_kind = kind(type(entry.record))
            field = "enablers" if of_kind == "enabler" else "priorities"
            whole = Strategy if of_kind == "strategic priority" else Plan
            files = [other.source.path for other in content.entries if isinstance(other.record, whole)]
            yield Problem(
                entry.source.span(("id",)),
                f"no {kind(whole)} lists this {of_kind}, so it would not be published",
                f"Add `{entry.record.id}` to `{field}` in {' or '.join(files) or f'the file of a {kind(whole)}'}.",
            )


def publications_have_room(content: Content) -> Iterator[Problem]:
    """The site has one address for the plan and one for the charter."""
    for type_ in (Plan, Charter):
        entries = [entry for entry in content.entries if isinstance(entry.record, type_)]
        for entry in entries[1:]:
            yield Problem(
                Span(entry.source.path),
                f"this is a second {kind(type_)}, and it would take the place of the first",
                f"Keep one; the other is {entries[0].source.path}.",
            )


def sources_hold_the_lines(content: Content) -> Iterator[Problem]:
    """A citation's lines lie within its document."""
    for entry in content.entries:
        for loc, citation in citations(entry.record):
            document = content.by_kind.get(("source document", citation.document))
            if document is None or not citation.lines:
                continue
            assert isinstance(document.record, SourceDocument)
            last = document.record.lines
            numbers = [int(number) for number in citation.lines.replace(",", "-").replace(" ", "").split("-")]
            if last is None:
                hint = f"Write `{citation.document}` alone: no number of lines is stated for it."
            elif numbers != sorted(numbers):
                hint = "Write the lower line first, as in L12-14."
            elif numbers[0] < 1 or numbers[-1] > last:
                hint = f"Its lines are L1 to L{last}."
            else:
                continue
            yield Problem(
                entry.source.span(loc), f"there are no lines L{citation.lines} in `{citation.document}`", hint
            )


def figures_agree(content: Content) -> Iterator[Problem]:
    """One measure has one value for one place, period and group; where sources differ, a note says why."""
    seen: dict[tuple[str, ...], tuple[Entry, Loc, Figure]] = {}
    for entry in content.entries:
        for address in entry.parts:
            figure = address.record
            if not isinstance(figure, Figure):
                continue
            words = (prose.plain(figure.measure), figure.place, figure.period or "", figure.group or "")
            first_entry, loc, first = seen.setdefault(tuple(map(str.casefold, words)), (entry, address.loc, figure))
            if first.amount != figure.amount and not (first.note or figure.note):
                yield Problem(
                    entry.source.span((*address.loc, "value")),
                    f"this says {figure.amount}, but {first_entry.source.span((*loc, 'value'))} says {first.amount} "
                    "of the same measure, place and period",
                    "Put the right value; if the sources differ, add `note:` that says so and why.",
                )


RULES: tuple[Rule, ...] = (
    ids_stand_once,
    documents_have_names_of_their_own,
    publications_have_room,
    actions_fit_their_plan,
    figures_agree,
    sources_hold_the_lines,
)

RULES_OF_THE_WHOLE: tuple[Rule, ...] = (parts_are_listed,)
