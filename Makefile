# Sunward. `make help` lists what there is.

PORT ?= 8000
PYTHON ?= python3
JOBS ?= auto
VENV := .venv
BIN := $(VENV)/bin

# uv brings certificate roots of its own; a district's network may have its own authority.
export UV_SYSTEM_CERTS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where it is set, every start compiles Django and the whole house anew: two seconds, half a minute for the tests.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: install run test suite bench check format messages lock help

install: $(VENV)/runtime.installed ## set up the environment, start nothing

run: $(VENV)/runtime.installed ## set up and serve the demo district on http://127.0.0.1:8000 (PORT=… to change it)
	@$(BIN)/sunward run --port $(PORT)

test: check suite ## all checks, then the whole suite on SQLite, and on PostgreSQL if SUNWARD_TEST_DATABASE_URL is set

suite: $(VENV)/dev.installed ## the suite alone, on both databases, with one process per core (JOBS=1 to change it)
	@echo "── the suite on SQLite"
	@env -u SUNWARD_TEST_DATABASE_URL $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal
	@if [ -n "$$SUNWARD_TEST_DATABASE_URL" ]; then \
		echo "── the suite on PostgreSQL"; $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal; \
	elif [ -n "$$SUNWARD_FORBID_SKIPS" ]; then \
		echo "PostgreSQL must not be skipped here: set SUNWARD_TEST_DATABASE_URL." >&2; exit 1; \
	else \
		echo "SKIPPED the suite on PostgreSQL: SUNWARD_TEST_DATABASE_URL is not set."; \
	fi

check: $(VENV)/dev.installed ## ruff, djLint, the floors (import-linter) and mypy --strict
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "make format would change these files." >&2; exit 1; }
	@$(BIN)/djlint src --lint --quiet
	@report=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$report"; exit 1; }
	@$(BIN)/mypy

format: $(VENV)/dev.installed ## let ruff put the code in order
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

bench: $(VENV)/dev.installed ## run every benchmark (ONLY=name for one), each prints its ratios
	@$(BIN)/python -m bench $(ONLY)

messages: $(VENV)/dev.installed ## bring new sentences into every app's catalogue (needs gettext)
	@$(BIN)/python -m sunward.web.catalogues --collect

lock: $(VENV)/dev.installed ## resolve requirements/*.in again into the hashed locks
	@for name in runtime dev; do \
		$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
			--python-version 3.11 requirements/$$name.in -o requirements/$$name.lock || exit 1; \
	done

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 \2/p' $(MAKEFILE_LIST) | awk '{ printf "  make %-10s", $$2; $$1 = $$2 = ""; print }'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Sunward needs Python 3.11 or newer: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null \
		|| { rm -rf $(VENV); echo "No virtual environment could be made. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# uv is quicker; whatever keeps it from working, pip reads the same hashed lock.
$(VENV)/%.installed: requirements/%.lock pyproject.toml | $(BIN)/python
	@echo "Installing requirements/$*.lock …"
	@{ { [ -x $(BIN)/uv ] || $(BIN)/python -m pip -qq install uv; } \
		&& $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $<; } >/dev/null 2>&1 \
		|| $(BIN)/python -m pip -qq install --require-hashes -r $<
	@$(BIN)/python -m pip -qq install --no-deps --no-build-isolation -e .
	@touch $@
