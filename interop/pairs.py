"""Scenes of our node and one kind of 0.7 peer. Each holds in every dialect that fits that kind."""

import itertools
import threading
import time

from network import CODEC_NAMES, CODECS, JS870, OURS
from process import UNTIL_SECONDS, Failed, Peer, Refusal, until

SETTLE = 0.4
# Some answers are given at most once a second on a link (resend-every, peers-every).
EVERY = 1.1
# How long a peer is asked to wait for a link that is not to come.
REFUSAL = 1.5
marking = itertools.count(1)
SCENES = []

BROADCAST, RENEGOTIATE, WHISPER = 0, 1, 2
COMPRESSION, PEERS, REQUEST, RESEND, RESPONSE = 1, 7, 8, 9, 10

TEXT = ["", "plain", "ünï\u0000cödé 🚀", "x" * 31, "x" * 32, "x" * 255, "x" * 256, "x" * 70000]
BINARY = [{"$bin": "00" * n + "ff"} for n in (0, 31, 32, 254, 255, 65534, 65535)] + [{"$bin": ""}]
SMALL = [0, 1, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 2**31 - 1]
SIGNED = [-1, -32, -33, -128, -129, -32768, -32769, -(2**31)]
NESTED = [[], {}, [1, [2, ["x", None]]], {"k": "v", "n": {"deep": [{"$bin": "01"}, True, False]}}]
SHARED = TEXT + BINARY + SMALL + SIGNED + NESTED + [None, True, False, {"$f64": "3ff8000000000000"}]
# js2p has no integers above 32 bits, and no map with keys that are not text.
WIDE = [2**31, 2**32 - 1, 2**32, 2**53 - 1, -(2**31) - 1]
WIDE += [{"$int": str(n)} for n in (2**53, 2**63 - 1, 2**63, 2**64 - 1, -(2**53), -(2**63))]
WIDE += [{"$f64": bits} for bits in ("3ff0000000000000", "7ff0000000000000", "8000000000000000")]
WIDE += [{"$map": [[1, "a"], [{"$bin": "00"}, 2]]}]


def scene(title, kinds=None):
    """Registers a scene; its function has the name that --filter takes."""

    def register(function):
        function.title, function.kinds, function.needs, function.smallest = title, kinds, None, None
        function.label = function.__name__.replace("_", "-")
        SCENES.append(function)
        return function

    return register


def linked(one, other):
    """Whether both have the link to each other, and exactly one."""
    return other.id in one.peers() and one.id in other.peers()


def pair(net, other, via_tap=False, they_dial=False, **options):
    """Our node and a peer of this kind, linked; with a tap between them when it is asked for."""
    ours, theirs = net.start_all(OURS, other, **options)
    dialler, target = (theirs, ours) if they_dial else (ours, theirs)
    tap = net.tap(target, dialler) if via_tap else None
    dialler.connect(target, via=tap)
    until(lambda: linked(ours, theirs), "both list each other")
    return (ours, theirs, tap) if via_tap else (ours, theirs)


def once(peer, *packets, seconds=UNTIL_SECONDS):
    """The one message with these packets; fails when it does not come, or comes twice."""
    until(lambda: peer.received(*packets), lambda: "%s has %.60r" % (peer.name, packets), seconds)
    return only(peer, *packets)


def only(peer, *packets):
    found = peer.received(*packets)
    sender = Peer.of_id[found[0]["sender"]]
    # The 0.7 peers date a broadcast anew for each link: at the turn of a second it becomes two, with two ids.
    ids = {message["id"] for message in found}
    if len(found) > (len(ids) if sender.kind != OURS else 1):
        raise Failed("%s has %.60r %d times" % (peer.name, packets, len(found)))
    return found[0]


def expect(condition, words):
    if not condition:
        raise Failed(words)


def still_linked(ours, theirs):
    """The link carries a message each way, and neither side has lost anything."""
    number = next(marking)
    marks = ["still here %d from %s" % (number, peer.name) for peer in (ours, theirs)]
    ours.broadcast(marks[0])
    theirs.broadcast(marks[1])
    once(theirs, marks[0])
    once(ours, marks[1])
    expect(linked(ours, theirs), "the link was lost")
    expect(not theirs.faults(), "the peer reports %s" % theirs.faults())


