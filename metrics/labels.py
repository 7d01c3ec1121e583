"""What periods are called on screen."""

from django.utils.translation import gettext as _

from metrics.periods import Period

_ROMAN = ("I", "II", "III", "IV")


def period_label(period: Period) -> str:
    """Return a period as offices write it: Tháng 11/2026, Quý IV/2026."""
    match period.months:
        case 1:
            return _("Month %(month)s/%(year)s") % {"month": period.first, "year": period.year}
        case 3:
            return _("Quarter %(quarter)s/%(year)s") % {"quarter": _ROMAN[period.place - 1], "year": period.year}
        case 6 if period.place == 1:
            return _("First half of %(year)s") % {"year": period.year}
        case 6:
            return _("Second half of %(year)s") % {"year": period.year}
        case _:
            return _("Year %(year)s") % {"year": period.year}
