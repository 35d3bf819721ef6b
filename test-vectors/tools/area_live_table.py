"""The state table of links, row by row: a stranger sends the message, then a peer does (LNK-15)."""

import csv
import pathlib

from live import closed, delivered, do, greet, handshake, ident, message, quiet, receive, same, script, send, whisper
from suite import Area

area = Area("live-table", "The state table of links (registry/link-states.csv), each row acted on a greeting and an open link.")
REGISTRY = pathlib.Path(__file__).resolve().parent.parent.parent / "protocol-spec" / "registry"
TYPES = {"broadcast": 0, "renegotiate": 1, "whisper": 2, "other": 7}
NAMELESS = {"free": 0x20, "extension": 0x30, "application": 0x40, "foreign": 300, "none": "text"}
BROADCAST = 0


def rows(name):
    with open(REGISTRY / name, newline="") as file:
        return list(csv.DictReader(file))


def payload(word, codes):
    """The sub-flag of a row and what may follow it."""
    if word == "handshake":
        return handshake("A")[3:]
    after = {"meta": (5, True), "five-other": (5, 1, 2), "compression": (1, []), "peers": (7, []),
             "request": (8, "*"), "response": (10, "21", [["127.0.0.1", 9], "21"])}
    if word in after:
        return list(after[word])
    return [NAMELESS[word] if word in NAMELESS else codes[word], "x"]


def on_greeting(cell, sent):
    """A stranger; where the table says accept, it is none any more, and goes."""
    if cell == "accept":
        return [do("dial", "A"), send("A", sent), receive("A", whisper("T", 7, [])), quiet("A"), do("drop", "A"),
                do("state", peers=[])]
    return [do("dial", "G"), send("G", sent), closed("G", cell)]


def on_open(cell, sent):
    """A1 sends it to a node that also has the peer B. A mesh has no table, so `table` is `ignore`."""
    if cell == "SHAPE":
        return [send("A1", sent), closed("A1", cell), quiet("B")]
    if cell.endswith("answer"):
        sent = sent[:4] + ["rid", ident("B")]
    steps = [send("A1", sent, as_="m")]
    if cell.endswith("answer"):
        steps.append(receive("A1", message(BROADCAST, "T", 10, "rid", {"$any": "array"})))
    if cell.startswith("relay"):
        steps.append(same("B", "m"))
    if cell.endswith("deliver"):
        steps.append(delivered("x", id={"$idof": "m"}))
    if cell == "pong":
        steps.append(receive("A1", whisper("T", 4)))
    if cell == "list":
        steps.append(receive("A1", whisper("T", 7, [])))
    return steps + [quiet("A1", "B")]


def build():
    codes = {row["name"]: int(row["code"], 16) for row in rows("opcodes.csv")}
    for at, row in enumerate(rows("link-states.csv")):
        kind, word = row["message"].split(" ")
        sent = message(TYPES[kind], "A", *payload(word, codes))
        script(area, f"LIV-TAB-{at + 1:03}", " ".join(dict.fromkeys(("LNK-15", row["clause"]))),
               f"{row['message']}: {row['greeting']} while greeting, {row['open']} when open",
               on_greeting(row["greeting"], sent), greet("A1", "B"), on_open(row["open"], sent))
