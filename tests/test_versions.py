"""Versions: what was published stays, links to it never die, and a publication is whole or not there."""

from __future__ import annotations

import fcntl
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from click.testing import CliRunner, Result
from lxml import etree, html
from playwright.sync_api import Browser, expect

from browser import PHONE, WIDE, Visit, served
from pswkdocs import pipeline, proof
from pswkdocs.changes.told import Changes
from pswkdocs.checks.file import TAKEN
from pswkdocs.cli import completing, main
from pswkdocs.config import Config
from pswkdocs.model.retired import Retirement
from pswkdocs.versions.permanent import Ever, Known, heir, merged, moved, read, write
from pswkdocs.versions.since import Since, dated
from test_axe import violations
from test_build import SMALL, edit, project_in

FIRST, SECOND, THIRD = "2026-01", "2026-02", "2026-03"
MONTHS = ((THIRD, "March"), (SECOND, "February"), (FIRST, "January"))
DAY = {"SOURCE_DATE_EPOCH": "1771000000"}  # in February 2026, when the small content is not late
HELP = "content/pages/help.yml"
CLAUSE = """
          - id: first-sums
            letter: a
            text: Sums of charities.
            source: town-plan L47
""".removeprefix("\n")
RETIRED = """
id: retired
audience: public
title: Ids that are no longer in use
summary: What had an id that was published, and what took its place.
source: editors
entries:
  - was: loneliness
    title: Loneliness
    gone: 2026-02-28
    now: company
    why: The priority is about company, and is called so.
    source: editors
"""
DROPPED = """
  - was: help
    title: How to get help
    gone: 2026-03-01
    why: The council tells it better.
    source: editors
"""


def git(project: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=project, check=True, capture_output=True, text=True).stdout.strip()


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), *arguments], env=DAY, catch_exceptions=False)


def commit(project: Path, version: str) -> None:
    text = (project / "content/partnership.yml").read_text(encoding="utf-8")
    text = re.sub(r'version: "[^"]+"', f'version: "{version}"', text)
    text = re.sub(r"( +)date: .*", rf"\1date: {version}-28", text)
    (project / "content/partnership.yml").write_text(text, encoding="utf-8")
    git(project, "add", "-A")
    git(project, "commit", "-qm", version)


def publish(project: Path, version: str, note: str = "What readers find changed.") -> Result:
    return run(project, "publish", version, "--note", note)


def repository(folder: Path) -> Path:
    project = project_in(folder)
    (project / ".gitignore").write_text("build/\n/published/\n")
    git(project, "init", "-q", "-b", "main")
    git(project, "config", "user.name", "Editor")
    git(project, "config", "user.email", "editor@example.org")
    commit(project, FIRST)
    return project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of the small content, with nothing published yet."""
    return repository(tmp_path)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with three versions: a priority gets another id, then goes; a clause is put before others."""
    project = repository(tmp_path_factory.mktemp("history"))
    told = publish(project, FIRST)
    assert told.exit_code == 0, told.output
    content = project / "content"
    for path in content.rglob("*.yml"):
        path.write_text(re.sub(r"\bloneliness\b", "company", path.read_text(encoding="utf-8")), encoding="utf-8")
    folder = content / "riverside-plan/priorities"
    (folder / "loneliness.yml").rename(folder / "company.yml")
    (content / "registers/retired.yml").write_text(RETIRED.lstrip(), encoding="utf-8")
    charter = content / "riverside-charter/charter.yml"
    edit(charter, "letter: b", "letter: c")
    edit(charter, "letter: a", "letter: b")
    edit(charter, "subclauses:\n", f"subclauses:\n{CLAUSE}")
    commit(project, SECOND)
    told = publish(project, SECOND)
    assert told.exit_code == 0, told.output
    (content / "pages/help.yml").unlink()
    (content / "registers/retired.yml").write_text((RETIRED + DROPPED).replace("\n\n", "\n").lstrip(), encoding="utf-8")
    commit(project, THIRD)
    told = publish(project, THIRD)
    assert told.exit_code == 0, told.output
    return project


@pytest.fixture(scope="module")
def tree(history: Path) -> Path:
    """All that was published, as a host serves it."""
    told = run(history, "export", str(history / "published"))
    assert told.exit_code == 0, told.output
    return history / "published"


