"""An analyst follows an article of a new law, says what is wrong with it, and changes that; errors say the way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from amendments.models import Concern, Provision
from amendments.services import history, things
from tests.conftest import ROLES
from tests.workspace import records_law
from tests.workspace.records_law import Law

pytestmark = pytest.mark.django_db(databases=ROLES)
FORM = "/w/laws/small-code/v/first/art-131/follow/"


@pytest.fixture
def law(demo_folder: Path) -> Law:
    return records_law.build(demo_folder)


def sent(law: Law, **more: Any) -> dict[str, Any]:
    return {
        "name_en": "Insult", "asked_en": "Repeal Article 131.", "ask": "repeal", "quoted": "Оскорбление",
        "topics": [law.topics[0].pk], "standards": [law.standard.pk], "request_id": str(uuid4()), **more,
    }  # fmt: skip


def test_following_makes_a_provision_with_a_lasting_id_a_concern_and_a_recommendation(law: Law, client: Client) -> None:
    answer = law.client_of(client, "analyst").post(FORM, sent(law))
    assert answer.status_code == 302
    provision = Provision.objects.get(slug="insult")
    assert (provision.anchor_number, provision.anchor_version, provision.names) == (
        "131", law.version, {"en": "Insult"},
    )  # fmt: skip
    concern = provision.concerns.get()
    assert concern.quoted == ["Оскорбление"]
    assert (concern.recommendation.ask, concern.recommendation.asked) == ("repeal", {"en": "Repeal Article 131."})
    assert [link.topic_id for link in concern.topic_links.all()] == [law.topics[0].pk]
    page = client.get(f"/w/laws/small-code/p/{provision.key}/")
    assert page.status_code == 200
    assert "You follow this provision now." in page.content.decode()
    told = history.of_thing(things.find("provision", provision.pk, user=law.people["reader"]).place)
    assert {each.reason for each in told} == {"follows article 131 of first"}


def test_the_article_and_the_contents_offer_it_and_a_followed_article_does_not(law: Law, client: Client) -> None:
    law.client_of(client, "analyst")
    assert 'href="follow/"' in client.get("/w/laws/small-code/v/first/art-131/").content.decode()
    assert 'href="follow/"' not in client.get("/w/laws/small-code/v/first/art-130/").content.decode()
    contents = client.get("/w/laws/small-code/v/first/").content.decode()
    assert 'href="art-131/follow/"' in contents
    assert 'href="art-130/follow/"' not in contents


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_en": ""}, "Give the provision a name in one language."),
        ({"asked_en": ""}, "Say in one language what you recommend."),
        ({"name_en": "", "name_ru": "Оскорбление"}, "Without an English name, choose a word for the address."),
        ({"slug": "libel"}, "Another provision has this address. Choose another word."),
        ({"quoted": "слов которых нет"}, "These words are not in Article 131"),
        ({"topics": []}, "Topics"),
    ],
)
def test_an_error_says_its_place_and_the_way_out_and_keeps_the_words(
    law: Law, client: Client, wrong: dict[str, Any], said: str
) -> None:
    answer = law.client_of(client, "analyst").post(FORM, sent(law, note="Words to keep.", **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert '<a href="#id_' in page
    assert "Words to keep." in page
    assert not Provision.objects.filter(anchor_number="131").exists()


def test_an_article_is_followed_once_also_when_the_form_is_sent_twice(law: Law, client: Client) -> None:
    law.client_of(client, "analyst")
    form = sent(law)
    for _ in range(2):
        assert client.post(FORM, form).status_code == 302
    assert Provision.objects.filter(anchor_number="131").count() == 1
    again = client.post(FORM, sent(law, slug="other-word"), follow=True)
    assert "You follow this article already." in again.content.decode()
    assert Provision.objects.filter(anchor_number="131").count() == 1


def test_a_concern_is_changed_and_its_address_stays(law: Law, client: Client) -> None:
    law.client_of(client, "analyst")
    page = client.get(f"/w/laws/small-code/concerns/{law.concern.slug}/edit/")
    newest = page.context["newest"]
    form = sent(law, name_en="Libel, again", slug="another", newest=newest, quoted="Клевета")
    assert client.post(f"/w/laws/small-code/concerns/{law.concern.slug}/edit/", form).status_code == 302
    concern = Concern.objects.get(pk=law.concern.pk)
    assert (concern.names, concern.slug, concern.quoted) == ({"en": "Libel, again"}, "libel", ["Клевета"])
    assert concern.recommendation.asked == {"en": "Repeal Article 131."}


def test_two_who_change_a_concern_at_once_lose_no_word(law: Law, client: Client) -> None:
    address = f"/w/laws/small-code/concerns/{law.concern.slug}/edit/"
    law.client_of(client, "analyst")
    newest = client.get(address).context["newest"]
    client.post(address, sent(law, name_en="Words of the first", newest=newest, quoted=""))
    answer = client.post(address, sent(law, name_en="Words of the second", newest=newest, quoted=""))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Words of the first" in page
    assert "Words of the second" in page
    assert Concern.objects.get(pk=law.concern.pk).names == {"en": "Words of the first"}


def test_nothing_that_something_refers_to_is_unfollowed(law: Law, client: Client) -> None:
    law.judge("unchanged")
    address = "/w/laws/small-code/p/lb01-libel/unfollow/"
    answer = law.client_of(client, "analyst").post(address, {"why": "a mistake"})
    assert answer.status_code == 422
    assert "refer to this provision" in answer.content.decode()
    assert Provision.objects.filter(pk=law.provision.pk).exists()


def test_a_provision_without_findings_is_unfollowed_with_a_reason_that_stays(law: Law, client: Client) -> None:
    address = "/w/laws/small-code/p/lb01-libel/unfollow/"
    law.client_of(client, "analyst")
    assert client.post(address, {"why": " "}).status_code == 422
    assert client.post(address, {"why": "a mistake"}).status_code == 302
    assert not Provision.objects.filter(pk=law.provision.pk).exists()
    assert "no longer followed: a mistake" in client.get("/w/activity/?kind=provision").content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("reader", 403), ("analyst", 302), ("reviewer", 302), ("advocate", 403), ("neighbour", 404), ("outsider", 404),
     ("administrator", 404)],
)  # fmt: skip
def test_who_follows(law: Law, client: Client, role: str, status: int) -> None:
    law.client_of(client, role)
    answer = client.post(FORM, sent(law))
    assert answer.status_code == status
    if status == 403:
        assert "Only analysts and reviewers" in answer.content.decode()
    edit = client.get(f"/w/laws/small-code/concerns/{law.concern.slug}/edit/")
    assert edit.status_code == {302: 200}.get(status, status)
