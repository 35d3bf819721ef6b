"""Scenes of networks in which our nodes, py2p 0.7.878 and js2p meet in the dialect UNIVERSAL."""

import collections
import random
import time

from network import JS870, OURS, PY878
from pairs import SETTLE, WHISPER, expect, linked, once, only
from process import UNTIL_SECONDS, Failed, Refusal, until

SCENES = []
PING = 3


def scene(title):
    """Registers a scene; its function has the name that --filter takes."""

    def register(function):
        function.title, function.kinds, function.smallest = title, None, None
        function.needs, function.dialect = (PY878, JS870), "UNIVERSAL"
        function.label = function.__name__.replace("_", "-")
        SCENES.append(function)
        return function

    return register


@scene("ours between py2p and js2p: each broadcast reaches both others once; whispers and replies")
def three_kinds(net, seconds):
    ours, python, script = net.start_all(OURS, PY878, JS870)
    python.connect(ours)
    script.connect(ours)
    until(lambda: linked(ours, python) and linked(ours, script), "both are linked to ours")
    for sender in (ours, python, script):
        sender.broadcast("from", sender.name)
        for receiver in {ours, python, script} - {sender}:
            once(receiver, "from", sender.name)
    for theirs in (python, script):
        ours.whisper(theirs, "to you")
        theirs.reply(once(theirs, "to you"), "back from " + theirs.name)
        ours.reply(once(ours, "back from " + theirs.name), "thanks")
        once(theirs, "thanks")
    time.sleep(SETTLE)
    for peer in (ours, python, script):
        for sender in {ours, python, script} - {peer}:
            only(peer, "from", sender.name)
        expect(not peer.received("from", peer.name), "%s has its own broadcast" % peer.name)
    expect(linked(ours, python) and linked(ours, script), "a link was lost")
    expect(not script.faults(), "js2p reports %s" % script.faults())


@scene("25 s of silence: our pings go unnoticed, the links stay")
def silence(net, seconds):
    ours, python, script = net.start_all(OURS, PY878, JS870)
    taps = [net.tap(theirs, ours) for theirs in (python, script)]
    for theirs, tap in zip((python, script), taps):
        ours.connect(theirs, via=tap)
        until(lambda: linked(ours, theirs), "linked to " + theirs.name)
    time.sleep(25)
    for theirs, tap in zip((python, script), taps):
        expect(tap.of(ours, WHISPER, PING), "no ping to %s" % theirs.name)
        expect(linked(ours, theirs), "the link to %s was lost" % theirs.name)
        expect(not theirs.collect(), "%s shows %s" % (theirs.name, theirs.inbox))
    ours.broadcast("awake")
    once(python, "awake")
    once(script, "awake")


def links_of(peers):
    """All links, each as its two ends, as far as both ends list it."""
    lists = {peer: peer.peers() for peer in peers}
    return {
        (one.name, two.name)
        for one in peers
        for two in peers
        if one.name < two.name and two.id in lists[one] and one.id in lists[two]
    }


def settled(peers, seconds=UNTIL_SECONDS):
    """The links, once they have not changed for two seconds."""
    deadline = time.monotonic() + seconds
    before, since = links_of(peers), time.monotonic()
    while time.monotonic() - since < 2:
        if time.monotonic() > deadline:
            raise Failed("the links do not settle")
        time.sleep(0.2)
        now = links_of(peers)
        if now != before:
            before, since = now, time.monotonic()
    return before


def something(chance, number):
    """Packets that each implementation can represent, with the number that makes them unlike others."""
    kinds = (
        lambda: "text %d" % chance.getrandbits(30),
        lambda: {"$bin": chance.randbytes(chance.choice((0, 3, 200, 5000))).hex()},
        lambda: chance.randint(-(2**31), 2**31 - 1),
        lambda: "again and again " * chance.randint(1, 2000),
        lambda: {"map": [None, True, {"deep": chance.randint(0, 99)}]},
        lambda: [chance.choice("äß🚀x") * 20, []],
    )
    return [number] + [chance.choice(kinds)() for _ in range(chance.randint(1, 3))]


@scene("a soak of six nodes, two of each kind: nothing lost, nothing twice, no link lost")
def soak(net, seconds):
    seed = random.SystemRandom().getrandbits(32)
    chance = random.Random(seed)
    try:
        soak_with(net, seconds, chance)
    except (Failed, Refusal) as failure:
        raise Failed("%s (seed %d)" % (failure, seed)) from failure


def soak_with(net, seconds, chance):
    ours = net.start_all(OURS, OURS)
    theirs = net.start_all(PY878, PY878, JS870, JS870)
    peers = ours + theirs
    ours[0].connect(ours[1])
    for number, peer in enumerate(theirs):
        peer.connect(ours[number % 2])
    links = settled(peers)
    for number, peer in enumerate(theirs):
        expect(any({peer.name, own.name} == set(link) for own in ours for link in links), "%s has no link to ours" % peer.name)
    losses = [len([event for event in own.events if event["event"] == "disconnect"]) for own in ours]
    sent, deadline = [], time.monotonic() + seconds
    while time.monotonic() < deadline:
        sender = chance.choice(peers)
        packets = something(chance, len(sent))
        sender.broadcast(*packets)
        sent.append((sender, packets))
        if len(sent) % 20 == 0:
            chance.choice(peers).collect()
        time.sleep(chance.uniform(0, 0.15))

    def complete(peer):
        numbers = {message["packets"][0] for message in peer.collect()}
        return len(numbers) >= sum(sender is not peer for sender, _ in sent)

    for peer in peers:
        until(lambda: complete(peer), lambda: "%s has all, it has %d of %d" % (peer.name, len(peer.inbox), len(sent)))
    time.sleep(SETTLE)
    again = 0
    for peer in peers:
        wanted = {repr(packets) for sender, packets in sent if sender is not peer}
        found = [repr(message["packets"]) for message in peer.collect()]
        odd = [message for message in peer.inbox if repr(message["packets"]) not in wanted]
        expect(not odd, "%s has what nobody sent: %.300r" % (peer.name, odd))
        ids = collections.Counter(message["id"] for message in peer.inbox)
        expect(max(ids.values()) == 1, "%s has one message twice" % peer.name)
        own = [repr(packets) for sender, packets in sent if sender in ours and sender is not peer]
        often = [packets for packets in own if found.count(packets) > 1]
        expect(not often, "%s has more than once what ours sent once: %.300r" % (peer.name, often))
        missing = wanted - set(found)
        expect(not missing, "%s lacks %d of %d" % (peer.name, len(missing), len(wanted)))
        # The 0.7 peers date a broadcast anew for each link: at the turn of a second it becomes two.
        again += len(found) - len(wanted)
        expect(not peer.faults(), "%s reports %s" % (peer.name, peer.faults()))
    lost = links - links_of(peers)
    expect(not lost, "lost: %s" % sorted(lost))
    now = [len([event for event in own.events if event["event"] == "disconnect"]) for own in ours]
    expect(now == losses, "our nodes saw %d ends of links" % (sum(now) - sum(losses)))
    print(
        "        soak: %d broadcasts, %d deliveries, %d of them dated twice by their 0.7 sender, %d links"
        % (len(sent), 5 * len(sent) + again, again, len(links)),
        flush=True,
    )
