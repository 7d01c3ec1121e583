"""A matter on the agenda, and where it goes."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.details import Matter, Spot
from people.models import Agency
from people.queries import every_agency


class MatterForm(forms.Form):
    """An agenda item; the unit is written by its name, chosen from the tree."""

    title = forms.CharField(label=_("Matter"), max_length=500)
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
    unit = forms.CharField(label=_("Prepared by the unit"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Minutes planned"), min_value=0, max_value=1440, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: "QuerySet[Agency] | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = every_agency().none() if units is None else units

    def clean_unit(self) -> Agency | None:
        """Return the unit of that name or code, if one was written."""
        name = self.cleaned_data["unit"].strip()
        if not name:
            return None
        found = self.units.filter(Q(name__iexact=name) | Q(code__iexact=name)).first()
        if found is None:
            raise forms.ValidationError(_("There is no such unit. Choose one from the list."))
        return found

    def matter(self) -> Matter:
        """Return what was written."""
        data = self.cleaned_data
        unit = data["unit"]
        return Matter(data["title"], data["presenter"], data["minutes"] or 0, unit.pk if unit else None)


class SpotForm(forms.Form):
    """Right after which item, and how far in; no item means first."""

    after = forms.UUIDField(required=False)
    depth = forms.IntegerField(min_value=0, max_value=20, required=False)

    def spot(self) -> Spot:
        """Return what was asked for."""
        after: UUID | None = self.cleaned_data["after"]
        return Spot(after, self.cleaned_data["depth"] or 0)
