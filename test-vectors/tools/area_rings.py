"""What a node makes of a Chord Table (CRD): the table of a read, and scenes of messages, calls and time.

The nodes of a scene stand at small numbers, and positions in messages are small numbers, too, so that owners can be seen:
the node at 10 owns 10 to 19 when the next one stands at 20. The positions of keys are numbers of 380 bits or more, and
belong to the node that stands last.
"""

import hashlib
import json

import wire
from suite import Area
from wire import RING

reads = Area("chord-read", "How a read of a Chord Table ends: five answers and what they come to.")
play = Area("chord-play", "Chord Tables: what a node does with messages, calls and time.")
HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")
SHIFTS = (224, 160, 128, 0, 0)
META, NOTIFY, STORE, RETRIEVE, RETRIEVED, DELTA = 5, 6, 11, 12, 13, 17
NIL = None
LATER = 60000


def build():
    majority()
    order_of_answers()
    meta()
    states()
    forms()
    stores()
    deltas()
    costs()
    limits()
    elders()
    key_list()
    routing()
    answers()
    owners()
    doubts()
    questions()
    own_calls()
    own_deltas()
    copies()
    handover()
    leaving()


# The table of a read.


def majority():
    """Each way in which five positions can say values, nil, or nothing; the first to answer stands first."""
    number = 0
    for missing in range(6):
        for nils in range(6 - missing):
            for parts in partitions(5 - missing - nils):
                said = [chr(ord("a") + at) for at, times in enumerate(parts) for _ in range(times)] + [NIL] * nils
                for then in (None,) if missing == 0 else (None, "time", "gone"):
                    number += 1
                    read(f"CRD-READ-{number:03}", list(zip(HASHES, said)), then, *told(said, missing, then))


def partitions(total, most=None):
    if total == 0:
        yield ()
    for first in range(min(total, most or total), 0, -1):
        for rest in partitions(total - first, first):
            yield (first, *rest)


def told(said, missing, then):
    """The clauses, and how the read ends."""
    nils = [HASHES[at] for at, value in enumerate(said) if value is NIL]
    found = next((value for value in said if value is not NIL and said.count(value) >= 3), None)
    if found is not None:
        clauses, ok = "CRD-22 CRD-25" if nils else "CRD-22", {"end": "found", "value": found, "stores": nils}
    elif missing and then is None:
        clauses, ok = "CRD-23 CRD-22", {"end": "open", "stores": []}
    elif len(nils) >= 3:
        clauses, ok = "CRD-23", {"end": "absent", "stores": []}
    elif missing:
        clauses, ok = "CRD-23", {"end": "late", "answers": len(said), "stores": []}
    else:
        clauses, ok = "CRD-23", {"end": "split", "stores": []}
    words = ", ".join("nil" if value is NIL else value for value in said) or "nothing"
    until = {None: "", "time": ", then read-deadline", "gone": ", then the link ends"}[then]
    return clauses, ok, f"{words}{until}: {ok['end']}"


def read(ident, given, then, req, ok, comment):
    answers = [{"of": name, "value": value} for name, value in given]
    reads.add(ident, req, "chord.read", {"answers": answers, **({"then": then} if then else {})}, {"ok": ok}, comment)


def order_of_answers():
    five = [*HASHES]

    def seen(number, req, said, end, comment, stores=(), then=None, **more):
        given = [(five[at], value) for at, value in said]
        read(f"CRD-READ-{number}", given, then, req, {"end": end, **more, "stores": list(stores)}, comment)

    seen(201, "CRD-21", [(0, NIL), (0, "a"), (1, "a"), (2, "a")], "found",
         "a value after a nil of its position counts", value="a")
    seen(202, "CRD-21", [(0, "a"), (0, NIL), (1, "a"), (2, "a")], "found", "a nil after a value does not", value="a")
    seen(203, "CRD-21 CRD-22", [(0, "b"), (0, "a"), (1, "a"), (2, "a"), (3, NIL), (4, NIL)], "split",
         "nor does another value after a value")
    seen(204, "CRD-25", [(0, "a"), (1, "a"), (2, "a"), (3, NIL)], "found",
         "a nil that comes after the end is repaired", ["sha384"],
         value="a")
    seen(205, "CRD-25", [(0, "a"), (1, "a"), (2, "a"), (3, "b")], "found",
         "another value that comes after the end is not", value="a")
    seen(206, "CRD-23 CRD-21", [(0, NIL), (1, NIL), (2, NIL), (0, "a"), (1, "a"), (2, "a")], "found",
         "three nils do not end a read while answers are missing, since values may override them", value="a")
    seen(207, "CRD-22", [(4, "a"), (2, "a"), (0, "a")], "found", "any three positions", value="a")
    seen(208, "CRD-22 MSG-9", [(0, "a"), (1, "a"), (2, {"$bin": "61"}), (3, NIL), (4, NIL)], "split",
         "text and binary are two values")
    seen(209, "CRD-22", [(0, 1), (1, 1), (2, {"$f64": "3ff0000000000000"}), (3, NIL), (4, NIL)], "split",
         "an integer and a float are two values")
    seen(210, "CRD-22", [(0, {"a": 1, "b": 2}), (1, {"b": 2, "a": 1}), (2, {"a": 1, "b": 2})], "found",
         "maps are equal in any order of their entries", value={"a": 1, "b": 2})
    for number, value in enumerate((0, False, "", {"$bin": ""}, [], {}, {"$f64": "0000000000000000"}), 211):
        seen(number, "CRD-22", [(0, value), (1, value), (2, value)], "found",
             f"{json.dumps(value)} is a value, and not nothing",
             value=value)
    seen(218, "CRD-23", [(0, NIL), (1, NIL), (2, "a"), (3, "a"), (4, "b")], "split",
         "the most frequent value is no majority")
    seen(219, "CRD-16", [(0, "a"), (0, "a"), (0, "a")], "open", "one position has one voice, however often it speaks")


# Scenes.


def node(number):
    return wire.base58(number)


def peer(number, joined=True, **more):
    return {"id": node(number), **({} if joined is None else {"joined": joined}),
            **{field.rstrip("_"): value for field, value in more.items()}}


def name(text):
    return {"$bin": text.encode().hex()}


def at_place(number, table="sha1"):
    """The two items that name a position, as a node sends them (CRD-6)."""
    return [name(table), wire.base58(number)]


def message(sender, *payload, kind=2, at=0):
    return {"at": at, "do": "message", "peer": sender, "type": kind, "payload": list(payload)}


def do(verb, at=0, **more):
    return {"at": at, "do": verb, **more}


def sent(to, *payload):
    return {"to": to, "payload": list(payload)}


def news(event, key):
    return {"told": event, "key": name(key)}


def ended(call, **how):
    return {"call": call, **how}


def rank(each):
    payload = each.get("payload", [None])
    table = -1
    if len(payload) > 1:
        text = payload[1] if isinstance(payload[1], str) else ""
        if isinstance(payload[1], dict) and "$bin" in payload[1]:
            text = bytes.fromhex(payload[1]["$bin"]).decode("latin-1")
        table = HASHES.index(text) if text in HASHES else -1
    to = each.get("to")
    return (0 if "payload" in each else 1 if "told" in each else 2, -1 if to is None else to, payload[0] or 0, table,
            json.dumps(each, separators=(",", ":")))


def scene(ident, req, comment, *steps, own=10, joined=True, peers=(), limits=None, until=None, timers=None):
    """`steps` are pairs: what happens, and a list of what the node does then."""
    given = {"own": node(own), "joined": joined, "peers": list(peers), "steps": [step for step, _ in steps],
             "until": steps[-1][0]["at"] + 500 if until is None else until}
    if limits:
        given["limits"] = limits
    if timers:
        given["timers"] = timers
    did = [sorted(done, key=rank) for _, done in steps]
    play.add(f"CRD-{ident}", req, "chord.play", given, {"ok": {"did": did}}, comment)


def places(key):
    numbers = (int.from_bytes(hashlib.new(table, key.encode()).digest(), "big") << shift for table,
               shift in zip(HASHES, SHIFTS))
    return list(zip(HASHES, numbers))


def asked(to, key="key", flag=RETRIEVE, tables=HASHES, value=()):
    return [sent(to, flag, *at_place(number, table), *value) for table, number in places(key) if table in tables]


def says(sender, table, value, key="key", at=0):
    return message(sender, RETRIEVED, *at_place(dict(places(key))[table], table), value, at=at)


