"""Scenes of Chord Tables: our node and one kind of 0.7 peer on one ring, and rings of several kinds."""

import time

from network import JS870, OURS, PY871, PY878
from pairs import SETTLE, WHISPER, expect, linked
from process import Failed, Refusal, until

SCENES = []
HANDSHAKE, PEERS, STORE, RETRIEVED = 5, 7, 11, 13
# One read of a peer; a question or an answer of theirs may get lost, and then the next read finds the value.
READ_SECONDS = 3
READS_SECONDS = 60
# How long reads go on beside a fault of a py2p node: those that it did not harm come within that.
HARMED_SECONDS = 10
# How long two of theirs have to find each other by the lists of others.
MEETING = 10
# How long to wait for a moment in which nothing is on its way, and between two writes of one of theirs.
CALM_SECONDS = 10
BREATH = 0.05
VALUES = ["text", "ünï 🚀", "x" * 5000, {"$bin": "00ff"}, 1, -7, 2**31 - 1, True, [1, ["two", None]], {"k": {"deep": [1]}}]


def scene(title, kinds=None, needs=None, dialect=None):
    """Registers a scene; its function has the name that --filter takes. One with `needs` is of several kinds."""

    def register(function):
        function.title, function.kinds, function.needs, function.dialect = title, kinds, needs, dialect
        function.label, function.smallest = function.__name__.replace("_", "-"), None
        SCENES.append(function)
        return function

    return register


def ring(net, *kinds, joined=True):
    """The first of these peers, dialled by all others through taps; on one ring, unless they are to be leeches."""
    peers = net.start_all(*kinds, kind_of_network="chord")
    for peer in peers[1:]:
        attach(net, peer, peers[0])
    meet(net, [peer for peer in peers if peer.kind != OURS])
    if joined:
        for peer in peers:
            join(net, peer, peers)
    return peers


def attach(net, peer, first):
    tap = net.tap(first, peer)
    peer.connect(first, via=tap)
    until(lambda: linked(first, peer), "%s and %s are linked" % (first.name, peer.name))
    # On a busy machine it took two dials, and one of the two links ends (MSH-2): that is no loss.
    time.sleep(SETTLE)
    tap.ends.clear()


def meet(net, theirs):
    """Links these to each other. py2p dials whom ours names; js2p is named nobody (MSH-32), so its application dials."""
    for later, peer in enumerate(theirs):
        for earlier in theirs[:later]:
            if {peer.kind, earlier.kind} == {PY878, JS870}:
                continue
            # Two py2p that dial each other at the same moment may end without a link (chapter 11).
            find(net, peer, earlier, 0 if peer.kind == JS870 else MEETING)


def find(net, one, other, seconds=MEETING):
    """Has two peers linked: by what others tell them, or, when a busy machine spoilt that dial, by the first's application."""
    try:
        until(lambda: linked(one, other), "they meet", seconds)
    except Failed:
        attach(net, one, other)


def join(net, peer, peers):
    """Joins, and waits until the others know: nodes of ours by their ring, theirs by what they answer on a tap."""
    for own in peers:
        if own.kind == OURS and own is not peer and own.process.poll() is None:
            find(net, own, peer)
    calm(net)
    peer.ask("join")
    for own in peers:
        if own.kind == OURS and own.process.poll() is None:
            until(lambda: peer.id in joined(own), "%s sees that %s has joined" % (own.name, peer.name))
    for tap in net.taps:
        if peer.kind == OURS and peer in (tap.target, tap.dialler) and not tap.ends:
            other = tap.target if tap.dialler is peer else tap.dialler
            until(lambda: is_answered(tap, peer), "%s is told on its link that %s has joined" % (other.name, peer.name))
    # Links that two of theirs have with each other are not seen.
    time.sleep(SETTLE)


def calm(net):
    """Waits until nothing passes the taps: py2p that sends while much comes loses a link now and then (chapter 11)."""
    deadline = time.monotonic() + CALM_SECONDS
    while time.monotonic() < deadline:
        before = sum(len(tap.frames) for tap in net.taps)
        time.sleep(SETTLE)
        if before == sum(len(tap.frames) for tap in net.taps):
            return


def is_answered(tap, peer):
    """Whether a node of ours has said that it has joined, and the other side has said its own state since or is ours."""
    other = tap.target if tap.dialler is peer else tap.dialler
    states = [frame for frame in list(tap.frames) if frame.subflag == HANDSHAKE and len(frame.items) == 5]
    said = [number for number, frame in enumerate(states) if frame.sender == peer.name and frame.items[4] in ("0", b"0")]
    return said and (other.kind == OURS or any(frame.sender == other.name for frame in states[said[0] :]))


