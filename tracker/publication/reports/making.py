"""From a law and options to a checked report: of the public record, or of the workspace for a member."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext

from tracker.accounts.models import User
from tracker.publication.collectors.live import LiveSource
from tracker.publication.links import Links
from tracker.publication.record import Record
from tracker.publication.reports import checks
from tracker.publication.reports.build import build
from tracker.publication.reports.content import Options, Origin, ReportContent, Unreportable
from tracker.publication.reports.material import gather


class Unfit(Unreportable):
    """The checks before export failed."""

    def __init__(self, failures: list[checks.Failure]) -> None:
        super().__init__("\n".join(" ".join(part for part in (f.sentence, f.path) if part) for f in failures))
        self.failures = failures


def public_report(law: str, options: Options, on: date | None = None) -> ReportContent:
    """The report of the newest release, or of the last one of a day. Raises Unreportable, Unfit."""
    return report_of(Record(on), law, options)


def report_of(record: Record, law: str, options: Options) -> ReportContent:
    """The report of the release that the record stands at. Raises Unreportable, Unfit."""
    with translation.override(options.language):
        if record.release is None:
            raise Unreportable(gettext("Nothing was published yet."))
        earlier = Record(options.since) if options.since is not None else None
        material = gather(record, law, options, earlier)
        day = record.release.time.date()
        origin = Origin(
            release=record.release.number,
            hash=record.release.hash,
            day=day,
            address=frozen_address(law, options.language, day),
            organisation=settings.ORGANISATION,
        )
        content = build(material, options, origin)
        found = checks.failures(content, record)
        if found:
            raise Unfit(found)
        return content


def internal_report(user: User, law: str, options: Options, *, export: str, day: date | None = None) -> ReportContent:
    """The report of what a member sees now, unpublished things included: every page says DRAFT and the export number,
    which the caller keeps in the log. `day`: when it was asked for (today). Raises Unreportable, also for a law in
    which the member has no role.
    """
    with translation.override(options.language):
        if options.preset == "since":
            raise Unreportable(gettext("Changes are listed of the public record only."))
        source = LiveSource(user)
        origin = Origin(0, "", day or now().date(), "", settings.ORGANISATION, draft=True, export=export)
        content = build(gather(source, law, options), options, origin)
        found = checks.failures(content, source)
        if found:
            raise Unfit(found)
        return content


def frozen_address(law: str, language: str, day: date) -> str:
    """Where the same state stands for ever; from the root of the site where its address at home is not set."""
    path = Links(language, "/").frozen(law, day.isoformat())
    return f"{str(settings.HOME_ADDRESS).rstrip('/')}/{path}"
