"""People in the open API: tokens, oneself, the directory."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from ledger.verdict import Refused, Unseen
from people.actions import tokens
from people.api_tokens import token_for
from people.bearer import token_of
from people.models import Agency, Post, User
from people.queries import acting_post, administered_ids, directory, own_tokens, posts_of, visible_agencies
from people.sign_in import problem

router = Router(tags=["people"])
PAGE = 200


class Credentials(Schema):
    """Name and password; `otp` where the account has two-step sign-in."""

    username: str = Field(max_length=60)
    password: str = Field(max_length=200)
    otp: str = Field("", max_length=40)


class Token(Schema):
    """A bearer token, shown this once."""

    token: str
    expires_at: str


class AgencyOut(Schema):
    """An agency that can be addressed."""

    id: UUID
    code: str
    name: str


class PostOut(Schema):
    """A post held today."""

    id: UUID
    role: str
    title: str
    agency: AgencyOut


class Me(Schema):
    """The person behind the request."""

    id: UUID
    username: str
    name: str
    posts: list[PostOut]
    acting_post: UUID | None


class PersonOut(Schema):
    """Somebody to invite or address."""

    id: UUID
    name: str
    title: str
    agency: str


@router.post("/auth/token", auth=None, response=Token, summary="Exchange name and password for a bearer token")
def post_token(request: HttpRequest, given: Credentials) -> HttpResponse | dict[str, str]:
    """Answer 401 with a code (`wrong_password`, `otp_required`, `otp_wrong`, `passkey_only`), 429 when locked."""
    verdict, text, expires_at = token_for(request, given.username, given.password, given.otp)
    return {"token": text, "expires_at": expires_at} if verdict else problem(401, verdict.code, verdict.text)


@router.delete("/auth/token", response={204: None}, summary="Revoke the token this request carries")
def delete_token(request: HttpRequest) -> Status[None]:
    """The token is worthless from now on."""
    user, at = person(request), timezone.now()
    token = token_of(request.headers.get("Authorization", ""), at)
    if token is not None:
        tokens.revoke(token, by=user, at=at)
    return Status(204, None)


@router.delete("/auth/tokens", response={204: None}, summary="Revoke all my tokens")
def delete_tokens(request: HttpRequest) -> Status[None]:
    """All tokens of the person are worthless from now on."""
    user, at = person(request), timezone.now()
    for token in own_tokens(user).filter(revoked_at__isnull=True):
        tokens.revoke(token, by=user, at=at)
    return Status(204, None)


@router.delete("/sign-ins", response={403: None}, summary="Refused: the sign-in log cannot be deleted")
def delete_sign_ins(request: HttpRequest) -> Status[None]:
    """Always answered 403 with the code `sign_in_kept`; for whoever administers nothing there is no log (404)."""
    if not administered_ids(person(request)):
        raise Unseen
    raise Refused("sign_in_kept")


@router.get("/me", response=Me, summary="Who I am and which posts I hold today")
def get_me(request: HttpRequest) -> dict[str, object]:
    """The post acted in can be picked with the header `Acting-Post: <id of the post>`."""
    user = person(request)
    acting = acting_post(user)
    return {
        "id": user.public_id,
        "username": user.username,
        "name": user.full_name,
        "posts": [post_data(post) for post in posts_of(user)],
        "acting_post": acting.public_id if acting else None,
    }


@router.get("/agencies", response=list[AgencyOut], summary="Agencies that can be addressed")
def get_agencies(request: HttpRequest) -> list[dict[str, object]]:
    """Every living agency of this installation's tree, by name."""
    return [agency_data(agency) for agency in visible_agencies(person(request))]


@router.get("/directory", response=list[PersonOut], summary="People that can be invited or addressed")
def get_directory(request: HttpRequest, q: str = "") -> list[dict[str, object]]:
    """At most 200 current posts whose person or agency holds the text."""
    found = directory(person(request), q.replace("\x00", ""))[:PAGE]
    return [
        {"id": post.user.public_id, "name": str(post.user), "title": post.title, "agency": post.agency.name}
        for post in found
    ]


def person(request: HttpRequest) -> User:
    """Return who is behind the request; the API's authentication has made sure there is somebody."""
    assert isinstance(request.user, User)
    return request.user


def agency_data(agency: Agency) -> dict[str, object]:
    """Return an agency as the API shows it."""
    return {"id": agency.public_id, "code": agency.code, "name": agency.name}


def post_data(post: Post) -> dict[str, object]:
    """Return a post as the API shows it."""
    return {"id": post.public_id, "role": post.role, "title": post.title, "agency": agency_data(post.agency)}
