"""HTML → what pandoc can write. The only module that knows pandoc.

Pandoc runs in its sandbox: it reads nothing but the files that are handed to it here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import pypandoc
from lxml import html as markup

from .problems import BuildFailed, Problem, Span

VERSION = version("pypandoc-binary")
_PANDOC = Path(pypandoc.__file__).with_name("files") / ("pandoc.exe" if os.name == "nt" else "pandoc")


def convert(html: str, to: str, *, filters: Iterable[Path] = (), options: Iterable[str] = ()) -> bytes:
    """A document's HTML in another format; raises BuildFailed when pandoc refuses it or would lose a part."""
    if lost := list(_lost(html)):
        raise BuildFailed(lost)
    with tempfile.TemporaryDirectory(prefix="pswkdocs-") as folder:
        result = Path(folder, "result")
        os.environ["PYPANDOC_PANDOC"] = str(_PANDOC)  # else it takes the newest that is installed anywhere
        try:
            pypandoc.convert_text(
                html,
                to,
                format="html",
                outputfile=str(result),
                extra_args=[*(f"--lua-filter={path}" for path in filters), *options],
                sandbox=True,
            )
        except RuntimeError as error:
            raise BuildFailed([Problem(Span("templates", 0), f"pandoc cannot make {to}: {_said(error)}")]) from error
        except OSError as error:
            way_out = "Run `make site` again: it installs what is missing."
            raise BuildFailed([Problem(Span("pandoc", 0), f"pandoc cannot run: {error.strerror}", way_out)]) from error
        return result.read_bytes()


def _lost(html: str) -> Iterator[Problem]:
    """Tables of which pandoc would drop cells without a word."""
    for table in markup.fragment_fromstring(html, create_parent="div").iter("table"):
        name = f"the table “{' '.join(table.findtext('caption', '').split())}”"
        columns = int(table.xpath("count(.//col)"))
        rows = [int(row.xpath("count(th | td)")) for row in table.iter("tr")]
        hint = "Write one <col> for each header, and one cell for each header in every row."
        if table.xpath(".//@colspan | .//@rowspan"):
            message = f"{name} joins cells with colspan or rowspan, which no document can show"
        elif columns and rows and columns != rows[0]:
            message = f"{name} has {columns} <col> in its <colgroup>, but {rows[0]} headers"
        elif len(set(rows)) > 1:
            other = next(count for count in rows if count != rows[0])
            message = f"{name} has {rows[0]} headers, but a row of {other} cells"
        else:
            continue
        yield Problem(Span("templates", 0), message, hint)


def _said(error: RuntimeError) -> str:
    """What pandoc complains of: its last line, or the one before a filter's traceback."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    for line, following in pairwise(lines):
        if following == "stack traceback:":
            return line
    return lines[-1]
