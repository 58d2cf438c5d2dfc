"""Whatever an editor leaves out or empties: that is told as a problem, or all is made without it and without a hole."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import CASES, PROJECT, planned
from pswkdocs import pipeline, proof
from pswkdocs.config import Config
from pswkdocs.edition import Download, Edition
from pswkdocs.model.record import Audience, Loc, Part
from pswkdocs.problems import BuildFailed
from pswkdocs.registers import opendata
from pswkdocs.render import Renderer

BASE = CASES / "problems" / "_base"
TEMPLATES = PROJECT / "templates"
# A list, a table or its body, or a box of facts with nothing in it.
HOLLOW = re.compile(r"<(ul|ol|dl|tbody|thead|tr|p)\b[^>]*>\s*</\1>")
# A heading with nothing below it: the end follows, or a heading that is no part of it.
HEADINGS = re.compile(r"^(#+) .*|<h([1-6])\b.*?</h\2>", re.MULTILINE)
TITLES = re.compile(r"^(#+) (.*?)(?: \{: #([\w-]+).*\})?$", re.MULTILINE)
ANCHOR = re.compile(r'\sid="([^"]+)"')


def held(record: Part, data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Part, dict[str, Any]]]:
    """A record and everything inside it that is written as fields, each with its place and what is written there."""
    yield loc, record, data
    for name in data:
        value, written = getattr(record, name), data[name]
        inner = [((*loc, name), value, written)]
        if isinstance(value, tuple):
            inner = [((*loc, name, step), *pair) for step, pair in enumerate(zip(value, written, strict=True))]
        for at_, part, fields in inner:
            if isinstance(part, Part) and isinstance(fields, dict):
                yield from held(part, fields, at_)


def openings() -> Iterator[tuple[str, Loc, bool]]:
    """Every list of the small content, to be emptied, and all that may be left out, each field of a type once."""
    content, _ = pipeline.read(Config(BASE))
    tried = set()
    for entry in content.entries:
        written = yaml.load((BASE / entry.source.path).read_text(encoding="utf-8"), yaml.BaseLoader)
        for loc, record, data in held(entry.record, written):
            for name in data:
                emptied = isinstance(getattr(record, name), tuple)
                may_go = emptied or not type(record).model_fields[name].is_required()
                if may_go and (type(record), name) not in tried:
                    tried.add((type(record), name))
                    yield entry.source.path, (*loc, name), emptied


def at(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sturdy")
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    return folder


def faults(project: Path, renderer: Renderer, audience: Audience = "restricted") -> list[str]:
    """What is wrong with what is made of a project's content, unless a problem of the content is told."""
    try:
        content, _ = pipeline.read(Config(project))
    except BuildFailed as failed:
        return [f"{p.span}: {p.message}" for p in failed.problems if not p.span.path.startswith("content/")]
    edition = planned(content, audience)
    try:
        return list(spoilt(edition, renderer))
    except BuildFailed as failed:
        return [f"{problem.span}: {problem.message}" for problem in failed.problems]


def spoilt(edition: Edition, renderer: Renderer) -> Iterator[str]:
    downloads = tuple(
        Download(document, "PDF", f"{document.name}.pdf", "application/pdf", 1, "") for document in edition.documents
    )
    pages = {page: renderer.page(page, edition, downloads) for page in edition.pages}
    documents = {document: renderer.document(document, edition) for document in edition.documents}
    files = {f"drawings/{name}.svg" for shown in (*pages, *documents) for name in shown.charts}
    files |= {f"downloads/{download.filename}" for download in downloads} | {*edition.data}
    said = [(f"pages/{page.path}", text) for page, text in pages.items()]
    said += [(f"documents/{document.name}", text) for document, text in documents.items()]
    html = {f"{page.url}index.html": TITLES.sub(titled, text).encode() for page, text in pages.items()}
    for name, what in proof.pages.faults_of_site(html, files | {*html}):
        if "links to" in what or "are called" in what:
            yield f"{name}: {what}"
    for document, text in documents.items():
        anchors = ANCHOR.findall(text)
        yield from (f"documents/{document.name}: {anchor}" for anchor in {*anchors} if anchors.count(anchor) > 1)
    for name, text in said:
        yield from (f"{name}: {hollow}" for hollow in hollows(text))


def titled(found: re.Match[str]) -> str:
    """A heading of Markdown as the site has it."""
    anchor = f' id="{found[3]}"' if found[3] else ""
    return f"<h{len(found[1])}{anchor}>{found[2]}</h{len(found[1])}>"


