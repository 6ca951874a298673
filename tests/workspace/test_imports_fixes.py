"""Corrections of a text's structure: kept on the import, undone, matched again; what is staged goes in time."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone, translation

from amendments.services import cards, fixes, staging, wizard
from amendments.tasks import clear_staged
from codes.models import Import, ImportFix, ImportState, StagedLinks, StagedText, Version
from codes.services import trees
from codes.text.align import align
from codes.text.fixing import Fix, FixKind
from codes.text.nodes import Tree
from codes.text.parse import parse_file
from tests.conftest import ROLES
from tests.text.laws import words_of
from tests.workspace.imports_law import SMALL_NEW, Followed, begin, followed, work
from tracker.common.conflicts import Conflict
from tracker.workspace.imports import sentences

pytestmark = pytest.mark.django_db(databases=ROLES)


@pytest.fixture
def case() -> Followed:
    return followed()


@pytest.fixture
def asked(case: Followed) -> tuple[Followed, Import]:
    return case, work(begin(case))


def say(run: Import, kind: FixKind, named: str, /, **said: Any) -> ImportFix:
    article = next(one for one in staging.staged_tree(run).articles if one.number == named)
    by, seen = said.pop("by", run.started_by), said.pop("seen", fixes.mark(run))
    return fixes.say(run=run, fix=Fix(kind, named, article.line, **said), by=by, seen=seen)


def numbers(tree: Tree) -> list[str]:
    return [one.number for one in tree.articles]


def test_a_correction_is_kept_with_who_made_it_and_what_was_printed(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    row = say(run, FixKind.RENAME, "404", number="440", heading="Другое", by=case.second)
    assert (row.said_by, row.before[:10]) == (case.second, "Статья 404")
    assert row.history.get().history_user == case.second
    assert "440" in numbers(staging.staged_tree(run))
    assert "404" in numbers(staging.read_tree(run))


def test_a_correction_is_undone_and_stays_in_the_history(asked: tuple[Followed, Import]) -> None:
    _, run = asked
    before = staging.staged_tree(run)
    row = say(run, FixKind.JOIN, "405")
    assert run.started_by is not None
    fixes.take_back(run=run, fix=row.pk, by=run.started_by, seen=fixes.mark(run))
    assert staging.staged_tree(run) == before
    assert [one.taken_back for one in row.history.all()] == [True, False]


def test_a_correction_on_which_a_later_one_rests_is_not_undone(asked: tuple[Followed, Import]) -> None:
    _, run = asked
    first = say(run, FixKind.RENAME, "404", number="440", heading="Другое")
    say(run, FixKind.RENAME, "440", number="441", heading="Другое")
    assert run.started_by is not None
    with pytest.raises(ValidationError, match="Undo that one first"):
        fixes.take_back(run=run, fix=first.pk, by=run.started_by, seen=fixes.mark(run))


def test_who_corrects_second_is_shown_the_first_correction(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    seen = fixes.mark(run)
    first = say(run, FixKind.JOIN, "405", by=case.second)
    with pytest.raises(Conflict) as conflict:
        say(run, FixKind.JOIN, "404", seen=seen)
    assert conflict.value.theirs == first
    assert ImportFix.objects.count() == 1


def test_who_may_not_import_corrects_nothing(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    with pytest.raises(PermissionDenied):
        say(run, FixKind.JOIN, "405", by=case.reader)


def test_after_a_correction_the_articles_are_matched_again_before_anything_else(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    say(run, FixKind.RENAME, "404", number="440", heading="Другое")
    with pytest.raises(ValidationError, match="Match the articles again"):
        wizard.add(run=run, by=case.analyst)
    with pytest.raises(ValidationError, match="Match the articles again"):
        wizard.answer(run=run, old=case.old, card="x", said=cards.Answered("new", (), ()), by=case.analyst, revision=0)
    run = work(fixes.match_again(run=run, by=case.analyst))
    assert run.state == ImportState.ASKING
    assert "440" in {link["new"] for link in run.staged_links.get().links}
    assert "404" not in {link["new"] for link in run.staged_links.get().links}


def test_the_added_text_is_the_corrected_one_with_every_word(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    before = words_of(replace(staging.read_tree(run), title="", preamble=(), closing=()))
    say(run, FixKind.JOIN, "405")
    run = work(fixes.match_again(run=run, by=case.analyst))
    run = work(wizard.add(run=run, by=case.analyst))
    added = trees.tree(Version.objects.get(slug="second"))
    assert "405" not in numbers(added)
    assert run.findings["articles"] == len(added.articles)
    assert dict(words_of(added) - before) == {"Статья": 1}
    assert not before - words_of(added)


def test_answers_to_cards_that_are_asked_again_still_count(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    links = cards.links_of(run.staged_links.get().links)
    card = next(one for one in cards.cards(links) if one.new and not one.old)
    wizard.answer(run=run, old=case.old, card=card.key, said=cards.Answered("new", (), ()), by=case.analyst, revision=0)
    other = next(number for number in numbers(staging.staged_tree(run)) if number not in card.new)
    say(run, FixKind.RENAME, other, number=other, heading="Исправленный заголовок")
    run = work(fixes.match_again(run=run, by=case.analyst))
    links = cards.links_of(run.staged_links.get().links)
    assert card.key in staging.answers_of(run, case.old, links)


# ---- pages ----


def client_of(case: Followed) -> Client:
    client = Client()
    client.force_login(case.analyst)
    return client


def broken(case: Followed, tmp_path: Path) -> Import:
    """A text with a line that was not read as an article, and a gap."""
    text = SMALL_NEW.read_text(encoding="utf-8")
    file = tmp_path / "scan.txt"
    file.write_text(text.replace("Статья 402. ", "Статья 4022 "), encoding="utf-8")
    return work(begin(case, file))


def test_each_problem_leads_to_its_place_and_offers_its_fix(case: Followed, tmp_path: Path) -> None:
    run = broken(case, tmp_path)
    address = f"/w/imports/{run.pk}/structure/"
    page = client_of(case).get(address).content.decode()
    assert "looks like an article and was not read as one: Статья 4022" in page
    assert "Let an article begin here" in page
    here = page.split("Let an article begin here")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    there = client_of(case).get(address + here.split("#")[0]).content.decode()
    assert 'class="marked"' in there
    assert '<details class="fixing" open><summary>Another article begins in this one' in there


def test_the_whole_way_through_a_correction_by_forms_alone(case: Followed, tmp_path: Path) -> None:
    run = broken(case, tmp_path)
    client, address = client_of(case), f"/w/imports/{run.pk}/structure/"
    tree = staging.staged_tree(run)
    holder = next(one for one in tree.articles if any("Статья 4022" in p.text for p in one.paragraphs))
    at = next(p.eid for p in holder.paragraphs if "Статья 4022" in p.text)
    sent = {"kind": "split", "article": holder.number, "line": holder.line, "at": at, "seen": 0, "number": "402"}
    assert client.post(address, sent).status_code == 302
    assert "402" in numbers(staging.staged_tree(run))
    for step in ("align", "check"):
        assert client.get(f"/w/imports/{run.pk}/{step}/")["Location"] == address
    assert "Match again and continue" in client.get(address).content.decode()
    assert client.post(f"/w/imports/{run.pk}/match/")["Location"] == f"/w/imports/{run.pk}/progress/"
    work(run)
    assert client.get(f"/w/imports/{run.pk}/progress/")["Location"] == f"/w/imports/{run.pk}/align/"
    undone = client.post(address, {"undo": ImportFix.objects.get().pk, "seen": 1})
    assert undone.status_code == 302
    assert "402" not in numbers(staging.staged_tree(run))


def test_a_wrong_correction_says_why_and_keeps_what_was_typed(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    line = staging.staged_tree(run).articles[0].line
    sent = {"kind": "rename", "article": numbers(staging.staged_tree(run))[0], "line": line, "seen": 0}
    answer = client_of(case).post(
        f"/w/imports/{run.pk}/structure/", {**sent, "number": "404", "heading": "Мой заголовок"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is an Article 404 already." in page
    assert "Мой заголовок" in page


def test_of_two_who_correct_at_once_the_second_sees_both(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    say(run, FixKind.JOIN, "405", by=case.second)
    line = staging.staged_tree(run).articles[0].line
    sent = {"kind": "rename", "article": numbers(staging.staged_tree(run))[0], "line": line, "seen": 0}
    answer = client_of(case).post(f"/w/imports/{run.pk}/structure/", {**sent, "number": "1", "heading": "Моё"})
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert "bo corrected the structure while you were reading: Article 405 goes on the article before." in page
    assert "Your correction was: Article" in page
    assert "Моё" in page


# ---- what is staged goes ----


def test_what_is_staged_of_a_cancelled_import_goes_and_the_import_stays(asked: tuple[Followed, Import]) -> None:
    case, run = asked
    wizard.cancel(run=run, by=case.analyst)
    assert clear_staged() == 1
    assert not StagedText.objects.exists()
    assert not StagedLinks.objects.exists()
    assert Import.objects.filter(pk=run.pk).exists()


def test_what_is_staged_goes_after_thirty_days_and_the_pages_say_so(
    asked: tuple[Followed, Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, run = asked
    assert clear_staged() == 0
    later = timezone.now() + timedelta(days=30)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert clear_staged() == 1
    answer = client_of(case).get(f"/w/imports/{run.pk}/structure/", follow=True)
    assert "Nobody finished this import in 30 days." in answer.content.decode()
    with pytest.raises(ValidationError, match="30 days"):
        wizard.add(run=run, by=case.analyst)
    assert wizard.cancel(run=run, by=case.analyst).state == ImportState.CANCELLED


def test_the_clearing_is_on_the_schedule() -> None:
    assert "amendments.tasks.clear_staged" in {one["task"] for one in settings.CELERY_BEAT_SCHEDULE.values()}


# ---- sentences ----

# Where sentences for people are made without knowing their language.
ENGINE = [
    *Path("codes/text/readers").glob("*.py"),
    *(Path("codes/text") / f"{name}.py" for name in ("problems", "fixing", "outline")),
    *(Path("amendments/services") / f"{name}.py" for name in ("staging", "importing")),
    *map(Path, ("codes/box.py", "codes/services/texts.py", "tracker/jobs/services.py")),
]


def _example(node: ast.expr | None, named: dict[str, str]) -> str:
    """A string as it could come out, a number in each of its places."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.FormattedValue):
        return named.get(getattr(node.value, "id", "-")) or "7"
    return "".join(_example(part, named) for part in node.values) if isinstance(node, ast.JoinedStr) else ""


