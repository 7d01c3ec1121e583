"""The presenter's page, zoom and pointer: passing frames, checked against the rows, kept for who comes later."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import UUID4, Field

from meetings.models import Meeting
from meetings.passing import passing
from meetings.session import RoomSession
from people.live_threads import in_thread

PAUSE = 0.1  # a pointer that jumps four times a second cannot be followed by the eye
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class LeadData(Schema):
    """What the presenter sees: a page, the part of it on their screen, and where they point, in shares of the page."""

    document: UUID4
    version: Annotated[int, Field(ge=1, le=100_000)]
    page: Annotated[int, Field(ge=1, le=100_000)]
    area: tuple[Share, Share, Share, Share] | None = None
    pointer: tuple[Share, Share] | None = None


@passing("lead", LeadData)
async def lead(session: RoomSession, data: LeadData) -> None:
    """Show everybody where the presenter is; frames of anybody else, or of another paper, are dropped."""
    if await in_thread(lambda: is_led(session, data)):
        told = {**data.model_dump(mode="json", exclude_none=True), "by": str(session.place.public_id)}
        session.tell({"kind": "lead", "data": told}, key="lead", keep=True, pause=PAUSE)


def is_led(session: RoomSession, data: LeadData) -> bool:
    """Does this person lead now, with this very version open?"""
    led: dict[str, Any] = {"led_version__number": data.version, "led_version__document__public_id": data.document}
    return Meeting.objects.filter(pk=session.meeting.pk, state="open", presenter=session.place, **led).exists()
