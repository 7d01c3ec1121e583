"""Who there is: agencies, users, the posts that join them, delegation, tokens, the sign-in log."""

from people.models.access import ApiToken, SignIn, SignInArchive
from people.models.agency import Agency, AgencyLink
from people.models.intake import PeopleImport
from people.models.position import Position
from people.models.post import Delegation, Post
from people.models.right import PostRight
from people.models.user import User

__all__ = [
    "Agency",
    "AgencyLink",
    "ApiToken",
    "Delegation",
    "PeopleImport",
    "Position",
    "Post",
    "PostRight",
    "SignIn",
    "SignInArchive",
    "User",
]
