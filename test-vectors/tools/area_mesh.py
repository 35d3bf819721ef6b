"""Meshes: which addresses are dialled, lists of peers, broadcasts, requests (MSH)."""

import wire
from suite import Area

OWN = wire.base58(2**383 + 5)
NOW = 1500000000

dial = Area("mesh-dial", "Which addresses are dialled on the word of a peer.")
peers = Area("mesh-peers", "Lists of peers: what is read and what is sent.")
broadcast = Area("mesh-broadcast", "To whom a broadcast is relayed, and how a node dates its own.")
request = Area("mesh-request", "Who answers a request, which response is used, and what the caller is told.")


def build():
    classes()
    forms()
    counts()
    read()
    sent()
    arrivals()
    dates()
    answers()
    responses()


def ident(number):
    return wire.base58(2**383 + 1000 + number)


def node(number, host=None, port=4444):
    return {"id": ident(number), "host": host or f"192.0.2.{number}", "port": port}


def item(number, host="198.51.100.1", port=None):
    return [[host, 4000 + number if port is None else port], ident(number)]


def dials(number, req, named, expected, comment, limits=None):
    given = {"named": [{"at": at, "by": by, "to": list(to)} for at, by, to in named]}
    if limits:
        given["limits"] = limits
    dial.add(f"MSH-DIA-{number:03}", req, "dial.check", given, {"ok": {"dial": expected}}, comment)


CLASSES = [
    ("public", ["203.0.113.1", "8.8.8.8", "1.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1",
                "126.255.255.255", "128.0.0.0", "223.255.255.255", "192.0.1.0", "198.17.255.255", "198.20.0.0", "9.255.255.255",
                "11.0.0.0", "169.253.0.1", "169.255.0.1", "192.167.0.1", "192.169.0.1", "2000::1",
                "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::808:808"]),
    ("private", ["10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255", "100.64.0.0",
                 "100.127.255.255", "198.18.0.0", "198.19.255.255", "192.0.0.1", "fc00::1", "fdff::1", "fec0::1",
                 "::ffff:10.0.0.1", "2002:a00:1::1", "64:ff9b::c0a8:1"]),
    ("loopback", ["127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"]),
    ("forbidden", ["0.0.0.0", "0.255.255.255", "169.254.0.1", "169.254.255.255", "224.0.0.1", "239.255.255.255", "240.0.0.1",
                   "255.255.255.255", "::", "ff02::1", "fe80::1", "febf::1", "4000::1", "100::1", "::2", "::8.8.8.8",
                   "::ffff:0.0.0.0", "::ffff:224.0.0.1", "2002:e000:1::", "64:ff9b::a9fe:1",
                   "64:ff9b:1::808:808"])]
MAY = {"public": ["public"], "private": ["public", "private"], "loopback": ["public", "private", "loopback"],
       "forbidden": ["public"]}
SOURCES = {"public": "203.0.113.200", "private": "10.9.9.9", "loopback": "127.9.9.9", "forbidden": "169.254.9.9"}


def classes():
    number = 1
    for name, addresses in CLASSES:
        for address in addresses:
            for source in ("public", "private", "loopback"):
                dials(number, "MSH-7 MSH-22", [(0, SOURCES[source], (address, 4444))], [name in MAY[source]],
                      f"{address} is {name}, named by a {source} one")
                number += 1
    number = 300
    for source in ("forbidden",):
        for name, addresses in CLASSES:
            dials(number, "MSH-7 MSH-22", [(0, SOURCES[source], (addresses[0], 4444))], [name in MAY[source]],
                  f"a peer at a link-local address names {addresses[0]}")
            number += 1
    dials(304, "MSH-7 MSH-22", [(0, "fd00::5", ("192.168.1.1", 1))], [True], "private is private, IPv4 or IPv6")
    dials(305, "MSH-7 MSH-22", [(0, "::ffff:127.0.0.1", ("127.0.0.1", 1))], [True], "IPv4 inside IPv6, as transports have it")


