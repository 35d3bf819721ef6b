"""Scenes of Chord Tables: our node and one kind of 0.7 peer on one ring, and rings of several kinds."""

import time

from network import JS870, OURS, PY871, PY878
from pairs import SETTLE, WHISPER, expect, linked
from process import Refusal, until

SCENES = []
HANDSHAKE, STORE = 5, 11
# One read of a peer; a question or an answer of theirs may get lost, and then the next read finds the value.
READ_SECONDS = 3
READS_SECONDS = 60
VALUES = ["text", "ünï 🚀", "x" * 5000, {"$bin": "00ff"}, 1, -7, 2**31 - 1, True, [1, ["two", None]], {"k": {"deep": [1]}}]


def scene(title, kinds=None, needs=None, dialect=None):
    """Registers a scene; its function has the name that --filter takes. One with `needs` is of several kinds."""

    def register(function):
        function.title, function.kinds, function.needs, function.dialect = title, kinds, needs, dialect
        function.label = function.__name__.replace("_", "-")
        SCENES.append(function)
        return function

    return register


def ring(net, *kinds, joined=True):
    """The first of these peers, dialled by all others through taps; on one ring, unless they are to be leeches."""
    peers = net.start_all(*kinds, kind_of_network="chord")
    for peer in peers[1:]:
        attach(net, peer, peers[0])
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


def join(net, peer, peers):
    """Joins, and waits until the others know: nodes of ours by their ring, theirs by what they answer on a tap."""
    peer.ask("join")
    for own in peers:
        if own.kind == OURS and own.process.poll() is None:
            until(lambda: peer.id in joined(own), "%s sees that %s has joined" % (own.name, peer.name))
    for tap in net.taps:
        if peer.kind == OURS and peer in (tap.target, tap.dialler) and not tap.ends:
            until(lambda: is_answered(tap, peer), "%s is told on its link that %s has joined" % (tap.dialler.name, peer.name))
    # Links that two of theirs have with each other are not seen.
    time.sleep(SETTLE)


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


def read(peer, key):
    """The value of a key; nothing when the peer finds none."""
    try:
        return peer.ask("get", key=key, timeout=READ_SECONDS)["value"]
    except Refusal:
        return None


def reads(peer, key, value, seconds=READS_SECONDS):
    found = []

    def is_read():
        found[:] = [read(peer, key)]
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


@scene("ours holds keys when theirs join, one after the other: what they own is handed to them, all read all")
def ring_they_join(net, other):
    ours, one, two = ring(net, OURS, other, other, joined=False)
    join(net, ours, [ours])
    entries = write_all([ours], "early", 12)
    for theirs in (one, two):
        join(net, theirs, [ours])
        all_read([ours, theirs], entries)
        if theirs is one and owned_by(ours, theirs, entries):
            until(lambda: stored_by(net, ours, theirs), "a position is handed to " + theirs.name)
        entries.update(write_all([theirs], "later", 2))
    all_read((ours, one, two), entries)
    in_one_piece(net, ours, one, two)


@scene("theirs hold keys when ours joins: it takes its part and answers for it at once; all read all")
def ring_we_join(net, other):
    one, two = net.start_all(other, other, kind_of_network="chord")
    ours = net.start(OURS, kind_of_network="chord")
    for theirs in (one, two):
        attach(net, theirs, ours)
    until(lambda: linked(one, two), "theirs are linked")
    for theirs in (one, two):
        join(net, theirs, [ours])
    entries = write_all((one, two), "early", 6)
    all_read((one, two), entries)
    join(net, ours, [ours])
    all_read((ours, one, two), entries)
    in_one_piece(net, ours, one, two)


def owned_by(own, peer, keys):
    """How many of the positions of these keys belong to the peer, as a node of ours sees it."""
    return sum(own.ask("owners", key=key)["owners"].count(peer.id) for key in keys)


