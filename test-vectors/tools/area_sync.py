"""What becomes of a Sync Table (SYN), and the whole permission table worked through by it (LSE).

A case is a list of messages that one peer sends, and what the table holds after the last. Expectations are worked out
here: the grid by its rows in the words of chapter 7.3, the rest by hand.
"""

import itertools

from suite import Area

sync = Area("sync", "Sync Tables: what messages of a peer do to them.")
NOW = 1700000000
TERM = 3600
OWN, PEER = "Me", "Peer"
STORE, DELTA = 11, 17
KEY = {"$bin": b"key".hex()}


def build():
    grid()
    absent()
    joins()
    forms()
    dates()
    owners()
    sizes()
    deltas()
    deletions()
    keys()


def step(payload, sender=PEER, time=NOW, kind=0, now=NOW):
    return {"now": now, "type": kind, "sender": sender, "time": time, "payload": payload}


def join(key, value, owner, time, now=NOW):
    return step([STORE, key, value, owner, time], time=now, kind=2, now=now)


def entry(value, owner=PEER, time=NOW, key=KEY):
    return {"key": key, "value": value, "owner": owner, "time": time}


def play(ident, req, steps, did, entries, comment, leasing=True):
    sync.add(ident, req, "sync.play", {"leasing": leasing, "own": OWN, "peer": PEER, "steps": steps},
             {"ok": {"did": did, "entries": entries}}, comment)


# Who owns the entry, who changes it, and what that means.
RELATIONS = [("B", "B", "its owner"), ("A", "B", "a greater owner"), ("B", "A", "a smaller owner")]
KINDS = [("set", [STORE, KEY, "new"], "update"), ("delta", [DELTA, KEY, {"b": 2}], "update"),
         ("deletion", [STORE, KEY, None], "delete")]


def grid():
    """Every combination of kind, leasing, age, order of the times and order of the owners for a key that is there."""
    combinations = itertools.product(KINDS, (True, False), (TERM - 1, TERM, TERM + 1), (-1, 0, 1), RELATIONS)
    for number, ((kind, payload, did), leasing, age, by, (current, change, relation)) in enumerate(combinations, 1):
        row = first_row(leasing, kind == "delta", age, by, current, change)
        allowed = row != "LSE-7"
        old = NOW - age
        after = [entry({"a": 1}, current, old)]
        if allowed:
            after = {"set": [entry("new", change, old + by)], "delta": [entry({"a": 1, "b": 2}, change, old + by)],
                     "deletion": []}[kind]
        clause = {"set": "SYN-7", "delta": "SYN-11", "deletion": "SYN-8"}[kind]
        play(f"SYN-ROW-{number:03}", f"{row} {clause}" if allowed else "LSE-7 LSE-6 LSE-5 LSE-4",
             [join(KEY, {"a": 1}, current, old), step(payload, change, old + by)], ["update", did if allowed else "none"],
             after, f"{'leasing' if leasing else 'no leasing'}: {kind} by {relation}, {by:+d} s, entry {age} s old: {row}",
             leasing)


def first_row(leasing, delta, age, by, current, change):
    """The first row of chapter 7.3 that applies to a key that is there."""
    rows = (("LSE-2", current == change), ("LSE-3", delta and not leasing), ("LSE-4", age > TERM),
            ("LSE-5", by == 0 and current > change), ("LSE-6", not leasing and by > 0), ("LSE-7", True))
    return next(name for name, applies in rows if applies)


def absent():
    combinations = itertools.product(KINDS, (True, False), (0, TERM + 1, 10 * TERM))
    for number, ((kind, payload, did), leasing, age) in enumerate(combinations, 1):
        after = {"set": [entry("new", "A", NOW - age)], "delta": [entry({"b": 2}, "A", NOW - age)], "deletion": []}[kind]
        play(f"SYN-ABS-{number:03}", {"set": "LSE-1 SYN-7", "delta": "LSE-1 SYN-11", "deletion": "SYN-8"}[kind],
             [step(payload, "A", NOW - age)], [did if after else "none"], after,
             f"{'leasing' if leasing else 'no leasing'}: {kind} of an absent key, dated {age} s ago", leasing)


