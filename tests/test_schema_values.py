"""Whatever stands in a field: the schemas take it where the model takes it, and only there."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from pswkdocs.model.content import Content
from pswkdocs.model.plan import Action
from pswkdocs.model.publication import Milestone
from pswkdocs.model.record import Part
from pswkdocs.schema.fields import KINDS, Form, KindOfFile, fields
from pswkdocs.schema.shapes import pattern as fitting
from schemas import Schemas

# What an editor may write: as the model is given it, which reads every scalar as text, and as other programs read it.
WRITTEN: tuple[tuple[Any, Any], ...] = (
    (None, None), ([], []), ({}, {}), ([None], [None]), (["x"], ["x"]), ([{}], [{}]),
    *((text, text) for text in ("", "  ", "x", " x ", "no", "A 1", "a\nb", "nothing-here", "vital-5/found", "15:10")),
    *((text, text) for text in ("2023-07-24", "2023-02-30", "2023/24", "2023/25", "jfp-section L1", "a@b.org", "B")),
    *((str(number), number) for number in (-1, 0, 5, 29, 300, 2023, 20230, 3.7)),
)  # fmt: skip


@pytest.fixture(scope="module")
def schemas(content: Content) -> Schemas:
    return Schemas(content)


@pytest.mark.parametrize("of", KINDS, ids=lambda of: of.name)
def test_schema_and_model_take_the_same(of: KindOfFile, content: Content, schemas: Schemas) -> None:
    for part, sample in samples(of, content).items():
        validator = schemas.of_part(of, part)
        for field in fields(part):
            for text, typed in WRITTEN:
                try:
                    part.model_validate(sample | {field.name: text})
                    taken = leads_somewhere(field.form, of, text)
                except ValidationError:
                    taken = False
                assert validator.is_valid(sample | {field.name: typed}) == taken, (part, field.name, typed)


def leads_somewhere(form: Form, of: KindOfFile, text: Any) -> bool:
    """Whether a value that the model takes names no record that there is not."""
    form = form.entry or form
    named = "source document" if form.shape == "source" else form.kind
    return not named or named in of.own or text in (None, [], "jfp-section L1")


def samples(of: KindOfFile, content: Content) -> dict[type[Part], dict[str, Any]]:
    """Of each model in such files, what an editor wrote for one that has much, with one entry in each list."""
    found: dict[type[Part], dict[str, Any]] = {}

    def note(record: Part, data: Any) -> None:
        if not isinstance(data, dict):  # a source
            return
        if len(data) > len(found.get(type(record), ())):
            found[type(record)] = {
                name: value[:1] if isinstance(value, list) else value for name, value in data.items()
            }
        for name, below in data.items():
            value = getattr(record, name)
            for inner, written in zip(value, below, strict=True) if isinstance(value, tuple) else [(value, below)]:
                if isinstance(inner, Part):
                    note(inner, written)

    for entry in content.entries:
        if type(entry.record) is of.model:
            note(entry.record, entry.source.data)
    return found


def test_there_are_samples(content: Content) -> None:
    without = {of.name for of in KINDS if not samples(of, content)}
    assert without <= {"hand-page", "retired"}
    assert sum(len(samples(of, content)) for of in KINDS) > 100


def fits(model: type[Part], name: str, value: str) -> bool:
    """Whether the schemas' pattern takes a value, once it is sure that the model says the same."""
    form, says = told_of(model, name)
    try:
        says.validate_python(value)
    except ValidationError:
        said = False
    else:
        said = True
    assert (bool(re.search(fitting(form.pattern), value)) and len(value) <= (form.longest or 99)) == said, value
    return said


@cache
def told_of(model: type[Part], name: str) -> tuple[Form, TypeAdapter[object]]:
    info = model.model_fields[name]
    form = next(field.form for field in fields(model) if field.name == name)
    return form, TypeAdapter(Annotated[info.annotation, *info.metadata])


@given(st.from_regex(r"\A[a-z0-9]{1,3}(-([a-z]{1,2}|19|20|2023-0)?\d{0,4}){0,5}\Z"))
def test_what_is_told_of_ids_is_what_the_model_says(text: str) -> None:
    fits(Action, "id", text)


@given(st.from_regex(r"\A[a-z]{1,3}(-[a-z])?( ?,?L?\d{0,3}(-\d\d)?){0,3}\Z"))
def test_what_is_told_of_sources_is_what_the_model_says(text: str) -> None:
    fits(Action, "source", text)


def test_what_is_told_of_years_and_days_is_what_the_model_says() -> None:
    assert sum(fits(Action, "year", f"20{year:02}/{next:02}") for year in range(100) for next in range(100)) == 100
    days = (f"{y}-{m:02}-{d:02}" for y in range(1978, 2202) for m in range(14) for d in range(33))
    assert sum(fits(Milestone, "until", day) for day in days) == (date(2200, 1, 1) - date(1980, 1, 1)).days
