"""The way out for deliveries to programs: HTTPS to an address that everybody can reach, and nothing read back.

The name is resolved once, every address it has must be public, and the connection goes to the first of exactly those;
TLS still asks for the name. No redirect is followed and no proxy of the environment is used.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tracker.follow.outlets import Away, Refused

PORT = 443
SECONDS = 5.0
MOST_READ = 65_536  # bytes of the answer
# Global by the registry and still no place to send to: translation to IPv4, tunnels, documentation, old anycast.
_NOT_PUBLIC = [
    ipaddress.ip_network(each)
    for each in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]
_UNICAST = ipaddress.ip_network("2000::/3")  # leaves out mapped, NAT64, local, multicast IPv6 addresses


def is_public(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if found.is_multicast or found.is_reserved or not found.is_global:
        return False
    if found.version == 6 and (found not in _UNICAST or found.scope_id):
        return False
    return not any(found in network for network in _NOT_PUBLIC if network.version == found.version)


def _connect(address: str, timeout: float) -> socket.socket:
    return socket.create_connection((address, PORT), timeout=timeout)


@dataclass(frozen=True, slots=True)
class Network:
    """What the sender sees of the world; tests give it a world of their own."""

    resolve: Callable[..., Any] = socket.getaddrinfo
    connect: Callable[[str, float], socket.socket] = _connect
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)


def deliver(address: str, body: bytes, headers: Mapping[str, str], network: Network | None = None) -> None:
    """POST the body. Any answer from 200 to 299 is a success. Raises `Away` and `Refused`."""
    network = network or Network()
    parts = urlsplit(address)
    host, path = parts.hostname or "", parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", "Connection: close", f"Content-Length: {len(body)}"]
    head = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""])
    place = _place(host, network)
    until = time.monotonic() + SECONDS
    try:
        with network.connect(place, SECONDS) as plain:
            plain.settimeout(_left(until))
            with network.trust.wrap_socket(plain, server_hostname=host) as secure:
                secure.settimeout(_left(until))
                secure.sendall(head.encode("ascii") + body)
                status = _status(secure, until)
    except ssl.SSLCertVerificationError:
        raise Away("The certificate of the receiver does not prove its name.") from None
    except OSError as error:
        raise Away(f"The receiver does not answer ({type(error).__name__}).") from None
    if not 200 <= status < 300:
        raise Away(f"The receiver answered {status}.")


def _place(host: str, network: Network) -> str:
    """The one address to connect to. A name of which any address is not public leads nowhere."""
    try:
        found = network.resolve(host, PORT, type=socket.SOCK_STREAM)
    except OSError:
        raise Away("The name of the receiver is not known.") from None
    places = [str(each[4][0]) for each in found]
    if not places or not all(is_public(place) for place in places):
        raise Refused("The receiver is not at a public address.")
    return places[0]


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _status(secure: ssl.SSLSocket, until: float) -> int:
    """The number in the first line; what follows is not read."""
    read = b""
    while b"\n" not in read and len(read) < MOST_READ:
        secure.settimeout(_left(until))
        piece = secure.recv(4096)
        if not piece:
            break
        read += piece
    words = read.split(b"\n", 1)[0].split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/1.") or not words[1].isdigit():
        raise Away("The receiver does not answer in HTTP.")
    return int(words[1])
