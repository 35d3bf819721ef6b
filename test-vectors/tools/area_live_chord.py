"""Live cases of a node with a Chord Table: what it holds, passes on, asks and hands over (CRD).

The node has any id, so peers take theirs beside it: the peer at -1 is the next one behind, and one that has joined owns what
the node does not. While the node is leeching, the peer at -1 owns everything.
"""

import hashlib

import wire
from live import (broadcast, closed, dialled, do, event, greet, handshake, ident, quiet, receive, same, script, send,
                  table,
                  whisper)
from suite import Area
from wire import RING

area = Area("live-chord", "Scripts that raw peers act with a node that has a Chord Table.")
HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")
SHIFTS = (224, 160, 128, 0, 0)
META, NOTIFY, STORE, RETRIEVE, RETRIEVED, DELTA = 5, 6, 11, 12, 13, 17
OWNER, BEHIND = {"A": 1}, {"A": -1}


def case(number, req, comment, *steps, node=None, **more):
    script(area, f"LIV-CRD-{number:03}", req, comment, *steps, node={"table": "chord", **(node or {})}, **more)


def build():
    states()
    own_writes()
    own_reads()
    lies()
    holding()
    forms()
    keys()
    passing()
    asking()
    copies()
    handing_over()
    elders()
    upkeep()


def name(text):
    return {"$bin": text.encode().hex()}


def at(table_, key="key"):
    """The two items that name a position."""
    return [name(table_), {"$place": [table_, key]}]


def meets(*links, state="1", **more):
    """Peers shake hands and are told that the node is leeching, or has joined."""
    return [[greet(link, **more), receive(link, whisper("T", META, state))] for link in links]


def owns(link):
    return send(link, whisper(link, META, "0"))


def joins(*links):
    """Peers that join; the node has heard of it when this is done."""
    return [[owns(link) for link in links], quiet(*links)]


def member(*links, **more):
    """Peers that have joined."""
    return [meets(*links, **more), joins(*links)]


def ring(*others):
    """The node joins; it has these peers, none of which has joined before."""
    return [meets(*others), table("join", {}, as_="j"), [receive(x, whisper("T", META, "0")) for x in others],
            event("done", call={"$get": "j"})]


def gather(link, *messages):
    return do("gather", link, messages=list(messages))


def asks(link, key="key", flag=RETRIEVE, tables=HASHES, value=()):
    """All five at once, in any order."""
    return gather(link, *(whisper("T", flag, *at(each, key), *value) for each in tables))


def says(link, table_, value, key="key", who=None):
    return send(link, whisper(who or link, RETRIEVED, *at(table_, key), value))


def stores(link, value, table_="sha1", key="key"):
    return send(link, whisper(link, STORE, *at(table_, key), value))


def has(link, value, table_="sha1", key="key"):
    """A peer asks the node, which answers at once."""
    return [send(link, whisper(link, RETRIEVE, *at(table_, key))), receive(link,
            whisper("T", RETRIEVED, *at(table_, key), value))]


def asked(link, table_="sha1", key="key"):
    return receive(link, whisper("T", RETRIEVE, *at(table_, key)))


def got(link, value, table_="sha1", key="key"):
    return receive(link, whisper("T", STORE, *at(table_, key), value))


def read(key="key"):
    return table("read", {"key": key}, as_="r")


def found(value, as_="r"):
    return event("done", call={"$get": as_}, value=value)


def absent(as_="r"):
    return do("event", event={"event": "done", "call": {"$get": as_}}, without=["value"])


def put(value, key="key", **more):
    return table("put", {"key": key, "value": value}, **more)


def announced(*links, key="key", gone=False):
    more = [{"$like": "del"}] if gone else []
    return [[receive(x, broadcast("T", NOTIFY, name(key), *more)) for x in links],
            event("delete" if gone else "add", key={"$like": key})]


def notify(link, *items):
    return send(link, broadcast(link, NOTIFY, *items))