def joined(own):
    """Who has joined, as a node of ours sees it, itself included."""
    return own.ask("state")["joined"]


def put(peer, key, value):
    peer.ask("set", key=key, value=value)
    if peer.kind != OURS:
        time.sleep(BREATH)


def read(peer, key):
    """The value of a key; nothing when the peer finds none."""
    try:
        return peer.ask("get", key=key, timeout=READ_SECONDS)["value"]
    except Refusal:
        return None


def reads(peer, key, value, seconds=READS_SECONDS):
    found = []
    harmed = time.monotonic() + HARMED_SECONDS

    def is_read():
        found[:] = [read(peer, key)]
        if found[0] != value and time.monotonic() > harmed and peer.net.own_fault():
            raise Failed("%s reads %.80r for %s, not %.80r" % (peer.name, found[0], key, value))
        return found[0] == value

    until(is_read, lambda: "%s reads %.80r for %s, not %.80r" % (peer.name, found[0], key, value), seconds)


def all_read(peers, entries):
    for peer in peers:
        for key, value in entries.items():
            reads(peer, key, value)


def write_all(peers, word, count=3):
    """Each peer sets some keys; all of them with their values."""
    entries = {}
    for peer in peers:
        for number in range(count):
            entries["%s %d of %s" % (word, number, peer.name)] = {"of": peer.name, "n": number}
            put(peer, *list(entries.items())[-1])
    return entries


def key_bytes(key):
    return bytes.fromhex(key["$bin"]) if isinstance(key, dict) else key.encode()


def listed(peer):
    return {key_bytes(key) for key in peer.ask("keys")["keys"]}


def all_listed(peers, keys):
    wanted = {key.encode() for key in keys}
    for peer in peers:
        until(lambda: wanted <= listed(peer), lambda: "%s lists %s" % (peer.name, wanted - listed(peer)))


def in_one_piece(net, *peers):
    """No link that one of these has to a node of ours was lost. What two of theirs do to each other is their own."""
    for tap in net.taps:
        ends = {tap.target, tap.dialler}
        if ends <= set(peers) and OURS in {end.kind for end in ends}:
            expect(not tap.ends, "%s ended the link of %s and %s" % (tap.ends[:1], tap.dialler.name, tap.target.name))
    of_these = {peer.id for peer in peers}
    for peer in peers:
        if peer.kind == OURS:
            ends = [event for event in peer.events if event["event"] == "disconnect" and event["id"] in of_these]
            expect(not ends, "%s saw the end of a link: %s" % (peer.name, ends))
        else:
            expect(not peer.faults(), "%s reports %s" % (peer.name, peer.faults()))


@scene("ours and two of theirs on one ring: what each sets, each reads; keys are announced to all; all merge")
def ring_of_three(net, other):
    peers = ring(net, OURS, other, other)
    entries = write_all(peers, "key")
    all_read(peers, entries)
    all_listed(peers, entries)
    for peer in peers:
        key = "key 0 of " + peer.name
        peer.ask("delta", key=key, value={"n": "new", "by": peer.name})
        entries[key] = {"of": peer.name, "n": "new", "by": peer.name}
    all_read(peers, entries)
    in_one_piece(net, *peers)


@scene("values of every kind set on one side are read on both, both ways")
def ring_values(net, other):
    ours, theirs = peers = ring(net, OURS, other)
    for writer in peers:
        entries = {"%s %d" % (writer.name, number): value for number, value in enumerate(VALUES)}
        for key, value in entries.items():
            put(writer, key, value)
        all_read(peers, entries)
    in_one_piece(net, ours, theirs)


@scene("two of ours hold keys when theirs joins: what it owns is handed to it, and all read all")
def ring_they_join(net, other):
    ours, second, theirs = peers = ring(net, OURS, OURS, other, joined=False)
    for own in (ours, second):
        join(net, own, [ours, second])
    entries = write_all([ours, second], "early", 6)
    all_read(peers, entries)
    join(net, theirs, [ours, second])
    if owned_by(ours, theirs, entries):
        until(lambda: is_handed(net, theirs), "a position is handed to " + theirs.name)
    all_read(peers, entries)
    entries.update(write_all([theirs], "later", 3))
    all_read(peers, entries)
    in_one_piece(net, *peers)


