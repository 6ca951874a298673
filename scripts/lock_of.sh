#!/bin/sh
# Print the lock of one package of the development tools, hashes included: sh scripts/lock_of.sh NAME
set -eu
awk -v name="$1==" 'index($0, name) == 1 { inside = 1; print; next } /^[^ ]/ { inside = 0 } inside' \
    "$(dirname -- "$0")/../requirements/dev.txt"
