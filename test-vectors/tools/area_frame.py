"""Frames, whole: what is read and what is written (FRM, MSG). Refused ones are in area_negative."""

import wire
from suite import Area, TIME, flag, meaning
from wire import Ext, Form, Map, Rep

flag("LongForm", "encoding", "A longer msgpack form than the value needs.",
     "Senders exist that write it; the value is the same, and the id is over the bytes as they came.")
flag("Large", "size", "A big input or a big answer: some MiB in one line.",
     "A limit of a testee on the length of a line shows here; it is no limit of the protocol.")
flag("LoneSurrogate", "notation", "The request holds half of a surrogate pair, as an escape.",
     "A testee whose texts cannot hold one answers with skip.")

decode = Area("frame-decode", "Frames that every implementation reads, and what they mean.")
encode = Area("frame-encode", "Messages to be written, and messages that an encoder refuses.")


def build():
    reads()
    reads_edges()
    writes()
    writes_exactly()
    refused_writes()


def reads():
    d = decode.decode
    d("FRM-DEC-001", "FRM-1 FRM-2 FRM-3 FRM-4", [2, "a", TIME, 2, "hi"], "smallest whisper")
    d("FRM-DEC-002", "MSG-2 MSG-5 MSG-6 MSG-7", [2, "", 0],
      "empty payload, empty sender, time 0: the smallest message there is")
    d("FRM-DEC-003", "MSG-9 MSG-5", [2, b"a", TIME, 2, b"hi", "hi", b"", ""],
      "binary sender and payload, kept apart from text of the same bytes")
    d("FRM-DEC-004", "MPK-4", [2, "a", TIME, 2, 2**64 - 1, -(2**63)], "the largest and the smallest integer")
    d("FRM-DEC-005", "MPK-1 MPK-8", [2, "\u00e4", TIME, 2, "\u6e2c\u8a66 \U0001f98a \u0000 end"],
      "text that is not ASCII, and a NUL inside")
    d("FRM-DEC-006", "MPK-1", [2, "a", TIME, 2, Map(("k", [1, Map(("n", None)), []]), ("z", Map()))],
      "maps and arrays in each other")
    d("FRM-DEC-007", "MPK-1", [2, "a", TIME, 2, *range(20)],
      "more than 15 items: the message has an array 16 header")
    d("FRM-DEC-008", "MSG-6", [2, "a", 2**32 + 5, 2], "time beyond 32 bits")
    d("FRM-DEC-009", "MPK-1", [2, "a", TIME, 2, "x" * 32, "y" * 255, Rep("z", 256), Rep(b"\x5a", 300)],
      "str 8, str 16 and bin 16")
    five = ["05", "cc05", "cd0005", "ce00000005", "cf0000000000000005", "d005", "d10005", "d200000005",
            "d30000000000000005"]
    d("FRM-DEC-010", "MPK-2 MPK-3", [2, "a", TIME, 2] + [Form(hexed, 5) for hexed in five],
      "the nine integer forms of 5 are one value", flags=["LongForm"])


