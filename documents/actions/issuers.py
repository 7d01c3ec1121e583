"""The catalogue of bodies that send documents: entered, corrected, retired, pasted in one go."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from documents import rules
from documents.content import tidy
from documents.issuers import Line, key_of
from documents.models import Issuer
from ledger.days import legal_day
from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people.locks import locked
from people.models import Agency, User

FIELDS = ("name", "abbreviation", "organ_id", "level", "address", "email")


@action
def add(agency: Agency, *, by: User, at: datetime, **facts: str) -> Issuer:
    """Enter a body; one of the same name or identifier is refused."""
    rules.may_keep_catalogues(by, agency.pk).require()
    issuer = Issuer(agency=agency, **_tidied(facts))
    _stored(issuer)
    _note(issuer, "create", by, at)
    return issuer


@action
def edit(issuer: Issuer, *, revision: int, by: User, at: datetime, **facts: str) -> Issuer:
    """Correct a body as it was read at `revision`; arrivals keep the name they came with."""
    issuer = locked(issuer)
    rules.may_keep_catalogues(by, issuer.agency_id).require()
    if issuer.revision != revision:
        raise Refused("changed_meanwhile")
    wanted = _tidied(facts)
    if all(getattr(issuer, name) == value for name, value in wanted.items()):
        nothing_changed()
        return issuer
    for name, value in wanted.items():
        setattr(issuer, name, value)
    issuer.revision += 1
    _stored(issuer)
    _note(issuer, "update", by, at)
    return issuer


@action
def set_retired(issuer: Issuer, *, retired: bool, by: User, at: datetime) -> None:
    """Suggest a body no longer, or again."""
    issuer = locked(issuer)
    rules.may_keep_catalogues(by, issuer.agency_id).require()
    if (issuer.retired_on is not None) == retired:
        nothing_changed()
        return
    issuer.retired_on = legal_day(at) if retired else None
    issuer.revision += 1
    _stored(issuer)
    _note(issuer, "retire" if retired else "use_again", by, at)


@action
def paste(agency: Agency, lines: Iterable[Line], *, by: User, at: datetime) -> int:
    """Enter many bodies, those already there left as they are; return how many are new."""
    agency = locked(agency)
    rules.may_keep_catalogues(by, agency.pk).require()
    there = Issuer.objects.filter(agency=agency, retired_on__isnull=True)
    keys = set(there.values_list("key", flat=True))
    ids = set(there.exclude(organ_id="").values_list("organ_id", flat=True))
    new = []
    for line in lines:
        if key_of(line.name) in keys or (line.organ_id and line.organ_id in ids):
            continue
        facts = {"name": line.name, "abbreviation": line.abbreviation, "organ_id": line.organ_id}
        new.append(Issuer(agency=agency, **_tidied(facts)))
        keys.add(new[-1].key)
        ids.add(line.organ_id)
    if not new:
        nothing_changed()
        return 0
    Issuer.objects.bulk_create(new)
    data = {"names": [issuer.name for issuer in new]}
    record(agency, "paste_issuers", by=by, at=at, agency_id=agency.pk, data=data)
    return len(new)


def _tidied(facts: Mapping[str, str]) -> dict[str, Any]:
    wanted = {name: tidy(facts[name]) for name in FIELDS if name in facts}
    return {**wanted, "key": key_of(wanted["name"])}


def _stored(issuer: Issuer) -> None:
    """Store the body; of two that ask for one name at once the second is refused."""
    try:
        with transaction.atomic():
            issuer.save()
    except IntegrityError:
        raise Refused("issuer_taken") from None


def _note(issuer: Issuer, verb: str, by: User, at: datetime) -> None:
    data = {"name": issuer.name, "organ_id": issuer.organ_id}
    record(issuer, verb, by=by, at=at, agency_id=issuer.agency_id, data=data)
