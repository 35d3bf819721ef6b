"""Live cases of a node with a Sync Table: what peers write, what it sends them, what it refuses (SYN, LSE)."""

from live import (ANY_LIST, broadcast, closed, do, event, greet, handshake, ident, quiet, receive, same, script, send,
                  table, whisper)
from suite import Area

area = Area("live-sync", "Scripts that raw peers act with a node that has a Sync Table.")
ANY = {"$any": "integer"}
STORE, DELTA = 11, 17
KEY = {"$bin": b"key".hex()}
MAX_KEY, MAX_VALUE, HEAD = 4096, 1048576, 5


def case(number, req, comment, *steps, node=None, **more):
    script(area, f"LIV-SYN-{number:03}", req, comment, *steps, node={"table": "sync", **(node or {})}, **more)


def build():
    changes()
    joins()
    leases()
    open_tables()
    own_refusals()
    deltas()
    deletions()
    elders()
    claims()
    forms()
    sizes()


def updated(value, owner, now=0, key="key"):
    return event("update", key={"$like": key}, value=value, owner=ident(owner), time={"$now": now})


def deleted(key="key"):
    return event("delete", key={"$like": key})


def holds(value, owner, now=0, key="key"):
    owner = owner if isinstance(owner, dict) else ident(owner)
    return do("entry", key=key, is_={"value": value, "owner": owner, "time": {"$now": now}})


def lacks(key="key"):
    return do("entry", key=key)


def put(value, key="key", **more):
    return table("put", {"key": key, "value": value}, **more)


def store(peer, value, key=KEY, now=0):
    return broadcast(peer, STORE, key, value, now=now)


def join(peer, value, owner="C", key=KEY, now=0):
    return whisper(peer, STORE, key, value, ident(owner), {"$now": now})


def named(owner, *payload, time=None):
    """A broadcast in any name."""
    return [0, owner, time or {"$now": 0}, *payload]


def stored(peer, value, now=0):
    """A lone peer sets the key."""
    return [send(peer, store(peer, value, now=now)), updated(value, peer, now)]


def inherited(peer, value, now):
    """The key comes as an entry of C, from a peer that says so."""
    return [send(peer, join(peer, value, now=now)), updated(value, "C", now)]


def passed_on(what, *, by="A", to="B", as_="m"):
    return [send(by, what, as_=as_), same(to, as_)]


def changes():
    case(1, "SYN-2 SYN-7 MSH-9", "a store that is broadcast is taken, and relayed once", greet("A", "B"),
         passed_on(store("A", "v")), updated("v", "A"), holds("v", "A"), quiet("A", "B"))
    case(2, "SYN-1 SYN-2", "text and binary of the same bytes are one key", greet("A"), send("A", store("A", 1, "key")),
         updated(1, "A"), send("A", store("A", 2)), updated(2, "A"), holds(2, "A"), quiet("A"))
    case(3, "SYN-6 SYN-7 MSH-15", "a store that its owner whispers is taken, and not relayed", greet("A", "B"),
         send("A", whisper("A", STORE, KEY, "v")), updated("v", "A"), holds("v", "A"), quiet("A", "B"))
    case(4, "SYN-2 SYN-18", "its own store goes to all, with the key as binary", greet("A", "B"),
         put({"a": [1, None]}), [receive(x, store("T", {"a": [1, None]})) for x in "AB"], updated({"a": [1, None]}, "T"),
         holds({"a": [1, None]}, "T"), quiet("A", "B"))
    case(5, "SYN-2 SYN-11", "its own delta goes to all as a delta", greet("A"),
         table("delta", {"key": "key", "delta": {"a": 1}}), receive("A", broadcast("T", DELTA, KEY, {"a": 1})),
         updated({"a": 1}, "T"), table("delta", {"key": "key", "delta": {"b": 2}}),
         receive("A", broadcast("T", DELTA, KEY, {"b": 2})), updated({"a": 1, "b": 2}, "T"),
         holds({"a": 1, "b": 2}, "T"), quiet("A"))
    case(6, "SYN-2 SYN-8", "its own deletion goes to all as nil", greet("A"), put(1), receive("A", store("T", 1)),
         updated(1, "T"), table("delete", {"key": "key"}), receive("A", store("T", None)), deleted(), lacks(), quiet("A"))