def states():
    case(1, "CRD-3 CRD-1", "a link opens: it says that it is leeching", meets("A"), quiet("A"))
    case(2, "CRD-5 CRD-3", "it joins: all are told, newcomers too", ring("A", "B"), meets("C", state="0"),
         quiet("A", "B", "C"))
    case(3, "CRD-29 CRD-3", "it leaves with nothing: all are told, and it is done", ring("A", "B"),
         table("leave", {}, as_="l"),
         [receive(x, whisper("T", META, "1")) for x in "AB"], event("done", call={"$get": "l"}), meets("C"),
         quiet("A", "B", "C"))
    case(4, "CRD-4 CRD-2", "meta as binary counts", meets("A"), send("A", whisper("A", META, {"$bin": "30"})), quiet("A"), read(),
         asks("A"), quiet("A"))
    case(5, "CRD-4 CRD-31", "other meta changes nothing, and none is answered", meets("A"),
         [send("A", whisper("A", META, item)) for item in (True, False, 0, 1, None, "2", "", "00", ["0"], {"a": 1})],
         quiet("A"),
         table("read", {"key": "key"}, err="ABSENT"), quiet("A"))
    for number, (op, more) in enumerate((("read", {}), ("put", {"value": 1}), ("delete", {}),
            ("delta", {"delta": {"a": 1}})), 6):
        case(number, "CRD-31 CRD-2", f"{op} when nobody has joined fails at once", meets("A"),
             table(op, {"key": "key", **more}, err="ABSENT"),
             quiet("A"))
    case(10, "CRD-2 CRD-24", "a peer that leaves is asked nothing more: the next owner is", member("A", "B"), read(),
         asks("A"),
         send("A", whisper("A", META, "1")), asks("B"), quiet("A", "B"), peers={"A": -1, "B": -2})


def own_writes():
    case(11, "CRD-8 CRD-6 CRD-12", "a put: five stores to the owner, and the new key to all", member("A"), meets("B"),
         put({"a": [1, None]}, as_="p"), asks("A", flag=STORE, value=[{"a": [1, None]}]), announced("A", "B"),
         event("done", call={"$get": "p"}), quiet("A", "B"))
    case(12, "CRD-12", "a key is announced once", member("A"), put(1), asks("A", flag=STORE, value=[1]),
         announced("A"), put(2),
         asks("A", flag=STORE, value=[2]), quiet("A"))
    case(13, "CRD-8 CRD-12", "a deletion: nil for all positions, and the key goes from all lists", member("A"),
         put(1),
         asks("A", flag=STORE, value=[1]), announced("A"), table("delete", {"key": "key"}),
         asks("A", flag=STORE, value=[None]),
         announced("A", gone=True), quiet("A"))
    case(14, "CRD-8 CRD-12", "a deletion of a key that is on no list is not announced", member("A"),
         table("delete", {"key": "key"}),
         asks("A", flag=STORE, value=[None]), quiet("A"))
    case(15, "CRD-10", "its own put of too large a value or key fails, and nothing is sent", member("A"),
         put({"$reps": ["x", 1048572]}, err="LIMIT"), put(1, {"$reps": ["k", 4097]}, err="LIMIT"), quiet("A"))
    case(16, "CRD-9", "a delta reads first, and sends a delta to who said what was decided, the map to the others",
         member("A"),
         notify("A", name("key")), event("add"), table("delta", {"key": "key", "delta": {"b": 2}}, as_="d"),
         asks("A"),
         says("A", "sha1", {"a": 1}), says("A", "sha224", {"x": 0}), says("A", "sha256", {"a": 1}),
         says("A", "sha384", {"a": 1}),
         gather("A", *(whisper("T", DELTA, *at(x), {"b": 2}) for x in ("sha1", "sha256", "sha384")),
                *(whisper("T", STORE, *at(x), {"a": 1, "b": 2}) for x in ("sha224", "sha512"))),
         event("done", call={"$get": "d"}), quiet("A"))
    case(17, "CRD-9", "a delta on what is no map fails, and nothing is sent", member("A"),
         table("delta", {"key": "key", "delta": {"b": 2}}, as_="d"),
         asks("A"), [says("A", x, 5) for x in HASHES[:3]], event("failed", call={"$get": "d"}, err="SHAPE"),
         quiet("A"))


def five():
    """Five holders, each at one of the positions of the key."""
    places = [int.from_bytes(hashlib.new(x, b"key").digest(), "big") << shift for x, shift in zip(HASHES, SHIFTS)]
    return {peer: wire.base58(place % RING) for peer, place in zip("ABCDE", places)}


HOLDERS = list(zip("ABCDE", HASHES))


def holders():
    return member(*"ABCDE")


def all_asked():
    return [asked(peer, x) for peer, x in HOLDERS]


def believing(**deadlines):
    """A node that takes nobody for new after known(), so that the first nil of an owner counts (CRD-36)."""
    return {"timers": {"forget-after": 0.01, **{f"{each}-deadline": seconds for each, seconds in deadlines.items()}}}


def known():
    """Time goes by until believing() holds."""
    return [holders(), do("wait", seconds=0.05)]