@scene("we dial: handshake, both list each other")
def we_dial(net, other):
    ours, theirs = pair(net, other)
    expect(ours.protocol_id == theirs.protocol_id, "protocol ids differ")
    here, there = ours.peers()[theirs.id], theirs.peers()[ours.id]
    expect(not there["outgoing"], "the direction of the link")
    expect((there["host"], there["port"]) == (ours.host, ours.port), "our address at the peer: %s" % there)
    expect((here["host"], here["port"]) == (theirs.host, theirs.port), "the peer's address: %s" % here)
    expect(set(CODECS[other]) <= set(there["codecs"]), "our codecs at the peer: %s" % there["codecs"])
    still_linked(ours, theirs)


@scene("they dial: handshake, both list each other")
def they_dial(net, other):
    ours, theirs = pair(net, other, they_dial=True)
    here, there = ours.peers()[theirs.id], theirs.peers()[ours.id]
    expect(there["outgoing"], "the direction of the link")
    expect((here["host"], here["port"]) == (theirs.host, theirs.port), "the peer's address: %s" % here)
    still_linked(ours, theirs)


@scene("values of every kind, by broadcast and by whisper, both ways, each once and unchanged")
def values(net, other):
    ours, theirs = pair(net, other)
    packets = SHARED if other == JS870 else SHARED + WIDE
    for sender, receiver in ((ours, theirs), (theirs, ours)):
        sender.broadcast("b", *packets)
        sender.whisper(receiver, "w", *packets)
        once(receiver, "b", *packets)
        once(receiver, "w", *packets)
    time.sleep(SETTLE)
    for receiver in (ours, theirs):
        expect(len(receiver.collect()) == 2, "%s has %d messages" % (receiver.name, len(receiver.inbox)))
    types = [message["type"] for message in theirs.inbox]
    expect(types == [0, 2], "the sub-flags at the peer: %s" % types)
    still_linked(ours, theirs)


@scene("reply to a broadcast and to a whisper, both ways")
def reply(net, other):
    ours, theirs = pair(net, other)
    for asker, answerer in ((ours, theirs), (theirs, ours)):
        asker.broadcast("question")
        answerer.reply(once(answerer, "question"), "answer", 1)
        once(asker, "answer", 1)
        asker.whisper(answerer, "aside")
        answerer.reply(once(answerer, "aside"), "answer", 2)
        once(asker, "answer", 2)
    still_linked(ours, theirs)


@scene("each codec that both have, both ways, for what compresses well; no overlap goes raw")
def codecs(net, other):
    theirs = net.start(other)
    for codec in CODECS[other] + (34,):
        ours = net.start(OURS, codecs=[codec])
        tap = net.tap(theirs, ours)
        ours.connect(theirs, via=tap)
        until(lambda: linked(ours, theirs), "both list each other with codec %s" % codec)
        long = "compress me %d, " % codec * 4000
        ours.broadcast(long)
        theirs.broadcast(long)
        once(theirs, long)
        once(ours, long)
        wanted = CODEC_NAMES.get(codec, "raw")
        for peer in (ours, theirs):
            used = {frame.codec for frame in tap.of(peer, BROADCAST, 0)}
            expect(used == {wanted}, "%s used %s, not %s" % (peer.name, used, wanted))
        handshakes = {frame.codec for frame in tap.frames if frame.subflag == 5}
        expect(handshakes == {"raw"}, "handshakes went as %s" % handshakes)
        expect(linked(ours, theirs), "the link was lost with codec %s" % wanted)
        theirs.inbox.clear()
        ours.end()
        until(lambda: ours.id not in theirs.peers(), "the peer sees the end")