def joins():
    keys = ("b", "aa", "\u00e9", "", "a")
    case(11, "SYN-13 SYN-3", "a newcomer gets all entries after the list of peers, in the order of the keys",
         [[put(key + "!", key), updated(key + "!", "T", key=key)] for key in keys], greet("A"),
         [receive("A", whisper("T", STORE, {"$bin": key.encode().hex()}, key + "!", ident("T"), {"$now": 0}))
          for key in sorted(keys, key=str.encode)], quiet("A"))
    case(12, "SYN-13 SYN-3", "an entry of another node is handed on with its owner and time", greet("A"),
         inherited("A", "v", -500), greet("B"), receive("B", whisper("T", STORE, KEY, "v", ident("C"), {"$now": -500})),
         quiet("A", "B"))
    case(13, "SYN-12 SYN-3", "a join store of an absent key sets value, owner and time, and is not relayed",
         greet("A", "B"), inherited("A", "v", -99), holds("v", "C", -99), quiet("A", "B"))
    for number, value in enumerate((0, False, "", {"$bin": ""}, [], {}, {"$f64": "0000000000000000"}, "full"), 14):
        case(number, "SYN-12", f"a join store never overwrites: {value!r} stays", greet("A"), stored("A", value),
             send("A", join("A", "new", "A", now=1)), quiet("A"), holds({"$is": {}} if value == {} else value, "A"))
    long = {"$reps": ["x", 3000]}
    case(22, "SYN-16 SYN-15 SYN-13", "request * is answered after the last entry",
         [[put(long, f"k{n}"), updated(long, "T", key=f"k{n}")] for n in range(8)], do("dial", "A"),
         do("send", "A", messages=[handshake("A"), whisper("A", 8, "*")]), receive("A", whisper("T", 7, [])),
         [receive("A", whisper("T", STORE, {"$like": f"k{n}"}, long, ident("T"), {"$now": 0})) for n in range(8)],
         receive("A", whisper("T", 7, [])), quiet("A"), node={"limits": {"join-chunk": 4096}})
    case(23, "SYN-17", "a node that is not ready asks for peers when a link opens", greet("A"),
         receive("A", whisper("T", 8, {"$like": "*"})), quiet("A"))


def leases():
    case(31, "LSE-7 MSH-9", "what another owns cannot be set, and its store is relayed all the same", greet("A", "B"),
         passed_on(store("A", 1)), updated(1, "A"), passed_on(store("B", 2, now=1), by="B", to="A", as_="n"),
         quiet("A", "B"), holds(1, "A"))
    case(32, "LSE-2", "the owner sets its key again", greet("A"), stored("A", 1), stored("A", 2), holds(2, "A"), quiet("A"))
    case(33, "LSE-4 SYN-7", "a key is free after its lease", greet("A"), inherited("A", 1, -3610), stored("A", 2),
         holds(2, "A"), quiet("A"))
    case(34, "LSE-7 LSE-4", "and not before", greet("A"), inherited("A", 1, -3590), send("A", store("A", 2)), quiet("A"),
         holds(1, "C", -3590))
    case(35, "LSE-4 LSE-7", "the age of an entry is by the receiver's clock, not by the time of the change", greet("A"),
         inherited("A", 1, -3570), send("A", store("A", 2, now=50)), quiet("A"), holds(1, "C", -3570))
    first, then = event("update", value=1, time={"$bind": "t"}), {"$get": "t"}
    case(39, "LSE-5", "of two writes of one second that of the smaller owner stays", greet("A"),
         send("A", named("b", STORE, KEY, 1)), first, send("A", named("a", STORE, KEY, 2, time=then)),
         event("update", value=2), holds(2, {"$like": "a"}), quiet("A"))
    case(40, "LSE-5 LSE-7", "in the other order, too", greet("A"), send("A", named("a", STORE, KEY, 1)),
         first, send("A", named("b", STORE, KEY, 2, time=then)), quiet("A"), holds(1, {"$like": "a"}))
    case(38, "LSE-7 SYN-8", "what another owns cannot be deleted", greet("A"), inherited("A", 1, 0),
         send("A", store("A", None, now=1)), quiet("A"), holds(1, "C"))


