"""How everything looks: the design tokens of templates/tokens.yml, checked, and as what each output reads."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PositiveFloat, ValidationError

from . import misfits
from .model.record import Part
from .problems import BuildFailed, Problem, Span
from .source import Loc, Source, Unreadable, read_bytes
from .source import read as read_yaml

FILE = "tokens.yml"

Hex = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}([0-9a-f]{2})?$")]
Scheme = Literal["light", "dark"]


class Colour(Part):
    """A colour in both schemes; documents take the light one."""

    light: Hex
    """Its value on light ground, as in `"#16212e"`, in double quotes."""
    dark: Hex
    """Its value on dark ground, as in `"#e6edf1"`, in double quotes."""
    text_on: tuple[str, ...] = ()
    """The colours on which it stands as text."""
    edge_on: tuple[str, ...] = ()
    """The colours on which it stands as a line that a reader has to see."""


class Weights(Part):
    """How heavy text is, as fonts count it: 400 is regular, 700 bold."""

    regular: int
    """What is read at length."""
    strong: int
    """What stands out in a line."""
    heading: int
    """Headings."""


class Type(Part):
    """The letters and their sizes."""

    family: str
    """The font's name."""
    fallback: str
    """The font for machines that cannot show it."""
    weights: Weights
    """How heavy text is."""
    documents: Mapping[str, PositiveFloat]
    """Sizes of documents in points, as in `body: 12`."""
    site: Mapping[str, str]
    """Sizes of the website, as in `body: 1.0625rem`."""


class Margins(Part):
    """The margins of a page, in millimetres."""

    top: PositiveFloat
    """Above the text."""
    right: PositiveFloat
    """To the right of it."""
    bottom: PositiveFloat
    """Below it."""
    left: PositiveFloat
    """To the left of it."""


class Cover(Part):
    """The dark panel of a cover, in millimetres."""

    panel: PositiveFloat
    """Its height."""
    line: PositiveFloat
    """The height of the golden line below it."""


class Pages(Part):
    """The pages of documents, in millimetres."""

    upright: Margins
    """The margins of upright pages."""
    landscape: Margins
    """The margins of pages on their side."""
    cover: Cover
    """The cover’s panel."""
    hang: PositiveFloat
    """How far numbers hang to the left of their text."""


class Shapes(Part):
    """Corners, bars and lines."""

    radius: str
    """The corners of boxes on the website."""
    radius_small: str = Field(alias="radius-small")
    """The corners of small things there."""
    bar_width: str = Field(alias="bar-width")
    """The bar of a callout there."""
    bar_points: PositiveFloat = Field(alias="bar-points")
    """The bar of a callout in documents, in points."""
    rule_points: PositiveFloat = Field(alias="rule-points")
    """Thin lines in documents, in points."""


class Head(Part):
    """The head of a table."""

    text: str
    """The colour of its text."""
    ground: str
    """The colour of its ground."""
    line: str
    """The colour of the line below it."""
    line_points: PositiveFloat = Field(alias="line-points")
    """How thick that line is, in points."""


class Row(Part):
    """A row of a table."""

    line: str
    """The colour of the line below it."""


class Padding(Part):
    """The room around what stands in a cell, in millimetres of documents."""

    across: PositiveFloat
    """To its left and right."""
    down: PositiveFloat
    """Above and below it."""


class Tables(Part):
    """How tables look."""

    head: Head
    """Their head."""
    row: Row
    """Their rows."""
    padding: Padding
    """The room in their cells."""


class Callout(Part):
    """What stands out from the text."""

    text: str
    """The colour of its text."""
    ground: str
    """The colour of its ground."""
    bar: str
    """The colour of the bar at its left."""


class Mark(Part):
    """A mark of what a page or a record is."""

    text: str
    """The colour of its word."""
    ground: str
    """The colour of its ground."""
    edge: str
    """The colour of its frame."""
    line: Literal["solid", "dashed", "dotted", "double"]
    """The line of its frame."""


