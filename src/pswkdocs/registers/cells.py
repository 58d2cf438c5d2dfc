"""What the columns of the registers say of a record, where that is more than one of its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from ..edition import spoken
from ..model.charter import Section
from ..model.meeting import ActionLog, AgendaItem, ClosedPart
from ..model.partnership import Partnership
from ..model.plan import Outcome, Pathway, Target
from ..model.record import Record
from ..model.strategy import EvidenceRow, Metric
from ..view import View, Views
from .tables import Item, Row, link, text_of

_TARGET_OF: dict[type[Record], str] = {
    Outcome: "outcome",
    Target: "enabler",
    Pathway: "pathway",
    Metric: "metric",
}
# The lists that things to be weighed stand in.
_WEIGHED_AS = {
    "opportunities": "opportunity",
    "risks": "risk",
    "barriers": "barrier or unknown",
    "concerns": "practical concern",
    "factors": "other factor",
}


def file(row: Row) -> View:
    return row.file


def publication(row: Row) -> View:
    return row.publication


def kind_of_action(row: Row) -> Item:
    said = {"placeholder": "to be agreed"}.get(row.record.kind, row.record.kind)
    return Item(escape(said), row.record.kind)


def outcome(row: Row) -> Markup:
    """What will be different, with the points that belong to it."""
    return Markup(" ").join([row.view.text, *row.view.points])


def aim(row: Row) -> Markup:
    """What a target is a target of."""
    match row.record:
        case Outcome():
            return outcome(row)
        case Pathway():
            return Markup(": ").join([row.record.title, *filter(None, [row.view.measure])])
    text: Markup = row.view.text
    return text


def whose(row: Row) -> str | View | None:
    """Whose a target is: an organisation's, or a local or national ambition."""
    found: str | View | None = getattr(row.view, "owner", None) or getattr(row.view, "level", None)
    return None if isinstance(row.record, Metric) else found


def target_of(row: Row) -> str:
    return _TARGET_OF[type(row.record)]


def reached_by(row: Row) -> str:
    return getattr(row.record, "deadline", None) or ""


def amount(row: Row) -> str:
    said: str = row.record.amount
    return said


def number(row: Row) -> str | None:
    """A figure's value for programs to count with, where it is a plain number or a percentage."""
    plain = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)%?", row.record.value)
    return plain[1].replace(",", "") if plain else None


def baseline(row: Row) -> Markup | None:
    figure = row.view.baseline
    return Markup(": ").join([figure.measure, figure.record.amount]) if figure else None


def compared_with(row: Row) -> list[str]:
    return [f"{other.place}: {other.value}" for other in row.record.compared_with]


def clause(row: Row) -> list[Markup]:
    """A clause and its lettered parts."""
    return [row.view.text, *(Markup("({}) {}").format(part.letter, part.text) for part in row.view.subclauses)]


def section(row: Row) -> str | None:
    held = row.within(Section)
    return f"{held.number}. {held.title}" if held else None


def strength(row: Row) -> Item | None:
    clause = row.record
    return Item(escape(clause.bound), clause.strength) if clause.strength else None


def told(row: Row) -> str:
    return "in full" if row.record.text else "named only"


def named_by(row: Row) -> list[View]:
    """The rows of the evidence tables that name a case study."""
    found = row.views.content.mentions.get(row.view.key, ())
    return [row.views.at(address) for address in found if isinstance(address.record, EvidenceRow)]


def weighed_as(row: Row) -> str:
    return _WEIGHED_AS[str(row.address.loc[-2])]


def meeting(row: Row) -> View:
    held: View = row.file.meeting if isinstance(row.file.record, ClosedPart) else row.file
    return held


def agenda_item(row: Row) -> str | None:
    held = row.within(AgendaItem)
    return f"{held.number}. {held.title}" if held else None


def latest_first(row: Row) -> int:
    held: date = meeting(row).record.held
    return -held.toordinal()


def replied_by(row: Row) -> str | None:
    who = row.view.replied_by
    return who and str(who.role)


def offices(row: Row) -> list[Item]:
    """The offices of a person, each with where it is stated."""
    return [Item(escape(office.title), office.title, escape(office.stated)) for office in row.record.offices]


def organisations(row: Row) -> list[Item]:
    return list(dict.fromkeys(link(office.organisation) for office in row.view.offices if office.organisation))


def logged(row: Row) -> list[Item]:
    """A logged action, and its parts with their owners."""
    updated = row.record.updated
    changed = escape(f"Wording changed on {spoken(updated)}") if updated else Markup()
    return [Item(row.view.text, text_of(row.view.text), changed), *map(_part, row.view.parts)]


def _part(part: View) -> Item:
    owned = ", ".join(owner.name for owner in part.owners) or "no owner stated"
    return Item(part.text, text_of(part.text), escape(owned), part)


def owners(row: Row) -> list[Item]:
    """Whose a logged action is as printed, with the person and the role that it means."""
    return [
        Item(escape(owner.name), owner.name, Markup(", ").join([*_person(owner), *filter(None, [owner.role])]))
        for owner in row.view.owners
    ]


def _person(owner: View) -> list[Markup]:
    return [link(owner.person).html] if owner.person else []


def progress(row: Row) -> list[Item]:
    """What was told at each meeting, and the status as printed."""
    return [_told(at) for at in row.view.progress]


def _told(at: View) -> Item:
    day = spoken(at.told)
    linked = Markup('<a href="{}">{}</a>').format(at.meeting.href, day) if at.meeting else escape(day)
    text = at.text or Markup("nothing is stated.")
    printed = escape(f"Printed as “{at.printed_status}”") if at.printed_status else Markup()
    return Item(Markup("{}: {}").format(linked, text), f"{day}: {text_of(text)}", printed)


def standing(row: Row) -> list[str]:
    """How far a logged action was when it was last told, and whether its day has passed."""
    day = row.views.content.the(Partnership).edition.date
    status = row.record.progress[-1].status if row.record.progress else "open"
    late = status != "closed" and row.record.due is not None and row.record.due < day
    return [status, "overdue"] if late else [status]


def row_of_log(row: Row) -> tuple[str, int, str]:
    """Where a logged action stood in its printed log."""
    number = row.record.number
    return row.file.record.body, int("0" + "".join(filter(str.isdecimal, number))), number


@dataclass(frozen=True)
class Log:
    """Where the action log stands, as told at the latest meeting."""

    latest: date | None
    open: tuple[Row, ...]
    overdue: tuple[Row, ...]
    undated: tuple[Row, ...]
    """Of those that are open, the rows that state no day."""
    new: tuple[Row, ...]
    promises: tuple[View, ...]
    """What the minutes promise and the log does not hold."""


def log(rows: Sequence[Row], views: Views) -> Log:
    """What of the action log's rows a reader should see first."""
    latest = max((row.record.latest for row in rows), default=None)
    left = tuple(row for row in rows if "closed" not in standing(row))
    return Log(
        latest,
        left,
        overdue=tuple(row for row in left if "overdue" in standing(row)),
        undated=tuple(row for row in left if row.record.due is None),
        new=tuple(row for row in rows if row.record.raised == latest),
        promises=tuple(promise for held in views.content.every(ActionLog) for promise in views.whole(held).promises),
    )
