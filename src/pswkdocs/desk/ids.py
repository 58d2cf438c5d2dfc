"""The ids of all records, as fast as they can be had: for what must not wait until all content is read."""

from __future__ import annotations

import re
from pathlib import Path

# The line of an id, also the first of an entry; `was:` names one that must not come back.
_ID = re.compile(r"""^([ -]*)(id|was): *["']?([a-z][a-z0-9/-]*)["']? *\r?$""", re.MULTILINE)


def keys(content: Path, *, gone: bool = False) -> dict[str, str]:
    """The ids in full, as in `vital-5/diagnosed`, each with its file; with `gone` also those no longer in use."""
    found: dict[str, str] = {}
    for path in sorted(content.rglob("*.yml")):
        shown = path.relative_to(content.parent).as_posix()
        held = _ID.findall(path.read_bytes().decode("utf-8-sig", errors="replace"))
        own = next((id for before, name, id in held if not before and name == "id"), path.stem)
        for before, name, id in held:
            if name == "was" and gone:
                found.setdefault(id, shown)
            elif name == "id":
                found.setdefault(f"{own}/{id}" if before else own, shown)
    return found
