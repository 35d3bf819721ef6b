"""One link in the course of time: deadlines, keep-alive, the rate of messages; which links a node takes (LNK, MSH)."""

import wire
from suite import Area

OWN, PEER = wire.base58(2**383 + 5), wire.base58(2**383 + 77)
SMALL = wire.base58(2**300)

times = Area("link-times", "When a link pings, answers a ping, or is closed.")
rate = Area("link-rate", "How many messages are read by when.")
admit = Area("link-admit", "Which incoming links a node takes, and which of two to one peer it keeps.")


def build():
    greeting()
    silence()
    waiting()
    frames()
    rates()
    admission()
    duplicates()


def run(ident, req, steps, until, comment, pings=(), pongs=(), closed=None, err=None, greeted=True):
    all_steps = ([(0, "handshake")] if greeted else []) + list(steps)
    given = {"steps": [dict(zip(("at", "do", "bytes"), step)) for step in all_steps], "until": until}
    ok = {"pings": list(pings), "pongs": list(pongs), "closed": closed, "err": err}
    times.add(ident, req, "link.times", given, {"ok": ok}, comment)


def greeting():
    run("LNK-TIM-001", "LNK-8", [], 30000, "no handshake: closed after 10 s", closed=10000, err="SLOW", greeted=False)
    run("LNK-TIM-002", "LNK-8", [(9999, "handshake")], 15000, "a handshake in time", greeted=False)
    run("LNK-TIM-003", "LNK-8", [(9000, "begin", 100)], 30000, "a handshake that has only begun is none", closed=10000,
        err="SLOW", greeted=False)
    run("LNK-TIM-004", "LNK-26", [(500, "claim", 65537)], 30000, "a first body above max-greeting, at its header",
        closed=500, err="LIMIT", greeted=False)
    run("LNK-TIM-005", "LNK-26 LNK-8", [(500, "claim", 65536)], 30000, "one of exactly max-greeting is waited for",
        closed=10000, err="SLOW", greeted=False)
    run("LNK-TIM-006", "LNK-26", [(500, "claim", 65537)], 5000, "on an open link that is a frame like any other")
    run("LNK-TIM-007", "FRM-5 LNK-13", [(500, "claim", 16777217)], 5000, "above max-frame", closed=500, err="LIMIT")


def silence():
    run("LNK-TIM-020", "LNK-20", [], 19999, "no ping before 20 s of silence")
    run("LNK-TIM-021", "LNK-20 LNK-21", [], 150000, "a ping every 20 s; a peer that never answers is not closed for it",
        pings=[20000, 40000, 60000, 80000, 100000, 120000, 140000])
    run("LNK-TIM-022", "LNK-20", [(5000, "message")], 50000, "each message is a sign of life", pings=[25000, 45000])
    run("LNK-TIM-023", "LNK-20", [(15000, "begin", 4), (18000, "end")], 40000, "bytes count, complete or not", pings=[38000])
    run("LNK-TIM-024", "LNK-21", [(20500, "pong")], 200000, "it has answered once, so silence for 60 s is its death",
        pings=[20000, 40500, 60500], closed=80500, err="SLOW")
    run("LNK-TIM-025", "LNK-21", [(20500, "pong"), (70000, "message")], 120000, "anything that comes keeps it alive",
        pings=[20000, 40500, 60500, 90000, 110000])
    run("LNK-TIM-026", "LNK-21", [(20500, "pong"), (80499, "pong")], 85000, "answered in the last moment",
        pings=[20000, 40500, 60500])
    run("LNK-TIM-027", "LNK-20", [(1000, "ping"), (1500, "ping"), (1999, "ping"), (2000, "ping")], 5000,
        "one pong a second", pongs=[1000, 2000])
    run("LNK-TIM-028", "LNK-20", [(1000, "ping"), (1900, "ping"), (2500, "ping"), (3400, "ping")], 5000,
        "the second counts from the last pong, not from the last ping", pongs=[1000, 2500])
    run("LNK-TIM-029", "LNK-3", [(1000, "ping")], 5000, "a ping before the handshake", closed=1000, err="ORDER", greeted=False)


