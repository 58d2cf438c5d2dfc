"""HTML → what pandoc can write. The only module that knows pandoc.

Pandoc runs in its sandbox: it reads nothing but the files that are handed to it here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import pypandoc

from .blocks import lost_cells
from .problems import BuildFailed, Problem, Span

VERSION = version("pypandoc-binary")
_PANDOC = Path(pypandoc.__file__).with_name("files") / ("pandoc.exe" if os.name == "nt" else "pandoc")


def convert(html: str, to: str, *, filters: Iterable[Path] = (), options: Iterable[str] = ()) -> bytes:
    """A document's HTML in another format; raises BuildFailed when pandoc refuses it or would lose a part."""
    if lost := list(lost_cells(html)):
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


def _said(error: RuntimeError) -> str:
    """What pandoc complains of: its last line, or the one before a filter's traceback."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    for line, following in pairwise(lines):
        if following == "stack traceback:":
            return line
    return lines[-1]