def meta():
    fresh = [peer(20, None, later=True)]
    for number, (joined, word) in enumerate(((True, "0"), (False, "1")), 1):
        scene(f"META-{number:03}", "CRD-3", f"a link opens: {'joined' if joined else 'leeching'}",
              (do("meet", peer=0), [sent(0, META, word)]), joined=joined, peers=fresh)
    # Whether the peer counts as joined shows in who is asked for a position of its.
    forms_of_meta = [("0", True, "text"), ({"$bin": "30"}, True, "binary"), ("1", False, "1 as text"),
                     ({"$bin": "31"}, False, "1 as binary"), (0, False, "a number"), (False, False, "a boolean"),
                     (NIL, False, "nil"), ("2", False, "another digit"), ("", False, "empty text"),
                     ("00", False, "two digits"),
                     (["0"], False, "an array"), ({"$bin": ""}, False, "empty binary"),
                     (" 0", False, "a space before it")]
    for number, (item, counts, words) in enumerate(forms_of_meta, 11):
        question = [STORE, *at_place(25), "v"]
        passed = [sent(0, *question)] if counts else []
        scene(f"META-{number:03}", "CRD-4 CRD-2", f"meta of {words}: {'joined' if counts else 'changes nothing'}; it is not answered",
              (message(0, META, item), []), (message(1, *question, at=1), passed),
              peers=[peer(20, None), peer(30, None)])
    scene("META-031", "CRD-4", "what says nothing new changes nothing", (message(0, META, "0"), []),
          (message(0, META, "0", at=1), []),
          (message(0, META, "1", at=2), []), (message(0, META, {"$bin": "31"}, at=3), []), peers=[peer(20, True)])
    scene("META-032", "CRD-2", "a peer that has said nothing is leeching: its position is this node's",
          (message(1, STORE, *at_place(25), "v"), []), (message(1, RETRIEVE, *at_place(25), at=1),
                  [sent(1, RETRIEVED, *at_place(25), "v")]),
          peers=[peer(20, None), peer(30, None)])
    scene("META-033", "CRD-4 CRD-7", "meta that is a broadcast is none", (message(0, META, "0", kind=0), []),
          (message(1, STORE, *at_place(25), "v", at=1), []), peers=[peer(20, None), peer(30, None)])


def states():
    both = [peer(20), peer(30, False)]
    scene("STATE-001", "CRD-5 CRD-3", "it joins: all peers are told", (do("join"),
            [sent(0, META, "0"), sent(1, META, "0"), ended(0, end="done")]),
          joined=False, peers=both)
    scene("STATE-002", "CRD-1 CRD-14", "a leech holds nothing for others: what would be its own goes to the owner",
          (message(1, STORE, *at_place(15), "v"), [sent(0, STORE, *at_place(15), "v")]), joined=False, peers=both)
    scene("STATE-003", "CRD-1 CRD-14", "a leech answers nothing for itself",
          (message(1, RETRIEVE, *at_place(15)), [sent(0, RETRIEVE, *at_place(15))]), joined=False, peers=both)
    scene("STATE-004", "CRD-1", "a leech among leeches knows of nobody who holds anything",
          (message(0, STORE, *at_place(15), "v"), []), (message(0, RETRIEVE, *at_place(15), at=1), []), joined=False,
          peers=[peer(20, False)])
    scene("STATE-005", "CRD-5", "what has joined owns at once",
          (do("join"), [sent(0, META, "0"), sent(1, META, "0"), ended(0, end="done")]),
          (message(1, STORE, *at_place(15), "v", at=1), [sent(0, STORE, *at_place(15), "v")]),
          (message(1, RETRIEVE, *at_place(15), at=2), [sent(1, RETRIEVED, *at_place(15), "v")]), joined=False,
          peers=both)
    scene("STATE-006", "CRD-2", "a peer that leeches again owns nothing any more", (message(0, META, "1"), []),
          (message(1, STORE, *at_place(25), "v", at=1), []), (message(1, RETRIEVE, *at_place(25), at=2),
                  [sent(1, RETRIEVED, *at_place(25), "v")]),
          peers=both)
    scene("STATE-007", "CRD-2", "a peer whose link is gone owns nothing any more", (do("lose", peer=0), []),
          (message(1, STORE, *at_place(25), "v", at=1), []), (message(1, RETRIEVE, *at_place(25), at=2),
                  [sent(1, RETRIEVED, *at_place(25), "v")]),
          peers=both)


LONE = [peer(20, False)]


def holds(number, value, at, sender=0, table="sha1"):
    """The node is asked for what is its own."""
    return message(sender, RETRIEVE, *at_place(number, table), at=at), [sent(sender, RETRIEVED,
            *at_place(number, table), value)]


def forms():
    good = at_place(15)
    bad = [
        ("an unknown hash name", [name("md5"), good[1]]), ("a hash name in capitals", [name("SHA1"), good[1]]),
        ("an empty hash name", ["", good[1]]), ("a hash name with a space", ["sha1 ", good[1]]),
           ("a number as hash name", [1, good[1]]),
        ("nil as hash name", [NIL, good[1]]), ("a key that is no base58", [name("sha1"), "0OIl"]),
        ("an empty key", [name("sha1"), ""]), ("a key of 129 digits", [name("sha1"), "1" * 129]),
        ("a number as key", [name("sha1"), 15]), ("nil as key", [name("sha1"), NIL]),
           ("an array as key", [name("sha1"), []]),
    ]
    for number, (words, pair) in enumerate(bad, 1):
        scene(f"FORM-{number:03}", "CRD-7", f"{words}: ignored", (message(0, STORE, *pair, "v"), []),
              (message(0, RETRIEVE, *pair, at=1), []),
              (message(0, DELTA, *pair, {"a": 1}, at=2), []), (message(0, RETRIEVED, *pair, "v", at=3), []),
              holds(15, NIL, 4), peers=LONE)
    counts = [("a store without a value", [STORE, *good]), ("a store with an item too many", [STORE, *good, "v", 1]),
              ("a store like that of a Sync Table", [STORE, {"$bin": "6b"}, "v"]),
              ("a join store", [STORE, {"$bin": "6b"}, "v", node(20), 5]), ("a delta without a map", [DELTA, *good]),
              ("a delta with an item too many", [DELTA, *good, {"a": 1}, 1]),
              ("a delta that is a number", [DELTA, *good, 1]),
              ("a delta that is nil", [DELTA, *good, NIL]), ("a delta that is an array", [DELTA, *good, []]),
              ("an array as key of a delta", [DELTA, *good, {"$map": [[[], 1]]}]),
              ("a map as key of a delta", [DELTA, *good, {"$map": [[{}, 1]]}]),
              ("retrieve with an item too many", [RETRIEVE, *good, 1]),
              ("retrieve without a key", [RETRIEVE, good[0]]), ("retrieved without a value", [RETRIEVED, *good])]
    for number, (words, payload) in enumerate(counts, 21):
        scene(f"FORM-{number:03}", "CRD-7", f"{words}: ignored", (message(0, *payload), []), holds(15, NIL, 1),
              peers=LONE)
    for number, payload in enumerate(([STORE, *good, "v"], [DELTA, *good, {"a": 1}], [RETRIEVE, *good]), 41):
        scene(f"FORM-{number:03}", "CRD-7", "as broadcast: ignored", (message(0, *payload, kind=0), []),
              holds(15, NIL, 1), peers=LONE)
    pairs = [[name("sha1"), good[1]], ["sha1", good[1]], ["sha1", name(good[1])], [name("sha1"), name(good[1])]]
    for number, pair in enumerate(pairs, 51):
        kinds = [("text" if isinstance(item, str) else "binary") for item in pair]
        scene(f"FORM-{number:03}", "CRD-15 CRD-7 MSG-8",
              f"hash name as {kinds[0]} and key as {kinds[1]} are read, and come back so",
              (message(0, STORE, *pair, "v"), []), (message(0, RETRIEVE, *pair, at=1),
                      [sent(0, RETRIEVED, *pair, "v")]), holds(15, "v", 2),
              peers=LONE)
    for number, table in enumerate(HASHES, 61):
        others = [holds(15, NIL, 2 + at, table=other) for at, other in enumerate(HASHES) if other != table]
        scene(f"FORM-{number:03}", "CHO-2 CRD-7", f"{table} is a table of its own",
              (message(0, STORE, *at_place(15, table), "v"), []), *others,
              holds(15, "v", 9, table=table), peers=LONE)
    high = RING + 15
    scene("FORM-071", "CHO-3 CRD-7", "a position above the ring: its owner by the remainder, and itself in full",
          (message(0, STORE, *at_place(high, "sha512"), "v"), []), holds(high, "v", 1, table="sha512"),
          holds(15, NIL, 2, table="sha512"), peers=LONE)


