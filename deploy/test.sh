#!/usr/bin/env bash
# Runs pytest with what it needs in place; arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
deploy/debian-packages.sh
# Hundreds of processes start: each compiling the whole program again takes a quarter of the time.
unset PYTHONDONTWRITEBYTECODE
# One process per core: with more, browsers and servers starve each other into their patience.
exec .venv/bin/python -m pytest -q -n "${TEST_PROCESSES:-$(nproc)}" --dist loadfile --no-loadscope-reorder "$@"
