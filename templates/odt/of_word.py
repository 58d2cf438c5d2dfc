"""Styles and lists of a Word file, said in the words of OpenDocument."""

import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

from pswkdocs import tokens

WHITE = tokens.read(Path(__file__).parent.parent).colours["paper"].light

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# What a word processor for OpenDocument knows by another name.
CALLED = {"Normal": "Standard", "Body Text": "Text body", "caption": "Caption", "TOC Heading": "Contents Heading"}
CALLED |= {"header": "Header", "footer": "Footer", "Block Text": "Quotations", "Table Text": "Table Contents"}
CALLED |= {"Hyperlink": "Internet link", "FollowedHyperlink": "Visited Internet Link", "Strong": "Strong Emphasis"}
CALLED |= {"Verbatim Char": "Source Text"}
CALLED |= {f"heading {n}": f"Heading {n}" for n in range(1, 7)} | {f"toc {n}": f"Contents {n}" for n in range(1, 4)}
LISTS = {"1": "Bullets", "2": "Numbers", "3": "Clauses"}
# So many levels further in stand lists that follow a clause or a sub-clause.
WITHIN = (2, 3)


def w(name):
    return "/".join(W + part for part in name.split("/"))


def val(element, path, default=None):
    found = None if element is None else element.find(w(path))
    return default if found is None else found.get(W + "val", "true")


def tag(name, *inside, **attributes):
    """An element; `_` in the name of an attribute stands for a colon. What is None is left out."""
    return made(name, {key.replace("_", ":", 1).replace("_", "-"): value for key, value in attributes.items()}, inside)


def made(name, attributes, inside=()):
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items() if value is not None)
    content = "".join(inside)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def coded(name):
    """A style's name as files write it."""
    return name.replace(" ", "_20_")


def points(twentieths):
    return f"{int(twentieths) / 20:g}pt"


def colour(value):
    return "#" + value.lower()


def styles(styles, numbering, across):
    """All styles and lists; `across` is the width of an upright page's text in twentieths of a point."""
    yield from defaults(styles)
    yield from named_styles(styles, across)
    yield from cell_styles(styles)
    yield from list_styles(numbering)


def names(styles):
    """The names of Word's styles as files for OpenDocument write them, by Word's ids."""
    called = {one.get(W + "styleId"): val(one, "name") for one in styles.iter(w("style"))}
    return {id: coded(CALLED.get(name, name)) for id, name in called.items()}


def paragraphs(styles):
    """The styles of paragraphs, as files for OpenDocument name them."""
    ids = (one.get(W + "styleId") for one in styles.iter(w("style")) if one.get(W + "type") == "paragraph")
    return [names(styles)[id] for id in ids if id != "SectionBreak"]


# --- styles ---


def paragraph_look(of):
    """The properties of paragraphs, of Word's."""
    look, stops = {}, []
    if of is None:
        return look, stops
    for name, key in (("keepNext", "fo:keep-with-next"), ("keepLines", "fo:keep-together")):
        if of.find(w(name)) is not None:
            look[key] = "auto" if val(of, name) == "0" else "always"
    if of.find(w("pageBreakBefore")) is not None:
        look["fo:break-before"] = "auto" if val(of, "pageBreakBefore") == "0" else "page"
    if (spacing := of.find(w("spacing"))) is not None:
        for name, side in (("before", "top"), ("after", "bottom")):
            if (size := spacing.get(W + name)) is not None:
                look[f"fo:margin-{side}"] = points(size)
        if line := spacing.get(W + "line"):
            rule = spacing.get(W + "lineRule")
            key = "style:line-height-at-least" if rule == "atLeast" else "fo:line-height"
            look[key] = f"{int(line) / 2.4:.0f}%" if rule == "auto" else points(line)
    if of.find(w("contextualSpacing")) is not None:
        look["style:contextual-spacing"] = "true"
    left = 0
    if (place := of.find(w("ind"))) is not None:
        left = int(place.get(W + "left", 0))
        look["fo:margin-left"] = points(left)
        look["fo:margin-right"] = points(place.get(W + "right", 0))
        look["fo:text-indent"] = points(-int(place.get(W + "hanging", 0)))
    if side := val(of, "jc"):
        look["fo:text-align"] = {"left": "start", "right": "end"}.get(side, side)
    if (ground := of.find(w("shd"))) is not None:
        look["fo:background-color"] = colour(ground.get(W + "fill"))
    for stop in of.findall(w("tabs/tab")):
        kind = stop.get(W + "val")
        if kind not in ("clear", "num"):
            kind = None if kind == "left" else kind
            stops.append(tag("style:tab-stop", style_position=points(int(stop.get(W + "pos")) - left), style_type=kind))
    return look, stops


