# The front door. `make` alone lists what there is.
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
UV := .uv/bin/uv
export UV_PYTHON := python3
export UV_PYTHON_DOWNLOADS := never

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

site: $(VENV)/site ## Build site/ with its Word, ODT and PDF documents
	@$(BIN)/pswkdocs build

serve: $(VENV)/site ## Preview the site; it follows every change
	@$(BIN)/pswkdocs serve $(if $(PORT),--port $(PORT))

check: $(VENV)/site ## Find every mistake in the content
	@$(BIN)/pswkdocs check

schema: $(VENV)/site ## Tell editors' programs anew what may stand in content files
	@$(BIN)/pswkdocs schema

test: $(VENV)/test ## Run every check and test, a real browser included
	@sh tests/browser.sh
	@sh tests/editor.sh
	@sh tests/servers.sh
	@$(BIN)/ruff check src tests audit docs forge history
	@$(BIN)/ruff format --check src tests audit docs forge history
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -n auto --dist loadfile

audit: $(VENV)/audit ## Hold all that the site holds to independent checkers
	@sh audit/setup.sh
	@$(BIN)/python -m audit $(if $(AUDIENCE),--audience $(AUDIENCE))

look: $(VENV)/site ## Remake the Word and ODT reference documents from templates/tokens.yml
	@$(BIN)/python -B templates/word/make_reference.py
	@$(BIN)/python -B templates/odt/make_reference.py

review: $(VENV)/test ## Say what your commits change, as the comment on a pull request does
	@sh tests/browser.sh
	@$(BIN)/python -m forge.review $(if $(BASE),$(BASE))

versions: $(VENV)/site ## Put all that was published into published/, for any host
	@$(BIN)/pswkdocs export published

history: $(VENV)/site ## Publish the record in four versions, in build/history
	@$(BIN)/python history/publish.py

bench: $(VENV)/site ## Time builds of the real content: cold, unchanged, one field changed
	@$(BIN)/python tests/bench.py

clean: ## Delete what was built
	rm -rf build site published site-staff site-restricted

# The environment comes from uv.lock; uv itself from pip, so that Python is all a machine needs.
$(UV):
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pswkdocs needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@python3 -m venv .uv && .uv/bin/pip --quiet --disable-pip-version-check install uv

$(VENV)/site: pyproject.toml uv.lock | $(UV)
	@echo "Setting up, once"
	@$(UV) sync --quiet --frozen --no-default-groups --inexact
	@touch $@

$(VENV)/test: pyproject.toml uv.lock | $(UV)
	@echo "Setting up what tests need, once"
	@$(UV) sync --quiet --locked --inexact
	@touch $(VENV)/site $@

$(VENV)/audit: pyproject.toml uv.lock | $(UV)
	@echo "Setting up what the audit needs, once"
	@$(UV) sync --quiet --locked --group audit
	@touch $(VENV)/site $(VENV)/test $@

.PHONY: help site serve check schema test audit look review versions history bench clean
