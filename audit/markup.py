"""Pages as they are written: what the Nu checker and our own rules say, and links that lead nowhere."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pswkdocs.proof import pages as proof

from . import tools
from .checker import Checker, Site, Verdict, Verdicts, digest, itself, verdict
from .served import served

_HERE = Path(__file__)
_SERVED = _HERE.parent / "served.py"
_LINKS = _HERE.parent / "links.mjs"
# It asks this machine for pages only when it is allowed to.
_NU = (
    *("java", "-Xss2m", "-Dnu.validator.servlet.allow-forbidden-hosts=true"),
    *("-jar", tools.NODE / "vnu-jar/build/dist/vnu.jar"),
)
_DATA = re.compile(r'<script[^>]* type="application/(ld\+)?json"')


def _nu(site: Site, names: Sequence[str]) -> Verdicts:
    with served(site) as host:
        addresses = {host + site.address(name): name for name in names}
        told = nu("--html", list(addresses))
    return {name: verdict(told[address]) for address, name in addresses.items()}


def nu(language: str, places: Sequence[str]) -> defaultdict[str, list[str]]:
    """The errors and warnings of the Nu checker, by the file or address that it was handed."""
    ran = tools.run(*_NU, "--format", "json", "--exit-zero-always", language, *places)
    try:
        messages = json.loads(ran.stderr)["messages"]
    except json.JSONDecodeError as error:
        raise tools.failed("Nu", ran) from error
    told: defaultdict[str, list[str]] = defaultdict(list)
    for message in messages:
        if (message["type"] != "info" or message.get("subType") == "warning") and not _is_data(message):
            place = message["url"]
            place = unquote(urlsplit(place).path) if place.startswith("file:") else place
            if place not in places:
                raise tools.failed("Nu", ran)
            told[place].append(nu_says(message))
    return told


def _is_data(message: dict[str, Any]) -> bool:
    """Nu takes data within a page for a script that the page's policy would keep from running."""
    return "Inline script violates" in message["message"] and bool(_DATA.search(message.get("extract", "")))


def nu_says(message: dict[str, Any]) -> str:
    """A message of the Nu checker in one line."""
    kind = message.get("subType") or message["type"]
    where = f"line {message['lastLine']}, " if "lastLine" in message else ""
    return f"{where}{kind}: {message['message']}"


def _proof(site: Site, names: Sequence[str]) -> Verdicts:
    return {name: verdict(proof.faults((site.folder / name).read_bytes())) for name in names}


def _linkinator(site: Site, names: Sequence[str]) -> Verdicts:
    """All links and anchors; what stands on other hosts is not asked for."""
    with served(site) as host:
        ran = tools.run("node", _LINKS, host, site.own, *(host + site.address(name) for name in names))
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    if ran.returncode or len(told) != len(names):
        raise tools.failed("linkinator", ran)
    return {name: of_links(page, host) for name, page in zip(names, told, strict=True)}


def of_links(page: dict[str, Any], host: str) -> Verdict:
    """The verdict on one page's links."""
    return verdict(f"it links to {link.removeprefix(host)}, which is not there" for link in page["dead"])


def _leads(site: Site, name: str) -> str:
    """A verdict on a page's links holds as long as the page, all names of files and all anchors stay the same."""
    return digest(itself(site, name), site.places)


CHECKERS = (
    Checker(
        title="Nu Html Checker",
        judges="pages",
        rules="The HTML standard, errors and warnings",
        version=lambda: tools.node("vnu-jar"),
        judge=_nu,
        made_of=(_HERE,),
        batch=40,
    ),
    Checker(
        title="Rules of every build, pages",
        judges="pages",
        rules="Language, title, description, headings, tables, links, pictures",
        version=lambda: tools.package("pswkdocs"),
        judge=_proof,
        made_of=(_HERE, *sorted((tools.PROJECT / "src/pswkdocs/proof").glob("*.py"))),
        batch=40,
        ours=True,
    ),
    Checker(
        title="linkinator",
        judges="pages",
        rules="Every link and anchor of the site",
        version=lambda: tools.node("linkinator"),
        judge=_linkinator,
        made_of=(_HERE, _SERVED, _LINKS),
        holds=_leads,
    ),
)