def text_look(of):
    """The properties of characters, of Word's."""
    look = {}
    if of is None:
        return look
    if (family := of.find(w("rFonts"))) is not None:
        look["style:font-name"] = family.get(W + "ascii")
    for name, key, value in (("b", "fo:font-weight", "bold"), ("i", "fo:font-style", "italic")):
        if of.find(w(name)) is not None:
            look[key] = "normal" if val(of, name) == "0" else value
    if of.find(w("caps")) is not None:
        look["fo:text-transform"] = "uppercase"
    if (ink := of.find(w("color"))) is not None:
        look["fo:color"] = WHITE if ink.get(W + "themeColor") == "background1" else colour(ink.get(W + "val"))
    if size := val(of, "sz"):
        look["fo:font-size"] = f"{int(size) / 2:g}pt"
    if of.find(w("u")) is not None:
        look |= {"style:text-underline-style": "solid", "style:text-underline-type": "single"}
        look |= {"style:text-underline-width": "auto", "style:text-underline-color": "font-color"}
    if (ground := of.find(w("shd"))) is not None:
        look["fo:background-color"] = colour(ground.get(W + "fill"))
    return look


def properties(look, text, stops=()):
    stops = [tag("style:tab-stops", *stops)] if stops else []
    return (made("style:paragraph-properties", look, stops) if look or stops else "") + (
        made("style:text-properties", text) if text else ""
    )


def named_styles(styles, across):
    """Every style of paragraphs and characters, by the name that programs for OpenDocument know."""
    named = names(styles)
    for one in styles.iter(w("style")):
        kind = {"paragraph": "paragraph", "character": "text"}.get(one.get(W + "type"))
        name, based, following = named[one.get(W + "styleId")], val(one, "basedOn"), val(one, "next")
        if kind is None or name in ("Default_20_Paragraph_20_Font", "Section_20_Break"):
            continue
        look, stops = paragraph_look(one.find(w("pPr")))
        if re.fullmatch(r"Contents_20_\d", name):
            # In the contents the numbers of pages stand at the right.
            left = float(look.get("fo:margin-left", "0pt").removesuffix("pt"))
            stops.append(tag("style:tab-stop", style_position=f"{across / 20 - left:g}pt", style_type="right"))
        yield tag(
            "style:style",
            properties(look, text_look(one.find(w("rPr"))), stops),
            style_name=name,
            style_display_name=name.replace("_20_", " "),
            style_family=kind,
            style_class="text" if kind == "paragraph" else None,
            style_parent_style_name=named[based] if kind == "paragraph" and based else None,
            style_next_style_name=named[following] if following else None,
            style_default_outline_level=level(one),
            style_list_style_name=tied(one),
        )
        if (frame := one.find(w("pPr/framePr"))) is not None:
            yield frame_style(name, frame)
    italic = made("style:text-properties", {"fo:font-style": "italic"})
    yield tag("style:style", italic, style_name="Emphasis", style_family="text")
    # LibreOffice takes a frame for a drawn shape if its style rests on none.
    yield tag("style:style", style_name="Frame", style_family="graphic")
    yield tag("style:style", style_name="Index_20_Link", style_display_name="Index Link", style_family="text")


def frame_style(name, of):
    """Where paragraphs of a style stand on their page whatever comes before them: a build frames them there."""
    look = {"svg:x": "0pt", "svg:y": points(of.get(W + "y")), "svg:width": points(of.get(W + "w"))}
    look |= free("page", "page-content") | {"style:run-through": "foreground"}
    look |= {"fo:padding": "0pt", "fo:border": "none", "fo:background-color": WHITE}
    inside = made("style:graphic-properties", look)
    return tag("style:style", inside, style_name=f"{name}_20_Frame", style_family="graphic")


def free(down, across):
    """The place of what stands somewhere on its page, over or under the text."""
    look = {"style:wrap": "run-through", "style:flow-with-text": "false"}
    look |= {"style:vertical-pos": "from-top", "style:vertical-rel": down}
    return look | {"style:horizontal-pos": "from-left", "style:horizontal-rel": across}


def level(one):
    said = val(one, "pPr/outlineLvl")
    return None if said is None else int(said) + 1


def tied(one):
    """The list of a style that opens one; where it stands in it is said by each list itself."""
    own = one.find(w("pPr/numPr"))
    return LISTS[val(own, "numId")] if own is not None and val(own, "ilvl") == "0" else None


def defaults(styles):
    """What holds where no style says otherwise: the font, the language."""
    look = text_look(styles.find(w("docDefaults/rPrDefault/rPr")))
    look |= {"fo:language": "en", "fo:country": "GB", "fo:hyphenate": "false"}
    for name in ("asian", "complex"):
        look |= {f"style:language-{name}": "none", f"style:country-{name}": "none"}
    paragraph = {"style:tab-stop-distance": "21.25pt", "style:writing-mode": "lr-tb", "fo:orphans": 2, "fo:widows": 2}
    yield tag("style:default-style", properties(paragraph, look), style_family="paragraph")


