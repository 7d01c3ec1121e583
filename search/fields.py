"""A column that holds another one folded, for lists that are filtered by words in SQL."""

from typing import Any

from django.db import models

from search.fold import fold


class FoldedField(models.TextField[str, str]):
    """The text of the field named `source` without case, tones and letter marks, written along with it."""

    def __init__(self, *args: Any, source: str = "", **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return how a migration writes the field."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Fold the source as it is being saved."""
        text = fold(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, text)
        return text