def own_reads():
    case(21, "CRD-21 CRD-22", "a read asks five holders, and ends with what three say", holders(), read(),
         all_asked(),
         [says(peer, x, "v") for peer, x in HOLDERS[:3]], found("v"), quiet(*"ABCDE"), peers=five())
    case(22, "CRD-8 CHO-5", "a put goes to five holders, each its position", holders(), put("v"),
         [gather(peer, whisper("T", STORE, *at(x), "v")) for peer, x in HOLDERS], announced(*"ABCDE"),
         quiet(*"ABCDE"), peers=five())
    case(154, "CRD-23", "absence is known with the fifth nil, not at a deadline", known(), read(), all_asked(),
         [says(peer, x, None) for peer, x in HOLDERS], absent(), quiet(*"ABCDE"), peers=five(),
         node=believing(question=60, read=60))
    case(155, "CRD-23", "two, two and one: no majority, at once", known(), read(), all_asked(),
         [says(peer, x, value) for (peer, x), value in zip(HOLDERS, (1, 1, 2, 2, None))],
         event("failed", call={"$get": "r"}), quiet(*"ABCDE"),
         peers=five(), node=believing(question=60, read=60))
    case(156, "CRD-25", "a position that said nil gets the value, before or after the end; another value stays",
         known(), read(), all_asked(),
         says("A", "sha1", None), says("B", "sha224", "old"), [says(peer, x, "v") for peer, x in HOLDERS[2:]],
         got("A", "v"), found("v"),
         quiet(*"ABCDE"), peers=five(), node=believing())
    case(157, "CRD-25", "a nil that comes late", known(), read(), all_asked(),
         [says(peer, x, "v") for peer, x in HOLDERS[2:]], found("v"),
         says("A", "sha1", None), got("A", "v"), says("B", "sha224", "old"), quiet(*"ABCDE"), peers=five(),
         node=believing())
    short = {"timers": {"question-deadline": 60, "read-deadline": 0.5}}
    case(27, "CRD-23", "read-deadline: two have answered", holders(), read(), all_asked(),
         [says(peer, x, "v") for peer, x in HOLDERS[:2]],
         event("failed", call={"$get": "r"}, err="TIMEOUT"), quiet(*"ABCDE"), peers=five(), node=short)
    case(158, "CRD-23", "read-deadline: three have said nil, and that is enough", known(), read(), all_asked(),
         [says(peer, x, None) for peer, x in HOLDERS[:3]], says("D", "sha384", "v"), absent(), quiet(*"ABCDE"),
         peers=five(), node=believing(question=60, read=1.5))
    case(159, "CRD-21", "a value overrides the nil of its position", known(), read(), all_asked(),
         [says(peer, x, None) for peer, x in HOLDERS[:3]],
         says("D", "sha384", "v"), [says(peer, x, "v") for peer, x in HOLDERS[:2]], found("v"),
         got("C", "v", "sha256"), quiet(*"ABCDE"), peers=five(), node=believing())
    case(30, "CRD-24", "a holder goes: who owns its position by then is asked", member("A", "B"), read(), asks("A"),
         do("drop", "A"),
         event("disconnect", peer=ident("A")), asks("B"), [says("B", x, "v") for x in HASHES[:3]], found("v"),
         quiet("B"), peers={"A": -1, "B": -2})
    case(31, "CRD-24 CRD-18", "two reads of one key share the questions, and each has its answer", member("A"),
         read(), asks("A"),
         table("read", {"key": "key"}, as_="s"), quiet("A"), [says("A", x, "v") for x in HASHES[:3]], found("v"),
         found("v", "s"), quiet("A"))
    case(32, "CRD-18", "question-deadline: it is asked again, twice", member("A"), read(), asks("A"), asks("A"),
         asks("A"),
         event("failed", call={"$get": "r"}, err="TIMEOUT"), quiet("A"), node={"timers": {"question-deadline": 0.4}})
    case(33, "CRD-24", "above max-reads a read fails", member("A"), read(), asks("A"),
         table("read", {"key": "two"}, err="LIMIT"), quiet("A"),
         node={"limits": {"max-reads": 1}})
    two = {"A": -1, "B": -2}
    case(162, "CRD-36 CRD-22", "the owner has just joined and knows nothing: the next one behind it is asked",
         member("A", "B"), read(), asks("A"), [says("A", x, None) for x in HASHES], asks("B"),
         [says("B", x, "v") for x in HASHES[:3]], found("v"), peers=two)
    case(163, "CRD-36 CRD-23", "that one says nil as well, and is believed", member("A", "B"), read(), asks("A"),
         [says("A", x, None) for x in HASHES], asks("B"), [says("B", x, None) for x in HASHES], absent(),
         quiet("A", "B"), peers=two)
    case(164, "CRD-36 CRD-23", "an owner that has long joined is believed at once", member("A", "B"), do("wait", seconds=0.05), read(),
         asks("A"), [says("A", x, None) for x in HASHES], absent(), quiet("A", "B"), peers=two, node=believing())


