#!/usr/bin/env python3
"""A port of the p2p.today 0.7 codec in one file, behind the testee protocol.

It is written from protocol-spec/ alone, on the public `msgpack` library and Python's own hashes
and codecs, and it is here as an example: whoever ports the protocol to another language writes
about this much.  The first part is the port, chapter by chapter; a comment such as "MPK-6" names
the clause that a line follows.  The second part answers the conformance runner: one JSON object a
line, in and out.

    python3 testee.py < requests.jsonl
"""

import gzip
import hashlib
import ipaddress
import json
import struct
import sys
import zlib

import msgpack

try:  # A Python built without these libraries lacks the modules; then we do not list them (CMP-4).
    import bz2
except ImportError:
    bz2 = None
try:
    import lzma
except ImportError:
    lzma = None

MAX_FRAME = 16777216  # registry/limits.csv
MAX_INFLATED = 16777216
RATIO_FREE = 1048576
MAX_RATIO = 2048
MAX_WINDOW = 8388608
MAX_DEPTH = 64
MAX_ITEMS = 262144
MAX_BASE58 = 128
MAX_KEY = 4096
MAX_VALUE = 1048576
COMPRESS_FROM = 256
COMPRESS_SAVES = 16
BROADCAST_WINDOW = 60  # registry/timers.csv
LEASE_TERM = 3600
STORE, DELTA = 11, 17  # registry/opcodes.csv
DIGEST = 32


class Malformed(Exception):
    """Bad bytes or a bad value: a code of registry/errors.csv, and where it was found."""

    def __init__(self, code, detail, offset=None):
        super().__init__(detail)
        self.code, self.offset = code, offset


# ------------------------------------------------ values (chapter 3, msgpack profile)
#
# nil, booleans, numbers, text and binary are Python's None, bool, int, float, str and bytes; an
# array is a list.  A dict cannot be the map: any value may be a key, and 1 is not 1.0 (MPK-3).


class Map:
    def __init__(self, pairs):
        self.pairs = pairs


class Ext:
    """An extension value.  msgpack.ExtType refuses the types below 0; we pass all on (MPK-11)."""

    def __init__(self, type, data):
        self.type, self.data = type, data


def pack(value, depth=1):
    """The bytes of a value in its shortest form (MPK-12)."""
    if isinstance(value, (list, Map)) and depth > MAX_DEPTH:
        raise Malformed("LIMIT", "nesting above %d" % MAX_DEPTH)
    if isinstance(value, list):
        return header_of(value) + b"".join(pack(item, depth + 1) for item in value)
    if isinstance(value, Map):
        pairs = [pack(key, depth + 1) + pack(item, depth + 1) for key, item in value.pairs]
        if len({identity(key) for key, _ in value.pairs}) < len(pairs):
            raise Malformed("BODY", "a map key is repeated")
        return header_of(value) + b"".join(pairs)
    if isinstance(value, Ext):
        packer = msgpack.Packer(autoreset=False)
        packer.pack_ext_type(value.type, value.data)
        return packer.bytes()
    try:
        return msgpack.packb(value)  # a float becomes a float 64 (MPK-13)
    except OverflowError:
        raise Malformed("RANGE", "integer outside -2^63..2^64-1") from None
    except UnicodeEncodeError:
        raise Malformed("TEXT", "text with a lone surrogate") from None


def count_items(value):
    """The items of all arrays and maps in a value, as max-items counts them (MPK-16)."""
    if isinstance(value, Map):
        value = [part for pair in value.pairs for part in pair]
    return len(value) + sum(map(count_items, value)) if isinstance(value, list) else 0


def header_of(value):
    if isinstance(value, Map):
        return msgpack.Packer().pack_map_header(len(value.pairs))
    return msgpack.Packer().pack_array_header(len(value))


def identity(value):
    """Bytes that are equal for equal values (MPK-9), so the entries of maps stand in one order."""
    if isinstance(value, list):
        return header_of(value) + b"".join(identity(item) for item in value)
    if isinstance(value, Map):
        pairs = [identity(key) + identity(item) for key, item in value.pairs]
        return header_of(value) + b"".join(sorted(pairs))
    return pack(value)


# What the first byte of an item says; the short forms, which hold a value or length, are below.
SIZED = {  # kind, and how many bytes of length follow
    0xC4: ("bin", 1), 0xC5: ("bin", 2), 0xC6: ("bin", 4),
    0xC7: ("ext", 1), 0xC8: ("ext", 2), 0xC9: ("ext", 4),
    0xD9: ("text", 1), 0xDA: ("text", 2), 0xDB: ("text", 4),
    0xDC: ("array", 2), 0xDD: ("array", 4), 0xDE: ("map", 2), 0xDF: ("map", 4),
}
FIXEXT = {0xD4: 1, 0xD5: 2, 0xD6: 4, 0xD7: 8, 0xD8: 16}  # bytes of content
NUMBERS = {  # bytes of the whole item
    0xC0: 1, 0xC2: 1, 0xC3: 1, 0xCA: 5, 0xCB: 9,
    0xCC: 2, 0xCD: 3, 0xCE: 5, 0xCF: 9, 0xD0: 2, 0xD1: 3, 0xD2: 5, 0xD3: 9,
}


