"""nginx in front of both sites: what it passes on, what it refuses, and that it writes no address."""

from __future__ import annotations

import datetime
import http.client
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tracker.local.places import CHECKOUT

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
HOSTS = {"PUBLIC_HOST": "laws.example.org", "WORKSPACE_HOST": "work.example.org"}

CLAIM = "6.6.6.6"  # an address that a visitor pretends to have


class Echo(BaseHTTPRequestHandler):
    """Stands where the application stands; answers with what it was told."""

    def do_GET(self) -> None:
        body = str(self.headers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    folder.mkdir()
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """Our configuration with the container's folders moved under one folder, and the application on one local port."""
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "conf.d").mkdir()
    (folder / "cache").mkdir()
    (folder / "srv").mkdir()
    write_certificate(folder / "tls")
    shutil.copy(CHECKOUT / "deploy/nginx/unavailable.html", folder / "srv")
    (folder / "mime.types").write_text("types { text/html html; }")
    application = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    port = free_port()
    moved = [
        ("/tmp/", f"{folder}/"),  # first: the folder itself may lie in /tmp
        ("/etc/nginx/", f"{folder}/"),
        ("/var/cache/nginx", f"{folder}/cache"),
        ("root /srv", f"root {folder}/srv"),
        ("/dev/stderr", f"{folder}/error.log"),
        ("listen 8443", f"listen 127.0.0.1:{port}"),
        ("listen 8080", f"listen 127.0.0.1:{free_port()}"),
        ("http://public:8000", f"http://127.0.0.1:{application.server_port}"),
        ("http://web:8000", "http://127.0.0.1:1"),  # nobody there
        *((f"${{{name}}}", host) for name, host in HOSTS.items()),
    ]
    targets = {"nginx.conf": "nginx.conf", "proxy.conf": "proxy.conf", "sites.conf.template": "conf.d/sites.conf"}
    for source, target in targets.items():
        content = (CHECKOUT / "deploy/nginx" / source).read_text()
        for old, new in moved:
            content = content.replace(old, new)
        (folder / target).write_text(content)
    folder.chmod(0o755)
    yield folder, port
    application.shutdown()


def test_nginx_accepts_the_configuration(configuration):
    folder, _ = configuration
    done = subprocess.run(
        [NGINX, "-t", "-c", folder / "nginx.conf", "-p", folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def port(configuration) -> Iterator[int]:
    folder, port = configuration
    # As root nginx would hand its workers to a user that cannot enter the test's folder.
    server = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-p", folder, "-g", "daemon off; user root;"])
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port
    server.terminate()
    server.wait(10)


def connect(port: int, host: str) -> http.client.HTTPConnection:
    trust = ssl.create_default_context()
    trust.check_hostname = False
    trust.verify_mode = ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection = http.client.HTTPConnection(host)
    connection.sock = trust.wrap_socket(plain, server_hostname=host)
    return connection


def ask(port: int, host: str, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str):
    connection = connect(port, host)
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_the_application_hears_the_true_address_and_no_claim(port):
    claims = {
        "X-Forwarded-For": "6.6.6.6",
        "X-Real-IP": "6.6.6.6",
        "Forwarded": "for=6.6.6.6",
        "X-Forwarded-Host": "evil",
    }
    status, heard = ask(port, HOSTS["PUBLIC_HOST"], "/claims", **claims)
    assert status == 200
    assert re.findall(r"(?i)^x-forwarded-for: (.*)$", heard, re.MULTILINE) == ["127.0.0.1"]
    assert CLAIM not in heard
    assert "evil" not in heard


def test_the_readers_name_never_serves_the_workspace(port):
    status, heard = ask(port, HOSTS["PUBLIC_HOST"], "/w/sign-in/")
    assert (status, "Host:" in heard) == (404, False)


def test_a_large_body_is_refused_on_the_readers_site(port):
    status, _ = ask(port, HOSTS["PUBLIC_HOST"], method="POST", body=b"x" * 70_000)
    assert status == 413


def test_a_flood_is_answered_with_429(port):
    connection = connect(port, HOSTS["PUBLIC_HOST"])
    statuses = set()
    for _ in range(600):
        connection.request("GET", "/flood")
        answer = connection.getresponse()
        answer.read()
        statuses.add(answer.status)
        if answer.status == 429:
            break
    assert statuses == {200, 429}
    time.sleep(1)  # the other tests' requests are let through again


def test_an_unknown_name_is_not_served(port):
    with pytest.raises((ssl.SSLError, ConnectionError)):
        ask(port, "elsewhere.example.org")


def test_a_silent_application_is_said_in_words(port):
    status, said = ask(port, HOSTS["WORKSPACE_HOST"])
    assert status == 503
    assert "Nothing that was saved is lost" in said


def test_no_address_is_written_anywhere(configuration, port):
    folder, _ = configuration
    ask(port, HOSTS["PUBLIC_HOST"], "/claims", method="POST", body=b"x" * 70_000)
    ask(port, HOSTS["WORKSPACE_HOST"])
    written = [file for file in folder.rglob("*.log") if "127.0.0.1" in file.read_text()]
    assert written == []


def test_what_a_reader_searches_for_is_in_no_stored_page(configuration, port):
    folder, _ = configuration
    for path in ("/en/search/?q=canaryword", "/en/laws/?storedword=1"):
        assert ask(port, HOSTS["PUBLIC_HOST"], path)[0] == 200
    stored = b"".join(file.read_bytes() for file in (folder / "cache").rglob("*") if file.is_file())
    assert (b"storedword" in stored, b"canaryword" in stored) == (True, False)