def lies():
    case(41, "CRD-22", "two of five holders lie, and are outvoted", holders(), read(), all_asked(),
         says("B", "sha224", "lie"), says("D", "sha384", "lie"),
         says("A", "sha1", "v"), says("C", "sha256", "v"), says("E", "sha512", "v"), found("v"), quiet(*"ABCDE"),
         peers=five())
    case(42, "CRD-22", "two lie each in its way, last of all", holders(), read(), all_asked(), says("A", "sha1", "v"),
         says("C", "sha256", "v"),
         says("E", "sha512", "v"), found("v"), says("B", "sha224", "lie"), says("D", "sha384", 0), quiet(*"ABCDE"),
         peers=five())
    case(160, "CRD-23", "two hide it: the others have it", known(), read(), all_asked(), says("B", "sha224", None),
         says("D", "sha384", None),
         says("A", "sha1", "v"), says("C", "sha256", "v"), says("E", "sha512", "v"), found("v"),
         got("B", "v", "sha224"), got("D", "v", "sha384"),
         quiet(*"ABCDE"), peers=five(), node=believing())
    case(44, "CRD-16", "an answer counts only from who was asked", holders(), read(), all_asked(),
         [says("B", x, "lie") for x in HASHES if x != "sha224"],
         says("A", "sha1", "v"), says("C", "sha256", "v"), says("E", "sha512", "v"), found("v"), quiet(*"ABCDE"),
         peers=five())
    case(161, "CRD-16", "one holder has one voice, however often it speaks", known(), read(), all_asked(),
         [says("B", "sha224", "lie") for _ in range(5)],
         [says(peer, x, None) for peer, x in HOLDERS if peer != "B"], absent(), quiet(*"ABCDE"), peers=five(),
         node=believing())
    case(46, "CRD-16", "answers that nobody asked for change nothing", member("A"),
         [says("A", x, "lie") for x in HASHES], quiet("A"), read(), asks("A"),
         [says("A", x, "v") for x in HASHES[:3]], found("v"), quiet("A"))
    case(47, "CRD-22", "two that lie alike and first end no read", holders(), read(), all_asked(),
         says("B", "sha224", "lie"), says("D", "sha384", "lie"), quiet(*"ABCDE"),
         says("A", "sha1", "v"), says("C", "sha256", "v"), says("E", "sha512", "v"), found("v"), quiet(*"ABCDE"),
         peers=five())


def holding():
    case(51, "CRD-8 CRD-15", "what is stored at the owner is retrieved", ring("A"), has("A", None),
         stores("A", {"a": [1, None, {"$bin": "00"}]}),
         has("A", {"a": [1, None, {"$bin": "00"}]}), has("A", None, "sha224"), quiet("A"))
    case(52, "CRD-15 MSG-8", "an answer has hash name and key in the types of the question", ring("A"),
         stores("A", "v"),
         [[send("A", whisper("A", RETRIEVE, x, {"$place": ["sha1", "key"]})),
           receive("A", whisper("T", RETRIEVED, x, {"$place": ["sha1", "key"]}, "v"))]
          for x in ("sha1", name("sha1"))], quiet("A"))
    case(53, "CRD-8", "the last value stands, and nil deletes", ring("A"), stores("A", 1), stores("A", 2),
         has("A", 2), stores("A", None), has("A", None),
         stores("A", 3), has("A", 3), quiet("A"))
    for number, value in enumerate((0, False, "", {"$bin": ""}, []), 54):
        case(number, "CRD-8 CRD-15", f"{value!r} is a value", ring("A"), stores("A", value), has("A", value),
             quiet("A"))
    case(59, "CRD-9", "a delta merges, and changes nothing that is no map", ring("A"),
         send("A", whisper("A", DELTA, *at("sha1"), {"a": 1})), has("A", {"a": 1}),
         send("A", whisper("A", DELTA, *at("sha1"), {"b": None})), has("A", {"a": 1, "b": None}), stores("A", 5),
         send("A", whisper("A", DELTA, *at("sha1"), {"c": 1})), has("A", 5), quiet("A"))
    case(60, "CRD-10", "a value of max-value bytes is held, one of a byte more is ignored", ring("A"),
         stores("A", {"$reps": ["x", 1048571]}),
         send("A", whisper("A", RETRIEVE, *at("sha1"))), receive("A", whisper("T", RETRIEVED, *at("sha1"),
                 {"$any": "text"})),
         stores("A", "v"), stores("A", {"$reps": ["x", 1048572]}), has("A", "v"), quiet("A"))
    case(61, "CRD-10", "a position above max-entries is ignored; those that are there can be changed", ring("A"),
         stores("A", 1), stores("A", 2, "sha224"),
         stores("A", 3, "sha256"), has("A", None, "sha256"), stores("A", 4), has("A", 4), quiet("A"),
         node={"limits": {"max-entries": 2}})
    case(62, "CRD-21 CRD-8", "alone on the ring it keeps and finds what it writes", ring("A"), put("v"),
         announced("A"), read(), found("v"),
         table("read", {"key": "none"}, as_="n"), absent("n"), has("A", "v"), has("A", "v", "sha512"), quiet("A"))


