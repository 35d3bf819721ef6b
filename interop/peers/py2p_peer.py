#!/usr/bin/env python3
"""A real py2p node as a live peer of the testee protocol: JSON lines on stdin and stdout.

It uses py2p by its public interface alone. The first line that it prints says where it listens;
then each line of input is an operation and has one line of answer. See interop/README.md.
"""

import argparse
import collections
import json
import re
import sys
import threading
import time

from py2p_parts import free_port, settled

WHISPER = 2
SAFE_INTEGER = 2**53 - 1
CONNECT_SECONDS = 5.0
CHORD_SECONDS = 10.0
KEPT_MESSAGES = 4096


def from_json(value):
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((key, inner),) = value.items()
        if key == "$bin":
            return bytes.fromhex(inner)
        if key == "$int":
            return int(inner)
        if key == "$f64":
            import struct

            return struct.unpack(">d", bytes.fromhex(inner))[0]
        if key == "$rep":
            return bytes.fromhex(inner[0]) * inner[1]
        if key == "$reps":
            return inner[0] * inner[1]
        if key == "$map":
            return {as_key(from_json(k)): from_json(v) for k, v in inner}
    return {key: from_json(inner) for key, inner in value.items()}


def as_key(key):
    """A list cannot be a key in this language; a tuple can."""
    return tuple(map(as_key, key)) if isinstance(key, list) else key


