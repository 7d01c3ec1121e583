"""Forms look the same everywhere: `{{ form }}` renders through the templates in `ui/forms/`."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

DAY = "%d/%m/%Y"
TIME = "%H:%M"
FIRST_YEAR, LAST_YEAR = 2000, 2100
DAWN_YEAR = 1945  # for what began before this program: posts, agencies, regulations


class FormRenderer(TemplatesSetting):
    """Django's renderer with our form and field templates."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"


class DayInput(forms.DateInput):
    """A day written day first, whatever the browser's language, with the browser's calendar beside it."""

    template_name = "ui/forms/day.html"

    def __init__(self, attrs: dict[str, Any] | None = None, format: str = DAY) -> None:  # noqa: A002
        usual = {"placeholder": _("dd/mm/yyyy"), "inputmode": "numeric", "autocomplete": "off", "data-day": True}
        super().__init__({**usual, **(attrs or {})}, format)


class HourInput(forms.TimeInput):
    """A time of day in twenty-four hours."""

    def __init__(self, attrs: dict[str, Any] | None = None, format: str = TIME) -> None:  # noqa: A002
        usual = {"placeholder": _("hh:mm"), "inputmode": "numeric", "autocomplete": "off", "data-hour": True}
        super().__init__({**usual, **(attrs or {})}, format)


class MomentInput(forms.MultiWidget):
    """A day and a time side by side."""

    template_name = "ui/forms/moment.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        names: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": DayInput({"aria-label": _("Day")}),
            "hour": HourInput({"aria-label": _("Time of day")}),
        }
        super().__init__(names, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Split a moment into its local day and time."""
        return list(forms.SplitDateTimeWidget().decompress(value))


class Years:
    """The years a day may lie in: so far outside, a day is a slip of the pen, and no calendar can reckon with it."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last

    def __call__(self, day: date) -> None:
        """Refuse a day outside."""
        if not self.first <= day.year <= self.last:
            sentence = _("The year must lie between %(first)s and %(last)s. Correct the day.")
            raise ValidationError(sentence, "year", {"first": self.first, "last": self.last})


class DayField(forms.DateField):
    """A day, written 21/11/2026; also 21-11-2026, 21.11.2026 and 2026-11-21."""

    widget = DayInput

    def __init__(self, first_year: int = FIRST_YEAR, **options: Any) -> None:
        super().__init__(input_formats=[DAY, "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"], **options)
        self.validators.append(Years(first_year, LAST_YEAR))


class MomentField(forms.SplitDateTimeField):
    """An aware moment in the local zone, written as a day and a time."""

    widget = MomentInput

    def __init__(self, **options: Any) -> None:
        days = [DAY, "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
        hours = [TIME, "%Hh%M", "%H.%M", "%H:%M:%S"]
        super().__init__(input_date_formats=days, input_time_formats=hours, **options)
        self.fields[0].validators.append(Years(FIRST_YEAR, LAST_YEAR))