def item_header(data, at):
    """What begins at a byte: (kind, where its content starts, its length in bytes or items).

    Every claim is checked against the bytes that are there before anything is built from it."""
    def need(size):
        if size > len(data) - at:
            raise Malformed("BODY", "item cut off", at)  # MPK-5

    need(1)
    first = data[at]
    if first <= 0x7F or first >= 0xE0:
        return "number", at, 1
    if first in NUMBERS:
        need(NUMBERS[first])
        return "number", at, NUMBERS[first]
    if first in FIXEXT:
        kind, start, length = "ext", at + 2, FIXEXT[first]
    elif first in SIZED:
        kind, width = SIZED[first]
        need(1 + width)
        start = at + 1 + width + (kind == "ext")
        length = int.from_bytes(data[at + 1:at + 1 + width], "big")
    elif first == 0xC1:
        raise Malformed("BODY", "byte 0xc1", at)
    elif first >= 0xA0:
        kind, start, length = "text", at + 1, first & 0x1F
    else:
        kind, start, length = ("array" if first >= 0x90 else "map"), at + 1, first & 0x0F
    least = length * 2 if kind == "map" else length  # an item has at least one byte
    if least > len(data) - start:
        detail = "%s of %d in %d bytes" % (kind, length, len(data) - start)
        raise Malformed("BODY", detail, at)  # MPK-6
    return kind, start, length


def scalar(data, at, kind, start, length):
    if kind == "ext":  # the type is the last byte of the header
        type = int.from_bytes(data[start - 1:start], "big", signed=True)
        return Ext(type, data[start:start + length])
    try:
        value = msgpack.unpackb(data[at:start + length])
        return quiet_nan(data[at + 1:at + 5]) if value != value and data[at] == 0xCA else value
    except UnicodeDecodeError:
        raise Malformed("TEXT", "not UTF-8", at) from None  # MPK-8


def quiet_nan(single):
    """The float 64 of a NaN in float 32, bit by bit: processors agree on it, languages need not."""
    bits = int.from_bytes(single, "big")
    wide = (bits >> 31) << 63 | 0x7FF8 << 48 | (bits & 0x7FFFFF) << 29  # MPK-17
    return struct.unpack(">d", wide.to_bytes(8, "big"))[0]


class Open:
    """A container whose items are still being read."""

    def __init__(self, kind, length, at):
        self.is_map, self.at = kind == "map", at
        self.wanted = length * 2 if self.is_map else length
        self.items, self.starts, self.keys = [], [], set()

    def add(self, value, at):
        if self.is_map and len(self.items) % 2 == 0:  # a key, and it is complete
            key = identity(value)  # MPK-9
            if key in self.keys:
                raise Malformed("BODY", "a map key is repeated", at)
            self.keys.add(key)
        self.items.append(value)
        self.starts.append(at)

    def value(self):
        return Map(list(zip(self.items[::2], self.items[1::2]))) if self.is_map else self.items


def unpack(data):
    """The one value that data holds, and where its items start, if it has any.

    Reads with a list of open containers, so that depth costs no stack (MPK-7)."""
    root = outermost = Open("array", 1, 0)  # collects that value, and is no level of nesting
    stack, at, items = [root], 0, 0
    while not root.items:
        kind, start, length = item_header(data, at)
        if kind in ("array", "map"):
            if len(stack) > MAX_DEPTH:
                raise Malformed("LIMIT", "nesting above %d" % MAX_DEPTH, at)
            items += length if kind == "array" else 2 * length
            if items > MAX_ITEMS:
                raise Malformed("LIMIT", "more than %d items" % MAX_ITEMS, at)  # MPK-16
            stack.append(Open(kind, length, at))
            outermost = stack[1]
            at = start
        else:
            stack[-1].add(scalar(data, at, kind, start, length), at)
            at = start + length
        while len(stack) > 1 and len(stack[-1].items) == stack[-1].wanted:
            closed = stack.pop()
            stack[-1].add(closed.value(), closed.at)
    if at != len(data):
        detail = "%d bytes after the message" % (len(data) - at)
        raise Malformed("TRAILING", detail, at)  # MPK-10
    return root.items[0], outermost.starts


# ------------------------------------------------ messages (chapter 3)


def as_bytes(value):
    """Keys and ids are compared as bytes; text counts as its UTF-8 (MSG-8)."""
    if not isinstance(value, (str, bytes)):
        raise Malformed("SHAPE", "neither text nor binary")
    return value.encode("utf-8") if isinstance(value, str) else value


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


