"""Makes the compressed streams that the codec tests read. None of them comes from the code under test.

    python3 fixtures.py OUTPUT_DIRECTORY

Needs the programs lz4, zstd and xz. Every file is one body; fixtures.csv says what it should give. Another version of a
program may write other bytes; what counts is what they decode to.
"""

import bz2
import gzip
import io
import lzma
import os
import struct
import subprocess
import sys
import tempfile
import zlib

SMALL = b"".join(b"line %d of a small text\n" % i for i in range(40))
LARGE = b"".join(b"line %d of many lines\n" % (i % 70) for i in range(10000))
PLAIN = {"empty": b"", "small": SMALL, "large": LARGE}

rows = []


def add(codec, name, plain, result, body, comment):
    with open(os.path.join(sys.argv[1], name), "wb") as out:
        out.write(body)
    rows.append((name, codec, plain, result, comment))


def run(plain, *command):
    return subprocess.run(command, input=plain, stdout=subprocess.PIPE, check=True).stdout


def run_on_file(plain, *command):
    """The same with a file, whose size the program then knows."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(plain)
        file.flush()
        return subprocess.run((*command, file.name), stdout=subprocess.PIPE, check=True).stdout


def member(flags, fields, plain=SMALL):
    """A gzip member with any header."""
    raw = zlib.compressobj(6, zlib.DEFLATED, -15)
    header = b"\x1f\x8b\x08" + bytes([flags]) + struct.pack("<IBB", 1500000000, 2, 3) + fields
    if flags & 2:
        header += struct.pack("<H", zlib.crc32(header) & 0xFFFF)
    return header + raw.compress(plain) + raw.flush() + struct.pack("<II", zlib.crc32(plain), len(plain))


def zlib_fixtures():
    add("zlib", "zlib-empty", "empty", "OK", zlib.compress(b""), "no plain text")
    for level in (0, 1, 9):
        add("zlib", f"zlib-{level}", "small", "OK", zlib.compress(SMALL, level), f"level {level}")
    small_window = zlib.compressobj(9, zlib.DEFLATED, 9)
    add("zlib", "zlib-window-9", "small", "OK", small_window.compress(SMALL) + small_window.flush(), "window of 512 bytes")
    add("zlib", "zlib-large", "large", "OK", zlib.compress(LARGE), "much plain text")
    preset = zlib.compressobj(9, zlib.DEFLATED, 15, 8, 0, b"line of a small text")
    add("zlib", "zlib-dictionary", "small", "CODEC", preset.compress(SMALL) + preset.flush(), "preset dictionary")
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    add("zlib", "zlib-raw-deflate", "small", "CODEC", raw.compress(SMALL) + raw.flush(), "no container")
    add("zlib", "zlib-adler", "small", "CODEC", zlib.compress(SMALL)[:-1] + b"\0", "wrong Adler-32")


def gzip_fixtures():
    add("gzip", "gzip-empty", "empty", "OK", gzip.compress(b"", mtime=0), "no plain text")
    add("gzip", "gzip-large", "large", "OK", gzip.compress(LARGE, mtime=1500000000), "much plain text")
    named = io.BytesIO()
    with gzip.GzipFile("a name.txt", "wb", 9, named, 0) as file:
        file.write(SMALL)
    add("gzip", "gzip-name", "small", "OK", named.getvalue(), "file name")
    extra = struct.pack("<H", 6) + b"Ab\x02\0xy"
    add("gzip", "gzip-all-fields", "small", "OK", member(30, extra + b"n\0" + b"c\0"), "FEXTRA FNAME FCOMMENT FHCRC")
    add("gzip", "gzip-text", "small", "OK", member(1, b""), "FTEXT")
    add("gzip", "gzip-header-crc", "small", "OK", member(2, b""), "FHCRC")
    wrong = bytearray(member(2, b""))
    wrong[10] ^= 1
    add("gzip", "gzip-header-crc-wrong", "small", "CODEC", bytes(wrong), "wrong FHCRC")
    add("gzip", "gzip-reserved", "small", "CODEC", member(0x20, b""), "reserved flag")
    add("gzip", "gzip-endless-name", "small", "CODEC", b"\x1f\x8b\x08\x08\0\0\0\0\0\xffname", "name without end")
    add("gzip", "gzip-extra-cut", "small", "CODEC", b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\xff\xff", "extra field past the end")
    good = member(0, b"")
    add("gzip", "gzip-crc", "small", "CODEC", good[:-5] + b"\0" + good[-4:], "wrong CRC-32")
    add("gzip", "gzip-size", "small", "CODEC", good[:-1] + b"\1", "wrong size")
    add("gzip", "gzip-two-members", "small", "CODEC", member(0, b"") + member(0, b"", b""), "second member")


def bz2_fixtures():
    add("bz2", "bz2-empty", "empty", "OK", bz2.compress(b""), "no plain text")
    add("bz2", "bz2-1", "small", "OK", bz2.compress(SMALL, 1), "blocks of 100 kB")
    add("bz2", "bz2-9", "small", "OK", bz2.compress(SMALL, 9), "blocks of 900 kB")
    add("bz2", "bz2-large", "large", "OK", bz2.compress(LARGE, 1), "several blocks")
    add("bz2", "bz2-two-streams", "small", "CODEC", bz2.compress(SMALL) + bz2.compress(b""), "second stream")


def xz_fixtures():
    add("lzma", "xz-empty", "empty", "OK", lzma.compress(b""), "no plain text")
    for check, name in ((0, "none"), (1, "crc32"), (4, "crc64"), (10, "sha256")):
        add("lzma", f"xz-{name}", "small", "OK", lzma.compress(SMALL, check=check), f"check {name}")
    add("lzma", "xz-0", "large", "OK", lzma.compress(LARGE, preset=0), "dictionary of 256 KiB")
    add("lzma", "xz-6", "large", "OK", lzma.compress(LARGE, preset=6), "dictionary of 8 MiB, max-window")
    add("lzma", "xz-7", "small", "CODEC", lzma.compress(SMALL, preset=7), "dictionary of 16 MiB")
    add("lzma", "xz-9", "small", "CODEC", lzma.compress(SMALL, preset=9), "dictionary of 64 MiB")
    wide = [{"id": lzma.FILTER_LZMA2, "dict_size": 12 << 20}]
    add("lzma", "xz-12-mib", "small", "CODEC", lzma.compress(SMALL, filters=wide), "dictionary of 12 MiB, next above max-window")
    delta = [{"id": lzma.FILTER_DELTA, "dist": 4}, {"id": lzma.FILTER_LZMA2, "preset": 6}]
    add("lzma", "xz-delta", "small", "OK", lzma.compress(SMALL, filters=delta), "delta filter")
    x86 = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 6}]
    add("lzma", "xz-x86", "small", "OK", lzma.compress(SMALL, filters=x86), "branch filter")
    add("lzma", "xz-blocks", "large", "OK", run(LARGE, "xz", "-c", "--block-size=65536"), "four blocks")
    add("lzma", "xz-padding", "small", "CODEC", lzma.compress(SMALL) + bytes(4), "stream padding")
    add("lzma", "xz-two-streams", "small", "CODEC", lzma.compress(SMALL) + lzma.compress(b""), "second stream")
    alone = lzma.compress(SMALL, format=lzma.FORMAT_ALONE)
    add("lzma", "xz-lzma-alone", "small", "CODEC", alone, "the older container")


def lz4_fixtures():
    add("lz4", "lz4-empty", "empty", "OK", run(b"", "lz4", "-c"), "no plain text")
    add("lz4", "lz4-default", "small", "OK", run(SMALL, "lz4", "-c"), "program's defaults: content checksum")
    add("lz4", "lz4-plain", "small", "OK", run(SMALL, "lz4", "-c", "--no-frame-crc"), "no checksums")
    add("lz4", "lz4-size", "small", "OK", run_on_file(SMALL, "lz4", "-c", "--content-size"), "content size")
    for code in (4, 5, 6, 7):
        add("lz4", f"lz4-B{code}", "large", "OK", run(LARGE, "lz4", "-c", f"-B{code}", "-BI"), f"independent blocks, code {code}")
    add("lz4", "lz4-linked", "large", "OK", run(LARGE, "lz4", "-c", "-B4", "-BD"), "linked blocks")
    add("lz4", "lz4-linked-checksums", "large", "OK", run(LARGE, "lz4", "-c", "-9", "-B4", "-BD", "-BX"), "linked, checksums, level 9")
    add("lz4", "lz4-checksums", "small", "OK", run(SMALL, "lz4", "-c", "-BX"), "block checksums")
    two = run(SMALL, "lz4", "-c") + run(b"", "lz4", "-c")
    add("lz4", "lz4-two-frames", "small", "CODEC", two, "second frame")
    skippable = b"\x50\x2a\x4d\x18" + struct.pack("<I", 4) + b"skip"
    add("lz4", "lz4-skippable", "small", "CODEC", skippable + run(SMALL, "lz4", "-c"), "skippable frame first")
    add("lz4", "lz4-legacy", "small", "CODEC", run(SMALL, "lz4", "-c", "-l"), "legacy frame")


def zstd_fixtures():
    add("zstd", "zstd-empty", "empty", "OK", run(b"", "zstd", "-c"), "no plain text")
    for level in (1, 3, 19):
        add("zstd", f"zstd-{level}", "large", "OK", run_on_file(LARGE, "zstd", "-c", "-q", f"-{level}"), f"level {level}, content size")
    add("zstd", "zstd-stream", "large", "OK", run(LARGE, "zstd", "-c", "-q"), "no content size")
    add("zstd", "zstd-no-check", "small", "OK", run_on_file(SMALL, "zstd", "-c", "-q", "--no-check"), "no checksum")
    add("zstd", "zstd-window-23", "small", "OK", run(SMALL, "zstd", "-c", "-q", "--zstd=wlog=23"), "window of 8 MiB, max-window")
    add("zstd", "zstd-window-24", "small", "CODEC", run(SMALL, "zstd", "-c", "-q", "--zstd=wlog=24"), "window of 16 MiB")
    good = run_on_file(SMALL, "zstd", "-c", "-q")
    skippable = b"\x50\x2a\x4d\x18" + struct.pack("<I", 4) + b"skip"
    add("zstd", "zstd-skippable-first", "small", "CODEC", skippable + good, "skippable frame first")
    add("zstd", "zstd-skippable-last", "small", "CODEC", good + skippable, "skippable frame last")
    add("zstd", "zstd-two-frames", "small", "CODEC", good + run(b"", "zstd", "-c", "-q"), "second frame")
    with tempfile.NamedTemporaryFile() as dictionary:
        dictionary.write(SMALL * 2)
        dictionary.flush()
        raw = run(SMALL, "zstd", "-c", "-q", "-D", dictionary.name)
    add("zstd", "zstd-raw-dictionary", "small", "CODEC", raw, "needs content that is not there")


for fixtures in (zlib_fixtures, gzip_fixtures, bz2_fixtures, xz_fixtures, lz4_fixtures, zstd_fixtures):
    fixtures()
with open(os.path.join(sys.argv[1], "fixtures.csv"), "w", encoding="ascii") as table:
    table.write("file,codec,plain,result,comment\n")
    table.writelines(",".join((*row[:4], row[4].replace(",", ";"))) + "\n" for row in rows)
