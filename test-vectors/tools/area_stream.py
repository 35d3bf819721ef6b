"""The stream: frames in any cuts, what is missing, limits, and where it ends (STR, FRM-5, FRM-6, FRM-14)."""

import area_codec
import samples
import wire
from suite import Area, TIME, flag

flag("Cuts", "framing", "The same bytes in other chunks.", "Frames are lost, or joined, when the network cuts them elsewhere.")

stream = Area("stream", "A link that receives chunks: the frames in them, and what is still missing.")
NODE_ID = "9Y3caccweqNUBvHcRyQyztZgpyEoZ58wW1UdVdq4dd6eEgCqt6KMXV8QpnJjectk7s"
PROTOCOL_ID = b"EpAmyZWv9rZUKmjQgU3FTUD4GrJHvVEXizmghVBc8eGD"
HANDSHAKE = wire.bare(2, NODE_ID, TIME, 5, NODE_ID, PROTOCOL_ID, ["127.0.0.1", 4444], [34, 19, 17])
SHORT = wire.bare(2, "a", TIME, 2, "hi")
OTHER = wire.bare(0, "b", TIME + 1, 0, b"\x00\x01")


def build():
    cuts()
    missing()
    limits()
    malformed()
    mixed()


def feed(ident, req, chunks, expect, comment, codecs=(), limit=None, **more):
    given = {"chunks": [wire.byte_field(chunk) for chunk in chunks], "codecs": list(codecs)}
    if limit is not None:
        given["limit"] = limit
    stream.add(ident, req, "stream.feed", given, expect, comment, **more)


def got(bares, missing=0):
    return {"ok": {"ids": [wire.sha256(bare).hex() for bare in bares], "missing": missing}}


def cuts():
    flagged = {"flags": ["Cuts"]}
    shake, short, other = (wire.frame(bare) for bare in (HANDSHAKE, SHORT, OTHER))
    feed("STR-001", "STR-1", [bytes([byte]) for byte in shake], got([HANDSHAKE]), "a handshake, one byte at a time",
         **flagged)
    everywhere = [part for at in range(1, len(shake)) for part in (shake[:at], shake[at:])]
    feed("STR-002", "STR-1", everywhere, got([HANDSHAKE] * (len(shake) - 1)),
         "a handshake again and again, cut at each of its offsets in turn", **flagged)
    feed("STR-003", "STR-1 STR-2", [short + other], got([SHORT, OTHER]), "two frames in one chunk", **flagged)
    feed("STR-004", "STR-2", [short + other[:4], other[4:]], got([SHORT, OTHER]),
         "a frame and exactly the 4 bytes of the next header", **flagged)
    glued = [part for at in range(len(short)) for part in (other + short[:at], short[at:])]
    feed("STR-005", "STR-1 STR-2", glued, got([OTHER, SHORT] * len(short)),
         "a frame and the first k bytes of the next, for every k", **flagged)
    feed("STR-006", "STR-1", [short * 1000], got([SHORT] * 1000), "1000 frames in one chunk", **flagged)
    feed("STR-009", "STR-2 STR-3", [short + other[:4]], got([SHORT], len(other) - 4),
         "a frame and the 4 bytes of the next header, and then nothing: the first is there", **flagged)
    feed("STR-010", "STR-1", [short, other, shake], got([SHORT, OTHER, HANDSHAKE]), "three frames, a chunk each", **flagged)
    feed("STR-011", "STR-1", [b"", short[:10], b"", b"", short[10:], b""], got([SHORT]), "empty chunks in between",
         **flagged)
    feed("STR-012", "STR-1", [short[:2], short[2:6], short[6:] + other[:3], other[3:]], got([SHORT, OTHER]),
         "cuts inside both headers", **flagged)
    three = short + other + shake
    for at, size in enumerate((2, 3, 7, 16, 64)):
        feed(f"STR-{13 + at:03}", "STR-1", [three[n:n + size] for n in range(0, len(three), size)],
             got([SHORT, OTHER, HANDSHAKE]), f"three frames in chunks of {size} bytes", **flagged)
    long = wire.pack([0, "a", TIME, 0, wire.Rep(b"\x07", 100000)])
    framed = wire.frame(long)
    feed("STR-018", "STR-1", [framed[:50000], framed[50000:] + short], got([long, SHORT]),
         "a frame of 100 kB in two chunks, and a short one behind it", **flagged)
    feed("STR-019", "STR-1", [framed[n:n + 1024] for n in range(0, len(framed), 1024)], got([long]),
         "a frame of 100 kB in chunks of 1 kB", **flagged)
    feed("STR-020", "STR-1 FRM-1", [shake * 3], got([HANDSHAKE] * 3), "one frame three times: the stream does not care")