def check_message(items, starts=(None, None, None)):
    """MSG-1 to MSG-6, in this order; starts are the offsets of the items, for the error (ERR-2)."""
    if not isinstance(items, list):
        raise Malformed("SHAPE", "the message is not an array", 0)
    if len(items) < 3:
        raise Malformed("SHAPE", "the message has %d items" % len(items), 0)
    kind, sender, time = items[:3]
    if not is_int(kind):
        raise Malformed("SHAPE", "the type is not an integer", starts[0])
    if not 0 <= kind <= 255:
        raise Malformed("OPCODE", "type %d" % kind, starts[0])
    if not isinstance(sender, (str, bytes)):
        raise Malformed("SHAPE", "the sender is neither text nor binary", starts[1])
    pack(sender)  # TEXT, when a caller's sender holds a lone surrogate (MPK-19)
    if not is_int(time):
        raise Malformed("SHAPE", "the time is not an integer", starts[2])
    if not 0 <= time < 2**63:
        raise Malformed("RANGE", "time %d" % time, starts[2])
    return items


# ------------------------------------------------ codecs (chapter 4)

BZ2, GZIP, LZMA, ZLIB = 0x10, 0x11, 0x12, 0x13
CODECS = {  # number -> (compress, a new decompressor, what it raises on a corrupt stream)
    ZLIB: (zlib.compress, lambda: zlib.decompressobj(15), zlib.error),
    GZIP: (lambda data: gzip.compress(data, mtime=0), lambda: zlib.decompressobj(31), zlib.error),
}
if bz2:
    CODECS[BZ2] = (bz2.compress, bz2.BZ2Decompressor, OSError)
if lzma:
    # Dictionaries are of 2^n or 3 * 2^n bytes, and liblzma needs less than 2 MiB besides (CMP-16).
    CODECS[LZMA] = (
        lzma.compress,
        lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_WINDOW + 2**21),
        lzma.LZMAError,
    )


def codec_by_magic(body):
    """The codec whose magic bytes begin the body (registry/codecs.csv, CMP-7), or None."""
    if body[:3] == b"BZh" and 0x31 <= body[3] <= 0x39 and \
            body[4:10] in (b"\x31\x41\x59\x26\x53\x59", b"\x17\x72\x45\x38\x50\x90"):
        return BZ2
    if body[:3] == b"\x1f\x8b\x08":
        return GZIP
    if body[:6] == b"\xfd7zXZ\x00":
        return LZMA
    if body[0] & 0x8F == 8 and not body[1] & 0x20 and (body[0] << 8 | body[1]) % 31 == 0:
        return ZLIB
    return None


def lookup_codec(number):
    if number not in CODECS:
        raise Malformed("CODEC", "codec %r is not there" % (number,))  # CMP-4
    return CODECS[number]


def inflated_limit(length, max_inflated):
    """The most that an input of this length may inflate to (CMP-3)."""
    return min(max_inflated, max(RATIO_FREE, MAX_RATIO * length))


def decompress(number, body, max_inflated=MAX_INFLATED):
    _, reader, corrupt = lookup_codec(number)
    limit, stream = inflated_limit(len(body), max_inflated), reader()
    try:
        plain = stream.decompress(body, limit + 1)  # stops there, whatever the stream holds
    except (corrupt, EOFError, ValueError) as error:
        raise Malformed("CODEC", str(error)) from None  # CMP-2
    if len(plain) > limit:
        raise Malformed("BOMB", "inflates past %d bytes" % limit)
    if not stream.eof:
        raise Malformed("CODEC", "the stream is cut off")
    if stream.unused_data:
        raise Malformed("CODEC", "%d bytes after the stream" % len(stream.unused_data))
    return plain


# ------------------------------------------------ frames (chapter 2)


def encode_frame(message, codec=None):
    """The frame of a message, and its id; coded only where that pays (CMP-13, CMP-14)."""
    bare = pack(check_message(message))
    if count_items(message) > MAX_ITEMS:
        raise Malformed("LIMIT", "more than %d items" % MAX_ITEMS)  # MPK-15
    digest = hashlib.sha256(bare).digest()  # FRM-3, FRM-4
    plain = body = digest + bare
    handshake = message[0] == 2 and len(message) == 8 and message[3] == 5
    if codec is not None:
        coder = lookup_codec(codec)[0]
        coded = plain if handshake else coder(plain)  # CMP-12
        pays = COMPRESS_SAVES * (len(plain) - len(coded)) >= len(plain) >= COMPRESS_FROM
        if pays and len(plain) <= inflated_limit(len(coded), MAX_INFLATED):
            body = coded
    if len(plain) > MAX_INFLATED or len(body) > MAX_FRAME:
        raise Malformed("LIMIT", "a plain text of %d bytes" % len(plain))  # FRM-9
    return len(body).to_bytes(4, "big") + body, digest


def frame_length(header, max_frame=MAX_FRAME):
    length = int.from_bytes(header, "big")
    if length > max_frame:
        raise Malformed("LIMIT", "a body of %d bytes" % length, 0)  # FRM-5
    if length < DIGEST:
        raise Malformed("SHORT", "a body of %d bytes" % length, 0)  # FRM-6
    return length


