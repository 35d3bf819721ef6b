"""Coded frames: what other people's tools wrote, damage, bombs, the order of candidates (CMP)."""

import json
import pathlib

import samples
import wire
from suite import Area, HAND, TIME, flag

flag("Bomb", "resource", "Few bytes that inflate past a limit.", "One frame exhausts the memory of the receiver.")
flag("Tool", "origin", "Bytes made by a compressor that is not ours, named in the source.",
     "An implementation that fails it reads only what it wrote itself.")
flag("Integrity", "strictness", "A stream whose own check values or structure are wrong.",
     "A damaged stream passes for a good one.")
flag("Candidates", "order", "The codec of the body is not what its first bytes, or the list, suggest.",
     "A receiver that takes the first codec that seems to fit refuses good frames.")

frames = Area("codec-frames", "Frames with coded bodies: which are read, and as what.")
NAMES = {16: "bz2", 17: "gzip", 18: "lzma", 19: "zlib", 32: "snappy", 33: "lz4", 34: "zstd"}
ALL = [34, 33, 32, 19, 17, 16, 18]
DATA = {entry["name"]: entry for entry in json.loads(
    (pathlib.Path(__file__).parent / "data" / "codecs.json").read_text())["entries"]}
# n such that the message [2, "a", TIME, 2, n] has a checksum that begins like a stream; found by trying.
LIKE_ZLIB, LIKE_GZIP = 174428, 5316935


def expand(field):
    if isinstance(field, str):
        return bytes.fromhex(field)
    return b"".join(bytes.fromhex(part) if isinstance(part, str) else bytes.fromhex(part["$rep"][0]) * part["$rep"][1]
                    for part in field["$cat"])


def coded(name):
    return expand(DATA[name]["coded"])


def made(name):
    return {"source": DATA[name]["tool"], "flags": ["Tool"]}


FIRST = {16: "bzip2", 17: "gzip", 18: "xz", 19: "zlib", 32: "snappy", 33: "lz4", 34: "zstd"}


def build():
    named_frames()
    tool_frames()
    not_listed()
    strange_lists()
    candidates()
    accepted_is_final()
    damaged_frames()
    bombs_in_frames()
    encoding()


def read(ident, req, name, codecs, comment, **more):
    """A frame whose body a tool made: its message is that of samples.py."""
    entry = DATA[name]
    told = dict(made(name), **more)
    frames.decode(ident, req, samples.MESSAGES[entry["plain"]], comment, codecs=codecs, codec=entry["codec"],
                  body=coded(name), **told)


def named_frames():
    read("CMP-DEC-zlib", "CMP-6 CMP-1 FRM-2", "zlib-repetitive", [19], "a zlib frame")
    read("CMP-DEC-gzip", "CMP-6 CMP-1 FRM-2", "gzip-repetitive", [17], "a gzip frame")
    frames.decode("CMP-DEC-plain", "CMP-5", samples.REPETITIVE, "a raw frame after zlib was agreed", codecs=[19])
    read("CMP-DEC-second", "CMP-6 CMP-7", "gzip-repetitive", [19, 17], "the second agreed codec is in use")
    three = b"".join(wire.frame(b"", coded(name)) for name in ("bzip2-repetitive", "xz-repetitive", "snappy-repetitive"))
    one = wire.sha256(wire.pack(samples.REPETITIVE)).hex()
    frames.add("CMP-DEC-005", "CMP-6 CMP-1", "stream.feed", {"chunks": [wire.byte_field(three)], "codecs": [16, 18, 32]},
               {"ok": {"ids": [one] * 3, "missing": 0}}, "a bz2, an lzma and a snappy frame", flags=["Tool"],
               source="bzip2 1.0.8, xz 5.4.1, python-snappy 0.7.3")
    like = [2, "a", TIME, 2, wire.Form("ce" + LIKE_ZLIB.to_bytes(4, "big").hex(), LIKE_ZLIB)]
    frames.decode("CMP-DEC-006", "CMP-8 CMP-5", like, "a raw body that begins 78 9c, like zlib, while zlib is listed",
                  codecs=[19], flags=["Candidates"])


NO_BODY = ("dictionary", "deflate-", "alone", "framed", "legacy", "xz-12m", "xz-9", "zstd-long")


