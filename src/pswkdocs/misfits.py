"""What a model complains of → what the editor wrote, where, and what to write instead.

A complaint of pydantic's says which value does not fit its field; the field's own description says what would.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from . import guesses
from .model.meeting import ClosedPart, Meeting
from .model.record import Markup, Part, Ref, markers
from .problems import Problem
from .source import Loc, Source

Words = tuple[str, str]  # what is wrong, and what to write instead

SHOWN = 50  # characters of a wrong value that a message repeats
MANY = 4  # places in which a field may stand, beyond which naming them helps nobody


@dataclass(frozen=True)
class Misfit:
    """A value that does not fit: the file's type, the place, what stands there, and what pydantic says."""

    file_type: type[Part]
    loc: Loc
    given: Any
    context: dict[str, Any]
    said: str

    @property
    def holder(self) -> type[Part] | None:
        """The model that has the field."""
        return _model_at(self.file_type, _field_loc(self.loc)[:-1])

    @property
    def field(self) -> FieldInfo | None:
        """The field that the value, or an entry of it, was meant for."""
        return self.holder.model_fields.get(str(_field_loc(self.loc)[-1])) if self.holder else None

    @property
    def kind_of_record(self) -> str:
        """The kind of record whose id belongs here, if one does."""
        marks = markers(self.holder, str(_field_loc(self.loc)[-1])) if self.field and self.holder else ()
        return next((mark.kind for mark in marks if isinstance(mark, Ref)), "")

    @property
    def is_text(self) -> bool:
        """Whether the field holds a text of sentences, which stands in the lines below its name."""
        marks = markers(self.holder, str(_field_loc(self.loc)[-1])) if self.field and self.holder else ()
        return any(isinstance(mark, Markup) for mark in marks)

    @property
    def name(self) -> str:
        """How a message names the place: `title`, or entry 2 of `partners`."""
        field = f"`{_field_loc(self.loc)[-1]}`"
        return f"entry {self.loc[-1] + 1} of {field}" if isinstance(self.loc[-1], int) else field

    @property
    def meaning(self) -> str:
        """The field's description, as its model gives it."""
        return " ".join((self.field.description or "").split()) if self.field else ""

    @property
    def value(self) -> str:
        """The wrong value as a message shows it: on one line, and not for ever."""
        if isinstance(self.given, list | dict):
            return "a list" if isinstance(self.given, list) else "fields"
        text = " ".join(str(self.given).split())
        return f"“{text[:SHOWN]}…”" if len(text) > SHOWN else f"“{text}”"

    @property
    def wants(self) -> type[Part] | None:
        """The model of the fields that should stand here, when the value is made of fields."""
        return _part_in(self.field.annotation) if self.field else None


def explain(
    source: Source, file_type: type[Part], errors: Iterable[ErrorDetails], documents: Sequence[str] = ()
) -> Iterator[Problem]:
    """All complaints about a file, located and in an editor's words; what has one cause is told once.

    `documents` are the ids of the register of sources, as far as it could be read.
    """
    told = {fault.span for fault in source.faults}
    renamed: set[Loc] = set()
    for error in sorted(errors, key=lambda error: error["type"] == "missing"):
        kind, loc = error["type"], tuple(error["loc"])
        if kind == "missing":
            if loc not in renamed:
                yield Problem(source.span(loc[:-1]), *_missing(_misfit(file_type, loc, error)))
            continue
        if kind == "extra_forbidden":
            misfit = _misfit(file_type, loc, error)
            renamed |= {(*loc[:-1], name) for name in _near(misfit)}
            yield Problem(source.span(loc, key=True), *(_only_looks_latin(str(loc[-1])) or _unknown(misfit)))
            continue
        if kind == "too_short" and error.get("input"):
            continue  # its entries are wrong, and told of themselves
        while loc not in source.values and loc:
            loc = loc[:-1]
        if source.span(loc) not in told:
            misfit = _misfit(file_type, loc, error)
            nothing = misfit.given is None or misfit.given == ""
            special = _by_initials(misfit, source) or _cited(misfit, documents)
            words = (not nothing and special) or (_empty if nothing else WORDS.get(kind, _other))(misfit)
            yield Problem(source.span(loc), *(_only_looks_latin(misfit.given) or words))


def _misfit(file_type: type[Part], loc: Loc, error: ErrorDetails) -> Misfit:
    return Misfit(file_type, loc, error.get("input"), error.get("ctx", {}), error["msg"])


