#!/usr/bin/env bash
# Every check of the source, each named; all are run, and the exit status tells whether all held.
set -uo pipefail
cd "$(dirname "$0")/.."
packages=("$@")
failed=()

step() {
    local name=$1
    shift
    local out
    if out=$("$@" 2>&1); then
        printf '  ok    %s\n' "$name"
    else
        printf '  FAIL  %s\n%s\n' "$name" "$out"
        failed+=("$name")
    fi
}

bin=.venv/bin
mapfile -t templates < <(find "${packages[@]}" -path '*/templates/*' -name '*.html' 2>/dev/null | sort)
echo "==> checks"
step "format (ruff format)" $bin/ruff format --check .
step "lint (ruff)" $bin/ruff check .
step "types (mypy strict)" $bin/mypy "${packages[@]}" tests deploy
step "layers (import-linter)" $bin/lint-imports
[ ${#templates[@]} -eq 0 ] || step "templates (djade)" $bin/djade --check --target-version 5.2 "${templates[@]}"
step "dependencies (deptry)" $bin/deptry .
step "system checks (Django)" $bin/python manage.py check --fail-level WARNING
step "migrations complete" $bin/python manage.py makemigrations --check --dry-run
step "catalogues and architecture" $bin/python -m pytest -q -p no:cacheprovider tests/test_architecture.py tests/test_catalogues.py
[ ! -f tsconfig.json ] || step "JavaScript types (tsc)" node_modules/.bin/tsc --noEmit -p tsconfig.json
[ ! -f biome.json ] || step "JavaScript and CSS (biome)" node_modules/.bin/biome ci
if [ ${#failed[@]} -gt 0 ]; then
    echo "==> ${#failed[@]} failed: $(printf '%s; ' "${failed[@]}")"
    exit 1
fi
echo "==> all checks hold"
