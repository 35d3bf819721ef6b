"""Words for live cases: messages as templates, and the steps of a script (testee protocol, chapter 5)."""

import suite

WHISPER, RENEGOTIATE, BROADCAST = 2, 1, 0
ANY_LIST = {"$any": "array"}
LONG = {"$reps": ["all work and no play ", 200]}

SLOW = suite.flag("Slow", "time", "Waits for a timer of the registry, ten seconds or more.",
                  "Left out unless the runner is told --slow.")


def ident(peer):
    return {"$id": peer}


def message(kind, peer, *payload, now=0):
    return [kind, ident(peer), {"$now": now}, *payload]


def whisper(peer, *payload, now=0):
    return message(WHISPER, peer, *payload, now=now)


def broadcast(peer, *payload, now=0):
    return message(BROADCAST, peer, *payload, now=now)


def renegotiate(peer, *payload):
    return message(RENEGOTIATE, peer, *payload)


def handshake(peer, own=None, protocol=None, address=None, codecs=None, extra=()):
    own = ident(peer) if own is None else own
    protocol = {"$protocol": 0} if protocol is None else protocol
    address = ["127.0.0.1", {"$port": peer}] if address is None else address
    return whisper(peer, 5, own, protocol, address, [] if codecs is None else codecs, *extra)


def do(verb, link=None, **more):
    step = {"do": verb}
    if link is not None:
        step["link"] = link
    step.update({name.rstrip("_"): value for name, value in more.items()})
    return step


def greet(*links, **more):
    return [do("greet", link, **more) for link in links]


def send(link, what, **more):
    return do("send", link, message=what, **more)


def receive(link, what, **more):
    return do("receive", link, message=what, **more)


def same(link, name, **more):
    return do("receive", link, same=name, **more)


def closed(link, err=None, **more):
    return do("closed", link, **({"err": err} if err else {}), **more)


def quiet(*links):
    return do("quiet", links=list(links))


def call(op, given=None, **more):
    return do("call", op="node." + op, in_=given or {}, **more)


def table(op, given, **more):
    return do("call", op="table." + op, in_=given, **more)


def event(kind, **fields):
    return do("event", event={"event": kind, **fields})


def delivered(*payload, **fields):
    return event("message", payload=list(payload), **fields)


def dialled(link, **more):
    """The testee dials a peer on the wish of its application."""
    return [do("listen", link), call("connect", {"host": "127.0.0.1", "port": {"$port": link}}, as_="call " + link),
            do("accept", link), *greet(link, **more)]


def flat(steps):
    for step in steps:
        if isinstance(step, dict):
            yield step
        else:
            yield from flat(step)


def script(area, ident_, req, comment, *steps, node=None, peers=None, codecs=(), level="MUST", flags=()):
    given = {"node": node or {}, "peers": peers or {}, "steps": list(flat(steps))}
    if codecs:
        given["codecs"] = list(codecs)
    area.add(ident_, req, "live", given, {"ok": {}}, comment, level=level, flags=flags, since="1.0")