def stores():
    scene("STORE-001", "CRD-8", "the last value that comes stands", (message(0, STORE, *at_place(15), "a"), []),
          holds(15, "a", 1),
          (message(0, STORE, *at_place(15), "b", at=2), []), holds(15, "b", 3), peers=LONE)
    scene("STORE-002", "CRD-8", "nil deletes", (message(0, STORE, *at_place(15), "a"), []),
          (message(0, STORE, *at_place(15), NIL, at=1), []),
          holds(15, NIL, 2), peers=LONE)
    scene("STORE-003", "CRD-8", "a deletion of what is not there changes nothing",
          (message(0, STORE, *at_place(15), NIL), []), holds(15, NIL, 1),
          (message(0, STORE, *at_place(15), "a", at=2), []), holds(15, "a", 3), peers=LONE)
    values = (0, False, "", {"$bin": ""}, [], {}, {"$f64": "0000000000000000"}, {"$f64": "7ff8000000000000"},
              {"$int": "18446744073709551615"}, {"a": [1, NIL, {"b": {"$bin": "00"}}]}, {"$ext": [5, "00ff"]})
    for number, value in enumerate(values, 11):
        scene(f"STORE-{number:03}", "CRD-8 CRD-15", f"the value {json.dumps(value)} is held as it came",
              (message(0, STORE, *at_place(15), value), []), holds(15, value, 1), peers=LONE)


def deltas():
    def merged(number, before, delta, after, comment):
        first = [(message(0, STORE, *at_place(15), before), [])] if before is not NIL else []
        scene(f"DELTA-{number:03}", "CRD-9 SYN-11", comment, *first, (message(0, DELTA, *at_place(15), delta, at=1),
                []), holds(15, after, 2),
              peers=LONE)

    merged(1, NIL, {"a": 1}, {"a": 1}, "on nothing: an empty map is begun with")
    merged(2, {"a": 1}, {"b": 2}, {"a": 1, "b": 2}, "a further entry")
    merged(3, {"a": 1, "b": 2}, {"a": 3}, {"a": 3, "b": 2}, "an entry is replaced")
    merged(4, {"a": {"x": 1}}, {"a": {"y": 2}}, {"a": {"y": 2}}, "one level deep")
    merged(5, {"a": 1}, {"a": NIL}, {"a": NIL}, "nil is a value like any other")
    merged(6, {"a": 1}, {}, {"a": 1}, "an empty delta")
    merged(7, {"a": 1}, {"$map": [[{"$bin": "61"}, 2]]}, {"$map": [["a", 1], [{"$bin": "61"}, 2]]},
           "text and binary are two keys")
    for number, value in enumerate((0, False, "", "text", [], {"$bin": "00"}), 11):
        merged(number, value, {"a": 1}, value, f"on {json.dumps(value)}, which is no map: nothing")
    scene("DELTA-021", "CRD-14 CRD-9", "a delta for another's position is passed on",
          (message(1, DELTA, *at_place(25), {"a": 1}),
                                                                                    [sent(0, DELTA, *at_place(25),
                                                                                            {"a": 1})]),
          peers=[peer(20), peer(30, False)])


def costs():
    """What a position costs shows by the smallest max-table-bytes with which it is held."""
    table = [(5, 256 + 1), ("x", 256 + 2), ({"$bin": "00"}, 256 + 3), ({"$reps": ["x", 100]}, 256 + 102),
             ([], 256 + 1), ({}, 256 + 1),
             ([1, 2, 3], 256 + 4 + 3 * 32), ({"a": 1}, 256 + 4 + 2 * 32), ([[1], [2]], 256 + 5 + 4 * 32),
             ({"a": {"b": NIL}}, 256 + 7 + 4 * 32), (False, 256 + 1), ({"$f64": "3ff8000000000000"}, 256 + 9),
             ({"$int": "18446744073709551615"}, 256 + 9), ([{"$reps": ["x", 40]}], 256 + 1 + 42 + 32)]
    for number, (value, cost) in enumerate(table, 1):
        for limit, there in ((cost, value), (cost - 1, NIL)):
            shown = "x" * value["$reps"][1] if isinstance(value, dict) and "$reps" in value else value
            shown = [shown[0] and "x" * 40] if isinstance(value, list) and value and isinstance(value[0],
                    dict) else shown
            answer = NIL if there is NIL else shown
            scene(f"COST-{2 * number + (there is NIL):03}", "CRD-10",
                  f"{json.dumps(value)} costs {cost}: {'held' if there is not NIL else 'ignored'} with max-table-bytes {limit}",
                  (message(0, STORE, *at_place(15), value), []), holds(15, answer, 1), peers=LONE,
                  limits={"max-table-bytes": limit})
    scene("COST-101", "CRD-10", "a value that is replaced costs nothing any more",
          (message(0, STORE, *at_place(15), "aaaa"), []),
          (message(0, STORE, *at_place(15), "bbbb", at=1), []), holds(15, "bbbb", 2), peers=LONE,
          limits={"max-table-bytes": 261})
    scene("COST-102", "CRD-10", "a larger value for which there is no room: the one before stays",
          (message(0, STORE, *at_place(15), "aaaa"), []), (message(0, STORE, *at_place(15), "bbbbb", at=1), []),
          holds(15, "aaaa", 2), peers=LONE,
          limits={"max-table-bytes": 261})
    scene("COST-103", "CRD-10", "a delta whose outcome has no room changes nothing",
          (message(0, STORE, *at_place(15), {"a": 1}), []), (message(0, DELTA, *at_place(15), {"b": 2}, at=1), []),
          holds(15, {"a": 1}, 2),
          peers=LONE, limits={"max-table-bytes": 324})
    scene("COST-104", "CRD-10", "a deletion makes room", (message(0, STORE, *at_place(15), "aaaa"), []),
          (message(0, STORE, *at_place(16), "bbbb", at=1), []), holds(16, NIL, 2),
          (message(0, STORE, *at_place(15), NIL, at=3), []),
          (message(0, STORE, *at_place(16), "bbbb", at=4), []), holds(16, "bbbb", 5), peers=LONE,
          limits={"max-table-bytes": 261})


def limits():
    scene("LIMIT-001", "CRD-10", "a position above max-entries is ignored; those that are there can be changed",
          (message(0, STORE, *at_place(11), "a"), []), (message(0, STORE, *at_place(12), "b", at=1), []),
          (message(0, STORE, *at_place(13), "c", at=2), []),
          (message(0, STORE, *at_place(11), "d", at=3), []), holds(11, "d", 4), holds(12, "b", 5), holds(13, NIL, 6),
          peers=LONE,
          limits={"max-entries": 2})
    most, more = {"$reps": ["x", 1048571]}, {"$reps": ["x", 1048572]}
    scene("LIMIT-002", "CRD-10", "a value of max-value bytes is held", (message(0, STORE, *at_place(15), most), []),
          holds(15, most, 1), peers=LONE)
    scene("LIMIT-003", "CRD-10", "a value of one byte more is ignored", (message(0, STORE, *at_place(15), more), []),
          holds(15, NIL, 1), peers=LONE)
    scene("LIMIT-004", "CRD-10 CRD-9", "a delta that leads to a value above max-value is ignored",
          (message(0, STORE, *at_place(15), {"a": 1}), []),
          (message(0, DELTA, *at_place(15), {"b": {"$reps": ["x", 1048570]}}, at=1), []), holds(15, {"a": 1}, 2),
          peers=LONE)
    leech = {"joined": False, "peers": [peer(20)]}
    for number, (key, value, words) in enumerate((("key", more, "a value above max-value"),
            ({"$reps": ["k", 4097]}, 1, "a key above max-key")), 11):
        scene(f"LIMIT-{number:03}", "CRD-10", f"its own put of {words}: the caller is told",
              (do("put", key=key, value=value), [ended(0, err="LIMIT")]), **leech)