def tool_frames():
    number = 100
    for codec in ALL:
        for name, entry in DATA.items():
            fine = not any(part in name for part in NO_BODY)
            if entry["codec"] == codec and entry["plain"] in ("short", "repetitive", "random") and (
                    fine or name.startswith("node")):
                read(f"CMP-DEC-{number}", "CMP-1 CMP-6", name, [codec],
                     f"{NAMES[codec]}: {entry['plain']} message, by {entry['tool'].split(':')[0]}")
                number += 1
    for at, codec in enumerate(ALL):
        read(f"CMP-DEC-{200 + at}", "CMP-6 CMP-7", f"{FIRST[codec]}-repetitive", ALL,
             f"{NAMES[codec]}, while all codecs are listed")
    for at, codec in enumerate(ALL):
        others = [each for each in ALL if each != codec] + [codec]
        read(f"CMP-DEC-{210 + at}", "CMP-6 CMP-7", f"{FIRST[codec]}-short", others,
             f"{NAMES[codec]}, listed last")


def strange_lists():
    """CMP-6: numbers in the list that are no codec, or reserved, add no candidate."""
    strange = {"flags": ["Candidates"]}
    message = samples.REPETITIVE
    frames.decode("CMP-DEC-230", "CMP-6", message, "zlib, listed between an unknown and a reserved number",
                  codecs=[99, 19, 20], codec=19, body=coded("zlib-repetitive"), **strange)
    frames.decode("CMP-DEC-231", "CMP-6 CMP-5", message, "raw, while unknown and reserved numbers alone are listed",
                  codecs=[20, 31, 0, 255, 275], **strange)
    frames.refuse("CMP-NEG-130", "CMP-6", wire.pack(message), "CHECKSUM",
                  "zlib, while unknown and reserved numbers alone are listed", 0, codecs=[20, 31, 0, 255, 275],
                  body=coded("zlib-repetitive"), **strange)
    chunk = wire.byte_field(wire.frame(b"", coded("gzip-repetitive")))
    frames.add("CMP-DEC-232", "CMP-6", "stream.feed", {"chunks": [chunk], "codecs": [20, 99, 17]},
               {"ok": {"ids": [wire.sha256(wire.pack(message)).hex()], "missing": 0}},
               "a stream with a gzip frame, listed behind a reserved and an unknown number", **strange)


def not_listed():
    bare = wire.pack(samples.REPETITIVE)
    frames.refuse("CMP-NEG-001", "CMP-6", bare, "CHECKSUM", "a zlib frame where only gzip was agreed", 0, codecs=[17],
                  body=coded("zlib-repetitive"), **made("zlib-repetitive"))
    for at, codec in enumerate(ALL):
        name = f"{FIRST[codec]}-repetitive"
        for extra, codecs, what in ((0, [], "no codec"), (10, [each for each in ALL if each != codec], "all others")):
            frames.refuse(f"CMP-NEG-1{at + extra:02}", "CMP-6", bare, "CHECKSUM",
                          f"{NAMES[codec]}, while {what} is listed", 0, codecs=codecs, body=coded(name), **made(name))