def waiting():
    run("LNK-TIM-040", "LNK-21", [(10000, "wait")], 200000, "nothing comes and nothing leaves: counted from when bytes wait",
        pings=[20000, 40000, 60000], closed=70000, err="SLOW")
    run("LNK-TIM-041", "LNK-21", [(10000, "wait"), (30000, "leave")], 200000, "a byte that leaves is a sign of life",
        pings=[20000, 40000, 60000, 80000], closed=90000, err="SLOW")
    run("LNK-TIM-042", "LNK-21", [(10000, "wait"), (50000, "message")], 200000, "so is one that comes",
        pings=[20000, 40000, 70000, 90000], closed=110000, err="SLOW")
    run("LNK-TIM-043", "LNK-21", [(10000, "wait"), (15000, "empty")], 100000, "nothing waits any more",
        pings=[20000, 40000, 60000, 80000, 100000])
    run("LNK-TIM-044", "LNK-21", [(55000, "wait")], 110000, "the silence before bytes waited does not count",
        pings=[20000, 40000, 60000, 80000, 100000])
    run("LNK-TIM-045", "LNK-21", [(20500, "pong"), (50000, "wait"), (70000, "leave"), (100000, "leave")], 150000,
        "while bytes leave, a pong may be on its way behind them",
        pings=[20000, 40500, 60500, 80500, 100500, 120500, 140500])


def frames():
    run("LNK-TIM-060", "LNK-22", [(1000, "begin", 4)], 30000, "a header and no more", closed=11000, err="SLOW")
    run("LNK-TIM-061", "LNK-22", [(1000, "begin", 1)], 30000, "a single byte", closed=11000, err="SLOW")
    run("LNK-TIM-062", "LNK-22", [(1000, "begin", 30000)], 30000, "what comes with the beginning buys no time",
        closed=11000, err="SLOW")
    run("LNK-TIM-063", "LNK-22", [(1000, "begin", 4), (2000, "more", 16384)], 30000, "16 KiB more are one second more",
        closed=12000, err="SLOW")
    run("LNK-TIM-064", "LNK-22", [(1000, "begin", 4), (2000, "more", 16384), (11500, "more", 32768)], 30000,
        "each 16 KiB count", closed=14000, err="SLOW")
    run("LNK-TIM-065", "LNK-22", [(1000, "begin", 4)] + [(2000 + 1000 * n, "more", 1) for n in range(9)], 30000,
        "a byte a second is a trickle", closed=11000, err="SLOW")
    run("LNK-TIM-066", "LNK-22", [(1000, "begin", 4), (10999, "end")], 30000, "complete in time", pings=[])
    run("LNK-TIM-067", "LNK-22", [(1000, "begin", 4), (9000, "end"), (9500, "begin", 4)], 30000,
        "each frame has its own time", closed=19500, err="SLOW")
    run("LNK-TIM-068", "LNK-22", [(1000, "claim", 16777216)], 30000, "a large claim buys no time", closed=11000, err="SLOW")


def rates():
    def case(number, burst, each_second, arrive, by, read, comment):
        rate.add(f"LNK-RAT-{number:03}", "LNK-24", "link.rate",
                 {"limits": {"max-message-burst": burst, "max-message-rate": each_second},
                  "arrive": [{"at": at, "count": count} for at, count in arrive], "by": by},
                 {"ok": {"read": read}}, comment)

    case(1, 5, 10, [(0, 20)], [0, 99, 100, 1000, 1500, 2000], [5, 5, 6, 15, 20, 20], "five at once, then ten a second")
    case(2, 5, 10, [(0, 5), (10000, 20)], [0, 9999, 10000, 10100], [5, 5, 10, 11], "what was not used does not add up")
    case(3, 5, 10, [(0, 5), (250, 5)], [250, 299, 300, 400, 500], [7, 7, 8, 9, 10], "two came free in 250 ms, and a half")
    case(4, 1, 1, [(0, 3)], [0, 999, 1000, 1999, 2000], [1, 1, 2, 2, 3], "one a second")
    case(5, 20000, 10000, [(0, 21000)], [0, 50, 100], [20000, 20500, 21000], "the registry's values")
    case(6, 5, 10, [(0, 4), (0, 1), (0, 1)], [0, 99, 100], [5, 5, 6], "whatever the pieces")
    case(7, 20000, 10000, [(0, 20000)], [0], [20000], "a burst that is allowed in full")