@scene("theirs holds keys when two of ours join: they take their part and answer for it at once, and all read all")
def ring_we_join(net, other):
    theirs, ours, second = peers = ring(net, other, OURS, OURS, joined=False)
    join(net, theirs, [ours, second])
    entries = write_all([theirs, ours], "early", 6)
    all_read(peers, entries)
    for own in (ours, second):
        join(net, own, [ours, second])
        all_read(peers, entries)
    in_one_piece(net, *peers)


def owned_by(own, peer, keys):
    """How many of the positions of these keys belong to the peer, as a node of ours sees it."""
    return sum(own.ask("owners", key=key)["owners"].count(peer.id) for key in keys)


def is_handed(net, theirs):
    """Whether a position was stored at one of theirs, or has been asked for there and was told."""
    for tap in net.taps:
        if theirs in (tap.dialler, tap.target):
            stores = [frame for frame in list(tap.frames) if frame.sender != theirs.name and frame.subflag == STORE]
            told = [frame for frame in tap.of(theirs, WHISPER, RETRIEVED) if frame.items[6] is not None]
            if stores or told:
                return True
    return False


@scene("ours leaves: it has handed over all, theirs read every key")
def ring_we_leave(net, other):
    ours, one, two = ring(net, OURS, other, other)
    entries = write_all((ours, one, two), "key", 4)
    all_read((one,), entries)
    left = ours.ask("leave")["left"]
    expect(left == 0, "%d positions were given up" % left)
    all_read((one, two, ours), entries)
    put(ours, "by a leech", "that left")
    all_read((one, two, ours), {"by a leech": "that left"})
    in_one_piece(net, ours, one, two)


@scene("theirs leaves: py2p hands over all, js2p nothing; what a majority held is read and repaired by us")
def ring_they_leave(net, other):
    ours, second, theirs = peers = ring(net, OURS, OURS, other)
    entries = write_all(peers, "key", 4)
    all_read(peers, entries)
    if other == JS870:
        # Of each key, those that have three of five positions elsewhere.
        entries = {key: value for key, value in entries.items() if owned_by(ours, theirs, [key]) <= 2}
    calm(net)
    theirs.ask("leave")
    for own in (ours, second):
        until(lambda: theirs.id not in joined(own), "%s sees that %s has left" % (own.name, theirs.name))
    all_read((ours, second), entries)
    in_one_piece(net, *peers)


@scene("what is deleted on one side is gone on both; what is not there is deleted without harm", kinds="py2p")
def ring_deletions(net, other):
    ours, theirs = peers = ring(net, OURS, other)
    for deleter in peers:
        entries = write_all(peers, "for " + deleter.name, 1)
        all_read(peers, entries)
        for key in entries:
            deleter.ask("delete", key=key)
        for peer in peers:
            for key in entries:
                reads(peer, key, None)
    for key in ("never there", "key 0 of nobody"):
        ours.ask("delete", key=key)
    time.sleep(SETTLE)
    in_one_piece(net, ours, theirs)


@scene("ours deletes what js2p holds: gone on both, and its link stays; js2p keeps the key on its list", kinds="js2p")
def ring_deletion_at_js(net, other):
    ours, theirs = peers = ring(net, OURS, other)
    entries = write_all(peers, "key", 2)
    all_read(peers, entries)
    for key in entries:
        ours.ask("delete", key=key)
    for peer in peers:
        for key in entries:
            reads(peer, key, None)
    all_listed([theirs], entries)
    in_one_piece(net, ours, theirs)


@scene("leeches: theirs on our ring and ours on theirs set, read, merge, and hold nothing")
def ring_leeches(net, other):
    ours, theirs = ring(net, OURS, other, joined=False)
    join(net, ours, [ours])
    entries = write_all([theirs], "leech", 3)
    all_read((theirs, ours), entries)
    late = net.start(OURS, kind_of_network="chord")
    attach(net, late, theirs)
    join(net, theirs, [ours, late])
    peers = (ours, theirs, late)
    entries.update(write_all([late], "more", 3))
    all_read(peers, entries)
    late.ask("delta", key="more 0 of " + late.name, value={"n": "merged"})
    entries["more 0 of " + late.name]["n"] = "merged"
    all_read(peers, entries)
    expect(late.ask("state")["held"] == 0, "a leech holds %d positions" % late.ask("state")["held"])
    in_one_piece(net, *peers)


