"""Live cases of a node with several links: peers, broadcasts, whispers, requests (MSH)."""

from live import (LONG, broadcast, call, closed, delivered, dialled, do, event, greet, handshake, ident, quiet, receive,
                  same, script, send, whisper)
from suite import Area

area = Area("live-mesh", "Scripts that several raw peers act with a node: what it makes of all its links.")
ANY = {"$any": "integer"}


def case(number, req, comment, *steps, **more):
    script(area, f"LIV-MSH-{number:03}", req, comment, *steps, **more)


def entry(peer, host="127.0.0.1"):
    return [[host, {"$port": peer}], ident(peer)]


def seen(peer):
    """How an entry of a list of peers may look: text or binary."""
    return [[{"$like": "127.0.0.1"}, {"$port": peer}], ident(peer)]


def build():
    peers()
    dials()
    broadcasts()
    windows()
    whispers()
    requests()
    duplicates()
    dialects()


def peers():
    case(1, "MSH-3", "a new peer is told of the others that listen, not of itself", do("listen", "A"), do("listen", "B"),
         greet("A", peers=[]), greet("B", peers=[seen("A")]), quiet("A", "B"))
    case(2, "MSH-3", "a peer that does not listen is not told of", greet("A", peers=[]), greet("B", peers=[]))
    case(3, "MSH-8", "request * as text", do("listen", "A"), greet("A"), greet("B"), send("B", whisper("B", 8, "*")),
         receive("B", whisper("T", 7, [seen("A")])), quiet("A", "B"))
    case(4, "MSH-8", "request * as binary", do("listen", "A"), greet("A"), greet("B"),
         send("B", whisper("B", 8, {"$bin": "2a"})), receive("B", whisper("T", 7, [seen("A")])), quiet("A", "B"))
    case(64, "MSH-8", "request * three times at once: one answer", greet("A"),
         do("send", "A", messages=[whisper("A", 8, "*")] * 3), receive("A", whisper("T", 7, [])), quiet("A"))
    case(6, "MSH-1", "an id that others name is no peer", greet("A"),
         send("A", whisper("A", 7, [[["127.0.0.1", 1], ident("C")]])), quiet("A"), do("state", peers=["A"]))
    case(7, "MSH-21", "a peer is lost: another one is asked for peers", greet("A"), greet("B"), do("drop", "A"),
         receive("B", whisper("T", 8, {"$like": "*"})), level="SHOULD")
    case(8, "MSH-3", "five peers listen: the sixth is told of all", [do("listen", x) for x in "ABCDE"], greet(*"ABCDE"),
         greet("F", peers={"$set": [seen(x) for x in "ABCDE"]}))


def learnt(*items):
    return send("A", whisper("A", 7, list(items)))


def dials():
    case(9, "MSH-5", "a node that a peer names is dialled", do("listen", "C"), greet("A"), learnt(entry("C")),
         do("accept", "C"), greet("C"), quiet("A", "C"), do("state", peers=["A", "C"]))
    case(10, "MSH-4", "items of the wrong shape are skipped, the others used", do("listen", "C"), greet("A"),
         learnt(None, "x", [], [1], [["127.0.0.1"], ident("C")], [["127.0.0.1", "80"], ident("C")],
                [["127.0.0.1", 70000], ident("C")], [[1, 2], 3], entry("C")),
         do("accept", "C"), greet("C"), quiet("A", "C"))
    case(11, "MSH-4", "peers that is no list at all", greet("A"), send("A", whisper("A", 7, "nobody")),
         send("A", whisper("A", 7)), quiet("A"))
    case(12, "MSH-7", "a name is not dialled, a number is", do("listen", "C"), do("listen", "D"), greet("A"),
         learnt(entry("D", "localhost")), learnt(entry("C")), do("accept", "C"), greet("C"), quiet("A", "C"),
         do("undialled", "D"))
    case(13, "MSH-5", "its own id and that of a peer are not dialled", do("listen", "C"), do("listen", "D"),
         do("listen", "E"), greet("A"), greet("B"),
         learnt([["127.0.0.1", {"$port": "D"}], ident("T")], [["127.0.0.1", {"$port": "E"}], ident("B")]),
         learnt(entry("C")), do("accept", "C"), greet("C"), quiet("A", "B", "C"), do("undialled", "D"),
         do("undialled", "E"))
    case(14, "MSH-7", "an address is dialled once, however often it is named", do("listen", "C"), greet("A"),
         learnt(entry("C"), entry("C")), learnt(entry("C")), do("accept", "C"), greet("C"), learnt(entry("C")),
         quiet("A", "C"), do("undialled", "C"))
    case(15, "MSH-5", "with four outgoing links nothing that is named is dialled", [dialled(x) for x in "BCDE"],
         do("listen", "F"), greet("A"), learnt(entry("F")), quiet(*"ABCDE"), do("undialled", "F"))


