"""What came of an audit: a report for those who put faults right, and the record that is published with the site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
import yaml

from pswkdocs.model.partnership import Edition

from .checker import Checker, Kind

_HEAD = """\
# Written by `make audit`: run that again rather than changing this by hand.
id: audit
audience: public
title: How this website was tested
summary: Which programs tested this website and its documents, when, and what they found.
source: editors
"""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: on which page or in which file, what, and who says so."""

    where: str
    what: str
    checker: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} ({self.checker})"


@dataclass(frozen=True)
class Line:
    """What one checker did: how much it looked at, how often, and what came of it."""

    title: str
    version: str
    judges: Kind
    rules: str
    ours: bool
    checked: int
    runs: int
    shown: int
    refused: int
    faults: int
    seconds: float


@dataclass(frozen=True)
class Report:
    """All that an audit found."""

    name: str
    audience: str
    edition: Edition
    held: dict[Kind, int]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    notes: dict[str, str]
    """What a checker says of pages that are good, by page: how fast they are."""

    @property
    def proves_nothing(self) -> bool:
        """Whether a checker let a broken sample pass: what it says of the site is then worth nothing."""
        return any(each.refused < each.shown for each in self.lines)


def line(checker: Checker, checked: int, shown: int, refused: int, faults: Sequence[Fault], seconds: float) -> Line:
    """What one checker did."""
    return Line(
        title=checker.title,
        version=checker.version(),
        judges=checker.judges,
        rules=checker.rules,
        ours=checker.ours,
        checked=checked,
        runs=checked * checker.looks,
        shown=shown,
        refused=refused,
        faults=sum(fault.checker == checker.title for fault in faults),
        seconds=seconds,
    )


def write(report: Report, folder: Path) -> None:
    """Put the report into a folder, for people and for programs; each file stands alone."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    (folder / "report.html").write_text(environment.get_template("report.html").render(asdict(report)), "utf-8")
    told = asdict(report) | {"edition": report.edition.model_dump(mode="json")}
    (folder / "report.json").write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", "utf-8")


def publish(report: Report, place: Path, *, today: date, fresh: bool) -> bool:
    """Write the record that the site tells of; false when it is there already.

    A run in which nothing had to be looked at anew says what the last one said, and keeps its day.
    """
    record = _record(report)
    if place.is_file():
        last = yaml.safe_load(place.read_text(encoding="utf-8"))
        same = {name: last.get(name) for name in record} == record
        if same and (not fresh or last.get("date") == today):
            return False
    dated = yaml.safe_dump({"date": today} | record, sort_keys=False, allow_unicode=True, width=110)
    place.write_text(_HEAD + dated, encoding="utf-8")
    return True


def _record(report: Report) -> dict[str, Any]:
    """What is published: the programs of others, and what they looked at."""
    kinds = [kind for kind in report.held if kind != "rest"]
    return {
        "edition": {"version": report.edition.version, "date": report.edition.date},
        "held": {kind: report.held[kind] for kind in kinds},
        "checkers": [
            {
                "title": line.title,
                "version": line.version,
                "judges": line.judges,
                "rules": line.rules,
                "checked": line.checked,
                **({"runs": line.runs} if line.runs > line.checked else {}),
                "shown": line.shown,
                "refused": line.refused,
                **({"faults": found} if (found := _found(report, line)) else {}),
            }
            for line in report.lines
            if not line.ours
        ],
    }


def _found(report: Report, line: Line) -> list[dict[str, str]]:
    """What a checker found wrong, each fault in one line."""
    told = (fault for fault in report.faults if fault.checker == line.title)
    return [{"where": fault.where, "says": " ".join(fault.what.split())} for fault in told]
