"""Live cases of limits and timers that a case sets lower: what is slowed, refused or closed, and for whom (LNK, MSH, CRD)."""

from live import (broadcast, call, closed, delivered, dialled, do, event, greet, handshake, ident, quiet, script, send,
                  table, whisper)
from suite import Area

area = Area("live-bounds", "Scripts that raw peers act with a node whose limits and timers are small: who is closed for what.")
MIB = 1 << 20
LARGE = {"$reps": ["x", 6 * MIB]}
JS2P, PY2P = {"protocol": {"$protocoltext": 0}}, {"own": True}
META, STORE, RETRIEVE, RETRIEVED = 5, 11, 12, 13
HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")
PING, PONG = 3, 4
ANY = {"$any": "integer"}


def case(number, req, comment, *steps, limits=None, timers=None, node=None, **more):
    options = {**(node or {}), **({"limits": limits} if limits else {}), **({"timers": timers} if timers else {})}
    script(area, f"LIV-BND-{number:03}", req, comment, *steps, node=options, **more)


def build():
    silence()
    queues()
    rates()
    doors()
    faults()
    elders()
    tables()


def receive(link, what, **more):
    """Whatever the time of the message: on a busy machine it may have waited for long."""
    return do("receive", link, message=[*what[:2], ANY, *what[3:]], **more)


def tells(link, payload):
    return call("whisper", {"to": ident(link), "payload": [payload]})


def hail(link, peers=None, own=None, **form):
    """A peer shakes hands as py2p or js2p do."""
    more = {"own": {"$idbin": link}} if own else {}
    return [do("dial", link), send(link, handshake(link, **more, **form)),
            receive(link, whisper("T", 7, {"$any": "array"} if peers is None else peers))]


def seen(peer):
    return [[{"$like": "127.0.0.1"}, {"$port": peer}], ident(peer)]


def silence():
    often = {"ping-after": 0.3, "dead-after": 1.0}
    answer = [receive("A", whisper("T", PING)), send("A", whisper("A", PONG))]
    case(1, "LNK-21", "dead-after: a peer that has answered a ping, and then says nothing", greet("A", "B"), answer,
         closed("A", "SLOW"), quiet("B"), do("state", peers=["B"]), timers=often)
    case(2, "LNK-21", "a peer that never answers pings is not closed for it", greet("A"), receive("A", whisper("T", PING)),
         do("wait", seconds=1.5), receive("A", whisper("T", PING)), quiet("A"), timers=often)
    case(3, "LNK-21", "a peer that answers each ping stays", greet("A"), [answer for _ in range(4)], quiet("A"),
         timers={"ping-after": 1.0, "dead-after": 3.5})
    case(4, "LNK-21", "a peer that takes nothing of what waits for it", greet("A", "B"), do("hold", "A"), tells("A", LARGE),
         event("disconnect", peer=ident("A")), do("read", "A"), closed("A"), quiet("B"), do("state", peers=["B"]),
         timers={"dead-after": 1.0, "ping-after": 30}, flags=["Large"])


def queues():
    small = {"max-link-queue": 65536}
    case(5, "LNK-23", "a frame above max-link-queue, and small ones beside it", greet("A"), do("hold", "A"), tells("A", LARGE),
         [tells("A", n) for n in range(10)], do("read", "A"), receive("A", whisper("T", 2, LARGE)),
         [receive("A", whisper("T", 2, n)) for n in range(10)], quiet("A"), limits=small, flags=["Large"])
    case(6, "LNK-23", "a second such frame while the first is not through closes that link and no other", greet("A", "B"),
         do("hold", "A"), tells("A", LARGE), tells("A", LARGE), event("disconnect", peer=ident("A")), quiet("B"),
         do("state", peers=["B"]), limits=small, flags=["Large"])
    case(7, "LNK-23", "small frames beside it that are together above max-link-queue", greet("A", "B"), do("hold", "A"),
         tells("A", LARGE), [tells("A", {"$reps": [str(n), 8000]}) for n in range(9)],
         event("disconnect", peer=ident("A")), quiet("B"), do("state", peers=["B"]), limits=small, flags=["Large"])
    case(8, "LNK-25", "when one that does not read has the rest, another has its grant, and whoever reads has all",
         greet("A", "B", "C"), do("hold", "A"), do("hold", "B"), tells("A", LARGE),
         tells("B", LARGE), tells("B", {"$reps": ["b", MIB]}),
         event("disconnect", peer=ident("B")), tells("C", {"$reps": ["c", MIB]}),
         receive("C", whisper("T", 2, {"$reps": ["c", MIB]})), quiet("C"),
         limits={"max-links": 4, "max-queue": 4 * MIB, "max-link-queue": 64 * MIB}, flags=["Large"])


