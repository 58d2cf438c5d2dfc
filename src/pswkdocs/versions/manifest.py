"""What a published version holds, to the byte, and whether a copy of it still does."""

from __future__ import annotations

import hashlib
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from ..problems import BuildFailed, Problem, Span

NAME = "manifest.json"
_PATIENCE = 30  # seconds that a host may take to answer
_NOT_SO = (ValueError, KeyError, TypeError, AttributeError, RecursionError)  # what JSON of another kind leads to


def of(tree: Mapping[str, bytes], folder: str, said: Mapping[str, Any]) -> bytes:
    """The manifest of a folder of the published tree; what else is said of it comes first."""
    held = {path.removeprefix(folder): data for path, data in sorted(tree.items()) if path.startswith(folder)}
    return _written({**said, "files": {name: _seal(data) for name, data in held.items()}})


def of_rest(tree: Mapping[str, bytes], folders: Collection[str]) -> bytes:
    """The manifest of what stands beside versions; a host need not serve what is only for a forge."""
    rest = {path: data for path, data in tree.items() if path.partition("/")[0] not in folders and path[0] != "."}
    return of(rest, "", {})


def again(manifest: bytes, changed: Mapping[str, bytes], said: Mapping[str, Any]) -> bytes:
    """A manifest once some of its files were changed, and with what else is now said."""
    about = read(manifest, NAME)
    return _written({**about, **said, "files": about["files"] | {name: _seal(data) for name, data in changed.items()}})


def _seal(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _written(about: Mapping[str, Any]) -> bytes:
    files = about["files"]
    said = {name: value for name, value in about.items() if name != "files" and value != ""}
    return json.dumps({**said, "files": files}, indent=1, ensure_ascii=False).encode() + b"\n"


def read(data: bytes, place: str) -> dict[str, Any]:
    """A manifest as it was written; raises BuildFailed where it is none."""
    try:
        found = json.loads(data)
        files = found["files"]
        if all({"bytes", "sha256"} <= each.keys() for each in files.values()) and all(map(_below, files)):
            return dict(found)
    except _NOT_SO:
        pass
    raise BuildFailed([Problem(Span(place, 0), "this is no manifest of a published version", "Fetch it anew.")])


def verify(place: str) -> tuple[int, list[Problem]]:
    """How many files of a published tree were looked at, at an address or in a folder, and what differs.

    Takes one version, or the whole tree with every version and what stands beside them. What a host holds beyond the
    manifests cannot be seen from outside; in a folder it is a difference too.
    """
    far = place.lower().startswith(("http://", "https://"))
    fetch = _at_host(place) if far else _in_folder(Path(place))
    register = fetch("versions.json")
    folders = [""] if register is None and fetch(NAME) is not None else ["", *_versions(register, place)]
    seen, problems = 0, []
    for folder in folders:
        data = fetch(folder + NAME)
        if data is None:
            problems.append(Problem(Span(place, 0), f"{folder}{NAME} is missing", "Publish the tree anew."))
            continue
        files = read(data, f"{place}/{folder}{NAME}")["files"]
        seen += len(files)
        problems += _differences(place, folder, files, fetch)
        if not far:
            problems += _beyond(Path(place, folder), files, folders)
    return seen, problems


def _differences(
    place: str, folder: str, files: Mapping[str, Mapping[str, Any]], fetch: Callable[[str], bytes | None]
) -> Iterator[Problem]:
    for name, said in files.items():
        data = fetch(folder + name)
        if data is None:
            what = "it is missing"
        elif len(data) != said["bytes"]:
            what = f"it has {len(data)} bytes; {said['bytes']} were published"
        elif hashlib.sha256(data).hexdigest() != said["sha256"]:
            what = "it is as long as what was published, but it is something else"
        else:
            continue
        yield Problem(Span(f"{place.rstrip('/')}/{folder}{name}", 0), what, "Put the published file there again.")


def _beyond(folder: Path, files: Mapping[str, object], versions: Collection[str]) -> Iterator[Problem]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        other = name.startswith(".") or f"{name.partition('/')[0]}/" in versions
        if path.is_file() and name not in files and name != NAME and not other:
            yield Problem(Span(str(path), 0), "it was not published", "Delete it.")


def _below(name: str) -> bool:
    """Whether a name can only mean a file below the manifest's own folder."""
    return not name.startswith("/") and ":" not in name and ".." not in name.split("/")


def _versions(register: bytes | None, place: str) -> list[str]:
    try:
        found = json.loads(register or b"")
        names = [name for version in found for name in (version["version"], *version["aliases"])]
        if all(map(_below, names)):
            return [f"{name}/" for name in names]
    except _NOT_SO:
        pass
    said = f"no published version is here: neither {NAME} nor versions.json"
    raise BuildFailed([Problem(Span(place, 0), said, "Name the folder or the address of one.")])


def _in_folder(folder: Path) -> Callable[[str], bytes | None]:
    def fetch(name: str) -> bytes | None:
        path = folder / name
        return path.read_bytes() if path.is_file() else None

    return fetch


def _at_host(address: str) -> Callable[[str], bytes | None]:
    base = address.rstrip("/") + "/"

    def fetch(name: str) -> bytes | None:
        try:
            with urllib.request.urlopen(urljoin(base, quote(name)), timeout=_PATIENCE) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                return None
            raise _unreached(address, f"the host answered {error.code} for {name}") from error
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise _unreached(address, f"{name} could not be fetched: {getattr(error, 'reason', error)}") from error

    return fetch


def _unreached(address: str, said: str) -> BuildFailed:
    return BuildFailed([Problem(Span(address, 0), said, "Try again later, or look at the address.")])
