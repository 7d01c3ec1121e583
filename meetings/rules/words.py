"""Questions about what people write."""

from ledger.verdict import YES, Verdict, no

MINIMUM_REASON, MAXIMUM_REASON = 10, 500


def is_reason(reason: str) -> Verdict:
    """Is this a reason others can work with?"""
    length = len(reason.strip())
    if length > MAXIMUM_REASON:
        return no("reason_too_long", most=MAXIMUM_REASON)
    return YES if length >= MINIMUM_REASON and "\0" not in reason else no("reason_too_short")


def has_text(text: str) -> Verdict:
    """Is there anything written?"""
    return YES if text.strip() else no("text_missing")


def is_change_note(words: str) -> Verdict:
    """Do these words say what changed?"""
    length = len(words.strip())
    if length > MAXIMUM_REASON:
        return no("reason_too_long", most=MAXIMUM_REASON)
    return YES if length >= MINIMUM_REASON and "\0" not in words else no("change_note_missing")
