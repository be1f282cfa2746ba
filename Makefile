# Everything a user or developer runs. `make demo` and `make test` start from nothing but Python 3.11
# and make; both install into .venv first, from the locked and hashed lists in requirements/.

PYTHON ?= python3
BIN := .venv/bin
LEDGER := samples.sayso
PAGE := samples.html

.PHONY: help demo test install install-test browser check format types contracts unit gate evals benchmarks reference lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

demo: install  ## install sayso and read the sample reports into a ledger and a page
	$(BIN)/sayso read samples/reports --ledger $(LEDGER)
	$(BIN)/sayso statements $(LEDGER) --kind indirect --limit 8
	$(BIN)/sayso claims $(LEDGER) --kind estimate
	$(BIN)/sayso disputes $(LEDGER)
	$(BIN)/sayso report $(LEDGER) -o $(PAGE)
	@echo "Open $(PAGE) in a browser; ask the ledger with: $(BIN)/sayso --help"

test: install-test check  ## install everything and run formatting, types, contracts, tests and the gate

install: .venv/run.stamp

install-test: .venv/test.stamp browser

# The tests of the workbench drive Debian's Chromium. Where it cannot be had they skip, saying so.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } \
	  >/dev/null 2>&1 || echo "Chromium is not here: the browser tests will skip."

.venv/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

check: format types contracts unit gate  ## what `test` runs, without installing

format:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy
	$(BIN)/mypy evals benchmarks training

contracts:
	$(BIN)/lint-imports

unit:
	$(BIN)/python -m pytest -q

gate:  ## hold the measured accuracy against its floors
	$(BIN)/python -m evals.gate

evals: install-test  ## print every accuracy figure, peers beside sayso
	$(BIN)/python -m evals.gold_reports
	$(BIN)/python -m evals.polnear
	$(BIN)/python -m evals.entities
	$(BIN)/python -m evals.estimates
	$(BIN)/python -m evals.articles

benchmarks: install-test  ## measure throughput and memory beside bare spaCy
	$(BIN)/python -m benchmarks.throughput
	$(BIN)/python -m benchmarks.memory
	$(BIN)/python -m benchmarks.scaling

lock:  ## write requirements/ anew (needs uv)
	uv pip compile -q pyproject.toml --group build --generate-hashes --python-version 3.11 --no-header -o requirements/run.txt
	uv pip compile -q pyproject.toml --extra tables --extra tagger --extra collect --extra workbench --extra briefs --group build --group test --generate-hashes --python-version 3.11 --no-header -c requirements/run.txt -o requirements/test.txt

clean:  ## remove what the other targets made
	rm -rf .venv $(LEDGER) $(LEDGER)-wal $(LEDGER)-shm $(LEDGER).custody $(PAGE)
