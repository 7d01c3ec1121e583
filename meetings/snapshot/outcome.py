"""Conclusions."""

from meetings.models import Conclusion
from meetings.snapshot.views import CHAIR, GUEST, Data, moment


def conclusion_data(conclusion: Conclusion, view: str) -> Data:
    """Return one conclusion; its files are for those who read the minutes, so guests are told of none."""
    files = [] if view == GUEST else sorted(conclusion.files.all(), key=lambda file: file.pk)
    return {
        "item": str(conclusion.item.public_id) if conclusion.item else None,
        "position": conclusion.position,
        "text": conclusion.text,
        "at": moment(conclusion.created_at),
        "files": [{"document": str(file.public_id), "title": file.title} for file in files] or None,
    }


def conclusion_for(conclusion: Conclusion, view: str) -> Data | None:
    """Return the conclusion as that view has it: one on a hidden item is the chair's alone."""
    hidden = view != CHAIR and conclusion.item is not None and conclusion.item.hidden
    return None if hidden else conclusion_data(conclusion, view)
