"""Why something about annotations is refused, and what to do: codes and their sentences."""

from django.utils.functional import Promise

REASONS: dict[str, str | Promise] = {}
