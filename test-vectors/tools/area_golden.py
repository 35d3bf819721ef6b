"""What the two living 0.7 implementations produced, judged by the clauses of this specification.

The bytes and the answers come from data/golden-0.7.json, which was made by running them. Where they differ from each
other or are lax, the table VERDICTS says what the specification decides.
"""

import json
import pathlib
import struct

import wire
from suite import Area, flag
from wire import Ext, Map, Rep

flag("Golden", "origin", "Bytes or answers made by a living 0.7 implementation, named in the source.",
     "An implementation that fails it does not speak what is on the wire today.")
flag("Stricter", "strictness", "At least one of the 0.7 references reads this; the specification refuses it.",
     "Reading it makes two implementations disagree about what was said.")

golden = Area("golden", "What py2p and js2p produced, judged by the specification.")
DATA = json.loads((pathlib.Path(__file__).parent / "data" / "golden-0.7.json").read_text())

# number of the golden vector: (clauses, error) or (clauses, the message that it is)
VERDICTS = {
    95: ("FRM-8", "LENGTH"), 96: ("FRM-8", "LENGTH"), 97: ("FRM-6", "SHORT"), 98: ("FRM-5", "LIMIT"),
    99: ("FRM-7", "CHECKSUM"), 100: ("FRM-7", "CHECKSUM"), 101: ("FRM-8", "LENGTH"), 102: ("FRM-6", "SHORT"),
    103: ("FRM-8", "LENGTH"), 104: ("FRM-7", "CHECKSUM"), 105: ("MPK-5", "BODY"), 106: ("MPK-10", "TRAILING"),
    107: ("MSG-1", "SHAPE"), 108: ("MSG-1", "SHAPE"), 109: ("MSG-1", "SHAPE"), 110: ("MSG-1", "SHAPE"),
    111: ("MSG-2", "SHAPE"), 112: ("MSG-2", "SHAPE"), 113: ("MSG-2", "SHAPE"),
    114: ("MSG-7 MSG-2", [0, b"5nLLoSkFHxKo3bpuLEk39o7Y29azQKMGA6tdthJWMLcU9FmZ4ik8DDaKdFZqzxicR6", 2025829849]),
    115: ("MSG-6", "SHAPE"), 116: ("MSG-6", "SHAPE"), 117: ("MSG-6", "SHAPE"), 118: ("MSG-6", "RANGE"),
    119: ("MSG-5", "SHAPE"), 120: ("MSG-3", "SHAPE"),
    121: ("MPK-11", [0, b"46bHW3EoZQ1Y8oarPzDSX5HemUcMDTg3F6eQ1mMsDg9prEYY4Q5d1guwzAKfuqe2Jb", 1759972982, 0,
                     Ext(5, b"\x01\x02")]),
    122: ("MPK-8", "TEXT"), 123: ("MPK-5", "BODY"), 124: ("MPK-6", "BODY"), 125: ("MPK-9", "BODY"),
    126: ("MPK-2", [0, "a", 1653188394, 0, 5]), 127: ("MPK-3", [0, "a", 1705214390, 0, 0.5]),
    128: ("CMP-2 CMP-9", "CODEC"), 129: ("CMP-2 CMP-9", "CODEC"), 130: ("CMP-2 CMP-9", "CODEC"),
    131: ("CMP-9 CMP-7", "CHECKSUM"), 132: ("CMP-2 CMP-9", "CODEC"), 133: ("CMP-6", "CHECKSUM"),
    134: ("CMP-6", "CHECKSUM"),
    135: ("CMP-5", [0, b"8jhnTK7ZYQXfTaMsL85QjAY3Wj9wfwzDHBPLu9YYT5fNfQ4hJmph99dvksmEHFzxfs", 1604098946, 0, "jmf",
                    852]),
    136: ("CMP-2", "CODEC"), 137: ("CMP-1 CMP-6", "CHECKSUM"), 138: ("CMP-1 CMP-6", "CHECKSUM"),
}
STRICTER = {106, 110, 111, 112, 113, 115, 116, 117, 118, 119, 120, 122, 125, 134, 136, 137}