def reads_edges():
    d = decode.decode
    d("FRM-DEC-011", "MSG-4", [0, "a", TIME, 0, "x"], "type 0, the smallest")
    d("FRM-DEC-012", "MSG-4", [255, "a", TIME, 0, "x"], "type 255, the largest")
    d("FRM-DEC-013", "MSG-4 MPK-2", [Form("d300000000000000ff", 255), "a", TIME, 0], "type 255 in an int 64",
      flags=["LongForm"])
    d("FRM-DEC-014", "MSG-6", [2, "a", 2**63 - 1, 2], "the largest time")
    d("FRM-DEC-015", "MSG-6", [2, "a", 2**31 - 1, 2], "time 2^31-1")
    d("FRM-DEC-016", "MSG-6", [2, "a", 2**31, 2], "time 2^31, where signed clocks turn over")
    d("FRM-DEC-017", "MSG-6 MPK-2", [2, "a", Form("d300000000590a4b00", 0x590A4B00), 2], "time in an int 64",
      flags=["LongForm"])
    d("FRM-DEC-018", "MSG-7", [2, "a", TIME, "text"], "first payload item is text: it decodes, the link refuses it")
    d("FRM-DEC-019", "MSG-7", [2, "a", TIME, None, 1], "first payload item is nil: it decodes")
    d("FRM-DEC-020", "OPC-3 MSG-7", [2, "a", TIME, "2", 2], "the text \"2\" is not the number 2")
    d("FRM-DEC-021", "MSG-5 MPK-2", [2, Form("d90161", "a"), TIME, 2], "sender in a str 8", flags=["LongForm"])
    whole("FRM-DEC-022", "MSG-1 MPK-2", "dc0004 02 a161 ce59682f00 02", [2, "a", TIME, 2],
          "the message array itself in an array 16 header")
    whole("FRM-DEC-023", "MSG-1 MPK-2", "dd00000004 02 a161 ce59682f00 02", [2, "a", TIME, 2],
          "the message array itself in an array 32 header")
    d("FRM-DEC-024", "MSG-2", [64, b"", 1], "exactly three items")
    d("FRM-DEC-025", "MPK-11", [2, "a", TIME, 2, Ext(1, b"\x01"), Ext(-1, b"\x00\x00\x00\x00")],
      "ext in the payload, the timestamp type -1 included: passed on unread")
    d("FRM-DEC-026", "CMP-5 NEG-3", [2, "a", TIME, 2, "hi"], "raw, while numbers are listed that are no codec",
      codecs=[99, 20])
    d("FRM-DEC-027", "MSG-9", [2, b"\xff\xfe", TIME, 2, b"\xff\xfe\x80"], "binary that could not be text")
    d("FRM-DEC-028", "MPK-1", [2, "a", TIME, 2, Rep(b"\x00", 65536)], "bin 32: 65 536 bytes")
    d("FRM-DEC-029", "MPK-1", [2, "a", TIME, 2, Rep("a", 65536)], "str 32: 65 536 bytes")
    d("FRM-DEC-030", "FRM-12 MSG-6", [0, "a", 0, 0, "x"], "a broadcast dated 0: its time is 0, and not now")
    d("FRM-DEC-031", "OPC-5 OPC-2", [0x40, "a", TIME, 0xFF, "x"], "opcodes of applications, as type and as sub-flag")
    d("FRM-DEC-032", "OPC-4", [2, "a", TIME, 0x0F, Map(("a", []))],
      "new_paths decodes like any message; it is the node that ignores it")
    d("FRM-DEC-033", "EXT-2", [2, "a", TIME, 0x30, "x"], "a sub-flag of an extension decodes like any")
    d("FRM-DEC-034", "MSG-7", [2, "a", TIME, -1], "a sub-flag below zero decodes: the payload has no range")
    d("FRM-DEC-035", "MSG-7", [2, "a", TIME, 300], "a sub-flag above 255 decodes: the payload has no range")
    d("FRM-DEC-036", "MSG-5", [2, Rep(b"\x31", 200), TIME, 2], "a sender longer than any id")
    d("FRM-DEC-037", "OPC-5", [0x2F, "a", TIME, 0x2E, "x"], "a reserved type and sub-flag that nobody has given a meaning")
    d("FRM-DEC-038", "OPC-5", [0x03, "a", TIME, 0x40], "a ping with a sub-flag of an application")


def whole(ident, req, hexed, message, comment):
    """A message whose bytes are given as a whole, with what they mean."""
    bare = wire.unhex(hexed)
    expect = dict(meaning(message, bare), codec=None)
    decode.add(ident, req, "frame.decode", {"frame": wire.byte_field(wire.frame(bare)), "codecs": []},
               {"ok": expect}, comment, flags=["LongForm"])


def nested(depth, inner=0):
    """A value with `depth` arrays around it."""
    for _ in range(depth):
        inner = [inner]
    return inner


