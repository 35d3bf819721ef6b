"""Frames and messages that are refused, with the code and the place (FRM, MSG; the order of checks)."""

import wire
from suite import Area, TIME, flag
from wire import Ext, unhex

flag("Order", "order", "The frame has several defects; the first one in the order of FRM-13 is the answer.",
     "Two implementations that check in another order report different errors for one frame.")
flag("Lenient", "strictness", "At least one of the 0.7 references reads this.",
     "Reading it makes two implementations disagree about what was said.")
flag("Exhaustion", "resource", "A claim that costs the sender nothing and a careless receiver its memory or stack.",
     "One frame ends the process.")

negative = Area("frame-negative", "Frames that every implementation refuses, and the first check that fails.")
GOOD = wire.bare(2, "a", TIME, 2, "hi")
HEAD = "a161 ce59682f00"


def build():
    headers()
    bodies()
    shapes()
    orders()


def headers():
    frame = wire.frame(GOOD)
    n = negative.refuse_frame
    n("FRM-NEG-001", "FRM-7", flip(frame, 4, 0x80), "CHECKSUM", "first bit of the checksum flipped")
    n("FRM-NEG-002", "FRM-7", flip(frame, len(frame) - 1, 1), "CHECKSUM", "last bit of the message flipped")
    n("FRM-NEG-003", "FRM-8", relength(frame, -1), "LENGTH", "length one too small: a byte is left over")
    n("FRM-NEG-004", "FRM-8", relength(frame, +1), "LENGTH", "length one too large: a byte is missing")
    n("FRM-NEG-005", "FRM-6", unhex("00000000"), "SHORT", "length zero", 0)
    n("FRM-NEG-006", "FRM-6", unhex("0000001f") + bytes(31), "SHORT", "31 bytes: no room for a checksum", 0)
    n("FRM-NEG-007", "MPK-5", wire.frame(b""), "BODY", "the checksum of nothing, and nothing", 0)
    n("FRM-NEG-019", "FRM-5", unhex("01000001"), "LIMIT", "length one above max-frame: refused at the header", 0,
      flags=["Exhaustion"])
    n("FRM-NEG-021", "FRM-5", unhex("ffffffff"), "LIMIT", "length 2^32-1: unsigned, and refused at the header", 0,
      flags=["Exhaustion"])
    n("FRM-NEG-022", "FRM-5", unhex("80000000"), "LIMIT", "length 2^31: not a negative number", 0,
      flags=["Exhaustion"])
    n("FRM-NEG-023", "FRM-8", b"", "LENGTH", "no byte at all")
    for count in (1, 2, 3):
        n(f"FRM-NEG-{23 + count:03}", "FRM-8", frame[:count], "LENGTH", f"{count} of the 4 bytes of the header")
    n("FRM-NEG-027", "FRM-8", frame[:4], "LENGTH", "a header and nothing else")
    n("FRM-NEG-028", "FRM-8", frame[:20], "LENGTH", "cut inside the checksum")
    n("FRM-NEG-029", "FRM-8", frame[:-1], "LENGTH", "the last byte is missing")
    n("FRM-NEG-030", "FRM-8", frame + frame, "LENGTH", "two frames where one is expected")
    n("FRM-NEG-031", "FRM-8", unhex("01000000"), "LENGTH", "length exactly max-frame is fine; the body is missing")
    n("FRM-NEG-032", "FRM-6", unhex("0000001f"), "SHORT", "31 in the header, and no body: the header is checked first",
      0, flags=["Order"])
    n("FRM-NEG-033", "FRM-7", wire.frame(GOOD, bytes(32)), "CHECKSUM", "32 zero bytes: a checksum of no message")
    n("FRM-NEG-034", "FRM-7", wire.frame(GOOD, wire.sha256(wire.plain(GOOD)) + GOOD), "CHECKSUM",
      "the checksum is over checksum and message")
    n("FRM-NEG-035", "FRM-7", wire.frame(GOOD, wire.sha256(GOOD)[::-1] + GOOD), "CHECKSUM", "the checksum backwards")
    n("FRM-NEG-036", "FRM-5", relength(frame, 0, "little"), "LIMIT", "the length in little-endian order", 0)


