# make run: build .venv, install, serve on 127.0.0.1:8000.  make test: install what tests need, run them.
PYTHON ?= python3
BIN := .venv/bin
# The requirements files are whole, so nothing is resolved: pip as Debian has it takes minutes over that.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

.PHONY: run install test test-install explore lint types bench bench-pages bench-styles bench-library bench-http bench-frontpage clean

run: install
	$(BIN)/tearsheet serve

install: .venv/.installed

.venv/.installed: pyproject.toml requirements.txt
	$(PYTHON) -m venv .venv
	$(PIP) -r requirements.txt
	$(PIP) -e .
	touch $@

test-install: .venv/.test-installed

.venv/.test-installed: .venv/.installed requirements-test.txt
	$(PIP) -r requirements-test.txt
	touch $@

test: test-install
	# by file: what a file starts once it shares, and the tests of a page of commands run in their order
	$(BIN)/python -m pytest -n 2 --dist loadfile

# Requests that no run before has drawn, against a served service; the report names the seed to draw them again.
explore: test-install
	CI=true SEED=$$(date +%s) $(BIN)/python -m pytest tests/contract -k served_service

lint: test-install
	$(BIN)/ruff check .

types: test-install
	$(BIN)/mypy

# Rendering beside citeproc-js (needs node and npm) and citeproc-py, one run, CPU time.
bench: test-install
	$(BIN)/python -m benchmarks.rendering

# Pages of ../shared/pages read from HTML and from text, beside trafilatura, htmldate and newspaper4k.
bench-pages: test-install
	$(BIN)/python -m benchmarks.pages

# Every independent CSL style compiles and renders thirty varied items; every dependent one resolves.
bench-styles: test-install
	$(BIN)/python -m benchmarks.all_styles --jobs 2

# The library with 2,000 and 200,000 articles; /cite over HTTP beside a bare route (needs wrk).
bench-library: test-install
	$(BIN)/python benchmarks/library.py

bench-http: test-install
	$(BIN)/python -m benchmarks.http

# From the paste to the citation in a real Chromium, and how long a megabyte holds the page up.
bench-frontpage: test-install
	$(BIN)/python -m benchmarks.frontpage

clean:
	rm -rf .venv