def broadcasts():
    case(16, "MSH-9 FRM-10", "relayed to the others with its bytes unchanged, delivered once, not sent back",
         greet(*"ABC"), send("A", broadcast("A", 0, "news"), as_="m"), same("B", "m"), same("C", "m"),
         delivered("news", id={"$idof": "m"}, sender=ident("A")), quiet(*"ABC"))
    case(17, "MSH-9", "not to the one that is its sender", greet(*"ABC"), send("A", broadcast("C", 0, "news"), as_="m"),
         same("B", "m"), delivered("news"), quiet(*"ABC"))
    case(18, "MSH-12 BRD-1", "the same once more from another link: neither relayed nor delivered", greet(*"ABC"),
         send("A", broadcast("X", 0, "news"), as_="m"), same("B", "m"), same("C", "m"), delivered("news"),
         do("send", "B", same="m"), do("send", "C", same="m"), do("send", "A", same="m"), quiet(*"ABC"))
    case(19, "MSH-11", "its own broadcast comes back: neither relayed nor delivered", greet("A"), greet("B"),
         call("broadcast", {"payload": ["mine"]}), receive("A", broadcast("T", ANY, "mine"), as_="m"), same("B", "m"),
         do("send", "A", same="m"), quiet("A", "B"))
    # Half a minute apart: with a second, a clock that steps between the two would make them one.
    case(65, "BRD-1 MSH-9", "the same payload at another time is another broadcast", greet("A"), greet("B"),
         send("A", broadcast("A", 0, "news"), as_="m"), same("B", "m"), delivered("news"),
         send("A", broadcast("A", 0, "news", now=-30), as_="n"), same("B", "n"), delivered("news"), quiet("A", "B"))
    case(21, "MSH-9 FRM-10", "msgpack in longer forms than ours is relayed as it came", greet("A"), greet("B"),
         do("send", "A", bare=["dc0005cc00", {"$pack": ident("A")}, "d3", {"$time": 0}, "d10000", "d90161"], as_="m"),
         same("B", "m"), delivered("a"), quiet("A", "B"))
    case(22, "MSH-14", "sub-flags of the application are delivered and relayed", greet("A"), greet("B"),
         [step for flag in (0, 2, 0x40, 0x7f, 0xff) for step in
          (send("A", broadcast("A", flag, "app", flag), as_="m"), same("B", "m"), delivered("app", flag, flag=flag))],
         quiet("A", "B"))
    case(23, "MSH-14", "other sub-flags are relayed and not delivered", greet("A"), greet("B"),
         [step for flag in (3, 7, 9, 0x0e, 0x20, 0x2f, 0x30, 0x3f, 256, -1) for step in
          (send("A", broadcast("A", flag, "other"), as_="m"), same("B", "m"))], quiet("A", "B"))
    case(24, "MSH-14 MSG-9", "text and binary arrive as what they are", greet("A"),
         send("A", broadcast("A", 0, "t", {"$bin": "74"}, None, True, [1, [2]], {"k": {"$bin": "00"}})),
         delivered("t", {"$bin": "74"}, None, True, [1, [2]], {"k": {"$bin": "00"}}), quiet("A"))
    case(25, "MSH-13", "two equal broadcasts in one second get different times", greet("A"),
         call("broadcast", {"payload": ["twice"]}), call("broadcast", {"payload": ["twice"]}),
         receive("A", broadcast("T", ANY, "twice"), as_="m"), receive("A", broadcast("T", ANY, "twice"), as_="n"),
         do("differ", names=["m", "n"]), quiet("A"))
    case(26, "MSH-9", "a broadcast of many kilobytes", greet("A"), greet("B"),
         send("A", broadcast("A", 0, {"$reps": ["x", 300000]}), as_="m"), same("B", "m"),
         delivered({"$reps": ["x", 300000]}), quiet("A", "B"))


