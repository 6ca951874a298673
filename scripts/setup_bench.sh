#!/bin/sh
# The other libraries of `make bench-text`, in an environment of their own. Needs the network only when the lock changed.
set -eu
CDPATH= cd -- "$(dirname -- "$0")/.."
stamp=.venv-bench/lock-installed
if ! cmp -s requirements/bench.txt "$stamp"; then
    .venv/bin/python -m venv --clear .venv-bench
    .venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
    cp requirements/bench.txt "$stamp"
fi
