"""Which article a page or a form is about, its parts, and how a sentence names them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import F
from django.http import Http404
from django.utils.translation import gettext

from amendments.services.lineage import versions_of
from codes.models import Article, ArticleText, Code, Version
from tracker.publication.pages import words


@dataclass(frozen=True, slots=True)
class Part:
    """A run of paragraphs that are read, and can be noted on, together. `eid` is its first paragraph's."""

    eid: str
    marker: str
    role: str
    paragraphs: tuple[dict[str, str], ...]

    @property
    def eids(self) -> list[str]:
        return [paragraph["eid"] for paragraph in self.paragraphs]

    @property
    def label(self) -> str:
        return gettext("Note") if self.role == "note" else words.part(self.marker)


@dataclass(frozen=True, slots=True)
class Home:
    """An article of a law in one of its texts, with the law's words in that text's own language."""

    law: Code
    text: ArticleText

    @property
    def article(self) -> Article:
        return self.text.article

    @property
    def version(self) -> Version:
        return self.text.article.version

    @property
    def paragraphs(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.text.paragraphs
        return found

    @property
    def parts(self) -> list[Part]:
        own = [p for p in self.paragraphs if p["role"] != "footnote"]
        runs = [list(run) for _, run in groupby(own, key=lambda p: (p["role"], p["part"]))]
        return [Part(run[0]["eid"], run[0]["part"], run[0]["role"], tuple(run)) for run in runs]

    def part_at(self, eid: str) -> Part | None:
        return next((part for part in self.parts if eid in part.eids), None)

    def place(self, part: Part | None = None) -> str:
        """Inside a sentence: "part 2 of Article 174", "Article 174"."""
        number = words.printed(self.article.number)
        if part is None or not part.marker or part.role == "note":
            return gettext("Article %(number)s") % {"number": number}
        return gettext("part %(part)s of Article %(number)s") % {"part": part.marker, "number": number}


def home_of(law: Code, v: str, n: str) -> Home:
    """The article of a text that belongs to the law or is the current law it would replace. Raises `Http404`."""
    version = next((version for version in versions_of(law) if version.slug == v), None)
    text = (
        ArticleText.objects.filter(
            article__version=version, article__number=n, language=F("article__version__language")
        )
        .select_related("article__version__source", "article__version__code")
        .first()
    )
    if version is None or text is None:
        raise Http404
    return Home(law, text)


def home_of_article(law: Code, article: Article, language: str) -> Home:
    """The same for an article that a note stands on."""
    texts = ArticleText.objects.select_related("article__version__source", "article__version__code")
    return Home(law, texts.get(article=article, language=language))
