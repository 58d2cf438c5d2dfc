"""Rules: what can be wrong with content that could be read. Each module holds a table of small functions."""

from __future__ import annotations

from ..model.content import Content
from ..problems import Problem
from . import across, file, meetings


def check(content: Content, *, whole: bool = True) -> list[Problem]:
    """Every problem that any rule finds, sorted by place; where files are missing, only what they cannot change."""
    of_a_file = (*file.RULES, *meetings.RULES)
    found = {problem for entry in content.entries for rule in of_a_file for problem in rule(entry)}
    for rule in across.RULES_OF_THE_WHOLE if whole else across.RULES:
        found |= set(rule(content))
    return sorted(found)
