"""Topics, standards, concerns with the provisions they speak of, statements, verdicts."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from amendments.models import (
    Addressee,
    Concern,
    ConcernStandard,
    ConcernTopic,
    Counterpart,
    Engagement,
    Event,
    Organisation,
    Provision,
    Recommendation,
    Signatory,
    Standard,
    StandardTopic,
    StatedPlace,
    Statement,
    StatementConcern,
    Topic,
    Verdict,
)
from amendments.services import editions, review, verdicts
from amendments.services.lineage import Lineages, versions_of
from amendments.services.loading.files import Facts, names
from codes.models import Article, Code, Source, Version
from codes.text.numbering import sort_key
from tracker.accounts.models import User
from tracker.common.writing import record, record_all

REASON = "loaded from sourced facts"


class FactsDiffer(Exception):
    """The facts name an article that the texts do not have where they say."""


def load_catalogue(facts: Facts, *, by: User) -> None:
    topics = {
        row["id"]: record(
            Topic(slug=row["id"], names=names(row["name"]), gist=row["gist"], order=order), by=by, reason=REASON
        )
        for order, row in enumerate(facts.rows("topics"))
    }
    for order, row in enumerate(facts.rows("standards")):
        standard = record(
            Standard(
                slug=row["id"], cite=row["cite"], gist=row["gist"], order=order, verified=bool(row.get("verified")),
                source=Source.objects.get(slug=row["source"]) if row.get("source") else None,
            ),
            by=by,
            reason=REASON,
        )  # fmt: skip
        record_all(
            [StandardTopic(standard=standard, topic=topics[topic]) for topic in row["topics"]], by=by, reason=REASON
        )


def load_concerns(facts: Facts, *, law: Code, by: User, publisher: User) -> None:
    """Concerns that name no law of their own belong to `law`. Written by one person and published by another."""
    for order, row in enumerate(facts.rows("concerns")):
        home = Code.objects.get(slug=row["law"]) if row.get("law") else law
        concern = record(
            Concern(
                provision=_provision(row, home, order, by),
                slug=row["id"],
                names=names(row["title"]),
                quoted=row.get("quoted", []),
                note=row.get("note", ""),
                source=Source.objects.get(slug=row["source"]),
                verified=row["verified"],
                sample=row.get("sample", False),
                order=order,
            ),
            by=by,
            reason=REASON,
        )
        record(Recommendation(concern=concern, ask=row["ask"], asked=names(row["asked"])), by=by, reason=REASON)
        for place, slug in enumerate(row["topics"]):
            record(ConcernTopic(concern=concern, topic=Topic.objects.get(slug=slug), order=place), by=by, reason=REASON)
        for place, slug in enumerate(row["standards"]):
            record(
                ConcernStandard(concern=concern, standard=Standard.objects.get(slug=slug), order=place),
                by=by,
                reason=REASON,
            )
        sent = editions.propose(concern, by=by, reason=REASON)
        seen = review.fingerprint(sent)
        review.publish(sent, by=publisher, revision=sent.revision, seen=seen, reason=REASON)


def _provision(row: dict[str, Any], law: Code, order: int, by: User) -> Provision:
    numbers = {slug: str(number) for slug, number in row["numbers"].items() if number is not None}
    versions = {version.slug: version for version in Version.objects.filter(slug__in=numbers)}
    chain = [version for version in versions_of(law) if version.slug in numbers]
    anchor = next((v for v in chain if v.obtained and numbers[v.slug] != "-"), None)
    provision = record(
        Provision(
            law=law,
            public_id=_public_id(row["id"]),
            slug=row["id"],
            names=names(row["title"]),
            anchor_version=anchor,
            anchor_number=numbers[anchor.slug] if anchor else "",
            order=order,
        ),
        by=by,
        reason=REASON,
    )
    chapter = _chapter(anchor, provision.anchor_number)
    for slug, number in numbers.items():
        if _must_state(versions[slug], number, law, chapter):
            record(
                StatedPlace(provision=provision, version=versions[slug], number="" if number == "-" else number),
                by=by,
                reason=REASON,
            )
    for other in row.get("counterparts", []):
        version = Version.objects.get(slug=other["version"])
        record(
            Counterpart(provision=provision, version=version, number=other["number"], parts=other.get("parts", "")),
            by=by,
            reason=REASON,
        )
    return provision


def _public_id(slug: str) -> str:
    """Four letters and digits that never change: of the slug, so that the demo's addresses stay the same."""
    return base64.b32encode(hashlib.sha256(slug.encode()).digest()).decode()[:4].lower()


def _chapter(version: Version | None, number: str) -> str | None:
    if version is None:
        return None
    article = Article.objects.filter(version=version, number=number).select_related("division").first()
    return article.division.number if article is not None and article.division is not None else None


def _must_state(version: Version, number: str, law: Code, chapter: str | None) -> bool:
    """Places that no text we hold can show. What a partial text lacks is not stated as absent: it says nothing."""
    if not version.obtained:
        return True
    if number != "-":
        return not Article.objects.filter(version=version, number=number).exists()
    if version.code_id != law.pk or chapter is None or not version.coverage:
        return True
    return chapter in version.coverage["whole_chapters"]


