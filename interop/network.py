"""The peers of one scene: where their programs are, how they are started, and that they end."""

import itertools
import os
import shlex
import threading
from pathlib import Path

from process import Failed, Peer, Refusal
from tap import Tap

HERE = Path(__file__).resolve().parent
PLACE = HERE.parent / ".p2p" / "interop"
OURS = "ours"
PY878, PY871, JS870 = "py2p-0.7.878", "py2p-0.7.871", "js2p-0.7.870"
THEIRS = (PY878, PY871, JS870)

JAR = HERE / "target" / "p2p-interop.jar"
# A short life: no second compiler, one collector thread.
OWN_COMMAND = "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -jar %s" % shlex.quote(str(JAR))

# The dialects that a version accepts and sends its own kind of (protocol-spec/11-compatibility.md).
DIALECTS = {PY878: ("BINARY", "UNIVERSAL"), PY871: ("TEXT",), JS870: ("TEXT", "UNIVERSAL")}
# The codecs that a version offers when all its optional parts are installed, in its order.
CODECS = {PY878: (32, 19, 17, 16, 18), PY871: (32, 19, 17, 16, 18), JS870: (32, 19, 17)}
CODEC_NAMES = {0x10: "bz2", 0x11: "gzip", 0x12: "lzma", 0x13: "zlib", 0x20: "snappy"}

# Each peer of a run listens on a loopback address of its own: js2p dials no second peer of one host.
# A run begins where its process number says, so that two at a time do not meet.
addresses = itertools.count(os.getpid() * 1000)
counting = threading.Lock()


def next_host():
    with counting:
        number = next(addresses)
    return "127.%d.%d.%d" % (16 + number // 62500 % 200, number // 250 % 250, number % 250 + 1)


def missing(kind):
    """Why a kind of peer cannot be started, or nothing."""
    if kind == OURS or (PLACE / kind / "installed").exists():
        return None
    reason = PLACE / (kind + ".missing")
    return reason.read_text().strip() if reason.exists() else "interop/setup.sh was not run"


def command_of(kind):
    """The command of a kind of peer and what it needs in its environment."""
    if kind == OURS:
        # INTEROP_OURS: another program that takes the same options and operations.
        return shlex.split(os.environ.get("INTEROP_OURS", OWN_COMMAND)), {}
    if kind == JS870:
        modules = str(PLACE / kind / "node_modules")
        return ["node", str(HERE / "peers" / "js2p_peer.js")], {"NODE_PATH": modules}
    python = str(PLACE / kind / "bin" / "python")
    version = kind.split("-")[1]
    return [python, str(HERE / "peers" / "py2p_peer.py"), "--version", version], {}


class Network:
    """Starts the peers of a scene and ends them, all of them, when the scene is over."""

    def __init__(self, dialect="UNIVERSAL", subnet="interop"):
        self.dialect = dialect
        self.subnet = subnet
        self.started = []
        self.taps = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for tap in self.taps:
            tap.end()
        ending = [threading.Thread(target=peer.end) for peer in self.started]
        for thread in ending:
            thread.start()
        for thread in ending:
            thread.join()

    def begin(self, kind, kind_of_network="mesh", subnet=None, codecs=None, encryption=None, extra=()):
        command, environment = command_of(kind)
        command = command + ["--listen", next_host() + ":0", "--kind", kind_of_network]
        command += ["--subnet", subnet or self.subnet]
        if encryption:
            command += ["--encryption", encryption]
        if codecs is not None:
            command += ["--codecs", ",".join(map(str, codecs))]
        if kind == OURS:
            command += ["--dialect", self.dialect]
        name = kind + "#" + str(sum(peer.kind == kind for peer in self.started) + 1)
        peer = Peer(name, command + list(extra), environment)
        peer.kind, peer.net = kind, self
        self.started.append(peer)
        return peer

    def start(self, kind, **options):
        return self.begin(kind, **options).await_ready()

    def start_all(self, *kinds, **options):
        """Starts several at once, since most of a start is waiting."""
        return [peer.await_ready() for peer in [self.begin(kind, **options) for kind in kinds]]

    def own_fault(self):
        """What a py2p node did to itself, as it reports; nothing if no node did.

        One that sends while it receives may trip over its own threads (RuntimeError); and it takes exactly 4
        bytes of a next frame for a whole one, which then has no right checksum (AssertionError). It closes the link.
        """
        for peer in self.started:
            if peer.kind.startswith("py2p") and peer.process.poll() is None:
                try:
                    status = peer.ask("state")["status"]
                except (Failed, Refusal):
                    continue
                for fault in ("RuntimeError", "AssertionError"):
                    if fault in status:
                        return "%s had a fault of its own, %s" % (peer.name, fault)
        return None

    def tap(self, target, dialler):
        tap = Tap(target, dialler, next_host())
        self.taps.append(tap)
        return tap