def candidates():
    def raw(ident, req, number, codecs, comment):
        message = [2, "a", TIME, 2, wire.Form("ce" + number.to_bytes(4, "big").hex(), number)]
        frames.decode(ident, req, message, comment, codecs=codecs, flags=["Candidates"])

    raw("CMP-DEC-300", "CMP-8 CMP-5", LIKE_GZIP, [17], "a raw body that begins 1f 8b 08, like gzip, while gzip is listed")
    raw("CMP-DEC-301", "CMP-8 CMP-5", LIKE_GZIP, ALL, "the same, while all codecs are listed")
    raw("CMP-DEC-302", "CMP-8 CMP-5", LIKE_ZLIB, ALL, "a raw body that begins like zlib, while all codecs are listed")
    raw("CMP-DEC-303", "CMP-5", LIKE_ZLIB, [], "a raw body that begins like zlib, while no codec is listed")
    plain, block = samples.SNAPPY_BY_HAND["like-zlib"]
    message = [2, "a", TIME, 2, "snappy that looks like zlib " + "x" * 48]
    for at, codecs in enumerate(([19, 32], [32, 19], [32], ALL)):
        frames.decode(f"CMP-DEC-{304 + at}", "CMP-7 CMP-8", message,
                      f"a snappy body that begins 78 9c, like zlib, while {codecs} are listed", codecs=codecs, codec=32,
                      body=block, flags=["Candidates"])
    # Found by trying times: the checksum begins 2b a8, which is "43 bytes" and "a literal of 43" to snappy.
    for at, codecs in enumerate(([32], [32, 19])):
        frames.decode(f"CMP-DEC-{308 + at}", "CMP-7 CMP-8", [2, "a", 1500195785, 2, "hi"],
                      f"a raw body that is also a snappy block, while {codecs} are listed", codecs=codecs,
                      flags=["Candidates"])
    bare = plain[32:]

    def refuse(ident, codecs, body, err, comment, req="CMP-9"):
        frames.refuse(ident, req, bare, err, comment, codecs=codecs, body=body, flags=["Candidates"])

    refuse("CMP-NEG-200", [19], block, "CODEC", "begins like zlib and is snappy, which is not listed")
    refuse("CMP-NEG-201", [32], b"\xff" * 40, "CHECKSUM", "no codec at all: raw is the first candidate")
    refuse("CMP-NEG-202", ALL, b"\xff" * 40, "CHECKSUM", "no codec at all, while all are listed")
    for at, (codec, head) in enumerate(((19, "789c"), (17, "1f8b08"), (18, "fd377a585a00"), (33, "04224d18"),
                                        (34, "28b52ffd"), (16, "425a6839314159265359"))):
        body = bytes.fromhex(head) + b"\xff" * 40
        refuse(f"CMP-NEG-{203 + at}", [codec], body, "CODEC", f"the magic of {NAMES[codec]}, then rubbish")
        refuse(f"CMP-NEG-{213 + at}", [32, codec], body, "CODEC",
               f"the magic of {NAMES[codec]}, then rubbish, while snappy is listed before it")
        refuse(f"CMP-NEG-{223 + at}", [32], body, "CHECKSUM",
               f"the magic of {NAMES[codec]}, which is not listed, then rubbish")
    for at, head in enumerate(("78bb", "881c", "789d", "7785")):
        refuse(f"CMP-NEG-{230 + at}", [19], bytes.fromhex(head) + b"\xff" * 40, "CHECKSUM",
               f"{head}: no zlib header (a preset dictionary, a window too large, no multiple of 31, another method)")
    refuse("CMP-NEG-234", [16], b"BZh0" + bytes.fromhex("314159265359") + b"\xff" * 40, "CHECKSUM",
           "BZh0 is no magic of bz2: the digit is 1 to 9")
    refuse("CMP-NEG-235", [16], b"BZh9" + b"\xff" * 40, "CHECKSUM", "BZh9 without the mark of a block is no magic of bz2")
    short = b"\x00" * 31
    refuse("CMP-NEG-236", [19], bytes.fromhex("7801 01 1f00 e0ff") + short + bytes.fromhex("001f0001"), "SHORT",
           "zlib of 31 bytes: the plain text has no room for a checksum", "CMP-8")
    empty = bytes.fromhex("28b52ffd 20 00 000000" + "000000" * 9 + "010000")
    refuse("CMP-NEG-237", [34], empty, "SHORT", "zstd of nothing, in eleven empty blocks", "CMP-8")
    wrong = bytes(32)
    stored = bytes.fromhex("7801 01 2000 dfff") + wrong + bytes.fromhex("00200001")
    refuse("CMP-NEG-238", [19], stored, "CHECKSUM", "zlib of 32 zero bytes: no message has that checksum", "CMP-9 FRM-7")
    hollow = wire.sha256(b"")
    body = b"\x20" + samples.snappy_literal(hollow)
    refuse("CMP-NEG-239", [32], body, "BODY", "snappy of the checksum of nothing: accepted, then empty", "CMP-10 MPK-5")
    refuse("CMP-NEG-240", [19], coded("zlib-short")[:31], "SHORT",
           "a body of 31 bytes is refused at the header, coded or not", "FRM-6")


def accepted_is_final():
    """CMP-10: once a checksum holds, the errors of the message count, and no other candidate is tried."""
    good = wire.bare(2, "a", TIME, 2, "hi")
    for at, (bare, err, offset, comment) in enumerate((
            (good + b"\x00", "TRAILING", len(good), "a byte after the array"),
            (wire.unhex("95 02 a161 ce59682f00 02 a2c328"), "TEXT", 10, "bad UTF-8"),
            (wire.unhex("94 02 a161 ce59682f00 c1"), "BODY", 9, "the byte c1"),
            (wire.unhex("92 02 a161"), "SHAPE", 0, "an array of two"),
            (wire.unhex("94 cd0100 a161 ce59682f00 02"), "OPCODE", 1, "type 256"),
            (wire.unhex("94 02 a161 ff 02"), "RANGE", 4, "time -1"),
            (wire.unhex("94 02 a161 ce59682f00") + b"\x91" * 64 + b"\xc0", "LIMIT", 72, "level 65"))):
        plain = wire.plain(bare)
        size = len(plain)
        stored = bytes.fromhex("780101") + size.to_bytes(2, "little") + (65535 - size).to_bytes(2, "little") + plain
        stored += adler32(plain).to_bytes(4, "big")
        frames.refuse(f"CMP-NEG-3{at:02}", "CMP-10", bare, err, f"in zlib: {comment}", offset, codecs=[19, 32], body=stored)
        block = samples.varint(size) + samples.snappy_literal(plain)
        frames.refuse(f"CMP-NEG-3{at + 10}", "CMP-10", bare, err, f"in snappy: {comment}", offset, codecs=[19, 32],
                      body=block)