def decode_frame(frame, codecs):
    """Exactly one frame: (message, id, codec that was used or None)."""
    if len(frame) < 4:
        raise Malformed("LENGTH", "%d bytes of a header" % len(frame), 0)  # FRM-8
    length = frame_length(frame[:4])
    if length != len(frame) - 4:
        detail = "the header says %d bytes, there are %d" % (length, len(frame) - 4)
        raise Malformed("LENGTH", detail, 0)
    return decode_body(frame[4:], codecs)


def decode_body(body, codecs, max_inflated=MAX_INFLATED):
    """Tries the candidates in the order of CMP-7 (snappy is not among our codecs)."""
    magic, first_error = codec_by_magic(body), None
    for codec in ([magic] if magic in codecs and magic in CODECS else []) + [None]:
        try:
            plain = body if codec is None else decompress(codec, body, max_inflated)
            digest, bare = plain[:DIGEST], plain[DIGEST:]
            if len(plain) < DIGEST:
                raise Malformed("SHORT", "a plain text of %d bytes" % len(plain), 0)  # CMP-8
            if hashlib.sha256(bare).digest() != digest:
                raise Malformed("CHECKSUM", "not the SHA-256 of the bare message", 0)  # FRM-7
        except Malformed as error:
            first_error = first_error or error
        else:
            return check_message(*unpack(bare)), digest, codec  # CMP-10: an error here is final
    raise first_error  # CMP-9


class FrameReader:
    """Frames out of a stream that is cut anywhere (STR-1 to STR-4)."""

    def __init__(self, codecs, max_frame, max_inflated):
        self.codecs, self.max_frame, self.max_inflated = codecs, max_frame, max_inflated
        self.held, self.wanted = bytearray(), 4

    def feed(self, chunk):
        self.held += chunk
        at = 0
        while len(self.held) - at >= 4:
            # The header is checked as soon as it is there, and not only with the body (FRM-5).
            self.wanted = 4 + frame_length(self.held[at:at + 4], self.max_frame)
            if len(self.held) - at < self.wanted:
                break
            body = bytes(self.held[at + 4:at + self.wanted])
            yield decode_body(body, self.codecs, self.max_inflated)
            at, self.wanted = at + self.wanted, 4
        del self.held[:at]

    def missing(self):
        return self.wanted - len(self.held) if self.held else 0


# ------------------------------------------------ ids and base58 (chapter 5)

DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58_encode(number):
    if not 0 <= number < 2**512:
        raise Malformed("RANGE", "not in 0..2^512-1")  # B58-6
    text = ""
    while True:  # at least one digit: zero is "1"
        number, digit = divmod(number, 58)
        text = DIGITS[digit] + text
        if not number:
            return text


def base58_decode(text):
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BASE58:
        raise Malformed("LIMIT", "%d bytes" % size)  # B58-6, before anything is computed
    if not text:
        raise Malformed("BASE58", "empty text", 0)
    number = 0
    for at, character in enumerate(text):
        if character not in DIGITS:
            raise Malformed("BASE58", "%r is not a digit" % character, at)
        number = number * 58 + DIGITS.index(character)
    if number >= 2**512:
        raise Malformed("RANGE", "2^512 or more")
    return number


def node_number(node_id):
    """The integer of a node id, by which ids are ordered (NID-5); what is none is BASE58."""
    try:
        return base58_decode(as_bytes(node_id).decode("latin-1"))
    except Malformed as error:
        raise Malformed("BASE58", str(error), error.offset) from None


def digest_id(algorithm, *texts):
    """base58 of a hash over the texts with nothing between them (SUB-1, NID-1)."""
    digest = hashlib.new(algorithm, "".join(texts).encode("utf-8")).digest()
    return base58_encode(int.from_bytes(digest, "big"))


# ------------------------------------------------ decision tables (chapter 7)

RING = 2**384
POSITIONS = {"sha1": 224, "sha224": 160, "sha256": 128, "sha384": 0, "sha512": 0}  # table -> shift


def negotiate(own, peer):
    return [codec for codec in dict.fromkeys(own) if codec in peer]  # NEG-1


def link_to_close(own, peer, new_is_outgoing):
    return "old" if (own > peer) == new_is_outgoing else "new"  # DUP-1


def broadcast_accepted(time, now, seen):
    return not seen and now - BROADCAST_WINDOW < time <= now + BROADCAST_WINDOW  # BRD-1


def change_allowed(now, leasing, delta, current, change):
    """LSE-1 to LSE-7: the first row that applies decides.  An entry is (owner, time)."""
    if current is None:
        return True
    (holder, held_since), (owner, time) = current, change
    return (holder == owner
            or (delta and not leasing)
            or held_since < now - LEASE_TERM
            or (held_since == time and holder > owner)
            or (not leasing and held_since < time))


