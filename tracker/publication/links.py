"""Addresses of pages, always relative to the page that shows them.

A mirror under another host, path or folder then works without rewriting. A frozen state (`@2014-05-21`) stays inside
the path of its law, so that every law link on a frozen page leads to the same state.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin

from django.conf import settings


def relative(here: str, target: str) -> str:
    """The address of `target` as seen from `here`; both are paths from the root of the site, e.g. "/en/laws/".

    >>> relative("/en/laws/kz/v/l2015/", "/en/laws/kz/")
    '../../'
    """
    folder = here[: here.rfind("/") + 1] or "/"
    found = posixpath.relpath(target, folder)
    return found + "/" if target.endswith("/") else found


def segment(value: str) -> str:
    """One path segment, safe in an address: article numbers may hold spaces, stops and `~`."""
    return quote(value, safe="~")


@dataclass(frozen=True, slots=True)
class Links:
    """Builds every address of one page. `prefix` is the language, or "w" in the workspace.

    `here` is the path of the page being built, from the root of the site. `at` is "" or the date of a frozen state.
    Every method takes `fragment` (an element id) and further keywords as the query; empty values are left out.
    The life page gives each step the id `v-{version}`; use it as fragment to open the page at a stage.
    """

    prefix: str
    here: str
    at: str = ""

    def landing(self) -> str:
        return self._to("")

    def laws(self) -> str:
        return self._to("laws/")

    def overview(self, law: str, *, fragment: str = "", **query: str) -> str:
        return self._to(self._law(law), fragment, query)

    def version(self, law: str, v: str, *, fragment: str = "", **query: str) -> str:
        return self._to(f"{self._law(law)}v/{segment(v)}/", fragment, query)

    def article(self, law: str, v: str, n: str, *, fragment: str = "", **query: str) -> str:
        return self._to(f"{self._law(law)}v/{segment(v)}/art-{segment(n)}/", fragment, query)

    def life(self, law: str, key: str, *, fragment: str = "", **query: str) -> str:
        return self._to(f"{self._law(law)}p/{segment(key)}/", fragment, query)

    def compare(self, law: str, a: str, b: str, *, fragment: str = "", **query: str) -> str:
        return self._to(f"{self._law(law)}compare/{segment(a)}...{segment(b)}/", fragment, query)

    def pair(self, law: str, a: str, b: str, key: str, *, fragment: str = "", **query: str) -> str:
        """`key` as in `ComparedArticle.key`: of a followed provision, else `art-{n}` or `old-{n}`."""
        return self._to(f"{self._law(law)}compare/{segment(a)}...{segment(b)}/{segment(key)}/", fragment, query)

    def changes(self, law: str, *, fragment: str = "", **query: str) -> str:
        """The change log of what was published about a law."""
        return self._to(f"{self._law(law)}changes/", fragment, query)

    def recommendation(self, law: str, concern: str) -> str:
        return self._to(f"{self._law(law)}recommendations/{segment(concern)}/")

    def topic(self, law: str, topic: str) -> str:
        return self._to(f"{self._law(law)}topics/{segment(topic)}/")

    def note(self, law: str, public_id: str, *, fragment: str = "") -> str:
        return self._to(f"{self._law(law)}notes/{segment(public_id)}/", fragment)

    def judge(self, law: str, concern: str, v: str, *, fragment: str = "") -> str:
        """Workspace: the verdicts of one cell of the matrix."""
        return self._to(f"laws/{segment(law)}/verdicts/{segment(concern)}/{segment(v)}/", fragment)

    def inbox(self, **query: str) -> str:
        return self._to("", "", query)

    def settings(self) -> str:
        return self._to("settings/")

    def review(self, item: str, *, fragment: str = "", **query: str) -> str:
        """Workspace: one item under review, "verdict-12" or "note-3"."""
        return self._to(f"review/{segment(item)}/", fragment, query)

    def reconfirm(self, law: str, v: str, *, fragment: str = "", **query: str) -> str:
        """Workspace: what a new text asks of the notes and verdicts of the one before."""
        return self._to(f"laws/{segment(law)}/reconfirm/{segment(v)}/", fragment, query)

    def bulk(self, law: str, v: str) -> str:
        """Workspace: verdicts that may be confirmed together."""
        return self._to(f"laws/{segment(law)}/reconfirm/{segment(v)}/together/")

    def publish_text(self, law: str, v: str) -> str:
        """Workspace: a text that only members see, before it is made public."""
        return self._to(f"laws/{segment(law)}/v/{segment(v)}/publish/")

    def matrix_json(self, law: str, **query: str) -> str:
        return self._to(f"{self._law(law)}matrix.json", "", query)

    def law_file(self, law: str, name: str) -> str:
        """A form of a law's data for programs: "matrix.csv"."""
        return self._to(f"{self._law(law)}{name}")

    def current_file(self, law: str, name: str) -> str:
        """The same of the law as it stands today, from a frozen page too: "feed.atom", "embeds/"."""
        return self._to(f"laws/{segment(law)}/{name}")

    def file(self, name: str) -> str:
        """The same of the whole site: "feed.atom"."""
        return self._to(name)

    def standards(self, *, fragment: str = "") -> str:
        return self._to("standards/", fragment)

    def standard(self, s: str) -> str:
        return self._to(f"standards/{segment(s)}/")

    def method(self, *, fragment: str = "") -> str:
        return self._to("method/", fragment)

    def page(self, name: str) -> str:
        """One of the pages about the site: "corrections", "mirrors", "privacy", "accessibility"."""
        return self._to(f"{name}/")

    def follow(self, about: str = "") -> str:
        """The form to follow something by mail: "law", "law/topics/slug" or "law/p/key"."""
        return self._to("follow/", "", {"about": about})

    def offline_copy(self) -> str:
        """The whole record as one file."""
        return relative(self.here, "/mirror.zip")

    def reports(self) -> str:
        """Reports that were published."""
        return self._to("reports/")

    def report(self, slug: str) -> str:
        return self._to(f"reports/{segment(slug)}/")

    def report_file(self, slug: str, form: str) -> str:
        return self._to(f"reports/{segment(slug)}.{segment(form)}")

    def document(self, path: str) -> str:
        """The page of a document, by its path in the record; the page of the law where it has none of its own."""
        steps = [segment(step) for step in path.split("/")]
        own = len(steps) > 3 and steps[2] in {"v", "p", "compare", "notes"}
        return self._to("/".join(steps if own else steps[:2]) + "/")

    def activity(self, **query: str) -> str:
        """Workspace only: who did what and when."""
        return self._to("activity/", "", query)

    def search(self, **query: str) -> str:
        """Words and numbers: in the published texts, or in the member's laws."""
        return self._to("search/", "", query)

    def at_home(self, address: str) -> str:
        """A relative address as a whole one, where the site has a home; for what is read apart from its page."""
        home = str(settings.HOME_ADDRESS).rstrip("/")
        return home + urljoin(self.here, address) if home else address

    def same_page(self, *, fragment: str = "", **query: str) -> str:
        """This page with another query: what filters and "Clear filters" need. Without a query, the bare page."""
        return self._finish("./" if self.here.endswith("/") else posixpath.basename(self.here), fragment, query)

    def in_language(self, language: str) -> str:
        """The same public page in another language."""
        rest = self.here.lstrip("/").partition("/")[2]
        return relative(self.here, f"/{language}/{quote(rest, safe='/~@')}")

    def static(self, address: str) -> str:
        """A static file, given its address from the root of the site."""
        return relative(self.here, address)

    def latest_state(self, law: str) -> str:
        """The law as it stands today, from a frozen page."""
        return self._to(f"laws/{segment(law)}/")

    def frozen(self, law: str, date: str) -> str:
        """The overview of a law as it was published on a date: the address to cite."""
        return self._to(f"laws/{segment(law)}/@{date}/")

    def _law(self, law: str) -> str:
        return f"laws/{segment(law)}/" + (f"@{self.at}/" if self.at else "")

    def _to(self, path: str, fragment: str = "", query: dict[str, str] | None = None) -> str:
        return self._finish(relative(self.here, f"/{self.prefix}/{path}"), fragment, query or {})

    @staticmethod
    def _finish(address: str, fragment: str, query: dict[str, str]) -> str:
        asked = urlencode({name: value for name, value in query.items() if value})
        return address + (f"?{asked}" if asked else "") + (f"#{quote(fragment)}" if fragment else "")
