#!/usr/bin/env python3
"""Runs compressors that are not ours and keeps what they wrote in data/codecs.json, with their names and versions.

build.py only reads that file: another version of a tool may write other bytes, and vectors do not change by themselves.
Wants gzip, bzip2, xz, lz4, zstd and node on the path, and the Python packages lz4, zstandard and python-snappy:

    python3 test-vectors/tools/make_codec_data.py
"""

import bz2
import gzip
import io
import json
import lzma
import pathlib
import re
import subprocess
import zlib

import cramjam
import lz4.frame
import snappy
import zstandard

import samples
import wire

OUT = pathlib.Path(__file__).parent / "data" / "codecs.json"
ENTRIES = []


def version(command):
    run = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    return re.search(r"\d+\.\d+(\.\d+)?", run.stdout + run.stderr).group(0)


def piped(command, data):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def keep(name, codec, plain_name, tool, coded):
    ENTRIES.append({"name": name, "codec": codec, "plain": plain_name, "tool": tool,
                    "coded": wire.byte_field(coded), "bytes": len(coded)})


def cli(codec, name, tool, command, plain_names=("repetitive",)):
    for plain_name in plain_names:
        coded = piped(command, samples.PLAIN[plain_name]())
        keep(f"{name}-{plain_name}", codec, plain_name, f"{tool}: {' '.join(command)}", coded)


def library(codec, name, tool, code, plain_names=("repetitive",)):
    for plain_name in plain_names:
        keep(f"{name}-{plain_name}", codec, plain_name, tool, code(samples.PLAIN[plain_name]()))


EVERY = ("empty", "one", "octets", "short", "repetitive", "zeros", "random")


def zlibs():
    tool = f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
    library(19, "zlib", f"{tool}, level 6", lambda data: zlib.compress(data, 6), EVERY)
    library(19, "zlib-stored", f"{tool}, level 0", lambda data: zlib.compress(data, 0), ("short", "repetitive"))
    library(19, "zlib-1", f"{tool}, level 1", lambda data: zlib.compress(data, 1))
    library(19, "zlib-9", f"{tool}, level 9", lambda data: zlib.compress(data, 9), ("repetitive", "max", "over"))
    library(19, "zlib-window", f"{tool}, window of 512 bytes", lambda data: deflate(data, wbits=9))
    library(19, "zlib-fixed", f"{tool}, fixed codes", lambda data: deflate(data, strategy=zlib.Z_FIXED))
    library(19, "zlib-huffman", f"{tool}, Huffman only", lambda data: deflate(data, strategy=zlib.Z_HUFFMAN_ONLY))
    library(19, "zlib-flushed", f"{tool}, flushed in the middle", flushed)
    library(19, "zlib-dictionary", f"{tool}, with a preset dictionary",
            lambda data: deflate(data, zdict=samples.DICTIONARY))
    library(19, "deflate", f"{tool}, raw deflate", lambda data: deflate(data, wbits=-15))
    node = version(["node", "--version"])
    script = ("const c=[];process.stdin.on('data',d=>c.push(d)).on('end',()=>"
              "process.stdout.write(require('zlib').{}(Buffer.concat(c))))")
    for plain_name in ("short", "repetitive"):
        for codec, function in ((19, "deflateSync"), (17, "gzipSync")):
            coded = piped(["node", "-e", script.format(function)], samples.PLAIN[plain_name]())
            keep(f"node-{function}-{plain_name}", codec, plain_name, f"node {node}: zlib.{function}", coded)


def deflate(data, level=9, wbits=15, strategy=zlib.Z_DEFAULT_STRATEGY, zdict=None):
    extra = {"zdict": zdict} if zdict else {}
    coder = zlib.compressobj(level, zlib.DEFLATED, wbits, 8, strategy, **extra)
    return coder.compress(data) + coder.flush()


def flushed(data):
    coder = zlib.compressobj(6)
    half = len(data) // 2
    return (coder.compress(data[:half]) + coder.flush(zlib.Z_SYNC_FLUSH) + coder.flush(zlib.Z_FULL_FLUSH)
            + coder.compress(data[half:]) + coder.flush())


def gzips():
    tool = f"gzip {version(['gzip', '--version'])}"
    cli(17, "gzip", tool, ["gzip", "-n", "-c"], EVERY)
    cli(17, "gzip-1", tool, ["gzip", "-n", "-1", "-c"])
    cli(17, "gzip-9", tool, ["gzip", "-n", "-9", "-c"], ("over",))
    library(17, "gzip-fields", f"zlib {zlib.ZLIB_RUNTIME_VERSION} in a member written by hand", all_fields)
    library(17, "gzip-python", f"Python gzip, zlib {zlib.ZLIB_RUNTIME_VERSION}",
            lambda data: gzip.compress(data, mtime=TIME_STAMP))


TIME_STAMP = 1500000000


