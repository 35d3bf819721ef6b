"""Networks, scripts and values by chance, from a seed that says all of it: what any application might do.

Each step of a script stands for itself, so that a failure is played again with that step alone. What a node must show
is computed from what the kinds do to values (fidelity.py); see interop/README.md.
"""

import collections
import itertools
import random
import threading
import time

import rings
import tables
from chance import NAMES, Chance
from fidelity import LOST_KEY, NAN, WITHHELD_ENTRIES, WITHHELD_KEYS, Map, canon, difference, outline
from fidelity import python_key, read, received, seen, sent, withheld, write
from network import CODECS, JS870, OURS, PY871, PY878
from pairs import SETTLE, expect, linked
from process import UNTIL_SECONDS, Failed, Refusal, until

WORLDS = {"UNIVERSAL": (OURS, PY878, JS870), "TEXT": (OURS, PY871, JS870), "BINARY": (OURS, PY878)}
STEPS = {"mesh": 50, "sync": 40, "chord": 10}
# js2p that has dialled four closes links (11-compatibility.md, 11.9).
DIALS = 3
# How often in a row the links are found as they were before.
STILL = 3
# How much of a value is shown.
WORDS = 300
# The messages and values that were compared, of each kind of sender at each kind of receiver.
compared = collections.Counter()
counting = threading.Lock()


