"""After a new text: notes that ask for a place, verdicts to read again, and the list to untick."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from amendments.models import Annotation, Verdict
from codes.models import Article
from tests.conftest import ROLES
from tests.workspace.review_site import (
    LAW,
    RECONFIRM,
    TOGETHER,
    chosen,
    client,
    text,
)
from tests.workspace.test_review_rules import member, need, written_note
from tracker.common.writing import record
from tracker.jobs.models import Job
from tracker.publication.record import Record

pytestmark = [pytest.mark.django_db(databases=ROLES), pytest.mark.usefixtures("demo")]


def carried(placing: str = "reconfirm", words: str = "социальной розни") -> Annotation:
    """A note of November 2015 carried to January 2022, where the words after its first one are held to be new."""
    before = written_note(status="draft")
    article = Article.objects.get(version__slug="l2022-01", number="174")
    paragraph = next(p for p in article.texts.get(language="ru").paragraphs if "социальной" in p["text"])
    start = paragraph["text"].index("социальной")
    row = Annotation(
        law=before.law, article=article, language="ru", quote=before.quote, first_eid=paragraph["eid"],
        last_eid=paragraph["eid"], start=start, end=start + len("социальной, национальной"), status="draft",
        public_text=before.public_text, placing=placing, carried_from=before, written_by=member("analyst"),
        last_edited_by=member("analyst"),
    )  # fmt: skip
    return record(row, by=member("analyst"), reason="test")


def on_note(row: Annotation, name: str, **fields: Any) -> Any:
    values = {"request_id": str(uuid4()), "item": f"note-{row.pk}", "act": name, "revision": row.revision}
    return client().post(RECONFIRM, {**values, **fields})


def test_a_changed_quote_is_shown_beside_the_new_words_and_kept_in_one_step() -> None:
    row = carried()
    page = text(client().get(RECONFIRM))
    assert "0 carried over, 1 to re-confirm, 0 need a place." in page
    assert "<ins>, национальной</ins>" in page
    assert on_note(row, "keep").status_code == 302
    row.refresh_from_db()
    assert (row.placing, row.quote, row.status) == ("placed", "социальной, национальной", "draft")
    assert "Everything is confirmed." in text(client().get(RECONFIRM))


def test_other_words_must_stand_in_the_article_and_what_was_typed_is_kept() -> None:
    row = carried("lost")
    refused = on_note(row, "choose", number="174", part="2", quote="слов которых нет")
    assert refused.status_code == 422
    assert "These words are not in part 2 of Article 174. Check spelling or choose another part." in text(refused)
    assert "слов которых нет" in text(refused)
    twice = on_note(row, "choose", number="174", part="", quote="лишением свободы")
    assert "These words stand more than once" in text(twice)
    assert on_note(row, "choose", number="174", part="", quote="направленные на разжигание").status_code == 302
    row.refresh_from_db()
    assert (row.placing, row.quote) == ("placed", "направленные на разжигание")
    paragraphs = row.article.texts.get(language="ru").paragraphs
    place = next(p["text"] for p in paragraphs if p["eid"] == row.first_eid)
    assert place[row.start : row.end] == row.quote
    assert place.startswith(row.prefix, row.start - len(row.prefix))


def test_a_note_that_no_longer_applies_is_withdrawn_with_its_reason() -> None:
    row = carried()
    assert on_note(row, "withdraw").status_code == 302
    row.refresh_from_db()
    assert row.status == "withdrawn"
    assert "No longer applies" in Annotation.history.filter(id=row.pk).latest().history_change_reason


def test_case_27_as_many_items_as_needs_and_the_public_record_is_unchanged() -> None:
    before = Record().get("laws/kz-criminal-code-2014/overview")
    for concern in ("extremist-publication", "calls-power", "death-penalty"):
        need(concern, "l2022-01")
    page = text(client().get(RECONFIRM))
    assert "3 verdicts to read again." in page
    assert "1 of 3" in page
    assert Record().get("laws/kz-criminal-code-2014/overview") == before


def test_a_verdict_that_must_be_read_again_is_drafted_in_two_steps() -> None:
    asked = need("calls-power", "l2022-01")
    base = asked.base
    standing = re.search(rf'name="{base}-revision" value="(\d+)"', text(client().get(RECONFIRM)))
    assert standing is not None
    fields = {"request_id": str(uuid4()), "item": f"need-{asked.pk}", **chosen(base, "unchanged", "as before",
                                                                                int(standing[1]))}  # fmt: skip
    assert client().post(RECONFIRM, fields).status_code == 302
    row = Verdict.objects.get(concern__slug="calls-power", version__slug="l2022-01", base=base, status="draft")
    assert row.reason == "as before"
    asked.refresh_from_db()
    assert not asked.done  # a draft answers nothing: what is published does


def test_case_24_the_cell_says_that_its_match_was_corrected() -> None:
    need("calls-power", "l2022-01", base="previous", cause="correspondence")
    page = text(client().get(f"{LAW}verdicts/calls-power/l2022-01/"))
    assert "The match of this article was corrected after the verdict. Read it again." in page


def test_the_list_to_untick_drafts_and_publishes_only_what_stays_ticked() -> None:
    kept, left = (
        need("extremist-publication", "l2022-01", identical=True),
        need("leader-term", "l2022-01", base="recommendation", identical=True),
    )
    page = text(client().get(TOGETHER))
    assert page.count('name="ticked"') == 2
    client().post(TOGETHER, {"request_id": str(uuid4()), "act": "draft", "ticked": [kept.pk]})
    row = Verdict.objects.get(status="in_review")
    assert row.concern_id == kept.concern_id != left.concern_id
    publishing = text(client("reviewer").get(TOGETHER))
    ticked = re.search(rf'name="ticked" value="({row.pk}:[^"]+)"', publishing)
    assert ticked is not None
    client("reviewer").post(TOGETHER, {"request_id": str(uuid4()), "act": "publish", "ticked": [ticked[1]]})
    row.refresh_from_db()
    assert row.status == "published"
    assert Job.objects.filter(kind="release").count() == 1