def forms():
    place = {"$place": ["sha1", "key"]}

    def ignored(number, comment, *messages):
        case(number, "CRD-7", f"{comment}: ignored, and the link stays", ring("A"),
             [send("A", each) for each in messages], quiet("A"),
             has("A", None), stores("A", "after"), has("A", "after"), quiet("A"))

    ignored(71, "unknown hash names", *(whisper("A", flag, hash_, place, *more) for hash_ in ("md5", "SHA1", "",
            name("sha3"), 1, None, [], {})
                                        for flag, more in ((STORE, ("v",)), (RETRIEVE, ()), (RETRIEVED, ("v",)),
                                                (DELTA, ({"a": 1},)))))
    ignored(72, "keys that are no base58", *(whisper("A", flag, name("sha1"), key, *more) for key in ("0OIl", "",
            "1" * 129, 5, None, [])
                                             for flag, more in ((STORE, ("v",)), (RETRIEVE, ()),
                                                     (DELTA, ({"a": 1},)))))
    ignored(73, "another number of items", *(whisper("A", *payload) for payload in (
        (STORE, *at("sha1")), (STORE, *at("sha1"), 1, 2), (STORE, name("key"), 1),
            (STORE, name("key"), 1, ident("A"), {"$now": 0}),
        (RETRIEVE, name("sha1")), (RETRIEVE, *at("sha1"), 1), (RETRIEVED, *at("sha1")), (DELTA, *at("sha1")),
            (DELTA, *at("sha1"), {"a": 1}, 1), (STORE,),
        (RETRIEVE,), (DELTA,))))
    ignored(74, "deltas that are no maps, or have odd keys", *(whisper("A", DELTA, *at("sha1"), delta) for delta in (
        1, None, [], "text", {"$map": [[[], 1]]}, {"$map": [[{}, 1]]})))
    case(75, "CRD-7 MSH-9", "as broadcasts they are relayed and nothing else", ring("A", "B"),
         [[send("A", broadcast("A", *payload), as_="m"), same("B", "m")] for payload in (
             (STORE, *at("sha1"), "v"), (RETRIEVE, *at("sha1")), (DELTA, *at("sha1"), {"a": 1}))], has("A", None),
         quiet("A", "B"))
    case(76, "LNK-12 LNK-13", "a broken frame still costs its link, and no other", ring("A", "B"),
         do("send", "A", bare=["c1"]), closed("A", "BODY"), has("B", None),
         quiet("B"))


def keys():
    case(81, "CRD-13 CRD-12 MSH-9", "a notify is relayed, told and listed; a newcomer gets the list after meta",
         meets("A", "B"),
         send("A", broadcast("A", NOTIFY, name("key")), as_="m"), same("B", "m"), event("add", key={"$like": "key"}),
         do("keys", is_=["key"]), meets("C"),
         receive("C", whisper("T", NOTIFY, name("key"))), quiet("A", "B", "C"))
    case(82, "CRD-13", "a whispered one too, and what is known is not told again", meets("A"),
         send("A", whisper("A", NOTIFY, "key")),
         event("add", key={"$like": "key"}), send("A", whisper("A", NOTIFY, name("key"))), quiet("A"),
         do("keys", is_=["key"]))
    case(83, "CRD-13", "a second item takes the key away, whatever it is", meets("A"),
         [[notify("A", name(key)), event("add", key={"$like": key}), notify("A", name(key), second),
           event("delete", key={"$like": key})]
          for key, second in (("a", "del"), ("b", {"$bin": "64656c"}), ("c", None), ("d", 5))], do("keys", is_=[]),
         quiet("A"))
    case(84, "CRD-13", "other forms are ignored", meets("A"), [notify("A", *items) for items in ((), (5,), (None,),
            ([],), (name("k"), "del", 1))],
         quiet("A"), do("keys", is_=[]))
    case(85, "CRD-12", "above max-keys, and above max-key bytes, nothing is listed", meets("A"),
         notify("A", name("a")), event("add"), notify("A", {"$reps": ["k", 4097]}),
         notify("A", name("b")), event("add"), notify("A", name("c")), quiet("A"), do("keys", is_=["a", "b"]),
         node={"limits": {"max-keys": 2}})