def adler32(data):
    low, high = 1, 0
    for byte in data:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def damaged_frames():
    bare = wire.pack(samples.REPETITIVE)

    def refuse(ident, codec, body, comment, err="CODEC"):
        frames.refuse(ident, "CMP-2 CMP-9", bare, err, comment, codecs=[codec], body=body, flags=["Integrity"],
                      source=DATA[f"{FIRST[codec]}-repetitive"]["tool"] + "; then damaged")

    refuse("CMP-NEG-003", 19, coded("zlib-repetitive")[:-10], "truncated deflate")
    refuse("CMP-NEG-004", 19, coded("zlib-repetitive") + b"\x00", "a byte after the end of the zlib stream")
    for at, codec in enumerate(ALL):
        body = coded(f"{FIRST[codec]}-repetitive")
        err = "CHECKSUM" if codec == 32 else "CODEC"
        refuse(f"CMP-NEG-4{at:02}", codec, body[:-1], f"{NAMES[codec]}: the last byte is missing", err)
        refuse(f"CMP-NEG-4{at + 10}", codec, body + b"\x00", f"{NAMES[codec]}: a byte follows", err)
        refuse(f"CMP-NEG-4{at + 20}", codec, body + body, f"{NAMES[codec]}: the stream twice", err)


def bombs_in_frames():
    def feed(ident, req, body, codecs, expect, comment, limit=None, **more):
        given = {"chunks": [wire.byte_field(wire.frame(b"", body))], "codecs": codecs}
        if limit is not None:
            given["limit"] = limit
        frames.add(ident, req, "stream.feed", given, expect, comment, **dict({"flags": ["Bomb"]}, **more))

    def taken(size):
        return {"ok": {"ids": [wire.sha256(wire.pack(samples.filled(size))).hex()], "missing": 0}}

    def tool(name):
        return {"source": DATA[name]["tool"], "flags": ["Bomb", "Tool"]}

    bomb = {"err": "BOMB"}
    top, free = samples.MAX_INFLATED, samples.FREE
    feed("CMP-NEG-002", "CMP-3", coded("zlib-9-over"), [19], bomb, "16 kB of zlib: one byte above max-inflated",
         **tool("zlib-9-over"))
    feed("CMP-NEG-500", "CMP-3", coded("gzip-9-over"), [17], bomb, "gzip: one byte above max-inflated",
         **tool("gzip-9-over"))
    feed("CMP-NEG-501", "CMP-3", coded("lz4-large-over"), [33], bomb, "lz4: one byte above max-inflated",
         **tool("lz4-large-over"))
    # The first candidate of a snappy body is raw, so its own error is the one reported (CMP-9).
    feed("CMP-NEG-502", "CMP-3 CMP-9", samples.SNAPPY_BY_HAND["over"][1], [32], {"err": "CHECKSUM"},
         "snappy: one byte above max-inflated; raw came first, so CHECKSUM is what is reported")
    feed("CMP-DEC-310", "CMP-3", coded("zlib-9-max"), [19], taken(top), "zlib: exactly max-inflated",
         **tool("zlib-9-max"))
    feed("CMP-DEC-311", "CMP-3", samples.SNAPPY_BY_HAND["max"][1], [32], taken(top), "snappy: exactly max-inflated")
    for at, (codec, name) in enumerate(((16, "bzip2"), (18, "xz"), (34, "zstd"))):
        feed(f"CMP-DEC-{312 + at}", "CMP-3", coded(f"{name}-free"), [codec], taken(free),
             f"{NAMES[codec]}: exactly ratio-free, at a ratio far above max-ratio", **tool(f"{name}-free"))
        feed(f"CMP-NEG-{503 + at}", "CMP-3", coded(f"{name}-past-free"), [codec], bomb,
             f"{NAMES[codec]}: one byte above ratio-free, at a ratio far above max-ratio", **tool(f"{name}-past-free"))
    # The whole input of CMP-3 is the body; with the header of the frame it would be 4 bytes longer.
    ratio = {"ok": {"ids": [wire.sha256(wire.pack(samples.MESSAGES["ratio"])).hex()], "missing": 0}}
    feed("CMP-DEC-316", "CMP-3", coded("bzip2-ratio"), [16], ratio,
         "bz2: 561 bytes that inflate to exactly 2048 times as many", **tool("bzip2-ratio"))
    feed("CMP-NEG-507", "CMP-3", coded("bzip2-ratio-past"), [16], bomb,
         "bz2: 564 bytes that inflate to one byte more than 2048 times as many", **tool("bzip2-ratio-past"))
    hand = {"source": f"{HAND}, read by zstd 1.5.4"}
    feed("CMP-DEC-315", "CMP-3", samples.ZSTD_BY_HAND["ratio"][1], [34], taken(2048 * 1024),
         "zstd: 1024 bytes that inflate to exactly 2048 times as many", **hand)
    feed("CMP-NEG-506", "CMP-3", samples.ZSTD_BY_HAND["ratio-past"][1], [34], bomb,
         "zstd: 1024 bytes that inflate to one byte more than 2048 times as many", **hand)
    top = samples.MAX_WINDOW
    feed("CMP-DEC-330", "CMP-16", samples.ZSTD_BY_HAND["window-single"][1], [34], taken(top),
         "zstd: a single segment of exactly max-window", **dict(hand, flags=["Exhaustion"]))
    feed("CMP-NEG-520", "CMP-16", samples.ZSTD_BY_HAND["window-single-past"][1], [34], {"err": "CODEC"},
         "zstd: a single segment of one byte more than max-window", **dict(hand, flags=["Exhaustion"]))
    for at, codec in enumerate(ALL):
        name = f"{FIRST[codec]}-repetitive"
        size = len(samples.PLAIN["repetitive"]())
        one = {"ok": {"ids": [wire.sha256(wire.pack(samples.REPETITIVE)).hex()], "missing": 0}}
        feed(f"CMP-DEC-{320 + at}", "CMP-3", coded(name), [codec], one, f"{NAMES[codec]}: plain text exactly at the limit",
             size, **tool(name))
        past = {"err": "CHECKSUM"} if codec == 32 else bomb
        feed(f"CMP-NEG-{510 + at}", "CMP-3" if codec != 32 else "CMP-3 CMP-9", coded(name), [codec], past,
             f"{NAMES[codec]}: plain text one byte above the limit", size - 1, **tool(name))


