"""`make bench-reports`: seconds and memory of reports on a code of 1,300 articles, with 120 concerns in seven texts.

The code is one edition of the French penal code, with six later versions made of it (`made_laws.py`) and concerns about
real articles. It is loaded through the same doors as the demo and published, in a scratch database below
var/bench-reports that is kept between runs. Each report is made in a process of its own, as the worker makes it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codes.text.nodes import Tree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "bench-reports"
BASE_TEXT = ROOT / "demo" / "texts" / "france" / "code-penal" / "code-penal_2026-04-02.txt"
LAW, CURRENT = "bench-code", "bench-code-before"
VERSIONS, NOISE = 7, 0.04
SIZES = (10, 30, 60, 120)
GOAL_SIZE, GOAL_SECONDS, GOAL_MEMORY, GOAL_BRIEF = 60, 10.0, 500, 2.0
COMMAND = (sys.executable, "-m", "scripts.bench_reports")
VALUES = ("unchanged", "stricter", "partly_fixed", "fixed")


def main(arguments: list[str]) -> int:
    _django()
    if arguments == ["fill"]:
        _fill()
    elif arguments:
        preset, format_, size = arguments
        print(json.dumps(_make(preset, format_, int(size))))
    else:
        subprocess.run([*COMMAND, "fill"], cwd=ROOT, check=True)  # its memory would be counted for its children
        return _table()
    return 0


def _django() -> None:
    os.environ.setdefault("DATA_DIR", str(FOLDER / "data"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    sys.path.insert(0, str(ROOT))
    from tracker.local.shared import ensure_servers  # noqa: PLC0415  # servers before Django

    ensure_servers()
    os.environ["SERVERS_RUNNING"] = "1"
    import django  # noqa: PLC0415

    django.setup()


# ---- measuring ----


def _table() -> int:
    from tracker.publication.reports.render import RENDERERS  # noqa: PLC0415

    print(f"\n{'full annex':<12}" + "".join(f"{size:>18}" for size in SIZES) + "   concerns; seconds, MB")
    slow = []
    for format_ in RENDERERS:
        cells = []
        for size in SIZES:
            seconds, memory = _measured("annex", format_, size)
            cells.append(f"{seconds:>8.2f} s {memory:>5} MB")
            if size == GOAL_SIZE and (seconds >= GOAL_SECONDS or memory >= GOAL_MEMORY):
                slow.append(f"annex as {format_}")
        print(f"{format_:<12}" + "".join(f"{cell:>18}" for cell in cells), flush=True)
    print("\ntwo-page brief, 60 concerns")
    for format_ in RENDERERS:
        seconds, memory = _measured("brief", format_, GOAL_SIZE)
        print(f"{format_:<12}{seconds:>8.2f} s {memory:>5} MB", flush=True)
        if seconds >= GOAL_BRIEF:
            slow.append(f"brief as {format_}")
    goals = f"goals: annex of {GOAL_SIZE} < {GOAL_SECONDS:.0f} s and < {GOAL_MEMORY} MB, brief < {GOAL_BRIEF:.0f} s"
    print(f"\n{goals}: " + (f"missed by {', '.join(slow)}" if slow else "met"))
    return 1 if slow else 0


def _measured(preset: str, format_: str, size: int) -> tuple[float, int]:
    done = subprocess.run([*COMMAND, preset, format_, str(size)], cwd=ROOT, capture_output=True, check=True)
    found = json.loads(done.stdout)
    return found["seconds"], found["memory"]


def _make(preset: Any, format_: str, size: int) -> dict[str, Any]:
    """Seconds from the database to the file; greatest resident memory of this process and of the box, in MB."""
    from tracker.publication.reports.content import Options  # noqa: PLC0415
    from tracker.publication.reports.making import public_report  # noqa: PLC0415
    from tracker.publication.reports.render import RENDERERS  # noqa: PLC0415

    began = time.perf_counter()
    content = public_report(LAW, Options(preset, "en", topics=(f"up-to-{size}",)))
    built = time.perf_counter() - began
    made = RENDERERS[format_](content)
    seconds = time.perf_counter() - began
    assert len(content.findings) == size
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"seconds": seconds, "built": built, "memory": most // 1024, "bytes": len(made)}


# ---- filling ----


def _fill() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    from codes.models import Code  # noqa: PLC0415

    call_command("migrate", database="owner", verbosity=0)
    call_command("load_demo")
    if Code.objects.filter(slug=LAW).exists():
        return
    began = time.perf_counter()
    trees = _trees()
    print(f"{len(trees[0].articles)} articles, {VERSIONS} versions; loading and publishing …", flush=True)
    _write(trees)
    _load()
    print(f"loaded and published in {time.perf_counter() - began:.0f} s", flush=True)


def _trees() -> list[Tree]:
    from codes.text.parse import parse_file  # noqa: PLC0415
    from scripts.made_laws import Reform, made_version  # noqa: PLC0415

    whole = parse_file(BASE_TEXT)
    tree = replace(whole, divisions=(), articles=tuple(a for a in whole.articles if a.body and not a.status))
    trees = []
    for seed in range(VERSIONS + 1):
        trees.append(tree)
        tree = made_version(tree, noise=NOISE, reform=Reform(0, 0, (2,)), seed=seed)[1]
    return trees


def _write(trees: list[Tree]) -> None:
    """Texts and facts in the form that the demo's have."""
    import yaml  # noqa: PLC0415

    from codes.text import outline  # noqa: PLC0415

    slugs = ["b0", *(f"b{order}" for order in range(1, VERSIONS + 1))]
    for slug, tree in zip(slugs, trees, strict=True):
        (FOLDER / f"{slug}.txt").write_text(outline.write(tree), encoding="utf-8")
    law = {"jurisdiction": "fr", "number": "", "date": None}
    versions = [
        {"id": slug, "law": LAW if order else CURRENT, "stage": "in-force", "label": {"en": f"Text {order}"},
         "date": f"{2001 + order}-01-01", "language": "fr", "text": [f"{slug}.txt"], "source": "legi", "verified": True}
        for order, slug in enumerate(slugs)
    ]  # fmt: skip
    facts = {
        "laws": {
            "jurisdictions": [{"id": "fr", "name": "France", "languages": ["fr"], "drafting": "fr"}],
            "stages": [{"id": "in-force", "name": "In force"}],
            "laws": [
                {**law, "id": CURRENT, "kind": "current_law", "name": "Code before"},
                {**law, "id": LAW, "kind": "draft", "name": "Large code", "replaces": CURRENT},
            ],
            "versions": versions,
        },
        "topics": [{"id": f"up-to-{size}", "name": f"Up to {size}", "gist": "-"} for size in SIZES],
        "concerns": [_concern(order, trees[1]) for order in range(max(SIZES))],
        "verdicts": [
            {"concern": f"c{order}", "version": slug, "base": "recommendation", "value": VALUES[(order + place) % 4],
             "basis": "text", "reason": f"read in text {place}: {' '.join(['word'] * 30)}", "source": "legi",
             "verified": True}
            for order in range(max(SIZES)) for place, slug in enumerate(slugs[1:])
        ],
    }  # fmt: skip
    for name, rows in facts.items():
        (FOLDER / f"{name}.yaml").write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")


