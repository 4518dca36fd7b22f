# BEBELI. `make help` explains. Everything is installed into this checkout.
PYTHON ?= python3
PY := .venv/bin/python
PG15 := /usr/lib/postgresql/15/bin
SUITE := -m pytest -q -n 2 --maxschedchunk 20
.DEFAULT_GOAL := help
.PHONY: help demo reset test e2e chaos bench drill check css ready ready-e2e postgres15

help: ## explain these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

ready:
	@command -v $(PYTHON) >/dev/null || { echo "Perlu python3: sudo apt-get install -y python3 python3-venv make"; exit 1; }
	@$(PYTHON) demo/bootstrap.py

ready-e2e:
	@$(PYTHON) demo/bootstrap.py --e2e

demo: ready ## install, start everything and open the shop at http://127.0.0.1:8000 (PORT=9000 moves it)
	@exec $(PY) -m demo.run

reset: ready ## forget the demo's data
	@$(PY) -m demo.reset

test: ready ## the whole suite except browser and long fault runs
	@$(PY) $(SUITE)

e2e: ready-e2e ## journeys in a real Chromium (CHROMIUM=path when it is elsewhere)
	@$(PY) -m pytest -q -m e2e tests/journeys

chaos: ready ## the long fault runs, and beside them, as a load, every race and order of messages at full size
	@mkdir -p .local; \
	LONG_RUNS=1 nice $(PY) -m pytest -q -n 0 --durations=10 tests/messages tests/races > .local/chaos-races.log 2>&1 & races=$$!; \
	LONG_RUNS=1 $(PY) -m pytest -v -m chaos --durations=20 tests/chaos; faults=$$?; \
	wait $$races; failed=$$?; cat .local/chaos-races.log; exit $$((faults + failed))

bench: ready ## speed as ratios against limits measured in the same run (BENCH_PRODUCTS=100000 grows the shelf further)
	@$(PY) -m bench

drill: ready ## back up the running database, restore it beside, compare (DATABASE_URL, else the demo's)
	@$(PY) -m demo.drill

css: ## build the style sheet and the icons (needs Node)
	@npm ci --no-audit --no-fund && npm run build && $(PYTHON) static/check_css.py --write

check: ready ## format, lint, types, import graph, migrations, translations, style sheet
	@$(PY) -m demo.check

postgres15: ready ## the suite, or TESTS="folders" of it, against the machine's own PostgreSQL 15
	@test -x $(PG15)/postgres || { echo "Perlu PostgreSQL 15: sudo apt-get install -y postgresql-15"; exit 1; }
	@POSTGRES_BIN=$(PG15) $(PY) $(SUITE) $(TESTS)
