# Two commands: `make run` sets up and translates seeds/, `make test` sets up and checks everything.
PYTHON ?= python3
VENV ?= .venv

.PHONY: run test recipe clean

run: $(VENV)/installed
	$(VENV)/bin/bitrans translate seeds/

test: $(VENV)/installed-dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet .
	touch $@

$(VENV)/installed-dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --editable '.[dev]'
	touch $@ $(VENV)/installed

# The whole training recipe on a small sample; needs the extra, which takes a minute to install.
recipe: $(VENV)/installed-train
	rm -rf out/recipe
	$(VENV)/bin/python -m training.sample out/recipe
	$(VENV)/bin/python -m pytest tests/test_training.py tests/test_candidates.py

$(VENV)/installed-train: $(VENV)/installed-dev
	$(VENV)/bin/python -m pip install --quiet --editable '.[dev,train]'
	touch $@

clean:
	rm -rf $(VENV) out