def _missing(misfit: Misfit) -> Words:
    return f"{misfit.name} is missing", f"Add `{misfit.loc[-1]}:` here. {misfit.meaning}".strip()


def _unknown(misfit: Misfit) -> Words:
    name = str(misfit.loc[-1])
    if not name.strip():
        return "a field’s name is missing before the colon", "Write `name: value`."
    if near := _near(misfit):
        if near[0] == name.strip():
            return f"a special space stands beside the name `{near[0]}`", "Delete it and type an ordinary space."
        return f"`{name}` is not a field here", f"Write `{near[0]}`."
    homes = sorted(_homes(misfit.file_type, name))
    if 0 < len(homes) <= MANY:
        hint = f"It belongs in `{'` or `'.join(homes)}`: move it there, and indent it like the fields beside it."
    else:
        fields = misfit.holder.model_fields if misfit.holder else ()
        hint = f"Delete it, or write one of these in its place: {', '.join(fields)}."
    return f"`{name}` is not a field here", hint


def _only_looks_latin(given: Any) -> Words | None:
    """A letter of another script that looks like a Latin one: what is wrong cannot be seen."""
    if not isinstance(given, str) or not (latin := guesses.in_latin(given)):
        return None
    letter = next(old for old, new in zip(given, latin, strict=True) if old != new)
    script = unicodedata.name(letter).split()[0].capitalize()
    where = f"the “{letter}” in “{given[:SHOWN]}”" if len(given) > 1 else f"this “{letter}”"
    return f"{where} is a {script} letter, which only looks like a Latin one", f"Type it anew: `{latin}`."


def _near(misfit: Misfit) -> list[str]:
    """The field that was probably meant by an unknown one."""
    known = list(misfit.holder.model_fields) if misfit.holder else []
    return difflib.get_close_matches(str(misfit.loc[-1]).strip().lower(), known, 1, 0.7)


def _empty(misfit: Misfit) -> Words:
    entry = isinstance(misfit.loc[-1], int)
    lists = misfit.field is not None and get_origin(misfit.field.annotation) is tuple and not entry
    if misfit.wants and not lists and misfit.loc[-1] != "source":
        way_out = _fields_wanted(misfit)
    else:
        below = misfit.given == "" and misfit.is_text
        place = (
            "it behind the hyphen" if entry else "it below, two spaces further in" if below else "it behind the colon"
        )
        way_out = f"Write {'its entries below it' if lists else place}"
        way_out += ", or delete the line." if entry or (misfit.field and not misfit.field.is_required()) else "."
    return f"{misfit.name} is empty", f"{way_out} {misfit.meaning}".strip()


def _needs_fields(misfit: Misfit) -> Words:
    return f"{misfit.name} needs fields of its own, not {misfit.value}", _fields_wanted(misfit)


def _fields_wanted(misfit: Misfit) -> str:
    fields = misfit.wants.model_fields if misfit.wants else {}
    listed = [f"`{name}:`" for name, field in fields.items() if field.is_required()] or [f"`{n}:`" for n in fields]
    if isinstance(misfit.loc[-1], int):
        first = _first_field(misfit)
        rest = [name for name in listed if name != f"`{first}:`"]
        if not rest and isinstance(misfit.given, str):
            return f"Write each entry in a line of its own, as in `- {first}: {misfit.given}`."
        more = f", and below it, indented like `{first}`: {_joined(rest, 'and')}" if rest else ""
        return f"Behind the hyphen write `{first}: …`{more}."
    inner = [name for name in listed if name != "`id:`"]
    return f"Write {_joined(inner, 'and')} below it, each in a line of its own, two spaces further in."


def _first_field(misfit: Misfit) -> str:
    """The field with which an entry of a list begins: its id, or else the first that may not be left out."""
    fields = misfit.wants.model_fields if misfit.wants else {}
    needed = [name for name, field in fields.items() if field.is_required()]
    return "id" if "id" in fields else (needed or list(fields))[0]


def _needs_list(misfit: Misfit) -> Words:
    name = str(misfit.loc[-1])
    hint = f"Write each entry in a line of its own, after a hyphen and a space. {misfit.meaning}"
    if misfit.wants:
        first = _first_field(misfit)
        hint = f"Start each entry with “- {first}: …”, and indent its other fields like `{first}`. {misfit.meaning}"
    elif isinstance(misfit.given, str) and re.fullmatch(r"[\w-]+(, *[\w-]+)*", misfit.given.strip("[]")):
        hint = f"Write `{name}: [{misfit.given.strip('[]')}]`."
    return f"{misfit.name} needs a list, not {misfit.value}", hint


