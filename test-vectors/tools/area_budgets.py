"""Which link is closed, or not read, when the budgets of a node are shared out (LNK-23, LNK-25, LNK-28)."""

from suite import Area

area = Area("link-budgets", "Bytes that wait on links and messages that are not handled: who may have how much of them.")
REGISTRY = {"max-links": 1024, "max-link-queue": 4194304, "max-queue": 67108864, "max-link-unhandled": 1048576,
            "max-unhandled": 16777216}
# 3000 are granted to each of 4 links, and 12000 are the rest.
FEW = {"max-queue": 24000, "max-links": 4}
FEW_UNHANDLED = {"max-unhandled": 24000, "max-links": 4}


class Shares:
    """LNK-25, as it is written."""

    def __init__(self, most, links):
        self.grant = most // 2 // links
        self.rest = most - self.grant * links
        self.held = {}

    def beyond(self, amount):
        return max(0, amount - self.grant)

    def left(self):
        return self.rest - sum(self.beyond(each) for each in self.held.values())

    def most_of(self, link):
        """What the link may have when it takes all that it can get: b = 2 * (left - b), over what it has."""
        others = self.rest - sum(self.beyond(each) for name, each in self.held.items() if name != link)
        return self.grant + max(0, others) * 2 // 3


def queue(limits, steps):
    """What each step closes."""
    limits = {**REGISTRY, **limits}
    shares, frames, closed = Shares(limits["max-queue"], limits["max-links"]), {}, []
    for link, do, size in steps:
        waiting = frames.setdefault(link, [])
        if do == "leave":
            while size:
                part = min(size, waiting[0][0])
                size -= part
                waiting[0][0] -= part
                if not waiting[0][0]:
                    waiting.pop(0)
            shares.held[link] = sum(each[0] for each in waiting)
            closed.append(False)
            continue
        large = size > limits["max-link-queue"] and not any(each[1] for each in waiting)
        counted = sum(left for left, is_large in waiting if not is_large)
        full = not large and counted + size > limits["max-link-queue"]
        before = sum(each[0] for each in waiting)
        shares.held[link] = before + size
        above = before > 0 and before + size > shares.grant + max(0, 2 * shares.left())
        closed.append(full or above)
        frames[link] = [] if closed[-1] else waiting + [[size, large]]
        shares.held[link] = 0 if closed[-1] else before + size
    return closed


def unhandled(limits, steps):
    """How many messages are read after each step."""
    limits = {**REGISTRY, **limits}
    shares = Shares(limits["max-unhandled"], limits["max-links"])
    waiting, read, answer = {}, {}, []
    for link, do, size in steps:
        held = shares.held.setdefault(link, 0)
        if do == "handled":
            shares.held[link] = held - size
        else:
            waiting.setdefault(link, []).append(size)
        while waiting.get(link) and may_read(shares, link, limits["max-link-unhandled"]):
            shares.held[link] += waiting[link].pop(0)
            read[link] = read.get(link, 0) + 1
        answer.append(read.get(link, 0))
    return answer


def may_read(shares, link, most):
    held = shares.held[link]
    part = held < shares.grant or shares.beyond(held) < 2 * shares.left()
    return held == 0 or held < most and part


def add(ident, req, op, limits, steps, answer, comment, told):
    given = {"limits": limits, "steps": [dict(zip(("link", "do", "bytes"), step)) for step in steps]}
    if told is not None and list(told) != answer:
        raise ValueError(f"{ident}: by hand {told}, by the rule {answer}")
    area.add(ident, req, op, given, {"ok": {"closed" if op == "link.queue" else "read": answer}}, comment)


def queued(number, req, limits, steps, comment, told=None):
    """The answer is told by hand, too, where it can be."""
    add(f"LNK-QUE-{number:03}", req, "link.queue", limits, steps, queue(limits, steps), comment, told)


def held_back(number, req, limits, steps, comment, told=None):
    add(f"LNK-UNH-{number:03}", req, "link.unhandled", limits, steps, unhandled(limits, steps), comment, told)


def send(link, *sizes):
    return [(link, "send", size) for size in sizes]


def leave(link, size):
    return [(link, "leave", size)]


