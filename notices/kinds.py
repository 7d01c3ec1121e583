"""The kinds of notice and the groups people choose by; upper packages register theirs from `AppConfig.ready`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice: its sentence holds `%(name)s` places; an `urgent` one does not wait out quiet hours.

    `group` is what people switch mail and push by; without one it is the part of the code before the dot.
    """

    code: str
    sentence: Promise
    icon: str = "bell"
    urgent: bool = False
    group: str = ""


@dataclass(frozen=True)
class KindGroup:
    """Kinds people switch on and off together, under a heading and a sentence."""

    code: str
    label: "str | Promise"
    help: "str | Promise" = ""
    order: int = 100


OTHER = KindGroup("other", _("Everything else"), order=1000)
TEST = "notices.test"  # to oneself, whatever one has switched off
_kinds: dict[str, NoticeKind] = {}
_groups: dict[str, KindGroup] = {}


def register_kind(kind: NoticeKind) -> None:
    """Add a kind; the same code again replaces it."""
    _kinds[kind.code] = kind


def register_group(group: KindGroup) -> None:
    """Add a group; kinds whose group nobody registered stand under "everything else"."""
    _groups[group.code] = group


def kind_of(code: str) -> NoticeKind:
    """Return a registered kind; an unknown code is a defect."""
    return _kinds[code]


def group_of(code: str) -> str:
    """Return the group of a kind, also of one this version no longer knows."""
    kind = _kinds.get(code)
    named = kind.group if kind and kind.group else code.split(".")[0]
    return named if named in _groups else OTHER.code


def groups() -> list[KindGroup]:
    """Return the groups that have kinds, in order."""
    used = {group_of(code) for code in _kinds if code != TEST}
    known = [*_groups.values(), OTHER]
    return sorted((group for group in known if group.code in used), key=lambda one: (one.order, one.code))


def codes_of(group: str) -> list[str]:
    """Return the kinds of a group."""
    return [code for code in _kinds if group_of(code) == group]


def urgent_codes() -> Iterator[str]:
    """Return the kinds that do not wait out quiet hours."""
    return (code for code, kind in _kinds.items() if kind.urgent)


def is_urgent(code: str) -> bool:
    """Does this kind go out at any hour?"""
    return code in _kinds and _kinds[code].urgent


def icon_of(code: str) -> str:
    """Return the icon of a kind, a bell for one this version no longer knows."""
    return _kinds[code].icon if code in _kinds else "bell"


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """Return the notice in the active language; what an older version told in another form is still shown."""
    try:
        return str(kind_of(code).sentence) % values
    except (KeyError, TypeError, ValueError):
        return pgettext("notice", "Something changed; open it to see.")
