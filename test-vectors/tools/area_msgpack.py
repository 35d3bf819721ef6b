"""The msgpack profile (MPK): every form with its edges, everything cut off, all kinds of bad text, keys."""

import struct

import wire
from suite import Area, TIME, flag
from wire import Ext, Float, Form, Map, Rep

flag("Utf8", "strictness", "Bytes in a text that are not well-formed UTF-8.",
     "Two peers see different texts, and a filter that one of them applies fails at the other.")
flag("Keys", "strictness", "Two keys of a map that are, or only look, the same.",
     "Peers that keep the first or the last of two entries disagree about the map.")

good = Area("msgpack-decode", "Every msgpack form, at its edges.")
bad = Area("msgpack-negative", "Bytes under a right checksum that are not the msgpack of this protocol.")
HEAD = "02 a161 ce59682f00 02"
AT = 10


def build():
    numbers()
    floats()
    texts_and_binaries()
    containers()
    extensions()
    cut_off()
    claims()
    depths()
    items()
    utf8()
    keys()


def read(ident, req, comment, *items, **more):
    good.decode(ident, req, [2, "a", TIME, 2, *items], comment, **more)


def refuse(ident, req, hexed, err, comment, offset=AT, **more):
    bad.refuse(ident, req, f"95 {HEAD} {hexed}", err, comment, offset, **more)


def forms(tag, size, values, signed=False):
    return [Form(tag + value.to_bytes(size, "big", signed=signed).hex(), value) for value in values]


def numbers():
    long = {"flags": ["LongForm"]}
    read("MPK-DEC-001", "MPK-1", "positive fixint", 0, 1, 127)
    read("MPK-DEC-002", "MPK-1", "negative fixint", -1, -32)
    read("MPK-DEC-003", "MPK-1 MPK-2", "uint 8", *forms("cc", 1, [0, 127, 128, 255]), **long)
    read("MPK-DEC-004", "MPK-1 MPK-2", "uint 16", *forms("cd", 2, [0, 255, 256, 32768, 65535]), **long)
    read("MPK-DEC-005", "MPK-1 MPK-2", "uint 32", *forms("ce", 4, [0, 65535, 65536, 2**31, 2**32 - 1]), **long)
    read("MPK-DEC-006", "MPK-1 MPK-2 MPK-4", "uint 64",
         *forms("cf", 8, [0, 2**32 - 1, 2**32, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1]), **long)
    read("MPK-DEC-007", "MPK-1 MPK-2", "int 8", *forms("d0", 1, [0, 127, -1, -32, -33, -128], True), **long)
    read("MPK-DEC-008", "MPK-1 MPK-2", "int 16", *forms("d1", 2, [0, 255, 32767, -1, -129, -32768], True), **long)
    read("MPK-DEC-009", "MPK-1 MPK-2", "int 32", *forms("d2", 4, [0, 2**31 - 1, -1, -32769, -(2**31)], True), **long)
    read("MPK-DEC-010", "MPK-1 MPK-2 MPK-4", "int 64",
         *forms("d3", 8, [0, 2**53 + 1, 2**63 - 1, -1, -(2**31) - 1, -(2**53) - 1, -(2**63)], True), **long)
    read("MPK-DEC-011", "MPK-1", "nil, false, true", None, False, True)