class Tokens(Part):
    """What the file of design tokens holds."""

    colours: Mapping[str, Colour]
    """The colours by name."""
    type: Type
    """The letters and their sizes."""
    pages: Pages
    """The pages of documents."""
    shapes: Shapes
    """Corners, bars and lines."""
    tables: Tables
    """How tables look."""
    callouts: Mapping[str, Callout]
    """What stands out from the text, by name."""
    marks: Mapping[str, Mark]
    """Marks of what a page or a record is, by name."""

    @property
    def digest(self) -> str:
        """What sets these tokens apart from others; a reference document says of which it was made."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def css(self) -> str:
        """The tokens as custom properties of CSS: everything in `:root`, and what is dark for the dark scheme."""
        shared = "".join(f"  --{name}: {value};\n" for name, value in self._shared())
        light, dark = ("".join(f"  --{name}: {value};\n" for name, value in self._coloured(s)) for s in _SCHEMES)
        return (
            f":root {{\n{shared}{light}  color-scheme: light;\n}}\n"
            f'@media screen {{\n[data-md-color-scheme="slate"] {{\n{dark}  color-scheme: dark;\n}}\n}}\n'
        )

    def _shared(self) -> Iterator[tuple[str, str]]:
        """What is the same in both schemes."""
        yield "font", f'"{self.type.family}", {self.type.fallback}, sans-serif'
        yield from ((f"weight-{name}", str(value)) for name, value in self.type.weights)
        yield from ((f"size-{name}", value) for name, value in self.type.site.items())
        yield from ((f"points-{name}", f"{value:g}pt") for name, value in self.type.documents.items())
        yield "radius", self.shapes.radius
        yield "radius-small", self.shapes.radius_small
        yield "bar-width", self.shapes.bar_width
        yield from ((f"{name}-line", mark.line) for name, mark in self.marks.items())

    def _coloured(self, scheme: Scheme) -> Iterator[tuple[str, str]]:
        """The colours of a scheme, and what is made of them: a browser follows no reference into the other scheme."""
        yield from ((name, getattr(colour, scheme)) for name, colour in self.colours.items())
        yield from ((name, f"var(--{colour})") for _, name, colour in self.named())

    def named(self) -> Iterator[tuple[Loc, str, str]]:
        """Each place that names a colour: where it stands, what CSS calls it, and the colour."""
        for part, name in (("head", "text"), ("head", "ground"), ("head", "line"), ("row", "line")):
            yield ("tables", part, name), f"table-{part}-{name}", getattr(getattr(self.tables, part), name)
        for group, parts in (("callouts", ("text", "ground", "bar")), ("marks", ("text", "ground", "edge"))):
            for name, shown in getattr(self, group).items():
                yield from (((group, name, part), f"{name}-{part}", getattr(shown, part)) for part in parts)


_SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def read(templates: Path) -> Tokens:
    """The tokens of a folder of templates; raises BuildFailed with every mistake in them."""
    try:
        source = read_yaml(templates, templates / FILE)
    except Unreadable as unreadable:
        raise BuildFailed([unreadable.problem]) from unreadable
    try:
        tokens = Tokens.model_validate(source.data)
    except ValidationError as invalid:
        raise BuildFailed([*source.faults, *misfits.explain(source, Tokens, invalid.errors())]) from invalid
    if faults := [*source.faults, *_unknown_colours(tokens, source)]:
        raise BuildFailed(faults)
    return tokens


def outdated(templates: Path, look: Tokens) -> Iterator[Problem]:
    """Reference documents made of other tokens; one that was saved in Word or LibreOffice no longer says of which."""
    for path in sorted(templates.glob("*/reference.*")):
        place = Span(f"{templates.name}/{path.relative_to(templates).as_posix()}", 0)
        try:
            with zipfile.ZipFile(path) as file:
                made_of = file.comment.decode("ascii", "replace")
        except (OSError, zipfile.BadZipFile):
            yield Problem(place, "this reference document does not open", "Run `make look`, which makes it anew.")
            continue
        if made_of not in ("", look.digest):
            message = f"this was made before {templates.name}/{FILE} was changed, so documents would keep the old look"
            yield Problem(place, message, "Run `make look`.")


def text(templates: Path) -> str:
    """The file as it stands, for typst, which reads YAML itself."""
    try:
        return read_bytes(templates, templates / FILE).decode()
    except Unreadable as unreadable:
        raise BuildFailed([unreadable.problem]) from unreadable


def _unknown_colours(tokens: Tokens, source: Source) -> Iterator[Problem]:
    stated = [(loc, colour) for loc, _, colour in tokens.named()]
    for name, colour in tokens.colours.items():
        for kind, grounds in (("text_on", colour.text_on), ("edge_on", colour.edge_on)):
            stated.extend((("colours", name, kind, place), ground) for place, ground in enumerate(grounds))
    for loc, called in stated:
        if called not in tokens.colours:
            known = ", ".join(tokens.colours)
            yield Problem(source.span(loc), f"there is no colour `{called}`", f"Write one of these: {known}.")
