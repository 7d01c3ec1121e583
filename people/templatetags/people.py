"""Words and steps for the pages about people."""

from allauth.account.utils import passthrough_next_redirect_url
from django import template
from django.conf import settings
from django.urls import reverse

from people.forms import outcome_label
from people.models import SignIn
from people.sheets.plan import Step
from people.sheets.sentences import COLUMN_NAMES

register = template.Library()


@register.filter
def outcome(line: SignIn) -> str:
    """What came of an attempt to sign in."""
    return outcome_label(line)


@register.filter
def branch(depth: int) -> str:
    """Draw how deep an agency stands in the tree."""
    return "\u2003" * (depth - 1) + "└ " if depth else ""


@register.filter
def step_words(step: Step) -> str:
    """What one row of a workbook adds, in one line."""
    return " · ".join(str(value) for value in step.facts.values() if value)


@register.filter
def change_words(step: Step) -> str:
    """What one row of a workbook changes: whose it is, then the stored text and the new one."""
    whose = next(iter(step.facts.values()))
    changes = (f"{COLUMN_NAMES[name]}: {before or '–'} → {step.facts[name]}" for name, before in step.before.items())
    return f"{whose} · {'; '.join(changes)}"


@register.simple_tag(takes_context=True)
def identity_provider(context: template.Context) -> dict[str, str] | None:
    """Name and address of the identity provider people may sign in with, if one is configured."""
    if not settings.OIDC_ISSUER:
        return None
    address = reverse("openid_connect_login", kwargs={"provider_id": settings.OIDC_ISSUER})
    url: str = passthrough_next_redirect_url(context["request"], address, "next")
    return {"name": settings.OIDC_NAME, "url": url}