def floats():
    inf = float("inf")
    read("MPK-DEC-012", "MPK-1 MPK-3", "float 64: zeros, and whole numbers that are no integers",
         0.0, -0.0, 1.0, -1.0, 2.0**53)
    read("MPK-DEC-013", "MPK-1", "float 64: the extremes", 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308,
         inf, -inf, 0.1)
    read("MPK-DEC-014", "MPK-1", "float 64: not a number", Form("cb7ff8000000000000", float("nan")))
    singles = ["00000000", "80000000", "3f800000", "3fc00000", "3dcccccd", "7f7fffff", "00000001", "00800000",
               "7f800000", "ff800000"]
    read("MPK-DEC-015", "MPK-3 MPK-1", "float 32: the float 64 of the same number",
         *[Form("ca" + one, struct.unpack(">f", bytes.fromhex(one))[0]) for one in singles])
    read("MPK-DEC-016", "MPK-3", "float 32: not a number", Form("ca7fc00000", float("nan")))
    # MPK-17: sign, the quiet bit, then the 22 other bits of the payload in the bits 50 to 29.
    for at, (single, double, comment) in enumerate((
            ("ffc00000", "fff8000000000000", "negative"),
            ("7fc00001", "7ff8000020000000", "quiet, with a payload"),
            ("ffffffff", "ffffffffe0000000", "quiet, negative, every bit of the payload"),
            ("7f800001", "7ff8000020000000", "signalling, with the smallest payload: it becomes quiet"),
            ("7fa00001", "7ffc000020000000", "signalling, with a larger payload: it becomes quiet"),
            ("ffbfffff", "ffffffffe0000000", "signalling, negative, every bit of the payload: it becomes quiet"))):
        read(f"MPK-DEC-{80 + at:03}", "MPK-17 MPK-3", f"float 32: not a number, {comment}", Form("ca" + single, Float(double)))
    read("MPK-DEC-086", "MPK-17", "float 64: not a number, quiet and signalling, with payloads: every bit is kept",
         *[Float(bits) for bits in ("fff8000000000000", "7ff8000000000001", "7ff0000000000001", "fff7ffffffffffff")])
    read("MPK-DEC-087", "MPK-9 MPK-17", "keys: a signalling NaN in float 32, and the float 64 of the same bits without "
         "the quiet one", Map((Form("ca7f800001", Float("7ff8000020000000")), 1), (Float("7ff0000020000000"), 2)),
         flags=["Keys"])
    read("MPK-DEC-088", "MPK-9 MPK-17", "keys: NaNs that differ in sign or payload", Map(
        (Float("7ff8000000000000"), 1), (Form("caffc00000", Float("fff8000000000000")), 2), (Float("7ff8000000000001"), 3),
        (Form("ca7fc00001", Float("7ff8000020000000")), 4)), flags=["Keys"])
    read("MPK-DEC-017", "MPK-3", "1, 1.0 in float 32 and 1.0 in float 64", 1, Form("ca3f800000", 1.0), 1.0)


def texts_and_binaries():
    long = {"flags": ["LongForm"]}
    read("MPK-DEC-020", "MPK-1", "fixstr", "", "a", "x" * 31)
    read("MPK-DEC-021", "MPK-1 MPK-2", "str 8", Form("d900", ""), Form("d90161", "a"), "x" * 32, "x" * 255, **long)
    read("MPK-DEC-022", "MPK-1 MPK-2", "str 16", Form("da0000", ""), Form("da000161", "a"), Rep("x", 256),
         Rep("y", 65535), **long)
    read("MPK-DEC-023", "MPK-1 MPK-2", "str 32", Form("db00000000", ""), Form("db0000000161", "a"), Rep("z", 65536),
         **long)
    read("MPK-DEC-024", "MPK-1 MPK-2", "bin 8", b"", b"\x00", Rep(b"\xff", 255))
    read("MPK-DEC-025", "MPK-1 MPK-2", "bin 16", Form("c50000", b""), Form("c5000107", b"\x07"),
         Form("c500ff" + "ab" * 255, Rep(b"\xab", 255)), Rep(b"\xff", 256), Rep(b"\xfe", 65535), **long)
    read("MPK-DEC-026", "MPK-1 MPK-2", "bin 32", Form("c600000000", b""), Form("c60000000107", b"\x07"),
         Rep(b"\x01", 65536), **long)
    edges = ["7f", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "efbfbe", "efbbbf", "f0908080", "f48fbfbf",
             "00"]
    read("MPK-DEC-027", "MPK-8", "the edges of each row of well-formed UTF-8, nothing normalised or stripped",
         *[bytes.fromhex(edge).decode("utf-8") for edge in edges])
    read("MPK-DEC-028", "MPK-8 MSG-9", "composed and decomposed text stay different", "\u00e9", "e\u0301")