def elders():
    py2p, js2p = [peer(20, as_="py2p")], [peer(20, as_="js2p")]
    for number, (peers, who) in enumerate(((py2p, "py2p"), (js2p, "js2p")), 1):
        base = 10 * number
        other = peer(30, False)
        scene(f"ELDER-{base + 1:03}", "CRD-11", f"a deletion for {who} waits: it is asked first, and has a value",
              (message(1, STORE, *at_place(25), NIL), [sent(0, RETRIEVE, *at_place(25))]),
              (message(0, RETRIEVED, *at_place(25), "v", at=1), [sent(0, STORE, *at_place(25), NIL)]),
              peers=[*peers, other])
        scene(f"ELDER-{base + 2:03}", "CRD-11", f"{who} says nil: nothing is deleted there",
              (message(1, STORE, *at_place(25), NIL), [sent(0, RETRIEVE, *at_place(25))]),
              (message(0, RETRIEVED, *at_place(25), NIL, at=1), []),
              peers=[*peers, other], until=LATER)
        scene(f"ELDER-{base + 3:03}", "CRD-11", f"{who} says nothing: nothing is deleted there",
              (message(1, STORE, *at_place(25), NIL), [sent(0, RETRIEVE, *at_place(25))]), peers=[*peers, other],
              until=LATER)
        scene(f"ELDER-{base + 8:03}", "CRD-11 CRD-15", f"{who} says nil at once, and the value later: it is deleted then",
              (message(1, STORE, *at_place(25), NIL), [sent(0, RETRIEVE, *at_place(25))]),
              (message(0, RETRIEVED, *at_place(25), NIL, at=1), []),
              (message(0, RETRIEVED, *at_place(25), "v", at=2), [sent(0, STORE, *at_place(25), NIL)]),
              peers=[*peers, other])
        scene(f"ELDER-{base + 9:03}", "CRD-11 CRD-8", f"what was written for {who} meanwhile stands",
              (message(1, STORE, *at_place(25), NIL), [sent(0, RETRIEVE, *at_place(25))]),
              (message(1, STORE, *at_place(25), "w", at=1), [sent(0, STORE, *at_place(25), "w")]),
              (message(0, RETRIEVED, *at_place(25), "v", at=2), []),
              peers=[*peers, other], until=LATER)
        scene(f"ELDER-{base + 4:03}", "CRD-11", f"a value for {who} is sent at once",
              (message(1, STORE, *at_place(25), "v"), [sent(0, STORE, *at_place(25), "v")]), peers=[*peers, other])
        scene(f"ELDER-{base + 5:03}", "CRD-17", f"an owner does not ask {who} for what it lacks",
              holds(15, NIL, 0, sender=1),
              peers=[*peers, other])
        scene(f"ELDER-{base + 6:03}", "CRD-26", f"{who} gets no copies", (message(1, STORE, *at_place(15), "v"), []),
              peers=[*peers, other])
        scene(f"ELDER-{base + 7:03}", "CRD-26 CRD-11", "and no deletion of a copy",
              (message(1, STORE, *at_place(15), "v"), []),
              (message(1, STORE, *at_place(15), NIL, at=1), []), peers=[*peers, other])
    scene("ELDER-031", "CRD-11", "a deletion for a node of this specification is sent at once",
          (message(1, STORE, *at_place(25), NIL), [sent(0, STORE, *at_place(25), NIL)]),
          peers=[peer(20), peer(30, False)])


def key_list():
    two = [peer(20), peer(30, False), peer(40, False, later=True)]

    def heard(key, *rest, kind=0, at=0):
        return message(0, NOTIFY, key, *rest, kind=kind, at=at)

    scene("KEYS-001", "CRD-13", "a notify of one item adds a key", (heard(name("k")), [news("add", "k")]),
          (heard(name("k"), at=1), []), peers=two)
    scene("KEYS-002", "CRD-13", "whispered as well as broadcast", (heard(name("k"), kind=2), [news("add", "k")]),
          peers=two)
    scene("KEYS-003", "CRD-13 MSG-8", "text and binary are one key", (heard("k"), [news("add", "k")]),
          (heard(name("k"), at=1), []),
          (heard("k", "del", at=2), [news("delete", "k")]), peers=two)
    for number, second in enumerate(("del", {"$bin": "64656c"}, "", NIL, 5, [], "add"), 11):
        scene(f"KEYS-{number:03}", "CRD-13", f"the second item {json.dumps(second)}: the key is taken away",
              (heard(name("k")), [news("add", "k")]),
              (heard(name("k"), second, at=1), [news("delete", "k")]), (heard(name("k"), second, at=2), []),
              peers=two)
    scene("KEYS-021", "CRD-13", "notify of another form is ignored", (message(0, NOTIFY), []), (heard(5, at=1), []),
          (heard(NIL, at=2), []),
          (heard([], at=3), []), (heard(name("k"), "del", 1, at=4), []), peers=two)
    scene("KEYS-022", "CRD-12", "a newcomer is told of each key, after meta",
          (heard(name("b")), [news("add", "b")]), (heard(name("a"), at=1), [news("add", "a")]),
          (heard(name("c"), at=2), [news("add", "c")]),
          (heard(name("b"), "del", at=3), [news("delete", "b")]),
          (do("meet", at=4, peer=2), [sent(2, META, "0"), sent(2, NOTIFY, name("a")), sent(2, NOTIFY, name("c"))]),
          peers=two)
    scene("KEYS-023", "CRD-12", "a key of max-key bytes is listed", (heard({"$reps": ["k", 4096]}),
            [news("add", "k" * 4096)]), peers=two)
    scene("KEYS-024", "CRD-12", "one of a byte more is not", (heard({"$reps": ["k", 4097]}), []), peers=two)
    scene("KEYS-025", "CRD-12", "a key above max-keys is not listed; a deletion makes room",
          (heard("a"), [news("add", "a")]),
          (heard("b", at=1), [news("add", "b")]), (heard("c", at=2), []),
          (heard("a", "del", at=3), [news("delete", "a")]),
          (heard("c", at=4), [news("add", "c")]), peers=two, limits={"max-keys": 2})
    scene("KEYS-026", "CRD-13", "the empty key is a key", (heard(""), [news("add", "")]), peers=two)
    leech = {"joined": False, "peers": [peer(20), peer(30, False)]}
    announced = [sent(None, NOTIFY, name("key")), news("add", "key")]
    scene("KEYS-031", "CRD-12 CRD-8", "its own put of a new key is announced, a further one not",
          (do("put", key="key", value=1), [*asked(0, flag=STORE, value=[1]), *announced, ended(0, end="done")]),
          (do("put", at=1, key="key", value=2), [*asked(0, flag=STORE, value=[2]), ended(1, end="done")]), **leech)
    scene("KEYS-032", "CRD-12", "nor that of a key that others have announced",
          (heard(name("key")), [news("add", "key")]),
          (do("put", at=1, key="key", value=1), [*asked(0, flag=STORE, value=[1]), ended(1, end="done")]), **leech)
    scene("KEYS-033", "CRD-12 CRD-8", "its own deletion of a key on the list is announced",
          (heard(name("key")), [news("add", "key")]),
          (do("delete", at=1, key="key"), [*asked(0, flag=STORE, value=[NIL]),
                  sent(None, NOTIFY, name("key"), name("del")), news("delete", "key"),
                                          ended(1, end="done")]), **leech)
    scene("KEYS-034", "CRD-12 CRD-8", "its own deletion of a key that is not on the list is not",
          (do("delete", key="key"), [*asked(0, flag=STORE, value=[NIL]), ended(0, end="done")]), **leech)


