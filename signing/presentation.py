"""A verifier's report in words, for pages, programs and the command line."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from signing.reasons import FINDINGS, TRUST_CLASSES, VERDICTS
from signing.verification.report import NOTES, Reason, Report, SignatureReport

LEVELS: dict[str, Promise] = {
    "B-B": _("signature only"),
    "B-T": _("with time stamp"),
    "B-LT": _("with time stamp and evidence for later"),
}


def as_json(report: Report) -> dict[str, Any]:
    """Return the report for programs: codes and sentences; `reasons` gathers all, each with its field."""
    raw = report.to_json()
    for each, shown in zip(report.signatures, raw["signatures"], strict=True):
        shown["reasons"] = [_reason(reason) for reason in each.reasons]
    gathered = [_reason(reason) for reason in report.reasons]
    gathered += [_reason(reason) | {"field": each.field} for each in report.signatures for reason in each.reasons]
    return {**raw, "verdict": str(report.verdict), "text": str(VERDICTS[report.verdict]), "reasons": gathered}


def lines(report: Report) -> list[str]:
    """Return the report as lines for a terminal."""
    found = [str(VERDICTS[report.verdict]), *(f"  - {FINDINGS[reason]}" for reason in report.reasons)]
    for each in report.signatures:
        found += [f"{each.field}: {VERDICTS[each.verdict]} – {named(each)}"]
        found += [f"  - {FINDINGS[reason]}" for reason in each.reasons]
    return found


def shown(report: Report) -> dict[str, Any]:
    """Return the report for a template."""
    return {
        "verdict": str(report.verdict),
        "verdict_text": VERDICTS[report.verdict],
        "reasons": _spoken(report.reasons),
        "stamps": report.stamps,
        "signatures": [_signature(each) for each in report.signatures],
    }


def named(each: SignatureReport) -> str:
    """Return who signed, as the certificate says."""
    return ", ".join(dict.fromkeys(filter(None, (each.signer, each.title, each.organization))))


def _signature(each: SignatureReport) -> dict[str, Any]:
    return {
        "report": each,
        "verdict": str(each.verdict),
        "verdict_text": VERDICTS[each.verdict],
        "named": named(each),
        "proven_at": _moment(each.stamped_at) if Reason.TIMESTAMP_UNTRUSTED not in each.reasons else None,
        "named_at": _moment(each.stamped_at or each.claimed_at),
        "level": LEVELS.get(each.level, each.level),
        "trust_class": TRUST_CLASSES.get(each.trust_class or ""),
        "reasons": _spoken(each.reasons),
    }


def _spoken(reasons: list[Reason]) -> list[dict[str, Any]]:
    return [{"text": FINDINGS[each], "note": each in NOTES} for each in reasons]


def _reason(reason: Reason) -> dict[str, str]:
    return {"code": str(reason), "text": str(FINDINGS[reason])}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