# Publishing


def test_versions_are_listed_with_all_that_proves_them(history: Path) -> None:
    told = run(history, "versions").output
    assert told.index(THIRD) < told.index(SECOND) < told.index(FIRST)
    assert f"{THIRD} = latest, 28 March 2026, commit {git(history, 'rev-parse', 'HEAD')[:10]}" in told
    assert "What readers find changed." in told
    assert re.search(r"[0-9a-f]{64}  riverside-plan.docx", told) and ".html" not in told


def test_a_published_version_never_changes(history: Path) -> None:
    commits = git(history, "log", "--format=%H", "--reverse", "gh-pages").split()
    folders = [git(history, "rev-parse", f"{commit}:{FIRST}") for commit in commits]
    assert len(commits) == 3 and len(set(folders)) == 1


REFUSED: dict[str, tuple[Callable[[Path], object], tuple[str, ...], str]] = {
    "a published name": (lambda project: None, (FIRST, "--note", "x"), "what is published stays"),
    "what is not committed": (
        lambda project: (project / "content/new.yml").write_text("id: new\n"),
        (SECOND, "--note", "x"),
        "not all of it is committed: content/new.yml",
    ),
    "what git ignores": (
        lambda project: (
            shutil.copy(project / HELP, project / "content/pages/more.yml"),
            (project / ".git/info/exclude").write_text("more.yml\n"),
        ),
        (SECOND, "--note", "x"),
        "not all of it is committed: content/pages/more.yml",
    ),
    "no note on what changed": (
        lambda project: (edit(project / HELP, "How to get help", "How to find help"), commit(project, SECOND)),
        (SECOND,),
        "a public note is missing: 1 change (1 changed) in: How to find help.",
    ),
    "a note that no feed can hold": (lambda project: None, (SECOND, "--note", "a\x0bb"), "a public note is missing"),
    "a name that sorts before": (
        lambda project: None,
        ("2025-12", "--note", "x"),
        f"2025-12 would stand before {FIRST}",
    ),
    "another alias": (lambda project: None, (SECOND, "--note", "x", "--alias", "newest"), "holds now is in `latest`"),
    "a name that is a path": (lambda project: None, ("../x", "--note", "x"), "cannot name a version"),
}


@pytest.mark.parametrize(
    ("page", "version"),
    [
        ("latest/charter/index.html", SECOND),
        ("latest/enablers/workforce/index.html", FIRST),
        ("latest/accessibility/index.html", FIRST),
        (f"{THIRD}/charter/index.html", SECOND),
        (f"{SECOND}/charter/index.html", SECOND),
        (f"{FIRST}/charter/index.html", FIRST),
    ],
)
def test_a_page_says_in_which_version_it_changed_last(tree: Path, page: str, version: str) -> None:
    """A frozen copy says what was true then; the first version has no page of changes to lead to."""
    (link,) = html.parse(tree / page).xpath("//aside[@class='upkeep']/p[starts-with(., 'Last changed in')]/a")
    assert link.text == f"{version} (28 {dict(MONTHS)[version]} 2026)"
    leads_to = (tree / page).parent / link.get("href")
    told = f"{version}/changes" if version != FIRST else f"{page.split('/')[0]}/versions"
    assert leads_to.resolve() == tree / told


def test_a_site_that_nobody_published_says_nothing_of_versions(project: Path) -> None:
    assert run(project, "build").exit_code == 0
    assert "Last changed in" not in (project / "site/charter/index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = repository(tmp_path_factory.mktemp("once"))
    told = publish(project, FIRST)
    assert told.exit_code == 0, told.output
    return project


@pytest.mark.parametrize("case", REFUSED)
def test_it_refuses(case: str, published_once: Path, tmp_path: Path) -> None:
    shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)
    before, (spoil, arguments, said) = git(tmp_path, "rev-parse", "gh-pages"), REFUSED[case]
    spoil(tmp_path)
    told = run(tmp_path, "publish", *arguments)
    assert told.exit_code == 1 and said in told.output
    assert told.output.endswith("Nothing was published.\n")
    assert git(tmp_path, "rev-parse", "gh-pages") == before