def rates():
    case(9, "LNK-24", "messages above the rate wait unread, and none is lost", greet("A"), do("mark", as_="m"),
         do("send", "A", messages=[whisper("A", 2, n) for n in range(25)]), [delivered(n) for n in range(25)],
         do("passed", name="m", seconds=1.3), quiet("A"), limits={"max-message-burst": 10, "max-message-rate": 10})
    case(10, "LNK-28", "a single message above max-link-unhandled", greet("A"),
         send("A", whisper("A", 2, {"$reps": ["x", 100000]})), delivered({"$reps": ["x", 100000]}), quiet("A"),
         limits={"max-link-unhandled": 2048})
    case(11, "LNK-28", "many messages at once, a hundred times max-link-unhandled: none is lost, and the link stays", greet("A"),
         do("send", "A", messages=[whisper("A", 2, n, {"$reps": ["x", 4000]}) for n in range(50)]),
         [delivered(n, {"$reps": ["x", 4000]}) for n in range(50)], quiet("A"), limits={"max-link-unhandled": 2048})
    case(39, "LNK-28", "an application that takes nothing: the peer's link is read no more, others are, and nothing is lost",
         greet("A", "B"), call("hold", {"hold": True}),
         do("flood", "A", message=whisper("A", 2, {"$get": "n"}, {"$reps": ["x", 60000]}), as_="last"),
         send("B", whisper("B", PING)), receive("B", whisper("T", PONG)), call("hold", {"hold": False}),
         do("until", event={"event": "message", "payload": [{"$get": "last"}, {"$any": "text"}]}), quiet("A", "B"),
         limits={"max-link-unhandled": 65536}, flags=["Large"])
    # With 100 bytes more, either has time enough for LNK-22.
    large = [[do("send", each, raw=["0000c350", {"$rep": ["00", 11996]}]), do("wait", seconds=0.2),
              do("send", each, raw=[{"$rep": ["00", 100]}])] for each in "AB"]
    case(40, "LNK-32 LNK-31", "who has the turn to have a large frame read and trickles is closed when another waits for it",
         greet("A", "B", "C"), large, closed("A", "SLOW"), do("send", "B", raw=[{"$rep": ["00", 37904]}]),
         closed("B", "CHECKSUM"), quiet("C"),
         limits={"max-links": 4, "max-unhandled": 16000, "min-frame-rate": 1}, timers={"frame-deadline": 0.6})
    news = [broadcast("A", 0, n) for n in range(100)]
    came = [[0, ident("A"), ANY, 0, n] for n in range(50)]
    case(12, "MSH-27", "broadcasts above the rate of copies wait, and none is lost", greet("A", "B"), do("mark", as_="m"),
         do("send", "A", messages=news[:50]), [receive("B", each) for each in came],
         do("passed", name="m", seconds=1.3), [delivered(n) for n in range(50)], quiet("A", "B"),
         limits={"max-relay-rate": 20}, level="SHOULD")
    case(13, "LNK-29 MSH-27", "while many broadcasts of one peer wait, a whisper of another is handled in its turn",
         greet("A", "B", "C"), do("send", "A", messages=news), receive("B", came[0]),
         send("B", whisper("B", 2, "mine")),
         do("until", event={"event": "message", "payload": ["mine"]}, never={"event": "message", "payload": [99]}),
         limits={"max-relay-rate": 20}, level="SHOULD")


