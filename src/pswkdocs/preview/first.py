"""The pages that somebody looks at, made before all others."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from .. import proof, site, store
from ..config import Config
from ..downloads import documents
from ..pipeline import faulty, planned, read
from ..render import Renderer
from ..store import Store


def put_in(config: Config, addresses: Collection[str]) -> bool:
    """Put new pages for those of some addresses into the site that stands; the rest of it stays as it was.

    Says whether there were any. Files of data and documents are not made for it: the last ones stand for them.
    """
    if not addresses or not config.site.is_dir() or not config.pages.is_dir():
        return False
    content, _ = read(config)
    data = {f"data/{name}": file for name, file in store.contents(config.site / "data").items()}
    edition = planned(config, content, data)
    renderer = Renderer(config.templates, config.work)
    downloads = tuple(documents(edition, renderer, replace(config, hurry=True)))
    wanted = {page for page in edition.pages if page.url in addresses}
    unknown = {page for page in edition.pages if not (config.pages / page.path).is_file()}
    texts = {page.path: renderer.page(page, edition, downloads).encode() for page in wanted | unknown}
    with tempfile.TemporaryDirectory(prefix="first-", dir=config.work) as folder:
        pages, made = Path(folder, "pages"), Path(folder, "site")
        shutil.copytree(config.pages, pages)
        store.write(pages, texts)
        site.write_some(config.settings, pages, made, edition, config.work, wanted)
        files = {f"{page.url}index.html": (made / page.url / "index.html").read_bytes() for page in wanted}
    faulty([(name, fault) for name, data in files.items() for fault in proof.pages.faults(data)], edition)
    Store(config.work).change(config.site, files)
    return bool(files)
