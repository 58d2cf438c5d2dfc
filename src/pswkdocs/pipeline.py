"""The whole story: content in, site and documents out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from . import site
from .check import check
from .formats import FORMATS
from .load import load
from .model.content import Content
from .model.record import Audience
from .plan import Document, Edition, plan
from .problems import BuildFailed, Problem, Span
from .render import Download, Renderer

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Config:
    """What a build works with: folders of the project, who the site is for, where it goes."""

    project: Path
    audience: Audience = "public"
    out: Path | None = None

    @property
    def content(self) -> Path:
        return self.project / "content"

    @property
    def templates(self) -> Path:
        return self.project / "templates"

    @property
    def work(self) -> Path:
        """Where finished documents and half-finished sites are kept; may be deleted at any time."""
        return self.project / "build"

    @property
    def pages(self) -> Path:
        """The pages that the site was made of: any engine that reads Markdown can take them."""
        return self.work / f"{self.audience}-docs"

    @property
    def settings(self) -> Path:
        return self.project / "mkdocs.yml"

    @property
    def site(self) -> Path:
        suffix = "" if self.audience == "public" else f"-{self.audience}"
        return (self.out or self.project / f"site{suffix}").resolve()


@dataclass(frozen=True)
class Result:
    """What a build made."""

    site: Path
    pages: int
    downloads: tuple[Download, ...]
    warnings: tuple[Problem, ...]


def build(config: Config, say: Progress = lambda _: None) -> Result:
    """Read, check, plan, render and write everything; the last good site stays until all of it is done."""
    say("Reading content")
    content, warnings = read(config)
    edition = plan(content, config.audience)
    os.environ["SOURCE_DATE_EPOCH"] = str(edition.epoch)  # pandoc and MkDocs date their files by it
    renderer = Renderer(config.templates)
    say(f"Making {len(edition.documents) * len(FORMATS)} documents")
    made = documents(edition, renderer, config)
    downloads = tuple(made)
    say(f"Making {len(edition.pages)} pages")
    pages = {page.path: renderer.page(page, edition, downloads).encode() for page in edition.pages}
    files = {f"downloads/{download.filename}": data for download, data in made.items()}
    files["edition.json"] = _about(edition, downloads)
    key = _key(edition.nav, pages, files, _folder(config.templates / "theme"), config.settings.read_bytes(), _TOOLS)
    if not _stands(config, key):
        with _replacing(config, key) as (source, site_folder):
            _write(source, pages)
            site.write(config.settings, source, site_folder, edition)
            _write(site_folder, files)
    return Result(config.site, len(pages), downloads, warnings)


def read(config: Config) -> tuple[Content, tuple[Problem, ...]]:
    """The content and its warnings; raises BuildFailed with every problem when there is an error."""
    content = load(config.content)
    problems = check(content)
    if any(problem.severity == "error" for problem in problems):
        raise BuildFailed(problems)
    return content, tuple(problems)


def documents(edition: Edition, renderer: Renderer, config: Config) -> dict[Download, bytes]:
    """Every document in every format, side by side on the cores there are; nothing is made twice."""
    jobs = [(document, name) for document in edition.documents for name in FORMATS]
    html = {document.name: renderer.document(document, edition) for document in edition.documents}
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        files = list(workers.map(lambda job: _document(job[0], job[1], html[job[0].name], config), jobs))
    return {
        Download(
            document=document,
            format=name,
            label=FORMATS[name].label,
            filename=f"{document.name}.{FORMATS[name].suffix}",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
        ): data
        for (document, name), data in zip(jobs, files, strict=True)
    }


def _document(document: Document, name: str, html: str, config: Config) -> bytes:
    """One file, from the store of finished ones when the same was made before."""
    format = FORMATS[name]
    templates = config.templates / format.folder
    key = _key(name, document.facts, html, _folder(templates), format.made_by, _TOOLS)
    kept = config.work / "documents" / f"{key}.{format.suffix}"
    if kept.is_file():
        return kept.read_bytes()
    data = format.write(document, html, templates)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
        file.write(data)
    os.replace(file.name, kept)
    return data


def _about(edition: Edition, downloads: tuple[Download, ...]) -> bytes:
    """What the site says of itself to programs; also how a later build knows that the folder is a site."""
    about = {
        "name": edition.partnership.title,
        "audience": edition.audience,
        "version": edition.partnership.edition.version,
        "date": edition.partnership.edition.date.isoformat(),
        "documents": [
            {"file": f"downloads/{d.filename}", "title": d.document.title, "bytes": d.size, "sha256": d.sha256}
            for d in downloads
        ],
    }
    return json.dumps(about, indent=2, ensure_ascii=False).encode() + b"\n"


@contextmanager
def _replacing(config: Config, key: str) -> Iterator[tuple[Path, Path]]:
    """Folders for new pages and a new site, which take the place of the old ones when all went well."""
    if config.site.exists() and any(config.site.iterdir()) and not (config.site / "edition.json").is_file():
        raise BuildFailed(
            [
                Problem(
                    Span(str(config.site)), "this folder holds something else than a site", "Name another with --out."
                )
            ]
        )
    config.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=config.work) as folder:
        pages, made, old = Path(folder, "docs"), Path(folder, "site"), Path(folder, "old")
        yield pages, made
        state = config.work / f"{config.audience}.json"
        state.unlink(missing_ok=True)
        shutil.rmtree(config.pages, ignore_errors=True)
        shutil.move(pages, config.pages)
        if config.site.exists():
            config.site.rename(old)
        config.site.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, config.site)
        state.write_text(json.dumps({"site": str(config.site), "key": key}))


def _stands(config: Config, key: str) -> bool:
    """Whether the site that would be made is the one that is there."""
    state = config.work / f"{config.audience}.json"
    wanted = {"site": str(config.site), "key": key}
    return state.is_file() and json.loads(state.read_text()) == wanted and (config.site / "edition.json").is_file()


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _folder(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def _key(*what: object) -> str:
    """A short name for exactly these bytes and values."""
    digest = hashlib.sha256()
    for part in what:
        digest.update(part if isinstance(part, bytes) else repr(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:32]


# What every output depends on besides its own input: this package's code and the tools' versions.
_TOOLS = (
    _folder(Path(__file__).parent),
    tuple(version(tool) for tool in ("jinja2", "lxml", "markdown-it-py", "mkdocs", "mkdocs-material", "pikepdf")),
)
