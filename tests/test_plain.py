"""Plain English: what editors are warned of in texts, what is left alone, and that the place is right to the letter."""

from __future__ import annotations

import shutil
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CASES, PROJECT
from pswkdocs import pipeline
from pswkdocs.config import Config
from pswkdocs.model.content import Content
from pswkdocs.model.plain import PlainEnglish
from pswkdocs.model.record import Audience
from pswkdocs.plan import plan
from pswkdocs.problems import BuildFailed, Problem

HELP = "content/pages/help.yml"
APPRAISAL = "content/hub-appraisal/appraisal.yml"
TWENTY = "Every day of the week but Sunday the doors of the old town hall by the river are open to"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(CASES / "problems/_base", project, dirs_exist_ok=True)
    return project


def told(project: Path, file: str, old: str, new: str) -> list[Problem]:
    """The warnings when a file is changed for a while."""
    good = (project / file).read_text()
    assert good.count(old) == 1
    (project / file).write_text(good.replace(old, new))
    try:
        return list(pipeline.read(Config(project))[1])
    finally:
        (project / file).write_text(good)


def in_text(project: Path, text: str) -> list[str]:
    block = "text: |\n" + "\n".join(f"      {line}" for line in text.splitlines())
    return [problem.message for problem in told(project, HELP, "text: Call us.", block)]


def test_the_real_texts_are_plain(content: Content) -> None:
    """What editors cannot mend is the only warning left: nobody has said whom readers can ask."""
    left = {problem.message for problem in pipeline.read(Config(PROJECT))[1]}
    assert left <= {"no contact is stated, so readers cannot ask for another format"}


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("all who come by bus.", 0),
        ("all people who come by bus.", 26),
        ("all who come – by bus.", 0),
        ("all who come for £5 million.", 0),
        ("all who come by [](#by-phone).", 0),
        ("all people who come by [](#by-phone).", 26),
        ("all who come by `one two three`.", 0),
        ("all [who come](#by-phone) by **bus**.", 0),
        ("all who come. They are many, and nobody is sent away.", 0),
        ("all, e.g. who come by No. 5 bus.", 28),
        ("all:\n\n- those who come\n- those who stay", 0),
    ],
)
def test_words_are_counted_as_people_do(project: Path, ending: str, words: int) -> None:
    said = [f"this sentence has {words} words"] if words else []
    assert in_text(project, f"{TWENTY} {ending}") == said


@pytest.mark.parametrize(
    "text",
    [
        "He wrote “we tackle teh ABC in order to foster it”.",
        "Ask the Tackle Group, or in the Foster Practice.",
        "Fostering Hope is a charity.",
        "She lives in foster care, and likes the practice.",
        "Write to teh@color.example or https://center.example/ABC/.",
        "The Care Quality Commission (CQC) came. The CQC found much.",
        "They asked the CQC (Care Quality Commission), which answered.",
        "NHS staff and a GP in McDonald Road use CommonMark.",
        "Ask Teh Kowalski in Color Street.",
    ],
)
def test_what_is_right_is_left_alone(project: Path, text: str) -> None:
    assert in_text(project, text) == []


def test_an_abbreviation_is_explained_before_it_is_used(project: Path) -> None:
    assert in_text(project, "The CQC came from the Care Quality Commission (CQC).") == ["“CQC” is not explained"]
    assert in_text(project, "It came late (CQC).") == ["“CQC” is not explained"]


def test_the_introduction_of_a_publication_explains_for_all_of_it(project: Path) -> None:
    introduction = "introduction: This appraisal was written for the"
    assert told(project, APPRAISAL, "text: Light rooms are liked.", "text: The TUC likes light rooms.")
    good = (project / APPRAISAL).read_text()
    try:
        (project / APPRAISAL).write_text(
            good.replace(introduction, f"{introduction} Trades Union Congress (TUC) and the")
        )
        assert not told(project, APPRAISAL, "text: Light rooms are liked.", "text: The TUC likes light rooms.")
    finally:
        (project / APPRAISAL).write_text(good)


