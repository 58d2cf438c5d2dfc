#!/bin/sh
# Makes sure that a Chromium is there for the browser tests: the one that $CHROMIUM names, the system's,
# Debian's package where we may install it, else Playwright's own.
set -u
python=.venv/bin/python

found() { "$python" tests/chromium.py >/dev/null 2>&1; }

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium from Debian's packages"
    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null
fi
found && exit 0
echo "Installing Playwright's Chromium"
.venv/bin/playwright install chromium
found && exit 0
echo "The browser tests need Chromium, and it could not be installed: install it, or name it in CHROMIUM=/path/to/chromium." >&2
exit 1
