"""What programs write about meetings: text, moments and numbers every database can take."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

from search.fold import composed

FIRST_YEAR, LAST_YEAR = 1900, 9998


def has_usable_year(at: datetime) -> bool:
    """Can every time zone show this moment, and could a meeting be then?"""
    return FIRST_YEAR <= at.year <= LAST_YEAR


def usable_year(at: datetime) -> datetime:
    """Return the moment if its year is usable."""
    if not has_usable_year(at):
        raise ValueError("year")
    return at


def in_one_spelling(text: Any) -> Any:
    """Return the text as it will be kept, so that limits are those of the database: NFC may need more characters."""
    return composed(text) if isinstance(text, str) else text


Text = Annotated[str, BeforeValidator(in_one_spelling), StringConstraints(pattern="^[^\\x00]*$")]
Moment = Annotated[AwareDatetime, AfterValidator(usable_year)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