def passing():
    case(91, "CRD-14 CRD-1 CRD-6", "a leech passes a store and a delta on to the owner, and keeps nothing",
         member("A"), meets("B"), stores("B", "v"), got("A", "v"),
         send("B", whisper("B", DELTA, "sha224", {"$place": ["sha224", "key"]}, {"a": 1})),
         receive("A", whisper("T", DELTA, *at("sha224"), {"a": 1})),
         quiet("A", "B"))
    odd = ["sha1", {"$place": ["sha1", "key"]}]
    case(92, "CRD-15 CRD-14", "a question goes to the owner; nothing is said before its answer, and that is in the types of the question", member("A"), meets("B"),
         send("B", whisper("B", RETRIEVE, *odd)), asked("A"), quiet("A", "B"), says("A", "sha1", "v"),
         receive("B", whisper("T", RETRIEVED, *odd, "v")),
         quiet("A", "B"))
    case(93, "CRD-15", "a nil, and the value after it, are both passed on", member("A"), meets("B"),
         send("B", whisper("B", RETRIEVE, *at("sha1"))), asked("A"),
         says("A", "sha1", None), receive("B", whisper("T", RETRIEVED, *at("sha1"), None)), says("A", "sha1", "v"),
         receive("B", whisper("T", RETRIEVED, *at("sha1"), "v")), says("A", "sha1", "w"), quiet("A", "B"))
    case(94, "CRD-14", "what the owner sends does not go back to it", ring("A"), joins("A"), stores("A", "v"),
         send("A", whisper("A", DELTA, *at("sha224"), {"a": 1})),
         quiet("A"), peers=OWNER)
    case(95, "CRD-14", "a node that has left sends it back to who is the owner now", ring("A"), table("leave", {}),
         receive("A", whisper("T", META, "1")), joins("A"),
         stores("A", "v"), got("A", "v"), quiet("A"), peers=BEHIND)


def asking():
    case(101, "CRD-18", "endless retrieves of one peer are bounded by max-link-questions", member("A"), meets("B"),
         [send("B", whisper("B", RETRIEVE, *at("sha1", f"k{n}"))) for n in range(40)],
         [asked("A", "sha1", f"k{n}") for n in range(3)], quiet("A", "B"),
         says("A", "sha1", "v", "k0"), receive("B", whisper("T", RETRIEVED, *at("sha1", "k0"), "v")),
         send("B", whisper("B", RETRIEVE, *at("sha1", "z"))),
         asked("A", "sha1", "z"), quiet("A", "B"), node={"limits": {"max-link-questions": 3},
                 "timers": {"question-deadline": 60}})
    case(102, "CRD-18", "another peer has its own share", member("A"), meets("B", "C"),
         [send("B", whisper("B", RETRIEVE, *at("sha1", f"k{n}"))) for n in range(5)],
         asked("A", "sha1", "k0"), quiet("A", "B", "C"), send("C", whisper("C", RETRIEVE, *at("sha1", "c"))),
         asked("A", "sha1", "c"), quiet("A", "B", "C"),
         node={"limits": {"max-link-questions": 1}, "timers": {"question-deadline": 60}})
    case(103, "CRD-18", "all questions for peers together are bounded by half of max-questions", member("A"), meets("B"),
         [send("B", whisper("B", RETRIEVE, *at("sha1", f"k{n}"))) for n in range(20)],
         [asked("A", "sha1", f"k{n}") for n in range(4)], quiet("A", "B"),
         node={"limits": {"max-questions": 8}, "timers": {"question-deadline": 60}})
    case(104, "CRD-18", "one position is asked once at a time, and all askers are answered", member("A"),
         meets("B", "C"),
         send("B", whisper("B", RETRIEVE, *at("sha1"))), asked("A"), send("C", whisper("C", RETRIEVE, *at("sha1"))),
         quiet("A", "B", "C"), says("A", "sha1", "v"),
         [receive(x, whisper("T", RETRIEVED, *at("sha1"), "v")) for x in "BC"], quiet("A", "B", "C"))
    case(105, "CRD-17", "an owner that lacks it asks the next one behind, keeps what it is told, and has it when that one is gone", ring("A", "B"), owns("A"), quiet("A", "B"),
         send("B", whisper("B", RETRIEVE, *at("sha1"))), asked("A"), says("A", "sha1", "v"),
         receive("B", whisper("T", RETRIEVED, *at("sha1"), "v")), got("A", "v"),
         do("drop", "A"), event("disconnect", peer=ident("A")), has("B", "v"), quiet("B"), peers=BEHIND)
    case(106, "CRD-17", "what was deleted at it is not asked for", ring("A", "B"), owns("A"), quiet("A", "B"),
         stores("B", None), got("A", None), has("B", None), quiet("A", "B"), peers=BEHIND)
    over = {"A": 4, "B": 3, "C": 2, "D": 1}
    case(165, "CRD-35", "a peer asks that is far from the position: the owner is asked, and its answer passed on",
         ring(*"ABCD"), joins(*"ABCD"), send("D", whisper("D", RETRIEVE, *at("sha1"))), asked("A"), quiet(*"ABCD"),
         says("A", "sha1", "v"), receive("D", whisper("T", RETRIEVED, *at("sha1"), "v")), quiet(*"ABCD"), peers=over)
    case(166, "CRD-35", "the owner asks past its neighbour: that one is asked, and its nil passed on",
         ring(*"ABCD"), joins(*"ABCD"), send("A", whisper("A", RETRIEVE, *at("sha1"))), asked("B"), quiet(*"ABCD"),
         says("B", "sha1", None), receive("A", whisper("T", RETRIEVED, *at("sha1"), None)), quiet(*"ABCD"), peers=over)
    case(167, "CRD-18", "whoever was told nil no longer waits", member("A"), meets("B"),
         [[send("B", whisper("B", RETRIEVE, *at("sha1", f"k{n}"))), asked("A", "sha1", f"k{n}"),
           says("A", "sha1", None, f"k{n}"), receive("B", whisper("T", RETRIEVED, *at("sha1", f"k{n}"), None))]
          for n in range(6)], quiet("A", "B"), node={"limits": {"max-questions": 8}, "timers": {"question-deadline": 60}})
    case(107, "CRD-17", "the next one behind asks: the answer is nil", ring("A"), joins("A"), has("A", None),
         quiet("A"), peers=BEHIND)


