"""SAMPLE documents for the tests of pages: shapes as in documents.py, contents made up. Nothing here is a finding."""

from __future__ import annotations

from typing import Any

SOURCE = {"title": "SAMPLE source", "publisher": "SAMPLE publisher", "date": "2014-05-21", "url": None}
LAW = {
    "slug": "sample-code",
    "names": {"en": "SAMPLE code", "ru": "ОБРАЗЕЦ кодекса", "kk": "ҮЛГІ кодекс"},
    "jurisdiction": {"en": "Sampleland", "ru": "Образцовия"},
    "number": "1-S",
    "date": "2014-07-03",
    "replaces": "old-code",
}


def version(slug: str, date: str, label: str, **fields: Any) -> Any:
    return {
        "slug": slug,
        "law": "sample-code",
        "label": {"en": label, "ru": f"{label} (образец)"},
        "stage": {"en": label},
        "stage_slug": slug,
        "date": date,
        "date_precision": "month",
        "date_note": "",
        "edition": "",
        "obtained": True,
        "coverage": None,
        "language": "en",
        "languages": ["en"],
        "articles": 467,
        "source": SOURCE,
        "verified": True,
        "is_current_law": False,
        "previous": None,
        "draft": False,
        **fields,
    }


def finding(value: str, **fields: Any) -> Any:
    return {
        "value": value,
        "reason": "SAMPLE reason",
        "basis": "text",
        "source": SOURCE,
        "verified": True,
        "sample": False,
        "caution": "",
        "text_held": True,
        "lifecycle": "",
        "contradicts": [],
        "status": "published",
        **fields,
    }


def cell(text: str, number: str = "", value: str | None = None, **fields: Any) -> Any:
    """A cell with one verdict against the recommendation. Fields of a verdict go into it, the others into the cell."""
    own: dict[str, Any] = {
        name: fields.pop(name) for name in ("state", "numbers", "stated", "renumbered", "short") if name in fields
    }
    bases = {name: finding(fields.pop(name)) for name in ("current_law", "previous") if name in fields}
    verdicts = {"recommendation": finding(value, **fields)} if value else {}
    return {
        "version": text,
        "state": "in_text" if number else "absent",
        "numbers": [number] if number else [],
        "stated": False,
        "renumbered": False,
        "verdicts": {**verdicts, **bases},
        "short": [],
        **own,
    }


def concern(slug: str, name: str, topics: list[str], ask: str = "repeal", **fields: Any) -> Any:
    return {
        "slug": slug,
        "names": {"en": name, "ru": f"{name} (образец)"},
        "topics": topics,
        "ask": ask,
        "asked": {"en": "SAMPLE ask"},
        "quoted": [],
        "standards": ["iccpr-19-3"],
        "source": SOURCE,
        "verified": True,
        "sample": False,
        **fields,
    }


def row(slug: str, name: str, topics: list[str], cells: list[dict[str, Any]], **fields: Any) -> Any:
    current = fields.pop("current", "1")
    return {
        "concern": concern(slug, name, topics, **fields),
        "provision": {"key": f"k7f2-{slug}", "names": {"en": name}},
        "current_number": current,
        "cells": cells,
    }


def amount(minimum: int | None, maximum: int | None, unit: str = "years") -> Any:
    return {"minimum": minimum, "maximum": maximum, "unit": unit}


def penalty(kind: str, old: Any, new: Any, facts: list[tuple[str, int]], part: str = "1") -> Any:
    return {
        "part": part,
        "old_part": part,
        "kind": kind,
        "old": old,
        "new": new,
        "facts": [{"fact": fact, "direction": direction, "sure": True} for fact, direction in facts],
    }


CURRENT = version("old", "2013-01-01", "Current law", law="old-code", is_current_law=True)
TEXTS = [
    version("d1", "2013-08-01", "Prosecutor’s draft"),
    version("d2", "2013-11-01", "Government bill", previous="d1"),
    version("d3", "2014-01-01", "First reading", previous="d2"),
    version("d4", "2014-05-21", "Second reading", date_precision="day", previous="d3"),
]
TOPICS: Any = [
    {"slug": "libel", "names": {"en": "Libel and privacy", "ru": "Клевета"}, "gist": "SAMPLE"},
    {"slug": "officials", "names": {"en": "Insulting officials"}, "gist": "SAMPLE"},
    {"slug": "discord", "names": {"en": "Inciting discord"}, "gist": "SAMPLE"},
]
PRISON_5_7 = penalty("imprisonment", amount(None, 5), amount(None, 7), [("max_up", 1)])
FINE_UP = penalty("fine", amount(None, 1000, "mci"), amount(None, 3000, "mci"), [("max_up", 1)], part="3")


def same(number: str, *values: str, **fields: Any) -> Any:
    """One cell per text, all with the same number."""
    return [cell(f"d{index}", number, value, **fields) for index, value in enumerate(values, 1)]


