"""Words and steps for the pages about people."""

from django import template

from people.forms import outcome_label
from people.models import SignIn

register = template.Library()


@register.filter
def outcome(line: SignIn) -> str:
    """What came of an attempt to sign in."""
    return outcome_label(line)


@register.filter
def branch(depth: int) -> str:
    """Draw how deep an agency stands in the tree."""
    return "\u2003" * (depth - 1) + "└ " if depth else ""
