#!/bin/sh
# Makes sure that the checkers of `make audit` are there: Debian's packages where we may install them, and npm's
# in .audit/. Python's came with the project's environment. A second call finds all in place.
set -u

sh tests/browser.sh || exit 1

# A command, and the package of Debian's that brings it.
needed="java:openjdk-17-jdk-headless javac:openjdk-17-jdk-headless qpdf:qpdf soffice:libreoffice-writer-nogui"

missing() {
    for pair in $needed; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || echo "$pair"
    done
}

packages=$(missing | sed 's/.*://' | sort -u)
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing from Debian's packages:" $packages
    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $packages fonts-liberation >/dev/null
fi
commands=$(missing | sed 's/:.*//' | sort -u | xargs)
if [ -n "$commands" ]; then
    echo "The audit needs these commands: $commands. Install them (on Debian: apt-get install" "$(missing | sed 's/.*://' | sort -u | xargs)), and run make audit again." >&2
    exit 1
fi
if [ "$(uname -sm)" != "Linux x86_64" ]; then
    echo "The audit runs on Linux on x86-64 alone: Microsoft's own validator of Word files comes for it from npm." >&2
    exit 1
fi
if ! command -v npm >/dev/null || ! node -e 'process.exitCode = Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0' 2>/dev/null; then
    echo "The audit needs Node.js 20 or newer, with npm: install it, and run make audit again." >&2
    exit 1
fi

# The scripts of packages stay unrun: one of them would fetch a Java of its own.
if ! cmp -s audit/package-lock.json .audit/package-lock.json || [ ! -e .audit/ready ]; then
    echo "Installing the checkers from npm, once"
    mkdir -p .audit && rm -f .audit/ready && cp audit/package.json audit/package-lock.json .audit/ &&
        (cd .audit && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && touch .audit/ready || {
        echo "The audit's checkers could not be installed from npm: look at what it says above, and run make audit again." >&2
        exit 1
    }
fi
