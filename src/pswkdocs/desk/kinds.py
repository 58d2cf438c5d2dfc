"""The kinds of records that can be begun, by name alone: what completes a word must not read the models."""

FILED = (
    *("priority", "enabler", "meeting", "closed-part", "action-log", "page", "paper", "appraisal"),
    *("strategic-priority", "strategy", "local-plan", "plan", "charter"),
)
ENTRIES = ("term", "organisation", "body", "person", "source")
KINDS = (*FILED, *ENTRIES)