def test_a_word_in_another_sense_is_not_explained_by_the_glossary(project: Path) -> None:
    short, spoken = "short_title: Hub appraisal", "text: Light rooms are liked."
    assert not told(project, APPRAISAL, spoken, "text: The GP likes light rooms.")
    good = (project / APPRAISAL).read_text()
    try:
        (project / APPRAISAL).write_text(good.replace(short, f"{short}\nother_words: [GP]"))
        assert told(project, APPRAISAL, spoken, "text: The GP likes light rooms.")
    finally:
        (project / APPRAISAL).write_text(good)


def test_somebody_elses_words_are_left_as_they_are(project: Path) -> None:
    long = f"text: {TWENTY} all of us who tackle teh XYZ in order to win."
    assert told(project, APPRAISAL, "text: So they do.", long)
    assert not told(project, APPRAISAL, "text: Rooms matter.", long)


WORDS = st.lists(
    st.sampled_from(("care", "**help**", "[work](#by-phone)", "a", "*it*", "mother’s", "teh,")), max_size=30
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(words=WORDS, wrapped=st.sets(st.integers(0, 30)))
def test_the_place_is_right_to_the_letter(project: Path, words: list[str], wrapped: set[int]) -> None:
    """However a text is wrapped and marked, each mistake is told where it stands."""
    words = ["so", *words, "teh."]
    text = "".join(f"{word}{chr(10) + '      ' if place in wrapped else ' '}" for place, word in enumerate(words))
    new = f"text: >-\n      {text.strip()}"
    lines = (project / HELP).read_text().replace("text: Call us.", new).split("\n")
    found = [problem.span for problem in told(project, HELP, "text: Call us.", new) if "teh" in problem.message]
    assert len(found) == len({(span.line, span.column) for span in found}) == sum("teh" in word for word in words)
    assert all(lines[span.line - 1][span.column - 1 :].startswith("teh") for span in found)


def test_without_the_list_nobody_is_warned(project: Path) -> None:
    rules = project / "content/plain-english.yml"
    good = rules.read_text()
    rules.unlink()
    try:
        assert in_text(project, f"{TWENTY} all of us who tackle teh XYZ in order to win.") == []
    finally:
        rules.write_text(good)


@pytest.mark.parametrize("audience", get_args(Audience))
def test_readers_are_not_shown_the_list(content: Content, audience: Audience) -> None:
    assert content.every(PlainEnglish)
    edition = plan(content, audience)
    assert "plain-english" not in edition.places
    assert all("plain-english" not in data.decode() for data in edition.data.values())


def test_nothing_links_to_the_list(project: Path) -> None:
    with pytest.raises(BuildFailed, match="the link `#plain-english` leads to nothing"):
        in_text(project, "See [our words](#plain-english).")


@pytest.mark.parametrize("form", ["24/7", "naïve", "and/or", "one-stop shop", "the council’s view"])
def test_any_form_is_found(project: Path, form: str) -> None:
    rules = project / "content/plain-english.yml"
    good = rules.read_text()
    rules.write_text(f"{good}  - words: [{form}]\n    write: something else\n")
    try:
        assert in_text(project, f"We work {form} **here**.") == [f"“{form}” is a word to avoid"]
    finally:
        rules.write_text(good)


def test_the_list_is_in_order(content: Content) -> None:
    rules = content.the(PlainEnglish)
    firsts = [one.words[0].casefold() for one in rules.avoid]
    assert firsts == sorted(firsts) and len(firsts) > 50
    forms = [*chain.from_iterable(one.words for one in rules.avoid)]
    assert len(forms) == len(set(forms))
    for listed in (rules.understood, rules.spelled_right):
        assert list(listed) == sorted(listed, key=str.casefold)
