# Borne: two commands on a fresh Debian 12 machine: `make demo` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
RUN := $(VENV)/bin
STAMP := $(VENV)/.synced
# A machine that forbids compiled files would compile every library anew at each start of a program: twice the time.
export PYTHONDONTWRITEBYTECODE :=
# Each has a share of the tests in order, so that what a file shares is made once, and helps the others at the end.
# Two more than two cores: much of a test is waiting for a printer, a browser or a disk.
TEST_WORKERS ?= 4

.PHONY: help setup system test-system demo test check bench golden screens clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

system: ## Install the Debian packages that the screens need (root), or print the line to run
	@.ci/system-packages

test-system: ## The same for the tests: database, browser, X server
	@.ci/system-packages tests

setup: system $(STAMP) ## Install everything into .venv, exactly as locked

$(STAMP): pyproject.toml uv.lock
	@test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(RUN)/pip || $(RUN)/python -m ensurepip --upgrade >/dev/null
	@test -x $(RUN)/uv || $(RUN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5'
	$(RUN)/uv sync --locked --inexact --quiet
	@touch $(STAMP)

demo: setup ## Everything on one machine: centre, kiosk, paper, supervisor
	$(RUN)/python main.py demo

test: test-system setup ## Run the whole test suite
	QT_QPA_PLATFORM=offscreen $(RUN)/python -m pytest --numprocesses $(TEST_WORKERS) --dist worksteal

check: setup ## Lint, types, layers
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports --no-cache

bench: test-system setup ## Measure, each figure beside its yardstick
	QT_QPA_PLATFORM=offscreen $(RUN)/python -m tests.bench

golden: test-system setup ## Accept the pictures of today's slips as the expected ones, after looking at them
	QT_QPA_PLATFORM=offscreen $(RUN)/python -m pytest tests/golden --accept-golden

screens: setup ## Draw every screen in every language and size, and sheets to compare, into build/screens
	QT_QPA_PLATFORM=offscreen $(RUN)/python -m tests.screens build/screens

clean: ## Remove what was built
	rm -rf build demo-out .pytest_cache .mypy_cache .ruff_cache .hypothesis
