"""Moments as Vietnamese offices write them; pure apart from the language and the zone in force."""

from datetime import date, datetime

from django.utils import formats, timezone

STYLES = ("full", "short", "date", "time", "long")


def spoken(moment: datetime | date, style: str = "short") -> str:
    """A moment or a day in the active language: 14:30 21/11/2026."""
    if not isinstance(moment, datetime):
        return formats.date_format(moment, "DATE_FORMAT")
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    match style:
        case "date":
            return formats.date_format(local, "DATE_FORMAT")
        case "time":
            return formats.time_format(local, "TIME_FORMAT")
        case "full":
            return formats.date_format(local, "H:i:s d/m/Y")
        case "long":
            return f"{formats.date_format(local, 'H:i, l')}, {formats.date_format(local, 'DATE_FORMAT')}"
        case _:
            return formats.date_format(local, "DATETIME_FORMAT")


def machine(moment: datetime | date) -> str:
    """The same for the `datetime` attribute."""
    aware = isinstance(moment, datetime) and timezone.is_aware(moment)
    return timezone.localtime(moment).isoformat() if aware else moment.isoformat()  # type: ignore[arg-type]