def come(link, *sizes):
    return [(link, "come", size) for size in sizes]


def handled(link, size):
    return [(link, "handled", size)]


def build():
    of_one_link()
    large_frames()
    of_all_links()
    beside_others()
    leaving()
    odd_numbers()
    of_the_registry()
    reading()
    reading_together()


def of_one_link():
    limits = {"max-link-queue": 3000}
    queued(1, "LNK-23", limits, send(1, 1000, 1000, 1000), "exactly max-link-queue", [False] * 3)
    queued(2, "LNK-23", limits, send(1, 1000, 1000, 1001), "one byte above max-link-queue", [False, False, True])
    queued(3, "LNK-23", limits, send(1, 3000), "one frame of exactly max-link-queue", [False])
    queued(4, "LNK-23", limits, send(1, 1500, 1500, 1000) + send(2, 1500, 1500), "another link is not closed for it",
           [False, False, True, False, False])
    queued(5, "LNK-23", limits, send(1, 1500, 1500) + leave(1, 1000) + send(1, 1000), "what has left does not wait",
           [False] * 4)
    queued(6, "LNK-23", limits, send(1, 1500, 1500) + leave(1, 999) + send(1, 1000), "one byte too few has left",
           [False] * 3 + [True])


def large_frames():
    limits = {"max-link-queue": 3000}
    queued(7, "LNK-23", limits, send(1, 3001), "a frame above the limit alone", [False])
    queued(8, "LNK-23", limits, send(1, 3001, 3000), "beside it there may be as much as without it", [False] * 2)
    queued(9, "LNK-23", limits, send(1, 3001, 2000, 1001), "and no more", [False, False, True])
    queued(10, "LNK-23", limits, send(1, 1000, 50000, 2000), "it may come behind others, and others behind it", [False] * 3)
    queued(11, "LNK-23", limits, send(1, 3001, 3001), "a second one while the first is not through", [False, True])
    queued(12, "LNK-23", limits, send(1, 3001) + leave(1, 3000) + send(1, 3001), "one byte of the first is left",
           [False, False, True])
    queued(13, "LNK-23", limits, send(1, 3001, 1000) + leave(1, 3001) + send(1, 3001), "the first is through, what followed it is not",
           [False] * 4)
    queued(14, "LNK-23", limits, send(1, 1000, 50000) + leave(1, 1500) + send(1, 3000),
           "a part of it is gone, and what went before it", [False] * 4)
    queued(15, "LNK-23", limits, send(1, 1000, 50000, 1000) + leave(1, 500) + send(1, 1500, 1000),
           "half of what went before it is left and counts", [False] * 5 + [True])


def of_all_links():
    queued(16, "LNK-25", FEW, send(1, 1000, 10000), "its grant and two thirds of the rest", [False, False])
    queued(17, "LNK-25", FEW, send(1, 1000, 10001), "one byte more: of 12000, 3999 are left, and 8001 is more than twice that",
           [False, True])
    queued(18, "LNK-25", FEW, send(1, *[1000] * 12), "the same in small frames", [False] * 11 + [True])
    queued(19, "LNK-25", FEW, send(1, 20000), "one frame of any size may go to a link on which nothing waits", [False])
    queued(20, "LNK-25", FEW, send(1, 20000, 1000), "with it, a further one is too much", [False, True])
    queued(21, "LNK-25", FEW, send(1, 100000) + send(2, 100000) + send(3, 100000), "that is so on each link, beyond the bound, too",
           [False] * 3)
    queued(22, "LNK-25", FEW, send(1, 100000) + send(2, 1000, 1000, 1000), "when nothing of the rest is left, there is still the grant",
           [False] * 4)
    queued(23, "LNK-25", FEW, send(1, 100000) + send(2, 1000, 1000, 1001), "the grant and no more", [False] * 3 + [True])
    queued(24, "LNK-25 LNK-23", {**FEW, "max-link-queue": 5000}, send(1, 1000, 6000), "a large frame counts here",
           [False, False])
    queued(25, "LNK-25 LNK-23", {**FEW, "max-link-queue": 5000}, send(1, 1000, 10001), "and is refused with what waits before it",
           [False, True])
    queued(26, "LNK-25 LNK-23", {**FEW, "max-link-queue": 5000}, send(1, 1000, 4001), "a part of the whole does not widen the link's limit",
           [False, True])


