"""`make bench-release`: how long one verdict takes to its release on a large code, beside collecting that code whole.

Measured on the code of 1,300 articles in four editions, with concerns and verdicts made for the measure alone, in a
database of its own (var/release) that is emptied each time.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amendments.models import Concern
    from codes.models import Code

ROOT = Path(__file__).resolve().parent.parent
CONCERNS = 60
RUNS = 9
WHY = "made for a measure"


def main() -> int:
    os.environ["DATA_DIR"] = str(ROOT / "var" / "release")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    from tracker.local.shared import ensure_servers  # noqa: PLC0415

    ensure_servers()
    os.environ["SERVERS_RUNNING"] = "1"
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connections  # noqa: PLC0415
    from django.test.runner import DiscoverRunner  # noqa: PLC0415

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        _measure()
    finally:
        connections.close_all()
        runner.teardown_databases(databases)
    return 0


def _measure() -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from amendments.services.loading import demo  # noqa: PLC0415
    from tracker.accounts.services import members  # noqa: PLC0415
    from tracker.publication.models import Entry  # noqa: PLC0415
    from tracker.publication.services.publishing import publish_changes, publish_laws  # noqa: PLC0415

    folder, by = Path(settings.BASE_DIR) / "demo", members.system()
    demo.load(folder, report=lambda *_: None)
    law = next(law for law in demo.load_large(folder, report=lambda *_: None) if law.slug == "fr-code-penal")
    with transaction.atomic():
        concerns = _concerns(law)
    whole = _seconds(lambda: publish_laws([law], by=by))
    spent = []
    for concern in concerns[:RUNS]:
        with transaction.atomic():
            _judge(concern, "unchanged")
        spent.append(_seconds(lambda: publish_changes(law, by=by)))
    documents = Entry.objects.filter(law=law.slug).values("path").distinct().count()
    print(f"{law.versions.count()} texts, {len(concerns)} concerns, {documents} documents of the law")
    print(f"| collected whole | {whole:.1f} s |")
    print(f"| one verdict | {statistics.median(spent):.2f} s (slowest {max(spent):.2f}), read back and recomputed |")


def _seconds(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


def _concerns(law: Code) -> list[Concern]:
    """Concerns about articles of the first edition, each judged in the later ones."""
    from amendments.models import Concern, Provision, Recommendation  # noqa: PLC0415
    from codes.models import Source  # noqa: PLC0415
    from tests.factories import concern_in_public  # noqa: PLC0415
    from tracker.accounts.models import User  # noqa: PLC0415
    from tracker.accounts.services import members  # noqa: PLC0415
    from tracker.common.writing import record  # noqa: PLC0415

    by, source = members.system(), Source.objects.first()
    first = law.versions.order_by("date").first()
    assert first is not None
    numbers = list(first.articles.order_by("order").values_list("number", flat=True))
    found = []
    for order, number in enumerate(numbers[:: len(numbers) // CONCERNS][:CONCERNS]):
        names = {"en": f"Article {number}"}
        provision = record(
            Provision(law=law, public_id=f"m{order:04d}", slug=f"m{order}", names=names, anchor_version=first,
                      anchor_number=number, order=order), by=by, reason=WHY,
        )  # fmt: skip
        concern = record(
            Concern(provision=provision, slug=f"m{order}", names=names, source=source, order=order, verified=False,
                    sample=True), by=by, reason=WHY,
        )  # fmt: skip
        record(Recommendation(concern=concern, ask="narrow", asked={"en": WHY}), by=by, reason=WHY)
        concern_in_public(
            concern, written_by=User.objects.get(handle="analyst"), published_by=User.objects.get(handle="reviewer")
        )
        found.append(concern)
        _judge(concern, "stricter", newest=False)
    return found


def _judge(concern: Concern, value: str, *, newest: bool = True) -> None:
    """One more published verdict: on the newest text, or on every text between it and the first."""
    from amendments.models import Verdict  # noqa: PLC0415
    from tracker.accounts.models import User  # noqa: PLC0415
    from tracker.common.writing import record  # noqa: PLC0415

    author, publisher = User.objects.get(handle="analyst"), User.objects.get(handle="reviewer")
    texts = list(concern.provision.law.versions.order_by("date"))
    for version in texts[-1:] if newest else texts[1:-1]:
        record(
            Verdict(concern=concern, version=version, base="recommendation", value=value, reason=WHY, basis="text",
                    source=concern.source, verified=False, sample=True, status="published", written_by=author,
                    last_edited_by=author, published_by=publisher), by=publisher, reason=WHY,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
