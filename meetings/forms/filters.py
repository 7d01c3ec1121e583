"""What a list of meetings is narrowed to, as it stands in the address."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.kinds import all_kinds
from meetings.labels import STATES, language
from meetings.queries.lists import Filters
from people.models import Agency
from search.fold import composed
from ui.forms import DayField


def known_kinds(own: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every kind there ever was, once, by name; `own` are those agencies made themselves, by code."""
    names = {**own, **{kind.code: kind.name(language()) for kind in all_kinds()}}
    return [("", str(_("All kinds"))), *sorted(names.items(), key=lambda pair: pair[1])]


def states() -> list[tuple[str, str]]:
    """Return the states to choose from."""
    return [("", str(_("All states"))), *[(code, str(label)) for code, label in STATES.items()]]


class FilterForm(forms.Form):
    """The filters of a list; what is not understood narrows nothing and says so."""

    q = forms.CharField(label=_("Keyword"), max_length=200, required=False)
    since = DayField(label=pgettext_lazy("filter", "From"), required=False)
    until = DayField(label=pgettext_lazy("filter", "To"), required=False)
    state = forms.ChoiceField(label=pgettext_lazy("meeting", "State"), choices=states, required=False)
    kind = forms.ChoiceField(label=_("Kind of meeting"), required=False)
    unit: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", label=_("Chairing unit"), empty_label=_("All units"), required=False
    )

    def __init__(self, *args: Any, units: "QuerySet[Agency]", kinds: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["kind"].choices = known_kinds(kinds)  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        """Return the words in one spelling."""
        return composed(self.cleaned_data["q"]).strip()

    def clean(self) -> dict[str, Any]:
        """The first day is not after the last."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", _("The last day lies before the first. Correct one of them."))
        return data

    def filters(self) -> Filters:
        """Return what was asked for and understood."""
        data = getattr(self, "cleaned_data", {})
        return Filters(
            since=data.get("since"),
            until=data.get("until"),
            state=data.get("state", ""),
            kind=data.get("kind", ""),
            unit=data.get("unit"),
            text=data.get("q", ""),
        )
