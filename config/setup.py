"""The page that opens a fresh installation: its top agency and its first administrator."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config import first_admin
from ledger.verdict import Refused
from people import setup
from people.actions.setup import first_administrator


class SetupForm(forms.Form):
    """What the first administrator says about the agency and themselves."""

    code = forms.CharField(
        label=gettext_lazy("Set-up code"),
        help_text=gettext_lazy("Printed in the window where the server was started; it works once."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    agency_name = forms.CharField(
        label=gettext_lazy("Name of the agency"),
        help_text=gettext_lazy("In full, as on its documents."),
        max_length=200,
    )
    abbreviation = forms.CharField(
        label=gettext_lazy("Abbreviation"),
        help_text=gettext_lazy("As in document symbols, such as UBND."),
        max_length=20,
    )
    place = forms.CharField(
        label=gettext_lazy("Place name on documents"),
        help_text=gettext_lazy("Written before the date, such as Hải Phòng."),
        max_length=80,
    )
    full_name = forms.CharField(label=gettext_lazy("Your full name"), max_length=120)
    title = forms.CharField(label=gettext_lazy("Your position"), max_length=120)
    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        help_text=gettext_lazy("3 to 60 small letters without marks, digits, dots or dashes."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 10 characters; a short sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_code(self) -> str:
        """The code must be the one on the console."""
        code = str(self.cleaned_data["code"])
        if not first_admin.is_right(code):
            raise forms.ValidationError(_("This is not the code. Start the server again to see a new one."))
        return code

    def clean_password(self) -> str:
        """The password must be fit before anything is written."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    def facts(self) -> dict[str, Any]:
        """Return what the action asks for."""
        named = {name: value for name, value in self.cleaned_data.items() if name != "code"}
        return {**named, "agency_code": named["abbreviation"]}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Ask for the code, the agency and the person; once there is an account this page is gone."""
    if not setup.is_needed():
        return redirect("account_login")
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and done(form):
        messages.success(request, _("The server is ready. Sign in with your new account."))
        return redirect("account_login")
    return render(request, "config/setup.html", {"form": form}, status=422 if form.errors else 200)


def done(form: SetupForm) -> bool:
    """Write it; a refusal is shown on the form."""
    try:
        first_administrator(**form.facts(), at=timezone.now())
    except Refused as refusal:
        form.add_error(None, refusal.text)
        return False
    first_admin.void()
    return True
