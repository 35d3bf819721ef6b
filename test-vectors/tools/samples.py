"""The plain texts that codecs are tried on, and streams written by hand."""

import hashlib

import wire
from suite import TIME

DICTIONARY = b"lorem ipsum dolor sit amet "
SHORT = [2, "a", TIME, 2, "hi"]
REPETITIVE = [0, b"a" * 60, TIME, 0, "lorem ipsum dolor sit amet " * 20]
MAX_INFLATED = 2**24
FREE = 2**20
MAX_WINDOW = 2**23


def random_bytes(count):
    """Bytes that no codec makes smaller: a chain of digests."""
    data, link = b"", b"seed"
    while len(data) < count:
        link = hashlib.sha256(link).digest()
        data += link
    return data[:count]


RANDOM = [2, "a", TIME, 2, random_bytes(600)]


def filled(size):
    """A message of zero bytes whose plain text is exactly this long."""
    rest = size - 32 - len(wire.bare(2, "a", TIME, 2)) - 5
    return [2, "a", TIME, 2, wire.Rep(b"\x00", rest)]


def noise_and_zeros(noise, zeros):
    return [2, "a", TIME, 2, random_bytes(noise), wire.Rep(b"\x00", zeros)]


def dense(size):
    """Bytes of 190 kinds, 7.57 bits each: no codec saves 1/16 of them, though most save a little."""
    return bytes(byte for byte in random_bytes(2 * size) if byte < 190)[:size]


def long_text(plain_size):
    """A whisper of one letter repeated, whose plain text is exactly this long; its text is a str 8."""
    rest = plain_size - 32 - len(wire.bare(2, "a", TIME, 2)) - 2
    return [2, "a", TIME, 2, "a" * rest]


MESSAGES = {
    "short": SHORT, "repetitive": REPETITIVE, "random": RANDOM, "max": filled(MAX_INFLATED),
    "over": filled(MAX_INFLATED + 1), "free": filled(FREE), "past-free": filled(FREE + 1),
    # Found by trying: bzip2 -9 makes 561 and 564 bytes of them, the 2048th part, and a byte too little for it.
    "ratio": noise_and_zeros(331, 1148547), "ratio-past": noise_and_zeros(333, 1154690),
}


def message(name):
    return lambda: wire.plain(wire.pack(list(MESSAGES[name])))


PLAIN = {name: message(name) for name in MESSAGES}
PLAIN.update({
    "empty": lambda: b"", "one": lambda: b"a", "octets": lambda: bytes(range(256)), "zeros": lambda: bytes(1000),
    "zeros-300k": lambda: bytes(300000),
})


def snappy_literal(data):
    """A literal in its shortest form."""
    size = len(data) - 1
    if size < 60:
        return bytes([size << 2]) + data
    if size < 256:
        return b"\xf0" + bytes([size]) + data
    return b"\xf4" + size.to_bytes(2, "little") + data


def varint(number):
    out = b""
    while number >= 128:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def snappy_long(size):
    """A whole message of zeros in one literal and copies of 64 bytes."""
    plain = wire.plain(wire.pack(filled(size)))
    head = plain[:64]
    copies, rest = divmod(size - 64, 64)
    coded = varint(size) + snappy_literal(head) + b"\xfe\x01\x00" * copies
    if rest:
        coded += bytes([(rest - 1) << 2 | 2]) + b"\x01\x00"
    return plain, coded


def snappy_like_zlib():
    """A block of 120 bytes whose first literal has 40: it begins 78 9c, like most zlib streams."""
    bare = wire.pack([2, "a", TIME, 2, "snappy that looks like zlib " + "x" * 48])
    plain = wire.plain(bare)
    assert len(plain) == 120, len(plain)
    coded = varint(120) + bytes([39 << 2]) + plain[:40] + snappy_literal(plain[40:])
    assert coded[:2] == b"\x78\x9c"
    return plain, coded


def zstd_runs(size, coded_size):
    """A zstd frame of exactly coded_size bytes that inflates to exactly size: a raw block, then runs of zeros."""
    plain = wire.plain(wire.pack(filled(size)))
    head = wire.unhex("28b52ffd a0") + size.to_bytes(4, "little")
    block = 2**17
    runs = -(-(size - coded_size) // (block - 4))
    raw = coded_size - len(head) - 3 - 4 * runs
    left = size - raw
    blocks = block_head(raw, 0, False) + plain[:raw]
    for number in range(runs):
        run = min(block, left - (runs - number - 1))
        blocks += block_head(run, 1, number == runs - 1) + b"\x00"
        left -= run
    coded = head + blocks
    assert left == 0 and len(coded) == coded_size and raw > 64, (left, len(coded), raw)
    return plain, coded


def block_head(size, kind, last):
    return (size << 3 | kind << 1 | last).to_bytes(3, "little")


SNAPPY_BY_HAND = {
    "like-zlib": snappy_like_zlib(),
    "literals": (b"abc", wire.unhex("03 00 61 00 62 00 63")),
    "long-literal-form": (b"abc", wire.unhex("03 f0 02 616263")),
    "longer-literal-form": (b"abc", wire.unhex("03 fc 02000000 616263")),
    "copy-1": (b"abababab", wire.unhex("08 04 6162 09 02")),
    "copy-2": (b"a" * 33, wire.unhex("21 00 61 7e 0100")),
    "copy-4": (b"a" * 33, wire.unhex("21 00 61 7f 01000000")),
    "max": snappy_long(MAX_INFLATED),
    "over": snappy_long(MAX_INFLATED + 1),
}

ZSTD_BY_HAND = {
    "ratio": zstd_runs(2048 * 1024, 1024),
    "ratio-past": zstd_runs(2048 * 1024 + 1, 1024),
    "window-single": zstd_runs(MAX_WINDOW, 4200),
    "window-single-past": zstd_runs(MAX_WINDOW + 1, 4200),
    "window": (b"abc", wire.unhex("28b52ffd 00 68 190000 616263")),
    "window-past": (b"abc", wire.unhex("28b52ffd 00 69 190000 616263")),
    "empty": (b"", wire.unhex("28b52ffd 20 00 010000")),
    "raw-block": (b"abc", wire.unhex("28b52ffd 20 03 190000 616263")),
    "run": (b"a" * 100, wire.unhex("28b52ffd 20 64 230300 61")),
}