def forms():
    texts = ["example.org", "localhost", "127.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "0x7f.0.0.1", "256.1.1.1", "1.2.3.4 ", " 1.2.3.4",
             "1..2.3", "16777217", "[2000::1]", "fe80::1%lo", "1::2::3", "2000:1:2:3:4:5:6", "2000:1:2:3:4:5:6:7:8", "2000:::1",
             "2000::12345", "2000::g", "2000:1:2:3:4:5:6:7::", ":2000::1", "2000::1:", "::ffff:1.2.3", "2000::1.2.3.4:5",
             "+1.2.3.4", "\u0661.2.3.4", "1.2.3.-4", "2000::-1"]
    for at, text in enumerate(texts):
        dials(320 + at, "MSH-7", [(0, SOURCES["loopback"], (text, 4444))], [False], f"{text!r} is no numeric address")
    good = ["2000:1:2:3:4:5:6:7", "2000::", "2000:0DB8::ABCD", "2000:1:2:3:4:5:1.2.3.4", "2000:1:2:3:4:5::7"]
    for at, text in enumerate(good):
        dials(360 + at, "MSH-7", [(0, SOURCES["public"], (text, 4444))], [True], f"{text} is a numeric address")
    dials(370, "MSH-7", [(0, SOURCES["public"], ("8.8.8.8", 0))], [False], "port 0: it does not listen")
    dials(371, "MSH-7", [(0, SOURCES["public"], ("8.8.8.8", 65535))], [True], "the largest port")


def counts():
    one, two = "203.0.113.1", "203.0.113.2"

    def many(source, count, at=0, first=1):
        return [(at, source, ("198.51.100.1", 4000 + n)) for n in range(first, first + count)]

    dials(400, "MSH-7", many(one, 9), [True] * 8 + [False], "max-dials-per-source and one more")
    dials(401, "MSH-7", many(one, 8) + many(two, 1, first=9), [True] * 9, "another peer has its own count")
    dials(402, "MSH-7", many(one, 8) + many(one, 1, 59999, 9) + many(one, 1, 60000, 9), [True] * 8 + [False, True],
          "after dial-window the count begins anew")
    dials(403, "MSH-7", many(one, 7) + [(0, one, ("10.0.0.1", 1)), (0, one, ("name", 1))] + many(one, 2, 1, 8),
          [True] * 7 + [False] * 2 + [True, False], "what is not dialled does not count")
    dials(404, "MSH-7", [(0, one, ("8.8.8.8", 1)), (1, one, ("8.8.8.8", 1)), (2, two, ("8.8.8.8", 1)), (3, two, ("8.8.8.8", 2))],
          [True, False, False, True], "an address and port is dialled once, whoever names it")
    dials(405, "MSH-7", [(0, one, ("8.8.8.8", 1)), (599999, two, ("8.8.8.8", 1)), (600000, two, ("8.8.8.8", 1))],
          [True, False, True], "dial-again, to the millisecond")
    dials(406, "MSH-7", [(0, one, ("8.8.8.8", 1)), (0, one, ("::ffff:8.8.8.8", 1)), (0, one, ("2000::1", 1)),
                         (0, one, ("2000:0:0:0:0:0:0:1", 1))], [True, False, True, False], "two texts of one address")
    dials(407, "MSH-7", [(0, one, ("8.8.8.8", 1)), (0, two, ("8.8.8.8", 2)), (0, two, ("8.8.8.8", 3)),
                         (600000, two, ("8.8.8.8", 3))], [True, True, False, True], "no more than max-dials are remembered",
          {"max-dials": 2})
    dials(408, "MSH-7", many(one, 3), [True, True, False], "another max-dials-per-source", {"max-dials-per-source": 2})
    dials(409, "MSH-7", many(one, 4) + many(one, 4, 30000, 5) + many(one, 5, 60000, 9),
          [True] * 8 + [True] * 4 + [False], "each dial leaves the window at its own time")


