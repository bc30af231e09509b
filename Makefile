# The book's commands. `make` lists them.

PYTHON   ?= python3
VENV     := .venv
BIN      := $(VENV)/bin
CHAPTERS := $(wildcard book/*.ipynb)
LIBRARY  := $(shell find convlib -type f -not -name '*.pyc' -not -name '*.js' -not -name '*.css')
SCRIPTS  := $(shell find convlib -type f -name '*.js' -o -type f -name '*.css')
PAGES    := _config.yml _toc.yml index.md \
            $(shell find book -type f -not -path '*/.ipynb_checkpoints/*' -not -name '*.pyc')

# Personal settings must not change a page: no profile, no style sheet, no other kernel.
export IPYTHONDIR              := $(CURDIR)/$(VENV)/ipython
export MPLCONFIGDIR            := $(CURDIR)/$(VENV)/matplotlib
export JUPYTER_PREFER_ENV_PATH := 1
unexport CONVLIB_PAGE

# A folder with Pyodide, the Python that readers run on a page, for a site that needs no other host:
# `make html PYODIDE=folder`. Else pages fetch it from its official address.
export PYODIDE

# What `make try` tries: the files that differ from the last commit.
FILE = $(shell git diff --name-only --diff-filter=d HEAD; git ls-files --others --exclude-standard)

.PHONY: help book html lab try mend test test-code test-chapters test-browser live \
        html-and-chapters bench outputs oracle oracles lock clean

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

# ---------------------------------------------------------------- read and run

book: html  ## build the book and serve it on this machine
	$(BIN)/python tools/serve.py _build/html

html: _build/html.stamp  ## build the book in _build/html; a warning is an error

lab: $(VENV)/book.stamp  ## open the chapters in JupyterLab
	@# Outputs of a trusted notebook are shown before it is run.
	$(BIN)/jupyter trust $(CHAPTERS) > /dev/null
	$(BIN)/jupyter lab --notebook-dir=book book/01_start_here.ipynb

# ---------------------------------------------------------------- change and test

try: $(VENV)/test.stamp  ## test what you changed, in seconds; FILE=path for one file
	$(BIN)/python tools/try_files.py $(FILE)

mend: $(VENV)/test.stamp  ## mend the form of Python, cells and scripts, and list what is left
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format --quiet
	$(BIN)/oxlint --fix --quiet book convlib
	$(BIN)/python -m pytest --quiet tests/test_style.py

# Two workers share the cores. Threads of a matrix product that get none spin until they do.
test test-code test-chapters test-browser: export OPENBLAS_NUM_THREADS := 1

test: test-code html-and-chapters test-browser  ## run every test

# One core builds the site, and chapters are run beside it.
html-and-chapters:
	$(MAKE) --jobs=2 --output-sync=target html test-chapters

test-code: $(VENV)/test.stamp  ## unit, property and structure tests
	$(BIN)/python -m pytest --numprocesses=logical --dist=worksteal \
	    --ignore=tests/browser --ignore=tests/web

test-chapters: $(VENV)/test.stamp  ## run the chapters and compare every output
	$(BIN)/python -m pytest --numprocesses=logical --dist=loadfile \
	    --nbval --nbval-current-env --nbval-sanitize-with=tests/nbval.cfg \
	    --nbval-kernel-startup-timeout=300 $(CHAPTERS)

test-browser: $(VENV)/test.stamp html  ## build the book strictly and move every slider in a browser
	$(BIN)/python tools/browser.py
	$(BIN)/python -m pytest --numprocesses=logical --dist=loadscope tests/browser tests/web

live: $(VENV)/test.stamp html  ## run every chapter on its page and in JupyterLite; PYODIDE=folder gives them a Python
	LIVE_CHAPTERS=all $(BIN)/python -m pytest tests/browser/test_live_notebook.py

oracle: $(VENV)/test.stamp  ## add PyTorch, so that the tests can compare with it
	$(BIN)/python -m pip install torch==2.13.0

oracles: oracle  ## add TensorFlow, Keras, JAX and OpenCV, for the table of conventions
	$(BIN)/python -m pip install tensorflow-cpu==2.21.0 jax==0.10.2 opencv-python-headless==5.0.0.93

# ---------------------------------------------------------------- maintain

bench: $(VENV)/test.stamp  ## measure every method beside PyTorch and others, and fit `auto` (leave the machine alone meanwhile)
	$(BIN)/python -m bench.run
	$(BIN)/python -m bench.narrow
	$(BIN)/python -m bench.fit

outputs: $(VENV)/book.stamp  ## run the chapters and write their outputs and the moving pictures
	$(BIN)/python tools/outputs.py $(CHAPTERS)
	$(BIN)/python tools/moving_picture.py
	$(BIN)/python tools/digit_picture.py

lock: export UV_CUSTOM_COMPILE_COMMAND = make lock
lock: COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
                --no-annotate --no-emit-index-url --no-config --quiet
lock: $(BIN)/python  ## rewrite the locks after a change in requirements*.txt
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(COMPILE) requirements.txt --output-file requirements.lock
	$(COMPILE) requirements-test.txt --constraints requirements.lock \
	    --output-file requirements-test.lock

clean:  ## delete the site and every cache, but not .venv
	rm -rf _build .hypothesis .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# ---------------------------------------------------------------- what depends on what

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	    "The book needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/book.stamp: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@# JupyterLab asks no question about its news.
	$(BIN)/jupyter labextension disable @jupyterlab/apputils-extension:announcements > /dev/null 2>&1
	@# Kernels that start together do not wait for one file of what was typed.
	mkdir -p $(IPYTHONDIR)/profile_default
	echo 'c.HistoryManager.hist_file = ":memory:"' \
	    > $(IPYTHONDIR)/profile_default/ipython_kernel_config.py
	touch $@

$(VENV)/test.stamp: requirements-test.lock $(VENV)/book.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	touch $@

# An executed chapter is kept until the chapter itself or the library's Python or data change.
_build/library.stamp: $(LIBRARY) $(VENV)/book.stamp
	rm -rf _build/.jupyter_cache
	mkdir -p _build
	touch $@

# The site is built again when it shall take its Python from elsewhere.
_build/pyodide.txt: FORCE
	@mkdir -p _build
	@echo "$(PYODIDE)" | cmp -s - $@ || echo "$(PYODIDE)" > $@

.PHONY: FORCE
FORCE:

# Every page carries the titles of all others, so all are rendered again (--all);
# this also repeats the warnings of pages that did not change.
_build/html.stamp: $(PAGES) $(SCRIPTS) _build/library.stamp _build/pyodide.txt
	rm -rf _build/html
	$(BIN)/jupyter-book build . --all --nitpick --warningiserror --keep-going
	touch $@
