"""Live cases of one link: handshake, frames, codecs, renegotiate, resend, keep-alive (LNK)."""

from live import (LONG, SLOW, broadcast, call, closed, delivered, dialled, do, event, greet, handshake, ident, message,
                  quiet, receive, renegotiate, same, script, send, whisper)
from suite import Area

area = Area("live-link", "Scripts that raw peers act with a node: what passes on one link.")
# To a node that lists no codecs all bodies are raw: a checksum that looks like a codec's container makes no other error of it (CMP-9).
RAW = {"codecs": []}
CODECS = ((34, "zstd"), (19, "zlib"), (17, "gzip"), (18, "lzma"), (16, "bz2"), (33, "lz4"), (32, "snappy"))


def case(number, req, comment, *steps, **more):
    script(area, f"LIV-LNK-{number:03}", req, comment, *steps, **more)


def refused(number, req, comment, err, *steps):
    """A stranger does something wrong; its link is closed, and a friend's is not."""
    case(number, req, comment, greet("B"), do("dial", "A"), *steps, closed("A", err), quiet("B"),
         do("state", peers=["B"]))


def refused_open(number, req, comment, err, *steps, **more):
    """A peer does something wrong; its link is closed, and another's is not."""
    case(number, req, comment, greet("A"), greet("B"), *steps, closed("A", err), quiet("B"), do("state", peers=["B"]),
         **more)


def build():
    handshakes()
    odd_handshakes()
    later_handshakes()
    malformed()
    cuts()
    even_frames()
    codecs()
    codec_lists()
    resends()
    pings()
    ends()
    short_timers()


def handshakes():
    case(1, "LNK-1 LNK-2", "dialled, it sends its handshake at once; shaken hands, both ways work", greet("A"), quiet("A"))
    case(2, "LNK-1 LNK-2", "dialling, it sends its handshake at once", dialled("A"),
         event("connect", peer=ident("A")), quiet("A"))
    case(3, "LNK-3 LNK-13", "the first message is a broadcast", greet("B"), do("dial", "A"),
         send("A", broadcast("A", 0, "too early")), closed("A", "ORDER"), quiet("B"))
    refused(4, "LNK-3", "the first message is a ping", "ORDER", send("A", whisper("A", 3)))
    refused(5, "LNK-4", "a protocol id of another subnet", "SUBNET",
            send("A", handshake("A", protocol={"$bin": "32"})))
    refused(6, "LNK-5", "the testee's own id", "ORDER", send("A", handshake("A", own=ident("T"))))
    refused(7, "LNK-5 MSG-8", "the testee's own id, as binary", "ORDER",
            send("A", handshake("A", own={"$idbin": "T"})))
    refused(8, "LNK-3 LNK-10", "a handshake of 4 items", "ORDER",
            send("A", whisper("A", 5, ident("A"), {"$protocol": 0}, ["127.0.0.1", 0])))
    refused(9, "LNK-3 LNK-10", "a handshake of 6 items", "ORDER", send("A", handshake("A", extra=[{"ext:1": 1}])))
    refused(10, "LNK-3 LNK-10", "chord meta before the handshake", "ORDER", send("A", whisper("A", 5, True)))
    refused(11, "LNK-6", "an id that is a number", "SHAPE", send("A", handshake("A", own=58)))
    refused(12, "LNK-6 NID-4", "an id that is no base58", "BASE58", send("A", handshake("A", own="0OIl")))
    refused(13, "LNK-6", "an address that is no array", "SHAPE", send("A", handshake("A", address="127.0.0.1:1")))
    refused(14, "LNK-6", "an address of three items", "SHAPE", send("A", handshake("A", address=["127.0.0.1", 1, 1])))
    refused(15, "LNK-6", "port 65536", "SHAPE", send("A", handshake("A", address=["127.0.0.1", 65536])))
    refused(16, "LNK-6", "a host of no bytes", "SHAPE", send("A", handshake("A", address=["", 0])))
    refused(17, "LNK-6", "a host of 256 bytes", "SHAPE", send("A", handshake("A", address=[{"$reps": ["h", 256]}, 0])))
    refused(18, "LNK-6", "codecs that are no array", "SHAPE", send("A", handshake("A", codecs=34)))
    refused(19, "LNK-7", "65 codecs", "LIMIT", send("A", handshake("A", codecs=[34] * 65)))


