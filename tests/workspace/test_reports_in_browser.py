"""The report builder in a real browser: scenarios 13 and 14, the live preview, and what survives without JavaScript."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from amendments.models import Concern, ConcernEdition, ConcernTopic, Topic
from amendments.services import editions
from tests.conftest import CHROMIUM, ROLES
from tests.factories import someone
from tests.publication.made_reports import KAZAKH, sheet, words_of
from tests.workspace import review_law
from tests.workspace.review_law import PASSWORD, SmallLaw
from tests.workspace.steps import Steps, aside
from tracker.common.writing import record
from tracker.jobs import services as jobs
from tracker.jobs.models import Job, State
from tracker.publication.reports.models import Report
from tracker.publication.reports.services import files
from tracker.publication.services.publishing import publish_laws

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=ROLES),
    pytest.mark.usefixtures("emptied"),
    pytest.mark.browser,
]
BUILDER = "/w/laws/small-code/reports/new/"
DRAFT_REASON = "Words that nobody has reviewed."


@pytest.fixture
def small(emptied: None, tmp_path: Path) -> SmallLaw:
    """Two published verdicts, their reasons with Kazakh letters; a draft; a topic that one concern of three has."""
    small = review_law.build(tmp_path)
    with transaction.atomic():
        small.people["advocate"] = review_law._member("advocate", small.law, someone())
        topic = record(Topic(slug="trial", names={"en": "Fair trial"}, gist="x", order=2), by=someone(), reason="test")
        concern = Concern.objects.get(slug="attack")
        record(ConcernTopic(concern=concern, topic=topic, order=1), by=someone(), reason="test")
        edition = ConcernEdition.objects.get(concern=concern)
        for name, value in editions.words_of(concern).items():
            setattr(edition, name, value)
        record(edition, by=someone(), reason="its topics too were reviewed")
    small.published("discord", "unchanged", reason=f"{KAZAKH} stand as before")
    small.published("attack", "stricter", reason=f"{KAZAKH} were added")
    small.draft("mercenary-war", "stricter", reason=DRAFT_REASON)
    publish_laws([small.law], by=small.people["reviewer"])
    return small


@pytest.fixture
def browser(small: SmallLaw) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


def signed_in(browser: Browser, server: LiveServer, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(f"{server.url}/w/sign-in/")
    page.fill("#id_handle", "advocate")
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/w/")
    return page


def work() -> None:
    """What a worker does."""
    for job in Job.objects.filter(kind="report", state=State.QUEUED):
        lease = jobs.take(job.pk)
        assert lease is not None
        files.make(lease)


def downloaded(steps: Steps) -> bytes:
    with steps.page.expect_download() as waiting:
        steps.click("a:has-text('Download')")
    return Path(waiting.value.path()).read_bytes()


def test_scenario_13_a_two_page_brief_in_russian_is_downloaded_in_four_steps(
    small: SmallLaw, browser: Browser, live_server: LiveServer
) -> None:
    page = signed_in(browser, live_server)
    page.goto(live_server.url + BUILDER)
    steps = Steps(page)
    steps.click("label:has-text('Two-page brief')")
    steps.click("label:has-text('Русский')")
    steps.click("button:has-text('DOCX')")
    aside(work)
    made = downloaded(steps)
    steps.at_most(4)

    words = words_of("docx", made)
    matrix = aside(lambda: Client().get("/ru/laws/small-code/matrix.json").json())
    assert " ".join(matrix["headline"]) in words
    assert KAZAKH in words
    assert DRAFT_REASON not in words
    assert not [handle for handle in small.people if handle in words]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_scenario_14_the_comparative_table_of_a_topic_is_exported_in_four_steps(
    form: str, small: SmallLaw, browser: Browser, live_server: LiveServer
) -> None:
    page = signed_in(browser, live_server)
    page.goto(live_server.url + BUILDER)
    steps = Steps(page)
    steps.click("label:has-text('Comparative table')")
    steps.click("label:has-text('Fair trial')")
    page.get_by_text("1 row in a table file.").wait_for()
    steps.click(f"button[value={form}]")
    aside(work)
    made = downloaded(steps)
    steps.at_most(4)

    if form == "xlsx":
        concerns = [row[1] for row in sheet(made, 1)[1:]]
    else:
        text = made.decode("utf-8-sig")
        assert made.startswith(b"\xef\xbb\xbf"), "a spreadsheet reads the letters right"
        assert KAZAKH in text
        concerns = [row["concern"] for row in csv.DictReader(io.StringIO(text))]
    assert concerns == ["attack"]


def test_the_preview_follows_the_options_and_says_so(
    small: SmallLaw, browser: Browser, live_server: LiveServer
) -> None:
    page = signed_in(browser, live_server)
    page.goto(live_server.url + BUILDER)
    assert page.locator(".paper").first.get_attribute("lang") == "en"
    page.click("label:has-text('Русский')")
    page.locator("#status p", has_text="Preview updated, ").wait_for(state="attached")
    assert page.locator(".paper").first.get_attribute("lang") == "ru"
    page.click("summary:has-text('cover text')")
    page.fill("textarea[name=cover]", "For <b>Tuesday</b>")
    page.locator(".paper", has_text="For <b>Tuesday</b>").wait_for()
    page.click("label:has-text('drafts included')")
    page.locator(".paper .draft").first.wait_for()
    assert aside(Report.objects.count) == 0, "looking writes nothing"


def test_without_javascript_a_button_updates_the_preview_and_the_report_is_made(
    small: SmallLaw, browser: Browser, live_server: LiveServer
) -> None:
    page = signed_in(browser, live_server, java_script_enabled=False)
    page.goto(live_server.url + BUILDER)
    page.click("label:has-text('Русский')")
    page.click("button:has-text('Update the preview')")
    assert page.locator(".paper").first.get_attribute("lang") == "ru"
    assert page.locator("input[value=ru]").is_checked()
    page.click("button[value=html]")
    aside(work)
    page.click("a:has-text('Look again')")
    assert page.get_by_text("Report ready, Web page (HTML)").is_visible()


def test_progress_survives_leaving_and_a_cancelled_report_can_be_made_after_all(
    small: SmallLaw, browser: Browser, live_server: LiveServer
) -> None:
    page = signed_in(browser, live_server)
    page.goto(live_server.url + BUILDER)
    page.click("button[value=csv]")
    page.wait_for_url("**/w/reports/*/")
    address = page.url
    page.click("button:has-text('Cancel')")
    assert page.get_by_text("This report was cancelled.").is_visible()
    page.click("button:has-text('Make it after all')")
    page.goto(f"{live_server.url}/w/")
    page.goto(address)
    assert page.locator("[role=progressbar]").count() == 1
    aside(work)
    page.get_by_text("Report ready, Table (CSV)").first.wait_for()
