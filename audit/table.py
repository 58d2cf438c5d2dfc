"""All checkers, in the order in which the report tells of them."""

from __future__ import annotations

from . import browsing, markup, office, pdf, rest
from .checker import Checker

CHECKERS: tuple[Checker, ...] = (
    *markup.CHECKERS,
    *browsing.CHECKERS,
    *pdf.CHECKERS,
    *office.WORD,
    *office.ODT,
    *rest.CHECKERS,
)
