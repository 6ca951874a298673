"""Atom feeds of the change log: of all laws, of one, and of one topic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext

from tracker.publication.pages import changes as logs
from tracker.publication.pages import words
from tracker.publication.pages.changes import Change
from tracker.publication.site import Missing, Site
from tracker.publication.views.pages import overview_document, standards_document

RELEASES = 50  # whose changes one feed tells
MOST = 200  # entries
# The same in every copy of the record, wherever it is published: entries keep their ids when a site moves.
AUTHORITY = "tag:draft-law-monitor.invalid,2026:"
KIND = "application/atom+xml; charset=utf-8"


class _Feed(Atom1Feed):
    """A feed is as new as its newest entry, and never as new as the clock."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=datetime(1970, 1, 1, tzinfo=UTC))


def everything(request: HttpRequest, site: Site) -> HttpResponse:
    found = site.source.newest("laws/", RELEASES)
    return _answer(site, gettext("What changed in the laws we follow"), site.links.laws(), found)


def law(request: HttpRequest, site: Site, *, law: str) -> HttpResponse:
    head = overview_document(site, law)["law"]
    title = gettext("What changed: %(law)s") % {"law": words.say(head["names"])}
    return _answer(site, title, site.links.overview(law), site.source.newest(f"laws/{law}/changes/", RELEASES))


def topic(request: HttpRequest, site: Site, *, topic: str) -> HttpResponse:
    known = next((each for each in standards_document(site)["topics"] if each["slug"] == topic), None)
    if known is None:
        raise Missing(gettext("There is no such topic."))
    found = site.source.newest("laws/", RELEASES)
    about = _about(site, topic, found)
    kept = [{**log, "items": [item if item["path"] in about else None for item in log["items"]]} for log in found]
    title = gettext("What changed: %(topic)s") % {"topic": words.say(known["names"])}
    return _answer(site, title, site.links.standards(), kept)


def _about(site: Site, topic: str, found: Iterable[Any]) -> set[str]:
    """The paths of provisions and notes that belong to a topic."""
    overviews = {f"laws/{log['law']['slug']}/overview" for log in found}
    notes = {item["path"] for log in found for item in log["items"] if item["what"] == "note"}
    documents = site.source.get_many([*overviews, *notes])
    about = {path for path in notes if topic in documents.get(path, {}).get("note", {}).get("topics", [])}
    for path in overviews:
        for row in documents.get(path, {}).get("rows", []):
            if topic in row["concern"]["topics"]:
                about.add(f"{path.removesuffix('overview')}p/{row['provision']['key']}")
    return about


def _answer(site: Site, title: str, page: str, found: Iterable[Any]) -> HttpResponse:
    links = site.links
    feed = _Feed(
        title=title,
        link=links.at_home(page),
        description="",
        language=site.language,
        feed_url=links.at_home(links.same_page()),
        feed_guid=AUTHORITY + links.here.strip("/"),
        author_name=settings.ORGANISATION or gettext("Draft Law Monitor"),
    )
    for log in found:
        for place, item in enumerate(log["items"]):
            if item is not None and len(feed.items) < MOST:
                change = logs.Change(log["law"], log["release"], datetime.fromisoformat(log["time"]), item)
                _entry(feed, site, change, place)
    return HttpResponse(feed.writeString("utf-8"), content_type=KIND)


def _entry(feed: _Feed, site: Site, change: Change, place: int) -> None:
    """The id is made of the release, the document and the line of the log, which is never rewritten."""
    item = change.item
    page = site.links.changes(change.law["slug"]) if change.gone else site.links.document(item["path"])
    feed.add_item(
        title=f"{change.what}: {words.say(item['names'])}",
        link=site.links.at_home(page),
        description=escape(" ".join(sentences(change))),  # the format reads it as HTML
        unique_id=f"{AUTHORITY}{site.language}/{change.release}/{item['path']}/{place}",
        pubdate=change.time,
        updateddate=change.time,
        categories=(item["what"],),
    )


def sentences(change: Change) -> list[str]:
    """What an entry says: the law, the verdicts before and after, the reason, and whether it corrects something."""
    item = change.item
    said = [f"{words.say(change.law['names'])}."]
    values = [str(words.VERDICTS[value]) for value in (item["before"], item["after"]) if value]
    if values:
        said.append(f"{' → '.join(values)}.")
    if item["reason"]:
        said.append(item["reason"])
    return [*said, gettext("This corrects what was published before.")] if item["correction"] else said
