"""The guide to editing tells the truth: what it says to type is typed, and what it says comes out comes out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
import yaml
from axe_playwright_python.base import AXE_SCRIPT
from markdown_it import MarkdownIt
from PIL import Image
from playwright.sync_api import Browser

from browser import PHONE, WIDE, Visit, served
from conftest import PROJECT
from pswkdocs import cli, handbook, pipeline, store
from pswkdocs.checks.plain import RULES, RULES_OF_THE_WHOLE
from pswkdocs.config import Config
from pswkdocs.handbook import guide
from pswkdocs.model.content import Content
from pswkdocs.plan import plan
from pswkdocs.problems import BuildFailed
from pswkdocs.schema.fields import KINDS, fields, slug
from test_axe import violations
from test_build import project_in

GUIDE = PROJECT / "docs/guide"
CHAPTERS = sorted(path.name for path in GUIDE.glob("*.md"))
NAMES = ("YAML", "GitLab", "GitHub")  # told of where they first stand; what letters they are short for helps nobody
# In all others, each section begins with the content as it is.
ONE_STORY = {"2-change-a-sentence.md"}
NEEDED = (".gitignore", "Makefile", "content", "mkdocs.yml", "pyproject.toml", "schema", "templates", "uv.lock")


class Desk:
    """A copy of the real project, as an editor has it after `make site`, with a place to push to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "plan"
        self.folder.mkdir()
        for name in NEEDED:
            it = PROJECT / name
            shutil.copytree(it, self.folder / name) if it.is_dir() else shutil.copy(it, self.folder)
        for made in (".uv/bin/uv", ".venv/site", ".venv/bin/pswkdocs"):
            (self.folder / made).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / made).touch()
        program = self.folder / ".venv/bin/pswkdocs"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pswkdocs "$@"\n')
        program.chmod(0o755)
        paths = os.pathsep.join([str(PROJECT / "src"), os.environ.get("PYTHONPATH", "")])
        who = {f"GIT_{role}_{what}": "Editor" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        self.environment = {**os.environ, **who, "PYTHONPATH": paths, "MAKEFLAGS": ""}
        # A build in this process may have left the day of its edition, and `make test` that it is a make around others.
        for name in ("SOURCE_DATE_EPOCH", "MAKELEVEL", "MFLAGS"):
            self.environment.pop(name, None)
        origin = folder / "origin"
        self.run(f"git init -qb main && git init -q --bare {origin} && git remote add origin {origin}")
        self.run("git add . && git commit -qm Begin && git push -qu origin main")

    def run(self, command: str) -> tuple[int, list[str]]:
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        return done.returncode, done.stdout.splitlines()

    def begin_anew(self) -> None:
        self.run("git reset -q --hard && git clean -fdq")

    def change(self, file: str, sample: str) -> None:
        """Put the lines with a plus in the place of those with a minus."""
        lines = [(line[:1], line[1:]) for line in sample.rstrip("\n").split("\n")]
        old, new = ("".join(f"{text}\n" for sign, text in lines if sign != other) for other in "+-")
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} does not hold once:\n{old}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def hold(self, command: str, told: list[str]) -> None:
        """Type a command, and hold what comes out to what the guide shows; `…` alone stands for any lines."""
        status, lines = self.run(command)
        shown = "".join(f"{line}\n" for line in lines)
        pattern = "".join("(?:.*\n)*?" if line == "…" else re.escape(line) + "\n" for line in told)
        assert re.fullmatch(pattern, shown), f"$ {command}\n{shown}\nand the guide shows\n" + "\n".join(told)
        assert (status == 0) != any(": error: " in line for line in told), shown


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


def samples(name: str) -> Iterator[tuple[str, str, str]]:
    """What stands in the guide to be read as code: its language, its file and its lines; and where a section begins."""
    for token in MarkdownIt().parse((GUIDE / name).read_text(encoding="utf-8")):
        if token.type == "heading_open":
            yield "heading", "", ""
        elif token.type == "fence":
            what, _, file = token.info.partition(" ")
            yield what, file, token.content


@pytest.mark.parametrize("name", CHAPTERS)
def test_what_it_says_to_do_is_done_and_what_it_shows_comes_out(name: str, desk: Desk) -> None:
    desk.run("git switch -q main")
    desk.begin_anew()
    for what, file, sample in samples(name):
        if what == "heading" and name not in ONE_STORY:
            desk.begin_anew()
        elif what == "diff":
            desk.change(file, sample)
        elif what == "yaml" and file:
            assert sample in (desk.folder / file).read_text(encoding="utf-8")
        elif what == "yaml":
            assert yaml.safe_load(sample)
        elif what == "console":
            for block in re.split(r"^\$ ", sample, flags=re.MULTILINE)[1:]:
                command, *told = block.rstrip("\n").split("\n")
                desk.hold(command, told)
        elif what == "sh":  # what does not end, needs the forge, or is tried by tests of its own
            for command in sample.splitlines():
                assert_is_there(command)
        else:
            assert what == "heading", f"{name} has a sample that nothing tries: {what}"


