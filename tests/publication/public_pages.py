"""An example of every kind of public page, on the demo. A new address without one fails `test_every_public_page.py`."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern

from amendments.models import Annotation
from tracker.publication.models import Release
from tracker.publication.urls import law_patterns, law_record_patterns, record_patterns, site_patterns

LAW = "laws/kz-criminal-code-2014/"
COMPARE = f"{LAW}compare/v1997...l2015-11/"
# Route below the language, or below the law → addresses. {note} and {day} are those of the loaded demo.
SITE = {
    "": [""],
    "laws/": ["laws/"],
    "standards/": ["standards/"],
    "standards/<slug:s>/": ["standards/iccpr-20-2/"],
    "method/": ["method/"],
    "search/": ["search/", "search/?q=174", "search/?q=%D1%80%D0%BE%D0%B7%D0%BD%D0%B8", "search/?q=nothingatall"],
    "corrections/": ["corrections/"],
    "mirrors/": ["mirrors/"],
    "privacy/": ["privacy/"],
    "accessibility/": ["accessibility/"],
    "reports/": ["reports/"],
    "reports/<slug:slug>/": [],  # the demo has none; tests of reports look at theirs
}
OF_LAW = {
    "": [LAW, f"{LAW}@{{day}}/", "laws/fr-transparency-2013/"],
    "matrix.json": [],
    "changes/": [f"{LAW}changes/"],
    "v/<slug:v>/": [f"{LAW}v/l2015-11/"],
    "v/<slug:v>/art-<str:n>/": [
        f"{LAW}v/l2015-11/art-174/",
        f"{LAW}v/l2022-01/art-174/",
        f"{LAW}@{{day}}/v/l2015-11/art-174/",
    ],
    "p/<str:key>/": [f"{LAW}p/d2mz-inciting-discord/", f"{LAW}p/g672-libel/"],
    "notes/<slug:public_id>/": [f"{LAW}notes/{{note}}/"],
    "topics/<slug:topic>/": [f"{LAW}topics/inciting-discord/"],
    "recommendations/<slug:concern>/": [f"{LAW}recommendations/inciting-discord/"],
    "compare/<slug:a>...<slug:b>/": [COMPARE, f"{COMPARE}?view=split", f"{COMPARE}?view=list&show=changed"],
    "compare/<slug:a>...<slug:b>/art-<str:n>/": [],  # redirects, or is the page below
    "compare/<slug:a>...<slug:b>/<str:key>/": [f"{COMPARE}d2mz-inciting-discord/"],
}
MISSING = [f"{LAW}v/l2015-11/art-9999/", "laws/no-such-law/"]


def routes() -> tuple[set[str], set[str]]:
    """The addresses that the configuration has: of the site, and of one law."""
    site = [*site_patterns(_same), *record_patterns(_same)]
    law = [*law_patterns(_same), *law_record_patterns(_same)]
    return {"", *_names(site)}, set(_names(law))


def _same(page: object) -> object:
    return page


def _names(patterns: list[URLPattern]) -> Iterator[str]:
    for each in patterns:
        yield str(each.pattern)


def kinds(language: str = "en") -> dict[str, list[str]]:
    """Kind of page → its addresses in a language."""
    release = Release.objects.order_by("number").first()
    assert release is not None
    values = {
        "note": Annotation.objects.filter(status="published").order_by("id")[0].public_id,
        "day": release.time.date().isoformat(),
    }
    found = {**SITE, **{f"law/{route}": addresses for route, addresses in OF_LAW.items()}}
    return {kind: [f"/{language}/{address.format(**values)}" for address in own] for kind, own in found.items() if own}


def addresses(language: str = "en") -> list[str]:
    return [address for own in kinds(language).values() for address in own]