def windows():
    # What a clock that goes on would undo keeps three seconds away; broadcast.check has the very limits.
    for number, age, fresh in ((27, -61, False), (28, -60, False), (66, -57, True), (30, 60, True), (67, 63, False),
                               (32, -86400, False), (33, 86400, False)):
        steps = [*greet("A", "B"), do("align"), send("A", broadcast("A", 0, "aged", now=age), as_="m")]
        if fresh:
            steps += [same("B", "m"), delivered("aged")]
        else:
            steps += [send("A", broadcast("A", 0, "fresh"), as_="n"), same("B", "n"), delivered("fresh")]
        word = "accepted" if fresh else "ignored, and the link stays"
        case(number, "BRD-1 MSH-9" if fresh else "BRD-1 MSH-10", f"a broadcast dated {age:+} s is {word}", steps,
             quiet("A", "B"))
    case(34, "BRD-1 MSH-10", "an old whisper is delivered: the window is for broadcasts", greet("A"),
         send("A", whisper("A", 2, "old", now=-86400)), delivered("old"), quiet("A"))


def whispers():
    case(35, "MSH-15 MSH-14", "a whisper is delivered and not relayed", greet("A"), greet("B"),
         send("A", whisper("A", 2, "psst"), as_="m"), delivered("psst", id={"$idof": "m"}, sender=ident("A")),
         quiet("A", "B"))
    case(36, "MSH-16", "it whispers to one peer and to no other", greet("A"), greet("B"),
         call("whisper", {"to": ident("A"), "payload": ["psst"]}), receive("A", whisper("T", 2, "psst")),
         quiet("A", "B"))
    case(37, "MSH-16", "without any peer a whisper goes nowhere", call("whisper", {"to": "21", "payload": ["psst"]},
                                                                       err="ABSENT"))
    case(38, "MSH-16", "a reply goes to the sender, as a whisper", greet("A"), greet("B"),
         send("A", broadcast("A", 0, "who?"), as_="m"), same("B", "m"), delivered("who?"),
         call("reply", {"to": {"$idof": "m"}, "payload": ["me"]}), receive("A", whisper("T", 2, "me")), quiet("A", "B"))
    case(39, "MSH-15", "the same whisper twice is delivered twice: nothing is remembered of whispers", greet("A"),
         send("A", whisper("A", 2, "psst"), as_="m"), delivered("psst"), do("send", "A", same="m"), delivered("psst"),
         quiet("A"))
    case(40, "LNK-11", "a long whisper and a long broadcast to a raw peer", greet("A"),
         call("whisper", {"to": ident("A"), "payload": [LONG]}), receive("A", whisper("T", 2, LONG)),
         call("broadcast", {"payload": [LONG]}), receive("A", broadcast("T", ANY, LONG)), quiet("A"))


def sought(*steps):
    """The testee looks for C, which it has no link to, and A knows where C is."""
    return [do("listen", "C"), do("listen", "D"), *greet("A", "B"),
            call("whisper", {"to": ident("C"), "payload": ["found"]}, as_="c"),
            receive("A", broadcast("T", 8, {"$bind": "rid"}, ident("C")), as_="r"), same("B", "r"), *steps]


def answer(peer, port, rid=None):
    return broadcast("A", 10, {"$get": "rid"} if rid is None else rid, [["127.0.0.1", {"$port": port}], ident(peer)])


