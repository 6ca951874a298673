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
    { pwd; cat requirements/*.txt scripts/setup.sh; } | cksum
}

# Only the lines of one package, hashes included, so that the installer itself is held to the lock.
lock_of() {
    awk -v name="$1==" 'index($0, name) == 1 { inside = 1; print; next } /^[^ ]/ { inside = 0 } inside' requirements/dev.txt
}

install() {
    lock_of uv > .venv/uv-lock.txt
    if .venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r .venv/uv-lock.txt; then
        .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes --compile-bytecode \
            -r requirements/base.txt -r requirements/embedded.txt -r requirements/dev.txt
    else
        echo "There is no uv for this machine; installing with pip, which takes about a minute."
        # The lock's own uv is left out: it would have to be built from source.
        awk '/^uv==/ { skip = 1; next } /^[^ ]/ { skip = 0 } !skip' requirements/dev.txt > .venv/dev-lock.txt
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --compile \
            -r requirements/base.txt -r requirements/embedded.txt -r .venv/dev-lock.txt
    fi || fail "The packages could not be installed (what the installer said stands above). The first run needs the network."
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
    install
    printf '%s\n' "$state" > "$stamp"
fi
.venv/bin/python scripts/compile_messages.py
