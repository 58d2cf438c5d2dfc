"""What is not for everybody is nowhere in what everybody is given, in no byte of it."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml

from conftest import PROJECT
from leaks import phrases, phrases_published, places_of
from pswkdocs import pipeline, prose
from pswkdocs.config import Config
from pswkdocs.model.content import Content
from pswkdocs.model.record import Audience, Part, Ref, records, values
from pswkdocs.problems import BuildFailed
from test_packs import a_project

SIGN = "quokkaseventeen"
NARROWER: dict[Audience, set[str]] = {"public": {"staff", "restricted"}, "staff": {"restricted"}}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, with a sign of its audience in every text of every record that is not public."""
    project = tmp_path_factory.mktemp("marked")
    for name in ("content", "templates"):
        shutil.copytree(PROJECT / name, project / name)
    shutil.copy(PROJECT / "mkdocs.yml", project)
    content, _ = pipeline.read(Config(project))
    planted = 0
    for entry in content.entries:
        if (audience := content.audience(entry)) == "public":
            continue
        data = yaml.load((project / entry.source.path).read_text(encoding="utf-8"), yaml.BaseLoader)
        for loc, is_text in texts(entry.record):
            holder = data
            for step in loc[:-1]:
                holder = holder[step]
            if is_text and loc[-1] in (holder if isinstance(holder, dict) else range(len(holder))):
                holder[loc[-1]] = f"{holder[loc[-1]].rstrip()} {SIGN}{audience}"
                planted += 1
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
        (project / entry.source.path).write_text(text, "utf-8")
    assert planted > 300
    renamed = with_signs_for_ids(content, project)
    assert renamed > 100
    return project


def with_signs_for_ids(content: Content, project: Path) -> int:
    """Gives the parts of files that are not public ids that hold a sign; how many."""
    held = Counter(address.record.id for entry in content.entries for address in entry.parts)
    narrower = [(entry, audience) for entry in content.entries if (audience := content.audience(entry)) != "public"]
    new: dict[str, str] = {}
    for entry, audience in narrower:
        for address in entry.parts:
            if not address.whole and held[id := address.record.id] == 1:
                new[id] = f"{SIGN}{audience}-{len(new)}"
    said = re.compile(r"(?<=[ #/])(?<!kind: )[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?=\n|\)| L\d)")  # an id, or a link to it
    for entry, _ in narrower:
        path = project / entry.source.path
        path.write_text(said.sub(lambda found: new.get(found[0], found[0]), path.read_text("utf-8")), "utf-8")
    return len(new)


