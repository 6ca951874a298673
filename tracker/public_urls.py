"""The public site's addresses. No sign-in, no session, no workspace below any of them."""

from datetime import date

from django.conf import settings
from django.urls import include, path, register_converter

from tracker import health
from tracker.follow import urls as follow
from tracker.publication.machine import urls as machine
from tracker.publication.urls import law_patterns, law_record_patterns, record_patterns, site_patterns
from tracker.publication.views import pages
from tracker.publication.views.public import public, root


class LanguageConverter:
    """A language of this site."""

    regex = "|".join(code for code, _ in settings.LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class DayConverter(LanguageConverter):
    """A day that the calendar has, as YYYY-MM-DD."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> str:
        return date.fromisoformat(value).isoformat()


register_converter(LanguageConverter, "language")
register_converter(DayConverter, "day")

handler404 = "tracker.publication.views.public.not_found"
handler500 = "tracker.publication.views.show.failed"

urlpatterns = [
    path("livez", health.livez),
    path("healthz", health.healthz),
    path("readyz", health.healthz),
    path("", root),
    path("", include(machine.root_patterns())),
    path("<language:lang>/", include(machine.site_patterns())),
    path("<language:lang>/", public(pages.landing)),
    path("<language:lang>/", include(site_patterns(public))),
    path("<language:lang>/", include(record_patterns(public))),
    path("<language:lang>/", include(follow.urlpatterns)),
    path("<language:lang>/laws/<slug:law>/", include(law_record_patterns(public))),
    path("<language:lang>/laws/<slug:law>/@<day:at>/", include(law_record_patterns(public))),
    path("<language:lang>/laws/<slug:law>/", include(law_patterns(public))),
    path("<language:lang>/laws/<slug:law>/@<day:at>/", include(law_patterns(public))),
]