def to_json(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) <= SAFE_INTEGER else {"$int": str(value)}
    if isinstance(value, float):
        import struct

        return {"$f64": struct.pack(">d", value).hex()}
    if isinstance(value, (bytes, bytearray)):
        return {"$bin": bytes(value).hex()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        if all(isinstance(key, str) and not key.startswith("$") for key in value):
            return {key: to_json(inner) for key, inner in value.items()}
        return {"$map": [[to_json(k), to_json(v)] for k, v in value.items()]}
    return {"$other": repr(value)}


def text(value):
    """An id as text, whichever type this version of py2p gives it."""
    return value.decode() if isinstance(value, bytes) else value


def last_word(error):
    """The kind of an error that py2p keeps; the rest of its report shows code of py2p, which stays unread."""
    report = str(error).replace("\\n", "\n")
    # What an error says of itself may go on over several lines.
    kinds = re.findall(r"^[ '\"]*(\w*(?:Error|Exception|Interrupt|Exit))\b", report, re.MULTILINE)
    return kinds[-1] if kinds else type(error).__name__


class Refused(Exception):
    """An operation that cannot be done; its words are the answer."""


class Peer:
    def __init__(self, options):
        import py2p
        from py2p import base, chord, mesh, sync

        self.kind = options.kind
        host, port = options.listen.rsplit(":", 1)
        self.address = (host, int(port) or free_port(host))
        protocol = base.Protocol(options.subnet or options.kind, options.encryption)
        arguments = {"prot": protocol, "out_addr": self.address, "debug_level": options.debug}
        if options.codecs is not None:
            own_codecs(options.codecs)
        if self.kind == "sync":
            self.node = sync.SyncSocket(*self.address, leasing=not options.no_leasing, **arguments)
        elif self.kind == "chord":
            self.node = chord.ChordSocket(*self.address, **arguments)
        else:
            self.node = mesh.MeshSocket(*self.address, **arguments)
        self.version = options.version or getattr(py2p, "__version__", "?")
        self.replies = collections.OrderedDict()
        self.taken = collections.Counter()
        self.listen_to_events()

    def listen_to_events(self):
        @self.node.on("connect")
        def connected(_):
            say({"event": "connect"})

        if self.kind == "sync":

            @self.node.on("update")
            def updated(_, key, value, meta):
                change = {"key": to_json(key), "value": to_json(value)}
                say({"event": "update", "owner": text(meta.owner), "time": meta.timestamp, **change})

        if self.kind == "chord":

            @self.node.on("add")
            def added(_, key):
                say({"event": "add", "key": to_json(key)})

        if self.kind in ("sync", "chord"):

            @self.node.on("delete")
            def deleted(_, key):
                say({"event": "delete", "key": to_json(key)})

    def ready(self):
        return {
            "host": self.address[0],
            "port": self.address[1],
            "id": text(self.node.id),
            "protocolId": text(self.node.protocol.id),
            "name": "py2p",
            "version": self.version,
        }

    def link(self, peer):
        for known, link in list(self.node.routing_table.items()):
            if text(known) == peer:
                return link
        raise Refused("no link to " + peer)

    # The operations, each named as in the testee protocol.

    def connect(self, request):
        before = set(self.node.routing_table)
        if self.node.connect(request["host"], request["port"]) is False:
            raise Refused("connect was refused")
        seconds = request.get("seconds", CONNECT_SECONDS)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            new = set(self.node.routing_table) - before
            if new:
                return {"id": text(new.pop())}
            time.sleep(0.01)
        raise Refused("no handshake within %s s" % seconds)

    def broadcast(self, request):
        self.node.send(*from_json(request["packets"]))
        return {"sent": len(self.node.routing_table)}

    def whisper(self, request):
        packets = from_json(request["packets"])
        if "to" in request:
            self.link(request["to"]).send(WHISPER, WHISPER, *packets)
            return {"sent": 1}
        self.node.send(*packets, flag=WHISPER, type=WHISPER)
        return {"sent": len(self.node.routing_table)}

    def reply(self, request):
        if request["to"] not in self.replies:
            raise Refused("no such message")
        self.replies[request["to"]].reply(*from_json(request["packets"]))
        return {"sent": 1}

    def messages(self, request):
        found = []
        while len(found) < request.get("max", KEPT_MESSAGES):
            message = self.node.recv()
            if message is None:
                break
            packets = to_json(list(message.packets))
            kept = {"id": message.id.hex(), "type": packets[0], "packets": packets[1:]}
            found.append({**kept, "sender": text(message.sender), "time": message.time})
            self.replies[kept["id"]] = message
            if len(self.replies) > KEPT_MESSAGES:
                self.replies.popitem(last=False)
        return found

    def state(self, _):
        peers = []
        for known, link in list(self.node.routing_table.items()):
            host, port = link.addr or (None, None)
            peers.append(
                {
                    "id": text(known),
                    "host": text(host),
                    "port": port,
                    "outgoing": bool(link.outgoing),
                    "codecs": list(link.compression or []),
                }
            )
        status = self.node.status
        return {
            "id": text(self.node.id),
            "peers": peers,
            "status": status if isinstance(status, str) else [last_word(error) for error in status],
            "counters": {"handled." + str(key): count for key, count in self.taken.items()},
        }

    def handle(self, request):
        """Counts the messages with this sub-flag, and consumes them when asked to."""
        subflag, consume = request["subflag"], request.get("consume", False)

        def handler(message, _):
            if message.packets[0] != subflag:
                return None
            self.taken[subflag] += 1
            return True if consume else None

        self.node.register_handler(handler)
        return {}

    def raw(self, request):
        """Sends any message to one peer: type, then its payload with the sub-flag first."""
        dated = {"time": request["time"]} if "time" in request else {}
        self.link(request["to"]).send(request["type"], *from_json(request["packets"]), **dated)
        return {}

    def disconnect(self, request):
        self.node.disconnect(self.link(request["id"]))
        return {}

    def set(self, request):
        self.node.set(from_json(request["key"]), from_json(request["value"]))
        return {}

    def get(self, request):
        key = from_json(request["key"])
        if self.kind == "chord":
            seconds = request.get("timeout", CHORD_SECONDS)
            return {"value": to_json(settled(self.node.get(key, timeout=seconds), seconds))}
        return {"value": to_json(self.node.get(key))}

    def delete(self, request):
        del self.node[from_json(request["key"])]
        return {}

    def delta(self, request):
        settled(self.node.apply_delta(from_json(request["key"]), from_json(request["value"])), CHORD_SECONDS)
        return {}

    def keys(self, _):
        return {"keys": [to_json(key) for key in self.node.keys()]}

    def join(self, _):
        self.node.join()
        return {}

    def leave(self, _):
        self.node.unjoin()
        return {}


def own_codecs(wanted):
    """Leaves of the codecs that py2p offers those that are wanted, in that order."""
    from py2p import messages

    offered = messages.compression
    offered[:] = [codec for codec in wanted if codec in offered]


speaking = threading.Lock()


def say(line):
    with speaking:
        sys.__stdout__.write(json.dumps(line) + "\n")
        sys.__stdout__.flush()


def serve(peer):
    operations = {
        "node." + name: getattr(peer, name)
        for name in (
            "connect broadcast whisper reply messages state handle raw disconnect"
            " set get delete delta keys join leave"
        ).split()
    }
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request.get("id")}
        if request["op"] in ("bye", "node.close"):
            say({**answer, "ok": {}})
            return
        try:
            operation = operations.get(request["op"])
            if operation is None:
                answer["err"] = "NOOP"
            else:
                answer["ok"] = operation(request.get("in", {}))
        except Exception as failure:
            answer.update(err="INTERNAL", detail="%s: %s" % (type(failure).__name__, str(failure)[:200]))
        say(answer)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listen", default="127.0.0.1:0", metavar="HOST:PORT")
    parser.add_argument("--kind", default="mesh", choices=("mesh", "sync", "chord"))
    parser.add_argument("--subnet", help="the kind's own by default")
    parser.add_argument("--encryption", default="Plaintext", choices=("Plaintext", "SSL"))
    parser.add_argument("--no-leasing", action="store_true")
    parser.add_argument("--codecs", type=lambda s: [int(n) for n in s.split(",") if n])
    parser.add_argument("--version", help="the version to report; py2p itself reports another")
    parser.add_argument("--debug", type=int, default=0)
    peer_options = parser.parse_args()
    # What py2p prints goes to stderr, so that stdout holds the answers alone.
    sys.stdout = sys.stderr
    peer = Peer(peer_options)
    say({"ready": peer.ready()})
    serve(peer)


if __name__ == "__main__":
    try:
        main()
    finally:
        sys.__stdout__.flush()
        sys.stderr.flush()
        # The threads of py2p do not end by themselves.
        import os

        os._exit(0)