def assert_is_there(command: str) -> None:
    program, *words = command.split()
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    if program == "make":
        assert words[0] in targets
    elif program == ".venv/bin/pswkdocs":
        found = cli.main.get_command(click.Context(cli.main), words[0])
        assert found, command
        options = {name for parameter in found.params for name in parameter.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= options
    else:
        assert program in ("git", "cd"), command


@pytest.mark.parametrize("name", CHAPTERS)
def test_what_it_names_in_its_sentences_is_there(name: str) -> None:
    """Every command and every file that stands between two backquotes."""
    text = re.sub(r"^```.*?^```", "", (GUIDE / name).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for said in re.findall(r"`([^`]+)`", text):
        if said.startswith(("make ", ".venv/bin/pswkdocs ")):
            assert_is_there(said)
        elif said.startswith(("content/", "schema/")) and "retired" not in said:
            assert (PROJECT / said).exists(), said


def test_it_is_written_in_plain_english(content: Content) -> None:
    """The rules of `content/plain-english.yml` hold for it too."""
    page = next(entry for entry in content.entries if entry.record.id == "partnership")
    found = []
    for name in CHAPTERS:
        text = re.sub(r"^```.*?^```", "", (GUIDE / name).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        text = re.sub(r"^#.*$|!\[(.*?)\]\(.*?\)", r"\1.", text, flags=re.MULTILINE)
        record = page.record.model_copy(update={"about": text})
        judged = Content.of(
            tuple(replace(e, record=record) if e is page else e for e in content.entries), content.papers
        )
        for rule in (*RULES, *RULES_OF_THE_WHOLE):
            before = set(rule(content))
            found += [f"{name}: {one.message}. {one.hint}" for one in rule(judged) if one not in before]
    assert not [what for what in found if not any(f"“{name}” is not explained" in what for name in NAMES)]


def test_it_is_for_staff_alone(content: Content) -> None:
    told = guide.read(GUIDE)
    public, staff = plan(content, "public", guide=told), plan(content, "staff", guide=told)
    assert not public.shown and not any(page.path.startswith("editing/") for page in public.pages)
    assert "editing/" not in str(public.nav)
    assert len(staff.shown) > 1 and {page.path for page in staff.pages} >= {c.path for c in told.chapters}


def test_every_field_of_every_kind_of_file_is_told_once_and_what_it_links_to_is_there(content: Content) -> None:
    told = guide.read(GUIDE)
    pages = [page for page in handbook.pages(told, content) if page.template == "fields.html"]
    anchors = [one.anchor for page in pages for section in page.context["sections"] for one in section.fields]
    wanted = {f"{slug(part)}-{field.name}" for of in KINDS for part in of.parts for field in fields(part)}
    assert len(anchors) == len(set(anchors)) and set(anchors) == wanted
    links = re.findall(r"page:([^\"#]+)", "".join(str(p.html) for c in told.chapters for p in c.pieces))
    assert len(links) > 10 and {*links} <= {page.url for page in handbook.pages(told, content)}


def test_its_pictures_are_used_small_and_told_in_words() -> None:
    texts = "".join((GUIDE / name).read_text(encoding="utf-8") for name in CHAPTERS)
    used = re.findall(r"!\[(.*?)\]\((.*?)\)", texts, re.DOTALL)
    assert {path for _, path in used} == {f"pictures/{path.name}" for path in (GUIDE / "pictures").glob("*")}
    for words, path in used:
        file = GUIDE / path
        assert len(words.split()) >= 10 and file.stat().st_size <= 120_000
        with Image.open(file) as picture:
            assert picture.width <= 1600 and not picture.info.get("exif")


def test_a_link_or_a_picture_that_leads_nowhere_is_a_problem_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "docs/guide"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("# A\n\nB.\n\nSee [it](gone.md), ![it](none.png).\n")
    (folder / "1-b.md").write_text("No title.\n")
    with pytest.raises(BuildFailed) as failed:
        guide.read(folder)
    assert [str(problem.span) for problem in failed.value.problems] == [
        "docs/guide/1-b.md:1:1",
        "docs/guide/README.md:5:1",
        "docs/guide/README.md:5:1",
    ]


def test_a_project_without_a_guide_has_no_pages_on_editing(tmp_path: Path, content: Content) -> None:
    assert guide.read(tmp_path / "docs/guide") == guide.NONE
    assert not list(handbook.pages(guide.NONE, content)) and handbook.nav(guide.NONE) == ()
    assert Config(tmp_path).guide == tmp_path / "docs/guide"


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project that has the guide."""
    project = project_in(tmp_path_factory.mktemp("guided"))
    shutil.copytree(GUIDE, project / "docs/guide")
    return project


def test_nothing_of_it_is_in_the_public_site(guided: Path) -> None:
    public = pipeline.build(Config(guided)).site
    with_guide = store.contents(public)
    shutil.move(guided / "docs", guided / "away")
    try:
        without = store.contents(pipeline.build(Config(guided, out=guided / "other")).site)
    finally:
        shutil.move(guided / "away", guided / "docs")
    assert with_guide == without and not any("editing" in name for name in with_guide)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_its_pages(scheme: str, guided: Path, browser: Browser) -> None:
    site = pipeline.build(Config(guided, "staff")).site
    paths = sorted(page.parent.relative_to(site).as_posix() for page in site.glob("editing/**/index.html"))
    assert len(paths) > 30
    with served(site) as address:
        reader = Visit(browser, address, color_scheme=scheme, reduced_motion="reduce")
        reader.context.add_init_script(AXE_SCRIPT)
        for path in paths:
            page = reader.open(f"{path}/")
            for window in (WIDE, PHONE):
                page.set_viewport_size(window)
                reader.faults += violations(reader, f"{path} at {window['width']}")
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is too wide"
        reader.context.close()
    assert not reader.faults, "\n".join(reader.faults)


def test_search_finds_a_field_and_the_home_page_leads_to_the_guide(guided: Path) -> None:
    site = pipeline.build(Config(guided, "staff")).site
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert "editing/fields/priority/#outcome-deadline" in {doc["location"] for doc in index["docs"]}
    assert '<a href="editing/"><span class="card-title">Editing the plan' in (site / "index.html").read_text(
        encoding="utf-8"
    )
