#!/usr/bin/env bash
# Installs the Debian packages the tests use, where that is allowed; else says which tests will be skipped.
set -euo pipefail

needed=()
need() { # program-or-path package what-for
    command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || needed+=("$2|$3")
}
postgres=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | tail -1 || true)
need "${postgres:-initdb}" postgresql "tests marked postgres"
need redis-server redis-server "tests marked redis"
need chromium chromium "browser tests"
need firefox-esr firefox-esr "the smoke pass on Firefox"
need WebKitWebDriver webkit2gtk-driver "the smoke pass on WebKitGTK"
need Xvfb xvfb "the smoke pass on WebKitGTK"
need softhsm2-util softhsm2 "signing with a hardware token"
need pdfsig poppler-utils "cross-checks of signatures"
need soffice libreoffice-writer "office files as meeting papers"
need /usr/share/fonts/truetype/liberation2 fonts-liberation2 "documents in the statutory typeface"
need tesseract tesseract-ocr "reading scans"
vietnamese=$(compgen -G '/usr/share/tesseract-ocr/*/tessdata/vie.traineddata' | tail -1 || true)
need "${vietnamese:-vie.traineddata}" tesseract-ocr-vie "reading scans in Vietnamese"
[ ${#needed[@]} -gt 0 ] || exit 0

packages=()
for line in "${needed[@]}"; do packages+=("${line%%|*}"); done
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n); else as_root=(false); fi
fi
if [ "${as_root[0]:-}" != false ] && command -v apt-get >/dev/null; then
    echo "==> Debian packages for the tests: ${packages[*]}"
    if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
        'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null' sh "${packages[@]}"; then
        exit 0
    fi
fi
echo "==> Not installed here; what needs them is skipped. To have it: apt-get install ${packages[*]}"
for line in "${needed[@]}"; do echo "      ${line%%|*}: ${line#*|}"; done
