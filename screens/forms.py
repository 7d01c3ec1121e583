"""What is filled in about screens."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import Site
from screens.actions.pairing import MAX_LABEL, Hanging
from screens.models import Screen

THEMES = [
    (Screen.Theme.DARK.value, pgettext_lazy("screen", "Dark")),
    (Screen.Theme.LIGHT.value, pgettext_lazy("screen", "Light")),
]


class HangingForm(forms.Form):
    """Where a screen hangs and how it looks."""

    label = forms.CharField(label=_("Name, such as where it hangs"), max_length=MAX_LABEL)
    site: "forms.ModelChoiceField[Site]" = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", required=False, label=_("Site"), empty_label=_("The meeting’s room")
    )
    theme = forms.ChoiceField(choices=THEMES, label=pgettext_lazy("screen", "Appearance"))

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        if not sites:
            self.fields["site"].widget = forms.HiddenInput()

    def hanging(self) -> Hanging:
        """Return what was filled in."""
        given = self.cleaned_data
        return Hanging(given["label"], given["site"], given["theme"])


class PairForm(HangingForm):
    """The six digits a screen shows, and what it is to be called."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=20,
        validators=[RegexValidator(r"^[\s-]*(?:[0-9][\s-]*){6}$", _("The code has six digits."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input screen-code"}),
    )
    field_order = ["code", "label", "site", "theme"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].required = False


class ChangeForm(HangingForm):
    """A screen that hangs elsewhere now."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput())
