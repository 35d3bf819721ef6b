"""Streams of each codec by themselves: read, written, damaged, too large (CMP-1 to CMP-4, CMP-16)."""

import zlib

import samples
import wire
from area_codec import ALL, DATA, FIRST, NAMES, adler32, coded, made
from suite import HAND, Area

streams = Area("codec-streams", "Streams of each codec by themselves: read, written, damaged, too large.")


def build():
    read_streams()
    written_streams()
    damaged()
    foreign()
    limits()
    announcements()
    windows()


def unpack(ident, req, codec, data, expect, comment, limit=None, **more):
    given = {"codec": codec, "data": wire.byte_field(data)}
    if limit is not None:
        given["limit"] = limit
    streams.add(ident, req, "codec.decompress", given, expect, comment, **more)


def is_data(data):
    return {"ok": {"data": wire.byte_field(data)}}


def read_streams():
    number = 0
    for codec in ALL:
        for kind in ("empty", "one", "octets", "zeros"):
            name = f"{FIRST[codec]}-{kind}"
            unpack(f"CMP-STR-{number:03}", "CMP-1", codec, coded(name), is_data(samples.PLAIN[kind]()),
                   f"{NAMES[codec]}: {kind}", **made(name))
            number += 1
    for number, (codec, name) in enumerate(((33, "lz4-linked-zeros-300k"), (16, "bzip2-1-zeros-300k")), 30):
        unpack(f"CMP-STR-{number:03}", "CMP-1", codec, coded(name), is_data(bytes(300000)),
               f"{NAMES[codec]}: 300 000 zero bytes, in several blocks", **made(name))
    for number, name in enumerate(("literals", "long-literal-form", "longer-literal-form", "copy-1", "copy-2", "copy-4"), 40):
        plain, block = samples.SNAPPY_BY_HAND[name]
        unpack(f"CMP-STR-{number:03}", "CMP-1", 32, block, is_data(plain), f"snappy: {name.replace('-', ' ')}",
               source=f"{HAND}, read by python-snappy 0.7.3")
    for number, name in enumerate(("empty", "raw-block", "run"), 50):
        plain, frame = samples.ZSTD_BY_HAND[name]
        unpack(f"CMP-STR-{number:03}", "CMP-1", 34, frame, is_data(plain), f"zstd: {name.replace('-', ' ')}",
               source=f"{HAND}, read by zstd 1.5.4")


def written_streams():
    number = 100
    for codec in ALL:
        for kind in ("empty", "one", "octets", "zeros", "random"):
            data = samples.PLAIN[kind]()
            streams.add(f"CMP-STR-{number}", "CMP-1", "codec.compress", {"codec": codec, "data": wire.byte_field(data)},
                        is_data(data), f"{NAMES[codec]} of {kind}, read back")
            number += 1
    for number, codec in enumerate((99, 0, 20, 31), 140):
        for extra, op in ((0, "codec.compress"), (10, "codec.decompress")):
            streams.add(f"CMP-STR-NEG-{number + extra}", "CMP-4", op, {"codec": codec, "data": "00"}, {"err": "CODEC"},
                        f"number {codec} is no codec that anybody has")


