"""A public node of nginx and files alone."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.tooling.test_nginx import NGINX, connect, free_port, write_certificate
from tracker.local.places import CHECKOUT

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
HOST = "mirror.example.org"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """nginx over a folder as `build_mirror` writes it, with the container's folders moved under one folder."""
    folder = tmp_path_factory.mktemp("nginx")
    for name in ("conf.d", "cache", "mirror/laws", "mirror/site/en/laws/a b"):
        (folder / name).mkdir(parents=True)
    (folder / "mirror/site/en/laws/a b/index.html").write_text("the page")
    (folder / "mirror/mirror.zip").write_text("everything")
    (folder / "mirror/state.json").write_text("not public")
    (folder / "mirror/laws/kz-code.zip").write_text("one law")
    write_certificate(folder / "tls")
    (folder / "mime.types").write_text("types { text/html html; }")
    found = free_port()
    moved = [
        ("/tmp/", f"{folder}/"),  # first: the folder itself may lie in /tmp
        ("/etc/nginx/", f"{folder}/"),
        ("/var/cache/nginx", f"{folder}/cache"),
        ("/srv/", f"{folder}/"),
        ("/dev/stderr", f"{folder}/error.log"),
        ("listen 8443", f"listen 127.0.0.1:{found}"),
        ("${MIRROR_HOST}", HOST),
    ]
    for source, target in {"nginx.conf": "nginx.conf", "mirror.conf.template": "conf.d/mirror.conf"}.items():
        content = (CHECKOUT / "deploy/nginx" / source).read_text()
        for old, new in moved:
            content = content.replace(old, new)
        (folder / target).write_text(content)
    folder.chmod(0o755)
    # As root nginx would hand its workers to a user that cannot enter the test's folder.
    server = subprocess.Popen([str(NGINX), "-c", folder / "nginx.conf", "-p", folder, "-g", "daemon off; user root;"])
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", found)) == 0:
                break
        time.sleep(0.05)
    yield found
    server.terminate()
    server.wait(10)
    shutil.rmtree(folder, ignore_errors=True)


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, str, dict[str, str]]:
    connection = connect(port, HOST)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), dict(answer.getheaders())


def test_pages_archives_and_single_laws_are_served_and_nothing_beside_them(port: int) -> None:
    assert ask(port, "/en/laws/a%20b/")[:2] == (200, "the page")
    assert ask(port, "/mirror.zip")[:2] == (200, "everything")
    assert ask(port, "/ru/laws/kz-code/offline.zip")[:2] == (200, "one law")
    for path in ("/state.json", "/../state.json", "/en/laws/none/", "/laws/kz-code.zip"):
        assert ask(port, path)[0] in {400, 404}, path
    assert ask(port, "/en/laws/a%20b/", "POST")[0] in {403, 405}


def test_a_page_is_not_sent_again_while_it_is_the_same_and_loads_nothing_from_elsewhere(port: int) -> None:
    status, _, headers = ask(port, "/en/laws/a%20b/")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert ask(port, "/en/laws/a%20b/", **{"If-None-Match": headers["ETag"]})[0] == 304
    assert status == 200
