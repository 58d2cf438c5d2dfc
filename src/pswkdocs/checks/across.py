"""Rules across files: a table of small functions, each of which finds one kind of mistake."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from functools import partial

from .. import prose
from ..model.charter import Charter
from ..model.content import Address, Content, Entry, Reference, kind
from ..model.meeting import ClosedPart, Meeting
from ..model.partnership import Glossary, Organisations, Partnership, SourceDocument, Sources
from ..model.plan import Enabler, Plan, Priority
from ..model.publication import Figure, Publication
from ..model.record import AUDIENCES, citations
from ..model.strategy import StrategicPriority, Strategy
from ..problems import Problem, Span
from ..source import Loc

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


def references_lead_somewhere(content: Content) -> Iterator[Problem]:
    """Every id of another record is one that exists."""
    for entry in content.entries:
        lost: dict[tuple[str, str], list[Reference]] = {}
        for reference in entry.references:
            if content.resolve(reference) is None:
                lost.setdefault((reference.means.kind, reference.id), []).append(reference)
        for (of_kind, id), (first, *more) in lost.items():
            may_be_named = _named_before(entry, content)
            others = [other for other, known in content.by_kind if known == id]
            ids = [known for (other, known), it in content.by_kind.items() if other == of_kind and may_be_named(it)]
            hints = (
                f"That id is of another kind: {others[0]}." if others else "",
                _by_initials(first, content) or _nearest(id, ids),
                f"It stands in this file {1 + len(more)} times." if more else "",
            )
            span = entry.source.span(first.loc)
            yield Problem(span, f"there is no {of_kind} `{id}`", " ".join(filter(None, hints)))


def references_mean_one_record(content: Content) -> Iterator[Problem]:
    """An id that means nothing in its own file, meeting or publication stands in one other file alone."""
    standing: dict[tuple[str, str], dict[str, Address]] = {}
    for entry in content.entries:
        for address in entry.parts:
            standing.setdefault((address.kind, address.record.id), {}).setdefault(address.key, address)
    for entry in content.entries:
        told = set()
        for reference in entry.references:
            near = content.near(reference.means, reference.id, entry)
            means = reference.means.kind, reference.id
            found = standing.get(means, {}).values()
            # Who was there and what was minuted is a matter of one meeting, which a rule of its own sees to.
            if len(found) < 2 or means in told or means[0] in ("attendance", "minute") or near:
                continue
            told.add(means)
            places = [str(it.entry.source.span((*it.loc, "id"))) for it in found]
            yield Problem(
                entry.source.span(reference.loc),
                f"`{reference.id}` could mean any {means[0]} of that id: in {' or in '.join(places)}",
                "Give one of them another id, and write here the one that is meant.",
            )


def links_lead_somewhere(content: Content) -> Iterator[Problem]:
    """Every link in a text leads to a record that exists."""
    for entry in content.entries:
        for loc, text, _ in entry.texts:
            for link, snippet in prose.links(text):
                if content.target(link, entry) is None:
                    near = [f"#{address.record.id}" for address in entry.parts if not address.whole]
                    may_be_named = _named_before(entry, content)
                    far = [f"#{key}" for key, address in content.addresses.items() if may_be_named(address)]
                    yield Problem(
                        entry.source.find(loc, snippet),
                        f"the link `#{link}` leads to nothing",
                        _nearest(f"#{link}", [*near, *far])
                        or "Write the id of a file, as in `#vital-5`, or of a part of it, as in `#vital-5/diagnosed`.",
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
                    _nearest(action.part_of, sorted(own - {action.id})) or "Delete the line.",
                )


def parts_are_listed(content: Content) -> Iterator[Problem]:
    """What belongs to a plan stands in its order."""
    for entry in content.entries:
        if _is_unlisted(entry, content):
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


def audiences_are_stated(content: Content) -> Iterator[Problem]:
    """What states no audience is for the few; that is safe, and seldom meant."""
    for entry in content.entries:
        if entry.record.audience is None and not isinstance(entry.record, PARTS | FRAME):
            yield Problem(
                entry.source.span(),
                "no audience is stated, so this is restricted: it is not on the public site",
                "Add `audience: public`, or `audience: restricted` where that is meant.",
                "warning",
            )


def nothing_leads_to_what_is_hidden(content: Content) -> Iterator[Problem]:
    """A record never names, links to or belongs to one that fewer readers may see."""
    for entry in content.entries:
        mine = AUDIENCES.index(content.audience(entry))
        parent = content.parents.get(entry.record.id)
        if parent and mine < (theirs := AUDIENCES.index(content.audience(parent.entry))):
            yield Problem(
                entry.source.span(("audience",)),
                f"this is {AUDIENCES[mine]}, but the {parent.kind} it belongs to is {AUDIENCES[theirs]}",
                "A part may only be narrower than the whole: delete its `audience`.",
            )
            mine = theirs
        for place, target, advice in _mentions(entry, content):
            if isinstance(target.entry.record, FRAME) or _is_unlisted(target.entry, content):
                continue  # told by a rule of its own
            if AUDIENCES.index(content.audience(target.entry)) > mine:
                wider = (
                    f"; or, if {'everybody' if mine == 0 else AUDIENCES[mine]} may read all of "
                    f"{target.entry.source.path}, write `audience: {AUDIENCES[mine]}` there."
                )
                said = f"`{target.record.id}`" + ("" if target.whole else f" in `{target.entry.record.id}`")
                yield Problem(
                    place(),
                    f"this is {AUDIENCES[mine]}, but {said} is {content.audience(target.entry)}",
                    f"Take the reference out{advice}"
                    + ("." if mine == 0 and isinstance(target.entry.record, ClosedPart) else wider),
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


FRAME = Partnership | Glossary | Organisations | Sources  # what every page needs
PARTS = Priority | Enabler | StrategicPriority  # what belongs to a whole, and follows it

RULES: tuple[Rule, ...] = (
    ids_stand_once,
    documents_have_names_of_their_own,
    publications_have_room,
    actions_fit_their_plan,
    figures_agree,
    sources_hold_the_lines,
)

RULES_OF_THE_WHOLE: tuple[Rule, ...] = (
    references_lead_somewhere,
    references_mean_one_record,
    links_lead_somewhere,
    parts_are_listed,
    audiences_are_stated,
    nothing_leads_to_what_is_hidden,
)


def _mentions(entry: Entry, content: Content) -> Iterator[tuple[Callable[[], Span], Address, str]]:
    """What a file refers to, in its fields and its texts: how to find the place, and where else it could stand."""
    for reference in entry.references:
        if not reference.means.contains and (target := content.resolve(reference)):
            is_paper = isinstance(entry.record, Meeting) and "enclosures" in reference.loc
            closed = " and list the paper in the meeting’s `closed.yml`" if is_paper else ""
            yield partial(entry.source.span, reference.loc), target, closed
    for loc, text, _ in entry.texts:
        for link, snippet in prose.links(text):
            if target := content.target(link, entry):
                yield partial(entry.source.find, loc, snippet), target, ""


def _named_before(entry: Entry, content: Content) -> Callable[[Address], bool]:
    """Whether a record may be suggested to a file: what fewer readers may see is not named to more."""
    mine = AUDIENCES.index(content.audience(entry))
    return lambda address: AUDIENCES.index(content.audience(address.entry)) <= mine


def _by_initials(reference: Reference, content: Content) -> str:
    """Whom the initials of somebody at the same meeting mean, where they stand in place of an id."""
    entry = reference.holder.entry
    meeting = content.addresses.get(getattr(entry.record, "meeting", entry.record.id))
    attended = meeting.record.attendance if meeting and isinstance(meeting.record, Meeting) else ()
    if reference.means.kind != "attendance":
        return ""
    meant = [f"`{it.id}`" for it in attended if (it.initials or "").casefold() == reference.id.casefold()]
    return f"These are initials: write {' or '.join(meant)}." if meant else ""


def _is_unlisted(entry: Entry, content: Content) -> bool:
    return isinstance(entry.record, PARTS) and entry.record.id not in content.parents


def _nearest(id: str, known: list[str]) -> str:
    """The known ids that look like one that is not; a part of another file is one that ends alike."""
    ends_alike = [other for other in known if other.rpartition("/")[2] == id.strip("#")]
    near = ends_alike or difflib.get_close_matches(id, known, 3, 0.6)
    best = difflib.SequenceMatcher(None, near[0], id).ratio() if near else 0
    if close := [f"`{other}`" for other in near if difflib.SequenceMatcher(None, other, id).ratio() > best - 0.1]:
        return f"Did you mean {' or '.join(dict.fromkeys(close))}?"
    if id.startswith("#") or not known:
        return ""
    return f"Known ids are {', '.join(sorted(known)[:12])}{' …' if len(known) > 12 else ''}."
