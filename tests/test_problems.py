"""Every mistake of an editor or a designer is told with its place and the way out; nothing ends in a traceback.

A case in `cases/problems/` holds the files that differ from `_base`, and `problems.txt`: what `pswkdocs check` says.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CASES, PROJECT
from pswkdocs import pipeline
from pswkdocs.checks.file import CHAPTERS
from pswkdocs.cli import main
from pswkdocs.config import Config
from pswkdocs.load import FILES
from pswkdocs.model.charter import Charter
from pswkdocs.model.meeting import ClosedPart, Meeting
from pswkdocs.model.page import HandPage
from pswkdocs.model.record import Part, Slug, Text
from pswkdocs.model.strategy import Strategy
from pswkdocs.problems import REPORTS, BuildFailed, Problem, Span
from pswkdocs.publications import LAYOUTS
from pswkdocs.view import Views

PROBLEMS = CASES / "problems"
BASE = PROBLEMS / "_base"
NAMES = sorted(folder.name for folder in PROBLEMS.iterdir() if folder != BASE)
HELP = "content/pages/help.yml"
CHARTER = "content/riverside-charter/charter.yml"
STRATEGY = "content/strategy/strategy.yml"
MEETING = "content/meetings/board-2025-09-10/meeting.yml"

ANY_LINE_OR_ID = {get_args(Text)[1].pattern, get_args(Slug)[1].pattern}

# Cases that files laid over the content cannot make: what is done to it instead.
DONE: dict[str, Callable[[Path], object]] = {
    "file-is-a-shortcut": lambda content: (content / "pages/passwords.yml").symlink_to("/etc/passwd"),
    "file-is-a-shortcut-to-nothing": lambda content: (content / "pages/nothing.yml").symlink_to("nothing"),
    "file-is-missing": lambda content: (content / "registers/glossary.yml").unlink(),
    "folder-is-a-shortcut": lambda content: (content / "pages/more").symlink_to(PROJECT / "content"),
    "folder-is-a-shortcut-to-itself": lambda content: (content / "loop").symlink_to("loop"),
    "meeting-folder-is-not-the-id": lambda content: (content / "meetings/board-2025-09-10").rename(
        content / "meetings/board-september"
    ),
    "statement-is-missing": lambda content: (content / "accessibility.yml").unlink(),
    "yaml-deep-brackets": lambda content: append(content / "pages/help.yml", "note: " + "[" * 10_000 + "\n"),
}


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def run(project: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--project", str(project), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the small good content, to be spoilt."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def change(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


@pytest.mark.parametrize("name", NAMES)
def test_mistakes_are_told(name: str, project: Path, update: bool) -> None:
    case = PROBLEMS / name
    if name in DONE:
        DONE[name](project / "content")
    elif not update or (case / "content").is_dir():
        shutil.copytree(case / "content", project / "content", dirs_exist_ok=True)
    result = run(project, "check")
    if update:
        (case / "problems.txt").write_text(result.output, encoding="utf-8")
    assert result.output == (case / "problems.txt").read_text(encoding="utf-8")
    assert result.exit_code == (1 if ": error: " in result.output else 0)


def test_cases_are_there() -> None:
    assert len(NAMES) >= 220
    assert DONE.keys() <= set(NAMES)


def test_every_place_and_way_out_is_told() -> None:
    """Each problem of each case has a line, a column and a hint; places are in order."""
    for name in NAMES:
        text = (PROBLEMS / name / "problems.txt").read_text(encoding="utf-8")
        lines = text.removesuffix("Ids and links are looked at once these files can be read.\n").splitlines()
        told = [number for number, line in enumerate(lines) if not line.startswith("    ")]
        assert told and all(lines[number + 1].startswith("    ") for number in told), name
        places = []
        for number in told:
            path, line, column, _ = lines[number].split(":", 3)
            places.append((path, int(line), int(column)))
        assert places == sorted(places), name


def test_good_content_passes(project: Path) -> None:
    result = run(project, "check", "--strict")
    assert (result.output, result.exit_code) == ("No problem found.\n", 0)


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("title: How to get help", "title: no", "no"),
        ("title: How to get help", "title: yes", "yes"),
        ("title: How to get help", "title: 16:45", "16:45"),
        ("title: How to get help", "title: 3.10", "3.10"),
        ("title: How to get help", "title: 2022-07-16", "2022-07-16"),
        ("title: How to get help", "title: 0x10", "0x10"),
        ("title: How to get help", "title: 1_000", "1_000"),
        ("title: How to get help", "title:\tHelp", "Help"),
        ("title: How to get help", "title: How to get\n  help", "How to get help"),
        ("title: How to get help", "title: >\n  How to get\n  help", "How to get help"),
        ("title: How to get help", 'title: "Help: how to get it" # as agreed', "Help: how to get it"),
        ("title: How to get help", "title: Help – “how” & where, it’s team#1", "Help – “how” & where, it’s team#1"),
        ("title: How to get help", 'note:\ntitle: "null"', "null"),
        ("id: help", "---\nid: help", "How to get help"),
        ("id: help", "# For editors only\n\nid: help", "How to get help"),
        ("id: help", "\ufeffid: help", "How to get help"),
        ("\n", "\r\n", "How to get help"),
    ],
)
def test_what_looks_odd_is_read_as_written(project: Path, old: str, new: str, title: str) -> None:
    path = project / HELP
    path.write_bytes(path.read_text().replace(old, new, -1 if old == "\n" else 1).encode())
    content, _ = pipeline.read(Config(project))
    assert content.the(HandPage).title == title


def test_numbers_need_no_quotation_marks(project: Path) -> None:
    clause = "      - id: further-{n}\n        number: 1.{n}\n        text: Words.\n        source: editors\n"
    further = "".join(clause.format(n=number) for number in range(3, 12))
    change(project, CHARTER, "  - id: money\n", further + "  - id: money\n")
    content, _ = pipeline.read(Config(project))
    numbers = [clause.number for clause in content.the(Charter).sections[0].clauses]
    assert numbers[-2:] == ["1.10", "1.11"]


def test_times_and_minutes_need_no_quotation_marks(project: Path) -> None:
    """YAML itself would read 15:10 as 910 and 3.10 as 3.1."""
    change(project, MEETING, "number: 2.1\n", "number: 3.10\n")
    content, _ = pipeline.read(Config(project))
    item = content.the(Meeting).agenda[1]
    assert (item.begins, item.number, item.topics[0].minutes[0].number) == ("15:10", "2", "3.10")


def test_strategic_priorities_keep_clear_of_chapters() -> None:
    assert {part.name for part in LAYOUTS[Strategy].parts if part.title} == set(CHAPTERS)


def test_sources_may_differ_where_a_note_says_so(project: Path) -> None:
    figure = "{id: again, measure: People with ill minds, value: 12%, place: the county, period: 2024, source: editors}"
    said = f"  - id: lonely\n    text: Of 100 people, 12 are lonely.\n    figures: [{figure}]\n    source: editors\n"
    change(project, STRATEGY, "overview:\n", "overview:\n" + said)
    assert "this says 12%, but content/strategy/strategic-priorities/mind.yml" in run(project, "check").output
    change(project, STRATEGY, "period: 2024, ", "period: 2024, note: Counted otherwise., ")
    assert run(project, "check", "--strict").output == "No problem found.\n"


def test_the_example_of_a_meeting_is_good(tmp_path: Path) -> None:
    """What CONTRIBUTING.md shows passes in the place of the meeting that it is taken from."""
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    meeting = tmp_path / "content/meetings/icp-2023-07-24/meeting.yml"
    head = "id: icp-2023-07-24\naudience: public\ntitle: A\nshort_title: B\nsummary: C.\nsource: icp-pack L1\n"
    shown = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    meeting.write_text(head + "introduction: D.\n" + shown)
    told = [line for line in run(tmp_path, "check").output.splitlines() if "/meeting.yml:" in line]
    told = [line for line in told if ": error: " in line]
    assert ["there is no `risk-register.pdf` beside this file" in line for line in told] == [True]


def test_those_who_speak_in_a_closed_part_were_at_its_meeting(project: Path) -> None:
    """Two meetings have an attendance of one id: the closed part means its own meeting's, first in order or not."""
    for day in ("2025-09-01", "2025-09-30"):
        other = project / f"content/meetings/board-{day}"
        shutil.copytree(project / "content/meetings/board-2025-09-10", other, ignore=lambda *_: ["closed.yml"])
        text = (
            (other / "meeting.yml").read_text().replace("2025-09-10", day).replace("papers_published: 2025-09-02\n", "")
        )
        late = "        late:\n          published: 2025-09-05\n          reason: The county sent it late.\n"
        (other / "meeting.yml").write_text(text.replace(late, ""))
    content = pipeline.read(Config(project))[0]
    part = content.the(ClosedPart)
    spoke = Views(content).whole(part).agenda[0].minutes[0].speakers
    assert [speaker.key for speaker in spoke] == ["board-2025-09-10/hospital-director"]


