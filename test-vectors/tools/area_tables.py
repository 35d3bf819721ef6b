"""Two links to one node, and the window of broadcasts (DUP, BRD)."""

import wire
from suite import Area

conflict = Area("link-conflict", "Two links to one node: which one is closed.")
broadcast = Area("broadcast", "Which broadcasts are accepted.")
SMALL = wire.base58(2**300)
LARGE = wire.base58(2**383 + 5)
NOW = 1700000000


def build():
    links()
    refused_ids()
    windows()


def links():
    def rule(ident, req, own, peer, outgoing, close, comment, **more):
        conflict.add(ident, req, "link.conflict", {"own": own, "peer": peer, "newOutgoing": outgoing},
                     {"ok": {"close": close}}, comment, **more)

    rule("DUP-001", "DUP-1", LARGE, SMALL, True, "old", "own id larger, the new link is outgoing: I dialled it, it stays")
    rule("DUP-002", "DUP-1", LARGE, SMALL, False, "new", "own id larger, the new link is incoming")
    rule("DUP-003", "DUP-1", SMALL, LARGE, True, "new", "own id smaller, the new link is outgoing")
    rule("DUP-004", "DUP-1", SMALL, LARGE, False, "old", "own id smaller, the new link is incoming: the peer dialled it")
    text_order = {"own": "21", "peer": "z"}
    for at, (outgoing, close) in enumerate(((True, "old"), (False, "new"))):
        rule(f"DUP-{5 + at:03}", "NID-5 DUP-1", text_order["own"], text_order["peer"], outgoing, close,
             "own 21 (58) is larger than z (57), though as text it is smaller")
    for at, (outgoing, close) in enumerate(((True, "new"), (False, "old"))):
        rule(f"DUP-{7 + at:03}", "NID-5 DUP-1", "z", "21", outgoing, close, "own z (57) is smaller than 21 (58)")
    rule("DUP-009", "NID-5 DUP-1", "B", "a", True, "new", "upper case is smaller than lower case in base58, too")
    rule("DUP-010", "NID-5 DUP-1", "9", "A", False, "old", "digits are smaller than letters")
    rule("DUP-011", "NID-5 B58-4", "1111z", "21", True, "new", "leading ones do not make an id larger",
         flags=["LeadingZero"])
    rule("DUP-012", "DUP-1", "1z", "z", False, "old", "equal numbers count as own <= peer: incoming",
         flags=["LeadingZero"])
    rule("DUP-013", "DUP-1", "1z", "z", True, "new", "equal numbers count as own <= peer: outgoing",
         flags=["LeadingZero"])
    near = 2**383 + 12345
    rule("DUP-014", "NID-5 DUP-1", wire.base58(near + 1), wire.base58(near), True, "old", "ids that differ by one")
    rule("DUP-015", "NID-5 DUP-1", wire.base58(near), wire.base58(near + 1), True, "new", "the same, seen by the peer")
    rule("DUP-016", "MSG-8 DUP-1", "21", {"$bin": b"z".hex()}, True, "old", "the peer sends its id as binary")
    rule("DUP-017", "NID-4 DUP-1", SMALL, wire.base58(2**512 - 1), False, "old", "the largest number that an id can be")
    rule("DUP-018", "NID-4 DUP-1", SMALL, "1", True, "old", "id zero is a number like any other")


def refused_ids():
    for at, (peer, comment) in enumerate((
            ("", "an empty id"), ("0", "0 is no digit"), ("abcl", "l is no digit"), ("z ", "a blank at the end"),
            ("z" * 129, "129 characters"), ("1" * 129, "129 characters that are zero"), (wire.base58(2**512), "2^512"),
            ("n\u00f6de", "a letter that is not ASCII"), ({"$bin": ""}, "an empty binary"), ({"$bin": "ff"}, "the byte ff"),
            ({"$bin": "7a00"}, "a zero byte at the end"))):
        conflict.add(f"DUP-NEG-{at + 1:03}", "NID-4", "link.conflict", {"own": SMALL, "peer": peer, "newOutgoing": True},
                     {"err": "BASE58"}, f"{comment}: no node id")


def windows():
    def check(ident, time, now, seen, accept, comment):
        broadcast.add(ident, "BRD-1", "broadcast.check", {"time": wire.note(time), "now": wire.note(now), "seen": seen},
                      {"ok": {"accept": accept}}, comment)

    edges = [(-3600, False), (-62, False), (-61, False), (-60, False), (-59, True), (-55, True), (-1, True), (0, True),
             (1, True), (59, True), (60, True), (61, False), (62, False), (86400, False)]
    for at, (offset, accept) in enumerate(edges):
        check(f"BRD-WIN-0{at:02}", NOW + offset, NOW, False, accept, f"{offset:+d} s")
        check(f"BRD-WIN-1{at:02}", NOW + offset, NOW, True, False, f"{offset:+d} s, seen before")
    check("BRD-WIN-200", 0, NOW, False, False, "dated 1970")
    check("BRD-WIN-201", 2**63 - 1, NOW, False, False, "the largest time: no overflow")
    check("BRD-WIN-202", 2**31 + 5, 2**31 - 5, False, True, "across 2^31")
    check("BRD-WIN-203", 2**32 + 5, 2**32 - 5, False, True, "across 2^32")
    check("BRD-WIN-204", 2**32 - 5, 5, False, False, "2^32-5 is not just before 5")
    check("BRD-WIN-205", 0, 0, False, True, "both 0")
    check("BRD-WIN-206", 0, 59, False, True, "0, seen 59 s later")
    check("BRD-WIN-207", 0, 60, False, False, "0, seen 60 s later")
