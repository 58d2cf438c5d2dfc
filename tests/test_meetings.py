"""Meetings: the rules on their files, and what their pages and documents say, for whom.

The small content has a meeting of the Board with a closed part; the real one has three meetings and an action log.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typst
from click.testing import CliRunner
from lxml import etree
from lxml import html as markup
from playwright.sync_api import expect

from browser import Open
from conftest import CASES, PROJECT
from pswkdocs import pandoc, pipeline, word
from pswkdocs.checks.meetings import RULES
from pswkdocs.cli import main
from pswkdocs.config import Config
from pswkdocs.edition import Document, Edition
from pswkdocs.load import load
from pswkdocs.model.content import Content
from pswkdocs.model.meeting import ClosedPart, Meeting, Minute
from pswkdocs.notice import clear_days, latest_day
from pswkdocs.packs import in_order
from pswkdocs.plan import plan
from pswkdocs.render import Renderer
from pswkdocs.view import Views, label

BASE, PACKS = CASES / "problems" / "_base", CASES / "packs"
BOARD = "content/meetings/board-2025-09-10/meeting.yml"
CLOSED = "content/meetings/board-2025-09-10/closed.yml"
LOG = "content/action-logs/board.yml"
APRIL, JULY, NOVEMBER = "icp-2023-04-25", "icp-2023-07-24", "leadership-team-2020-11-05"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the small good content, to be spoilt."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def change(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(project: Path) -> str:
    result = CliRunner().invoke(main, ["--project", str(project), "check"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


# --- the rules ---

ENCLOSED = "      - letter: A\n        publication: pharmacies\n"
PROGRESS = (
    "    progress:\n      - told: 2025-10-08\n        text: Two rooms were found.\n"
    "        printed_status: Ongoing\n        status: in progress\n"
)
EARLIER = "    progress:\n      - {told: 2025-11-08, status: open}\n      - {told: 2025-10-08, status: closed}\n"
SECOND_ROW = (
    "  - id: chairs\n    number: 1\n    raised: 2025-09-10\n    text: Look for chairs.\n"
    "    progress: [{told: 2025-10-08, status: open}]\n    source: board-papers L32\n"
)
SECOND_ITEM = "  - id: heating\n    number: 3\n    title: Heating\n    source: board-papers L22\n"

MISTAKES = [
    (BOARD, "number: 2.1", "number: 1.1", "minute 1.1 stands here a second time"),
    (BOARD, "number: 2\n", "number: 1\n", "item 1 stands here a second time"),
    (BOARD, "number: 3\n", "number: 2\n", "item 2 stands here a second time"),
    (CLOSED, "agenda:\n", f"agenda:\n{SECOND_ITEM}", "item 3 stands here a second time"),
    (LOG, "actions:\n", f"actions:\n{SECOND_ROW}", "row 1 stands here a second time"),
    (BOARD, "minutes_status: draft\n", "", "there are minutes here, but `minutes_status` says there are none"),
    (BOARD, "held: 2025-09-10", "held: 2025-09-13", "`held` says 2025-09-13, but the id"),
    (BOARD, "ends: 16:30", "ends: 14:30", "the meeting ends at 14:30, but before that item 2 begins at 15:10"),
    (BOARD, "begins: 15:10", "begins: 14:50", "item 2 begins at 14:50, but before that item 1 begins at 15:00"),
    (BOARD, "papers_published: 2025-09-02", "papers_published: 2025-09-03", "there are 4 clear days between"),
    (BOARD, "papers_published: 2025-09-02", "papers_published: 2025-09-08", "there is 1 clear day between 2025-09-08"),
    (BOARD, "papers_published: 2025-09-02", "papers_published: 2025-09-11", "the papers come after the meeting"),
    (BOARD, "published: 2025-09-05", "published: 2025-09-02", "marked late, but the others came on 2025-09-02"),
    (BOARD, "published: 2025-09-05", "published: 2025-09-11", "this paper came after the meeting of 2025-09-10"),
    (BOARD, ENCLOSED, "      - letter: A\n", "this enclosure names no paper"),
    (BOARD, ENCLOSED, f"{ENCLOSED}        pdf: a.pdf\n        pdf_title: A\n", "this enclosure names two papers"),
    (BOARD, ENCLOSED, "      - letter: A\n        pdf: a.pdf\n", "`a.pdf` has no title"),
    (BOARD, "letter: B", "letter: A", "Enclosure A stands here a second time"),
    (LOG, "told: 2025-10-08", "told: 2025-09-09", "2025-09-09 is before 2025-09-10"),
    (LOG, PROGRESS, EARLIER, "2025-10-08 is before 2025-11-08"),
    (LOG, PROGRESS, "    progress: []\n", "row 1 says nothing on how far it is"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES, ids=[case[3] for case in MISTAKES])
def test_mistakes_are_told(project: Path, file: str, old: str, new: str, message: str) -> None:
    change(project, file, old, new)
    lines = told(project).splitlines()
    number = next((number for number, line in enumerate(lines) if message in line), None)
    assert number is not None, lines
    assert re.match(rf"{file}:\d+:\d+: error: ", lines[number])
    assert lines[number + 1].startswith("    "), "the way out"


def test_each_rule_is_broken_once(project: Path) -> None:
    broken = set()
    for file, old, new, _ in MISTAKES:
        good = (project / file).read_text(encoding="utf-8")
        change(project, file, old, new)
        content, _ = load(project / "content")
        broken |= {rule.__name__ for entry in content.entries for rule in RULES if list(rule(entry))}
        (project / file).write_text(good, encoding="utf-8")
    assert broken == {rule.__name__ for rule in RULES}
    assert len(RULES) == 8
    assert told(project) == "No problem found.\n"


def test_a_reason_excuses_short_notice(project: Path) -> None:
    change(project, BOARD, "papers_published: 2025-09-02", "papers_published: 2025-09-03")
    assert "Publish by 2025-09-02, or add `short_notice:` with the reason." in told(project)
    change(project, BOARD, "papers_published:", "short_notice: A figure had to be checked.\npapers_published:")
    assert told(project) == "No problem found.\n"


@pytest.mark.parametrize(
    ("published", "held", "days"),
    [
        ((2025, 9, 2), (2025, 9, 10), 5),  # weekends do not count
        ((2023, 5, 2), (2023, 5, 10), 4),  # 8 May 2023 was a bank holiday, for the coronation
        ((2022, 5, 3), (2022, 5, 11), 5),  # in other years that Monday is none
        ((2023, 4, 28), (2023, 5, 10), 5),  # 1 May was one too
        ((2025, 12, 23), (2026, 1, 2), 4),  # Christmas Day, Boxing Day and New Year’s Day
        ((2025, 9, 9), (2025, 9, 10), 0),
        ((2025, 9, 10), (2025, 9, 10), 0),
    ],
)
def test_clear_days(published: tuple[int, int, int], held: tuple[int, int, int], days: int) -> None:
    assert clear_days(date(*published), date(*held)) == days


def test_the_latest_day_leaves_five_clear_days() -> None:
    assert latest_day(date(2023, 5, 10)) == date(2023, 5, 1)
    assert latest_day(date(2022, 5, 11)) == date(2022, 5, 3)


# --- what a link is called ---


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (f"{APRIL}/members-lead-priorities", "minute 3.10"),
        (f"{APRIL}/out-of-hospital-care", "minute 2.05a"),
        (f"{APRIL}/strategy", "item 3"),
        (f"{NOVEMBER}/public-health-update", "item 2A"),
        (f"{NOVEMBER}/closed-item-four", "item 4"),
        (f"{APRIL}/vcse-concordat-to-come", "decision: A concordat with the VCSE sector is to be presented to the …"),
        (f"{APRIL}/genuine-co-production", "Genuine co-production"),
        (f"{APRIL}/jim-dickson", "Cabinet Member for Healthier Communities"),
        ("leadership-team/primary-care-in-start-well", "action 7"),
        ("people/ben-collins", "Ben Collins"),
        ("bodies/leadership-team", "Leadership Team"),
        (APRIL, "South East London Integrated Care Partnership: meeting on 25 April 2023"),
    ],
)
def test_labels(content: Content, key: str, said: str) -> None:
    assert label(content.addresses[key]) == said


def test_items_stand_in_the_order_of_their_numbers(content: Content) -> None:
    meeting = Views(content).whole(content.get(Meeting, NOVEMBER))
    items = in_order([*meeting.closed_items, *reversed(meeting.agenda)])
    assert [item.number for item in items] == ["1", "2", "2A", "3", "4", "5", "6", "7"]
    numbered: Any = [SimpleNamespace(number=number) for number in ("10", "2A", "9", "2.10", "2", "2.9")]
    assert [item.number for item in in_order(numbered)] == ["2", "2.9", "2.10", "2A", "9", "10"]


# --- pages ---


class Site:
    """The pages of a content as one audience gets them."""

    def __init__(self, content: Content, audience: Any, work: Path) -> None:
        self.edition = plan(content, audience)
        renderer = Renderer(PROJECT / "templates", work)
        self.texts = {
            page.path: renderer.page(page, self.edition, ())
            for page in self.edition.pages
            if page.path.startswith("meetings/")
        }

    def page(self, name: str) -> Any:
        return markup.fromstring(f"<main>{self.texts[f'meetings/{name}.md']}</main>")

    def said(self, name: str, path: str) -> list[str]:
        return [words(element) for element in self.page(name).xpath(path)]


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def real(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(content, "public", tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def staff(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(content, "staff", tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(pipeline.read(Config(BASE))[0], "public", tmp_path_factory.mktemp("small"))


def minutes(content: Content, of: str) -> list[Minute]:
    entry = next(entry for entry in content.entries if entry.record.id == of)
    return [address.record for address in entry.parts if isinstance(address.record, Minute)]


@pytest.mark.parametrize("name", [APRIL, NOVEMBER])
def test_every_minute_has_its_number_and_a_permanent_link(name: str, real: Site, content: Content) -> None:
    page, wanted = real.page(name), minutes(content, name)
    headings = page.xpath("//*[contains(@class, 'clause-number')]")
    assert len(wanted) > 25
    assert [heading.get("id") for heading in headings] == [minute.id for minute in wanted]
    assert [words(heading) for heading in headings] == [f"Minute {minute.number}" for minute in wanted]
    assert [heading[0].get("href") for heading in headings] == [f"#{minute.id}" for minute in wanted]
    copied = [(place.get("data-anchor"), place.get("data-label")) for place in page.xpath("//*[@data-anchor]")]
    assert copied == [(minute.id, f"minute {minute.number}") for minute in wanted]


@pytest.mark.parametrize("name", [APRIL, NOVEMBER])
def test_minutes_stay_out_of_the_contents_of_their_page(name: str, real: Site) -> None:
    """What is a heading of Markdown stands in the contents."""
    headings = [line for line in real.texts[f"meetings/{name}.md"].splitlines() if line.startswith("#")]
    assert 8 < len(headings) < 30
    assert not any(re.search(r"\d\.\d", line) for line in headings)


def test_numbers_that_are_printed_otherwise_are_told(real: Site, content: Content) -> None:
    page = real.page(APRIL)
    for minute in minutes(content, APRIL):
        said = words(page.xpath(f"//*[@data-anchor='{minute.id}']")[0])
        if minute.printed is None or (minute.printed == "none" and "number" in (minute.note or "")):
            assert "Number:" not in said
        elif minute.printed == "none":
            assert "Number: not numbered in the source" in said
        else:
            assert f"Number: printed as {minute.printed}" in said
    shown = {minute.number: minute.printed for minute in minutes(content, APRIL)}
    assert (shown["3.04"], shown["2.01"], shown["3.05"]) == ("2.05", "none", None)
    assert "Printed as 1." in real.said(NOVEMBER, "//*[@class='agenda']/li")[2]


def test_speakers_are_named_in_public_office_only(real: Site) -> None:
    def speaker(minute: str) -> str:
        (line,) = real.said(NOVEMBER, f"//*[@data-anchor='{minute}']/*[@class='binds']")
        return line.partition(" · ")[0]

    assert speaker("learning-disability-population") == "Speaker: Executive Director, QHS (North Southwark PCN)"
    assert speaker("voluntary-sector-focus") == "Speaker: Kirsten Watters"
    assert speaker("start-well-report") == "Not resolved in the source: “GL”"
    people = real.said(NOVEMBER, "//table[contains(@class, 'attendance')]//tbody/tr")
    assert len(people) == 20
    assert "Executive Director, QHS (North Southwark PCN)not named hereQuay Health SolutionsPresent" in people


def test_a_closed_item_shows_its_number_and_the_reason_and_nothing_else(real: Site, small: Site) -> None:
    closed = [line for line in real.said(NOVEMBER, "//*[@class='agenda']/li") if "Closed" in line]
    reason = "Closed: For staff: staffing and money are discussed in this part of the meeting."
    assert closed == [f"4 to 7 {reason}"]
    assert all(real.page(NOVEMBER).xpath(f"//*[@id='closed-item-{n}']") for n in ("four", "five", "six", "seven"))
    (line,) = (line for line in small.said("board-2025-09-10", "//*[@class='agenda']/li") if "Closed" in line)
    assert line == "3 Closed: Prices are negotiated."
    assert "meetings/board-closed-2025-09-10.md" not in small.texts
    for text in small.texts.values():
        assert "landlord" not in text and "Rent" not in text


def test_the_author_is_who_published_what_is_restated(documents: dict[str, Document], staff: Site) -> None:
    ours, icp = "Partnership Southwark", "South East London Integrated Care Partnership"
    wanted = {
        "forward-plan": (ours, ""),
        "local-plan": (ours, ""),
        "sel-strategy": (icp, ours),
        "primary-care-focus": (icp, ours),
        f"{APRIL}-minutes": (icp, ours),
        "icp-2023-07-24-pack": (icp, ours),
        "action-log": ("Partnership Southwark Leadership Team", ours),
    }
    assert {name: (documents[name].author, documents[name].restated_by) for name in wanted} == wanted
    closed = [document for document in staff.edition.documents if document.template == "closed-part.html"]
    assert {document.author for document in closed} == {"Partnership Southwark Leadership Team"}


def test_documents_for_the_public_hold_nothing_closed(html: dict[str, str], content: Content) -> None:
    closed = [text for part in content.every(ClosedPart) for item in part.agenda for text in (item.title,)]
    assert len(closed) == 4
    for name, text in html.items():
        assert not [title for title in closed if title in text and len(title) > 5], name
    rows = [
        words(item) for item in markup.fromstring(html[f"{NOVEMBER}-minutes"]).xpath("//li") if "Closed" in words(item)
    ]
    assert rows[0] == "Items 4 to 7. Closed: For staff: staffing and money are discussed in this part of the meeting."


def test_staff_are_led_to_the_closed_part(staff: Site, real: Site) -> None:
    href = "../leadership-team-closed-2020-11-05/"
    assert f'href="{href}"' in staff.texts[f"meetings/{NOVEMBER}.md"]
    assert f'href="{href}"' not in real.texts[f"meetings/{NOVEMBER}.md"]
    items = staff.said("leadership-team-closed-2020-11-05", "//*[@class='agenda']/li")
    assert items[0] == "4 Programme Team Options"
    text = staff.texts["meetings/leadership-team-closed-2020-11-05.md"]
    assert "## 4. Programme Team Options" in text and "### Money that was proposed" in text
    assert "Decision (preferred):" in text and "row 15</a>" in text


def test_the_standing_of_minutes_is_in_sight(real: Site, documents: dict[str, Document]) -> None:
    strip = "//*[@class='draft-strip']"
    assert real.said(APRIL, strip) == ["DRAFT minutes: ICP, 25 April 2023"]
    assert real.said(JULY, strip) == []
    assert documents[f"{APRIL}-minutes"].status == "draft"


def test_each_item_leads_to_its_part_its_paper_and_its_cover_sheet(real: Site) -> None:
    item = real.page(JULY).xpath("//*[@class='agenda']/li")[1]
    assert [link.get("href") for link in item.xpath(".//a")][-3:] == [
        "#primary-care", "../../primary-care-focus/", "#primary-care-cover-sheet",
    ]  # fmt: skip
    said = words(item)
    assert "Begins 15:10" in said and "For update" in said and "Lead Holly Eden" in said
    sheet = real.texts[f"meetings/{JULY}.md"].partition("{: #charter-cover-sheet }")[2]
    for purpose, ticked in (("update", "no"), ("discussion", "yes"), ("decision", "no")):
        assert f"<dt>For {purpose}</dt> <dd>{ticked}</dd>" in sheet.partition("## 5.")[0]


def test_when_the_papers_came_is_told(real: Site, small: Site) -> None:
    published = "//dl//div[dt = 'Papers published']/dd"
    assert small.said("board-2025-09-10", published) == ["2 September 2025, 5 clear days before the meeting"]
    assert real.said(JULY, published) == ["not stated"]


def test_questions_from_the_public_have_their_reply(real: Site) -> None:
    text = real.texts[f"meetings/{APRIL}.md"].partition("### Question: Funding of peer support")[2].partition("###")[0]
    assert "<b>Asked:</b>" in text and "<b>Reply</b> by Sir Norman Lamb, Chair of South London" in text
    assert '<a href="#peer-support-question">minute 6.03</a> and <a href="#peer-support-reply">minute 6.04</a>' in text


def test_decisions_and_actions_stand_apart(real: Site) -> None:
    assert real.said(APRIL, "//*[contains(@class, 'decision')]")[0] == (
        "Decision (approved): The minutes of 25 January 2023 are an accurate record. Condition: The list of those "
        "present is corrected to include the Cabinet Member for Healthier Communities. (minute 1.02)"
    )
    (action,) = real.page(NOVEMBER).xpath("//*[contains(@class, 'action-stated')]")
    assert action.xpath(".//a")[-1].get("href") == "../../registers/action-log/#learning-disability-settings"


def test_meetings_are_listed_newest_first(real: Site) -> None:
    rows = real.page("index").xpath("//table[contains(@class, 'meetings')]//tbody/tr")
    assert [row.xpath(".//a")[0].get("href") for row in rows] == [f"{name}/" for name in (JULY, APRIL, NOVEMBER)]
    assert "Draft minutes" in words(rows[1]) and "inutes" not in words(rows[0])
    links = [link.get("href") for link in real.page("index").xpath("//*[contains(@class, 'card')]/a")]
    assert links == ["../registers/decisions/", "../registers/public-questions/", "../registers/action-log/"]


# --- documents ---


def test_minutes_keep_their_numbers_in_word(
    html: dict[str, str], documents: dict[str, Document], content: Content
) -> None:
    name = f"{APRIL}-minutes"
    paragraphs = word_paragraphs(word.write(documents[name], html[name], PROJECT / "templates" / "word"))
    numbered = [text for style, text in paragraphs if style == "Minute"]
    wanted = [minute.number for minute in minutes(content, APRIL)]
    assert [text.partition("\t")[0] for text in numbered] == wanted
    assert (
        numbered[0]
        == "1.01\tThe Leader of Southwark Council, in the chair, welcomed members. Four people had sent apologies."
    )


def test_a_minute_may_start_with_a_list(documents: dict[str, Document]) -> None:
    minute = '<div class="minute" id="m" data-number="1.1"><ul><li>One</li></ul></div>'
    text = f'<h1 id="a">A</h1><div class="minutes">{minute}</div>'
    styles = word_paragraphs(word.write(documents[f"{APRIL}-minutes"], text, PROJECT / "templates" / "word"))
    assert ("Minute", "1.1\t") in styles
    assert '("1.1", [' in typst_of(text)


def word_paragraphs(data: bytes) -> list[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found = []
    for paragraph in root.iter(f"{{{W}}}p"):
        style = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        said = [
            "\t" if part.tag == f"{{{W}}}tab" else part.text or ""
            for part in paragraph.iter(f"{{{W}}}t", f"{{{W}}}tab")
        ]
        found.append(("" if style is None else style.get(f"{{{W}}}val", ""), "".join(said)))
    return found


def typst_of(text: str) -> str:
    return pandoc.convert(
        text, "typst-smart", filters=[PROJECT / "templates/pdf/filter.lua"], options=["--wrap=none"]
    ).decode()


def test_minutes_keep_their_numbers_in_pdf(html: dict[str, str], content: Content) -> None:
    numbers = re.findall(r'^\("([^"]+)", \[', typst_of(html[f"{APRIL}-minutes"]), re.MULTILINE)
    assert numbers == [minute.number for minute in minutes(content, APRIL)]


def test_an_open_pack_says_of_closed_items_that_they_are_closed(packs: dict[str, Any]) -> None:
    rows = [
        [words(cell) for cell in row]
        for row in packs["board-2026-02-10-pack"].xpath("//table[@class='agenda']/tbody/tr")
    ]
    assert rows[0] == ["1", "Welcome", "Chair of the Board", "14:00", "A", "page"]
    assert rows[3] == ["4", "Closed: It tells of a contract.", "–", "–", "–", "–"]
    assert "Contract" not in words(packs["board-2026-02-10-pack"])


def test_a_closed_pack_has_closed_items_in_their_place_and_marked(packs: dict[str, Any]) -> None:
    pack = packs["board-2026-02-10-closed-pack"]
    assert [words(row[1]) for row in pack.xpath("//table[@class='agenda']/tbody/tr")][3] == "Contract"
    (heading,) = pack.xpath("//h1[. = '4. Contract']")
    following = heading.getparent().getnext()
    assert words(following).startswith("RESTRICTED This item is not open to the public.")
    assert pack.xpath("//h2[. = 'Enclosure E: The offer']")
    assert len(pack.xpath("//p[contains(., 'not open to the public')]")) == 1


def test_a_supplement_says_what_it_continues_and_why_it_is_late(packs: dict[str, Any]) -> None:
    supplement = packs["board-2026-02-10-pack-supplement"]
    said = words(supplement)
    assert "Supplement to the meeting pack. It goes on from the meeting pack of this meeting" in said
    assert "Late. Published 5 February 2026: The last answers came in February." in said
    assert not supplement.xpath("//h2[starts-with(., 'Enclosure C')]")
    assert "Enclosure D came late. It is in the supplement of 5 February 2026." in words(packs["board-2026-02-10-pack"])


def test_headings_of_a_pack_leave_no_level_out(packs: dict[str, Any], html: dict[str, str]) -> None:
    for pack in (*packs.values(), markup.fromstring(html[f"{JULY}-pack"])):
        levels = [int(heading.tag[1]) for heading in pack.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
        assert len(levels) > 5
        assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Each pack of the small content for those who may see all, as its HTML."""
    folder = tmp_path_factory.mktemp("packs")
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    shutil.copytree(PACKS, folder, dirs_exist_ok=True)
    for name in ("survey", "tables", "offer"):
        (folder / f"content/meetings/board-2026-02-10/{name}.pdf").write_bytes(a_pdf())
    edition = plan(pipeline.read(Config(folder))[0], "restricted")
    renderer = Renderer(PROJECT / "templates", folder / "build")
    made = {document.name: document for document in edition.documents if "pack" in document.name}
    return {name: markup.fromstring(f"<main>{renderer.document(of, edition)}</main>") for name, of in made.items()}


