"""Scenes of Sync Tables: our node and one kind of 0.7 peer, and networks of several kinds."""

import time

from network import JS870, OURS, PY871, PY878
from pairs import BROADCAST, SETTLE, SHARED, WIDE, expect, linked, pair
from process import UNTIL_SECONDS, Failed, Refusal, until

SCENES = []
STORE, DELTA = 11, 17
# Two writes of one second are a tie, which the smaller id wins (LSE-5); and when one id came as text and the other
# as binary, py2p fails at comparing them. So a stranger writes in another second.
NEXT_SECOND = 1.1
# js2p needs time for each message in proportion to what waits behind it.
JOIN_SECONDS = 60


def scene(title, kinds=None, needs=None, dialect=None):
    """Registers a scene; its function has the name that --filter takes. One with `needs` is of several kinds."""

    def register(function):
        function.title, function.kinds, function.needs, function.dialect = title, kinds, needs, dialect
        function.label, function.smallest = function.__name__.replace("_", "-"), None
        SCENES.append(function)
        return function

    return register


def tables(net, other, **options):
    return pair(net, other, kind_of_network="sync", **options)


def put(peer, key, value):
    peer.ask("set", key=key, value=value)


def read(peer, key):
    """The value of a key; nothing when the peer has none."""
    try:
        return peer.ask("get", key=key)["value"]
    except Refusal:
        return None


def reads(peer, key, value, seconds=UNTIL_SECONDS):
    def words():
        return "%s reads %.80r for %s, not %.80r" % (peer.name, read(peer, key), key, value)

    until(lambda: read(peer, key) == value, words, seconds)


def told(peer, key, value):
    """Whether the peer told its application of this update; js2p reads falsy values as absent, but tells them."""
    return any(event["value"] == value for event in events(peer, "update", key))


def is_told(peer, key, value):
    until(lambda: told(peer, key, value), lambda: "%s is told of %s = %.80r" % (peer.name, key, value))


def deleted(peer, key):
    return len(events(peer, "delete", key))


def events(peer, kind, key):
    mine = [event for event in list(peer.events) if event["event"] == kind]
    return [event for event in mine if name_of(event["key"]) == name_of(key)]


def holds_all(peer, entries):
    """Waits until the peer was told of each key, then compares each value: js2p may be too busy to be asked before."""
    wanted = {name_of(key) for key in entries}

    def lacking():
        updates = [event for event in list(peer.events) if event["event"] == "update"]
        return wanted - {name_of(event["key"]) for event in updates}

    def words():
        return "%s has all keys, %d of %d are missing" % (peer.name, len(lacking()), len(entries))

    until(lambda: not lacking(), words, JOIN_SECONDS)
    for key, value in entries.items():
        reads(peer, key, value)


def name_of(key):
    return key["$bin"] if isinstance(key, dict) else key.encode().hex()


def refused(peer, operation, **arguments):
    """The refusal that must come."""
    try:
        peer.ask(operation, **arguments)
    except Refusal as refusal:
        return refusal
    raise Failed("%s was allowed to %s %s" % (peer.name, operation, arguments.get("key")))


def in_one_piece(ours, theirs):
    """A write of each side arrives, the link was never lost, and neither side reports a fault."""
    for number, (writer, reader) in enumerate(((ours, theirs), (theirs, ours))):
        key = "mark %d of %s" % (sum("mark" in str(event) for event in writer.events) + number, writer.id)
        put(writer, key, "still here")
        reads(reader, key, "still here")
    expect(linked(ours, theirs), "the link was lost")
    ends = [event for event in ours.events if event["event"] == "disconnect"]
    expect(not ends, "our node saw the end of a link: %s" % ends)
    expect(not theirs.faults(), "the peer reports %s" % theirs.faults())


def many(word, count=200):
    """Entries as a newcomer may find them: small ones, and three large ones."""
    entries = {"%s %d" % (word, number): "value %d" % number for number in range(count)}
    entries.update({"%s large %d" % (word, number): "%d" % number * 100000 for number in range(3)})
    return entries


def write_all(peer, entries):
    for key, value in entries.items():
        put(peer, key, value)


@scene("values of every kind set on one side are read on the other, both ways")
def table_values(net, other):
    ours, theirs = tables(net, other)
    values = [value for value in (SHARED if other == JS870 else SHARED + WIDE) if value is not None]
    for writer, reader in ((ours, theirs), (theirs, ours)):
        for number, value in enumerate(values):
            put(writer, "%s %d" % (writer.name, number), value)
        for number, value in enumerate(values):
            key = "%s %d" % (writer.name, number)
            is_told(reader, key, value)
            if value or reader.kind == OURS:
                reads(reader, key, value)
    in_one_piece(ours, theirs)


