"""The bytes of the protocol, written a second time and as plainly as possible.

Nothing here is shared with the Java code or with any testee: the vectors must not come out of code that they test.
A message is a list of Python values; Form says "write these very bytes for this value".
"""

import hashlib
import struct

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RING = 2**384


class Form:
    """A value together with the msgpack bytes that stand for it, for forms that `pack` would not choose."""

    def __init__(self, hexed, value):
        self.bytes = unhex(hexed)
        self.value = value


class Map:
    """A map as the list of its entries, so that order, repeated keys and keys of any type can be had."""

    def __init__(self, *entries):
        self.entries = entries


class Ext:
    def __init__(self, kind, data):
        self.kind = kind
        self.data = data


class Float:
    """A float 64 given by its bits, for NaNs: a Python float passes through the processor, which may change them."""

    def __init__(self, hexed):
        self.bits = hexed


class Rep:
    """Binary (unit is bytes) or text (unit is str) repeated: short in a file, long on the wire."""

    def __init__(self, unit, times):
        self.unit = unit
        self.times = times


def unhex(text):
    return bytes.fromhex(text.replace(" ", ""))


def sha256(data):
    return hashlib.sha256(data).digest()


def pack(value):
    """The shortest msgpack form of a value (MPK-12 to MPK-14)."""
    if isinstance(value, Form):
        return value.bytes
    if isinstance(value, Rep):
        return pack(value.unit * value.times)
    if isinstance(value, Float):
        return b"\xcb" + unhex(value.bits)
    if value is None:
        return b"\xc0"
    if value is True:
        return b"\xc3"
    if value is False:
        return b"\xc2"
    if isinstance(value, int):
        return pack_int(value)
    if isinstance(value, float):
        return b"\xcb" + struct.pack(">d", value)
    if isinstance(value, str):
        data = value.encode("utf-8")
        if len(data) < 32:
            return bytes([0xA0 + len(data)]) + data
        return sized(len(data), b"\xd9", b"\xda", b"\xdb") + data
    if isinstance(value, bytes):
        return sized(len(value), b"\xc4", b"\xc5", b"\xc6") + value
    if isinstance(value, list):
        return array_head(len(value)) + b"".join(pack(item) for item in value)
    if isinstance(value, Map):
        return map_head(len(value.entries)) + b"".join(pack(k) + pack(v) for k, v in value.entries)
    if isinstance(value, Ext):
        fixed = {1: b"\xd4", 2: b"\xd5", 4: b"\xd6", 8: b"\xd7", 16: b"\xd8"}.get(len(value.data))
        head = fixed or sized(len(value.data), b"\xc7", b"\xc8", b"\xc9")
        return head + struct.pack(">b", value.kind) + value.data
    raise TypeError(type(value))


def pack_int(value):
    if 0 <= value < 128:
        return bytes([value])
    if -32 <= value < 0:
        return bytes([256 + value])
    if value >= 0:
        for tag, size in ((b"\xcc", 1), (b"\xcd", 2), (b"\xce", 4), (b"\xcf", 8)):
            if value < 256**size:
                return tag + value.to_bytes(size, "big")
    for tag, size in ((b"\xd0", 1), (b"\xd1", 2), (b"\xd2", 4), (b"\xd3", 8)):
        if value >= -(256**size) // 2:
            return tag + value.to_bytes(size, "big", signed=True)
    raise ValueError(value)


def sized(length, one, two, four):
    if length < 256:
        return one + struct.pack(">B", length)
    if length < 65536:
        return two + struct.pack(">H", length)
    return four + struct.pack(">I", length)


def array_head(count):
    if count < 16:
        return bytes([0x90 + count])
    return b"\xdc" + struct.pack(">H", count) if count < 65536 else b"\xdd" + struct.pack(">I", count)


def map_head(count):
    if count < 16:
        return bytes([0x80 + count])
    return b"\xde" + struct.pack(">H", count) if count < 65536 else b"\xdf" + struct.pack(">I", count)


def note(value):
    """A value in the notation of the testee protocol."""
    if isinstance(value, Form):
        return note(value.value)
    if isinstance(value, Rep):
        return {"$rep": [value.unit.hex(), value.times]} if isinstance(value.unit, bytes) else {
            "$reps": [value.unit, value.times]}
    if isinstance(value, Float):
        return {"$f64": value.bits}
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) <= 2**53 - 1 else {"$int": str(value)}
    if isinstance(value, float):
        return {"$f64": struct.pack(">d", value).hex()}
    if isinstance(value, bytes):
        return {"$bin": value.hex()}
    if isinstance(value, list):
        return [note(item) for item in value]
    if isinstance(value, Ext):
        return {"$ext": [value.kind, value.data.hex()]}
    if isinstance(value, Map):
        keys = [k.value if isinstance(k, Form) else k for k, _ in value.entries]
        plain = all(isinstance(k, str) and not k.startswith("$") and not lone(k) for k in keys)
        plain = plain and len(set(keys)) == len(keys)
        if plain:
            return {k: note(v) for k, (_, v) in zip(keys, value.entries)}
        return {"$map": [[note(k), note(v)] for k, v in value.entries]}
    raise TypeError(type(value))


def lone(text):
    """Whether a text holds half of a surrogate pair; JSON readers refuse such a name of a field."""
    return any(0xD800 <= ord(char) < 0xE000 for char in text)


def bare(kind, sender, time, *payload):
    """The bare message of chapter 3."""
    return pack([kind, sender, time, *payload])


def frame(message, body=None):
    """The frame of a bare message: raw, or with the body given (a coded plain text)."""
    content = plain(message) if body is None else body
    return struct.pack(">I", len(content)) + content


def plain(message):
    """Checksum and bare message: what a codec codes (FRM-2, FRM-3)."""
    return sha256(message) + message


def base58(number):
    digits = ALPHABET[number % 58]
    while number >= 58:
        number //= 58
        digits = ALPHABET[number % 58] + digits
    return digits


def base58_of(data):
    return base58(int.from_bytes(data, "big"))


def byte_field(data):
    """Bytes of a frame, chunk or stream: hex, or {"$cat"} when a long run repeats a short unit."""
    parts, start, at = [], 0, 0
    while at < len(data):
        unit, times = longest_run(data, at)
        if len(unit) * times < 96:
            at += 1
            continue
        if at > start:
            parts.append(data[start:at].hex())
        parts.append({"$rep": [unit.hex(), times]})
        at += len(unit) * times
        start = at
    if start < len(data):
        parts.append(data[start:].hex())
    if not parts:
        return ""
    return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else {"$cat": parts}


def longest_run(data, at):
    best = (data[at:at + 1], 1)
    for size in (1, 2, 3, 4, 6, 8, 46):
        if data[at:at + size] != data[at + size:at + 2 * size] or len(data) < at + 2 * size:
            continue
        unit, end = data[at:at + size], at + size
        while data[end:end + size] == unit and len(unit) == size:
            end += size
        if end - at > len(best[0]) * best[1]:
            best = (unit, (end - at) // size)
    return best