def accepted(number, req, comment, sent, **more):
    case(number, req, comment, do("dial", "A"), send("A", sent), receive("A", whisper("T", 7, {"$any": "array"})),
         quiet("A"), **more)


def odd_handshakes():
    accepted(20, "LNK-6 MSG-8", "the id as binary", handshake("A", own={"$idbin": "A"}))
    accepted(21, "LNK-4 MSG-8", "host and codecs in other forms: binary host, port 65535",
             handshake("A", address=[{"$bin": "3132372e302e302e31"}, 65535]))
    accepted(22, "LNK-6", "a host of 255 bytes", handshake("A", address=[{"$reps": ["h", 255]}, 0]))
    accepted(23, "LNK-7", "64 codecs", handshake("A", codecs=[999] * 64))
    accepted(24, "LNK-7 EXT-1", "codecs that are none of ours, and an extension token",
             handshake("A", codecs=["ext:1", 999, None, {"$bin": "00"}, -1, [34]]))
    accepted(25, "LNK-2", "a sender that is not the id: the id of the handshake counts",
             [2, "somebody", {"$now": 0}, 5, ident("A"), {"$protocol": 0}, ["127.0.0.1", 0], []])
    case(26, "LNK-26 CMP-12", "a compressed handshake: nothing is inflated for a stranger", greet("B"), do("dial", "A"),
         send("A", handshake("A"), squeeze=34), closed("A", "CHECKSUM"), quiet("B"), codecs=[34])
    refused(27, "LNK-26", "a first frame above max-greeting, refused at its header", "LIMIT",
            do("send", "A", raw=["00010001"]))
    case(28, "LNK-4", "dialling a node of another network: the caller is told", do("listen", "A"),
         call("connect", {"host": "127.0.0.1", "port": {"$port": "A"}}, as_="c"), do("accept", "A"),
         send("A", handshake("A", protocol={"$bin": "32"})), closed("A", "SUBNET"),
         event("failed", call={"$get": "c"}, err="SUBNET"), do("state", peers=[]))


def later_handshakes():
    case(29, "LNK-9", "the same handshake once more", greet("A"), send("A", handshake("A")), quiet("A"))
    case(30, "LNK-9 CMP-11", "a further handshake takes the codecs back: what follows is raw",
         greet("A", codecs=[34]), send("A", handshake("A", codecs=[])), quiet("A"),
         call("whisper", {"to": ident("A"), "payload": [LONG]}), receive("A", whisper("T", 2, LONG), codec=None),
         codecs=[34])
    refused_open(31, "LNK-9", "a further handshake with another id", "ORDER", send("A", handshake("A", own=ident("C"))))
    case(32, "LNK-10", "a whisper 5 with 3 items on an open link is ignored", greet("A"), send("A", whisper("A", 5, 1, 2)),
         quiet("A"))


