"""The wizard's second step: the text as it was read, what looks wrong in it, and corrections of its structure."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, gettext_lazy

from amendments.services import fixes, staging
from codes.models import Code, Import, ImportFix
from codes.text import fixing
from codes.text.fixing import Fix, FixKind
from codes.text.nodes import Article, Paragraph, Problem, Tree
from codes.text.normalise import mixed_words
from tracker.common.conflicts import Conflict
from tracker.publication.site import Site
from tracker.workspace.imports import pages, sentences
from tracker.workspace.imports.views import acting, address, show, while_asking
from tracker.workspace.seam import MemberRequest, member_view

# What a problem of a kind is usually answered with; the others are looked at, and the text stays as it is printed.
WAYS = {
    "gap": ("rename", gettext_lazy("Correct the number")),
    "repeat": ("rename", gettext_lazy("Correct the number, or join it")),
    "empty": ("join", gettext_lazy("Join it, or say that it is no article")),
    "long": ("split", gettext_lazy("Look where another article begins")),
    "stray_article": ("split", gettext_lazy("Let an article begin here")),
    "mixed_script": ("rename", gettext_lazy("Correct the heading")),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem in the list: its sentence, the words of its line, where it is and what is offered there."""

    problem: Problem
    said: sentences.Said
    words: str
    article: str
    fix: str
    way: str


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of the article that is shown. `begins`: the number it prints if it reads like an article."""

    paragraph: Paragraph
    begins: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Pane:
    """The article that is looked at, with its neighbours. `number` and `heading` fill the fields."""

    article: Article
    printed: str
    places: list[Place]
    before: Article | None
    after: Article | None
    joinable: bool
    number: str
    heading: str
    fix: str


def problems(tree: Tree) -> list[Shown]:
    """Worst first."""
    return [_shown(tree, one["problem"], one["words"]) for one in pages.problems(tree)]


def _shown(tree: Tree, problem: Problem, words: str) -> Shown:
    article = problem.article or _article_at(tree, problem.line)
    fix, way = WAYS.get(problem.code, ("", ""))
    here = next((one for one in tree.articles if one.number == article), None)
    in_body = problem.code == "mixed_script" and (here is None or not mixed_words(here.heading))
    in_part = problem.code in {"gap", "repeat"} and here is not None and here.line != problem.line
    if here is None or in_body or in_part:
        fix, way = "", ""
    return Shown(problem, sentences.say(problem.message), words, article, fix, str(way))


def _article_at(tree: Tree, line: int) -> str:
    """The article in which a line of the source stands; "" before the first one."""
    found = ""
    for article in tree.articles:
        if line and article.line <= line:
            found = article.number
    inside = next((one for one in tree.articles if one.number == found), None)
    return found if inside is not None and any(p.line == line for p in inside.paragraphs) else ""


def pane(tree: Tree, number: str, *, fix: str = "", line: int = 0, typed: Fix | None = None) -> Pane | None:
    """The article that was asked for, else the first."""
    place = next((at for at, one in enumerate(tree.articles) if one.number == number), 0)
    if not tree.articles:
        return None
    article = tree.articles[place]
    before = tree.articles[place - 1] if place else None
    after = tree.articles[place + 1] if place + 1 < len(tree.articles) else None
    renamed = typed if typed is not None and typed.kind is FixKind.RENAME else None
    return Pane(
        article,
        fixing.printed(tree, article),
        [Place(p, fixing.begins_article(tree, article, p), line == p.line) for p in article.paragraphs],
        before,
        after,
        before is not None and before.path == article.path,
        renamed.number if renamed else article.number,
        renamed.heading if renamed else article.heading,
        typed.kind.value if typed is not None else fix,
    )


@member_view("GET", "POST")
@while_asking
def structure(request: MemberRequest, site: Site, run: Import, law: Code) -> HttpResponse:
    if request.method == "POST":
        return _fix(request, site, run, law)
    return _show(request, site, run, law)


def _show(
    request: MemberRequest, site: Site, run: Import, law: Code, *, typed: Fix | None = None, **context: Any
) -> HttpResponse:
    tree = staging.staged_tree(run)
    found = problems(tree)
    errors = sum(one.problem.severity == "error" for one in found)
    asked = request.GET if typed is None else {}
    line = asked.get("line", "")
    first = next((one.article for one in found if one.article), "")
    here = pane(
        tree, typed.article if typed else asked.get("article", first), fix=asked.get("fix", ""), typed=typed,
        line=int(line) if line.isdecimal() else 0,
    )  # fmt: skip
    return show(
        request, site, "structure", run, law, tree=tree, branches=pages.outline(tree), problems=found, errors=errors,
        warnings=len(found) - errors, pane=here, fixes=[(row, fix_words(row)) for row in staging.fixes_of(run)],
        mark=fixes.mark(run), **context,
    )  # fmt: skip


def _fix(request: MemberRequest, site: Site, run: Import, law: Code) -> HttpResponse:
    values = request.POST
    seen = int(values["seen"]) if values.get("seen", "").isdecimal() else 0
    typed: Fix | None = None
    try:
        if values.get("undo", "").isdecimal():
            row = fixes.take_back(run=run, fix=int(values["undo"]), by=request.user, seen=seen)
            messages.success(request, gettext("The correction was taken back."))
            return HttpResponseRedirect(address(run, "structure", article=row.article) + "#fixes")
        typed = _typed(values)
        row = fixes.say(run=run, fix=typed, by=request.user, seen=seen)
    except ValidationError as error:
        said = sentences.say(error.messages[0]).text
        return _show(request, site, run, law, typed=typed, error=said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict as conflict:
        theirs: ImportFix = conflict.theirs
        both = {"row": theirs, "words": fix_words(theirs), "mine": _words(typed) if typed else ""}
        return _show(request, site, run, law, typed=typed, theirs=both, status=HTTPStatus.CONFLICT)
    messages.success(request, gettext("Corrected: %(what)s. It can be undone.") % {"what": fix_words(row)})
    after = row.number if row.kind == FixKind.RENAME else _still_there(run, row.article)
    return HttpResponseRedirect(address(run, "structure", article=after) + "#article")


def _typed(values: Any) -> Fix:
    kind = values.get("kind", "")
    if kind not in set(FixKind):
        raise ValidationError(gettext("Choose one of the corrections."))
    line = int(values["line"]) if values.get("line", "").isdecimal() else 0
    number, heading = (" ".join(values.get(name, "").split()) for name in ("number", "heading"))
    return Fix(FixKind(kind), values.get("article", ""), line, number, heading, values.get("at", ""))


def _still_there(run: Import, number: str) -> str:
    """The article itself, or, when it has gone into another one, the one that holds it now."""
    tree = staging.staged_tree(run)
    known = [one.number for one in tree.articles]
    if number in known:
        return number
    line = staging.fixes_of(run)[-1].line
    return _article_at(tree, line) or (known[0] if known else "")


def _words(fix: Fix) -> str:
    return _said(fix.kind.value, fix.article, f"{fix.number}. {fix.heading}")


def fix_words(row: ImportFix) -> str:
    return _said(row.kind, row.article, f"{row.number}. {row.heading}".strip(" ."))


def _said(kind: str, article: str, typed: str) -> str:
    said = {
        FixKind.RENAME: gettext("Article %(number)s is called %(typed)s"),
        FixKind.SPLIT: gettext("an article begins in Article %(number)s"),
        FixKind.JOIN: gettext("Article %(number)s goes on the article before"),
        FixKind.NOT_ARTICLE: gettext("Article %(number)s is no article"),
    }[FixKind(kind)]
    return said % {"number": article, "typed": typed}


match = acting(fixes.match_again, lambda: gettext("The articles are being matched again."), "progress")
