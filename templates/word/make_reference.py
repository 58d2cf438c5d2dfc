"""Makes reference.docx, the look of every Word document: its styles are in styles.py, its pages, fonts and theme here.

Run `make look` after a change of these or of the design tokens: the file says of which tokens it was made, and a build
asks for it where these were changed since. The files are committed; a test holds them together.
"""

import re
import struct
import uuid
import zipfile
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

import styles as look
from styles import LENGTH, LOOK, TURNED, UPRIGHT, WIDTH, color, twentieths

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


# --- headers and footers: {words in braces} are filled in for each document ---


def run(text, style=""):
    style = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(code, uncounted="1"):
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{separate}{run(uncounted)}{end}'


def part(kind, *paragraphs):
    return f'<w:{kind} xmlns:w="{W}" xmlns:r="{R}">{"".join(paragraphs)}</w:{kind}>'


def line(style_id, content):
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>{content}</w:p>'


def band(number, top, height, ground):
    """A band across the whole page, behind the text: it only decorates. Measured in millimetres.

    It is a picture of one dot: LibreOffice tags drawn shapes as figures, even in headers, when it makes a PDF.
    """
    wide, high = round(WIDTH * 635), round(height * 36000)
    size = f'cx="{wide}" cy="{high}"'
    at = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{offset}</wp:posOffset></wp:position{axis}>'
        for axis, offset in (("H", 0), ("V", round(top * 36000)))
    )
    decorative = f'<a:ext uri="{DECORATIVE}"><adec:decorative xmlns:adec="{ADEC}" val="1"/></a:ext>'
    picture = (
        f'<pic:pic xmlns:pic="{PIC}"><pic:nvPicPr><pic:cNvPr id="{950 + number}" name="Band {number}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="band-{ground}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect">'
        f'<a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{color(ground)}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
        "</pic:spPr></pic:pic>"
    )
    return (
        f'<w:r><w:drawing><wp:anchor xmlns:wp="{WP}" xmlns:a="{A}" distT="0" distB="0" distL="0" distR="0" '
        f'simplePos="0" relativeHeight="{number}" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/>{at}<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{900 + number}" name="Band {number}" descr=""><a:extLst>{decorative}</a:extLst></wp:docPr>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{PIC}">{picture}</a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r>"
    )


def dot(ground):
    """A PNG of one dot in a colour."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    # As it is, not compressed: other versions of zlib would make other bytes.
    data = zlib.compress(b"\0" + bytes.fromhex(color(ground)), 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


BANDS = ("band", "gold")
COVER = LOOK.pages.cover
PANEL = band(1, 0, COVER.panel, "band") + band(2, COVER.panel, COVER.line, "gold")
# Left out where a document is for everybody.
MARKING = line("Marking", run("{marking}"))
TAB = "<w:r><w:tab/></w:r>"
HEADER = run("{title}") + TAB + run("{sign}", "SignMark")
FOOTER = run("{running}") + TAB + run("Page ") + field("PAGE") + run(" of ") + field("{last}", "{uncounted}")
FURNITURE = {
    "headerPortrait": part("hdr", MARKING, line("Header", HEADER)),
    "headerLandscape": part("hdr", MARKING, line("HeaderLandscape", HEADER)),
    "headerCover": part("hdr", line("Marking", run("{marking}", "MarkingOnPanel")), line("Header", PANEL)),
    "headerMarking": part("hdr", MARKING),
    "footerPortrait": part("ftr", line("Footer", FOOTER), MARKING),
    "footerLandscape": part("ftr", line("FooterLandscape", FOOTER), MARKING),
    "footerMarking": part("ftr", MARKING),
}


# --- pages ---


def page(width, length, around, distance=680, first=None, **every):
    """A kind of page: its header and footer on every page, and on the first page where these are others."""
    named = [(kind, "default", name) for kind, name in every.items()]
    named += [(kind, "first", name) for kind, name in (first or {}).items()]
    links = "".join(f'<w:{part}Reference w:type="{kind}" r:id="{name}"/>' for part, kind, name in named)
    turned = ' w:orient="landscape"' if width > length else ""
    around = " ".join(f'w:{side}="{at}"' for side, at in around.items())
    return (
        f'<w:sectPr>{links}<w:pgSz w:w="{width}" w:h="{length}"{turned}/><w:pgMar {around} '
        f'w:header="{distance}" w:footer="567" w:gutter="0"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
    )


RUNNING = {"header": "headerPortrait", "footer": "footerPortrait"}
LEAFLET = UPRIGHT | {"top": twentieths(20)}
PAGES = {
    "cover": page(WIDTH, LENGTH, UPRIGHT | {"top": twentieths(15)}, 454, header="headerCover", footer="footerMarking"),
    "portrait": page(WIDTH, LENGTH, UPRIGHT, **RUNNING),
    "landscape": page(LENGTH, WIDTH, TURNED, header="headerLandscape", footer="footerLandscape"),
    "leaflet": page(WIDTH, LENGTH, LEAFLET, first=RUNNING | {"header": "headerMarking"}, **RUNNING),
}


def document():
    """The kinds of page, each at its name, for the build to take; then a paragraph in each style, for whoever looks."""
    named = re.findall(r'w:type="paragraph" w:styleId="([^"]+)".*?w:name w:val="([^"]+)"', look.styles())
    kinds = "".join(f"<w:p><w:pPr>{section}</w:pPr>{run(name)}</w:p>" for name, section in PAGES.items())
    shown = "".join(f'<w:p><w:pPr><w:pStyle w:val="{id}"/></w:pPr>{run(name)}</w:p>' for id, name in named)
    return f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{kinds}{shown}{PAGES["portrait"]}</w:body></w:document>'


# --- the rest of the package ---


def theme():
    """The partnership's colours and font, so that what people add in Word matches."""
    accents = (look.DEEP, look.TEAL, color("gold"), look.BRICK, look.MUTED, look.RULE)
    named = {"dk1": look.INK, "lt1": color("paper"), "dk2": look.DEEP, "lt2": look.TINT}
    named |= {f"accent{n}": value for n, value in enumerate(accents, 1)} | {"hlink": look.LINK, "folHlink": look.LINK}
    colors = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in named.items())
    face = f'<a:latin typeface="{LOOK.type.family}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fonts = f"<a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont>"
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line, effect = f'<a:ln w="9525">{solid}</a:ln>', "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{A}" name="Partnership"><a:themeElements><a:clrScheme name="Partnership">{colors}'
        f'</a:clrScheme><a:fontScheme name="Partnership">{fonts}</a:fontScheme><a:fmtScheme name="Partnership">'
        f"<a:fillStyleLst>{solid * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>"
        f"{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{solid * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


