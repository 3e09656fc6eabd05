#!/usr/bin/env bash
# Everything that can be said about the code without running it. All of it is said, even when the first finds something.
set -uo pipefail
failed=0
step() { echo "· $*"; "$@" || failed=1; }

step ruff check --quiet .
step ruff format --check --quiet .
step mypy --no-error-summary
step lint-imports --no-logo 2>/dev/null || failed=1
step pytest -q -n0 tests/test_house_rules.py
exit $failed
