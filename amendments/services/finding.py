"""What a search shows besides texts: the provision an article belongs to, and notes and concerns with the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection

from amendments.models import Annotation, Concern, Provision, ReviewStatus
from codes.services.search import Hit, Query

MOST = 20  # notes, and concerns, of one search


@dataclass(frozen=True, slots=True)
class Lines:
    """`provisions`: article id → the provision that stands there. `first`: article id → the earliest article that it
    came from, itself when it came from none.
    """

    provisions: Mapping[int, Provision]
    first: Mapping[int, int]


# From each article backward and onward over confirmed correspondences, as the life of a provision is walked.
_WALK = """
with recursive back(start, article) as (
  select id, id from codes_article where id = any(%(articles)s)
  union
  select b.start, c.old_article_id from back b join amendments_correspondence c on c.new_article_id = b.article
  where c.status = 'confirmed' and c.old_article_id is not null
), onward(start, article) as (
  select id, id from codes_article where id = any(%(articles)s)
  union
  select o.start, c.new_article_id from onward o join amendments_correspondence c on c.old_article_id = o.article
  where c.status = 'confirmed' and c.new_article_id is not null
), passed as (select * from back union select * from onward)
select p.start, (select min(b.article) from back b where b.start = p.start), min(followed.id)
from passed p join codes_article a on a.id = p.article
left join amendments_provision followed
  on followed.anchor_version_id = a.version_id and followed.anchor_number = a.number
  and followed.law_id = any(%(laws)s)
group by p.start
"""


def lines(hits: Sequence[Hit], *, laws: Sequence[int]) -> Lines:
    """Where the articles that were found belong, in two queries."""
    articles = list({hit.article for hit in hits})
    with connection.cursor() as cursor:
        cursor.execute(_WALK, {"articles": articles, "laws": list(laws)})
        rows = cursor.fetchall()
    known = Provision.objects.select_related("law").in_bulk({provision for _, _, provision in rows if provision})
    return Lines(
        {article: known[provision] for article, _, provision in rows if provision in known},
        {article: first for article, first, _ in rows},
    )


def notes(query: Query, *, laws: Sequence[int]) -> list[Annotation]:
    """Notes that hold the words, in their public text or in what they quote. Withdrawn and replaced ones are left
    out.
    """
    if not query.in_words or query.numbers:
        return []
    found = Annotation.objects.annotate(vector=SearchVector("public_text", "quote", config="russian"))
    found = found.filter(law__in=laws, vector=_query(query))
    left_out = [ReviewStatus.WITHDRAWN, ReviewStatus.SUPERSEDED]
    return list(found.exclude(status__in=left_out).select_related("law", "article__version").order_by("-pk")[:MOST])


def concerns(query: Query, *, laws: Sequence[int]) -> list[Concern]:
    """Concerns that hold the words, in a name, in what they quote, or in what is asked."""
    if not query.in_words or query.numbers:
        return []
    words = SearchVector("names", "quoted", "note", "recommendation__asked", config="russian")
    found = Concern.objects.annotate(vector=words).filter(provision__law__in=laws, vector=_query(query))
    return list(found.select_related("provision__law", "recommendation").order_by("order")[:MOST])


def _query(query: Query) -> SearchQuery:
    """All words by their beginnings and all phrases; "russian" stems words in Latin letters as English."""
    terms = [SearchQuery(f"{word}:*", config="russian", search_type="raw") for word in query.words]
    terms += [SearchQuery(phrase, config="russian", search_type="phrase") for phrase in query.phrases]
    whole: Any = terms[0]
    for term in terms[1:]:
        whole = whole & term
    return whole  # type: ignore[no-any-return]  # "&" of two queries is a query
