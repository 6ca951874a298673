"""The recommendations with the articles that they are about, as data for amendments."""

from __future__ import annotations

from tracker.publication.machine.akn import article_of
from tracker.publication.pages import words
from tracker.publication.reports import parts
from tracker.publication.reports.content import Options, Recommendation, Run
from tracker.publication.reports.material import Material, Subject
from tracker.publication.reports.presets.brief import listed, value_of


def recommendations(material: Material, options: Options) -> tuple[Recommendation, ...]:
    return tuple(_recommendation(subject, material, options) for subject in listed(material, options))


def _recommendation(subject: Subject, material: Material, options: Options) -> Recommendation:
    concern, cell = subject.row["concern"], subject.row["cells"][material.column]
    value, finding = value_of(subject, material, options), cell["verdicts"].get(options.base)
    version = material.version(subject.place["version"]) if subject.place else None
    objected = tuple(parts.standing_quotes(subject)[0]) if options.quotes else ()
    whole = subject.articles if options.quotes and not objected else ()
    return Recommendation(
        concern=subject.slug,
        name=next(iter(parts.said(concern["names"])), Run("")),
        ask=next(iter(parts.said(concern["asked"])), Run("")),
        value=value,
        verdict=str(words.VERDICTS[value]),
        reason=parts.reason(finding) if finding else "",
        standards=tuple(
            material.standards[slug]["cite"] for slug in concern["standards"] if slug in material.standards
        ),
        version=version["slug"] if version else "",
        text=words.text_name(version) if version else "",
        place=words.long_articles(subject.place["numbers"]) if subject.place else parts.articles_of(cell),
        numbers=tuple(subject.place["numbers"]) if subject.place else (),
        language=version["language"] if version else "",
        objected=objected,
        articles=tuple(article_of(article) for article in whole),
    )
