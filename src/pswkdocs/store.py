"""What is kept between builds: finished documents by what they were made of, and the site that stands.

Everything is made beside the old and takes its place when it is finished, so a build that fails or is killed
leaves the last good site as it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from .problems import BuildFailed, Problem, Span

MARK = "edition.json"  # stands in every site; a folder without it is not ours to replace


class Store:
    """The folder of kept things; it may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[Path] = set()

    def document(self, key: str, suffix: str, make: Callable[[], bytes]) -> bytes:
        """The finished document of a key; made and kept when there is none."""
        kept = self._folder / "documents" / f"{key}.{suffix}"
        self._used.add(kept)
        if kept.is_file():
            os.utime(kept)
            return kept.read_bytes()
        data = make()
        kept.parent.mkdir(parents=True, exist_ok=True)
        _put(kept, data)
        return data

    def forget(self, keep: int = 120) -> None:
        """Delete what this run did not use, but for the documents that other runs used last."""
        others = [path for path in (self._folder / "documents").glob("*") if path not in self._used]
        for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[keep:]:
            path.unlink(missing_ok=True)

    def stands(self, site: Path, key: str) -> bool:
        """Whether the site that stands is the one of this key, with all its files."""
        state = self._state(site)
        return state.is_file() and state.read_text(encoding="utf-8") == _inventory(site, key)

    def change(self, site: Path, files: Mapping[str, bytes]) -> None:
        """Put single files in the place of others in the site that stands, which then is no longer that of its key."""
        self._state(site).unlink(missing_ok=True)
        for name, data in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            _put(site / name, data)

    def mend(self, site: Path) -> None:
        """Bring back the last site when a run was killed between taking it away and putting the new one there."""
        if _previous(site).exists() and not site.exists():
            _previous(site).rename(site)

    @contextmanager
    def replacing(self, site: Path, pages: Path, key: str) -> Iterator[tuple[Path, Path]]:
        """Empty folders for pages and a site, which take the place of the old ones when all went well."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="new-", dir=self._folder) as page_folder:
            made_pages = Path(page_folder, "pages")
            made_pages.mkdir()
            with swapped(site, MARK) as made_site:
                yield made_pages, made_site
                self._state(site).unlink(missing_ok=True)
                _replace(pages, made_pages, Path(page_folder, "old"))
            _put(self._state(site), _inventory(site, key).encode())

    def _state(self, site: Path) -> Path:
        return self._folder / f"site-{digest(str(site))[:12]}.key"


@contextmanager
def swapped(folder: Path, mark: str) -> Iterator[Path]:
    """An empty folder, which takes the place of the old one when all went well; what has no file `mark` is not ours."""
    if folder.exists() and any(folder.iterdir()) and not (folder / mark).is_file():
        message, way_out = "this folder holds something else than a site", "Name another folder."
        raise BuildFailed([Problem(Span(str(folder), 0), message, way_out)])
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:  # on the same disk
        made = Path(beside, "new")
        made.mkdir()
        yield made
        shutil.rmtree(_previous(folder), ignore_errors=True)
        _replace(folder, made, _previous(folder))
        shutil.rmtree(_previous(folder), ignore_errors=True)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names below a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def digest(*what: object) -> str:
    """A short name for exactly these bytes and values."""
    sum_of = hashlib.sha256()
    for part in what:
        sum_of.update(part if isinstance(part, bytes) else repr(part).encode())
        sum_of.update(b"\0")
    return sum_of.hexdigest()[:32]


def _previous(site: Path) -> Path:
    return site.with_name(f".{site.name}.previous")


def _inventory(site: Path, key: str) -> str:
    """A site's key and the names and sizes of its files."""
    files = sorted(
        (path.relative_to(site).as_posix(), path.stat().st_size) for path in site.rglob("*") if path.is_file()
    )
    return "\n".join([key, *(f"{size} {name}" for name, size in files)])


def _put(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    os.replace(file.name, path)


def _replace(path: Path, new: Path, old: Path) -> None:
    """Put `new` where `path` is; what was there goes to `old`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.rename(old)
    new.rename(path)


# What every output depends on besides its own input: this package's code and the versions of the tools.
TOOLS = digest(
    {name: data for name, data in contents(Path(__file__).parent).items() if name.endswith(".py")},
    tuple(
        version(tool)
        for tool in (
            "jinja2",
            "lxml",
            "markdown",
            "markdown-it-py",
            "mkdocs",
            "mkdocs-material",
            "pikepdf",
            "pypdfium2",
            "typst",
        )
    ),
)
