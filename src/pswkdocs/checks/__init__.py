"""Rules: what can be wrong with content that could be read. Each module holds its tables of small functions."""

from __future__ import annotations

from ..memory import remembered
from ..model.content import Content, Entry
from ..problems import Problem
from . import (
    accessibility,
    across,
    audiences,
    closed,
    figures,
    file,
    logs,
    marks,
    meetings,
    papers,
    plain,
    privacy,
    references,
    retired,
)

OF_A_FILE = (*file.RULES, *figures.RULES, *meetings.RULES)
# Rules that judge only what could be read, and those that would find fault where only a file is missing.
OF_ALL = (
    *accessibility.RULES,
    *across.RULES,
    *closed.RULES,
    *logs.RULES,
    *papers.RULES,
    *plain.RULES,
    *privacy.RULES,
    *retired.RULES,
)
OF_THE_WHOLE = (
    *accessibility.RULES_OF_THE_WHOLE,
    *across.RULES_OF_THE_WHOLE,
    *audiences.RULES_OF_THE_WHOLE,
    *closed.RULES_OF_THE_WHOLE,
    *logs.RULES_OF_THE_WHOLE,
    *marks.RULES_OF_THE_WHOLE,
    *papers.RULES_OF_THE_WHOLE,
    *plain.RULES_OF_THE_WHOLE,
    *references.RULES_OF_THE_WHOLE,
    *retired.RULES_OF_THE_WHOLE,
)


def check(content: Content, *, whole: bool = True) -> list[Problem]:
    """Every problem that any rule finds, sorted by place; where files are missing, only what they cannot change."""
    found = {problem for entry in content.entries for problem in _of_a_file(entry)}
    for rule in (*OF_ALL, *(OF_THE_WHOLE if whole else ())):
        found |= set(rule(content))
    return sorted(found)


@remembered
def _of_a_file(entry: Entry) -> tuple[Problem, ...]:
    return tuple(problem for rule in OF_A_FILE for problem in rule(entry))
