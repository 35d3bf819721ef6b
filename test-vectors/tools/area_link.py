"""One link: what each message does in each state, handshakes, renegotiate and resend (LNK)."""

import csv
import pathlib

import wire
from suite import Area

STATES = pathlib.Path(__file__).resolve().parents[2] / "protocol-spec" / "registry" / "link-states.csv"
OPCODES = STATES.with_name("opcodes.csv")
OWN, PEER, OTHER = (wire.base58(2**383 + number) for number in (5, 77, 1234))
MESH = wire.base58_of(wire.sha256(b"meshPlaintext0.7"))
FAR = [["203.0.113.7", 4444], wire.base58(2**383 + 99)]
TYPES = {"broadcast": 0, "renegotiate": 1, "whisper": 2, "other": 3}

table = Area("link-on", "What a message does on a link: a case for every cell of link-states.csv.")
greeting = Area("link-handshake", "Handshakes, good and bad, and which check comes first.")
codecs = Area("link-renegotiate", "A new codec list: what is sent after it, and whether it is answered.")
again = Area("link-resend", "Which message is sent again, and when.")


def build():
    cells()
    numbers()
    handshakes()
    bad_handshakes()
    renegotiate()
    resend()


def node(ident, host):
    return {"id": ident, "host": host, "port": 4444}


def handshake(ident=PEER, protocol=MESH.encode(), address=("192.0.2.2", 4445), listed=()):
    return [5, ident, protocol, list(address), list(listed)]


def payload_of(name, kind):
    """A payload that would do what the name says, if the type were right."""
    known = {"handshake": handshake(), "meta": [5, "6"], "five-other": [5, "6", 7], "peers": [7, [FAR]],
             "request": [8, "*"] if kind == "whisper" else [8, "4xB", OTHER], "resend": [9], "ping": [3], "pong": [4],
             "compression": [1, [19]], "response": [10, "4xB", FAR], "none": [], "foreign": [256], "free": [18],
             "extension": [0x30, "x"], "application": [0x40, "x"]}
    if name in known:
        return known[name]
    with OPCODES.open() as rows:
        return [next(int(row["code"], 16) for row in csv.DictReader(rows) if row["name"] == name), "x"]


REPLIES = {"accept": [2, 7], "codecs": [1, 1], "resend": [2, 2], "pong": [2, 4], "list": [2, 7], "answer": [0, 10]}


def effect(cell, state):
    """What a cell means for whoever looks at the node from outside."""
    closes = cell.isupper()
    done = [] if closes else cell.split(" + ")
    return {"close": cell if closes else None,
            "open": "accept" in done or (state == "open" and not closes),
            "relay": "relay" in done, "deliver": "deliver" in done, "dial": "learn" in done,
            "replies": [REPLIES[word] for word in done if word in REPLIES]}


def on(ident, req, state, kind, payload, cell, comment):
    given = {"state": state, "protocolId": MESH, "own": node(OWN, "192.0.2.1"), "peer": node(PEER, "192.0.2.2"),
             "other": node(OTHER, "192.0.2.3"), "type": kind, "payload": wire.note(payload)}
    table.add(ident, req, "link.on", given, {"ok": effect(cell, state)}, comment)


def cells():
    with STATES.open() as rows:
        for number, row in enumerate(csv.DictReader(rows), 1):
            kind, name = row["message"].split(" ")
            for state in ("greeting", "open", "closed"):
                cell, known = row[state], row["clause"]
                first = {"greeting": "LNK-2" if cell == "accept" else "LNK-3", "open": known, "closed": "LNK-15"}[state]
                req = " ".join(dict.fromkeys([first, "LNK-15"]))
                on(f"LNK-{state[:3].upper()}-{number:03}", req, state, TYPES[kind], payload_of(name, kind), cell,
                   f"{row['message']}, {state}: {cell}")


