# What one types. `make run` and `make test` need no preparation: each target sets up what it needs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
HOST ?= 127.0.0.1
DEMO ?= 1
ONLY ?=
PYTEST_ARGS ?=
export PORT HOST DEMO

PY := .venv/bin/python
PACKAGES := config metrics screens tablets meetings signing annotations documents rooms guides notices tasks people search live ledger ui
PACKAGES := $(foreach package,$(PACKAGES),$(wildcard $(package)))
STAMPS := .stamps
CHECK_ENV := env -u PRODUCTION -u DATABASE_URL -u REDIS_URL -u S3_ENDPOINT DATA_DIR=build/check DEMO=0

.PHONY: help run test check bench drill demo-reset backup restore lock format ready ready-dev

help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: ready ## the server and its worker, with demo data (PORT, DATA_DIR, HOST, HTTPS=1, DEMO=0)
	@exec $(PY) manage.py serve --prepare

test: ready-dev ## all tests (PYTEST_ARGS to choose)
	@deploy/test.sh $(PYTEST_ARGS)

check: ready-dev ## format, lint, types, layers, templates, migrations, catalogues
	@$(CHECK_ENV) deploy/check.sh $(PACKAGES)

bench: ## measurements as JSON lines (ONLY=part of a name)
	@$(MAKE) ready-dev >&2
	@$(PY) -m tests.load $(ONLY)

drill: ready-dev ## fault drills: kill, cut off, restore
	@$(PY) -m pytest tests/drills -p no:cacheprovider -q $(PYTEST_ARGS)

demo-reset: ready ## throws the demo's data away and fills it again
	@$(PY) manage.py demo_reset

backup: ready ## database, blobs and (in a file apart) keys of DATA_DIR into TO (default: backups/)
	@$(PY) manage.py backup $(if $(TO),--to "$(TO)")

restore: ready ## puts the backup folder FROM (and the file of keys KEYS) back into an empty DATA_DIR
	@$(PY) manage.py restore "$(FROM)" $(if $(KEYS),--keys "$(KEYS)")

format: ready-dev ## formats Python, templates, JavaScript and CSS
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .
	@find $(PACKAGES) -path '*/templates/*' -name '*.html' | xargs .venv/bin/djade --target-version 5.2 || true
	@if [ -f biome.json ]; then node_modules/.bin/biome check --write; fi

lock: ready-dev ## resolves requirements*.in again, with hashes (needs uv)
	@deploy/lock.sh

ready: $(STAMPS)/python $(STAMPS)/node $(STAMPS)/catalogues $(STAMPS)/static

ready-dev: ready $(STAMPS)/python-dev $(STAMPS)/node-dev

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	@deploy/venv.sh
	@touch $@

$(STAMPS)/python: requirements.txt | $(STAMPS)/venv
	@echo "==> Python packages of the server (once; a few minutes)"
	@$(PY) -m pip install --disable-pip-version-check --no-input --require-hashes --progress-bar off -r requirements.txt \
		| deploy/progress.sh
	@touch $@

$(STAMPS)/python-dev: requirements-dev.txt $(STAMPS)/python
	@echo "==> Python packages of the tests (once)"
	@$(PY) -m pip install --disable-pip-version-check --no-input --require-hashes --progress-bar off -r requirements-dev.txt \
		| deploy/progress.sh
	@touch $@

# Not `npm ci`: it refuses a lock without the packages of other systems. The lock's hashes are checked all the same.
NPM_INSTALL := npm install --no-save --ignore-scripts --no-fund --no-audit --loglevel=error
$(STAMPS)/node: package-lock.json .npmrc
	@mkdir -p $(STAMPS)
	@echo "==> Browser libraries (once)"
	@$(NPM_INSTALL) $(if $(wildcard $(STAMPS)/node-dev),,--omit=dev)
	@touch $@

$(STAMPS)/node-dev: $(STAMPS)/node
	@echo "==> JavaScript checks (once)"
	@$(NPM_INSTALL)
	@touch $@

CATALOGUES := $(wildcard */locale/*/LC_MESSAGES/django*.po)
$(STAMPS)/catalogues: $(CATALOGUES) | $(STAMPS)/python
	@echo "==> Languages"
	@$(PY) deploy/catalogues.py $(CATALOGUES)
	@touch $@

STATIC_FILES := $(foreach package,$(PACKAGES),$(shell find $(package)/static -type f 2>/dev/null))
$(STAMPS)/static: $(STATIC_FILES) $(STAMPS)/python $(STAMPS)/node
	@echo "==> Static files"
	@$(CHECK_ENV) $(PY) manage.py collectstatic --no-input --verbosity 0
	@touch $@
