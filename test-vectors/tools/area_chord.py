"""The ring of the Chord Table: where keys stand, how far apart, and who owns them (CHO)."""

import hashlib

import wire
from suite import Area, flag
from wire import RING

flag("Wrap", "arithmetic", "The way goes across zero, or a number is 2^384 or more.",
     "Keys near zero have no owner, or two.")

chord = Area("chord", "Positions, distances and owners on the ring.")
SHIFTS = {"sha1": 224, "sha224": 160, "sha256": 128, "sha384": 0, "sha512": 0}


def build():
    positions()
    distances()
    owners()


def places(key):
    found = {}
    for name, shift in SHIFTS.items():
        number = int.from_bytes(hashlib.new(name, key).digest(), "big") << shift
        found[name] = {"int": str(number), "base58": wire.base58(number)}
    return found


def positions():
    def at(ident, req, key, comment, **more):
        data = key.encode("utf-8") if isinstance(key, str) else key
        chord.add(ident, req, "chord.positions", {"key": wire.note(key)}, {"ok": places(data)}, comment, **more)

    at("CHO-001", "CHO-2", "hello", "five positions of a name, with their shifts")
    huge = next(f"key{n}" for n in range(100) if hashlib.sha512(f"key{n}".encode()).digest()[0] >= 0x80)
    at("CHO-028", "CHO-3", huge, "the sha512 position has all of its 512 bits", flags=["Wrap"])
    at("CHO-020", "CHO-2 MSG-8", b"hello", "a binary key stands where the text of its bytes stands")
    at("CHO-021", "CHO-2", "", "the empty key")
    at("CHO-022", "CHO-2", "\u00e4\U0001f98a", "text counts as its UTF-8")
    at("CHO-023", "CHO-2", b"\x00\xff\x80", "binary that is no text")
    at("CHO-024", "CHO-2", "x" * 1000, "a key of 1000 characters")
    small = next(f"key{n}" for n in range(10000) if hashlib.sha256(f"key{n}".encode()).digest()[0] == 0)
    at("CHO-025", "CHO-2 B58-3", small, "a sha256 digest that begins with 00", flags=["LeadingZero"])
    small = next(f"key{n}" for n in range(10000) if hashlib.sha1(f"key{n}".encode()).digest()[0] == 0)
    at("CHO-026", "CHO-2 B58-3", small, "a sha1 digest that begins with 00", flags=["LeadingZero"])
    small = next(f"key{n}" for n in range(10000) if hashlib.sha512(f"key{n}".encode()).digest()[0] == 0)
    at("CHO-027", "CHO-3 B58-3", small, "a sha512 digest that begins with 00", flags=["LeadingZero"])


def distances():
    def far(ident, start, end, distance, comment, **more):
        chord.add(ident, "CHO-1", "chord.distance", {"from": str(start), "to": str(end)},
                  {"ok": {"distance": str(distance)}}, comment, **more)

    wrap = {"flags": ["Wrap"]}
    far("CHO-DST-000", 7, 7, 0, "no way at all")
    far("CHO-DST-001", 7, 12, 5, "forward")
    far("CHO-DST-002", 12, 7, RING - 5, "backward is nearly all the way round", **wrap)
    far("CHO-DST-003", RING - 1, 0, 1, "from the last place to zero", **wrap)
    far("CHO-DST-004", 0, RING - 1, RING - 1, "from zero to the last place")
    far("CHO-DST-005", RING - 3, 4, 7, "across zero", **wrap)
    far("CHO-DST-006", 0, RING, 0, "2^384 is zero", **wrap)
    far("CHO-DST-007", RING, 5, 5, "from 2^384", **wrap)
    far("CHO-DST-008", RING + 9, RING + 4, RING - 5, "both above the ring", **wrap)
    far("CHO-DST-009", 1, 2**512 - 1, RING - 2, "to the largest sha512 position", **wrap)
    far("CHO-DST-010", 2**512 - 1, 1, 2, "from the largest sha512 position", **wrap)
    far("CHO-DST-011", 2**383, 0, 2**383, "half of the ring")
    far("CHO-DST-012", 0, 2**383, 2**383, "the other half")
    far("CHO-DST-013", 2**64, 2**64 - 1, RING - 1, "one back, at 2^64", **wrap)


