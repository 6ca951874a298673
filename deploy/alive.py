"""Ask the web process of this container whether it and its database answer. Exit code 0 when they do."""

from __future__ import annotations

import os
import urllib.request

# Django answers only to the names it is told; the connection itself stays inside the container.
host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip()
question = urllib.request.Request("http://127.0.0.1:8000/livez", headers={"Host": host})
with urllib.request.urlopen(question, timeout=4):
    pass