def numbers():
    """The edges between the rows."""
    relay, ignore = "relay", "ignore"
    edges = [(2, [0x12], ignore, "the first number without a name"), (2, [0x2f], ignore, "the last one"),
             (2, [0x30], ignore, "the first of the extensions"), (2, [0x3f], ignore, "the last one"),
             (2, [0xff], "deliver", "the last of the applications"), (0, [0x2f], relay, "the last without a name"),
             (0, [0x3f], relay, "the last of the extensions"), (0, [0xff], "relay + deliver", "the last of all"),
             (2, [-1], ignore, "below 0"), (0, [-1], relay, "below 0"), (2, [2**64 - 1], ignore, "the largest integer"),
             (0, [2**63], relay, "beyond 63 bits"), (255, [0], ignore, "the last type"), (3, [2], ignore, "a type like a ping")]
    for at, (kind, payload, cell, comment) in enumerate(edges):
        on(f"LNK-EDG-{at + 1:03}", "LNK-15 LNK-14", "open", kind, payload, cell, f"{comment}: {payload[0]}")
    for at, (kind, first) in enumerate(((0, "0"), (1, None), (2, "2"), (2, b"\x02"), (0, 2.0), (2, [2]), (9, "x"))):
        on(f"LNK-SUB-{at + 1:03}", "LNK-12 LNK-15", "open", kind, [first, "x"], "SHAPE", "the first item is no integer")
    for at, (payload, comment) in enumerate((
            (handshake()[:4], "4 items"), (handshake() + [1], "6 items"), ([5], "1 item"), ([5, "6"], "chord meta"))):
        on(f"LNK-FIV-{at + 1:03}", "LNK-2 LNK-3", "greeting", 2, payload, "ORDER", f"sub-flag 5 and {comment}: no handshake")
    for at, (payload, comment) in enumerate((
            (handshake()[:4], "4 items"), (handshake() + [1], "6 items"), ([5], "1 item"), ([5, 6], "a meta of another kind"))):
        on(f"LNK-FIV-{at + 11:03}", "LNK-10 LNK-15", "open", 2, payload, ignore, f"sub-flag 5 and {comment}: ignored")


def check(ident, req, payload, expect, comment, before=None, own=(19, 17)):
    given = {"own": OWN, "protocolId": MESH, "codecs": list(own), "payload": wire.note(payload)}
    if before:
        given["before"] = before
    greeting.add(ident, req, "handshake.check", given, expect, comment)


def handshakes():
    def good(number, req, payload, comment, codec=None, tokens=(), before=None, own=(19, 17)):
        host, ident = payload[3][0], payload[1]
        text = [item.decode() if isinstance(item, bytes) else item for item in (ident, host)]
        ok = {"id": text[0], "host": text[1], "port": payload[3][1], "codec": codec, "extensions": list(tokens)}
        check(f"LNK-HSK-{number:03}", req, payload, {"ok": ok}, comment, before, own)

    good(1, "LNK-2", handshake(), "no codecs")
    good(2, "LNK-2 MSG-8", handshake(ident=PEER.encode()), "the id as binary")
    good(3, "LNK-4 MSG-8", handshake(protocol=MESH), "the protocol id as text")
    good(4, "LNK-6 MSG-8", handshake(address=(b"192.0.2.2", 1)), "the host as binary")
    good(5, "LNK-6", handshake(address=("h", 0)), "a node that does not listen; a host of one byte")
    good(6, "LNK-6", handshake(address=("h" * 255, 65535)), "the longest host and the largest port")
    good(7, "LNK-6", handshake(address=("\u00e9" * 127 + "h", 80)), "255 bytes of UTF-8 in 128 characters")
    good(8, "LNK-6 NID-4", handshake(ident="1"), "the id zero")
    good(9, "LNK-11 NEG-2", handshake(listed=[17, 19]), "both know two codecs: the own order decides", 19)
    good(10, "LNK-11 NEG-2", handshake(listed=[17]), "one shared codec", 17)
    good(11, "LNK-7 NEG-3", handshake(listed=[99, -1, 17]), "numbers that are no codecs are ignored", 17)
    good(12, "LNK-7 EXT-1", handshake(listed=["ext:1", "x", 17, None, [19], True, b"ext:2", 19.0]),
         "other items are ignored, the token is noted", 17, ["ext:1"])
    good(13, "LNK-7", handshake(listed=[7] * 63 + [19]), "exactly max-codecs items", 19)
    good(14, "LNK-11 NEG-2", handshake(listed=[19, 17]), "an own list in another order", 17, own=(17, 19))
    good(15, "LNK-9", handshake(listed=[17]), "a further handshake of the same id replaces what was known", 17, before=PEER)
    good(16, "LNK-9 LNK-6", handshake(ident=PEER.encode(), address=("192.0.2.9", 9)), "the same id, now binary", before=PEER)
    good(17, "LNK-11", handshake(listed=[19]), "a node without codecs sends raw", own=())
    good(18, "LNK-7", handshake(listed=[2**64 - 1, 19]), "an integer beyond 63 bits is no codec", 19)


