"""PDF: what validators, a screen reader's view and our own rules say of it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import page

from pswkdocs.formats import FORMATS

from . import tools
from .checker import Checker, Site, Verdicts, by_name
from .look import unreadable

_HERE = Path(__file__)
_RUNNER = _HERE.parent / "Conforms.java"
_LOOK = _HERE.parent / "look.py"
_PROOF = tools.PROJECT / "src/pswkdocs/proof"
_NAMES = {"ua1": "PDF/UA-1", "2a": "PDF/A-2a"}

# outloud takes a small table with row headers for layout, and the lines of a tagged table for a second table.
_FALSE_ALARMS = "TBL-010,TBL-014"


def conforming(files: Sequence[str], flavours: str = "ua1,2a") -> dict[str, dict[str, str]]:
    """The rules of veraPDF that files break, by file, with what it says."""
    ran = tools.run("java", "-cp", tools.verapdf_jar(), _RUNNER, flavours, *files)
    broken: dict[str, dict[str, str]] = {}
    for line in ran.stdout.splitlines():
        verdict, flavour, file, *rest = line.split("\t")
        rules = broken.setdefault(file, {})
        if verdict == "fault":
            rule, times, words = rest
            rules[rule] = f"{_NAMES[flavour]} {rule}, {times} times: {words}"
    if ran.returncode or broken.keys() != set(files):
        raise tools.failed("veraPDF", ran)
    return broken


def aloud(files: Sequence[str], skip: str = _FALSE_ALARMS) -> dict[str, list[str]]:
    """The errors that outloud finds, by file."""
    ran = tools.script("outloud", "--json", "-", "--fail-on", "never", "--skip", skip, *files)
    try:
        results = json.loads(ran.stdout)["results"]
    except json.JSONDecodeError as error:
        raise tools.failed("outloud", ran) from error
    told = {}
    for result in results:
        errors = [found for found in result["findings"] if found["severity"] == "error"]
        told[result["path"]] = [_aloud(found) for found in errors]
        if result["error"]:
            told[result["path"]].append(f"unreadable: {result['error']}")
    return told


def _aloud(found: dict[str, object]) -> str:
    where = f" (page {found['page']})" if found.get("page") else ""
    return f"{found['rule']}: {found['message']}{where}"


def _verapdf(site: Site, names: Sequence[str]) -> Verdicts:
    told = conforming(site.files(names))
    return by_name(site, names, {file: rules.values() for file, rules in told.items()})


def _page(site: Site, names: Sequence[str]) -> Verdicts:
    told: dict[str, list[str]] = defaultdict(list)
    for file in site.files(names):
        for flavour, called in _NAMES.items():
            try:
                failures = page.validate_pdf(file, profile=flavour).failures
            except page.PageError as error:
                told[file].append(f"{called}: unreadable: {error}")
                continue
            told[file] += [f"{called} {failure.rule_id}: {failure.message}" for failure in failures]
    return by_name(site, names, told)


def _outloud(site: Site, names: Sequence[str]) -> Verdicts:
    return by_name(site, names, aloud(site.files(names)))


def _qpdf(site: Site, names: Sequence[str]) -> Verdicts:
    told = {}
    for file in site.files(names):
        ran = tools.run("qpdf", "--check", file)
        told[file] = [re.sub(r"\s+", " ", ran.stderr.replace(file, "").strip(" :\n"))] if ran.returncode else []
    return by_name(site, names, told)


def _proof(site: Site, names: Sequence[str]) -> Verdicts:
    return by_name(site, names, {file: FORMATS["pdf"].prove(Path(file).read_bytes()) for file in site.files(names)})


def _look(site: Site, names: Sequence[str]) -> Verdicts:
    return by_name(site, names, {file: unreadable(Path(file)) for file in site.files(names)})


CHECKERS = (
    Checker(
        title="veraPDF",
        judges="pdf",
        rules="PDF/UA-1 and PDF/A-2a, every rule",
        version=tools.verapdf,
        judge=_verapdf,
        made_of=(_HERE, _RUNNER),
        looks=2,
        batch=12,
    ),
    Checker(
        title="page",
        judges="pdf",
        rules="PDF/UA-1 and PDF/A-2a",
        version=lambda: tools.package("page-validation"),
        judge=_page,
        made_of=(_HERE,),
        looks=2,
    ),
    Checker(
        title="outloud",
        judges="pdf",
        rules="What a screen reader is told: PDF/UA-1, WCAG 2.2 and sense",
        version=lambda: tools.package("outloud"),
        judge=_outloud,
        made_of=(_HERE,),
    ),
    Checker(
        title="qpdf",
        judges="pdf",
        rules="Whole and well-formed",
        version=lambda: tools.command("qpdf"),
        judge=_qpdf,
        made_of=(_HERE,),
    ),
    Checker(
        title="Rules of every build, PDF",
        judges="pdf",
        rules="Language, title, bookmarks, headings, tables, links, pictures",
        version=lambda: tools.package("pswkdocs"),
        judge=_proof,
        made_of=(_HERE, *sorted(_PROOF.glob("*.py"))),
        ours=True,
    ),
    Checker(
        title="The page as it looks",
        judges="pdf",
        rules="Contrast of text on its ground as drawn, no text that is read below 12 points",
        version=lambda: f"{tools.package('pswkdocs')} with PDFium {tools.package('pypdfium2')}",
        judge=_look,
        made_of=(_HERE, _LOOK),
        ours=True,
    ),
)