def all_fields(data):
    """A member with every optional field: extra, name, comment and the check of the header."""
    head = b"\x1f\x8b\x08\x1e" + TIME_STAMP.to_bytes(4, "little") + b"\x02\x03"
    head += b"\x06\x00Ap\x02\x00\x01\x02" + b"name\x00" + b"comment\x00"
    head += (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little")
    return (head + deflate(data, wbits=-15) + zlib.crc32(data).to_bytes(4, "little")
            + len(data).to_bytes(4, "little"))


def bzip2s():
    tool = f"bzip2 {version(['bzip2', '--help'])}"
    cli(16, "bzip2", tool, ["bzip2", "-9", "-c"], EVERY + ("free", "past-free", "ratio", "ratio-past"))
    cli(16, "bzip2-1", tool, ["bzip2", "-1", "-c"], ("repetitive", "zeros-300k"))
    library(16, "bz2-python", "Python bz2", bz2.compress)


def xzs():
    tool = f"xz {version(['xz', '--version'])}"
    cli(18, "xz", tool, ["xz", "-6", "-c"], EVERY + ("free", "past-free"))
    for check in ("none", "crc32", "sha256"):
        cli(18, f"xz-{check}", tool, ["xz", f"--check={check}", "-c"])
    cli(18, "xz-0", tool, ["xz", "-0", "-c"])
    cli(18, "xz-blocks", tool, ["xz", "--block-size=200", "-c"])
    cli(18, "xz-12m", tool, ["xz", "--lzma2=dict=12MiB", "-c"])
    cli(18, "xz-9", tool, ["xz", "-9", "-c"])
    cli(18, "lzma-alone", tool, ["xz", "--format=lzma", "-c"])
    library(18, "lzma-python", "Python lzma", lzma.compress)


def snappies():
    tool = f"python-snappy {snappy.__version__ if hasattr(snappy, '__version__') else '0.7.3'}, cramjam {cramjam.__version__}"
    library(32, "snappy", tool, snappy.compress, EVERY)
    framed = io.BytesIO()
    snappy.stream_compress(io.BytesIO(samples.PLAIN["repetitive"]()), framed)
    keep("snappy-framed", 32, "repetitive", f"{tool}, framing format", framed.getvalue())
    for name, (plain, coded) in samples.SNAPPY_BY_HAND.items():
        assert snappy.uncompress(coded) == plain, name


def lz4s():
    tool = f"lz4 {version(['lz4', '--version'])}"
    cli(33, "lz4", tool, ["lz4", "-c"], EVERY)
    cli(33, "lz4-9", tool, ["lz4", "-9", "-c"])
    cli(33, "lz4-block-check", tool, ["lz4", "-BX", "-c"])
    cli(33, "lz4-no-check", tool, ["lz4", "--no-frame-crc", "-c"])
    cli(33, "lz4-linked", tool, ["lz4", "-B4", "-BD", "-c"], ("zeros-300k",))
    cli(33, "lz4-large", tool, ["lz4", "-B7", "-9", "--no-frame-crc", "-c"], ("over",))
    cli(33, "lz4-legacy", tool, ["lz4", "-l", "-c"])
    library(33, "lz4-python", f"python-lz4 {lz4.frame.__name__} {lz4.library_version_string()}", lz4.frame.compress)


def zstds():
    tool = f"zstd {version(['zstd', '--version'])}"
    cli(34, "zstd", tool, ["zstd", "-3", "-c"], EVERY + ("free", "past-free"))
    cli(34, "zstd-1", tool, ["zstd", "-1", "--no-check", "-c"])
    cli(34, "zstd-long", tool, ["zstd", "-3", "--long=24", "-c"])
    cli(34, "zstd-19", tool, ["zstd", "-19", "-c"])
    packer = zstandard.ZstdCompressor(level=3, write_content_size=False, write_checksum=False)
    library(34, "zstd-no-size", f"python-zstandard {zstandard.__version__}, neither size nor check", packer.compress)
    sized = zstandard.ZstdCompressor(level=3, write_content_size=True, write_checksum=True)
    library(34, "zstd-size", f"python-zstandard {zstandard.__version__}, with size and check", sized.compress)
    with_dictionary = zstandard.ZstdCompressor(dict_data=dictionary())
    library(34, "zstd-dictionary", f"python-zstandard {zstandard.__version__}, with a dictionary",
            with_dictionary.compress)
    for name, (plain, coded) in samples.ZSTD_BY_HAND.items():
        assert piped(["zstd", "-d", "-c"], coded) == plain, name


def dictionary():
    texts = [f"sample {n} of the dictionary, {n * n} and {n * 7}".encode() for n in range(2000)]
    return zstandard.train_dictionary(1024, texts)


def main():
    for family in (zlibs, gzips, bzip2s, xzs, snappies, lz4s, zstds):
        family()
    rows = ",\n".join("    " + json.dumps(entry) for entry in ENTRIES)
    OUT.write_text('{\n  "about": "Written by make_codec_data.py; plain texts are those of samples.py.",\n'
                   f'  "entries": [\n{rows}\n  ]\n}}\n')
    print(len(ENTRIES), "streams,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
