"""The legal day: which day an instant falls on in Viet Nam, whatever clock the server keeps. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LEGAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def legal_day(at: datetime) -> date:
    """Return the day an instant falls on in Asia/Ho_Chi_Minh."""
    return at.astimezone(LEGAL_ZONE).date()