def writes():
    e = encode.encode
    e("FRM-ENC-001", "FRM-1 FRM-2 FRM-3", [2, "a", TIME, 2, "hi"], "a whisper")
    e("FRM-ENC-002", "FRM-12", [2, "a", 0, 2, "hi"], "time 0 is written as 0, and not as now")
    e("FRM-ENC-003", "MPK-4", [2, "a", TIME, 2, 2**64 - 1, -(2**63)], "the largest and the smallest integer")
    e("FRM-ENC-005", "FRM-4", [0, "a", TIME, 0, "x"], "the id is the SHA-256 of the bare message")
    e("FRM-ENC-006", "MPK-13", [2, "a", TIME, 2, 1.5], "a float that float 32 could hold goes as float 64",
      contains="cb3ff8000000000000")
    e("FRM-ENC-007", "MPK-13 MPK-3", [2, "a", TIME, 2, 1.0], "a whole-number float stays a float",
      contains="cb3ff0000000000000")
    e("FRM-ENC-008", "MPK-13 MPK-3", [2, "a", TIME, 2, -0.0], "minus zero keeps its sign",
      contains="cb8000000000000000")
    e("FRM-ENC-009", "MPK-13", [2, "a", TIME, 2, float("inf"), float("-inf"), 5e-324],
      "infinities, and the smallest float there is", contains="cb7ff0000000000000cbfff0000000000000cb0000000000000001")
    e("FRM-ENC-010", "MSG-9", [2, b"a", TIME, 2, b"hi", "hi", b"", ""], "binary and text of the same bytes")
    e("FRM-ENC-011", "MSG-7", [2, "", TIME], "no payload, empty sender")
    e("FRM-ENC-012", "MSG-4", [0, "a", TIME, 0], "type 0")
    e("FRM-ENC-013", "MSG-4", [255, "a", TIME, 0], "type 255")
    e("FRM-ENC-014", "MSG-6", [2, "a", 2**63 - 1, 2], "the largest time")
    e("FRM-ENC-015", "MPK-11", [2, "a", TIME, 2, Ext(-128, b"\x00"), Ext(127, b"123")], "ext of the outermost types")
    e("FRM-ENC-016", "MPK-15 MPK-7", [2, "a", TIME, nested(63)], "nesting of exactly 64 levels")
    e("FRM-ENC-017", "MPK-9 MPK-15", [2, "a", TIME, 2, Map((1, "int"), (1.0, "float"), ("1", "text"), (b"1", "binary"))],
      "keys that look alike and differ in type")
    e("FRM-ENC-018", "MPK-3 MPK-15", [2, "a", TIME, 2, Map((0.0, "plus"), (-0.0, "minus"))],
      "zero and minus zero are different keys")
    e("FRM-ENC-019", "MPK-8", [2, "\u00e4", TIME, 2, "\u6e2c\u8a66 \U0001f98a \u0000 end"], "text that is not ASCII")
    e("FRM-ENC-020", "MSG-8", [2, "a", TIME, 10, b"req", [["h", 1], b"id"], "req"],
      "values to be echoed keep text and binary apart")


def writes_exactly():
    def e(*args, **more):
        encode.encode(*args, canonical=True, level="SHOULD", **more)

    edges = [0, 127, 128, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**63 - 1, 2**63, 2**64 - 1]
    e("FRM-ENC-004", "MPK-12", [2, "a", TIME, 2, 5, "x", b"x", [], Map()], "shortest form of each kind")
    e("FRM-ENC-021", "MPK-12", [2, "a", TIME, 2, *edges], "integers from 0 upwards at each edge, in unsigned forms")
    e("FRM-ENC-022", "MPK-12", [2, "a", TIME, 2, -1, -32, -33, -128, -129, -32768, -32769, -(2**31), -(2**31) - 1,
                                -(2**63)], "integers below 0 at each edge")
    e("FRM-ENC-023", "MPK-12", [2, "a", TIME, 2, "", "x" * 31, "x" * 32, "x" * 255, Rep("x", 256)],
      "text at the edges of fixstr and str 8")
    e("FRM-ENC-024", "MPK-12", [2, "a", TIME, 2, Rep("x", 65535), Rep("y", 65536)], "text at the edge of str 16")
    e("FRM-ENC-025", "MPK-12", [2, "a", TIME, 2, b"", Rep(b"\x01", 255), Rep(b"\x01", 256)],
      "binary at the edge of bin 8")
    e("FRM-ENC-026", "MPK-12", [2, "a", TIME, 2, Rep(b"\x01", 65535), Rep(b"\x02", 65536)],
      "binary at the edge of bin 16")
    e("FRM-ENC-027", "MPK-12", [2, "a", TIME, 2, [0] * 15, [0] * 16], "arrays at the edge of fixarray")
    e("FRM-ENC-028", "MPK-12", [2, "a", TIME, 2, Map(*[(n, n) for n in range(15)]), Map(*[(n, n) for n in range(16)])],
      "maps at the edge of fixmap")
    e("FRM-ENC-029", "MPK-14", [2, "a", TIME, 2, Map(("z", 1), ("a", 2), ("m", 3))],
      "the entries of a map in the order given")
    e("FRM-ENC-030", "MPK-12", [2, "a", TIME, *range(13)], "16 items in all: array 16")
    e("FRM-ENC-031", "MPK-12", [2, "a", TIME, 2] + [Ext(5, bytes(n)) for n in (0, 1, 2, 3, 4, 5, 8, 9, 16, 17, 255, 256)],
      "ext at each fixed size and next to it")
    e("FRM-ENC-032", "MPK-12 MSG-6", [2, "a", 127, 2], "a small time in one byte")
    e("FRM-ENC-033", "MPK-12 MSG-4", [200, "a", TIME, 200], "type and sub-flag above 127 in a uint 8")


