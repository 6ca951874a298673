"""What `check --deploy` says of the machine: whether the kernel lets the box leave the network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from codes import boxed

_TRY = "import runpy, sys; sys.exit(not runpy.run_path(sys.argv[1], run_name='boxed')['shut_off']())"


@register(Tags.security, deploy=True)
def the_box_has_no_network(app_configs: Sequence[Any] | None, **_options: Any) -> list[CheckMessage]:
    """W001 where the kernel forbids namespaces to ordinary users: then the worker belongs in a container without
    network.
    """
    tried = subprocess.run([sys.executable, "-I", "-c", _TRY, boxed.__file__], check=False, capture_output=True)
    if tried.returncode == 0:
        return []
    hint = "Allow user namespaces, or run the worker in a container without network (docs/operations.md)."
    return [Warning("Uploads are read in a process that can reach the network.", hint=hint, id="codes.W001")]
