"""What the tests share: the real content, and a site that was built of it once."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from browser import address as address
from browser import browser as browser
from browser import kinds as kinds
from browser import paths as paths
from browser import visit as visit
from pswkdocs import pipeline
from pswkdocs.config import Config
from pswkdocs.edition import Document, Edition
from pswkdocs.model.content import Content
from pswkdocs.model.record import Audience
from pswkdocs.plan import plan
from pswkdocs.render import Renderer

PROJECT = Path(__file__).parent.parent
CASES = PROJECT / "tests" / "cases"
TODAY = date(2026, 2, 1)  # for commands: the small content is not late by then, and never will be


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="Write what came out as what is expected.")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the day on which it is run."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.combine(TODAY, time(), UTC).timestamp())))


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def content() -> Content:
    """The real content."""
    return pipeline.read(Config(PROJECT))[0]


def planned(content: Content, audience: Audience) -> Edition:
    """What an audience is given, with its charts drawn."""
    return pipeline.drawn(plan(content, audience), PROJECT / "templates")


@pytest.fixture(scope="session")
def edition(content: Content) -> Edition:
    """What the public is given of the real content."""
    return planned(content, "public")


@pytest.fixture(scope="session")
def html(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each document's HTML by its name."""
    renderer = Renderer(PROJECT / "templates", tmp_path_factory.mktemp("work"))
    return {document.name: renderer.document(document, edition) for document in edition.documents}


@pytest.fixture(scope="session")
def documents(edition: Edition) -> dict[str, Document]:
    """Each document by its name."""
    return {document.name: document for document in edition.documents}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public site of the real content, with its documents."""
    project = tmp_path_factory.mktemp("project")
    for name in ("content", "templates"):
        shutil.copytree(PROJECT / name, project / name)
    shutil.copy(PROJECT / "mkdocs.yml", project)
    return pipeline.build(Config(project)).site
