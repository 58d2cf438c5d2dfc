"""Records as templates see them."""

from __future__ import annotations

import re

import pytest

from conftest import PROJECT
from pswkdocs.model.charter import Charter
from pswkdocs.model.content import Content
from pswkdocs.model.plain import PlainEnglish
from pswkdocs.model.plan import Action, Enabler, Priority
from pswkdocs.model.record import Part
from pswkdocs.model.retired import Retired
from pswkdocs.view import View, Views


def every_type(of: type[Part] = Part) -> set[type[Part]]:
    return {of}.union(*(every_type(other) for other in of.__subclasses__()))


def test_no_field_hides_behind_a_view() -> None:
    """A view's own names come first: a field of the same name could not be seen by any template."""
    own = {name for name in dir(View) if not name.startswith("_")}
    hidden = {(record.__name__, name) for record in every_type() for name in record.model_fields if name in own}
    assert len(every_type()) > 30
    assert not hidden


def test_every_field_is_shown_to_readers() -> None:
    """What editors write is not written for nothing."""
    templates = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "templates").rglob("*.html"))
    package = PROJECT / "src/pswkdocs"
    showing = [*package.glob("*.py"), *package.glob("registers/*.py"), package / "model/publication.py"]  # its amounts
    code = "\n".join(path.read_text(encoding="utf-8") for path in showing)
    for_editors = {PlainEnglish.__module__, Retired.__module__}
    hidden = {
        f"{record.__name__}.{name}"
        for record in every_type()
        if record.__module__.startswith("pswkdocs.model.") and record.__module__ not in for_editors
        for name in record.model_fields
        if not re.search(rf'\.{name}\b|attribute="{name}"', templates) and not re.search(rf"\.{name}\b", code)
    }
    assert hidden <= {"Organisation.kind", "People.people"}  # the register of people finds them by what they are


def found(content: Content, type_: type, id: str) -> View:
    entry = next(e for e in content.entries if isinstance(e.record, type_) and e.record.id == id)
    return Views(content).of(entry.record, entry)


def test_texts_are_html_and_ids_are_records(content: Content) -> None:
    priority = found(content, Priority, "vital-5")
    assert str(priority.case_for_change).startswith("<p>")
    assert priority.workstream.title == "Live Well"
    assert [partner.short for partner in priority.partners] == ["GSTT", "KCH"]
    assert [action.kind for action in found(content, Priority, "cancer").actions][-1] == "placeholder"
    assert all(isinstance(action.record, Action) for action in priority.actions)


def test_mentions_lead_back_in_the_order_of_the_plan(content: Content) -> None:
    digital = found(content, Enabler, "digital")
    back = [priority.record.id for priority in digital.mentioned_by("priority")]
    assert "vital-5" in back
    assert back == [id for id in content.order if id in back]


def test_labels(content: Content) -> None:
    charter = found(content, Charter, "vcse-charter")
    section = charter.sections[2]
    clause = section.clauses[-1]
    assert [section.label, clause.label, clause.subclauses[1].label] == ["section 3", "clause 3.8", "clause 3.8(b)"]
    assert found(content, Priority, "cancer").label == "Cancer"


def test_unknown_fields_are_told(content: Content) -> None:
    with pytest.raises(AttributeError, match="a priority has no `titel`"):
        found(content, Priority, "cancer").titel  # noqa: B018
