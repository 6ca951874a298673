"""`make bench`: how long the engine and the pages take on the demo's law, printed as a table.

Pages are asked through the whole of Django, without a network, on the database of `make demo`. Run that first.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codes.text.nodes import Article

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

RUNS = 3
PAIRS = {
    "criminal code, 1997 → 2015": (
        "kazakhstan/criminal-code-1997_last-edition_ch1-5-14_ru.txt",
        "kazakhstan/criminal-code-2014_2015-11_ch1-5-16_ru.txt",
    ),
    "Code pénal, 2004 → 2009": (
        "france/code-penal/code-penal_2004-09-27.txt",
        "france/code-penal/code-penal_2009-12-10.txt",
    ),
}
PAGES = (
    "/en/",
    "/en/laws/",
    "/en/laws/kz-criminal-code-2014/",
    "/en/laws/kz-criminal-code-2014/matrix.json",
    "/en/laws/kz-criminal-code-2014/v/l2015-11/",
    "/en/laws/kz-criminal-code-2014/compare/v1997...l2015-11/",
)
LARGE = "fr-code-penal"


def timed(work: Callable[[], object]) -> float:
    """Median of several runs after a first one that does not count, in milliseconds."""
    work()
    spent = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def engine() -> None:
    from codes.text.align import align  # noqa: PLC0415  each part imports what it measures
    from codes.text.parse import parse_file  # noqa: PLC0415

    print(f"\n{'engine':<70}{'ms':>10}")
    for name, files in PAIRS.items():
        old, new = (ROOT / "demo" / "texts" / file for file in files)
        before, after = parse_file(old), parse_file(new)
        same = {article.number: article for article in before.articles}
        pairs = [((same[article.number],), (article,)) for article in after.articles if article.number in same]
        print(f"{name} ({len(before.articles)} and {len(after.articles)} articles)")
        print(f"{'  parse the newer':<70}{timed(partial(parse_file, new)):>10.0f}")
        print(f"{'  align':<70}{timed(partial(align, before, after)):>10.0f}")
        whole = timed(partial(_differences, pairs))
        print(f"{f'  word differences of {len(pairs)} articles of the same number':<70}{whole:>10.0f}")


def _differences(pairs: list[tuple[tuple[Article], tuple[Article]]]) -> None:
    from codes.text.diff import compare  # noqa: PLC0415

    for old, new in pairs:
        compare(old, new)


def pages() -> None:
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from tracker.local import ensure_servers  # noqa: PLC0415

    ensure_servers()
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    print(f"\n{'page':<70}{'ms':>10}{'queries':>10}{'KB':>8}")
    for address in [*PAGES, *_large_pages()]:
        _measure(address)


def _large_pages() -> list[str]:
    from codes.models import Version  # noqa: PLC0415

    slugs = list(Version.objects.filter(code__slug=LARGE).order_by("sequence").values_list("slug", flat=True))
    if not slugs:
        print("(The large code is not loaded; make demo-large loads it.)")
        return []
    return [f"/en/laws/{LARGE}/v/{slugs[-1]}/", f"/en/laws/{LARGE}/compare/{slugs[0]}...{slugs[-1]}/"]


def _measure(address: str) -> None:
    from django.db import connections  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(raise_request_exception=False)
    answer = client.get(address)
    if answer.status_code != 200:
        print(f"{address:<70}{'answers ' + str(answer.status_code):>20}")
        return
    with ExitStack() as stack:
        counts = [stack.enter_context(CaptureQueriesContext(connection)) for connection in connections.all()]
        client.get(address)
    queries = sum(len(count) for count in counts)
    milliseconds = timed(lambda: client.get(address))
    print(f"{address:<70}{milliseconds:>10.0f}{queries:>10}{len(answer.content) / 1024:>8.0f}")


if __name__ == "__main__":
    engine()
    pages()