class SyncTable:
    """One node's Sync Table and the messages of one peer (chapter 14)."""

    def __init__(self, leasing, own, peer):
        self.leasing, self.own, self.peer = leasing, own, peer
        self.entries = {}  # key -> (value, owner, time)
        self.deletions = {}  # key -> (owner, time, whether it removed an entry)

    def take(self, now, is_broadcast, sender, time, payload):
        """What a message did: "update", "delete" or "none"."""
        flag, items = payload[0], payload[1:]
        is_join = flag == STORE and len(items) == 4 and not is_broadcast
        if not is_join and len(items) != 2 or not isinstance(items[0], (str, bytes)):
            return "none"  # SYN-4
        key = as_bytes(items[0])
        if len(key) > MAX_KEY:
            return "none"  # SYN-9
        if is_join:
            return self.join(now, key, *items[1:])
        owner, value = as_bytes(sender), items[1]
        if time > now + BROADCAST_WINDOW or len(owner) > MAX_BASE58 or owner == self.own:
            return "none"  # SYN-5, SYN-6
        if not is_broadcast and owner != self.peer:
            return "none"
        if not change_allowed(now, self.leasing, flag == DELTA, self.revision(key), (owner, time)):
            return "none"
        if flag == DELTA:
            value = self.merged(key, value)
            return "none" if value is None else self.put(key, value, sender, time)
        return self.delete(key, owner, time) if value is None else self.put(key, value, sender, time)

    def revision(self, key):
        entry = self.entries.get(key)
        return entry and (as_bytes(entry[1]), entry[2])

    def put(self, key, value, owner, time):
        if len(pack(value)) > MAX_VALUE:
            return "none"  # SYN-9
        self.entries[key] = (value, owner, time)
        self.deletions.pop(key, None)
        return "update"

    def delete(self, key, owner, time):
        """SYN-8 and SYN-14: a stranger's deletion does not take the place of one that removed something."""
        removed = self.entries.pop(key, None) is not None
        if removed or not self.deletions.get(key, (None, None, False))[2]:
            self.deletions[key] = (owner, time, removed)
        return "delete" if removed else "none"

    def merged(self, key, delta):
        """SYN-11: the value with a delta in it, or None when one of both is no map."""
        value = self.entries[key][0] if key in self.entries else Map([])
        if not isinstance(value, Map) or not isinstance(delta, Map):
            return None
        if any(isinstance(name, (list, Map)) for name, _ in delta.pairs):
            return None  # SYN-4
        items = {(type(name), repr(name)): (name, item) for name, item in value.pairs + delta.pairs}
        return Map(list(items.values()))

    def join(self, now, key, value, owner, time):
        sound = value is not None and isinstance(owner, (str, bytes)) and is_int(time) and 0 <= time < 2**63
        if not sound or key in self.entries:
            return "none"  # SYN-4, SYN-12
        if time > now + BROADCAST_WINDOW or len(as_bytes(owner)) > MAX_BASE58:
            return "none"  # SYN-5, SYN-6
        deletion = self.deletions.get(key)
        if deletion and time <= deletion[1]:
            revision = (as_bytes(owner), time)
            if deletion[2] or change_allowed(now, self.leasing, False, revision, deletion[:2]):
                return "none"  # SYN-14
        return self.put(key, value, owner, time)


def chord_positions(key):
    return {name: int.from_bytes(hashlib.new(name, key).digest(), "big") << shift
            for name, shift in POSITIONS.items()}


def distance(start, end):
    return (end - start) % RING  # CHO-1


def chord_node(position, own, joined, peers, ahead):
    """The owner of a position (CHO-5) or the node ahead of it (CHO-6); of equals, the first."""
    def measure(node):
        return distance(position, node) if ahead else distance(node, position)

    return min(([own] if joined else []) + peers, key=measure, default=None)


# ------------------------------------------------ links and meshes (chapters 12 and 13)
#
# Only what is a rule and needs no link: a port that has links answers the rest of the operations, too.

MAX_CODECS = 64
MAX_HOST = 255
HANDSHAKE = 5  # items of a whisper with the sub-flag 5 (LNK-2)
CLOSING = {"ORDER", "SHAPE"}
REPLIES = {"accept": [2, 7], "codecs": [1, 1], "resend": [2, 2], "pong": [2, 4], "list": [2, 7], "answer": [0, 10]}
WHISPERS = {3: ["pong"], 7: ["learn"], 8: ["list"]}
BROADCASTS = {8: ["answer"]}
CLASSES = [(kind, [ipaddress.ip_network(net) for net in nets]) for kind, nets in (  # MSH-22
    ("never", ["0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"]),
    ("loopback", ["127.0.0.0/8", "::1/128"]),
    ("private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15",
                 "192.0.0.0/24", "fc00::/7", "fec0::/10"]),
    ("public", ["0.0.0.0/0", "2000::/3"]))]
NAT64, SIX_TO_FOUR = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16")


def cell(state, kind, payload):
    """LNK-15: the cell of the table, as words."""
    flag = payload[0] if payload and is_int(payload[0]) else None
    if state == "closed":
        return []
    if state == "greeting":
        return ["accept"] if (kind, flag, len(payload)) == (2, 5, HANDSHAKE) else ["ORDER"]
    if flag is None:
        return ["SHAPE"]  # LNK-12
    delivered = ["deliver"] if flag in (0, 2) or 0x40 <= flag <= 0xFF else []  # MSH-14
    if kind == 0:
        return ["relay"] + (delivered or BROADCASTS.get(flag, []))
    if kind == 1:
        return {1: ["codecs"], 9: ["resend"]}.get(flag, [])
    return delivered or WHISPERS.get(flag, []) if kind == 2 else []


