"""base58, protocol ids, node ids and the choice of codecs (B58, SUB, NID, NEG)."""

import hashlib

import wire
from suite import Area, flag

flag("LeadingZero", "encoding", "A digest that begins with zero bytes, or a number written with leading digits 1.",
     "Byte-oriented base58 gives other ids: one network in 256 cannot be joined.")

base58 = Area("base58", "Numbers as base58 and back.")
ids = Area("ids", "Protocol ids and node ids.")
negotiate = Area("negotiate", "Which codecs two nodes share, and which one is used.")
TOP = 2**512
PROTOCOL_ID = "EpAmyZWv9rZUKmjQgU3FTUD4GrJHvVEXizmghVBc8eGD"
SALT = "106b86b4-a0cf-4652-a3aa-1f9a012c4df9"


def build():
    numbers()
    texts()
    refused_texts()
    networks()
    nodes()
    codecs()


def numbers():
    def encode(ident, req, number, comment, **more):
        base58.add(ident, req, "base58.encode", {"int": str(number)}, {"ok": {"text": wire.base58(number)}}, comment, **more)

    base58.add("B58-ENC-001", "B58-2", "base58.encode", {"int": "0"}, {"ok": {"text": "1"}}, "zero is 1")
    base58.add("B58-ENC-002", "B58-1", "base58.encode", {"int": "58"}, {"ok": {"text": "21"}}, "58 is 21")
    encode("B58-ENC-003", "B58-1", 2**384 - 1, "2^384-1, the largest node id")
    for at, (number, comment) in enumerate((
            (1, "one"), (57, "the last digit"), (59, "58 and 1"), (58**2 - 1, "two last digits"), (58**2, "three digits"),
            (2**53, "2^53"), (2**53 + 1, "2^53+1: no number for a double"), (2**63, "2^63"), (2**64 - 1, "2^64-1"),
            (2**64, "2^64"), (58**87, "a one and 87 zeros"), (2**256 - 1, "the largest protocol id"),
            (TOP - 1, "2^512-1, the largest number there is"), (255 << 376, "a digest of one byte and 47 zero bytes"))):
        encode(f"B58-ENC-{at + 4:03}", "B58-1", number, comment)
    for at, digest in enumerate(("00" * 31 + "07", "00" * 32, "0000" + "ab" * 30)):
        encode(f"B58-ENC-{at + 20:03}", "B58-3 B58-2", int(digest, 16),
               f"the number of a digest with {(64 - len(digest.lstrip('0'))) // 2} zero bytes in front",
               flags=["LeadingZero"])

    def refuse(ident, number, comment):
        base58.add(ident, "B58-6", "base58.encode", {"int": str(number)}, {"err": "RANGE"}, comment)

    refuse("B58-ENC-NEG-001", -1, "-1")
    refuse("B58-ENC-NEG-002", TOP, "2^512")
    refuse("B58-ENC-NEG-003", -(2**400), "-2^400")
    refuse("B58-ENC-NEG-004", 2**1024, "2^1024")


def texts():
    def decode(ident, req, text, number, comment, **more):
        base58.add(ident, req, "base58.decode", {"text": text}, {"ok": {"int": str(number)}}, comment, **more)

    leading = {"flags": ["LeadingZero"]}
    decode("B58-DEC-001", "B58-4", "1121", 58, "leading ones add nothing", **leading)
    decode("B58-DEC-005", "B58-2", "1", 0, "1 is zero")
    decode("B58-DEC-006", "B58-4", "111111", 0, "many ones are zero", **leading)
    decode("B58-DEC-007", "B58-1", "z", 57, "the last digit")
    decode("B58-DEC-008", "B58-1", "21", 58, "58")
    decode("B58-DEC-009", "B58-1", wire.base58(2**384 - 1), 2**384 - 1, "2^384-1")
    decode("B58-DEC-010", "B58-6", wire.base58(TOP - 1), TOP - 1, "2^512-1, the largest number there is")
    decode("B58-DEC-011", "B58-6 B58-4", "1" * 128, 0, "128 characters, the most that are read", **leading)
    decode("B58-DEC-012", "B58-6 B58-4", "1" * 127 + "z", 57, "128 characters, the last one counts", **leading)
    decode("B58-DEC-013", "B58-1", wire.ALPHABET, int_of(wire.ALPHABET), "all digits in their order", **leading)
    decode("B58-DEC-014", "B58-1", wire.ALPHABET[::-1], int_of(wire.ALPHABET[::-1]), "all digits backwards")
    decode("B58-DEC-015", "B58-1", "jpXCZedGfVQ", 2**64 - 1, "2^64-1")


def int_of(text):
    number = 0
    for char in text:
        number = number * 58 + wire.ALPHABET.index(char)
    return number


