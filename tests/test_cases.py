"""A small content of all kinds and what must come of it: pages as MkDocs reads them, documents as pandoc does.

`pytest --update` writes what came out as what is expected; read the difference before you commit it.
"""

from __future__ import annotations

import pytest

from conftest import CASES, PROJECT, planned
from pswkdocs import pipeline
from pswkdocs.checks.file import ADDRESSED, TAKEN
from pswkdocs.config import Config
from pswkdocs.edition import Edition
from pswkdocs.model.content import Content
from pswkdocs.render import Renderer
from pswkdocs.store import contents, write

SMALL = CASES / "problems" / "_base"
EXPECTED = CASES / "expected"


def outline(edition: Edition) -> str:
    """What is published, in what order, under which titles: the plan without its words."""
    lines = ["# Pages", *(f"{page.path}: {page.title} [{page.template}]" for page in edition.pages)]
    lines += ["", "# Documents", *(f"{d.name}: {' | '.join(filter(None, d.facts))}" for d in edition.documents)]
    lines += ["", "# Places", *(f"{key} -> {place.url}#{place.anchor}" for key, place in edition.places.items())]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    content, _ = pipeline.read(Config(SMALL))
    edition = planned(content, "public")
    renderer = Renderer(PROJECT / "templates", tmp_path_factory.mktemp("work"))
    files = {"plan.txt": outline(edition)}
    files |= {f"pages/{page.path}": renderer.page(page, edition, ()) for page in edition.pages}
    files |= {f"documents/{document.name}.html": renderer.document(document, edition) for document in edition.documents}
    return {name: text.encode() for name, text in files.items()}


def test_no_page_takes_the_place_of_another(content: Content, edition: Edition) -> None:
    """What stands at the address that its id says knows every address that is made of other content."""
    own = {entry.record.id for entry in content.entries if isinstance(entry.record, ADDRESSED)}
    made = {page.url.split("/")[0] or "index" for page in edition.pages} | {name.split("/")[0] for name in edition.data}
    around = {"assets", "changes", "drawings", "id", "search", "versions"}  # what the theme and versions add
    assert made - own == TAKEN - around


def test_what_comes_out_is_expected(made: dict[str, bytes], update: bool) -> None:
    assert len(made) > 20
    if update:
        for old in sorted(EXPECTED.rglob("*.*")):
            old.unlink()
        write(EXPECTED, made)
    expected = contents(EXPECTED)
    assert made.keys() == expected.keys()
    for name in made:
        assert made[name].decode() == expected[name].decode(), name
