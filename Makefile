# make demo   everything from nothing: install, crawl the bundled sample council, serve the search site
# make test   lint, types, import contracts, tests, the README's own commands
# make score  how well minutes are read, against what a careful reader reads
# make mutations   whether the cases notice when a rule of the reading is broken
# make fuzz   hostile input for a minute (SECONDS=600: ten), guided by what it reaches; then the patterns' own words
# make bench  the measurements of benchmarks/README.md
# make topics  how well items' topics are told, beside two hundred items read by hand
# make relevance  whether eighty judged queries find what they should, beside SQLite FTS5
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
GROWTH := tests/test_hostile_growth.py
LIMITS := tests/test_hostile.py
BUILD_FILES := pyproject.toml hatch_build.py package.json package-lock.json $(wildcard web/styles/*)

.PHONY: demo test lint score mutations fuzz bench relevance topics coverage manual clean
.DELETE_ON_ERROR:

demo: $(READY)
	@$(BIN)/minutebook demo

test: lint
	@$(BIN)/coverage run -m pytest -q -m "not browser and not docs and not install" --ignore=tests/faults --ignore=tests/kill $(GROWTH:%=--ignore=%) $(LIMITS:%=--ignore=%)
	@printf "Coverage of archive, crawler and index, in per cent (95 at the least): "
	@$(BIN)/coverage report --include="archive/*,crawler/*,index/*" --format=total --fail-under=95
	@$(BIN)/python -m pytest -q $(LIMITS)
	@$(BIN)/python -m pytest -q -n 3 tests/faults tests/kill
	@$(BIN)/python -m pytest -q -m "browser or docs or install"

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

coverage: $(READY)
	@$(BIN)/coverage report --include="archive/*,crawler/*,index/*" --show-missing --skip-covered

score: $(READY)
	@$(BIN)/python tests/score.py

mutations: $(READY)
	@$(BIN)/python tests/mutations.py

SECONDS ?= 60
fuzz: $(READY)
	@$(BIN)/python -m pip install -q --group fuzz
	@$(BIN)/python tests/fuzz/readers.py --seconds $(SECONDS)
	@$(BIN)/python -m pytest -q $(GROWTH)

bench: $(READY)
	@$(BIN)/python benchmarks/run.py

topics: $(READY)
	@$(BIN)/python tests/topics_judged.py

relevance: $(READY)
	@$(BIN)/python tests/relevance.py

# Debian keeps `venv` in a package of its own: installed here where we may, named where we may not.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Minutebook needs Python 3.11 or newer: $(PYTHON) is $$($(PYTHON) -V)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; } \
	  || { echo "This Python has no venv: run 'apt-get install python3-venv' as root, then make again" >&2; exit 1; }
	@echo "Making the virtual environment (.venv) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --upgrade "pip>=25.1"

$(READY): .venv/bin/python $(BUILD_FILES)
	@echo "Installing Minutebook and what it needs (about a minute the first time) ..."
	@$(BIN)/python -m pip install -q --editable . --group dev
	@touch $@

manual: $(READY)
	@$(BIN)/python -c "from web.cli import cli; from web.manual import manual; print(manual(cli), end='')" > docs/commands.md

clean:
	rm -rf .venv dist web/static/govuk node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
