"""Who there is: agencies, users, the posts that join them, delegation, tokens, the sign-in log."""

from people.models.access import ApiToken, SignIn
from people.models.agency import Agency, AgencyLink
from people.models.post import Delegation, Post
from people.models.right import PostRight
from people.models.user import User

__all__ = ["Agency", "AgencyLink", "ApiToken", "Delegation", "Post", "PostRight", "SignIn", "User"]
