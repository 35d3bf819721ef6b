"""May this change be made to a Sync Table? (LSE)

The table is worked through by its rows: for every combination the first row that applies is found below, in the words
of chapter 7, and named in the case.
"""

import itertools

from suite import Area

lease = Area("lease", "Changes to a Sync Table: allowed or refused.")
NOW = 1700000000
TERM = 3600
OWNERS = [("A", "B", "current owner smaller"), ("B", "A", "current owner greater")]


def build():
    absent()
    same_owner()
    grid()
    owners_as_bytes()
    extremes()


def add(ident, req, leasing, delta, current, change, allow, comment, now=NOW):
    def entry(it):
        return it and {"owner": it[0], "time": it[1]}

    lease.add(ident, req, "lease.check", {"now": now, "leasing": leasing, "delta": delta, "current": entry(current),
                                          "change": entry(change)}, {"ok": {"allow": allow}}, comment)


def mode(leasing, delta):
    return ("leasing, " if leasing else "no leasing, ") + ("delta" if delta else "store")


def absent():
    for at, (leasing, delta) in enumerate(itertools.product((True, False), repeat=2)):
        add(f"LSE-{at + 1:03}", "LSE-1", leasing, delta, None, ("A", NOW), True, f"{mode(leasing, delta)}: no entry yet")
        add(f"LSE-{at + 11:03}", "LSE-1", leasing, delta, None, ("A", 0), True,
            f"{mode(leasing, delta)}: no entry yet, and a change dated 1970")


def same_owner():
    times = [(NOW, NOW - 100, "older"), (NOW, NOW, "of the same second"), (NOW - 100, NOW, "newer"),
             (NOW, 0, "of 1970"), (NOW + 50, NOW, "older than an entry dated ahead")]
    number = 21
    for leasing, delta in itertools.product((True, False), repeat=2):
        for current, change, comment in times:
            add(f"LSE-{number:03}", "LSE-2", leasing, delta, ("A", current), ("A", change), True,
                f"{mode(leasing, delta)}: the owner's own change, {comment}")
            number += 1


# The rows for two different owners, by (leasing, delta): age of the entry, change against entry, whose id is greater.
AGES = [(TERM - 1, "3599 s old"), (TERM, "3600 s old"), (TERM + 1, "3601 s old"), (10, "10 s old")]
CHANGES = [(-1, "one second older"), (0, "of the same second"), (1, "one second newer")]


def grid():
    number = 1
    for (leasing, delta), (age, age_text), (by, by_text), (current, change, order) in itertools.product(
            itertools.product((True, False), repeat=2), AGES, CHANGES, OWNERS):
        row = first_row(leasing, delta, age, by, current > change)
        add(f"LSE-ROW-{number:03}", row if row != "LSE-7" else "LSE-7 LSE-6 LSE-5", leasing, delta, (current, NOW - age),
            (change, NOW - age + by), row != "LSE-7",
            f"{mode(leasing, delta)}: entry {age_text}, change {by_text}, {order}: {row} applies")
        number += 1


def first_row(leasing, delta, age, by, current_greater):
    """The first row that applies to a present entry of another owner."""
    rows = (("LSE-3", delta and not leasing), ("LSE-4", age > TERM), ("LSE-5", by == 0 and current_greater),
            ("LSE-6", not leasing and by > 0), ("LSE-7", True))
    return next(name for name, applies in rows if applies)


def owners_as_bytes():
    """Equal times decide by the order of the owners: unsigned bytes, a prefix being smaller (row LSE-5)."""
    pairs = [
        ({"$bin": "80"}, {"$bin": "7f"}, True, "80 is greater than 7f: bytes are unsigned"),
        ({"$bin": "7f"}, {"$bin": "80"}, False, "7f is smaller than 80"),
        ("ab", "a", True, "a prefix is smaller"),
        ("a", "ab", False, "a prefix is smaller, the other way round"),
        ("B", "a", False, "upper case comes before lower case"),
        ("21", "z", False, "owners are compared as bytes, not as numbers: 21 is smaller than z"),
        ("z", "21", True, "owners are compared as bytes, not as numbers: z is greater than 21"),
        ("\U0001f98a", "\uff5e", True, "the order is that of UTF-8, not of UTF-16"),
        ("\uff5e", "\U0001f98a", False, "the order is that of UTF-8, not of UTF-16, the other way round"),
        ("b", {"$bin": "61"}, True, "text against binary: b is greater than a"),
        ({"$bin": "61"}, "b", False, "binary against text: a is smaller than b"),
        ("", "a", False, "the empty owner is the smallest"),
        ("a", "", True, "anything is greater than the empty owner"),
        ({"$bin": "ff00"}, {"$bin": "ff"}, True, "a zero byte more is greater"),
    ]
    for at, (current, change, allow, comment) in enumerate(pairs):
        add(f"LSE-OWN-{1 + at:03}", "LSE-5 MSG-8" if allow else "LSE-7 LSE-5", True, False, (current, NOW - 5), (change, NOW - 5),
            allow, comment)
    add("LSE-OWN-020", "LSE-2 MSG-8", True, False, ("A", NOW), ({"$bin": "41"}, NOW), True,
        "text and binary of the same bytes are one owner")
    add("LSE-OWN-021", "LSE-2 MSG-8", True, False, ({"$bin": "c3a4"}, NOW), ("\u00e4", NOW - 7), True,
        "text counts as its UTF-8")
    add("LSE-OWN-022", "LSE-7", True, False, ("\u00e9", NOW), ("e\u0301", NOW + 1), False, "owners are not normalised")


def extremes():
    add("LSE-AGE-030", "LSE-7", True, False, ("A", NOW + 86400), ("B", NOW), False, "an entry dated a day ahead has not lapsed")
    add("LSE-AGE-031", "LSE-7", True, False, ("A", 2**53 - 1), ("B", NOW), False, "an entry dated far ahead: no overflow")
    add("LSE-AGE-032", "LSE-4", True, False, ("A", 0), ("B", NOW), True, "an entry of 1970 has lapsed")
    add("LSE-AGE-033", "LSE-7", True, False, ("A", 0), ("B", 1), False, "at time 3600 an entry of time 0 has not lapsed", now=TERM)
    add("LSE-AGE-034", "LSE-4", True, False, ("A", 0), ("B", 1), True, "at time 3601 it has", now=TERM + 1)
    add("LSE-AGE-035", "LSE-4", True, False, ("A", NOW - TERM - 1), ("B", 0), True,
        "a lapsed entry may be changed by an older change: only the receiver's clock counts")
    add("LSE-AGE-036", "LSE-7", True, True, ("A", NOW), ("B", NOW + 1), False, "leasing, delta: a delta gets no special right")
    add("LSE-AGE-037", "LSE-3", False, True, ("A", NOW), ("B", 0), True, "no leasing, delta: allowed, however old")
    add("LSE-AGE-038", "LSE-7", False, False, ("A", NOW), ("B", NOW - 1), False, "no leasing, store: older than the entry")
    add("LSE-AGE-039", "LSE-7", True, False, ("A", 5), ("B", 6), False, "a clock below the term: nothing has lapsed", now=10)