@pytest.fixture(scope="module")
def with_narrower_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public site of the small content, whose plan and strategy list parts for staff, and whose meeting has a
    closed part with a paper: all ids and names of files of what is narrower hold the sign."""
    project = a_project(tmp_path_factory.mktemp("narrower"))
    content = project / "content"
    for file, own, field in (
        ("riverside-plan/priorities/loneliness.yml", "loneliness", "riverside-plan/plan.yml"),
        ("riverside-plan/enablers/workforce.yml", "workforce", "riverside-plan/plan.yml"),
        ("strategy/strategic-priorities/mind.yml", "mind", "strategy/strategy.yml"),
    ):
        part, whole = content / file, content / field
        hidden = f"{SIGN}-{own}"
        text = re.sub(r"\bid: .*", lambda id: f"{id[0]}-{SIGN}", part.read_text("utf-8"))
        text = text.replace(f"id: {own}-{SIGN}", f"id: {hidden}\naudience: staff", 1)
        text = text.replace("\ntitle: ", f"\ntitle: {SIGN} ", 1)  # two pages of one title would not pass
        text = re.sub(r"(?<=baseline: )(.*)|(?<=case_studies: \[)(.*)(?=\])", rf"\g<0>-{SIGN}", text)
        part.with_stem(hidden).write_text(text, "utf-8")
        said = whole.read_text("utf-8")
        whole.write_text(re.sub(rf"(: \[.*\b{own})\]", rf"\1, {hidden}]", said), "utf-8")
        assert hidden in whole.read_text("utf-8")
    closed = content / "meetings/board-2026-02-10/closed.yml"
    closed.write_text(closed.read_text("utf-8").replace("offer.pdf", f"{SIGN}.pdf"), "utf-8")
    (closed.parent / "offer.pdf").rename(closed.parent / f"{SIGN}.pdf")
    return project


def test_no_id_of_a_part_that_its_whole_lists(with_narrower_parts: Path) -> None:
    public = pipeline.build(Config(with_narrower_parts))
    assert not places_of(SIGN, public.site)
    assert not places_of(SIGN, Config(with_narrower_parts).pages), "nor in what the site is made of"
    whole = json.loads((public.site / "data/all.json").read_text("utf-8"))
    listed = {file["key"]: file["record"] for file in whole["files"]}
    assert listed["riverside-plan"]["priorities"] == ["falls", "loneliness"]
    staff = places_of(SIGN, pipeline.build(Config(with_narrower_parts, "staff")).site)
    for place in (f"priorities/{SIGN}-loneliness", f"enablers/{SIGN}-workforce", f"{SIGN}-mind", "all.json"):
        assert any(place in name for name in staff), place


def texts(record: Any) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """Every value of a file, and whether it is free text: no id, no source, no word of several to choose from."""
    for at, inner in records(record):
        for loc, value, markers in values(inner, at):
            free = not any(isinstance(marker, Ref) for marker in markers) and " " in value.strip()
            yield loc, free and not CHOSEN & {step for step in loc if isinstance(step, str)}


def types(of: type[Part] = Part) -> Iterator[type[Part]]:
    yield of
    for narrower in of.__subclasses__():
        yield from types(narrower)


CHOSEN = {"source"} | {
    name for record in types() for name, field in record.model_fields.items() if "Literal" in repr(field.annotation)
}


@pytest.fixture(scope="module")
def build(marked: Path) -> Callable[[Audience], Path]:
    made: dict[Audience, Path] = {}

    def build(audience: Audience) -> Path:
        if audience not in made:
            made[audience] = pipeline.build(Config(marked, audience)).site
        return made[audience]

    return build


@pytest.mark.parametrize("audience", ["public", "staff"])
def test_no_sign_of_what_others_may_see(audience: Audience, build: Callable[[Audience], Path]) -> None:
    site = build(audience)
    for other in NARROWER[audience]:
        assert not places_of(SIGN + other, site), f"what is {other} is in the {audience} site"


def test_the_signs_are_there_for_those_who_may_see_them(build: Callable[[Audience], Path]) -> None:
    staff, restricted = places_of(f"{SIGN}staff", build("staff")), places_of(f"{SIGN}restricted", build("restricted"))
    for places in (staff, restricted):
        for kind in (".html", "search_index.json", ".pdf, page", ".docx: word/document.xml", ".csv", "all.json"):
            assert any(kind in place for place in places), kind


def secrets(content: Content, audience: Audience) -> set[tuple[str, ...]]:
    """Phrases of records that readers of an audience may not see, and of no record that they may."""
    said: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
    for entry in content.entries:
        hidden = content.audience(entry) in NARROWER[audience]
        strings = [value for _, inner in records(entry.record) for _, value, _ in values(inner)]
        said[hidden] |= phrases(map(prose.plain, strings))
    return said[True] - said[False]


def test_no_phrase_of_what_is_not_public(content: Content, site: Path, build: Callable[[Audience], Path]) -> None:
    wanted = secrets(content, "public")
    assert len(wanted) > 3000
    found = phrases_published(wanted, site)
    assert not found, sorted((place, " ".join(phrase)) for phrase, place in found.items())[:10]
    there = phrases_published(wanted, build("restricted"))
    assert len(there) > 0.9 * len(wanted), "phrases are not found where they do stand"


def page(site: Path) -> None:
    file = next(site.glob("priorities/*/index.html"))
    file.write_text(file.read_text("utf-8").replace("</article>", "<p>Quokka&#8203; se<b>ven</b>teen</p></article>"))


def packed(site: Path) -> None:
    (site / "sitemap.xml.gz").write_bytes(gzip.compress(b"<loc>https://x.example/quokka-seventeen/</loc>"))


def in_text(name: str, text: str) -> Callable[[Path], None]:
    def plant(site: Path) -> None:
        file = next(site.glob(name))
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    return plant


def in_word(part: str, text: str) -> Callable[[Path], None]:
    def plant(site: Path) -> None:
        file = next(site.glob("downloads/*.docx"))
        with zipfile.ZipFile(file, "a") as package:
            package.writestr(part, text)

    return plant


def in_pdf(change: Callable[[pikepdf.Pdf], None]) -> Callable[[Path], None]:
    def plant(site: Path) -> None:
        file = next(site.glob("downloads/*.pdf"))
        with pikepdf.open(file, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(file)

    return plant


def title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Keywords"] = "quokka seventeen"


def metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as said:
        said["dc:description"] = "quokka seventeen"


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["note.txt"] = b"quokka seventeen"


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Quokka seventeen", 0))


def alternative(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.Alt = pikepdf.String("quokka seventeen")


def image(chunk: bytes, body: bytes) -> Callable[[Path], None]:
    def plant(site: Path) -> None:
        data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(body)) + chunk + body + b"\0\0\0\0"
        (site / "drawings/x.png").write_bytes(data)

    return plant


def nested(site: Path) -> None:
    """An image in a package: what an ODT or a Word file may hold."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("content.xml", "<p>quok<span>ka</span> seventeen</p>")
    (site / "downloads/x.odt").write_bytes(inner.getvalue())


