"""A meeting and its papers: agenda, cover sheets, attendance, minutes, decisions, questions, and the action log."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from .publication import Figure, Omission, OrganisationId, Publication, Statement, Titled
from .record import Day, FileRecord, Line, Part, Prose, Record, Ref, Slug, Some, Text, Time
from .who import Named

Purpose = Literal["update", "discussion", "decision"]
AttendanceId = Annotated[Slug, Ref("attendance")]


class Attendance(Record):
    """Somebody at a meeting, or somebody who sent apologies."""

    capacity: Literal["chair", "present", "in attendance", "apologies", "presenter"]
    """In what capacity; `presenter` where the agenda only lists who presents."""
    person: Annotated[Slug, Ref("person")] | None = None
    """The person, where in public office; others are not named here."""
    role: Text
    """The role, as printed."""
    organisation: OrganisationId | None = None
    """The organisation, where the register has it."""
    initials: Text | None = None
    """The initials by which this document names them."""


class Minute(Record):
    """A numbered paragraph of the minutes."""

    number: Text
    """The number it is cited by, in quotation marks; the printed one put right, or the editors' where none is."""
    printed: Text | None = None
    """The number as printed, where it differs; `none` where the source prints none."""
    speakers: tuple[AttendanceId, ...] = ()
    """Who spoke, as far as the source says and the attendance resolves."""
    unresolved: tuple[Text, ...] = ()
    """Initials or first names that the document does not resolve."""
    text: Prose
    """What was said, in plain English."""
    figures: tuple[Figure, ...] = ()
    """Each figure of the paragraph as a record of its own."""


class Topic(Record):
    """A report or a matter within an item."""

    title: Text
    """Its heading, as printed."""
    minutes: tuple[Minute, ...]
    """Its paragraphs."""


class Decision(Statement):
    """What was decided."""

    kind: Literal["approved", "agreed", "supported", "noted", "preferred"]
    """How, in the minutes' own word."""
    minute: Annotated[Slug, Ref("minute")] | None = None
    """The paragraph that records it."""
    conditions: Line | None = None
    """What it depends on, where the source says so."""


class MinutedAction(Statement):
    """An action that the minutes state."""

    owners: tuple[Text, ...] = ()
    """Whose it is, as printed."""
    logged_as: Annotated[Slug, Ref("logged action")] | None = None
    """Its row in the action log."""


class PublicQuestion(Record):
    """A question from the public, and the reply."""

    topic: Text
    """What it is about, in a few words."""
    question: Line
    """What was asked, without any detail of the person who asked."""
    reply: Line | None = None
    """The reply, where the minutes give one."""
    replied_by: AttendanceId | None = None
    """Who replied."""
    minutes: tuple[Annotated[Slug, Ref("minute")], ...] = ()
    """The paragraphs that record it."""


class CoverSheet(Record):
    """The sheet before a paper: what it is, who wrote it, what the meeting is asked to do."""

    title: Text
    """The paper's title, as printed."""
    authors: tuple[Named, ...] = ()
    """Who wrote it."""
    executive_leads: tuple[Named, ...] = ()
    """Whose responsibility it is."""
    purposes: tuple[Purpose, ...]
    """The boxes ticked."""
    main_points: tuple[Line, ...] = ()
    """The main points; empty where the source cannot be read."""
    recommendation: Prose | None = None
    """What the meeting is asked to do."""


class Late(Part):
    """A paper that came after the others."""

    published: Day
    """The day on which it was published."""
    reason: Line
    """Why it is late."""


class Enclosure(Part):
    """A paper of the agenda: one of the partnership's own, or a PDF from elsewhere."""

    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")] | None = None
    """Its letter, as in `B`."""
    publication: Annotated[Slug, Ref("publication")] | None = None
    """The publication or the meeting whose text it is."""
    pdf: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*\.pdf$")] | None = None
    """The name of a PDF that lies beside this file: small letters, digits and hyphens, as in `risk-register.pdf`."""
    pdf_title: Text | None = None
    """What the PDF is called."""
    late: Late | None = None
    """Where it came after the others: it is then in a supplement."""


class Option(Titled):
    """A way to staff something."""

    staffing: tuple[Line, ...] = ()
    """The posts it means."""


class BudgetItem(Statement):
    """Money that is proposed."""

    kind: Literal["pay", "non-pay", "following year"]
    """What the money is for."""
    amount: Text | None = None
    """How much; left out where the source does not state it."""


