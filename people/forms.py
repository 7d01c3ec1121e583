"""What people fill in about agencies, accounts, posts, authorisations and the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.verdict import sentence
from people.models import Agency, Post, SignIn, User
from people.models.post import Role
from people.queries import today
from people.sheets.reading import MAX_BYTES
from ui.forms import DAWN_YEAR, DayField


class NameField(forms.ModelChoiceField[Agency]):
    """An agency by its name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", _("Choose…"))
        super().__init__(queryset=Agency.objects.none(), to_field_name="public_id", **options)


class AgencyForm(forms.ModelForm[Agency]):
    """The agency's name and what its documents print."""

    class Meta:
        model = Agency
        fields = ["name", "abbreviation", "place", "superior_name", "organ_id", "organ_id_old"]
        labels = {
            "name": _("Name of the agency"),
            "abbreviation": _("Abbreviation"),
            "place": _("Place name"),
            "superior_name": _("Superior agency"),
            "organ_id": _("Exchange identifier"),
            "organ_id_old": _("Former exchange identifier"),
        }
        help_texts = {
            "abbreviation": _("As in document symbols, such as UBND."),
            "place": _("The place its documents are dated with."),
            "superior_name": _("The line above the name on documents; empty for People's Committees."),
            "organ_id": _("Decision 20/2020/QĐ-TTg, such as H29.18."),
            "organ_id_old": _("QCVN 102:2016, such as 000.00.18.H29."),
        }


class EditAgencyForm(AgencyForm):
    """An agency as it was read at a revision."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class FoundAgencyForm(AgencyForm):
    """A new agency under another one."""

    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Short and lasting, such as UBND-P1; used in figures and exports.")
    )
    from_day = DayField(DAWN_YEAR, label=_("From day"), initial=today)
    field_order = ["code"]


class PlaceForm(forms.Form):
    """Under which agency it stands, and from when."""

    parent = NameField(label=_("New superior agency"))
    from_day = DayField(DAWN_YEAR, label=_("From day"), initial=today)


class DissolveForm(forms.Form):
    """When the agency ends and who succeeds it."""

    successor = NameField(label=_("Successor"), required=False, help_text=_("Its units and archive pass to it."))
    on_day = DayField(label=_("From day"), initial=today)


class PostForm(forms.Form):
    """A post in an agency."""

    agency = NameField(label=_("Agency"))
    role = forms.ChoiceField(label=_("Role"), choices=Post.Role.choices, initial=Post.Role.OFFICIAL)
    title = forms.CharField(label=_("Title of office"), max_length=120, help_text=_("As documents print it."))
    from_day = DayField(DAWN_YEAR, label=_("From day"), initial=today)


class PositionForm(forms.Form):
    """A title of office."""

    name = forms.CharField(label=_("Title of office"), max_length=120, help_text=_("As documents print it."))
    rank = forms.IntegerField(
        label=_("Order in lists"),
        min_value=1,
        max_value=9999,
        initial=100,
        help_text=_("Small numbers stand first: 10 for the Chair, 20 for the Vice Chairs."),
    )
    role = forms.ChoiceField(label=_("Usual role"), choices=Role.choices, initial=Role.OFFICIAL)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class AddPositionForm(PositionForm):
    """A new title of office, for an agency and everything under it."""

    agency = NameField(label=_("Agency"), help_text=_("The title is offered there and in every unit under it."))
    revision = None  # type: ignore[assignment]
    field_order = ["agency"]


class UserForm(forms.Form):
    """A person's name and how to reach them."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    email = forms.EmailField(label=_("Email"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False, widget=forms.TextInput({"type": "tel"}))


class EditUserForm(UserForm):
    """A person as they were read at a revision."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class OpenAccountForm(UserForm, PostForm):
    """A new account with its first post."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        help_text=_("3 to 60 small letters without marks, digits, dots, dashes or underscores."),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )
    field_order = ["full_name", "username", "email", "phone", "agency", "role", "title", "from_day"]

    def clean_username(self) -> str:
        """Names are kept small, so that they are typed alike everywhere."""
        return str(self.cleaned_data["username"]).strip().lower()


class OwnForm(forms.Form):
    """One's own contact data."""

    email = forms.EmailField(label=_("Email"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False, widget=forms.TextInput({"type": "tel"}))


class EndPostForm(forms.Form):
    """The first day a post is no longer held."""

    on_day = DayField(label=_("No longer held from"), initial=today)


class WorkbookForm(forms.Form):
    """A workbook of units, people and posts."""

    workbook = forms.FileField(
        label=_("Excel workbook"),
        help_text=_("An .xlsx file of at most 10 MB, filled in like the template."),
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
    )

    def clean_workbook(self) -> Any:
        """A file that is far too large is not even read."""
        file = self.cleaned_data["workbook"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(sentence("workbook_too_large"))
        return file


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class DelegationForm(forms.Form):
    """Who may act in one of my posts, and for how long."""

    post = forms.ModelChoiceField(
        queryset=Post.objects.none(), to_field_name="public_id", label=_("Post"), empty_label=_("Choose…")
    )
    to = forms.ModelChoiceField(
        queryset=User.objects.none(), to_field_name="public_id", label=_("Authorised person"), empty_label=_("Choose…")
    )
    basis = forms.CharField(
        label=_("Written authorisation"),
        max_length=200,
        help_text=_("Its number and date (Decree 30/2020, Article 13)."),
    )
    first_day = DayField(label=_("From day"), initial=today)
    end_day = DayField(label=_("Until before"))


class TokenForm(forms.Form):
    """What a token is for."""

    label = forms.CharField(label=_("What it is for"), max_length=80)


OUTCOMES = {
    "signed_in": _("Signed in"),
    "signed_out": _("Signed out"),
    "refused": _("Wrong name or password"),
    "locked": _("Refused while locked"),
    "token": _("Token given"),
}


class SignInFilter(forms.Form):
    """Which lines of the sign-in log."""

    account = forms.CharField(label=_("Account"), max_length=120, required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", _("All")), *OUTCOMES.items()], required=False)
    address = forms.GenericIPAddressField(label=_("Network address"), required=False)
    first_day = DayField(label=_("From day"), required=False)
    last_day = DayField(label=_("To day"), required=False)


def outcome_label(line: SignIn) -> str:
    """Return the outcome in words."""
    return str(OUTCOMES.get(line.outcome, line.outcome))
