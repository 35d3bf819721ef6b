"""One peer in a process of its own, driven by the live-peer part of the testee protocol."""

import json
import os
import queue
import subprocess
import tempfile
import threading
import time

# Patience for a machine that is busy with other things: it is spent only where something fails.
START_SECONDS = 60
ANSWER_SECONDS = 60
UNTIL_SECONDS = 30
CONNECT_SECONDS = 40
END_SECONDS = 3


class Failed(Exception):
    """A scene does not hold; the words say what was expected and what came."""


class Refusal(Exception):
    """A peer answered an operation with an error."""

    def __init__(self, code, detail):
        super().__init__("%s %s" % (code, detail))
        self.code = code
        self.detail = detail


def until(condition, what, seconds=UNTIL_SECONDS):
    """Waits until the condition gives something true, and gives that."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise Failed("not within %s s: %s" % (seconds, what() if callable(what) else what))
        time.sleep(0.02)


class Peer:
    """A running peer. Operations are asked one at a time; messages are collected in `inbox`."""

    of_id = {}

    def __init__(self, name, command, environment=None):
        self.name = name
        self.command = command
        self.inbox = []
        self.events = []
        self.answers = queue.Queue()
        self.asking = threading.Lock()
        self.last = 0
        self.stderr = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.stderr,
            env={**os.environ, **(environment or {})},
        )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            if "event" in answer:
                self.events.append(answer)
            else:
                self.answers.put(answer)
        self.answers.put(None)

    def await_ready(self):
        ready = self.next_answer(START_SECONDS)["ready"]
        self.id, self.host, self.port = ready["id"], ready["host"], ready["port"]
        self.protocol_id = ready["protocolId"]
        Peer.of_id[self.id] = self
        return self

    def next_answer(self, seconds):
        try:
            answer = self.answers.get(timeout=seconds)
        except queue.Empty:
            raise Failed("%s does not answer within %s s" % (self.name, seconds)) from None
        if answer is None:
            raise Failed("%s ended: %s" % (self.name, self.complaint()))
        return answer

    def complaint(self):
        """The first and the last line that the process wrote to stderr."""
        self.stderr.seek(0)
        lines = self.stderr.read().decode(errors="replace").strip().splitlines()
        return " ... ".join(dict.fromkeys(lines[:1] + lines[-1:])) or "nothing on stderr"

    def ask(self, operation, **arguments):
        with self.asking:
            self.last += 1
            request = {"id": self.last, "op": "node." + operation, "in": arguments}
            try:
                self.process.stdin.write((json.dumps(request) + "\n").encode())
                self.process.stdin.flush()
            except OSError:
                raise Failed("%s ended: %s" % (self.name, self.complaint())) from None
            answer = self.next_answer(ANSWER_SECONDS)
            # The answer to a question that was given up earlier may still come.
            while answer.get("id") != self.last:
                answer = self.next_answer(ANSWER_SECONDS)
        if "ok" not in answer:
            raise Refusal(answer.get("err", "?"), answer.get("detail", ""))
        return answer["ok"]

    def connect(self, other, via=None, seconds=5.0, attempts=None):
        """Dials until it is linked: py2p gives a connection one second, TLS included, on a busy machine too."""
        target = via or other
        deadline = time.monotonic() + CONNECT_SECONDS
        while True:
            try:
                return self.ask("connect", host=target.host, port=target.port, seconds=seconds)
            except Refusal:
                attempts = attempts and attempts - 1
                if attempts == 0 or time.monotonic() > deadline:
                    raise
            time.sleep(0.2)
            # A handshake that came late is no reason for a second link.
            if other.id in self.peers():
                return {"id": other.id}

    def broadcast(self, *packets):
        return self.ask("broadcast", packets=list(packets))

    def whisper(self, other, *packets):
        return self.ask("whisper", to=other.id, packets=list(packets))

    def reply(self, message, *packets):
        return self.ask("reply", to=message["id"], packets=list(packets))

    def collect(self):
        self.inbox.extend(self.ask("messages"))
        return self.inbox

    def received(self, *packets):
        """The messages with these packets that came so far."""
        wanted = list(packets)
        return [message for message in self.collect() if message["packets"] == wanted]

    def peers(self):
        return {peer["id"]: peer for peer in self.ask("state")["peers"]}

    def faults(self):
        """What the peer itself reports as gone wrong inside it."""
        return [event["detail"] for event in self.events if event["event"] == "fault"]

    def end(self):
        if self.process.poll() is None:
            try:
                self.process.stdin.write(b'{"id":0,"op":"bye"}\n')
                self.process.stdin.close()
                self.process.wait(END_SECONDS)
            except (OSError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()
        self.reader.join(END_SECONDS)
        self.stderr.close()
