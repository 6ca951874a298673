"""Everything that members can write, done once in a law: by services, as the workspace and the worker call them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from amendments.models import Annotation, Concern, ConcernTopic, Mention, Standard, Topic, Verdict
from amendments.services import annotations as notes
from amendments.services import (
    cards,
    catalogue,
    concerns,
    correcting,
    fixes,
    history,
    importing,
    linking,
    needs,
    placing,
    publishing_texts,
    requests,
    restoring,
    review,
    staging,
    things,
    threads,
    threads_seen,
    together,
    unsent,
    verdicts,
    withdrawing,
    wizard,
)  # fmt: skip
from amendments.services.lineage import Lineages
from codes.models import Article, Import, Jurisdiction, Membership, Stage, Version
from codes.services import invitations, lists, membership, people, texts
from codes.text import fixing
from tests.security.planted import QUOTE, World, made_report
from tests.workspace import imports_law, notes_site
from tests.workspace.team import person
from tracker.accounts.services import contacts, members
from tracker.common.conflicts import state_of
from tracker.publication.reports.content import Options
from tracker.publication.reports.models import Report
from tracker.publication.reports.services import publishing, saving, weekly

FOLDERS = ("codes/services", "amendments/services", "tracker/accounts/services", "tracker/publication/reports/services")
# Services that no member can call: the commands that load the demo do, before anything is published.
BY_COMMAND = {"load_catalogue", "load_concerns", "load_actors", "load_sources", "load_laws", "load_correspondences"}
Name = tuple[str, str]  # file, function


def services() -> set[Name]:
    """Every public function with a keyword `by` that writes: file and name."""
    found = set()
    for folder in FOLDERS:
        for file in Path(settings.BASE_DIR, folder).rglob("*.py"):
            for each in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
                    names = {argument.arg for argument in (*each.args.kwonlyargs, *each.args.args)}
                    if "by" in names and each.name not in BY_COMMAND:
                        found.add((str(file), each.name))
    return found


@contextmanager
def watched() -> Iterator[set[Name]]:
    """Which functions of the services run to their beginning."""
    called: set[Name] = set()
    known = services()

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            name = (frame.f_code.co_filename, frame.f_code.co_name)
            if name in known:
                called.add(name)

    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(None)


def everything(world: World) -> None:
    """Each part in a transaction of its own, as requests are."""
    for part in (_members, _lists, _texts, _notes, _verdicts, _provisions, _imports, _reports):
        with transaction.atomic():
            part(world)


def _members(world: World) -> None:
    law, office = world.law.code, world.people["administrator"]
    reviewer, why = world.people["reviewer"], "a reason to tell"
    link, _ = invitations.invite(law=law, role="reader", by=office, reason=why)
    invitations.take_back(invitation=link, by=office, reason=why)
    newcomer = person("newcomer")
    membership.add(user=newcomer, law=law, role="reader", by=office, reason=why)
    membership.change_role(user=newcomer, law=law, role="analyst", was="reader", by=office, reason=why)
    contacts.keep(user=newcomer, words="tel. 1", revision=0)
    people.open_contact(user=newcomer, by=office, reason=why)
    people.use_reset(token=people.make_reset(user=newcomer, by=office, reason=why), password="a long enough password")
    people.freeze(user=newcomer, by=office, reason=why)
    people.lift(user=newcomer, by=office, reason=why)
    people.set_administrator(user=newcomer, administrator=True, by=office, reason=why)
    people.set_administrator(user=newcomer, administrator=False, by=office, reason=why)
    membership.remove(user=newcomer, law=law, by=office, reason=why)
    other = Membership.objects.get(user=world.people["outsider"]).law
    membership.join(law=other, role="reader", by=office, reason=why)
    members.set_password(user=reviewer, password="another long password", by=reviewer, reason=why)


def _lists(world: World) -> None:
    """The catalogue is public, but only with the next release."""
    by, why = world.people["reviewer"], "a reason"
    place = Jurisdiction.objects.get(slug="notes-land")
    stage = lists.add(Stage(jurisdiction=place, slug="later", order=77, names={"en": "Later"}), by=by, reason=why)
    stage = lists.change(stage, values={"names": {"en": "Still later"}}, seen=state_of(stage), by=by, reason=why)
    lists.delete(stage, by=by, reason=why)
    lists.set_languages(jurisdiction=place, languages=["ru", "kk"], seen=state_of(place), by=by, reason=why)
    topics = Topic.objects.all()[:1]
    fresh = Standard(slug="new-standard", cite="A rule", gist="It says", verified=True, order=99)
    fresh = catalogue.add_standard(fresh, topics, by=by, reason=why)
    fresh = catalogue.change_standard(
        fresh, [], values={"gist": "It says more"}, seen=state_of(fresh), by=by, reason=why
    )
    catalogue.delete_standard(fresh, by=by, reason=why)


def _texts(world: World) -> None:
    law, by = world.law.code, world.people["analyst"]
    first = world.law.version
    source = importing.unnamed_source(by=by)
    common = {"law": law, "stage": first.stage, "language": "ru", "source": source, "by": by}
    fourth = notes_site.TEXTS / "criminal-code-2014_ch4-5_ru_after-2025-09.txt"
    importing.import_text(slug="fourth", day=date(2025, 9, 15), paths=[fourth], **common)  # type: ignore[arg-type]
    publishing_texts.publish_text(Version.objects.get(code=law, slug="fourth"), by=world.people["reviewer"])
    old, new = Version.objects.get(code=law, slug="first"), Version.objects.get(code=law, slug="second")
    other = Path(settings.MEDIA_ROOT) / "parallel.txt"
    other.write_text((notes_site.TEXTS / "criminal-code-2014_ch4-5_ru_2020-07.txt").read_text("utf-8") + "\n", "utf-8")
    texts.add_parallel(version=old, language="kk", paths=[other], by=by)
    linking.settle(old=old, new=new, pairs=[("174", "174")], by=by, reason="looked at")
    needs.after_correspondence(new=new, articles=[world.law.text.article_id], before=needs.standing(new), by=by)
    rows = correcting.links_between(old, new)
    card = next(one for one in correcting.matches(old, new, rows) if one.old == ("174",))
    correcting.correct(
        old=old, new=new, card=card.key, said=cards.Answered("same", ("174",), ("174",)), by=by, why="looked at",
        seen=correcting.fingerprint(card, rows),
    )  # fmt: skip


def _notes(world: World) -> None:
    law, analyst, reviewer = world.law, world.people["analyst"], world.people["reviewer"]
    note = law.note(QUOTE, "A draft of a note.")
    note = notes.edit(note, words=law.words(QUOTE, "Other words."), by=analyst, revision=note.revision)
    note = placing.keep_here(note, by=analyst, revision=note.revision)
    note = placing.choose_words(note, number="174", quote=QUOTE, by=analyst, revision=note.revision)
    threads.say(note, text=f"@{reviewer.handle} look, please", by=analyst)
    threads.assign(note, to=reviewer, by=analyst)
    threads.resolve(note, resolved=True, by=analyst)
    threads_seen.mark_seen(Mention.objects.filter(member=reviewer)[0], by=reviewer)
    threads.see(Mention.objects.filter(member=reviewer), by=reviewer)
    note = Annotation.objects.get(pk=note.pk)
    note = review.take_back(
        review.submit(note, by=analyst, revision=note.revision), by=analyst, revision=note.revision + 1
    )
    note = review.submit(note, by=analyst, revision=note.revision)
    note = review.send_back(note, by=reviewer, why="Too long.", revision=note.revision)
    note = review.submit(note, by=analyst, revision=note.revision)
    note = review.edit_and_ask(note, by=reviewer, revision=note.revision, public_text="Shorter.")
    note = review.agree(note, by=analyst, revision=note.revision)
    unsent.keep(law=law.code, by=analyst, key="note 1", fields={"text": "Half a sentence"}, revision=0)
    unsent.drop(by=analyst, key="note 1")
    requests.first_time(uuid4(), by=analyst, kind="test", row=note)
    requests.once(Annotation, request_id=uuid4(), by=analyst, kind="test", write=lambda: note)


def _verdicts(world: World) -> None:
    """Publishing too: the public sees it with the release, which is a job of its own."""
    law, analyst, reviewer = world.law, world.people["analyst"], world.people["reviewer"]
    first = Version.objects.get(code=law.code, slug="first")
    row = Verdict(concern=law.concern, version=first, base="recommendation", value="unchanged", reason="It stands.")
    verdicts.rest_on_text(row)
    row = verdicts.write(row, by=analyst, reason="judged")
    row = verdicts.edit(row, by=analyst, revision=row.revision, value="unchanged", reason="It still stands.")
    row = review.submit(row, by=analyst, revision=row.revision)
    row = review.publish(row, by=reviewer, revision=row.revision, seen=review.fingerprint(row))
    review.withdraw(row, by=reviewer, why="Not so.", revision=row.revision)
    verdicts.judge(concern=law.concern, version=first, by=analyst, choices=[
        verdicts.Choice(base="recommendation", value="unchanged", reason="Once more.")
    ])  # fmt: skip
    together.draft(law.code, law.version, ticked=[], by=analyst)
    together.publishable(law.code, law.version, by=reviewer, lines=Lineages.of(law.code))
    together.publish(law.code, law.version, seen={}, by=reviewer)


def _provisions(world: World) -> None:
    law, by = world.law, world.people["analyst"]
    article = Article.objects.get(version=law.version, number="175")
    said = concerns.Asked({"en": "New"}, "new-one", "repeal", {"en": "Repeal it."}, [], "", law.topics, law.standards)
    provision = concerns.follow(law=law.code, article=article, said=said, by=by, request_id=uuid4())
    concern = Concern.objects.get(provision=provision)
    thing = things.find("concern", concern.pk, user=by)
    newest = history.of_thing(thing.place)[0]
    concerns.edit(concern, said=said, by=by, newest=newest.key)
    revisions = history.of_thing(thing.place)
    restoring.restore(thing, revisions[-1], by=by, newest=revisions[0].key, request_id=uuid4())
    restoring.set_links(ConcernTopic, {"concern": concern}, "topic", [], by=by, reason="none")
    concerns.unfollow(provision, by=by, why="a mistake")


def _imports(world: World) -> None:
    case = imports_law.followed()
    run = imports_law.work(imports_law.begin(case))
    wizard.others_on(run, case.second)
    wizard.cancel(run=run, by=case.analyst)
    for step in (wizard.retry, wizard.back_to_answers):
        _refused(step, run=run, by=case.analyst)
    run = imports_law.work(imports_law.begin(case, slug="again"))
    _refused(wizard.answer, run=run, old=case.old, card="none", said=cards.Answered("same", (), ()),
             by=case.analyst, revision=0)  # fmt: skip
    article = staging.staged_tree(run).articles[-1]
    fix = fixing.Fix(fixing.FixKind.RENAME, article.number, article.line, number="440", heading="Other")
    said = fixes.say(run=run, fix=fix, by=case.analyst, seen=fixes.mark(run))
    fixes.take_back(run=run, fix=said.pk, by=case.analyst, seen=fixes.mark(run))
    run = imports_law.work(fixes.match_again(run=run, by=case.analyst))
    run = imports_law.work(wizard.add(run=run, by=case.analyst))
    withdrawing.withdraw(run=Import.objects.get(pk=run.pk), by=case.analyst)
    before = Version.objects.get(code=world.law.code, slug="first")
    linking.link(old=world.law.version, new=before, by=case.analyst)  # backwards: forwards they are linked already


def _reports(world: World) -> None:
    """A published report too: the public sees it with the release."""
    law, by, reviewer = world.law.code, world.people["analyst"], world.people["reviewer"]
    weekly.read_weekly(law=law, on=True, by=by)
    weekly.mark_seen(notices=[], by=by)
    saving.weekly_report(law=law, options=Options("brief", "en"), by=by, request_id=uuid4())
    report = publishing.publish_report(report=made_report(world), by=reviewer)
    publishing.withdraw_report(report=report, by=reviewer)
    report = saving.add_format(report=report, format="json", by=by)
    saving.retry(report=saving.cancel(report=report, by=by), by=by)
    saving.delete(report=report, by=by)
    internal = made_report(world, internal=True)
    _refused(publishing.publish_report, report=internal, by=reviewer)
    for published in Report.objects.filter(slug=world.ids["report"]):
        publishing.withdraw_report(report=published, by=reviewer)


def _refused(call: Callable[..., Any], **values: Any) -> None:
    """A write that cannot be done now: refusing must change nothing either."""

    try:
        with transaction.atomic():
            call(**values)
    except ValidationError:
        return
