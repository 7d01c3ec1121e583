"""Tones of state chips: every tone has a shape beside its colour, so a state is never told by colour alone."""

from dataclasses import dataclass

ICONS = {
    "neutral": "circle-dashed",
    "info": "circle-dot",
    "progress": "circle-play",
    "waiting": "hourglass",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "octagon-alert",
    "muted": "circle-minus",
}

_states: dict[str, str] = {
    "draft": "neutral",
    "preparing": "neutral",
    "proposed": "info",
    "submitted": "waiting",
    "in_review": "waiting",
    "pending": "waiting",
    "waiting": "waiting",
    "returned": "warning",
    "approved": "success",
    "published": "info",
    "scheduled": "info",
    "open": "progress",
    "running": "progress",
    "in_progress": "progress",
    "live": "progress",
    "paused": "warning",
    "signing": "progress",
    "signed": "success",
    "sealed": "success",
    "issued": "success",
    "sent": "success",
    "received": "info",
    "done": "success",
    "valid": "success",
    "valid_with_notes": "warning",
    "invalid": "danger",
    "indeterminate": "warning",
    "unsigned": "neutral",
    "concluded": "success",
    "closed": "muted",
    "archived": "muted",
    "cancelled": "muted",
    "withdrawn": "muted",
    "rejected": "danger",
    "refused": "danger",
    "failed": "danger",
    "overdue": "danger",
    "due_soon": "warning",
    "starts": "info",
    "present": "success",
    "absent": "muted",
}


@dataclass(frozen=True)
class Tone:
    """How a state looks."""

    name: str
    icon: str


def register_tones(mapping: dict[str, str]) -> None:
    """Adds the states of a package; each must name a tone of `ICONS`."""
    unknown = set(mapping.values()) - set(ICONS)
    if unknown:
        raise ValueError(f"no such tone: {', '.join(sorted(unknown))}")
    _states.update(mapping)


def tone_of(state: str) -> Tone:
    """The tone of a state, of a tone's own name, or neutral."""
    name = state if state in ICONS else _states.get(state, "neutral")
    return Tone(name, ICONS[name])
