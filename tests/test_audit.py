"""The audit's own code, on what its checkers really said; and its quick checkers on all that the public is given."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from audit import __main__ as command
from audit import gates, markup, pdf, tools
from audit.browsing import axe_says, of_lighthouse, one_of_each
from audit.checker import Checker, NotThere, Site, Verdict, Verdicts, digest
from audit.look import ratio
from audit.office import sdk_says
from audit.report import Fault, Line, Report, publish, write
from audit.results import Results, Task
from audit.samples import SAMPLES
from audit.served import served
from audit.table import CHECKERS
from click.testing import CliRunner

from conftest import PROJECT
from pswkdocs import pipeline
from pswkdocs.config import Config
from pswkdocs.model.audit import Audit
from pswkdocs.model.partnership import Edition
from pswkdocs.store import write as write_files

NAMED = {checker.title: checker for checker in CHECKERS}

# Gates


def test_checkers_are_held_to_samples_that_there_are() -> None:
    known = {(sample.kind, sample.name) for sample in SAMPLES}
    for title, names in gates.REFUSED.items():
        assert names and {(gates.KINDS[NAMED[title].judges], name) for name in names} <= known, title
    assert {title for title, checker in NAMED.items() if checker.judges != "rest"} == gates.REFUSED.keys()


def test_every_sample_is_refused_by_one() -> None:
    refused = {(gates.KINDS[NAMED[title].judges], name) for title, names in gates.REFUSED.items() for name in names}
    only_in_the_whole = {("page", "no-canonical")}  # the build tells it, which knows where the site stands
    assert {(sample.kind, sample.name) for sample in SAMPLES} - refused == only_in_the_whole


def test_a_checker_that_lets_a_sample_pass_is_told() -> None:
    checker, names = NAMED["qpdf"], [place for place, _ in gates._shown(NAMED["qpdf"])]
    blind = dict.fromkeys(names, Verdict())
    assert gates.let_pass(checker, blind) == ["it lets a PDF whose end is missing pass (the sample `truncated`)"]
    harsh = dict.fromkeys(names, Verdict(("no",)))
    assert gates.let_pass(checker, harsh) == ["it refuses the sample that nothing is wrong with: no"]


# The quick checkers

QUICK = ("page", "The page as it looks", "openxml-audit", "ooxml-integrity", "python-docx", "openxml-audit for ODF")


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    gates.lay_out(folder, {NAMED[title].judges for title in QUICK})
    return folder


@pytest.mark.parametrize("title", QUICK)
def test_quick_checker_refuses_its_samples(title: str, broken: Path) -> None:
    (task,) = gates.tasks([NAMED[title]], broken)
    assert gates.let_pass(NAMED[title], NAMED[title].judge(task.site, task.names)) == []


@pytest.mark.parametrize("title", QUICK)
def test_quick_checker_finds_nothing_wrong_with_documents_for_the_public(title: str, site: Path) -> None:
    names = NAMED[title].subjects(whole := Site(site))
    assert names
    found = NAMED[title].judge(whole, names)
    assert {name: verdict.faults for name, verdict in found.items() if verdict.faults} == {}


def test_contrast_is_counted_as_wcag_does() -> None:
    assert round(ratio((0, 0, 0), (255, 255, 255)), 2) == 21
    assert round(ratio((118, 118, 118), (255, 255, 255)), 2) == 4.54


# What tools say


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has every tool say what one said, without starting any."""

    def say(stdout: str = "", stderr: str = "", status: int = 0) -> None:
        monkeypatch.setattr(tools, "run", lambda *_, **__: CompletedProcess((), status, stdout, stderr))

    return say


def test_verapdf_is_understood(said: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "verapdf_jar", lambda: Path("cli.jar"))
    said(
        "ran\tua1\tgood.pdf\t106\t49502\n"
        "fault\tua1\tbad.pdf\t7.3-1\t2\tFigure structure element neither has an alternate description\n"
        "ran\tua1\tbad.pdf\t106\t30678\n"
    )
    words = "PDF/UA-1 7.3-1, 2 times: Figure structure element neither has an alternate description"
    assert pdf.conforming(["good.pdf", "bad.pdf"], "ua1") == {"good.pdf": {}, "bad.pdf": {"7.3-1": words}}
    with pytest.raises(NotThere, match="veraPDF did not work"):
        pdf.conforming(["good.pdf", "bad.pdf", "forgotten.pdf"], "ua1")


def test_outloud_is_understood(said: Callable[..., None]) -> None:
    findings = [
        {"rule": "ORD-001", "severity": "warning", "message": "1 page(s) paint out of order", "page": 2, "count": 1},
        {"rule": "HDG-002", "severity": "error", "message": "the first heading is H2", "page": 3, "count": 1},
    ]
    results = [
        {"path": "bad.pdf", "error": None, "findings": findings},
        {"path": "cut.pdf", "error": "PdfError: damaged", "findings": []},
    ]
    said(json.dumps({"results": results}), status=1)
    assert pdf.aloud(["bad.pdf", "cut.pdf"]) == {
        "bad.pdf": ["HDG-002: the first heading is H2 (page 3)"],
        "cut.pdf": ["unreadable: PdfError: damaged"],
    }
    said("Traceback")
    with pytest.raises(NotThere, match="outloud did not work"):
        pdf.aloud(["bad.pdf"])


