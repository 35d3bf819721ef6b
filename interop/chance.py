"""Values by chance: every kind of msgpack value, with the sizes and numbers at which something changes."""

from fidelity import Float, Map, canon, python_key

EDGES = (7, 8, 15, 16, 31, 32, 53, 63, 64)
INTS = [n for bits in EDGES for n in (2**bits - 1, 2**bits, 2**bits + 1, -(2**bits), -(2**bits) - 1, 1 - 2**bits)]
INTS = [n for n in INTS + [0, 1, -1, -31, -32, -33] if -(2**63) <= n < 2**64]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, -1.5, 0.1, 1e-7, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e21, 1e20]
FLOATS += [float("inf"), float("-inf"), float("nan"), 2.0**31, 2.0**31 - 1, -(2.0**31), 2.0**53, 2.0**53 - 1, 2.0**63, 2.0**64]
ALPHABETS = ("abc xyz", "äöüß€", "ключ", "日本語", "🚀🔑🏳\ufe0f\u200d🌈", "\x00\x01\x1f\x7f\x80\x9f", "\ufeff\ufffe\uffff\u2028\u202e")
ALPHABETS += ("\ud7ff\ue000\U0010ffff\U00010000", "e\u0301\u0300", '"\\/\n\r\t\b$', "$bin$map")
LENGTHS = (0, 1, 2, 15, 16, 31, 32, 33, 254, 255, 256, 257)
NAMES = ("", "__proto__", "constructor", "toString", "length", "0", "-1", "01", "null", "true", "$bin", "$int", "a.b", "NaN")
# compress-from (04-codecs.md), less what a message has beside the value.
THRESHOLD = 256
LARGEST = 200 * 1024
DEEPEST = 56


class Chance:
    """Draws values from a `random.Random`. `python`: none that py2p cannot read; `exact`: those that js2p keeps as they are;
    `names`: what is drawn as a key now and then."""

    def __init__(self, random, python=False, exact=False, nan=True, names=NAMES):
        self.random, self.names = random, names
        self.python, self.exact = python, exact
        self.floats = [Float.of(number) for number in FLOATS if nan or number == number]

    def size(self):
        draw = self.random.random()
        if draw < 0.5:
            return self.random.choice(LENGTHS)
        if draw < 0.7:
            return max(0, THRESHOLD + self.random.randint(-140, 20))
        if draw < 0.93:
            return max(0, 1024 * self.random.randint(1, 24) + self.random.randint(-130, 8))
        return self.random.randint(0, LARGEST)

    def text(self, size=None):
        size = self.size() if size is None else size
        letters = self.random.choice(ALPHABETS)
        if self.random.random() < 0.3:
            letters = "".join(ALPHABETS)
        if size > 1000 or self.random.random() < 0.3:
            word = "".join(self.random.choice(letters) for _ in range(self.random.choice((1, 7, 300))))
            return (word * (size // len(word) + 1))[:size]
        return "".join(self.random.choice(letters) for _ in range(size))

    def binary(self, size=None):
        size = self.size() if size is None else size
        draw = self.random.random()
        if draw < 0.4:
            return self.random.randbytes(size)
        if draw < 0.6:
            return (bytes(range(256)) * (size // 256 + 1))[:size]
        part = self.random.randbytes(self.random.choice((1, 5, 900)))
        return (part * (size // len(part) + 1))[:size]

    def integer(self):
        if self.exact:
            return self.random.choice([n for n in INTS if -(2**31) <= n < 2**31])
        if self.random.random() < 0.6:
            return self.random.choice(INTS)
        return self.random.getrandbits(self.random.randint(1, 63)) * self.random.choice((1, -1))

    def float(self):
        if self.exact:
            return Float.of(self.random.choice((0.5, -1.5, 0.1, 1e-7, 5e-324, float("inf"), float("-inf"), 1e300)))
        if self.random.random() < 0.6:
            return self.random.choice(self.floats)
        return Float.of(self.random.uniform(-1, 1) * 10 ** self.random.randint(-300, 300))

    def scalar(self, size=None):
        draw = self.random.randrange(8)
        if draw < 2:
            return self.text(size)
        if draw < 4:
            return self.binary(size)
        if draw == 4:
            return self.float()
        return self.integer() if draw < 7 else self.random.choice((None, True, False))

    def small(self):
        return self.scalar(self.random.choice(LENGTHS[:7]))

    def key(self, plain=False):
        draw = self.random.random()
        if self.exact or draw < 0.5:
            plain = draw < 0.3 or self.exact and draw < 0.7
            return self.text(self.random.choice(LENGTHS[:6])) if plain else self.random.choice(self.names)
        if draw < 0.9 or plain:
            return self.small()
        if draw < 0.95 or self.python:
            return [self.small() for _ in range(self.random.randint(0, 3))]
        return Map(((self.small(), self.small()),))

    def map(self, count, inner, plain=False):
        """`plain`: no array and no map for a key, as a delta has none (SYN-9)."""
        entries, taken = [], set()
        for _ in range(count):
            key = self.key(plain)
            same = python_key(key) if self.python else canon(key)
            if same not in taken:
                taken.add(same)
                entries.append((key, inner()))
        return Map(entries)

    def deep(self):
        value = self.small()
        for _ in range(self.random.randint(1, DEEPEST)):
            value = [value] if self.random.random() < 0.5 else Map(((self.key(True), value),))
        return value

    def wide(self):
        count = self.random.choice((15, 16, 17, 255, 256, 2000))
        if self.random.random() < 0.5:
            return [self.small() for _ in range(count)]
        return Map(("key %d" % number, self.small()) for number in range(count))

    def nested(self, depth=0):
        if depth > 4 or self.random.random() < 0.4:
            return self.small()
        count = self.random.randint(0, 5)
        if self.random.random() < 0.5:
            return [self.nested(depth + 1) for _ in range(count)]
        return self.map(count, lambda: self.nested(depth + 1))

    def value(self):
        draw = self.random.random()
        if draw < 0.6:
            return self.scalar()
        if draw < 0.85:
            return self.nested()
        return self.deep() if draw < 0.93 else self.wide()

    def some_map(self):
        return self.map(self.random.randint(0, 6), lambda: self.nested(2), plain=True)