def doors():
    two = {"max-links": 2}
    case(14, "MSH-6", "max-links: one more that comes is closed; when another has gone, one may come", greet("A", "B"),
         do("knock", "C"), send("C", handshake("C")), closed("C"), quiet("A", "B"), do("drop", "B"),
         event("disconnect", peer=ident("B")), do("state", peers=["A"]), greet("C2"), quiet("A", "C2"), limits=two)
    case(15, "MSH-6", "max-links: links that the node dialled count", dialled("A"), greet("B"), do("knock", "C"),
         send("C", handshake("C")), closed("C"), quiet("A", "B"), limits=two)
    case(16, "MSH-6", "max-links: the node may dial all the same", greet("A", "B"), dialled("C"), quiet("A", "B", "C"), limits=two)
    case(17, "MSH-6", "max-links-per-address: one more is closed; links to the address do not count", dialled("D"),
         greet("A", "B"), do("knock", "C"), send("C", handshake("C")), closed("C"), quiet("A", "B", "D"),
         limits={"max-links-per-address": 2})
    case(18, "MSH-6", "max-links-per-address: another address has links of its own", greet("A", "B"),
         do("knock", "C"), send("C", handshake("C")), closed("C"), greet("D", from_="127.0.0.2"), quiet("A", "B", "D"),
         limits={"max-links-per-address": 2})
    case(19, "MSH-6", "max-handshakes: one more stranger is closed; when the first has shaken hands, one may come",
         do("dial", "A"), do("knock", "B"), send("B", handshake("B")), closed("B"), send("A", handshake("A")),
         receive("A", whisper("T", 7, [])), greet("C"), quiet("A", "C"), limits={"max-handshakes": 1})


def fault(link, **more):
    return [do("dial", link, **more), send(link, handshake(link[0], protocol={"$bin": "32"})), closed(link, "SUBNET")]


def faults():
    two = {"max-faults": 2}
    case(20, "MSH-26", "max-faults: the next connection of the address is closed before anything is said; links that are there stay",
         greet("B"), fault("A"), fault("A2"), quiet("B"), do("knock", "A3"), closed("A3", silent=True), quiet("B"),
         limits=two, level="SHOULD")
    case(21, "MSH-26", "one below max-faults it may come", greet("B"), fault("A"), quiet("B"), greet("C"), quiet("B", "C"),
         limits=two, level="SHOULD")
    case(22, "MSH-26", "the faults of one address are not those of another", greet("B"), fault("A", from_="127.0.0.2"),
         fault("A2", from_="127.0.0.2"), quiet("B"), do("knock", "A3", from_="127.0.0.2"), closed("A3", silent=True), greet("C"),
         quiet("B", "C"), limits=two, level="SHOULD")
    case(23, "MSH-26", "forget-fault later it may come again", greet("B"), fault("A"), do("wait", seconds=1.5), greet("C"),
         quiet("B", "C"), limits={"max-faults": 1}, timers={"forget-fault": 0.5}, level="SHOULD")
    case(24, "MSH-26 MSH-6", "a link that was one too many is no fault", greet("A"), do("knock", "B"), send("B", handshake("B")),
         closed("B"), do("drop", "A"), event("disconnect", peer=ident("A")), do("state", peers=[]), greet("C"), quiet("C"),
         limits={"max-faults": 1, "max-links": 1}, level="SHOULD")
    case(25, "MSH-26 MSH-2", "a second link to one peer is no fault", greet("A"), do("dial", "A2"), send("A2", handshake("A")),
         closed("A2"), quiet("A"), greet("B"), quiet("A", "B"), limits={"max-faults": 1}, level="SHOULD")


def elders():
    three = [do("listen", x) for x in "ABC"] + greet("A", "B", "C")
    case(45, "MSH-32", "a peer that could be js2p is named nobody, not when it asks either", three, hail("J", [], **JS2P),
         send("J", whisper("J", 8, "*")), receive("J", whisper("T", 7, [])),
         greet("D", peers={"$set": [seen(x) for x in "ABC"]}), quiet("A", "B", "C", "D", "J"))
    case(27, "MSH-25 MSH-32", "py2p is not named to what could be js2p", do("listen", "P"), hail("P", **PY2P), hail("J", [], **JS2P),
         hail("Q", [seen("P")], **PY2P), quiet("P", "Q", "J"))
    case(48, "MSH-25", "nor js2p to what could be py2p, but to others", do("listen", "J"), hail("J", **JS2P), hail("P", [], **PY2P),
         greet("A", peers=[seen("J")]), quiet("P", "J", "A"))
    case(46, "MSH-25", "others are named to py2p", do("listen", "A"), greet("A"), hail("P", [seen("A")], **PY2P),
         quiet("A", "P"))
    case(47, "MSH-25", "where all ids are text, js2p is named to py2p", do("listen", "J"), hail("J", **JS2P), hail("P", [seen("J")], **PY2P),
         quiet("P", "J"), node={"dialect": "TEXT"})
    again = whisper("T", 5, ident("T"), {"$protocol": 0}, [{"$any": "bytes"}, ANY], {"$any": "array"})
    second = [do("dial", "J2"), send("J2", handshake("J", **JS2P)), closed("J2")]
    case(31, "MSH-24", "js2p has lost a second link: it is greeted again on the first", hail("J", **JS2P), second,
         receive("J", again), quiet("J"), timers={"greet-again": 0.4})
    case(32, "MSH-24", "others are not greeted again", greet("A"), do("dial", "A2"), send("A2", handshake("A")), closed("A2"),
         do("wait", seconds=1.2), quiet("A"), timers={"greet-again": 0.4})


