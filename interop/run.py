#!/usr/bin/env python3
"""Our node and the living implementations of 0.7 in one network: scenes, each with a verdict.

The peers are black boxes that interop/setup.sh installs. See interop/README.md.
Exit codes: 0 all scenes hold; 1 one does not; 2 usage; 3 a peer is not installed and --as-installed is not given.
"""

import argparse
import random
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mixed
import pairs
import randomised
import rings
import tables
from network import DIALECTS, JS870, PY878, THEIRS, Network, missing
from process import Failed, Peer, Refusal

# How often a scene is played again that failed beside a fault that a py2p node reports of its own threads.
ENCORES = 4
OWN_FILES = ("pairs.py", "mixed.py", "tables.py", "rings.py", "randomised.py")
QUICK = {"they-dial", "values", "codec-orders", "wrong-subnet", "table-leases", "table-no-deletion"}
# The networks by chance of the full run; --random plays others.
FIXED_SEED, FIXED_SEEDS = 1, 6
# Rings are left to the full run: on a busy machine theirs do not always meet within the patience of a scene.
QUICK_DIALECTS = {("py2p-0.7.878", "BINARY"), ("py2p-0.7.871", "TEXT"), ("js2p-0.7.870", "UNIVERSAL")}


class Case:
    """One scene with the peers and the dialect that it is played in."""

    def __init__(self, function, kind, dialect):
        self.function, self.kind, self.dialect = function, kind, dialect
        self.column = "mixed" if kind is None else "%s %s" % (kind, dialect)
        self.name = "%s/%s" % (self.column.replace(" ", "/"), function.label)
        self.verdict = self.words = None
        self.needs = function.needs or (kind,)
        self.folder = None

    def play(self, seconds, latest, folder):
        self.folder = folder
        began = time.monotonic()
        absent = [kind for kind in self.needs if missing(kind)]
        if began > latest:
            self.verdict, self.words = "late", "the time of --within was over"
        elif absent:
            self.verdict, self.words = "missing", "%s: %s" % (absent[0], missing(absent[0]))
        else:
            self.verdict, self.words = self.judge(seconds)
        took = time.monotonic() - began
        print("%-7s %s (%.1f s)%s" % (self.verdict, self.name, took, ": " + self.words if self.words else ""), flush=True)
        return self

    def judge(self, seconds):
        verdict, words, excuse = self.play_once(seconds)
        for _ in range(ENCORES):
            if not excuse:
                break
            print("again   %s: %s; %.200s" % (self.name, excuse, words.splitlines()[0]), flush=True)
            verdict, words, excuse = self.play_once(seconds)
        alone = verdict == "FAILED" and self.function.smallest and self.function.smallest()
        if alone:
            step = "--random 1 --seed %d --steps %d" % (alone.seed, min(alone.steps))
            again = Case(alone, None, self.dialect).play_once(seconds)[0]
            words += "\n          that step alone (%s) %s" % (step, "holds" if again == "ok" else "fails too")
        return verdict, words

    def play_once(self, seconds):
        """Verdict, words, and what a py2p node met by itself, if the scene failed beside that."""
        with Network(self.dialect) as net:
            try:
                self.function(net, seconds if self.kind is None else self.kind)
            except (Failed, Refusal) as failure:
                self.keep(net, str(failure))
                return "FAILED", "%s%s%s" % (failure, self.place(failure), evidence(net)), self.excuse(net)
            except Exception as failure:
                words = "".join(traceback.format_exception_only(type(failure), failure)).strip()
                return "FAILED", words + self.place(failure), None
        return "ok", None, None

    def keep(self, net, failure):
        """Writes down what passed the taps, for whoever looks for the cause."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / ("%s-%d.txt" % (self.name.replace("/", "-"), time.time())), "w") as out:
            print(failure + evidence(net), file=out)
            for peer in net.started:
                print("%s is %s" % (peer.name, peer.id), file=out)
            for tap in net.taps:
                print("\n%s dialled %s" % (tap.dialler.name, tap.target.name), file=out)
                began = tap.frames[0].at if tap.frames else 0
                for frame in list(tap.frames):
                    print("%8.3f %s" % (frame.at - began, frame), file=out)

    @staticmethod
    def excuse(net):
        """What a py2p node did to itself, as far as all frames of ours that a tap saw were in order."""
        if any(tap.odd() for tap in net.taps):
            return None
        fault = net.own_fault()
        return fault and fault + ", and what ours sent was in order"

    @staticmethod
    def place(failure):
        """The line of the scene that failed, for whoever looks for it."""
        lines = [frame for frame in traceback.extract_tb(failure.__traceback__) if frame.name != "until"]
        own = [frame for frame in lines if frame.filename.endswith(OWN_FILES)]
        return " [%s:%d]" % (own[0].filename.rsplit("/", 1)[1], own[0 if len(own) < 2 else -1].lineno) if own else ""


def evidence(net):
    """Who ended which link, and what each peer says of itself."""
    lines = []
    for peer in net.started:
        for event in peer.events:
            if event["event"] == "disconnect":
                other = Peer.of_id.get(event["id"])
                lines.append("%s lost %s: %s" % (peer.name, other.name if other else event["id"], event["reason"]))
        try:
            status = peer.ask("state").get("status", "Nominal") if peer.process.poll() is None else "ended"
        except (Failed, Refusal) as failure:
            status = str(failure)
        if status != "Nominal" or peer.faults():
            lines.append("%s: %.200s %.200s" % (peer.name, status, peer.faults() or ""))
    for tap in net.taps:
        if tap.ends:
            lines.append("%s ended its link of %s and %s first" % (tap.ends[0], tap.dialler.name, tap.target.name))
        for frame in tap.odd():
            lines.append("no receiver can open a frame of %d bytes of %s" % (frame.size, frame.sender))
    return "".join("\n          " + line for line in lines)


def all_cases():
    for kind in THEIRS:
        for dialect in DIALECTS[kind]:
            for function in pairs.SCENES + tables.SCENES + rings.SCENES:
                if function.needs:
                    continue
                if function.kinds is None or kind.startswith(function.kinds):
                    yield Case(function, kind, dialect)
    for function in mixed.SCENES + tables.SCENES + rings.SCENES:
        if function.needs:
            yield Case(function, None, function.dialect)
    for function in randomised.scenes(FIXED_SEED, FIXED_SEEDS):
        yield Case(function, None, function.dialect)


def chosen(options):
    if options.random:
        seed = random.SystemRandom().getrandbits(31) if options.seed is None else options.seed
        for function in randomised.scenes(seed, options.random, options.steps):
            yield Case(function, None, function.dialect)
        return
    for case in all_cases():
        if options.filter and not all(word in case.name for word in options.filter):
            continue
        if options.quick and case.function.label not in QUICK:
            continue
        if options.quick and case.kind and (case.kind, case.dialect) not in QUICK_DIALECTS:
            continue
        yield case


def table(cases):
    """Scenes down, peers across."""
    columns = list(dict.fromkeys(case.column for case in cases if case.kind))
    rows = list(dict.fromkeys(case.function for case in cases if case.kind))
    found = {(case.function, case.column): case.verdict for case in cases}
    heads = [column.replace("-0.7", "").replace(" ", "-") for column in columns]
    if rows:
        print("\n%-24s" % "" + "  ".join(heads))
    for row in rows:
        cells = ["%-*s" % (len(head), found.get((row, column), "-")) for head, column in zip(heads, columns)]
        print("%-24s" % row.label + "  ".join(cells))
    for case in cases:
        if case.kind is None:
            print("%-24s%s" % (case.function.label, case.verdict))


def steps(words):
    """A set of numbers, from a list of numbers and ranges."""
    ends = [part.split("-") for part in words.split(",")]
    return {number for part in ends for number in range(int(part[0]), int(part[-1]) + 1)}


def main():
    parser = argparse.ArgumentParser(prog="./check interop --", description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="name the scenes and play none")
    parser.add_argument("--filter", action="append", metavar="TEXT", help="only scenes with this in their name; may be repeated")
    parser.add_argument("--quick", action="store_true", help="a choice of scenes, for a first look")
    parser.add_argument("--as-installed", action="store_true", help="what is not installed is named, but no failure")
    parser.add_argument("--within", type=float, default=3600, metavar="SECONDS", help="begin no scene later than that")
    parser.add_argument("--soak", type=float, default=60, metavar="SECONDS", help="length of the soak; 60 by default")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="scenes at a time; 2 by default")
    parser.add_argument("--random", type=int, metavar="COUNT", help="only networks by chance, so many")
    parser.add_argument("--seed", type=int, metavar="N", help="with --random: the seed of the first; the next has N + 1")
    parser.add_argument("--steps", type=steps, metavar="N,N-N", help="with --random: only these steps of each")
    parser.add_argument("--frames", type=Path, metavar="FOLDER", help="write there what passed in a scene that failed")
    options = parser.parse_args()
    cases = list(chosen(options))
    if options.list:
        for case in cases:
            print("%-44s %s" % (case.name, case.function.title))
        return 0
    if not cases:
        print("interop: no scene has that in its name; see --list", file=sys.stderr)
        return 2
    began = time.monotonic()
    # The long ones first, so that the others fill the time beside them.
    cases.sort(key=lambda case: case.function.label not in ("soak", "silence"))
    with ThreadPoolExecutor(options.jobs) as pool:
        list(pool.map(lambda case: case.play(options.soak, began + options.within, options.frames), cases))
    if not options.random:
        table(cases)
    for line in randomised.tally():
        print("random: " + line)
    counts = {verdict: sum(case.verdict == verdict for case in cases) for verdict in ("ok", "FAILED", "missing", "late")}
    unplayed = counts["missing"] + counts["late"]
    took = time.monotonic() - began
    print("\ninterop: %d hold, %d fail, %d not played, in %.0f s" % (counts["ok"], counts["FAILED"], unplayed, took))
    if counts["late"]:
        print("interop: NOT PLAYED for want of time: %d scenes, begun at most %.0f s after the start" % (counts["late"], options.within))
    for kind in THEIRS:
        if missing(kind) and any(kind in case.needs for case in cases):
            print("interop: NOT PLAYED with %s, which is not installed: %s" % (kind, missing(kind)))
    if counts["FAILED"]:
        return 1
    return 3 if counts["missing"] and not options.as_installed else 0


if __name__ == "__main__":
    sys.exit(main())
