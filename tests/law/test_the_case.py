"""The real case: the code of 1997 in its last edition against the new code, as read in the texts and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from amendments.models import Change, Comparison, Concern, Verdict
from amendments.permissions import may_publish
from amendments.services import cells, importing, review, verdicts
from amendments.services.lineage import Lineages
from codes.models import Source, Version
from tests.conftest import ROLES
from tracker.accounts.models import User
from tracker.common.conflicts import Conflict
from tracker.publication.collectors.comparison import edition_note
from tracker.publication.collectors.context import LawContext
from tracker.publication.models import Entry
from tracker.publication.record import Record

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]
COMPARISON = "laws/kz-criminal-code-2014/compare/v1997...l2015-11"


def pair(number: str) -> Any:
    record = Record()
    article = next(a for a in record.get(COMPARISON)["articles"] if number in a["new"])
    return record.get(f"{COMPARISON}/{article['key']}")


def table(number: str) -> dict[tuple[str, str], tuple[Any, Any]]:
    """(part, kind) → ((min, max) before, (min, max) after), None where the kind is not possible."""
    cells = pair(number)["penalties"]
    return {(c["part"], c["kind"]): (amounts(c["old"]), amounts(c["new"])) for c in cells}


def amounts(range_: Any) -> Any:
    return (range_["minimum"], range_["maximum"]) if range_ else None


def test_article_164_is_shown_as_article_174_with_its_penalties() -> None:
    document = pair("174")
    assert (document["summary"]["old"], document["summary"]["new"]) == (["164"], ["174"])
    cells = table("174")
    assert cells["1", "fine"] == ((None, 1000), None)
    assert cells["1", "imprisonment"] == ((None, 7), (2, 7))
    assert cells["2", "imprisonment"] == ((3, 7), (5, 10))
    assert cells["3", "imprisonment"] == ((7, 12), (12, 20))
    changed = [s["text"] for row in document["rows"] for s in row["segments"] if s["op"] == "insert"]
    assert any("сословной" in text for text in changed)


@pytest.mark.parametrize(
    ("old", "new"),
    [("129", "130"), ("130", "131"), ("318", "375"), ("320", "378"), ("334", "400"), ("336", "403"), ("337", "404")],
)
def test_each_followed_article_is_found_under_its_new_number(old: str, new: str) -> None:
    assert (pair(new)["summary"]["old"], pair(new)["summary"]["new"]) == ([old], [new])


def test_prison_appears_for_libel() -> None:
    assert table("130")["1", "imprisonment"] == (None, (None, 1))
    assert table("130")["2", "imprisonment"] == (None, (None, 2))


def test_the_fine_for_unlawful_associations_rises_and_prison_stays() -> None:
    cells = table("404")
    assert cells["1", "fine"] == ((200, 500), (None, 6000))
    assert cells["1", "imprisonment"] == ((None, 6), (None, 6))


def test_a_penalty_that_one_text_does_not_have_never_reads_as_before() -> None:
    record, seen = Record(), 0
    for path in Entry.objects.filter(path__regex=r"/compare/[^/]+/[^/]+$").values_list("path", flat=True):
        for cell in record.get(path)["penalties"]:
            if (cell["old"] is None) != (cell["new"] is None):
                assert cell["facts"], (path, cell)
                seen += any(fact["fact"] in {"part_added", "part_removed"} for fact in cell["facts"])
    assert seen > 10


def test_a_number_that_is_used_again_is_not_a_match() -> None:
    assert not Change.objects.filter(
        comparison__old__slug="v1997", new_articles__contains=["129"], old_articles__contains=["129"]
    ).exists()


def test_a_comparison_names_both_editions() -> None:
    document = Record().get(COMPARISON)
    assert document["old"]["date_note"].startswith("edition in force until")
    assert document["new"]["label"]["en"] == "In force, November 2015"


def test_current_law_is_the_edition_in_force_on_the_day_of_the_draft_and_another_one_is_named() -> None:
    """Case 73: the code of 1997 in its edition of 2004 and in its last one."""
    last = Version.objects.get(slug="v1997")
    by, source = User.objects.get(handle="reviewer"), last.source
    text = settings.BASE_DIR / "demo/texts/kazakhstan/criminal-code-1997_ch4-5_ru.txt"
    older = importing.import_text(
        law=last.code, slug="v1997-2004", stage=last.stage, day=date(2004, 12, 9), language="ru", paths=[text],
        source=source, by=by,
    ).version  # fmt: skip
    draft, law = Version.objects.get(slug="d2014-06"), Version.objects.get(slug="l2015-11")
    assert importing.current_law(draft) == importing.current_law(law) == last
    assert importing.current_law(Version(code=draft.code, date=date(2006, 1, 1))) == older
    context = LawContext(law.code, public=False)
    assert edition_note(context, last, law) == ""
    assert edition_note(context, older, law) == (
        "v1997-2004 is not the edition that was in force on 2015-11-24; that is v1997."
    )


def test_what_a_partial_text_lacks_is_neither_dropped_nor_added() -> None:
    for comparison in Comparison.objects.select_related("old", "new"):
        if comparison.old.partial:
            assert comparison.counts["added"] == 0
        if comparison.new.partial:
            assert comparison.counts["dropped"] == 0


def test_two_texts_that_hold_different_chapters_are_not_compared() -> None:
    comparison = Comparison.objects.get(old__slug="l2020-05", new__slug="l2020-07")
    assert not comparison.common
    assert (comparison.counts["pairs"], comparison.counts["unconfirmed"]) == (0, 0)


def test_a_stub_is_a_fact_also_in_a_partial_text() -> None:
    change = Change.objects.get(
        comparison__old__slug="l2020-05", comparison__new__slug="l2025-09", new_articles__contains=["130"]
    )
    assert change.kind == "repealed"


def test_the_kazakh_text_of_chapter_4_stands_beside_the_russian_one() -> None:
    article = Record().get("laws/kz-criminal-code-2014/v/l2022-01/art-174")
    assert [text["language"] for text in article["texts"]] == ["ru", "kk"]


def test_headline_and_matrix_count_the_same() -> None:
    from tracker.publication.pages.headline import count

    document = Record().get("laws/kz-criminal-code-2014/overview")
    latest = len(document["texts"]) - 1
    counts = count(document["rows"], "recommendation", latest)
    asked = [row for row in document["rows"] if row["concern"]["ask"] != "do_not_add"]
    values = [row["cells"][latest]["verdicts"].get("recommendation", {}).get("value", "not_assessed") for row in asked]
    assert counts.total == len(asked)
    assert (counts.fixed, counts.stricter, counts.unchanged) == tuple(
        values.count(v) for v in ("fixed", "stricter", "unchanged")
    )


def test_every_verdict_of_the_facts_is_published_with_reason_and_source() -> None:
    assert Verdict.objects.filter(status="published").exclude(reason="").count() == Verdict.objects.count() > 80


def test_a_verdict_against_a_fact_is_refused_without_a_reason() -> None:
    verdict = Verdict(
        concern=Concern.objects.get(slug="inciting-discord"), version=Version.objects.get(slug="l2015-11"),
        base="current_law",
        value="fixed", reason="", basis="text", source=Source.objects.get(slug="corpus"), verified=True,
    )  # fmt: skip
    with pytest.raises(verdicts.NeedsReason, match="the words objected to are still there"):
        verdicts.write(verdict, by=User.objects.get(handle="analyst"), reason="test")
    verdict.reason = "because"
    assert verdicts.write(verdict, by=User.objects.get(handle="analyst"), reason="test").contradicts


def test_case_26_nobody_publishes_their_own_words() -> None:
    verdict = Verdict.objects.first()
    assert verdict is not None
    reviewer = User.objects.get(handle="reviewer")
    verdict.written_by = reviewer
    with pytest.raises(PermissionDenied, match="someone else must publish"):
        may_publish(reviewer, verdict).require()


def test_what_was_not_on_the_screen_is_not_published() -> None:
    analyst, reviewer = (User.objects.get(handle=handle) for handle in ("analyst", "reviewer"))
    draft = verdicts.write(
        Verdict(
            concern=Concern.objects.get(slug="libel"), version=Version.objects.get(slug="l2025-09"), base="previous",
            value="unchanged", reason="as before", basis="text", verified=True,
            source=Source.objects.get(slug="corpus"),
        ),
        by=analyst,
        reason="test",
    )  # fmt: skip
    sent = review.submit(draft, by=analyst, revision=draft.revision)
    with pytest.raises(Conflict):
        review.publish(sent, by=reviewer, revision=sent.revision + 7, seen=review.fingerprint(sent))
    with pytest.raises(Conflict):
        review.publish(sent, by=reviewer, revision=sent.revision, seen="another text")


@pytest.mark.parametrize(("concern", "expected"), [("inciting-discord", "l2022-01"), ("president", "l2020-05")])
def test_previous_is_the_newest_earlier_text_that_holds_the_place(concern: str, expected: str) -> None:
    provision = Concern.objects.get(slug=concern).provision
    places = Lineages.of(provision.law).life(provision)
    here = next(place for place in places if place.version.slug == "l2025-09")
    before = cells.base_place(places, here, "previous")
    assert before is not None
    assert before.version.slug == expected
