"""What each program on py2p needs that has one node of it: py2p_peer.py here, and the driver of the benchmarks.

Import it before py2p.
"""

import collections
import collections.abc
import socket

# Python 3.10 moved these names; the msgpack library that 0.7 was published with asks for the old ones.
for name in ("Hashable", "Mapping", "MutableMapping", "Sequence", "Iterable", "Callable"):
    if not hasattr(collections, name):
        setattr(collections, name, getattr(collections.abc, name))


def free_port(host):
    """A port that nobody listens on; py2p takes no 0 for one."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def settled(found, seconds):
    """What a promise of py2p gives; some of its operations give one, and others, or other versions, the value."""
    # A second more, so that its own end of waiting comes first.
    return found.get(timeout=seconds + 1) if hasattr(found, "is_pending") else found