def containers():
    long = {"flags": ["LongForm"]}
    read("MPK-DEC-030", "MPK-1", "fixarray", [], [1], list(range(15)))
    read("MPK-DEC-031", "MPK-1 MPK-2", "array 16", Form("dc0000", []), Form("dc000105", [5]), list(range(16)),
         [None] * 300, **long)
    read("MPK-DEC-032", "MPK-1 MPK-2", "array 32", Form("dd00000000", []), Form("dd0000000205 06", [5, 6]),
         Form("dd00000100" + "c0" * 256, [None] * 256), **long)
    read("MPK-DEC-033", "MPK-1", "fixmap", Map(), Map(("a", 1)), Map(*[(n, n) for n in range(15)]))
    read("MPK-DEC-034", "MPK-1 MPK-2", "map 16", Form("de0000", Map()), Form("de0001a16101", Map(("a", 1))),
         Map(*[(f"k{n}", n) for n in range(16)]), **long)
    read("MPK-DEC-035", "MPK-1 MPK-2", "map 32", Form("df00000000", Map()),
         Form("df00000002a16101a16202", Map(("a", 1), ("b", 2))), **long)
    read("MPK-DEC-036", "MPK-9", "keys of every kind", Map(
        (None, 0), (True, 1), (False, 2), (7, 3), (-7, 4), (1.5, 5), ("t", 6), (b"b", 7), ([1, "x"], 8),
        (Map(("k", 1)), 9), (Ext(3, b"e"), 10)))
    read("MPK-DEC-037", "MPK-9 MPK-3 MSG-9", "keys that look alike and are different values", Map(
        (1, 0), (1.0, 1), ("1", 2), (b"1", 3), (True, 4), ([1], 5), (Ext(0, b"1"), 6), (Ext(1, b"1"), 7)),
        flags=["Keys"])
    read("MPK-DEC-038", "MPK-9 MPK-3", "0.0 and -0.0 are two keys", Map((0.0, "plus"), (-0.0, "minus")),
         flags=["Keys"])
    read("MPK-DEC-039", "MPK-9", "one key in two maps, one of them inside the other", Map(("k", Map(("k", 1)))),
         Map(("k", 2)), flags=["Keys"])
    read("MPK-DEC-040", "MPK-9", "keys that begin with $ and empty ones", Map(("$bin", "00"), ("", 1)))
    read("MPK-DEC-041", "MPK-9", "a map that looks like the notation of a value", Map(("$int", "5")))
    read("MPK-DEC-042", "MPK-9", "composed and decomposed text are two keys", Map(("\u00e9", 1), ("e\u0301", 2)),
         flags=["Keys"])
    read("MPK-DEC-043", "MPK-6", "counts as large as the bytes left allow", [0] * 5, Map((0, 0), (1, 1)))


def extensions():
    long = {"flags": ["LongForm"]}
    read("MPK-DEC-050", "MPK-1 MPK-11", "fixext 1, 2, 4, 8 and 16", *[Ext(n, bytes(range(n))) for n in (1, 2, 4, 8, 16)])
    read("MPK-DEC-051", "MPK-1 MPK-11 MPK-2", "ext 8", Ext(5, b""), Ext(5, b"123"), Form("c7010561", Ext(5, b"a")),
         Ext(5, bytes(255)), **long)
    read("MPK-DEC-052", "MPK-1 MPK-11 MPK-2", "ext 16", Form("c8000005", Ext(5, b"")), Ext(5, bytes(256)), **long)
    read("MPK-DEC-053", "MPK-1 MPK-11 MPK-2", "ext 32", Form("c90000000005", Ext(5, b"")),
         Form("c90000000205 6162", Ext(5, b"ab")), **long)
    read("MPK-DEC-054", "MPK-11", "ext of types -128, -2, -1, 0 and 127",
         *[Ext(kind, b"\x00") for kind in (-128, -2, -1, 0, 127)])
    read("MPK-DEC-055", "MPK-11", "a timestamp ext of an impossible date is passed on unread",
         Ext(-1, b"\xff" * 12), Ext(-1, b"\xff" * 8), Ext(-1, b"\x01"))
    read("MPK-DEC-056", "MPK-11", "ext whose bytes look like msgpack gone wrong", Ext(9, b"\xc1\xdd\xff\xff"))


