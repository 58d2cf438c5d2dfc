"""The live preview: follows changes, keeps the last good page, and lays problems over it."""

from __future__ import annotations

import json
import re
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from pswkdocs.config import Config
from pswkdocs.preview import Preview
from test_build import edit, project_in

GOOD, BAD = "about: ", "abuot: "


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    project = project_in(tmp_path)
    said: list[str] = []
    preview = Preview(Config(project, out=project / "build/preview"), 0, said.append)
    stop = threading.Event()
    running = threading.Thread(target=preview.run, args=(stop,))
    running.start()
    wait_until(lambda: news(preview)["turn"] >= 1)
    wait_until(lambda: said)
    time.sleep(0.3)  # the watch begins after the first build
    yield preview
    stop.set()
    running.join(timeout=20)
    assert not running.is_alive()


def wait_until(true: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def get(preview: Preview, path: str) -> str:
    with urllib.request.urlopen(preview.address + path, timeout=40) as answer:
        return str(answer.read().decode())


def news(preview: Preview, turn: int = -1) -> dict[str, Any]:
    return dict(json.loads(get(preview, f"preview/news?turn={turn}")))


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
    assert any("nobody" in problem["message"] for problem in news(preview)["problems"])


def test_follows_changes(preview: Preview, tmp_path: Path) -> None:
    turn = news(preview)["turn"]
    edit(partnership(tmp_path), "title: ", "title: Wonderful ")
    assert news(preview, turn)["problems"] == []
    assert "Wonderful" in get(preview, "")
    turn = news(preview)["turn"]
    edit(tmp_path / "templates/pages/home.html", "{% endfor %}", "{% endfor %}<p>Marvellous</p>")
    news(preview, turn)
    assert "Marvellous" in get(preview, "")


def test_keeps_the_last_good_page(preview: Preview, tmp_path: Path) -> None:
    turn, page = news(preview)["turn"], get(preview, "")
    edit(partnership(tmp_path), GOOD, BAD)
    told = news(preview, turn)
    assert any("abuot" in problem["message"] for problem in told["problems"])
    assert all(problem["place"].startswith("content/partnership.yml:") for problem in told["problems"])
    assert without_turn(get(preview, "")) == without_turn(page)
    edit(partnership(tmp_path), BAD, GOOD)
    assert news(preview, told["turn"])["problems"] == []


def test_survives_a_deleted_file_and_a_broken_template(preview: Preview, tmp_path: Path) -> None:
    turn, text = news(preview)["turn"], partnership(tmp_path).read_text(encoding="utf-8")
    partnership(tmp_path).unlink()
    assert news(preview, turn)["problems"]
    partnership(tmp_path).write_text(text, encoding="utf-8")
    wait_until(lambda: not news(preview)["problems"])
    turn = news(preview)["turn"]
    edit(tmp_path / "templates/pages/home.html", "{% endfor %}", "")
    assert news(preview, turn)["problems"][0]["place"].startswith("templates/pages/home.html:")


def test_only_this_machine_and_only_the_site(preview: Preview) -> None:
    assert preview.server.server_address[0] == "127.0.0.1"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(preview, "../../content/partnership.yml")


def test_browser_shows_changes_and_problems(preview: Preview, tmp_path: Path, browser: Browser) -> None:
    with browser.new_page() as page:
        page.goto(preview.address)
        edit(partnership(tmp_path), GOOD, BAD)
        box = page.get_by_role("alert").filter(has_text="abuot")
        box.wait_for(timeout=20_000)
        assert "content/partnership.yml:" in box.inner_text()
        assert "last good page" in box.inner_text()
        assert box.evaluate("box => getComputedStyle(box).position") == "fixed", "the policy of the pages lets it"
        edit(partnership(tmp_path), BAD, GOOD)
        box.wait_for(state="detached", timeout=20_000)
        edit(partnership(tmp_path), "title: ", "title: Wonderful ")
        page.get_by_role("heading", level=1).filter(has_text="Wonderful").wait_for(timeout=20_000)