def a_pdf() -> bytes:
    return bytes(typst.compile(b"A page"))


def test_the_action_log_has_every_row_and_what_it_never_held(html: dict[str, str]) -> None:
    log = markup.fromstring(html["action-log"])
    (table,) = log.xpath("//div[@class='landscape']//table")
    assert [words(cell) for cell in table.xpath(".//thead//th")] == [
        "Row", "Action", "Owners", "Raised", "Due", "Progress", "Status",
    ]  # fmt: skip
    rows = {words(row[0]): row for row in table.xpath(".//tbody/tr")}
    assert list(rows) == ["1", "2", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "18"]
    assert words(rows["5"][2]) == "HG; KW: Kirsten Watters, Consultant in Public Health, Southwark Council"
    assert words(rows["6"][4]) == "14 August 2020" and words(rows["7"][4]) == "not stated"
    assert words(rows["6"][6]) == "ClosedPrinted as “Agreed to close”"
    assert log.xpath("//h2[. = 'Promised, but not in the log']/following::li")


@pytest.mark.parametrize("name", [APRIL, NOVEMBER])
def test_what_was_decided_is_told_before_the_minutes_and_who_was_there_after(
    name: str, content: Content, edition: Edition, tmp_path: Path
) -> None:
    page = next(page for page in edition.pages if page.path == f"meetings/{name}.md")
    html = Renderer(PROJECT / "templates", tmp_path).page(page, edition, ())
    items = content.addresses[name].record.agenda  # type: ignore[attr-defined]
    told = html.split("{: #decided }")[1].split("\n## ")[0]
    assert [f"#{decision.id}" in told for item in items for decision in item.decisions].count(False) == 0
    assert ("<li>" in told) == any(item.decisions for item in items)
    assert html.index("{: #agenda }") < html.index("{: #decided }") < html.index(f"{{: #{items[0].id} }}")
    assert html.index(f"{{: #{items[-1].id} }}") < html.index("{: #who }")