def routing():
    three = [peer(20), peer(30), peer(40, False)]
    for number, (where, owner) in enumerate(((20, 0), (25, 0), (29, 0), (30, 1), (35, 1), (0, 1), (9, 1),
            (RING - 1, 1), (RING + 25, 0)), 1):
        table = "sha512" if where >= RING else "sha384"
        place = at_place(where, table)
        words = "2^384 + 25" if where > RING else "2^384 - 1" if where == RING - 1 else where
        scene(f"ROUTE-{number:03}", "CRD-14 CHO-5",
              f"a store for position {words} goes to the node at {(20, 30)[owner]}",
              (message(2, STORE, *place, "v"), [sent(owner, STORE, *place, "v")]), peers=three)
    scene("ROUTE-021", "CRD-14", "never on the link on which it came", (message(0, STORE, *at_place(25), "v"), []),
          joined=False,
          peers=[peer(20), peer(40, False)])
    scene("ROUTE-022", "CRD-6 CRD-14", "hash name and key go as binary and text, however they came",
          (message(1, STORE, "sha1", name(at_place(25)[1]), "v"), [sent(0, STORE, *at_place(25), "v")]),
          (message(1, RETRIEVE, "sha224", name(at_place(25)[1]), at=1), [sent(0, RETRIEVE, *at_place(25, "sha224"))]),
          (message(1, DELTA, "sha256", name(at_place(25)[1]), {"a": 1}, at=2),
           [sent(0, DELTA, *at_place(25, "sha256"), {"a": 1})]),
          peers=[peer(20), peer(40, False)])
    scene("ROUTE-023", "CRD-14", "but for a node that has not joined and would be the owner: the sender has not heard that it has left",
          (message(0, STORE, *at_place(35), "v"), [sent(0, STORE, *at_place(35), "v")]),
          (message(0, DELTA, *at_place(36), {"a": 1}, at=1), [sent(0, DELTA, *at_place(36), {"a": 1})]), own=30,
          joined=False,
          peers=[peer(20), peer(60, False)])
    scene("ROUTE-024", "CRD-14", "the owner itself asks a node that has not joined: nil",
          (message(0, RETRIEVE, *at_place(25)), [sent(0, RETRIEVED, *at_place(25), NIL)]), joined=False, peers=[peer(20), peer(40, False)])


def answers():
    three = [peer(20), peer(30, False), peer(40, False)]
    question, odd = at_place(25), ["sha1", name(at_place(25)[1])]
    asks = sent(0, RETRIEVE, *question)
    scene("ANSWER-001", "CRD-15", "a question that is passed on: nothing is said before an answer comes; then hash name and key as they came",
          (message(1, RETRIEVE, *odd), [asks]), (message(0, RETRIEVED, *question, "v", at=1),
                  [sent(1, RETRIEVED, *odd, "v")]), peers=three)
    scene("ANSWER-002", "CRD-15", "a nil, and the value after it", (message(1, RETRIEVE, *question), [asks]),
          (message(0, RETRIEVED, *question, NIL, at=1), [sent(1, RETRIEVED, *question, NIL)]),
          (message(0, RETRIEVED, *question, "v", at=2), [sent(1, RETRIEVED, *question, "v")]), peers=three)
    scene("ANSWER-003", "CRD-15 CRD-18", "a value ends the question: what comes after it is not passed on",
          (message(1, RETRIEVE, *question), [asks]),
          (message(0, RETRIEVED, *question, "v", at=1), [sent(1, RETRIEVED, *question, "v")]),
          (message(0, RETRIEVED, *question, "w", at=2), []),
          peers=three)
    scene("ANSWER-004", "CRD-16", "an answer that nobody asked for", (message(0, RETRIEVED, *question, "v"), []),
          peers=three)
    scene("ANSWER-005", "CRD-16", "an answer of another peer", (message(1, RETRIEVE, *question), [asks]),
          (message(2, RETRIEVED, *question, "v", at=1), []),
          (message(0, RETRIEVED, *question, "w", at=2), [sent(1, RETRIEVED, *question, "w")]), peers=three)
    scene("ANSWER-006", "CRD-16", "an answer for another position", (message(1, RETRIEVE, *question), [asks]),
          (message(0, RETRIEVED, *at_place(26), "v", at=1), []), (message(0, RETRIEVED, *at_place(25, "sha224"), "v",
                  at=2), []), peers=three)
    scene("ANSWER-007", "CRD-16 CRD-18", "an answer after question-deadline",
          (message(1, RETRIEVE, *question), [asks]),
          (message(0, RETRIEVED, *question, "v", at=3000), []), peers=three)
    scene("ANSWER-008", "CRD-18", "one a millisecond before it", (message(1, RETRIEVE, *question), [asks]),
          (message(0, RETRIEVED, *question, "v", at=2999), [sent(1, RETRIEVED, *question, "v")]), peers=three)
    scene("ANSWER-009", "CRD-18", "the owner's link ends: nothing is said", (message(1, RETRIEVE, *question), [asks]),
          (do("lose", at=1, peer=0), []),
          peers=three)
    scene("ANSWER-010", "CRD-18", "the asker's link ends: nothing is sent to it",
          (message(1, RETRIEVE, *question), [asks]), (do("lose", at=1, peer=1), []),
          (message(0, RETRIEVED, *question, "v", at=2), []), peers=three)
    scene("ANSWER-011", "CRD-15", "the owner's answers have the types of each asker",
          (message(1, RETRIEVE, *odd), [asks]),
          (message(2, RETRIEVE, *question, at=1), []),
          (message(0, RETRIEVED, *question, "v", at=2), [sent(1, RETRIEVED, *odd, "v"),
                  sent(2, RETRIEVED, *question, "v")]), peers=three)


def owners():
    nobody = [peer(40, False)]
    scene("OWNER-001", "CRD-17", "an owner that lacks it asks the next one behind the position, and keeps what it is told",
          (message(1, RETRIEVE, *at_place(15)), [sent(0, RETRIEVE, *at_place(15))]),
          (message(0, RETRIEVED, *at_place(15), "v", at=1), [sent(1, RETRIEVED, *at_place(15), "v"),
                  sent(0, STORE, *at_place(15), "v")]),
          (do("lose", at=2, peer=0), []), holds(15, "v", 3, sender=1), peers=[peer(20), *nobody])
    scene("OWNER-002", "CRD-17", "the next one says nil: so does the owner",
          (message(1, RETRIEVE, *at_place(15)), [sent(0, RETRIEVE, *at_place(15))]),
          (message(0, RETRIEVED, *at_place(15), NIL, at=1), [sent(1, RETRIEVED, *at_place(15), NIL)]),
          peers=[peer(20), *nobody])
    scene("OWNER-003", "CRD-17", "the next one behind is meant: not the next one ahead",
          (message(2, RETRIEVE, *at_place(15)), [sent(1, RETRIEVE, *at_place(15))]),
          peers=[peer(20), peer(30), *nobody])
    scene("OWNER-004", "CRD-17 CRD-8", "what it was told to delete it does not ask for",
          (message(1, STORE, *at_place(15), NIL), [sent(0, STORE, *at_place(15), NIL)]),
          holds(15, NIL, 1, sender=1), peers=[peer(20), *nobody])
    scene("OWNER-005", "CRD-17", "the next one behind asks itself: the answer is nil", holds(15, NIL, 0),
          peers=[peer(20), *nobody])
    scene("OWNER-006", "CRD-17", "a nearer node asks: what is held is answered",
          (message(0, STORE, *at_place(25), "v"), []), holds(25, "v", 1),
          peers=[peer(20), *nobody])
    scene("OWNER-007", "CRD-17", "a nearer node asks and nothing is held: the next one behind is asked in turn",
          (message(0, RETRIEVE, *at_place(25)), [sent(1, RETRIEVE, *at_place(25))]),
          (message(1, RETRIEVED, *at_place(25), "v", at=1), [sent(0, RETRIEVED, *at_place(25), "v")]),
          peers=[peer(20), peer(30), *nobody])
    scene("OWNER-008", "CRD-17", "a nearer node asks, nothing is held, and nobody stands behind: nil",
          holds(25, NIL, 0), peers=[peer(20), *nobody])
    scene("OWNER-015", "CRD-17", "so it is when three joined peers are nearer", holds(45, NIL, 0, sender=2),
          peers=[peer(40), peer(30), peer(20), peer(5)])
    scene("OWNER-016", "CRD-17", "and not yet when two are", (message(1, RETRIEVE, *at_place(35)),
            [sent(2, RETRIEVE, *at_place(35))]),
          peers=[peer(30), peer(20), peer(5)])
    scene("OWNER-011", "CRD-35", "the owner asks past its neighbour: that one is asked, and its answer passed on",
          (message(0, RETRIEVE, *at_place(45)), [sent(1, RETRIEVE, *at_place(45))]),
          (message(1, RETRIEVED, *at_place(45), "v", at=1), [sent(0, RETRIEVED, *at_place(45), "v")]),
          peers=[peer(40), peer(30), peer(20), peer(5)])
    scene("OWNER-012", "CRD-35", "so it is for the second at the position",
          (message(1, RETRIEVE, *at_place(45)), [sent(2, RETRIEVE, *at_place(45))]),
          peers=[peer(40), peer(30), peer(20), peer(5)])
    scene("OWNER-013", "CRD-35", "one that is far from the position takes itself for its owner: the owner is asked",
          (message(3, RETRIEVE, *at_place(45)), [sent(0, RETRIEVE, *at_place(45))]),
          (message(0, RETRIEVED, *at_place(45), NIL, at=1), [sent(3, RETRIEVED, *at_place(45), NIL)]),
          peers=[peer(40), peer(30), peer(20), peer(15)])
    scene("OWNER-014", "CRD-35", "what is held is answered, whoever should have been asked",
          (message(0, STORE, *at_place(45), "v"), []), holds(45, "v", 1),
          peers=[peer(40), peer(30), peer(20), peer(5)])
    scene("OWNER-019", "CRD-17 CRD-18", "the next one does not answer: the owner says nil at question-deadline",
          (message(1, RETRIEVE, *at_place(15)), [sent(0, RETRIEVE, *at_place(15)), sent(1, RETRIEVED, *at_place(15), NIL)]),
          until=3000, peers=[peer(20), *nobody])
    scene("OWNER-020", "CRD-17 CRD-15", "the next one does not answer: who is asked by a nearer node says nothing",
          (message(0, RETRIEVE, *at_place(25)), [sent(1, RETRIEVE, *at_place(25))]),
          until=3500, peers=[peer(20), peer(30), *nobody])
    for number, who in enumerate(("py2p", "js2p"), 17):
        scene(f"OWNER-{number:03}", "CRD-35", f"the one behind the asker is {who}: nobody is asked",
              holds(45, NIL, 0), peers=[peer(40), peer(30, as_=who), peer(5)])


