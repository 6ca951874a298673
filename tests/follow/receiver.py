"""A receiver of deliveries on this machine: a TLS server with a name, and a world in which that name is public."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tracker.follow.webhook import Network

NAME = "hooks.example.org"
PUBLIC = "93.184.215.14"  # what the name resolves to; the connection goes to this machine


@dataclass
class Receiver:
    network: Network
    resolved: list[str] = field(default_factory=list)  # answers of the resolver, one for each question
    asked: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n"
    errors: list[str] = field(default_factory=list)


def certificate(folder: Path, name: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(tz=UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def receiving(folder: Path, name: str = NAME) -> Iterator[Receiver]:
    path = certificate(folder, name)
    trust, own = ssl.create_default_context(cafile=str(path)), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(path)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def resolve(host: str, _port: int, **_more: Any) -> Any:
        found.asked.append(host)
        answer = found.resolved.pop(0) if found.resolved else PUBLIC
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in answer.split()]

    def connect(address: str, timeout: float) -> socket.socket:
        found.connected.append(address)
        return socket.create_connection(("127.0.0.1", port), timeout=timeout)

    found = Receiver(Network(resolve, connect, trust))
    thread = threading.Thread(target=_serve, args=(listening, own, found), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        listening.close()
        thread.join(5)


def _serve(listening: socket.socket, own: ssl.SSLContext, found: Receiver) -> None:
    while True:
        try:
            plain, _ = listening.accept()
        except OSError:
            return
        try:
            with own.wrap_socket(plain, server_side=True) as secure:
                found.got.append(_read(secure))
                secure.sendall(found.answer)
        except OSError as error:
            found.errors.append(type(error).__name__)


def _read(secure: ssl.SSLSocket) -> tuple[dict[str, str], bytes]:
    read = b""
    while b"\r\n\r\n" not in read:
        read += secure.recv(4096)
    head, _, body = read.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers["content-length"]):
        body += secure.recv(4096)
    return {**headers, "first": first}, body
