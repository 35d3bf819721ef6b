"""Frames, whole: what is read, what is written (FRM, MSG). Malformed ones are in area_negative."""

from suite import Area, TIME, HAND, flag
from wire import Ext, Form, Map, Rep

flag("Golden", "origin", "Bytes made by a living 0.7 implementation, named in the source.",
     "An implementation that fails it does not read what is on the wire today.")
flag("Dialect", "compatibility", "The references differ in the msgpack type they send here (text or binary).",
     "Both types are accepted everywhere; refusing one splits the network.")
flag("LongForm", "encoding", "A longer msgpack form than the value needs.",
     "Senders exist that write it; the value is the same and the id is over the bytes as they came.")
flag("Large", "size", "A big input or a big answer, up to 32 MiB of text in one line.",
     "A testee with a line limit skips it; the limit itself is no fault of the protocol.")

decode = Area("frame-decode", "Frames that every implementation reads, and what they mean.")
encode = Area("frame-encode", "Messages to be written, and the ones that must not be.")


def build():
    reads()
    writes()
    refused_writes()


def reads():
    d = decode.decode
    d("FRM-DEC-001", "FRM-1 FRM-2 FRM-3 FRM-4", [2, "a", TIME, 2, "hi"], "smallest whisper")
    d("FRM-DEC-002", "MSG-2 MSG-5 MSG-6 MSG-7", [2, "", 0],
      "empty payload, empty sender, time 0: the smallest message there is")
    d("FRM-DEC-003", "MSG-9 MSG-5", [2, b"a", TIME, 2, b"hi", "hi", b"", ""],
      "binary sender and payload, kept apart from text of the same bytes")
    d("FRM-DEC-004", "MPK-4", [2, "a", TIME, 2, 2**64 - 1, -(2**63)], "the largest and the smallest integer")
    d("FRM-DEC-005", "MPK-1 MPK-8", [2, "\u00e4", TIME, 2, "\u6e2c\u8a66 \U0001f98a \u0000 end"],
      "text that is not ASCII, and a NUL inside")
    d("FRM-DEC-006", "MPK-1", [2, "a", TIME, 2, Map(("k", [1, Map(("n", None)), []]), ("z", Map()))],
      "maps and arrays in each other")
    d("FRM-DEC-007", "MPK-1", [2, "a", TIME, 2, *range(20)], "more than 15 items: the message has an array 16 header")
    d("FRM-DEC-008", "MSG-6", [2, "a", 2**32 + 5, 2], "time beyond 32 bits")
    d("FRM-DEC-009", "MPK-1", [2, "a", TIME, 2, "x" * 32, "y" * 255, Rep("z", 256), Rep(b"\x5a", 300)],
      "str 8, str 16 and bin 16")
    five = ["05", "cc05", "cd0005", "ce00000005", "cf0000000000000005", "d005", "d10005", "d200000005",
            "d30000000000000005"]
    d("FRM-DEC-010", "MPK-2 MPK-3", [2, "a", TIME, 2] + [Form(hexed, 5) for hexed in five],
      "the nine integer forms of 5 are one value", flags=["LongForm"])
    d("FRM-DEC-011", "MSG-4", [0, "a", TIME, 0, "x"], "type 0, the smallest")
    d("FRM-DEC-012", "MSG-4", [255, "a", TIME, 0, "x"], "type 255, the largest")
    d("FRM-DEC-013", "MSG-4 MPK-2", [Form("d300000000000000ff", 255), "a", TIME, 0],
      "type 255 in an int 64", flags=["LongForm"])
    d("FRM-DEC-014", "MSG-6", [2, "a", 2**63 - 1, 2], "the largest time")
    d("FRM-DEC-015", "MSG-6", [2, "a", 2**31 - 1, 2], "time 2^31-1")
    d("FRM-DEC-016", "MSG-6", [2, "a", 2**31, 2], "time 2^31, the second in which signed clocks turn over")
    d("FRM-DEC-017", "MSG-6 MPK-2", [2, "a", Form("d300000000590a4b00", 0x590A4B00), 2],
      "time in an int 64", flags=["LongForm"])
    d("FRM-DEC-018", "MSG-7", [2, "a", TIME, "text"], "first payload item is text: it decodes, the link refuses it")
    d("FRM-DEC-019", "MSG-7", [2, "a", TIME, None, 1], "first payload item is nil: it decodes")
    d("FRM-DEC-020", "MSG-7 OPC-3", [2, "a", TIME, "2", 2], "the text \"2\" as first payload item is not the number 2",
      flags=[])
    d("FRM-DEC-021", "MSG-5 MPK-2", [2, Form("d90161", "a"), TIME, 2], "sender in a str 8", flags=["LongForm"])
    d("FRM-DEC-022", "MSG-1 MPK-2", [2, "a", TIME, 2], "placeholder")
    decode.cases.pop()
    long_head = "dc0004 02 a161 ce59682f00 02"
    whole_message("FRM-DEC-022", "MSG-1 MPK-2", long_head, [2, "a", TIME, 2],
                  "the message array itself in an array 16 header", ["LongForm"])
    whole_message("FRM-DEC-023", "MSG-1 MPK-2", "dd00000004 02 a161 ce59682f00 02", [2, "a", TIME, 2],
                  "the message array itself in an array 32 header", ["LongForm"])
    d("FRM-DEC-024", "MSG-2", [64, b"", 1], "exactly three items")
    d("FRM-DEC-025", "MPK-11", [2, "a", TIME, 2, Ext(1, b"\x01"), Ext(-1, b"\x00\x00\x00\x00")],
      "ext in the payload, the timestamp type -1 included: passed on unread")
    d("FRM-DEC-026", "CMP-5", [2, "a", TIME, 2, "hi"], "raw although no codec at all was listed by number we know",
      codecs=[99, 20])
    d("FRM-DEC-027", "MSG-9", [2, b"\xff\xfe", TIME, 2, b"\xff\xfe\x80"], "binary that would not be text")
    d("FRM-DEC-028", "MPK-1", [2, "a", TIME, 2, Rep(b"\x00", 65536)], "bin 32: 65 536 bytes")
    d("FRM-DEC-029", "MPK-1", [2, "a", TIME, 2, Rep("a", 65536)], "str 32: 65 536 bytes")
    d("FRM-DEC-030", "MPK-1", [2, "a", TIME, 2, [7] * 70000],
      "array 32: 70 000 items") if False else None


def whole_message(ident, req, hexed, message, comment, flags):
    """A message whose bytes are given as a whole, with what they mean."""
    import wire
    from suite import meaning
    bare = wire.unhex(hexed)
    expect = meaning(message, bare)
    expect["codec"] = None
    decode.add(ident, req, "frame.decode", {"frame": wire.byte_field(wire.frame(bare)), "codecs": []},
               {"ok": expect}, comment, flags=flags)


def writes():
    pass


def refused_writes():
    pass
