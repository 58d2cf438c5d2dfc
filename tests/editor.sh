#!/bin/sh
# Makes sure that the yaml-language-server is there for the tests of schema/: npm's, in .editor/.
set -u

if ! command -v npm >/dev/null || ! node -e 'process.exitCode = Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0' 2>/dev/null; then
    echo "The tests need Node.js 20 or newer, with npm: install it, and run make test again." >&2
    exit 1
fi
if ! cmp -s tests/editor/package-lock.json .editor/package-lock.json || [ ! -e .editor/ready ]; then
    echo "Installing the yaml-language-server from npm, once"
    mkdir -p .editor && rm -f .editor/ready && cp tests/editor/package.json tests/editor/package-lock.json .editor/ &&
        (cd .editor && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && touch .editor/ready || {
        echo "The yaml-language-server could not be installed from npm: look at what it says above, and run make test again." >&2
        exit 1
    }
fi
