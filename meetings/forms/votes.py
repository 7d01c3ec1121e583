"""Questions to put to the vote."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.details import Asked
from meetings.kinds import APPROVE, ONE, SEVERAL

FORM_NAMES = [
    (APPROVE, pgettext_lazy("vote", "For or against")),
    (ONE, pgettext_lazy("vote", "Choose one")),
    (SEVERAL, pgettext_lazy("vote", "Choose several")),
]


class QuestionForm(forms.Form):
    """A question to put to the vote; what a plain form leaves out is for or against, as the rule has it."""

    question = forms.CharField(label=_("Question"), max_length=500)
    form = forms.ChoiceField(label=pgettext_lazy("vote", "Form"), choices=FORM_NAMES, required=False)
    rule = forms.ChoiceField(label=_("Carried by"))
    options = forms.CharField(
        label=pgettext_lazy("vote", "Options, one a line"), widget=forms.Textarea, max_length=5000, required=False
    )
    least = forms.IntegerField(label=pgettext_lazy("vote", "At least"), min_value=1, max_value=20, required=False)
    most = forms.IntegerField(label=pgettext_lazy("vote", "At most"), min_value=1, max_value=20, required=False)
    seconds = forms.IntegerField(
        label=pgettext_lazy("vote", "Countdown in seconds"), min_value=0, max_value=3600, required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, rules: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = rules  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """Return what is asked; options written for another form are left out."""
        data = self.cleaned_data
        kind = data["form"] or APPROVE
        lines = [line.strip() for line in data["options"].splitlines() if line.strip()]
        return Asked(
            question=data["question"],
            form=kind,
            rule=data["rule"],
            options=() if kind == APPROVE else tuple(lines),
            least=data["least"] or 1,
            most=data["most"] or 1,
            seconds=data["seconds"],
        )
