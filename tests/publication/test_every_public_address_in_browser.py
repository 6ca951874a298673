"""Every public address that answers a page, in every language, in a real browser: frames, forms to follow, errors.

The addresses come from the URL configuration, so that a new one is looked at without a test of its own. The pages
about laws are walked in `test_real_pages_in_browser.py`; here are all others.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests.browser.walk import wrong_on
from tests.conftest import ROLES
from tests.publication import public_pages
from tests.security.addresses import fill, routes
from tracker import public_urls

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo"), pytest.mark.browser]
LANGUAGES = ["en", "ru", "kk"]
LEAST = 36
TOKEN = "A" * 22


def samples() -> dict[str, list[str]]:
    note = public_pages.kinds()["law/notes/<slug:public_id>/"][0].rstrip("/").rpartition("/")[2]
    day = public_pages.kinds()["law/"][1].partition("@")[2].rstrip("/")
    return {
        "lang": LANGUAGES, "law": ["kz-criminal-code-2014"], "at": [day], "v": ["l2015-11"], "a": ["v1997"],
        "b": ["l2015-11"], "n": ["174"], "key": ["d2mz-inciting-discord"], "s": ["iccpr-20-2"],
        "topic": ["inciting-discord"], "concern": ["inciting-discord"], "version": ["l2015-11"], "number": ["1"],
        "rest": ["overview"], "token": [TOKEN], "public_id": [note],
        "slug": ["none"], "form": ["pdf"],
    }  # fmt: skip


def frozen(address: str) -> str:
    """The address without the state that it names."""
    head, at, rest = address.partition("@")
    return head + rest.partition("/")[2] if at else address


def mirrors_with_a_copy(folder: Path) -> bytes:
    """The page of other addresses where there is a file to download."""
    (folder / "mirror.zip").write_bytes(b"sample")
    (folder / "mirror.zip.sha256").write_text(f"{'ab' * 32}  mirror.zip\n")
    with override_settings(MIRROR_FOLDER=str(folder), MIRRORS=["https://mirror.example.org/"]):
        return Client().get("/ru/mirrors/").content


def pages() -> dict[str, bytes]:
    """Address → page; of refused forms and of what there is not, too."""
    asks = Client(raise_request_exception=False)
    elsewhere = {address for language in LANGUAGES for address in public_pages.addresses(language)}
    found = {}
    for route in routes(public_urls.urlpatterns):
        for address in fill(route, samples()):
            if frozen(address) in elsewhere:
                continue
            answer = asks.get(address)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                found[address] = answer.content
    for language in LANGUAGES:
        refused = asks.post(f"/{language}/follow/", {"address": "no address"})
        said = asks.post(f"/{language}/follow/{TOKEN}/", {"do": "nothing"})
        missing = asks.get(f"/{language}/laws/no-such-law/")
        assert (refused.status_code, said.status_code, missing.status_code) == (422, 422, 404)
        found |= {f"/{language}/{n}/": each.content for n, each in enumerate((refused, said, missing))}
    return found


@override_settings(WEBHOOKS=True)
def test_no_frame_form_or_error_page_has_a_violation_or_scrolls_sideways(tmp_path: Path) -> None:
    made = pages() | {"/mirrors-with-a-copy/": mirrors_with_a_copy(tmp_path)}
    assert len(made) >= LEAST
    for part in ("/embed/", "/follow/webhook/", f"/follow/{TOKEN}/unsubscribe/", "/api/", "/embeds/"):
        assert sum(part in address for address in made) >= len(LANGUAGES), part
    assert wrong_on(made) == {}


@override_settings(WEBHOOKS=True)
def test_every_page_that_posts_belongs_to_following_and_no_cookie_is_set() -> None:
    """What a copy leaves out, as it is built for a site that takes no requests, is all that there is to post."""
    for route in routes(public_urls.urlpatterns):
        for address in fill(route, {**samples(), "lang": ["en"]}):
            answer = Client(raise_request_exception=False).get(address)
            assert not answer.cookies, address
            if answer.get("Content-Type", "").startswith("text/html") and answer.status_code == 200:
                assert (b'method="post"' in answer.content) <= ("/follow/" in address), address
