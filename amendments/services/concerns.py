"""Following a provision: what we call it, what is wrong with it, what we ask. The only writer of both."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.db.models.deletion import ProtectedError

from amendments.models import (
    AnsweredRequest,
    Concern,
    ConcernEdition,
    ConcernStandard,
    ConcernTopic,
    Provision,
    Recommendation,
    Standard,
    Topic,
)
from amendments.permissions import may_write
from amendments.services import editions, history, things
from amendments.services.lineage import Lineages
from amendments.services.restoring import set_links
from codes.models import Article, ArticleText, Code, Source, Version
from codes.text.normalise import key
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict
from tracker.common.writing import record, remove

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says about a provision. `names` and `asked` are texts by language, `quoted` words as printed."""

    names: Mapping[str, str]
    slug: str
    ask: str
    asked: Mapping[str, str]
    quoted: Sequence[str]
    note: str
    topics: Sequence[Topic]
    standards: Sequence[Standard]


class AlreadyFollowed(ValidationError):
    """The article stands on the line of a provision that is followed. `provision` is that one."""

    def __init__(self, provision: Provision) -> None:
        super().__init__("You follow this article already.")
        self.provision = provision


@transaction.atomic
def follow(*, law: Code, article: Article, said: Asked, by: User, request_id: UUID) -> Provision:
    """Follow an article of a text through every renumbering, with a first concern about it, which goes to review.

    Raises `AlreadyFollowed`; `ValidationError` by field for an address in use and for words that are not there.
    """
    may_write(by, law).require()
    answered = AnsweredRequest.objects.filter(request_id=request_id, member=by).first()
    if answered is not None:
        return Provision.objects.get(pk=answered.target)
    Code.objects.select_for_update().get(pk=law.pk)  # one at a time: the order and the address are the law's
    known = followed_at(law, article)
    if known is not None:
        raise AlreadyFollowed(known)
    _check(said, law=law, article=article)
    reason = f"follows article {article.number} of {article.version.slug}"
    provision = record(
        Provision(
            law=law, public_id=_public_id(), slug=said.slug, names=dict(said.names), anchor_version=article.version,
            anchor_number=article.number, order=_next_order(law),
        ),
        by=by,
        reason=reason,
    )  # fmt: skip
    concern = record(
        Concern(
            provision=provision, slug=said.slug, names=dict(said.names), quoted=list(said.quoted), note=said.note,
            source=_own_source(by), verified=True, order=provision.order,
        ),
        by=by,
        reason=reason,
    )  # fmt: skip
    record(Recommendation(concern=concern, ask=said.ask, asked=dict(said.asked)), by=by, reason=reason)
    _link(concern, said, by=by, reason=reason)
    editions.propose(concern, by=by, reason=reason)
    AnsweredRequest.objects.create(request_id=request_id, member=by, kind="follow", target=provision.pk, revision=1)
    return provision


@transaction.atomic
def edit(concern: Concern, *, said: Asked, by: User, newest: str) -> Concern:
    """Change a concern and what is asked, and send it to review: the public reads it once somebody else publishes it.

    `newest` is the key of the newest revision that the person saw.
    """
    law = concern.provision.law
    may_write(by, law).require()
    fresh = Concern.objects.select_for_update().get(pk=concern.pk)
    latest = history.of_thing(things.find("concern", concern.pk, user=by).place, limit=1)
    if not latest or latest[0].key != newest:
        raise Conflict(fresh, {"names": said.names, "asked": said.asked, "quoted": said.quoted, "note": said.note})
    provision = concern.provision
    if provision.anchor_version is not None:
        article = Article.objects.filter(version=provision.anchor_version, number=provision.anchor_number).first()
        if article is not None:
            _check_words(said, article)
    fresh.names, fresh.quoted, fresh.note = dict(said.names), list(said.quoted), said.note
    record(fresh, by=by, reason="concern changed")
    asked = Recommendation.objects.select_for_update().get(concern=fresh)
    asked.ask, asked.asked = said.ask, dict(said.asked)
    record(asked, by=by, reason="concern changed")
    _link(fresh, said, by=by, reason="concern changed")
    editions.propose(fresh, by=by, reason="concern changed")
    return fresh


