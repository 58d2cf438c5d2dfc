"""What the columns of the registers say of a record, where that is more than one of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from ..edition import spoken
from ..model.charter import Section
from ..model.meeting import ActionLog, AgendaItem, ClosedPart
from ..model.partnership import Partnership
from ..model.plan import Outcome, Pathway, Target
from ..model.publication import Figure
from ..model.record import Record
from ..model.strategy import EvidenceRow, Metric
from ..view import View, Views
from .tables import Item, Row, link

_STRENGTHS = {"will": "will do this", "champion": "commits to championing this", "need": "will need to do this"}
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
    return _amount(row.record)


def baseline(row: Row) -> Markup | None:
    figure = row.view.baseline
    return Markup(": ").join([figure.measure, _amount(figure.record)]) if figure else None


def _amount(figure: Figure) -> str:
    return " ".join(filter(None, (figure.qualifier, figure.value, figure.unit)))


def compared_with(row: Row) -> list[str]:
    return [f"{other.place}: {other.value}" for other in row.record.compared_with]


def clause(row: Row) -> list[Markup]:
    """A clause and its lettered parts."""
    return [row.view.text, *(Markup("({}) {}").format(part.letter, part.text) for part in row.view.subclauses)]


def section(row: Row) -> str | None:
    held = row.within(Section)
    return f"{held.number}. {held.title}" if held else None


def strength(row: Row) -> Item | None:
    how = row.record.strength
    return Item(escape(_STRENGTHS[how]), how) if how else None


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


def offices(row: Row) -> list[str]:
    return [f"{office.title} ({office.stated})" for office in row.record.offices]


def organisations(row: Row) -> list[Item]:
    return list(dict.fromkeys(link(office.organisation) for office in row.view.offices if office.organisation))


def logged(row: Row) -> list[Markup]:
    """A logged action and its parts, each with its owners."""
    owned = Markup("{} ({})").format
    parts = [owned(part.text, ", ".join(owner.name for owner in part.owners)) for part in row.view.parts]
    return [row.view.text, *parts]


def owners(row: Row) -> list[str]:
    return [owner.name for owner in row.record.owners]


def progress(row: Row) -> list[Markup]:
    """What was told at each meeting, and the status as printed."""
    return [_told(at) for at in row.view.progress]


def _told(at: View) -> Markup:
    printed = f"Printed as “{at.printed_status}”." if at.printed_status else None
    words = filter(None, (at.text or "Nothing is stated.", printed))
    return Markup("{}: {}").format(spoken(at.told), Markup(" ").join(words))


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

    latest: date
    open: tuple[Row, ...]
    overdue: tuple[Row, ...]
    undated: tuple[Row, ...]
    """Of those that are open, the rows that state no day."""
    new: tuple[Row, ...]
    promises: tuple[View, ...]
    """What the minutes promise and the log does not hold."""


def log(rows: Sequence[Row], views: Views) -> Log:
    """What of the action log's rows a reader should see first."""
    latest = max(day for row in rows for day in (row.record.raised, *(at.told for at in row.record.progress)))
    left = tuple(row for row in rows if "closed" not in standing(row))
    return Log(
        latest,
        left,
        overdue=tuple(row for row in left if "overdue" in standing(row)),
        undated=tuple(row for row in left if row.record.due is None),
        new=tuple(row for row in rows if row.record.raised == latest),
        promises=tuple(promise for held in views.content.every(ActionLog) for promise in views.whole(held).promises),
    )
