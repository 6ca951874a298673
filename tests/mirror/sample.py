"""A small record with every kind of page, in real commits; and a copy of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.pages import data
from tests.pages.data import reading
from tests.publication.samples import publish
from tracker.publication.mirror.build import Build, Outcome
from tracker.publication.services import signing

LAW = "sample-code"
BASE = f"laws/{LAW}"
NAME = "Жаклин Свидетельница"  # stands in a sealed part


def law(value: str = "stricter", **more: Any) -> dict[str, Any]:
    """The documents of the law; `value` is what we say of the article that is read."""
    here = reading.article()["concerns"][0]
    judged = {**here, "verdicts": {"recommendation": data.finding(value)}}
    newest = data.TEXTS[-1]["slug"]
    parts = [reading.division("part_2", 0, [reading.contents_article("1"), reading.contents_article("174")])]
    documents = {
        **reading.life_documents(),
        f"{BASE}/overview": data.overview(),
        f"{BASE}/v/new": reading.contents(),
        f"{BASE}/v/new/art-174": reading.article(concerns=[judged]),
        f"{BASE}/v/new/art-1": reading.article(number="1", concerns=[], next_article="174"),
        f"{BASE}/v/{newest}": {**reading.contents(), "version": data.TEXTS[-1], "divisions": parts},
        f"{BASE}/v/{newest}/art-174": reading.article(version=data.TEXTS[-1], latest=None),
        f"{BASE}/people": {"kind": "people", "who": [{"seal": NAME}]},
        **more,
    }
    del documents["standards"]
    return documents


def catalogue() -> dict[str, Any]:
    return {"laws": data.laws(), "standards": data.standards()}


def released() -> None:
    """A first release of everything, a second one in which one verdict is another; both signed."""
    signing.ready()
    publish(**{LAW: law(), "catalogue": catalogue()})
    publish(**{LAW: law("partly_fixed")})
    signing.sign_waiting()


def built(out: Path) -> Outcome:
    return Build(out).run()


def files_of(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def broken_links(root: Path) -> list[str]:
    """Every link and source of every page that leads to no file of the copy, as "page → link"."""
    found = []
    for page in root.rglob("*.html"):
        for link in re.findall(r'\b(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8")):
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            target = (page.parent / unquote(parts.path)).resolve()
            if parts.query or not target.is_file() or not target.is_relative_to(root.resolve()):
                found.append(f"{page.relative_to(root)} → {link}")
    return found


def copy_of(site: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(site, to)
    return to
