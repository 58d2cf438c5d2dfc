"""Who keeps each page right: where it is edited, and by when it is to be looked at again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from browser import PHONE, WIDE, Visit, served
from conftest import CASES, PROJECT
from pswkdocs import pipeline
from pswkdocs.cli import main
from pswkdocs.config import Config
from pswkdocs.model.record import Audience
from pswkdocs.plan import plan
from pswkdocs.render import Renderer
from test_axe import violations

BASE = CASES / "problems/_base"
FALLS = "content/riverside-plan/priorities/falls.yml"
LONELINESS = "content/riverside-plan/priorities/loneliness.yml"
CHARTER = "content/riverside-charter/charter.yml"
REPOSITORY = "https://forge.example/riverside/plan/blob/main/"
FILE = re.compile(r'data-file="([^"]+):(\d+)"')


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def add(project: Path, file: str, *lines: str) -> None:
    """Fields at the head of a file."""
    path = project / file
    path.write_text("".join(f"{line}\n" for line in lines) + path.read_text())


def pages(project: Path, audience: Audience = "public", *, desk: str = "") -> dict[str, str]:
    """What each page says."""
    content, _ = pipeline.read(Config(project))
    edition = pipeline.drawn(plan(content, audience, desk=desk), PROJECT / "templates")
    renderer = Renderer(PROJECT / "templates", project / "work")
    return {page.path: renderer.page(page, edition, ()) for page in edition.pages}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-03-04", ""),
        ("2026-03-03", "this is to be reviewed by 2026-03-03 (owner: The falls team)"),
        ("2026-02-01", "this is to be reviewed by 2026-02-01 (owner: The falls team)"),
        ("2026-01-31", "this was to be reviewed by 2026-01-31 (owner: The falls team)"),
    ],
)
def test_check_tells_what_is_due_from_thirty_days_before(project: Path, day: str, told: str) -> None:
    add(project, FALLS, "owner: The falls team", f"review_by: {day}")
    result = CliRunner().invoke(main, ["--project", str(project), "check"])
    assert result.exit_code == 0
    assert (f"{FALLS}:2:12: warning: {told}" in result.output) if told else result.output == "No problem found.\n"


def test_a_page_says_by_when_it_is_reviewed_and_where_the_edition_is_later_that_it_was_not(project: Path) -> None:
    add(project, FALLS, "review_by: 2020-03-31")
    add(project, LONELINESS, "owner: The company board", "review_by: 2199-03-31")
    made = pages(project)
    due, later = made["priorities/falls.md"], made["priorities/loneliness.md"]
    assert "This page was to be reviewed by 31 March 2020" in due
    assert "hidden" not in due.split("REVIEW DUE")[0].rpartition("<div")[2]
    assert "To be reviewed by 31 March 2199 (owner: The company board)" in later
    assert 'data-until="2199-03-31" hidden' in later
    assert not [path for path, text in made.items() if "REVIEW DUE" in text and text not in (due, later)]


def test_owners_have_a_list_with_what_is_past_first(project: Path) -> None:
    add(project, LONELINESS, "owner: The company board", "review_by: 2199-03-31")
    add(project, FALLS, "review_by: 2020-03-31")
    told = pages(project)["gaps.md"].split("To be reviewed")[1]
    rows = re.findall(
        r"<tr><th scope=\"row\"><a [^>]+>([^<]+)</a></th><td[^>]+>(.*?)</td><td[^>]+>(.*?)</td></tr>", told
    )
    assert rows == [
        ("Fewer falls", '31 March 2020 <b class="status-word">PAST</b>', "not stated"),
        ("Less loneliness", "31 March 2199", "The company board"),
    ]


@pytest.mark.parametrize("audience", ["public", "staff"])
def test_every_page_and_record_leads_to_its_line(project: Path, audience: Audience) -> None:
    add(project, "content/partnership.yml", f"repository: {REPOSITORY}")
    made = pages(project, audience)
    edits = {
        path: re.findall(rf'<a href="{REPOSITORY}([^"#]+)#L(\d+)">Edit this page</a>', text)
        for path, text in made.items()
    }
    assert edits["charter.md"] == [(CHARTER, "1")]
    assert edits["plan/objectives.md"] != edits["plan/today.md"]
    gathered = {path for path, found in edits.items() if not found}  # what shows no file, but parts of several
    assert {path.partition("/")[0] for path in gathered} == {
        *("downloads.md", "enablers", "gaps.md", "meetings", "priorities", "publications.md", "registers"),
    }
    assert all(len(found) < 2 for found in edits.values())
    count = 0
    for text in made.values():
        for element, file, line in re.findall(r'(?: id="|\{: #)([^" ]+)"? data-file="([^"]+):(\d+)"', text):
            assert f"id: {element}" in (project / file).read_text().splitlines()[int(line) - 1]
            count += 1
        assert text.count('data-file="') == len(FILE.findall(text))
    assert count > 100


def test_the_public_is_shown_no_lines_where_no_repository_is_stated(project: Path) -> None:
    public, staff = pages(project), pages(project, "staff")
    assert not [path for path, text in public.items() if FILE.search(text) or "Edit this page" in text]
    assert f"For editors: <code>{CHARTER}</code>" in public["charter.md"]
    assert f"For editors: <code>{CHARTER}:1</code>" in staff["charter.md"]
    assert FILE.search(staff["charter.md"])
    previewed = pages(project, desk="/preview/file?")["charter.md"]
    assert FILE.search(previewed) and f'href="/preview/file?{CHARTER}#L1">Edit this page' in previewed


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, with a repository and a page to be reviewed."""
    project = tmp_path_factory.mktemp("upkeep")
    shutil.copytree(BASE, project, dirs_exist_ok=True)
    shutil.copytree(PROJECT / "templates", project / "templates")
    shutil.copy(PROJECT / "mkdocs.yml", project)
    add(project, "content/partnership.yml", f"repository: {REPOSITORY}")
    add(project, FALLS, "review_by: 2100-03-31")
    return pipeline.build(Config(project)).site