def joins():
    falsy = [0, False, "", {"$bin": ""}, [], {}, {"$f64": "0000000000000000"}, {"$f64": "8000000000000000"}]
    for number, value in enumerate(falsy + [1, "full"], 1):
        play(f"SYN-JOIN-{number:03}", "SYN-12", [step([STORE, KEY, value], "A"), join(KEY, "new", "A", NOW + 1)],
             ["update", "none"], [entry(value, "A")], f"a join store does not overwrite {value!r}")
    play("SYN-JOIN-021", "SYN-12 SYN-3", [join(KEY, 5, "A", NOW - 99)], ["update"], [entry(5, "A", NOW - 99)],
         "an absent key takes owner and time of the join store, not of its message")
    play("SYN-JOIN-022", "SYN-12", [join(KEY, 5, "A", 0)], ["update"], [entry(5, "A", 0)], "a join store dated 1970")
    play("SYN-JOIN-023", "SYN-12", [join(KEY, 5, OWN, NOW)], ["update"], [entry(5, OWN, NOW)],
         "a join store may name the receiver: what it wrote and has lost")
    play("SYN-JOIN-024", "SYN-12 LSE-7", [join(KEY, 5, "A", NOW), step([STORE, KEY, 6], "B", NOW + 1)],
         ["update", "none"], [entry(5, "A")], "the owner that a join store names holds the key")
    play("SYN-JOIN-025", "SYN-12", [join(KEY, 5, {"$bin": "ff"}, NOW)], ["update"], [entry(5, {"$bin": "ff"})],
         "an owner that is no text keeps its type")


def forms():
    bad = [
        ([STORE, KEY], 0, "no value"), ([STORE], 0, "no key"), ([STORE, KEY, 1, 2], 0, "an item too many"),
        ([STORE, 5, 1], 0, "a number as key"), ([STORE, None, 1], 0, "nil as key"), ([STORE, [], 1], 0, "an array as key"),
        ([STORE, KEY, 1, "A", NOW], 0, "a join store as broadcast"), ([STORE, KEY, None, "A", NOW], 2, "nil in a join store"),
        ([STORE, KEY, 1, 5, NOW], 2, "a number as owner"), ([STORE, KEY, 1, None, NOW], 2, "nil as owner"),
        ([STORE, KEY, 1, "A", "1700000000"], 2, "a text as time"), ([STORE, KEY, 1, "A", -1], 2, "a negative time"),
        ([STORE, KEY, 1, "A", {"$int": "9223372036854775808"}], 2, "time 2^63"),
        ([STORE, KEY, 1, "A", {"$f64": "41d954fc40000000"}], 2, "a float as time"),
        ([STORE, KEY, 1, "A", NOW, 0], 2, "an item too many in a join store"), ([STORE, KEY, 1, "A"], 2, "a join store without time"),
        ([DELTA, KEY, 1], 0, "a number as delta"), ([DELTA, KEY, None], 0, "nil as delta"), ([DELTA, KEY, []], 0, "an array as delta"),
        ([DELTA, KEY, {"$map": [[[], 1]]}], 0, "an array as key of a delta"),
        ([DELTA, KEY, {"$map": [[{}, 1]]}], 0, "a map as key of a delta"), ([DELTA, KEY], 0, "no delta"),
        ([DELTA, KEY, {"a": 1}, "A", NOW], 2, "a delta like a join store"),
    ]
    for number, (payload, kind, comment) in enumerate(bad, 1):
        play(f"SYN-FORM-{number:03}", "SYN-4", [step(payload, kind=kind), step([STORE, KEY, "after"])], ["none", "update"],
             [entry("after")], f"{comment}: ignored, and the link stays")


def dates():
    for number, (ahead, taken) in enumerate(((59, True), (60, True), (61, False), (86400, False), (2**52, False)), 1):
        after = [entry(1, "A", NOW + ahead)] if taken else []
        did = ["update" if taken else "none"]
        play(f"SYN-DATE-{number:03}", "SYN-5", [step([STORE, KEY, 1], "A", NOW + ahead)], did, after, f"a set dated {ahead} s ahead")
        play(f"SYN-DATE-{10 + number:03}", "SYN-5", [join(KEY, 1, "A", NOW + ahead)], did, after, f"a join store dated {ahead} s ahead")
        play(f"SYN-DATE-{20 + number:03}", "SYN-5", [step([STORE, KEY, 1], PEER, NOW + ahead, kind=2)], did,
             [entry(1, PEER, NOW + ahead)] if taken else [], f"a whispered set dated {ahead} s ahead")
    play("SYN-DATE-031", "SYN-5", [step([STORE, KEY, 1], PEER, 0, kind=2)], ["update"], [entry(1, PEER, 0)],
         "a whisper may be as old as it likes")