def bad_handshakes():
    def bad(number, req, err, payload, comment, before=None):
        check(f"LNK-HNG-{number:03}", req, payload, {"err": err}, comment, before)

    wrong, many = ("", 99999), [7] * 65
    bad(1, "LNK-4 LNK-27", "SUBNET", [5, 7, "another", 7, 7], "the protocol id is looked at first: all else is wrong, too")
    bad(2, "LNK-4", "SUBNET", handshake(protocol=7), "a protocol id that is a number")
    bad(3, "LNK-4", "SUBNET", handshake(protocol=b""), "an empty protocol id")
    bad(4, "LNK-4", "SUBNET", handshake(protocol=MESH[:-1]), "one character is missing")
    bad(5, "LNK-6 LNK-27", "SHAPE", [5, 7, MESH, 7, many], "the type of the id comes second")
    bad(6, "LNK-6", "SHAPE", handshake(ident=None), "no id")
    bad(7, "LNK-5 LNK-27", "ORDER", [5, OWN, MESH, list(wrong), many], "the own id, before its address is looked at")
    bad(8, "LNK-5 MSG-8", "ORDER", handshake(ident=OWN.encode()), "the own id as binary")
    bad(9, "LNK-6 LNK-27", "BASE58", [5, "0", MESH, list(wrong), many], "the form of the id, before the address")
    bad(10, "LNK-6 NID-4", "BASE58", handshake(ident=""), "an empty id")
    bad(11, "LNK-6 NID-4", "BASE58", handshake(ident=b"\xff"), "a byte that is no digit")
    bad(12, "LNK-6 NID-4", "BASE58", handshake(ident=wire.base58(2**512)), "2^512 is no id")
    bad(13, "LNK-6 NID-4", "BASE58", handshake(ident="1" * 129), "129 characters")
    bad(14, "LNK-6 LNK-27", "SHAPE", handshake(address=wrong, listed=many), "the address, before the length of the list")
    for at, (address, comment) in enumerate((
            ("192.0.2.2", "is a text"), (["h"], "has one item"), (["h", 1, 2], "has three items"), ([7, 1], "host is a number"),
            (["", 1], "host is empty"), (["h" * 256, 1], "host has 256 bytes"), (["\u00e9" * 128, 1], "host has 256 bytes in UTF-8"),
            ([b"\xc3", 1], "host is no UTF-8"), (["h", -1], "port is below 0"), (["h", 65536], "port is 65536"),
            (["h", "80"], "port is a text"), (["h", 80.0], "port is a float"), (["h", None], "port is nil"),
            (["h", 2**64 - 1], "port is the largest integer"), (None, "is nil"))):
        bad(20 + at, "LNK-6", "SHAPE", [5, PEER, MESH, address, []], f"the address: {comment}")
    bad(40, "LNK-6", "SHAPE", [5, PEER, MESH, ["h", 1], 19], "the codecs are a number")
    bad(41, "LNK-6", "SHAPE", [5, PEER, MESH, ["h", 1], wire.Map(("19", 1))], "the codecs are a map")
    bad(42, "LNK-7", "LIMIT", handshake(listed=many), "max-codecs and one more")
    bad(43, "LNK-7 LNK-27", "LIMIT", handshake(ident=OTHER, listed=many), "the length of the list, before LNK-9", PEER)
    bad(44, "LNK-9 LNK-27", "ORDER", handshake(ident=OTHER), "a further handshake with another id", PEER)
    bad(45, "LNK-27 LNK-4", "SUBNET", handshake(ident=OTHER, protocol="x"), "a further one is checked in the same order", PEER)
    bad(46, "LNK-7", "LIMIT", handshake(listed=["x"] * 65), "65 items that are no codecs")
    bad(47, "LNK-9", "LIMIT", handshake(listed=many), "a further handshake has the same limits", PEER)