def refused_writes():
    r = encode.refuse_encode
    r("FRM-ENC-NEG-001", "MPK-15 MSG-4", [256, "a", TIME, 2], "OPCODE", "type 256")
    r("FRM-ENC-NEG-002", "MPK-15 MSG-4", [-1, "a", TIME, 2], "OPCODE", "type -1")
    r("FRM-ENC-NEG-003", "MPK-15 MSG-4", [2**32, "a", TIME, 2], "OPCODE", "type 2^32, which is 0 in 32 bits")
    r("FRM-ENC-NEG-004", "MPK-15 MSG-6", [2, "a", -1, 2], "RANGE", "time -1")
    r("FRM-ENC-NEG-005", "MPK-15 MSG-6", [2, "a", 2**63, 2], "RANGE", "time 2^63")
    r("FRM-ENC-NEG-006", "MPK-15", [2, "a", TIME, 2, 2**64], "RANGE", "the integer 2^64")
    r("FRM-ENC-NEG-007", "MPK-15", [2, "a", TIME, 2, -(2**63) - 1], "RANGE", "the integer -2^63-1")
    r("FRM-ENC-NEG-008", "MPK-15", [2, "a", TIME, 2, Map(("k", [2**64]))], "RANGE", "the integer 2^64, inside a map")
    lone = {"flags": ["LoneSurrogate"]}
    r("FRM-ENC-NEG-009", "MPK-15", [2, "a", TIME, 2, "x\ud800y"], "TEXT", "a lone high surrogate", **lone)
    r("FRM-ENC-NEG-010", "MPK-15", [2, "a", TIME, 2, "\udfff"], "TEXT", "a lone low surrogate", **lone)
    r("FRM-ENC-NEG-011", "MPK-15", [2, "\ud83d", TIME, 2], "TEXT", "a lone surrogate in the sender", **lone)
    r("FRM-ENC-NEG-012", "MPK-15", [2, "a", TIME, 2, Map(("\ud83d", 1))], "TEXT", "a lone surrogate in a key", **lone)
    r("FRM-ENC-NEG-013", "MPK-15", [2, "a", TIME, 2, "\ude00\ud83d"], "TEXT", "a pair in the wrong order", **lone)
    r("FRM-ENC-NEG-014", "MPK-15", [2, "a", TIME, 2, Map(("a", 1), ("a", 2))], "BODY", "a key twice")
    r("FRM-ENC-NEG-015", "MPK-15", [2, "a", TIME, 2, [Map((7, 1), (8, 1), (7, 1))]], "BODY", "an integer key twice")
    r("FRM-ENC-NEG-016", "MPK-15", [2, "a", TIME, 2, Map(([1, "x"], 1), ([1, "x"], 2))], "BODY", "an array as key twice")
    r("FRM-ENC-NEG-017", "MPK-15 MPK-7", [2, "a", TIME, nested(64)], "LIMIT", "nesting of 65 levels")
    deep = Map(("k", 1))
    for _ in range(63):
        deep = Map(("k", deep))
    r("FRM-ENC-NEG-018", "MPK-15 MPK-7", [2, "a", TIME, deep], "LIMIT", "65 levels of maps")
    r("FRM-ENC-NEG-019", "FRM-9 MPK-15", [2, "a", TIME, 2, Rep(b"\x00", 2**24)], "LIMIT",
      "a payload that alone fills max-frame", flags=["Large"])
    over = 2**24 - 32 - 15 + 1
    r("FRM-ENC-NEG-020", "FRM-9 MPK-15", [2, "a", TIME, 2, Rep("a", over)], "LIMIT",
      "one byte above max-frame", flags=["Large"])
    coded = [2, "a", TIME, 2, Rep("a", over)]
    r("FRM-ENC-NEG-021", "FRM-9 MPK-15", coded, "LIMIT", "one byte above max-inflated, though zlib would make it small",
      codec=19, flags=["Large"])
    encode.encode("FRM-ENC-034", "FRM-9", [2, "a", TIME, 2, Rep("a", over - 1)],
                  "plain text of exactly max-inflated", codec=19, flags=["Large"])
    wrong_kinds(r)
    orders(r)
    r("FRM-ENC-NEG-022", "CMP-4", [2, "a", TIME, 2, "hi"], "CODEC", "a codec that nobody has", codec=99)
    r("FRM-ENC-NEG-023", "CMP-4 CMP-1", [2, "a", TIME, 2, "hi"], "CODEC", "a codec that is reserved only (bwtc)", codec=20)


