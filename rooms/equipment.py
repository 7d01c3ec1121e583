"""The catalogue of equipment: codes with words and icons; what it does not know is written in free words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Equipment:
    """One kind of equipment."""

    code: str
    label: "Promise | str"
    icon: str


CATALOGUE: dict[str, Equipment] = {
    one.code: one
    for one in (
        Equipment("projector", pgettext_lazy("equipment", "Projector"), "projector"),
        Equipment("screen", pgettext_lazy("equipment", "Large screen"), "monitor"),
        Equipment("microphones", pgettext_lazy("equipment", "Microphones"), "mic"),
        Equipment("sound", pgettext_lazy("equipment", "Sound system"), "volume-2"),
        Equipment("video", pgettext_lazy("equipment", "Video conference"), "video"),
        Equipment("whiteboard", pgettext_lazy("equipment", "Whiteboard"), "presentation"),
        Equipment("sockets", pgettext_lazy("equipment", "Sockets at the seats"), "plug"),
        Equipment("tablets", pgettext_lazy("equipment", "Tablets at the seats"), "tablet"),
        Equipment("wifi", pgettext_lazy("equipment", "Wireless network"), "wifi"),
        Equipment("recorder", pgettext_lazy("equipment", "Sound recording"), "disc"),
        Equipment("interpreting", pgettext_lazy("equipment", "Interpreting booth"), "languages"),
        Equipment("air", pgettext_lazy("equipment", "Air conditioning"), "air-vent"),
        Equipment("wheelchair", pgettext_lazy("equipment", "Wheelchair access"), "accessibility"),
    )
}


def known(codes: Iterable[str]) -> list[Equipment]:
    """Return what of these is in the catalogue, and free words as they are."""
    return [CATALOGUE.get(code) or Equipment(code, code, "package") for code in codes]


def free_words(codes: Iterable[str]) -> list[str]:
    """Return what the catalogue does not know."""
    return [code for code in codes if code not in CATALOGUE]
