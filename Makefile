PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.PHONY: demo test lint types bench clean

$(RUN)/pramana: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pramana needs Python 3.11 or later; try: make PYTHON=python3.11 demo")'
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(RUN)/pramana

demo: $(RUN)/pramana  ## checks answers with typical mistakes and prints the annotated reports
	@$(RUN)/python -m tutor.demo

test: $(RUN)/pramana  ## the whole test suite
	$(RUN)/python -m pytest

lint: $(RUN)/pramana
	$(RUN)/ruff check .

types: $(RUN)/pramana
	$(RUN)/mypy

bench: $(RUN)/pramana  ## speed, beside math-verify in the same run
	$(RUN)/python -m pip install --quiet --disable-pip-version-check '.[bench]'
	$(RUN)/python -m tests.bench

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
