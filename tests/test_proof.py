"""What every build proves of its output: broken samples are refused in words, good ones and all that is real pass."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from audit import samples
from audit.samples import SAMPLES, Sample

from conftest import CASES, PROJECT
from pswkdocs import downloads, pipeline, proof
from pswkdocs.config import Config
from pswkdocs.formats import FORMATS, Format
from pswkdocs.problems import BuildFailed

KINDS = {format.suffix: format for format in FORMATS.values()}
# What each broken sample is refused for. The audit's checkers find the others: none of them can be told quickly.
REFUSED = {
    "pdf": {
        "untagged": "it has no tags",
        "no-language": "the language that it names is none",
        "wrong-language": "the language that it names is de-DE, not en-GB",
        "no-title": "it has no title",
        "title-not-shown": "would show the file's name",
        "no-pdfua": "does not say that it keeps to PDF/UA-1",
        "no-pdfa": "does not say that it keeps to PDF/A-2a",
        "no-alt": "no words say what a picture on page 3 shows: “”",
        "junk-alt": "no words say what a picture on page 3 shows: “chart.png”",
        "no-headings": "of level 2 is the first",
        "skipped-heading": "“When it is open” of level 3 stands right below one of level 1",
        "first-heading-2": "“Contents” of level 2 is the first",
        "no-header-cells": "a table on page 3 does not begin with a row of header cells",
        "no-scope": "does not say whether it is a row's or a column's",
        "rows-as-divisions": "/TH stands in /Div, not in /TR",
        "caption-outside": "a table on page 3 has no caption",
        "lists-as-divisions": "/LI stands in /Div, not in /L",
        "link-without-words": "a link on page 2 does not say in words where it leads",
        "font-not-embedded": "is not part of the file",
        "no-letters": "programs cannot tell which letters",
        "no-bookmarks": "no bookmarks",
        "no-tab-order": "the Tab key does not go through page 2",
        "unmarked": "something on page 3 is neither content nor page furniture",
        "small-text": "of 6 points",
        "truncated": "the file is damaged",
    },
    "docx": {
        "no-language": "a language that it names is none",
        "wrong-language": "a language that it names is de-DE, not en-GB",
        "no-title": "it has no title",
        "no-author": "it has no author",
        "no-alt": "no words say what a picture shows: “”",
        "junk-alt": "no words say what a picture shows: “Picture 1”",
        "no-headings": "it has no headings",
        "skipped-heading": "“When it is open” of level 3 stands right below one of level 1",
        "first-heading-2": "“Care near you” of level 2 is the first",
        "bold-as-heading": "“Opening hours in detail” looks like a heading, but is none",
        "table-without-header": "the table “Opening hours” has no header row",
        "no-first-column": "does not say that its first row and column are headers",
        "rows-that-break": "rows that a page can break in two",
        "table-without-name": "the table that begins with “Place” has no name",
        "merged-cells": "the table “Opening hours” has joined cells",
        "blank-paragraphs": "an empty paragraph makes room after",
        "dead-link": "a link leads to gone",
        "vague-link": "do not say where it leads: “here”",
        "dangling-link": "which leads nowhere",
        "duplicate-bookmark": "2 places are called help",
        "duplicate-drawing": "2 pictures have the number",
        "missing-part": "is missing",
        "no-content-type": "is of no known kind",
        "unknown-style": "the style NoStyle is used, but not there",
        "empty-contents": "the table of contents is empty",
        "letter-paper": "a page of it is not A4",
        "old-word": "compatibility mode",
        "truncated": "the file is damaged",
    },
    "odt": {
        "no-language": "a language that it names is none-GB",
        "wrong-language": "a language that it names is de-DE, not en-GB",
        "no-title": "it has no title",
        "no-author": "it has no author",
        "no-alt": "no words say what a picture shows: “”",
        "junk-alt": "no words say what a picture shows: “Picture 1”",
        "no-headings": "it has no headings",
        "skipped-heading": "“When it is open” of level 3 stands right below one of level 1",
        "first-heading-2": "“Care near you” of level 2 is the first",
        "table-without-header": "the table “Opening hours” has no header row",
        "no-first-column": "does not say that its first row and column are headers",
        "rows-that-break": "rows that a page can break in two",
        "table-without-name": "the table that begins with “Place” has no name",
        "merged-cells": "the table “Opening hours” has joined cells",
        "blank-paragraphs": "an empty paragraph makes room after",
        "dead-link": "a link leads to gone",
        "vague-link": "do not say where it leads: “here”",
        "duplicate-bookmark": "2 places are called help",
        "missing-part": "is missing",
        "no-content-type": "is of no known kind",
        "kind-last": "its kind does not stand first",
        "other-kind": "it says that it is of another kind",
        "unknown-style": "the style No_20_style is used, but not there",
        "empty-contents": "the table of contents is empty",
        "letter-paper": "a page of it is not A4",
        "truncated": "the file is damaged",
    },
    "page": {
        "no-lang": "the language that it names is none",
        "wrong-lang": "the language that it names is de, not en-GB",
        "no-title": "it has no title",
        "no-description": "it has no description",
        "no-canonical": "it does not state its own address",
        "no-main": "its main part is not marked",
        "no-h1": "it has no heading of level 1",
        "two-h1": "it has 3 headings of level 1",
        "skipped-heading": "“When it is open” of level 3 stands right below one of level 1",
        "table-without-header": "the table “Opening hours” has no header cells",
        "table-without-name": "the table that begins with “Place” has no name",
        "no-alt": "no words say what the picture drawings/waiting.svg shows: “”",
        "junk-alt": "no words say what the picture drawings/waiting.svg shows: “chart.svg”",
        "jumping": "how large the picture drawings/waiting.svg is, is not said",
        "dead-link": "it links to `gone/`",
        "dead-anchor": "it links to `#gone`",
        "dead-picture": "it links to `drawings/gone.svg`",
        "empty-link": "do not say where it leads: “”",
        "vague-link": "do not say where it leads: “here”",
        "duplicate-id": "2 things are called `hours`",
        "no-policy": "it has no policy",
        "other-host": "from another host",
        "inline-script": "it holds a script of its own",
        "inline-style": "it holds a style of its own",
        "inline-handler": "it holds a script in an attribute",
    },
}
BEYOND = {
    "pdf": {"low-contrast"},
    "docx": {"low-contrast", "unknown-element"},
    "odt": {"unknown-element"},
    "page": {"low-contrast", "sideways", "small-target", "empty-button", "bad-nesting"},
}


def faults(kind: str, data: bytes) -> list[str]:
    if kind != "page":
        return list(KINDS[kind].prove(data))
    files = samples.surroundings() | {samples.PAGE: data}
    return [what for name, what in proof.pages.faults_of_site(pages(files), files) if name == samples.PAGE]


def pages(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.endswith(".html")}


@pytest.mark.parametrize("kind", REFUSED)
def test_good_samples_pass(kind: str) -> None:
    assert faults(kind, samples.good(kind)) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.kind}-{sample.name}")
def test_broken_samples_are_refused(sample: Sample) -> None:
    found = faults(sample.kind, sample.spoil(samples.good(sample.kind)))
    expected = REFUSED[sample.kind].get(sample.name)
    assert (expected is None) == (sample.name in BEYOND[sample.kind])
    assert any(expected in what for what in found) if expected else not found, found


@pytest.mark.parametrize("kind", REFUSED)
def test_every_rule_is_shown_to_refuse(kind: str) -> None:
    assert {sample.name for sample in SAMPLES if sample.kind == kind} == REFUSED[kind].keys() | BEYOND[kind]


def test_all_that_is_published_passes(site: Path) -> None:
    documents = sorted((site / "downloads").glob("*.*"))
    assert {path.suffix for path in documents} >= {f".{kind}" for kind in KINDS}
    for path in documents:
        if path.suffix[1:] in KINDS:
            assert not [*KINDS[path.suffix[1:]].prove(path.read_bytes())], path.name


def refusing(format: Format) -> Format:
    def prove(_: bytes) -> Iterator[str]:
        yield f"{format.label} is not what it must be"

    return Format(**{**vars(format), "prove": prove})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, source in (("content", CASES / "problems/_base/content"), ("templates", PROJECT / "templates")):
        (tmp_path / name).symlink_to(source)
    (tmp_path / "mkdocs.yml").symlink_to(PROJECT / "mkdocs.yml")
    return tmp_path


def test_a_document_that_is_not_proven_is_given_to_nobody(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them are told at once, nothing is kept, and the next build proves again."""
    broken = {name: refusing(format) for name, format in FORMATS.items()}
    with monkeypatch.context() as changed:
        changed.setattr(downloads, "FORMATS", broken)
        for _ in range(2):
            with pytest.raises(BuildFailed) as failure:
                pipeline.export(Config(project), ["pharmacies", "riverside-plan-summary"], project / "out")
            told = {(problem.span.path, problem.message) for problem in failure.value.problems}
            assert ("downloads/pharmacies.docx", "Word is not what it must be") in told
            assert ("downloads/riverside-plan-summary.pdf", "PDF is not what it must be") in told
            assert len(told) == 2 * len(FORMATS)
            hints = {problem.hint for problem in failure.value.problems}
            assert "Look at templates/documents/plan-summary.html and at templates/pdf/." in hints
    assert not (project / "out").exists()
    pipeline.export(Config(project), ["pharmacies.docx"], project / "out")
    monkeypatch.setattr(downloads, "FORMATS", broken)
    pipeline.export(Config(project), ["pharmacies.docx"], project / "out")  # kept, so proven when it was made


def test_a_fault_of_the_theme_is_told_once(project: Path) -> None:
    (project / "templates").unlink()
    shutil.copytree(PROJECT / "templates", project / "templates")
    footer = project / "templates/theme/partials/footer.html"
    text = footer.read_text(encoding="utf-8")
    footer.write_text(f'{text}<p onclick="x()"><a href="https://x.example/">here</a></p>', encoding="utf-8")
    with pytest.raises(BuildFailed) as failure:
        pipeline.build(Config(project))
    assert not (project / "site").exists()
    assert len(failure.value.problems) == 2
    for problem in failure.value.problems:
        assert problem.span.path.startswith("site/") and "other pages)" in problem.message
        assert "templates/theme/" in problem.hint
