# What a person types here. The work itself is in .ci/, so that it runs the same without make.
.DEFAULT_GOAL := help
.PHONY: help run test bench lighthouse lock fmt messages

# One lock for every supported Python and system.
LOCK = .venv/bin/uv pip compile pyproject.toml --group install --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command 'make lock' --quiet $(ARGS)

help: ## this list
	@awk -F ' *## *|:' '/^[a-z]+:.*##/ { printf "make %-10s %s\n", $$1, $$3 }' Makefile

run: ## the bundled campaign, no network needed (PORT=8000 chooses the port, ARGS=--no-serve adds options)
	@sh .ci/setup
	@.venv/bin/tracker demo $(if $(PORT),--port $(PORT)) $(ARGS)

test: ## format, lint, types, import contract, tests (ARGS="-k votes" goes to pytest)
	@sh .ci/test $(ARGS)

bench: ## measure speed and quality
	@sh .ci/setup test
	@.venv/bin/python -m tests.bench $(ARGS)

lighthouse: ## Lighthouse's scores of the main pages (minutes; needs npm and Chromium)
	@sh .ci/setup test
	@.venv/bin/python -m tests.browser.lighthouse

lock: ## write requirements*.txt again (ARGS=--upgrade takes newer versions)
	@sh .ci/setup test
	@$(LOCK) --output-file requirements.txt
	@$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt

messages: ## gather what pages say (translations/messages.pot) and bring every catalogue up to date
	@sh .ci/setup test
	@.venv/bin/pybabel -q extract -F pyproject.toml -k later --omit-header --no-location --sort-output -o translations/messages.pot .
	@for catalogue in translations/*.po; do [ ! -e "$$catalogue" ] || .venv/bin/pybabel -q update \
		--no-fuzzy-matching -i translations/messages.pot -o "$$catalogue" -l "$$(basename "$$catalogue" .po)"; done

fmt: ## format the code, mend what can be mended
	@sh .ci/setup test
	@.venv/bin/ruff check --fix-only --quiet
	@.venv/bin/ruff format
