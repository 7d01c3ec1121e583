"""The answer every rule gives: yes, or no with a reason code that has a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

_sentences: dict[str, "str | Promise"] = {}


def register_reasons(sentences: Mapping[str, "str | Promise"]) -> None:
    """Add a package's reason codes; called once from its `AppConfig.ready`."""
    _sentences.update(sentences)


def sentence(code: str, params: Mapping[str, Any] | None = None) -> str:
    """Return what is wrong and what to do, in the active language."""
    text = str(_sentences.get(code, code))
    return text % params if params else text


@dataclass(frozen=True)
class Verdict:
    """Yes (`code` empty), or the reason why not."""

    code: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return not self.code

    @property
    def text(self) -> str:
        """The sentence a person is shown; empty for a yes."""
        return sentence(self.code, self.params) if self.code else ""

    def require(self) -> None:
        """Stop the action here unless the answer is yes."""
        if self.code:
            raise Refused(self.code, **self.params)


YES = Verdict()


def no(code: str, **params: Any) -> Verdict:
    """Answer no, for this reason."""
    return Verdict(code, params)


def first_no(*verdicts: Verdict) -> Verdict:
    """Return the first refusal, or yes when there is none."""
    return next((verdict for verdict in verdicts if not verdict), YES)


class Refused(Exception):
    """An action that may not be done now by this person; faces answer 403 with the code and its sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def text(self) -> str:
        """The sentence a person is shown."""
        return sentence(self.code, self.params)


class Unseen(Exception):
    """The object does not exist for this person; faces answer 404 and say nothing more."""