@scene("keys in any script, long ones, and with py2p binary ones: the same key on both sides")
def table_keys(net, other):
    ours, theirs = tables(net, other)
    keys = ["schlüssel", "ключ 🔑", "a/b.c d", "1", "k" * 1000]
    keys += [{"$bin": "00ff80"}, {"$bin": "6b6579"}] if other != JS870 else []
    for writer, reader in ((ours, theirs), (theirs, ours)):
        for key in keys:
            # Each side has its own keys, since the other's are held.
            suffix = writer.name
            mine = {"$bin": key["$bin"] + suffix.encode().hex()} if isinstance(key, dict) else key + suffix
            put(writer, mine, "value")
            reads(reader, mine, "value")
    in_one_piece(ours, theirs)


@scene("leases: each side refuses the other's key, the owner writes on, what is forced is not taken")
def table_leases(net, other):
    ours, theirs = tables(net, other)
    for owner, stranger in ((ours, theirs), (theirs, ours)):
        key = "of " + owner.name
        put(owner, key, "first")
        reads(stranger, key, "first")
        time.sleep(NEXT_SECOND)
        refusal = refused(stranger, "set", key=key, value="taken")
        expect(stranger is theirs or (refusal.code == "LEASE" and theirs.id in str(refusal)), "we said %s" % refusal)
        refused(stranger, "delta", key=key, value={"a": 1})
        expect(read(stranger, key) == "first", "%s reads %s" % (stranger.name, read(stranger, key)))
        put(owner, key, "second")
        reads(stranger, key, "second")
    # Past its own rules, as from a node with another clock: we ignore it.
    theirs.ask("raw", to=ours.id, type=BROADCAST, packets=[STORE, "of " + ours.name, "forced"])
    theirs.ask("raw", to=ours.id, type=BROADCAST, packets=[STORE, "of " + ours.name, None])
    put(theirs, "after", "it")
    reads(ours, "after", "it")
    expect(read(ours, "of " + ours.name) == "second", "we took a change of our key")
    expect(ours.ask("get", key="of " + theirs.name)["owner"] == theirs.id, "the owner of their key")
    in_one_piece(ours, theirs)


@scene("both wrote a key before they met: join stores overwrite nothing, each refuses the other's next write")
def table_conflict(net, other):
    ours, theirs = net.start_all(OURS, other, kind_of_network="sync")
    put(ours, "both", "ours")
    time.sleep(NEXT_SECOND)
    put(theirs, "both", "theirs")
    put(theirs, "falsy", "theirs")
    for number, value in enumerate((0, False, "", [], {})):
        put(ours, "falsy %d" % number, value)
        put(theirs, "falsy %d" % number, "theirs")
    theirs.connect(ours)
    until(lambda: linked(ours, theirs), "linked")
    reads(ours, "falsy", "theirs")
    for owner, stranger in ((ours, theirs), (theirs, ours)):
        time.sleep(NEXT_SECOND)
        put(owner, "both", owner.name)
        put(owner, "then of " + owner.name, 1)
        reads(stranger, "then of " + owner.name, 1)
    expect(read(ours, "both") == ours.name, "we read %s" % read(ours, "both"))
    expect(read(theirs, "both") == theirs.name, "the peer reads %s" % read(theirs, "both"))
    for number, value in enumerate((0, False, "", [], {})):
        expect(read(ours, "falsy %d" % number) == value, "a join store of theirs overwrote %r" % value)
    in_one_piece(ours, theirs)


@scene("deltas merge both ways, on maps that are there and on absent keys; ours never goes onto what is no map")
def table_deltas(net, other):
    ours, theirs = tables(net, other)
    for owner, reader in ((ours, theirs), (theirs, ours)):
        key = "map of " + owner.name
        put(owner, key, {"a": 1, "b": [1]})
        reads(reader, key, {"a": 1, "b": [1]})
        owner.ask("delta", key=key, value={"b": "new", "c": {"deep": True}})
        reads(reader, key, {"a": 1, "b": "new", "c": {"deep": True}})
        owner.ask("delta", key=key, value={"a": None})
        reads(reader, key, {"a": None, "b": "new", "c": {"deep": True}})
        owner.ask("delta", key="new map of " + owner.name, value={"x": 1})
        reads(reader, "new map of " + owner.name, {"x": 1})
    put(ours, "no map", "text")
    reads(theirs, "no map", "text")
    refusal = refused(ours, "delta", key="no map", value={"a": 1})
    expect(refusal.code == "SHAPE", "we said %s" % refusal)
    theirs.ask("raw", to=ours.id, type=BROADCAST, packets=[DELTA, "no map", {"a": 1}])
    in_one_piece(ours, theirs)