def wrong_kinds(r):
    """MPK-18: what a caller may hand over where the type, the sender and the time belong."""
    kinds = [("nil", None), ("true", True), ("a float", 2.0), ("a text", "2"), ("an array", [2])]
    for at, (name, value) in enumerate(kinds):
        r(f"FRM-ENC-NEG-{30 + at:03}", "MPK-18 MSG-3", [value, "a", TIME, 2], "SHAPE", f"{name} as type")
        r(f"FRM-ENC-NEG-{40 + at:03}", "MPK-18 MSG-6", [2, "a", value, 2], "SHAPE", f"{name} as time")
    for at, (name, value) in enumerate((("nil", None), ("an integer", 7), ("an array", ["a"]), ("a map", Map(("a", 1))))):
        r(f"FRM-ENC-NEG-{50 + at:03}", "MPK-18 MSG-5", [2, value, TIME, 2], "SHAPE", f"{name} as sender")


def orders(r):
    """MPK-19: the type, the sender, the time, the payload, the size of the frame."""
    first = {"flags": ["Order"]}
    r("FRM-ENC-NEG-060", "MPK-19", [256, None, TIME, 2], "OPCODE", "type 256, and nil as sender", **first)
    r("FRM-ENC-NEG-061", "MPK-19", [1.5, "a", -1, 2], "SHAPE", "a float as type, and time -1", **first)
    r("FRM-ENC-NEG-062", "MPK-19", [256, "a", "0", 2], "OPCODE", "type 256, and a text as time", **first)
    r("FRM-ENC-NEG-063", "MPK-19", [2, None, -1, 2], "SHAPE", "nil as sender, and time -1", **first)
    r("FRM-ENC-NEG-064", "MPK-19", [256, "a", -1, 2], "OPCODE", "type 256, and time -1", **first)
    r("FRM-ENC-NEG-065", "MPK-19", [2, "a", -1, 2, Map((1, 1), (1, 1))], "RANGE", "time -1, and a key twice", **first)
    r("FRM-ENC-NEG-066", "MPK-19", [-1, "a", TIME, 2**64], "OPCODE", "type -1, and the integer 2^64", **first)
    r("FRM-ENC-NEG-067", "MPK-19", [2, None, TIME, nested(64)], "SHAPE", "nil as sender, and nesting of 65 levels", **first)
    r("FRM-ENC-NEG-068", "MPK-19 MPK-15", [2, "a", TIME, Map(("k", 1), ("k", 2)), Rep(b"\x00", 2**24)], "BODY",
      "a key twice, and a frame above max-frame", flags=["Order", "Large"])
    both = {"flags": ["Order", "LoneSurrogate"]}
    r("FRM-ENC-NEG-069", "MPK-19", [256, "\ud83d", TIME, 2], "OPCODE", "type 256, and a lone surrogate in the sender", **both)
    r("FRM-ENC-NEG-070", "MPK-19", [2, "\ud83d", -1, 2], "TEXT", "a lone surrogate in the sender, and time -1", **both)
    r("FRM-ENC-NEG-071", "MPK-20", [2, "a", TIME, 2**64, "\ud83d"], "RANGE", "2^64, then a lone surrogate",
      level="SHOULD", **both)
    r("FRM-ENC-NEG-072", "MPK-20", [2, "a", TIME, "\ud83d", 2**64], "TEXT", "a lone surrogate, then 2^64",
      level="SHOULD", **both)
