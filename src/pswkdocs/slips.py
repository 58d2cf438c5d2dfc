"""What YAML complains of → what the editor did, where, and what to write instead.

YAML tells where it lost its way, often a line after the slip and in a programmer's words. The lines as they
stand tell more: each row below is one slip, and how it looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .problems import Problem, Span

_QUOTE = "Put the whole text in double quotes."
_FIELD = r"^[ -]*(?:\w+: +)?"  # what stands before a value: indentation, dashes, a field's name
_MORE = r"\s*[^\s#,\]}]"  # something that should not follow a closing quotation mark or bracket


@dataclass(frozen=True)
class Complaint:
    """YAML's own words and marks; a mark is a zero-based (line, column)."""

    said: str
    context: str
    mark: tuple[int, int]
    began: tuple[int, int]


@dataclass(frozen=True)
class Slip:
    """A slip that shows in a line: `at` in the pattern is where it stands; `said` is part of the complaint.

    It shows in the whole line of the complaint, in this line up to the complaint's mark, or in the line above.
    """

    pattern: str
    message: str
    hint: str
    said: str = ""
    shows: Literal["in line", "to mark", "above"] = "in line"


_TOO_MANY = "mapping values are not allowed"

_JOINED = (
    "two versions of this file were joined, and nobody chose between them",
    "Keep one version, and delete the lines that start with <<<<<<<, ======= and >>>>>>>.",
)

SLIPS: tuple[Slip, ...] = (
    Slip(r"^[ -]*(?P<at>\t)", "a tab stands here", "Write spaces in its place, two for each level."),
    Slip(
        r"^(?:[ -]*|[ -]*\w+:)(?P<at>[\u00a0\u2000-\u200b\u202f\u3000\ufeff])",
        "a special space stands here, which YAML does not take for one",
        "Delete it and type an ordinary space.",
    ),
    Slip(
        r"^(?P<at><{7}|={7}|>{7})",
        *_JOINED,
    ),
    Slip(r"^(?P<at>%)", "a line may not start with %", "Delete it, or put the text in double quotes."),
    Slip(r"^[ -]*(?P<at>:)(?: |$)", "a field’s name is missing before the colon", "Write `name: value`."),
    Slip(_FIELD + r"(?P<at>[@`%*&!])", "a text may not start with “{at}”", _QUOTE),
    Slip(
        _FIELD + rf'"(?:[^"\\]|\\.)*"(?={_MORE})(?P<at>)',
        "the text goes on after its closing quotation mark",
        "Write “curly” quotation marks inside text, or put the whole text in single quotes.",
    ),
    Slip(
        _FIELD + rf"'(?:[^']|'')*(?P<at>')(?={_MORE})",
        "this apostrophe ends the text, which started with one",
        "Write ’ for an apostrophe, or put the whole text in double quotes.",
    ),
    Slip(_FIELD + rf"(?P<at>\[)[^\]]*\](?={_MORE})", "a text may not start with “[”", _QUOTE),
    Slip(_FIELD + rf"(?P<at>{{)[^}}]*}}(?={_MORE})", "a text may not start with “{”", _QUOTE),
    Slip(
        _FIELD + r"(?P<at>[>|])(?![+-]?\d?[+-]? *(?:#|$))",
        "text stands on the same line as `{at}`",
        "Start the text in the next line, two spaces further in; or put all of it in double quotes.",
    ),
    Slip(
        r"^[ -]*\w+: +(?P<at>-)(?: |$)",
        "a hyphen stands after the colon",
        "Start a list in the next line; put a text that starts with a hyphen in double quotes.",
    ),
    Slip(
        r"^[ -]*\w+(?P<at>:)(?!//)\S",
        "a space is missing after the colon",
        "Write `name: value`.",
        "could not find expected ':'",
    ),
    Slip(
        r"^[ -]*(?P<at>\S)",
        "a colon is missing in this line",
        "Write `name: value`; if the line belongs to the text above, indent it further than the field’s name.",
        "could not find expected ':'",
    ),
    Slip(r"^ *(?P<at>-)\w+:", "a space is missing after the hyphen", "Write `- name: value`.", _TOO_MANY, "above"),
    Slip(
        r"^[ -]*\w+(?P<at>:)(?!//)\S", "a space is missing after the colon", "Write `name: value`.", _TOO_MANY, "above"
    ),
    Slip(
        r"^ *(?P<at>[–—•·]) ",
        "“{at}” does not start an entry of a list",
        "Write a hyphen and a space, “- ”, in its place.",
        _TOO_MANY,
        "above",
    ),
    Slip(
        r"^ *(?P<at>-) +\w+:$",
        "a list starts here, but the field above it has a value already",
        "Delete that value, or put all of it in double quotes if this line belongs to it.",
        _TOO_MANY,
        "to mark",
    ),
    Slip(
        r"^ *(?P<at>\w+):$",
        "this line is indented further than the field above that it stands beside",
        "Indent it exactly like that field; if that field opens an entry of a list, write “- ” before it.",
        _TOO_MANY,
        "to mark",
    ),
    Slip(
        r"(?P<at>:)$",
        "a colon in this text makes YAML expect a field",
        'Put the whole text in double quotes, as in `title: "Start Well: first 1001 days"`.',
        _TOO_MANY,
        "to mark",
    ),
    Slip(
        r"(?P<at>\\)(?![0abtnvfre \"/\\N_LPxuU])",
        "a backslash and the letter after it mean nothing in double quotes",
        "Write two backslashes, or put the text in single quotes.",
        "unknown escape",
    ),
)


