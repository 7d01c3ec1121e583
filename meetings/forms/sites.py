"""What is written about a site, and how people get in."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.details import Entry, SiteDetails

LINK_ERROR = _("A link begins with http:// or https://. Copy it from the invitation of the video call.")


class LinkField(forms.CharField):
    """An address of the web, or nothing; other schemes (javascript, ftp) are refused."""

    default_validators = [URLValidator(schemes=["http", "https"], message=LINK_ERROR)]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, required=False, **kwargs)


class SiteForm(forms.Form):
    """One site; `seen_…` is what the page said when it was opened."""

    name = forms.CharField(label=pgettext_lazy("site", "Name of the site"), max_length=120)
    place = forms.CharField(label=pgettext_lazy("site", "Where it is"), max_length=200, required=False)
    join_link = LinkField(label=_("Link to join"))
    seen_name = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    seen_place = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    seen_join_link = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    def written(self) -> SiteDetails:
        """Return what was written."""
        data = self.cleaned_data
        return SiteDetails(data["name"], data["place"], data["join_link"])

    def seen(self) -> SiteDetails:
        """Return what the page said."""
        data = self.cleaned_data
        return SiteDetails(data["seen_name"], data["seen_place"], data["seen_join_link"])


class EntryForm(forms.Form):
    """How people check in, and the link for those online."""

    self_check_in = forms.TypedChoiceField(
        label=_("Who checks in how"),
        choices=[("yes", _("Everybody by themselves, or with the code")), ("no", _("Only with the code of the room"))],
        coerce=lambda value: value == "yes",
    )
    join_link = LinkField(label=_("Link for those online"))
    seen_self = forms.CharField(max_length=5, required=False)
    seen_join_link = forms.CharField(max_length=500, required=False)

    def written(self) -> Entry:
        """Return what was chosen."""
        return Entry(self.cleaned_data["self_check_in"], self.cleaned_data["join_link"])

    def seen(self) -> Entry:
        """Return what the page said."""
        return Entry(self.cleaned_data["seen_self"] == "yes", self.cleaned_data["seen_join_link"])