MAPPED = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"}
MAPPED |= {name: name for name in (*(f"accent{n}" for n in range(1, 7)), "hyperlink", "followedHyperlink")}
MAPPING = " ".join(f'w:{name}="{value}"' for name, value in MAPPED.items())
SETTINGS = (
    f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:defaultTabStop w:val="{look.STEP}"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/>'
    f"<w:clrSchemeMapping {MAPPING}/>"
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
# --- the font, which travels with the file: nobody has to install it, and no program asks anything ---

FACES = {"Regular": "400Regular", "Bold": "700Bold", "Italic": "400Regular_Italic"}
FONTS = Path(__file__).parent.parent / "pdf/fonts"


def key(name):
    """What a face is disguised with, as Word wants it: the same for the same face."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{LOOK.type.family} {name}")


def disguised(name):
    """A face as a part of the package: its first 32 bytes are combined with its key, backwards, twice."""
    face = (FONTS / f"{LOOK.type.family.replace(' ', '')}_{FACES[name]}.ttf").read_bytes()
    return bytes(a ^ b for a, b in zip(face, key(name).bytes[::-1] * 2, strict=False)) + face[32:]


def font_table():
    embedded = "".join(f'<w:embed{name} r:id="{name}" w:fontKey="{{{str(key(name)).upper()}}}"/>' for name in FACES)
    like_arial = '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>'
    pitch = '<w:family w:val="swiss"/><w:pitch w:val="variable"/>'
    return (
        f'<w:fonts xmlns:w="{W}" xmlns:r="{R}"><w:font w:name="{LOOK.type.family}">'
        f'<w:altName w:val="{LOOK.type.fallback}"/>{like_arial}{pitch}{embedded}</w:font>'
        f'<w:font w:name="{LOOK.type.fallback}">{like_arial}{pitch}</w:font></w:fonts>'
    )


def package():
    """Every part of the file, by name."""
    inner = {
        "styles": f'<w:styles xmlns:w="{W}">{look.styles()}</w:styles>',
        "numbering": f'<w:numbering xmlns:w="{W}">{look.numbering()}</w:numbering>',
        "settings": SETTINGS,
        "fontTable": font_table(),
        **FURNITURE,
    }
    kinds = {name: re.sub(r"(Portrait|Landscape|Cover|Marking)$", "", name) for name in inner}
    links = {name: (f"{R}/{kind}", f"{name}.xml") for name, kind in kinds.items()}
    links["theme"] = (f"{R}/theme", "theme.xml")
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    types = {f"word/{name}.xml": f"{TYPES}.wordprocessingml.{kind}+xml" for name, kind in kinds.items()}
    types |= {
        "word/document.xml": f"{TYPES}.wordprocessingml.document.main+xml",
        "word/theme.xml": f"{TYPES}.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    parts = {
        "[Content_Types].xml": content_types(types),
        "_rels/.rels": relationships(
            {"document": (f"{R}/officeDocument", "word/document.xml"), "core": (core, "docProps/core.xml")}
        ),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
        "word/_rels/document.xml.rels": relationships(links),
        "word/_rels/fontTable.xml.rels": relationships(
            {name: (f"{R}/font", f"fonts/{name.lower()}.odttf") for name in FACES}
        ),
        "word/_rels/headerCover.xml.rels": relationships(
            {f"band-{ground}": (f"{R}/image", f"media/band-{ground}.png") for ground in BANDS}
        ),
        "word/document.xml": document(),
        "word/theme.xml": theme(),
        **{f"word/{name}.xml": content for name, content in inner.items()},
    }
    faces = {f"word/fonts/{name.lower()}.odttf": disguised(name) for name in FACES}
    dots = {f"word/media/band-{ground}.png": dot(ground) for ground in BANDS}
    return {name: (HEAD + content).encode() for name, content in parts.items()} | faces | dots


def content_types(types):
    ends = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    ends |= {"png": "image/png", "odttf": f"{TYPES}.obfuscatedFont"}
    default = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in ends.items())
    override = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return f'<Types xmlns="{PACKAGE}/content-types">{default}{override}</Types>'


def relationships(links):
    each = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{at}"/>' for id, (kind, at) in links.items())
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def write(path):
    """The reference document; the same bytes from the same script."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.comment = LOOK.digest.encode()
        for name, content in package().items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    write(Path(__file__).with_name("reference.docx"))
