"""The words of a verdict: codes per signature and for the whole file, and how they add up."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from dataclasses import field as made
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What a person is told; `could not check` is never merged with `valid`."""

    VALID = "valid"
    VALID_WITH_NOTES = "valid_with_notes"
    INVALID = "invalid"
    INDETERMINATE = "indeterminate"
    UNSIGNED = "unsigned"


class Reason(StrEnum):
    """Everything a check can find; sentences in `signing/reasons.py`."""

    # the signature is not what it claims to be
    DOCUMENT_CHANGED = "document_changed"
    SIGNATURE_BROKEN = "signature_broken"
    PARTIAL_COVERAGE = "partial_coverage"
    FORBIDDEN_CHANGE = "forbidden_change"
    CERTIFICATE_REVOKED = "certificate_revoked"
    WRONG_KEY_USAGE = "wrong_key_usage"
    WEAK_ALGORITHM = "weak_algorithm"
    TIMESTAMP_BROKEN = "timestamp_broken"
    # the file was changed around its signatures
    TRAILING_DATA = "trailing_data"
    UNSIGNED_CHANGES = "unsigned_changes"
    FIELD_CHANGED = "field_changed"
    VALUE_WITHOUT_LOOKS = "value_without_looks"
    LOOKS_CHANGED = "looks_changed"
    SIGNATURE_REMOVED = "signature_removed"
    SIGNATURE_MISSING = "signature_missing"
    # it could not be determined
    UNTRUSTED_ROOT = "untrusted_root"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    REVOCATION_UNKNOWN = "revocation_unknown"
    UNSUPPORTED_SIGNATURE = "unsupported_signature"
    NOT_DETERMINED = "not_determined"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_LONG = "too_long"
    NOT_A_PDF = "not_a_pdf"
    # valid, and worth knowing
    NO_TIMESTAMP = "no_timestamp"
    TIMESTAMP_UNTRUSTED = "timestamp_untrusted"
    TIMESTAMP_CERTIFICATE_EXPIRED = "timestamp_certificate_expired"
    REVOCATION_NOT_PUBLISHED = "revocation_not_published"
    FIELD_ADDED = "field_added"
    LOOKS_NOT_COMPARED = "looks_not_compared"


INVALIDATING = frozenset(list(Reason)[: list(Reason).index(Reason.UNTRUSTED_ROOT)])
NOTES = frozenset(list(Reason)[list(Reason).index(Reason.NO_TIMESTAMP) :])
WORST_FIRST = (Verdict.INVALID, Verdict.INDETERMINATE, Verdict.VALID_WITH_NOTES, Verdict.VALID)


def judged(reasons: Iterable[Reason]) -> Verdict:
    """Return what a set of findings amounts to."""
    found = set(reasons)
    if found & INVALIDATING:
        return Verdict.INVALID
    if found - NOTES:
        return Verdict.INDETERMINATE
    return Verdict.VALID_WITH_NOTES if found else Verdict.VALID


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of several: all must hold."""
    given = set(verdicts)
    return next((verdict for verdict in WORST_FIRST if verdict in given), Verdict.UNSIGNED)


@dataclass(slots=True)
class SignatureReport:
    """One signature; `reasons` may grow while the file around it is looked at."""

    field: str
    signer: str = ""
    organization: str = ""
    title: str = ""
    issuer: str = ""
    serial: str = ""
    certificate_sha256: str = ""
    claimed_at: str | None = None
    stamped_at: str | None = None
    level: str = ""
    trust_class: str | None = None
    root: str = ""
    covers: str = ""
    certifies: bool = False
    algorithm: str = ""
    reasons: list[Reason] = made(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        return judged(self.reasons)


@dataclass(slots=True)
class Report:
    """The whole file: every signature, what was found around them, and what was not looked at."""

    signatures: list[SignatureReport] = made(default_factory=list)
    reasons: list[Reason] = made(default_factory=list)
    stamps: int = 0
    trust_version: str = ""
    checked_at: str = ""

    @property
    def verdict(self) -> Verdict:
        if not self.signatures and not self.reasons:
            return Verdict.UNSIGNED
        return together([*(each.verdict for each in self.signatures), judged(self.reasons)])

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values, verdicts included."""
        signatures = [{**asdict(each), "verdict": each.verdict} for each in self.signatures]
        return {**asdict(self), "verdict": self.verdict, "signatures": signatures}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Report":
        """Read what `to_json` wrote."""
        given = {name: value for name, value in raw.items() if name != "verdict"}
        given["reasons"] = [Reason(code) for code in raw["reasons"]]
        given["signatures"] = [_signature(each) for each in raw["signatures"]]
        return cls(**given)


def failed(reason: Reason) -> Report:
    """Return the report of a file that could not be looked into."""
    return Report(reasons=[reason])


def _signature(raw: dict[str, Any]) -> SignatureReport:
    given = {name: value for name, value in raw.items() if name != "verdict"}
    given["reasons"] = [Reason(code) for code in raw["reasons"]]
    return SignatureReport(**given)