@scene("a deletion is heard by each side, and the key is free then", kinds="py2p")
def table_deletions(net, other):
    ours, theirs = tables(net, other)
    for owner, reader in ((ours, theirs), (theirs, ours)):
        key = "of " + owner.name
        put(owner, key, "value")
        reads(reader, key, "value")
        owner.ask("delete", key=key)
        until(lambda: deleted(reader, key) == 1, "%s is told of the deletion" % reader.name)
        expect(read(reader, key) is None and read(owner, key) is None, "the key is still there")
        put(reader, key, "mine now")
        reads(owner, key, "mine now")
    in_one_piece(ours, theirs)


@scene("a deletion of a key that nobody has: we ignore it and do not relay it to the next py2p", kinds="py2p")
def table_absent_deletion(net, other):
    ours, one, two = net.start_all(OURS, other, other, kind_of_network="sync")
    one.connect(ours)
    until(lambda: linked(ours, one), "linked to the first")
    tap = net.tap(ours, two)
    two.connect(ours, via=tap)
    until(lambda: linked(ours, two), "linked to the second")
    one.ask("raw", to=ours.id, type=BROADCAST, packets=[STORE, "never there", None])
    put(ours, "after", 1)
    for peer in (one, two):
        reads(peer, "after", 1)
    nils = [frame for frame in tap.of(ours, None, STORE) if frame.items[5] is None]
    expect(not nils, "we relayed %s" % nils)
    for peer in (one, two):
        in_one_piece(ours, peer)


@scene("js2p is never sent a deletion, keeps its link and the key; what it offers again stays deleted", kinds="js2p")
def table_no_deletion(net, other):
    ours, other_ours = net.start_all(OURS, OURS, kind_of_network="sync", extra=("--limit", "max-outgoing=0"))
    theirs = net.start(other, kind_of_network="sync")
    ours.connect(other_ours)
    tap = net.tap(ours, theirs)
    theirs.connect(ours, via=tap)
    until(lambda: linked(ours, theirs) and linked(ours, other_ours), "linked")
    for owner in (ours, other_ours):
        put(owner, "of " + owner.name, "value")
        reads(theirs, "of " + owner.name, "value")
    for owner in (ours, other_ours):
        owner.ask("delete", key="of " + owner.name)
    for owner in (ours, other_ours):
        for peer in (ours, other_ours):
            until(lambda: read(peer, "of " + owner.name) is None, "%s hears the deletion" % peer.name)
        expect(read(theirs, "of " + owner.name) == "value", "js2p lost the key")
    in_one_piece(ours, theirs)
    nils = [frame for frame in tap.of(ours, None, STORE) if frame.items[5] is None]
    expect(not nils, "js2p was sent %s" % nils)
    theirs.ask("disconnect", id=ours.id)
    until(lambda: not linked(ours, theirs) and theirs.id not in ours.peers(), "unlinked")
    put(theirs, "while away", "written")
    theirs.connect(ours)
    reads(ours, "while away", "written")
    for owner in (ours, other_ours):
        expect(read(ours, "of " + owner.name) is None, "a join store of js2p undid a deletion")
    theirs.ask("raw", to=ours.id, type=BROADCAST, packets=[STORE, "while away", None])
    until(lambda: read(ours, "while away") is None, "its raw deletion is taken")
    until(lambda: read(other_ours, "while away") is None, "its raw deletion is relayed")
    expect(linked(ours, theirs), "the link was lost")


@scene("how we know that it must be spared: js2p closes the link on which another js2p sends it a deletion", kinds="js2p")
def table_deletion_at_js(net, other):
    one, two = net.start_all(other, other, kind_of_network="sync")
    tap = net.tap(two, one)
    one.connect(two, via=tap)
    until(lambda: linked(one, two), "linked")
    put(one, "key", "value")
    reads(two, "key", "value")
    expect(not tap.ends, "the link was lost before")
    one.ask("raw", to=two.id, type=BROADCAST, packets=[STORE, "key", None])
    until(lambda: tap.ends, "the link ends")
    expect(tap.ends[0] == two.name, "%s ended it" % tap.ends[0])


