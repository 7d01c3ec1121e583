#!/usr/bin/env bash
# Turns pip's output into one short line per package, so that a long install is seen to move.
set -euo pipefail
count=0
while IFS= read -r line; do
    case "$line" in
        Collecting*) count=$((count + 1)); name=${line#Collecting }; printf '    %3d  %s\n' "$count" "${name%% *}" ;;
        Installing*) echo "    installing $count packages …" ;;
        *ERROR*|*error:*|*WARNING*) printf '%s\n' "$line" >&2 ;;
    esac
done