def requests():
    case(41, "MSH-16 MSH-18 MSH-20", "without a link it asks for the address, dials it and whispers",
         sought(send("A", answer("C", "C"), as_="a"), same("B", "a"), do("accept", "C"), greet("C"),
                receive("C", whisper("T", 2, "found"))), quiet("A", "B", "C"))
    # 42 is retired.
    case(63, "MSH-18", "only the first response is used",
         # Once greeted, C would be a peer to whom the second response is passed on: it must have come before.
         sought(send("A", answer("C", "C")), do("accept", "C"), send("A", answer("C", "D")), quiet("A"), greet("C"),
                receive("C", whisper("T", 2, "found"))), quiet("A", "C"), do("undialled", "D"))
    case(43, "MSH-18", "another id shakes hands there: the caller is told",
         sought(send("A", answer("C", "D")), do("accept", "D"), greet("D"),
                event("failed", call={"$get": "c"}, err="ABSENT")), quiet("A", "D"))
    case(44, "MSH-18", "a response that names another node is not used",
         sought(send("A", answer("D", "D")), send("A", answer("C", "C")), do("accept", "C"), greet("C"),
                receive("C", whisper("T", 2, "found"))), do("undialled", "D"))
    case(45, "MSH-18", "a response with another request id is not used",
         sought(send("A", answer("C", "D", "21")), send("A", answer("C", "C")), do("accept", "C"), greet("C"),
                receive("C", whisper("T", 2, "found"))), do("undialled", "D"))
    case(46, "MSH-18", "the target comes by itself: the whisper is sent on that link",
         sought(*greet("C"), receive("C", whisper("T", 2, "found"))), quiet("A", "C"))
    case(47, "MSH-18", "a response that nobody asked for is relayed and not used", do("listen", "C"), greet("A", "B"),
         send("A", answer("C", "C", "21"), as_="m"), same("B", "m"), quiet("A", "B"), do("undialled", "C"))
    response = broadcast("T", 10, "rid", seen("B"))
    case(48, "MSH-17", "a request for one of its peers is answered on that link, and relayed", do("listen", "B"),
         greet(*"ABC"), send("A", broadcast("A", 8, "rid", ident("B")), as_="m"), receive("A", response),
         same("B", "m"), same("C", "m"), quiet(*"ABC"))
    case(49, "MSH-17", "a request id that came as binary goes back as binary", do("listen", "B"), greet(*"AB"),
         send("A", broadcast("A", 8, {"$bin": "726964"}, {"$idbin": "B"}), as_="m"),
         receive("A", broadcast("T", 10, {"$bin": "726964"}, seen("B"))), same("B", "m"), quiet(*"AB"))
    case(50, "MSH-17", "a request for the testee itself", greet("A"),
         send("A", broadcast("A", 8, "rid", ident("T"))),
         receive("A", broadcast("T", 10, "rid", [[{"$any": "bytes"}, ANY], ident("T")])), quiet("A"))
    case(51, "MSH-17 MSH-9", "a request for somebody unknown is relayed and not answered", greet(*"AB"),
         send("A", broadcast("A", 8, "rid", "21"), as_="m"), same("B", "m"), quiet(*"AB"))
    case(52, "MSH-17", "the same request again is not answered again", do("listen", "B"), greet(*"ABC"),
         send("A", broadcast("A", 8, "rid", ident("B")), as_="m"), receive("A", response), same("B", "m"),
         same("C", "m"), do("send", "C", same="m"), quiet(*"ABC"))


def duplicates():
    case(53, "MSH-2 DUP-1", "dialled by both sides, the peer's id is larger: the link that it dialled stays",
         dialled("A"), greet("A2"), closed("A"), quiet("A2"), do("state", peers=["A"]), peers={"A": "high"})
    case(54, "MSH-2 DUP-1", "dialled by both sides, the testee's id is larger: the link that it dialled stays",
         dialled("A"), do("dial", "A2"), send("A2", handshake("A")), closed("A2"), quiet("A"), do("state", peers=["A"]),
         peers={"A": "low"})
    case(55, "MSH-2", "dialled twice by the peer: the newer closes", greet("A"), do("dial", "A2"),
         send("A2", handshake("A")), closed("A2"), quiet("A"), peers={"A": "high"})
    case(56, "MSH-2 DUP-1", "first the peer's link, then the testee's, the peer's id is larger: the newer closes",
         do("listen", "A"), greet("A"), call("connect", {"host": "127.0.0.1", "port": {"$port": "A"}}),
         do("accept", "A2"), send("A2", handshake("A")), closed("A2"), quiet("A"), peers={"A": "high"})
    case(57, "MSH-2 DUP-1", "first the peer's link, then the testee's, the testee's id is larger: the older closes",
         do("listen", "A"), greet("A"), call("connect", {"host": "127.0.0.1", "port": {"$port": "A"}}),
         do("accept", "A2"), greet("A2"), closed("A"), quiet("A2"), peers={"A": "low"})
    case(58, "MSH-2 MSG-8", "the same id, once as text and once as binary, is one peer", greet("A"), do("dial", "A2"),
         send("A2", handshake("A", own={"$idbin": "A"})), closed("A2"), quiet("A"), do("state", peers=["A"]))


def dialects():
    forms = {"UNIVERSAL": ("text", "binary"), "BINARY": ("binary", "binary"), "TEXT": ("text", "text")}
    for at, (dialect, (id_, protocol)) in enumerate(forms.items()):
        case(59 + at, "DIA-2" if dialect == "UNIVERSAL" else "DIA-1 DIA-2",
             f"dialect {dialect}: ids as {id_}, the protocol id as {protocol}",
             do("dial", "A", as_="h"),
             do("fits", name="h", message=[2, {"$any": id_}, ANY, 5, {"$any": id_}, {"$any": protocol},
                                           [{"$any": "bytes"}, ANY], {"$any": "array"}]),
             send("A", handshake("A")), receive("A", whisper("T", 7, [])), quiet("A"), node={"dialect": dialect})
    case(62, "MSH-16", "the application closes a link: the peer sees its end", greet("A"), greet("B"),
         call("disconnect", {"peer": ident("A")}), closed("A"), event("disconnect", peer=ident("A")), quiet("B"),
         do("state", peers=["B"]))
