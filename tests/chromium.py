"""Where the browser for the tests is: $CHROMIUM, the system's Chromium or Chrome, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright


def find() -> str:
    """The path of a Chromium; raises LookupError with the way out when there is none."""
    if named := os.environ.get("CHROMIUM"):
        if not Path(named).is_file():
            raise LookupError(f"CHROMIUM names {named}, which is not there")
        return named
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).is_file():
        return own
    raise LookupError("no Chromium was found: run `make test`, which installs it, or name one in CHROMIUM")


if __name__ == "__main__":
    try:
        print(find())
    except LookupError as error:
        sys.exit(str(error))
