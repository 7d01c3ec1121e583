"""What people write about a room; every text in NFC, however it was typed."""

from dataclasses import asdict, dataclass
from typing import Any

from search.fold import composed, fold

MOST_WORDS, LONGEST_WORD = 20, 60
LONGEST = {"name": 120, "building": 200, "remark": 500}


@dataclass(frozen=True)
class RoomDetails:
    """What is known of a room; `equipment` holds codes of the catalogue and free words."""

    name: str
    building: str = ""
    capacity: int = 0
    equipment: tuple[str, ...] = ()
    remark: str = ""

    def __post_init__(self) -> None:
        for name, longest in LONGEST.items():  # composed again here: what the form let in may have grown by it
            object.__setattr__(self, name, composed(getattr(self, name)).strip()[:longest])
        words = (composed(one).strip()[:LONGEST_WORD] for one in self.equipment)
        object.__setattr__(self, "equipment", tuple(dict.fromkeys(filter(None, words)))[:MOST_WORDS])

    def as_fields(self) -> dict[str, Any]:
        """Return the columns of the row, what is searched in among them."""
        written = " ".join([self.name, self.building, self.remark])
        return {**asdict(self), "equipment": list(self.equipment), "folded": fold(written)}
