VENV := .venv
PYTHON := $(VENV)/bin/python

.PHONY: test
test: $(VENV)/installed ## set up and run the tests
	$(PYTHON) -m pytest -q

$(VENV)/installed: requirements/dev.lock pyproject.toml
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install -q --require-hashes -r requirements/dev.lock
	$(PYTHON) -m pip install -q --no-deps --no-build-isolation -e .
	touch $@
