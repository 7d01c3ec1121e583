"""Keys people and agencies sign with, and the one-use sessions in which they do."""

from signing.models.credential import SigningCredential
from signing.models.session import SigningSession

__all__ = ["SigningCredential", "SigningSession"]