def beside_others():
    taken = send(1, 1000, 10000)
    queued(27, "LNK-25", FEW, taken + send(2, 1000, 4666), "beside one that took all it could: of 4000, 2666",
           [False] * 4)
    queued(28, "LNK-25", FEW, taken + send(2, 1000, 4667), "one byte more", [False] * 3 + [True])
    queued(29, "LNK-25", FEW, taken + send(2, 1000, 4666) + send(3, 1000, 2889), "the third: of 1334, 889", [False] * 6)
    queued(30, "LNK-25", FEW, taken + send(2, 1000, 4666) + send(3, 1000, 2890), "one byte more", [False] * 5 + [True])
    queued(31, "LNK-25", FEW, taken + send(2, 1000, 4666) + send(1, 1000), "who has its part gets no more of it, others or not",
           [False] * 4 + [True])
    queued(32, "LNK-25", FEW, taken + send(2, 1000, 2000) + send(3, 1000, 2000) + send(4, 1000, 2000),
           "each has its grant, whatever one took", [False] * 8)
    queued(33, "LNK-25", FEW, send(2, 1000, 2000) + send(3, 1000, 2000) + send(4, 1000, 2000) + taken,
           "the grants of others do not lessen the rest", [False] * 8)
    queued(34, "LNK-25", FEW, taken + send(1, 1000) + send(2, 1000, 10000), "a link that was closed leaves all to the others",
           [False, False, True, False, False])
    queued(35, "LNK-25", FEW, send(1, 1000, 8000) + send(2, 1000, 4000) + send(1, 1000), "who has much gets no more while another has some",
           [False] * 4 + [True])


def leaving():
    taken = send(1, 1000, 10000)
    queued(36, "LNK-25", FEW, taken + leave(1, 1000) + send(1, 1000), "what has left makes room", [False] * 4)
    queued(37, "LNK-25", FEW, taken + leave(1, 999) + send(1, 1000), "one byte too few has left", [False] * 3 + [True])
    queued(38, "LNK-25", FEW, taken + leave(1, 11000) + send(1, 100000), "when all has left, a frame of any size", [False] * 4)
    queued(39, "LNK-25", FEW, taken + leave(1, 8000) + send(2, 1000, 10000), "what has left is there for another", [False] * 5)
    queued(40, "LNK-25", FEW, taken + leave(1, 7999) + send(2, 1000, 10000), "but for one byte", [False] * 4 + [True])
    queued(41, "LNK-25", FEW, sum((send(1, 1000, 10000) + leave(1, 11000) for _ in range(5)), []),
           "who reads may have it again and again", [False] * 15)
    queued(42, "LNK-25", FEW, taken + send(2, 1000, 2000) + leave(1, 11000) + send(2, 8000), "the part grows when others have read",
           [False] * 6)


def odd_numbers():
    odd = {"max-queue": 24007, "max-links": 4}
    queued(43, "LNK-25", odd, send(1, 1000, 10004), "a grant is rounded down: 3000, and of 12007 the link may have 8004", [False, False])
    queued(44, "LNK-25", odd, send(1, 1000, 10005), "8005 of 12007 is above twice what is left", [False, True])
    odd = {"max-queue": 4001, "max-links": 1}
    queued(45, "LNK-25", odd, send(1, 1000, 2334), "one link: 2000, and of 2001 two thirds", [False, False])
    queued(46, "LNK-25", odd, send(1, 1000, 2335), "one byte more", [False, True])
    none = {"max-queue": 3000, "max-links": 2000}
    queued(47, "LNK-25", none, send(1, 1000, 1000), "grants of less than one byte are none: all is the rest", [False, False])
    queued(48, "LNK-25", none, send(1, 1000, 1001), "one byte more than two thirds", [False, True])