@scene("late joiners of both kinds are told of many keys, read them, join, are handed their part, and keep their links")
def ring_late_join(net, other):
    ours, second = ring(net, OURS, OURS)
    entries = write_all((ours, second), "key", 20 if other == JS870 else 100)
    theirs, third = net.start_all(other, OURS, kind_of_network="chord")
    sample = {key: entries[key] for number, key in enumerate(entries) if number % 10 == 0}
    for newcomer in (theirs, third):
        attach(net, newcomer, ours)
        all_listed([newcomer], entries)
        all_read([newcomer], sample)
    for newcomer in (theirs, third):
        join(net, newcomer, [ours, third])
    all_read((ours, second, theirs, third), sample)
    in_one_piece(net, ours, second, theirs, third)


@scene("js2p that has dialled four of ours keeps every link, also that to a fifth: they name it nobody", kinds="js2p")
def ring_no_names(net, other):
    *owns, fifth, theirs = peers = net.start_all(*[OURS] * 5, other, kind_of_network="chord")
    for own in owns:
        attach(net, theirs, own)
    # One that knows others by then, and could name them.
    attach(net, fifth, owns[0])
    if not linked(fifth, theirs):
        attach(net, fifth, theirs)
    for peer in peers:
        join(net, peer, owns)
    entries = write_all(peers, "key", 1)
    all_read(peers, entries)
    lists = [frame for tap in net.taps if theirs in (tap.dialler, tap.target) for frame in tap.frames if frame.subflag == PEERS]
    lists = [frame for frame in lists if frame.sender != theirs.name]
    expect(len(lists) >= len(owns), "%d lists came" % len(lists))
    expect(all(frame.items[4] == [] for frame in lists), "js2p was named somebody: %s" % lists)
    in_one_piece(net, *peers)


@scene("one of three of ours is killed: the others and theirs read all that had copies")
def ring_crash(net, other):
    ours, second, third, theirs = ring(net, OURS, OURS, OURS, other)
    until(lambda: all(len(joined(own)) == 4 for own in (ours, second, third)), "all of ours see four")
    entries = write_all((ours, second, theirs), "key", 4)
    all_read((ours, theirs), entries)
    time.sleep(1)
    second.process.kill()
    until(lambda: second.id not in joined(ours) and second.id not in joined(third), "the others see the end")
    all_read((ours, third, theirs), entries)
    in_one_piece(net, ours, third, theirs)


def one_ring(net, kinds):
    """Members of all three kinds, all of ours linked to all."""
    peers = ring(net, *kinds)
    ours = [peer for peer in peers if peer.kind == OURS]
    for own in ours:
        until(lambda: len(joined(own)) == len(peers), lambda: "%s sees %d members" % (own.name, len(joined(own))))
    return peers, ours


@scene("one ring of ours, py2p 0.7.871 and js2p, which link to each other too", needs=(PY871, JS870), dialect="TEXT")
def one_ring_text(net, seconds):
    peers, ours = one_ring(net, (OURS, PY871, JS870))
    play_ring(net, peers, ours[-1])


@scene("one ring of ours, py2p 0.7.878 and js2p, with one of ours between these two", needs=(PY878, JS870), dialect="UNIVERSAL")
def one_ring_universal(net, seconds):
    # py2p and js2p refuse each other here: where they are neighbours on the ring, each takes the arc of the one for its own.
    peers, ours = one_ring(net, (OURS, OURS, PY878, JS870))
    python, script = peers[2:]
    while not (leaver := spare(ours, python, script)):
        expect(len(ours) < 10, "ten of ours stand on one side, or all but one do")
        another = net.start(OURS, kind_of_network="chord")
        attach(net, another, peers[0])
        join(net, another, ours + [another])
        ours.append(another)
        peers.append(another)
        for own in ours:
            until(lambda: len(joined(own)) == len(peers), lambda: "%s sees %d members" % (own.name, len(joined(own))))
    play_ring(net, peers, leaver)


def spare(ours, one, other):
    """One of ours without which others of ours still stand between the two, on either side of the ring."""
    order = joined(ours[0])
    order = order[order.index(one.id) :] + order[: order.index(one.id)]
    other_at = order.index(other.id)
    sides = [[own for own in ours if (order.index(own.id) < other_at) is first] for first in (True, False)]
    left = [own for side in sides if len(side) > 1 for own in side]
    return left[-1] if left and all(sides) else None


def play_ring(net, peers, leaver):
    entries = write_all(peers, "key", 2)
    all_read(peers, entries)
    all_listed(peers, entries)
    for peer in peers:
        key = "key 0 of " + peer.name
        peer.ask("delta", key=key, value={"by": peer.name})
        entries[key] = dict(entries[key], by=peer.name)
    all_read(peers, entries)
    left = leaver.ask("leave")["left"]
    expect(left == 0, "%d positions were given up" % left)
    all_read(peers, entries)
    in_one_piece(net, *peers)
