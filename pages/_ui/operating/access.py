"""Who may see how a server does: whoever asks from its own network, or says the operator's word."""

from __future__ import annotations

import hmac
import ipaddress
import os

from starlette.requests import Request

_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def may_see(request: Request) -> bool:
    """Return whether this request may see counts of the whole server.

    One that came through a proxy may not, whatever address it has: the proxy's own is a private one. With the word
    of BAYES_OPERATOR in its header it may from anywhere.
    """
    word = os.environ.get("BAYES_OPERATOR", "")
    said = request.headers.get("authorization", "").removeprefix("Bearer ")
    if word and hmac.compare_digest(said.encode(), word.encode()):
        return True
    through = any(name in request.headers for name in _FORWARDED)
    return not through and request.client is not None and private(request.client.host)


def private(host: str) -> bool:
    """Return whether an address is of this machine or of a private network.

    >>> [private(host) for host in ("127.0.0.1", "10.0.0.7", "::1", "192.168.1.1", "fd00::2")]
    [True, True, True, True, True]
    >>> [private(host) for host in ("8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "localhost", "")]
    [False, False, False, False, False]
    """
    try:
        one = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(one, "ipv4_mapped", None) or one  # which Python up to 3.12 calls private, whatever it maps
    return bool(mapped.is_private or mapped.is_loopback)
