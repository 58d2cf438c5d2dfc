"""Every mistake of a designer is told with its template and line; nothing ends in a traceback."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import CASES, PROJECT, planned
from pswkdocs import pipeline
from pswkdocs.config import Config
from pswkdocs.edition import Edition
from pswkdocs.problems import BuildFailed, Span
from pswkdocs.render import Renderer


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the small good content and the real templates, to be spoilt."""
    shutil.copytree(CASES / "problems" / "_base", tmp_path, dirs_exist_ok=True)
    shutil.copytree(PROJECT / "templates", tmp_path / "templates")
    return tmp_path


def render(project: Path) -> tuple[Edition, Renderer]:
    edition = planned(pipeline.read(Config(project))[0], "public")
    return edition, Renderer(project / "templates", project / "build")


@pytest.mark.parametrize(
    ("spoilt", "place", "message"),
    [
        ("{% for x in %}", ":2:", "Expected"),
        ("{% if page %}", ":3:", "end of template"),
        ("{{ page.title | shouted }}", ":2:", "shouted"),
        ("{{ page.titel }}", ":2:", "a hand page has no `titel`"),
        ("{{ pgae.title }}", ":2:", "'pgae' is undefined"),
        ("{% include 'nothing.html' %}", ":2:", "nothing.html"),
        ("{% from 'medium.html' import nothing %}{{ nothing() }}", ":2:", "nothing"),
        ("{{ 1 / 0 }}", ":2:", "division by zero"),
        ("{{ page.title + 1 }}", ":2:", "str"),
        ("{{ {}['x'] }}", ":2:", "x"),
        ("{{ anchor() }}", ":2:", "argument"),
        ("{% include 'pages/hand-page.html' %}", ":2:", "without end"),
        ('<a href="ref:nothing">', ":1:", "ref:nothing"),
        (b"caf\xe9", ":1:", "UTF-8"),
    ],
)
def test_mistakes_in_templates_are_told(project: Path, spoilt: str | bytes, place: str, message: str) -> None:
    template = project / "templates/pages/hand-page.html"
    template.write_bytes(b"<p>\n" + (spoilt.encode() if isinstance(spoilt, str) else spoilt) + b"\n</p>\n")
    edition, renderer = render(project)
    page = next(page for page in edition.pages if page.template == "hand-page.html")
    with pytest.raises(BuildFailed) as failed:
        renderer.page(page, edition, ())
    (problem,) = failed.value.problems
    assert str(problem.span).startswith(f"templates/pages/hand-page.html{place}")
    assert message in problem.message
    assert problem.hint


def test_missing_templates_are_told(project: Path) -> None:
    (project / "templates/pages/hand-page.html").unlink()
    edition, renderer = render(project)
    page = next(page for page in edition.pages if page.template == "hand-page.html")
    with pytest.raises(BuildFailed) as failed:
        renderer.page(page, edition, ())
    assert failed.value.problems[0].span == Span("templates/pages/hand-page.html")


def test_templates_hold_no_document_s_words() -> None:
    """What a publication speaks of is content: a template serves the next of its kind too."""
    words = ("Southwark", "South East London", "Fuller", "pharmac", "the council")
    said = {path: path.read_text(encoding="utf-8").lower() for path in (PROJECT / "templates").rglob("*.html")}
    assert len(said) > 50
    assert not [(path.name, word) for path, text in said.items() for word in words if word.lower() in text]


def test_each_cell_of_a_stacked_table_names_its_column(project: Path) -> None:
    """A phone hides the heads of such tables; what it hides too, or says itself what it is, needs no name."""
    edition = planned(pipeline.read(Config(project))[0], "restricted")
    renderer = Renderer(project / "templates", project / "build")
    tables = 0
    for page in edition.pages:
        for table in re.findall(
            r'<table class="([^"]*\bstacked\b[^"]*)"(.*?)</table>', renderer.page(page, edition, ()), re.DOTALL
        ):
            bare = (
                []
                if {"missing", "data-files"} & {*table[0].split()}
                else re.findall(r"<td(?![^>]*data-column|[^>]*apart)[^>]*>", table[1])
            )
            assert not bare, f"{page.path}: {table[0]}"
            tables += 1
    assert tables > 20
