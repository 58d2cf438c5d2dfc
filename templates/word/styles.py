"""The styles and the numbering of reference.docx, made of the design tokens. Type is measured in points, places on the
page in twentieths.
"""

from pathlib import Path

from pswkdocs import tokens

LOOK = tokens.read(Path(__file__).parent.parent)
SIZES = LOOK.type.documents


def color(name):
    return LOOK.colours[name].light[1:].upper()


def twentieths(millimetres):
    return round(millimetres / 25.4 * 1440)


INK, MUTED, TINT, RULE = color("ink"), color("muted"), color("tint"), color("rule")
DEEP, TEAL, LINK, BRICK, BAND = color("heading"), color("teal"), color("link"), color("brick"), color("band")
STEP = 425  # lists and clauses stand in by this much a level: 0.75 cm
UPRIGHT, TURNED = (
    {side: twentieths(room) for side, room in margins} for margins in (LOOK.pages.upright, LOOK.pages.landscape)
)
WIDTH, LENGTH = 11906, 16838  # A4
BULLETS, NUMBERS, CLAUSES = 1, 2, 3  # the lists that numbering() defines

# --- pieces of a style, in the order that the schema wants them ---

KEEP = "<w:keepNext/><w:keepLines/>"
WHOLE = "<w:keepLines/>"
# White by the theme; programs that don't know themes choose it by the dark ground.
WHITE = '<w:color w:val="auto" w:themeColor="background1"/>'


def font(size=None, color=None, bold=None, underline=False, capitals=False):
    shown = {None: "", "white": WHITE}.get(color, f'<w:color w:val="{color}"/>')
    half_points = round((size or 0) * 2)
    return "".join(
        [
            "<w:b/><w:bCs/>" if bold else "",
            "<w:caps/>" if capitals else "",
            shown,
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if size else "",
            '<w:u w:val="single"/>' if underline else "",
        ]
    )


def edge(side, color, size, space=0):
    """A border: its width in eighths of a point, its distance from the text in points."""
    return f'<w:{side} w:val="single" w:sz="{round(size)}" w:space="{space}" w:color="{color}"/>'


def fill(ground):
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'


def block(ground, inset=300, bar=True):
    """Shading that starts left of the text. A build begins such a paragraph with a tab, and before it, as a bar, with
    another in the character style of the same name and `Mark`, if there is one. Not a border: LibreOffice leaves those
    untagged when it makes an accessible PDF.
    """
    stops = [("left", 90)] if bar else []
    return f"{fill(ground)}{tabs(*stops, ('left', inset))}", indent(inset, inset)


def lines(before=0, after=0, line=None, rule="auto"):
    """Room above and below in points, and the height of a line: in 240ths, or in twentieths."""
    height = f' w:line="{line}" w:lineRule="{rule}"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{height}/>'


def indent(left=0, hanging=0, right=0):
    return f'<w:ind w:left="{left}" w:right="{right}"' + (f' w:hanging="{hanging}"/>' if hanging else "/>")


def tabs(*stops):
    return "<w:tabs>" + "".join(f'<w:tab w:val="{kind}" w:pos="{at}"/>' for kind, at in stops) + "</w:tabs>"


def numbered(list_id, level):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def outline(level):
    return f'<w:outlineLvl w:val="{level - 1}"/>'


# What Word spells in small letters has the id that Word gives it.
IDS = {f"heading {n}": f"Heading{n}" for n in range(1, 7)} | {f"toc {n}": f"TOC{n}" for n in range(1, 4)}
IDS |= {"caption": "Caption", "header": "Header", "footer": "Footer", "Normal Table": "TableNormal"}


def style(name, layout="", look="", based="Normal", next=None, kind="paragraph", more="", flags=""):
    """A style; its id is its name without spaces."""
    return (
        f'<w:style w:type="{kind}" w:styleId="{IDS.get(name, name.replace(" ", ""))}"{flags}><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{next}"/>' if next else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{layout}</w:pPr>" if layout else "")
        + (f"<w:rPr>{look}</w:rPr>" if look else "")
        + f"{more}</w:style>"
    )