def _made(path: Path) -> list[str]:
    """Every sentence that a file raises, returns, tells or lists as a problem."""
    tree = ast.parse((settings.BASE_DIR / path).read_text(encoding="utf-8"))
    assigned = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    named = {
        getattr(node.targets[0], "id", ""): _example(node.value, {})
        for node in tree.body
        if isinstance(node, ast.Assign)
    }
    nodes: list[ast.expr | None] = [one.value for one in assigned if getattr(one.targets[0], "id", "") == "message"]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            nodes += node.args if name in {"TextError", "JobFailed", "AlreadyHeld", "Problem"} else []
            nodes += node.args[2:] if name in {"tell", "report"} else []
            nodes += [one.value for one in node.keywords if one.arg == "error"]
        if isinstance(node, ast.Return) and isinstance(node.value, ast.JoinedStr):
            nodes.append(node.value)
    made = [_example(node, named) for node in nodes]
    return [
        one
        for one in made
        if any(map(str.isalpha, one)) and " " in one and one.endswith((".", "7", "file", "articles", "notes"))
    ]


def test_every_sentence_of_the_engine_and_of_jobs_is_known_to_the_wizard() -> None:
    made = [one for path in ENGINE for one in _made(path)]
    assert len(made) > 50
    unknown = [one for one in made if sentences.say(one).language]
    assert unknown == []


