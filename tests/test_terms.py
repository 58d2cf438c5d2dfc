"""Which words are explained where: those of the glossary, but for words that mean something else in a publication."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import CASES
from pswkdocs import pipeline
from pswkdocs.config import Config
from pswkdocs.view import Views

PLAN = "content/local-plan/local-plan.yml"
STRATEGY = "content/strategy/strategy.yml"
FALL = "A fall, a GP."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(CASES / "problems/_base", tmp_path, dirs_exist_ok=True)
    return tmp_path


def change(project: Path, file: str, old: str, new: str) -> None:
    text = (project / file).read_text()
    assert text.count(old) == 1
    (project / file).write_text(text.replace(old, new))


def explained(project: Path, id: str, field: str) -> set[str]:
    """The terms that a field's text marks."""
    content = pipeline.read(Config(project))[0]
    return set(re.findall(r'data-term="([^"]+)"', getattr(Views(content).at(content.addresses[id]), field)))


@pytest.mark.parametrize(("word", "left"), [("fall", {"gp"}), ("Fall", {"gp"}), ("GP", {"fall"}), ("gp", {"fall"})])
def test_other_words_are_not_explained(project: Path, word: str, left: set[str]) -> None:
    change(project, PLAN, "text: Nobody should be lonely.", f"text: {FALL}")
    assert explained(project, "early-plan/early-company", "text") == {"fall", "gp"}
    change(project, PLAN, "status: superseded\n", f"status: superseded\nother_words: [{word}]\n")
    assert explained(project, "early-plan/early-company", "text") == left


def test_other_words_are_explained_elsewhere(project: Path) -> None:
    """A word that one publication means otherwise keeps its meaning in the rest."""
    change(project, PLAN, "status: superseded\n", "status: superseded\nother_words: [fall]\n")
    change(project, STRATEGY, "text: The work has begun.", f"text: {FALL}")
    assert explained(project, "county-strategy/begun", "text") == {"fall", "gp"}


def test_other_words_hold_for_parts_in_files_of_their_own(project: Path) -> None:
    """A strategic priority stands in its strategy, and means its words."""
    change(project, "content/strategy/strategic-priorities/heart.yml", "text: Help comes late.", f"text: {FALL}")
    assert explained(project, "heart/heart-hypothesis", "text") == {"fall", "gp"}
    change(project, STRATEGY, "period: Five years\n", "period: Five years\nother_words: [fall]\n")
    assert explained(project, "heart/heart-hypothesis", "text") == {"gp"}


def test_documents_lead_to_what_explains_their_abbreviations(html: dict[str, str]) -> None:
    """A reader of Word, PDF or ODT meets each: its first use in a text leads to the end of the same document."""
    assert len(html) >= 8
    for name, text in html.items():
        led = re.findall(r'<a href="#([^"]+)" class="term">([^<]+)</a>', text)
        assert led and len({word for _, word in led}) == len(led), name
        assert all(text.count(f'id="{anchor}"') == 1 for anchor, _ in led), name
        assert "<dfn" not in text and not re.search(r"<a [^>]*>[^<]*<a ", text), name
    assert html["vcse-charter"].index('class="term">VCSE<') < html["vcse-charter"].index('id="vcse-charter--purpose')


def test_a_leaflet_explains_only_abbreviations(html: dict[str, str]) -> None:
    leaflet = html["forward-plan-summary"]
    assert "Words explained" not in leaflet and "frailty" in leaflet
    assert re.findall(r'<span id="glossary--([^"]+)">', leaflet) == ["nice"]
    assert "Words explained" in html["forward-plan"] and 'id="glossary--frailty"' in html["forward-plan"]
