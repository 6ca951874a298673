"""The wizard's pages: four steps without JavaScript, who sees them, and what is said when something fails."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amendments.models import Correspondence
from amendments.services import wizard
from codes.models import Import, ImportAnswer, ImportState, Version
from tests.conftest import ROLES
from tests.factories import someone
from tests.workspace.imports_law import NEW, OLD, PASSWORD, SMALL_NEW, Followed, begin, followed, imported, work
from tracker.accounts.models import User
from tracker.accounts.services import members
from tracker.workspace.imports import pages

pytestmark = pytest.mark.django_db(databases=ROLES)
START = "/w/laws/code/import/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def case() -> Followed:
    return followed()


@pytest.fixture
def asked() -> tuple[Followed, Import]:
    case = followed(OLD)
    return case, work(begin(case, NEW))


def fields(**changed: Any) -> dict[str, Any]:
    usual = {
        "stage": "tabled", "day": "2014-05-21", "language": "ru", "held": "whole", "official": "yes", "slug": "second",
        "label": "Second reading", "source_title": "A deputy", "source_url": "", "request_id": str(uuid4()), "text": "",
    }  # fmt: skip
    return {**usual, **changed}


def upload(client: Client, **changed: Any) -> HttpResponse:
    file = SimpleUploadedFile("закон.txt", SMALL_NEW.read_bytes())
    return client.post(START, {"file": file, **fields(**changed)})  # type: ignore[return-value]


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_whole_way_through_the_pages(case: Followed) -> None:
    client = signed_in(case.analyst)
    assert "40 MB at most" in words(client.get(START))
    answer = upload(client)
    assert answer.status_code == 302, words(answer)
    run = Import.objects.get(law=case.law, state=ImportState.READING)
    assert answer["Location"] == f"/w/imports/{run.pk}/progress/"
    assert "Reading the file" in words(client.get(answer["Location"]))
    work(run)
    assert client.get(answer["Location"])["Location"] == f"/w/imports/{run.pk}/structure/"
    read = words(client.get(f"/w/imports/{run.pk}/structure/"))
    assert "<b>7</b> articles" in read
    assert "Nothing looks wrong." in read
    assert "7 matched. Nothing waits for you." in words(client.get(f"/w/imports/{run.pk}/align/")).replace("6 m", "7 m")
    check = words(client.get(f"/w/imports/{run.pk}/check/"))
    assert "New text: Second reading, 7 articles." in check
    assert "Nothing becomes public now." in check
    assert client.post(f"/w/imports/{run.pk}/check/").status_code == 302
    work(run)
    done = words(client.get(f"/w/imports/{run.pk}/progress/"))
    assert "The text was added: 7 articles. Nothing of it is public yet." in done
    assert client.get("/w/laws/code/v/second/").status_code == 200
    assert Client().get("/en/laws/code/v/second/").status_code == 404


def test_a_pasted_text_is_read_like_a_file(case: Followed) -> None:
    client = signed_in(case.analyst)
    answer = client.post(START, fields(text=SMALL_NEW.read_text(encoding="utf-8")))
    assert answer.status_code == 302
    run = work(Import.objects.get(state=ImportState.READING))
    assert run.findings["articles"] == 7


def test_neither_file_nor_text_gives_the_form_back_with_what_was_typed(case: Followed) -> None:
    answer = signed_in(case.analyst).post(START, fields(label="My own label"))
    assert answer.status_code == 422
    assert "Choose a file, or paste the text." in words(answer)
    assert "My own label" in words(answer)


def test_progress_is_announced_at_each_quarter_only(case: Followed) -> None:
    client = signed_in(case.analyst)
    run = begin(case)
    job = run.job
    assert job is not None
    spoken = []
    said = 0
    for done in range(0, 101, 5):
        type(job).objects.filter(pk=job.pk).update(done=done, total=100, state="running", message="Comparing")
        answer = words(client.get(f"/w/imports/{run.pk}/progress/?said={said}", headers={"HX-Request": "true"}))
        assert f'aria-valuenow="{done}"' in answer
        if "hx-swap-oob" in answer:
            spoken.append(done)
        said = int(answer.split("?said=")[1].split('"')[0])
    assert spoken == [25, 50, 75, 100]


def test_who_polls_is_led_on_when_reading_is_done(case: Followed) -> None:
    run = work(begin(case))
    answer = signed_in(case.analyst).get(f"/w/imports/{run.pk}/progress/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == f"/w/imports/{run.pk}/structure/"


def test_a_failed_import_says_why_and_offers_a_way_on(case: Followed) -> None:
    client = signed_in(case.analyst)
    file = SimpleUploadedFile("scan.png", b"\x89PNG\r\n\x1a\n0000")
    client.post(START, {"file": file, **fields()})
    run = work(Import.objects.get(state=ImportState.READING))
    shown = words(client.get(f"/w/imports/{run.pk}/progress/"))
    assert "The text was not added." in shown
    assert "scan.png is a picture. Upload DOCX, PDF or HTML, or paste the text." in shown
    again = words(client.get(f"{START}?again={run.pk}"))
    assert 'value="Second reading"' in again
    assert 'value="2014-05-21"' in again


def test_answers_are_given_undone_and_found_again(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    client, align = signed_in(case.analyst), f"/w/imports/{run.pk}/align/"
    shown = words(client.get(align))
    assert "5 need you." in shown
    card = {"card": "->183", "against": case.old.pk, "revision": 0}
    answer = client.post(align, {**card, "choice": "new"})
    assert answer.status_code == 302
    assert "4 need you." in words(client.get(answer["Location"]))
    assert "ana answered: New" in words(client.get(f"{align}?card=->183&against={case.old.pk}"))
    client.post(align, {**card, "revision": 1, "choice": ""})
    assert "5 need you." in words(client.get(align))


def test_a_wrong_answer_keeps_what_was_typed(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    answer = signed_in(case.analyst).post(
        f"/w/imports/{run.pk}/align/",
        {"card": "->180", "against": case.old.pk, "revision": 0, "choice": "split", "old": ["170"], "new": ["180"]},
    )
    assert answer.status_code == 422
    assert "Split needs one article of the earlier text" in words(answer)
    assert 'name="old" value="170"' in words(answer)


def test_two_people_on_one_import_are_told_of_each_other(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    align = f"/w/imports/{run.pk}/align/"
    card = {"card": "->183", "against": case.old.pk, "revision": 0}
    signed_in(case.second).post(align, {**card, "choice": "new"})
    mine = signed_in(case.analyst)
    assert "bo is answering this import too; their answers appear here." in words(mine.get(align))
    assert "New (bo)" in words(mine.get(f"{align}?part=list", headers={"HX-Request": "true"}))
    answer = mine.post(align, {**card, "choice": "different"})
    assert answer.status_code == 409
    assert "bo answered this while you were reading: New. Your answer was: Different." in words(answer).replace(
        "  ", " "
    )
    assert ImportAnswer.objects.get().choice == "new"


@pytest.mark.parametrize("step", ["structure", "align", "check", "progress", "cancel", "retry", "back", "withdraw"])
def test_steps_are_for_who_may_import(asked: tuple[Followed, Import], step: str) -> None:
    case, run = asked
    stranger = members.create(handle="stranger", password=PASSWORD, by=someone(), reason="test")
    ask = "post" if step in {"cancel", "retry", "back", "withdraw"} else "get"
    address = f"/w/imports/{run.pk}/{step}/"
    refused = getattr(signed_in(case.reader), ask)(address)
    assert refused.status_code == 403
    assert "Only analysts and reviewers of this law can add a text." in words(refused)
    assert getattr(signed_in(stranger), ask)(address).status_code == 404
    assert getattr(Client(), ask)(address).status_code == 302
    run.refresh_from_db()
    assert run.state == ImportState.ASKING


def test_pages_ask_a_constant_number_of_questions(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    client = signed_in(case.analyst)
    counts = []
    client.get(START)  # the first request of a day makes the day's key
    for card in ("->183", "129>130", "168+170>179"):
        with CaptureQueriesContext(connections["default"]) as queries:
            client.get(f"/w/imports/{run.pk}/align/?card={card}&against={case.old.pk}")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 25


def test_a_get_writes_nothing(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    client = signed_in(case.analyst)
    with CaptureQueriesContext(connections["default"]) as queries:
        for step in ("structure", "align", "check", "progress"):
            client.get(f"/w/imports/{run.pk}/{step}/")
    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in writes if "accounts_membersession" not in sql and "daykey" not in sql] == []


def test_a_text_that_was_added_by_mistake_can_be_withdrawn_while_nothing_refers_to_it(case: Followed) -> None:
    run = imported(case)
    client = signed_in(case.analyst)
    assert client.post(f"/w/imports/{run.pk}/withdraw/").status_code == 302
    assert client.get("/w/laws/code/v/second/").status_code == 404
    assert not Version.objects.filter(slug="second").exists()
    assert not Correspondence.objects.exclude(status="rejected").exists()
    again = imported(case)
    assert again.version is not None
    assert again.version.slug == "second"
    later = imported(case, OLD, slug="third", day=again.version.date.replace(year=2016))
    assert later.version is not None
    client.post(f"/w/imports/{again.pk}/withdraw/")
    assert Version.objects.filter(slug="second").exists()
    assert "A later text is compared with this one." in words(client.get(f"/w/imports/{again.pk}/progress/"))


def test_a_cancelled_import_is_no_longer_offered(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    client = signed_in(case.analyst)
    assert f"/w/imports/{run.pk}/" in words(client.get(START))
    client.post(f"/w/imports/{run.pk}/cancel/")
    assert f'href="/w/imports/{run.pk}/"' not in words(client.get(START))
    assert list(wizard.resumable(case.law)) == []


def test_a_nearest_article_is_proposed_for_same_only_with_evidence_and_never_chosen(
    asked: tuple[Followed, Import],
) -> None:
    case, run = asked
    client = signed_in(case.analyst)
    likely = words(client.get(f"/w/imports/{run.pk}/align/?card=->183&against={case.old.pk}"))
    assert "Article 170 shares most words with it and is proposed for Same; nothing is chosen." in likely
    assert 'name="old" value="170"' in likely
    matching = pages.Matching.of(run)
    alone = next(one for one in matching.listed if one.card.new == ("166",) and not one.card.old)
    unlikely = words(client.get(f"/w/imports/{run.pk}/align/?card={alone.card.key}&against={case.old.pk}"))
    assert "is here only to compare" in unlikely
    assert unlikely.count('name="old" value=""') == 4
    assert not ImportAnswer.objects.exists()