def renegotiate():
    def case(number, req, before, payload, codec, answer, comment, own=(19, 17)):
        codecs.add(f"LNK-RNG-{number:03}", req, "link.renegotiate",
                   {"own": list(own), "before": wire.note(before), "payload": wire.note(payload)},
                   {"ok": {"codec": codec, "answer": answer}}, comment)

    def bad(number, req, err, payload, comment):
        codecs.add(f"LNK-RNN-{number:03}", req, "link.renegotiate",
                   {"own": [19, 17], "before": [], "payload": wire.note(payload)}, {"err": err}, comment)

    case(1, "LNK-16 LNK-17", [], [1, [19]], 19, [19], "the first codec")
    case(2, "LNK-17", [19], [1, [19]], 19, None, "the same list: no answer, the exchange is over")
    case(3, "LNK-17 NEG-1", [19, 17], [1, [17, 19]], 19, [19, 17], "another order is another list")
    case(4, "LNK-16", [19, 17], [1, [17]], 17, [17], "a shorter list")
    case(5, "LNK-16 LNK-17", [19], [1, []], None, [], "an empty list: raw from now on")
    case(6, "LNK-17", [], [1, []], None, None, "empty as before")
    case(7, "LNK-17 EXT-1", [19], [1, [19, "ext:1", None]], 19, None, "only the integers of the lists are compared")
    case(8, "LNK-17 NEG-3", [], [1, [99]], None, [], "an unknown number differs, and is not shared")
    case(9, "LNK-17 NEG-1", [19], [1, [19, 19]], 19, [19], "a repeated number is another list; shared is once")
    case(10, "LNK-16 NEG-2", [17], [1, [17, 19]], 19, [19, 17], "a list that grows: our first comes first")
    case(11, "LNK-16", [], [1, [7] * 63 + [17]], 17, [17], "exactly max-codecs items")
    case(12, "LNK-17", ["x", 19], [1, [19]], 19, None, "equal after what is no integer is left out")
    case(13, "LNK-16 NEG-1", [], [1, [19, 17]], None, [], "a node without codecs", own=())
    bad(1, "LNK-16", "SHAPE", [1], "no list")
    bad(2, "LNK-16", "SHAPE", [1, 19], "a number for a list")
    bad(3, "LNK-16", "SHAPE", [1, [19], [17]], "two lists")
    bad(4, "LNK-16", "SHAPE", [1, None], "nil for a list")
    bad(5, "LNK-16", "LIMIT", [1, [7] * 65], "max-codecs and one more")
    bad(6, "LNK-16", "SHAPE", [1, [7] * 65, 1], "the shape comes before the length")


def resend():
    # What stands before the text in a bare message: array, type, sender (str 8), time, sub-flag, str 32.
    head = 1 + 1 + 2 + len(OWN) + 5 + 1 + 5
    fits = 1048576 - head

    def case(number, req, steps, again_, comment):
        given = [dict(zip(("at", "do", "bytes"), step)) for step in steps]
        again.add(f"LNK-RSD-{number:03}", req, "link.resend", {"own": OWN, "steps": given}, {"ok": {"again": again_}}, comment)

    case(1, "LNK-18", [(0, "ask")], [None], "nothing was sent but the handshake")
    case(2, "LNK-18", [(0, "whisper"), (10, "ask")], [0], "the last whisper")
    case(3, "LNK-18", [(0, "broadcast"), (10, "ask")], [0], "the last broadcast")
    case(4, "LNK-18", [(0, "whisper"), (10, "broadcast"), (20, "ask")], [1], "the later one")
    case(5, "LNK-18", [(0, "broadcast"), (10, "relay"), (20, "ask")], [1], "a relayed broadcast counts")
    for at, (kind, comment) in enumerate((
            ("pong", "a pong"), ("peers", "a list of peers"), ("answer", "an answer to renegotiate"), ("ping", "a ping"))):
        wait = 30000 if kind == "ping" else 10
        case(6 + at, "LNK-19 LNK-18", [(0, "whisper"), (wait, kind), (wait + 10, "ask")], [0], f"{comment} does not count")
    case(10, "LNK-18", [(0, "whisper"), (10, "ask"), (1009, "ask")], [0, None], "asked again after 999 ms")
    case(11, "LNK-18", [(0, "whisper"), (10, "ask"), (1010, "ask")], [0, 0], "asked again after a second")
    case(12, "LNK-18", [(0, "whisper"), (10, "ask"), (600, "ask"), (1010, "ask")], [0, None, 0],
         "a question that is not answered does not put off the next")
    case(13, "LNK-18", [(0, "ask"), (10, "whisper"), (20, "ask")], [None, 1], "nothing was sent again, so nothing has to wait")
    case(14, "LNK-18", [(0, "whisper", fits), (10, "ask")], [0], "a message of exactly max-resend bytes")
    case(15, "LNK-18", [(0, "whisper"), (5, "whisper", fits + 1), (10, "ask")], [None], "the last one is one byte above max-resend")
    case(16, "LNK-18", [(0, "whisper", fits + 1), (5, "whisper"), (10, "ask")], [1], "a small one after it")
    case(17, "LNK-18", [(0, "whisper"), (10, "ask"), (20, "whisper"), (1010, "ask")], [0, 2], "what is last when it is asked for")
