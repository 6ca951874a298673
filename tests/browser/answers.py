"""Pages that were made before, served to a browser by their address with its query, beside the static files."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.conf import settings

KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@contextmanager
def serving(answers: Mapping[str, bytes]) -> Iterator[str]:
    """The address of the server. The browser's event loop and the database do not share a thread, hence made before."""
    static = {
        f"/static/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for folder in settings.STATICFILES_DIRS
        for path in folder.rglob("*")
        if path.is_file()
    }

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers.get(self.path) or static.get(self.path.partition("?")[0])
            self.send_response(200 if body else 404)
            kind = KINDS.get(self.path.rpartition(".")[2]) if self.path.startswith("/static/") else None
            self.send_header("Content-Type", kind or "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_args: Any) -> None:
            """The test says what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