def open_tables():
    free = {"leasing": False}
    case(41, "LSE-6 SUB-3", "without leasing the later write counts", greet("A"), inherited("A", 1, -5), stored("A", 2),
         holds(2, "A"), quiet("A"), node=free)
    case(42, "LSE-7 LSE-6", "without leasing the earlier write does not", greet("A"), inherited("A", 1, 0),
         send("A", store("A", 2, now=-9)), quiet("A"), holds(1, "C"), node=free)
    case(43, "LSE-3 SYN-11", "without leasing deltas of all are taken", greet("A"), inherited("A", {"a": 1}, 0),
         send("A", broadcast("A", DELTA, KEY, {"b": 2}, now=-9)), updated({"a": 1, "b": 2}, "A", -9),
         holds({"a": 1, "b": 2}, "A", -9), quiet("A"), node=free)
    case(44, "SUB-3 LNK-4", "a table without leasing has another protocol id", do("dial", "A"),
         send("A", handshake("A", protocol={"$protocolof": "sync1"})), closed("A", "SUBNET"), do("dial", "B"),
         send("B", handshake("B", protocol={"$protocolof": "sync0"})), receive("B", whisper("T", 7, ANY_LIST)), quiet("B"),
         node=free)


def held(op, given):
    """An own change of a key that C has held for ten seconds."""
    return [table(op, given, as_="c"),
            event("failed", call={"$get": "c"}, err="LEASE", owner=ident("C"), free={"$now": 3591})]


def own_refusals():
    for number, op, given in ((51, "put", {"key": "key", "value": 2}), (52, "delete", {"key": "key"}),
                              (53, "delta", {"key": "key", "delta": {"b": 2}})):
        case(number, "SYN-21 SYN-22", f"its own {op} of a key that another owns: nothing changes, nothing is sent",
             greet("A"), inherited("A", {"a": 1}, -10), held(op, given), quiet("A"), holds({"a": 1}, "C", -10))
    case(54, "SYN-22 LSE-4", "its own store of a key whose lease has ended", greet("A"), inherited("A", 1, -3610),
         put(2), receive("A", store("T", 2)), updated(2, "T"), holds(2, "T"), quiet("A"))


def deltas():
    case(61, "SYN-11", "a delta merges one level deep", greet("A"), stored("A", {"a": {"x": 1}, "b": 2}),
         send("A", broadcast("A", DELTA, KEY, {"a": {"y": 1}, "c": None})),
         updated({"$is": {"a": {"y": 1}, "b": 2, "c": None}}, "A"),
         do("entry", key="key", is_={"value": {"$is": {"a": {"y": 1}, "b": 2, "c": None}}}), quiet("A"))
    case(62, "SYN-11", "a delta of an absent key begins with an empty map", greet("A"),
         send("A", broadcast("A", DELTA, KEY, {"a": 1})), updated({"a": 1}, "A"), quiet("A"))
    case(63, "SYN-11", "a delta on what is no map changes nothing, and its own fails", greet("A"), stored("A", 5),
         send("A", broadcast("A", DELTA, KEY, {"a": 1})), quiet("A"), holds(5, "A"), put(6, "own"),
         receive("A", store("T", 6, {"$like": "own"})), updated(6, "T", key="own"),
         table("delta", {"key": "own", "delta": {"a": 1}}, err="SHAPE"), quiet("A"), holds(6, "T", key="own"))


