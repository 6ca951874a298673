"""Shapes of what the review pages send. What it means is the services' business."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from amendments.models import VerdictValue
from tracker.publication.pages import words
from tracker.workspace.review.words import LIFECYCLES

LONGEST = 5000


class JudgeForm(forms.Form):
    """The verdict of a cell against one base; its prefix is the base."""

    value = forms.ChoiceField(choices=[(v.value, words.VERDICTS[v.value]) for v in VerdictValue], required=False)
    reason = forms.CharField(max_length=LONGEST, required=False)
    lifecycle = forms.ChoiceField(choices=LIFECYCLES, required=False)
    revision = forms.IntegerField(min_value=0)


class Sent(forms.Form):
    """What every writing form carries: a random id, so that sending it twice is sending it once."""

    request_id = forms.UUIDField()


class Act(Sent):
    """One step on a thing under review. `seen` is the fingerprint of what was on the screen."""

    act = forms.CharField(max_length=20)
    revision = forms.IntegerField(min_value=1)
    seen = forms.CharField(max_length=64, required=False)
    why = forms.CharField(max_length=LONGEST, required=False)
    value = forms.ChoiceField(choices=[(v.value, v.value) for v in VerdictValue], required=False)
    words = forms.CharField(max_length=20000, required=False)


class ChooseWords(Sent):
    """Another place for a note: an article, a part of it when words repeat, and the words."""

    act = forms.CharField(max_length=20)
    revision = forms.IntegerField(min_value=1)
    number = forms.CharField(max_length=60, required=False)
    part = forms.CharField(max_length=20, required=False)
    quote = forms.CharField(
        max_length=LONGEST, required=False, error_messages={"required": gettext_lazy("Choose the words.")}
    )