def read():
    def case(number, req, payload, named, comment, known=(), limits=None, count=None):
        given = {"own": OWN, "peers": [ident(n) for n in known], "by": "203.0.113.1", "payload": wire.note(payload),
                 "limits": {"max-outgoing": 1000, "max-dials-per-source": 1000, **(limits or {})}}
        ok = {"dials": len(named) if count is None else count}
        if count is None:
            ok["named"] = [address for address, _ in named]
        peers.add(f"MSH-LRN-{number:03}", req, "peers.read", given, {"ok": ok}, comment)

    a, b, c = item(1), item(2), item(3)
    case(1, "MSH-4", [7, [a, b, c]], [a, b, c], "three nodes")
    case(2, "MSH-4", [7, []], [], "an empty list")
    case(3, "MSH-5", [7, [a, b]], [b], "a node that is a peer already is not dialled", known=[1])
    case(4, "MSH-5", [7, [[["198.51.100.1", 9], OWN], a]], [a], "nor is the node itself")
    bad = [7, None, "x", [], [["h", 1]], [["198.51.100.9", 1], 7], ["198.51.100.9", ident(9)], [["198.51.100.9"], ident(9)],
           [["198.51.100.9", "1"], ident(9)], [["198.51.100.9", 65536], ident(9)], [["", 1], ident(9)], [[7, 1], ident(9)],
           [["198.51.100.9", 1], ident(9), 1], [["198.51.100.9", 1], "0"], [["198.51.100.9", 1], ""], [["198.51.100.9", -1], ident(9)],
           [[b"\xff", 1], ident(9)], wire.Map(("a", 1)), [["198.51.100.9", 1, 2], ident(9)], [["198.51.100.9", 1.0], ident(9)]]
    for at, wrong in enumerate(bad):
        case(10 + at, "MSH-4", [7, [a, wrong, b]], [a, b], "an item of the wrong shape is skipped, the others are used")
    case(40, "MSH-4 MSG-8", [7, [[[b"198.51.100.1", 4001], ident(1).encode()]]], [a], "host and id as binary")
    many = [item(n) for n in range(1, 66)]
    case(41, "MSH-4", [7, many], many[:64], "only max-peers-read items are read")
    case(42, "MSH-4", [7, [None] * 64 + [a]], [], "items that are skipped were read, too")
    case(43, "MSH-4", [7, [None] * 63 + [a]], [a], "the last item that is read")
    case(44, "MSH-5", [7, many], [], "a node has enough links", limits={"max-outgoing": 4}, count=4)
    case(45, "MSH-5", [7, [a, b]], [], "a node that wants no outgoing links", limits={"max-outgoing": 0}, count=0)
    case(46, "MSH-5 MSH-7", [7, many[:20]], [], "the dial policy holds for a list", limits={"max-dials-per-source": 8}, count=8)
    case(47, "MSH-4", [7, a], [], "a node where the list should be: its items are no nodes")
    case(48, "MSH-4", [7], [], "no list")
    case(49, "MSH-4", [7, [a], [b]], [], "two lists")
    case(50, "MSH-5 MSH-7", [7, [item(1, port=0), item(2, "10.0.0.1"), item(3, "name"), b]], [b], "addresses that MSH-7 forbids")
    case(51, "MSH-4", [7, [a, b]], [], "another max-peers-read", limits={"max-peers-read": 1}, count=1)


def sent():
    def case(number, req, nodes, items, comment, limits=None, count=None):
        ok = {"count": len(items) if count is None else count}
        if count is None:
            ok["items"] = [[[each["host"], each["port"]], each["id"]] for each in items]
        peers.add(f"MSH-LST-{number:03}", req, "peers.list",
                  {"own": node(200), "to": node(100), "nodes": nodes, "limits": limits or {}}, {"ok": ok}, comment)

    some = [node(n) for n in range(1, 6)]
    quiet = node(7, port=0)
    case(1, "MSH-3", [], [], "the first peer is told of nobody, and not of itself")
    case(2, "MSH-3", some, some, "all others")
    case(3, "MSH-3", some + [quiet], some, "a peer that does not listen is left out")
    all_64 = [node(n) for n in range(1, 65)]
    case(4, "MSH-3", all_64, all_64, "exactly max-peers-sent")
    case(5, "MSH-3", [node(n) for n in range(1, 80)], [], "at most max-peers-sent", count=64)
    case(6, "MSH-3", some, [], "another max-peers-sent", {"max-peers-sent": 3}, 3)
    case(7, "MSH-3", [quiet] * 1 + some[:2], some[:2], "who does not listen takes no place", {"max-peers-sent": 2})

    def asks(number, asked, answered, comment):
        peers.add(f"MSH-ASK-{number:03}", "MSH-8", "peers.ask",
                  {"asked": [{"at": at, "payload": wire.note(payload)} for at, payload in asked]},
                  {"ok": {"answered": answered}}, comment)

    asks(1, [(0, [8, "*"])], [True], "the asterisk as text")
    asks(2, [(0, [8, b"*"])], [True], "the asterisk as binary")
    asks(3, [(0, [8, "*"]), (999, [8, "*"]), (1000, [8, b"*"])], [True, False, True], "once a second")
    asks(4, [(0, [8, "*"]), (600, [8, "*"]), (1100, [8, "*"])], [True, False, True], "a question without an answer puts nothing off")
    for at, payload in enumerate(([8], [8, "x"], [8, "**"], [8, 42], [8, "*", "*"], [8, ["*"]], [8, None], [8, ""])):
        asks(5 + at, [(0, payload), (1, [8, "*"])], [False, True], "no question for peers")