def deletions():
    case(71, "SYN-8 SYN-18", "its owner deletes a key", greet("A", "B"), passed_on(store("A", 1)), updated(1, "A"),
         passed_on(store("A", None), as_="n"), deleted(), lacks(), quiet("A", "B"))
    case(72, "SYN-8", "a deletion of an absent key changes nothing and closes nothing", greet("A", "B"),
         passed_on(store("A", None)), quiet("A", "B"), lacks())
    case(73, "SYN-8", "its own deletion of an absent key is no error, and nothing is sent", greet("A"),
         table("delete", {"key": "key"}, as_="c"), event("done", call={"$get": "c"}), quiet("A"))
    case(77, "SYN-14", "a deletion is remembered: an older join store does not undo it", greet("A"), stored("A", 1, -40),
         send("A", store("A", None, now=-5)), deleted(), send("A", join("A", 1, "A", now=-40)), quiet("A"), lacks())
    case(75, "SYN-14", "a later one does", greet("A"), stored("A", 1, -9), send("A", store("A", None, now=-5)), deleted(),
         send("A", join("A", 1, "A", now=-4)), updated(1, "A", -4), quiet("A"))
    case(76, "SYN-14", "a stranger's deletion of an absent key hides nothing", greet("A"), send("A", store("A", None)),
         send("A", join("A", 1, now=-9)), updated(1, "C", -9), quiet("A"))


def hail(link, **more):
    return [do("dial", link), send(link, handshake(link, **more)), receive(link, whisper("T", 7, ANY_LIST))]


def elders():
    js2p = {"protocol": {"$protocoltext": 0}}
    py2p = {"own": {"$idbin": "A"}}
    both = [put(1), [receive(x, store("T", 1)) for x in "AB"], updated(1, "T")]
    case(81, "SYN-20 SYN-19", "js2p never gets its own deletion; others do", hail("A", **js2p), greet("B"), both,
         table("delete", {"key": "key"}), receive("B", store("T", None)), deleted(), quiet("A", "B"))
    case(82, "SYN-20 SYN-19", "nor one that it relays", hail("A", **js2p), greet("B"),
         passed_on(store("B", 1), by="B", to="A"), updated(1, "B"), send("B", store("B", None)), deleted(),
         send("B", store("B", None, "absent")), quiet("A", "B"))
    case(83, "SYN-19", "who lists a codec of this specification is not taken for js2p", hail("A", codecs=[34], **js2p),
         greet("B"), both, table("delete", {"key": "key"}), [receive(x, store("T", None)) for x in "AB"], deleted(),
         quiet("A", "B"))
    case(84, "SYN-19 SYN-20", "who lists codecs of 0.7 alone is", hail("A", codecs=[16, 17], **js2p), greet("B"), both,
         table("delete", {"key": "key"}), receive("B", store("T", None)), deleted(), quiet("A", "B"))
    case(85, "SYN-20 SYN-19", "py2p gets a deletion that is relayed when the key is there, and not when it is absent",
         hail("A", **py2p), greet("B"), passed_on(store("B", 1), by="B", to="A"), updated(1, "B"),
         passed_on(store("B", None), by="B", to="A", as_="n"), deleted(), send("B", store("B", None, "absent")),
         quiet("A", "B"))


