# Quotidian: every verb makes what it needs. `make help` lists them.

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?=
INDEX  ?= .quotidian
CORPUS ?= seeds
HOST   ?=
PORT   ?=
WORKERS ?= 2

PIP     := $(BIN)/python -m pip --disable-pip-version-check install --constraint constraints.txt
READY   := $(VENV)/.ready
TOOLS   := $(VENV)/.ready-dev
RESULTS := test-output

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install serve test check faults test-milvus bench clean

help: ## list these verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1  \2/p' $(MAKEFILE_LIST)

install: $(READY) ## make .venv ready to serve, and no more

serve: $(READY) ## index seeds/ if there is no index yet, then serve the chat page
	@test -e $(INDEX)/CURRENT || $(BIN)/quotidian build $(CORPUS) --index $(INDEX)
	@$(BIN)/quotidian serve --index $(INDEX) $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: check ## run the checks and every test, the browser's included, on two cores
	@mkdir -p $(RESULTS)
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder \
		--junitxml=$(RESULTS)/junit.xml

check: $(TOOLS) ## format, lint, types and the import contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

faults: $(TOOLS) ## kill builds, fill disks and flip bits as often as promised; 15 minutes
	QUOTIDIAN_FAULTS=full $(BIN)/python -m pytest tests/faults

test-milvus: $(TOOLS) ## test indexes in Milvus, on milvus-lite and the real server; 500 MB more
	$(PIP) --editable '.[dev,milvus]' milvus-lite milvus
	sh .ci/alone $(BIN)/python -m pytest tests/milvus

bench: $(READY) ## time building and asking on this machine
	$(BIN)/python -m tests.benchmarks

clean: ## remove .venv, caches and test output; the index stays
	rm -rf $(VENV) $(RESULTS) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache

# The stamps are older than these two files when something may have to be installed again.
$(READY): pyproject.toml constraints.txt
	@VENV='$(VENV)' PYTHON='$(PYTHON)' sh .ci/make-venv
	@echo 'installing into $(VENV): minutes the first time, nothing the second'
	$(PIP) --editable .
	@touch $@

$(TOOLS): $(READY)
	$(PIP) --editable '.[dev]'
	@touch $@