def test_it_says_what_the_repository_lacks(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert "Nothing was published yet." in run(project, "versions").output
    assert "nothing was published yet" in run(project, "export", str(project / "published")).output
    shallow = tmp_path_factory.mktemp("shallow")
    commit(project, SECOND)
    git(shallow, "clone", "-q", "--depth", "1", f"file://{project}", "clone")
    assert "git fetch --unshallow" in publish(shallow / "clone", SECOND).output
    assert publish(project, SECOND).exit_code == 0
    git(shallow, "clone", "-q", "--single-branch", f"file://{project}", "single")
    assert "git fetch origin gh-pages:gh-pages" in publish(shallow / "single", THIRD).output
    shutil.rmtree(project / ".git")
    assert "this folder is in no git repository" in publish(project, SECOND).output


def test_a_full_disk_is_told_and_leaves_what_was_published(published_once: Path, tmp_path: Path) -> None:
    shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)
    before = git(tmp_path, "rev-parse", "gh-pages")
    commit(tmp_path, SECOND)
    room = 1_500_000  # enough for each file of the site, but not for what git makes of all of them
    command = [sys.executable, "-m", "pswkdocs", "--project", str(tmp_path), "publish", SECOND, "--note", "x"]
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room))
    told = subprocess.run(command, env={**os.environ, **DAY}, preexec_fn=limit, capture_output=True, text=True)
    assert told.returncode == 1 and told.stderr.endswith("1 problem. Nothing was published.\n"), told.stderr
    assert "git did not take it" in told.stderr and "Traceback" not in told.stderr
    assert git(tmp_path, "rev-parse", "gh-pages") == before
    assert publish(tmp_path, SECOND).exit_code == 0


def test_versions_can_be_compared_by_their_names(history: Path) -> None:
    told = run(history, "diff", FIRST, SECOND).output
    assert "Sums of charities." in told
    assert run(history, "diff", SECOND, "latest").exit_code == 0


def test_any_content_can_be_published(project: Path) -> None:
    """The content need not name the version; without a change nor an earlier version, no note is needed."""
    assert run(project, "publish", SECOND).exit_code == 0
    assert run(project, "publish", THIRD).exit_code == 0
    told = run(project, "versions").output
    assert re.search(f"{THIRD} = latest, 13 February 2026, .*\n    Readers find nothing changed.", told)
    assert re.search(f"{SECOND}, 13 February 2026, .*\n    The first version.", told)
    about = json.loads(git(project, "show", f"gh-pages:{THIRD}/edition.json"))
    assert (about["version"], about["date"]) == (THIRD, "2026-02-13")


def test_a_version_that_no_program_reads_any_more_does_not_stop_the_next(published_once: Path, tmp_path: Path) -> None:
    shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)
    manifest = json.loads(git(tmp_path, "show", f"gh-pages:{FIRST}/manifest.json"))
    git(tmp_path, "checkout", "-q", "--orphan", "old")
    edit(tmp_path / HELP, "introduction:", "opening_words:")
    git(tmp_path, "commit", "-qam", "As it was once written")
    manifest["commit"] = git(tmp_path, "rev-parse", "HEAD")
    git(tmp_path, "checkout", "-q", "gh-pages", "--")
    (tmp_path / FIRST / "manifest.json").write_text(json.dumps(manifest))
    git(tmp_path, "commit", "-qam", "Made of older content")
    git(tmp_path, "checkout", "-q", "main", "--")
    told = run(tmp_path, "diff", FIRST)
    assert told.exit_code == 1 and "not as today’s program reads it" in told.output
    assert "take the program of that time to read it" in told.output
    assert "a public note is missing: what changed cannot be listed" in run(tmp_path, "publish", SECOND).output
    assert publish(tmp_path, SECOND).exit_code == 0
    page = git(tmp_path, "show", f"gh-pages:{SECOND}/changes/index.html")
    assert "made by an older program" in page and "cannot be listed" in page