def copies():
    three = {"A": -1, "B": -2, "C": -3}
    case(111, "CRD-26", "an owner sends copies to the next two behind, and to no other", ring("A", "B", "C", "D"),
         [owns(x) for x in "ABC"], quiet(*"ABCD"), stores("D", "v"),
         got("A", "v"), got("B", "v"), quiet(*"ABCD"), stores("D", None), got("A", None), got("B", None),
         quiet(*"ABCD"), peers=three)
    case(112, "CRD-26", "one of the two is lost: the next one gets a copy", ring("A", "B", "C", "D"),
         [owns(x) for x in "ABC"], quiet(*"ABCD"), stores("D", "v"), got("A", "v"),
         got("B", "v"), do("drop", "A"), event("disconnect", peer=ident("A")), got("C", "v"), quiet(*"BCD"),
         peers=three)
    case(113, "CRD-26", "its owner dies, and the copy is there", ring("A", "B"), owns("A"), quiet("A", "B"),
         stores("A", "v"), quiet("A", "B"), do("drop", "A"),
         event("disconnect", peer=ident("A")), has("B", "v"), quiet("B"), peers=OWNER)
    case(114, "CRD-26", "a deletion from the owner deletes the copy", ring("A", "B"), owns("A"), quiet("A", "B"),
         stores("A", "v"), stores("A", None), quiet("A", "B"), do("drop", "A"),
         event("disconnect", peer=ident("A")), has("B", None), quiet("B"), peers=OWNER)
    case(115, "CRD-30", "copies are sent again in each round of upkeep", ring("A", "D"), owns("A"), quiet("A", "D"),
         stores("D", "v"), got("A", "v"), got("A", "v"), got("A", "v"),
         peers=BEHIND, node={"timers": {"upkeep-every": 0.4}})


def handing_over():
    case(121, "CRD-27 CRD-28", "a new owner is asked, gets what it lacks, and is asked again; then questions go to it", ring("A", "B"), stores("B", "v"), quiet("A", "B"), owns("A"),
         asked("A"), says("A", "sha1", None), got("A", "v"), asked("A"), says("A", "sha1", "v"), quiet("A", "B"),
         send("B", whisper("B", RETRIEVE, *at("sha1"))),
         asked("A"), quiet("A", "B"), peers=OWNER)
    case(122, "CRD-27", "until it has confirmed the node answers itself", ring("A", "B"), stores("B", "v"),
         quiet("A", "B"), owns("A"), asked("A"), has("B", "v"), says("A", "sha1", None),
         got("A", "v"), asked("A"), has("B", "v"), quiet("A", "B"), peers=OWNER)
    case(123, "CRD-27", "the new owner has another value: that one counts", ring("A", "B"), stores("B", "v"),
         quiet("A", "B"), owns("A"), asked("A"), says("A", "sha1", "w"), quiet("A", "B"),
         do("drop", "A"), event("disconnect", peer=ident("A")), has("B", "w"), quiet("B"), peers=OWNER)
    case(124, "CRD-29 CRD-27", "it leaves: what it holds is asked for, given, and seen", ring("A", "B"),
         stores("B", "v"), quiet("A", "B"), owns("A"), got("A", "v"),
         table("leave", {}, as_="l"), [receive(x, whisper("T", META, "1")) for x in "AB"], asked("A"),
         says("A", "sha1", None), got("A", "v"), asked("A"), has("B", "v"),
         says("A", "sha1", "v"), event("done", call={"$get": "l"}), quiet("A", "B"), peers=BEHIND)
    case(125, "CRD-29", "nobody takes it: leave-deadline", ring("A", "B"), stores("B", "v"), quiet("A", "B"),
         owns("A"), got("A", "v"), table("leave", {}, as_="l"),
         [receive(x, whisper("T", META, "1")) for x in "AB"], asked("A"), event("done", call={"$get": "l"}),
         quiet("A", "B"), peers=BEHIND,
         node={"timers": {"leave-deadline": 0.4}})
    case(126, "CRD-29", "it comes back", ring("A"), table("leave", {}), receive("A", whisper("T", META, "1")),
         table("join", {}), receive("A", whisper("T", META, "0")),
         stores("A", "v"), has("A", "v"), quiet("A"))


