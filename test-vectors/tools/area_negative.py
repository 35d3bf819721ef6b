"""Frames and messages that are refused, with the code and the place (FRM, MSG; the order of checks)."""

import wire
from suite import Area, TIME, flag
from wire import unhex

flag("Order", "order", "The frame has several defects; the first one in the order of FRM-13 is the answer.",
     "Two implementations that check in another order report different errors for one frame.")
flag("Lenient", "strictness", "At least one of the 0.7 references reads this.",
     "Reading it makes two implementations disagree about what was said.")
flag("Exhaustion", "resource", "A claim that costs the sender nothing and a careless receiver its memory or stack.",
     "One frame ends the process.")

negative = Area("frame-negative", "Frames that every implementation refuses, and the first check that fails.")
GOOD = wire.bare(2, "a", TIME, 2, "hi")
HEAD = "a161 ce59682f00 02"


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
    n("FRM-NEG-015", "MPK-6", f"94 02 {HEAD}".replace(" 02", "", 1) + "dd7fffffff", "BODY",
      "placeholder", flags=["Exhaustion"])
    negative.cases.pop()
    n("FRM-NEG-015", "MPK-6", f"94 02 a161 ce59682f00 dd7fffffff", "BODY",
      "an array that claims 2^31-1 items: refused before memory is reserved", 9, flags=["Exhaustion"])
    n("FRM-NEG-016", "MPK-5", "94 02 a161 ce59682f00 c1", "BODY", "the byte c1", 9)
    n("FRM-NEG-017", "MPK-8", "95 02 a161 ce59682f00 02 a2c328", "TEXT", "text that is not UTF-8", 10,
      flags=["Lenient"])
    n("FRM-NEG-018", "MPK-7", unhex("94 02 a161 ce59682f00") + b"\x91" * 10000 + b"\xc0", "LIMIT",
      "nested 10 000 deep: refused at level 65 and without a stack overflow", 9 + 63, flags=["Exhaustion"])


def shapes():
    n = negative.refuse
    n("FRM-NEG-008", "MSG-1", "a3616263", "SHAPE", "the message is text", 0, flags=["Lenient"])
    n("FRM-NEG-009", "MSG-2", "92 02 a161", "SHAPE", "an array of two", 0, flags=["Lenient"])
    n("FRM-NEG-010", "MSG-1", "80", "SHAPE", "the message is a map", 0)
    n("FRM-NEG-011", "MSG-6", "94 02 a161 a3393939 02", "SHAPE", "time is text", 4, flags=["Lenient"])
    n("FRM-NEG-012", "MSG-5", "94 02 07 ce59682f00 02", "SHAPE", "sender is an integer", 2, flags=["Lenient"])


def orders():
    pass


def flip(data, at, mask):
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1:]


def relength(data, by, order="big"):
    return (int.from_bytes(data[:4], "big") + by).to_bytes(4, order) + data[4:]
