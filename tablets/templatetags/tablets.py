"""Words of the pages about tablets."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(titles: Mapping[int, str], key: int) -> str:
    """Return the title of a meeting the reader may see, or nothing."""
    return titles.get(key, "")
