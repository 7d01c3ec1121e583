"""The forms of the catalogues: a document type's wording, an issuing body, a pasted list, a starting number."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.actions.starts import MOST
from documents.issuers import is_organ_id
from documents.models import Issuer
from people.models import Agency
from ui.forms import DAWN_YEAR, DayField

LEVELS: dict[str, Promise] = {
    Issuer.Level.CENTRAL: pgettext_lazy("level", "Central"),
    Issuer.Level.PROVINCE: pgettext_lazy("level", "Province"),
    Issuer.Level.COMMUNE: pgettext_lazy("level", "Commune"),
    Issuer.Level.PARTY: pgettext_lazy("level", "Party and mass organisations"),
    Issuer.Level.OTHER: pgettext_lazy("level", "Other"),
}


class TypeForm(forms.Form):
    """A type of document from a day on."""

    name = forms.CharField(label=_("Name of the type"), max_length=80)
    abbreviation = forms.CharField(
        label=_("Abbreviation"),
        max_length=10,
        required=False,
        help_text=_("Empty where the symbol has none (công văn)."),
    )
    number_pattern = forms.CharField(
        label=_("Number pattern"),
        max_length=60,
        initial="{number}/{type}-{body}",
        help_text=_("{number}, {year}, {type}, {body} and {unit} are filled in; it begins with {number}/."),
    )
    basis = forms.CharField(label=_("Basis"), max_length=120, help_text=_("The regulation that introduces it."))
    effective_from = DayField(DAWN_YEAR, label=_("In force from"))


class IssuerForm(forms.Form):
    """A body that sends documents."""

    name = forms.CharField(label=_("Name of the body"), max_length=200)
    abbreviation = forms.CharField(label=_("Abbreviation"), max_length=40, required=False)
    organ_id = forms.CharField(
        label=_("Identifier"), max_length=35, required=False, help_text=_("After QĐ 20/2020/QĐ-TTg, such as H41.02.")
    )
    level = forms.ChoiceField(label=pgettext_lazy("agency", "Level"), choices=list(LEVELS.items()), initial="other")
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def clean_organ_id(self) -> str:
        """Take capital letters, digits and dots."""
        text = str(self.cleaned_data["organ_id"]).strip().upper()
        if text and not is_organ_id(text):
            raise forms.ValidationError(
                _("Write groups of capital letters and digits with dots between, such as H41.02.")
            )
        return text


class AgencyField(forms.ModelChoiceField[Agency]):
    """One of the agencies whose catalogue the person keeps."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, label=_("Catalogue of"), to_field_name="public_id", empty_label=None, **kwargs)


class PasteForm(forms.Form):
    """A list of bodies, one a line."""

    agency = AgencyField()
    lines = forms.CharField(
        label=_("Bodies, one per line"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("Name; abbreviation; identifier. The last two may be left out."),
    )


class StartForm(forms.Form):
    """The last number given on paper."""

    direction = forms.CharField(widget=forms.HiddenInput)
    agency = forms.UUIDField(widget=forms.HiddenInput)
    revised_from = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST)
    last = forms.IntegerField(label=_("Last number given on paper"), min_value=0, max_value=MOST)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
