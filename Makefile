# Clausewise: `make run` starts it, `make test` tests it; both do all their own set-up. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# Not taken from the environment, where some shells and tools keep other things under this name.
HOST := 127.0.0.1
PORT ?= 8000
CORPUS ?= corpus
DATA ?= var
VENV ?= .venv
# A folder made by `make wheelhouse`: install from it alone, with no network.
WHEELHOUSE ?=
# Another build of torch, in the words of pip: a requirement, a wheel file or an address.
TORCH ?=
# More for pytest, such as ARGS='tests/ingest -k dates'.
ARGS ?=

PIP_VERSION := 26.3
LOCKED_FOR := python3.11 on linux x86_64

# The first Python that starts and is new enough.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
FROM := $(if $(WHEELHOUSE),--no-index --find-links '$(abspath $(WHEELHOUSE))')
LOCAL := --no-deps --no-build-isolation
CLAUSEWISE := $(BIN)/clausewise
WHERE := --data '$(DATA)' --corpus '$(CORPUS)'
# Nothing here asks a model hub or sends usage statistics, and threads beyond the cores only slow things down.
QUIET := HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 TOKENIZERS_PARALLELISM=false ANONYMIZED_TELEMETRY=False

.PHONY: help
help: ## list the commands
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
		|| sed -nE 's/^([a-z]+):.*## (.*)/make \1: \2/p' $(MAKEFILE_LIST)

.PHONY: run
run: $(VENV)/installed ## set up, ingest the corpus, serve the page on http://HOST:PORT
	@$(QUIET) $(CLAUSEWISE) ingest $(WHERE) || [ $$? -eq 1 ] # 1: a file was left out, and told; the others are served
	@$(QUIET) $(CLAUSEWISE) serve $(WHERE) --host '$(HOST)' --port '$(PORT)'

.PHONY: test
test: $(VENV)/installed-test programs ## set up what the tests need and run all of them
	@$(QUIET) OMP_NUM_THREADS=1 $(BIN)/python -m pytest $(ARGS)

.PHONY: lint
lint: $(VENV)/installed-test ## style, types and imports alone
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

.PHONY: eval
eval: $(VENV)/installed ## ask every case and compare with the gate
	@$(QUIET) $(CLAUSEWISE) eval $(WHERE) $(ARGS)

.PHONY: bench
bench: $(VENV)/installed ## speed and accuracy at length
	@$(QUIET) $(CLAUSEWISE) bench $(WHERE) $(ARGS)

# Chromium for the tests of the page, Tesseract for those of scans.
PROGRAMS := chromium fonts-dejavu-core tesseract-ocr
HAVE_PROGRAMS := command -v chromium chromium-browser google-chrome >/dev/null && command -v tesseract >/dev/null

.PHONY: programs
programs: $(VENV)/installed-test
	@if $(HAVE_PROGRAMS); then exit 0; fi; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo='sudo -n'; \
	if command -v apt-get >/dev/null && { [ -z "$$sudo" ] || $$sudo true 2>/dev/null; }; then \
		echo 'Installing Chromium and Tesseract for the tests ...'; \
		if ! { $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends $(PROGRAMS); } >$(VENV)/programs.log 2>&1; \
		then tail -n 5 $(VENV)/programs.log; fi; \
	fi; \
	if ! { $(HAVE_PROGRAMS); }; then \
		echo 'Chromium or Tesseract is missing and could not be installed here: install them (Debian: apt-get install'; \
		echo '$(PROGRAMS)) and type make test again. Without them their tests are skipped, and fail where CI=true.'; \
	fi

.PHONY: wheelhouse
wheelhouse: $(VENV)/runtime.txt ## download all that make run and make test install, for a machine with no network
	@mkdir -p wheelhouse
	@$(PIP) wheel -qq -w wheelhouse 'pip==$(PIP_VERSION)' $(if $(TORCH),'$(TORCH)') -r $(VENV)/runtime.txt
	@grep -v '^-r ' requirements-test.lock | $(PIP) wheel -qq -w wheelhouse -c $(VENV)/runtime.txt -r /dev/stdin
	@du -sh wheelhouse
	@echo 'Take this folder along and type: make run WHEELHOUSE=wheelhouse'

.PHONY: lock
lock: ## resolve pyproject.toml anew and write requirements*.lock
	@rm -rf .venv-lock
	@$(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip install -qq -U 'pip==$(PIP_VERSION)'
	@.venv-lock/bin/python -m pip install -qq -e .
	@{ echo '# What the product needs, as tested. Written by `make lock` for $(LOCKED_FOR).'; $(FREEZE); } >requirements.lock
	@.venv-lock/bin/python -m pip install -qq -e '.[test]' -c requirements.lock
	@{ echo '# What the tests need besides. Written by `make lock` for $(LOCKED_FOR).'; echo '-r requirements.lock'; \
		$(FREEZE) | grep -vxFf requirements.lock; } >requirements-test.lock
	@rm -rf .venv-lock
	@wc -l requirements.lock requirements-test.lock

# Builds of torch differ from place to place, so its local version (+cpu and the like) stays out.
FREEZE = .venv-lock/bin/python -m pip freeze --all --exclude-editable | grep -vE '^(pip|wheel)==' | sed -E 's/\+.*//'

.PHONY: clean
clean: ## remove the index, the caches and the virtual environment
	rm -rf '$(DATA)' $(VENV) .venv-lock build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up: each step leaves a stamp in the virtual environment and is done again when what it stands on changes

$(VENV)/pip:
ifeq ($(PYTHON),)
	@echo 'Clausewise needs Python 3.11 or later; none was found. Install one, or name it: make run PYTHON=/path/to/python3.11' >&2
	@exit 2
else
	@found=$$('$(PYTHON)' -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || found='no Python that starts'; \
	case "$$found" in 3.1[1-9]|3.[2-9][0-9]) ;; *) \
		echo "$(PYTHON) is $$found; Clausewise needs 3.11 or later. Name one: make run PYTHON=/path/to/python3.11" >&2; \
		exit 2;; esac
	@echo "Setting up $(VENV) with $$($(PYTHON) --version); the first time takes a few minutes ..."
	@$(PYTHON) -m venv $(VENV) \
		|| { echo 'The module venv is missing (Debian: apt-get install python3-venv).' >&2; rm -rf $(VENV); exit 2; }
	@$(PIP) install -qq $(FROM) -U 'pip==$(PIP_VERSION)'
	@touch $@
endif

# The lock, less torch when another build of it was asked for.
$(VENV)/runtime.txt: requirements.lock $(VENV)/pip
	@grep -v '$(if $(TORCH),^torch==,^$$)' requirements.lock >$@

$(VENV)/installed: $(VENV)/runtime.txt pyproject.toml
	@$(if $(TORCH),$(PIP) install -qq $(FROM) '$(TORCH)')
	@$(PIP) install -qq $(FROM) -r $(VENV)/runtime.txt
	@$(PIP) install -qq $(FROM) $(LOCAL) -e .
	@touch $@

$(VENV)/installed-test: requirements-test.lock $(VENV)/installed
	@grep -v '^-r ' requirements-test.lock >$(VENV)/test.txt
	@$(PIP) install -qq $(FROM) -r $(VENV)/test.txt
	@touch $@
