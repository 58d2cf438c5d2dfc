"""The accessibility statement says what the law prescribes and what is true, and is looked at again each year."""

from __future__ import annotations

import html
import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import CASES, PROJECT, TODAY
from pswkdocs import pipeline
from pswkdocs.checks.accessibility import SOON, a_year_after, late
from pswkdocs.cli import main
from pswkdocs.config import Config
from pswkdocs.model.accessibility import CRITERIA, AccessibilityStatement
from pswkdocs.model.content import Content
from pswkdocs.plan import plan
from pswkdocs.render import Renderer
from test_packs import MEETING, a_project

BASE = CASES / "problems" / "_base"
STATEMENT, AUDIT, PARTNERSHIP = "content/accessibility.yml", "content/audit.yml", "content/partnership.yml"
REGULATIONS = "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
STANDARD = "Web Content Accessibility Guidelines version 2.2 AA standard"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def change(project: Path, file: str, *pairs: tuple[str, str]) -> None:
    text = (project / file).read_text(encoding="utf-8")
    for old, new in pairs:
        assert re.search(old, text, re.DOTALL), old
        text = re.sub(old, new, text, count=1, flags=re.DOTALL)
    (project / file).write_text(text, encoding="utf-8")


def said(project: Path, path: str = "accessibility.md") -> str:
    """What a page says, without markup."""
    edition = plan(pipeline.read(Config(project))[0], "public")
    renderer = Renderer(PROJECT / "templates", project / "build")
    pages = {page: renderer.page(page, edition, ()) for page in edition.pages if page.path.startswith("accessib")}
    text = next(text for page, text in pages.items() if page.path == path)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>|\{:.*?\}", "", text)))


NO_FAULTS = (r"faults:\n.*?(?=burdens:)", "")
NO_EXEMPTIONS = (r"burdens:\n.*?(?=limits:)", "")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ((), f"is partially compliant with the {STANDARD}, due to the non-compliances and exemptions listed below."),
        ((NO_EXEMPTIONS,), f"is partially compliant with the {STANDARD}, due to the non-compliances listed below."),
        ((NO_FAULTS,), f"is partially compliant with the {STANDARD}, due to the exemptions listed below."),
        (
            (("partially", "not"),),
            f"is not compliant with the {STANDARD}. The non-compliances and exemptions are listed",
        ),
        ((NO_FAULTS, NO_EXEMPTIONS, ("partially", "fully")), f"is fully compliant with the {STANDARD}."),
    ],
)
def test_its_status_is_told_in_the_words_of_the_law(
    project: Path, changes: tuple[tuple[str, str], ...], sentence: str
) -> None:
    change(project, AUDIT, (r"    faults:.*", ""))
    change(project, STATEMENT, *changes)
    text = said(project)
    assert f"This website {sentence}" in text
    assert ("## Non-accessible content" in text) == ("fully" not in sentence)


def test_it_says_what_the_law_prescribes(project: Path) -> None:
    text = said(project)
    for words in (
        "# Accessibility statement for Riverside Health Partnership",
        "This accessibility statement applies to this website.",
        "## Feedback and contact information",
        "## Enforcement procedure",
        f"The Equality and Human Rights Commission (EHRC) is responsible for enforcing the {REGULATIONS} (the "
        "‘accessibility regulations’). If you’re not happy with how we respond to your complaint, contact the Equality "
        "Advisory and Support Service (EASS).",
        f"is committed to making its website accessible, in accordance with the {REGULATIONS}.",
        "### Compliance status",
        "The content listed below is non-accessible for the following reasons.",
        "### Non-compliance with the accessibility regulations",
        "This fails WCAG 2.2 success criteria 1.4.5 (Images of Text) and 1.3.1 (Info and Relationships).",
        "### Disproportionate burden",
        "### Content that’s not within the scope of the accessibility regulations",
        "## Preparation of this accessibility statement",
        "This statement was prepared on 1 September 2025. It was last reviewed on 20 September 2025.",
        "This website was last tested on 21 September 2025 against the WCAG 2.2 AA standard.",
        "The test was carried out by the editors.",
    ):
        assert words in text, words


def test_a_missing_contact_is_not_passed_over_and_no_failure_of_wcag(project: Path) -> None:
    assert "hello@riverside.example" in said(project) and "How soon is not stated." in said(project)
    change(project, PARTNERSHIP, (r"contact:\n  email: .*?\n", ""))
    change(project, STATEMENT, NO_FAULTS, NO_EXEMPTIONS)
    (project / AUDIT).unlink()
    text = said(project)
    assert "no contact is stated yet" in text and "The law requires a contact." in text
    assert "No contact is stated yet, so this website does not meet that requirement." in text
    assert f"is partially compliant with the {STANDARD}, because it has not been tested in full." in text
    assert "listed below" not in text
    change(project, STATEMENT, ("partially", "fully"))
    assert "We know of no content that fails a WCAG 2.2 success criterion. No contact" in said(project)


