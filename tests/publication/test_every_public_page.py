"""Rules that every kind of public page keeps: budgets, no cookie, no third party, its own language, constant cost."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.conftest import ROLES
from tests.pages import data, sites
from tests.publication import public_pages
from tracker.publication.views import pages

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
STYLE = (settings.BASE_DIR / "static/css/site.css").read_bytes()
KB = 1024
# HTML and CSS, compressed (ux.md: landing and article 35, overview 45, comparison 90).
BUDGETS = {
    "law/": 45,
    "law/compare/<slug:a>...<slug:b>/": 90,
    "law/p/<str:key>/": 45,
    "law/v/<slug:v>/": 45,
    "mirrors/": 10,
}
REQUESTS = 3


class Loaded(HTMLParser):
    """What a browser asks for by itself: stylesheets, scripts, pictures. And which language the page says it is in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.scripts: list[str] = []
        self.said: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html":
            self.said.append(values.get("lang"))
        if tag == "link" and values.get("rel") in {"stylesheet", "icon", "preload"}:
            self.asked.append(values["href"] or "")
        if tag == "script":
            self.scripts.append(values.get("src") or "inline")
        if tag in {"img", "iframe", "source", "video", "audio", "object", "embed"}:
            self.asked.append(values.get("src") or values.get("data") or "")


def every() -> Iterator[tuple[str, str]]:
    for kind, addresses in public_pages.kinds().items():
        for address in addresses:
            yield kind, address


def weight(page: bytes, *, styled: bool = True) -> int:
    return len(gzip.compress(page)) + (len(gzip.compress(STYLE)) if styled else 0)


def test_every_kind_of_page_has_an_example_here() -> None:
    site, law = public_pages.routes()
    assert site == set(public_pages.SITE)
    assert law == set(public_pages.OF_LAW)


def test_every_page_is_within_its_budget_and_asks_for_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    table, broken = [], {}
    for kind, address in every():
        answer = Client().get(address)
        found = Loaded(answer.content.decode())
        size = weight(answer.content, styled=bool(found.asked))
        allowed, requests = BUDGETS.get(kind, 35) * KB, 1 + len(found.asked)
        table.append(
            f"{size / KB:6.1f} KB of {allowed // KB:3}  {requests} requests, {len(found.scripts)} optional  {address}"
        )
        foreign = [each for each in [*found.asked, *found.scripts] if urljoin(address, each)[:8] != "/static/"]
        if size > allowed or requests > REQUESTS or foreign or answer.cookies or answer.status_code != 200:
            broken[address] = (answer.status_code, size, requests, foreign, dict(answer.cookies))
    with capsys.disabled():
        print("\n" + "\n".join(table))
    assert broken == {}


def test_an_overview_of_60_provisions_in_7_texts_is_within_its_budget(capsys: pytest.CaptureFixture[str]) -> None:
    path = "/en/laws/sample-code/"
    answer = sites.page(pages.overview, path, {"laws/sample-code/overview": data.many(60, 7)}, law="sample-code")
    assert answer.content.count(b'role="cell"') >= 60 * 7
    with capsys.disabled():
        print(f"\n{weight(answer.content) / KB:6.1f} KB of  45  60 provisions in 7 texts")
    assert weight(answer.content) <= 45 * KB


def test_the_page_of_mirrors_is_plain_and_small(tmp_path) -> None:
    with override_settings(MIRRORS=["https://mirror.example.org/"], HOME_ADDRESS="https://home.example.org/"):
        page = Client().get("/ru/mirrors/").content
    assert len(page) <= 10 * KB
    assert b"https://mirror.example.org/" in page
    assert b"stylesheet" not in page
    (tmp_path / "mirror.zip").write_bytes(b"x" * 2048)
    (tmp_path / "mirror.zip.sha256").write_text("ab" * 32 + "  mirror.zip\n")
    with override_settings(MIRROR_FOLDER=str(tmp_path)):
        page = Client().get("/en/mirrors/").content
    assert "2.0\xa0KB".encode() in page
    assert b"ab" * 32 in page.replace(b"<wbr>", b"")
    assert b"There is no file to download yet." in Client().get("/en/mirrors/").content


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_page_says_its_language_and_leads_to_itself_in_the_others(language: str) -> None:
    for address in public_pages.addresses(language):
        page = Client().get(address).content.decode()
        assert Loaded(page).said == [language], address
        offered = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', page))
        path = address.partition("?")[0]
        assert {
            code: urljoin(address, href.replace("&amp;", "&")).partition("?")[0] for code, href in offered.items()
        } == {code: f"/{code}{path[3:]}" for code in ("en", "ru", "kk")}, address


@override_settings(HOME_ADDRESS="https://home.example.org/")
def test_every_page_names_its_address_at_home_and_a_title_for_shared_links() -> None:
    for address in public_pages.addresses():
        page = Client().get(address).content.decode()
        home = f"https://home.example.org{address.partition('?')[0]}"
        assert f'<link rel="canonical" href="{home}">' in page, address
        assert re.search(r'<meta property="og:title" content="[^"]{4,}">', page), address


def test_without_an_address_at_home_no_page_claims_one() -> None:
    assert 'rel="canonical"' not in Client().get("/en/").content.decode()


def test_every_page_leads_to_the_pages_about_the_record() -> None:
    for address in public_pages.addresses():
        if "mirrors/" in address:
            continue
        footer = Client().get(address).content.decode().partition("<footer>")[2]
        linked = {urljoin(address, href) for href in re.findall(r'href="([^"]+)"', footer)}
        wanted = {f"/en/{page}/" for page in ("method", "corrections", "mirrors", "privacy", "accessibility")}
        assert wanted <= linked, address


def test_no_public_page_asks_more_than_six_questions() -> None:
    asked = {address: questions(address) for address in public_pages.addresses()}
    assert {address: n for address, n in asked.items() if n > 6} == {}


def questions(address: str) -> int:
    with CaptureQueriesContext(connections["public"]) as queries:
        Client().get(address)
    return len(queries)


def test_a_number_of_current_law_that_is_gone_leads_to_the_article_under_its_new_one() -> None:
    answer = Client().get(f"/en/{public_pages.LAW}v/l2015-11/art-317-1/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "In this text the article is number 373. In current law it was 317-1." in page
    assert 'href="../art-373/"' in page


def test_a_missing_article_names_the_last_one_and_leads_to_the_search() -> None:
    page = Client().get(f"/en/{public_pages.MISSING[0]}").content.decode()
    assert re.search(r"There is no Article 9999 in this text\. It ends with Article \d+\.", page)
    assert 'href="../../../../../search/"' in page