def owners():
    def who(ident, req, self, joined, peers, key, direction, node, comment, **more):
        chord.add(ident, req, "chord.owner",
                  {"self": str(self), "joined": joined, "peers": [str(peer) for peer in peers], "key": str(key),
                   "direction": direction}, {"ok": {"node": None if node is None else str(node)}}, comment, **more)

    wrap = {"flags": ["Wrap"]}
    who("CHO-003", "CHO-5", 100, True, [200, 300], 50, "owner", 300, "below all nodes: the owner is the last one, across zero",
        **wrap)
    who("CHO-002", "CHO-3 CHO-5", 100, True, [200, 300], 2**500 + 250, "owner", 200,
        "a sha512 position counts modulo the ring", **wrap)
    table = [
        (100, "owner", 100, "exactly at self"), (101, "owner", 100, "just after self"), (199, "owner", 100, "just before a peer"),
        (200, "owner", 200, "exactly at a peer"), (250, "owner", 200, "between peers"), (300, "owner", 300, "at the last"),
        (RING - 1, "owner", 300, "after the last"), (0, "owner", 300, "at zero"), (99, "owner", 300, "just before the first"),
        (100, "ahead", 100, "exactly at self"), (101, "ahead", 200, "just after self"), (200, "ahead", 200, "exactly at a peer"),
        (201, "ahead", 300, "just after a peer"), (300, "ahead", 300, "at the last"), (301, "ahead", 100, "after the last"),
        (RING - 1, "ahead", 100, "at the end of the ring"), (0, "ahead", 100, "at zero")]
    for at, (key, direction, node, comment) in enumerate(table):
        flags = ["Wrap"] if (direction == "owner" and key % RING < 100) or (direction == "ahead" and key > 300) else []
        who(f"CHO-OWN-0{at:02}", "CHO-5" if direction == "owner" else "CHO-6", 100, True, [300, 200], key, direction, node,
            f"{direction}: {comment}", flags=flags)
    table = [
        (100, "owner", 300, "self does not count: the node behind, across zero"), (150, "owner", 300, "nor just after self"),
        (200, "owner", 200, "at a peer"), (100, "ahead", 200, "the node ahead of self"), (301, "ahead", 200, "across zero")]
    for at, (key, direction, node, comment) in enumerate(table):
        who(f"CHO-OWN-0{30 + at}", "CHO-5" if direction == "owner" else "CHO-6", 100, False, [200, 300], key, direction, node,
            f"{direction}, not joined: {comment}")
    for at, direction in enumerate(("owner", "ahead")):
        clause = "CHO-5" if direction == "owner" else "CHO-6"
        who(f"CHO-OWN-04{at}", clause, 100, False, [], 5, direction, None, f"{direction}: not joined and no peers: nobody")
        who(f"CHO-OWN-04{2 + at}", clause, 100, True, [], 5, direction, 100, f"{direction}: joined and alone: self")
        who(f"CHO-OWN-04{4 + at}", clause, 100, False, [7], 5, direction, 7, f"{direction}: not joined, one peer: the peer")
        who(f"CHO-OWN-04{6 + at}", clause, 100, True, [RING + 200], 250, direction, RING + 200 if direction == "owner" else 100,
            f"{direction}: a node id above the ring stands at its remainder, and is answered as it is", **wrap)
        who(f"CHO-OWN-05{at}", clause, 5, True, [RING + 5], 5, direction, 5, f"{direction}: a tie with self goes to self", **wrap)
        who(f"CHO-OWN-05{2 + at}", clause, 900, False, [RING + 5, 5], 5, direction, RING + 5,
            f"{direction}: a tie between peers goes to the earlier one", **wrap)
        who(f"CHO-OWN-05{4 + at}", clause, 900, False, [5, RING + 5], 5, direction, 5,
            f"{direction}: the same, in the other order", **wrap)
        who(f"CHO-OWN-05{6 + at}", clause, 100, True, [200], RING + 150, direction, 100 if direction == "owner" else 200,
            f"{direction}: a sha512 position counts modulo the ring", **wrap)
    top = 2**512 - 1
    who("CHO-OWN-060", "CHO-5 CHO-3", RING - 10, True, [3], top, "owner", RING - 10, "owner: the largest sha512 position", **wrap)
    who("CHO-OWN-061", "CHO-6 CHO-3", RING - 10, True, [3], top, "ahead", 3, "ahead: the largest sha512 position", **wrap)
    nodes = [int.from_bytes(hashlib.sha384(b"node %d" % n).digest(), "big") for n in range(20)]
    for at in range(6):
        key = int.from_bytes(hashlib.sha512(b"key %d" % at).digest(), "big")
        behind = min(nodes, key=lambda node: (key - node) % RING)
        ahead = min(nodes, key=lambda node: (node - key) % RING)
        who(f"CHO-OWN-07{at}", "CHO-5 CHO-4", nodes[0], True, nodes[1:], key, "owner", behind, f"owner among 20 nodes, key {at}")
        who(f"CHO-OWN-08{at}", "CHO-6 CHO-4", nodes[0], True, nodes[1:], key, "ahead", ahead, f"ahead among 20 nodes, key {at}")
