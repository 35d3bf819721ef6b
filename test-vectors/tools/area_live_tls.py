"""Live cases of a node with the encryption SSL: what TLS makes of links, and who may come to whom (SUB-2)."""

from live import (broadcast, call, closed, delivered, dialled, do, event, greet, handshake, ident, quiet, receive, same,
                  script, send, whisper)
from suite import Area

area = Area("live-tls", "Scripts that raw peers act with a node over TLS, and what happens where one side has none.")
ANY = {"$any": "integer"}
LONG = {"$reps": ["x", 300000]}
# The first record of a TLS client, as far as a node without TLS looks at it: a handshake of 512 bytes.
CLIENT_HELLO = ["1603010200", "010001fc", "0303", {"$rep": ["5a", 506]}]


def case(number, req, comment, *steps, node=None, **more):
    options = {"encryption": "SSL"} if node is None else node
    script(area, f"LIV-TLS-{number:03}", req, comment, *steps, node=options, **more)


def build():
    case(1, "SUB-2 LNK-1", "dialled, it shakes hands over TLS; both ways work", greet("A"), quiet("A"), do("state", peers=["A"]))
    case(2, "SUB-2 LNK-1", "dialling, too", dialled("A"), event("connect", peer=ident("A")), quiet("A"))
    case(3, "SUB-2 MSH-9", "a broadcast comes, and is passed on; one goes", greet("A", "B"),
         send("A", broadcast("A", 0, "news"), as_="m"), same("B", "m"), delivered("news"),
         call("broadcast", {"payload": ["mine"]}), receive("A", broadcast("T", ANY, "mine")),
         receive("B", broadcast("T", ANY, "mine")), quiet("A", "B"))
    case(4, "SUB-2 SUB-1", "the encryption is a part of the protocol id", do("dial", "A"),
         send("A", handshake("A", protocol={"$protocolof": ["mesh", "SSL"]})), receive("A", whisper("T", 7, [])), quiet("A"))
    case(5, "SUB-2 LNK-4", "the protocol id of the network without encryption is another one", greet("B"), do("dial", "A"),
         send("A", handshake("A", protocol={"$protocolof": "mesh"})), closed("A", "SUBNET"), quiet("B"))
    case(6, "SUB-2", "a peer without TLS is refused", greet("B"), do("knock", "A"), send("A", handshake("A")), closed("A"),
         quiet("B"), do("state", peers=["B"]))
    case(7, "SUB-2 LNK-26", "a peer with TLS at a node without it: its first record is no frame", greet("B"), do("dial", "A"),
         do("send", "A", raw=CLIENT_HELLO), closed("A", "LIMIT"), quiet("B"), do("state", peers=["B"]), node={})
    case(8, "STR-2 SUB-2", "ten frames in one record", greet("A"),
         do("send", "A", messages=[whisper("A", 2, n) for n in range(10)]), [delivered(n) for n in range(10)], quiet("A"))
    case(9, "STR-1 SUB-2", "a frame over several records", greet("A"), send("A", whisper("A", 2, "cut"), cut=[1, 4, 5, 36, 40]),
         delivered("cut"), quiet("A"))
    case(10, "STR-1 SUB-2", "the handshake in records of one byte", do("dial", "A"), send("A", handshake("A"), cut="bytes"),
         receive("A", whisper("T", 7, [])), quiet("A"))
    case(11, "STR-2 SUB-2", "a frame, and some bytes of the next, in its record", greet("A"),
         [step for n in range(1, 9) for step in
          (do("send", "A", messages=[whisper("A", 2, n), whisper("A", 2, -n)], cut=[{"frame": 1, "plus": n}]),
           delivered(n), delivered(-n))], quiet("A"))
    case(12, "STR-1 SUB-2 MSH-9", "frames that are longer than any record, both ways", greet("A", "B"),
         send("A", broadcast("A", 0, LONG), as_="m"), same("B", "m"), delivered(LONG),
         call("whisper", {"to": ident("A"), "payload": [LONG]}), receive("A", whisper("T", 2, LONG)), quiet("A", "B"))
    # Without codecs, as in LIV-LNK-109.
    case(15, "FRM-7 LNK-13 SUB-2", "a broken frame closes its link and no other", greet("A", "B"),
         send("A", whisper("A", 2, "flip"), flip=-1), closed("A", "CHECKSUM"), quiet("B"),
         node={"encryption": "SSL", "codecs": []})
    case(14, "LNK-13 SUB-2", "the end comes without a word of TLS: the others live", greet("A", "B"), do("drop", "A", reset=True),
         event("disconnect", peer=ident("A")), quiet("B"), do("state", peers=["B"]))