CUT = [
    ("uint 8", "cc"), ("uint 16", "cd00"), ("uint 32", "ce000000"), ("uint 64", "cf00000000000000"),
    ("int 8", "d0"), ("int 16", "d100"), ("int 32", "d2000000"), ("int 64", "d300000000000000"),
    ("float 32", "ca000000"), ("float 64", "cb00000000000000"), ("fixstr", "a26f"),
    ("str 8, its length", "d9"), ("str 16, its length", "da00"), ("str 32, its length", "db000000"),
    ("bin 8, its length", "c4"), ("bin 16, its length", "c500"), ("bin 32, its length", "c6000000"),
    ("array 16, its count", "dc00"), ("array 32, its count", "dd000000"),
    ("map 16, its count", "de00"), ("map 32, its count", "df000000"),
    ("fixext 1, its type", "d4"), ("fixext 1, its byte", "d405"), ("fixext 2", "d50500"), ("fixext 4", "d605000000"),
    ("fixext 8", "d70500000000000000"), ("fixext 16", "d805000000000000000000000000000000"),
    ("ext 8, its length", "c7"), ("ext 8, its type", "c700"), ("ext 16, its length", "c800"),
    ("ext 16, its type", "c80000"), ("ext 32, its length", "c9000000"), ("ext 32, its type", "c900000000"),
]

CLAIMS = [
    ("str 8 of 255", "d9ff61"), ("str 16 of 65 535", "daffff61"), ("str 32 of 2^32-1", "dbffffffff61"),
    ("str 32 of 2^31", "db8000000061"), ("str 32, one more than there is", "db0000000261"),
    ("bin 8 of 2", "c40261"), ("bin 16 of 65 535", "c5ffff61"), ("bin 32 of 2^32-1", "c6ffffffff61"),
    ("bin 32 of 2^31", "c68000000061"), ("bin 32 of 2^30", "c64000000061"),
    ("ext 8 of 255", "c7ff0561"), ("ext 16 of 65 535", "c8ffff0561"), ("ext 32 of 2^32-1", "c9ffffffff0561"),
    ("ext 32 of 2^31", "c9800000000561"),
    ("fixarray of 1", "91"), ("fixarray of 15 with 14 there", "9f" + "00" * 14), ("array 16 of 65 535", "dcffff00"),
    ("array 32 of 2^32-1", "ddffffffff00"), ("array 32 of 2^31", "dd8000000000"), ("array 32 of 2^30", "dd4000000000"),
    ("fixmap of 1 with one byte there", "8100"), ("fixmap of 2 with three bytes there", "82000001"),
    ("map 16 of 65 535", "deffff0000"), ("map 32 of 2^32-1", "dfffffffff0000"), ("map 32 of 2^31", "df800000000000"),
    ("map 32 of 2^30", "df400000000000"),
]


def cut_off():
    for at, (name, hexed) in enumerate(CUT):
        refuse(f"MPK-NEG-0{at:02}", "MPK-5", hexed, "BODY", f"{name}: cut off at the end of the message")
    bad.refuse("MPK-NEG-034", "MPK-5 ERR-2", "94 02 a161 ce59682f00 92 cd 00", "BODY",
               "cut inside the first of two items of an array", 10)
    bad.refuse("MPK-NEG-035", "MPK-5", "94 02 a161 ce59682f00 92 01 c1", "BODY", "c1 inside an array", 11)
    bad.refuse("MPK-NEG-036", "MPK-5", "94 02 a161 ce59682f00 81 01 c1", "BODY", "c1 as a value of a map", 11)
    bad.refuse("MPK-NEG-037", "MPK-5", "94 02 a161 ce59682f00 81 c1 01", "BODY", "c1 as a key of a map", 10)
    bad.refuse("MPK-NEG-038", "MPK-5", "c1", "BODY", "the message is the byte c1", 0)
    bad.refuse("MPK-NEG-039", "MPK-5", "94 c1 a161 ce59682f00 02", "BODY", "c1 as type", 1)


