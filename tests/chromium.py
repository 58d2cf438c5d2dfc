"""The browser for the tests: $CHROMIUM, the system's Chromium or Chrome, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

# It asks no other host for anything, and needs no sandbox of its own where tests run as root.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


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


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield browser
        browser.close()


if __name__ == "__main__":
    try:
        print(find())
    except LookupError as error:
        sys.exit(str(error))