def edge(of, side):
    """A border of a table, of Word's."""
    line = of.find(w(side))
    if line is None:
        return "none"
    return f"{int(line.get(W + 'sz')) / 8:g}pt solid {colour(line.get(W + 'color'))}"


def cell_styles(styles):
    """Tables, their rows, and their cells: heads, ordinary ones, those of the last row; and how these make a table."""
    look = made("style:table-properties", {"table:align": "left", "table:border-model": "collapsing"})
    yield tag("style:style", look, style_name="Table", style_family="table")
    look = made("style:table-row-properties", {"fo:keep-together": "always"})
    yield tag("style:style", look, style_name="Table_20_Row", style_family="table-row")
    (table,) = (one for one in styles.iter(w("style")) if one.get(W + "styleId") == "Table")
    borders, room = table.find(w("tblPr/tblBorders")), table.find(w("tblPr/tblCellMar"))
    head = table.find(w("tblStylePr/tcPr"))
    sides = ("top", "left", "bottom", "right")
    every = {f"fo:padding-{side}": points(room.find(w(side)).get(W + "w")) for side in sides}
    every |= {"fo:border-left": "none", "fo:border-right": "none"}
    top, bottom, between = (edge(borders, side) for side in ("top", "bottom", "insideH"))
    kinds = {
        "Head": {
            "fo:background-color": colour(head.find(w("shd")).get(W + "fill")),
            "style:vertical-align": "bottom",
            "fo:border-top": top,
            "fo:border-bottom": edge(head, "tcBorders/bottom"),
        },
        "Cell": {"fo:border-top": "none", "fo:border-bottom": between},
        "Last": {"fo:border-top": "none", "fo:border-bottom": bottom},
    }
    for name, own in kinds.items():
        look = made("style:table-cell-properties", every | own)
        yield tag("style:style", look, style_name=f"Table_20_{name}", style_family="table-cell")
    parts = {"first-row": "Head", "last-row": "Last", "first-column": "Cell", "body": "Cell"}
    ends = {f"table:{row}-row-{end}-column": "row" for row in ("first", "last") for end in ("start", "end")}
    inside = [made(f"table:{part}", {"table:style-name": f"Table_20_{name}"}) for part, name in parts.items()]
    yield made("table:table-template", {"table:name": "Table"} | ends, inside)


# --- lists ---

FORMATS = {"decimal": "1", "lowerLetter": "a", "lowerRoman": "i"}


def list_styles(numbering):
    """The lists, and those of bullets and numbers again as they stand within a clause."""
    abstract = {one.get(W + "abstractNumId"): one for one in numbering.iter(w("abstractNum"))}
    label = made("style:text-properties", text_look(abstract["1"].find(w("lvl/rPr"))))
    yield tag("style:style", label, style_name="Label", style_family="text")
    for id, name in LISTS.items():
        levels = abstract[id].findall(w("lvl"))
        yield tag("text:list-style", *map(list_level, range(1, 10), levels), style_name=name)
        for further in WITHIN if name != "Clauses" else ():
            inner = map(list_level, range(1, 10), [*levels[further:], *levels[:further]])
            yield tag("text:list-style", *inner, style_name=f"{name}_20_{further}")
    plain = (tag("text:outline-level-style", text_level=n, style_num_format="") for n in range(1, 7))
    yield tag("text:outline-style", *plain, style_name="Outline")


def list_level(number, of):
    place, shown = of.find(w("pPr/ind")), val(of, "lvlText")
    left, hanging = (int(place.get(W + name)) for name in ("left", "hanging"))
    at = {"text:label-followed-by": "listtab", "text:list-tab-stop-position": points(left)}
    at |= {"fo:text-indent": points(-hanging), "fo:margin-left": points(left)}
    mode = {"text:list-level-position-and-space-mode": "label-alignment"}
    look = made("style:list-level-properties", mode, [made("style:list-level-label-alignment", at)])
    own = {"text:level": number, "text:style-name": "Label" if of.find(w("rPr")) is not None else None}
    if val(of, "numFmt") == "bullet":
        return made("text:list-level-style-bullet", own | {"text:bullet-char": shown}, [look])
    before, *between, after = re.split(r"%\d", shown)
    own |= {"style:num-format": FORMATS[val(of, "numFmt")]}
    own |= {"style:num-prefix": before or None, "style:num-suffix": after or None}
    own |= {"text:display-levels": len(between) + 1 if between else None}
    return made("text:list-level-style-number", own, [look])
