"""A PDF as it looks: text that is too faint for the ground it is drawn on, or too small to read."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

Colour = tuple[int, int, int]

_SCALE = 100 / 72  # pixels a point
_SMALLEST = 12.0
_ROUNDING = 0.05
_ENOUGH, _ENOUGH_WHEN_LARGE = 4.5, 3.0  # WCAG 2.2, success criterion 1.4.3
_LARGE, _LARGE_WHEN_BOLD = 18.0, 14.0
_BOLD = 600


@dataclass
class Stretch:
    """Letters that follow each other on a line and look alike."""

    colour: Colour
    size: float
    bold: bool
    furniture: bool
    box: tuple[float, float, float, float]
    text: str

    @property
    def enough(self) -> float:
        large = self.size >= (_LARGE_WHEN_BOLD if self.bold else _LARGE)
        return _ENOUGH_WHEN_LARGE if large else _ENOUGH


def unreadable(file: Path) -> list[str]:
    """What is too faint or too small, once for each way to be so, with the first place."""
    found: dict[tuple[object, ...], str] = {}
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError as error:
        return [f"unreadable: {error}"]
    for number, page in enumerate(document, start=1):
        picture = page.render(scale=_SCALE).to_pil().convert("RGB")
        for stretch in _stretches(page):
            place = f"page {number}, “{stretch.text.strip()[:40]}”"
            if stretch.size < _SMALLEST - _ROUNDING and not stretch.furniture:
                found.setdefault(("size", stretch.size), f"text of {stretch.size} points: {place}")
            ground = _ground(picture, stretch.box, page.get_height())
            contrast = ratio(stretch.colour, ground)
            if contrast < stretch.enough:
                said = f"contrast {contrast:.2f}:1, where {stretch.enough}:1 is enough: {place}"
                found.setdefault(("contrast", stretch.colour, ground, stretch.enough), said)
    return list(found.values())


def _stretches(page: pdfium.PdfPage) -> Iterator[Stretch]:
    """The text of a page in the order of the file; what is drawn invisibly stays out."""
    text = page.get_textpage()
    current: Stretch | None = None
    last: object = None
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if raw.FPDFText_IsGenerated(text, index) == 1 or letter.isspace():
            continue
        drawn = raw.FPDFText_GetTextObject(text, index)
        if raw.FPDFTextObj_GetTextRenderMode(drawn) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
            continue
        box = _box(text, index)
        this = ctypes.addressof(drawn.contents)
        if current and this == last and abs(box[1] - current.box[1]) < 1:
            before = current.box
            current.box = (before[0], min(before[1], box[1]), box[2], max(before[3], box[3]))
            current.text += letter
            continue
        if current:
            yield current
        last = this
        current = Stretch(
            colour=_colour(text, index),
            size=_size(text, index),
            bold=raw.FPDFText_GetFontWeight(text, index) >= _BOLD,
            furniture="Artifact" in _marks(drawn),
            box=box,
            text=letter,
        )
    if current:
        yield current


def _box(text: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in points; a whole line's height, so that there is ground around thin letters."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _colour(text: pdfium.PdfTextPage, index: int) -> Colour:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text, index, *(ctypes.byref(part) for part in parts))
    return parts[0].value, parts[1].value, parts[2].value


def _size(text: pdfium.PdfTextPage, index: int) -> float:
    """In points on paper: the size that the file names, as its drawing is scaled."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    return round(float(raw.FPDFText_GetFontSize(text, index)) * math.hypot(matrix.c, matrix.d), 1)


def _marks(drawn: raw.FPDF_PAGEOBJECT) -> list[str]:
    names = []
    for number in range(raw.FPDFPageObj_CountMarks(drawn)):
        name, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
        mark = raw.FPDFPageObj_GetMark(drawn, number)
        raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), ctypes.byref(length))
        names.append("".join(map(chr, name[: length.value // 2 - 1])))
    return names


def _ground(picture: Image.Image, box: tuple[float, float, float, float], height: float) -> Colour:
    """The colour that most of a box has: letters cover less of it than what they stand on."""
    left, bottom, right, top = box
    part = picture.crop(
        (
            int(left * _SCALE) - 1,
            int((height - top) * _SCALE) - 1,
            math.ceil(right * _SCALE) + 1,
            math.ceil((height - bottom) * _SCALE) + 1,
        )
    )
    counted = part.getcolors(part.width * part.height) or [(0, (255, 255, 255))]
    colour = max(counted)[1]
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]


def ratio(one: Colour, other: Colour) -> float:
    """The contrast of two colours as WCAG counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
