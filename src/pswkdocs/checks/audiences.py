"""Rules on who may see what: it is stated, and nothing that more may see leads to what fewer may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from .. import prose
from ..model.accessibility import AccessibilityStatement
from ..model.content import Address, Content, Entry
from ..model.meeting import ClosedPart, Meeting
from ..model.partnership import Glossary, Organisations, Partnership, Sources
from ..model.plan import Enabler, Priority
from ..model.record import AUDIENCES
from ..model.strategy import StrategicPriority
from ..problems import Problem, Span

Rule = Callable[[Content], Iterator[Problem]]

FRAME = Partnership | Glossary | Organisations | Sources | AccessibilityStatement  # what every page needs
PARTS = Priority | Enabler | StrategicPriority  # what belongs to a whole, and follows it


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
            if isinstance(target.entry.record, FRAME) or is_unlisted(target.entry, content):
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


def is_unlisted(entry: Entry, content: Content) -> bool:
    """Whether a part stands in the order of no whole."""
    return isinstance(entry.record, PARTS) and entry.record.id not in content.parents


RULES_OF_THE_WHOLE: tuple[Rule, ...] = (audiences_are_stated, nothing_leads_to_what_is_hidden)


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
