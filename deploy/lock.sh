#!/usr/bin/env bash
# Resolves requirements*.in into hashed locks that hold for every platform.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "make lock needs uv: .venv/bin/pip install uv, or your system's package" >&2; exit 1; }
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url "$1.in" -o "$1.txt"
}
compile requirements
compile requirements-dev
npm install --package-lock-only --no-fund --no-audit