def own(name, layout="", look="", **also):
    """A style that Word doesn't know by itself."""
    return style(name, layout, look, flags=' w:customStyle="1"', **also)


def character(name, look, make=own):
    return make(name, look=look, kind="character", based="DefaultParagraphFont")


# --- the styles ---


def callout(name, kind, layout, room, size=None, **also):
    """A style for what stands out from the text, in the look of one of the callouts among the tokens."""
    look = LOOK.callouts[kind]
    shading, place = block(color(look.ground))
    yield own(name, layout + shading + room + place, font(size, color(look.text)), **also)
    yield character(f"{name} Mark", fill(color(look.bar)))


def text_styles():
    yield style(
        "Normal", "<w:widowControl/>" + lines(0, 6.5, 246), font(SIZES["body"], INK), based=None, flags=' w:default="1"'
    )
    yield style("Default Paragraph Font", kind="character", based=None, flags=' w:default="1"')
    yield style("Body Text")
    yield style(
        "heading 1",
        KEEP + "<w:pageBreakBefore/>" + lines(0, 14, 230) + outline(1),
        font(SIZES["heading-1"], DEEP, True),
        next="BodyText",
    )
    for level, before, after in ((2, 20, 6), (3, 14, 4), (4, 12, 3)):
        look = font(SIZES[f"heading-{level}"], DEEP, True)
        yield style(f"heading {level}", KEEP + lines(before, after, 230) + outline(level), look, next="BodyText")
    yield style("heading 5", KEEP + lines(10, 2, 230) + outline(5), font(color=INK, bold=True), next="BodyText")
    yield style("heading 6", KEEP + lines(8, 2, 230) + outline(6), font(color=MUTED), next="BodyText")
    yield own("Lead", KEEP + lines(0, 10, 262), font(SIZES["lead"], DEEP), next="BodyText")
    for name, kind in (("Callout", "callout"), ("Draft Callout", "warning")):
        yield from callout(name, kind, WHOLE, lines(10, 14, 325, "atLeast"))
    yield own("Editors Note", WHOLE + lines(1, 7, 232), font(SIZES["note"], color(LOOK.callouts["note"].text)))
    yield style("Block Text", lines(0, 6.5, 246) + indent(STEP, right=STEP), font(color=MUTED), next="BodyText")
    yield own("Fact", WHOLE + lines(0, 5, 228) + "<w:contextualSpacing/>")
    yield own("Definition Term", KEEP + lines(7, 0), font(bold=True, color=DEEP), next="Definition")
    yield own("Definition", WHOLE + lines(0, 4, 244) + indent(STEP))
    yield style("caption", KEEP + lines(12, 6), font(SIZES["caption"], DEEP, True), next="BodyText")
    yield own("Picture", lines(4, 12))
    yield own("Section Break", lines(0, 0, 20, "exact"), font(1))
    yield character("Strong", font(bold=True), make=style)
    yield character("Verbatim Char", fill(TINT))
    yield character("Hyperlink", font(color=LINK, underline=True), make=style)
    yield character("FollowedHyperlink", font(color=LINK, underline=True), make=style)


def furniture_styles():
    """Contents, headers and footers."""
    across = WIDTH - UPRIGHT["left"] - UPRIGHT["right"]
    across_landscape = LENGTH - TURNED["left"] - TURNED["right"]
    turned = tabs(("clear", across), ("right", across_landscape))
    yield style("TOC Heading", KEEP + lines(0, 10, 230), font(SIZES["heading-1"], DEEP, True), next="BodyText")
    yield style("toc 1", tabs(("left", 567)) + lines(4, 1, 222), font(color=LINK, bold=True))
    yield style("toc 2", lines(0, 0.5, 222) + indent(STEP), font(color=LINK))
    yield style("toc 3", lines(0, 0, 230) + indent(2 * STEP), font(color=LINK))
    for name in ("header", "footer"):
        yield style(name, tabs(("right", across)) + lines(0, 0, 240), font(SIZES["furniture"], MUTED))
    yield own("Header Landscape", turned, based="Header")
    yield own("Footer Landscape", turned, based="Footer")
    yield character("Sign Mark", font(color=BRICK, bold=True))
    audience = LOOK.marks["audience"]
    yield character("Marking On Panel", font(color=color(audience.text)) + fill(color(audience.ground)))
    centred = '<w:jc w:val="center"/>'
    yield own("Marking", lines(0, 0, 240) + centred, font(SIZES["furniture"], BRICK, True, capitals=True))