def of_the_registry():
    queued(49, "LNK-25 LNK-23", {}, send(1, 1000, 4193304), "the registry's max-link-queue", [False, False])
    queued(50, "LNK-25 LNK-23", {}, send(1, 1000, 4193305), "one byte more", [False, True])
    wide = {"max-link-queue": 67108864}
    queued(51, "LNK-25", wide, send(1, 16000000, 6402389), "the registry's max-queue: 32768 and two thirds of 33554432",
           [False, False])
    queued(52, "LNK-25", wide, send(1, 16000000, 6402390), "one byte more", [False, True])
    hundred, shares = [], Shares(REGISTRY["max-queue"], REGISTRY["max-links"])
    for link in range(1, 101):
        part = shares.grant + 2 * shares.rest // 201
        hundred += send(link, 1000, part - 1000)
        shares.held[link] = part
    most = shares.most_of(101)
    queued(53, "LNK-25", {}, hundred + send(101, 1000, most - 1000), "beside a hundred that took all they could: two parts in 201 of the rest each", [False] * 202)
    queued(54, "LNK-25", {}, hundred + send(101, 1000, most - 999), "one byte more", [False] * 201 + [True])


def reading():
    limits = {"max-link-unhandled": 5000}
    held_back(1, "LNK-28", limits, come(1, 2000, 2000, 2000, 1000), "at max-link-unhandled or more nothing is read",
              [1, 2, 3, 3])
    held_back(2, "LNK-28", limits, come(1, 2000, 2999, 1000, 1000), "one byte below it one more is", [1, 2, 3, 3])
    held_back(3, "LNK-28", limits, come(1, 2000, 3000, 1000), "exactly max-link-unhandled", [1, 2, 2])
    held_back(4, "LNK-28", limits, come(1, 100000, 1000), "a single message of any size", [1, 1])
    held_back(5, "LNK-28", limits, come(1, 5000, 1000) + handled(1, 5000), "what waited is read when nothing is unhandled",
              [1, 1, 2])
    held_back(6, "LNK-28", limits, come(1, 2000) + handled(1, 2000) + come(1, 2000) + handled(1, 2000) + come(1, 5000, 1000),
              "what was handled does not count", [1, 1, 2, 2, 3, 3])
    held_back(7, "LNK-28", limits, come(1, 5000, 1000) + come(2, 2000, 2000), "other links are read", [1, 1, 1, 2])
    held_back(8, "LNK-28", {}, come(1, 1048575, 1000, 1000), "the registry's max-link-unhandled", [1, 2, 2])
    held_back(9, "LNK-28", {}, come(1, 1048576, 1000), "at it", [1, 1])


def reading_together():
    limits = FEW_UNHANDLED
    held_back(10, "LNK-28 LNK-25", limits, come(1, 10999, 1000, 1000), "one byte below the grant and two thirds of the rest",
              [1, 2, 2])
    held_back(11, "LNK-28 LNK-25", limits, come(1, 11000, 1000), "at it nothing more is read", [1, 1])
    held_back(12, "LNK-28 LNK-25", limits, come(1, *[1000] * 12), "the same in small messages", list(range(1, 12)) + [11])
    held_back(13, "LNK-28 LNK-25", limits, come(1, 11000, 1000) + come(2, 5665, 1000),
              "another link: of 4000, 2665 is less than two thirds", [1, 1, 1, 2])
    held_back(14, "LNK-28 LNK-25", limits, come(1, 11000, 1000) + come(2, 5667, 1000), "and 2667 is more", [1, 1, 1, 1])
    held_back(15, "LNK-28 LNK-25", limits, come(1, 100000, 1000) + come(2, 1000, 1000, 1000, 1000),
              "when nothing of the rest is left, there is still the grant", [1, 1, 1, 2, 3, 3])
    held_back(16, "LNK-28 LNK-25", limits, come(1, 11000) + come(2, 5500) + handled(1, 11000) + come(2, 5000, 1000),
              "what others had is there again when it is handled", [1, 1, 1, 2, 3])
    held_back(17, "LNK-28 LNK-25", {"max-unhandled": 24007, "max-links": 4}, come(1, 11003, 1000), "an odd number: 8003 of 12007 is less than two thirds", [1, 2])
    held_back(18, "LNK-28 LNK-25", {"max-unhandled": 24007, "max-links": 4}, come(1, 11005, 1000), "and 8005 is more", [1, 1])
