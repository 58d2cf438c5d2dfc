"""Makes reference.docx, the look of every Word document: its styles are in styles.py, its pages and colours here.

Run it after a change: `python templates/word/make_reference.py`. All three files are committed; a test holds them
together.
"""

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import styles as look
from styles import COVER_MARGIN, LENGTH, MARGIN, WIDTH

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
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


# Left out where a document is for everybody.
MARKING = line("Marking", run("{marking}"))
TAB = "<w:r><w:tab/></w:r>"
HEADER = run("{title}") + TAB + run("{sign}", "SignMark")
FOOTER = run("{running}") + TAB + run("Page ") + field("PAGE") + run(" of ") + field("{last}", "{uncounted}")
FURNITURE = {
    "headerPortrait": part("hdr", MARKING, line("Header", HEADER)),
    "headerLandscape": part("hdr", MARKING, line("HeaderLandscape", HEADER)),
    "headerMarking": part("hdr", MARKING),
    "footerPortrait": part("ftr", line("Footer", FOOTER), MARKING),
    "footerLandscape": part("ftr", line("FooterLandscape", FOOTER), MARKING),
    "footerMarking": part("ftr", MARKING),
}


# --- pages ---


def page(width, length, margins=(1418, MARGIN, 1247, MARGIN), distance=680, first=None, **every):
    """A kind of page: its header and footer on every page, and on the first page where these are others."""
    named = [(kind, "default", name) for kind, name in every.items()]
    named += [(kind, "first", name) for kind, name in (first or {}).items()]
    links = "".join(f'<w:{part}Reference w:type="{kind}" r:id="{name}"/>' for part, kind, name in named)
    turned = ' w:orient="landscape"' if width > length else ""
    around = " ".join(f'w:{side}="{at}"' for side, at in zip(("top", "right", "bottom", "left"), margins, strict=True))
    return (
        f'<w:sectPr>{links}<w:pgSz w:w="{width}" w:h="{length}"{turned}/><w:pgMar {around} '
        f'w:header="{distance}" w:footer="567" w:gutter="0"/>{"<w:titlePg/>" if first else ""}</w:sectPr>'
    )


UPRIGHT = {"header": "headerPortrait", "footer": "footerPortrait"}
MARKED = {"header": "headerMarking", "footer": "footerMarking"}
PAGES = {
    "cover": page(WIDTH, LENGTH, (COVER_MARGIN,) * 4, distance=454, **MARKED),
    "portrait": page(WIDTH, LENGTH, **UPRIGHT),
    "landscape": page(LENGTH, WIDTH, (1304, MARGIN, 1134, MARGIN), header="headerLandscape", footer="footerLandscape"),
    "leaflet": page(
        WIDTH, LENGTH, (1134, MARGIN, 1134, MARGIN), first=UPRIGHT | {"header": "headerMarking"}, **UPRIGHT
    ),
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
    accents = (look.DEEP, look.TEAL, look.GOLD, look.BRICK, look.MUTED, look.RULE)
    named = {"dk1": look.INK, "lt1": "FFFFFF", "dk2": look.DEEP, "lt2": look.TINT}
    named |= {f"accent{n}": color for n, color in enumerate(accents, 1)} | {"hlink": look.LINK, "folHlink": look.LINK}
    colors = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in named.items())
    arial = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    fonts = f"<a:majorFont>{arial}</a:majorFont><a:minorFont>{arial}</a:minorFont>"
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
    f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="{look.STEP}"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/>'
    f"<w:clrSchemeMapping {MAPPING}/>"
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
FONT = '<w:font w:name="Arial"><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'


def package():
    """Every part of the file, by name."""
    inner = {
        "styles": f'<w:styles xmlns:w="{W}">{look.styles()}</w:styles>',
        "numbering": f'<w:numbering xmlns:w="{W}">{look.numbering()}</w:numbering>',
        "settings": SETTINGS,
        "fontTable": f'<w:fonts xmlns:w="{W}">{FONT}</w:fonts>',
        **FURNITURE,
    }
    kinds = {name: re.sub(r"(Portrait|Landscape|Marking)$", "", name) for name in inner}
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
        "word/document.xml": document(),
        "word/theme.xml": theme(),
        **{f"word/{name}.xml": content for name, content in inner.items()},
    }
    return {name: HEAD + content for name, content in parts.items()}


def content_types(types):
    ends = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    ends["png"] = "image/png"
    default = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in ends.items())
    override = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return f'<Types xmlns="{PACKAGE}/content-types">{default}{override}</Types>'


def relationships(links):
    each = "".join(f'<Relationship Id="{id}" Type="{kind}" Target="{at}"/>' for id, (kind, at) in links.items())
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def write(path):
    """The reference document; the same bytes from the same script."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in package().items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    write(Path(__file__).with_name("reference.docx"))