def read_address(value):
    """LNK-6: [host, port], or None."""
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[0], (str, bytes)):
        return None
    host, port = as_bytes(value[0]), value[1]
    if not 1 <= len(host) <= MAX_HOST or not is_int(port) or not 0 <= port <= 65535:
        return None
    try:
        return host.decode("utf-8"), port
    except UnicodeDecodeError:
        return None


def read_node(value):
    """MSH-4: (address, id) of [[host, port], id], or None."""
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[1], (str, bytes)):
        return None
    address = read_address(value[0])
    try:
        node_number(value[1])
    except Malformed:
        return None
    return address and (address, as_bytes(value[1]).decode("ascii"))


def check_handshake(payload, own, protocol, before):
    """LNK-27: the checks in their order."""
    _, ident, network, address, codecs = payload
    if not isinstance(network, (str, bytes)) or as_bytes(network) != as_bytes(protocol):
        raise Malformed("SUBNET", "another network")
    if not isinstance(ident, (str, bytes)):
        raise Malformed("SHAPE", "the id is neither text nor binary")
    if as_bytes(ident) == as_bytes(own):
        raise Malformed("ORDER", "this node itself")
    node_number(ident)
    if read_address(address) is None:
        raise Malformed("SHAPE", "not an address")
    check_codecs(codecs)
    if before is not None and as_bytes(before) != as_bytes(ident):
        raise Malformed("ORDER", "a further handshake with another id")  # LNK-9
    return as_bytes(ident).decode("ascii"), read_address(address), codecs


def check_codecs(codecs):
    if not isinstance(codecs, list):
        raise Malformed("SHAPE", "no list of codecs")
    if len(codecs) > MAX_CODECS:
        raise Malformed("LIMIT", "more than max-codecs")


def integers(codecs):
    return [codec for codec in codecs if is_int(codec)]


def numeric_address(text):
    """MSH-22: an address object, IPv4 inside ::ffff:0:0/96 as IPv4; None for a name."""
    if "%" in text or not text.isascii():
        return None
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def address_class(address):
    """MSH-22: the first row that fits."""
    if address is None:
        return "never"
    if address.version == 6 and address in NAT64:
        address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    elif address.version == 6 and address in SIX_TO_FOUR:
        address = ipaddress.IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return next((kind for kind, nets in CLASSES if any(address in net for net in nets)), "never")


class Dials:
    """MSH-7: which addresses are dialled on the word of a peer."""

    MAY = {"public": {"public"}, "private": {"public", "private"}, "never": {"public"},
           "loopback": {"public", "private", "loopback"}}

    def __init__(self, limits):
        self.each = limits.get("max-dials-per-source", 8)
        self.most = limits.get("max-dials", 1024)
        self.known = {}  # (address, port) -> (time in milliseconds, source)

    def allows(self, host, port, source, now):
        address = numeric_address(host)
        if address is None or port == 0:
            return False
        if address_class(address) not in self.MAY[address_class(numeric_address(source))]:
            return False
        self.known = {key: dial for key, dial in self.known.items() if now - dial[0] < 600000}
        caused = sum(dial[1] == source and now - dial[0] < 60000 for dial in self.known.values())
        if (address, port) in self.known or caused >= self.each or len(self.known) >= self.most:
            return False
        self.known[address, port] = now, source
        return True


# ================================================================ the testee protocol
#
# From here on nothing is p2p.today: values in JSON, one function per operation, the loop.


def from_json(value):
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    tag, content = next(iter(value.items()), (None, None))
    if not (tag or "").startswith("$"):
        return Map([(key, from_json(item)) for key, item in value.items()])
    if tag == "$int":
        return int(content)
    if tag == "$f64":
        return msgpack.unpackb(b"\xcb" + bytes.fromhex(content))
    if tag == "$bin":
        return bytes.fromhex(content)
    if tag == "$map":
        return Map([(from_json(key), from_json(item)) for key, item in content])
    if tag == "$ext":
        return Ext(content[0], bytes.fromhex(content[1]))
    if tag == "$rep":
        return bytes.fromhex(content[0]) * content[1]
    if tag == "$reps":
        return content[0] * content[1]
    raise ValueError("unknown notation %s" % tag)


def to_json(value):
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, bytes):
        return {"$bin": value.hex()}
    if isinstance(value, float):
        return {"$f64": pack(value)[1:].hex()}
    if isinstance(value, Ext):
        return {"$ext": [value.type, value.data.hex()]}
    if isinstance(value, Map):
        if all(isinstance(key, str) and not key.startswith("$") for key, _ in value.pairs):
            return {key: to_json(item) for key, item in value.pairs}
        return {"$map": [[to_json(key), to_json(item)] for key, item in value.pairs]}
    if is_int(value) and abs(value) >= 2**53:
        return {"$int": str(value)}
    return value