def _concern(order: int, tree: Tree) -> dict[str, Any]:
    article = tree.articles[(order * 10 + 3) % len(tree.articles)]
    return {
        "id": f"c{order}", "law": LAW, "title": f"Concern {order} about article {article.number}", "ask": "narrow",
        "asked": "write more clearly what is forbidden", "source": "legi", "verified": True,
        "topics": [f"up-to-{size}" for size in SIZES if order < size], "standards": ["iccpr-19-3", "iccpr-15"],
        "numbers": {"b1": article.number}, "quoted": [" ".join(article.body[0].text.split()[3:8])],
    }  # fmt: skip


def _load() -> None:
    from django.db import transaction  # noqa: PLC0415

    from amendments.services.loading import concerns, laws  # noqa: PLC0415
    from amendments.services.loading.files import Facts  # noqa: PLC0415
    from codes.models import Code  # noqa: PLC0415
    from tracker.accounts.models import User  # noqa: PLC0415
    from tracker.accounts.services import members  # noqa: PLC0415
    from tracker.publication.services.publishing import publish_laws  # noqa: PLC0415

    facts, system = Facts(FOLDER, FOLDER), members.system()
    author, publisher = (User.objects.get(handle=name) for name in ("analyst", "reviewer"))
    people = {"analyst": author, "reviewer": publisher}
    with transaction.atomic():
        found = laws.load_laws(facts, by=system, large=False, members=people, report=_report)
        concerns.load_catalogue(facts, by=system)
        concerns.load_concerns(facts, law=Code.objects.get(slug=LAW), by=author, publisher=publisher)
        concerns.load_verdicts(facts, author=author, publisher=publisher)
        publish_laws(found, by=publisher)


def _report(done: int, total: int, what: str) -> None:
    print(f"  [{done + 1}/{total}] {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
