"""What is known of a meeting before it is held: its body, its day, and how meetings of that body are called here."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from .. import guesses, source
from ..edition import spoken
from ..problems import BuildFailed, Problem, Span

_LIKE = 'Write the body and the day, as in: pswkdocs new meeting "ICP 25 October 2023"'


def known(content: Path, said: str) -> dict[str, str]:
    """The fields of a meeting that its body and its day tell."""
    name, day = _divided(said)
    body = _body(content, name)
    short = body.get("short") or body["name"]
    return {
        "id": f"{_prefix(content, body)}-{day.isoformat()}",
        "title": f"{body['name']}: meeting on {spoken(day)}",
        "short_title": f"{short}, {spoken(day)}",
        "body": body["id"],
        "held": day.isoformat(),
    }


def closed(content: Path, said: str) -> dict[str, str]:
    """The fields of the closed part of a meeting that the meeting tells."""
    folders = sorted(path.parent.name for path in content.glob("meetings/*/meeting.yml"))
    if said not in folders:
        hint = guesses.nearest(said, folders) or f"Meetings are {', '.join(folders)}."
        raise BuildFailed([Problem(Span(said, 0), "there is no meeting of this id", hint)])
    return {"id": re.sub(r"-(?=\d{4}-\d\d-\d\d$)", "-closed-", said), "meeting": said}


def _divided(said: str) -> tuple[str, date]:
    """The body and the day that somebody said, in either order of the day's parts."""
    words = said.replace(",", " ").split()
    for first in range(1, len(words)):
        if day := guesses.as_day(" ".join(words[first:])):
            return " ".join(words[:first]).removesuffix(" on").removesuffix(" meeting"), date.fromisoformat(day)
    if (whole := re.fullmatch(r"(.+)-(\d{4}-\d\d-\d\d)", said)) and (day := guesses.as_day(whole[2])):
        return whole[1], date.fromisoformat(day)
    raise BuildFailed([Problem(Span(said, 0), "a meeting is called by its body and its day", _LIKE)])


def _body(content: Path, name: str) -> dict[str, Any]:
    """The body of the register that somebody means by its id, its name or its short name, or by a meeting's id."""
    path = content / "registers/bodies.yml"
    bodies: list[dict[str, Any]] = _data(content, path).get("bodies") or [] if path.exists() else []
    prefixes = {_prefix(content, body): body["id"] for body in bodies}
    for body in bodies:
        names = (body["id"], body.get("name"), body.get("short"))
        if name.casefold() in [str(it).casefold() for it in names if it] or prefixes.get(name.lower()) == body["id"]:
            return body
    said = f"there is no body “{name}”"
    hint = guesses.nearest(name.lower(), [*(body["id"] for body in bodies), *prefixes])
    more = f'If it is new, begin with: pswkdocs new body "{name}"'
    raise BuildFailed([Problem(Span("content/registers/bodies.yml", 0), said, f"{hint} {more}".strip())])


def _prefix(content: Path, body: dict[str, Any]) -> str:
    """What the ids of a body's meetings begin with: as in the last one that we have, else its short name."""
    for path in sorted(content.glob("meetings/*/meeting.yml"), reverse=True):
        if _data(content, path).get("body") == body["id"]:
            return path.parent.name[: -len("-2023-07-24")]
    return guesses.as_id(body.get("short") or "") or str(body["id"])


def _data(content: Path, path: Path) -> dict[str, Any]:
    try:
        return dict(source.read(content, path).data)
    except source.Unreadable as unreadable:
        raise BuildFailed([unreadable.problem]) from unreadable