def test_a_reader_who_has_seen_enough_is_no_mistake(history: Path) -> None:
    command = [sys.executable, "-m", "pswkdocs", "--project", str(history), "versions"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""


def test_two_at_once_do_not_meet(project: Path) -> None:
    with open(project / ".git/pswkdocs.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another publication is under way" in publish(project, FIRST).output


# Where a publication can be killed: before git is told of it, in the middle of a file, and at its end.
KILLED = """
import os, sys
from mike import git_utils
from pswkdocs.cli import main
from pswkdocs.model.retired import Retirement
from pswkdocs.versions.permanent import Ever, Known, heir, merged, moved, read, write
from pswkdocs.versions.since import Since, dated
where, count = sys.argv.pop(1), 0
original = git_utils.Commit.add_file
def add(self, file):
    global count
    count += 1
    if where == "first" or where == "middle" and count == 200:
        os.kill(os.getpid(), 9)
    original(self, file)
git_utils.Commit.add_file = add
if where == "end":
    git_utils.Commit.finish = lambda self: os.kill(os.getpid(), 9)
main()
"""


@pytest.mark.parametrize("where", ["first", "middle", "end"])
def test_killed_it_leaves_what_was_published(where: str, published_once: Path, tmp_path: Path) -> None:
    shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)
    before = git(tmp_path, "rev-parse", "gh-pages")
    commit(tmp_path, SECOND)
    arguments = ["--project", str(tmp_path), "publish", SECOND, "--note", "x"]
    killed = subprocess.run([sys.executable, "-c", KILLED, where, *arguments], env={**os.environ, **DAY})
    assert killed.returncode == -signal.SIGKILL
    assert git(tmp_path, "rev-parse", "gh-pages") == before
    git(tmp_path, "fsck", "--connectivity-only")
    assert publish(tmp_path, SECOND).exit_code == 0
    assert run(tmp_path, "versions").output.count("commit ") == 2


# What is published


def test_a_manifest_names_what_differs(tree: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "verify", str(tree)).exit_code == 0
    copy = tmp_path / "copy"
    shutil.copytree(tree / SECOND, copy)
    (copy / "index.html").write_text("other")
    (copy / "charter/index.html").unlink()
    (copy / "more.html").write_text("more")
    same = (copy / "edition.json").read_bytes()
    (copy / "edition.json").write_bytes(same.replace(b"2", b"3", 1))
    told = run(tmp_path, "verify", str(copy))
    assert told.exit_code == 1
    for said in (
        "index.html: error: it has 5 bytes",
        "charter/index.html: error: it is missing",
        "more.html: error: it was not published",
        "edition.json: error: it is as long as what was published, but it is something else",
    ):
        assert said in told.output
    with served(tree) as address:
        assert "are as they were published" in run(tmp_path, "verify", address).output
        assert "no published version is here" in run(tmp_path, "verify", f"{address}none/").output
    for nowhere in (address, "http://h:ab/", "http://exa mple/"):
        assert "could not be fetched" in run(tmp_path, "verify", nowhere).output
    for name in ("/etc/passwd", "../../etc/passwd", "//evil/x", "https://evil/x"):
        (copy / "manifest.json").write_text(json.dumps({"files": {name: {"bytes": 1, "sha256": ""}}}))
        assert "this is no manifest" in run(tmp_path, "verify", str(copy)).output
    for odd in ('{"files": {"index.html": ["bytes", "sha256"]}}', "[" * 100_000):
        (copy / "manifest.json").write_text(odd)
        assert "this is no manifest" in run(tmp_path, "verify", str(copy)).output
    (copy / "versions.json").write_text('[{"version": 1, "aliases": []}]')
    assert "no published version is here" in run(tmp_path, "verify", str(copy)).output


def test_a_person_is_told_what_is_published(published_once: Path) -> None:
    """`show` says since when; a version that is mistyped is guessed; the Tab key knows versions and aliases."""
    content = pipeline.read(Config(published_once))[0]
    key = next(key for key, it in content.addresses.items() if it.kind == "priority")
    assert f"since version {FIRST}" in run(published_once, "show", key).output
    mistyped = f"{FIRST[:-1]}x"
    assert f"Did you mean `{FIRST}`?" in run(published_once, "diff", mistyped).output
    assert f"Did you mean `{FIRST}`?" in run(published_once, "withdraw", mistyped, "--reason", "x").output
    assert list(completing.versions(published_once, "")) == [FIRST, "latest"]


def test_a_withdrawn_version_keeps_its_text(published_once: Path, tmp_path: Path) -> None:
    shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)
    assert "there is no version 2020" in run(tmp_path, "withdraw", "2020", "--reason", "x").output
    assert "a reason is missing" in run(tmp_path, "withdraw", FIRST).output
    assert run(tmp_path, "withdraw", FIRST, "--reason", "A figure <was> wrong.").exit_code == 0
    assert "is withdrawn already" in run(tmp_path, "withdraw", FIRST, "--reason", "x").output
    assert "Withdrawn: A figure <was> wrong." in run(tmp_path, "versions").output
    page = git(tmp_path, "show", f"gh-pages:{FIRST}/charter/index.html")
    assert "This version is withdrawn.</strong> A figure &lt;was&gt; wrong." in page
    assert "The council will pay on time." in page
    listed = git(tmp_path, "show", "gh-pages:latest/versions/index.html")
    assert "<strong>Withdrawn:</strong> A figure &lt;was&gt; wrong." in listed
    feed = etree.fromstring(git(tmp_path, "show", "gh-pages:feed.xml").encode())
    assert feed.findtext("{*}entry/{*}summary") == "Withdrawn: A figure <was> wrong."
    assert feed.findtext("{*}updated") == feed.findtext("{*}entry/{*}updated") == "2026-02-13T00:00:00+00:00"
    assert ", withdrawn" in json.loads(git(tmp_path, "show", "gh-pages:versions.json"))[0]["title"]
    run(tmp_path, "export", str(tmp_path / "published"))
    told = run(tmp_path, "verify", str(tmp_path / "published"))
    assert told.exit_code == 0, told.output
    (tmp_path / "published/404.html").write_text("other")
    next((tmp_path / "published/id").rglob("*.html")).unlink()
    (tmp_path / "published/extra.html").write_text("other")
    told = run(tmp_path, "verify", str(tmp_path / "published")).output
    assert told.count(": error: ") == 3 and "404.html" in told and "/id/" in told and "extra.html" in told


