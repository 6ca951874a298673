"""The demo: members, the Kazakh case, one French bill; on request one large code."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from amendments.services.importing import Report
from amendments.services.loading import concerns, laws, notes
from amendments.services.loading.files import Facts
from codes.models import Code
from tracker.accounts.demo import HANDLES, PASSWORD
from tracker.accounts.models import User
from tracker.accounts.roles import ROLES
from tracker.accounts.services import members

CASE = "kz-criminal-code-2014"


def loaded(law: str = CASE) -> bool:
    return Code.objects.filter(slug=law).exists()


@transaction.atomic
def load(folder: Path, *, report: Report) -> list[Code]:
    """Everything of the first start, or nothing. Returns the laws."""
    system = members.system()
    people = {
        handle: members.create(
            handle=handle,
            password=PASSWORD,
            by=system,
            reason="account of the demo",
            is_administrator=handle == "administrator",
            is_demo=True,
        )
        for handle in HANDLES
    }
    roles = {role: people[role] for role in ROLES}
    kazakhstan = Facts(folder / "facts" / "kazakhstan", folder / "texts")
    laws.load_sources(kazakhstan, by=system)
    found = laws.load_laws(kazakhstan, by=system, large=False, members=roles, report=report)
    laws.load_correspondences(kazakhstan, by=people["analyst"])
    case = next(law for law in found if law.slug == CASE)
    concerns.load_catalogue(kazakhstan, by=system)
    concerns.load_concerns(kazakhstan, law=case, by=people["analyst"], publisher=people["reviewer"])
    concerns.check_places(kazakhstan, case)
    concerns.load_actors(kazakhstan, law=case, by=system)
    concerns.load_verdicts(kazakhstan, author=people["analyst"], publisher=people["reviewer"])
    notes.load_notes(kazakhstan, author=people["analyst"], publisher=people["reviewer"])
    france = Facts(folder / "facts" / "france", folder / "texts")
    laws.load_sources(france, by=system)
    return found + laws.load_laws(france, by=system, large=False, members=roles, report=report)


@transaction.atomic
def load_large(folder: Path, *, report: Report) -> list[Code]:
    """The large code with its four editions."""
    roles = {role: User.objects.get(handle=role) for role in ROLES}
    france = Facts(folder / "facts" / "france", folder / "texts")
    return laws.load_laws(france, by=members.system(), large=True, members=roles, report=report)
