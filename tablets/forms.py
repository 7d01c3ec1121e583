"""What is filled in about tablets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Agency


class TabletForm(forms.Form):
    """A new tablet: of which agency, and what it is called."""

    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", label=_("Agency")
    )
    label = forms.CharField(label=_("Name, as written on its back"), max_length=60)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        if len(agencies) == 1:
            self.fields["agency"].initial = agencies[0].public_id
            self.fields["agency"].widget = forms.HiddenInput()


class RenameForm(forms.Form):
    """Another name for a tablet."""

    label = forms.CharField(label=_("Name, as written on its back"), max_length=60)