def chord(**more):
    return {"table": "chord", **more}


def tables():
    value = {"$reps": ["v", 400000]}
    keys = [f"key {n}" for n in range(4)]
    stored = [[2, ident("T"), ANY, STORE, {"$bin": t.encode().hex()}, {"$place": [t, key]}, value] for key in keys for t in HASHES]
    told = [[0, ident("T"), ANY, 6, {"$bin": key.encode().hex()}] for key in keys]
    meta = receive("A", whisper("T", META, "1"))
    joined = [meta, send("A", whisper("A", META, "0")), quiet("A")]
    case(33, "CRD-32", "twenty large values for an owner that does not read for a while cost no link", greet("A"), joined,
         do("hold", "A"), [table("put", {"key": key, "value": value}) for key in keys], do("read", "A"),
         do("gather", "A", messages=stored + told), [event("add", key={"$like": key}) for key in keys], quiet("A"),
         node=chord(), limits={"max-link-queue": 262144}, flags=["Large"])
    positions = [[{"$bin": t.encode().hex()}, {"$place": [t, "key"]}] for t in HASHES]
    held = [send("B", whisper("B", STORE, *at, "v")) for at in positions]
    joins = [table("join", {}, as_="j"), receive("B", whisper("T", META, "0")), event("done", call={"$get": "j"})]
    for number, (who, form) in enumerate((("py2p", PY2P), ("js2p", JS2P)), 34):
        asked = [receive("A", whisper("T", RETRIEVE, {"$bind": f"h{n}"}, {"$bind": f"k{n}"})) for n in range(5)]
        said = [send("A", whisper("A", RETRIEVED, {"$get": f"h{n}"}, {"$get": f"k{n}"}, "v")) for n in range(5)]
        case(number, "CRD-33 CRD-27", f"{who} is asked for two positions at a time of those that it is to have",
             greet("B"), receive("B", whisper("T", META, "1")), joins, held, quiet("B"), hail("A", **form),
             receive("A", whisper("T", META, "0")), send("A", whisper("A", META, "0")), asked[:2], quiet("A", "B"), said[0],
             asked[2], quiet("A", "B"), said[1], asked[3], said[2], asked[4], said[3:], quiet("A", "B"),
             node=chord(), timers={"question-deadline": 30, "upkeep-every": 60}, peers={"A": OWNER_OF_ALL})
    for number, (who, form) in enumerate((("py2p", PY2P), ("js2p", JS2P)), 36):
        case(number, "CRD-34", f"a new link is pinged in the next round of upkeep, but for that of {who}", greet("A"), meta,
             hail("P", **form), receive("P", whisper("T", META, "1")), receive("A", whisper("T", PING)),
             send("P", whisper("P", PING)), receive("P", whisper("T", PONG), unpinged=True), quiet("A", "P"),
             node=chord(), timers={"upkeep-every": 0.5})
    case(38, "CRD-34", "it is pinged once", greet("A"), meta, receive("A", whisper("T", PING)), do("wait", seconds=1.5),
         send("A", whisper("A", PING)), receive("A", whisper("T", PONG), unpinged=True), quiet("A"), node=chord(),
         timers={"upkeep-every": 0.4})


# The node has any id; who is next above it owns all but one position.
OWNER_OF_ALL = 1