def encoding():
    """frame.encode with a codec: the answer may be raw, and is judged by what it decodes to."""
    for at, codec in enumerate(ALL):
        frames.encode(f"CMP-ENC-0{at:02}", "CMP-1 CMP-11", samples.REPETITIVE, f"a message that compresses, {NAMES[codec]}",
                      codec=codec)
        frames.encode(f"CMP-ENC-1{at:02}", "CMP-14", samples.RANDOM,
                      f"a message that does not compress, {NAMES[codec]}: it goes raw", codec=codec, raw=True)
        frames.encode(f"CMP-ENC-2{at:02}", "CMP-13", samples.SHORT, f"a short message, {NAMES[codec]}: it goes raw",
                      codec=codec, raw=True, level="SHOULD")
    for at, codec in enumerate(ALL):
        frames.encode(f"CMP-ENC-5{at:02}", "CMP-13", samples.long_text(255),
                      f"a plain text of 255 bytes that would compress well, {NAMES[codec]}: it goes raw", codec=codec,
                      raw=True, level="SHOULD")
        frames.encode(f"CMP-ENC-6{at:02}", "CMP-13", [2, "a", TIME, 2, samples.dense(8000)],
                      f"bytes of which no codec saves 1/16, {NAMES[codec]}: they go raw", codec=codec, raw=True,
                      level="SHOULD")
    frames.encode("CMP-ENC-510", "CMP-13", samples.long_text(256), "a plain text of 256 bytes, zlib: raw or not", codec=19)
    handshake = [2, "a", TIME, 5, "a", "b", ["host" * 250, 4444], [19]]
    for at, codec in enumerate(ALL):
        frames.encode(f"CMP-ENC-4{at:02}", "CMP-12", handshake,
                      f"a handshake that would compress well, {NAMES[codec]}: it goes raw", codec=codec, raw=True)
    zeros = [2, "a", TIME, 2, wire.Rep(b"\x00", 2**21)]
    for at, codec in enumerate((16, 18, 34)):
        frames.encode(f"CMP-ENC-{300 + at}", "CMP-14 CMP-3", zeros,
                      f"2 MiB of zeros, {NAMES[codec]}: a ratio that receivers refuse", codec=codec, flags=["Large"])
