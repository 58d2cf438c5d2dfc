"""What changed is told in a planner's words, each thing once, and nothing that its readers may not see."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CASES, PROJECT
from pswkdocs.changes import compare
from pswkdocs.changes.labels import label, noun
from pswkdocs.changes.reports import as_json, lines
from pswkdocs.changes.sides import Side
from pswkdocs.changes.told import Changes
from pswkdocs.changes.words import Piece, marked
from pswkdocs.cli import main
from pswkdocs.load import FILES, load
from pswkdocs.model.content import Content, Entry, kind
from pswkdocs.model.plan import Priority
from pswkdocs.model.record import AUDIENCES, Part, Record
from pswkdocs.prose import plain
from pswkdocs.render import Renderer

VITAL = "forward-plan/priorities/vital-5.yml"
CANCER = "forward-plan/priorities/cancer.yml"
PLAN = "forward-plan/plan.yml"
CHARTER = "vcse-charter/charter.yml"
PROGRAMMERS = {"data", "id", "item", "key", "kind", "object", "short", "type"}  # words that are names and say little
NAMES = CASES / "changes/names.txt"

Edit = Callable[[Path], object]


def put(file: str, *changes: tuple[str, str]) -> Edit:
    """An edit that puts new words in the place of old ones."""

    def edit(content: Path) -> None:
        text = (content / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, (file, old)
            text = text.replace(old, new, 1)
        (content / file).write_text(text, encoding="utf-8")

    return edit


def retire(*entries: str) -> Edit:
    """An edit that writes the register of ids no longer in use."""
    head = "id: retired\naudience: public\ntitle: Retired\nsummary: What went.\nsource: editors\nentries:\n"
    listed = "".join(f"- {{{entry}, gone: 2026-01-15, source: editors}}\n" for entry in entries)
    return lambda content: (content / "registers/retired.yml").write_text(head + listed, encoding="utf-8")


def all_of(*edits: Edit) -> Edit:
    return lambda content: [edit(content) for edit in edits]


def text_of(changes: Changes) -> str:
    return "\n".join("".join(words for words, _ in line) for line in lines(changes))


@pytest.fixture
def after(tmp_path: Path) -> Callable[..., Content]:
    """The real content after edits."""

    def edited(*edits: Edit) -> Content:
        root = tmp_path / "content"
        shutil.copytree(PROJECT / "content", root)
        for edit in edits:
            edit(root)
        content, problems = load(root)
        assert not problems
        return content

    return edited


DIAGNOSED = put(
    VITAL,
    ("By 2029, 80% of the people expected", "By 2030, 85% of the people expected"),
    ('diagnosed\n    target: 80%\n    deadline: "2029"', 'diagnosed\n    target: 85%\n    deadline: "2030"'),
)
ACTION = put(
    VITAL,
    (
        "  - id: build-on-lessons",
        '  - id: evening-clinics\n    year: "2024/25"\n    text: Open clinics in the evening.\n    source: editors\n'
        "  - id: build-on-lessons",
    ),
)
SUBCLAUSE = put(
    CHARTER,
    (
        "          - id: short-term-funding\n            letter: b",
        "          - id: rents\n            letter: b\n            text: Rents rise.\n            source: editors\n"
        "          - id: short-term-funding\n            letter: c",
    ),
    (
        "            letter: c\n            text: >-\n              For some",
        "            letter: d\n            text: >-\n              For some",
    ),
)
RENAMED = put(VITAL, ("  - id: diagnosed", "  - id: found"))
CANCER_GONE = all_of(lambda content: (content / CANCER).unlink(), put(PLAN, ("  - cancer\n", "")))

TOLD: dict[str, tuple[Edit, list[str]]] = {
    "a target": (
        DIAGNOSED,
        [
            "  Priority “Vital 5: exploring a whole-family approach”",
            "    Outcome “By 2030, 85% of the people expected to have high blood pressure have …”",
            "      text: “By [2029, 80% → 2030, 85%] of the people expected to have …”",
            "      target: 80% by 2029 → 85% by 2030",
        ],
    ),
    "an action": (ACTION, ["    Action “Open clinics in the evening.” added (2024/25)"]),
    "a workstream": (
        put(VITAL, ("workstream: live-well", "workstream: age-care-well")),
        ["  Priority “Vital 5: exploring a whole-family approach” moved from Live Well to Age and Care Well"],
    ),
    "a year": (
        put(VITAL, ('gaps\n    year: "2023/24"', 'gaps\n    year: "2024/25"')),
        ["and manages …” moved from 2023/24 to 2024/25"],
    ),
    "the order of priorities": (
        put(
            PLAN,
            ("  - mental-health-collaboration\n", ""),
            ("  - vital-5\n", "  - vital-5\n  - mental-health-collaboration\n"),
        ),
        ["mental health” moved, to stand after priority “Vital 5: exploring a whole-family approach”"],
    ),
    "a figure": (put(VITAL, ("value: 54%", "value: 55%")), ["accounts for”, value: about 54% → about 55%"]),
    "a comparison": (
        put(PLAN, ("value: 26%", "value: 27%")),
        ["Figure “Residents aged 20 to 39”, compared with: “England: [26% → 27%]”"],
    ),
    "a note": (
        put(VITAL, ("L243\n", "L243\n    note: The source says “digital”.\n")),
        ["do in the community.”, editors’ note added: “The source says “digital”.”"],
    ),
    "partners": (put(VITAL, ("\npartners: [gstt, kch]", "\npartners: [gstt]")), ["partners removed: KCH"]),
    "a row of a table": (
        put(
            "strategy/strategic-priorities/prevention.yml",
            (
                "evidence_rows:\n",
                "evidence_rows:\n  - id: walking\n    title: Walking\n    findings: It helps.\n    source: editors\n",
            ),
        ),
        ["  Priority “Prevention", "    Row of the evidence “Walking” added: “It helps.”"],
    ),
    "emphasis": (
        put(CHARTER, ("We have collective goals.", "We have **collective goals**.")),
        ["Clause 1.2, text: the same words, with another link, emphasis or layout"],
    ),
    "an agenda item": (
        put(
            "meetings/icp-2023-07-24/meeting.yml",
            (
                "agenda:\n",
                'agenda:\n  - id: silence\n    number: "0"\n    title: A minute’s silence\n    source: editors\n',
            ),
        ),
        ["Item 0, “A minute’s silence” added"],
    ),
    "a minute": (
        put(
            "meetings/leadership-team-2020-11-05/meeting.yml",
            ("We agreed the minutes as accurate. We", "We approved the minutes. We"),
        ),
        [
            "  Item 1, “Minutes and Matters Arising”",
            "    Minute 1.1, text: “We [agreed the minutes as accurate → approved the minutes]. We took up",
        ],
    ),
    "progress": (
        put(
            "action-logs/leadership-team.yml",
            ("    progress:\n", "    progress:\n      - {told: 2021-01-05, status: open, text: Begun.}\n"),
        ),
        ["Action 1, progress added: 5 January 2021: open, “Begun.”"],
    ),
    "a sub-clause": (
        SUBCLAUSE,
        ["Clause 1.3(b) added: “Rents rise.”", "The former clauses 1.3(b) and 1.3(c) renumbered 1.3(c) and 1.3(d)"],
    ),
    "a renamed id": (
        RENAMED,
        ["    Outcome removed (80% by 2029): “By 2029, 80%", "    Outcome added (80% by 2029): “By 2029, 80%"],
    ),
    "a priority": (CANCER_GONE, ["Priority “Cancer” removed, with 7 actions and 2 outcomes: “Make cancer"]),
    "a priority and why": (
        all_of(CANCER_GONE, retire("was: cancer, title: Cancer, why: It has a plan of its own.")),
        ["living with cancer.” Reason: It has a plan of its own."],
    ),
    "a priority in another": (
        all_of(CANCER_GONE, retire("was: cancer, title: Cancer, why: One is enough., now: vital-5")),
        ["Reason: One is enough. In its place: priority “Vital 5: exploring a whole-family approach”."],
    ),
    "a meeting": (
        lambda content: shutil.rmtree(content / "meetings/leadership-team-2020-11-05"),
        ["Meeting “Partnership Southwark Leadership Team Meeting” removed (5 November 2020), with 20 entries"],
    ),
    "the edition": (
        put("partnership.yml", ('version: "0.1"', 'version: "0.2"')),
        ["  The partnership itself, edition, version: 0.1 → 0.2"],
    ),
    "all links of a priority": (
        all_of(
            put(VITAL, ("id: vital-5\n", "id: vital-five\n")),
            put(PLAN, ("  - vital-5\n", "  - vital-five\n")),
            lambda content: (content / VITAL).rename(content / "forward-plan/priorities/vital-five.yml"),
            retire("was: vital-5, title: Vital 5, why: No digits., now: vital-five"),
        ),
        ["approach”, permanent link: vital-5 → vital-five (editors only)"],
    ),
}
TWO = ("a target", "a sub-clause", "a renamed id")
OF_THE_REGISTER = ("a priority and why", "a priority in another", "all links of a priority")  # itself is new there


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, content: Content, after: Callable[..., Content]) -> None:
    """Each edit of the real content is told as a planner would, and nothing besides."""
    edit, said = TOLD[name]
    changes = compare(content, after(edit))
    told = text_of(changes)
    for line in said:
        assert line in told, told
    assert changes.count == 1 + (name in TWO + OF_THE_REGISTER), told


def test_sections_take_their_clauses_with_them(content: Content, after: Callable[..., Content]) -> None:
    def shift(root: Path) -> None:
        text = (root / CHARTER).read_text(encoding="utf-8")
        shifted = re.sub(r'number: "([3-9])', lambda found: f'number: "{int(found[1]) + 1}', text)
        (root / CHARTER).write_text(shifted, encoding="utf-8")

    told = text_of(compare(content, after(shift)))
    assert told.splitlines()[-1] == "  Sections 3 to 6 renumbered 4 to 7, with all that is numbered in it"


def test_a_new_order_is_told_once(content: Content, after: Callable[..., Content]) -> None:
    def turn(root: Path) -> None:
        head, *rest = (root / VITAL).read_text(encoding="utf-8").partition("actions:\n")[2].partition("\naim:")
        whole = (root / VITAL).read_text(encoding="utf-8")
        turned = "".join(sorted(re.split(r"(?m)^(?=  - id)", head)[1:], reverse=True))
        (root / VITAL).write_text(whole.replace(head, turned.rstrip() + "\n"), encoding="utf-8")

    changes = compare(content, after(turn))
    assert changes.count == 1
    assert "actions: in another order: “" in text_of(changes) and " and 1 more" in text_of(changes)


def test_a_record_that_stands_in_another_file_moved(content: Content, after: Callable[..., Content]) -> None:
    text = (PROJECT / "content" / VITAL).read_text(encoding="utf-8")
    action = text[text.index("  - id: find-gaps") : text.index("  - id: align-with")]
    changes = compare(content, after(put(VITAL, (action, "")), put(CANCER, ("actions:\n", "actions:\n" + action))))
    assert changes.count == 1
    assert "moved from priority “Vital 5: exploring a whole-family approach” to priority “Cancer”" in text_of(changes)


def test_a_renamed_record_is_the_same_where_the_register_says_so(
    content: Content, after: Callable[..., Content]
) -> None:
    named = retire("was: vital-5/diagnosed, title: Diagnosed, why: A plainer id., now: vital-5/found")
    changes = compare(content, after(RENAMED, DIAGNOSED, named))
    assert changes.for_readers().count == 2
    assert "target: 80% by 2029 → 85% by 2030" in text_of(changes)
    assert "permanent link: vital-5/diagnosed → vital-5/found (editors only)" in text_of(changes)


def test_editors_changes_are_told_apart(content: Content, after: Callable[..., Content]) -> None:
    lines_of_a_source = put(VITAL, ("L243\n", "L244\n"))
    words_to_avoid = put("plain-english.yml", ("  - COVID\n", ""))
    changed = after(lines_of_a_source, words_to_avoid)
    assert not compare(content, changed, "staff").for_readers().groups
    assert "lines 243 →" in text_of(compare(content, changed)) and "COVID" not in text_of(compare(content, changed))
    told = text_of(compare(content, changed, "staff"))
    assert "abbreviations that need no explanation removed: COVID (editors only)" in told


def test_what_leaves_an_audience_is_gone(content: Content, after: Callable[..., Content]) -> None:
    narrower = after(put("primary-care/paper.yml", ("audience: public", "audience: staff")))
    assert "Paper “Primary Care Focus” removed" in text_of(compare(content, narrower))
    assert "Paper “Primary Care Focus” added" in text_of(compare(narrower, content))
    assert "Primary Care Focus” removed" not in text_of(compare(content, narrower, "staff"))


def test_a_reason_is_told_to_those_who_may_read_the_register(content: Content, after: Callable[..., Content]) -> None:
    register = retire("was: cancer, title: Cancer, why: It has a plan of its own.")
    staff = put("registers/retired.yml", ("audience: public", "audience: staff"))
    changed = after(CANCER_GONE, register, staff)
    assert "Reason" not in text_of(compare(content, changed))
    assert "Reason: It has a plan of its own." in text_of(compare(content, changed, "staff"))


def test_nothing_narrower_is_told(content: Content, after: Callable[..., Content]) -> None:
    """Whatever happens to what fewer may see, the public is told nothing of it, editors’ changes included."""
    hidden = [entry for entry in content.entries if content.audience(entry) != "public"]
    assert len(hidden) > 3

    def spoil(root: Path) -> None:
        for entry in hidden:
            path = root.parent / entry.source.path
            said = re.sub(r"(?m)^(title: )(\"?)", r"\1\2Spoilt ", path.read_text(encoding="utf-8"))
            path.write_text(said, encoding="utf-8")

    spoilt = after(spoil)
    told = text_of(compare(content, spoilt))
    assert told == "Nothing changed.", told[:2000]
    assert compare(content, spoilt, "restricted").count == len(hidden)
    gone = after_without(spoilt, {entry.record.id for entry in hidden})
    assert not compare(content, gone).groups and not compare(gone, content).groups


def after_without(content: Content, ids: set[str]) -> Content:
    return Content.of(tuple(entry for entry in content.entries if entry.record.id not in ids), content.papers)


def test_no_id_is_the_only_name(content: Content) -> None:
    """Every record has a name in words, whatever may happen to it."""
    side = Side.of(content, "restricted")
    assert len(side.standing) > 1500
    for key, standing in side.standing.items():
        own = key.rpartition("/")[2]
        name = side.named(standing)
        said = [str(value) for field, value in standing.record if field != "id"]
        assert f"“{own}”" not in name or own in said, name
        assert re.search(r"[“\d]", name) or name == "accessibility statement", name


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_changed(content: Content, audience: str) -> None:
    assert text_of(compare(content, content, audience)) == "Nothing changed."  # type: ignore[arg-type]


def thinned(entry: Entry, draw: Callable[[], bool]) -> Entry:
    """A priority with some of what it holds."""
    if not isinstance(entry.record, Priority):
        return entry
    kept = {
        name: tuple(it for it in getattr(entry.record, name) if draw()) for name in ("actions", "outcomes", "figures")
    }
    return replace(entry, record=entry.record.model_copy(update=kept))


def whole_records(changes: Changes, what: str) -> set[str]:
    every = (subject for group in changes.groups for subject in group.subjects)
    return {it.key for it in every for change in it.changes if change.what == what and not change.label}


def test_what_came_one_way_went_the_other(content: Content) -> None:
    @settings(max_examples=5, deadline=None)
    @given(random=st.randoms(use_true_random=False))
    def hold(random: Random) -> None:  # without the content as an argument, which Hypothesis would write out
        def draw() -> bool:
            return random.random() < 0.5

        files = [entry for entry in content.entries if not isinstance(entry.record, Priority) or draw()]
        one = Content.of(tuple(thinned(entry, draw) for entry in files), content.papers)
        other = Content.of(tuple(thinned(entry, draw) for entry in content.entries), content.papers)
        there, back = compare(one, other), compare(other, one)
        assert whole_records(there, "added") == whole_records(back, "removed")
        assert whole_records(there, "removed") == whole_records(back, "added")
        assert not compare(one, one).groups

    hold()


def test_it_is_fast(content: Content, after: Callable[..., Content]) -> None:
    changed = after(DIAGNOSED, ACTION, CANCER_GONE)
    started = time.perf_counter()
    compare(content, changed, "restricted")
    assert time.perf_counter() - started < 1


WORDS = {
    "one word": ("Work with us.", "Work closely with us.", "Work {closely} with us."),
    "islands": (
        "Find out where in the system people have their blood pressure taken.",
        "Find out where in the borough residents have their weight taken.",
        "Find out where in the -system people have their blood pressure- {borough residents have their weight} taken.",
    ),
    "another text": ("Review the plan.", "Open four clinics.", "-Review the plan.- {Open four clinics.}"),
    "a second sentence": ("The plan.", "The plan. It has five parts.", "The plan. {It has five parts.}"),
    "far apart": (
        "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen.",
        "One one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen.",
        "One {one} two three four five six seven … eleven twelve thirteen fourteen fifteen sixteen -seventeen-.",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_words_are_marked(name: str) -> None:
    old, new, shown = WORDS[name]
    marks = {"same": "{}", "removed": "-{}-", "added": "{{{}}}"}

    def show(piece: Piece) -> str:
        space = " " * piece.text.startswith(" ")
        return space + marks[piece.kind].format(piece.text.strip())

    assert " ".join("".join(map(show, marked(old, new))).replace("-{", "- {").split()) == shown


@given(st.text(), st.text(max_size=10))
def test_marked_words_are_those_of_the_new_text(old: str, new: str) -> None:
    """But for white space, and for what is left out around the changes of a long text."""
    if pieces := marked(old, new):
        shown = "".join(piece.text for piece in pieces if piece.kind != "removed")
        assert "".join(shown.split()).replace("…", "") == "".join(new.split()).replace("…", "")


def every_type() -> Iterator[type[Part]]:
    """The type of every record and part that a file may hold."""
    found: dict[type[Part], None] = {}

    def search(annotation: object) -> None:
        if isinstance(annotation, type) and issubclass(annotation, Part) and annotation not in found:
            found[annotation] = None
            for field in annotation.model_fields.values():
                search(field.annotation)
        for argument in get_args(annotation):
            search(argument)

    for _, type_, _ in FILES:
        search(type_)
    yield from found


def test_fields_and_records_are_called_what_planners_call_them(content: Content, update: bool) -> None:
    """A new field or type is read here once by a person; a name that is its own label is made of words of our texts."""
    types = sorted(every_type(), key=lambda type_: type_.__name__)
    assert len(types) > 90
    told = "".join(
        f"{type_.__name__}{f' ({noun(type_)})' if issubclass(type_, Record) else ''}\n"
        + "".join(f"    {name}: {label(type_, name)}\n" for name in type_.model_fields)
        for type_ in types
    )
    if update:
        NAMES.write_text(told, encoding="utf-8")
    assert told == NAMES.read_text(encoding="utf-8"), "say in changes/labels.py what planners call it, then --update"
    texts = [plain(text) for entry in content.entries if entry.record.for_readers for _, text, _ in entry.texts]
    meant = [field.description or "" for type_ in types for field in type_.model_fields.values()]
    meant += [kind(type_) for type_ in types]
    known = {word.rstrip("s") for text in (*texts, *meant) for word in re.findall(r"[a-z]+", text.lower())}
    strange = []
    for type_ in types:
        for name in type_.model_fields:
            called = label(type_, name)
            assert "_" not in called
            if called == name.replace("_", " "):
                words = {word.rstrip("s") for word in called.split()}
                strange += [f"{type_.__name__}.{name}"] if words - known or called in PROGRAMMERS else []
    assert not strange, "say in changes/labels.py what planners call it"


def test_html_is_escaped_and_says_what_colours_say(
    content: Content, after: Callable[..., Content], tmp_path: Path
) -> None:
    edit = put(
        VITAL, ("54% of all strokes", "<script>alert(1)</script> 55% of all strokes"), ("value: 54%", "value: <b>9</b>")
    )
    changes = compare(content, after(edit)).for_readers()
    page = Renderer(PROJECT / "templates", tmp_path).changes(
        "page.html", {"changes": changes, "old": "<i>", "new": "now", "look": ""}
    )
    assert "<script>" not in page and "<b>" not in page and "<i>" not in page
    assert '<del><span class="unseen">removed: </span>about 54%</del>' in page
    assert '<ins><span class="unseen">added: </span>about &lt;b&gt;9&lt;/b&gt;</ins>' in page


def test_markdown_holds_no_markup_of_the_content(
    content: Content, after: Callable[..., Content], tmp_path: Path
) -> None:
    name = "'x](https://evil.example) <img src=x> @everyone closes #1 `rm` **b** ~~s~~ | $x$ ![i](j)'"
    changes = compare(content, after(put(VITAL, ("value: 54%", f"value: {name}"))))
    said = Renderer(PROJECT / "templates", tmp_path).changes("comment.md", {"changes": changes, "old": "a", "new": "b"})
    line = next(line for line in said.splitlines() if "evil" in line)
    assert (
        "x\\](https:<!-- -->//evil.example) &lt;img src=x&gt; @<!-- -->everyone closes #<!-- -->1 \\`rm\\` "
        "\\*\\*b\\*\\* \\~\\~s\\~\\~ \\| \\$x\\$ !\\[i\\](j)"
    ) in line
    assert said.startswith("**1 change (1 changed) in: Forward plan.**\n")


def test_json_can_be_read(content: Content, after: Callable[..., Content]) -> None:
    data = json.loads(as_json(compare(content, after(ACTION))))
    (record,) = data["groups"][0]["records"]
    assert (record["key"], record["within"]) == (
        "vital-5/evening-clinics",
        ["Priority “Vital 5: exploring a whole-family approach”"],
    )


# Git: a project as people keep it.


def git(project: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    command = ["git", *who, "-C", str(project), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clone with the real content in one commit, tagged 1.0; templates beside it."""
    root = tmp_path / "project"
    for name in ("content", "templates"):
        shutil.copytree(PROJECT / name, root / name)
    git(tmp_path, "init", "-q", "-b", "main", str(root))
    git(root, "add", "content")
    git(root, "commit", "-q", "-m", "First")
    git(root, "tag", "1.0")
    return root