def doubts():
    both = {"joined": False, "peers": [peer(20), peer(30)]}
    nils = [(says(1, table, NIL, at=1), asked(0, tables=[table])) for table in HASHES]
    scene("DOUBT-001", "CRD-36", "nil from an owner that has just joined: the next one behind it is asked",
          (do("get", key="key"), asked(1)), *nils,
          *((says(0, table, "v", at=2), [] if at < 2 else [
              ended(0, end="found", value="v")])
            for at, table in enumerate(HASHES[:3])), **both)
    scene("DOUBT-002", "CRD-36 CRD-23", "when that says nil as well it is believed",
          (do("get", key="key"), asked(1)), *nils,
          *((says(0, table, NIL, at=2 + at), [] if at < 4 else [ended(0, end="absent")])
            for at, table in enumerate(HASHES)), **both)
    scene("DOUBT-003", "CRD-36 CRD-23", "an owner that joined forget-after ago is believed",
          (message(1, META, "0"), []), (do("get", at=15000, key="key"), asked(1)),
          *((says(1, table, NIL, at=15001 + at), [] if at < 4 else [ended(1, end="absent")])
            for at, table in enumerate(HASHES)), timers={"upkeep-every": 1000}, **both)
    scene("DOUBT-004", "CRD-36", "and one that joined a millisecond less is not",
          (message(1, META, "0"), []), (do("get", at=14999, key="key"), asked(1)), (says(1, "sha1", NIL, at=15000), asked(0, tables=["sha1"])),
          timers={"upkeep-every": 1000}, **both)
    scene("DOUBT-005", "CRD-36", "what is asked for a peer is not doubted",
          (message(2, RETRIEVE, *at_place(35)), [sent(1, RETRIEVE, *at_place(35))]),
          (message(1, RETRIEVED, *at_place(35), NIL, at=1), [sent(2, RETRIEVED, *at_place(35), NIL)]),
          joined=False, peers=[peer(20), peer(30), peer(40, False)])
    scene("DOUBT-006", "CRD-36 CRD-23", "py2p behind it is not asked",
          (do("get", key="key"), asked(1)),
          *((says(1, table, NIL, at=1 + at), [] if at < 4 else [ended(0, end="absent")])
            for at, table in enumerate(HASHES)), joined=False, peers=[peer(20, as_="py2p"), peer(30)])


def questions():
    two = [peer(20), peer(30, False)]
    scene("ASK-001", "CRD-18", "a position is asked of a peer once at a time",
          (message(1, RETRIEVE, *at_place(25)), [sent(0, RETRIEVE, *at_place(25))]),
          (message(1, RETRIEVE, *at_place(25), at=1), []),
          (message(0, RETRIEVED, *at_place(25), "v", at=2), [sent(1, RETRIEVED, *at_place(25), "v")] * 2),
          (message(1, RETRIEVE, *at_place(25), at=3), [sent(0, RETRIEVE, *at_place(25))]), peers=two)
    scene("ASK-015", "CRD-18", "after a nil it may be asked again",
          (message(1, RETRIEVE, *at_place(25)), [sent(0, RETRIEVE, *at_place(25))]),
          (message(0, RETRIEVED, *at_place(25), NIL, at=1), [sent(1, RETRIEVED, *at_place(25), NIL)]),
          (message(1, RETRIEVE, *at_place(25), at=2), [sent(0, RETRIEVE, *at_place(25))]), peers=two)
    scene("ASK-002", "CRD-18", "above max-link-questions a peer's questions are not passed on; an answer makes room",
          *((message(1, RETRIEVE, *at_place(20 + at), at=at), [sent(0, RETRIEVE,
                  *at_place(20 + at))] if at < 2 else []) for at in range(3)),
          (message(0, RETRIEVED, *at_place(20), "v", at=5), [sent(1, RETRIEVED, *at_place(20), "v")]),
          (message(1, RETRIEVE, *at_place(23), at=6), [sent(0, RETRIEVE, *at_place(23))]), peers=two,
          limits={"max-link-questions": 2})
    scene("ASK-003", "CRD-18", "max-link-questions counts each peer alone", *(
        (message(1 + at % 2, RETRIEVE, *at_place(20 + at), at=at), [sent(0, RETRIEVE,
                *at_place(20 + at))] if at < 2 else []) for at in range(4)),
          peers=[*two, peer(40, False)], limits={"max-link-questions": 1})
    scene("ASK-012", "CRD-18", "for peers half of max-questions is asked", *(
        (message(1, RETRIEVE, *at_place(20 + at), at=at),
         [sent(0, RETRIEVE, *at_place(20 + at))] if at < 3 else []) for at in range(5)),
          peers=two, limits={"max-questions": 6})
    scene("ASK-013", "CRD-18 CRD-24", "the other half is for what the node itself wants to know", *(
        (message(1, RETRIEVE, *at_place(20 + at), at=at),
         [sent(0, RETRIEVE, *at_place(20 + at))] if at < 5 else []) for at in range(7)),
          (do("get", at=8, key="key"), asked(0)), joined=False, peers=two, limits={"max-questions": 10})
    scene("ASK-005", "CRD-18", "a deadline makes room", (message(1, RETRIEVE, *at_place(20)),
            [sent(0, RETRIEVE, *at_place(20))]),
          (message(1, RETRIEVE, *at_place(21), at=2999), []), (message(1, RETRIEVE, *at_place(22), at=3000),
                  [sent(0, RETRIEVE, *at_place(22))]),
          peers=two, limits={"max-link-questions": 1})
    scene("ASK-014", "CRD-18", "whoever was told nil no longer waits", *(step for at in range(5) for step in (
        (message(1, RETRIEVE, *at_place(20 + at), at=2 * at), [sent(0, RETRIEVE, *at_place(20 + at))]),
        (message(0, RETRIEVED, *at_place(20 + at), NIL, at=2 * at + 1),
         [sent(1, RETRIEVED, *at_place(20 + at), NIL)]))),
          peers=two, limits={"max-questions": 6})
    leech = {"joined": False, "peers": [peer(20), peer(30, False)]}
    scene("ASK-006", "CRD-24 CRD-18", "two reads of one key share the questions, and each has its answer",
          (do("get", key="key"), asked(0)),
          (do("get", at=1, key="key"), []), (says(0, "sha1", "v", at=2), []), (says(0, "sha224", "v", at=3), []),
          (says(0, "sha256", "v", at=4), [ended(0, end="found", value="v"), ended(1, end="found", value="v")]),
          **leech)
    scene("ASK-007", "CRD-24", "above max-reads the caller is told", (do("get", key="key"), asked(0)),
          (do("get", at=1, key="two"), [ended(1, err="LIMIT")]),
          limits={"max-reads": 1}, **leech)
    scene("ASK-008", "CRD-24 CRD-18 CRD-23", "a question that is lost is asked again, twice; then no answer can come any more",
          (do("get", key="key"), [*asked(0) * 3, ended(0, end="late", answers=0)]), until=9000, **leech)
    scene("ASK-011", "CRD-24 CRD-18", "until then the read is open", (do("get", key="key"), asked(0) * 3), until=8999,
          **leech)
    scene("ASK-009", "CRD-24 CRD-23", "the owner's link ends: the next owner is asked",
          (do("get", key="key"), asked(1)),
          (do("lose", at=1, peer=1), asked(0)), (says(0, "sha1", "v", at=2), []), (says(0, "sha224", "v", at=3), []),
          (says(0, "sha256", "v", at=4), [ended(0, end="found", value="v")]), joined=False,
          peers=[peer(20), peer(30)])
    scene("ASK-010", "CRD-18 CRD-24 CRD-16", "the owner leaves: the next owner is asked, and what the first one says afterwards does not count",
          (do("get", key="key"), asked(1)), (message(1, META, "1", at=1), asked(0)), (says(1, "sha1", "w", at=2), []),
          (says(1, "sha224", "w", at=3), []),
          (says(1, "sha256", "w", at=4), []), (says(0, "sha1", "v", at=5), []), (says(0, "sha224", "v", at=6), []),
          (says(0, "sha256", "v", at=7), [ended(0, end="found", value="v")]), joined=False,
          peers=[peer(20), peer(30)])
    for number, (verb, more) in enumerate((("get", {}), ("put", {"value": 1}), ("delete", {}),
            ("delta", {"delta": {"a": 1}})), 21):
        scene(f"ASK-{number:03}", "CRD-31", f"{verb} when nobody has joined fails at once",
              (do(verb, key="key", **more), [ended(0, err="ABSENT")]),
              joined=False, peers=[peer(20, False), peer(30, None)])


