#!/bin/sh
# Sets up the program and finds every mistake in the content, marked on the lines of a pull request.
set -eu
make -s .venv/site
.venv/bin/pswkdocs check --format "${FORMAT:-github}"