def missing():
    short = wire.frame(SHORT)
    for at, (chunks, need, comment) in enumerate((
            ([], 0, "nothing at all: no frame has begun"), ([b""], 0, "an empty chunk: no frame has begun"),
            ([short[:1]], 3, "1 byte of the header"), ([short[:2]], 2, "2 bytes of the header"),
            ([short[:3]], 1, "3 bytes of the header"), ([short[:4]], 45, "the header: the whole body is missing"),
            ([short[:5]], 44, "the header and 1 byte of the body"), ([short[:-1]], 1, "all but the last byte"),
            ([short[:2], short[2:4]], 45, "the header in two chunks"),
            ([bytes.fromhex("00000020")], 32, "the header of the shortest body"),
            ([bytes.fromhex("01000000")], 2**24, "the header of a body of exactly max-frame"),
            ([bytes.fromhex("01000000") + bytes(100)], 2**24 - 100, "the same, and 100 bytes of it"))):
        feed(f"STR-{30 + at:03}", "STR-3", chunks, got([], need), comment)
    feed("STR-042", "STR-3 STR-2", [short], got([SHORT], 0), "a whole frame: no other has begun")
    feed("STR-043", "STR-3 STR-2", [short + short[:3]], got([SHORT], 1), "a whole frame and 3 bytes of a header")
    feed("STR-044", "STR-3 STR-2", [short + short[:-2]], got([SHORT], 2), "a whole frame and all but 2 bytes of another")


def limits():
    short = wire.frame(SHORT)
    feed("STR-050", "FRM-5", [short], got([SHORT]), "a body of exactly the limit", limit=45)
    feed("STR-NEG-001", "FRM-5", [short], {"err": "LIMIT", "offset": 0}, "a body one byte above the limit", limit=44)
    feed("STR-NEG-002", "FRM-5", [short[:4]], {"err": "LIMIT", "offset": 0},
         "the header alone is enough to refuse: the body is not waited for", limit=44)
    feed("STR-NEG-003", "FRM-5", [bytes.fromhex("01000001")], {"err": "LIMIT", "offset": 0}, "one above max-frame",
         flags=["Exhaustion"])
    feed("STR-NEG-004", "FRM-5", [bytes.fromhex("ffffffff")], {"err": "LIMIT", "offset": 0}, "2^32-1, and no body",
         flags=["Exhaustion"])
    feed("STR-NEG-005", "FRM-5", [bytes.fromhex("ff"), bytes.fromhex("ffff"), bytes.fromhex("ff")],
         {"err": "LIMIT", "offset": 0}, "2^32-1, in three chunks", flags=["Exhaustion"])
    feed("STR-NEG-006", "FRM-6", [bytes.fromhex("0000001f")], {"err": "SHORT", "offset": 0},
         "31: the header alone is enough to refuse")
    feed("STR-NEG-007", "FRM-6", [bytes.fromhex("00000000")], {"err": "SHORT", "offset": 0}, "0: not an empty frame")
    feed("STR-051", "FRM-5 STR-3", [bytes.fromhex("000000ff")], got([], 255), "a header of exactly the limit", limit=255)


