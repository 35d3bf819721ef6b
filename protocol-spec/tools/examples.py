#!/usr/bin/env python3
"""Prints the worked examples of the chapters, so that their bytes can be made again.

Nothing of the Java code is used: msgpack is written out by hand below, hashes come from hashlib, zlib from zlib,
and the lz4 and zstd bodies from the command-line tools of those names (other versions may code other bytes that
mean the same; the chapters keep what was printed once).

    python3 protocol-spec/tools/examples.py [id]       prints all, or one
    python3 protocol-spec/tools/examples.py --write    replaces each block in the chapters by what is printed here
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import zlib

DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
TYPES = {0: "broadcast", 1: "renegotiate", 2: "whisper"}
HANDSHAKE = ["", "node id", "protocol id", "address: host and port", "codecs listed"]
SUBS = {0: "broadcast", 2: "whisper", 5: "handshake", 6: "notify", 7: "peers", 11: "store", 12: "retrieve",
        13: "retrieved", 17: "delta"}


def base58(number):
    text = ""
    while number or not text:
        number, digit = divmod(number, 58)
        text = DIGITS[digit] + text
    return text


def digest58(algorithm, *texts):
    return base58(int.from_bytes(hashlib.new(algorithm, "".join(texts).encode()).digest(), "big"))


def bin_(data):
    return {"$bin": data.hex()}


def head(tiny, tiny_max, forms, n):
    """The shortest header of a length or count: one byte, or a marker and 1, 2 or 4 bytes."""
    if tiny is not None and n <= tiny_max:
        return bytes([tiny | n])
    for size, marker in forms:
        if n < 1 << (8 * size):
            return bytes([marker]) + n.to_bytes(size, "big")
    raise ValueError(n)


def expand(value):
    if isinstance(value, dict) and "$reps" in value:
        unit, times = value["$reps"]
        return unit * times
    return value


def pack(value, note, lines):
    """Appends (hex, note) for the value and what it holds, each item on a line of its own."""
    show = json.dumps(value, ensure_ascii=False)
    value = expand(value)
    if isinstance(value, list):
        lines.append((head(0x90, 15, [(2, 0xDC), (4, 0xDD)], len(value)), note or f"array of {len(value)}"))
        for item in value:
            pack(item, "", lines)
    elif value is None:
        lines.append((b"\xc0", note or "nil"))
    elif isinstance(value, bool):
        lines.append((b"\xc3" if value else b"\xc2", note or show))
    elif isinstance(value, int):
        if value >= 0:
            code = head(0x00, 127, [(1, 0xCC), (2, 0xCD), (4, 0xCE), (8, 0xCF)], value)
        elif value >= -32:
            code = value.to_bytes(1, "big", signed=True)
        else:
            size = next(s for s in (1, 2, 4, 8) if value >= -(1 << (8 * s - 1)))
            code = bytes([{1: 0xD0, 2: 0xD1, 4: 0xD2, 8: 0xD3}[size]]) + value.to_bytes(size, "big", signed=True)
        lines.append((code, note or f"integer {value}"))
    elif isinstance(value, str):
        data = value.encode()
        lines.append((head(0xA0, 31, [(1, 0xD9), (2, 0xDA), (4, 0xDB)], len(data)) + data, note or f"text {show}"))
    elif "$bin" in value:
        data = bytes.fromhex(value["$bin"])
        code = head(None, 0, [(1, 0xC4), (2, 0xC5), (4, 0xC6)], len(data))
        lines.append((code + data, note or f"binary, {len(data)} bytes"))
    elif "$f64" in value:
        lines.append((b"\xcb" + bytes.fromhex(value["$f64"]), note or "float 64"))
    elif "$ext" in value:
        kind, data = value["$ext"]
        data = bytes.fromhex(data)
        fixed = {1: 0xD4, 2: 0xD5, 4: 0xD6, 8: 0xD7, 16: 0xD8}
        code = bytes([fixed[len(data)]]) if len(data) in fixed else bytes([0xC7, len(data)])
        lines.append((code + kind.to_bytes(1, "big", signed=True) + data, note or f"ext of type {kind}"))
    else:
        lines.append((head(0x80, 15, [(2, 0xDE), (4, 0xDF)], len(value)), note or f"map of {len(value)}"))
        for key, item in value.items():
            pack(key, f"key {json.dumps(key)}", lines)
            pack(item, "", lines)


def bare_lines(kind, sender, time, payload):
    lines = [(head(0x90, 15, [(2, 0xDC)], 3 + len(payload)), f"array of {3 + len(payload)}: the message")]
    pack(kind, f"type: {TYPES.get(kind, 'of an application')}", lines)
    who = sender if isinstance(sender, str) else None
    short = who is not None and len(who) < 30
    pack(sender, f"sender: text {json.dumps(who)}" if short else ("sender: text" if who else "sender: binary"), lines)
    pack(time, f"time: {time}", lines)
    for index, item in enumerate(payload):
        note = f"sub-flag: {SUBS.get(item, 'of an application')}" if index == 0 and isinstance(item, int) else ""
        pack(item, HANDSHAKE[index] if index and payload[0] == 5 else note, lines)
    return lines


def wrapped(lines):
    out = []
    for data, note in lines:
        hexed = data.hex()
        rows = [hexed[i : i + 64] for i in range(0, len(hexed), 64)] or [""]
        for number, row in enumerate(rows):
            last = number == len(rows) - 1
            out.append(f"  {row:<64}  ; {note}" if last else f"  {row}")
    return "\n".join(out)


def frame(lines, coder=None, name="raw", checksum=None):
    bare = b"".join(data for data, _ in lines)
    total = checksum or hashlib.sha256(bare).digest()
    plain = total + bare
    if coder is None:
        rest = [(total, "checksum")] + lines
        body = plain
    else:
        body = coder(plain)
        rest = [(body, f"{name} of {len(plain)} bytes: checksum and bare message")]
    return wrapped([(len(body).to_bytes(4, "big"), f"length {len(body)}")] + rest), total.hex()


def tool(*command):
    return lambda data: subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def block(name, fields):
    text = [f"```example {name}"]
    for key, value in fields:
        if isinstance(value, str) and value.startswith("  "):
            text += [f"{key}:", value]
        else:
            plain = key in ("op", "also", "req", "err")
            text.append(f"{key}: {value if plain else json.dumps(value, ensure_ascii=False)}")
    return "\n".join(text + ["```"])


EXAMPLES = {}


def good(name, req, kind, sender, time, payload, coder=None, codec=None, also="frame.encode", label="raw"):
    lines = bare_lines(kind, sender, time, payload)
    data, total = frame(lines, coder, label)
    fields = [("op", "frame.decode")] + ([("also", also)] if also and coder is None else [])
    fields += [("req", req), ("in.frame", data), ("in.codecs", [codec] if codec else [])]
    fields += [("ok.type", kind), ("ok.sender", sender), ("ok.time", time), ("ok.payload", payload)]
    fields += [("ok.id", total), ("ok.codec", codec)]
    EXAMPLES[name] = block(name, fields)


def bad(name, req, err, offset, lines, codecs=(), checksum=None, raw=None):
    data = raw if raw is not None else frame(lines, checksum=checksum)[0]
    fields = [("op", "frame.decode"), ("req", req), ("in.frame", data), ("in.codecs", list(codecs))]
    EXAMPLES[name] = block(name, fields + [("err", err), ("offset", offset)])


def rule(name, op, req, given, expected):
    fields = [("op", op), ("req", req)]
    fields += [(f"in.{key}", value) for key, value in given.items()]
    fields += [(f"ok.{key}", value) for key, value in expected.items()]
    EXAMPLES[name] = block(name, fields)


T = 1500000000
MESH = digest58("sha256", "mesh", "Plaintext", "0.7")
SALTS = ["6f1e8c1a-0b0d-4c3e-9a54-3d2b1c0f9e81", "0c9d2f34-77aa-4e1b-8f10-5b6a7c8d9e0f"]
ADA = digest58("sha384", "('192.0.2.1', 4444)", MESH, SALTS[0])
BOB = digest58("sha384", "('192.0.2.2', 4444)", MESH, SALTS[1])
BANANA = {"$reps": ["banana ", 60]}


def build():
    good("frame-smallest", "FRM-1, FRM-3, FRM-12, MSG-5", 0, "", 0, [])
    good("frame-whisper", "FRM-1, FRM-2, FRM-3, FRM-4", 2, "a", T, [2, "hi"])
    good("frame-broadcast", "MSG-7, MSG-9", 0, "a", T, [0, "text", bin_(b"bytes"), None, {"n": -1}])
    every = [0x40, None, False, True, 127, 128, -32, -33, {"$f64": "3ff8000000000000"}, "é", bin_(b""), [], {"k": 1}]
    good("frame-values", "MPK-1, MPK-12, MPK-13, OPC-5", 0x40, "a", T, every + [{"$ext": [5, "00ff"]}])

    one = bare_lines(2, "a", T, [2, "hi"])
    two = bare_lines(2, "a", T, [2, "ho"])
    both = b""
    for lines in (one, two):
        body = hashlib.sha256(b"".join(d for d, _ in lines)).digest() + b"".join(d for d, _ in lines)
        both += len(body).to_bytes(4, "big") + body
    cuts = [0, 2, 34, 53, 80]
    notes = ["half of a header", "the other half, and the beginning of the body",
             "the rest of the body, and exactly the next header", "27 of the 45 bytes of the second body"]
    chunks = "\n".join(
        f"  {both[start:end].hex():<64}  ; {note}" for start, end, note in zip(cuts, cuts[1:], notes))
    rule("stream-chunks", "stream.feed", "STR-1, STR-2, STR-3", {"chunks[]": chunks, "codecs": []},
         {"ids": [frame(one)[1]], "missing": len(both) - 80})

    extra = one + [(b"\xc0", "one byte too many, at offset 13 of the bare message")]
    bad("malformed-trailing", "MPK-10", "TRAILING", 13, extra)
    flip = bytes.fromhex("18da6d8cd9db26a7040830ead6cd54c5a8005964bb549fc97a59fe098925121c")
    bad("malformed-checksum", "FRM-7", "CHECKSUM", 0, one, checksum=flip)
    bad("malformed-limit", "FRM-5", "LIMIT", 0, [], raw="  01000001  ; length 16777217, one above `max-frame`")
    twice = bare_lines(0, "a", T, [0]) + [(b"\x82", "map of 2"), (b"\xa1k", 'key "k"'), (b"\x01", "integer 1")]
    twice += [(b"\xd9\x01k", 'key "k" again, in a longer form, at offset 14'), (b"\x02", "integer 2")]
    twice[0] = (b"\x95", "array of 5: the message")
    bad("malformed-key", "MPK-9", "BODY", 14, twice)
    big = bare_lines(0, "a", T, [0]) + [(b"\xdd\xff\xff\xff\xff", "array that claims 4294967295 items, at offset 10")]
    big[0] = (b"\x95", "array of 5: the message")
    bad("malformed-count", "MPK-6", "BODY", 10, big)

    for dialect in ("universal", "binary", "text"):
        ident = ADA if dialect != "binary" else bin_(ADA.encode())
        network = MESH if dialect == "text" else bin_(MESH.encode())
        good(f"handshake-{dialect}", "DIA-1", 2, ident, T, [5, ident, network, ["192.0.2.1", 4444], [0x13, 0x11]])
    listed = [0x22, 0x13, "ext:1"]
    good("handshake-extension", "EXT-1", 2, ADA, T,
         [5, ADA, bin_(MESH.encode()), ["192.0.2.1", 4444], listed])
    good("peers", "MSG-7, OPC-1", 2, ADA, T, [7, [[["192.0.2.2", 4444], BOB]]])

    good("frame-zlib", "CMP-1, CMP-6", 0, "a", T, [0, BANANA], lambda d: zlib.compress(d), 0x13, None, "zlib")
    good("frame-lz4", "CMP-1, CMP-6", 0, "a", T, [0, BANANA], tool("lz4", "-q", "-c"), 0x21, None, "lz4")
    good("frame-zstd", "CMP-1, CMP-6", 0, "a", T, [0, BANANA], tool("zstd", "-q", "-c"), 0x22, None, "zstd")
    sync()
    chord()
    time = T
    while True:
        lines = bare_lines(2, "a", time, [2, "hi"])
        total = hashlib.sha256(b"".join(d for d, _ in lines)).digest()
        if total[:2] == b"\x78\x9c":
            break
        time += 1
    data, total = frame(lines)
    EXAMPLES["frame-like-zlib"] = block("frame-like-zlib", [
        ("op", "frame.decode"), ("req", "CMP-5, CMP-7, CMP-8"), ("in.frame", data), ("in.codecs", [0x13]),
        ("ok.type", 2), ("ok.sender", "a"), ("ok.time", time), ("ok.payload", [2, "hi"]), ("ok.id", total),
        ("ok.codec", None)])
    rule("negotiate", "negotiate", "NEG-1, NEG-2, NEG-3", {"own": [0x22, 0x13, 0x11], "peer": [0x11, 0x99, 0x13, 0x13]},
         {"shared": [0x13, 0x11], "codec": 0x13})

    rule("base58-zero", "base58.encode", "B58-2", {"int": "0"}, {"text": "1"})
    rule("base58-number", "base58.encode", "B58-1", {"int": "1500000000"}, {"text": base58(T)})
    rule("base58-leading", "base58.decode", "B58-4", {"text": "11" + base58(T)}, {"int": "1500000000"})
    rule("protocol-id", "id.protocol", "SUB-1, SUB-2", {"subnet": "mesh", "encryption": "Plaintext"}, {"id": MESH})
    rule("protocol-id-sync", "id.protocol", "SUB-3", {"subnet": "sync1", "encryption": "SSL"},
         {"id": digest58("sha256", "sync1", "SSL", "0.7")})
    rule("node-id", "id.node", "NID-1", {"address": "('192.0.2.1', 4444)", "protocolId": MESH, "salt": SALTS[0]},
         {"id": ADA})

    rule("two-links", "link.conflict", "DUP-1", {"own": ADA, "peer": BOB, "newOutgoing": True},
         {"close": "old" if number(ADA) > number(BOB) else "new"})
    rule("broadcast-edge", "broadcast.check", "BRD-1", {"time": T - 60, "now": T, "seen": False}, {"accept": False})
    lease = {"now": T, "leasing": True, "delta": False, "current": {"owner": "x", "time": T - 3600}}
    rule("lease-edge", "lease.check", "LSE-4, LSE-7", dict(lease, change={"owner": "y", "time": T}), {"allow": False})
    rule("distance", "chord.distance", "CHO-1", {"from": "5", "to": "3"}, {"distance": str((3 - 5) % 2**384)})
    shifts = {"sha1": 224, "sha224": 160, "sha256": 128, "sha384": 0, "sha512": 0}
    positions = {}
    for name, shift in shifts.items():
        position = int.from_bytes(hashlib.new(name, b"key").digest(), "big") << shift
        positions[name] = {"int": str(position), "base58": base58(position)}
    rule("positions", "chord.positions", "CHO-2, CHO-3", {"key": "key"}, positions)
    ring = {"self": "10", "joined": True, "peers": ["20", "30"], "key": "25"}
    rule("owner", "chord.owner", "CHO-5", dict(ring, direction="owner"), {"node": "20"})
    rule("ahead", "chord.owner", "CHO-6", dict(ring, direction="ahead"), {"node": "30"})


def sync():
    """Chapter 14: the four forms in which an entry of a Sync Table travels."""
    key = bin_(b"key")
    good("sync-store", "SYN-2", 0, ADA, T, [11, key, 5])
    good("sync-join", "SYN-3", 2, BOB, T + 9, [11, key, 5, ADA, T])
    good("sync-delete", "SYN-2", 0, ADA, T + 1, [11, key, None])
    good("sync-delta", "SYN-2", 0, ADA, T + 2, [17, key, {"a": 1}])


def chord():
    """Chapter 15: meta, and how an entry of a Chord Table is set, announced, asked for and answered."""
    name = bin_(b"sha1")
    position = base58(int.from_bytes(hashlib.sha1(b"key").digest(), "big") << 224)
    good("chord-meta", "CRD-3", 2, ADA, T, [5, "0"])
    good("chord-store", "CRD-6, CRD-8", 2, ADA, T, [11, name, position, 5])
    good("chord-notify", "CRD-12", 0, ADA, T, [6, bin_(b"key")])
    good("chord-retrieve", "CRD-6", 2, BOB, T + 1, [12, name, position])
    good("chord-retrieved", "CRD-15", 2, ADA, T + 1, [13, name, position, 5])


def number(text):
    value = 0
    for digit in text:
        value = value * 58 + DIGITS.index(digit)
    return value


def write():
    """Puts every block into the chapter that has one with its id."""
    for chapter in sorted(pathlib.Path(__file__).parent.parent.glob("[0-9][0-9]-*.md")):
        block_of = re.compile(r"```example ([a-z0-9-]+)\n.*?\n```", re.DOTALL)
        old = chapter.read_text()
        new = block_of.sub(lambda found: EXAMPLES[found.group(1)], old)
        if new != old:
            chapter.write_text(new)
            print(f"{chapter.name}: written")


build()
if sys.argv[1:] == ["--write"]:
    write()
else:
    print("\n\n".join(text for name, text in EXAMPLES.items() if name in sys.argv[1:] or len(sys.argv) < 2))