def claims():
    for at, (name, hexed) in enumerate(CLAIMS):
        refuse(f"MPK-NEG-1{at:02}", "MPK-6", hexed, "BODY", f"{name}: more than there is", flags=["Exhaustion"])
    bad.refuse("MPK-NEG-140", "MPK-6", "95 02 a100 c0", "BODY", "a message array of five with four bytes left", 0)
    bad.refuse("MPK-NEG-141", "MPK-6", "dd7fffffff 02 a161 ce59682f00 02", "BODY",
               "a message array that claims 2^31-1 items", 0, flags=["Exhaustion"])
    bad.refuse("MPK-NEG-142", "MPK-6", wire.unhex("94 02 a161 ce59682f00") + wire.unhex("dc1770") * 63 + bytes(5820),
               "BODY", "arrays that claim 6000 items each, in each other, until the bytes left are fewer", 9 + 3 * 3,
               flags=["Exhaustion"])


def depths():
    def array(levels):
        return wire.unhex("94 02 a161 ce59682f00") + b"\x91" * levels + b"\x00"

    deep = 0
    for _ in range(63):
        deep = [deep]
    good.decode("MPK-DEC-060", "MPK-7", [2, "a", TIME, deep], "arrays nested to exactly 64 levels")
    deep = 0
    for _ in range(63):
        deep = Map(("k", deep))
    good.decode("MPK-DEC-061", "MPK-7", [2, "a", TIME, deep], "maps nested to exactly 64 levels")
    deep = 0
    for _ in range(63):
        deep = Map((deep, 0))
    good.decode("MPK-DEC-062", "MPK-7 MPK-9", [2, "a", TIME, deep], "maps nested to 64 levels, each the key of the next")
    wide = [[] for _ in range(200)]
    good.decode("MPK-DEC-063", "MPK-7", [2, "a", TIME, 2, *wide], "200 arrays beside each other are level 2, all of them")
    bad.refuse("MPK-NEG-150", "MPK-7", array(64), "LIMIT", "arrays nested to 65 levels", 9 + 63)
    bad.refuse("MPK-NEG-151", "MPK-7", wire.unhex("94 02 a161 ce59682f00") + b"\x91" * 63 + b"\x90", "LIMIT",
               "an empty array at level 65", 9 + 63)
    bad.refuse("MPK-NEG-152", "MPK-7", wire.unhex("94 02 a161 ce59682f00") + b"\x91" * 63 + b"\x80", "LIMIT",
               "an empty map at level 65", 9 + 63)
    bad.refuse("MPK-NEG-153", "MPK-7", wire.unhex("94 02 a161 ce59682f00") + b"\x81\xa1k" * 64 + b"\x00", "LIMIT",
               "maps nested to 65 levels", 9 + 63 * 3)
    bad.refuse("MPK-NEG-154", "MPK-7", wire.unhex("94 02 a161 ce59682f00") + b"\x81" * 64 + b"\x00" * 65, "LIMIT",
               "maps nested to 65 levels, each the key of the next", 9 + 63)
    bad.refuse("MPK-NEG-155", "MPK-7", wire.unhex("94 02 a161 ce59682f00") + b"\x91" * 62 + b"\x92\x00\x91\x00", "LIMIT",
               "level 65 in the last item only", 9 + 64)


