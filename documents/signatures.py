"""What a verifier says about one signature of a PDF, in the form `documents` records it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

PERSON, AGENCY = "person", "agency"
GOOD = frozenset({"valid", "valid_with_notes"})


@dataclass(frozen=True, slots=True)
class Found:
    """One signature; `kind` is `person` or `agency`, `signer_id` the user who made it, `evidence` JSON values."""

    field_name: str
    kind: str
    signer_id: int
    certificate_subject: str
    certificate_serial: str
    trust_class: str
    signed_at: datetime
    verdict: str
    evidence: Mapping[str, Any] = field(default_factory=dict)


def kinds(found: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the kinds among (kind, verdict) pairs whose signatures are all good."""
    pairs = list(found)
    bad = {kind for kind, verdict in pairs if verdict not in GOOD}
    return frozenset(kind for kind, _ in pairs) - bad


def verb_for(found: Iterable[Found]) -> str:
    """Return the verb a file with these signatures completes: the agency's seal comes last (Art. 5, 13)."""
    return "seal" if any(one.kind == AGENCY for one in found) else "sign"