def malformed():
    refused_open(109, "FRM-7 LNK-13", "a bit of the checksum is flipped", "CHECKSUM",
                 send("A", whisper("A", 2, "flip"), flip=4), node=RAW)
    refused_open(110, "FRM-7 LNK-13", "the last bit is flipped", "CHECKSUM", send("A", whisper("A", 2, "flip"), flip=-1),
                 node=RAW)
    refused_open(35, "FRM-5 LNK-13", "a length of max-frame + 1: refused before the body", "LIMIT",
                 do("send", "A", raw=["01000001"]))
    refused_open(36, "FRM-6 LNK-13", "a length of 31: refused before the body", "SHORT", do("send", "A", raw=["0000001f"]))
    refused_open(37, "MPK-5 LNK-13", "the byte c1", "BODY", do("send", "A", bare=["c1"]))
    refused_open(38, "MPK-10 LNK-13", "a byte behind the message", "TRAILING", do("send", "A", bare=["9502a16100020300"]))
    refused_open(39, "MSG-1 LNK-13", "a message that is a map", "SHAPE", do("send", "A", bare=["80"]))
    refused_open(40, "MPK-8 LNK-13", "text that is no UTF-8", "TEXT", do("send", "A", bare=["9502a1610002a1ff"]))
    refused_open(41, "MPK-7 LNK-13", "nested 65 deep", "LIMIT", do("send", "A", bare=["9502a1610002" + "91" * 64 + "c0"]))
    refused_open(42, "LNK-12", "a whisper without payload", "SHAPE", send("A", whisper("A")))
    refused_open(43, "LNK-12", "a broadcast without payload is not relayed", "SHAPE", send("A", broadcast("A")))
    refused_open(44, "LNK-12", "a broadcast that begins with text is not relayed", "SHAPE",
                 send("A", broadcast("A", "text")))
    case(111, "FRM-7 LNK-13", "many broken frames on many links harm none that is sound", greet("B"),
         [step for peer in "CDEFGH" for step in
          (*greet(peer), send(peer, whisper(peer, 2, peer), flip=-1), closed(peer, "CHECKSUM"))], quiet("B"), node=RAW)


def cuts():
    case(46, "STR-1", "handshake and messages byte by byte", do("dial", "A"), send("A", handshake("A"), cut="bytes"),
         receive("A", whisper("T", 7, {"$any": "array"})), send("A", whisper("A", 2, "bytes"), cut="bytes"),
         delivered("bytes"), quiet("A"))
    case(47, "STR-1", "a message cut at each of its first 90 bytes", greet("A"),
         [send("A", whisper("A", 2, at), cut=[at]) for at in range(1, 91)],
         [delivered(at) for at in range(1, 91)], quiet("A"))
    case(48, "STR-2", "ten frames in one chunk", greet("A"),
         do("send", "A", messages=[whisper("A", 2, n) for n in range(10)]), [delivered(n) for n in range(10)], quiet("A"))
    case(49, "STR-2 FRM-8", "a frame, and 1 to 8 bytes of the next in its chunk", greet("A"),
         [step for n in range(1, 9) for step in
          (do("send", "A", messages=[whisper("A", 2, n), whisper("A", 2, -n)], cut=[{"frame": 1, "plus": n}]),
           delivered(n), delivered(-n))], quiet("A"))
    case(50, "STR-2 LNK-1", "handshake and messages in one chunk", do("dial", "A"),
         do("send", "A", messages=[handshake("A"), whisper("A", 2, "one"), whisper("A", 2, "two")]),
         receive("A", whisper("T", 7, {"$any": "array"})), delivered("one"), delivered("two"), quiet("A"))
    case(51, "LNK-11", "each frame comes in one piece", greet("A"),
         call("whisper", {"to": ident("A"), "payload": ["once"]}), receive("A", whisper("T", 2, "once"), pieces=1),
         call("broadcast", {"payload": ["once"]}),
         receive("A", broadcast("T", {"$any": "integer"}, "once"), pieces=1),
         send("A", whisper("A", 3)), receive("A", whisper("T", 4), pieces=1))