def check_places(facts: Facts, law: Code) -> None:
    """Every number that the facts give for a text we hold is found by walking the correspondences. Raises
    `FactsDiffer`.
    """
    lines = Lineages.of(law)
    provisions = {provision.slug: provision for provision in Provision.objects.filter(law=law)}
    for row in facts.rows("concerns"):
        provision = provisions.get(row["id"])
        if provision is None:
            continue
        walked = {place.version.slug: place for place in lines.life(provision)}
        for slug, number in row["numbers"].items():
            place = walked.get(slug)
            if number in {None, "-"} or place is None or place.stated or not place.version.obtained:
                continue
            if str(number) not in place.numbers:
                found = ", ".join(sorted(place.numbers, key=sort_key)) or "nothing"
                raise FactsDiffer(
                    f"{row['id']}: the facts name article {number} in {slug}; the correspondences lead to {found}."
                )


def load_actors(facts: Facts, *, law: Code, by: User) -> None:
    organisations = {
        row["id"]: record(
            Organisation(
                slug=row["id"], names=names(row["name"]), kind=row["kind"],
                source=Source.objects.get(slug=row["source"]), verified=row["verified"],
            ),
            by=by,
            reason=REASON,
        )
        for row in facts.rows("organisations")
    }  # fmt: skip
    concerns = {concern.slug: concern for concern in Concern.objects.all()}
    statements = {row["id"]: _statement(row, law, organisations, concerns, by) for row in facts.rows("statements")}
    for row in facts.rows("engagements"):
        record(
            Engagement(
                slug=row["id"],
                law=law,
                addressee=organisations[row["addressee"]],
                asked_by=organisations.get(row["asked_by"] or ""),
                statement=statements.get(row.get("statement", "")),
                asked_on=row["asked_on"],
                via=row["via"],
                answered_on=row.get("answered"),
                answer=row.get("answer", ""),
                outcome=row.get("outcome", ""),
                public_note=row.get("public_note", ""),
                source=Source.objects.get(slug=row["source"]),
                verified=row["verified"],
            ),
            by=by,
            reason=REASON,
        )
    for order, row in enumerate(facts.rows("calendar")):
        record(
            Event(
                law=law, date=row["date"], date_precision=row.get("date_precision", "day"),
                end=row.get("end"), order=order,
                what=row["what"], source=Source.objects.get(slug=row["source"]), verified=row["verified"],
            ),
            by=by,
            reason=REASON,
        )  # fmt: skip


def _statement(
    row: dict[str, Any], law: Code, organisations: dict[str, Organisation], concerns: dict[str, Concern], by: User
) -> Statement:
    statement = record(
        Statement(
            slug=row["id"], law=law, kind=row["kind"], title=row["title"],
            date=row["date"], date_precision=row.get("date_precision", "day"),
            notes={key: row[key] for key in ("signatories_note", "addressees_note", "raises_note") if key in row},
            source=Source.objects.get(slug=row["source"]), verified=row["verified"],
        ),
        by=by,
        reason=REASON,
    )  # fmt: skip
    for order, slug in enumerate(row["signatories"]):
        record(
            Signatory(statement=statement, organisation=organisations[slug], consent="published", order=order),
            by=by,
            reason=REASON,
        )
    for order, slug in enumerate(row["addressees"]):
        record(Addressee(statement=statement, organisation=organisations[slug], order=order), by=by, reason=REASON)
    for slug in row["raises"]:
        if slug in concerns:
            record(StatementConcern(statement=statement, concern=concerns[slug]), by=by, reason=REASON)
    return statement


def load_verdicts(facts: Facts, *, author: User, publisher: User) -> int:
    """Verdicts through the same door as anybody's: written by one person, published by another. Raises
    `NeedsReason`.
    """
    concerns = {
        concern.slug: concern
        for concern in Concern.objects.select_related("provision__law__replaces", "recommendation")
    }
    versions = {version.slug: version for version in Version.objects.select_related("code")}
    sources = {source.slug: source for source in Source.objects.all()}
    lines = {law: Lineages.of(Code.objects.get(pk=law)) for law in {c.provision.law_id for c in concerns.values()}}
    rows = facts.rows("verdicts")
    for row in rows:
        concern = concerns[row["concern"]]
        verdict = Verdict(
            concern=concern,
            version=versions[row["version"]],
            base=row["base"],
            value=row["value"],
            reason=row["reason"],
            basis=row["basis"],
            source=sources[row["source"]],
            verified=row["verified"],
            sample=row.get("sample", False) or concern.sample,
            caution=row.get("caution", ""),
            text_held=row.get("text_in_corpus", True),
            lifecycle=row.get("lifecycle", ""),
        )
        known = lines[concern.provision.law_id]
        verdicts.write(verdict, by=author, reason=REASON, lines=known)
        sent = review.submit(verdict, by=author, revision=verdict.revision)
        seen = review.fingerprint(sent)
        review.publish(sent, by=publisher, revision=sent.revision, seen=seen, reason=REASON, lines=known)
    return len(rows)
