#!/usr/bin/env bash
# Installs the living 0.7 implementations as black boxes below .p2p/interop/: two Python environments
# and a folder of Node packages. Does nothing for one that is there and up to date.
# What cannot be installed is named, with the reason. Exit 0 when all are there, 3 when any is missing.
#
#   INTEROP_PYTHON=/path/to/python3.11 interop/setup.sh     to choose the interpreter (3.9 to 3.11)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
place="$here/../.p2p/interop"
mkdir -p "$place"
place=$(cd "$place" && pwd)
missing=0

# missing PEER REASON: says it, and keeps the reason for the summary of the run.
missing() {
  printf 'interop: %s is not installed: %s\n' "$1" "$2" >&2
  rm -rf "${place:?}/$1"
  printf '%s\n' "$2" > "$place/$1.missing"
  missing=1
}

# py2p wraps its sockets with a function that Python 3.12 removed.
find_python() {
  local candidate
  for candidate in "${INTEROP_PYTHON:-}" python3 python3.11 python3.10 python3.9; do
    if [[ -n $candidate ]] && "$candidate" -c '
import ssl, sys, venv, ensurepip
sys.exit(not (hasattr(ssl, "wrap_socket") and sys.version_info >= (3, 9)))' > /dev/null 2>&1; then
      python=$candidate
      return
    fi
  done
  return 1
}

install_python_peer() {
  local peer=$1 list="$here/peers/$1.txt" home="$place/$1"
  if cmp -s "$list" "$home/installed"; then return; fi
  find_python || {
    missing "$peer" "it needs Python 3.9 to 3.11 with venv; INTEROP_PYTHON can name one"
    return
  }
  rm -rf "$home" "$place/$peer.missing"
  if "$python" -m venv "$home" > "$place/$peer.log" 2>&1 &&
    "$home/bin/python" -m pip install --quiet --disable-pip-version-check -r "$list" \
      >> "$place/$peer.log" 2>&1; then
    # The stamp is written last, so that an environment that was interrupted is made again.
    cp "$list" "$home/installed"
    printf 'interop: %s installed\n' "$peer" >&2
  else
    missing "$peer" "pip failed; see .p2p/interop/$peer.log"
  fi
}

install_node_peer() {
  local peer=$1 list="$here/peers/$1.json" home="$place/$1"
  if cmp -s "$list" "$home/installed"; then return; fi
  command -v node > /dev/null && command -v npm > /dev/null || {
    missing "$peer" "it needs node and npm"
    return
  }
  rm -rf "$home" "$place/$peer.missing"
  mkdir -p "$home"
  cp "$list" "$home/package.json"
  if (cd "$home" && npm install --ignore-scripts --no-audit --no-fund) > "$place/$peer.log" 2>&1; then
    cp "$list" "$home/installed"
    printf 'interop: %s installed\n' "$peer" >&2
  else
    missing "$peer" "npm failed; see .p2p/interop/$peer.log"
  fi
}

install_python_peer py2p-0.7.878
install_python_peer py2p-0.7.871
install_node_peer js2p-0.7.870
((missing == 0)) || exit 3