def _needs_text(misfit: Misfit) -> Words:
    if isinstance(misfit.given, list):
        hint = "Write one text, without hyphens before it; if it starts with “[”, put the whole text in double quotes."
    else:
        hint = "Write it behind the colon; if it holds a colon itself, put the whole text in double quotes."
    return f"{misfit.name} needs text, not {misfit.value}", f"{hint} {misfit.meaning}".strip()


def _needs_choice(misfit: Misfit) -> Words:
    annotations = get_args(misfit.field.annotation) if misfit.field else ()
    options = [text for some in annotations for text in (get_args(some) or (some,)) if isinstance(text, str)]
    near = difflib.get_close_matches(str(misfit.given).lower(), options, 1, 0.7)
    hint = f"Write {_joined((f'`{text}`' for text in near or options), 'or')}."
    explained = f" {misfit.meaning}" if "`" in misfit.meaning and not near else ""
    return f"{misfit.value} is not possible for {misfit.name}", hint + explained


def _needs_date(misfit: Misfit) -> Words:
    exists = " that exists" if re.fullmatch(r"\d{4}-\d\d-\d\d", str(misfit.given)) else ""
    example = "" if "as in" in misfit.meaning else ", as in 2023-07-24"
    day = guesses.as_day(str(misfit.given))
    hint = f"Write {day}, if that is the day." if day else f"Write year, month and day{example}. {misfit.meaning}"
    return f"{misfit.name} needs a date{exists}, not {misfit.value}", hint.strip()


def _needs_entries(misfit: Misfit) -> Words:
    return f"{misfit.name} is an empty list", f"Write at least one entry. {misfit.meaning}"


def _needs_more(misfit: Misfit) -> Words:
    least = misfit.context["ge"]
    if isinstance(least, int):
        return _needs_number(misfit)
    return f"{misfit.name} is too long ago: {misfit.value}", f"Write a day from {least} on."


def _needs_less(misfit: Misfit) -> Words:
    return f"{misfit.name} is too far ahead: {misfit.value}", f"Write a day until {misfit.context['le']}."


def _needs_number(misfit: Misfit) -> Words:
    return f"{misfit.name} needs a whole number above 0, not {misfit.value}", f"Write it in digits. {misfit.meaning}"


def _by_initials(misfit: Misfit, source: Source) -> Words | None:
    """Initials in place of the id of somebody at the meeting."""
    if misfit.kind_of_record != "attendance" or not isinstance(misfit.given, str):
        return None
    said = f"{misfit.value} is not the id of an attendance"
    people = source.data.get("attendance") if misfit.file_type is Meeting else None
    for one in people if isinstance(people, list) else ():
        if isinstance(one, dict) and one.get("initials") == misfit.given:
            return said, f"These are initials: write `{one.get('id')}`."
    if re.fullmatch(r"[A-Z]{1,3}(-?[A-Z]{1,3})?", misfit.given):
        where = "`attendance`" if misfit.file_type is Meeting else "`attendance` in `meeting.yml`"
        return said, f"Write what stands after `id:` in {where} for the person of these initials."
    return None


def _cited(misfit: Misfit, documents: Sequence[str]) -> Words | None:
    """A source of the wrong form: its lines, or a document that the register does not have."""
    if misfit.loc[-1] != "source" or not isinstance(misfit.given, str):
        return None
    said = f"{misfit.value} is not possible for `source`"
    lines = re.fullmatch(r"([a-z][a-z0-9-]*)[ ,:]+(?:l|lines?)?\.? *(\d[\d, -]*)", misfit.given.strip().lower())
    if lines and lines[1] in documents:
        return said, f"Write `{lines[1]} L{lines[2]}`."
    if not documents:
        return None
    known = _joined((f"`{document}`" for document in documents), "or")
    return said, f"Write a document and its lines, as in `{documents[0]} L12-14`. Its id is {known}."