def test_without_a_test_it_says_that_none_is_published(project: Path) -> None:
    (project / AUDIT).unlink()
    edition = plan(pipeline.read(Config(project))[0], "public")
    assert "No full test has been published yet." in said(project) and "last tested on" not in said(project)
    assert "accessibility/tests.md" not in [page.path for page in edition.pages]
    assert "data/audit.json" not in edition.data


def test_an_edition_that_was_not_tested_is_told(project: Path) -> None:
    told = "You are reading version 1 of 31 January 2026"
    assert told in said(project) and told in said(project, "accessibility/tests.md")
    change(project, AUDIT, ("0.9", "1"), ("2025-09-20", "2026-01-31"))
    assert told not in said(project) and told not in said(project, "accessibility/tests.md")


def test_the_tests_are_shown_and_published(project: Path) -> None:
    text = said(project, "accessibility/tests.md")
    for words in (
        "all 12 pages, 96 times in all",
        "2 of 3 PDF documents",
        "3 of 4",
        "7.1: <Figure> has no alternative",
    ):
        assert words in text, words
    file = json.loads(plan(pipeline.read(Config(project))[0], "public").data["data/audit.json"])
    assert [checker["refused"] for checker in file["files"][0]["record"]["checkers"]] == [5, 3]
    change(project, AUDIT, (r"    faults:.*", ""))
    assert "They found nothing wrong." in said(project, "accessibility/tests.md")


def test_criteria_are_those_of_wcag() -> None:
    """31 at level A and 24 at level AA: what version 2.2 dropped is not among them."""
    assert len(CRITERIA) == 55 and "4.1.1" not in CRITERIA
    numbers = [[*map(int, number.split("."))] for number in CRITERIA]
    assert numbers == sorted(numbers)


def test_papers_that_are_pictures_are_told(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    assert not [p for p in pipeline.read(Config(project))[1] if "pictures" in p.message]
    change(project, STATEMENT, ("1.4.5, ", ""), (r"out_of_scope:\n.*?(?=limits:)", ""))
    told = [p for p in pipeline.read(Config(project))[1] if "shows this PDF" in p.message or "pictures" in p.message]
    assert told and all(p.span.path.startswith(MEETING) and p.severity == "warning" for p in told)


@pytest.mark.parametrize(
    ("reviewed", "due"),
    [
        ("2026-11-22", "2027-11-22"),
        ("2027-02-28", "2028-02-28"),
        ("2027-03-01", "2028-03-01"),
        ("2028-02-28", "2029-02-28"),
        ("2028-02-29", "2029-02-28"),
        ("2028-03-01", "2029-03-01"),
        ("2199-12-31", "2200-12-31"),
    ],
)
def test_a_year_ends_on_the_same_day(reviewed: str, due: str) -> None:
    assert a_year_after(date.fromisoformat(reviewed)) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("days", "severities"),
    [(-31, []), (-30, ["warning"]), (0, ["warning"]), (1, ["error"]), (4000, ["error"])],
)
def test_a_review_is_late_after_a_year(content: Content, days: int, severities: list[str]) -> None:
    statement = content.the(AccessibilityStatement)
    found = list(late(content, a_year_after(statement.reviewed) + timedelta(days)))
    told = [problem for problem in found if "review" in problem.message]
    assert [problem.severity for problem in told] == severities
    assert all(problem.span.path == STATEMENT and problem.span.line > 1 for problem in told)
    assert timedelta(days=30) == SOON


def run(project: Path, *arguments: str) -> Any:
    return CliRunner().invoke(main, ["--project", str(project), *arguments])


def test_a_late_review_fails_the_check_and_no_build(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("templates", "mkdocs.yml"):
        (project / name).symlink_to(PROJECT / name)
    told = "content/accessibility.yml:40:11: the accessibility statement was last reviewed on 2025-09-20"
    assert run(project, "check").exit_code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_900_000_000))
    assert run(project, "check").exit_code == 1
    result = run(project, "build")
    assert (result.exit_code, told in result.output) == (0, True), result.output
    assert "This statement was prepared on" in (project / "site/accessibility/index.html").read_text("utf-8")


def test_without_a_day_nothing_is_late(project: Path) -> None:
    change(project, STATEMENT, ("2025-09-01", "1990-01-01"), ("2025-09-20", "1990-01-01"))
    assert not pipeline.read(Config(project))[1]
    assert [p.severity for p in pipeline.read(Config(project, today=TODAY))[1]] == ["warning"]


def test_the_day_is_the_clocks_unless_the_caller_says(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    change(project, STATEMENT, (r"reviewed: \S+", f"reviewed: {date.today()}"))
    assert run(project, "check").exit_code == 0
    change(project, STATEMENT, (r"reviewed: \S+", f"reviewed: {date.today() + timedelta(2)}"))
    assert "a day that has not come yet" in run(project, "check").output
    for wrong in ("soon", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        result = run(project, "check")
        assert (result.exit_code, "needs a number of seconds since 1970" in result.output) == (1, True)