def hex_bytes(value):
    """Bytes of a request: hex, or a binary value such as {"$rep": ["00", 1000]}."""
    return bytes.fromhex(value) if isinstance(value, str) else from_json(value)


def number_of(value):
    """A big integer is a decimal string.  Python itself refuses to read very long ones."""
    if len(str(value)) > 200:
        raise Malformed("RANGE", "a number of %d digits" % len(str(value)))
    return int(value)


def message_json(message, digest, codec):
    kind, sender, time = message[:3]
    return {"type": kind, "sender": to_json(sender), "time": to_json(time),
            "payload": to_json(message[3:]), "id": digest.hex(), "codec": codec}


def op_hello(args):
    return {"name": "p2p-python", "version": "0.1.0", "language": "python", "ops": sorted(OPS),
            "codecs": [codec for codec in (ZLIB, GZIP, LZMA, BZ2) if codec in CODECS],
            "roles": [], "dialects": ["UNIVERSAL", "BINARY", "TEXT"]}


def op_frame_encode(args):
    fields = from_json([args["type"], args["sender"], args["time"]])
    frame, digest = encode_frame(fields + from_json(args["payload"]), args.get("codec"))
    return {"frame": frame.hex(), "id": digest.hex()}


def op_frame_decode(args):
    return message_json(*decode_frame(hex_bytes(args["frame"]), args["codecs"]))


def op_stream_feed(args):
    limits = [args["limit"]] * 2 if "limit" in args else [MAX_FRAME, MAX_INFLATED]
    reader, ids = FrameReader(args["codecs"], *limits), []
    for chunk in args["chunks"]:
        ids += [digest.hex() for _, digest, _ in reader.feed(hex_bytes(chunk))]
    return {"ids": ids, "missing": reader.missing()}


def op_protocol_id(args):
    return {"id": digest_id("sha256", args["subnet"], args["encryption"], "0.7")}


def op_node_id(args):
    return {"id": digest_id("sha384", args["address"], args["protocolId"], args["salt"])}


def op_compress(args):
    return {"data": lookup_codec(args["codec"])[0](hex_bytes(args["data"])).hex()}


def op_decompress(args):
    limit = args.get("limit", MAX_INFLATED)
    return {"data": decompress(args["codec"], hex_bytes(args["data"]), limit).hex()}


def op_negotiate(args):
    shared = negotiate(args["own"], args["peer"])
    return {"shared": shared, "codec": shared[0] if shared else None}  # NEG-2


def op_link_conflict(args):
    own, peer = node_number(from_json(args["own"])), node_number(from_json(args["peer"]))
    return {"close": link_to_close(own, peer, args["newOutgoing"])}


def op_broadcast_check(args):
    return {"accept": broadcast_accepted(from_json(args["time"]), from_json(args["now"]), args["seen"])}


def op_lease_check(args):
    current, change = [entry and (as_bytes(from_json(entry["owner"])), from_json(entry["time"]))
                       for entry in (args["current"], args["change"])]
    return {"allow": change_allowed(from_json(args["now"]), args["leasing"], args["delta"], current, change)}


def op_sync_play(args):
    table = SyncTable(args["leasing"], as_bytes(args["own"]), as_bytes(args["peer"]))
    did = [table.take(from_json(step["now"]), step["type"] == 0, from_json(step["sender"]), from_json(step["time"]),
                      from_json(step["payload"])) for step in args["steps"]]
    entries = [{"key": to_json(key), "value": to_json(value), "owner": to_json(owner), "time": to_json(time)}
               for key, (value, owner, time) in sorted(table.entries.items())]
    return {"did": did, "entries": entries}


def op_chord_positions(args):
    positions = chord_positions(as_bytes(from_json(args["key"])))
    return {name: {"int": str(number), "base58": base58_encode(number)}
            for name, number in positions.items()}


def op_chord_distance(args):
    return {"distance": str(distance(number_of(args["from"]), number_of(args["to"])))}


def op_chord_owner(args):
    key, own, *peers = [number_of(number) for number in [args["key"], args["self"], *args["peers"]]]
    node = chord_node(key, own, args["joined"], peers, args["direction"] == "ahead")
    return {"node": None if node is None else str(node)}


def op_link_on(args):
    done = cell(args["state"], args["type"], from_json(args["payload"]))
    closes = next((word for word in done if word in CLOSING), None)
    return {"close": closes, "open": "accept" in done or (args["state"] == "open" and closes is None),
            "relay": "relay" in done, "deliver": "deliver" in done, "dial": "learn" in done,
            "replies": [REPLIES[word] for word in done if word in REPLIES]}


def op_handshake(args):
    payload = from_json(args["payload"])
    ident, (host, port), codecs = check_handshake(payload, args["own"], args["protocolId"], args.get("before"))
    shared = negotiate(args["codecs"], integers(codecs))
    tokens = [item for item in codecs if isinstance(item, str) and item.startswith("ext:")]
    return {"id": ident, "host": host, "port": port, "codec": shared[0] if shared else None, "extensions": tokens}