def test_line_ends_of_the_machine_are_not_published(published_once: Path, tmp_path: Path) -> None:
    shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)
    git(tmp_path, "config", "core.autocrlf", "true")
    run(tmp_path, "export", str(tmp_path / "published"))
    assert run(tmp_path, "verify", str(tmp_path / "published")).exit_code == 0
    assert run(tmp_path, "withdraw", FIRST, "--reason", "x").exit_code == 0
    assert "\r" not in git(tmp_path, "show", f"gh-pages:{FIRST}/charter/index.html")


def test_a_record_cannot_go_without_a_word(published_once: Path, tmp_path: Path) -> None:
    shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)
    (tmp_path / "content/pages/help.yml").unlink()
    told = run(tmp_path, "check")
    assert told.exit_code == 1
    said = "content/registers/retired.yml:1:1: error: `help` (hand page “How to get help”) was published in version"
    assert said in told.output
    commit(tmp_path, SECOND)
    assert "`help`" in publish(tmp_path, SECOND).output


def test_no_file_can_take_an_address_of_the_site(tree: Path) -> None:
    files = (tree.parent / "content").rglob("*.yml")
    own = {id for path in files for id in re.findall(r"^id: (\S+)", path.read_text(encoding="utf-8"), re.M)}
    roots = (tree, tree / FIRST, tree / THIRD)
    folders = {path.name for root in roots for path in root.iterdir() if path.is_dir()}
    assert len(folders) > 20 and folders - own - {FIRST, SECOND, THIRD, "latest", "help"} <= TAKEN