def panel(*height, inset=0, bar=False, after=0):
    """A line of the dark panel, as high as its line of type: there is no room between lines that could stay white."""
    shading, place = block(BAND, inset, bar) if inset else (fill(BAND), "")
    return f"<w:keepNext/>{shading}{lines(0, after, *height)}{place}"


def cover_styles():
    sign, white = LOOK.marks["draft"], "white"
    yield own("Cover Author", panel(2900, "exact"), font(SIZES["cover-fact"], white, True))
    yield own("Cover Status", panel(440, "exact"))
    yield style("Title", panel(230), font(SIZES["cover-title"], white, True), next="Subtitle")
    yield style("Subtitle", panel(1120, "exact"), font(SIZES["cover-subtitle"], white), next="BodyText")
    # Below the panel, however many lines the title takes.
    across = WIDTH - UPRIGHT["left"] - UPRIGHT["right"]
    below = twentieths(LOOK.pages.cover.panel + LOOK.pages.cover.line + 22)
    frame = (
        f'<w:framePr w:w="{across}" w:hSpace="0" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="margin" w:x="0" '
        f'w:y="{below}"/>'
    )
    yield own("Cover Fact", frame + tabs(("left", 1600)) + lines(0, 7) + indent(1600, 1600))
    yield character("Cover Label", font(color=MUTED))
    yield character("Status Mark", font(color=color(sign.text), bold=True) + fill(color(sign.ground)))
    yield own("Leaflet Author", panel(700, "exact", inset=400), font(color=white, bold=True))
    yield own("Leaflet Fact", panel(230, inset=400), font(color=white))
    head, look = panel(290, inset=400, bar=True, after=14), font(SIZES["small-title"], white, True)
    yield own("Heading 1 Leaflet", head, look, based="Heading1", next="BodyText")
    yield character("Heading 1 Leaflet Mark", fill(color("gold")))
    audience = LOOK.marks["audience"]
    marking, place = block(color(audience.ground), 400, bar=False)
    look = font(color=color(audience.text), bold=True, capitals=True)
    for name in ("Cover Marking", "Leaflet Marking"):
        yield own(name, KEEP + marking + lines(0, 0, 600, "exact") + place, look)


def list_styles():
    yield style("No List", kind="numbering", based=None, flags=' w:default="1"')
    for name, list_id in (("List Bullet", BULLETS), ("List Number", NUMBERS), ("List Continue", None)):
        for level in range(5):
            layout = numbered(list_id, level) if list_id else ""
            place = "" if list_id else indent((level + 1) * STEP)
            yield style(f"{name} {level + 1}".removesuffix(" 1"), layout + lines(0, 3, 240) + place)


def clause_styles():
    whole = '<w:pageBreakBefore w:val="0"/>' + numbered(CLAUSES, 0)
    yield own("Clause Heading", whole + lines(30, 10, 230), font(20), based="Heading1", next="Clause")
    yield own("Clause", numbered(CLAUSES, 1))
    yield own("Clause Text", indent(2 * STEP))
    yield own("Subclause", numbered(CLAUSES, 2) + lines(0, 5, 246))
    yield own("Minute", tabs(("left", 2 * STEP)) + indent(2 * STEP, 2 * STEP))
    yield character("Minute Number", font(color=TEAL, bold=True))
    yield own("Clause Note", indent(2 * STEP), based="EditorsNote")
    yield own("Binds", WHOLE + lines(1, 8, 232) + indent(2 * STEP), font(SIZES["note"], MUTED))
    room = lines(6, 14, 345, "atLeast")
    yield from callout("Commitment", "commitment", KEEP, room, SIZES["commitment"], next="Clause")


