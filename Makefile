# worldtake: `make run` sets everything up and opens the site, `make test` sets everything up and tests it.
SHELL := /bin/bash
PYTHON ?= python3
UV := .tools/bin/uv
RUN := $(UV) run --frozen --quiet
STATIC := src/worldtake/web/static/app.js
export UV_PROJECT_ENVIRONMENT ?= .venv
# The certificates of the machine, as pip and npm use them.
export UV_SYSTEM_CERTS ?= true
export NODE_EXTRA_CA_CERTS ?= $(wildcard /etc/ssl/certs/ca-certificates.crt)

.PHONY: run test eval compare train bench lint web clean browser apertium

run: .venv/.ready $(STATIC)  ## set up and run the main job; options by ARGS="--sample --port 8001"
	@$(RUN) worldtake up $(ARGS)

test: .venv/.ready $(STATIC) lint browser apertium  ## set up and run all tests
	$(RUN) pytest -n 2 --dist loadgroup $(ARGS)

lint: .venv/.ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports

eval: .venv/.ready apertium  ## quality of each stage against its floors
	$(RUN) python -m evals $(ARGS)

compare: | .tools/bin/uv  ## extraction beside other extractors, into docs/reference/extraction.md
	UV_PROJECT_ENVIRONMENT=.venv-peers $(RUN) --no-dev --group peers python -m evals.extraction.compare $(ARGS)

train: | .tools/bin/uv  ## learn the block classifier anew, with its folds and its report
	UV_PROJECT_ENVIRONMENT=.venv-training $(RUN) --no-dev --group training python -m evals.extraction.train

bench: .venv/.ready  ## time and memory
	$(RUN) python -m benchmarks $(ARGS)

web: $(STATIC)  ## build the front end

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.ready: pyproject.toml uv.lock | .tools/bin/uv
	$(UV) sync --frozen --quiet --all-extras --compile-bytecode
	@touch $@

frontend/node_modules/.ready: frontend/package.json frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(STATIC): frontend/node_modules/.ready $(shell find frontend -path frontend/node_modules -prune -o -type f -print 2>/dev/null)
	cd frontend && npm run --silent build

browser:  ## the machine's Chromium, for the browser tests
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji >/dev/null; } || \
	{ echo "The browser tests need Chromium: install the package 'chromium' (Debian: sudo apt install chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji), then run make test again."; exit 1; }

# What `worldtake translate setup apertium` installs (src/worldtake/engines/apertium_setup.py), and English into Catalan.
APERTIUM := apertium apertium-eng-spa apertium-es-gl apertium-es-pt apertium-es-ro apertium-spa-cat apertium-spa-ita \
  apertium-fra-cat apertium-eu-en apertium-hbs-eng apertium-hbs-slv apertium-mkd-eng apertium-mkd-bul apertium-isl-eng \
  apertium-isl-swe apertium-swe-dan apertium-eng-cat

apertium:  ## the machine's Apertium, for its tests and evals
	@(cd /usr/share/apertium/modes && ls spa-eng.mode gl-es.mode pt-es.mode ro-es.mode spa-cat.mode ita-spa.mode fra-cat.mode \
	  eu-en.mode hbs-eng.mode slv-hbs.mode mkd-eng.mode bul-mkd.mode isl-eng.mode swe-isl.mode dan-swe.mode eng-cat.mode) \
	  >/dev/null 2>&1 || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(APERTIUM) >/dev/null; } || \
	echo "Without Apertium its tests and evals are skipped. To have it: sudo apt install $(APERTIUM)"

clean:
	rm -rf .venv .venv-peers .venv-training .tools frontend/node_modules src/worldtake/web/static
