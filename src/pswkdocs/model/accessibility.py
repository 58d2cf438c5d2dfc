"""The facts of the accessibility statement; the words that the law prescribes are in its template."""

from __future__ import annotations

import difflib
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from .audit import Audit
from .record import Day, FileRecord, Line, Record, Some, Text, Written

# The success criteria of WCAG 2.2 at levels A and AA, which the law asks for.
CRITERIA: dict[str, str] = {
    "1.1.1": "Non-text Content",
    "1.2.1": "Audio-only and Video-only (Prerecorded)",
    "1.2.2": "Captions (Prerecorded)",
    "1.2.3": "Audio Description or Media Alternative (Prerecorded)",
    "1.2.4": "Captions (Live)",
    "1.2.5": "Audio Description (Prerecorded)",
    "1.3.1": "Info and Relationships",
    "1.3.2": "Meaningful Sequence",
    "1.3.3": "Sensory Characteristics",
    "1.3.4": "Orientation",
    "1.3.5": "Identify Input Purpose",
    "1.4.1": "Use of Color",
    "1.4.2": "Audio Control",
    "1.4.3": "Contrast (Minimum)",
    "1.4.4": "Resize Text",
    "1.4.5": "Images of Text",
    "1.4.10": "Reflow",
    "1.4.11": "Non-text Contrast",
    "1.4.12": "Text Spacing",
    "1.4.13": "Content on Hover or Focus",
    "2.1.1": "Keyboard",
    "2.1.2": "No Keyboard Trap",
    "2.1.4": "Character Key Shortcuts",
    "2.2.1": "Timing Adjustable",
    "2.2.2": "Pause, Stop, Hide",
    "2.3.1": "Three Flashes or Below Threshold",
    "2.4.1": "Bypass Blocks",
    "2.4.2": "Page Titled",
    "2.4.3": "Focus Order",
    "2.4.4": "Link Purpose (In Context)",
    "2.4.5": "Multiple Ways",
    "2.4.6": "Headings and Labels",
    "2.4.7": "Focus Visible",
    "2.4.11": "Focus Not Obscured (Minimum)",
    "2.5.1": "Pointer Gestures",
    "2.5.2": "Pointer Cancellation",
    "2.5.3": "Label in Name",
    "2.5.4": "Motion Actuation",
    "2.5.7": "Dragging Movements",
    "2.5.8": "Target Size (Minimum)",
    "3.1.1": "Language of Page",
    "3.1.2": "Language of Parts",
    "3.2.1": "On Focus",
    "3.2.2": "On Input",
    "3.2.3": "Consistent Navigation",
    "3.2.4": "Consistent Identification",
    "3.2.6": "Consistent Help",
    "3.3.1": "Error Identification",
    "3.3.2": "Labels or Instructions",
    "3.3.3": "Error Suggestion",
    "3.3.4": "Error Prevention (Legal, Financial, Data)",
    "3.3.7": "Redundant Entry",
    "3.3.8": "Accessible Authentication (Minimum)",
    "4.1.2": "Name, Role, Value",
    "4.1.3": "Status Messages",
}


def _of_wcag(number: str) -> str:
    if number not in CRITERIA:
        near = difflib.get_close_matches(number, CRITERIA, 1)
        meant = f"; `{near[0]}` is {CRITERIA[near[0]]}" if near else ""
        raise ValueError(f"WCAG 2.2 has no criterion of this number at level A or AA{meant}")
    return number


Criterion = Annotated[
    str, StringConstraints(pattern=r"^\d\.\d\.\d{1,2}$"), AfterValidator(_of_wcag), Written(values=CRITERIA)
]


class Fault(Record):
    """Something that is not accessible though it should be."""

    title: Text
    """What is at fault, in a few words, as in `Maps without a description`."""
    text: Line
    """What does not work."""
    affects: Line
    """Whom it affects, and how."""
    fails: Some[Criterion]
    """The success criteria of WCAG 2.2 that it fails, by their numbers, as in `1.4.5`."""
    instead: Line
    """What readers can do instead."""
    mend_by: Day | None = None
    """The day by which it will be mended, as in 2027-03-31; shown as “not stated” where it is left out."""

    @property
    def criteria(self) -> str:
        """The criteria that it fails, by number and name, as in `1.4.5 (Images of Text)`."""
        *others, last = (f"{number} ({CRITERIA[number]})" for number in self.fails)
        return f"{', '.join(others)} and {last}" if others else last


class Exemption(Record):
    """Something that is not accessible and need not be, by the accessibility regulations."""

    text: Line
    """What is not accessible."""
    reason: Line
    """Why it need not be: what was assessed, or what the regulations say."""
    instead: Line | None = None
    """What readers can do instead, where they can do something."""


class Limit(Record):
    """Something that can get in a reader’s way or that nobody has tested, though no criterion is known to fail."""

    text: Line
    """What it is, and what readers can do."""


class AccessibilityStatement(FileRecord):
    """The accessibility statement, which the law asks for."""

    scope: Line
    """What the statement applies to: ends the sentence “This accessibility statement applies to …”."""
    able: Some[Line]
    """What readers should be able to do, as in `reach everything with a keyboard alone`."""
    status: Literal["fully", "partially", "not"]
    """Whether the website meets WCAG 2.2 AA: `fully` without any exception, `partially` where it meets most of it or
    has not been tested in full, or `not`."""
    faults: tuple[Fault, ...] = ()
    """What is not accessible though it should be."""
    burdens: tuple[Exemption, ...] = ()
    """What it would be a disproportionate burden to mend: this has to be assessed first."""
    out_of_scope: tuple[Exemption, ...] = ()
    """What the accessibility regulations do not apply to."""
    limits: tuple[Limit, ...] = ()
    """What can get in a reader’s way or has not been tested, though no criterion is known to fail."""
    improving: Some[Line]
    """What is done to improve accessibility, a sentence each."""
    tested_by: Line
    """Who carried out the last test: ends the sentence “The test was carried out by …”."""
    prepared: Day
    """The day on which the statement was first published, as in 2026-11-22."""
    reviewed: Day
    """The day on which somebody last read it through and put it right, as in 2026-11-22: at least once a year."""


def listed(statement: AccessibilityStatement, audit: Audit | None) -> str:
    """What the statement lists as not accessible, in the words of the law; nothing where it lists nothing."""
    failing = statement.faults or (audit and audit.found)
    exempt = statement.burdens or statement.out_of_scope
    return " and ".join(["non-compliances"] * bool(failing) + ["exemptions"] * bool(exempt))
