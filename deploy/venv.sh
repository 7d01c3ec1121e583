#!/usr/bin/env bash
# Makes .venv with pip in it, also where Debian's python3-venv is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

find_python() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or newer is needed. On Debian 12: apt-get install python3 python3-venv" >&2
    exit 1
}

if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    exit 0
fi
python=$(find_python)
echo "==> Python environment in .venv ($("$python" --version))"
if "$python" -c 'import ensurepip' 2>/dev/null && "$python" -m venv .venv 2>/dev/null; then
    exit 0
fi
"$python" -m venv --clear --without-pip .venv
if "$python" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check pip 2>/dev/null; then
    exit 0
fi
rm -rf .venv
echo "This Python has neither ensurepip nor pip. On Debian 12: apt-get install python3-venv, then run make again." >&2
exit 1
