"""What a kind of file may hold → JSON Schema, as programs that editors write YAML with read it.

A schema says what an editor writes, not what the models hold: a text may look like a number, a source is one text.
No `examples`: the language server would write them into the file as if they were facts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ..model.record import Part
from .fields import Described, Form, KindOfFile, fields, meaning, slug

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDS = "ids.json"
# What stands behind no colon. The language server would offer the word `null`, if this were written more simply.
_NOTHING: Json = {"not": {"type": ["string", "number", "boolean", "object", "array"]}}


def schema(of: KindOfFile) -> Json:
    """The schema of one kind of file; ids of records that other files hold are in `ids.json`."""
    whole, *parts = of.parts
    return {
        "$schema": DIALECT,
        **_fields(whole, of),
        "$defs": {slug(part): _fields(part, of) for part in parts},
    }


def pattern(form: str) -> str:
    """A pattern as it holds for what is written: spaces around a value do not count."""
    return rf"^\s*(?:{form.removeprefix('^').removesuffix('$')})\s*$"


def _fields(model: type[Part], of: KindOfFile) -> Json:
    return {
        "description": meaning(model),
        "type": "object",
        "properties": {field.name: _property(field, of) for field in fields(model)},
        "required": [field.name for field in fields(model) if field.required],
        "additionalProperties": False,
    }


def _property(field: Described, of: KindOfFile) -> Json:
    value = _value(field.form, of, field)
    marked = {"markdownDescription": field.description} if "`" in field.description else {}
    told = {"description": field.description, **marked}
    if not field.may_be_empty:
        return told | value
    # Said inside too, or the server would tell what all such fields are in place of what this one is.
    inner = told | value if field.form.shape == "fields" else value
    return told | {"anyOf": [inner, _NOTHING]}


def _value(form: Form, of: KindOfFile, field: Described) -> Json:
    """What may stand in a field or in an entry of it; where the server lets us, with our words for what may not."""
    refused = f"This does not fit `{field.name}`. {field.description}".strip()
    match form.shape:
        case "list":
            assert form.entry
            entries = {"type": "array", "items": _value(form.entry, of, field), "errorMessage": _LIST + refused}
            limits: Json = {"minItems": form.least} if form.least else {}
            return entries | limits | ({"uniqueItems": True} if form.entry.shape == "id" else {})
        case "fields":
            assert form.part
            return {"$ref": f"#/$defs/{slug(form.part)}"}
        case "choice":
            return _choice(form, field)
        case "number":
            limits = {"minimum": form.least, "maximum": form.most, "pattern": pattern(r"\d+"), "errorMessage": refused}
            return {"type": ["integer", "string"]} | {
                name: limit for name, limit in limits.items() if limit is not None
            }
        case "id":
            known = {"$ref": f"{IDS}#/$defs/{form.kind}"}
            return {"anyOf": [_text(form, refused), known]} if form.kind in of.own else known
        case "source" if "source document" not in of.own:
            return {"$ref": f"{IDS}#/$defs/source"}
    return _text(form, refused)


def _choice(form: Form, field: Described) -> Json:
    listed = "" if any(form.choices.values()) else f"Write one of these: {', '.join(form.choices)}. "
    told = {"type": "string", "enum": list(form.choices), "errorMessage": listed + field.description}
    return told | ({"enumDescriptions": list(form.choices.values())} if any(form.choices.values()) else {})


def _text(form: Form, refused: str) -> Json:
    """Text that is not empty; one that YAML takes for a number is text all the same."""
    shape = r"[^\n]*\S[^\n]*" if form.pattern == _ONE_LINE else form.pattern
    return {
        **_types(form.pattern),
        "pattern": pattern(shape) if shape else r"\S",
        **({"maxLength": form.longest} if form.longest else {}),
        "errorMessage": refused,
    }


@cache
def _types(form: str) -> Json:
    """As what YAML may take a text that fits a pattern: as a number only where a number could fit."""
    if form in ("", _ONE_LINE):
        return {"type": ["string", "number"]}
    if any(re.search(form, written) for written in ("7", "2024")):
        whole = [number for number in range(_HIGH) if re.search(form, str(number))]
        limits = {"minimum": whole[0]} | ({"maximum": whole[-1]} if whole[-1] < _HIGH - 1 else {})
        return {"type": ["string", "integer"]} | limits
    decimal = re.search(form, "3.7")
    return {"type": ["string", "number"], "not": {"type": "integer"}} if decimal else {"type": "string"}


_LIST = "Write each entry in a line of its own, after a hyphen. "
_ONE_LINE = r"^[^\n]*$"
_HIGH = 10_000  # of what is written in digits, years are the longest that a pattern has limits for