def admission():
    def case(number, limits, links, closed, comment):
        admit.add(f"MSH-ADM-{number:03}", "MSH-6", "link.admit",
                  {"limits": limits, "links": [{"from": host, "outgoing": way == "out", "greets": greets}
                                               for host, way, greets in links]},
                  {"ok": {"closed": closed}}, comment)

    incoming = [(f"192.0.2.{n}", "in", True) for n in range(1, 6)]
    case(1, {"max-links": 3}, incoming[:4], [False, False, False, True], "one link more than max-links")
    case(2, {"max-links": 3}, [("192.0.2.9", "out", True)] + incoming[:3], [False, False, False, True],
         "outgoing links count for max-links")
    case(3, {"max-links": 2}, incoming[:2] + [("192.0.2.9", "out", True)], [False, False, False],
         "an outgoing link is not closed for it")
    case(4, {"max-links-per-address": 2}, [("192.0.2.1", "in", True)] * 3 + [("192.0.2.2", "in", True)],
         [False, False, True, False], "a third link from one address")
    case(5, {"max-links-per-address": 1}, [("192.0.2.1", "out", True), ("192.0.2.1", "in", True)], [False, False],
         "links to an address are not links from it")
    case(6, {"max-handshakes": 2}, [("192.0.2.1", "in", False), ("192.0.2.2", "in", True), ("192.0.2.3", "in", False),
                                    ("192.0.2.4", "in", False)], [False, False, False, True], "a third one that is greeting")
    case(7, {"max-handshakes": 1}, [("192.0.2.1", "out", False), ("192.0.2.2", "in", False)], [False, False],
         "outgoing ones that are greeting do not count")
    case(8, {}, [(f"192.0.2.{n}", "in", False) for n in range(1, 66)], [False] * 64 + [True], "the registry's max-handshakes")
    case(9, {}, [("192.0.2.1", "in", True)] * 65, [False] * 64 + [True], "the registry's max-links-per-address")
    case(10, {"max-links-per-address": 2},
         [("2001:db8:1:2::1", "in", True), ("2001:DB8:1:2:ffff::9", "in", True), ("2001:db8:1:2:3:4:5:6", "in", True),
          ("2001:db8:1:3::1", "in", True)], [False, False, True, False], "IPv6 addresses of one /64 are one address")
    case(11, {"max-links-per-address": 1},
         [("192.0.2.1", "in", True), ("::ffff:192.0.2.2", "in", True), ("::ffff:192.0.2.1", "in", True)],
         [False, False, True], "IPv4 inside IPv6 counts as IPv4")


def duplicates():
    def case(number, own, peer, old, new, age, close, comment):
        admit.add(f"MSH-DUP-{number:03}", "MSH-2 DUP-1", "link.duplicate",
                  {"own": own, "peer": peer, "oldOutgoing": old, "newOutgoing": new, "age": age},
                  {"ok": {"close": close}}, comment)

    case(1, OWN, SMALL, False, True, 0, "old", "own id larger: the own dial stays")
    case(2, OWN, SMALL, True, False, 0, "new", "the same, come in the other order")
    case(3, SMALL, OWN, False, True, 0, "new", "own id smaller: the peer's dial stays")
    case(4, SMALL, OWN, True, False, 0, "old", "the same, come in the other order")
    case(5, OWN, SMALL, False, True, 9999, "old", "just within duplicate-within")
    case(6, OWN, SMALL, False, True, 10000, "new", "an older link is not given up")
    case(7, SMALL, OWN, True, False, 10000, "new", "an older link is not given up to a stranger who claims the id")
    case(8, OWN, SMALL, True, True, 0, "new", "both dialled by this node")
    case(9, SMALL, OWN, False, False, 0, "new", "both dialled by the peer")