def test_what_is_unknown_is_said_as_it_is_and_marked_as_english() -> None:
    assert sentences.say("Something new.") == sentences.Said("Something new.", "en")


def test_a_sentence_is_said_with_its_values_in_the_language_of_the_member(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sentences,
        "gettext",
        lambda text: {"A number is missing: %(before)s → %(after)s.": "Нет номера: %(before)s → %(after)s."}[text],
    )
    with translation.override("ru"):
        assert sentences.say("A number is missing: 173 → 175.").text == "Нет номера: 173 → 175."


def test_every_reason_that_links_articles_of_two_real_laws_is_said_in_the_language_of_the_member() -> None:
    texts = Path("demo/texts/kazakhstan")
    old, new = (
        parse_file(settings.BASE_DIR / texts / name)
        for name in (
            "criminal-code-1997_last-edition_ch1-5-14_ru.txt",
            "criminal-code-2014_2015-11_ch1-5-16_ru.txt",
        )
    )
    reasons = {link.reason for link in align(old, new)}
    assert len(reasons) > 20
    assert [one for one in reasons if sentences.say_reason(one).language] == []


def test_every_piece_of_a_reason_is_known() -> None:
    made = (
        "title 82 % alike, text equal, number +10; 40 % of the old article's words stand in the other; "
        "not many, or its neighbours' too"
    )
    assert sentences.say_reason(made).text == made.replace("; ", ", ")
    assert sentences.say_reason("the nearest article of the new text, 179, is 12 % alike").language == ""
    for words in ("Said by the analyst", "number changed by the Senate, text equal"):
        assert sentences.say_reason(words) == sentences.Said(words, "en")