def arrivals():
    def case(number, req, links, frames, to, comment, limits=None):
        keys = ("at", "now", "link", "sender", "time", "text")
        given = {"own": OWN, "links": [ident(n) for n in range(1, links + 1)],
                 "frames": [dict(zip(keys, frame)) for frame in frames]}
        if limits:
            given["limits"] = limits
        broadcast.add(f"MSH-BRD-{number:03}", req, "broadcast.arrive", given, {"ok": {"to": to}}, comment)

    far = ident(500)

    def frame(at, link, text, sender=far, now=None, time=NOW):
        return at, NOW + at // 1000 if now is None else now, link, sender, time, text

    case(1, "MSH-9", 3, [frame(0, 0, "a")], [[1, 2]], "to all but where it came from")
    case(2, "MSH-9", 3, [frame(0, 0, "a", ident(3))], [[1]], "and not to its sender")
    case(3, "MSH-9", 1, [frame(0, 0, "a")], [[]], "accepted, though there is nobody else")
    case(4, "MSH-10 MSH-12", 3, [frame(0, 0, "a"), frame(10, 1, "a"), frame(20, 0, "a")], [[1, 2], None, None], "seen before")
    case(5, "MSH-12", 2, [frame(0, 0, "a"), frame(0, 0, "b"), frame(0, 0, "a", time=NOW + 1)], [[1], [1], [1]],
         "other text, other time: other broadcasts")
    case(6, "MSH-10 BRD-1", 2, [frame(0, 0, "a", time=NOW - 60), frame(0, 0, "b", time=NOW - 59),
                                frame(0, 0, "c", time=NOW + 60), frame(0, 0, "d", time=NOW + 61)], [None, [1], [1], None],
         "the window, whatever the sub-flag")
    case(7, "MSH-11 MSH-12", 2, [frame(0, 0, "a"), frame(30000, 1, "a", now=NOW - 50), frame(119999, 1, "a", now=NOW)],
         [[1], None, None], "a clock that goes back finds it still remembered")
    case(8, "MSH-11", 2, [frame(0, 0, "a"), frame(120000, 1, "a", now=NOW)], [[1], [0]],
         "after remember-broadcast of monotonic time it is forgotten, and only the window protects")
    case(9, "MSH-10 BRD-1", 2, [frame(0, 0, "a"), frame(120000, 1, "a")], [[1], None], "with a clock that runs, the window does")
    case(10, "MSH-11", 3, [frame(n, 0, f"x{n}") for n in range(3)] + [frame(10, 1, "y"), frame(11, 2, "x0"), frame(12, 2, "y")],
         [[1, 2]] * 3 + [[0, 2], [0, 1], None], "a full set loses the oldest of the link that has most", {"max-seen": 3})
    case(11, "MSH-11", 3, [frame(0, 1, "y")] + [frame(n, 0, f"x{n}") for n in range(1, 6)] + [frame(10, 2, "y")],
         [[0, 2]] + [[1, 2]] * 5 + [None], "a link that floods pushes out its own only", {"max-seen": 3})
    case(12, "MSH-11", 2, [frame(0, 0, "a", time=NOW - 60), frame(1, 0, "a", now=NOW - 10, time=NOW - 60)], [None, [1]],
         "what was refused is not remembered")
    case(13, "MSH-9", 2, [frame(0, 0, "a", OWN)], [[1]], "even one with our own id as sender, when we did not send it")


def dates():
    def case(number, sends, times, comment, limits=None):
        given = {"own": OWN, "sent": [dict(zip(("at", "now", "text"), each)) for each in sends]}
        if limits:
            given["limits"] = limits
        broadcast.add(f"MSH-OWN-{number:03}", "MSH-13", "broadcast.date", given, {"ok": {"times": times}}, comment)

    case(1, [(0, NOW, "a")], [NOW], "the clock's time")
    case(2, [(0, NOW, "a"), (1, NOW, "a"), (2, NOW, "a")], [NOW, NOW + 1, NOW + 2], "equal ones are dated later")
    case(3, [(0, NOW, "a"), (1, NOW, "b")], [NOW, NOW], "different ones are not")
    case(4, [(0, NOW, "a"), (1, NOW, "a"), (1000, NOW + 1, "a")], [NOW, NOW + 1, NOW + 2], "what was dated ahead is in the way")
    case(5, [(n, NOW, "a") for n in range(32)], [NOW + n for n in range(31)] + [None], "max-time-raise and one more")
    case(6, [(0, NOW, "a"), (1, NOW, "a")], [NOW, None], "a node that raises no times", {"max-time-raise": 0})
    case(7, [(0, NOW, "a"), (5000, NOW - 1, "a"), (5001, NOW - 1, "a")], [NOW, NOW - 1, NOW + 1], "a clock that was set back")
    case(8, [(0, NOW, "a"), (120000, NOW, "a")], [NOW, NOW], "forgotten after remember-broadcast")