PLACES: dict[str, Callable[[Path], None]] = {
    "a page": page,
    "the search index": in_text("search/search_index.json", '{"text": "quokka seventeen"}'),
    "the sitemap": in_text("sitemap.xml", "<loc>https://x.example/quokka-seventeen/</loc>"),
    "the packed sitemap": packed,
    "JSON": in_text("data/all.json", '"quokka seventeen"'),
    "CSV": in_text("data/*.csv", "Quokka Seventeen\r\n"),
    "a script": in_text("assets/*.js", "// quokka seventeen"),
    "the text of a Word file": in_word("word/more.xml", "<w:r>Quok</w:r><w:r>ka seventeen</w:r>"),
    "the properties of a Word file": in_word("docProps/more.xml", "<dc:title>quokka seventeen</dc:title>"),
    "the name of a part of a Word file": in_word("word/media/quokka-seventeen.png", ""),
    "the text of an ODT file": nested,
    "the properties of a PDF": in_pdf(title),
    "the metadata of a PDF": in_pdf(metadata),
    "an attachment of a PDF": in_pdf(attachment),
    "a bookmark of a PDF": in_pdf(bookmark),
    "an alternative text of a PDF": in_pdf(alternative),
    "a drawing": in_text("drawings/*.svg", "<desc>quokka seventeen</desc>"),
    "an image's words on itself": image(b"tEXt", b"Comment\0quokka seventeen"),
    "an image's packed words on itself": image(b"zTXt", b"Comment\0\0" + zlib.compress(b"quokka seventeen")),
    "the name of a file": lambda site: (site / "quokka-seventeen.html").touch(),
    "the name of a folder": lambda site: (site / "quokka-seventeen").mkdir(),
}


@pytest.fixture(scope="module")
def small(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of each kind of the real site."""
    folder = tmp_path_factory.mktemp("small")
    for name in ("priorities/cancer", "search", "drawings"):
        shutil.copytree(site / name, folder / name)
    (folder / "data").mkdir()
    (folder / "downloads").mkdir()
    (folder / "assets").mkdir()
    for name in ("sitemap.xml", "data/all.json", "data/actions.csv", "downloads/vcse-charter.docx",
                 "downloads/forward-plan-summary.pdf", "assets/frame.js"):  # fmt: skip
        shutil.copy(site / name, folder / name)
    return folder


def test_nothing_is_found_where_nothing_is(small: Path) -> None:
    assert not places_of(SIGN, small)


@pytest.mark.parametrize("place", PLACES)
def test_one_sign_is_found_wherever_it_is(place: str, small: Path, tmp_path: Path) -> None:
    """The search above can fail: a single sign in any kind of place is seen."""
    site = shutil.copytree(small, tmp_path / "site")
    PLACES[place](site)
    assert places_of(SIGN, site), place


def test_the_public_names_nothing_hidden(marked: Path, tmp_path: Path) -> None:
    """A public text that links to a restricted record is refused before anything is built."""
    project = shutil.copytree(marked, tmp_path / "project", ignore=shutil.ignore_patterns("build", "site*"))
    statement = project / "content/accessibility.yml"
    said = statement.read_text("utf-8")
    statement.write_text(said.replace("improving:\n", "improving:\n  - See [](#place-lead-appraisal).\n", 1), "utf-8")
    with pytest.raises(BuildFailed, match="but `place-lead-appraisal` is restricted"):
        pipeline.build(Config(project))
