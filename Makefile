# One command for each thing a person does. Everything runs from .venv, which `make install` makes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install demo test lint check bench screenshots lock

install: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Drumbeat needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@echo "Fetching what Drumbeat is made of and tested with, half a gigabyte. That takes a minute or two, in silence."
	@$(PYTHON) -m venv --clear $(VENV) || { echo "Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: install
	@$(BIN)/drumbeat demo

test: install
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

# The layers of the architecture are checked by the tests.
lint: install
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

check: lint test

bench: install
	@$(BIN)/python -m tests.benchmarks

# The pictures of the README and of the installation guide's terminals, taken anew in the demo.
screenshots: install
	@$(BIN)/python -m docs.screenshots
	@$(BIN)/python -m docs.terminals

# Resolves the newest allowed versions again; the files hold hashes and name no index.
lock: install
	$(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra demo --group dev pyproject.toml -o requirements-dev.lock --quiet
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements-dev.lock pyproject.toml -o requirements.lock --quiet
	echo hatchling | $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements-dev.lock - -o requirements-build.lock --quiet