def flip(data, at):
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def damaged():
    number = 0
    for codec in ALL:
        name = f"{FIRST[codec]}-zeros"
        data = coded(name)
        for what, bad in (("nothing", b""), ("the first byte only", data[:1]), ("the first half", data[:len(data) // 2]),
                          ("the last byte is missing", data[:-1]), ("a byte follows", data + b"\x00"),
                          ("the stream twice", data + data)):
            unpack(f"CMP-STR-NEG-{number:03}", "CMP-2", codec, bad, {"err": "CODEC"}, f"{NAMES[codec]}: {what}",
                   flags=["Integrity"], source=DATA[name]["tool"] + "; then damaged")
            number += 1
    xz, crc = coded("xz-repetitive"), coded("xz-sha256-repetitive")
    for number, (codec, data, comment) in enumerate((
            (19, flip(coded("zlib-repetitive"), -1), "zlib: the Adler-32 is wrong"),
            (17, flip(coded("gzip-repetitive"), -8), "gzip: the CRC-32 is wrong"),
            (17, flip(coded("gzip-repetitive"), -4), "gzip: the size is wrong"),
            (17, flip(coded("gzip-fields-repetitive"), 31), "gzip: the check of the header is wrong"),
            (16, flip(coded("bzip2-repetitive"), 12), "bz2: the check of a block is wrong"),
            (18, flip(xz, 8), "lzma: the check of the header is wrong"),
            (18, flip(xz, -1), "lzma: the last magic byte is wrong"),
            (18, flip(xz, -12), "lzma: the check of the footer is wrong"),
            (18, flip(xz, -25), "lzma: the CRC-64 of the data is wrong"),
            (18, flip(crc, -40), "lzma: the SHA-256 of the data is wrong"),
            (33, flip(coded("lz4-repetitive"), 6), "lz4: the check of the header is wrong"),
            (33, flip(coded("lz4-repetitive"), -1), "lz4: the check of the content is wrong"),
            (33, flip(coded("lz4-block-check-repetitive"), -9), "lz4: the check of a block is wrong"),
            (33, flip(coded("lz4-python-repetitive"), 6), "lz4: the announced size is not the one that the header's check is of"),
            (34, flip(coded("zstd-repetitive"), -1), "zstd: the check of the content is wrong"),
            (34, flip(coded("zstd-size-repetitive"), 5), "zstd: the announced size is wrong"),
            (34, wire.unhex("28b52ffd 28 03 190000 616263"), "zstd: the reserved bit is set"),
            (34, wire.unhex("28b52ffd 20 03 1f0000 616263"), "zstd: a block of the reserved kind"),
            (34, wire.unhex("28b52ffd 20 04 190000 616263"), "zstd: one byte less than announced"),
            (34, wire.unhex("28b52ffd 20 02 190000 616263"), "zstd: one byte more than announced"),
            (34, wire.unhex("28b52ffd 20 03 180000 616263"), "zstd: no last block"),
            (32, wire.unhex("04 08 616263"), "snappy: one byte less than announced"),
            (32, wire.unhex("02 08 616263"), "snappy: one byte more than announced"),
            (32, wire.unhex("03 0c 616263"), "snappy: a literal longer than the block"),
            (32, wire.unhex("08 04 6162 09 00"), "snappy: a copy from distance 0"),
            (32, wire.unhex("08 04 6162 09 03"), "snappy: a copy from before the beginning"),
            (32, wire.unhex("21 00 61 7f 00000080"), "snappy: a copy from distance 2^31"),
            (32, wire.unhex("06 04 6162 09 02"), "snappy: a copy longer than announced"),
            (32, wire.unhex("08 04 6162 09"), "snappy: a copy cut off"),
            (32, wire.unhex("03 f4 02"), "snappy: the length of a literal cut off"),
            (32, wire.unhex("80"), "snappy: the announced length cut off"),
            (32, wire.unhex("ffffffffff01"), "snappy: an announced length of six bytes"),
            (32, wire.unhex("ffffffff7f 00 61"), "snappy: an announced length above 2^32"),
            (32, wire.unhex("ffffffff0f 00 61"), "snappy: 2^32-1 announced, one byte there"),
            (19, wire.unhex("789c 07"), "zlib: a block of the reserved kind"),
            (19, wire.unhex("7801 01 0300 fbff 616263 024d0127"), "zlib: a stored block whose lengths disagree"),
            (17, wire.unhex("1f8b08e0") + coded("gzip-repetitive")[4:], "gzip: reserved flags are set"),
            (17, wire.unhex("1f8b07") + coded("gzip-repetitive")[3:], "gzip: another method than deflate")), 60):
        flags = ["Integrity"] + (["Exhaustion"] if "announced, one" in comment else [])
        unpack(f"CMP-STR-NEG-{number:03}", "CMP-2", codec, data, {"err": "CODEC"}, comment, flags=flags)


def foreign():
    """A container that the codec does not read."""
    for number, (codec, name, comment) in enumerate((
            (19, "deflate-repetitive", "zlib: raw deflate"), (19, "gzip-repetitive", "zlib: a gzip member"),
            (17, "zlib-repetitive", "gzip: a zlib stream"), (18, "lzma-alone-repetitive", "lzma: the .lzma container"),
            (32, "snappy-framed", "snappy: the framing format"), (33, "lz4-legacy-repetitive", "lz4: the legacy container"),
            (19, "zlib-dictionary-repetitive", "zlib: with a preset dictionary"),
            (34, "zstd-dictionary-repetitive", "zstd: with a dictionary")), 200):
        unpack(f"CMP-STR-NEG-{number}", "CMP-1 CMP-2", codec, coded(name), {"err": "CODEC"}, comment, **made(name))
    skippable = wire.unhex("502a4d18 04000000 61626364")
    for number, (codec, name) in enumerate(((33, "lz4-zeros"), (34, "zstd-zeros")), 210):
        unpack(f"CMP-STR-NEG-{number}", "CMP-1 CMP-2", codec, skippable + coded(name), {"err": "CODEC"},
               f"{NAMES[codec]}: a skippable frame before the frame", flags=["Integrity"])
        unpack(f"CMP-STR-NEG-{number + 10}", "CMP-1 CMP-2", codec, coded(name) + skippable, {"err": "CODEC"},
               f"{NAMES[codec]}: a skippable frame after the frame", flags=["Integrity"])
    unpack("CMP-STR-NEG-230", "CMP-1 CMP-2", 18, coded("xz-zeros") + bytes(4), {"err": "CODEC"},
           "lzma: four bytes of padding after the stream", flags=["Integrity"])


def announcements():
    """CMP-17: an announced size is a claim; only bytes that came out count."""
    flags = {"flags": ["Bomb", "Integrity"]}

    def refuse(number, codec, data, err, comment, limit=None, **more):
        unpack(f"CMP-STR-NEG-{number}", "CMP-17", codec, data, {"err": err}, comment, limit, **dict(flags, **more))

    refuse(330, 32, samples.varint(2**24 + 1) + wire.unhex("00 61"), "CODEC",
           "snappy: more than max-inflated announced, one byte there")
    refuse(331, 32, samples.varint(1001) + samples.snappy_literal(bytes(1000)), "CODEC",
           "snappy: one byte more than the limit announced, as many as the limit there", 1000)
    refuse(332, 32, samples.varint(1000) + samples.snappy_literal(bytes(1000)), "BOMB",
           "snappy: an honest announcement above the limit", 999)
    refuse(333, 34, wire.unhex("28b52ffd 80 10 00000080 190000 616263"), "CODEC",
           "zstd: 2 GiB announced in a window of 4 KiB, three bytes there")
    refuse(334, 34, wire.unhex("28b52ffd c0 10 ffffffffffffff00 190000 616263"), "CODEC",
           "zstd: 2^56-1 bytes announced in a window of 4 KiB, three bytes there")
    gzip = coded("gzip-zeros")
    refuse(335, 17, gzip[:-4] + b"\xff\xff\xff\xff", "CODEC", "gzip: 2^32-1 bytes announced in the trailer, 1000 there",
           source=DATA["gzip-zeros"]["tool"] + "; then changed")
    zeros = bytes(120000)
    stored = b"".join(last + wire.unhex("60ea 9f15") + bytes(60000) for last in (b"\x00", b"\x01"))
    whole = {19: wire.unhex("7801") + stored + adler32(zeros).to_bytes(4, "big"),
             17: wire.unhex("1f8b08 00 00000000 00 ff") + stored + zlib.crc32(zeros).to_bytes(4, "little")
             + len(zeros).to_bytes(4, "little")}
    for at, (codec, data) in enumerate(whole.items()):
        name = NAMES[codec]
        unpack(f"CMP-STR-{230 + at}", "CMP-1 CMP-17", codec, data, is_data(zeros), f"{name}: 120 000 bytes in stored blocks")
        refuse(336 + at, codec, flip(data, -1), "BOMB", f"{name}: far above the limit, then a wrong trailer", 999)
        refuse(338 + at, codec, data + b"\x00", "BOMB", f"{name}: far above the limit, then a byte too many", 999)
        refuse(340 + at, codec, flip(data, -1), "CODEC", f"{name}: exactly at the limit, then a wrong trailer", 120000)
        block = {19: 2, 17: 10}[codec]
        refuse(342 + at, codec, data[:block] + b"\x07" + data[block + 1:], "CODEC",
               f"{name}: a block of the reserved kind, then more than the limit", 999)


def windows():
    """CMP-16: the working memory that a stream asks for."""
    flags = {"flags": ["Exhaustion"]}
    hand = dict(flags, source=f"{HAND}, read by zstd 1.5.4")
    unpack("CMP-STR-220", "CMP-16", 34, samples.ZSTD_BY_HAND["window"][1], is_data(b"abc"),
           "zstd: a window of exactly max-window", **hand)
    unpack("CMP-STR-NEG-400", "CMP-16", 34, samples.ZSTD_BY_HAND["window-past"][1], {"err": "CODEC"},
           "zstd: a window of 9 MiB, the next size after max-window", **hand)
    unpack("CMP-STR-NEG-401", "CMP-16", 34, wire.unhex("28b52ffd 00 a8 190000 616263"), {"err": "CODEC"},
           "zstd: a window of 2 GiB for three bytes", **flags)
    unpack("CMP-STR-NEG-402", "CMP-16", 34, wire.unhex("28b52ffd 00 ff 190000 616263"), {"err": "CODEC"},
           "zstd: the largest window that can be written", **flags)
    unpack("CMP-STR-NEG-403", "CMP-16", 34, wire.unhex("28b52ffd e0 ffffffffffffff7f 190000 616263"), {"err": "CODEC"},
           "zstd: a single segment of 2^63-1 bytes", **flags)
    for at, (codec, name, comment) in enumerate((
            (34, "zstd-long", "zstd: a window of 16 MiB"), (18, "xz-12m", "lzma: a dictionary of 12 MiB, the next size after "
                                                                          "max-window"),
            (18, "xz-9", "lzma: a dictionary of 64 MiB"))):
        unpack(f"CMP-STR-NEG-{410 + at}", "CMP-16", codec, coded(f"{name}-repetitive"), {"err": "CODEC"}, comment,
               source=DATA[f"{name}-repetitive"]["tool"], flags=["Exhaustion", "Tool"])
    unpack("CMP-STR-221", "CMP-16", 18, coded("xz-repetitive"), is_data(samples.PLAIN["repetitive"]()),
           "lzma: a dictionary of exactly max-window", source=DATA["xz-repetitive"]["tool"], flags=["Exhaustion", "Tool"])


def limits():
    for at, codec in enumerate(ALL):
        name = f"{FIRST[codec]}-zeros"
        told = {"source": DATA[name]["tool"], "flags": ["Bomb", "Tool"]}
        unpack(f"CMP-STR-{200 + at}", "CMP-3", codec, coded(name), is_data(bytes(1000)),
               f"{NAMES[codec]}: output exactly at the limit", 1000, **told)
        unpack(f"CMP-STR-NEG-{300 + at}", "CMP-3", codec, coded(name), {"err": "BOMB"},
               f"{NAMES[codec]}: output one byte above the limit", 999, **told)
        unpack(f"CMP-STR-NEG-{310 + at}", "CMP-3", codec, coded(name), {"err": "BOMB"},
               f"{NAMES[codec]}: a limit of one byte", 1, **told)
    for number, (codec, name) in enumerate(((19, "zlib-9-over"), (17, "gzip-9-over"), (33, "lz4-large-over"),
                                            (16, "bzip2-past-free"), (18, "xz-past-free"), (34, "zstd-past-free")), 320):
        unpack(f"CMP-STR-NEG-{number}", "CMP-3", codec, coded(name), {"err": "BOMB"},
               f"{NAMES[codec]}: past max-inflated or max-ratio, without a limit of the caller",
               source=DATA[name]["tool"], flags=["Bomb", "Tool"])
    unpack("CMP-STR-NEG-326", "CMP-3", 32, samples.SNAPPY_BY_HAND["over"][1], {"err": "BOMB"},
           "snappy: one byte above max-inflated", flags=["Bomb"])
