"""What is filled in about guides and feedback."""

from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guides.labels import KINDS
from guides.written import GuideText
from people.models import Agency, Post

MAX_BODY = 100_000


class GuideForm(forms.Form):
    """A guide: for whom, its title and text."""

    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", label=_("Agency"), help_text=_("Units under it read the guide too.")
    )
    title = forms.CharField(label=pgettext_lazy("guide", "Title"), max_length=200)
    roles = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=Post.Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody chosen: for everybody."),
    )
    body = forms.CharField(
        label=pgettext_lazy("guide", "Text"), max_length=MAX_BODY, widget=forms.Textarea(attrs={"rows": 20})
    )
    video = forms.URLField(
        label=_("Address of a film"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("If there is one."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        if len(agencies) == 1:
            self.fields["agency"].initial = agencies[0].public_id
            self.fields["agency"].widget = forms.HiddenInput()

    def text(self) -> GuideText:
        """Return what was written."""
        data = self.cleaned_data
        return GuideText(data["title"], data["body"], tuple(data["roles"]), data["video"])


class FeedbackForm(forms.Form):
    """What somebody says about the program."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=list(KINDS.items()), initial="wish", widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What happened, or what is missing?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("No personal or secret content: whoever looks after the program reads this."),
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def clean_page(self) -> str:
        """Keep the path of one of our pages; anything else is left out."""
        page = str(self.cleaned_data["page"])
        return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, None) else ""


class AnswerForm(forms.Form):
    """The answer to feedback."""

    text = forms.CharField(label=_("Answer"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}))
