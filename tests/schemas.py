"""The schemas as any program reads them: a text of YAML in, what a validator that is not ours refuses out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from pswkdocs.load import type_of
from pswkdocs.model.content import Content
from pswkdocs.model.record import Part
from pswkdocs.schema import FOLDER, IDS, modeline
from pswkdocs.schema.fields import KINDS, KindOfFile, slug
from pswkdocs.schema.ids import ids
from pswkdocs.schema.shapes import schema


class Core(yaml.CSafeLoader):
    """YAML 1.2 as editors’ programs read it: `no` and `2023-07-24` are text, `3.10` is a number."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _tag, _form, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?\d+", list("-+0123456789")),
    ("float", r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), _first)
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


@cache
def _of_kinds() -> dict[str, dict[str, Any]]:
    return {f"{of.name}.json": schema(of) for of in KINDS}


class Schemas:
    """The schemas that are made for a content."""

    def __init__(self, content: Content) -> None:
        self.files: dict[str, dict[str, Any]] = {**_of_kinds(), IDS: ids(content)}
        self._registry: Registry[Any] = Registry().with_resource(IDS, Resource.from_contents(self.files[IDS]))

    def of_part(self, of: KindOfFile, part: type[Part]) -> Draft202012Validator:
        """What holds a part of such a file to the schema, or the whole of it."""
        whole = self.files[f"{of.name}.json"]
        below = {"$schema": whole["$schema"], "$defs": whole["$defs"], "$ref": f"#/$defs/{slug(part)}"}
        return Draft202012Validator(whole if part is of.model else below, registry=self._registry)

    def faults(self, path: str, text: str) -> list[str]:
        """What the schema of a file refuses in its text, with the place; `path` begins with `content/`."""
        validator = Draft202012Validator(self.files[schema_of(path)], registry=self._registry)
        data = yaml.load(text, Loader=Core)
        return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(data)]


def below(path: str) -> PurePath:
    """A path below `content/`."""
    return PurePath(path.removeprefix("content/"))


def schema_of(path: str) -> str:
    """The name of the schema that a content file's first line says; nothing where no content stands."""
    return modeline(below(path)).rpartition(f"{FOLDER}/")[2] if type_of(below(path)) else ""