def bodies():
    n = negative.refuse
    n("FRM-NEG-013", "MPK-10", GOOD + b"\x00", "TRAILING", "a byte after the array, under its right checksum",
      len(GOOD), flags=["Lenient"])
    n("FRM-NEG-014", "MPK-5", GOOD[:-1], "BODY", "message cut inside a text, checksum right", len(GOOD) - 3)
    n("FRM-NEG-015", "MPK-6", f"94 02 {HEAD} dd7fffffff", "BODY",
      "an array that claims 2^31-1 items: refused before memory is reserved", 9, flags=["Exhaustion"])
    n("FRM-NEG-016", "MPK-5", f"94 02 {HEAD} c1", "BODY", "the byte c1", 9)
    n("FRM-NEG-017", "MPK-8", f"95 02 {HEAD} 02 a2c328", "TEXT", "text that is not UTF-8", 10, flags=["Lenient"])
    n("FRM-NEG-018", "MPK-7", unhex(f"94 02 {HEAD}") + b"\x91" * 10000 + b"\xc0", "LIMIT",
      "nested 10 000 deep: refused at level 65 and without a stack overflow", 9 + 63, flags=["Exhaustion"])
    negative.decode("FRM-NEG-020", "MPK-11", [2, "a", TIME, 2, Ext(42, b"\x01\x02\x03")],
                    "ext in the payload: not refused, whatever its type")
    n("FRM-NEG-037", "MPK-10", GOOD + GOOD, "TRAILING", "two messages under one checksum", len(GOOD),
      flags=["Lenient"])
    n("FRM-NEG-038", "MPK-10", GOOD + b"\xc1", "TRAILING", "c1 after the array: it is not even looked at", len(GOOD),
      flags=["Lenient"])
    n("FRM-NEG-039", "MPK-10", GOOD + bytes(1000), "TRAILING", "padding after the array", len(GOOD), flags=["Lenient"])
    n("FRM-NEG-040", "MPK-7", unhex(f"94 02 {HEAD}") + b"\x81\x01" * 10000 + b"\xc0", "LIMIT",
      "maps nested 10 000 deep", 9 + 126, flags=["Exhaustion"])
    n("FRM-NEG-041", "MPK-7", b"\x91" * 200000 + b"\xc0", "LIMIT", "nothing but 200 000 open arrays", 64,
      flags=["Exhaustion"])
    n("FRM-NEG-042", "MPK-7", b"\x81" * 200000, "LIMIT", "nothing but 200 000 open maps, each the key of the last",
      64, flags=["Exhaustion"])


SHAPES = [
    ("nil", "c0"), ("false", "c2"), ("true", "c3"), ("an integer", "05"), ("a negative integer", "e0"),
    ("a float", "cb4000000000000000"), ("text", "a3393939"), ("binary", "c403393939"), ("an array", "9132"),
    ("a map", "80"), ("ext", "d40100"),
]


def shapes():
    n = negative.refuse
    n("FRM-NEG-008", "MSG-1", "a3616263", "SHAPE", "the message is text", 0, flags=["Lenient"])
    n("FRM-NEG-009", "MSG-2", "92 02 a161", "SHAPE", "an array of two", 0, flags=["Lenient"])
    n("FRM-NEG-010", "MSG-1", "80", "SHAPE", "the message is a map", 0)
    n("FRM-NEG-011", "MSG-6", "94 02 a161 a3393939 02", "SHAPE", "time is text", 4, flags=["Lenient"])
    n("FRM-NEG-012", "MSG-5", "94 02 07 ce59682f00 02", "SHAPE", "sender is an integer", 2, flags=["Lenient"])
    each("FRM-NEG-1{:02}", "MSG-1", "the message is {}", "{}", 0, skip=("text", "an array", "a map"))
    n("FRM-NEG-120", "MSG-2", "90", "SHAPE", "an empty array", 0, flags=["Lenient"])
    n("FRM-NEG-121", "MSG-2", "91 02", "SHAPE", "an array of one", 0, flags=["Lenient"])
    n("FRM-NEG-122", "MSG-1", "83 02 a161 03 04 05 06", "SHAPE", "a map of three entries is no array of six", 0)
    each("FRM-NEG-2{:02}", "MSG-3", "type is {}", "94 {} a161 ce59682f00 02", 1,
         skip=("an integer", "a negative integer"))
    each("FRM-NEG-3{:02}", "MSG-5", "sender is {}", "94 02 {} ce59682f00 02", 2, skip=("text", "binary", "an integer"))
    each("FRM-NEG-4{:02}", "MSG-6", "time is {}", "94 02 a161 {} 02", 4,
         skip=("text", "an integer", "a negative integer"))
    for at, (comment, hexed) in enumerate((
            ("type 256", "cd0100"), ("type -1", "ff"), ("type 2^32, which is 0 in 32 bits", "cf0000000100000000"),
            ("type 2^64-1", "cfffffffffffffffff"), ("type -2^63", "d38000000000000000"),
            ("type 256 in an int 32", "d200000100"), ("type -254, which is 2 in 8 bits", "d1ff02"))):
        n(f"FRM-NEG-{230 + at}", "MSG-4", f"94 {hexed} a161 ce59682f00 02", "OPCODE", comment, 1, flags=["Lenient"])
    for at, (comment, hexed) in enumerate((
            ("time -1", "ff"), ("time -2^63", "d38000000000000000"), ("time 2^63", "cf8000000000000000"),
            ("time 2^64-1", "cfffffffffffffffff"))):
        n(f"FRM-NEG-{430 + at}", "MSG-6", f"94 02 a161 {hexed} 02", "RANGE", comment, 4, flags=["Lenient"])
    n("FRM-NEG-434", "MSG-6 MPK-3", "94 02 a161 ca4eb2d05e 02", "SHAPE", "time is a float 32 of a whole number", 4,
      flags=["Lenient"])