@scene("late joiners of both kinds get 200 keys and three of 100,000 bytes, whoever dials")
def table_late_join(net, other):
    ours, theirs = net.start_all(OURS, other, kind_of_network="sync")
    own, foreign = many("ours"), many("theirs")
    write_all(ours, own)
    write_all(theirs, foreign)
    late = net.start(other, kind_of_network="sync")
    late.connect(ours)
    holds_all(late, own)
    newcomer = net.start(OURS, kind_of_network="sync")
    expect(not newcomer.ask("state")["ready"], "ready without a link")
    newcomer.connect(theirs)
    until(lambda: newcomer.ask("state")["ready"], "ready")
    expect(len(newcomer.ask("keys")["keys"]) >= len(foreign), "ready before the last key")
    holds_all(newcomer, foreign)
    expect(newcomer.ask("get", key="theirs 7")["owner"] == theirs.id, "the owner of a key that came by join store")
    refused(newcomer, "set", key="theirs 7", value="taken")
    in_one_piece(ours, late)
    in_one_piece(newcomer, theirs)


@scene("without leases: the newest wins, all may merge; a node with leases is in another network")
def table_without_leases(net, other):
    free = {"kind_of_network": "sync", "extra": ("--no-leasing",)}
    ours, theirs = pair(net, other, **free)
    expect(ours.protocol_id == theirs.protocol_id, "protocol ids differ")
    for writer, reader in ((ours, theirs), (theirs, ours), (ours, theirs)):
        time.sleep(NEXT_SECOND)
        put(writer, "key", writer.name)
        reads(reader, "key", writer.name)
    put(ours, "map", {"a": 1})
    reads(theirs, "map", {"a": 1})
    theirs.ask("delta", key="map", value={"b": 2})
    reads(ours, "map", {"a": 1, "b": 2})
    ours.ask("delta", key="map", value={"c": 3})
    reads(theirs, "map", {"a": 1, "b": 2, "c": 3})
    leasing = net.start(OURS, kind_of_network="sync")
    strict = net.start(other, kind_of_network="sync")
    for dialler, target in ((leasing, theirs), (strict, ours)):
        try:
            dialler.connect(target, seconds=1.5, attempts=1)
        except Refusal:
            continue
        raise Failed("%s linked to %s" % (dialler.name, target.name))
    expect(not leasing.peers() and strict.id not in ours.peers(), "a node with leases is listed")
    in_one_piece(ours, theirs)


def one_table(net, kinds):
    """All kinds in one network, ours in the middle: writes, leases, deltas, a deletion, and a newcomer of each kind."""
    ours, python, script = peers = net.start_all(*kinds, kind_of_network="sync")
    taps = {}
    for theirs in (python, script):
        taps[theirs] = net.tap(ours, theirs)
        theirs.connect(ours, via=taps[theirs])
        until(lambda: linked(ours, theirs), "linked to " + theirs.name)
    entries = {}
    for peer in peers:
        of_peer = {"%s %d" % (peer.name, number): {"of": peer.name, "n": number} for number in range(15)}
        write_all(peer, of_peer)
        entries.update(of_peer)
    for peer in peers:
        holds_all(peer, entries)
    time.sleep(NEXT_SECOND)
    for owner in peers:
        for stranger in set(peers) - {owner}:
            refused(stranger, "set", key="%s 0" % owner.name, value="taken")
        owner.ask("delta", key="%s 0" % owner.name, value={"more": True})
        entries["%s 0" % owner.name] = {"of": owner.name, "n": 0, "more": True}
    for peer in peers:
        holds_all(peer, entries)
    late = net.start_all(*kinds, kind_of_network="sync")
    for newcomer in late:
        newcomer.connect(ours)
        holds_all(newcomer, entries)
    put(ours, "at last", "all")
    for peer in list(peers) + late:
        reads(peer, "at last", "all")
    # Last, since the link of py2p 0.7.871 and js2p, which no tap sees, is not to meet a deletion before the rest is played.
    ours.ask("delete", key=ours.name + " 1")
    until(lambda: deleted(python, ours.name + " 1") == 1, "py2p hears the deletion")
    if kinds[1] == PY878:
        # It and js2p are in no link with each other, so that its own deletion meets js2p by nobody but us.
        python.ask("delete", key=python.name + " 1")
        until(lambda: deleted(ours, python.name + " 1") == 1, "we hear the deletion of py2p")
    time.sleep(SETTLE)
    nils = [frame for frame in taps[script].of(ours, None, STORE) if frame.items[5] is None]
    expect(not nils, "js2p was sent %s" % nils)
    for theirs in (python, script):
        in_one_piece(ours, theirs)


@scene("one table of ours, py2p 0.7.878 and js2p: all of the above together", needs=(PY878, JS870), dialect="UNIVERSAL")
def one_table_universal(net, seconds):
    one_table(net, (OURS, PY878, JS870))


@scene("one table of ours, py2p 0.7.871 and js2p, which link to each other too", needs=(PY871, JS870), dialect="TEXT")
def one_table_text(net, seconds):
    one_table(net, (OURS, PY871, JS870))