def models(of: type[Part]) -> Iterator[type[Part]]:
    """A model and those of the records inside it."""
    yield of
    for field in of.model_fields.values():
        yield from (inner for part in parts(field.annotation) for inner in models(part))


def parts(annotation: object) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in get_args(annotation):
        yield from parts(argument)


def forms(annotation: object) -> Iterator[str]:
    """The patterns that a field's text has to fit."""
    yield from filter(None, [getattr(annotation, "pattern", None)])
    for argument in get_args(annotation):
        yield from forms(argument)


def test_every_form_is_told_by_an_example() -> None:
    """Where a text of any other form is refused, the hint is the field's description."""
    found = {
        (model.__name__, name): field
        for _, file_type, _ in FILES
        for model in models(file_type)
        for name, field in model.model_fields.items()
        for pattern in (*forms(field.annotation), *(form for data in field.metadata for form in forms(data)))
        if pattern not in ANY_LINE_OR_ID
    }
    assert len(found) > 10
    for place, field in found.items():
        assert "as in `" in (field.description or ""), place


def test_no_content_is_told(tmp_path: Path) -> None:
    result = run(tmp_path, "check")
    assert result.exit_code == 1
    assert "there is no such folder" in result.output


def test_warnings_fail_only_where_it_is_strict(project: Path) -> None:
    change(project, "content/partnership.yml", "contact:\n  email: hello@riverside.example\n", "")
    told = (
        "content/partnership.yml:1:1: warning: no contact is stated, so readers cannot ask for another format\n"
        "    Add `contact:` with `email:` or `phone:` of the partnership.\n"
    )
    assert (run(project, "check").output, run(project, "check").exit_code) == (told, 0)
    assert (run(project, "check", "--strict").output, run(project, "check", "--strict").exit_code) == (told, 1)


