"""A TCP relay on the way of one link that notes each frame: who sent it, its codec, its message.

Frames are read as protocol-spec/02-framing.md and 04-codecs.md have them; nothing is changed on the way.
"""

import bz2
import hashlib
import lzma
import socket
import threading
import time
import zlib

import msgpack

CODECS = {0x10: "bz2", 0x11: "gzip", 0x12: "lzma", 0x13: "zlib", 0x20: "snappy"}
CHUNK = 65536


def unsnappy(block):
    """The content of a raw snappy block; ValueError or IndexError when it is none."""
    size = shift = at = 0
    while True:
        byte = block[at]
        at += 1
        size |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
        if shift > 28:
            raise ValueError("length")
    out = bytearray()
    while at < len(block):
        tag = block[at]
        at += 1
        if tag & 3 == 0:
            length = (tag >> 2) + 1
            if length > 60:
                extra = length - 60
                length = int.from_bytes(block[at : at + extra], "little") + 1
                at += extra
            out += block[at : at + length]
            at += length
            continue
        if tag & 3 == 1:
            length, extra = ((tag >> 2) & 7) + 4, 1
            offset = (tag >> 5) << 8 | block[at]
        else:
            length, extra = (tag >> 2) + 1, 2 if tag & 3 == 2 else 4
            offset = int.from_bytes(block[at : at + extra], "little")
        at += extra
        if not 0 < offset <= len(out):
            raise ValueError("offset")
        for _ in range(length):
            out.append(out[-offset])
    if len(out) != size:
        raise ValueError("size")
    return bytes(out)


READERS = (
    ("zlib", zlib.decompress),
    ("gzip", lambda body: zlib.decompress(body, 31)),
    ("bz2", bz2.decompress),
    ("lzma", lzma.decompress),
    ("snappy", unsnappy),
)


def open_body(body):
    """The codec of a body and its bare message; (None, None) when nothing fits its checksum."""

    def fits(plain):
        return len(plain) > 32 and hashlib.sha256(plain[32:]).digest() == plain[:32]

    if fits(body):
        return "raw", body[32:]
    for name, inflate in READERS:
        try:
            plain = inflate(body)
        except Exception:
            continue
        if fits(plain):
            return name, plain[32:]
    return None, None


def items_of(bare):
    """The message; nothing when this language has no such value, as a map with a list for a key."""
    try:
        return msgpack.unpackb(bare, strict_map_key=False, unicode_errors="surrogateescape")
    except (TypeError, ValueError, msgpack.UnpackException):
        return None


class Frame:
    """One frame as it passed."""

    def __init__(self, sender, body, at):
        self.sender = sender
        self.size = len(body)
        self.at = at
        self.codec, bare = open_body(body)
        self.items = items = bare and items_of(bare)
        self.type = items[0] if items else None
        self.subflag = items[3] if items and len(items) > 3 else None

    def __repr__(self):
        return "%s: %s %.400s" % (self.sender, self.codec, self.items)


class Tap:
    """Listens on an address of its own and leads whoever dials it to the target."""

    def __init__(self, target, dialler, host):
        self.target, self.dialler = target, dialler
        self.frames = []
        self.ends = []
        self.sockets = []
        self.listener = socket.create_server((host, 0))
        self.host, self.port = self.listener.getsockname()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection((self.target.host, self.target.port))
            except OSError:
                return
            self.sockets += [near, far]
            for source, sink, name in ((near, far, self.dialler.name), (far, near, self.target.name)):
                threading.Thread(target=self.relay, args=(source, sink, name), daemon=True).start()

    def relay(self, source, sink, name):
        pending = bytearray()
        try:
            while chunk := source.recv(CHUNK):
                # Noted before it goes on, so that no answer is noted before what it answers.
                pending += chunk
                while len(pending) >= 4:
                    end = 4 + int.from_bytes(pending[:4], "big")
                    if len(pending) < end:
                        break
                    self.frames.append(Frame(name, bytes(pending[4:end]), time.monotonic()))
                    del pending[:end]
                sink.sendall(chunk)
        except OSError:
            pass
        self.ends.append(name)
        try:
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def of(self, peer, type=None, subflag=None):
        """The frames that this peer sent, of this type and sub-flag when they are given."""
        return [
            frame
            for frame in list(self.frames)
            if frame.sender == peer.name
            and (type is None or frame.type == type)
            and (subflag is None or frame.subflag == subflag)
        ]

    def odd(self):
        """The frames of our nodes that no receiver could open. Among themselves they have codecs that a tap cannot read."""
        ours = [end.name for end in (self.dialler, self.target) if end.kind == "ours"]
        if len(ours) == 2:
            return []
        return [frame for frame in list(self.frames) if frame.sender in ours and frame.codec is None]

    def end(self):
        for open_socket in [self.listener] + self.sockets:
            try:
                open_socket.close()
            except OSError:
                pass