def _needs_form(misfit: Misfit) -> Words:
    if not isinstance(misfit.given, str):
        return _needs_text(misfit)
    if "\n" in misfit.given.strip():
        return f"{misfit.name} stands on more than one line", f"Write it in one line. {misfit.meaning}"
    if (kind := misfit.kind_of_record) and misfit.loc[-1] != "source":
        if isinstance(misfit.loc[-1], int):
            form = ": small letters, digits and hyphens, with a comma between two ids"
        else:
            proposal = "" if kind == "meeting" else guesses.as_id(misfit.given)
            form = f", perhaps `{proposal}`" if proposal else ", not its number" if misfit.given[0].isdigit() else ""
        form = ", as in `icp-2023-07-24`" if kind == "meeting" else form
        article = "an" if kind[0] in "aeiou" else "a"
        return (
            f"{misfit.value} is not the id of {article} {kind}",
            f"Write what stands after `id:` where the {kind} is described{form}.",
        )
    if misfit.loc[-1] == "id":
        return _needs_id(misfit)
    if misfit.given.startswith(("“", "”", "‘", "’")):
        return f"{misfit.name} holds curly quotation marks", 'Write it without them, or with straight ones (").'
    if misfit.loc[-1] == "pdf" and (other := re.search(r"\.(?!pdf$)[a-z]{2,5}$", misfit.given.lower())):
        name = next(text for text in guesses.otherwise(misfit.given[: other.start()]) if text.endswith(".pdf"))
        return f"{misfit.value} is not a PDF", f"Save it as PDF and write `pdf: {name}`."
    why = str(misfit.context.get("error", ""))
    reason = f": {why}" if why and "as in" not in why else ""
    pattern = str(misfit.context.get("pattern", ""))
    meant = next((text for text in guesses.otherwise(misfit.given) if pattern and re.search(pattern, text)), "")
    return f"{misfit.value} is not possible for {misfit.name}{reason}", f"Write `{meant}`." if meant else misfit.meaning


def _needs_id(misfit: Misfit) -> Words:
    proposal = guesses.as_id(misfit.given)
    message = f"{misfit.value} is not possible for `id`"
    if "max_length" in misfit.context:
        message = f"{misfit.value} is too long for an id: {len(misfit.given)} characters, at most {guesses.LONGEST}"
    elif "error" in misfit.context:
        message += f": {misfit.context['error']}"
    if misfit.file_type is Meeting and misfit.loc == ("id",):
        return message, "Write body and day, as in `icp-2023-07-24`."
    if misfit.file_type is ClosedPart and misfit.loc == ("id",):
        return message, "Write body, `closed` and day, as in `icp-closed-2023-07-24`."
    example = f", as in `{proposal}`" if proposal else ""
    return message, f"Write small letters, digits and hyphens, a letter first{example}."


def _other(misfit: Misfit) -> Words:
    said = misfit.said[:1].lower() + misfit.said[1:]
    return f"{misfit.name} does not fit: {said}", misfit.meaning


WORDS: dict[str, Callable[[Misfit], Words]] = {
    "model_type": _needs_fields,
    "tuple_type": _needs_list,
    "string_type": _needs_text,
    "string_too_short": _empty,
    "literal_error": _needs_choice,
    "date_type": _needs_date,
    "date_parsing": _needs_date,
    "date_from_datetime_parsing": _needs_date,
    "date_from_datetime_inexact": _needs_date,
    "int_type": _needs_number,
    "int_parsing": _needs_number,
    "int_parsing_size": _needs_number,
    "int_from_float": _needs_number,
    "greater_than_equal": _needs_more,
    "less_than_equal": _needs_less,
    "too_short": _needs_entries,
    "string_pattern_mismatch": _needs_form,
    "string_too_long": _needs_form,
    "value_error": _needs_form,
}


def _joined(words: Iterable[str], last: str) -> str:
    *others, final = words
    return f"{', '.join(others)} {last} {final}" if others else final


def _field_loc(loc: Loc) -> Loc:
    """The place of the field itself, for a place inside a list."""
    while loc and isinstance(loc[-1], int):
        loc = loc[:-1]
    return loc


def _model_at(file_type: type[Part], loc: Loc) -> type[Part] | None:
    """The model that describes the mapping at `loc`."""
    found: type[Part] | None = file_type
    steps = iter(loc)
    for step in steps:
        if found is None or isinstance(step, int):
            continue
        field = found.model_fields.get(step)
        found = _part_in(field.annotation) if field else None
        if field and get_origin(field.annotation) is Mapping:
            next(steps, None)  # the name that an editor gave it
    return found


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for argument in get_args(annotation) if (part := _part_in(argument))), None)


def _homes(model: type[Part], name: str) -> set[str]:
    """The fields inside which a field of this name may stand."""
    homes = set()
    for field, info in model.model_fields.items():
        if part := _part_in(info.annotation):
            homes |= ({field} if name in part.model_fields else set()) | _homes(part, name)
    return homes
