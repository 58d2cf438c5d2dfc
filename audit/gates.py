"""Before a checker judges, it is shown samples that were broken on purpose: one that lets them pass proves nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from pswkdocs.store import write

from .checker import Checker, Kind, Site, Verdicts
from .results import Task
from .samples import PAGE, SAMPLES, good, surroundings

KINDS: dict[Kind, str] = {"pages": "page", "pdf": "pdf", "word": "docx", "odt": "odt", "rest": "rest"}
_GOOD = "good"

# Broken files of those that come with pages, by their names; the small site of the sample page has good ones.
BROKEN = {
    "broken.css": b"a { color: wine }",
    "broken.csv": b"id,title\nbreath,Breathing,better\n",
    "broken.js": b"const = 1;",
    "broken.json": b'{"title": }',
    "broken.png": b"no picture",
    "broken.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><rectangle/></svg>',
    "broken.txt": b"",
    "broken.woff2": b"no font",
    "broken.xml": b"<urlset>",
    "other.xml.gz": b"no archive",
    "unknown.exe": b"MZ",
    "undescribed.json": b'{"described_by": "https://riverside.example/gone.json"}',
}

# Which samples each checker must refuse.
REFUSED: dict[str, tuple[str, ...]] = {
    title: tuple(names.split())
    for title, names in {
        "Nu Html Checker": """
            no-lang no-title no-h1 two-h1 skipped-heading duplicate-id other-host inline-script inline-style
            inline-handler low-contrast bad-nesting
        """,
        "Rules of every build, pages": """
            no-lang wrong-lang no-title no-description no-main no-h1 two-h1 skipped-heading table-without-header
            table-without-name no-alt junk-alt jumping empty-link vague-link duplicate-id no-policy other-host
            inline-script inline-style inline-handler
        """,
        "linkinator": """
            dead-link dead-anchor dead-picture
        """,
        "axe-core": """
            no-main no-h1 no-lang no-title two-h1 skipped-heading no-alt empty-link empty-button bad-nesting
            low-contrast small-target
        """,
        "Chromium": """
            dead-picture other-host inline-script inline-style inline-handler sideways
        """,
        "Lighthouse": """
            no-lang no-title no-alt low-contrast empty-button inline-script
        """,
        "veraPDF": """
            first-heading-2 font-not-embedded link-without-words lists-as-divisions no-alt no-headings no-language
            no-letters no-pdfa no-pdfua no-scope no-tab-order no-title rows-as-divisions skipped-heading
            title-not-shown truncated unmarked untagged
        """,
        "page": """
            first-heading-2 font-not-embedded link-without-words lists-as-divisions no-alt no-headings no-language
            no-letters no-pdfa no-pdfua no-scope no-tab-order no-title rows-as-divisions skipped-heading
            title-not-shown truncated unmarked untagged
        """,
        "outloud": """
            first-heading-2 font-not-embedded link-without-words lists-as-divisions no-alt no-header-cells
            no-headings no-language no-letters no-pdfua no-scope no-tab-order no-title rows-as-divisions
            skipped-heading title-not-shown truncated untagged
        """,
        "qpdf": """
            truncated
        """,
        "Rules of every build, PDF": """
            caption-outside first-heading-2 font-not-embedded junk-alt link-without-words lists-as-divisions no-alt
            no-bookmarks no-header-cells no-headings no-language no-letters no-pdfa no-pdfua no-scope no-tab-order
            no-title rows-as-divisions skipped-heading small-text title-not-shown truncated unmarked untagged
            wrong-language
        """,
        "The page as it looks": """
            low-contrast small-text truncated
        """,
        "Open XML SDK": """
            unknown-element truncated dangling-link duplicate-drawing missing-part no-content-type
        """,
        "openxml-audit": """
            unknown-element unknown-style truncated dangling-link missing-part
        """,
        "ooxml-integrity": """
            unknown-style truncated dangling-link missing-part no-content-type
        """,
        "python-docx": """
            truncated missing-part no-content-type
        """,
        "Rules of every build, Word": """
            no-language wrong-language no-title no-author no-alt junk-alt no-headings skipped-heading
            first-heading-2 bold-as-heading table-without-header no-first-column rows-that-break table-without-name
            merged-cells unknown-style empty-contents letter-paper old-word truncated blank-paragraphs dead-link
            vague-link dangling-link duplicate-bookmark duplicate-drawing missing-part no-content-type
        """,
        "LibreOffice, Word": """
            no-title no-alt skipped-heading first-heading-2 low-contrast truncated
        """,
        "openxml-audit for ODF": """
            skipped-heading truncated duplicate-bookmark missing-part no-content-type other-kind unknown-element
        """,
        "Rules of every build, ODT": """
            no-language wrong-language no-title no-author no-alt junk-alt no-headings skipped-heading
            first-heading-2 table-without-header no-first-column rows-that-break table-without-name merged-cells
            blank-paragraphs unknown-style empty-contents letter-paper truncated dead-link vague-link
            duplicate-bookmark missing-part no-content-type kind-last other-kind
        """,
        "LibreOffice, ODT": """
            no-title no-alt no-headings skipped-heading first-heading-2 truncated no-content-type other-kind
        """,
    }.items()
}


def lay_out(folder: Path, kinds: Iterable[Kind] = tuple(KINDS)) -> None:
    """Write the samples, and the good ones that they are made of, into a folder a kind."""
    shutil.rmtree(folder, ignore_errors=True)
    for kind in (KINDS[name] for name in kinds):
        if kind == "rest":
            write(folder / kind, surroundings() | {PAGE: good("page")} | BROKEN)
            continue
        whole = good(kind)
        files = {_GOOD: whole} | {sample.name: sample.spoil(whole) for sample in SAMPLES if sample.kind == kind}
        around = surroundings() if kind == "page" else {}
        for name, data in files.items():
            write(folder / kind, {_place(kind, name): data})
            write(folder / kind / name, around)


def tasks(checkers: Iterable[Checker], folder: Path) -> list[Task]:
    """What each checker is shown: the samples that it must refuse, and the good one."""
    return [
        Task(checker, Site(folder / KINDS[checker.judges]), [place for place, _ in _shown(checker)], broken=True)
        for checker in checkers
        if checker.judges in KINDS
    ]


def let_pass(checker: Checker, verdicts: Verdicts) -> list[str]:
    """Where a checker failed: a broken sample that it lets pass, or the good one that it refuses."""
    what = {sample.name: sample.what for sample in SAMPLES if sample.kind == KINDS[checker.judges]}
    what |= {name: f"a broken file {name}" for name in BROKEN}
    faults = []
    for place, name in _shown(checker):
        found = verdicts[place].faults
        if name == _GOOD and found:
            faults.append(f"it refuses the sample that nothing is wrong with: {found[0]}")
        elif name != _GOOD and not found:
            faults.append(f"it lets {what[name]} pass (the sample `{name}`)")
    return faults


def shown(checker: Checker) -> int:
    """How many broken samples a checker is shown."""
    return len(_shown(checker)) - 1


def _shown(checker: Checker) -> list[tuple[str, str]]:
    """The places and names of samples, the good one first."""
    kind = KINDS[checker.judges]
    if kind == "rest":
        return [("sitemap.xml", _GOOD), *((name, name) for name in BROKEN)]
    return [(_place(kind, name), name) for name in (_GOOD, *REFUSED.get(checker.title, ()))]


def _place(kind: str, name: str) -> str:
    return f"{name}/{PAGE}" if kind == "page" else f"{name}.{kind}"
