"""A run that brings a text in. Its files, answers and problems stay with it, so that it can be taken up again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from codes.models.laws import Code
from codes.models.texts import Version
from tracker.common.history import Traced
from tracker.common.tables import Derived
from tracker.jobs.models import Job


class ImportState(models.TextChoices):
    """`reading` and `adding`: a job works, or has failed. `asking`: people look at the text and answer."""

    READING = "reading"
    ASKING = "asking"
    ADDING = "adding"
    ADDED = "added"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class Import(Traced):
    """One run of reading a text into a version. The long part of the work is a job row that names this row.

    `parameters` is what was asked for (`amendments.services.wizard.Wanted`), or the files' names for a text that a
    command brought in; `findings` what was found: counts, problems worst first and what needs a person.
    """

    parameters = models.JSONField()
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="imports")
    findings = models.JSONField(default=dict)
    law = models.ForeignKey(Code, models.PROTECT, null=True, related_name="imports")
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.READING)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="imports")
    started_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="imports", help_text="the last one")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ImportState]), name="import_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="added") | Q(version__isnull=False), name="import_added_has_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class StagedText(Derived):
    """What the reader made of an import's file, before anything is added: a tree as `printing.tree_data`.

    The fixes of people (`ImportFix`) are not in it. `matched` says whether the staged links are those of the text with
    its fixes.
    """

    run = models.OneToOneField(Import, models.CASCADE, related_name="staged")
    media_type = models.CharField(max_length=100)
    tree = models.JSONField()
    matched = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"text of import {self.run_id}"


class StagedLinks(Derived):
    """The alignment of an import's text with one earlier text: a list of {old, new, kind, score, certain, reason}."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="staged_links")
    old = models.ForeignKey(Version, models.PROTECT, related_name="staged_links")
    order = models.PositiveSmallIntegerField()
    links = models.JSONField()

    class Meta:
        ordering = ("run", "order")
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "old"], name="staged_links_once")]

    def __str__(self) -> str:
        return f"import {self.run_id} against {self.old_id}"


class Fixing(models.TextChoices):
    """What a person corrects in the structure of a text that was read (`codes.text.fixing`)."""

    RENAME = "rename"
    SPLIT = "split"
    JOIN = "join"
    NOT_ARTICLE = "not_article"


class ImportFix(Traced):
    """One correction of the structure, applied to the staged text in the order of the rows, unless it was taken back.

    `article` and `line` name the article at that moment, `number` and `heading` are those that a person typed, `at` the
    element id where a split begins, `before` the heading as it was printed.
    """

    run = models.ForeignKey(Import, models.PROTECT, related_name="fixes")
    kind = models.CharField(max_length=11, choices=Fixing)
    article = models.CharField(max_length=60)
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=60, blank=True)
    heading = models.TextField(blank=True)
    at = models.CharField(max_length=200, blank=True)
    before = models.TextField(blank=True)
    taken_back = models.BooleanField(default=False)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_fixes")
    said_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("run", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Fixing]), name="import_fix_known"),
        ]

    def __str__(self) -> str:
        return f"import {self.run_id}: {self.kind} {self.article}"


class Choice(models.TextChoices):
    """What a person says of an uncertain match."""

    SAME = "same"
    DIFFERENT = "different"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    REMOVED = "removed"


class ImportAnswer(Traced):
    """A person's answer to one card of the wizard. An empty choice: it was taken back.

    `card` names the articles that were asked about (`cards.Card.key`); `old_numbers` and `new_numbers` what the answer
    links. `revision` counts the answers to this card: a form carries the one it saw.
    """

    run = models.ForeignKey(Import, models.PROTECT, related_name="answers")
    old = models.ForeignKey(Version, models.PROTECT, related_name="import_answers")
    card = models.CharField(max_length=200)
    choice = models.CharField(max_length=9, choices=Choice, blank=True)
    old_numbers = models.JSONField(default=list)
    new_numbers = models.JSONField(default=list)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_answers")
    answered_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "old", "card"], name="one_answer_per_card"),
            models.CheckConstraint(
                condition=Q(choice="") | Q(choice__in=[choice.value for choice in Choice]), name="import_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card}: {self.choice or 'open'}"
