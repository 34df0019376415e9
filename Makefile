# Each target says in one line what it does; `make help` prints them.
PYTHON ?= python3
PYTEST = .venv/bin/python -m pytest
# Rules, lifecycles and acts on SQLite. PostgreSQL, commands, printed documents and whole stories are
# for `make test`.
DOMAIN = tests/rules tests/lifecycles tests/acts tests/house \
  -m "not slow" -k "not postgresql and not test_cli and not test_documents"
# Two processes for tests; more only pays on more cores.
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup run test check lint bench soak docs lock

# This list
help:
	@awk '/^# /{said=substr($$0,3)} /^[a-z]+:/{sub(":.*","");printf "  make %-7s %s\n",$$0,said}' Makefile

# Install everything into .venv from requirements.lock (nothing to do when it is current)
setup: .venv/.installed

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Mandate needs Python 3.11 or newer, and $(PYTHON) is older or missing. Say which: make setup PYTHON=python3.12"; exit 1; }
	@test -x .venv/bin/pip || $(PYTHON) -m venv .venv || { \
	  echo "$(PYTHON) could not make an environment. On Debian: apt-get install python3-venv"; exit 1; }
	@echo "Installing into .venv: about a minute on a fresh machine."
	@.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The whole of Mandate with a demonstration organisation; Ctrl-C stops it
run: setup
	@exec .venv/bin/mandate run

# Everything: lint, types, floors and all tests, on SQLite and PostgreSQL, Prefect, Chromium and SMTP
test: setup lint
	$(PYTEST) -n $(WORKERS) --dist worksteal

# The quick part, under 90 seconds: lint, types, floors, domain tests on SQLite
check: setup lint
	$(PYTEST) -q -n $(WORKERS) --dist worksteal $(DOMAIN)

# Lint, format, types and floors only
lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# Measure speed, beside peers where there are any
bench: setup
	.venv/bin/python benchmarks/run.py
	.venv/bin/python benchmarks/documents.py

# Kill, stall and flood what runs, and see that nothing is lost (minutes)
soak: setup
	.venv/bin/python benchmarks/soak.py

# Write the generated parts of the documentation
docs: setup
	.venv/bin/python docs/generate.py
	.venv/bin/python docs/documents.py
	.venv/bin/python docs/decision_rules.py

# Renew requirements.lock from the ranges in pyproject.toml (needs uv)
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" -o requirements.lock
