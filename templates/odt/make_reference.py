"""Makes reference.odt, the look of every ODT document: the styles, lists and pages of templates/word/reference.docx,
said in the words of OpenDocument, so that the two cannot differ. Styles are translated in of_word.py, pages here.

`make look` runs this after the script of that file, and so do you after a change here. All are committed; a test holds
them together.
"""

import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import of_word
from of_word import W, colour, made, points, tag, val, w

HERE = Path(__file__).parent
WORD = HERE.parent / "word/reference.docx"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {
    **{name: f"{OASIS}{name}:1.0" for name in ("office", "style", "text", "table", "meta", "manifest", "config")},
    **{name: f"{OASIS}{kind}-compatible:1.0" for name, kind in (("fo", "xsl-fo"), ("svg", "svg"))},
    "draw": f"{OASIS}drawing:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "ooo": "http://openoffice.org/2004/office",
}
ROOT = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMES.items()) + ' office:version="1.3"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
FACES = ("400Regular", "400Regular_Italic", "700Bold")


class Word:
    """Word's reference document, opened."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as file:
            names = [name for name in file.namelist() if name.startswith("word/") and name.endswith(".xml")]
            self.parts = {Path(name).stem: ElementTree.fromstring(file.read(name)) for name in names}
            ways = ElementTree.fromstring(file.read("word/_rels/document.xml.rels"))
        self.links = {way.get("Id"): Path(way.get("Target")).stem for way in ways}
        self.styles = self.parts["styles"]
        self.names = of_word.names(self.styles)
        paragraphs = ((paragraph, paragraph.find(w("pPr/sectPr"))) for paragraph in self.parts["document"].iter(w("p")))
        self.pages = {"".join(at.itertext()): section for at, section in paragraphs if section is not None}

    def furniture(self, section, which):
        """The headers and footers of a kind of page: of its first page, or of all."""
        return {
            part.tag.removeprefix(W).removesuffix("Reference"): self.parts[self.links[part.get(R + "id")]]
            for part in section
            if part.get(R + "id") and part.get(W + "type") == which
        }


# --- pages ---


def pages(word):
    """The kinds of page: for each a layout, and a master page with its header and its footer."""
    layouts, masters = [], []
    for name, section in word.pages.items():
        first, every = word.furniture(section, "first"), word.furniture(section, "default")
        layouts.append(layout(name, section, every))
        if first:
            masters += [master(word, name, name, first, f"{name} on"), master(word, f"{name} on", name, every)]
        else:
            masters.append(master(word, name, name, every))
    return layouts, masters


def text_width(section):
    """How wide the text is on a kind of page, in twentieths of a point."""
    margin = section.find(w("pgMar"))
    return int(section.find(w("pgSz")).get(W + "w")) - int(margin.get(W + "left")) - int(margin.get(W + "right"))


def layout(name, section, furniture):
    size, margin = section.find(w("pgSz")), section.find(w("pgMar"))
    at = {side: int(margin.get(W + side)) for side in ("top", "right", "bottom", "left", "header", "footer")}
    look = {f"fo:page-{key}": points(size.get(W + side)) for key, side in (("width", "w"), ("height", "h"))}
    look |= {"style:print-orientation": size.get(W + "orient", "portrait"), "style:writing-mode": "lr-tb"}
    look |= {"fo:margin-top": points(at["header"]), "fo:margin-bottom": points(at["footer"])}
    look |= {f"fo:margin-{side}": points(at[side]) for side in ("left", "right")}

    def room(kind, side, near):
        # A header has room for a line or two more; a footer starts at its top, so it is a line high and grows.
        if kind not in furniture:
            return made(f"style:{kind}-style", {})
        free = at[side] - at[kind]
        height = min(free, 240) if kind == "footer" else free - 100
        own = {"fo:min-height": points(height), f"fo:margin-{near}": points(free - height)}
        return tag(f"style:{kind}-style", made("style:header-footer-properties", own))

    rooms = room("header", "top", "bottom"), room("footer", "bottom", "top")
    return tag("style:page-layout", made("style:page-layout-properties", look), *rooms, style_name=name)


def master(word, name, look, furniture, following=None):
    held = [kind for kind in ("header", "footer") if kind in furniture]
    return tag(
        "style:master-page",
        *(tag(f"style:{kind}", *(line(word, p) for p in furniture[kind].findall(w("p")))) for kind in held),
        style_name=of_word.coded(name),
        style_display_name=name,
        style_page_layout_name=look,
        style_next_style_name=following and of_word.coded(following),
    )


# --- headers and footers: {words in braces} are filled in for each document ---

FIELDS = {
    "PAGE": tag("text:page-number", "1", text_select_page="current"),
    "{last}": tag("text:page-count", "1"),
}


def line(word, paragraph):
    """A line of a header or a footer."""
    inside, counted = [], False
    for run in paragraph.iter(w("r")):
        if run.find(f".//{WP}anchor") is not None:
            inside.append(band(run))
        elif (mark := run.find(w("fldChar"))) is not None:
            counted = mark.get(W + "fldCharType") != "end"
        elif (code := run.find(w("instrText"))) is not None:
            inside.append(FIELDS[code.text.strip()])
        elif run.find(w("tab")) is not None:
            inside.append("<text:tab/>")
        elif not counted:
            words, look = escape("".join(run.itertext())), val(run, "rPr/rStyle")
            inside.append(tag("text:span", words, text_style_name=word.names[look]) if look else words)
    return tag("text:p", *inside, text_style_name=word.names[val(paragraph, "pPr/pStyle")])


def band(run):
    """A band of colour across a page, behind its text: an empty frame, since it only decorates, and LibreOffice takes
    drawn shapes for pictures, even in headers, when it makes an accessible PDF.
    """
    x, y = (run.find(f".//{WP}position{axis}/{WP}posOffset").text for axis in "HV")
    size, name = run.find(f".//{WP}extent"), run.find(f".//{WP}docPr").get("name")
    return tag(
        "draw:frame",
        tag("draw:text-box", tag("text:p", text_style_name="Header")),
        text_anchor_type="char",
        draw_z_index=run.find(f".//{WP}anchor").get("relativeHeight"),
        draw_name=name,
        draw_style_name=of_word.coded(name),
        svg_x=emu(x),
        svg_y=emu(y),
        svg_width=emu(size.get("cx")),
        svg_height=emu(size.get("cy")),
    )


def band_styles(word):
    for part in word.parts.values():
        for run in part.iter(w("r")):
            if run.find(f".//{WP}anchor") is not None:
                ground = colour(run.find(f".//{A}srgbClr").get("val"))
                look = {"fo:background-color": ground, "fo:padding": "0pt", "fo:border": "none"}
                look |= of_word.free("page", "page") | {"style:run-through": "background"}
                name = of_word.coded(run.find(f".//{WP}docPr").get("name"))
                own = {"style:name": name, "style:family": "graphic", "style:parent-style-name": "Frame"}
                yield made("style:style", own, [made("style:graphic-properties", look)])


def emu(measure):
    """A measure of drawings, of which 12,700 are a point."""
    return f"{int(measure) / 12700:.2f}pt"


# --- the package ---

# How LibreOffice lays out what it opens. What a file leaves out it takes for the habits of twenty years ago, under
# which lines and the spaces between paragraphs come out lower than in Word.
YES = (
    "AddExternalLeading",
    "AddParaLineSpacingToTableCells",
    "AddParaSpacingToTableCells",
    "AddParaTableSpacingAtStart",
    "AlignTabStopPosition",
    "BackgroundParaOverDrawings",
    "EmbedFonts",
    "FieldAutoUpdate",
    "HeaderSpacingBelowLastPara",
    "IgnoreTabsAndBlanksForLineCalculation",
    "PropLineSpacingShrinksFirstLine",
    "TableRowKeep",
    "TabsRelativeToIndent",
)
NO = (
    "AddFrameOffsets",
    "AddParaTableSpacing",
    "DoNotResetParaAttrsForNumFont",
    "IgnoreFirstLineIndentInNumbering",
    "OutlineLevelYieldsNumbering",
    "UseFormerLineSpacing",
    "UseFormerObjectPositioning",
    "UseFormerTextWrapping",
    "UseOldNumbering",
    "UseOldPrinterMetrics",
)


def settings():
    each = [(name, "true") for name in YES] + [(name, "false") for name in NO]
    items = (tag("config:config-item", value, config_name=name, config_type="boolean") for name, value in each)
    return tag("office:settings", tag("config:config-item-set", *items, config_name="ooo:configuration-settings"))


def font_faces(family, fonts, instead):
    """The font, which travels with the file, and what takes its place in a program that cannot read it."""
    kind = tag("svg:font-face-format", svg_string="truetype")
    faces = (tag("svg:font-face-uri", kind, xlink_href=name, xlink_type="simple") for name in fonts)
    face = tag(
        "style:font-face",
        tag("svg:font-face-src", *faces),
        style_name=family,
        svg_font_family=f"'{family}', {instead}",
        style_font_family_generic="swiss",
        style_font_pitch="variable",
    )
    return tag("office:font-face-decls", face)


def package():
    """Every part of the file, by name, in the order in which it holds them."""
    word = Word(WORD)
    family = word.styles.find(w("docDefaults/rPrDefault/rPr/rFonts")).get(W + "ascii")
    files = [HERE.parent / f"pdf/fonts/{family.replace(' ', '')}_{face}.ttf" for face in FACES]
    fonts = {f"Fonts/{path.name}": path.read_bytes() for path in files}
    faces = font_faces(family, fonts, val(word.parts["fontTable"].find(w("font")), "altName"))
    styles = "".join(of_word.styles(word.styles, word.parts["numbering"], text_width(word.pages["portrait"])))
    layouts, masters = pages(word)
    every = (tag("text:p", name.replace("_20_", " "), text_style_name=name) for name in of_word.paragraphs(word.styles))
    parts = {
        "content": faces + tag("office:automatic-styles") + tag("office:body", tag("office:text", *every)),
        "meta": tag("office:meta"),
        "settings": settings(),
        "styles": faces
        + tag("office:styles", styles)
        + tag("office:automatic-styles", *band_styles(word), *layouts)
        + tag("office:master-styles", *masters),
    }
    texts = {
        f"{name}.xml": f"<office:document-{name} {ROOT}>{inside}</office:document-{name}>"
        for name, inside in parts.items()
    }
    texts["META-INF/manifest.xml"] = manifest(dict.fromkeys(texts, "text/xml") | dict.fromkeys(fonts, "font/ttf"))
    return {name: (HEAD + text).encode() for name, text in texts.items()} | fonts


def manifest(kinds):
    """What the file holds, and of which kind each part is."""
    kinds = {"/": "application/vnd.oasis.opendocument.text"} | kinds
    listed = (
        tag("manifest:file-entry", manifest_full_path=name, manifest_media_type=kind) for name, kind in kinds.items()
    )
    names = {"xmlns:manifest": NAMES["manifest"], "manifest:version": "1.3"}
    return made("manifest:manifest", names, listed)


def write(path):
    """The reference document; the same bytes from the same files."""
    parts = package()
    with zipfile.ZipFile(WORD) as word, zipfile.ZipFile(path, "w") as file:
        file.comment = word.comment  # of which tokens it was made
        file.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        for name, data in parts.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    write(HERE / "reference.odt")