class Plan:
    """What a seed says: the nodes, who dials whom in what order, and the steps."""

    def __init__(self, seed):
        self.seed = seed
        self.random = random.Random(seed)
        self.role = self.random.choices(("mesh", "sync", "chord"), (5, 4, 1))[0]
        self.dialect = self.random.choice(list(WORLDS))
        self.kinds = self.draw_kinds()
        # py2p nodes that meet each other over TLS lose links by themselves (11-compatibility.md, 11.7).
        theirs = sum(kind != OURS for kind in self.kinds)
        self.secure = self.role != "chord" and theirs < 3 and self.random.random() < 0.12
        python, script = (any(kind.startswith(name) for kind in self.kinds) for name in ("py2p", "js2p"))
        self.python, self.script = python, script
        ring = self.role == "chord"
        # py2p, linked to js2p where the dialect is TEXT, spares it nothing (SYN-23).
        self.spared = script and (ring or self.role == "sync" and python and self.dialect == "TEXT")
        names = [name for name in NAMES if name not in WITHHELD_ENTRIES] if self.spared else NAMES
        self.chance = Chance(self.random, python, exact=ring and script, nan=not ring, names=names)
        self.late = self.role != "chord" and len(self.kinds) > 2 and self.random.random() < 0.3
        self.edges = self.draw_edges()
        self.codecs = [self.draw_codecs(kind) for kind in self.kinds]
        # Where no zlib and no gzip is shared, little is to wait for a py2p (LNK-34).
        self.bursts = all(codecs is None for codecs in self.codecs)
        self.steps = [self.draw_step(number) for number in range(STEPS[self.role])]
        if self.late:
            self.steps.insert(self.random.randrange(len(self.steps)), ("arrive", len(self.kinds) - 1))

    def draw_kinds(self):
        world = WORLDS[self.dialect]
        if self.role == "chord" and self.dialect == "UNIVERSAL":
            # py2p and js2p refuse each other there, and share no ring.
            world = (OURS, self.random.choice(world[1:]))
        kinds = [OURS, self.random.choice(world[1:])]
        kinds += [self.random.choice(world) for _ in range(self.random.randint(0, 1 if self.role == "chord" else 3))]
        if self.role == "chord":
            return kinds
        self.random.shuffle(kinds)
        return kinds

    def draw_edges(self):
        """Links as dialler and target, in order; each of theirs has one to ours, and each node but the first an earlier one."""
        ours = [number for number, kind in enumerate(self.kinds) if kind == OURS]
        order = sorted(range(len(self.kinds)), key=lambda number: (number == len(self.kinds) - 1 and self.late, self.random.random()))
        wanted, known = [], [ours[0]]
        # The late one is the last, and not the only one of ours.
        self.late = self.late and ours != [len(self.kinds) - 1]
        for number in order:
            if number not in known:
                near = [other for other in known if OURS in (self.kinds[other], self.kinds[number])]
                for other in self.random.sample(near, min(len(near), self.random.choice((1, 1, 1, 2)))):
                    wanted.append(self.random.choice(((number, other), (other, number))))
                known.append(number)
        dialled = collections.Counter()
        for at, (dialler, target) in enumerate(wanted):
            if self.kinds[dialler] != OURS and dialled[dialler] == DIALS:
                wanted[at] = (target, dialler)
            dialled[wanted[at][0]] += 1
        return wanted

    def draw_codecs(self, kind):
        if self.random.random() < 0.75:
            return None
        known = list(CODECS.get(kind, (32, 19, 17, 16, 18, 33, 34)))
        return self.random.sample(known, self.random.randint(0, len(known)))

    def values(self, most=3):
        return [self.chance.value() for _ in range(self.random.randint(0, most))]

    def ends(self):
        """Two nodes that a link of the plan joins, either first."""
        pair = list(self.random.choice(self.edges))
        self.random.shuffle(pair)
        return tuple(pair)

    def draw_step(self, number):
        if self.role == "mesh":
            return self.draw_message(number)
        writer = self.random.randrange(len(self.kinds))
        key = self.draw_entry_key(number)
        value = self.chance.value()
        while value is None:
            value = self.chance.value()
        draw = self.random.random()
        if draw < 0.55:
            return "put", writer, key, value
        if draw < 0.8:
            base = self.chance.some_map()
            return "delta", writer, key, base, self.fitting(base, self.chance.some_map())
        if draw < 0.9 and not self.script:
            return "delete", writer, key, value
        if draw < 0.93 and self.role == "sync":
            other = self.random.choice([node for node in range(len(self.kinds)) if node != writer])
            return "steal", writer, key, value, other
        return "put", writer, key, value

    def fitting(self, base, change):
        """The change without keys that py2p alone takes for keys of the map, as 1 and 1.0."""
        known = {python_key(key): canon(key) for key, _ in base}
        odd = [canon(key) for key, _ in change if self.python and known.get(python_key(key), canon(key)) != canon(key)]
        return Map(entry for entry in change if canon(entry[0]) not in odd)

    def draw_entry_key(self, number):
        """A key that no other step has. js2p makes text of all keys, so that in its networks all are text."""
        if self.role == "sync" and not self.spared and self.random.random() < 0.06:
            return WITHHELD_KEYS[number % len(WITHHELD_KEYS)] if number < len(WITHHELD_KEYS) else "%d" % number
        odd = self.chance.text(self.random.choice((0, 1, 9, 60))) if self.random.random() < 0.8 else "__proto__"
        if self.script or self.random.random() < 0.6:
            return "%s%d" % (odd, number) if self.random.random() < 0.9 else "%d%s" % (number, odd)
        return self.chance.binary(self.random.choice((0, 1, 40, 300))) + b"\xff%d" % number

    def draw_message(self, number):
        draw = self.random.random()
        sender = self.random.randrange(len(self.kinds))
        if draw < 0.45:
            return "broadcast", sender, self.values()
        if draw < 0.6:
            return ("whisper",) + self.ends() + (self.values(),)
        if draw < 0.85:
            return ("talk",) + self.ends() + (self.random.random() < 0.5, self.values(), self.values(2))
        return "burst", sender, [self.values(1) if self.random.random() < 0.3 else [] for _ in range(self.random.randint(2, 20))]

    def title(self):
        links = ", ".join("%d dials %d" % edge for edge in self.edges)
        extra = (", TLS" if self.secure else "") + (", one late" if self.late else "")
        return "%s of %s%s: %s" % (self.role, ", ".join(self.kinds), extra, links)


