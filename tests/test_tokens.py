"""The design tokens: one file that every output reads, colours that can be told apart, type that can be read."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import PROJECT
from pswkdocs import pipeline, tokens
from pswkdocs.config import Config
from pswkdocs.problems import BuildFailed
from pswkdocs.tokens import Scheme, Tokens

TEMPLATES = PROJECT / "templates"
LOOK = tokens.read(TEMPLATES)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# A colour as CSS, typst and HTML write it, and as Word's parts do.
COLOUR = re.compile(
    r"""(?<!href=["'])(?<![&\w])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?![\w-])"""
    r"""|["'][0-9a-f]{6}["']|\b(?:hsla?|rgba?)\( *\d""",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?:colou?r|background|fill|stroke)[a-z-]*(?:: *|=[\"'])(?:white|black|gr[ae]y|red|green|blue)\b")


def written() -> Iterator[tuple[str, str]]:
    """Each file that says how something looks, but for pictures and the tokens themselves."""
    for path in sorted([*TEMPLATES.rglob("*"), *(PROJECT / "src/pswkdocs/preview").glob("page.*")]):
        if path.suffix in (".css", ".typ", ".lua", ".html", ".js", ".py") and "icons" not in path.parts:
            yield path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8")


def brightness(colour: str) -> float:
    """The relative luminance of a colour, as WCAG counts it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def pairs(look: Tokens, kind: str) -> Iterator[tuple[str, str]]:
    """The colours that stand together: as text and ground, or as an edge and what it stands on."""
    for name, colour in look.colours.items():
        yield from ((name, ground) for ground in (colour.text_on if kind == "text" else colour.edge_on))
    if kind == "text":
        yield look.tables.head.text, look.tables.head.ground
        yield from ((one.text, one.ground) for one in (*look.callouts.values(), *look.marks.values()))


def test_nothing_else_holds_a_colour() -> None:
    texts = dict(written())
    assert len(texts) > 70 and "templates/theme/assets/content.css" in texts and "templates/pdf/style.typ" in texts
    found = [(name, match[0]) for name, text in texts.items() for match in COLOUR.finditer(text)]
    found += [(name, match[0]) for name, text in texts.items() for match in NAMED.finditer(text)]
    assert not found


def test_a_colour_is_found_where_it_should_not_be() -> None:
    for wrong in ("color: #0a4a5c;", "fill: rgb('#FFF')", 'INK = "16212E"', "border: 1px solid #0009", "rgb(1, 2, 3)"):
        assert COLOUR.search(wrong)
    for right in ('href="#added"', 'href="#fade"', "#let tint = 1", "#__drawer:checked", "&#8217;", "#include"):
        assert not COLOUR.search(right)
    assert NAMED.search("background: white") and not NAMED.search("white-space: nowrap")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("kind", "least"), [("text", 4.5), ("edge", 3)])
def test_what_stands_together_can_be_told_apart(kind: str, least: float, scheme: Scheme) -> None:
    values = {name: getattr(colour, scheme) for name, colour in LOOK.colours.items()}
    together = list(pairs(LOOK, kind))
    assert len(together) > 5
    low = {
        f"{one} on {other}": round(contrast(values[one], values[other]), 2)
        for one, other in together
        if contrast(values[one], values[other]) < least
    }
    assert not low


def test_every_token_is_used() -> None:
    shown = dict(written())
    texts = "\n".join(shown.values())
    typst = "\n".join(text for name, text in shown.items() if name.endswith(".typ"))
    styles = shown["templates/word/styles.py"]
    named = {colour for _, _, colour in LOOK.named()}
    unused = [
        name
        for name in LOOK.colours
        if name not in named and not re.search(rf"var\(--{name}\)|colou?r\(\"{name}\"\)", texts)
    ]
    unused += [name for name in LOOK.type.site if f"var(--size-{name})" not in texts]
    # Of two sizes the cover takes one by the length of its title: `{ "cover-title" }`.
    asked = set(re.findall(r'(?:\bsize\(|\{ )"([\w-]+)"', typst))
    unused += [f"{name} in PDF" for name in LOOK.type.documents if name not in asked]
    headings = {f"heading-{level}" for level in range(2, 5)}
    assert 'SIZES[f"heading-{level}"]' in styles
    unused += [f"{name} in Word" for name in {*LOOK.type.documents} - headings if f'SIZES["{name}"]' not in styles]
    unused += [
        name
        for name in (*LOOK.callouts, *LOOK.marks)
        if not any(f"var(--{name}-{part})" in texts for part in ("text", "ground", "bar", "edge"))
    ]
    assert not unused


def test_css_says_every_colour_in_both_schemes(site: Path) -> None:
    css = (site / "assets/tokens.css").read_text(encoding="utf-8")
    assert css == LOOK.css()
    light, dark = css.split("@media screen")
    for name in LOOK.colours:
        assert f"  --{name}: {LOOK.colours[name].light};" in light
        assert f"  --{name}: {LOOK.colours[name].dark};" in dark
    assert "--draft-text: var(--brick);" in light and "--draft-text: var(--brick);" in dark
    sheets = re.findall(r'href="([^"]+\.css)"', (site / "index.html").read_text(encoding="utf-8"))
    assert sheets[0].endswith("assets/tokens.css") and len(sheets) > 3


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('light: "#16212e"', 'light: "#16212"', "“#16212” is not possible for `light`"),
        ('light: "#16212e"', 'lihgt: "#16212e"', "`lihgt` is not a field here"),
        ("ground: tint, bar: teal}", "ground: tynt, bar: teal}", "there is no colour `tynt`"),
        ("text_on: [paper, tint, mark]", "text_on: [paper, tint, marc]", "there is no colour `marc`"),
        ("    body: 12\n", "    body: twelve\n", "does not fit: input should be a valid number"),
    ],
)
def test_a_mistake_is_told_with_its_line(before: str, after: str, said: str, tmp_path: Path) -> None:
    text = (TEMPLATES / "tokens.yml").read_text(encoding="utf-8")
    assert before in text
    line = text[: text.index(before)].count("\n") + 1
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/tokens.yml").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BuildFailed) as failure:
        tokens.read(tmp_path / "templates")
    found = min(failure.value.problems)
    assert found.span.path == "templates/tokens.yml" and found.span.line == line + before.startswith("\n")
    assert said in found.message


def test_a_reference_document_of_other_tokens_is_a_problem(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    file = tmp_path / "templates/tokens.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("radius: 6px", "radius: 7px"), encoding="utf-8")
    with pytest.raises(BuildFailed) as failure:
        pipeline.build(Config(tmp_path))
    assert [problem.span.path for problem in failure.value.problems] == [
        "templates/odt/reference.odt",
        "templates/word/reference.docx",
    ]
    assert {problem.hint for problem in failure.value.problems} == {"Run `make look`."}
    assert not list(tokens.outdated(TEMPLATES, LOOK))


def test_what_is_read_is_twelve_points_at_least() -> None:
    small = {name for name, points in LOOK.type.documents.items() if points < 12}
    assert small == {"furniture"} and LOOK.type.documents["furniture"] >= 10
    own = [
        (name, match[0])
        for name, text in written()
        if name.endswith(".typ")
        for match in re.finditer(r"\bsize: *([\d.]+)(pt|em)", text)
        if match[2] == "em" or float(match[1]) < 12
    ]
    assert not own, "sizes of type stand in tokens.yml"


def test_word_files_bring_the_font_with_them() -> None:
    with zipfile.ZipFile(TEMPLATES / "word/reference.docx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    table = parts["word/fontTable.xml"].decode()
    ways = dict(re.findall(r'Id="(\w+)"[^>]*Target="([^"]+)"', parts["word/_rels/fontTable.xml.rels"].decode()))
    keys = dict(re.findall(r'<w:embed(\w+) [^>]*w:fontKey="\{([0-9A-F-]{36})\}"', table))
    assert keys.keys() == ways.keys() == {"Regular", "Bold", "Italic"}
    assert b"<w:embedTrueTypeFonts/>" in parts["word/settings.xml"]
    fonts = {path.read_bytes() for path in (TEMPLATES / "pdf/fonts").glob("*.ttf")}
    for face, way in ways.items():
        key, data = bytes.fromhex(keys[face].replace("-", ""))[::-1], parts[f"word/{way}"]
        shown = bytes(a ^ b for a, b in zip(data, key * 2, strict=False)) + data[32:]
        assert shown in fonts, f"{face} is not one of our fonts"
