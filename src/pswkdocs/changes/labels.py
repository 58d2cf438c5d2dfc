"""What planners call the fields and the kinds of records; what of them readers never see."""

from __future__ import annotations

from ..model.content import kind
from ..model.record import Part, Record

# Fields whose name is not what a planner calls them; all others are called by their name.
_LABELS: dict[str, str] = {
    "able": "what readers should be able to do",
    "about": "description",
    "accountable_to": "whom the person answers to",
    "affects": "whom it affects",
    "aim": "what it is for",
    "also": "other spellings",
    "asked_of": "whom it is put to",
    "asks": "what the partnership asks of the wider system",
    "avoid": "words to avoid",
    "basis": "who commissions it",
    "begins": "starting time",
    "binds": "who is bound by it",
    "burdens": "disproportionate burdens",
    "checked": "how many it looked at",
    "confirmed": "what was confirmed",
    "continues": "what it carries on",
    "commentary": "comments",
    "count": "how many",
    "current": "what is already being done",
    "dated": "date",
    "direction": "which way it should move",
    "document": "source document",
    "due": "due date",
    "editorial_links": "editors’ links",
    "ends": "finishing time",
    "engaged": "groups asked",
    "entries": "links no longer in use",
    "fails": "success criteria it fails",
    "group": "whose figure it is",
    "held": "day of the meeting",
    "horizon": "by when it is meant",
    "improving": "what is done to improve accessibility",
    "instead": "what readers can do instead",
    "judges": "what it looks at",
    "kind": "what kind it is",
    "late": "why it came late",
    "leads": "who leads it",
    "led_by": "who leads it",
    "left_out": "what is left out",
    "logged_as": "row in the action log",
    "marking": "how it is marked",
    "mend_by": "date by which it will be mended",
    "minutes_status": "status of the minutes",
    "note": "editors’ note",
    "odt": "ODT documents",
    "other_words": "words that mean something else here",
    "papers_published": "date on which the papers were published",
    "part_of": "action that it is part of",
    "pdf": "PDF documents",
    "pdf_title": "title of the paper",
    "position": "where things stand",
    "precision": "how exact the time is",
    "prepared": "date first published",
    "printed": "number as printed",
    "printed_status": "status as printed",
    "printed_title": "title as printed",
    "published": "date of publication",
    "qualifier": "how exact the value is",
    "publisher": "who published it",
    "raised": "date raised",
    "refused": "broken samples that it refused",
    "repeated_as": "second wording",
    "replaced_by": "plan that took its place",
    "replied_by": "who replied",
    "reply_within": "how soon an answer comes",
    "reports_to": "body it reports to",
    "requirements_introduction": "introduction to the requirements",
    "repository": "where editors find the files",
    "resourcing": "who does the work",
    "review_by": "date by which it is to be reviewed",
    "reviewed": "date last reviewed",
    "runs": "how often it looked",
    "says": "what is wrong",
    "sentence_words": "longest sentence, in words",
    "short": "short name",
    "short_notice": "reason for short notice",
    "shown": "broken samples that it was shown",
    "speaker": "who said it",
    "speakers": "who spoke",
    "spelled_right": "words that are spelled right",
    "standing": "current or new",
    "stated": "where the title is stated",
    "status_note": "what the status means",
    "strength": "how strongly it binds",
    "subclauses": "sub-clauses",
    "tested_by": "who carried out the test",
    "timing": "when it happens",
    "today": "term of the glossary today",
    "told": "day on which it was told",
    "understood": "abbreviations that need no explanation",
    "unless": "phrases in which it is right",
    "unresolved": "initials that nothing explains",
    "updated": "date on which the wording last changed",
    "venue": "where it is held",
    "was": "link that was published",
    "when": "time",
    "where": "page or file",
    "why": "reason",
    "word": "Word documents",
    "write": "what to write instead",
    "written_by": "who wrote it",
    "written_for": "for whom it was written",
    # Every record's own.
    "id": "permanent link",
    "audience": "who may see it",
}
# Where a name means something else in one type.
_LABELS_OF: dict[tuple[str, str], str] = {
    ("Amounts", "pages"): "number of pages",
    ("Audit", "held"): "size of the site",
    ("Citation", "lines"): "lines of the source",
    ("Enclosure", "pdf"): "file",
    ("Milestone", "until"): "last day that the time can mean",
    ("PlanTerm", "short"): "abbreviation",
    ("Priority", "aim"): "what opens the list of outcomes",
    ("Retirement", "gone"): "date on which it went",
    ("Retirement", "now"): "link that took its place",
    ("SourceDocument", "lines"): "number of lines",
    ("Term", "short"): "abbreviation",
}

