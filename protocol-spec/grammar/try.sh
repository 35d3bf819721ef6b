#!/bin/sh
# Tries the dissector and the grammar on link.txt and compares with what they said before (*.expected).
#
#   protocol-spec/grammar/try.sh             exit 0: as expected, or the tool is not there; 1: something else came out
#   protocol-spec/grammar/try.sh --write     keeps what comes out as expected
#
# Needs python3; tshark for the dissector; for the grammar kaitai-struct-compiler, as a command or as the npm package beside
# js-yaml where node finds them (NODE_PATH), and the Python package kaitaistruct.
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

compare() { # name, output
    if [ "${mode:-}" = --write ]; then
        cp "$2" "$here/$1.expected"
        echo "$1: written"
    elif diff -u "$here/$1.expected" "$2"; then
        echo "$1: as expected"
    else
        echo "$1: differs from $1.expected"
        failed=1
    fi
}
mode=${1:-}

if command -v tshark >/dev/null 2>&1; then
    python3 "$here/try.py" pcap "$work/link.pcap" || exit 1
    tshark -X "lua_script:$here/p2p.lua" -r "$work/link.pcap" -Y p2p -T fields -E separator='|' \
        -e tcp.stream -e tcp.srcport -e _ws.col.Info -e p2p.length -e p2p.id -e _ws.expert.message \
        >"$work/dissector" 2>"$work/errors" || failed=1
    grep -v 'Running as user' "$work/errors" >&2
    compare dissector "$work/dissector"
else
    echo "dissector: tshark is not installed, so p2p.lua was not tried"
fi

if command -v kaitai-struct-compiler >/dev/null 2>&1; then
    compile() { kaitai-struct-compiler --target python --outdir "$work/kaitai" "$here/p2p_frame.ksy"; }
elif node -e 'require("kaitai-struct-compiler"); require("js-yaml")' 2>/dev/null; then
    compile() { node "$here/ksc.js" "$here/p2p_frame.ksy" "$work/kaitai"; }
else
    compile() { return 127; }
fi
if ! python3 -c 'import kaitaistruct' 2>/dev/null; then
    echo "grammar: the Python package kaitaistruct is not installed, so p2p_frame.ksy was not tried"
elif compile >"$work/log" 2>&1; then
    python3 "$here/try.py" kaitai "$work/kaitai" >"$work/grammar" || failed=1
    compare grammar "$work/grammar"
elif [ $? = 127 ]; then
    echo "grammar: kaitai-struct-compiler is not installed, so p2p_frame.ksy was not tried"
else
    cat "$work/log"
    failed=1
fi
exit $failed