def op_renegotiate(args):
    payload, before = from_json(args["payload"]), from_json(args["before"])
    if len(payload) != 2:
        raise Malformed("SHAPE", "not just a list")  # LNK-16
    check_codecs(payload[1])
    shared = negotiate(args["own"], integers(payload[1]))
    differs = integers(before) != integers(payload[1])  # LNK-17
    return {"codec": shared[0] if shared else None, "answer": shared if differs else None}


def op_link_duplicate(args):
    young = args["age"] < 10000 and args["oldOutgoing"] != args["newOutgoing"]  # MSH-2
    own, peer = node_number(args["own"]), node_number(args["peer"])
    return {"close": link_to_close(own, peer, args["newOutgoing"]) if young else "new"}


def op_dial_check(args):
    dials = Dials(args.get("limits", {}))
    return {"dial": [dials.allows(*each["to"], each["by"], each["at"]) for each in args["named"]]}


def op_peers_read(args):
    payload, limits, named = from_json(args["payload"]), args["limits"], []
    dials = Dials(limits)
    items = payload[1] if len(payload) == 2 and isinstance(payload[1], list) else []
    for node in map(read_node, items[:limits.get("max-peers-read", 64)]):
        if node is None or node[1] in [args["own"], *args["peers"]]:
            continue
        if len(named) < limits.get("max-outgoing", 4) and dials.allows(*node[0], args["by"], 0):
            named.append(list(node[0]))
    return {"dials": len(named), "named": named}


def op_peers_list(args):
    items = [[[node["host"], node["port"]], node["id"]] for node in args["nodes"] if node["port"]]
    items = items[:args["limits"].get("max-peers-sent", 64)]  # MSH-3 says: at random
    return {"count": len(items), "items": items}


def op_peers_ask(args):
    last, answered = -1000, []
    for each in args["asked"]:
        asks = from_json(each["payload"])[1:] in (["*"], [b"*"])
        answered.append(asks and each["at"] - last >= 1000)  # MSH-8
        last = each["at"] if answered[-1] else last
    return {"answered": answered}


def op_broadcast_date(args):
    most, sent, times = args.get("limits", {}).get("max-time-raise", 30), {}, []
    for each in args["sent"]:
        sent = {key: at for key, at in sent.items() if each["at"] - at < 120000}
        free = (each["now"] + n for n in range(most + 1) if (each["now"] + n, each["text"]) not in sent)
        times.append(next(free, None))  # MSH-13
        if times[-1] is not None:
            sent[times[-1], each["text"]] = each["at"]
    return {"times": times}


def op_request_answer(args):
    payload = from_json(args["payload"])
    if len(payload) != 3 or not all(isinstance(item, (str, bytes)) for item in payload[1:]):
        return {"answer": None}
    for node in [*args["peers"], args["own"]]:
        if as_bytes(payload[2]) == as_bytes(node["id"]):  # MSH-17
            return {"answer": to_json([10, payload[1], [[node["host"], node["port"]], node["id"]]])}
    return {"answer": None}


OPS = {
    "hello": op_hello,
    "bye": lambda args: {},
    "frame.encode": op_frame_encode,
    "frame.decode": op_frame_decode,
    "stream.feed": op_stream_feed,
    "base58.encode": lambda args: {"text": base58_encode(number_of(args["int"]))},
    "base58.decode": lambda args: {"int": str(base58_decode(args["text"]))},
    "id.protocol": op_protocol_id,
    "id.node": op_node_id,
    "codec.compress": op_compress,
    "codec.decompress": op_decompress,
    "negotiate": op_negotiate,
    "link.conflict": op_link_conflict,
    "broadcast.check": op_broadcast_check,
    "lease.check": op_lease_check,
    "sync.play": op_sync_play,
    "chord.positions": op_chord_positions,
    "chord.distance": op_chord_distance,
    "chord.owner": op_chord_owner,
    "link.on": op_link_on,
    "handshake.check": op_handshake,
    "link.renegotiate": op_renegotiate,
    "link.duplicate": op_link_duplicate,
    "dial.check": op_dial_check,
    "peers.read": op_peers_read,
    "peers.list": op_peers_list,
    "peers.ask": op_peers_ask,
    "broadcast.date": op_broadcast_date,
    "request.answer": op_request_answer,
}


def answer(request):
    op = OPS.get(request["op"])
    if op is None:
        return {"err": "NOOP", "detail": "unknown operation"}
    try:
        return {"ok": op(request["in"])}
    except Malformed as error:
        at = {} if error.offset is None else {"offset": error.offset}
        return {"err": error.code, **at, "detail": str(error)}


def main():
    for line in sys.stdin.buffer:
        request = None
        try:
            request = json.loads(line)
            reply = answer(request)
        except Exception as error:  # a defect of ours; the next request deserves an answer
            reply = {"err": "INTERNAL", "detail": "%s: %s" % (type(error).__name__, error)}
        number = request.get("id") if isinstance(request, dict) else None
        print(json.dumps({"id": number, **reply}), flush=True)  # the runner waits for this line
        if isinstance(request, dict) and request.get("op") == "bye":
            return


if __name__ == "__main__":
    main()
