"""Why a signature was refused, and what a check found: codes and their sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from signing.verification.report import Reason, Verdict

REASONS: dict[str, Promise] = {
    "no_credential": _("You have no signing certificate here. Ask the administrator to issue one."),
    "no_agency_credential": _("The agency has no certificate for its seal. Ask the administrator to issue one."),
    "credential_expired": _("The signing certificate has expired. Ask the administrator for a new one."),
    "pin_wrong": _("The PIN is wrong. Nothing was signed; try again."),
    "pin_locked": _("Too many wrong PINs. Signing with this key is locked until %(until)s."),
    "session_over": _("Signing took longer than five minutes. Nothing was signed; start again."),
    "not_what_was_shown": _("The document changed after it was shown to you. Read the new version, then sign."),
    "certificate_not_usable": _(
        "The certificate cannot be used now: it is revoked, or its status could not be checked. Nothing was signed."
    ),
    "no_timestamp": _("The time-stamp service does not answer. Nothing was signed; try again in a few minutes."),
    "key_unavailable": _(
        "The signing key cannot be opened on this server. Tell the administrator; nothing was signed."
    ),
    "leader_first": _("The competent person has to sign before the agency's seal."),
    "file_not_prepared": _("The file has no places for signatures. Return the document and submit it again."),
    "weak_key": _("The key of this certificate is too weak to sign with. Ask the administrator for a new one."),
    "own_output_not_valid": _("The signed file did not pass our own check and was thrown away. Try again."),
    "file_not_fit": _(
        "The file holds scripts, foreign form fields or fonts that are not embedded: it cannot be signed."
    ),
    "check_size": _("The file is empty or larger than 32 MB. Choose another one."),
    "no_software_keys": _("This server issues demonstration certificates only in the demo, never in production."),
}

FINDINGS: dict[Reason, Promise] = {
    Reason.DOCUMENT_CHANGED: _("The content was changed after it was signed."),
    Reason.SIGNATURE_BROKEN: _("The signature does not belong to this content, or was damaged."),
    Reason.PARTIAL_COVERAGE: _("The signature leaves out a part of the file."),
    Reason.FORBIDDEN_CHANGE: _("After the signature the file was changed in a way the signer does not allow."),
    Reason.CERTIFICATE_REVOKED: _("The signer's certificate had been revoked."),
    Reason.WRONG_KEY_USAGE: _("The certificate is not meant for signing documents."),
    Reason.WEAK_ALGORITHM: _("The signature uses an algorithm or a key that is no longer safe."),
    Reason.TIMESTAMP_BROKEN: _("The time stamp does not belong to this signature."),
    Reason.TRAILING_DATA: _("There is data outside the signed content, such as after the end of the file."),
    Reason.UNSIGNED_CHANGES: _("The last changes of the file are not covered by any signature."),
    Reason.FIELD_CHANGED: _("A form field was changed after the signature."),
    Reason.VALUE_WITHOUT_LOOKS: _("A field shows something else than the value it holds."),
    Reason.LOOKS_CHANGED: _("The pages look different from what was signed."),
    Reason.SIGNATURE_REMOVED: _("A signature that the file once held was removed."),
    Reason.SIGNATURE_MISSING: _("A signature that should be here is missing."),
    Reason.UNTRUSTED_ROOT: _("The certificate does not lead to an authority trusted here: who signed is not proven."),
    Reason.CERTIFICATE_EXPIRED: _(
        "The certificate has expired, and no trusted time stamp proves an earlier signature."
    ),
    Reason.CERTIFICATE_NOT_YET_VALID: _("The certificate was not yet valid at the time of signing."),
    Reason.REVOCATION_UNKNOWN: _("Whether the certificate was revoked could not be checked."),
    Reason.UNSUPPORTED_SIGNATURE: _("This kind of signature is not supported, or its data cannot be read."),
    Reason.NOT_DETERMINED: _("The signature could not be judged."),
    Reason.UNREADABLE: _("The file is damaged and cannot be read."),
    Reason.ENCRYPTED: _("The file is protected by a password. Remove the protection and check again."),
    Reason.TOO_LONG: _("The check took too much time or memory and was stopped."),
    Reason.NOT_A_PDF: _("This is not a PDF file."),
    Reason.NO_TIMESTAMP: _("No time stamp: the time of signing is only what the signer's computer said."),
    Reason.TIMESTAMP_UNTRUSTED: _("The time stamp comes from an authority that is not trusted here."),
    Reason.TIMESTAMP_CERTIFICATE_EXPIRED: _("The certificate of the time-stamp authority has expired since."),
    Reason.REVOCATION_NOT_PUBLISHED: _("The certificate names no place where its revocation would be published."),
    Reason.FIELD_ADDED: _("Fields or signatures were added after this signature."),
    Reason.LOOKS_NOT_COMPARED: _("The file is long: only its first pages were compared with what was signed."),
}

VERDICTS: dict[Verdict, Promise] = {
    Verdict.VALID: _("Valid"),
    Verdict.VALID_WITH_NOTES: _("Valid, with notes"),
    Verdict.INVALID: _("Not valid"),
    Verdict.INDETERMINATE: _("Could not be determined"),
    Verdict.UNSIGNED: _("Not signed"),
}

TRUST_CLASSES: dict[str, Promise] = {
    "official": _("Official-duty certificate (công vụ)"),
    "public": _("Public certificate"),
    "internal": _("Internal certificate"),
    "given": _("Root named by the checker"),
}