def test_changes_are_told_and_marked(tree: Path) -> None:
    page = " ".join(re.sub("<[^>]+>", "", (tree / SECOND / "changes/index.html").read_text(encoding="utf-8")).split())
    assert "The former clauses 2.1(a) and 2.1(b) renumbered 2.1(b) and 2.1(c)" in page and "Sums of charities." in page
    with zipfile.ZipFile(tree / SECOND / "downloads/riverside-charter-changes.docx") as file:
        marked = file.read("word/document.xml").decode()
    assert re.search(r'<w:ins [^>]*w:author="Editor"[^>]*w:date="2\d{3}-', marked)
    beside = (tree / SECOND / "charter/index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="[^"]*/(riverside-charter[^"/]*docx)"', beside) == [
        "riverside-charter.docx",
        "riverside-charter-changes.docx",
    ]
    alone = (tree / SECOND / "changes/riverside-charter/index.html").read_text(encoding="utf-8")
    assert "Sums of charities." in alone and "Less company" not in alone
    assert re.findall(r'href="[^"]*/([^/"]+-changes\.docx)"', alone) == ["riverside-charter-changes.docx"]
    feed = etree.parse(tree / "feed.xml").getroot()
    entries = feed.findall("{*}entry")
    assert [entry.findtext("{*}title") for entry in entries] == [f"Version {v} (28 {m} 2026)" for v, m in MONTHS]
    for link in feed.iterfind(".//{*}entry/{*}link"):
        assert (tree / urlsplit(link.get("href")).path.lstrip("/") / "index.html").is_file()


# Links


def test_every_address_that_was_published_leads_somewhere(tree: Path) -> None:
    def pages(folder: str) -> set[Path]:
        return {path.relative_to(tree / folder) for path in (tree / folder).rglob("*.html")}

    now, ids = pages("latest"), pages("id")
    for version in (FIRST, SECOND, THIRD):
        assert not {page for page in pages(version) - now if page.parts[0] != "id"}
        assert not pages(f"{version}/id") - ids


LEADS = {
    "id/priority/loneliness/": "latest/priorities/company/",
    "id/outcome/loneliness/good-friends/": "latest/priorities/company/#good-friends",
    f"{FIRST}/id/priority/loneliness/": f"{FIRST}/priorities/loneliness/",
    "id/subclause/riverside-charter/small-sums/": "latest/charter/#small-sums",
    "id/charter/2.1/a/": "latest/charter/#first-sums",
    f"{FIRST}/id/charter/2.1/a/": f"{FIRST}/charter/#small-sums",
    "latest/priorities/loneliness/#good-friends": "latest/priorities/company/#good-friends",
    "latest/changes/riverside-charter/": "latest/changes/",
    "": "latest/",
}


@pytest.mark.parametrize("old", LEADS)
def test_an_old_link_leads_to_where_it_stands(old: str, tree: Path, browser: Browser) -> None:
    with served(tree) as address:
        reader = Visit(browser, address)
        reader.open(old).wait_for_url(address + LEADS[old])
        assert not reader.faults


def test_what_is_gone_says_what_it_was(tree: Path, browser: Browser) -> None:
    with served(tree) as address:
        reader = Visit(browser, address, viewport=WIDE)
        for path in ("id/hand-page/help/", "latest/help/"):
            page = reader.open(path)
            expect(page.locator("h1")).to_have_text("How to get help")
            page.get_by_role("link", name=f"in version {SECOND}").click()
            page.wait_for_url(f"{address}{SECOND}/help/", wait_until="networkidle")
        assert not reader.faults


def test_versions_can_be_changed_on_every_page(tree: Path, browser: Browser) -> None:
    with served(tree) as address:
        page = (reader := Visit(browser, address, viewport=WIDE)).open("latest/charter/#small-sums")
        page.get_by_label("This page in version").select_option(FIRST)
        page.get_by_role("button", name="Show").click()
        page.wait_for_url(f"{address}{FIRST}/charter/#small-sums")
        expect(page.locator(".md-banner")).to_contain_text(f"This is version {FIRST}")
        page.get_by_role("link", name="See this page as it is now").click()
        page.wait_for_url(f"{address}latest/charter/")
        assert not [fault for fault in reader.faults if "404" in fault]
        reader.open("latest/priorities/company/").get_by_label("This page in version").select_option(FIRST)
        page.get_by_role("button", name="Show").click()
        page.wait_for_url(f"{address}{FIRST}/")