@scene("lists in different orders: each direction uses the sender's first")
def codec_orders(net, other):
    ours, theirs = net.start(OURS, codecs=[17, 19]), net.start(other, codecs=[19, 17])
    tap = net.tap(ours, theirs)
    theirs.connect(ours, via=tap)
    until(lambda: linked(ours, theirs), "both list each other")
    long = "compress me " * 400
    # One after the other: a py2p that sends while it receives may lose the link by itself.
    ours.broadcast(long)
    once(theirs, long)
    theirs.broadcast(long)
    once(ours, long)
    for peer, wanted in ((ours, "gzip"), (theirs, "zlib")):
        used = {frame.codec for frame in tap.of(peer, BROADCAST, 0)}
        expect(used == {wanted}, "%s used %s, not %s" % (peer.name, used, wanted))


@scene("TLS: both dial directions, a large message both ways")
def tls(net, other):
    ours, one, two = net.start_all(OURS, other, other, encryption="SSL")
    ours.connect(one)
    until(lambda: linked(ours, one), "linked, dialled by us")
    two.connect(ours)
    until(lambda: linked(ours, two), "linked, dialled by the peer")
    long = "over TLS " * 20000
    for theirs in (one, two):
        theirs.whisper(ours, "to us", theirs.name, long)
        ours.whisper(theirs, "to you", long)
        once(ours, "to us", theirs.name, long)
        once(theirs, "to you", long)
        still_linked(ours, theirs)


@scene("plain text meets TLS: refused on both sides, nothing else is harmed")
def tls_meets_plain(net, other):
    secure, theirs, plain = net.start(OURS, encryption="SSL"), net.start(other), net.start(OURS)
    plain.connect(theirs)
    until(lambda: linked(plain, theirs), "the plain ones are linked")
    for dialler, target in ((secure, theirs), (theirs, secure)):
        try:
            dialler.connect(target, seconds=REFUSAL, attempts=1)
        except Refusal:
            continue
        raise Failed("%s took %s for a peer" % (dialler.name, target.name))
    expect(not secure.peers(), "a peer without TLS was listed")
    still_linked(plain, theirs)


@scene("wrong subnet: refused whoever dials, and said so")
def wrong_subnet(net, other):
    ours, theirs = net.start(OURS), net.start(other, subnet="another")
    try:
        ours.connect(theirs, attempts=1)
        raise Failed("connect did not fail")
    except Refusal as refusal:
        expect("SUBNET" in str(refusal) or "PEER" in str(refusal), "the reason was %s" % refusal)
    try:
        theirs.connect(ours, seconds=REFUSAL, attempts=1)
        raise Failed("the peer took us")
    except Refusal:
        pass
    expect(not ours.peers() and not theirs.peers(), "somebody listed a peer of another subnet")
    third = net.start(other)
    third.connect(ours)
    until(lambda: linked(ours, third), "a peer of the right subnet")


@scene("peer lists: two of theirs find each other through us (of js2p: by their application); we find the second through the first")
def peer_lists(net, other):
    ours, one, two = net.start_all(OURS, other, other)
    one.connect(ours)
    until(lambda: linked(ours, one), "linked to the first")
    two.connect(ours)
    until(lambda: linked(ours, two), "linked to the second")
    if other == JS870:
        # Nobody is named to it (MSH-32), so its application dials.
        two.connect(one)
    until(lambda: one.id in two.peers() and two.id in one.peers(), "they found each other through us")
    late = net.start(OURS)
    late.connect(one)
    until(lambda: linked(late, two), "we found the second through the first's list")
    until(lambda: linked(late, ours), "we found our own kind through the first's list")
    late.broadcast("to all")
    for peer in (ours, one, two):
        once(peer, "to all")
    two.broadcast("from two")
    for peer in (ours, one, late):
        once(peer, "from two")
    time.sleep(SETTLE)
    for peer in (ours, one, two):
        only(peer, "to all")
    for peer in (ours, one, late):
        only(peer, "from two")