@pytest.fixture
def reader(site: Path, browser: Browser) -> Iterator[Visit]:
    with served(site) as address:
        reader = Visit(browser, address, viewport=WIDE, reduced_motion="reduce")
        reader.context.add_init_script(AXE_SCRIPT)
        yield reader
        reader.context.close()
        assert reader.faults == []


@pytest.mark.parametrize(("today", "shown"), [("2100-03-31T09:00", False), ("2100-04-01T09:00", True)])
def test_a_reader_is_told_once_the_day_has_passed(reader: Visit, today: str, shown: bool) -> None:
    reader.page.clock.set_fixed_time(today)
    page = reader.open("priorities/falls/")
    expect(page.locator("h1 + .status-review")).to_be_visible(visible=shown)


@pytest.mark.parametrize("kind", ["charter/", "priorities/falls/", "meetings/board-2025-09-10/", "registers/people/"])
def test_links_to_edit_each_part_come_only_when_they_are_wanted(reader: Visit, kind: str) -> None:
    page = reader.open(kind)
    expect(page.locator(".edit")).to_have_count(0)
    button = page.get_by_role("button", name="Show where to edit each part")
    button.click()
    expect(page.locator(".edit")).to_have_count(page.locator("[data-file]:not(span)").count())
    assert page.locator(".edit").count() >= 1
    names = page.locator(".edit a").evaluate_all("(all) => all.map((link) => link.textContent)")
    assert all(len(name) > len("Edit: ") for name in names), names
    for link in page.locator(".edit a").all()[:3]:
        assert re.fullmatch(rf"{REPOSITORY}content/[a-z0-9/.-]+#L\d+", link.get_attribute("href") or "")
    for window in (WIDE, PHONE):
        page.set_viewport_size(window)
        page.wait_for_timeout(50)
        assert list(violations(reader, f"{kind} at {window['width']}")) == []
    page.reload()
    expect(page.locator(".edit").first).to_be_attached()
    page.get_by_role("button", name="Show where to edit each part").click()
    expect(page.locator(".edit")).to_have_count(0)


def test_nothing_is_wider_than_a_phone_with_all_links(site: Path, browser: Browser) -> None:
    with served(site) as address:
        reader = Visit(browser, address, viewport=PHONE)
        page = reader.open("charter/")
        page.locator(".edits").click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        reader.context.close()