def test_only_what_holds_now_is_for_search_engines(tree: Path) -> None:
    def head(path: str) -> str:
        return (tree / path / "charter/index.html").read_text(encoding="utf-8").partition("<body")[0]

    assert 'content="noindex"' in head(FIRST) and 'content="noindex"' in head(THIRD) and "noindex" not in head("latest")
    assert {re.findall('rel="canonical" href="([^"]+)"', head(path))[0] for path in (FIRST, THIRD, "latest")} == {
        "https://riverside.example/latest/charter/"
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_what_stands_around_versions(tree: Path, browser: Browser, scheme: str) -> None:
    with served(tree) as address:
        reader = Visit(browser, address, viewport=WIDE, color_scheme=scheme)
        reader.context.add_init_script(AXE_SCRIPT)
        found = []
        for path in ("latest/versions/", "latest/changes/", f"{FIRST}/charter/", "id/hand-page/help/", "404.html"):
            page = reader.open(path)
            for window in (WIDE, PHONE):
                page.set_viewport_size(window)
                page.wait_for_timeout(50)
                found += violations(reader, f"{path} at {window['width']}")
    assert not found, "\n".join(found)


def test_pages_around_versions_are_proven_too(tree: Path) -> None:
    for name in ("404.html", "index.html", "id/hand-page/help/index.html", "id/priority/company/index.html"):
        assert not list(proof.pages.faults((tree / name).read_bytes())), name


# What three versions leave behind


def known(**places: str) -> Ever:
    """Records by their ids, each with its place."""
    records = {key.replace("__", "/"): Known("clause", key, place, "1", (place,)) for key, place in places.items()}
    return Ever(records, {})


def test_every_page_of_a_record_leads_on_for_ever() -> None:
    first, second, third = known(a="one/", b="one/#b"), known(a="two/", b="two/#b"), known(a="", b="three/#b")
    ever = merged(merged(first, second), third)
    pages = {page: found and found.page for page, (_, found) in moved(ever, third, {}).items()}
    assert pages == {"one/": "", "two/": ""}


def test_an_address_outlives_its_number() -> None:
    first = Ever(known(old="c/#old", new="c/#new").records, {"charter/3.1": "old", "charter/3.2": "new"})
    second = Ever(known(new="c/#new").records, {"charter/3.1": "new"})
    assert merged(first, second).addresses == {"charter/3.1": "new", "charter/3.2": "new"}
    assert read(write(merged(first, second))) == merged(first, second)


def test_what_was_published_before_versions_kept_it_is_read() -> None:
    """Nobody knows when a record changed that an older program published; what changes from then on is known."""
    place = {"kind": "clause", "title": "clause 1", "place": "charter/#a", "version": "1", "places": ["charter/#a"]}
    was = read(json.dumps({"records": {"charter/a": place}, "addresses": {}}).encode())
    assert was.records["charter/a"].changed == ""
    now = known(charter__a="charter/#a", charter__b="charter/#b")
    content = pipeline.read(Config(SMALL))[0]
    records = dated(now, was, Since(None, Changes(())), content).records
    assert (records["charter/a"].changed, records["charter/b"].changed) == ("", "1")
    assert read(write(Ever(records, {}))).records == records


def test_what_replaced_a_record_is_found() -> None:
    def gone(was: str, now: str | None) -> Retirement:
        return Retirement(was=was, title=was, gone="2026-01-31", now=now, why="So.", source="editors")

    now = known(c="c/", c__kept="c/#kept")
    told = (gone("a", "b"), gone("b", "c"), gone("z", None), gone("x", "y"), gone("y", "x"))
    retired = {each.was: each for each in told}
    found = {key: heir(key, now, retired) for key in ("c", "a", "a/kept", "a/dropped", "z/part", "x", "unknown")}
    places = {key: record and record.place for key, record in found.items()}
    assert places == {
        "c": "c/", "a": "c/", "a/kept": "c/#kept", "a/dropped": "c/", "z/part": None, "x": None, "unknown": None
    }  # fmt: skip


def test_a_project_can_lie_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    (tmp_path / "plan of ours").mkdir()
    project = project_in(tmp_path / "plan of ours")
    (tmp_path / ".gitignore").write_text("build/\n/plan of ours/published/\n")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "user.name", "Editor")
    git(tmp_path, "config", "user.email", "editor@example.org")
    commit(project, FIRST)
    for command in (
        ("publish", FIRST, "--note", "x"),
        ("withdraw", FIRST, "--reason", "x"),
        ("export", str(project / "published")),
        ("verify", str(project / "published")),
    ):
        told = run(project, *command)
        assert told.exit_code == 0, told.output