@scene("asked for peers with * as text and as binary, we answer both")
def request_peers(net, other):
    ours, theirs, tap = pair(net, other, via_tap=True)
    time.sleep(SETTLE)
    before = len(tap.of(ours, WHISPER, PEERS))
    for star in ("*", {"$bin": "2a"}):
        theirs.ask("raw", to=ours.id, type=WHISPER, packets=[REQUEST, star])
        time.sleep(EVERY)
    until(lambda: len(tap.of(ours, WHISPER, PEERS)) == before + 2, "two more peer lists from us")
    still_linked(ours, theirs)


@scene("reply to a node that we have no link to: request, response, new link, whisper")
def request_response(net, other):
    one, three = net.start_all(OURS, OURS, extra=("--limit", "max-outgoing=0"))
    middle = net.start(other)
    one.connect(middle)
    until(lambda: linked(one, middle), "the first link")
    three.connect(middle)
    until(lambda: linked(three, middle), "the second link")
    three.broadcast("over the middle")
    message = once(one, "over the middle")
    expect(three.id not in one.peers(), "there is a direct link before the reply")
    one.reply(message, "found you")
    once(three, "found you")
    expect(linked(one, three), "the new link is not listed on both sides")
    expect(middle.id in one.peers() and middle.id in three.peers(), "the middle lost a link")
    expect(not middle.faults(), "the middle reports %s" % middle.faults())


@scene("they look for a node that we know: we answer with its address")
def answers_requests(net, other):
    ours, theirs, tap = pair(net, other, via_tap=True, they_dial=True)
    known = net.start(OURS)
    known.connect(ours)
    until(lambda: linked(ours, known), "we know a third node")
    theirs.ask("raw", to=ours.id, type=BROADCAST, packets=[REQUEST, "request-1", known.id])
    until(lambda: tap.of(ours, BROADCAST, RESPONSE), "a response from us")
    response = tap.of(ours, BROADCAST, RESPONSE)[0].items
    expect(response[4] == "request-1", "the request's id came back as %r" % response[4])
    expect(list(response[5][0]) == [known.host, known.port], "the address is %r" % (response[5][0],))
    still_linked(ours, theirs)


@scene("renegotiation: down to no codec and up again", kinds="py2p")
def renegotiation(net, other):
    ours, theirs, tap = pair(net, other, via_tap=True, they_dial=True, codecs=[19, 17])
    long = "renegotiate me " * 300

    def codec_of_next(peer, word):
        peer.broadcast(word, long)
        once(theirs if peer is ours else ours, word, long)
        return tap.of(peer, BROADCAST, 0)[-1].codec

    expect(codec_of_next(ours, "first") == "zlib", "zlib before")
    for listed, wanted, word in (([], "raw", "second"), ([17, 99], "gzip", "third"), ([19, 17], "zlib", "last")):
        before = len(tap.of(ours, RENEGOTIATE, COMPRESSION))
        theirs.ask("raw", to=ours.id, type=RENEGOTIATE, packets=[COMPRESSION, listed])
        until(lambda: len(tap.of(ours, RENEGOTIATE, COMPRESSION)) > before, "our answer to %s" % listed)
        answer = tap.of(ours, RENEGOTIATE, COMPRESSION)[-1].items
        expect(answer[4] == [codec for codec in [19, 17] if codec in listed], "we answered %s" % answer[4])
        used = codec_of_next(ours, word)
        expect(used == wanted, "we sent %s after the list %s" % (used, listed))
    still_linked(ours, theirs)


@scene("resend: the stored frame again; a broadcast sent again is not shown again")
def resends(net, other):
    ours, theirs, tap = pair(net, other, via_tap=True, they_dial=True)
    ours.whisper(theirs, "again")
    once(theirs, "again")
    theirs.ask("raw", to=ours.id, type=RENEGOTIATE, packets=[RESEND])
    until(lambda: len(theirs.received("again")) == 2, "the whisper came again")
    ours.broadcast("and again")
    once(theirs, "and again")
    time.sleep(EVERY)
    theirs.ask("raw", to=ours.id, type=RENEGOTIATE, packets=[RESEND])
    until(lambda: len(tap.of(ours, BROADCAST, 0)) == 2, "the broadcast was sent again")
    sent = [frame.items for frame in tap.of(ours, BROADCAST, 0)]
    expect(sent[0] == sent[1], "another message was sent: %r" % (sent[1],))
    time.sleep(SETTLE)
    only(theirs, "and again")
    still_linked(ours, theirs)