def table_styles():
    def cells(top, side, bottom):
        sizes = {"top": top, "left": side, "bottom": bottom, "right": side}
        return "".join(f'<w:{name} w:w="{size}" w:type="dxa"/>' for name, size in sizes.items())

    def table(borders, margins):
        borders = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
        return f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{borders}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'

    yield style("Normal Table", kind="table", based=None, more=table("", cells(0, 108, 0)), flags=' w:default="1"')
    head, thin = LOOK.tables.head, (color(LOOK.tables.row.line), LOOK.shapes.rule_points * 8)
    rules = edge("bottom", *thin) + edge("insideH", *thin)
    across, down = LOOK.tables.padding.across, LOOK.tables.padding.down
    # Word measures from the line, which is higher than its letters, from which the tokens count.
    room = cells(twentieths(down - 0.9), twentieths(across), twentieths(down - 1.1))
    line = edge("bottom", color(head.line), head.line_points * 8)
    first = (
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{line}</w:tcBorders>{fill(color(head.ground))}'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    yield own("Table", kind="table", based="TableNormal", more=table(rules, room) + first)
    yield own("Action Table", kind="table", based="Table")
    yield own("Table Text", lines(0, 1, 228), font(SIZES["table"]))
    yield own("Table Heading", KEEP + lines(0, 1, 228), font(SIZES["table"], color(head.text), True))
    yield own("Table Row Heading", lines(0, 1, 228), font(SIZES["table"], bold=True))


DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts "
    + " ".join(f'w:{script}="{LOOK.type.family}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    + "/>"
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr>'
    "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)


def styles():
    """All styles: what is Word's own keeps Word's name, so that Word's own commands find it."""
    kinds = (text_styles, furniture_styles, cover_styles, list_styles, clause_styles, table_styles)
    return DEFAULTS + "".join(made for kind in kinds for made in kind())


# --- the lists ---


def level(number, kind, shown, left, hanging, look="", tied=None):
    tie = f'<w:pStyle w:val="{tied}"/>' if tied else ""
    place = f"<w:pPr>{tabs(('num', left))}{indent(left, hanging)}</w:pPr>" + (f"<w:rPr>{look}</w:rPr>" if look else "")
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{tie}<w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>{place}</w:lvl>'
    )


def numbering():
    """Bullets, ordinary numbers, and a charter's 1. / 1.1 / (a); each level is tied to its style."""
    teal = font(color=TEAL, bold=True)
    kinds = ("decimal", "lowerLetter", "lowerRoman")

    def each(name, kind, shown):
        for n in range(9):
            tied = f"{name}{n + 1}".removesuffix("1") if n < 5 else None
            yield level(n, kind(n), shown(n), (n + 1) * STEP, STEP, teal, tied)

    lists = {
        BULLETS: each("ListBullet", lambda n: "bullet", lambda n: "•–"[n % 2]),
        NUMBERS: each("ListNumber", lambda n: kinds[n % 3], lambda n: f"%{n + 1}."),
        CLAUSES: [
            level(0, "decimal", "%1.", 2 * STEP, 2 * STEP, tied="ClauseHeading"),
            level(1, "decimal", "%1.%2", 2 * STEP, 2 * STEP, teal, "Clause"),
            level(2, "lowerLetter", "(%3)", 3 * STEP, STEP, teal, "Subclause"),
            *(level(n, "lowerRoman", f"(%{n + 1})", (n + 1) * STEP, STEP, teal) for n in range(3, 9)),
        ],
    }
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
        for n, levels in lists.items()
    )
    return abstract + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in lists)
