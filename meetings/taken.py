"""How many papers lie on whose device: said by the pages, shown to chair and secretary, never stored."""

from typing import Self

from ninja import Schema
from pydantic import Field, model_validator

from meetings.passing import passing
from meetings.session import RoomSession
from meetings.snapshot.views import CHAIR

MOST = 10_000


class PackData(Schema):
    """How many of the papers that may be taken along lie on the device, proved by their hashes."""

    have: int = Field(ge=0, le=MOST, strict=True)
    of: int = Field(ge=0, le=MOST, strict=True)

    @model_validator(mode="after")
    def within(self) -> Self:
        """Nobody has more than there is."""
        if self.have > self.of:
            raise ValueError("more than there is")
        return self


@passing("pack", PackData)
def pack(session: RoomSession, data: PackData) -> None:
    """Tell chair and secretary; the newest word of a person is shown to those who come later."""
    person = str(session.place.public_id)
    frame = {"kind": "pack", "data": {person: {"have": data.have, "of": data.of}}}
    session.tell(frame, (CHAIR,), key=f"pack:{person}", keep=True)
