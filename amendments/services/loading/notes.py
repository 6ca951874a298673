"""Notes on words of articles, through the same door as anybody's."""

from __future__ import annotations

from amendments.models import Concern, Standard, Topic
from amendments.services import passages, review
from amendments.services.annotations import Words, write
from amendments.services.loading.files import Facts
from codes.models import ArticleText
from tracker.accounts.models import User
from tracker.common.writing import record

REASON = "loaded from the demo's notes"


def load_notes(facts: Facts, *, author: User, publisher: User) -> None:
    """Written by one person, published by another. Raises `passages.NotThere` when a quote does not stand there."""
    for row in facts.rows("notes"):
        concern = Concern.objects.select_related("provision__law").get(slug=row["concern"])
        text = ArticleText.objects.select_related("article__version__code").get(
            article__version__slug=row["version"],
            article__version__code=concern.provision.law,
            article__number=row["article"],
            language="ru",
        )
        words = Words(
            passages.find(text.paragraphs, row["quote"], place=f"Article {row['article']}"),
            row["text"],
            topics=list(Topic.objects.filter(slug__in=row["topics"])),
            standards=list(Standard.objects.filter(slug__in=row["standards"])),
            concern=concern,
        )
        note = write(law=concern.provision.law, article=text.article, words=words, by=author, reason=REASON)
        note.sample = row["sample"]
        record(note, by=author, reason=REASON)
        sent = review.submit(note, by=author, revision=note.revision)
        review.publish(sent, by=publisher, revision=sent.revision, seen=review.fingerprint(sent), reason=REASON)
