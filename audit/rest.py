"""What comes with pages and documents: data, drawings, styles, scripts, fonts. What nothing judges is a fault."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from fontTools.ttLib import TTFont, TTLibError
from jsonschema import Draft202012Validator
from lxml import etree
from PIL import Image, UnidentifiedImageError

from . import tools
from .checker import Checker, Site, Verdicts, verdict, whole
from .markup import nu

_HERE = Path(__file__)
_MARKUP = _HERE.parent / "markup.py"
_SITEMAP = "sitemap.xml"

# Nu's reader of style sheets does not know the place and size of a mask: “mask: url(…) center / contain no-repeat”.
_FALSE_ALARM = "“mask”:"


def _json(site: Site, file: Path) -> list[str]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        return [f"it is not JSON: {error}"]
    if not isinstance(data, dict) or "described_by" not in data:
        return []
    described = site.folder / urlsplit(data["described_by"]).path.removeprefix(site.path)
    if not described.is_file():
        return [f"its schema {data['described_by']} is not there"]
    schema = Draft202012Validator(json.loads(described.read_text(encoding="utf-8")))
    return [f"{error.json_path}: {error.message}" for error in schema.iter_errors(data)]


def _csv(_: Site, file: Path) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), strict=True))
    except (ValueError, csv.Error) as error:
        return [f"it is not CSV: {error}"]
    if len(rows) < 2:
        return ["it has no rows"]
    odd = [number for number, row in enumerate(rows, start=1) if len(row) != len(rows[0])]
    return [f"row {number} has {len(rows[number - 1])} cells, not {len(rows[0])}" for number in odd]


def _xml(site: Site, file: Path) -> list[str]:
    try:
        tree = etree.fromstring(file.read_bytes())
    except etree.XMLSyntaxError as error:
        return [f"it is not XML: {error}"]
    if file.name != _SITEMAP:
        return []
    listed = {urlsplit(place.text or "").path for place in tree.iter("{*}loc")}
    pages = {site.address(name) for name in site.of("pages") if name != "404.html"}
    return [
        *(f"it lists {address}, which is not there" for address in sorted(listed - pages)),
        *(f"it does not list {address}" for address in sorted(pages - listed)),
    ]


def _gz(_: Site, file: Path) -> list[str]:
    try:
        same = gzip.decompress(file.read_bytes()) == file.with_suffix("").read_bytes()
    except (OSError, EOFError) as error:
        return [f"it does not open: {error}"]
    return [] if same else [f"it holds something else than {file.stem}"]


def _png(_: Site, file: Path) -> list[str]:
    try:
        with Image.open(file) as picture:
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        return [f"it is not a picture: {error}"]
    return []


def _font(_: Site, file: Path) -> list[str]:
    try:
        with TTFont(file) as font:
            return [] if font["cmap"].getBestCmap() else ["it has no letters"]
    except (TTLibError, KeyError) as error:
        return [f"it is not a font: {error}"]


def _script(_: Site, file: Path) -> list[str]:
    ran = tools.run("node", "--check", file)
    said = next((line for line in ran.stderr.splitlines() if "Error" in line), "")
    return [f"it does not parse: {said}"] if ran.returncode else []


def _text(_: Site, file: Path) -> list[str]:
    try:
        return [] if file.read_text(encoding="utf-8").strip() else ["it is empty"]
    except ValueError as error:
        return [f"it is not text in UTF-8: {error}"]


_JUDGES: dict[str, Callable[[Site, Path], list[str]]] = {
    ".csv": _csv,
    ".gz": _gz,
    ".js": _script,
    ".json": _json,
    ".png": _png,
    ".txt": _text,
    ".woff2": _font,
    ".xml": _xml,
}
_OF_NU = {".css": "--css", ".svg": "--svg"}


def _rest(site: Site, names: Sequence[str]) -> Verdicts:
    told: dict[str, list[str]] = {}
    for suffix, language in _OF_NU.items():
        files = site.files(name for name in names if name.endswith(suffix))
        told |= {file: [] for file in files} | (nu(language, files) if files else {})
    for name in names:
        file = site.folder / name
        if file.suffix in _JUDGES:
            told[str(file)] = _JUDGES[file.suffix](site, file)
    unknown = ["nothing judges files of this kind"]
    return {
        name: verdict(said for said in told.get(str(site.folder / name), unknown) if _FALSE_ALARM not in said)
        for name in names
    }


CHECKERS = (
    Checker(
        title="Data, drawings, styles, scripts, fonts",
        judges="rest",
        rules="Whole and well-formed; data as its schema says; drawings and styles by Nu",
        version=lambda: (
            f"{tools.package('pswkdocs')}, Nu {tools.node('vnu-jar')}, jsonschema {tools.package('jsonschema')}"
        ),
        judge=_rest,
        made_of=(_HERE, _MARKUP),
        holds=whole,
        batch=10_000,
        ours=True,
    ),
)
