"""Times builds of the real content: `make bench`. Figures are medians; compare ratios, not machines.

Each build runs in a process of its own on a copy of the project. Memory is the peak of our own process and of the
largest process that it started (pandoc).
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).parent.parent
RUNS = 5

_BUILD = """
import json, resource, sys
from pathlib import Path
from pswkdocs.config import Config
from pswkdocs.pipeline import build
build(Config(Path(sys.argv[1])))
peak = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps(peak))
"""

# The same without the proof of what was made: what the proof costs is a ratio, which another load does not change.
_UNPROVEN = """
from dataclasses import replace
from pswkdocs import proof
from pswkdocs.formats import FORMATS
FORMATS.update({name: replace(format, prove=lambda data: iter(())) for name, format in FORMATS.items()})
proof.pages.faults_of_site = lambda pages, files: iter(())
"""

_SERVE = """
import json, resource, sys, time
from dataclasses import replace
from pathlib import Path
from pswkdocs.config import Config
from pswkdocs.pipeline import build
config = Config(Path(sys.argv[1]))
field = Path(sys.argv[1], "content/forward-plan/enablers/estates.yml")
build(config)
text, seconds = field.read_text(), []
for turn in range(int(sys.argv[2])):
    field.write_text(text.replace("title: Estates", f"title: Estates {turn}"))
    start = time.perf_counter()
    build(replace(config, hurry=True))
    page = time.perf_counter() - start
    build(config)
    seconds.append((page, time.perf_counter() - start))
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""

_SAVED = """
import json, resource, sys, threading, time
from pathlib import Path
import chromium
from pswkdocs.config import Config
from pswkdocs.preview import Preview
project = Path(sys.argv[1])
field = project / "content/forward-plan/priorities/vital-5.yml"
text, seconds, said, stop = field.read_text(), [], [], threading.Event()
preview = Preview(Config(project, out=project / "build/preview"), 0, said.append)
running = threading.Thread(target=preview.run, args=(stop,))
running.start()
with chromium.opened() as browser:
    page = browser.new_page()
    for turn in range(int(sys.argv[2])):
        while len(said) <= turn:
            time.sleep(0.05)
        page.goto(preview.address + "priorities/vital-5/")
        page.wait_for_timeout(500)
        start = time.perf_counter()
        field.write_text(text.replace("summary: >-\\n  ", f"summary: >-\\n  Turn{turn} ", 1))
        page.get_by_text(f"Turn{turn} ").first.wait_for()
        seconds.append(time.perf_counter() - start)
stop.set()
running.join()
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""

_TRACKED = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from pswkdocs.revisions import Signed, tracked
start = time.perf_counter()
tracked(*(Path(name).read_bytes() for name in sys.argv[1:]), lambda _: Signed("Editor", date(2026, 1, 1)))
print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "project")
        for name in ("content", "templates"):
            shutil.copytree(PROJECT / name, project / name)
        shutil.copy(PROJECT / "mkdocs.yml", project)
        field = project / "content/forward-plan/enablers/estates.yml"
        text = field.read_text(encoding="utf-8")

        def cold(_: int) -> None:
            shutil.rmtree(project / "build", ignore_errors=True)
            shutil.rmtree(project / "site", ignore_errors=True)

        def changed(turn: int) -> None:
            field.write_text(text.replace("title: Estates", f"title: Estates {turn}"), encoding="utf-8")

        print(f"{'':34}{'seconds':>9}{'lowest':>9}{'highest':>9}{'own MB':>9}{'pandoc MB':>11}")
        row("cold build", project, cold)
        proof(project, cold)
        row("unchanged", project, lambda _: None)
        row("one field changed", project, changed)
        served = json.loads(run(_SERVE, str(project), str(RUNS)))
        for place, name in enumerate(("serve: one field, all pages ready", "serve: one field, documents ready")):
            show(name, [pair[place] for pair in served[0]], f"{served[1]:>9}")
        saved = json.loads(run(_SAVED, str(project), str(RUNS)))
        show("serve: save to text in browser", saved[0], f"{saved[1]:>9}")
        tracked(project)


def tracked(project: Path) -> None:
    """The plan of two builds as one file with its changes."""
    plan = project / "site/downloads/forward-plan.docx"
    kept = project / "kept.docx"
    shutil.copy(plan, kept)
    field = project / "content/forward-plan/plan.yml"
    text = field.read_text(encoding="utf-8")
    field.write_text(text.replace("  - vital-5\n  - cancer\n", "  - cancer\n  - vital-5\n"), encoding="utf-8")
    run(_BUILD, str(project))
    told = [json.loads(run(_TRACKED, str(kept), str(plan))) for _ in range(RUNS)]
    show("changes of the plan in Word", [seconds for seconds, _ in told], f"{max(peak for _, peak in told):>9}")


def row(name: str, project: Path, before) -> None:
    seconds, own, started = [], [], []
    for turn in range(RUNS):
        before(turn)
        start = time.perf_counter()
        peak = json.loads(run(_BUILD, str(project)))
        seconds.append(time.perf_counter() - start)
        own.append(peak[0])
        started.append(peak[1])
    show(name, seconds, f"{max(own):>9}{max(started) or '–':>11}")


def proof(project: Path, before) -> None:
    """How many times the work of a cold build it is with its proof: pairs of builds, one after the other."""
    ratios = []
    for turn in range(RUNS):
        worked = []
        for code in (_BUILD, _UNPROVEN + _BUILD):
            before(turn)
            start = processor_time()
            run(code, str(project))
            worked.append(processor_time() - start)
        ratios.append(worked[0] / worked[1])
    show("cold build: times without proof", ratios, "")


def processor_time() -> float:
    """The seconds that processors worked for all builds so far: another load does not change them much."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(name: str, seconds: list[float], memory: str) -> None:
    middle = statistics.median(seconds)
    print(f"{name:34}{middle:>9.2f}{min(seconds):>9.2f}{max(seconds):>9.2f}{memory}", flush=True)


def run(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, cwd=Path(__file__).parent
    )
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    main()