def malformed():
    short, other = wire.frame(SHORT), wire.frame(OTHER)
    wrong = short[:10] + bytes([short[10] ^ 1]) + short[11:]

    def bad(ident, req, chunks, err, comment, **more):
        feed(ident, req, chunks, {"err": err}, comment, **more)

    bad("STR-NEG-010", "FRM-7 FRM-14", [wrong], "CHECKSUM", "a wrong checksum")
    bad("STR-NEG-011", "FRM-14", [wrong + other], "CHECKSUM", "a wrong checksum, and a good frame behind it")
    bad("STR-NEG-012", "FRM-14", [wrong, other, other], "CHECKSUM", "a wrong checksum, and good frames in later chunks")
    bad("STR-NEG-013", "FRM-14", [short + wrong], "CHECKSUM", "a good frame, then a wrong checksum")
    bad("STR-NEG-014", "FRM-14", [short, bytes.fromhex("00000001"), other], "SHORT", "a bad header between two frames")
    bad("STR-NEG-015", "MPK-10 FRM-14", [wire.frame(SHORT + b"\x00") + other], "TRAILING", "a byte too many in a message")
    bad("STR-NEG-016", "MSG-2 FRM-14", [wire.frame(wire.unhex("92 02 a161")), other], "SHAPE", "an array of two")
    bad("STR-NEG-017", "MPK-8", [wire.frame(wire.unhex("95 02 a161 ce59682f00 02 a2c328"))], "TEXT", "bad UTF-8")
    bad("STR-NEG-018", "MSG-4", [wire.frame(wire.unhex("94 cd0100 a161 ce59682f00 02"))], "OPCODE", "type 256")
    bad("STR-NEG-019", "MSG-6", [wire.frame(wire.unhex("94 02 a161 ff 02"))], "RANGE", "time -1")
    bad("STR-NEG-020", "MPK-5", [wire.frame(b"")], "BODY", "a frame without a message")
    bad("STR-NEG-021", "FRM-7", [bytes([byte]) for byte in wrong], "CHECKSUM", "a wrong checksum, one byte at a time",
        flags=["Cuts"])
    bad("STR-NEG-023", "FRM-1", [b"GET / HTTP/1.1\r\nHost: example\r\n\r\n"], "LIMIT", "a stranger who speaks HTTP")
    bad("STR-NEG-024", "FRM-1", [bytes.fromhex("16030100c8010000c40303") + bytes(32)], "LIMIT",
        "a stranger who speaks TLS")


def mixed():
    one = wire.pack(samples.REPETITIVE)
    coded = wire.frame(b"", area_codec.coded("zlib-repetitive"))
    raw = wire.frame(SHORT)
    tool = {"flags": ["Tool"], "source": area_codec.DATA["zlib-repetitive"]["tool"]}
    feed("STR-060", "CMP-5 CMP-6", [raw + coded + raw], got([SHORT, one, SHORT]), "raw, zlib and raw again", codecs=[19],
         **tool)
    feed("STR-061", "CMP-6 STR-1", [bytes([byte]) for byte in coded + raw], got([one, SHORT]),
         "zlib and raw, one byte at a time", codecs=[19], **tool)
    feed("STR-NEG-030", "CMP-6", [raw + coded], {"err": "CHECKSUM"}, "raw, then zlib that was not agreed", **tool)
    feed("STR-NEG-031", "CMP-9 CMP-2", [raw + wire.frame(b"", area_codec.coded("zlib-repetitive")[:-1])], {"err": "CODEC"},
         "raw, then zlib cut off", codecs=[19], **tool)
    kinds = [wire.frame(b"", area_codec.coded(f"{area_codec.FIRST[codec]}-repetitive")) for codec in area_codec.ALL]
    feed("STR-062", "CMP-6 CMP-7", [b"".join(kinds)], got([one] * len(kinds)), "one message in each codec, one after another",
         codecs=area_codec.ALL, flags=["Tool"], source="the tools of codec-frames")
