"""What stands in a copy beside its pages, and what besides the record makes them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string

from tracker.publication.mirror import pages
from tracker.publication.mirror.shown import Shown
from tracker.publication.pages import words


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


def first_page(shown: Shown, rest: str = "") -> bytes:
    """The choice of language. `rest`: the page below the language that it leads to."""
    choices = [(code, words.OWN_NAMES[code], f"{code}/{rest}index.html") for code in languages()]
    context = {
        "choices": choices,
        "mark": pages.release_mark(shown.releases[shown.newest_number]),
        "stylesheet": staticfiles_storage.url("css/site.css").removeprefix("/"),
    }
    return render_to_string("publication/mirror/index.html", context).encode()


def verifier() -> bytes:
    return Path(__file__).with_name("verify.py").read_bytes()


def asset_content(asset: str) -> bytes:
    """A static file by its address. Raises `FileNotFoundError`."""
    name = asset.removeprefix(settings.STATIC_URL)
    found = Path(settings.STATIC_ROOT) / name
    if not found.is_file():
        found = Path(finders.find(name) or name)
    return found.read_bytes()


def code_stamp() -> str:
    """Changes with whatever else than the record makes a page: code, templates, translations, a few settings."""
    digest = hashlib.sha256()
    base = Path(settings.BASE_DIR)
    for folder, ending in [("tracker", ".py"), ("codes/text", ".py"), ("templates", ".html"), ("locale", ".mo")]:
        for file in sorted((base / folder).rglob(f"*{ending}")):
            digest.update(f"{file.relative_to(base)}\n".encode() + file.read_bytes())
    for place in (base / "static", Path(settings.STATIC_ROOT)):
        for file in sorted(place.rglob("*")) if place.exists() else []:
            digest.update(f"{file.name} {file.stat().st_size if file.is_file() else ''}\n".encode())
    named: list[Any] = [settings.HOME_ADDRESS, settings.MIRRORS, settings.ORGANISATION, languages(), settings.TIME_ZONE]
    digest.update(json.dumps(named).encode())
    return digest.hexdigest()