class Show:
    """The play of a plan."""

    def __init__(self, net, plan, wanted):
        self.net, self.plan, self.wanted = net, plan, wanted
        self.peers, self.present = {}, []
        self.links = []
        self.at = "the start"
        self.number = None
        # What each inbox must hold in the end: how often at most a marker may have come to a node.
        self.due = collections.defaultdict(dict)
        self.table = collections.defaultdict(dict)
        self.owners = {}

    def play(self):
        last = len(self.plan.kinds) - 1
        self.start([node for node in range(len(self.plan.kinds)) if not (self.plan.late and node == last)])
        for number, step in enumerate(self.plan.steps):
            self.number, self.at = number, "step %d, %s" % (number, describe(step, self.plan))
            if self.wanted is None or number in self.wanted or step[0] == "arrive":
                getattr(self, step[0])(*step[1:])
                self.unharmed()
        self.number, self.at = None, "the end"
        time.sleep(SETTLE)
        self.nothing_besides()
        self.unharmed()
        for one, other in self.links:
            expect(linked(one, other), "%s and %s no longer list each other" % (one.name, other.name))

    def start(self, nodes):
        options = {"kind_of_network": self.plan.role, "encryption": "SSL" if self.plan.secure else None}
        begun = [(node, self.net.begin(self.plan.kinds[node], codecs=self.plan.codecs[node], **options)) for node in nodes]
        for node, peer in begun:
            self.peers[node] = peer.await_ready()
            self.present.append(node)
        for edge in self.plan.edges:
            if set(edge) <= set(self.present) and set(edge) & set(nodes):
                self.dial(*(self.peers[node] for node in edge))
        self.settle()
        if self.plan.role == "chord":
            everyone = list(self.peers.values())
            rings.meet(self.net, [peer for peer in everyone if peer.kind != OURS])
            for peer in everyone:
                rings.join(self.net, peer, everyone)

    def dial(self, dialler, target):
        if not linked(dialler, target):
            tap = None if self.plan.secure else self.net.tap(target, dialler)
            dialler.connect(target, via=tap)
        until(lambda: linked(dialler, target), "%s and %s are linked" % (dialler.name, target.name))
        self.links.append((dialler, target))

    def settle(self):
        """Waits until nobody finds another peer any more; what ended before was a second link (MSH-2, MSH-24)."""
        seen, same = None, 0
        while same < STILL:
            now = [sorted(peer.peers()) for peer in self.peers.values()]
            seen, same = now, same + 1 if now == seen else 0
            time.sleep(SETTLE)
        self.ended = {peer: len(self.ends_of(peer)) for peer in self.peers.values()}

    def ends_of(self, peer):
        return [event for event in list(peer.events) if event["event"] == "disconnect"]

    def unharmed(self):
        for peer in self.peers.values():
            ends = self.ends_of(peer)[self.ended.get(peer, 0) :]
            expect(not ends, "%s lost a link" % peer.name)
            expect(not peer.faults(), "%s reports %s" % (peer.name, peer.faults()))

    def others(self, sender):
        return [node for node in self.present if node != sender]

    # The steps of a mesh.

    def broadcast(self, sender, values, wait=True, part=""):
        if sender not in self.present:
            return
        marker = "%d%s" % (self.number, part)
        self.peers[sender].broadcast(marker, *map(write, values))
        for receiver in self.others(sender):
            self.due[receiver][marker] = (sender, 0, values)
        if wait:
            for receiver in self.others(sender):
                self.arrived(receiver, marker)

    def whisper(self, sender, receiver, values):
        if {sender, receiver} <= set(self.present):
            marker = "%d" % self.number
            self.peers[sender].whisper(self.peers[receiver], marker, *map(write, values))
            self.due[receiver][marker] = (sender, 2, values)
            self.arrived(receiver, marker)

    def talk(self, asker, answerer, aloud, values, answer):
        if not {asker, answerer} <= set(self.present):
            return
        (self.broadcast(asker, values) if aloud else self.whisper(asker, answerer, values))
        for turn, (speaker, listener) in enumerate(((answerer, asker), (asker, answerer))):
            heard = str(self.number) if turn == 0 else "%d.answer 0" % self.number
            question = self.arrived(speaker, heard)
            marker = "%d.answer %d" % (self.number, turn)
            self.peers[speaker].reply(question, marker, *map(write, answer))
            self.due[listener][marker] = (speaker, 2, answer)
            self.arrived(listener, marker)

    def burst(self, sender, messages):
        for part, values in enumerate(messages):
            self.broadcast(sender, values, wait=not self.plan.bursts, part=".%d" % part)
        if sender in self.present:
            for receiver in self.others(sender):
                for part in range(len(messages)):
                    self.arrived(receiver, "%d.%d" % (self.number, part))

    def arrived(self, receiver, marker):
        """The message, once it has come, as it was meant."""
        peer = self.peers[receiver]

        def found():
            return next((message for message in peer.inbox if message["packets"][:1] == [marker]), None)

        def lost():
            self.unharmed()
            return found() or (peer.collect() and found())

        message = until(lost, lambda: "%s has the message %s" % (peer.name, marker))
        self.right(receiver, marker, message)
        return message

    def right(self, receiver, marker, message):
        peer = self.peers[receiver]
        sender, subflag, values = self.due[receiver][marker]
        author = self.peers[sender]
        expect(message["sender"] == author.id, "%s has %s from %s" % (peer.name, marker, message["sender"]))
        expect(message["type"] == subflag, "%s has %s with the sub-flag %s" % (peer.name, marker, message["type"]))
        wanted = [received(peer.kind, sent(author.kind, value)) for value in values]
        differs = difference(wanted, [read(packet) for packet in message["packets"][1:]])
        expect(not differs, "%s sent, and at %s packet%s" % (author.name, peer.name, differs))
        count(author, peer, len(values))

    def nothing_besides(self):
        """Nothing came that nobody sent, nor twice. The 0.7 peers date a broadcast anew for each link: it may be two."""
        for node, peer in self.peers.items():
            often = collections.Counter()
            for message in peer.collect():
                marker = message["packets"][0] if message["packets"] else None
                expect(marker in self.due[node], "%s has what was not sent to it: %.200s" % (peer.name, message))
                self.right(node, marker, message)
                often[marker] += 1
            for marker, times in often.items():
                sender, subflag, _ = self.due[node][marker]
                dated = {message["id"] for message in peer.inbox if message["packets"][0] == marker}
                most = len(dated) if subflag == 0 and self.plan.kinds[sender] != OURS else 1
                expect(times <= most, "%s has %s %d times" % (peer.name, marker, times))

    def arrive(self, node):
        self.start([node])
        if self.plan.role != "sync":
            return
        peer = self.peers[node]
        for key in self.owners:
            holders = [other for other in self.others(node) if key in self.table[other]]
            forms = [sent(self.peers[other].kind, self.table[other][key]) for other in holders]
            if peer.kind == JS870 and any(withheld(key, form) for form in forms):
                continue
            forms += [sent(JS870, received(JS870, form)) for form in forms] if self.plan.script else []
            shown = [received(peer.kind, form) for form in forms]
            until(lambda: self.tells(peer, key), "%s is told of %s" % (peer.name, outline(key)))
            found = self.told(peer, key)
            expect(canon(found) in map(canon, shown), "%s has %s for %s" % (peer.name, outline(found), outline(key)))
            self.table[node][key] = found

    # The steps of a table.

    def tells(self, peer, key):
        return tables.events(peer, "update", write(key))

    def told(self, peer, key):
        return read(self.tells(peer, key)[-1]["value"])

    def put(self, writer, key, value):
        if writer not in self.present:
            return
        own = self.peers[writer]
        if own.kind == JS870 and withheld(key, value):
            return
        own.ask("set", key=write(key), value=write(value))
        self.owners[key] = writer
        for node in self.present:
            kind = self.peers[node].kind
            if kind != JS870 or not withheld(key, value):
                self.table[node][key] = seen(kind, value) if node == writer else received(kind, sent(own.kind, value))
        self.all_hold(writer, key)

    def delta(self, writer, key, value, change):
        self.put(writer, key, value)
        if self.owners.get(key) != writer:
            return
        own = self.peers[writer]
        own.ask("delta", key=write(key), value=write(change))
        for node in self.present:
            kind = self.peers[node].kind
            there = seen(kind, change) if node == writer else received(kind, sent(own.kind, change))
            if kind == JS870:
                # It loses that one at the merge, also of its own.
                there = Map((name, inner) for name, inner in there if name != LOST_KEY)
            if kind != JS870 or not withheld(key):
                self.table[node][key] = merged(self.table[node].get(key, Map()), there)
        if self.plan.role == "chord":
            # What is merged is what was read, at whichever node.
            self.table.update({node: dict(self.table[writer]) for node in self.present})
        self.all_hold(writer, key)

    def all_hold(self, writer, key):
        for node in self.present:
            if key not in self.table[node]:
                continue
            peer, wanted = self.peers[node], self.table[node][key]
            if self.plan.role == "chord":
                rings.reads(peer, write(key), write(wanted))
            else:
                self.holds(writer, node, key, wanted)
            count(self.peers[writer], peer, 1)

    def holds(self, writer, node, key, wanted):
        peer = self.peers[node]
        if node != writer:

            def is_told():
                self.unharmed()
                return self.tells(peer, key) and canon(self.told(peer, key)) == canon(wanted)

            def words():
                here = tables.read(peer, write(key))
                differs = difference(wanted, self.told(peer, key)) if self.tells(peer, key) else " was not told"
                differs += ", and read is %s" % outline(read(here))
                return "%s of %s at %s: the value%s" % (outline(key), self.peers[writer].name, peer.name, differs)

            until(is_told, words)
        # js2p reads what is falsy as absent.
        if peer.kind == JS870 and (not wanted or wanted == NAN):
            return
        differs = difference(wanted, read(tables.read(peer, write(key))))
        expect(not differs, "%s reads %s, and the value%s" % (peer.name, outline(key), differs))

    def delete(self, writer, key, value):
        self.put(writer, key, value)
        if self.owners.get(key) != writer:
            return
        self.peers[writer].ask("delete", key=write(key))
        for node in self.present:
            peer = self.peers[node]
            until(lambda: tables.read(peer, write(key)) is None, "%s has no %s any more" % (peer.name, outline(key)))
        self.owners.pop(key)

    def steal(self, writer, key, value, stranger):
        self.put(writer, key, value)
        if self.owners.get(key) != writer or stranger not in self.present or key not in self.table[stranger]:
            return
        time.sleep(tables.NEXT_SECOND)
        tables.refused(self.peers[stranger], "set", key=write(key), value="stolen")
        self.all_hold(writer, key)


