"""How long a search takes on 50,000 article texts, copies of the demo's real ones in a scratch database.

    python -m scripts.bench_search            # prints p50 and p95 in milliseconds for each kind of query

The scratch database lives in var/bench and is kept between runs; the texts are made once.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codes.models import Code, Version
    from codes.text.nodes import Article as Parsed

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "demo" / "texts"
WANTED = 50_000
RUNS = 20
SHOWN = 25  # hits of one page, for which sentences are cut out
SOURCES = {
    "ru": ["kazakhstan/criminal-code-2014_2015-11_ch1-5-16_ru.txt",
           "kazakhstan/criminal-code-2014_2015-11_other-chapters_ru.txt",
           "kazakhstan/criminal-code-1997_last-edition_other-chapters_ru.txt"],
    "kk": ["kazakhstan/criminal-code-2014_ch16-excerpt_kk_2015-11.txt",
           "kazakhstan/criminal-code-2014_ch4_kk_after-2022-01.txt"],
    "fr": ["france/code-penal/code-penal_2009-12-10.txt"],
    "en": ["kazakhstan/constitution_en.txt"],
}  # fmt: skip
QUERIES = {
    "number with its word": "ст. 174",
    "number alone": "174",
    "Kazakh number": "174-бап",
    "one common word": "лишением",
    "two common words": "лишение свободы",
    "a rarer word": "клевета",
    "number and word": "статья 130 клевета",
    "phrase": '"лишением свободы"',
    "French words": "peine d'emprisonnement",
    "English words": "rights of citizens",
    "Kazakh beginning": "қылмыстық",
    "Kazakh by likeness": "бостандықтарынан",
    "nothing found": "электросамокат",
}


def main() -> int:
    os.environ.setdefault("DATA_DIR", str(ROOT / "var" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    sys.path.insert(0, str(ROOT))
    from tracker.local.shared import ensure_servers  # noqa: PLC0415  # servers before Django

    ensure_servers()
    os.environ["SERVERS_RUNNING"] = "1"
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from codes.models import SearchEntry  # noqa: PLC0415

    call_command("migrate", database="owner", verbosity=0)
    if SearchEntry.objects.count() < WANTED:
        fill()
    measure()
    return 0


def fill() -> None:
    """Copies of the real articles, one version after another, until there are enough."""
    from django.db import connections, transaction  # noqa: PLC0415

    from codes.services import texts  # noqa: PLC0415

    parsed = {
        language: texts.read([TEXTS / name for name in names], language=language)[0].articles
        for language, names in SOURCES.items()
    }
    print(f"{sum(map(len, parsed.values()))} real articles; copying them to {WANTED} …", flush=True)
    total = number = 0
    while total < WANTED:
        with transaction.atomic():
            for language, articles in parsed.items():
                total += copy(language, articles, number)
        number += 1
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")


def copy(language: str, articles: tuple[Parsed, ...], number: int) -> int:
    from codes.models import Article  # noqa: PLC0415
    from codes.services import texts  # noqa: PLC0415

    version = made_version(language, number)
    unique = list({article.number: article for article in articles}.values())
    rows = Article.objects.bulk_create(
        [Article(version=version, number=each.number, order=order) for order, each in enumerate(unique)],
        batch_size=1000,
    )
    texts._add_words(list(zip(rows, unique, strict=True)), language=language)
    return len(rows)


def made_version(language: str, number: int) -> Version:
    from codes.models import Source, Stage, Version  # noqa: PLC0415
    from tracker.accounts.services import members  # noqa: PLC0415
    from tracker.common.writing import record  # noqa: PLC0415

    by = members.system()
    law = made_law(language)
    source = Source.objects.filter(slug="bench").first() or record(
        Source(slug="bench", title="bench", publisher="bench"), by=by, reason="bench"
    )
    stage = Stage.objects.filter(slug="bench").first() or record(
        Stage(jurisdiction=law.jurisdiction, slug="bench", order=1, names={"en": "bench"}), by=by, reason="bench"
    )
    return record(
        Version(
            code=law, slug=f"v{number}", stage=stage, label={"en": f"v{number}"}, language=language, source=source,
            date=date(2000, 1, 1) + timedelta(days=number), obtained=True,
        ),
        by=by, reason="bench",
    )  # fmt: skip


def made_law(language: str) -> Code:
    from codes.models import Code, Jurisdiction  # noqa: PLC0415
    from tracker.accounts.services import members  # noqa: PLC0415
    from tracker.common.writing import record  # noqa: PLC0415

    by = members.system()
    land = Jurisdiction.objects.filter(slug="bench").first() or record(
        Jurisdiction(slug="bench", names={"en": "bench"}, languages=["ru"], drafting="russian"), by=by, reason="bench"
    )
    known = Code.objects.filter(slug=f"bench-{language}").first()
    return known or record(
        Code(slug=f"bench-{language}", jurisdiction=land, names={"en": language}), by=by, reason="bench"
    )


def measure() -> None:
    from codes.models import Code, SearchEntry  # noqa: PLC0415
    from codes.services import search  # noqa: PLC0415

    laws = list(Code.objects.values_list("pk", flat=True))
    print(f"{SearchEntry.objects.count()} article texts\n{'query':<24}{'found':>7}{'p50 ms':>9}{'p95 ms':>9}")
    every: list[float] = []
    for name, asked in QUERIES.items():
        spent = []
        for _ in range(RUNS + 1):
            began = time.perf_counter()
            query = search.understand(asked)
            hits = search.find(query, laws=laws)
            search.excerpts(query, hits[:SHOWN])
            spent.append((time.perf_counter() - began) * 1000)
        every += spent[1:]
        print(f"{name:<24}{len(hits):>7}{statistics.median(spent[1:]):>9.1f}{percentile(spent[1:]):>9.1f}", flush=True)
    print(f"{'all':<24}{'':>7}{statistics.median(every):>9.1f}{percentile(every):>9.1f}")


def percentile(values: list[float]) -> float:
    return sorted(values)[max(0, round(0.95 * len(values)) - 1)]


if __name__ == "__main__":
    sys.exit(main())