def test_nu_is_understood(said: Callable[..., None]) -> None:
    inline = "Inline script violates Content Security Policy (meta tag): blocked by “script-src” directive"
    messages = [
        {"type": "error", "url": "file:/the%20site/a.html", "lastLine": 150, "message": "Duplicate ID “hours”."},
        {"type": "info", "url": "file:/the%20site/a.html", "lastLine": 9, "message": "The first occurrence was here."},
        {"type": "info", "subType": "warning", "url": "file:/the%20site/a.html", "message": "Duplicate “dt” name."},
        {"type": "info", "subType": "warning", "url": "file:/site/b.html", "lastLine": 194, "message": inline,
         "extract": '<script id="__config" type="application/json">{"a'},
        {"type": "info", "subType": "warning", "url": "file:/site/b.html", "lastLine": 12, "message": inline,
         "extract": "<script>let count = 1;</scr"},
    ]  # fmt: skip
    said(stderr=json.dumps({"messages": messages}))
    assert markup.nu("--html", ["/the site/a.html", "/site/b.html"]) == {
        "/the site/a.html": ["line 150, error: Duplicate ID “hours”.", "warning: Duplicate “dt” name."],
        "/site/b.html": [f"line 12, warning: {inline}"],
    }
    with pytest.raises(NotThere):
        markup.nu("--html", ["/site/b.html"])


def test_others_are_understood() -> None:
    error = {"description": "Attribute 'id' should have unique value.", "path": None, "part": "/word/document.xml"}
    assert sdk_says(error) == "Attribute 'id' should have unique value. (/word/document.xml)"
    violation = {"id": "link-name", "help": "Links must have discernible text", "target": "p > a", "why": "No text"}
    assert axe_says(violation) == "link-name: Links must have discernible text: `p > a`: No text"
    dead = {"address": "http://host/a/", "followed": 5, "dead": ["http://host/b/#gone"]}
    assert markup.of_links(dead, "http://host").faults == ("it links to /b/#gone, which is not there",)


def test_lighthouse_is_held_to_its_line() -> None:
    scores = {"performance": 94, "accessibility": 100, "best-practices": 95, "seo": 80}
    why = {"performance": ["Total Blocking Time, 360 ms"], "accessibility": [], "best-practices": [], "seo": ["No"]}
    verdict = of_lighthouse({"scores": scores, "why": why})
    assert verdict.faults == ("performance 94 of 100, at least 95 is wanted: Total Blocking Time, 360 ms",)
    assert verdict.note == "performance 94, accessibility 100, best-practices 95, seo 80"
    assert not of_lighthouse({"scores": scores | {"performance": 95}, "why": why}).faults


def test_lighthouse_looks_at_one_page_of_each_template(tmp_path: Path) -> None:
    for name, size in (("a.html", 10), ("b.html", 20), ("404.html", 5)):
        (tmp_path / name).write_text("x" * size, encoding="utf-8")
    templates = {"a.html": "priority.html", "b.html": "priority.html"}
    assert one_of_each(Site(tmp_path, templates=templates)) == ["404.html", "b.html"]


# What is kept


def judge(site: Site, names: Sequence[str]) -> Verdicts:
    return {name: Verdict(("it is short",) if (site.folder / name).stat().st_size < 3 else ()) for name in names}


SCALES = Checker("Scales", "pdf", "Weight", lambda: "1", judge, made_of=())


@pytest.fixture
def weigh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Checker], tuple[dict[str, Any], int]]:
    """Judges the PDFs of a folder; says what came of it, and how many had to be looked at."""
    (tmp_path / "a.pdf").write_text("long", encoding="utf-8")
    (tmp_path / "b.pdf").write_text("s", encoding="utf-8")

    def run(checker: Checker) -> tuple[dict[str, Any], int]:
        monkeypatch.setattr("audit.results.CHECKERS", (checker,))
        site, results = Site(tmp_path), Results(tmp_path / "kept")
        task = Task(checker, site, checker.subjects(site))
        (said,) = results.judge([task], lambda _: None).values()
        return {name: verdict.faults for name, verdict in said.items()}, results.fresh

    return run