def each(ident, req, comment, hexed, offset, skip):
    """One refusal for each kind of value that may not stand there; numbers are those of the list."""
    for at, (name, item) in enumerate(SHAPES):
        if name not in skip:
            lax = req != "MSG-1" or name == "binary"
            negative.refuse(ident.format(at), req, hexed.format(item), "SHAPE", comment.format(name), offset,
                            flags=["Lenient"] if lax else [])


def orders():
    """Two defects each: the earlier check wins (FRM-13)."""
    frame = wire.frame(GOOD)

    def header(ident, data, err, comment, offset=None):
        negative.refuse_frame(ident, "FRM-13 ERR-1", data, err, comment, offset, flags=["Order"])

    def message(ident, hexed, err, comment, offset):
        negative.refuse(ident, "FRM-13", hexed, err, comment, offset, flags=["Order"])

    header("ORD-001", unhex("ffffff"), "LENGTH", "3 bytes of a header that would be above the limit")
    header("ORD-002", unhex("01000001") + frame, "LIMIT", "above the limit, and other bytes than announced", 0)
    header("ORD-003", unhex("00000000") + bytes(5), "SHORT", "below 32, and more bytes than announced", 0)
    header("ORD-004", unhex("00000010") + bytes(3), "SHORT", "below 32, and fewer bytes than announced", 0)
    header("ORD-005", relength(flip(frame, 4, 1), 1), "LENGTH", "a byte is missing, and the checksum is wrong")
    header("ORD-006", relength(flip(frame, 4, 1), -1), "LENGTH", "a byte too many, and the checksum is wrong")
    bad = wire.frame(GOOD[:-1] + b"\xc1\xc1")
    header("ORD-007", flip(bad, 4, 1), "CHECKSUM", "the checksum is wrong, and the message malformed")
    header("ORD-008", wire.frame(b"", bytes(32)), "CHECKSUM", "the checksum is wrong, and the message empty")
    header("ORD-009", flip(wire.frame(GOOD + b"\x00"), 4, 1), "CHECKSUM", "the checksum is wrong, and a byte follows")
    message("ORD-010", f"95 02 {HEAD} c1 a2c328", "BODY", "c1, then bad UTF-8", 9)
    message("ORD-011", f"95 02 {HEAD} a2c328 c1", "TEXT", "bad UTF-8, then c1", 9)
    message("ORD-012", f"94 02 {HEAD} a2c328 00", "TEXT", "bad UTF-8, then a byte after the array", 9)
    message("ORD-013", f"94 02 {HEAD} c1 00", "BODY", "c1, then a byte after the array", 9)
    message("ORD-014", "a3616263 00", "TRAILING", "the message is text, and a byte follows", 4)
    message("ORD-015", "92 02 a161 c0", "TRAILING", "an array of two, and a byte follows", 4)
    message("ORD-016", "94 02 a161 a3393939 c1", "BODY", "time is text, then c1", 8)
    message("ORD-017", "94 a132 a161 ce59682f00 a2c328", "TEXT", "type is text, then bad UTF-8", 10)
    message("ORD-018", "92 a132 c0", "SHAPE", "an array of two, and its type is text", 0)
    message("ORD-019", "94 a132 07 ce59682f00 02", "SHAPE", "type is text, and sender an integer", 1)
    message("ORD-020", "94 cd0100 07 ce59682f00 02", "OPCODE", "type is 256, and sender an integer", 1)
    message("ORD-021", "94 cd0100 a161 ff 02", "OPCODE", "type is 256, and time -1", 1)
    message("ORD-022", "94 02 07 ff 02", "SHAPE", "sender is an integer, and time -1", 2)
    message("ORD-023", "94 02 07 a0 02", "SHAPE", "sender is an integer, and time text", 2)
    message("ORD-024", f"94 02 {HEAD} 82 01 02 01 a2c328", "BODY", "a key twice, and bad UTF-8 as its value", 12)
    message("ORD-025", f"94 02 {HEAD} 82 01 a2c328 01 02", "TEXT", "bad UTF-8 as a value, then a key twice", 11)
    message("ORD-026", f"95 02 {HEAD} 02 93 c1 00", "BODY", "an array of three with two bytes left, the first c1", 10)
    deep = f"94 02 {HEAD} " + "91" * 63
    message("ORD-027", deep + "dc0009", "BODY", "at level 65 an array that also claims more than there is", 9 + 63)
    message("ORD-028", deep + "9101 c1", "LIMIT", "level 65, then c1", 9 + 63)
    message("ORD-029", f"95 02 {HEAD} a2c328 " + "91" * 64 + "00", "TEXT", "bad UTF-8, then level 65", 9)
    message("ORD-030", "c1 00", "BODY", "c1 alone, and a byte follows", 0)


def flip(data, at, mask):
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1:]


def relength(data, by, order="big"):
    return (int.from_bytes(data[:4], "big") + by).to_bytes(4, order) + data[4:]