def items():
    """max-items is 262 144. What is accepted is asked of a stream, whose answer is the id and not a quarter of a million
    items; the maps are {nil: nil}, so that a case stays short."""
    large = {"flags": ["Large"]}

    def bare(count, *parts):
        return bytes([0x90 + count]) + wire.unhex("02 a161 ce59682f00") + b"".join(parts)

    def array32(count):
        return b"\xdd" + count.to_bytes(4, "big")

    def accept(ident, message, comment):
        given = {"chunks": [wire.byte_field(wire.frame(message))], "codecs": []}
        expect = {"ok": {"ids": [wire.sha256(message).hex()], "missing": 0}}
        good.add(ident, "MPK-16", "stream.feed", given, expect, comment, **large)

    def refuse(ident, message, offset, comment, req="MPK-16", err="LIMIT"):
        bad.refuse(ident, req, message, err, comment, offset, **large)

    flat = 262144 - 4
    accept("MPK-DEC-070", bare(4, array32(flat), b"\xc0" * flat), "a flat array that makes exactly 262 144 items")
    refuse("MPK-NEG-170", bare(4, array32(flat + 1), b"\xc0" * (flat + 1)), 9, "a flat array with one item more")
    maps = flat // 3
    full = array32(maps) + b"\x81\xc0\xc0" * maps
    accept("MPK-DEC-071", bare(4, full), "an array of 87 380 maps of one entry: three items each, 262 144 in all")
    refuse("MPK-NEG-171", bare(5, full, b"\xc0"), 9 + len(full) - 3,
           "the same with one item more in the message array: the last map is too much")
    half = array32(flat // 2) + b"\xc0" * (flat // 2)
    refuse("MPK-NEG-172", bare(5, half, half), 9 + len(half), "two arrays that are too many together: the second")
    refuse("MPK-NEG-173", bare(4, array32(flat + 2), b"\xc0" * (flat + 1)), 9,
           "too many items, and more than the bytes left: the bytes left are looked at first", "MPK-6 MPK-16", "BODY")
    refuse("MPK-NEG-174", bare(4, b"\x91" * 63, array32(flat + 1), b"\xc0" * (flat + 1)), 9 + 63,
           "too deep and too many: one code and one offset", "MPK-7 MPK-16")
    refuse("MPK-NEG-175", bare(4, array32(flat + 1), b"\xc1" * (flat + 1)), 9,
           "too many items, none of which is one: the count comes first", "MPK-16 MPK-5")


UTF8 = [
    ("a continuation byte alone", "80"), ("a continuation byte alone, bf", "bf"), ("overlong NUL", "c080"),
    ("overlong, c1", "c1bf"), ("a two-byte sequence cut off", "c3"), ("a two-byte sequence broken", "c328"),
    ("overlong in three bytes, e0 80", "e08080"), ("overlong in three bytes, e0 9f", "e09fbf"),
    ("a three-byte sequence cut off after one", "e2"), ("a three-byte sequence cut off after two", "e282"),
    ("a three-byte sequence broken at the second", "e228a1"), ("a three-byte sequence broken at the third", "e28228"),
    ("the first high surrogate", "eda080"), ("the last high surrogate", "edafbf"), ("the first low surrogate", "edb080"),
    ("the last low surrogate", "edbfbf"), ("a surrogate pair in six bytes", "eda0bdedb880"),
    ("overlong in four bytes, f0 80", "f0808080"), ("overlong in four bytes, f0 8f", "f08fbfbf"),
    ("a four-byte sequence cut off after one", "f0"), ("a four-byte sequence cut off after three", "f09f92"),
    ("a four-byte sequence broken at the second", "f0288cbc"), ("a four-byte sequence broken at the third", "f09028bc"),
    ("a four-byte sequence broken at the fourth", "f0909028"), ("above U+10FFFF, f4 90", "f4908080"),
    ("above U+10FFFF, f5", "f5808080"), ("above U+10FFFF, f7", "f7bfbfbf"), ("five bytes, f8", "f888808080"),
    ("six bytes, fc", "fc8480808080"), ("fe", "fe"), ("ff", "ff"), ("two continuation bytes too many", "c3a48080"),
]


def utf8():
    for at, (name, hexed) in enumerate(UTF8):
        size = len(hexed) // 2
        refuse(f"MPK-NEG-2{at:02}", "MPK-8 ERR-2", f"{0xA0 + size:02x}{hexed}", "TEXT", name, flags=["Utf8"])
    flagged = {"flags": ["Utf8"]}
    refuse("MPK-NEG-240", "MPK-8", "d901ff", "TEXT", "ff in a str 8", **flagged)
    refuse("MPK-NEG-241", "MPK-8", "da0001ff", "TEXT", "ff in a str 16", **flagged)
    refuse("MPK-NEG-242", "MPK-8", "db00000001ff", "TEXT", "ff in a str 32", **flagged)
    refuse("MPK-NEG-243", "MPK-8", "d9c8" + "61" * 199 + "ff", "TEXT", "ff as the last of 200 bytes", **flagged)
    refuse("MPK-NEG-244", "MPK-8", "d9c8" + "61" * 199 + "c3", "TEXT", "a sequence cut off at the end of 200 bytes",
           **flagged)
    refuse("MPK-NEG-245", "MPK-8", "81a1ff01", "TEXT", "ff in a key", AT + 1, **flagged)
    refuse("MPK-NEG-246", "MPK-8", "9281a16101a1ff", "TEXT", "ff in an array behind a map", AT + 5, **flagged)
    bad.refuse("MPK-NEG-247", "MPK-8", "94 02 a1ff ce59682f00 02", "TEXT", "ff in the sender", 2, **flagged)
    bad.refuse("MPK-NEG-248", "MPK-8", "a1ff", "TEXT", "the message is a text with ff: text is read before the shape", 0,
               **flagged)
    bad.refuse("MPK-NEG-249", "MPK-8", "96 02 a161 ce59682f00 02 a1c3 a1a4", "TEXT",
               "one character spread over two texts", AT, **flagged)


def keys():
    def twice(ident, comment, first, second, size):
        refuse(ident, "MPK-9", f"82 {first} 01 {second} 02", "BODY", comment, AT + 1 + size + 1, flags=["Keys"])

    twice("MPK-NEG-300", "a text twice", "a161", "a161", 2)
    twice("MPK-NEG-301", "a text twice, once as str 8", "a161", "d90161", 2)
    twice("MPK-NEG-302", "a text twice, once as str 32", "db0000000161", "a161", 6)
    twice("MPK-NEG-303", "an integer twice, once as uint 64", "05", "cf0000000000000005", 1)
    twice("MPK-NEG-304", "an integer twice, once as int 8", "05", "d005", 1)
    twice("MPK-NEG-305", "a negative integer twice, once as int 64", "ff", "d3ffffffffffffffff", 1)
    twice("MPK-NEG-306", "1.5 twice, once as float 32", "ca3fc00000", "cb3ff8000000000000", 5)
    twice("MPK-NEG-307", "nil twice", "c0", "c0", 1)
    twice("MPK-NEG-308", "true twice", "c3", "c3", 1)
    twice("MPK-NEG-309", "a binary twice, once as bin 16", "c40161", "c5000161", 3)
    twice("MPK-NEG-310", "an ext twice, once as ext 8", "d40561", "c7010561", 3)
    twice("MPK-NEG-311", "an array twice, with other forms inside", "9201a161", "dc0002cc01d90161", 4)
    twice("MPK-NEG-312", "a map twice, as key", "81a16101", "81a16101", 4)
    twice("MPK-NEG-313", "the empty text twice", "a0", "d900", 1)
    twice("MPK-NEG-314", "2^64-1 twice", "cfffffffffffffffff", "cfffffffffffffffff", 9)
    refuse("MPK-NEG-315", "MPK-9", "8101 82 a16101 a16102", "BODY",
           "a key twice in a map inside a map", AT + 2 + 1 + 3, flags=["Keys"])
    refuse("MPK-NEG-316", "MPK-9", "9182 a16101 a16102", "BODY", "a key twice in a map inside an array", AT + 2 + 3,
           flags=["Keys"])
    refuse("MPK-NEG-317", "MPK-9", "83 a16101 a16202 a16103", "BODY", "the third key is the first again", AT + 1 + 6,
           flags=["Keys"])
    refuse("MPK-NEG-318", "MPK-9", "81 82 a16101 a16102 03", "BODY", "a key twice in a map that is a key", AT + 2 + 3,
           flags=["Keys"])
    twice("MPK-NEG-320", "a map twice, its entries in another order", "82a16101a16202", "82a16202a16101", 7)
    twice("MPK-NEG-321", "not a number twice, once as float 32", "cb7ff8000000000000", "ca7fc00000", 9)
    twice("MPK-NEG-322", "a NaN with a payload twice, once as float 32", "ca7fc00001", "cb7ff8000020000000", 5)
    twice("MPK-NEG-323", "a signalling NaN in float 32, and the quiet one that it becomes", "ca7f800001",
          "cb7ff8000020000000", 5)
    twice("MPK-NEG-324", "a signalling and a quiet NaN in float 32 that become one", "ca7fa00001", "ca7fe00001", 5)
    many = b"".join(b"\xcd" + n.to_bytes(2, "big") + b"\xc0" for n in range(1000))
    refuse("MPK-NEG-319", "MPK-9", "de03e9" + many.hex() + "07c0", "BODY", "key 7 again after a thousand others",
           AT + 3 + len(many), flags=["Keys"])