VALUES = ["fixed", "partly_fixed", "unchanged", "stricter", "new_restriction", "not_assessed"]
ROWS: Any = [
    row(
        "libel",
        "Libel",
        ["libel"],
        [
            *same("130", "unchanged", "unchanged", "partly_fixed"),
            cell("d4", "130", "stricter", current_law="stricter", short=[FINE_UP], sample=True),
        ],
    ),
    row("insult", "Insult", ["libel"], same("131", *["unchanged"] * 4), current="130"),
    row(
        "discord",
        "Inciting social, national or religious discord",
        ["discord", "libel"],
        [
            cell("d1", "174", "unchanged"),
            *[cell(f"d{n}", "174", "stricter", short=[PRISON_5_7]) for n in (2, 3)],
            cell("d4", "174", "stricter", short=[PRISON_5_7], contradicts=["nothing_changed"]),
        ],
        current="164",
    ),
    row(
        "unlawful",
        "Unlawful public associations",
        ["discord"],
        [
            cell("d1", "403", "unchanged", basis="source", verified=False),
            cell("d2", "403", "unchanged"),
            cell("d3", "404", "stricter", renumbered=True),
            cell("d4", "404", "stricter", numbers=["404", "405"], lifecycle="split"),
        ],
        current="337",
    ),
    row(
        "president",
        "Insulting the President",
        ["officials"],
        [cell("d1"), *same("375", "", "", "")[:2], cell("d4", "375")],
    ),
    row(
        "official",
        "Insulting a public official",
        ["officials"],
        [*same("378", "unchanged", "unchanged", "unchanged"), cell("d4", "", state="not_held")],
    ),
    row(
        "strike",
        "Provoking an unlawful strike",
        ["discord"],
        same("402", *["new_restriction"] * 4),
        ask="do_not_add",
        current="",
    ),
    row(
        "religion",
        "Breaking the law on religious activity",
        ["discord"],
        [*same("404", *["new_restriction"] * 3), cell("d4", "", "fixed", lifecycle="withdrawn")],
        ask="do_not_add",
        current="",
    ),
]


def stage(slug: str, name: str, state: str, date: str | None = None) -> Any:
    text = slug if date else None
    return {
        "slug": slug,
        "names": {"en": name},
        "version": text,
        "date": date,
        "date_precision": "month",
        "state": state,
    }


def overview(**fields: Any) -> Any:
    return {
        "kind": "overview",
        "law": LAW,
        "titles": {"en": "SAMPLE code, new draft", "ru": "Проект ОБРАЗЦОВОГО кодекса", "kk": "ҮЛГІ кодекс жобасы"},
        "current_law": CURRENT,
        "stages": [
            stage("d1", "Prosecutor’s draft", "done", "2013-08-01"),
            stage("d2", "Government bill", "done", "2013-11-01"),
            stage("d3", "First reading", "done", "2014-01-01"),
            stage("d4", "Second reading", "now", "2014-05-21"),
            stage("senate", "Senate", "todo"),
            stage("signed", "Signature", "todo"),
        ],
        "texts": TEXTS,
        "rows": ROWS,
        "topics": TOPICS,
        "penalties": [
            rise("discord", "Inciting discord", ["174"], PRISON_5_7),
            rise("libel", "Libel", ["130"], FINE_UP),
        ],
        "pairs": [["d3", "d4"], ["old", "d4"]],
        "events": [],
        **fields,
    }


def rise(slug: str, name: str, numbers: list[str], facts: dict[str, Any]) -> Any:
    return {
        "provision": {"key": f"k7f2-{slug}", "names": {"en": name}},
        "old_numbers": ["1"],
        "new_numbers": numbers,
        "old_version": "old",
        "new_version": "d4",
        "cell": facts,
    }


def many(rows: int, texts: int) -> Any:
    """A large overview: as many provisions and texts as asked for."""
    heads = [
        version(f"t{n}", f"{2010 + n}-03-01", f"SAMPLE text {n}", previous=f"t{n - 1}" if n else None)
        for n in range(texts)
    ]
    values = ["unchanged", "stricter", "partly_fixed", "fixed", "not_assessed"]
    filled = [
        row(
            f"p{n}",
            f"SAMPLE provision number {n} about speech",
            [TOPICS[n % 3]["slug"]],
            [
                cell(head["slug"], str(100 + n + at), values[(n + at) % 5], short=[PRISON_5_7])
                for at, head in enumerate(heads)
            ],
            current=str(90 + n),
        )
        for n in range(rows)
    ]
    return overview(texts=heads, rows=filled, pairs=[], penalties=[])


def laws() -> Any:
    counts = {
        "total": 6,
        "unchanged": 1,
        "stricter": 3,
        "not_assessed": 2,
        "extra_total": 2,
        "extra_added": 1,
        "extra_withdrawn": 1,
    }
    return {
        "kind": "laws",
        "laws": [{"law": LAW, "latest": TEXTS[-1], "texts": 4, "counts": counts, "article_count": 467}],
    }


def standards() -> Any:
    named = {"law": "sample-code", "key": "k7f2-libel", "title_en": "Libel", "title_ru": "Клевета", "title_kk": ""}
    return {
        "kind": "standards",
        "standards": [
            {
                "slug": "iccpr-19-3",
                "cite": "ICCPR article 19(3)",
                "gist": "SAMPLE gist",
                "topics": ["libel"],
                "verified": True,
                "source": SOURCE,
                "concerns": [named],
            }
        ],
        "topics": TOPICS,
    }


def documents() -> dict[str, Any]:
    return {"laws": laws(), "standards": standards(), "laws/sample-code/overview": overview()}


def comparison() -> Any:
    """Only what the redirect by number reads."""
    followed = {"key": "k7f2-discord", "names": {"en": "Inciting discord"}}
    articles = [
        {"key": "k7f2-discord", "old": ["164"], "new": ["174"], "provision": followed},
        {"key": "art-175", "old": ["165"], "new": ["175"], "provision": None},
    ]
    return {"kind": "comparison", "law": LAW, "articles": articles}


def contents() -> Any:
    articles = [{"number": "1", "heading": "SAMPLE"}, {"number": "467", "heading": "SAMPLE"}]
    return {
        "kind": "version",
        "law": LAW,
        "version": TEXTS[-1],
        "versions": TEXTS,
        "divisions": [{"articles": articles}],
    }
