"""Published reports: made of their own release for everybody, until they are withdrawn."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from tests.conftest import ROLES
from tests.workspace import review_law
from tests.workspace.review_law import SmallLaw
from tracker.jobs import services as jobs
from tracker.publication.reports.content import Options
from tracker.publication.reports.models import Report
from tracker.publication.reports.services import files, publishing, saving
from tracker.publication.services.publishing import publish_changes, publish_laws

pytestmark = [pytest.mark.django_db(transaction=True, databases=ROLES), pytest.mark.usefixtures("emptied")]
FORMATS = ("csv", "html", "docx", "xlsx", "json", "akn", "pdf")


@pytest.fixture
def small(emptied: None, tmp_path: Path) -> SmallLaw:
    found = review_law.build(tmp_path)
    found.published("discord", "unchanged")
    found.published("attack", "stricter")
    publish_laws([found.law], by=found.people["reviewer"])
    return found


def published(small: SmallLaw, *formats: str) -> Report:
    """The analyst's brief in Russian, published by the reviewer; the release is yet to come."""
    report = saving.request_report(
        law=small.law, options=Options("brief", "ru"), formats=formats, internal=False, by=small.people["analyst"],
        request_id=uuid4(),
    )  # fmt: skip
    assert report.job is not None
    lease = jobs.take(report.job.pk)
    assert lease is not None
    files.make(lease)
    return publishing.publish_report(report=report, by=small.people["reviewer"])


def test_each_file_has_the_bytes_that_the_command_made_of_its_release_though_publishing_is_a_newer_one(
    small: SmallLaw, tmp_path: Path
) -> None:
    made = {}
    for form in FORMATS:
        out = tmp_path / form
        call_command(
            "make_report", "small-code", preset="brief", language="ru", format=form, out=out, stdout=io.StringIO()
        )
        made[form] = out.read_bytes()
    report = published(small, *FORMATS)
    assert Client().get(f"/en/reports/{report.slug}.csv").status_code == 404, "before the release"
    release = publish_changes(small.law, by=small.people["reviewer"])
    assert release is not None
    assert release.number > report.release
    small.published("mercenary-war", "fixed")  # and what is published later changes nothing either
    publish_changes(small.law, by=small.people["reviewer"])
    for form in FORMATS:
        answer = Client().get(f"/en/reports/{report.slug}.{form}")
        assert answer.content == made[form], form
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_it_has_a_page_a_line_in_the_list_and_in_the_sitemap_until_it_is_withdrawn(small: SmallLaw) -> None:
    reviewer = small.people["reviewer"]
    report = published(small, "csv")
    assert report.slug is not None
    publish_changes(small.law, by=reviewer)
    page = f"/en/reports/{report.slug}/"
    assert report.headline[0] in Client().get(page).content.decode()
    assert report.slug in Client().get("/en/reports/").content.decode()
    assert page in Client().get("/sitemap-1.xml").content.decode()
    assert Client().get(f"/en/reports/{report.slug}.pdf").status_code == 404, "a format that was not published"

    publishing.withdraw_report(report=report, by=reviewer)
    publish_laws([small.law], by=reviewer)
    assert Client().get(page).status_code == 404
    assert Client().get(f"/en/reports/{report.slug}.csv").status_code == 404
    again = publishing.publish_report(report=report, by=reviewer)
    assert again.slug not in {None, report.slug}, "an address never says something else later"


def test_no_page_names_who_made_or_published_it(small: SmallLaw) -> None:
    report = published(small, "csv")
    publish_changes(small.law, by=small.people["reviewer"])
    shown = b"".join(
        Client().get(f"/en/reports/{path}").content for path in ("", f"{report.slug}/", f"{report.slug}.csv")
    )
    assert b"analyst" not in shown
    assert b"reviewer" not in shown


def test_a_saved_report_says_how_many_verdicts_changed_since(small: SmallLaw) -> None:
    report = published(small, "csv")
    member = Client()
    member.force_login(small.people["analyst"])
    address = f"/w/reports/{report.pk}/"
    assert "Make a new edition." not in member.get(address).content.decode()
    small.published("mercenary-war", "fixed")
    publish_changes(small.law, by=small.people["reviewer"])
    for shown in (member.get(address), member.get("/w/laws/small-code/reports/")):
        assert "1 verdict changed since this report. Make a new edition." in shown.content.decode()
    again = member.get(f"/w/laws/small-code/reports/new/?again={report.pk}").content.decode()
    assert 'name="language" value="ru" checked' in again


def test_a_law_without_a_published_verdict_says_what_is_missing(emptied: None, tmp_path: Path) -> None:
    small = review_law.build(tmp_path)
    member = Client()
    member.force_login(small.people["analyst"])
    assert (
        "Nothing to report yet. Publish at least one verdict."
        in member.get("/w/laws/small-code/reports/").content.decode()
    )
