"""Every field of every content file, as pages: made of the same descriptions as the schemas for editors' programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..edition import Nav, Page
from ..model.content import Content, kind
from ..model.record import Part
from ..prose import Target, Terms, to_html
from ..schema.examples import Examples, examples
from ..schema.fields import KINDS, Described, Form, KindOfFile, fields, meaning, slug
from .guide import FOLDER

FIELDS = f"{FOLDER}/fields/index.md"
_SHARED = "shared"  # the page of what stands in files of several kinds
_USED = Counter(part for of in KINDS for part in of.parts)


@dataclass(frozen=True)
class Told:
    """A field, as its entry tells of it."""

    field: Described
    anchor: str
    description: Markup
    form: Markup
    """What may stand there, in words, with links to what is told elsewhere."""
    choices: tuple[tuple[str, Markup], ...]
    example: str


@dataclass(frozen=True)
class Section:
    """A model: what it is, and its fields."""

    title: str
    key: str
    meaning: Markup
    fields: tuple[Told, ...]


def reference(content: Content, boost: float) -> Iterator[Page]:
    """A page that lists the kinds of file, one for each, and one for what several kinds share."""
    found = examples(content)
    shared = tuple(part for part, count in _USED.items() if count > 1)
    yield Page(
        FIELDS,
        "Every field",
        "What may stand in each kind of content file, field by field.",
        "fields-all.html",
        {
            "kinds": [(of, _called(of), _html(of.description), _file(of)) for of in KINDS],
            "shared": [(_title(part), slug(part)) for part in shared],
        },
        boost=boost,
    )
    for of in KINDS:
        own = tuple(part for part in of.parts if _USED[part] == 1)
        yield _page(of.name, f"Fields: {_called(of).lower()}", of.description, own, found, boost, _file(of))
    said = "What stands in files of several kinds, and is the same in all of them."
    yield _page(_SHARED, "Fields that files share", said, shared, found, boost)


def listed() -> Nav:
    """The pages below the first, as menus name them."""
    kinds = ((_called(of), f"{FOLDER}/fields/{of.name}.md") for of in KINDS)
    return (*kinds, ("What files share", f"{FOLDER}/fields/{_SHARED}.md"))


def _page(
    name: str, title: str, said: str, models: tuple[type[Part], ...], found: Examples, boost: float, file: str = ""
) -> Page:
    sections = [
        Section(_title(model), f"fields/{slug(model)}", _html(meaning(model)), tuple(_told(model, found)))
        for model in models
    ]
    context = {"sections": sections, "file": file}
    return Page(f"{FOLDER}/fields/{name}.md", title, said, "fields.html", context, boost=boost)


def _told(model: type[Part], found: Examples) -> Iterator[Told]:
    for field in fields(model):
        form = field.form.entry or field.form
        yield Told(
            field=field,
            anchor=f"{slug(model)}-{field.name}",
            description=_html(field.description),
            form=_form(field.form),
            choices=tuple((value, _html(means)) for value, means in form.choices.items()),
            example=found.get((model, field.name), "") or field.example,
        )


def _form(form: Form) -> Markup:
    """What may stand in a field, in words."""
    if form.entry:
        least = f" of at least {form.least}" if form.least and form.least > 1 else ""
        of = "has" if form.entry.part else "is"
        return Markup("a list{}; each entry {} {}").format(least, of, _form(form.entry))
    words: Markup | str = form.words
    if form.part:
        words = Markup("fields of its own: {}").format(_link(form.part))
    if form.kind and (named := _MODELS.get(form.kind)):
        words = Markup("the id of {} {}").format("an" if form.kind[0] in "aeiou" else "a", _link(named))
    if form.shape == "number" and form.least is not None:
        words += f", from {form.least}" + (f" to {form.most}" if form.most is not None else " up")
    if form.longest:
        words += f", at most {form.longest} characters"
    return Markup("{}").format(words)


def _link(model: type[Part]) -> Markup:
    return Markup('<a href="page:{}">{}</a>').format(_place(model), kind(model))


def _place(model: type[Part]) -> str:
    page = _SHARED if _USED[model] > 1 else next(of.name for of in KINDS if model in of.parts)
    return f"{FOLDER}/fields/{page}/#{slug(model)}"


def _called(of: KindOfFile) -> str:
    return _title(of.model)


def _title(model: type[Part]) -> str:
    name = kind(model)
    return name[:1].upper() + name[1:]


def _file(of: KindOfFile) -> str:
    return "content/" + of.pattern.replace("*", "…")


def _html(text: str) -> Markup:
    return to_html(text, _nowhere, Terms({}, {}), inline=True)


def _nowhere(id: str) -> Target:
    raise AssertionError(f"a description of a field links to {id}")


_MODELS = {kind(part): part for part in _USED}
