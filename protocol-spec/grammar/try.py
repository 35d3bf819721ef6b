#!/usr/bin/env python3
"""Helps try.sh: makes a capture of link.txt, or reads it with the reader that Kaitai Struct made.

try.py pcap OUT            writes link.txt as a capture file, one TCP connection a link
try.py kaitai FOLDER       reads each direction of each link with p2p_frame.py of that folder, verifies the checksums
"""
import hashlib
import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).parent
SYN, FIN, PSH, ACK = 2, 1, 8, 16


def links():
    """Yields ((first end, second end), [(end, chunk)])."""
    ends, chunks = None, []
    for line in (HERE / "link.txt").read_text().splitlines():
        words = line.split()
        if line.startswith("#") or not words:
            continue
        if words[0] == "link":
            if ends:
                yield ends, chunks
            ends, chunks = (words[1], words[2]), []
        else:
            chunks.append((words[0], bytes.fromhex(words[1])))
    yield ends, chunks


def checksum16(data):
    total = sum(struct.unpack(f">{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def packet(source, target, seq, ack, flags, data):
    """An Ethernet frame with IPv4 and TCP around the data; ends are (address, port)."""
    tcp = struct.pack(">HHIIBBHHH", source[1], target[1], seq, ack, 0x50, flags, 65535, 0, 0)
    pseudo = source[0] + target[0] + struct.pack(">BBH", 0, 6, len(tcp) + len(data))
    tcp = tcp[:16] + struct.pack(">H", checksum16(pseudo + tcp + data)) + tcp[18:]
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp) + len(data), 0, 0x4000, 64, 6, 0) + source[0] + target[0]
    ip = ip[:10] + struct.pack(">H", checksum16(ip)) + ip[12:]
    return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0" + ip + tcp + data


def pcap(path):
    out = bytearray(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    moment = 0

    def put(data):
        nonlocal moment
        moment += 1
        out.extend(struct.pack("<IIII", 1500000000, moment * 1000, len(data), len(data)) + data)

    for number, (names, chunks) in enumerate(links()):
        address = {names[0]: (bytes([192, 0, 2, 1]), 40000 + number), names[1]: (bytes([192, 0, 2, 2]), 4444 + number)}
        seq = {name: 1000 for name in names}
        first, second = names
        put(packet(address[first], address[second], 999, 0, SYN, b""))
        put(packet(address[second], address[first], 999, 1000, SYN | ACK, b""))
        put(packet(address[first], address[second], 1000, 1000, ACK, b""))
        for end, data in chunks:
            other = second if end == first else first
            put(packet(address[end], address[other], seq[end], seq[other], PSH | ACK, data))
            seq[end] += len(data)
    pathlib.Path(path).write_bytes(out)


def kaitai(folder):
    sys.path.insert(0, folder)
    from p2p_frame import P2pFrame

    for names, chunks in links():
        for name in names:
            stream = b"".join(data for end, data in chunks if end == name)
            for frame in P2pFrame.from_bytes(stream).frames:
                body = frame.body
                reading = "zlib" if body.looks_like_zlib else None
                for codec in ("gzip", "bz2", "lzma", "lz4", "zstd"):
                    if getattr(body, "looks_like_" + codec):
                        reading = codec
                print(f"{name} {frame.len_body:4d} bytes  {describe(body, reading)}")


def describe(body, reading):
    if reading == "zlib":
        return "zlib " + message(body.zlib, zlib_bare(body.bytes))
    if reading:
        return f"{reading} (closed)"
    if hashlib.sha256(body.bytes[32:]).digest() != body.bytes[:32]:
        return "neither raw nor a codec with magic bytes"
    return "raw  " + message(body.raw, body.bytes[32:])


def zlib_bare(body):
    import zlib

    return zlib.decompress(body)[32:]


def message(plain, bare):
    if plain.checksum != hashlib.sha256(bare).digest():
        return "CHECKSUM"
    found = plain.bare_message
    rest = "" if found._io.is_eof() else " TRAILING"
    return f"{name(found.type)}/{name(found.sub_flag)} {len(found.items)} items, time {found.time}{rest}"


def name(opcode):
    """An opcode that the registry does not have comes as a plain number."""
    return getattr(opcode, "name", opcode)


if __name__ == "__main__":
    {"pcap": pcap, "kaitai": kaitai}[sys.argv[1]](sys.argv[2])