def build():
    makers = {"base58": numbers, "base58-decode": texts, "protocol-id": networks, "node-id": nodes, "frame": frames,
              "compressed": coded, "malformed": malformed, "chord-positions": positions, "ring-distance": distances,
              "chord-find": owners, "lease": leases, "negotiate": negotiations, "conflict": conflicts,
              "header": headers, "stream": streams}
    for test in DATA["tests"]:
        makers[test["group"]](test, int(test["id"][-3:]), test["input"], test["expected"])


def add(test, ident, req, op, given, expect, comment=None, **more):
    made = " and ".join(DATA["made_by"][who] for who in test["by"]) or "py2p 0.7.878 and js2p 0.7.870, as input to both"
    flags = ["Golden"] + more.pop("flags", [])
    golden.add(ident, req, op, given, expect, comment or test["comment"], flags=flags,
               source=f"{made}; golden {test['id']}", **more)


def value(typed):
    """A value of the golden data as the value that `wire` writes."""
    kind = typed["type"]
    if kind == "map":
        return Map(*[(value(k), value(v)) for k, v in typed["entries"]])
    if kind == "array":
        return [value(item) for item in typed["items"]]
    if kind == "float":
        return struct.unpack(">d", bytes.fromhex(typed["bits"]))[0]
    one = {"nil": lambda: None, "bool": lambda: typed["value"], "int": lambda: int(typed["value"]),
           "str": lambda: typed["value"], "bin": lambda: bytes.fromhex(typed["hex"])}[kind]()
    return Rep(one, typed["repeat"]) if "repeat" in typed else one


def said(given):
    """The fields of a message, in the notation of the testee protocol."""
    return {"type": wire.note(value(given["msg_type"])), "sender": wire.note(value(given["sender"])),
            "time": given["time"], "payload": [wire.note(value(item)) for item in given["payload"]]}


def numbers(test, number, given, expected):
    add(test, f"B58-GLD-{number:03}", "B58-1 B58-3", "base58.encode", {"int": given["int"]},
        {"ok": {"text": expected["base58"]}}, "integer to base58")
    add(test, f"B58-GLD-DEC-{number:03}", "B58-1", "base58.decode", {"text": expected["base58"]},
        {"ok": {"int": given["int"]}}, "base58 to integer")


def texts(test, number, given, expected):
    refused = {15: "empty text", 17: "0 is no digit", 18: "white space at the end"}
    req = {14: "B58-2", 16: "B58-4"}.get(number, "B58-5")
    answer = {"err": "BASE58"} if number in refused else {"ok": {"int": expected["int"]}}
    add(test, f"B58-GLD-DEC-{number:03}", req, "base58.decode", {"text": given["base58"]}, answer,
        refused.get(number), flags=["Stricter"] if number in refused else [])


def networks(test, number, given, expected):
    add(test, f"SUB-GLD-{number:03}", "SUB-1 B58-3", "id.protocol",
        {"subnet": given["subnet"], "encryption": given["encryption"]}, {"ok": {"id": expected["protocol_id"]}})


def nodes(test, number, given, expected):
    add(test, f"NID-GLD-{number:03}", "NID-1 B58-3", "id.node",
        {"address": given["address_text"], "protocolId": given["protocol_id"], "salt": given["salt"]},
        {"ok": {"id": expected["node_id"]}})


def frames(test, number, given, expected):
    message = said(given)
    add(test, f"FRM-GLD-{number:03}", "FRM-1 FRM-2 FRM-3 FRM-4", "frame.decode",
        {"frame": expected["frame"], "codecs": []}, {"ok": dict(message, id=expected["message_id"], codec=None)})
    add(test, f"FRM-GLD-ENC-{number:03}", "MPK-12 FRM-1", "frame.encode", dict(message, codec=None),
        {"ok": {"frame": expected["frame"], "id": expected["message_id"]}, "canonical": True}, level="SHOULD")


