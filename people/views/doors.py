"""Who may open a page at all, and how a refusal comes back to a form."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ledger.verdict import Refused, Unseen
from people.models import User
from people.queries import administered_ids

View = Callable[..., HttpResponse]


def person(request: HttpRequest) -> User:
    """Return the signed-in person; `login_required` has let nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def administrators(view: View) -> View:
    """Open the page to administrators; for everybody else it does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not administered_ids(person(request)):
            raise Unseen
        return view(request, *args, **kwargs)

    return login_required(guarded)


def is_administrator(user: Any) -> bool:
    """Does the person administer an agency? (for the navigation)"""
    return isinstance(user, User) and bool(administered_ids(user))


def done(form: forms.BaseForm, work: Callable[[], Any], kept: Mapping[str, Any] | None = None) -> Any:
    """Do `work` if the form is valid; a refusal becomes an error of the form and the answer is None.

    `kept` is what is stored now, its `revision` too: when somebody else was first, the form keeps what was typed,
    says beside each field what is stored, and the next try is about that.
    """
    if not form.is_valid():
        return None
    try:
        return work()
    except Refused as refused:
        form.add_error(None, refused.text)
        if refused.code == "changed_meanwhile" and kept:
            show_both(form, kept)
        return None


def show_both(form: forms.BaseForm, kept: Mapping[str, Any]) -> None:
    """Say beside every field that differs what is stored now, and have the next try start from there."""
    for name in form.fields.keys() & kept.keys():
        typed = form.cleaned_data.get(name)
        if name != "revision" and name in form.cleaned_data and typed != kept[name]:
            form.add_error(name, _("Stored now: “%(text)s”. Yours is kept in the field.") % {"text": kept[name]})
    form.data = {**form.data.dict(), "revision": str(kept["revision"])}  # type: ignore[attr-defined]
