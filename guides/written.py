"""What is written about a guide: texts in one spelling, whatever keyboard they came from."""

from dataclasses import dataclass
from typing import Any

from search.fold import composed


@dataclass(frozen=True)
class GuideText:
    """The parts of a guide that people write."""

    title: str
    body: str
    roles: tuple[str, ...] = ()
    video: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the values as the model keeps them."""
        title, body = composed(self.title).strip(), composed(self.body.replace("\r\n", "\n")).strip()
        return {"title": title, "body": body, "roles": list(self.roles), "video": self.video}
