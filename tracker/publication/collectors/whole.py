"""Everything that the next release of a law shows."""

from __future__ import annotations

from typing import Any

from codes.models import Code
from tracker.publication.collectors import catalogue
from tracker.publication.collectors.comparison import comparison, pairs
from tracker.publication.collectors.context import LawContext
from tracker.publication.collectors.life import LifeCollector
from tracker.publication.collectors.notes import note_documents
from tracker.publication.collectors.overview import overview
from tracker.publication.collectors.texts import articles, contents

CATALOGUE = "catalogue"  # the law name under which the documents over all laws stand


def collect_law(law: Code) -> dict[str, Any]:
    """Path → document, for one law: public texts, published verdicts, confirmed correspondences."""
    context = LawContext(law, public=True)
    base = f"laws/{law.slug}"
    documents: dict[str, Any] = {f"{base}/overview": overview(context)}
    for version in context.versions:
        if not version.obtained:
            continue
        documents[f"{base}/v/{version.slug}"] = contents(context, version)
        for number, article in articles(context, version).items():
            documents[f"{base}/v/{version.slug}/art-{number}"] = article
    lives = LifeCollector(context)
    for provision in context.provisions:
        documents[f"{base}/p/{provision.key}"] = lives.document(provision)
    for public_id, note in note_documents(context).items():
        documents[f"{base}/notes/{public_id}"] = note
    known = {version.pk: version for version in context.versions}
    for old, new in context.comparisons:
        path = f"{base}/compare/{known[old].slug}...{known[new].slug}"
        documents[path] = comparison(context, known[old], known[new])
        for key, pair in pairs(context, known[old], known[new]).items():
            documents[f"{path}/{key}"] = pair
    return documents


def collect_catalogue() -> dict[str, Any]:
    """The list of laws and the standards."""
    codes = list(
        Code.objects.filter(versions__public=True)
        .distinct()
        .select_related("jurisdiction", "replaces")
        .order_by("order", "slug")
    )
    return {"laws": catalogue.laws(codes, public=True), "standards": catalogue.standards(codes, public=True)}
