"""Two editions of a Word file as one: rejected, it is the old edition, accepted, the new one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator, ValidationSeverity

from conftest import PROJECT
from edits import edited, paragraph
from pswkdocs import pipeline, word
from pswkdocs.config import Config
from pswkdocs.plan import plan
from pswkdocs.render import Renderer
from pswkdocs.revisions import Signed, tracked
from revisions import DOCUMENT, Said, W, faults, local, packed, resolved, revisions, unpacked

SMALL = ("action-log", "forward-plan-summary", "leadership-team-2020-11-05-minutes", "vcse-charter")
EDITOR = Signed("Partnership Southwark", date(2026, 11, 22))
# LibreOffice's own Python, or the system's with its bridge.
BRIDGE = PROJECT / "tests" / "libreoffice.py"


def ours(_: str) -> Signed:
    return EDITOR


def written(project: Path) -> dict[str, bytes]:
    """The Word files of a project, by their names."""
    content = pipeline.read(Config(project))[0]
    edition = pipeline.drawn(plan(content, "public"), project / "templates")
    renderer = Renderer(project / "templates", project / "work")
    folder = project / "templates" / "word"
    return {one.name: word.write(one, renderer.document(one, edition), folder) for one in edition.documents}


def copied(folder: Path) -> Path:
    for name in ("content", "templates"):
        shutil.copytree(PROJECT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The Word files of the real content."""
    return written(copied(tmp_path_factory.mktemp("old")))


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Those of the content with a target changed, an action added, a clause inserted, a priority moved, and more."""
    project = copied(tmp_path_factory.mktemp("new"))

    def change(name: str, *changes: tuple[str, str]) -> None:
        file = project / "content" / name
        text = file.read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after, 1)
        file.write_text(text, encoding="utf-8")

    later = [(f'number: "1.{number}"', f'number: "1.{number + 1}"') for number in (5, 4, 3, 2)]
    change(
        "vcse-charter/charter.yml",
        *later,
        (
            "      - id: collective-goals\n",
            '      - id: shared-space\n        number: "1.2"\n        text: |\n'
            "          We offer rooms to the sector without charge.\n        source: icp-pack L1738\n"
            "      - id: collective-goals\n",
        ),
        ("We have worked well with the sector", "We have worked **well** with the sector"),
    )
    change(
        "forward-plan/plan.yml",
        ("  - vital-5\n  - cancer\n", "  - cancer\n  - vital-5\n"),
        ("period: 2023/24 and 2024/25 for actions; five", "period: 2023/24 to 2025/26 for actions; five"),
    )
    change(
        "forward-plan/priorities/vital-5.yml",
        ("By 2029, 80% of all people with a diagnosis", "By 2030, 85% of all people with a diagnosis"),
        (
            '    target: 80%\n    deadline: "2029"\n    level: national\n    source: jfp-section L262',
            '    target: 85%\n    deadline: "2030"\n    level: national\n    source: jfp-section L262',
        ),
    )
    log = (project / "content/action-logs/leadership-team.yml").read_text(encoding="utf-8")
    (first,) = re.findall(r"  - id: communications-leads-group\n.*?(?=\n  - id:)", log, re.DOTALL)
    (third,) = re.findall(r"\n  - id: second-wave-planning\n.*?(?=\n  - id:)", log, re.DOTALL)
    added = first.replace("communications-leads-group", "newsletter").replace('"1"', '"19"')
    change(
        "action-logs/leadership-team.yml",
        (third, ""),
        ("\npromises:", "\n" + added.replace("reaches out to", "writes a newsletter for") + "\n\npromises:"),
    )
    return written(project)


def test_two_editions_of_the_real_content_come_back_exactly(old: dict[str, bytes], new: dict[str, bytes]) -> None:
    changed = 0
    for name, data in old.items():
        made = tracked(data, new[name], ours)
        assert not faults(made, data, new[name]), name
        changed += bool(revisions(made))
    assert changed >= 4


def test_one_edition_has_no_revision(old: dict[str, bytes]) -> None:
    for name, data in old.items():
        made = tracked(data, data, ours)
        assert not revisions(made), name
        assert Said(made).body == Said(data).body


def test_the_same_editions_give_the_same_bytes(old: dict[str, bytes], new: dict[str, bytes]) -> None:
    assert tracked(old["vcse-charter"], new["vcse-charter"], ours) == tracked(
        old["vcse-charter"], new["vcse-charter"], ours
    )


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10**9), name=st.sampled_from(SMALL), before=st.sampled_from([0, 2, 5]), after=st.integers(1, 40)
)
def test_any_edit_comes_back_exactly(old: dict[str, bytes], seed: int, name: str, before: int, after: int) -> None:
    random = Random(seed)
    was = edited(old[name], random, before)
    now = edited(was if seed % 2 else old[name], random, after)
    assert not faults(tracked(was, now, ours), was, now)


@pytest.mark.parametrize("name", ["forward-plan", "icp-2023-07-24-pack", "sel-strategy"])
def test_edits_of_a_long_document_come_back_exactly(old: dict[str, bytes], name: str) -> None:
    for seed in range(3):
        now = edited(old[name], Random(seed), 40)
        assert not faults(tracked(old[name], now, ours), old[name], now)


def test_a_document_becomes_another(old: dict[str, bytes]) -> None:
    """Other headers, sections, pictures and lists, and hardly a word in common."""
    for was, now in (
        ("vcse-charter", "action-log"),
        ("action-log", "forward-plan-summary"),
        ("local-plan", "vcse-charter"),
        ("forward-plan-summary", "local-plan"),
    ):
        made = tracked(old[was], old[now], ours)
        assert not faults(made, old[was], old[now]), (was, now)


def test_the_last_pages_turn(old: dict[str, bytes]) -> None:
    """The header of the last section is another part: its words are tracked, as no revision leads to another part."""
    data = old["vcse-charter"]
    parts = unpacked(data)
    root = etree.fromstring(parts[DOCUMENT])
    for part in root[0][-1]:
        for key, value in part.items():
            part.set(key, value.replace("Portrait", "Landscape"))
    root[0][-1].find(f"{W}pgSz").set(f"{W}w", "16838")
    turned = packed(parts | {DOCUMENT: etree.tostring(root)})
    for was, now in ((data, turned), (turned, data)):
        assert not faults(tracked(was, now, ours), was, now)


def invalid(data: bytes, folder: Path) -> set[str]:
    file = folder / "tracked.docx"
    file.write_bytes(data)
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(file)
    return {str(error.description) for error in result.errors if error.severity is not ValidationSeverity.INFO}


def test_what_is_tracked_is_valid(old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("forward-plan", *SMALL):
        assert not invalid(tracked(old[name], new[name], ours), tmp_path), name
        now = edited(old[name], Random(1), 40)
        known = invalid(now, tmp_path)
        assert invalid(tracked(old[name], now, ours), tmp_path) <= known, name


def body_of(*paragraphs: etree._Element) -> Callable[[bytes], bytes]:
    """A file with these paragraphs only."""

    def change(data: bytes) -> bytes:
        parts = unpacked(data)
        root = etree.fromstring(parts[DOCUMENT])
        root[0][:] = [*paragraphs, root[0][-1]]
        return packed(parts | {DOCUMENT: etree.tostring(root)})

    return change


def named(words: str, name: str) -> etree._Element:
    made = paragraph(words)
    for position, kind in ((1, "bookmarkStart"), (len(made) + 1, "bookmarkEnd")):
        mark = etree.Element(W + kind)
        mark.set(f"{W}id", str(sum(map(ord, name))))
        made.insert(position, mark)
    made[1].set(f"{W}name", name)
    return made


def said(made: bytes) -> list[tuple[str, str]]:
    """The words of each run-level revision."""
    root = etree.fromstring(unpacked(made)[DOCUMENT])
    kinds = [W + name for name in ("ins", "del", "moveFrom", "moveTo")]
    return [
        (local(one), "".join(word.text or "" for word in one.iter(f"{W}t", f"{W}delText")))
        for one in root.iter(*kinds)
        if len(one)
    ]


def test_words_change_not_paragraphs(old: dict[str, bytes]) -> None:
    was = body_of(paragraph("By 2029, 80% of people are treated to the target."))(old["vcse-charter"])
    now = body_of(paragraph("By 2030, 80% of people are treated to the target."))(old["vcse-charter"])
    assert said(tracked(was, now, ours)) == [("del", "2029"), ("ins", "2030")]


def test_what_is_new_is_not_cut_up_by_small_words(old: dict[str, bytes]) -> None:
    was = body_of(paragraph("We meet partners to review the budget of the year with care."))(old["vcse-charter"])
    now = body_of(paragraph("We meet people who review to the end of a decade with care."))(old["vcse-charter"])
    words = said(tracked(was, now, ours))
    assert not any(text.strip() in ("to", "of", "the") for _, text in words), words


def test_a_sentence_with_little_in_common_is_all_new(old: dict[str, bytes]) -> None:
    words = (
        "We fund youth clubs; all partners report once a year.",
        "Every clinic opens earlier where partners and residents say so.",
    )
    was, now = (body_of(named(one, "a"), paragraph("End."))(old["vcse-charter"]) for one in words)
    assert said(tracked(was, now, ours)) == [("del", words[0]), ("ins", words[1])]


def test_a_record_that_moved_is_a_move(old: dict[str, bytes]) -> None:
    parts = [
        named("Estates", "a"),
        paragraph("We share rooms."),
        named("Digital", "b"),
        paragraph("We share records well, and keep them safe."),
    ]
    end = paragraph("End.")
    was = body_of(*parts, end)(old["vcse-charter"])
    now = body_of(*parts[2:], *parts[:2], end)(old["vcse-charter"])
    made = tracked(was, now, ours)
    assert sorted(said(made)) == [
        *(("moveFrom", words) for words in ("Estates", "We share rooms.")),
        *(("moveTo", words) for words in ("Estates", "We share rooms.")),
    ]
    names = [one.get(f"{W}name") for one in revisions(made) if local(one).endswith("RangeStart")]
    assert names == ["move1", "move1"]


def test_one_record_never_becomes_another(old: dict[str, bytes]) -> None:
    was = body_of(named("Start well", "start"), paragraph("End."))(old["vcse-charter"])
    now = body_of(named("Age well", "age"), named("Start well", "start"), paragraph("End."))(old["vcse-charter"])
    assert said(tracked(was, now, ours)) == [("ins", "Age well")]


def test_a_record_that_moved_leaves_its_place_to_no_other(old: dict[str, bytes]) -> None:
    room, data, end = "We share rooms.", named("We share data with all of our partners.", "b"), paragraph("End.")
    was = body_of(named(room, "a"), data, end)(old["vcse-charter"])
    now = body_of(named(room, "c"), data, named(room, "a"), end)(old["vcse-charter"])
    assert said(tracked(was, now, ours)) == [("moveFrom", room), ("ins", room), ("moveTo", room)]


def test_tables_stay_apart(old: dict[str, bytes]) -> None:
    """A table that went and one that came touch, if no paragraph stands between them."""
    log = etree.fromstring(unpacked(old["action-log"])[DOCUMENT])
    table = next(log.iter(f"{W}tbl"))
    narrow = deepcopy(table)
    for group in (narrow.find(f"{W}tblGrid"), *narrow.iter(f"{W}tr")):
        group.remove(group[-1])
    first, end = paragraph("First."), paragraph("End.")
    was = body_of(*map(deepcopy, (first, table, end)))(old["action-log"])
    now = body_of(first, narrow, end)(old["action-log"])
    made = tracked(was, now, ours)
    assert not faults(made, was, now)
    assert len(list(etree.fromstring(unpacked(made)[DOCUMENT]).iter(f"{W}tbl"))) == 2


def test_contents_are_one_field(old: dict[str, bytes]) -> None:
    """Its beginning and its end stay, whatever the first and the last entry become."""
    parts = unpacked(old["vcse-charter"])
    root = etree.fromstring(parts[DOCUMENT])
    first, second, *_, last = root[0].findall(f"{W}sdt/{W}sdtContent/{W}p")[1:]
    for entry, other in ((first, second), (last, second)):
        link = entry.find(f"{W}hyperlink")
        link.addnext(deepcopy(other.find(f"{W}hyperlink")))
        entry.remove(link)
    now = packed(parts | {DOCUMENT: etree.tostring(root)})
    made = tracked(old["vcse-charter"], now, ours)
    assert not faults(made, old["vcse-charter"], now)
    contents = etree.fromstring(unpacked(made)[DOCUMENT]).find(f".//{W}sdtContent")
    codes = [one.text for one in contents.iter(f"{W}instrText", f"{W}delInstrText")]
    assert sum(code.startswith(" TOC ") for code in codes) == 1
    signs = [one.get(f"{W}fldCharType") for one in contents.iter(f"{W}fldChar")]
    assert signs.count("begin") == signs.count("end")


def test_links_and_names_of_both_editions_lead_there(old: dict[str, bytes]) -> None:
    """Links have other ids in each edition; the name of a record that is called otherwise now stays for links to it."""
    was = body_of(named("Estates", "a"), paragraph("End."))(old["vcse-charter"])
    now = body_of(named("Estates", "b"), paragraph("End."))(old["vcse-charter"])
    assert not faults(tracked(was, now, ours), was, now)
    parts = unpacked(old["forward-plan"])
    links = parts["word/_rels/document.xml.rels"].decode()
    swapped = re.sub(r'Id="body-rId(\d+)"', r'Id="body-rId\g<1>0"', links)
    text = re.sub(r'"body-rId(\d+)"', r'"body-rId\g<1>0"', parts[DOCUMENT].decode())
    other = packed(parts | {"word/_rels/document.xml.rels": swapped.encode(), DOCUMENT: text.encode()})
    assert swapped != links
    assert not revisions(tracked(old["forward-plan"], other, ours))


def test_headers_are_tracked(old: dict[str, bytes]) -> None:
    parts = unpacked(old["vcse-charter"])
    name = "word/footerPortrait.xml"
    now = packed(parts | {name: parts[name].replace(b"Version 0.1", b"Version 0.2")})
    assert parts[name] != unpacked(now)[name]
    made = tracked(old["vcse-charter"], now, ours)
    assert revisions(made) and not faults(made, old["vcse-charter"], now)


def test_a_change_is_signed_for_the_record_it_stands_in(old: dict[str, bytes]) -> None:
    asked = []

    def signed(record: str) -> Signed:
        asked.append(record)
        return Signed(record or "nobody", date(2026, 1, len(asked)))

    was = body_of(paragraph("Before one."), named("A", "a"), paragraph("Text one."), paragraph("End."))
    now = body_of(paragraph("Before two."), named("A", "a"), paragraph("Text two."), paragraph("End."))
    made = tracked(was(old["vcse-charter"]), now(old["vcse-charter"]), signed)
    assert asked == ["", "a"]
    assert {(one.get(f"{W}author"), one.get(f"{W}date")) for one in revisions(made)} == {
        ("nobody", "2026-01-01T00:00:00Z"),
        ("a", "2026-01-02T00:00:00Z"),
    }


def test_the_last_paragraph_can_go(old: dict[str, bytes]) -> None:
    """Word cannot remove the end of the last paragraph: that of the one before goes."""
    kept, more = paragraph("We agree."), paragraph("We add this.", "ListBullet")
    for was, now in (([kept], [kept, more]), ([kept, more], [kept])):
        first, second = body_of(*was)(old["vcse-charter"]), body_of(*now)(old["vcse-charter"])
        made = tracked(first, second, ours)
        assert not faults(made, first, second)
        last = etree.fromstring(unpacked(made)[DOCUMENT])[0][-2]
        assert last.find(f"{W}pPr/{W}rPr") is None
        assert last.find(f"{W}pPr/{W}pPrChange") is not None


def test_settings_stay_in_order(old: dict[str, bytes]) -> None:
    root = etree.fromstring(unpacked(tracked(old["action-log"], old["action-log"], ours))["word/settings.xml"])
    names = [local(one) for one in root]
    assert names.index("embedTrueTypeFonts") < names.index("trackRevisions") < names.index("defaultTabStop")


def test_a_long_plan_is_quick(old: dict[str, bytes]) -> None:
    """37,000 words: the plan over and over, each time with records of its own."""
    parts = unpacked(old["forward-plan"])
    body = etree.fromstring(parts[DOCUMENT])[0]
    texts = [etree.tostring(one).decode() for one in body[12:-1]]
    words = len(" ".join(word.text or "" for word in body.iter(f"{W}t")).split())
    assert words > 5_000
    made = []
    for turn in range(37_000 // words + 1):
        ids = f"{turn}".zfill(2)
        made += [re.sub(r'(bookmark(?:Start|End) [^>]*w:id=")', rf"\g<1>1{ids}", text) for text in texts]
        made[-len(texts) :] = [
            re.sub(r'(bookmarkStart [^>]*w:name=")', rf"\g<1>t{ids}_", text) for text in made[-len(texts) :]
        ]
    root = etree.fromstring(parts[DOCUMENT])
    root[0][12:-1] = [etree.fromstring(text) for text in made]
    was = packed(parts | {DOCUMENT: etree.tostring(root)})
    now = edited(was, Random(3), 200)
    start = time.process_time()
    tracked(was, now, ours)
    assert time.process_time() - start < 15  # about 3 on a quiet machine


def bridge() -> str:
    """A Python that can drive LibreOffice; none is empty."""
    for python in ("/usr/lib/libreoffice/program/python", "/usr/bin/python3", sys.executable):
        if shutil.which(python) and not subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
            return python
    return ""


def test_libreoffice_arrives_at_both_editions(old: dict[str, bytes], new: dict[str, bytes], tmp_path: Path) -> None:
    python = bridge()
    if not shutil.which("soffice") or not python:
        pytest.skip("a second opinion: LibreOffice with Python is not there, which is 600 MB")
    for name in SMALL:
        for kind, data in (("tracked", tracked(old[name], new[name], ours)), ("old", old[name]), ("new", new[name])):
            (tmp_path / kind).mkdir(exist_ok=True)
            (tmp_path / kind / f"{name}.docx").write_bytes(data)
    subprocess.run([python, BRIDGE, tmp_path], check=True, timeout=200)
    for name in SMALL:
        for how, edition in (("accepted", "new"), ("rejected", "old")):
            found = [words_of(tmp_path / "out" / f"{name}-{kind}.docx") for kind in (how, edition)]
            assert found[0] == found[1], (name, how)


def words_of(file: Path) -> list[str]:
    """What each paragraph says; LibreOffice leaves an empty one before a table or contents that go."""
    root = etree.fromstring(unpacked(file.read_bytes())[DOCUMENT])
    said = ("".join(word.text or "" for word in one.iter(f"{W}t")) for one in root.iter(f"{W}p"))
    return [words for words in said if words]


def test_the_judge_judges(old: dict[str, bytes]) -> None:
    """A file that lacks revisions, or has one too many, is found out."""
    data = old["vcse-charter"]
    now = edited(data, Random(5), 10)
    assert faults(now, data, now) and faults(data, data, now)
    assert resolved(now, accept=True) != b"" and not faults(data, data, data)
