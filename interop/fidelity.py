"""What each kind of node makes of a value that it sends or shows (protocol-spec/11-compatibility.md, 11.3).

A value is None, a bool, an int, a Float, a str, bytes, a list, or a Map. Ours and py2p keep all that the specification
knows; js2p has 53 bits for every number, and text for every key.
"""

import math
import struct
from decimal import Decimal

SAFE = 2**53 - 1
SMALL = range(-(2**31), 2**31)
# js2p reads the entry of this key as the prototype of its map, and shows none.
LOST_KEY = "__proto__"
# What js2p is not sent (SYN-23): these keys of a table, and values with one of these entries.
WITHHELD_KEYS = ("__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "constructor")
WITHHELD_KEYS += ("hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf")
WITHHELD_ENTRIES = ("__proto__", "toString")


class Float(bytes):
    """The 64 bits of a float."""

    @classmethod
    def of(cls, number):
        return cls(struct.pack(">d", number))

    def number(self):
        return struct.unpack(">d", self)[0]


NAN = Float.fromhex("7ff8000000000000")


class Map(tuple):
    """The entries of a map, in order."""


def read(notation):
    """A value from the notation of the testee protocol."""
    if isinstance(notation, list):
        return [read(item) for item in notation]
    if not isinstance(notation, dict):
        return notation
    if len(notation) == 1:
        ((tag, inner),) = notation.items()
        if tag == "$bin":
            return bytes.fromhex(inner)
        if tag == "$int":
            return int(inner)
        if tag == "$f64":
            return Float.fromhex(inner)
        if tag == "$map":
            return Map((read(key), read(value)) for key, value in inner)
    return Map((key, read(value)) for key, value in notation.items())


def write(value):
    """A value in the notation of the testee protocol."""
    if isinstance(value, Float):
        return {"$f64": value.hex()}
    if isinstance(value, bytes):
        return {"$bin": value.hex()}
    if isinstance(value, list):
        return [write(item) for item in value]
    if isinstance(value, Map):
        if all(isinstance(key, str) and not key.startswith("$") for key, _ in value):
            return {key: write(inner) for key, inner in value}
        return {"$map": [[write(key), write(inner)] for key, inner in value]}
    if type(value) is int and abs(value) > SAFE:
        return {"$int": str(value)}
    return value


def canon(value):
    """Equal for equal values: maps in any order, 1 unlike 1.0 and true, every float by its bits."""
    if isinstance(value, Map):
        return "map", frozenset((canon(key), canon(inner)) for key, inner in value), len(value)
    if isinstance(value, list):
        return ("list",) + tuple(canon(item) for item in value)
    return type(value).__name__, value


def python_key(key):
    """What py2p takes for the same key: 1, 1.0 and true, as its language does."""
    if isinstance(key, list):
        return tuple(python_key(item) for item in key)
    if isinstance(key, Float):
        number = key.number()
        return "nan" if math.isnan(number) else number
    return ("bytes", key) if isinstance(key, bytes) else key


def script_number(number):
    """A number as js2p shows it: an integer when it is one of at most 53 bits."""
    if math.isnan(number):
        return NAN
    if not math.isinf(number) and number == int(number) and abs(number) <= SAFE:
        return int(number)
    return Float.of(number)


def script_key(key):
    """The text that js2p makes of a key."""
    if isinstance(key, Float) or type(key) is int:
        return script_digits(key.number() if isinstance(key, Float) else float(key))
    if isinstance(key, bytes):
        return key.decode("utf-8", "replace")
    if isinstance(key, list):
        return ",".join("" if item is None else script_key(item) for item in key)
    if isinstance(key, Map):
        return "[object Object]"
    return {None: "null", True: "true", False: "false"}.get(key, key)


def script_digits(number):
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    if 1e-6 <= abs(number) < 1e21:
        digits = format(Decimal(repr(number)), "f")
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    mantissa, exponent = ("%s" % format(Decimal(repr(number)).normalize(), "e")).split("e")
    return "%se%+d" % (mantissa, int(exponent))


def seen(kind, value):
    """A value that a node of this kind has been given or has received, as it shows it."""
    if not kind.startswith("js2p"):
        return value
    if isinstance(value, Map):
        entries = {script_key(key): seen(kind, inner) for key, inner in value}
        return Map((key, inner) for key, inner in entries.items())
    if isinstance(value, list):
        return [seen(kind, item) for item in value]
    if isinstance(value, Float):
        return script_number(value.number())
    return script_number(float(value)) if type(value) is int else value


def sent(kind, value):
    """A value of a node of this kind as it goes over the wire."""
    if not kind.startswith("js2p"):
        return value
    if isinstance(value, Map):
        return Map((key, sent(kind, inner)) for key, inner in seen_keys(value))
    if isinstance(value, list):
        return [sent(kind, item) for item in value]
    if isinstance(value, Float) or type(value) is int:
        shown = script_number(value.number() if isinstance(value, Float) else float(value))
        return shown if isinstance(shown, Float) or shown in SMALL else Float.of(shown)
    return value


def seen_keys(value):
    return {script_key(key): inner for key, inner in value}.items()


def received(kind, value):
    """A value that came over the wire to a node of this kind, as it shows it."""
    if kind.startswith("js2p"):
        value = without_lost(value)
    return seen(kind, value)


def without_lost(value):
    if isinstance(value, Map):
        return Map((key, without_lost(inner)) for key, inner in value if script_key(key) != LOST_KEY)
    return [without_lost(item) for item in value] if isinstance(value, list) else value


def withheld(key, value=None):
    """Whether js2p is not sent a key, or not with this value (SYN-23)."""
    if isinstance(value, list):
        return key in WITHHELD_KEYS or any(withheld("", item) for item in value)
    entries = [bytes_of(name) for name, _ in value] if isinstance(value, Map) else ()
    return key in WITHHELD_KEYS or any(name.encode() in entries for name in WITHHELD_ENTRIES)


def bytes_of(name):
    return name.encode() if isinstance(name, str) else name if type(name) is bytes else None


def difference(wanted, found, path=""):
    """Where two values differ, and how; nothing when they do not."""
    if canon(wanted) == canon(found):
        return None
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = [("%s[%d]" % (path, n), *both) for n, both in enumerate(zip(wanted, found))]
    elif isinstance(wanted, Map) and isinstance(found, Map):
        here, there = ({canon(key): (key, inner) for key, inner in entries} for entries in (wanted, found))
        for key in set(here) ^ set(there):
            side = "lacks" if key in here else "has besides"
            return "%s %s the key %s" % (path, side, outline((here if key in here else there)[key][0]))
        pairs = [("%s{%s}" % (path, outline(here[key][0])), here[key][1], there[key][1]) for key in here]
    else:
        return "%s is %s, not %s" % (path, outline(found), outline(wanted))
    return next(filter(None, (difference(one, other, at) for at, one, other in pairs)), None)


def outline(value):
    """A value in a few words."""
    if isinstance(value, Float):
        return "float %s (%r)" % (value.hex(), value.number())
    if isinstance(value, (str, bytes)) and len(value) > 40:
        return "%s of %d, %.40r..." % (type(value).__name__, len(value), value)
    if isinstance(value, list):
        return "[%s]" % ", ".join(map(outline, value)) if len(value) < 6 else "a list of %d" % len(value)
    if isinstance(value, Map):
        inner = ", ".join("%s: %s" % (outline(key), outline(item)) for key, item in value)
        return "{%s}" % inner if len(value) < 6 else "a map of %d" % len(value)
    return repr(value)