def diff(project: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--project", str(project), "diff", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_versions_of_all_sorts_are_compared(project: Path, tmp_path: Path) -> None:
    assert diff(project, "1.0").output == "Nothing changed.\n"
    DIAGNOSED(project / "content")
    here = diff(project, "1.0")
    assert here.exit_code == 0 and "target: 80% by 2029 → 85% by 2030" in here.output
    git(project, "commit", "-q", "-a", "-m", "Second")
    shutil.copytree(project / "content", tmp_path / "other/content")
    for old, new in (("1.0", "main"), ("HEAD~1", "HEAD"), (git(project, "rev-parse", "1.0"), str(tmp_path / "other"))):
        assert diff(project, old, new).output == here.output
    for form, begins in (("markdown", "**2 changes"), ("html", "<!DOCTYPE html>"), ("json", "{")):
        assert diff(project, "1.0", "--format", form).output.startswith(begins)


def test_sources_are_told_on_request(project: Path) -> None:
    put(VITAL, ("L243\n", "L244\n"))(project / "content")
    assert diff(project, "1.0").output == "Nothing changed.\n"
    assert "lines 243 → " in diff(project, "1.0", "--all").output


def test_a_project_in_a_folder_of_its_repository(tmp_path: Path, project: Path) -> None:
    outer = tmp_path / "outer"
    shutil.copytree(project / "content", outer / "site/content")
    git(tmp_path, "init", "-q", str(outer))
    git(outer, "add", "-A")
    git(outer, "commit", "-q", "-m", "First")
    assert diff(outer / "site", "HEAD").output == "Nothing changed.\n"


def problem(result: Result) -> str:
    assert result.exit_code == 1
    return result.output


def test_what_git_cannot_tell_is_told(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(project, "branch", "release-autumn")
    assert "Did you mean `release-autumn`?" in problem(diff(project, "release-autum"))
    assert "`git log --oneline` lists commits" in problem(diff(project, "0123456"))
    assert "there is no commit, tag or branch of this name" in problem(diff(project, "--", "--output=/tmp/x"))
    shutil.copytree(project / "content", tmp_path / "plain/content")
    assert "this is not a git repository" in problem(diff(tmp_path / "plain", "HEAD"))
    (project / "content").rename(project / "texts")
    git(project, "add", "texts")
    git(project, "commit", "-q", "-a", "-m", "No content")
    assert "this commit holds no `content/`" in problem(diff(project, "HEAD", "1.0"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in problem(diff(project, "1.0"))


def test_a_shallow_clone_is_told(project: Path, tmp_path: Path) -> None:
    first = git(project, "rev-parse", "HEAD")
    DIAGNOSED(project / "content")
    git(project, "commit", "-q", "-a", "-m", "Second")
    git(tmp_path, "clone", "-q", "--depth", "1", project.as_uri(), "shallow")
    assert diff(tmp_path / "shallow", "HEAD").output == "Nothing changed.\n"
    assert "Run `git fetch --unshallow --tags`" in problem(diff(tmp_path / "shallow", first))


def test_content_of_another_time_is_told(project: Path) -> None:
    put(VITAL, ("workstream: live-well", "stream: live-well"))(project / "content")
    git(project, "commit", "-q", "-a", "-m", "As it was once")
    git(project, "tag", "0.1")
    git(project, "checkout", "-q", "1.0", "--", "content")
    told = problem(diff(project, "0.1"))
    assert "0.1: error: this version’s content is not as today’s program reads it: 1 problem" in told
    assert "0.1:content/forward-plan/priorities/vital-5.yml:1" in told
    assert "The last good site" not in told


def test_a_file_that_was_not_there_yet_keeps_nothing_from_being_told(project: Path) -> None:
    git(project, "rm", "-q", "content/accessibility.yml")
    git(project, "commit", "-q", "-m", "Before the statement")
    told = diff(project, "HEAD", "1.0")
    assert told.exit_code == 0 and "  Accessibility statement added, with " in told.output


def test_a_shortcut_in_a_commit_reads_nothing(project: Path) -> None:
    (project / "content/pages").mkdir(exist_ok=True)
    (project / "content/pages/secret.yml").symlink_to("/etc/passwd")
    git(project, "add", "content")
    git(project, "commit", "-q", "-m", "A shortcut")
    (project / "content/pages/secret.yml").unlink()
    told = problem(diff(project, "HEAD"))
    assert "shortcut to another place" in told and "root" not in told