def even_frames():
    """A peer that could be py2p, and what it is sent."""
    for number, (codec, name) in enumerate(((19, "zlib"), (17, "gzip")), 106):
        even = {"multiple": 8, "codec": codec}
        hail = [do("dial", "A"), send("A", handshake("A", own={"$idbin": "A"}, codecs=[codec]))]
        case(number, "LNK-34", f"each frame for a peer that could be py2p is in {name} and a multiple of 8 long", hail,
             receive("A", whisper("T", 7, {"$any": "array"}), **even),
             [(call("whisper", {"to": ident("A"), "payload": ["x" * n]}), receive("A", whisper("T", 2, "x" * n), **even))
              for n in range(9)],
             call("whisper", {"to": ident("A"), "payload": [LONG]}), receive("A", whisper("T", 2, LONG), **even),
             greet("B"), send("B", broadcast("B", 0, "to all"), as_="b"), delivered("to all"), same("A", "b", **even),
             send("A", whisper("A", 3)), receive("A", whisper("T", 4), **even), quiet("B"),
             codecs=[codec])
    for number, (codec, name) in enumerate(((19, "zlib"), (17, "gzip")), 114):
        case(number, "LNK-36", f"nothing but handshakes goes raw to a peer that could be js2p: all is in {name}", do("dial", "A"),
             send("A", handshake("A", protocol={"$protocoltext": 0}, codecs=[codec])),
             receive("A", whisper("T", 7, {"$any": "array"}), codec=codec),
             [(call("whisper", {"to": ident("A"), "payload": [what]}), receive("A", whisper("T", 2, what), codec=codec))
              for what in ("", "once", "x" * 100, LONG)],
             greet("B"), send("B", broadcast("B", 0, "to all"), as_="b"), delivered("to all"), same("A", "b", codec=codec),
             send("A", whisper("A", 3)), receive("A", whisper("T", 4), codec=codec), quiet("B"),
             codecs=[codec])
    case(108, "LNK-34 CMP-13", "one that lists a codec of this specification gets short frames raw", do("dial", "A"),
         send("A", handshake("A", own={"$idbin": "A"}, codecs=[19, 34])), receive("A", whisper("T", 7, {"$any": "array"}), codec=None),
         call("whisper", {"to": ident("A"), "payload": ["once"]}), receive("A", whisper("T", 2, "once"), codec=None),
         codecs=[19], level="SHOULD")


def codecs():
    for at, (number, name) in enumerate(CODECS):
        case(52 + at, "CMP-6 LNK-11", f"{name} both ways: it reads it, and sends it or raw", greet("A", codecs=[number]),
             send("A", whisper("A", 2, LONG), squeeze=number), delivered(LONG),
             call("whisper", {"to": ident("A"), "payload": [LONG]}), receive("A", whisper("T", 2, LONG)), quiet("A"),
             codecs=[number])
        case(60 + at, "NEG-2 CMP-13", f"{name} is used for what is worth it", greet("A", codecs=[number]),
             call("whisper", {"to": ident("A"), "payload": [LONG]}), receive("A", whisper("T", 2, LONG), codec=number),
             codecs=[number], level="SHOULD")
    case(68, "CMP-11 NEG-3", "a peer without codecs gets all raw", greet("A"),
         call("whisper", {"to": ident("A"), "payload": [LONG]}), receive("A", whisper("T", 2, LONG), codec=None),
         quiet("A"))
    refused_open(69, "CMP-6 LNK-13", "a codec that the testee did not list", "CHECKSUM",
                 send("A", whisper("A", 2, LONG), squeeze=19), node={"codecs": [34]}, codecs=[34, 19])
    case(70, "NEG-1 NEG-2", "two shared codecs: the testee's order decides", greet("A", codecs=[34, 19]),
         call("whisper", {"to": ident("A"), "payload": [LONG]}), receive("A", whisper("T", 2, LONG), codec=19),
         node={"codecs": [19, 34]}, codecs=[34, 19], level="SHOULD")
    case(71, "CMP-10 MSH-9", "one broadcast to peers with different codecs: the same bare message to each",
         greet("A", codecs=[34]), greet("B", codecs=[19]), greet("C"), greet("D"),
         send("D", broadcast("D", 0, LONG), as_="m"), same("A", "m"), same("B", "m"), same("C", "m"),
         delivered(LONG), quiet("A", "B", "C", "D"), codecs=[34, 19])