def hollows(text: str) -> Iterator[str]:
    yield from (found[0] for found in HOLLOW.finditer(text))
    headings = [*HEADINGS.finditer(text)]
    for heading, after in zip(headings, [*headings[1:], None], strict=True):
        below = text[heading.end() : after.start() if after else len(text)]
        own, next_ = (level(found) if found else 0 for found in (heading, after))
        if next_ <= own and not re.sub(r"<[^>]*>|\s", "", below) and "<img" not in below and "data-pdf" not in below:
            yield heading[0]


def level(heading: re.Match[str]) -> int:
    return int(heading[2]) if heading[2] else len(heading[1])


def test_what_is_left_out_leaves_no_hole(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opendata.schema(pipeline.read(Config(project))[0], "")
    monkeypatch.setattr(opendata, "schema", lambda *_: made)  # slow, and made of types, not of what is left out
    renderer = Renderer(TEMPLATES, project / "build")
    found = faults(project, renderer)
    tried = 0
    for path, loc, emptied in openings():
        file = project / path
        good = file.read_bytes()
        data = copy.deepcopy(yaml.load(good, yaml.BaseLoader))
        if emptied:
            at(data, loc[:-1])[loc[-1]] = []
        else:
            del at(data, loc[:-1])[loc[-1]]
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        where = f"{path}: {'.'.join(map(str, loc))} {'empty' if emptied else 'left out'}"
        try:
            found += [f"{where}: {fault}" for fault in faults(project, renderer)]
        except Exception as error:
            found.append(f"{where}: {error!r}")
        file.write_bytes(good)
        tried += 1
    assert tried > 190
    assert not found, "\n".join(found)


def test_links_lead_only_to_pages_that_are_made(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path, dirs_exist_ok=True)
    renderer = Renderer(TEMPLATES, tmp_path / "build")
    earlier = tmp_path / "content/local-plan/local-plan.yml"
    text = earlier.read_text(encoding="utf-8")
    assert "\nreplaced_by: " in text
    for file, old, new in (
        ("enablers/workforce.yml", "id: workforce\n", "continues: [early-staff]\n"),
        ("priorities/falls.yml", "editorial_links:\n", "  continues: [early-company]\n"),
        ("plan.yml", "    - id: safe-at-home\n", "      continues: [early-company]\n"),
    ):
        path = tmp_path / "content/riverside-plan" / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, old + new), encoding="utf-8")
    held = {
        "enablers/workforce.md": "Then and now",
        "plan/objectives.md": "Then and now",
        "priorities/falls.md": "then and now",
    }
    assert not faults(tmp_path, renderer)
    for name, words in held.items():
        assert f'<a href="../../registers/then-and-now/">{words}</a>' in page(name, tmp_path, renderer)
    earlier.write_text(re.sub(r"\nreplaced_by: .*", "", text), encoding="utf-8")
    assert not faults(tmp_path, renderer)
    for name, words in held.items():
        assert words in (text := page(name, tmp_path, renderer)) and "registers/then-and-now" not in text
    for file in (tmp_path / "content/riverside-plan").glob("*/*.yml"):
        text = re.sub(r"\naudience: .*", "", file.read_text(encoding="utf-8"))
        file.write_text(text.rstrip() + "\naudience: staff\n", encoding="utf-8")
    assert not faults(tmp_path, renderer, "public")
    assert "<li>0 actions " in page("registers/trace.md", tmp_path, renderer)


def page(path: str, project: Path, renderer: Renderer) -> str:
    edition = planned(pipeline.read(Config(project))[0], "public")
    return renderer.page(next(page for page in edition.pages if page.path == path), edition, ())


def test_a_marking_of_its_own_stands_on_what_everybody_may_see(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "content/hub-appraisal/appraisal.yml"
    text = file.read_text(encoding="utf-8")
    for audience, marking in (
        ("public", "Private and confidential"),
        ("restricted", "Restricted · Private and confidential"),
    ):
        file.write_text(text.replace("audience: restricted", f"audience: {audience}"), encoding="utf-8")
        edition = planned(pipeline.read(Config(tmp_path))[0], "restricted")
        assert [d.marking for d in edition.documents if d.name == "hub-appraisal"] == [marking]
    file.write_text(text.replace("marking: Private and confidential", "marking: Restricted"), encoding="utf-8")
    edition = planned(pipeline.read(Config(tmp_path))[0], "restricted")
    assert [d.marking for d in edition.documents if d.name == "hub-appraisal"] == ["Restricted"]