def test_a_verdict_is_kept_until_the_file_or_the_checker_changes(
    weigh: Callable[[Checker], tuple[dict[str, Any], int]], tmp_path: Path
) -> None:
    first = {"a.pdf": (), "b.pdf": ("it is short",)}
    assert weigh(SCALES) == (first, 2)
    assert weigh(SCALES) == (first, 1), "a fault is made sure of"
    (tmp_path / "b.pdf").write_text("longer", encoding="utf-8")
    assert weigh(SCALES) == ({"a.pdf": (), "b.pdf": ()}, 1)
    assert weigh(SCALES)[1] == 0
    assert weigh(replace(SCALES, version=lambda: "2"))[1] == 2
    (code := tmp_path / "scales.py").write_text("", encoding="utf-8")
    assert weigh(replace(SCALES, made_of=(code,)))[1] == 2


def test_verdicts_without_use_are_forgotten(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("{}", encoding="utf-8")
    Results(tmp_path).forget()
    assert not list(tmp_path.iterdir())


def test_a_site_is_served_below_its_path(tmp_path: Path) -> None:
    for name in ("index.html", "a/index.html", "404.html"):
        write_files(tmp_path, {name: name.encode()})
    site = Site(tmp_path, "https://plans.example/southwark/")
    with served(site) as host:
        for path, status, words in (
            (site.address("index.html"), 200, "index.html"),
            (site.address("a/index.html"), 200, "a/index.html"),
            ("/southwark/gone/", 404, "404.html"),
            ("/a/", 404, "404.html"),
            ("/southwark/../../etc/passwd", 404, "404.html"),
        ):
            connection = HTTPConnection(host.removeprefix("http://"))
            connection.request("GET", path)
            answer = connection.getresponse()
            assert (answer.status, gzip.decompress(answer.read()).decode()) == (status, words), path


def test_a_page_is_looked_at_again_when_its_styles_change(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("", encoding="utf-8")
    (tmp_path / "a.css").write_text("a", encoding="utf-8")
    holds = NAMED["axe-core"].holds
    before = holds(Site(tmp_path), "index.html")
    assert holds(Site(tmp_path), "index.html") == before
    (tmp_path / "a.css").write_text("b", encoding="utf-8")
    assert holds(Site(tmp_path), "index.html") != before


def test_every_verdict_depends_on_our_code_around_it() -> None:
    for checker in CHECKERS:
        assert checker.made_of and all(path.is_file() for path in checker.made_of), checker.title


# What comes of it


def report(*faults: Fault) -> Report:
    vera = Line("veraPDF", "1.31", "pdf", "PDF/UA-1", False, 10, 20, 14, 14, len(faults), 3.0)
    ours = Line("Rules of every build, PDF", "0.1", "pdf", "Rules", True, 10, 10, 14, 14, 0, 1.0)
    held = {"pages": 80, "pdf": 10, "word": 10, "odt": 10, "rest": 50}
    edition = Edition.model_validate({"version": "0.1", "date": "2026-11-22"})
    return Report("Southwark", "public", edition, held, (vera, ours), faults, {"index.html": "performance 99"})


FAULT = Fault("downloads/x.pdf", "7.1-3: content is not tagged", "veraPDF")


def test_what_is_published_is_content_and_names_the_programs_of_others(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    publish(report(), tmp_path / "content/audit.yml", today=date(2026, 11, 22), fresh=True)
    (record,) = pipeline.read(Config(tmp_path))[0].every(Audit)
    assert [(checker.title, checker.runs, checker.refused) for checker in record.checkers] == [("veraPDF", 20, 14)]
    assert record.held.pages == 80 and record.edition.version == "0.1" and not record.found


def test_the_day_is_that_of_the_last_run_that_looked(tmp_path: Path) -> None:
    place, first, later = tmp_path / "audit.yml", date(2026, 11, 22), date(2026, 11, 29)
    assert publish(report(), place, today=first, fresh=True)
    before = place.read_bytes()
    assert not publish(report(), place, today=later, fresh=False) and place.read_bytes() == before
    assert publish(report(), place, today=later, fresh=True) and place.read_bytes() != before
    assert not publish(report(), place, today=later, fresh=True)


def test_the_report_stands_alone(tmp_path: Path) -> None:
    write(report(replace(FAULT, what="<b>untagged</b>")), tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;untagged" in page and "src=" not in page and "href=" not in page
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert told["faults"][0]["checker"] == "veraPDF" and told["edition"]["date"] == "2026-11-22"


@pytest.mark.parametrize(
    ("outcome", "status", "words"),
    [
        (report(), 0, "Nothing is wrong."),
        (report(FAULT), 1, "downloads/x.pdf: 7.1-3: content is not tagged (veraPDF)\n"),
        (NotThere("`qpdf` is not there."), 2, "`qpdf` is not there."),
    ],
    ids=["good", "faults", "no checker"],
)
def test_status(outcome: Report | NotThere, status: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def audit(*_: object) -> Report:
        if isinstance(outcome, NotThere):
            raise outcome
        return outcome

    monkeypatch.setattr(command, "audit", audit)
    result = CliRunner().invoke(command.main)
    assert result.exit_code == status and words in result.output


def test_digests_tell_parts_apart() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc")
