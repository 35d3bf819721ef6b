"""What a case is, and the helpers with which the areas make theirs."""

import wire

SUITE_VERSION = "1.0.0"
PROTOCOL = "0.7"
HAND = "computed by hand"
TIME = 1500000000

FLAGS = {}
FILES = []


def flag(name, kind, description, effect):
    FLAGS[name] = {"kind": kind, "description": description, "effect": effect}
    return name


class Area:
    """One file of vectors."""

    def __init__(self, name, about):
        self.name = name
        self.about = about
        self.cases = []
        FILES.append(self)

    def add(self, ident, req, op, given, expect, comment, level="MUST", flags=(), source=HAND, since="1.0"):
        clauses = req.split() + (["ERR-3"] if "Exhaustion" in flags or "Bomb" in flags else [])
        self.cases.append({
            "id": ident, "req": clauses, "level": level, "op": op, "input": given,
            "result": "invalid" if "err" in expect else "valid", "expect": expect, "comment": comment,
            "flags": list(flags), "since": since, "source": source})

    def decode(self, ident, req, message, comment, codecs=(), codec=None, body=None, **more):
        """frame.decode of a message given as a list of values: its bytes and its meaning from one place."""
        bare = wire.pack(list(message))
        expect = meaning(message, bare)
        expect["codec"] = codec
        given = {"frame": wire.byte_field(wire.frame(bare, body)), "codecs": list(codecs)}
        self.add(ident, req, "frame.decode", given, {"ok": expect}, comment, **more)

    def refuse(self, ident, req, bare, err, comment, offset=None, codecs=(), body=None, **more):
        """frame.decode of a bare message (bytes, or hex) under its right checksum that must be refused."""
        data = wire.unhex(bare) if isinstance(bare, str) else bare
        self.refuse_frame(ident, req, wire.frame(data, body), err, comment, offset, codecs, **more)

    def refuse_frame(self, ident, req, frame, err, comment, offset=None, codecs=(), **more):
        if err == "CHECKSUM" and not codecs:
            offset = 0
        expect = {"err": err} if offset is None else {"err": err, "offset": offset}
        given = {"frame": wire.byte_field(frame), "codecs": list(codecs)}
        self.add(ident, req, "frame.decode", given, expect, comment, **more)

    def encode(self, ident, req, message, comment, codec=None, canonical=False, contains=None, raw=False, **more):
        """frame.encode: judged by its bytes when canonical, else by what they decode to; `raw` forbids coding."""
        given = fields(message)
        given["codec"] = codec
        if canonical:
            bare = wire.pack(list(message))
            ok = {"frame": wire.byte_field(wire.frame(bare)), "id": wire.sha256(bare).hex()}
            expect = {"ok": ok, "canonical": True}
        else:
            expect = {"ok": dict(fields(message), codec=None) if raw else fields(message)}
        if contains:
            expect["contains"] = contains
        self.add(ident, req, "frame.encode", given, expect, comment, **more)

    def refuse_encode(self, ident, req, message, err, comment, codec=None, **more):
        given = fields(message)
        given["codec"] = codec
        self.add(ident, req, "frame.encode", given, {"err": err}, comment, **more)


def fields(message):
    kind, sender, time, *payload = message
    return {"type": wire.note(kind), "sender": wire.note(sender), "time": wire.note(time),
            "payload": [wire.note(item) for item in payload]}


def meaning(message, bare):
    said = fields(message)
    said["id"] = wire.sha256(bare).hex()
    return said