def test_warnings_stand_among_errors(project: Path) -> None:
    change(project, "content/partnership.yml", "contact:\n  email: hello@riverside.example\n", "")
    change(project, HELP, "title:", "titel:")
    lines = run(project, "check").output.splitlines()
    assert [line.split(": ")[1] for line in lines if line.startswith("content")] == ["error", "warning"]


ODD = (
    Problem(Span("content/a,b:c%.yml", 3, 5), "100% of “x”\nare wrong", "Write:\r\n  50%, say."),
    Problem(Span("content/b.yml"), "no way out", severity="warning"),
    Problem(Span("mkdocs", 0), "no line"),
)


def test_github_is_told_in_its_own_escapes() -> None:
    assert REPORTS["github"](ODD).splitlines() == [
        "::error file=content/a%2Cb%3Ac%25.yml,line=3,col=5::100%25 of “x”%0Aare wrong Write:%0D%0A  50%25, say.",
        "::warning file=content/b.yml,line=1,col=1::no way out",
        "::error file=mkdocs::no line",
    ]


def test_programs_are_told_in_json() -> None:
    assert json.loads(REPORTS["json"](ODD)) == [
        {
            "path": problem.span.path,
            "line": problem.span.line,
            "column": problem.span.column,
            "severity": problem.severity,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in ODD
    ]


@pytest.mark.parametrize("report", ["json", "github"])
def test_reports_come_out_of_the_command(project: Path, report: str) -> None:
    assert run(project, "check", "--format", report).output.strip() == {"json": "[]", "github": ""}[report]
    change(project, HELP, "title: How", "titel: 50%, or how")
    result = run(project, "check", "--format", report)
    assert result.exit_code == 1
    if report == "json":
        assert json.loads(result.output)[0] == {
            "path": HELP,
            "line": 3,
            "column": 1,
            "severity": "error",
            "message": "`titel` is not a field here",
            "hint": "Write `title`.",
        }
    else:
        assert result.output == f"::error file={HELP},line=3,col=1::`titel` is not a field here Write `title`.\n"


def test_mistakes_leave_the_last_good_site(project: Path) -> None:
    shutil.copytree(PROJECT / "templates", project / "templates")
    shutil.copy(PROJECT / "mkdocs.yml", project)
    site = project / "site"
    site.mkdir()
    (site / "edition.json").write_text("{}")
    (site / "index.html").write_text("the last good one")
    change(project, HELP, "title:", "titel:")
    result = run(project, "build")
    assert result.exit_code == 1
    assert f"{HELP}:3:1: error: `titel` is not a field here" in result.output
    assert "The last good site is untouched." in result.output
    change(project, HELP, "titel:", "title:")
    append(project / "templates/documents/charter.html", "{{ 1 / 0 }}")
    result = run(project, "build")
    assert result.exit_code == 1
    last = len((project / "templates/documents/charter.html").read_text().splitlines())
    assert f"templates/documents/charter.html:{last}:1: error: division by zero" in result.output
    assert {path.name: path.read_text() for path in site.iterdir()} == {
        "edition.json": "{}",
        "index.html": "the last good one",
    }


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the real content, of which one file at a time is spoilt."""
    project = tmp_path_factory.mktemp("playground")
    shutil.copytree(PROJECT / "content", project / "content")
    return project


WRITTEN = sorted(path.relative_to(PROJECT).as_posix() for path in (PROJECT / "content").rglob("*.yml"))
PIECES = (
    *"\t\n\r :-#&*!|>@%`\"'[]{},?<\\~=/_\0\x07\u00a0\u2028\ufeffé😀",
    *("\n\n", "  ", "    ", ": ", " #", "- ", "---\n", "...\n", "null", "<b>", "<!--", "](", "](#x)", "![x](y)", "**"),
    *("id: a\n", "text:\n", "\n  - x\n", "[[[[", "{a: b}", "&a ", "*a ", "!!int ", "<<: ", "\n# ", "\n    code\n"),
    *("[x](javascript:y)", "[x](../y)", "[](#)", "L1-9999", "L0", "editors L1", "2023-02-30"),
    *("9" * 30, "a" * 5000, "- " * 50, "> " * 50),
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.sampled_from(("write", "write over", "delete", "repeat", "indent")), st.floats(0, 1), st.floats(0, 1),
              st.sampled_from(PIECES)),
    min_size=1,
    max_size=3,
)  # fmt: skip


def spoil(text: str, kind: str, place: float, size: float, piece: str) -> str:
    start = int(place * len(text))
    end = start + int(size**4 * 400)
    match kind:
        case "write":
            return text[:start] + piece + text[start:]
        case "write over":
            return text[:start] + piece + text[end:]
        case "delete":
            return text[:start] + text[end:]
        case "repeat":
            return text[:end] + text[start:]
    return text[:start] + text[start:end].replace("\n", "\n ") + text[end:]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(file=st.sampled_from(WRITTEN), edits=EDITS)
def test_no_edit_brings_it_down(playground: Path, file: str, edits: list[tuple[str, float, float, str]]) -> None:
    path = playground / file
    good = path.read_bytes()
    text = good.decode()
    for edit in edits:
        text = spoil(text, *edit)
    path.write_bytes(text.encode())
    try:
        pipeline.read(Config(playground))
    except BuildFailed as failed:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for problem in failed.problems:
            assert problem.message
            assert "\n" not in problem.message
            if problem.span.path == file:
                assert 1 <= problem.span.line <= len(lines)
                assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1
        assert all(report(failed.problems) for report in REPORTS.values())
    finally:
        path.write_bytes(good)


def test_two_versions_are_told_of_wherever_yaml_gives_up(project: Path) -> None:
    whole = (project / HELP).read_text(encoding="utf-8")
    (project / HELP).write_text(f"<<<<<<< HEAD\n{whole}=======\n{whole}>>>>>>> other\n", encoding="utf-8")
    assert f"{HELP}:1:1: error: two versions of this file were joined" in run(project, "check").output
