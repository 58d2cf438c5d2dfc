"""The live preview: follows changes, keeps the last good page, and lays problems over it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from pswkdocs.config import Config
from pswkdocs.pipeline import Result
from pswkdocs.preview import Preview
from pswkdocs.preview.news import News
from pswkdocs.problems import Problem, Span
from test_build import edit, project_in

GOOD, BAD = "about: ", "abuot: "


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    project = project_in(tmp_path)
    said: list[str] = []
    preview = Preview(Config(project, out=project / "build/preview"), 0, said.append)
    stop = threading.Event()
    running = threading.Thread(target=preview.run, args=(stop,), daemon=True)
    running.start()
    try:
        wait_until(lambda: said)
        yield preview
    finally:
        stop.set()
        running.join(timeout=60)
    assert not running.is_alive()


def wait_until(true: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def get(preview: Preview, path: str) -> str:
    with urllib.request.urlopen(preview.address + path, timeout=40) as answer:
        return str(answer.read().decode())


def news(preview: Preview, page: str = "") -> dict[str, Any]:
    return dict(json.loads(get(preview, f"preview/news?page={page}")))


def told(preview: Preview, true: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """The first news of which something is true."""
    found: list[dict[str, Any]] = []
    wait_until(lambda: found.append(news(preview)) or true(found[-1]))
    return found[-1]


def without_turn(page: str) -> str:
    return re.sub(r'data-turn="\d+"', "", page)


def partnership(tmp_path: Path) -> Path:
    return tmp_path / "content/partnership.yml"


def test_new_ids_are_told_to_editors_before_all_is_right(preview: Preview, tmp_path: Path) -> None:
    """A register has the new id; what names another that there is not keeps the site from being built, and no id."""
    ids = tmp_path / "schema/ids.json"
    ids.parent.mkdir()
    edit(partnership(tmp_path), "members: [", "members: [nobody, ")
    edit(
        tmp_path / "content/registers/organisations.yml",
        "- id: hospital",
        "- id: choir\n    name: The Choir\n    kind: group\n    source: editors\n  - id: hospital",
    )
    wait_until(lambda: ids.is_file() and '"choir"' in ids.read_text(encoding="utf-8"))
    told(preview, lambda news: any("nobody" in problem["message"] for problem in news["problems"]))


def shows(preview: Preview, words: str, path: str = "") -> None:
    wait_until(lambda: words in get(preview, path))


def test_follows_changes(preview: Preview, tmp_path: Path) -> None:
    edit(partnership(tmp_path), "title: ", "title: Wonderful ")
    shows(preview, "Wonderful")
    edit(tmp_path / "templates/pages/home.html", "{% endfor %}", "{% endfor %}<p>Marvellous</p>")
    shows(preview, "Marvellous")
    assert news(preview)["problems"] == []


def test_keeps_the_last_good_page(preview: Preview, tmp_path: Path) -> None:
    page = get(preview, "")
    edit(partnership(tmp_path), GOOD, BAD)
    problems = told(preview, lambda news: news["problems"])["problems"]
    assert any("abuot" in problem["message"] for problem in problems)
    assert all(problem["place"].startswith("content/partnership.yml:") for problem in problems)
    assert without_turn(get(preview, "")) == without_turn(page)
    edit(partnership(tmp_path), BAD, GOOD)
    told(preview, lambda news: not news["problems"])


def test_survives_a_deleted_file_and_a_broken_template(preview: Preview, tmp_path: Path) -> None:
    text = partnership(tmp_path).read_text(encoding="utf-8")
    partnership(tmp_path).unlink()
    told(preview, lambda news: news["problems"])
    partnership(tmp_path).write_text(text, encoding="utf-8")
    told(preview, lambda news: not news["problems"])
    home = tmp_path / "templates/pages/home.html"
    for before, after in (("{% endfor %}", ""), ("{% endfor %}", "{% endfor %}{{ nobody.knows }}")):
        kept = home.read_text(encoding="utf-8")
        edit(home, before, after)
        told(preview, lambda news: news["problems"])
        assert news(preview)["problems"][0]["place"].startswith("templates/pages/home.html:")
        home.write_text(kept, encoding="utf-8")
        told(preview, lambda news: not news["problems"])


def test_survives_a_folder_taken_away_and_put_back(preview: Preview, tmp_path: Path) -> None:
    content, aside = tmp_path / "content", tmp_path / "aside"
    for turn in range(2):
        content.rename(aside)
        told(preview, lambda news: news["problems"])
        aside.rename(content)
        told(preview, lambda news: not news["problems"])
        edit(partnership(tmp_path), "title: ", f"title: Wonderful{turn} ")
        shows(preview, f"Wonderful{turn}")


def test_survives_fifty_saves_in_all_the_ways_of_editors(preview: Preview, tmp_path: Path) -> None:
    file = partnership(tmp_path)
    text = file.read_text(encoding="utf-8")
    for turn in range(50):
        new = text.replace("title: ", f"title: Turn{turn} ", 1)
        if turn % 3 == 0:
            file.write_text(new[: len(new) // 2], encoding="utf-8")
            time.sleep(0.01)
            file.write_text(new, encoding="utf-8")
        elif turn % 3 == 1:
            beside = file.with_name(".partnership.yml.swp")
            beside.write_text(new, encoding="utf-8")
            beside.replace(file)
        else:
            file.unlink()
            file.write_text(new, encoding="utf-8")
        time.sleep(0.02)
    shows(preview, "Turn49")
    told(preview, lambda news: not news["problems"] and not news["doing"])


def test_follows_the_settings(preview: Preview, tmp_path: Path) -> None:
    edit(tmp_path / "mkdocs.yml", "toc_depth: 3", "toc_depth: 2")
    before = news(preview)["turn"]
    told(preview, lambda news: news["turn"] > before)
    edit(tmp_path / "mkdocs.yml", "plugins:", "plugins: [")
    assert told(preview, lambda news: news["problems"])["problems"][0]["place"].startswith("mkdocs.yml")


def test_the_same_bytes_are_no_change(preview: Preview, tmp_path: Path) -> None:
    told(preview, lambda news: not news["doing"])
    number = news(preview)["number"]
    partnership(tmp_path).write_bytes(partnership(tmp_path).read_bytes())
    time.sleep(0.5)
    assert news(preview)["number"] == number


def test_a_problem_leads_to_its_line_and_shows_it(preview: Preview, tmp_path: Path) -> None:
    edit(partnership(tmp_path), GOOD, BAD)
    problem = told(preview, lambda news: news["problems"])["problems"][0]
    assert [BAD in line for number, line in problem["lines"] if number == problem["line"]] == [True]
    address = problem["link"].removeprefix("/")
    assert address.endswith(f"#L{problem['line']}")
    assert f'<li id="L{problem["line"]}">{BAD}' in get(preview, address.partition("#")[0])
    assert '<li id="L1">' in get(preview, "preview/file?content/registers/glossary.yml")
    for other in ("templates/tokens.yml", "mkdocs.yml", "content/../mkdocs.yml", "../outside", "/etc/hostname"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(preview, f"preview/file?{other}")


def test_only_this_machine_and_only_the_site(preview: Preview) -> None:
    assert preview.server.server_address[0] == "127.0.0.1"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(preview, "../../content/partnership.yml")


def test_no_other_site_can_read_it_by_a_name_that_means_this_machine(preview: Preview) -> None:
    for host in ("evil.example", f"evil.example:{preview.server.server_port}", "127.0.0.1.evil.example", ""):
        for path in ("", "preview/news", "assets/tokens.css"):
            asked = urllib.request.Request(preview.address + path, headers={"Host": host})
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(asked, timeout=40)
    with urllib.request.urlopen(f"http://localhost:{preview.server.server_port}/", timeout=40) as answer:
        assert answer.status == 200


def test_odd_questions_are_answered(preview: Preview, capfd: pytest.CaptureFixture[str]) -> None:
    for path in ("%00", "assets/%00.css", "%00.html"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(preview, path)
    assert "number" in get(preview, f"preview/news?after={'9' * 5000}")
    assert "Traceback" not in capfd.readouterr().err


def test_browser_shows_changes_and_problems(preview: Preview, tmp_path: Path, browser: Browser) -> None:
    with browser.new_page() as page:
        page.goto(preview.address)
        edit(partnership(tmp_path), GOOD, BAD)
        box = page.get_by_role("region", name="Preview")
        box.filter(has_text="abuot").wait_for(timeout=20_000)
        assert "last good page" in box.get_by_role("status").inner_text()
        place = box.get_by_role("link").first
        assert place.inner_text().startswith("content/partnership.yml:")
        assert box.evaluate("box => getComputedStyle(box).position") == "fixed", "the policy of the pages lets it"
        edit(partnership(tmp_path), BAD, GOOD)
        box.wait_for(state="hidden", timeout=20_000)
        edit(partnership(tmp_path), "title: ", "title: Wonderful ")
        page.get_by_role("heading", level=1).filter(has_text="Wonderful").wait_for(timeout=20_000)


def test_words_are_put_in_place_and_the_reader_stays(preview: Preview, tmp_path: Path, browser: Browser) -> None:
    falls = tmp_path / "content/riverside-plan/priorities/falls.yml"
    with browser.new_page(viewport={"width": 800, "height": 300}) as page:
        page.goto(preview.address + "priorities/falls/")
        page.evaluate("scrollTo(0, 200); window.here = true")
        edit(falls, "case_for_change: Many", "case_for_change: Wonderfully many")
        page.get_by_text("Wonderfully many").first.wait_for(timeout=20_000)
        assert page.evaluate("[window.here, scrollY]") == [True, 200], "nothing was loaded anew"
        edit(falls, "case_for_change: Wonderfully", "case_for_change: Wonderfully **and well**")
        page.locator("strong", has_text="and well").first.wait_for(timeout=20_000)
        page.wait_for_function("() => Math.abs(scrollY - 200) < 5 && !window.here")


def test_a_page_loaded_anew_keeps_what_is_open_and_filled_in(
    preview: Preview, tmp_path: Path, browser: Browser
) -> None:
    with browser.new_page(viewport={"width": 800, "height": 300}) as page:
        page.goto(preview.address + "registers/actions/")
        page.get_by_label("Words").fill("pavements")
        page.evaluate("scrollTo(0, 200)")
        top = page.evaluate("document.querySelector('.filters').getBoundingClientRect().top")
        edit(tmp_path / "content/riverside-plan/priorities/falls.yml", "Mend the pave", "Soon mend the pave")
        page.get_by_text("Soon mend").first.wait_for(timeout=20_000)
        assert page.get_by_label("Words").input_value() == "pavements"
        assert page.evaluate("document.activeElement.id") == "filter-words"
        assert page.evaluate("document.querySelector('.filters').getBoundingClientRect().top") == top


def test_the_panel_takes_no_focus_and_folds_by_keyboard(preview: Preview, tmp_path: Path, browser: Browser) -> None:
    with browser.new_page(viewport={"width": 390, "height": 700}) as page:
        page.goto(preview.address + "registers/actions/")
        page.get_by_label("Words").focus()
        edit(partnership(tmp_path), GOOD, BAD)
        panel = page.get_by_role("region", name="Preview")
        panel.get_by_text("is not a field").or_(panel.get_by_text("abuot")).first.wait_for(timeout=20_000)
        assert page.evaluate("document.activeElement.id") == "filter-words"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        hide = panel.get_by_role("button", name="Hide")
        hide.focus()
        page.keyboard.press("Escape")
        show = panel.get_by_role("button", name="Show")
        assert show.get_attribute("aria-expanded") == "false"
        assert panel.get_by_role("link").count() == 0
        page.keyboard.press("Enter")
        with page.expect_popup() as opened:
            panel.get_by_role("link").first.click()
        opened.value.locator("li:target", has_text=BAD).wait_for()


def test_survives_another_branch(preview: Preview, tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "content", "templates", "mkdocs.yml")
    git("commit", "-qm", "all")
    git("switch", "-qc", "other")
    shutil.rmtree(tmp_path / "content/strategy")
    edit(partnership(tmp_path), "title: ", "title: Otherwise ")
    git("commit", "-qam", "less")
    git("switch", "-q", "main")
    told(preview, lambda news: not news["problems"] and not news["doing"])
    git("switch", "-q", "other")
    told(preview, lambda news: news["problems"] or "Otherwise" in get(preview, ""))
    git("switch", "-q", "main")
    told(preview, lambda news: not news["problems"] and not news["doing"] and "Otherwise" not in get(preview, ""))
    edit(partnership(tmp_path), "title: ", "title: Wonderful ")
    shows(preview, "Wonderful")


def test_a_place_leads_to_the_editor_that_was_named(tmp_path: Path) -> None:
    (tmp_path / "one file.yml").write_text("id: one\n", encoding="utf-8")
    news = News(tmp_path, "vscode")
    news.tell(problems=(Problem(Span("one file.yml", 1, 5), "wrong"), Problem(Span("site", 0), "wrong too")))
    there, nowhere = news.after(-1, "")["problems"]
    assert there["link"] == f"vscode://file{tmp_path.as_posix()}/one%20file.yml:1:5"
    assert nowhere["link"] == ""


def test_warnings_are_told_on_the_page_of_their_file(tmp_path: Path) -> None:
    news = News(tmp_path, "")
    warning = Problem(Span("content/one.yml"), "long", "", "warning")
    news.tell(problems=(warning,), shown={"one/": "content/one.yml", "two/": "content/two.yml"})
    assert [len(news.after(-1, page)["warnings"]) for page in ("one/", "two/", "three/")] == [1, 0, 0]


def test_something_newer_goes_before_the_documents(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bool] = []

    def build(config: Config, say: Callable[[str], None] = lambda _: None) -> Result:
        made.append(config.hurry)
        if not config.hurry and len(made) == 2:
            preview._changed.set()
        say("Making the first document")
        return Result(config.site, 0, (), (), {})

    states = iter("abcdefgh")
    monkeypatch.setattr("pswkdocs.preview.build", build)
    monkeypatch.setattr(preview, "_state", lambda: next(states))
    preview._changed.set()
    wait_until(lambda: len(made) == 4)
    assert made == [True, False, True, False]
