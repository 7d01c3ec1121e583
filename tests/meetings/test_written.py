"""What programs write: texts are measured as they are kept, numbers stay within what can be counted and shown."""

import pytest
from pydantic import ValidationError

from ledger.verdict import Refused
from meetings.actions import votes
from meetings.commands.votes import AskedData, OutsideData
from meetings.details import Asked
from tests.meetings.factories import now, world

VOTE = "77aa2a3e-7d0f-4a53-9a3e-0c6a3f1f6d11"
LONGER_IN_NFC = "\u0958"  # two characters once it is in one spelling


def test_a_limit_is_that_of_the_database():
    assert AskedData.model_validate({"question": "e\u0302\u0301" * 500}).question == "ế" * 500
    with pytest.raises(ValidationError):
        AskedData.model_validate({"question": LONGER_IN_NFC * 251})
    with pytest.raises(ValidationError):
        AskedData.model_validate({"question": "a\0"})
    with pytest.raises(ValidationError):
        AskedData.model_validate({"question": ["a"]})


@pytest.mark.django_db
def test_a_question_from_a_form_is_measured_so_too():
    made = world("open")
    asked = Asked(question=LONGER_IN_NFC * 251)
    with pytest.raises(Refused, match="text_too_long"):
        votes.prepare(made.items[0], asked=asked, by=made.chair, at=now())


def test_counts_are_numbers_people_can_be():
    with pytest.raises(ValidationError):
        OutsideData.model_validate({"vote": VOTE, "counts": {"yes": 10**4299}, "present": 4})
    assert OutsideData.model_validate({"vote": VOTE, "counts": {"yes": 4}, "present": 4}).counts == {"yes": 4}
