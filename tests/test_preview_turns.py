"""What the preview makes first is what a whole build makes, and no page is made that a change does not reach."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pswkdocs import memory
from pswkdocs.config import Config
from pswkdocs.pipeline import build
from pswkdocs.preview import first
from test_build import edit

PRIORITY = "content/forward-plan/priorities/vital-5.yml"
PAGE = "priorities/vital-5/"
CHANGES = {
    "a text": (PRIORITY, "case_for_change: |\n  The", "case_for_change: |\n  Wonderfully, the", PAGE),
    "a title in the navigation": (PRIORITY, 'title: "Vital 5', 'title: "Wonderful Vital 5', "priorities/"),
    "a word explained": ("content/registers/glossary.yml", "meaning: The part", "meaning: The best part", "glossary/"),
    "the name of an organisation": (
        "content/registers/organisations.yml",
        "name: Accelerate\n",
        "name: Wonderful Accelerate\n",
        "organisations/",
    ),
    "the partnership": ("content/partnership.yml", "short_title: P", "short_title: Wonderful P", ""),
    "a template of the theme": ("templates/theme/partials/footer.html", '<div class="foot-inner">', "<div>", ""),
    "a template of pages": ("templates/pages/home.html", "{% endfor %}", "{% endfor %}<p>Wonderful</p>", ""),
    "the settings": ("mkdocs.yml", "toc_depth: 3", "toc_depth: 2", PAGE),
}


@pytest.fixture
def config(site: Path, tmp_path: Path) -> Iterator[Config]:
    """The real content with its site, in a project of its own."""
    project = tmp_path / "project"
    shutil.copytree(site.parent, project)
    yield Config(project)
    memory.forget()
    memory.forget()


def pages(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.html"))}


def afresh(config: Config) -> dict[str, bytes]:
    """The pages of a build that remembers nothing, with the same documents."""
    other = replace(config, out=config.project / "afresh")
    shutil.copytree(config.site, other.site)
    for _ in range(2):
        memory.forget()
    build(replace(other, hurry=True))
    found = pages(other.site)
    shutil.rmtree(other.site)
    return found


def test_pages_are_those_of_a_whole_build(config: Config) -> None:
    before = pages(config.site)
    for change, (file, old, new, page) in CHANGES.items():
        edit(config.project / file, old, new)
        assert first.put_in(config, [page]), change
        seen = (config.site / page / "index.html").read_bytes()
        assert seen != before[f"{page}index.html"], change
        build(replace(config, hurry=True))
        after = pages(config.site)
        assert [name for name, page in afresh(config).items() if after[name] != page] == [], change
        assert seen == after[f"{page}index.html"], change
        before = after


def test_only_pages_that_show_a_text_are_made_again(config: Config) -> None:
    build(replace(config, hurry=True))
    edit(config.project / PRIORITY, "case_for_change: |\n  The", "case_for_change: |\n  Wonderfully, the")
    said: list[str] = []
    build(replace(config, hurry=True), said.append)
    made = [words for words in said if words.startswith("Making the page ")]
    showing = [page for page in config.pages.rglob("*.md") if "Wonderfully, the" in page.read_text(encoding="utf-8")]
    rests = "Making the page What is not stated"  # where it stands what is to be looked at again
    assert len(showing) == 1 and len({*made} - {rests}) == 1


def test_nothing_is_put_in_where_there_is_no_site_or_nobody_looks(config: Config) -> None:
    assert not first.put_in(config, [])
    assert not first.put_in(config, ["nowhere/"])
    assert not first.put_in(replace(config, out=config.project / "nowhere"), [PAGE])


def test_a_change_taken_back_is_taken_back_on_the_page(config: Config) -> None:
    page = (config.site / PAGE / "index.html").read_bytes()
    kept = (config.project / PRIORITY).read_bytes()
    edit(config.project / PRIORITY, "case_for_change: |\n  The", "case_for_change: |\n  ehT")  # as many bytes
    first.put_in(config, [PAGE])
    assert (config.site / PAGE / "index.html").read_bytes() != page
    (config.project / PRIORITY).write_bytes(kept)
    build(config)
    assert (config.site / PAGE / "index.html").read_bytes() == page