# --- on the site ---


def test_search_has_a_section_for_each_minute(site: Path, content: Content, edition: Edition) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    titles = {entry["location"]: entry["title"] for entry in index}
    for name in (APRIL, NOVEMBER):
        for minute in minutes(content, name):
            assert titles[f"meetings/{name}/#{minute.id}"] == f"Minute {minute.number}"


@pytest.mark.parametrize(("typed", "anchor"), [("2.05a", "out-of-hospital-care"), ("3.10", "members-lead-priorities")])
def test_a_minute_is_found_by_its_number(visit: Open, typed: str, anchor: str) -> None:
    page = visit().open()
    page.locator(".md-search__input").click()
    page.keyboard.type(typed)
    expect(page.locator(f".md-search-result__link[href*='{APRIL}'][href$='#{anchor}']").first).to_be_visible()
    expect(page.locator(".md-search__input")).to_have_value(typed)


def test_the_link_of_a_minute_can_be_copied(visit: Open, address: str) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"]).open(f"meetings/{APRIL}/")
    place = page.locator("[data-anchor=members-lead-priorities]")
    place.hover()
    place.get_by_role("button", name="Copy link to minute 3.10").click()
    expect(place.locator(".copy")).to_have_text(re.compile("Copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}meetings/{APRIL}/#members-lead-priorities"