def elders():
    forms_ = {"py2p": {"own": {"$idbin": "A"}}, "js2p": {"protocol": {"$protocoltext": 0}}}

    def hail(who, state="1"):
        return [do("dial", "A"), send("A", handshake("A", **forms_[who])),
                receive("A", whisper("T", 7, {"$any": "array"})),
                receive("A", whisper("T", META, state))]

    for base, number, who in ((130, 168, "py2p"), (135, 171, "js2p")):
        case(base + 1, "CRD-11 SYN-19", f"{who} gets a deletion only of what it says it holds", hail(who), joins("A"),
             table("delete", {"key": "key"}), asks("A"),
             says("A", "sha1", "v"), got("A", None), says("A", "sha224", None), quiet("A"))
        case(number, "CRD-11 CRD-15", f"{who} says nil, and a value behind it: that is deleted", hail(who), joins("A"),
             table("delete", {"key": "key"}), asks("A"), says("A", "sha1", None), quiet("A"), says("A", "sha1", "v"),
             got("A", None), says("A", "sha1", "v"), quiet("A"))
        case(number + 1, "CRD-11 CRD-8", f"what was written for {who} after a deletion stands", hail(who), joins("A"),
             table("delete", {"key": "key"}), asks("A"), put("w"), asks("A", flag=STORE, value=["w"]), announced("A"),
             says("A", "sha1", "v"), quiet("A"))
        case(number + 2, "CRD-35", f"{who} stands behind the asker: nobody is asked", ring("B"), hail(who, "0"), joins("A", "B"),
             has("B", None), quiet("A", "B"), peers={"A": 1, "B": 2})
        case(base + 2, "CRD-17", f"{who} is not asked for what an owner lacks", ring("B"), hail(who, "0"), owns("A"),
             quiet("A", "B"), has("B", None), quiet("A", "B"), peers=BEHIND)
        case(base + 3, "CRD-26", f"{who} gets no copies", ring("B"), hail(who, "0"), owns("A"), quiet("A", "B"),
             stores("B", "v"), stores("B", None), quiet("A", "B"), peers=BEHIND)
    seen = [[{"$like": "127.0.0.1"}, {"$port": "B"}], ident("B")]
    told = (("js2p", [], [], "js2p is named nobody, not when it asks either"),
            ("js2p", [34], [seen], "who lists a codec of this specification is not taken for js2p: it is told of all"),
            ("py2p", [], [seen], "py2p is told of all"))
    for number, (who, codecs, nodes, comment) in enumerate(told, 151):
        case(number, "MSH-32 SYN-19", comment, do("listen", "B"), meets("B"), do("dial", "A"),
             send("A", handshake("A", codecs=codecs, **forms_[who])), receive("A", whisper("T", 7, nodes)),
             receive("A", whisper("T", META, "1")), send("A", whisper("A", 8, {"$bin": "2a"})),
             receive("A", whisper("T", 7, nodes)), quiet("A", "B"))


def upkeep():
    case(141, "CRD-19", "joined peers are asked for their peers again and again", member("A"),
         [receive("A", whisper("T", 8, {"$like": "*"})) for _ in range(3)],
         node={"timers": {"upkeep-every": 0.4}})
    case(142, "CRD-20 MSH-5", "a node of the ring is dialled beyond max-outgoing",
         [[dialled(x), receive(x, whisper("T", META, "1"))] for x in "BCDE"], do("listen", "F"),
         meets("A"), send("A", whisper("A", 7, [[["127.0.0.1", {"$port": "F"}], ident("F")]])), do("accept", "F"),
         meets("F"), quiet(*"ABCDEF"))
