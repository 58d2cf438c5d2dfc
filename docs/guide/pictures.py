"""Makes the pictures of the guide, by hand when what they show has changed: `python -m docs.guide.pictures`.

Pages are real, and so are the comment and what the language server answers. The file in an editor is drawn.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
import threading
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt
from PIL import Image
from playwright.sync_api import Browser, Page
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import YamlLexer
from tests import chromium
from tests.language_server import LanguageServer

from pswkdocs.config import Config
from pswkdocs.preview import Preview

GUIDE = Path(__file__).resolve().parent
PROJECT = GUIDE.parent.parent
FILE = "content/forward-plan/priorities/vital-5.yml"
PAGE = "priorities/vital-5/"
WIDTH = 660

PLAIN = """
body { margin: 0; padding: 16px 20px; background: #fff; color: #1f2328; font: 15px/1.5 system-ui, sans-serif; }
h2 { font-size: 20px; border-bottom: 1px solid #d0d7de; padding-bottom: 4px; } h3 { font-size: 16px; }
ul { padding-left: 22px; } code { font: 13px ui-monospace, monospace; background: #eff1f3; padding: 2px 4px; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #d0d7de; padding: 6px; width: 50%; }
td img { width: 100%; display: block; } details { margin: 4px 0; }
"""
DRAWN = """
body { margin: 0; background: #fff; color: #1f2328; font: 14px/1.55 ui-monospace, monospace; }
.bar { padding: 6px 14px; background: #eef1f4; border-bottom: 1px solid #d0d7de; font: 14px system-ui, sans-serif; }
pre { margin: 0; padding: 8px 0; white-space: pre-wrap; } .line { display: flex; padding: 0 10px; }
.number { flex: none; width: 34px; margin-right: 12px; text-align: right; color: #66707b; user-select: none; }
.text { white-space: pre; overflow: hidden; text-overflow: ellipsis; } .marked { background: #fdeec2; }
.offer { position: relative; margin: 0 10px 6px 56px; display: flex; font: 14px/1.5 system-ui, sans-serif; }
.offer ul { flex: none; list-style: none; margin: 0; padding: 4px 0; border: 1px solid #8c959f; background: #f6f8fa; }
.offer li { padding: 1px 14px; } .offer li:first-child { background: #0a4a5c; color: #fff; }
.offer p { margin: 0; padding: 6px 12px; border: 1px solid #8c959f; border-left: 0; background: #fff; }
"""


def main() -> None:
    """Make all pictures anew."""
    with tempfile.TemporaryDirectory() as folder, chromium.opened() as browser:
        record(browser)
        completion(browser, Path(folder))
        plan = copied(Path(folder, "plan"))
        problem(browser, plan)
        change(browser, plan, Path(folder, "review"))


def copied(folder: Path) -> Path:
    """A clone of what is committed, as an editor has it."""
    git(PROJECT, "clone", "--quiet", str(PROJECT), str(folder))
    git(folder, "switch", "--quiet", "-C", "main")
    return folder


def record(browser: Browser) -> None:
    """A record in its file."""
    lines = (PROJECT / FILE).read_text(encoding="utf-8").split("\n")
    start = next(number for number, line in enumerate(lines) if line.strip() == "- id: diagnosed")
    shot(browser, drawn(lines, start - 4, start + 13, marked=range(start, start + 7)), "record")


def completion(browser: Browser, folder: Path) -> None:
    """What the language server offers on an empty line of an outcome, and what it says of the first."""
    text = (PROJECT / FILE).read_text(encoding="utf-8")
    text = text.replace("    level: national\n    source: jfp-section L261", "    \n    source: jfp-section L261", 1)
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if line == "    ")
    settings = json.loads((PROJECT / ".vscode/settings.json").read_text(encoding="utf-8"))
    with LanguageServer(PROJECT, folder / "asked", settings) as server:
        server.faults(FILE, text)
        offered = server.completions(FILE, at, 4)
    labels = [name for name in ("level", *sorted(offered)) if name in offered]
    labels = list(dict.fromkeys(labels))[:6]
    said = offered[labels[0]]["documentation"]
    said = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(said["value"] if isinstance(said, dict) else said))
    offer = f'<div class="offer"><ul>{"".join(f"<li>{escape(n)}</li>" for n in labels)}</ul><p>{said}</p></div>'
    shot(browser, drawn(lines, at - 5, at + 3, below={at: offer}), "completion")


def problem(browser: Browser, plan: Path) -> None:
    """The preview with a problem laid over the page."""
    preview = Preview(Config(plan, out=plan / "build/preview"), 0, lambda _: None)
    stop = threading.Event()
    running = threading.Thread(target=preview.run, args=(stop,))
    running.start()
    try:
        page = opened(browser)
        for _ in range(900):
            if not (plan / "build/preview/edition.json").is_file():
                page.wait_for_timeout(200)
        page.goto(f"{preview.address}{PAGE}")
        page.get_by_role("heading", name="Vital 5").first.wait_for()
        file = plan / FILE
        file.write_text(
            file.read_text(encoding="utf-8").replace("    level: nat", "    levl: nat", 1), encoding="utf-8"
        )
        page.get_by_text("is not a field here").first.wait_for()
        page.wait_for_timeout(500)
        save(page.screenshot(), "problem")
    finally:
        stop.set()
        running.join()
        git(plan, "checkout", "--quiet", ".")


def change(browser: Browser, plan: Path, out: Path) -> None:
    """What the change of the guide's second page does: the comment, and the page before and after."""
    git(plan, "switch", "--quiet", "-c", "target-for-diagnosis")
    file = plan / FILE
    changed = file.read_text(encoding="utf-8").replace("By 2029, 80% of the people", "By 2029, 85% of the people")
    changed = changed.replace("have been diagnosed\n    target: 80%", "have been diagnosed\n    target: 85%")
    file.write_text(changed, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "pswkdocs", "schema"], cwd=plan, check=True, capture_output=True)
    git(plan, "commit", "--quiet", "--all", "--message", "The target for diagnosis is 85%")
    command = [sys.executable, "-m", "forge.review", "main", "--project", str(plan), "--out", str(out)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render((out / "comment.md").read_text("utf-8"))
    page = opened(browser)
    (out / "comment.html").write_text(f"<style>{PLAIN}</style>{html}", encoding="utf-8")
    page.goto((out / "comment.html").as_uri())
    save(page.screenshot(full_page=True), "comment")
    pair = [out / "pictures" / f"priorities-vital-5-{when}.png" for when in ("before", "after")]
    cells = zip(("Before", "After"), pair, strict=True)
    both = "".join(f"<tr><th>{when}</th></tr><tr><td><img src='{it.as_uri()}'></td></tr>" for when, it in cells)
    (out / "both.html").write_text(f"<style>{PLAIN}</style><table>{both}</table>", encoding="utf-8")
    page.goto((out / "both.html").as_uri())
    save(page.locator("table").screenshot(), "change")


def drawn(
    lines: list[str], first: int, last: int, marked: range = range(0), below: dict[int, str] | None = None
) -> str:
    """Lines of a file with their numbers and colours."""
    html = highlight("\n".join(lines), YamlLexer(stripnl=False), HtmlFormatter(nowrap=True)).split("\n")
    rows = []
    for at in range(first, last):
        row = ' class="line marked"' if at in marked else ' class="line"'
        rows.append(f'<div{row}><span class="number">{at + 1}</span><span class="text">{html[at] or " "}</span></div>')
        rows.append((below or {}).get(at, ""))
    style = HtmlFormatter(style="tango").get_style_defs()
    return f'<style>{style}{DRAWN}</style><div class="bar">{FILE.rpartition("/")[2]}</div><pre>{"".join(rows)}</pre>'


def opened(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": WIDTH, "height": 560}, device_scale_factor=2, color_scheme="light")
    page.set_default_timeout(60_000)
    return page


def shot(browser: Browser, html: str, name: str) -> None:
    page = opened(browser)
    page.set_viewport_size({"width": WIDTH, "height": 100})
    page.set_content(html)
    save(page.screenshot(full_page=True), name)


def save(data: bytes, name: str) -> None:
    """Put a picture into the guide, in as few colours as it needs."""
    picture = Image.open(io.BytesIO(data)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    picture.save(GUIDE / "pictures" / f"{name}.png", optimize=True)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    main()