def owners():
    play("SYN-OWN-001", "SYN-6", [step([STORE, KEY, 1], OWN)], ["none"], [], "a broadcast set in the receiver's name")
    play("SYN-OWN-002", "SYN-6", [step([STORE, KEY, 1], {"$bin": OWN.encode().hex()})], ["none"], [],
         "the receiver's name as binary is the same name")
    play("SYN-OWN-003", "SYN-6", [step([STORE, KEY, 1], "A", kind=2)], ["none"], [], "a whisper in another's name")
    play("SYN-OWN-004", "SYN-6 SYN-2", [step([STORE, KEY, 1], PEER, kind=2)], ["update"], [entry(1)], "a whisper in the peer's own name")
    play("SYN-OWN-005", "SYN-6", [step([DELTA, KEY, {"a": 1}], "A", kind=2)], ["none"], [], "a whispered delta in another's name")
    play("SYN-OWN-006", "SYN-6", [step([STORE, KEY, 1], "A"), step([STORE, KEY, None], "A", kind=2)], ["update", "none"],
         [entry(1, "A")], "a whispered deletion in another's name")
    long = {"$reps": ["o", 128]}
    play("SYN-OWN-007", "SYN-6", [step([STORE, KEY, 1], {"$reps": ["o", 129]})], ["none"], [], "an owner of 129 bytes")
    play("SYN-OWN-008", "SYN-6", [join(KEY, 1, {"$reps": ["o", 129]}, NOW)], ["none"], [], "a join store with an owner of 129 bytes")
    play("SYN-OWN-009", "SYN-6", [step([STORE, KEY, 1], long), step([STORE, KEY, 2], long, NOW + 1)], ["update", "update"],
         [entry(2, "o" * 128, NOW + 1)], "an owner of 128 bytes")


def sizes():
    key = "6b" * 4096
    play("SYN-SIZE-001", "SYN-9 SYN-1", [step([STORE, {"$rep": ["6b", 4096]}, 1])], ["update"], [entry(1, key={"$bin": key})],
         "a key of max-key bytes")
    play("SYN-SIZE-002", "SYN-9", [step([STORE, {"$rep": ["6b", 4097]}, 1])], ["none"], [], "a key of one byte more")
    play("SYN-SIZE-003", "SYN-9", [step([STORE, KEY, {"$rep": ["00", 1048571]}]), step([STORE, KEY, 1])], ["update", "update"],
         [entry(1)], "a value of max-value bytes: 5 of header and 1048571")
    play("SYN-SIZE-004", "SYN-9", [step([STORE, KEY, {"$rep": ["00", 1048572]}])], ["none"], [], "a value of one byte more")
    play("SYN-SIZE-005", "SYN-9", [join(KEY, {"$reps": ["a", 1048572]}, "A", NOW)], ["none"], [], "a join store with such a value")
    play("SYN-SIZE-006", "SYN-9 SYN-11", [
        step([DELTA, KEY, {"a": 1}]), step([DELTA, KEY, {"b": {"$rep": ["00", 1048566]}}])], ["update", "none"],
        [entry({"a": 1})], "a delta whose result would be longer than max-value")
    play("SYN-SIZE-007", "SYN-1 SYN-9", [step([STORE, "", 1])], ["update"], [entry(1, key={"$bin": ""})], "the empty key is a key")