def coded(test, number, given, expected):
    add(test, f"CMP-GLD-{number:03}", "CMP-6 CMP-1", "frame.decode",
        {"frame": given["frame"], "codecs": given["offered"]},
        {"ok": dict(said(given), id=expected["message_id"], codec=given["codec"])},
        f"{test['comment']}: codec 0x{given['codec']:02x}")


def malformed(test, number, given, _):
    req, verdict = VERDICTS[number]
    if isinstance(verdict, str):
        answer = {"err": verdict}
    else:
        kind, sender, time, *payload = verdict
        bare = bytes.fromhex(given["frame"])[36:]
        answer = {"ok": {"type": kind, "sender": wire.note(sender), "time": time,
                         "payload": [wire.note(item) for item in payload],
                         "id": wire.sha256(bare).hex(), "codec": None}}
    add(test, f"FRM-GLD-{number:03}", req, "frame.decode", {"frame": given["frame"], "codecs": given["offered"]},
        answer, flags=["Stricter"] if number in STRICTER else [])


def positions(test, number, given, expected):
    add(test, f"CHO-GLD-{number:03}", "CHO-2 CHO-3", "chord.positions", {"key": {"$bin": given["key"]}},
        {"ok": expected})


def distances(test, number, given, expected):
    add(test, f"CHO-GLD-{number:03}", "CHO-1", "chord.distance", {"from": given["a"], "to": given["b"]},
        {"ok": {"distance": expected["distance"]}})


def owners(test, number, given, expected):
    owner = given["direction"] == "find"
    add(test, f"CHO-GLD-{number:03}", "CHO-5" if owner else "CHO-6", "chord.owner",
        {"self": given["self"], "joined": not given["leeching"], "peers": given["peers"], "key": given["key"],
         "direction": "owner" if owner else "ahead"}, {"ok": {"node": expected["node"]}})


LEASE_CLAUSES = ["LSE-1", "LSE-2", "LSE-7", "LSE-4 LSE-7", "LSE-4", "LSE-5", "LSE-7 LSE-5", "LSE-6", "LSE-7 LSE-6",
                 "LSE-7 LSE-5 LSE-6", "LSE-7 LSE-3", "LSE-3", "LSE-2"]


def leases(test, number, given, expected):
    def entry(it):
        return it and {"owner": it["owner"], "time": it["timestamp"]}

    add(test, f"LSE-GLD-{number:03}", LEASE_CLAUSES[number - 153], "lease.check",
        {"now": given["now"], "leasing": given["leasing"], "delta": given["delta"],
         "current": entry(given["current"]), "change": entry(given["change"])}, {"ok": {"allow": expected["allowed"]}})


def negotiations(test, number, given, expected):
    add(test, f"NEG-GLD-{number:03}", "NEG-1 NEG-2", "negotiate", {"own": given["own"], "peer": given["peer"]},
        {"ok": {"shared": expected["shared_in_own_order"], "codec": expected["codec"]}})


def conflicts(test, number, given, expected):
    add(test, f"DUP-GLD-{number:03}", "DUP-1 NID-5", "link.conflict",
        {"own": given["own_id"], "peer": given["peer_id"], "newOutgoing": given["new_link_outgoing"]},
        {"ok": {"close": expected["close"]}})


def headers(test, number, given, expected):
    length = given["length"]
    answer = {"err": "SHORT"} if length < 32 else {"err": "LIMIT"} if length > 2**24 else {
        "ok": {"ids": [], "missing": length}}
    req = "FRM-6" if length < 32 else "FRM-5" if length > 2**24 else "STR-3 FRM-1"
    add(test, f"STR-GLD-{number:03}", req, "stream.feed", {"chunks": [expected["hex"]], "codecs": []}, answer,
        f"the header of a body of {length} bytes, and nothing yet of it")


def streams(test, number, given, expected):
    add(test, f"STR-GLD-{number:03}", "STR-1", "stream.feed", {"chunks": given["chunks"], "codecs": []},
        {"ok": {"ids": expected["message_ids"], "missing": 0}})