def refused_texts():
    def refuse(ident, req, text, err, comment, offset=None, **more):
        expect = {"err": err} if offset is None else {"err": err, "offset": offset}
        base58.add(ident, req, "base58.decode", {"text": text}, expect, comment, **more)

    refuse("B58-DEC-002", "B58-5", "0", "BASE58", "0 is no digit", 0)
    refuse("B58-DEC-003", "B58-5", "I", "BASE58", "I is no digit", 0)
    refuse("B58-DEC-004", "B58-5", "", "BASE58", "empty text")
    for at, (text, offset, comment) in enumerate((
            ("O", 0, "O is no digit"), ("l", 0, "l is no digit"), ("2n0", 2, "0 at the end"), ("2n ", 2, "a blank at the end"),
            (" 2n", 0, "a blank in front"), ("2 n", 1, "a blank inside"), ("2n\n", 2, "a line feed at the end"),
            ("\t2n", 0, "a tab in front"), ("2n\u0000", 2, "a NUL at the end"), ("-2n", 0, "a minus"), ("+2n", 0, "a plus"),
            ("2_n", 1, "an underscore"), ("2n\u00e4", 2, "a letter that is not ASCII"), ("2n\uff11", 2, "a full-width 1"),
            ("\u0661", 0, "an Arabic digit one"), ("2n=", 2, "an equals sign"), ("0x2n", 0, "0x"))):
        refuse(f"B58-DEC-NEG-{at + 1:03}", "B58-5", text, "BASE58", comment, offset)
    refuse("B58-DEC-NEG-030", "B58-6", "1" * 129, "LIMIT", "129 characters, though they are zero")
    refuse("B58-DEC-NEG-031", "B58-6", "z" * 129, "LIMIT", "129 characters")
    refuse("B58-DEC-NEG-032", "B58-6", "0" * 129, "LIMIT", "129 characters that are no digits: the length is checked first",
           flags=["Order"])
    refuse("B58-DEC-NEG-033", "B58-6", "z" * 5000, "LIMIT", "5000 characters", flags=["Exhaustion"])
    refuse("B58-DEC-NEG-034", "B58-6", wire.base58(TOP), "RANGE", "2^512")
    refuse("B58-DEC-NEG-035", "B58-6", "z" * 128, "RANGE", "128 last digits")
    refuse("B58-DEC-NEG-036", "B58-6 B58-5", "z" * 127 + "0", "BASE58", "a large number that ends in no digit", 127,
           flags=["Order"])
    wide = {"flags": ["Order"]}
    refuse("B58-DEC-NEG-037", "B58-6", "z" * 127 + "\u00e4", "LIMIT",
           "128 characters, the last of two bytes: 129 bytes of UTF-8", **wide)
    refuse("B58-DEC-NEG-038", "B58-6", "z" * 127 + "\U0001f98a", "LIMIT",
           "128 characters, the last of four bytes: 131 bytes of UTF-8", **wide)
    refuse("B58-DEC-NEG-039", "B58-6 B58-5", "\U0001f98a" * 32, "BASE58",
           "32 characters of four bytes: 128 bytes, which are read, and no digit", 0)
    refuse("B58-DEC-NEG-040", "B58-6", "\u00e4" * 65, "LIMIT", "65 characters of two bytes", **wide)


def networks():
    def network(ident, req, subnet, encryption, comment, **more):
        text = (subnet + encryption + "0.7").encode("utf-8")
        ids.add(ident, req, "id.protocol", {"subnet": subnet, "encryption": encryption},
                {"ok": {"id": wire.base58_of(wire.sha256(text))}}, comment, **more)

    network("SUB-001", "SUB-1 VER-1", "mesh", "Plaintext", "mesh over TCP")
    network("SUB-002", "SUB-3", "sync1", "Plaintext", "a Sync Table with leasing: the digit belongs to the subnet")
    network("SUB-003", "SUB-1", "", "Plaintext", "an empty subnet")
    network("SUB-004", "SUB-1", "\u7db2\u8def \u00e4\U0001f98a", "Plaintext", "a subnet that is not ASCII: its UTF-8 counts")
    network("SUB-005", "SUB-2", "mesh", "SSL", "mesh over TLS")
    zero = next(f"mesh{n}" for n in range(100000) if wire.sha256(f"mesh{n}Plaintext0.7".encode())[0] == 0)
    network("SUB-006", "B58-3 SUB-1", zero, "Plaintext", "the digest begins with 00, and the id has no leading 1",
            flags=["LeadingZero"])
    network("SUB-007", "SUB-3", "sync0", "Plaintext", "a Sync Table without leasing")
    network("SUB-008", "SUB-1", "ab", "cPlaintext", "nothing stands between the texts, ...")
    network("SUB-009", "SUB-1", "abc", "Plaintext", "... so that this is the same network as the one before")
    network("SUB-010", "SUB-1", "chord", "SSL", "a Chord Table over TLS")
    network("SUB-011", "SUB-1", "x" * 1000, "Plaintext", "a subnet of 1000 characters")
    network("SUB-012", "SUB-1", "Mesh", "Plaintext", "upper case counts")
    network("SUB-013", "SUB-1", "mesh ", "Plaintext", "a blank at the end counts")
    network("SUB-014", "SUB-1", "a\u0000b", "Plaintext", "a NUL is a character like any other")
    network("SUB-015", "SUB-1", "e\u0301", "Plaintext", "text is not normalised")
    double = next(f"net{n}" for n in range(2**22)
                  if wire.sha256(f"net{n}SSL0.7".encode())[:2] == b"\x00\x00")
    network("SUB-016", "B58-3 SUB-1", double, "SSL", "the digest begins with 00 00", flags=["LeadingZero"])