def codec_lists():
    answer = [1, ident("T"), {"$now": 0}, 1]
    case(72, "LNK-16 LNK-17", "renegotiate to nothing: one raw answer, and raw frames from then on",
         greet("A", codecs=[34]), send("A", renegotiate("A", 1, [])), receive("A", answer + [[]], codec=None), quiet("A"),
         call("whisper", {"to": ident("A"), "payload": [LONG]}), receive("A", whisper("T", 2, LONG), codec=None),
         codecs=[34])
    case(73, "LNK-17", "an equal list is not answered", greet("A", codecs=[34]), send("A", renegotiate("A", 1, [34])),
         quiet("A"), codecs=[34])
    case(74, "LNK-16 LNK-17", "a shorter list", greet("A", codecs=[34, 19]), send("A", renegotiate("A", 1, [19])),
         receive("A", answer + [[19]], codec=None), quiet("A"), codecs=[34, 19])
    case(75, "LNK-16 LNK-17", "a longer list; the answer is raw", greet("A"), send("A", renegotiate("A", 1, [19, 999])),
         receive("A", answer + [[19]], codec=None), quiet("A"), codecs=[19])
    case(76, "LNK-17", "the answer to the answer: equal now, nothing more", greet("A"),
         send("A", renegotiate("A", 1, [19])), receive("A", answer + [[19]]), send("A", renegotiate("A", 1, [19])),
         quiet("A"), codecs=[19])
    refused_open(77, "LNK-16", "compression without a list", "SHAPE", send("A", renegotiate("A", 1)))
    refused_open(78, "LNK-16", "compression with a number", "SHAPE", send("A", renegotiate("A", 1, 34)))
    refused_open(79, "LNK-16", "compression with two lists", "SHAPE", send("A", renegotiate("A", 1, [], [])))
    refused_open(80, "LNK-16", "a list of 65", "LIMIT", send("A", renegotiate("A", 1, [34] * 65)))
    case(81, "LNK-16", "a list of 64", greet("A"), send("A", renegotiate("A", 1, [999] * 64)),
         receive("A", answer + [[]]), quiet("A"))
    case(82, "LNK-19", "renegotiate is not relayed", greet("A"), greet("B"), send("A", renegotiate("A", 1, [])),
         quiet("A", "B"))


def resends():
    again = renegotiate("A", 9)
    case(83, "LNK-18", "the last whisper is sent again, its bytes unchanged", greet("A"),
         call("whisper", {"to": ident("A"), "payload": ["again"]}), receive("A", whisper("T", 2, "again"), as_="w"),
         send("A", again), same("A", "w"), quiet("A"))
    case(84, "LNK-18", "the last broadcast is sent again", greet("A"), call("broadcast", {"payload": ["again"]}),
         receive("A", broadcast("T", {"$any": "integer"}, "again"), as_="b"), send("A", again), same("A", "b"), quiet("A"))
    case(85, "LNK-18 LNK-19", "nothing to repeat: handshake and peers do not count", greet("A"), send("A", again),
         quiet("A"))
    case(112, "LNK-18", "two requests at once: one answer", greet("A"),
         call("whisper", {"to": ident("A"), "payload": ["again"]}), receive("A", whisper("T", 2, "again"), as_="w"),
         do("send", "A", messages=[again, again]), same("A", "w"), quiet("A"))
    case(87, "LNK-18", "a relayed broadcast counts as sent on that link", greet("A"), greet("B"),
         send("B", broadcast("B", 0, "relayed"), as_="m"), same("A", "m"), send("A", again), same("A", "m"),
         delivered("relayed"), quiet("A", "B"))
    case(88, "LNK-19 LNK-18", "a pong does not count", greet("A"), call("whisper", {"to": ident("A"), "payload": ["x"]}),
         receive("A", whisper("T", 2, "x"), as_="w"), send("A", whisper("A", 3)), receive("A", whisper("T", 4)),
         send("A", again), same("A", "w"), quiet("A"))