def merged(old, change):
    entries = {canon(key): (key, value) for key, value in old}
    entries.update({canon(key): (key, value) for key, value in change})
    return Map(entries.values())


def count(author, receiver, values):
    with counting:
        compared[author.kind, receiver.kind, "messages"] += 1
        compared[author.kind, receiver.kind, "values"] += values


def describe(step, plan):
    """A step in words: who, and what with."""

    def words(part):
        if isinstance(part, list) and part and isinstance(part[0], list):
            return "%d messages" % len(part)
        words = outline(part)
        return words if len(words) < WORDS else words[:WORDS] + "..."

    return "%s by %d (%s) %s" % (step[0], step[1], plan.kinds[step[1]], ", ".join(map(words, step[2:])))


def scene(seed, wanted=None):
    """The scene of a seed, with the steps that are wanted, or all."""
    plan = Plan(seed)

    def function(net, seconds):
        show = Show(net, plan, wanted)
        try:
            show.play()
        except (Failed, Refusal) as failure:
            function.failed_at = show.number
            words = "%s (seed %d, %s)" % (failure, seed, show.at)
            raise Failed(words).with_traceback(failure.__traceback__) from failure

    function.title, function.kinds, function.dialect = plan.title(), None, plan.dialect
    function.needs = tuple(kind for kind in dict.fromkeys(plan.kinds) if kind != OURS)
    function.label, function.seed, function.steps, function.failed_at = "random-%d" % seed, seed, wanted, None
    function.smallest = lambda: wanted is None and function.failed_at is not None and scene(seed, {function.failed_at})
    return function


def scenes(first, number, wanted=None):
    return (scene(seed, wanted) for seed in itertools.islice(itertools.count(first), number))


def tally():
    """What was compared, a line for each pair of kinds."""
    pairs = sorted({pair[:2] for pair in compared})
    return ["%-14s at %-14s %7d messages, %7d values" % (*pair, compared[*pair, "messages"], compared[*pair, "values"]) for pair in pairs]
