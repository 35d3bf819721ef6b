#!/bin/sh
# Makes .p2p/python at the repository root: a private Python environment with what the testee needs.
# Does nothing when it is there and up to date.  Exit 0 when ready, 3 when it could not be made.
#
#   PYTHON=python3.12 conformance/testees/python/setup.sh     to choose the interpreter
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
venv=$root/.p2p/python
stamp=$venv/requirements.installed
log=$root/.p2p/python-setup.log
python=${PYTHON:-python3}

fail() {
    echo "python testee: $1" >&2
    exit 3
}

# The stamp is written last, so that an environment that was interrupted is made again.
if [ -x "$venv/bin/python" ] && cmp -s "$here/requirements.txt" "$stamp" \
    && "$venv/bin/python" -c 'import msgpack' 2>/dev/null; then
    exit 0
fi

command -v "$python" >/dev/null 2>&1 ||
    fail "there is no $python; install Python 3.9 or later (or name one: PYTHON=/path/to/python3)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' ||
    fail "$("$python" --version 2>&1) is too old; Python 3.9 or later is needed"
"$python" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "$python cannot make environments; install its venv module (Debian, Ubuntu: apt install python3-venv)"

mkdir -p "$root/.p2p"
rm -rf "$venv"
"$python" -m venv "$venv" >"$log" 2>&1 || fail "could not make $venv; see $log"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    -r "$here/requirements.txt" >>"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    fail "could not install $(grep -v '^#' "$here/requirements.txt" | tr '\n' ' ')(network or package index?); see $log"
}
cp "$here/requirements.txt" "$stamp"
rm -f "$log"
