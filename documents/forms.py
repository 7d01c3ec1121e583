"""The forms of outgoing documents and of steps that need a reason."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.content import blocks, lines, plain
from documents.models import OutgoingDocument
from documents.queries import types_in_force
from documents.rules import MIN_REASON
from documents.typelist import unused_codes
from people.models import Agency, Post, User
from people.queries import posts_of_agency, visible_agencies

ROWS = {"rows": 3}


class ReasonForm(forms.Form):
    """Why: read by whoever has to act on it."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs=ROWS), min_length=MIN_REASON
    )


class SignerField(forms.ModelChoiceField[Post]):
    """Leaders of the agency, by name and title."""

    def label_from_instance(self, obj: Post) -> str:
        """Return what the list shows."""
        return f"{obj.user.full_name} – {obj.title}"


class OutgoingForm(forms.Form):
    """An outgoing document as its drafter writes it."""

    type_code = forms.ChoiceField(label=_("Type of document"))
    subject = forms.CharField(
        label=pgettext_lazy("document", "Subject"),
        max_length=400,
        help_text=_("A short sentence that says what the document is about (trích yếu)."),
    )
    addressees = forms.CharField(
        label=_("Addressed to"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One per line.")
    )
    body = forms.CharField(
        label=pgettext_lazy("document", "Text"),
        required=False,
        strip=False,
        max_length=300_000,
        widget=forms.Textarea(attrs={"rows": 18, "class": "paper-text", "spellcheck": "true"}),
        help_text=_("One paragraph per line. # begins a heading, ## a centred line, | separates the cells of a table."),
    )
    recipients: "forms.ModelMultipleChoiceField[Agency]" = forms.ModelMultipleChoiceField(
        label=pgettext_lazy("document", "Send to"),
        queryset=None,
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Agencies of this system that receive the document when it is issued."),
    )
    places = forms.CharField(
        label=_("Recipients as printed"),
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("One per line; left empty, it is filled from the agencies chosen."),
    )
    signer = SignerField(
        label=pgettext_lazy("document", "Signer"),
        queryset=None,
        to_field_name="public_id",
        empty_label=_("Choose the signer"),
    )
    authority = forms.CharField(
        label=_("Lines above the signature"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as TM. ỦY BAN NHÂN DÂN and, on the next line, CHỦ TỊCH; left empty, the signer's title."),
    )
    unit = forms.CharField(
        label=_("Drafting unit in the symbol"),
        required=False,
        max_length=20,
        help_text=_("Only for công văn: VX, NC, TH…"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, *args: Any, agency: Agency, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        chosen = {self.initial.get("type_code", "")} if self.initial.get("revision") else set()
        unused = unused_codes(agency.pk) - chosen
        offered = (kind for kind in types_in_force(agency.pk) if kind.code not in unused)
        choices = [(kind.code, kind.name) for kind in offered]
        self.fields["type_code"] = forms.ChoiceField(label=_("Type of document"), choices=choices)
        others = visible_agencies(user).exclude(pk=agency.pk)
        self.fields["recipients"].queryset = others  # type: ignore[attr-defined]
        leaders = posts_of_agency(agency.pk, Post.Role.LEADER)
        self.fields["signer"].queryset = leaders  # type: ignore[attr-defined]
        if len(leaders) == 1:
            self.initial.setdefault("signer", leaders[0].public_id)

    def arguments(self) -> dict[str, Any]:
        """Return what the actions `draft` and `edit` take."""
        data = self.cleaned_data
        return {
            "type_code": data["type_code"],
            "subject": data["subject"],
            "content": self.content(),
            "signer_post": data["signer"],
            "recipients": list(data["recipients"]),
        }

    def content(self) -> dict[str, Any]:
        """Return the content in the form the actions check."""
        data = self.cleaned_data
        places = lines(data["places"]) or [*(f"{agency.name};" for agency in data["recipients"]), "Lưu: VT."]
        return {
            "body": blocks(data["body"]),
            "addressees": lines(data["addressees"]),
            "recipients": places,
            "authority": lines(data["authority"]),
            "unit": data["unit"],
            "urgency": "",
        }


def initial_of(outgoing: OutgoingDocument) -> Mapping[str, Any]:
    """Return what the form shows of a draft."""
    content = outgoing.content
    return {
        "type_code": outgoing.type.code,
        "subject": outgoing.subject,
        "addressees": "\n".join(content.get("addressees", [])),
        "body": plain(content.get("body", [])),
        "recipients": [str(delivery.agency.public_id) for delivery in outgoing.deliveries.select_related("agency")],
        "places": "\n".join(content.get("recipients", [])),
        "signer": str(outgoing.signer_post.public_id),
        "authority": "\n".join(content.get("authority", [])),
        "unit": content.get("unit", ""),
        "revision": outgoing.revision,
    }
