#!/usr/bin/env python3
"""One py2p node for the network benchmark, by its public interface alone: lines in, lines out.

py2p_driver.py KIND HOST BYTES EVERY: a mesh, sync or chord node on any port of the host. What it sends has a
head of 20 bytes, which the benchmark chooses, and is filled up to BYTES; of what it is whispered, it tells each
EVERYth, of broadcasts each. benchmarks/README.md has the lines.
"""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "interop" / "peers"))

from py2p_parts import free_port, settled

WHISPER = 2
HEAD = 20
NUMBER = 8
VALUE = 100
EIGHT = 8
CALLS = 64
# An answer that is lost never comes; one that is not takes a tenth of this.
CHORD_SECONDS = 1.0

telling = threading.Lock()


def tell(*words):
    line = (" ".join(map(str, words)) + "\n").encode()
    with telling:
        os.write(1, line)


class Node:
    def __init__(self, kind, host, size, every):
        from py2p import base, chord, mesh, messages, sync

        # What is sent is random, which no codec makes smaller; and not all that py2p packs it unpacks.
        messages.compression[:] = []
        self.filler = os.urandom(max(size, VALUE) + EIGHT)
        self.size = size
        self.every = every
        self.whispered = 0
        self.calls = ThreadPoolExecutor(CALLS)
        port = free_port(host)
        kinds = {"mesh": mesh.MeshSocket, "sync": sync.SyncSocket, "chord": chord.ChordSocket}
        self.node = kinds[kind](host, port, prot=base.Protocol("bench", "Plaintext"), out_addr=(host, port))
        if kind == "mesh":
            self.node.on("message")(self.heard)
        if kind == "sync":
            self.node.on("update")(self.updated)
        self.padding = -self.frame() % EIGHT
        tell("ready", port)

    def frame(self):
        """The length of a frame. py2p loses a link when exactly 4 bytes of a next frame are in what it has read,
        1024 bytes at a time; frames of a multiple of 8 spare it that, and cost it at most 7 bytes."""
        of_body = 2 if self.size < 1 << 8 else 3 if self.size < 1 << 16 else 5
        return 4 + 32 + 1 + 1 + 2 + len(self.node.id) + 5 + 1 + of_body + self.size

    def heard(self, _):
        while True:
            message = self.node.recv()
            if message is None:
                return
            flag, body = message.packets[0], message.packets[1]
            if flag == WHISPER:
                self.whispered += 1
                if self.whispered % self.every:
                    continue
            tell("got", body[:HEAD].hex())

    def updated(self, _, key, value, *__):
        key = key.decode() if isinstance(key, bytes) else key
        tell("update", int.from_bytes(value[:NUMBER], "big"), key)

    # What the benchmark asks for.

    def connect(self, host, port):
        """Dials, which is refused where there is a link already: nodes find each other by their peer lists too."""
        self.node.connect(host, int(port))
        tell("connected")

    def links(self):
        tell("links", len(self.node.routing_table))

    def why(self):
        """What py2p itself says went wrong: the kinds and words of its errors, not where in it they come from."""
        status = self.node.status
        found = []
        for error in [] if isinstance(status, str) else status:
            lines = [line for line in str(error).replace("\\n", "\n").splitlines() if line.strip(" '\"")]
            found.append(lines[-1].strip(" '\"")[:120] if lines else type(error).__name__)
        tell("why", "; ".join(found[:3]))

    def join(self):
        self.node.join()
        tell("connected")

    def body(self, head):
        return bytes.fromhex(head) + self.filler[HEAD : self.size + self.padding]

    def broadcast(self, head):
        self.node.send(self.body(head))

    def whisper(self, head, times):
        body = self.body(head)
        peer = next(iter(self.node.routing_table.values()))
        for _ in range(int(times)):
            peer.send(WHISPER, WHISPER, body)

    def call(self, call, work):
        def run():
            try:
                tell(*work())
            except Exception as failure:
                tell("failed", call, type(failure).__name__, str(failure)[:100].replace("\n", " "))

        return run

    def put(self, call, number, key):
        value = int(number).to_bytes(NUMBER, "big") + self.filler[NUMBER:VALUE]

        def work():
            settled(self.node.set(key, value), CHORD_SECONDS)
            return "done", call

        if hasattr(self.node, "join") and hasattr(self.node, "unjoin"):
            self.calls.submit(self.call(call, work))
        else:
            self.call(call, work)()

    def get(self, call, key):
        def work():
            value = settled(self.node.get(key, timeout=CHORD_SECONDS), CHORD_SECONDS)
            return ("value", call, int.from_bytes(value[:NUMBER], "big")) if value else ("none", call)

        self.calls.submit(self.call(call, work))


def main():
    kind, host, size, every = sys.argv[1:]
    node = Node(kind, host, int(size), int(every))
    for line in sys.stdin:
        words = line.split()
        getattr(node, words[0])(*words[1:])


if __name__ == "__main__":
    # What py2p prints must not come between the lines.
    sys.stdout = sys.stderr
    try:
        main()
    finally:
        # The threads of py2p do not end by themselves.
        os._exit(0)