class AgendaItem(Record):
    """An item of the agenda, with what the minutes say on it."""

    number: Text
    """Its number, in quotation marks."""
    printed: Text | None = None
    """The number as printed, where it differs."""
    title: Text
    """Its title, as printed."""
    begins: Time | None = None
    """When it begins, where the agenda says so, as in `15:10`."""
    purpose: Line | None = None
    """The line that says what it is for, where the agenda has one."""
    purposes: tuple[Purpose, ...] = ()
    """What it is for, where the agenda says so."""
    leads: tuple[AttendanceId, ...] = ()
    """Who leads it."""
    enclosures: tuple[Enclosure, ...] = ()
    """Its papers."""
    cover_sheet: CoverSheet | None = None
    """The sheet before its paper."""
    minutes: tuple[Minute, ...] = ()
    """Its paragraphs in the minutes."""
    topics: tuple[Topic, ...] = ()
    """Reports and matters within it, each with its paragraphs."""
    decisions: tuple[Decision, ...] = ()
    """What was decided."""
    actions: tuple[MinutedAction, ...] = ()
    """Actions that the minutes state."""
    questions: tuple[PublicQuestion, ...] = ()
    """Questions from the public."""
    options: tuple[Option, ...] = ()
    """Options that were put to the meeting."""
    budget: tuple[BudgetItem, ...] = ()
    """Money that was proposed."""


class ClosedItem(Record):
    """An item that is not open to the public: that it exists, and why, and nothing else."""

    number: Text
    """Its number, in quotation marks."""
    reason: Line
    """Why it is closed."""


class Meeting(Publication):
    """A meeting with its agenda, attendance and minutes."""

    body: Annotated[Slug, Ref("body")]
    """The body that met."""
    held: Day
    """The day on which it is held, as in 2023-07-24."""
    begins: Time | None = None
    """When it begins, as in `15:00`."""
    ends: Time | None = None
    """When it ends, as in `17:00`."""
    venue: Text | None = None
    """Where."""
    papers_published: Day | None = None
    """The day on which the papers were published; left out where the source does not state it."""
    short_notice: Line | None = None
    """Why there were fewer clear days than are due."""
    minutes_status: Literal["none", "draft", "approved"] = "none"
    """Whether there are minutes, and whether they are approved."""
    attendance: tuple[Attendance, ...]
    """Who was there."""
    agenda: Some[AgendaItem]
    """The items, in order."""
    closed_items: tuple[ClosedItem, ...] = ()
    """Items that are not open to the public."""


class ClosedPart(FileRecord):
    """The closed part of a meeting: for staff, or for fewer."""

    meeting: Annotated[Slug, Ref("meeting")]
    """The meeting."""
    introduction: Prose
    """What was dealt with here, and why it is closed."""
    agenda: Some[AgendaItem]
    """Its closed items, numbered as in the open agenda."""
    left_out: tuple[Omission, ...] = ()
    """What the source holds and this does not carry over, each with the reason."""


class Owner(Part):
    """Whose an action is."""

    name: Text
    """As printed, as in `HO` or `All`."""
    person: Annotated[Slug, Ref("person")] | None = None
    """The person, where the document resolves the initials and the person is in public office."""
    role: Text | None = None
    """The role, where the document states it."""


class Progress(Part):
    """How far an action was at one meeting."""

    meeting: Annotated[Slug, Ref("meeting")] | None = None
    """The meeting that was told."""
    told: Day
    """The day on which it was told."""
    text: Line | None = None
    """What was told; left out where the log says nothing."""
    printed_status: Text | None = None
    """The status as printed."""
    status: Literal["open", "in progress", "closed"]
    """What that means: the one word that the log is filtered by."""


class SubAction(Record):
    """A part of an action."""

    text: Line
    """What will be done."""
    owners: tuple[Owner, ...] = ()
    """Whose it is."""


class LoggedAction(Statement):
    """A row of the action log."""

    number: Text
    """Its row in the printed log, in quotation marks."""
    raised: Day
    """The day on which it was raised."""
    updated: Day | None = None
    """The day on which its wording was last changed."""
    meeting: Annotated[Slug, Ref("meeting")] | None = None
    """The meeting that raised it, where this site has it."""
    owners: tuple[Owner, ...] = ()
    """Whose it is."""
    due: Day | None = None
    """By when; left out where the log states no day."""
    parts: tuple[SubAction, ...] = ()
    """Its parts."""
    progress: tuple[Progress, ...]
    """How far it was, meeting by meeting, the first first."""

    @property
    def latest(self) -> Day:
        """The last day on which it was raised or told of."""
        return max((self.raised, *(at.told for at in self.progress)))


class ActionLog(FileRecord):
    """The action log of a body, or the part of it that some readers may see."""

    body: Annotated[Slug, Ref("body")]
    """The body whose log it is."""
    actions: tuple[LoggedAction, ...]
    """Its rows, in the printed order."""
    promises: tuple[Statement, ...] = ()
    """What the minutes promise and the log does not hold."""