# Types whose name is not what a planner calls one of them.
_NOUNS: dict[str, str] = {
    "AccessibilityStatement": "accessibility statement",
    "AppraisedOption": "option",
    "Attendance": "entry of the attendance",
    "Audit": "report on the tests",
    "BudgetItem": "sum of money",
    "CrossCuttingEnabler": "enabler",
    "DeliveryStrand": "strand of delivery",
    "Engaged": "group that was asked",
    "EvidenceRow": "row of the evidence",
    "ExampleElsewhere": "example from elsewhere",
    "HandPage": "page",
    "LocalPriority": "priority",
    "LoggedAction": "action",
    "MinutedAction": "action",
    "NeighbourhoodTier": "tier",
    "Omission": "note on what is left out",
    "Organisations": "register of organisations",
    "People": "register of people",
    "Bodies": "register of bodies",
    "PageSection": "section",
    "PlainEnglish": "list for plain English",
    "PlanTerm": "term",
    "PublicQuestion": "question from the public",
    "PublicationReference": "reference",
    "Retired": "register of links no longer in use",
    "ServiceOffer": "service",
    "SharedObjective": "objective",
    "Sources": "register of sources",
    "StrategicPriority": "priority",
    "SubAction": "part of an action",
    "Subclause": "sub-clause",
}
# Statements and the like are called by the list that they stand in.
_NOUNS_IN: dict[str, str] = {
    "approach": "statement on the approach",
    "assets": "asset",
    "authors": "statement on the authors",
    "barriers": "barrier",
    "benefits": "group of benefits",
    "budget": "sum of money",
    "burdens": "disproportionate burden",
    "challenge": "challenge",
    "challenges": "challenge",
    "collaboration": "way of working together",
    "commentary": "comment",
    "commitment": "commitment",
    "concerns": "concern",
    "considerations": "group of considerations",
    "context": "group of statements on the context",
    "current": "current work",
    "delivery": "group of statements on delivery",
    "evidence": "finding",
    "exercises": "exercise",
    "experience": "statement on people’s experience",
    "factors": "factor",
    "findings": "group of findings",
    "framework": "point of the framework",
    "hypotheses": "hypothesis",
    "inequalities": "inequality",
    "mission": "mission",
    "needs": "group of needs",
    "opportunities": "opportunity",
    "options": "option",
    "out_of_scope": "exemption",
    "overview": "statement of the overview",
    "pillars": "pillar",
    "policy": "policy",
    "principles": "principle",
    "promises": "promise",
    "questions": "question",
    "recommendations": "group of recommendations",
    "requirements": "requirement",
    "results": "result",
    "risks": "risk",
    "segments": "group of people",
    "statements": "statement",
    "strengths": "strength",
    "themes": "theme",
    "vision": "statement of the vision",
}
_GENERIC = {"Statement", "Titled", "StatementGroup", "Consideration", "Exemption"}

# What only editors see: where something is stated, and what puts it in order or keeps it apart.
_EDITORS = {"id", "source", "audience", "other_words", "confirmed"}
_EDITORS_OF = {
    ("Partnership", "repository"),
    ("Edition", "version"),
    ("Edition", "date"),
    ("Milestone", "until"),
    ("Milestone", "precision"),
    ("SourceDocument", "lines"),
}


def label(record: type[Part], field: str) -> str:
    """What a planner calls a field."""
    return _LABELS_OF.get((record.__name__, field)) or _LABELS.get(field) or field.replace("_", " ")


def noun(record: type[Record], among: str = "") -> str:
    """What a planner calls a record, in the list that it stands in."""
    name = record.__name__
    if name in _GENERIC and among:
        return _NOUNS_IN.get(among) or label(record, among)
    return _NOUNS.get(name) or kind(record)


def for_editors(record: type[Part], field: str) -> bool:
    """Whether readers never see a field."""
    return field in _EDITORS or (record.__name__, field) in _EDITORS_OF


def plural(word: str) -> str:
    """More than one: `group of needs` is `groups of needs`, `priority` is `priorities`."""
    first, *rest = word.split(" ", 1) if " of " in word or " on " in word or " from " in word else (word,)
    if first.endswith("y") and first[-2:-1] not in "aeiou":
        many = first[:-1] + "ies"
    elif first.endswith("sis"):
        many = first[:-2] + "es"
    else:
        many = first if first == "work" else first + "s"
    return " ".join((many, *rest))