def claims():
    case(91, "SYN-6", "a whisper in another's name is ignored", greet("A"), send("A", whisper("C", STORE, KEY, 1)),
         send("A", whisper("C", DELTA, KEY, {"a": 1})), quiet("A"), lacks())
    case(92, "SYN-6", "a broadcast in the receiver's own name is ignored", greet("A"), send("A", store("T", 1)),
         send("A", named({"$idbin": "T"}, STORE, KEY, 2)), quiet("A"), lacks())
    case(93, "SYN-6", "an owner of more than max-base58 bytes is ignored", greet("A"),
         send("A", named({"$reps": ["o", 129]}, STORE, KEY, 1)), quiet("A"), lacks(),
         send("A", named({"$reps": ["o", 128]}, STORE, KEY, 2)), event("update", value=2), quiet("A"))
    case(94, "SYN-5", "a whispered store from the future is ignored", greet("A"),
         send("A", whisper("A", STORE, KEY, 1, now=65)), quiet("A"), lacks(), send("A", whisper("A", STORE, KEY, 2, now=55)),
         updated(2, "A", 55), quiet("A"))
    case(95, "SYN-5", "a join store from the future is ignored", greet("A"), send("A", join("A", 1, now=65)),
         send("A", join("A", 1, now=2**40)), quiet("A"), lacks(), inherited("A", 2, 55), quiet("A"))


def forms():
    def ignored(number, comment, *messages):
        case(number, "SYN-4", f"{comment}: ignored, and the link stays", greet("A"), [send("A", each) for each in messages],
             quiet("A"), lacks(), stored("A", "after"), quiet("A"))

    ignored(101, "stores of another length, and keys that are none", *(broadcast("A", STORE, *rest) for rest in (
        (), (KEY,), (KEY, 1, 2), (5, 1), (None, 1), ([], 1), ({}, 1), (True, 1))))
    ignored(102, "a join store as broadcast", broadcast("A", STORE, KEY, 1, ident("A"), {"$now": 0}))
    now = {"$now": 0}
    ignored(103, "join stores with nil, and with bad owners and times", *(whisper("A", STORE, KEY, *rest) for rest in (
        (None, ident("A"), now), (1, 5, now), (1, None, now), (1, ident("A"), "0"), (1, ident("A"), -1),
        (1, ident("A"), {"$int": "9223372036854775808"}), (1, ident("A"), {"$f64": "41d954fc40000000"}),
        (1, ident("A"), now, 0), (1, ident("A")))))
    ignored(104, "deltas that are no maps", *(broadcast("A", DELTA, KEY, *rest) for rest in (
        (1,), (None,), ([],), ({"$map": [[[], 1]]},), ({"$map": [[{}, 1]]},), (), ({"a": 1}, ident("A"), now))))


def sizes():
    most = {"$reps": ["x", MAX_VALUE - HEAD]}
    more = {"$reps": ["x", MAX_VALUE - HEAD + 1]}
    case(111, "SYN-9", "a value of max-value bytes is taken", greet("A"), send("A", store("A", most)),
         event("update", value={"$any": "text"}), quiet("A"))
    case(112, "SYN-9", "a value of one byte more is ignored", greet("A"), send("A", store("A", more)),
         send("A", join("A", more)), quiet("A"), lacks())
    case(113, "SYN-9", "a key of max-key bytes is taken, one of a byte more is not", greet("A"),
         send("A", store("A", 1, {"$reps": ["k", MAX_KEY + 1]})), quiet("A"),
         send("A", store("A", 2, {"$reps": ["k", MAX_KEY]})), event("update", value=2), quiet("A"))
    case(114, "SYN-9", "its own store of too large a value or key fails", greet("A"), put(more, err="LIMIT"),
         put(1, {"$reps": ["k", MAX_KEY + 1]}, err="LIMIT"), quiet("A"), lacks())
    case(115, "SYN-10", "a key above max-entries is ignored; those that are there can be changed", greet("A"),
         [[send("A", store("A", n, f"k{n}")), updated(n, "A", key=f"k{n}")] for n in range(2)],
         send("A", store("A", 2, "k2")), quiet("A"), lacks("k2"), send("A", store("A", "new", "k1")),
         updated("new", "A", key="k1"), put(1, "k3", err="LIMIT"), quiet("A"), node={"limits": {"max-entries": 2}})
