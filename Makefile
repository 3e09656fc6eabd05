# The two commands are `make demo` and `make test`. Every step leaves a stamp and is done again only when its inputs change.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test quick check clean web lock
.DELETE_ON_ERROR:
# Bytecode is kept: of the hundred processes that a run starts, each would read the whole house anew.
unexport PYTHONDONTWRITEBYTECODE

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 14

demo: web  ## try Vivier out with invented people; Ctrl-C stops everything
	@exec $(BIN)/vivier demo

test: check web $(VENV)/.chromium  ## install what the tests need and run every test
	@$(BIN)/pytest

quick: $(VENV)/.dev  ## while one works: rules, verbs, handlers and house rules, in a few minutes
	@$(BIN)/pytest -m "not browser and not slow and not own_database" $(addprefix --ignore=tests/,attacks faults stories)

check: $(VENV)/.dev  ## lint, types, contracts and house rules, in under a minute
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/check.sh

web: $(VENV)/.runtime node_modules/.ready  ## build the web, if anything it is made of has changed
	@$(BIN)/python scripts/build_web.py

lock: $(VENV)/.dev  ## pin again what pyproject.toml asks for
	@$(BIN)/python scripts/lock.py

clean:  ## remove all that was installed or built; the data folder stays
	rm -rf $(VENV) .web node_modules .tools build dist .*_cache .hypothesis

$(VENV)/.runtime: requirements.lock pyproject.toml
	@PYTHON="$(PYTHON)" scripts/install_python.sh $(VENV) requirements.lock
	@touch $@

# After the runtime, never beside it: two pips in one environment get in each other's way.
$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@PYTHON="$(PYTHON)" scripts/install_python.sh $(VENV) requirements-dev.lock
	@touch $@

$(VENV)/.chromium: $(VENV)/.dev
	@scripts/install_chromium.sh $(VENV)
	@touch $@

node_modules/.ready: package.json package-lock.json .npmrc
	@scripts/install_node.sh
	@touch $@