def explain(name: str, text: str, complaint: Complaint) -> Problem:
    """YAML's complaint about a file in an editor's words, placed where the slip is."""
    lines = [*text.split("\n"), ""]
    for number, line in enumerate(lines):
        if line.startswith("<<<<<<< "):  # wherever YAML gave up because of it
            return _problem(name, (number, 0), *_JOINED)
    if opened := _opened(lines, complaint):
        return _problem(name, *opened)
    for number in dict.fromkeys((complaint.began[0], complaint.mark[0])):
        for slip in SLIPS if _is_about(complaint, number) else ():
            shown = _above(lines, number) if slip.shows == "above" else number
            end = complaint.mark[1] + 1 if slip.shows == "to mark" else None
            match = re.search(slip.pattern, lines[shown][:end])
            if match and slip.said in complaint.said:
                place = shown, match.start("at")
                return _problem(name, place, slip.message.replace("{at}", match["at"]), slip.hint)
    return _problem(name, *_indentation(lines, complaint))


def _above(lines: list[str], number: int) -> int:
    """The nearest line above that is not empty."""
    return next((other for other in range(number - 1, -1, -1) if lines[other].strip()), number)


def _is_about(complaint: Complaint, number: int) -> bool:
    """Whether the complaint is about this line: a list or a mapping may have begun far above its slip."""
    return number == complaint.mark[0] or "block" not in complaint.context


def _opened(lines: list[str], complaint: Complaint) -> tuple[tuple[int, int], str, str] | None:
    """A quotation mark or a bracket that is opened and never closed, where YAML gave up or above."""
    began, mark = complaint.began, complaint.mark
    if "quoted scalar" in complaint.context and "end of stream" in complaint.said:
        return began, *_unclosed(lines[began[0]][began[1]])
    if "flow" in complaint.context:
        began = _last(lines, mark[0], _FIELD + r"(?P<at>[\[{])") or began
        opening = lines[began[0]][began[1] : began[1] + 1]
        if opening in ("[", "{") and {"[": "]", "{": "}"}[opening] not in lines[began[0]]:
            return began, *_unclosed(opening)
        return (
            mark if mark[0] == began[0] else began,
            "YAML cannot read what stands in these brackets",
            "One comma stands between two entries; text with special characters stands in double quotes.",
        )
    quote = lines[mark[0]][: mark[1]].rstrip()[-1:]
    if quote in ("'", '"') and (place := _last(lines, mark[0], _FIELD + f"(?P<at>{quote})[^{quote}]*$")):
        return place, *_unclosed(quote)
    return None


def _last(lines: list[str], number: int, pattern: str) -> tuple[int, int] | None:
    """Where a pattern stands last, in this line or above."""
    for other in range(number, -1, -1):
        if match := re.search(pattern, lines[other]):
            return other, match.start("at")
    return None


def _unclosed(opening: str) -> tuple[str, str]:
    if closing := {"[": "]", "{": "}"}.get(opening):
        hint = f"Write `{closing}` at the end of the list; if it is a text, put all of it in double quotes."
        return f"`{opening}` is opened here and never closed", hint
    return (
        "a quotation mark is opened here and never closed",
        f"Write {opening} at the end of the text too, or delete it.",
    )


def _indentation(lines: list[str], complaint: Complaint) -> tuple[tuple[int, int], str, str]:
    """The last guess: the line does not line up with those above; or the one above was cut short."""
    number = complaint.mark[0]
    above = _above(lines, number)
    if match := re.search(_FIELD + r"[^'\"|>\s].*? (?P<at>#)", lines[above]):
        return (above, match.start("at")), COMMENT, COMMENT_HINT
    if lines[above].startswith(("...", "---")):
        return (above, 0), "a second record starts here", "Delete this line: a file holds one record."
    spaces = len(lines[number]) - len(lines[number].lstrip())
    beside = re.match(r"[ -]*", lines[above])
    return (
        (number, spaces),
        f"this line starts after {spaces} space{'s' if spaces != 1 else ''}, which fits none of the lines above",
        "Indent it exactly like the field or the hyphen that it stands beside;"
        f" the field above starts after {beside.end() if beside else 0}.",
    )


COMMENT = "the text ends here, because YAML takes the rest of the line for a comment"
COMMENT_HINT = "Put the whole text in double quotes; a comment stands on a line of its own."


def _problem(name: str, place: tuple[int, int], message: str, hint: str) -> Problem:
    return Problem(Span(name, place[0] + 1, place[1] + 1), message, hint)