def own_calls():
    leech = {"joined": False, "peers": [peer(20)]}
    scene("CALL-001", "CRD-8 CRD-6", "a put goes to all five positions", (do("put", key="other", value={"a": 1}), [
        *asked(0, "other", STORE, value=[{"a": 1}]), sent(None, NOTIFY, name("other")), news("add", "other"),
            ended(0, end="done")]), **leech)
    scene("CALL-002", "CRD-21 CRD-6", "a read asks for all five at once", (do("get", key="other"), asked(0, "other")),
          **leech)
    scene("CALL-003", "CRD-23", "absence is known with the last of five nils", (do("get", key="key"), asked(0)),
          *((says(0, table, NIL, at=1 + at), [] if at < 4 else [ended(0, end="absent")]) for at,
            table in enumerate(HASHES)), **leech)
    scene("CALL-004", "CRD-22 CRD-25", "three of five; the nil is repaired, the other value is left alone",
          (do("get", key="key"), asked(0)),
          (says(0, "sha1", "old", at=1), []), (says(0, "sha224", NIL, at=2), []), (says(0, "sha256", "v", at=3), []),
          (says(0, "sha384", "v", at=4), []),
          (says(0, "sha512", "v", at=5), [*asked(0, flag=STORE, tables=["sha224"], value=["v"]),
                  ended(0, end="found", value="v")]), **leech)
    nodes = {10 + n * (RING // 7): n - 1 for n in range(1, 7)}
    spread = [peer(number) for number in nodes]

    def to_owner(table, number, *payload):
        owner = min(nodes, key=lambda each: (number - each) % RING)
        return sent(nodes[owner], payload[0], *at_place(number, table), *payload[1:])

    for number, key in enumerate(("key", "hello", "a", "p2p", ""), 11):
        scene(f"CALL-{number:03}", "CRD-8 CRD-14 CHO-5",
              f"among six nodes each position of {key!r} goes to its owner", (
            do("put", key=key, value=1), [*(to_owner(table, place, STORE, 1) for table, place in places(key)),
                    sent(None, NOTIFY, name(key)),
                                          news("add", key), ended(0, end="done")]), joined=False, peers=spread)
        scene(f"CALL-{number + 10:03}", "CRD-21 CHO-5", f"a read of {key!r} asks them", (
            do("get", key=key), [to_owner(table, place, RETRIEVE) for table, place in places(key)]), joined=False,
              peers=spread)
    scene("CALL-031", "CRD-8 CRD-21", "alone on the ring it asks itself", (do("put", key="key", value=1), [
        sent(None, NOTIFY, name("key")), news("add", "key"), ended(0, end="done")]),
          (do("get", at=1, key="key"), [ended(1, end="found", value=1)]),
          (do("get", at=2, key="none"), [ended(2, end="absent")]), peers=LONE)


def own_deltas():
    leech = {"joined": False, "peers": [peer(20)]}
    known = message(0, NOTIFY, name("key"), kind=0), [news("add", "key")]

    def merged(number, comment, said, *end):
        steps = [(says(0, table, value, at=2 + at), []) for at, (table, value) in enumerate(said)]
        last, _ = steps.pop()
        scene(f"MERGE-{number:03}", "CRD-9", comment, known, (do("delta", at=1, key="key", delta={"b": 2}), asked(0)),
              *steps, (last, list(end)), **leech)

    both = {"a": 1, "b": 2}
    merged(1, "a delta for the positions that said what was decided, and the whole map for the others",
           [("sha1", {"a": 1}), ("sha224", {"x": 0}), ("sha256", {"a": 1}), ("sha384", {"a": 1})],
           *asked(0, flag=DELTA, tables=["sha1", "sha256", "sha384"], value=[{"b": 2}]),
           *asked(0, flag=STORE, tables=["sha224", "sha512"], value=[both]), ended(1, end="done"))
    merged(2, "an absent key: the map itself for all", [(table, NIL) for table in HASHES],
           *asked(0, flag=STORE, value=[{"b": 2}]), ended(1, end="done"))
    merged(3, "what is no map is refused", [("sha1", 5), ("sha224", 5), ("sha256", 5)], ended(1, err="SHAPE"))
    merged(4, "without a majority nothing is sent", [("sha1", 1), ("sha224", 2), ("sha256", {"a": 1}),
            ("sha384", {"a": 1}), ("sha512", NIL)],
           ended(1, end="split"))


def copies():
    three = [peer(20), peer(30), peer(40), peer(50, False)]
    v = [STORE, *at_place(15), "v"]
    scene("COPY-001", "CRD-26", "an owner sends what it holds to the next two behind the position",
          (message(3, *v), [sent(1, *v), sent(2, *v)]), peers=three)
    scene("COPY-002", "CRD-26", "and again when it changes, not when it does not",
          (message(3, *v), [sent(1, *v), sent(2, *v)]),
          (message(3, *v, at=1), []), (message(3, *v[:3], "w", at=2), [sent(1, *v[:3], "w"), sent(2, *v[:3], "w")]),
          peers=three)
    scene("COPY-003", "CRD-26", "a deletion, too", (message(3, *v), [sent(1, *v), sent(2, *v)]),
          (message(3, *v[:3], NIL, at=1), [sent(1, *v[:3], NIL), sent(2, *v[:3], NIL)]), peers=three)
    scene("COPY-004", "CRD-26", "one of them is lost: the one behind it gets a copy",
          (message(3, *v), [sent(1, *v), sent(2, *v)]),
          (do("lose", at=1, peer=2), [sent(0, *v)]), peers=three)
    scene("COPY-005", "CRD-26 CRD-5", "another one joins among them: it gets a copy",
          (message(3, *v), [sent(1, *v), sent(2, *v)]),
          (message(3, META, "0", at=1), [sent(3, *v)]), peers=three)
    scene("COPY-006", "CRD-26", "py2p among the next two gets none, and nobody in its place",
          (message(3, *v), [sent(1, *v)]),
          peers=[peer(20), peer(30), peer(40, as_="py2p"), peer(50, False)])
    scene("COPY-007", "CRD-26 CRD-17", "a store from the owner of its position is a copy, and kept",
          (message(0, STORE, *at_place(25), "v"), []),
          holds(25, "v", 1), (do("lose", at=2, peer=0), []), holds(25, "v", 3, sender=1),
          peers=[peer(20), peer(50, False)])
    scene("COPY-008", "CRD-26", "also when this node is the third behind it, as far as it knows",
          (message(0, STORE, *at_place(45), "v"), []),
          holds(45, "v", 1), peers=[peer(40), peer(30), peer(20)])
    scene("COPY-014", "CRD-26", "from a joined peer that is nearer, if not the owner",
          (message(1, STORE, *at_place(45), "v"), []),
          holds(45, "v", 1), peers=[peer(40), peer(30)])
    scene("COPY-016", "CRD-27", "one from another than the owner is not confirmed: the owner is asked in the next round of upkeep",
          (message(1, STORE, *at_place(45), "v"), [sent(0, RETRIEVE, *at_place(45))]), peers=[peer(40), peer(30)], until=2000,
          timers={"upkeep-every": 1})
    scene("COPY-017", "CRD-27", "one from the owner is", (message(0, STORE, *at_place(45), "v"), []), peers=[peer(40), peer(30)],
          until=2000, timers={"upkeep-every": 1})
    scene("COPY-015", "CRD-30", "in the next round of upkeep the copies are sent once more",
          (message(3, *v), [sent(1, *v)] * 2 + [sent(2, *v)] * 2),
          peers=three, until=7000)
    scene("COPY-009", "CRD-26", "kept when it is the second", (message(0, STORE, *at_place(35), "v"), []),
          holds(35, "v", 1), peers=[peer(30), peer(20)])
    scene("COPY-010", "CRD-26 CRD-1", "not by a leech", (message(0, STORE, *at_place(25), "v"), []),
          (do("join", at=1), [sent(0, META, "0"), sent(1, META, "0"), ended(1, end="done")]),
          holds(25, NIL, 2), joined=False, peers=[peer(20), peer(50, False)])
    scene("COPY-011", "CRD-26", "a deletion from the owner deletes the copy",
          (message(0, STORE, *at_place(25), "v"), []),
          (message(0, STORE, *at_place(25), NIL, at=1), []), holds(25, NIL, 2), peers=[peer(20), peer(50, False)])
    scene("COPY-012", "CRD-26 CRD-14", "a copy is no detour: a question for it goes to the owner",
          (message(0, STORE, *at_place(25), "v"), []),
          (message(1, RETRIEVE, *at_place(25), at=1), [sent(0, RETRIEVE, *at_place(25))]),
          peers=[peer(20), peer(50, False)])
    scene("COPY-013", "CRD-26", "the owner dies: its heir sends a copy to the next two",
          (message(0, STORE, *at_place(25), "v"), []),
          (do("lose", at=1, peer=0), [sent(1, STORE, *at_place(25), "v"), sent(2, STORE, *at_place(25), "v")]),
          peers=[peer(20), peer(50), peer(60)])


def handover():
    """The node at 10 holds position 25; then the node at 20 joins, and owns it."""
    far, v = [peer(20, False), peer(60, False)], [STORE, *at_place(25), "v"]
    joins = message(0, META, "0", at=1), [sent(0, RETRIEVE, *at_place(25))]
    held = message(1, *v), []
    answer = [RETRIEVED, *at_place(25)]
    scene("HAND-001", "CRD-27", "the new owner is asked, gets what it lacks, and is asked again", held, joins,
          (message(0, *answer, NIL, at=2), [sent(0, *v), sent(0, RETRIEVE, *at_place(25))]),
          (message(0, *answer, "v", at=3), []),
          (message(1, RETRIEVE, *at_place(25), at=4), [sent(0, RETRIEVE, *at_place(25))]), peers=far)
    scene("HAND-002", "CRD-27", "what is not confirmed is answered by its holder", held, joins,
          holds(25, "v", 2, sender=1),
          (message(0, *answer, NIL, at=3), [sent(0, *v), sent(0, RETRIEVE, *at_place(25))]),
          holds(25, "v", 4, sender=1), peers=far)
    scene("HAND-003", "CRD-27", "the owner has it already: nothing is sent", held, joins,
          (message(0, *answer, "v", at=2), []), peers=far)
    scene("HAND-004", "CRD-27", "the owner has another value: it is taken over", held, joins,
          (message(0, *answer, "w", at=2), []), holds(25, "w", 3), peers=far)
    scene("HAND-005", "CRD-28", "one of the next two behind keeps its copy", held, joins,
          (message(0, *answer, "v", at=2), []), holds(25, "v", 3), peers=far)
    scene("HAND-006", "CRD-28", "the third forgets what is confirmed, forget-after later",
          (message(3, *[STORE, *at_place(45)], "v"), []),
          (message(0, META, "0", at=1), [sent(0, RETRIEVE, *at_place(45))]),
          (message(0, RETRIEVED, *at_place(45), "v", at=2), []),
          (message(1, META, "0", at=3), [sent(1, RETRIEVE, *at_place(45))]),
          (message(1, RETRIEVED, *at_place(45), "v", at=4), []),
          (message(2, META, "0", at=5), [sent(2, RETRIEVE, *at_place(45))]),
          (message(2, RETRIEVED, *at_place(45), "v", at=6), []),
          holds(45, "v", 14000), holds(45, NIL, 40000), peers=[peer(20, False), peer(30, False), peer(40, False),
                  peer(60, False)])
    scene("HAND-007", "CRD-27 CRD-28", "not confirmed, it is kept: the new owner goes, and it is there", held, joins,
          (message(0, *answer, NIL, at=2), [sent(0, *v), sent(0, RETRIEVE, *at_place(25))]),
          (do("lose", at=3, peer=0), []), holds(25, "v", 4, sender=1), peers=far)
    scene("HAND-008", "CRD-27", "a position that stays its own is not handed over",
          (message(1, STORE, *at_place(15), "v"), []),
          (message(0, META, "0", at=1), [sent(0, STORE, *at_place(15), "v")]), peers=far)
    scene("HAND-009", "CRD-27 CRD-11", "py2p is asked first and given a value like any other", held, joins,
          (message(0, *answer, NIL, at=2), [sent(0, *v), sent(0, RETRIEVE, *at_place(25))]),
          peers=[peer(20, False, as_="py2p"), peer(60, False)])


def leaving():
    both = [sent(0, META, "1"), sent(1, META, "1")]
    v = [STORE, *at_place(15), "v"]
    held = message(1, *v), [sent(0, *v)]
    scene("LEAVE-001", "CRD-29", "it holds nothing: done at once", (do("leave"),
            [*both, ended(0, end="left", unconfirmed=0)]), peers=[peer(20), peer(60, False)])
    scene("LEAVE-002", "CRD-29 CRD-27", "it hands over, and is done when the owner is seen to hold it", held,
          (do("leave", at=1), [*both, sent(0, RETRIEVE, *at_place(15))]),
          (message(0, RETRIEVED, *at_place(15), NIL, at=2), [sent(0, *v), sent(0, RETRIEVE, *at_place(15))]),
          (message(0, RETRIEVED, *at_place(15), "v", at=3), [ended(1, end="left", unconfirmed=0)]),
          peers=[peer(20), peer(60, False)])
    scene("LEAVE-003", "CRD-29", "nobody has joined: what it holds is counted and given up", (message(1, *v), []),
          (do("leave", at=1), [*both, ended(1, end="left", unconfirmed=1)]), peers=[peer(20, False), peer(60, False)])
    scene("LEAVE-004", "CRD-29", "the last joined peer goes: the rest is counted and given up", held,
          (do("leave", at=1), [*both, sent(0, RETRIEVE, *at_place(15))]),
          (do("lose", at=2, peer=0), [ended(1, end="left", unconfirmed=1)]), peers=[peer(20), peer(60, False)])
    scene("LEAVE-005", "CRD-29 CRD-27", "while it leaves it answers for what is not confirmed", held,
          (do("leave", at=1), [*both, sent(0, RETRIEVE, *at_place(15))]),
          holds(15, "v", 2, sender=1), peers=[peer(20), peer(60, False)])
    soon = {"peers": [peer(20), peer(60, False)], "timers": {"leave-deadline": 2}}
    scene("LEAVE-006", "CRD-29", "the owner says nothing: after leave-deadline the rest is counted and given up",
          held,
          (do("leave", at=1), [*both, sent(0, RETRIEVE, *at_place(15)), ended(1, end="left", unconfirmed=1)]),
          until=2001, **soon)
    scene("LEAVE-007", "CRD-29", "a millisecond before, it still waits", held,
          (do("leave", at=1), [*both, sent(0, RETRIEVE, *at_place(15))]),
          until=2000, **soon)