def stored_by(net, sender, receiver):
    """The stores that the sender has sent on the link of the two."""
    return [frame for tap in net.taps if {tap.dialler, tap.target} == {sender, receiver} for frame in tap.of(sender, WHISPER, STORE)]


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
    ours, one, two = ring(net, OURS, other, other)
    entries = write_all((ours, one, two), "key", 4)
    all_read((ours, one), entries)
    if other == JS870:
        # Of each key, those that have three of five positions elsewhere.
        entries = {key: value for key, value in entries.items() if owned_by(ours, two, [key]) <= 2}
    two.ask("leave")
    until(lambda: two.id not in joined(ours), "ours sees that the second has left")
    all_read((ours, one), entries)
    in_one_piece(net, ours, one, two)


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
    ours, one, two = ring(net, OURS, other, other, joined=False)
    join(net, ours, [ours])
    entries = write_all((one, two), "leech", 3)
    all_read((one, two, ours), entries)
    late = net.start(OURS, kind_of_network="chord")
    attach(net, late, one)
    join(net, one, [ours, late])
    entries.update(write_all((late, two), "more", 3))
    all_read((ours, one, two, late), entries)
    late.ask("delta", key="more 0 of " + late.name, value={"n": "merged"})
    entries["more 0 of " + late.name]["n"] = "merged"
    all_read((ours, one, two, late), entries)
    expect(late.ask("state")["held"] == 0, "a leech holds %d positions" % late.ask("state")["held"])
    in_one_piece(net, ours, one, two, late)


@scene("late joiners of both kinds are told of 200 keys, read them, join, are handed their part, and keep their links")
def ring_late_join(net, other):
    ours, second = ring(net, OURS, OURS)
    entries = write_all((ours, second), "key", 100)
    theirs, third = net.start_all(other, OURS, kind_of_network="chord")
    sample = {key: entries[key] for number, key in enumerate(entries) if number % 20 == 0}
    for newcomer in (theirs, third):
        attach(net, newcomer, ours)
        all_listed([newcomer], entries)
        all_read([newcomer], sample)
    for newcomer in (theirs, third):
        join(net, newcomer, [ours, third])
    all_read((ours, second, theirs, third), sample)
    in_one_piece(net, ours, second, theirs, third)


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
    play_ring(net, peers, ours)


@scene("one ring of ours, py2p 0.7.878 and js2p, with one of ours between these two", needs=(PY878, JS870), dialect="UNIVERSAL")
def one_ring_universal(net, seconds):
    # py2p and js2p refuse each other here: where they are neighbours on the ring, each takes the arc of the one for its own.
    peers, ours = one_ring(net, (OURS, OURS, PY878, JS870))
    python, script = peers[2:]
    while not (between(ours, python, script) and between(ours, script, python)):
        expect(len(ours) < 8, "eight of ours are all on one side")
        another = net.start(OURS, kind_of_network="chord")
        attach(net, another, peers[0])
        join(net, another, ours + [another])
        ours.append(another)
        peers.append(another)
        for own in ours:
            until(lambda: len(joined(own)) == len(peers), lambda: "%s sees %d members" % (own.name, len(joined(own))))
    play_ring(net, peers, ours)


def between(ours, one, other):
    """Whether a node of ours stands on the way from the one to the other, in the order of the ring."""
    order = joined(ours[0])
    order = order[order.index(one.id) :] + order[: order.index(one.id)]
    return any(own.id in order[: order.index(other.id)] for own in ours)


def play_ring(net, peers, ours):
    entries = write_all(peers, "key", 2)
    all_read(peers, entries)
    all_listed(peers, entries)
    for peer in peers:
        key = "key 0 of " + peer.name
        peer.ask("delta", key=key, value={"by": peer.name})
        entries[key] = dict(entries[key], by=peer.name)
    all_read(peers, entries)
    left = ours[-1].ask("leave")["left"]
    expect(left == 0, "%d positions were given up" % left)
    all_read(peers, entries)
    in_one_piece(net, *peers)
