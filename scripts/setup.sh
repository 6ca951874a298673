#!/bin/sh
# Bring .venv to the state of the locks, then compile the translations. Needs the network only when a lock changed.
set -eu
CDPATH= cd -- "$(dirname -- "$0")/.."
stamp=.venv/locks-installed

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

find_python() {
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed, and this machine has none. Install it (on Debian: apt install python3 python3-venv), then run the command again."
}

# What the environment depends on: the locks, this script, and where it stands (a moved .venv does not run).
wanted_state() {
    { pwd; cat requirements/base.txt requirements/embedded.txt requirements/dev.txt scripts/setup.sh; } | cksum
}

# uv itself is held to the lock, too.
with_uv() {
    sh scripts/lock_of.sh uv > .venv/uv-lock.txt
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 --only-binary :all: \
        --require-hashes -r .venv/uv-lock.txt &&
        .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes --compile-bytecode \
            -r requirements/base.txt -r requirements/embedded.txt -r requirements/dev.txt
}

# For machines without a wheel of uv, and networks whose certificates uv does not know.
with_pip() {
    echo "uv cannot install here; installing with pip, which takes about a minute."
    awk '/^uv==/ { skip = 1; next } /^[^ ]/ { skip = 0 } !skip' requirements/dev.txt > .venv/dev-lock.txt
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --compile \
        -r requirements/base.txt -r requirements/embedded.txt -r .venv/dev-lock.txt
}

state=$(wanted_state)
if [ "$(cat "$stamp" 2>/dev/null)" != "$state" ]; then
    echo "Preparing .venv (only when the locks change) …"
    rm -f "$stamp"
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        python=$(find_python)
        "$python" -m venv --clear .venv ||
            fail "$python cannot create an environment. Install its venv module (on Debian: apt install python3-venv), then run the command again."
    fi
    with_uv || with_pip ||
        fail "The packages could not be installed (what the installers said stands above). The first run needs the network."
    printf '%s\n' "$state" > "$stamp"
fi
.venv/bin/python scripts/compile_messages.py