def deltas():
    start = step([STORE, KEY, {"a": 1, "b": {"x": 1}, "c": 3}])

    def merged(ident, delta, after, comment):
        play(ident, "SYN-11", [start, step([DELTA, KEY, delta], time=NOW + 1)], ["update", "update"], [entry(after, time=NOW + 1)], comment)

    merged("SYN-DEL-001", {"a": 2}, {"a": 2, "b": {"x": 1}, "c": 3}, "a key that is there gets the new value")
    merged("SYN-DEL-002", {"d": 4}, {"a": 1, "b": {"x": 1}, "c": 3, "d": 4}, "a new key is added")
    merged("SYN-DEL-003", {"b": {"y": 2}}, {"a": 1, "b": {"y": 2}, "c": 3}, "one level deep, no deeper")
    merged("SYN-DEL-004", {"a": None}, {"a": None, "b": {"x": 1}, "c": 3}, "nil is a value like any other")
    merged("SYN-DEL-005", {}, {"a": 1, "b": {"x": 1}, "c": 3}, "an empty delta changes owner and time alone")
    for number, value in enumerate((0, "text", {"$bin": "00"}, [1], True, {"$f64": "3ff0000000000000"}), 11):
        play(f"SYN-DEL-{number:03}", "SYN-11", [step([STORE, KEY, value]), step([DELTA, KEY, {"a": 1}], time=NOW + 1)],
             ["update", "none"], [entry(value)], f"a delta on {value!r}, which is no map")
    play("SYN-DEL-021", "SYN-11 MSG-9", [step([DELTA, KEY, {"a": 1}]), step([DELTA, KEY, {"$map": [[{"$bin": "61"}, 2]]}])],
         ["update", "update"], [entry({"$map": [["a", 1], [{"$bin": "61"}, 2]]})], "text and binary are two keys of a map")


def deletions():
    start = step([STORE, KEY, 1], "A", NOW)
    delete = step([STORE, KEY, None], "A", NOW + 5)

    def undone(ident, time, owner, back, comment, now=NOW + 9):
        play(ident, "SYN-14", [start, delete, join(KEY, 1, owner, time, now)], ["update", "delete", "update" if back else "none"],
             [entry(1, owner, time)] if back else [], comment)

    undone("SYN-TOMB-001", NOW, "A", False, "the entry that was deleted does not come back")
    undone("SYN-TOMB-002", NOW + 5, "A", False, "nor one of the second of the deletion")
    undone("SYN-TOMB-003", NOW + 6, "A", True, "a later one does")
    undone("SYN-TOMB-004", NOW - 100, "B", False, "nor an older one of another owner")
    play("SYN-TOMB-005", "SYN-14 SYN-8", [step([STORE, KEY, None], "A", NOW), join(KEY, 1, "A", NOW - 9)], ["none", "none"], [],
         "the deletion comes before the join store: its owner may delete")
    play("SYN-TOMB-006", "SYN-14 SYN-8", [step([STORE, KEY, None], "C", NOW), join(KEY, 1, "A", NOW - 9)], ["none", "update"],
         [entry(1, "A", NOW - 9)], "a stranger's deletion of an absent key hides nothing")
    play("SYN-TOMB-007", "SYN-14", [step([STORE, KEY, None], "C", NOW), join(KEY, 1, "A", NOW - TERM - 1)], ["none", "none"], [],
         "a stranger may delete what has lapsed")
    play("SYN-TOMB-008", "SYN-14", [start, delete, step([STORE, KEY, None], "C", NOW + 6), join(KEY, 1, "A", NOW)],
         ["update", "delete", "none", "none"], [], "a stranger's deletion does not weaken the one before it")
    play("SYN-TOMB-009", "SYN-14 LSE-1", [start, delete, step([STORE, KEY, 2], "B", NOW + 6)], ["update", "delete", "update"],
         [entry(2, "B", NOW + 6)], "after a deletion the key is anyone's")
    play("SYN-TOMB-010", "SYN-14", [start, delete, step([STORE, KEY, 2], "B", NOW + 6), step([STORE, KEY, None], "B", NOW + 7),
                                    join(KEY, 2, "B", NOW + 6)],
         ["update", "delete", "update", "delete", "none"], [], "the last deletion counts")
    play("SYN-TOMB-011", "SYN-8", [step([STORE, KEY, None], "A"), step([STORE, KEY, 1], "A")], ["none", "update"], [entry(1, "A")],
         "a deletion of an absent key changes nothing; the link goes on")


def keys():
    play("SYN-KEY-001", "SYN-1", [step([STORE, "key", 1]), step([STORE, KEY, 2])], ["update", "update"], [entry(2)],
         "text and binary of the same bytes are one key")
    play("SYN-KEY-002", "SYN-1", [step([STORE, "\u00e9", 1]), step([STORE, "e\u0301", 2])], ["update", "update"],
         [entry(2, key={"$bin": "65cc81"}), entry(1, key={"$bin": "c3a9"})], "keys are not normalised")
    play("SYN-KEY-003", "SYN-1", [step([STORE, {"$bin": "80"}, 1]), step([STORE, {"$bin": "7f"}, 2])], ["update", "update"],
         [entry(2, key={"$bin": "7f"}), entry(1, key={"$bin": "80"})], "a key need not be text")