@scene("old, repeated and future broadcasts: what is out of the window or known is not shown", kinds="py2p")
def window(net, other):
    ours, theirs = pair(net, other)
    now = int(time.time())
    for word, skew in (("late", -100), ("edge", -70), ("ahead", 30), ("twice", 0), ("twice", 0), ("far", 100)):
        fields = {"to": ours.id, "type": BROADCAST, "packets": [0, word], "time": now + skew}
        theirs.ask("raw", **fields)
    theirs.whisper(ours, "last")
    once(ours, "last")
    shown = [message["packets"][0] for message in ours.collect()]
    expect(shown == ["ahead", "twice", "last"], "shown were %s" % shown)
    still_linked(ours, theirs)


@scene("a link is closed by each side in turn and made anew")
def disconnects(net, other):
    ours, theirs = pair(net, other)
    for closer, remaining in ((theirs, ours), (ours, theirs)):
        closer.ask("disconnect", id=remaining.id)
        until(lambda: closer.id not in remaining.peers(), "%s sees the end" % remaining.name)
        until(lambda: remaining.id not in closer.peers(), "%s sees the end" % closer.name)
        closer.connect(remaining)
        until(lambda: linked(ours, theirs), "linked again")
    still_linked(ours, theirs)


@scene("200 broadcasts one way and then the other, as fast as they can be asked for: each once and in order")
def burst(net, other):
    ours, theirs = pair(net, other)
    # One direction after the other: py2p may lose a link by itself when it sends while it receives.
    for sender, receiver in ((ours, theirs), (theirs, ours)):
        for number in range(200):
            sender.broadcast("burst", number)
        until(lambda: len(receiver.collect()) >= 200, lambda: "%s has %d of 200" % (receiver.name, len(receiver.inbox)))
    time.sleep(SETTLE)
    for peer in (ours, theirs):
        numbers = [message["packets"][1] for message in peer.collect()]
        expect(numbers == list(range(200)), "%s has %d, not each once and in order" % (peer.name, len(numbers)))
    still_linked(ours, theirs)


@scene("a broadcast of 1 MiB both ways, one that compresses and one that does not")
def large(net, other):
    import hashlib

    ours, theirs = pair(net, other)
    blocks = (2**18 if other == JS870 else 2**20) // 64
    noise = "".join(hashlib.sha512(b"%d" % n).hexdigest() for n in range(blocks))
    for packets in (({"$bin": noise},), ("y" * blocks * 64,)):
        for sender, receiver in ((ours, theirs), (theirs, ours)):
            sender.broadcast(sender.name, *packets)
            once(receiver, sender.name, *packets)
    still_linked(ours, theirs)


@scene("both dial each other at once, five times over: in the end a link is there and works")
def duplicate_links(net, other):
    ours, theirs = net.start_all(OURS, other)
    for _ in range(5):
        dials = [
            threading.Thread(target=quietly, args=(one.connect, two, None, REFUSAL, 1))
            for one, two in ((ours, theirs), (theirs, ours))
        ]
        for dial in dials:
            dial.start()
        for dial in dials:
            dial.join()
        time.sleep(SETTLE)
        # py2p files the link that it has closed, and may be left without any; then one side dials again.
        if not linked(ours, theirs):
            quietly(ours.connect, theirs, None, REFUSAL)
        until(lambda: linked(ours, theirs), "linked")
        expect(len(ours.peers()) == 1, "one peer, once")
        ours.ask("disconnect", id=theirs.id)
        until(lambda: ours.id not in theirs.peers() and theirs.id not in ours.peers(), "unlinked")
    quietly(ours.connect, theirs, None, REFUSAL)
    until(lambda: linked(ours, theirs), "linked at last")
    still_linked(ours, theirs)


def quietly(operation, *arguments):
    """An operation that may be refused without harm to the scene."""
    try:
        operation(*arguments)
    except Refusal:
        pass