def answers():
    def case(number, payload, answer, comment, req="MSH-17"):
        request.add(f"MSH-REQ-{number:03}", req, "request.answer",
                    {"own": node(200), "peers": [node(1), node(2), node(3, port=0)], "payload": wire.note(payload)},
                    {"ok": {"answer": wire.note(answer)}}, comment)

    def response(name, number, port=4444):
        return [10, name, [[f"192.0.2.{number}", port], ident(number)]]

    case(1, [8, "4xB", ident(2)], response("4xB", 2), "a peer")
    case(2, [8, "4xB", ident(200)], response("4xB", 200), "the node itself")
    case(3, [8, "4xB", ident(1)], response("4xB", 1), "the one that asks is a peer like the others")
    case(4, [8, "4xB", ident(9)], None, "somebody else")
    case(5, [8, b"4xB", ident(2)], response(b"4xB", 2), "a request id in binary comes back in binary", "MSH-17 MSG-8")
    case(6, [8, "4xB", ident(2).encode()], response("4xB", 2), "the target in binary", "MSH-17 MSG-8")
    case(7, [8, "not base58 at all", ident(2)], response("not base58 at all", 2), "a request id is any text")
    case(8, [8, "", ident(2)], response("", 2), "even an empty one")
    for at, payload in enumerate(([8], [8, "4xB"], [8, 7, ident(2)], [8, "4xB", 7], [8, "4xB", ident(2), 1], [8, "*"],
                                  [8, "4xB", [ident(2)]])):
        case(10 + at, payload, None, "no request for a node")
    case(20, [8, "4xB", ident(3)], response("4xB", 3, 0), "a peer that does not listen is named with its port 0")


def responses():
    target, other = ident(1), ident(2)
    there = [["198.51.100.1", 4444], target]

    def case(number, req, said, then, dialled, told, comment, by="203.0.113.1", pending=0):
        given = {"own": OWN, "target": target, "other": other, "by": by, "pending": pending,
                 "responses": [{"mine": mine, "node": wire.note(value)} for mine, value in said], "then": then}
        request.add(f"MSH-RSP-{number:03}", req, "response.use", given, {"ok": {"dial": dialled, "told": told}}, comment)

    case(1, "MSH-18", [(True, there)], "target", [True], "sent", "the target shakes hands at the address")
    case(2, "MSH-18", [(True, there)], "other", [True], "ABSENT", "another id shakes hands there")
    case(3, "MSH-18", [(True, there)], "nobody", [True], "ABSENT", "nobody is there")
    case(4, "MSH-18", [(True, there)], "elsewhere", [True], "sent", "the target comes over another link")
    case(5, "MSH-18", [(True, there)], "time", [True], "TIMEOUT", "the dial takes longer than request-deadline")
    case(6, "MSH-18", [], "time", [], "TIMEOUT", "no response")
    case(7, "MSH-18", [], "elsewhere", [], "sent", "the target comes by itself")
    case(8, "MSH-18", [], "wait", [], None, "one millisecond before request-deadline")
    case(9, "MSH-18", [(False, there), (True, there)], "target", [False, True], "sent", "a response to another request")
    case(10, "MSH-18", [(True, [there[0], other]), (True, there)], "target", [False, True], "sent", "a response that names another node")
    case(11, "MSH-18 MSH-7", [(True, [["10.0.0.1", 1], target]), (True, there)], "target", [False, True], "sent",
         "an address that MSH-7 forbids is not used up")
    case(12, "MSH-18", [(True, there), (True, [["198.51.100.2", 1], target])], "target", [True, False], "sent", "the first is used, no other")
    case(13, "MSH-18", [(True, there), (True, [["198.51.100.2", 1], target])], "nobody", [True, False], "ABSENT",
         "not even when it led nowhere")
    case(14, "MSH-18", [(True, 7), (True, [["", 1], target]), (True, [there[0], 7]), (True, there)], "target",
         [False, False, False, True], "sent", "nodes of the wrong shape")
    case(15, "MSH-18 MSG-8", [(True, [[b"198.51.100.1", 4444], target.encode()])], "target", [True], "sent", "all in binary")
    case(16, "MSH-18 MSH-7", [(True, [["198.51.100.1", 0], target])], "time", [False], "TIMEOUT", "port 0 is not dialled")
    case(17, "MSH-19", [], "time", [], "LIMIT", "max-requests are pending", pending=64)
    case(18, "MSH-19 MSH-18", [(True, there)], "target", [True], "sent", "the last one that may be pending", pending=63)
