"""Pages to follow a law, in the public process. They know nobody: GET shows, POST hands a request to the intake.

Whoever knows an address or a token and whoever guesses one read the same words (docs/adr/0009-following.md).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tracker.follow.forms import KIND, RHYTHMS, FollowForm, WebhookForm, split_about
from tracker.publication import intake
from tracker.publication.links import Links
from tracker.publication.pages import words
from tracker.publication.record import Record
from tracker.publication.site import Missing, Site
from tracker.publication.views.show import laws_of, missing_page, show

ASKING = intake.Limit(10, 3600)  # new addresses
ACTING = intake.Limit(60, 3600)  # on a link that came by mail
DOING = ("confirm", "rhythm", "list", "stop")
Page = Callable[..., HttpResponse]


def form_page(page: Page) -> Page:
    """A public page that may be posted to. Nothing of it is kept by browser or proxy, or found by search engines."""

    @wraps(page)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, lang: str, **values: Any) -> HttpResponse:
        with translation.override(lang):
            site = Site(Record(), lang, workspace=False, at="", links=Links(lang, request.path_info), follow=True)
            try:
                if not settings.FOLLOW or not intake.offered():
                    raise Missing(gettext("Following by mail is not offered at this address."))
                response = _refused(request, site) or page(request, site, **values)
            except Missing as missing:
                response = missing_page(request, site, missing)
        response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
        return response

    return view


def _refused(request: HttpRequest, site: Site) -> HttpResponse | None:
    if request.method != "POST":
        return None
    if intake.too_long(request):
        return _said(request, site, gettext("This is longer than the form allows."), status=413)
    if not _is_one_click(request) and not intake.from_own_page(request):
        return _said(request, site, gettext("This form was sent from another site. Open the page here."), status=403)
    return None


def _is_one_click(request: HttpRequest) -> bool:
    """RFC 8058: the reader's mail program asks, from no page at all. The token in the address says enough."""
    return request.POST.get("List-Unsubscribe") == "One-Click"


@form_page
def subscribe(request: HttpRequest, site: Site) -> HttpResponse:
    """`about` in the query, as in the form, chooses what the reader came from."""
    return _form(request, site, FollowForm, "mail")


@form_page
def webhook(request: HttpRequest, site: Site) -> HttpResponse:
    if not settings.WEBHOOKS:
        raise Missing(gettext("Deliveries to programs are not offered at this address."))
    return _form(request, site, WebhookForm, "webhook")


def _form(request: HttpRequest, site: Site, kind: type[FollowForm], channel: str) -> HttpResponse:
    asked = request.GET.get("about", "")
    choices = _choices(site, asked)
    if request.method != "POST":
        form = kind(initial={"about": asked, "rhythm": "at_once"}, choices=choices)
        return _show_form(request, site, form, channel)
    form = kind(request.POST, choices=_choices(site, request.POST.get("about", "")))
    if not form.is_valid():
        return _show_form(request, site, form, channel, status=422)
    if wait := ASKING.wait(request.META["REMOTE_ADDR"]):
        return _wait(request, site, wait)
    about = split_about(form.cleaned_data["about"])
    typed = {"address": form.cleaned_data["address"], "rhythm": form.cleaned_data["rhythm"]}
    intake.ask(KIND, {"do": "subscribe", "channel": channel, "language": site.language, **about, **typed})
    return HttpResponseRedirect(site.links.page("follow/received"), status=303)


def _show_form(request: HttpRequest, site: Site, form: FollowForm, channel: str, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "channel": channel, "webhooks": settings.WEBHOOKS, "nav": ""}
    return show(request, site, "follow/subscribe.html", status=status, **context)


def _choices(site: Site, asked: str) -> list[Any]:
    """Each law with its topics; and the provision that the reader came from, if it is one."""
    laws = laws_of(site)
    slugs = [card["law"]["slug"] for card in laws]
    found = site.source.get_many(["standards", *(f"laws/{slug}/overview" for slug in slugs)])
    topics = {topic["slug"]: topic["names"] for topic in found.get("standards", {}).get("topics", [])}
    groups = []
    for card in laws:
        slug, name = card["law"]["slug"], words.say(card["law"]["names"])
        rows = found.get(f"laws/{slug}/overview", {}).get("rows", [])
        held = dict.fromkeys(topic for row in rows for topic in row["concern"]["topics"] if topic in topics)
        options = [(slug, gettext("The whole law"))]
        options += [
            (f"{slug}/p/{row['provision']['key']}", words.say(row["provision"]["names"]))
            for row in rows
            if asked == f"{slug}/p/{row['provision']['key']}"
        ][:1]
        options += [
            (f"{slug}/topics/{topic}", gettext("Topic: %(name)s") % {"name": words.say(topics[topic])})
            for topic in held
        ]
        groups.append((name, options))
    return groups


@form_page
def received(request: HttpRequest, site: Site) -> HttpResponse:
    return show(request, site, "follow/received.html", nav="")


@form_page
def manage(request: HttpRequest, site: Site, token: str) -> HttpResponse:
    """One subscription, by the link that came with its mails. What it is, this page does not know."""
    return _act(request, site, token, request.POST.get("do", ""), "follow/manage.html")


@form_page
def confirm(request: HttpRequest, site: Site, token: str) -> HttpResponse:
    return _act(request, site, token, "confirm", "follow/confirm.html")


@form_page
def unsubscribe(request: HttpRequest, site: Site, token: str) -> HttpResponse:
    """A reader's own press of the button, or the one click of a mail program, which follows no redirect."""
    response = _act(request, site, token, "stop", "follow/unsubscribe.html")
    if _is_one_click(request) and response.status_code == 303:
        return HttpResponse("", content_type="text/plain")
    return response


def _act(request: HttpRequest, site: Site, token: str, do: str, template: str) -> HttpResponse:
    if request.method != "POST":
        return show(request, site, template, rhythms=RHYTHMS, nav="")
    rhythm = request.POST.get("rhythm", "")
    if do not in DOING or (do == "rhythm" and rhythm not in dict(RHYTHMS)):
        return _said(request, site, gettext("Choose one of the buttons on the page."), status=422)
    if wait := ACTING.wait(request.META["REMOTE_ADDR"]):
        return _wait(request, site, wait)
    intake.ask(KIND, {"do": do, "token": token, **({"rhythm": rhythm} if do == "rhythm" else {})})
    return HttpResponseRedirect(site.links.page("follow/received"), status=303)


def _wait(request: HttpRequest, site: Site, seconds: int) -> HttpResponse:
    sentence = gettext("Too many requests came from your network. Try again in an hour.")
    response = _said(request, site, sentence, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _said(request: HttpRequest, site: Site, sentence: str, *, status: int) -> HttpResponse:
    return show(request, site, "follow/said.html", status=status, sentence=sentence, nav="")
