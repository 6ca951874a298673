"""Akoma Ntoso 3.0: the recommendations as a list of amendments, each with the words of the law that it is about.

An amendment says which article is meant, then the words to change, or the article where it names none. What should
stand there instead is said in the recommendation's own words: nobody drafted them as law, so nothing pretends to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as etree

from codes.text.akn_names import OWN
from codes.text.akn_writer import UNKNOWN_COUNTRY, article_element, clean, level, make, p, printed
from codes.text.nodes import Article
from codes.text.paragraphs import slug
from tracker.publication.reports.content import Recommendation, ReportContent, Run
from tracker.publication.reports.render.frame import draft_mark

_SENDER, _PRODUCT = "#sender", "#product"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def render(content: ReportContent) -> bytes:
    listed = content.recommendations
    found = make(
        "amendmentList",
        _meta(content, ""),
        _preface(content),
        make("collectionBody", *([_component(each, content) for each in listed] or [_nothing(content)])),
        name=content.options.preset,
    )
    return printed(found).encode()


def _meta(content: ReportContent, part: str) -> etree.Element:
    """Of the list, or of the amendment `part` in it."""
    origin, language = content.origin, content.options.language
    day = origin.day.isoformat()
    work = f"/akn/{UNKNOWN_COUNTRY}/amendmentList/{day}/{content.law}-{content.options.preset}"
    whole = work if not part else f"{work}/!{part}"
    known = {"date": day, "author": _SENDER}
    return make(
        "meta",
        make(
            "identification",
            level("FRBRWork", whole, make("FRBRcountry", value=UNKNOWN_COUNTRY), **known),
            level("FRBRExpression", f"{whole}/{language}", make("FRBRlanguage", language=language), **known),
            level("FRBRManifestation", f"{whole}/{language}.xml", **known),
            source=_PRODUCT,
        ),
        *(() if part else _origin(content)),
    )


def _origin(content: ReportContent) -> Iterator[etree.Element]:
    origin, product = content.origin, content.labels.product
    organisations = (("sender", origin.organisation or product), ("product", product))
    yield make(
        "references",
        *(
            make("TLCOrganization", eId=name, href=f"/ontology/organization/{name}", showAs=clean(said))
            for name, said in organisations
        ),
        source=_PRODUCT,
    )
    said = {"law": content.law, "text": content.text, "address": origin.address, "hash": origin.hash}
    report = make(f"{{{OWN}}}report", release=str(origin.release), export=origin.export, **said)
    for name, count in content.counts.as_dict().items():
        report.append(make(f"{{{OWN}}}count", name=name, value=str(count)))
    yield make("proprietary", report, source=_PRODUCT)


def _preface(content: ReportContent) -> etree.Element:
    title = make("longTitle", make("p", make("docTitle", clean(f"{content.title} – {content.law_name}"))))
    lines = [draft_mark(content), f"{content.text_name} · {content.labels.as_of}", " ".join(content.headline)]
    return make("preface", title, *(p(line) for line in (*lines, *content.cover) if line))


def _component(found: Recommendation, content: ReportContent) -> etree.Element:
    own = f"amendment_{slug(found.concern)}"
    reason = "; ".join(each for each in (f"{found.verdict}: {found.reason}".rstrip(": "), *found.standards) if each)
    body = make(
        "amendmentBody",
        make("amendmentHeading", _paragraph(found.name)),
        make("amendmentContent", _paragraph(found.ask), *_changes(found, own, content)),
        make("amendmentJustification", p(reason), **{"class": found.value}),
    )
    amendment = make("amendment", _meta(content, slug(found.concern)), body, name="recommendation")
    return make("component", amendment, eId=own)


def _nothing(content: ReportContent) -> etree.Element:
    """A list may not be empty: where no recommendation is listed, the headline stands in its place."""
    return make("component", make("interstitial", p(" ".join(content.headline))), eId="none")


def _paragraph(run: Run) -> etree.Element:
    found = p(run.text)
    if run.language:
        found.set(_LANGUAGE, run.language)
    return found


def _changes(found: Recommendation, own: str, content: ReportContent) -> Iterator[etree.Element]:
    """A paragraph for each place: the article, then its words in question."""
    order = 0
    for quote in found.objected:
        order += 1
        words = make("quotedText", clean(quote.text), **{_LANGUAGE: quote.language})
        yield _mod(f"{own}__mod_{order}", quote.place, _address(found, quote.number, content), words)
    for article in found.articles:
        order += 1
        mod = f"{own}__mod_{order}"
        structure = make("quotedStructure", _quoted(article, mod), eId=f"{mod}__qstr_1", **{_LANGUAGE: found.language})
        yield _mod(mod, f"{found.place}, {found.text}", _address(found, article.number, content), structure)
    if not order and found.numbers:
        yield _mod(f"{own}__mod_1", found.place, _address(found, found.numbers[0], content))
    elif not order:
        yield p(found.place)


def _mod(eid: str, place: str, address: str, *words: etree.Element) -> etree.Element:
    reference = make("ref", clean(place), href=address)
    if words:
        reference.tail = ": "
    return make("p", make("mod", reference, *words, eId=eid))


def _quoted(article: Article, mod: str) -> etree.Element:
    """The article with its own ids as `wId`: an `eId` must be the only one of its kind in this file."""
    found = article_element(article)
    for element in found.iter():
        eid = element.get("eId")
        if eid:
            element.set("wId", eid)
            element.set("eId", f"{mod}__{eid}")
    return found


def _address(found: Recommendation, number: str, content: ReportContent) -> str:
    """Of the article in the frozen state; of a draft, which has none, from the root of the site."""
    start = content.origin.address or f"/{content.options.language}/laws/{content.law}/"
    return f"{start}v/{found.version}/art-{number}/"
