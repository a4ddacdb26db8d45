# Everything runs from a virtual environment in .venv, built here from hash-locked requirements.
PYTHON ?= python3
PYTEST ?= .venv/bin/python -m pytest -n 2 --dist worksteal
NPM ?= $(shell command -v npm)
READY := .venv/.ready
# Some tools use the builders and contests of the tests.
WITH_TESTS := PYTHONPATH=tests
# These walk the same lines thousands of times, and four times slower where lines are counted.
EVERY_WAY := $(addprefix tests/unit/journey/test_,broken_declarations.py every_way_through.py every_way_to_a_mentor.py)
PAGES := src/entrypoints/web/static/names.json
# The simulator is left out where its package is not.
PROJECTS := . service $(if $(wildcard src/trs_simulator),simulator)
# Tests start hundreds of commands: without bytecode each would compile 466 modules anew, for 0.8 s.
unexport PYTHONDONTWRITEBYTECODE
# What is built here is on no index and has no place in a lock.
OURS := --no-emit-package ect-registration --no-emit-package ect-trs-simulator
COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-config --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(OURS) $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help demo test check dist bench england docs journeys mutants operations sbom screenshots soak lock clean

help:  ## Show this help
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(READY) $(PAGES)  ## Serve the whole service with invented data (PORT=8000 TODAY=2025-09-10 WORLD=file.json)
	.venv/bin/ect demo $(if $(WORLD),--world "$(WORLD)") $(if $(PORT),--port $(PORT)) $(if $(TODAY),--today $(TODAY))

test: $(READY) $(PAGES)  ## Run every test; those without a database or a browser must cover the core completely
	.venv/bin/python tests/integration/browser/chromium.py
	$(PYTEST) tests/unit $(addprefix --ignore=,$(EVERY_WAY)) --cov=ect_registration --cov-branch --cov-fail-under=100
	$(PYTEST) $(EVERY_WAY) tests/integration
	@printf '\nWhat takes minutes, or root and system packages, has targets of its own:\n'
	@sed -nE 's/^(operations|england|soak|journeys):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

check: $(READY)  ## Check format, lint, types and import contracts
	.venv/bin/ruff format --check src tests tools service && .venv/bin/ruff check src tests tools service && .venv/bin/mypy && .venv/bin/lint-imports --no-logo --no-cache

dist: $(READY) $(PAGES)  ## Build what is installed elsewhere into dist/: the library, the service, the simulator
	rm -rf dist
	for project in $(PROJECTS); do .venv/bin/uv build --offline --no-build-isolation --wheel --python .venv/bin/python --out-dir dist $$project || exit 1; done

bench: $(READY) $(PAGES)  ## Measure speed
	.venv/bin/python tests/bench/run.py

england: $(READY) $(PAGES)  ## Fill PostgreSQL with 24,000 schools and a million periods, and compare pages (DATABASE=postgresql://… only fills)
	.venv/bin/python tests/bench/all_of_england.py $(DATABASE)

docs: $(READY)  ## Build the documentation, with the reference of every public module, into site/
	.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/docs.txt
	NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --strict --quiet

mutants: $(READY)  ## Break the rules in small ways; the tests must notice 95 in 100
	.venv/bin/python tools/mutants.py

operations: $(READY) $(PAGES)  ## Test with nginx, PgBouncer, several hosts, systemd and a fresh build (root installs what is missing; minutes)
	.venv/bin/python tools/system_packages.py nginx=nginx systemd-analyze=systemd pgbouncer=pgbouncer ip=iproute2
	PATH="$$PATH:/usr/sbin" .venv/bin/python -m pytest tests/operations

screenshots: $(READY) $(PAGES)  ## Picture every page into screenshots/ (takes some minutes)
	.venv/bin/python tests/integration/browser/chromium.py
	$(WITH_TESTS) .venv/bin/python tools/screenshots.py

sbom: $(READY)  ## List what the service is made of, and under which licences, into sbom/
	.venv/bin/python tools/sbom.py

journeys: $(READY) $(PAGES)  ## Let users of 8 and 16 schools register ECTs at once, on SQLite and PostgreSQL
	$(WITH_TESTS) .venv/bin/python tests/bench/many_users.py

soak: $(READY)  ## Hold 100,000 attempts in contests of eight processes, on each database
	$(WITH_TESTS) .venv/bin/python tools/soak.py

lock: $(READY)  ## Lock what the projects ask for (UPGRADE=--upgrade takes newer versions)
	$(COMPILE) service/pyproject.toml -o requirements/runtime.txt
	$(COMPILE) --extra tracing -c requirements/runtime.txt service/pyproject.toml -o requirements/tracing.txt
	$(COMPILE) --group dev --extra tracing -c requirements/tracing.txt service/pyproject.toml -o requirements/dev.txt
	$(COMPILE) --group docs -c requirements/dev.txt -o requirements/docs.txt
	$(COMPILE) --group bootstrap -o requirements/bootstrap.txt
	$(COMPILE) --group front-end -o requirements/front-end.txt

clean:  ## Remove the environment and everything that was generated
	rm -rf .venv node_modules src/entrypoints/web/static .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* mutants dist sbom screenshots site
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +

$(READY): pyproject.toml service/pyproject.toml requirements/bootstrap.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "$(PYTHON) must be Python 3.11 or newer with venv and ensurepip (Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --require-hashes -r requirements/bootstrap.txt
	.venv/bin/uv pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements/dev.txt
	.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable . --editable service
	@touch $@

# What pages are made of. Where there is no npm, that of a Python package does.
$(PAGES): node_modules/.installed src/entrypoints/web/static_files/build_assets.py src/ect_registration/domain/text.py $(wildcard src/entrypoints/web/front_end/*)
	.venv/bin/python -m entrypoints.web.static_files.build_assets

node_modules/.installed: package.json package-lock.json .npmrc requirements/front-end.txt | $(READY)
ifeq ($(NPM),)
	.venv/bin/uv pip install --quiet --target .venv/node --require-hashes -r requirements/front-end.txt
	PYTHONPATH=.venv/node .venv/node/bin/npm ci --ignore-scripts --no-audit --no-fund
else
	$(NPM) ci --ignore-scripts --no-audit --no-fund
endif
	@touch $@