def pings():
    ping, pong = whisper("A", 3), whisper("T", 4)
    case(89, "LNK-20", "a ping is answered by a pong", greet("A"), send("A", ping), receive("A", pong), quiet("A"))
    case(113, "LNK-20", "many pings at once: one pong", greet("A"), do("send", "A", messages=[ping] * 5),
         receive("A", pong), quiet("A"))
    case(91, "LNK-20", "a second later there is another pong", greet("A"), send("A", ping), receive("A", pong),
         do("wait", seconds=1.1), send("A", ping), receive("A", pong), quiet("A"))
    case(92, "LNK-20", "a pong that nobody asked for is harmless", greet("A"), send("A", whisper("A", 4)), quiet("A"))
    case(93, "LNK-8", "a stranger that says nothing for ten seconds", greet("B"), do("dial", "A"),
         closed("A", "SLOW", within=14), quiet("B"), flags=[SLOW])
    case(94, "LNK-8", "a stranger that drips its handshake for ten seconds", do("dial", "A"),
         send("A", handshake("A"), drip=0.5, within=9), closed("A", "SLOW", within=14), flags=[SLOW])
    case(95, "LNK-22", "half a frame, and no more for ten seconds", greet("A"), greet("B"),
         do("send", "A", raw=["00000040"]), closed("A", "SLOW", within=14), quiet("B"), flags=[SLOW])
    case(96, "LNK-20", "silence of twenty seconds: a ping", greet("A"), receive("A", whisper("T", 3), within=24),
         send("A", whisper("A", 4)), quiet("A"), flags=[SLOW])


def short_timers():
    """The same with timers that are set lower, for testees that can."""
    case(101, "LNK-8", "handshake-deadline: a stranger that says nothing", greet("B"), do("dial", "A"), closed("A", "SLOW"),
         quiet("B"), node={"timers": {"handshake-deadline": 0.4}})
    case(102, "LNK-8", "handshake-deadline: a stranger that drips bytes all the while", do("dial", "A"),
         send("A", handshake("A"), drip=0.1, within=0.7), closed("A", "SLOW"), node={"timers": {"handshake-deadline": 0.9}})
    case(103, "LNK-22", "frame-deadline: half a frame and no more", greet("A", "B"), do("send", "A", raw=["00000040"]),
         closed("A", "SLOW"), quiet("B"), node={"timers": {"frame-deadline": 0.4}})
    case(104, "LNK-20", "ping-after: silence, then a ping", greet("A"), receive("A", whisper("T", 3)),
         send("A", whisper("A", 4)), quiet("A"), node={"timers": {"ping-after": 0.4}})
    case(105, "MSH-2", "duplicate-within: later a second link is somebody else's, whoever dialled it", dialled("A"),
         do("wait", seconds=0.6), do("dial", "A2"), send("A2", handshake("A")), closed("A2"), quiet("A"),
         peers={"A": "high"}, node={"timers": {"duplicate-within": 0.2}})


def ends():
    case(97, "STR-1 LNK-13", "half a frame, then the end: the others live", greet("A"), greet("B"),
         do("send", "A", raw=["00000040", "00"]), do("drop", "A"),
         event("disconnect", peer=ident("A")), quiet("B"), do("state", peers=["B"]))
    case(98, "LNK-13", "a reset: the others live", greet("A"), greet("B"), do("drop", "A", reset=True),
         event("disconnect", peer=ident("A")), quiet("B"), do("state", peers=["B"]))
    case(99, "LNK-1", "the same peer comes back", greet("A"), do("drop", "A"), event("disconnect", peer=ident("A")),
         do("state", peers=[]), greet("A2"), quiet("A2"), do("state", peers=["A"]))
    case(100, "LNK-14", "a message of an unknown type is ignored, whatever its sub-flag", greet("A"), greet("B"),
         send("A", message(3, "A", 0, "x")), send("A", message(255, "A", 2, "x")), quiet("A", "B"))