def nodes():
    def node(ident, req, address, salt, comment, protocol=PROTOCOL_ID, **more):
        digest = hashlib.sha384((address + protocol + salt).encode("utf-8")).digest()
        ids.add(ident, req, "id.node", {"address": address, "protocolId": protocol, "salt": salt},
                {"ok": {"id": wire.base58_of(digest)}}, comment, **more)

    here = "('127.0.0.1', 4444)"
    node("NID-001", "NID-1", here, SALT, "an address, a protocol id, a salt")
    zero = next(salt for salt in (f"{n:08x}-0000-4000-8000-000000000000" for n in range(100000))
                if hashlib.sha384((here + PROTOCOL_ID + salt).encode()).digest()[0] == 0)
    node("NID-002", "B58-3 NID-1", here, zero, "the digest begins with 00, and the id has no leading 1",
         flags=["LeadingZero"])
    node("NID-003", "NID-1 NID-2", "(127.0.0.1, 4444)", SALT, "the other form of the address text: another id")
    node("NID-004", "NID-1", "('::1', 80)", SALT, "an IPv6 address")
    node("NID-005", "NID-1", "('n\u00f6de.example', 44565)", SALT, "an address that is not ASCII: its UTF-8 counts")
    node("NID-006", "NID-1", "", "", "nothing but the protocol id")
    node("NID-007", "NID-3 NID-1", here, "00000000-0000-4000-8000-000000000000", "another salt, another id")
    node("NID-008", "NID-1", here, SALT, "another network, another id", protocol="EkE9cS4dwjZ8uo8")
    node("NID-009", "NID-1", here, SALT.upper(), "the case of the salt counts")


def codecs():
    def share(ident, req, own, peer, shared, comment, **more):
        negotiate.add(ident, req, "negotiate", {"own": own, "peer": peer},
                      {"ok": {"shared": shared, "codec": shared[0] if shared else None}}, comment, **more)

    share("NEG-001", "NEG-1 NEG-2", [19, 17], [17, 19], [19, 17], "my order wins")
    share("NEG-002", "NEG-2", [19, 17], [16, 18], [], "nothing shared gives plain")
    share("NEG-003", "NEG-2", [], [19, 17], [], "my list is empty")
    share("NEG-004", "NEG-3", [34, 19], [99, 19, 0, 255, 20], [19], "unknown numbers are ignored")
    share("NEG-005", "NEG-3 NEG-1", [19, 19, 17], [17, 17, 19, 19], [19, 17], "repetitions on either side count once")
    share("NEG-006", "NEG-2", [19, 17], [], [], "the peer's list is empty")
    share("NEG-007", "NEG-2", [], [], [], "both lists are empty")
    share("NEG-008", "NEG-1", [34, 33, 32, 19, 17, 16, 18], [18, 16, 17, 19, 32, 33, 34], [34, 33, 32, 19, 17, 16, 18],
          "all codecs, the peer's list backwards")
    share("NEG-009", "NEG-2", [32, 19, 17], [19, 17, 16, 18], [19, 17], "my first is not the peer's: the next one")
    share("NEG-010", "NEG-2", [17, 19], [19, 17], [17, 19], "the other direction of NEG-001: another codec")
    share("NEG-011", "NEG-1", [18], [16, 17, 18], [18], "one codec")
    share("NEG-012", "NEG-3", [19], [-19, 275, 2**31 + 19], [], "numbers that are 19 in 8 bits only, or without their sign")
    share("NEG-013", "EXT-1 NEG-3", [34, 19], ["ext:1", 19], [19], "a token of extensions is ignored")
    share("NEG-014", "EXT-1", [34, 19], ["19", None, [19], {"$f64": "4033000000000000"}, {"$bin": "13"}, True, 34], [34],
          "items that are no codec are ignored, whatever they are: 34 is shared and 19 is not")
    share("NEG-015", "NEG-3", [34, 19], [{"$int": "18446744073709551615"}, 19], [19], "the largest integer is ignored")
    share("NEG-016", "NEG-1", [19, 17, 16], [16, 19], [19, 16], "a gap in the middle of mine")
    many = list(range(64, 256)) * 20 + [19]
    share("NEG-017", "NEG-3", [34, 19], many, [19], "some thousand unknown numbers before the one that counts")
    share("NEG-018", "NEG-1 NEG-2", [17], [17], [17], "equal lists")