@transaction.atomic
def unfollow(provision: Provision, *, by: User, why: str) -> None:
    """Follow a provision no longer, while nothing refers to it: no verdict, no note, no statement. Its history
    stays.
    """
    may_write(by, provision.law).require()
    if not why.strip():
        raise ValidationError("Say why you no longer follow it: the reason stays in its history.")
    fresh = Provision.objects.select_for_update().get(pk=provision.pk)
    reason = f"no longer followed: {why.strip()}"
    try:
        with transaction.atomic():
            for concern in fresh.concerns.all():
                for part in (*concern.topic_links.all(), *concern.standard_links.all()):
                    remove(part, by=by, reason=reason)
                for asked in Recommendation.objects.filter(concern=concern):
                    remove(asked, by=by, reason=reason)
                for edition in ConcernEdition.objects.filter(concern=concern, published_by__isnull=True):
                    remove(edition, by=by, reason=reason)
                remove(concern, by=by, reason=reason)
            for place in (*fresh.stated_places.all(), *fresh.counterparts.all()):
                remove(place, by=by, reason=reason)
            remove(fresh, by=by, reason=reason)
    except ProtectedError:
        raise ValidationError(
            "It was published, or verdicts, notes or statements refer to this provision. Keep following it."
        ) from None


def followed_at(law: Code, article: Article) -> Provision | None:
    """The provision of the law that stands at an article, along confirmed correspondences."""
    lines = Lineages.of(law)
    for provision in law.provisions.all():
        if any(article.pk in place.articles for place in lines.life(provision)):
            return provision
    return None


def _check(said: Asked, *, law: Code, article: Article) -> None:
    if Provision.objects.filter(law=law, slug=said.slug).exists() or Concern.objects.filter(slug=said.slug).exists():
        raise ValidationError({"slug": "Another provision has this address. Choose another word."})
    _check_words(said, article)


def _check_words(said: Asked, article: Article) -> None:
    """The words objected to stand in the article, in any of its languages."""
    texts = ArticleText.objects.filter(article=article)
    printed = [key(" ".join(paragraph["text"] for paragraph in text.paragraphs)) for text in texts]
    for quote in said.quoted:
        if not any(key(quote) in each for each in printed):
            raise ValidationError(
                {"quoted": f"These words are not in Article {article.number}: “{quote}”. Copy them from the text."}
            )


def _link(concern: Concern, said: Asked, *, by: User, reason: str) -> None:
    topics, standards = [each.pk for each in said.topics], [each.pk for each in said.standards]
    set_links(ConcernTopic, {"concern": concern}, "topic", topics, by=by, reason=reason)
    set_links(ConcernStandard, {"concern": concern}, "standard", standards, by=by, reason=reason)


def _next_order(law: Code) -> int:
    last = Provision.objects.filter(law=law).aggregate(last=Max("order"))["last"]
    return 0 if last is None else int(last) + 1


def _public_id() -> str:
    """Four letters and digits that no provision has had, also none that is followed no longer."""
    while True:
        made = "".join(secrets.choice(_LETTERS) for _ in range(4))
        if not Provision.history.filter(public_id=made).exists():
            return made


def _own_source(by: User) -> Source:
    """What members find by their own reading of the texts."""
    known = Source.objects.filter(slug="own-reading").first()
    return known or record(
        Source(slug="own-reading", title="Our own reading of the texts", publisher="Our team"),
        by=by,
        reason="first provision followed by our own reading",
    )


def version_of(law: Code, slug: str) -> Version | None:
    """A text whose articles the law may follow: its own, or one of the law that it would replace."""
    laws = [law.pk, *([law.replaces_id] if law.replaces_id else [])]
    return Version.objects.filter(code__in=laws, slug=slug, obtained=True).first()
