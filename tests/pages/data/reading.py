"""Documents for the reading pages: SAMPLE ones for states, and pairs of real law made by the engine from demo/texts."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings

from amendments.services import facts
from codes.text import diff, sanctions
from codes.text.nodes import Article
from codes.text.parse import parse_file
from tests.pages.data import LAW, SOURCE, amount, concern, finding, standards, version

OLD_LAW = {**LAW, "slug": "old-code", "names": {"en": "SAMPLE code of 1997"}}
OLD = version(
    "old",
    "2014-12-31",
    "Current law, last edition",
    law="old-code",
    is_current_law=True,
    language="ru",
    date_precision="day",
    date_note="SAMPLE edition note",
)
NEW = version("new", "2015-11-24", "In force, November 2015", language="ru", date_precision="day")
LATER = version("later", "2020-05-20", "In force, May 2020", language="ru", previous="new")
TEXTS = settings.BASE_DIR / "demo" / "texts" / "kazakhstan"
# Pairs of the real case that these pages must show: old number → new number.
REAL = {"129": "130", "130": "131", "164": "174", "320": "378", "334": "400", "337": "404"}


def provision(slug: str, name: str) -> Any:
    return {"key": f"k7f2-{slug}", "names": {"en": name, "ru": f"{name} (образец)"}}


def compared(key: str, old: list[str], new: list[str], **fields: Any) -> Any:
    """One line of a comparison."""
    return {
        "key": key,
        "old": old,
        "new": new,
        "kind": "same" if old == new else "renumbered",
        "old_heading": "SAMPLE heading" if old else "",
        "new_heading": "SAMPLE heading" if new else "",
        "provision": None,
        "concerns": [],
        "topics": [],
        "changed": True,
        "changes": 1,
        "share": 100,
        "outcome": "",
        "rises": 0,
        "falls": 0,
        "value": None,
        "confirmed": True,
        **fields,
    }


def side(part: str, article: str = "1", level: str = "part", item: str = "", role: str = "body") -> Any:
    eid = f"art_{article}" + (f"__para_{part}" if part else "") + (f"__point_{item}" if item else "")
    return {"article": article, "eid": eid, "part": part, "level": level, "marker": part, "role": role}


def segment(op: str, text: str, **fields: Any) -> Any:
    return {"op": op, "text": text, **fields}


def line(old: Any, new: Any, *segments: Any) -> Any:
    changed = any(each["op"] != "equal" for each in segments)
    return {"old": old, "new": new, "segments": list(segments), "changed": changed}


def pair(summary: Any, rows: list[Any], **fields: Any) -> Any:
    return {
        "kind": "pair",
        "law": LAW,
        "old": OLD,
        "new": NEW,
        "summary": summary,
        "heading": [],
        "rows": rows,
        "penalties": [],
        "outcomes": {},
        "concerns": [],
        "notes": [],
        "not_held": "",
        **fields,
    }


MOVED = pair(
    compared("k7f2-discord", ["164"], ["174"], provision=provision("discord", "Inciting discord"), value="stricter"),
    [
        line(side("1"), side("1"), segment("equal", "1. SAMPLE unchanged words.")),
        line(
            side("2"),
            side("2"),
            segment("equal", "2. Acts "),
            segment("insert", "of a group "),
            segment("move_to", "by the leader of an association ", move=1, other="art_1__para_3"),
            segment("equal", "are punished by "),
            segment("delete", "two to six ", penalty=True),
            segment("insert", "five to ten ", penalty=True),
            segment("equal", "years."),
        ),
        line(
            side("3"),
            side("3"),
            segment("equal", "3. Acts "),
            segment("move_from", "by the leader of an association ", move=1, other="art_1__para_2"),
            segment("equal", "with grave consequences."),
        ),
        line(None, side("4"), segment("insert", "4. SAMPLE new part.")),
    ],
)
SPLIT = pair(
    compared("art-404", ["337"], ["404", "405"], kind="split"),
    [
        line(side("1", "337"), side("1", "404"), segment("equal", "1. Creating "), segment("insert", "or leading")),
        line(side("2", "337"), side("1", "405"), segment("equal", "2. Taking part"), segment("delete", " in it")),
    ],
)


def counts(articles: list[Any], **fields: int) -> Any:
    """The counts of a comparison, from its articles."""
    kinds = ("split", "merged", "moved", "added", "dropped", "repealed", "not_in_old", "not_in_new")
    both = [each for each in articles if each["old"] and each["new"]]
    return {
        "articles": sum(len(each["new"]) for each in articles),
        "pairs": len(both),
        "changed": sum(each["changed"] for each in articles),
        "identical": sum(not each["changed"] for each in both),
        "renumbered_only": sum(not each["changed"] and each["old"] != each["new"] for each in both),
        **{kind: sum(each["kind"] == kind for each in articles) for kind in kinds},
        **{
            name: sum(each["outcome"] == name for each in articles)
            for name in ("stricter", "milder", "mixed", "uncertain")
        },
        "unconfirmed": 0,
        **fields,
    }


def comparison(articles: list[Any], **fields: Any) -> Any:
    return {
        "kind": "comparison",
        "law": LAW,
        "old_law": OLD_LAW,
        "old": OLD,
        "new": NEW,
        "common": True,
        "edition_note": "",
        "counts": counts(articles),
        "articles": articles,
        "versions": [OLD, NEW, LATER],
        "pairs": [["old", "new"], ["new", "later"]],
        **fields,
    }


STUB = compared(
    "k7f2-president", ["318"], ["375"], changed=False, provision=provision("president", "Insulting the President")
)
NOT_HELD = compared(
    "k7f2-strike", [], ["402"], kind="not_in_old", changed=False, provision=provision("strike", "Strike")
)
HIDDEN = compared("art-200", ["180"], ["200"])
PATH = "laws/sample-code/compare/old...new"


def documents(**fields: Any) -> dict[str, Any]:
    """A comparison with its pairs, and the catalogue of standards."""
    articles = [MOVED["summary"], HIDDEN, STUB, NOT_HELD, SPLIT["summary"]]
    hidden = pair(HIDDEN, [line(side("1"), side("1"), segment("delete", "SAMPLE gone"))])
    return {
        "standards": standards(),
        PATH: comparison(articles, **fields),
        f"{PATH}/k7f2-discord": MOVED,
        f"{PATH}/art-200": hidden,
        f"{PATH}/art-404": SPLIT,
    }


def many(number: int) -> dict[str, Any]:
    """A comparison with as many changed articles, each with one change."""
    articles = [compared(f"art-{n}", [str(n)], [str(n)]) for n in range(1, number + 1)]
    pairs = {
        f"{PATH}/art-{n}": pair(articles[n - 1], [line(side("1"), side("1"), segment("insert", f"SAMPLE word {n}"))])
        for n in range(1, number + 1)
    }
    return {PATH: comparison(articles), **pairs}


@cache
def laws() -> tuple[dict[str, Article], dict[str, Article]]:
    """Articles of the 1997 code (last edition) and of the code of November 2015, by number."""
    names = ("criminal-code-1997_last-edition_ch1-5-14_ru.txt", "criminal-code-2014_2015-11_ch1-5-16_ru.txt")
    old, new = (parse_file(TEXTS / name, language="ru") for name in names)
    return {each.number: each for each in old.articles}, {each.number: each for each in new.articles}


@cache
def real_pair(number: str) -> Any:
    """The pair document of an article of the 1997 code, as the engine compares it."""
    old, new = laws()[0][number], laws()[1][REAL[number]]
    found = diff.compare([old], [new])
    before, after = sanctions.extract(old, "ru"), sanctions.extract(new, "ru")
    penalties = sanctions.compare(before, after)
    summary = compared(
        f"art-{new.number}",
        [old.number],
        [new.number],
        old_heading=old.heading,
        new_heading=new.heading,
        changes=found.changes,
        outcome=penalties.outcome.value,
    )
    return pair(
        summary,
        facts.rows_data(found, before, after),
        heading=facts.heading_data(found, old.heading, new.heading),
        penalties=facts.penalties_data(penalties),
        outcomes={part: outcome.value for part, outcome in penalties.outcomes},
    )


def real_documents() -> dict[str, Any]:
    pairs = {number: real_pair(number) for number in REAL}
    found = {f"{PATH}/{each['summary']['key']}": each for each in pairs.values()}
    return {PATH: comparison([each["summary"] for each in pairs.values()]), **found}


# ---- life ----


def step(text: Any, numbers: list[str], state: str = "in_text", **fields: Any) -> Any:
    return {
        "version": text,
        "state": state,
        "numbers": numbers,
        "stated": False,
        "headings": ["SAMPLE heading"] if numbers else [],
        "link": None,
        "confirmed": True,
        "verdicts": {},
        "sanctions": [],
        "compare": None,
        "pair": "",
        **fields,
    }


def sanction(part: str, alternative: int, kind: str, term: Any, **fields: Any) -> Any:
    """`term` is an amount as `tests.pages.data.amount` makes it."""
    known = {"part": part, "alternative": alternative, "kind": kind, **term}
    return {**known, "optional": False, "sure": True, "quote": "SAMPLE", **fields}


def node(column: int, numbers: list[str], state: str = "in_text", value: str | None = None) -> Any:
    return {"column": column, "numbers": numbers, "state": state, "value": value}


def river_line(name: str, nodes: list[Any], *, followed: bool = False) -> Any:
    return {"label": {"en": name}, "key": f"k7f2-{name}", "followed": followed, "nodes": nodes}


COLUMNS = [OLD, NEW, LATER]
RIVER = [
    river_line(
        "associations", [node(0, ["337"]), node(1, ["404"], value="stricter"), node(2, ["404", "405"])], followed=True
    ),
    river_line("merging", [node(0, ["400", "401"]), node(1, ["401"])]),
    river_line("religion", [node(0, [], "absent"), node(1, ["406"]), node(2, [], "absent")]),
]


def life(**fields: Any) -> Any:
    return {
        "kind": "life",
        "law": LAW,
        "provision": provision("discord", "Inciting discord"),
        "concerns": [concern("discord", "Inciting discord", ["discord"], quoted=["leader of an association"])],
        "note": "SAMPLE note",
        "current_law": OLD,
        "steps": [
            step(OLD, ["164"]),
            step(version("d1", "2014-01-01", "First reading", obtained=False), [], "no_text"),
            step(
                NEW,
                ["174"],
                link="renumbered",
                compare=["old", "new"],
                pair="k7f2-discord",
                verdicts={
                    "recommendation": finding("stricter", reason="SAMPLE leader added"),
                    "current_law": finding("unchanged", contradicts=["maximum_rose"]),
                },
                sanctions=[
                    sanction("1", 1, "restriction_of_liberty", amount(2, 7, "years")),
                    sanction("1", 2, "imprisonment", amount(2, 7, "years")),
                    sanction("2", 1, "imprisonment", amount(5, 10, "years")),
                    sanction("2", 1, "deprivation_of_post", amount(None, 3, "years"), optional=True),
                ],
            ),
            step(LATER, [], "not_held"),
        ],
        "river_columns": COLUMNS,
        "river": RIVER,
        "counterparts": [
            {
                "law": {**LAW, "slug": "other"},
                "version": version("o1", "2024-06-16", "Other"),
                "number": "73-3",
                "parts": "1",
            }
        ],
        "standards": standards()["standards"],
        "statements": [
            {
                "slug": "s",
                "title": "SAMPLE statement",
                "kind": "open_statement",
                "date": "2014-04-23",
                "date_precision": "week",
                "signatories": [{"name": "SAMPLE organisation"}, {"removed": "2015-01-02"}],
                "addressees": [{"en": "SAMPLE parliament"}],
                "source": SOURCE,
                "verified": True,
            }
        ],
        **fields,
    }


def life_documents(**fields: Any) -> dict[str, Any]:
    return {**documents(), "laws/sample-code/p/k7f2-discord": life(**fields)}


# ---- article and contents ----


def paragraph(eid: str, text: str, part: str = "", level: str = "part", role: str = "body") -> Any:
    return {"eid": eid, "marker": part, "level": level, "part": part, "role": role, "text": text}


def article(**fields: Any) -> Any:
    here = {
        "concern": concern("discord", "Inciting discord", ["discord"], quoted=["социальной"]),
        "provision": provision("discord", "Inciting discord"),
        "verdicts": {"recommendation": finding("stricter")},
    }
    return {
        "kind": "article",
        "law": LAW,
        "version": NEW,
        "latest": LATER,
        "number": "174",
        "heading": "ОБРАЗЕЦ заголовка",
        "status": "",
        "trail": ["ОСОБЕННАЯ ЧАСТЬ", "4 ОБРАЗЕЦ"],
        "texts": [
            {
                "language": "ru",
                "heading": "ОБРАЗЕЦ заголовка",
                "paragraphs": [
                    paragraph("art_174__para_1", "1. Возбуждение социальной розни", "1"),
                    paragraph("art_174__para_1__text", "наказывается штрафом.", "1", "text"),
                    paragraph("art_174__para_2", "2. Те же действия:", "2"),
                    paragraph("art_174__para_2__point_3", "3) группой", "2", "item"),
                    paragraph("art_174__note", "Примечание. ОБРАЗЕЦ.", role="note"),
                    paragraph("art_174__footnote", "Сноска. ОБРАЗЕЦ.", level="text", role="footnote"),
                ],
            },
            {"language": "kk", "heading": "ҮЛГІ тақырып", "paragraphs": [paragraph("art_174__para_1", "1. ҮЛГІ", "1")]},
        ],
        "sanctions": [sanction("1", 1, "fine", amount(None, 1000, "mci"))],
        "concerns": [here],
        "notes": [],
        "counterparts": [
            {
                "version": "old",
                "label": OLD["label"],
                "law": "old-code",
                "numbers": ["164"],
                "kind": "renumbered",
                "confirmed": True,
                "compare": ["old", "new"],
                "key": "k7f2-discord",
            },
            {
                "version": "later",
                "label": LATER["label"],
                "law": "sample-code",
                "numbers": ["999"],
                "kind": "unconfirmed",
                "confirmed": False,
                "compare": None,
                "key": "",
            },
        ],
        "previous_article": "173",
        "next_article": "175",
        "previous_followed": "131",
        "next_followed": None,
        "last_article": "467",
        **fields,
    }


def contents_article(number: str, *, changed: bool | None = False, key: str | None = None) -> Any:
    return {"number": number, "heading": "ОБРАЗЕЦ", "status": "", "provision": key, "changed": changed}


def division(eid: str, depth: int, articles: list[Any], inside: list[Any] | None = None, kind: str = "chapter") -> Any:
    every = articles if inside is None else inside
    return {
        "kind": kind,
        "number": eid.rpartition("_")[2],
        "heading": "ОБРАЗЕЦ раздела",
        "depth": depth,
        "eid": eid,
        "articles": articles,
        "article_count": len(every),
        "changed_count": sum(bool(each["changed"]) for each in every),
        "followed_count": sum(each["provision"] is not None for each in every),
    }


def contents(chapters: int = 2, articles: int = 3) -> Any:
    """A part with chapters; the first article of each chapter changed, the second is followed."""
    held = [
        [
            contents_article(str(c * articles + n + 1), changed=n == 0, key=f"k7f2-p{c}" if n == 1 else None)
            for n in range(articles)
        ]
        for c in range(chapters)
    ]
    parts = [division("part_2", 0, [], [a for chapter in held for a in chapter], kind="part")]
    parts += [division(f"part_2__chp_{c + 1}", 1, chapter) for c, chapter in enumerate(held)]
    return {
        "kind": "version",
        "law": LAW,
        "version": NEW,
        "versions": COLUMNS,
        "divisions": parts,
        "pairs": [["old", "new"]],
    }
