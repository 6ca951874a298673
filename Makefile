# Two commands matter: `make demo` and `make test`. Both prepare everything they need by themselves.
# Recipes quote every path and call one script for the set-up, so that a checkout under "My Documents" works too.

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-large demo-reset test check bench bench-text bench-web bench-release bench-reports eval-text lock

PORT ?= 8000
ARGS ?=
python := .venv/bin/python

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## Create .venv from the locks and compile the translations (takes no time when nothing changed)
	@sh scripts/setup.sh

demo: setup ## Start the tracker with the demo law on 127.0.0.1 (another port: make demo PORT=8001)
	@exec $(python) -m tracker.local demo --port "$(PORT)"

demo-large: setup ## Add one large code in four versions to the demo's database
	@exec $(python) manage.py load_demo_large

demo-reset: setup ## Delete the demo's data; the next make demo starts over
	@exec $(python) -m tracker.local reset

test: setup ## Run all tests on real servers (arguments for pytest: make test ARGS="-k compare")
	@exec $(python) -m pytest -n 2 --dist loadgroup --no-loadscope-reorder $(ARGS)

check: setup ## Format, lint, types, import contracts, migrations, settings, templates, locks, translations
	@exec $(python) scripts/check.py

bench: setup ## Measure the engine and the pages, and print the figures
	@exec $(python) scripts/bench.py

bench-text: setup ## Compare the engine's speed with git and the diff libraries; rewrites docs/benchmarks.md
	@sh scripts/setup_bench.sh
	@exec $(python) -m scripts.bench_text

bench-web: setup ## Load on the public pages beside a bare view and nginx: requests per second, p95 (needs wrk and make demo)
	@exec $(python) -m scripts.bench_web

bench-release: setup ## How long one verdict takes to its release on a large code, beside collecting it whole
	@exec $(python) -m scripts.bench_release

bench-reports: setup ## Seconds and memory of reports in every format on a code of 1,300 articles (fills a scratch database once)
	@exec $(python) -m scripts.bench_reports

eval-text: setup ## Accuracy of parsing, correspondences, penalties, carried quotes, readability of comparisons, as tables
	@exec $(python) -m scripts.eval_text

lock: setup ## Resolve requirements/*.in anew into hash locks without addresses (needs the network)
	@exec $(python) scripts/lock.py
