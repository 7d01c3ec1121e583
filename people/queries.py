"""Reading people: current posts, audiences, who is seen and administered by whom."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from ledger.verdict import Unseen
from people.models.access import ApiToken, SignIn, SignInArchive
from people.models.agency import Agency, AgencyLink
from people.models.post import Delegation, Post
from people.models.user import User as UserModel
from people.reach import Held, deciding, heir
from people.rights import roles_read_as, roles_with
from search.fold import fold, words

if TYPE_CHECKING:
    from people.models.user import User

AudienceProvider = Callable[["User"], "list[str]"]
_providers: list[AudienceProvider] = []
Row = TypeVar("Row", bound=Model)
SYSTEM_USERNAME = "@system"  # no person's name can hold an at sign


def today() -> date:
    """Return the legal day now (Asia/Ho_Chi_Minh)."""
    return timezone.localdate()


def current(day: date, prefix: str = "") -> Q:
    """Return the filter for rows valid on `day`; `prefix` leads to them from another model (`posts__`)."""
    begun = Q(**{f"{prefix}valid_from__lte": day})
    return begun & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day}))


def called(text: str, *columns: str) -> Q:
    """Return the filter for rows in whose folded columns every word of `text` occurs: nguyen finds Nguyễn."""
    found = Q()
    for word in words(fold(text)):
        found &= reduce(or_, (Q(**{f"{column}__contains": word}) for column in columns))
    return found


# --- posts ---------------------------------------------------------------------------------------


def current_posts(user: "User", day: date | None = None) -> QuerySet[Post]:
    """Return the posts the person holds on `day` (today), agencies fetched along."""
    return Post.objects.filter(current(day or today()), user=user, user__is_active=True).select_related("agency")


def holds(user: "User", agency_id: int, *roles: str) -> bool:
    """Does the person hold one of these roles in the agency today?"""
    return any(post.agency_id == agency_id and post.role in roles for post in posts_of(user))


def has_right(user: "User", agency_id: int, code: str) -> bool:
    """Has the person this right in the agency today: by the role of a post held there, or given to that post?"""
    return holds(user, agency_id, *roles_with(code)) or (
        any(post.agency_id == agency_id for post in posts_of(user)) and (agency_id, code) in user.extra_rights_today
    )


def agencies_with_right(user: "User", code: str) -> list[int]:
    """Return the agencies in which the person has this right today."""
    return list(dict.fromkeys(post.agency_id for post in posts_of(user) if has_right(user, post.agency_id, code)))


def people_with_right(agency_ids: Collection[int], code: str) -> QuerySet["User"]:
    """Return the active people who have this right in one of these agencies today: by role, or given to their post."""
    posts = Post.objects.filter(current(today()), user=OuterRef("pk"), agency_id__in=agency_ids)
    given = Q(extra_rights__code=code, extra_rights__taken_back_at__isnull=True)
    return UserModel.objects.filter(
        Exists(posts.filter(Q(role__in=roles_with(code)) | given)), is_active=True, is_system=False
    )


def posts_of(user: "User") -> list[Post]:
    """Return today's posts, read once per request and person object."""
    return user.posts_today


def acting_post(user: "User") -> Post | None:
    """Return the post the person acts in now."""
    return next((post for post in posts_of(user) if post.pk == user.acting_post_id), None)


def home_agency_id(user: "User") -> int:
    """Return whose chain keeps what happens to an account: of the first current post, else of the last held."""
    first = next(iter(posts_of(user)), None) or Post.objects.filter(user=user).order_by("-valid_from", "-pk").first()
    return first.agency_id if first else 0


def posts_of_agency(agency_id: int, *roles: str, day: date | None = None) -> QuerySet[Post]:
    """Return the current posts of an agency, people fetched along, sorted as name lists are."""
    posts = Post.objects.filter(current(day or today()), agency_id=agency_id, user__is_active=True)
    posts = posts.filter(role__in=roles) if roles else posts
    return posts.select_related("user", "agency").order_by("user__sort_key", "pk")


def people_of_agency(agency_id: int) -> QuerySet["User"]:
    """Return who holds a post in the agency today, sorted as name lists are."""
    held = Post.objects.filter(current(today()), user=OuterRef("pk"), agency_id=agency_id)
    return UserModel.objects.filter(Exists(held), is_active=True, is_system=False).order_by("sort_key", "pk")


def staff_of(agency_ids: Collection[int]) -> QuerySet[Post]:
    """Return today's posts in these agencies, for subqueries."""
    return Post.objects.filter(current(today()), agency_id__in=agency_ids)


def administrator_posts(user: "User") -> QuerySet[Post]:
    """Return the posts of an administrator that the person holds today or will hold."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=today())
    return Post.objects.filter(lasting, user=user, role=Post.Role.ADMIN)


def with_posts(path: str) -> "Prefetch[str]":
    """Return what fetches today's posts of the people at `path` (`user__posts`), as their `posts_shown`."""
    return Prefetch(
        path, queryset=Post.objects.filter(current(today())).select_related("agency"), to_attr="posts_shown"
    )


def directory(user: "User", text: str = "") -> QuerySet[Post]:
    """Return everyone's current posts (name, title, agency): whom a person may invite or address."""
    if not posts_of(user):
        return Post.objects.none()
    posts = Post.objects.filter(current(today()), user__is_active=True, agency__dissolved_on__isnull=True)
    if text:
        posts = posts.filter(called(text, "user__name_folded", "agency__name_folded"))
    return posts.select_related("user", "agency").order_by("user__sort_key", "pk")


def held_posts(user: "User") -> QuerySet[Post]:
    """Return all posts of a person, former ones too, the present first."""
    return Post.objects.filter(user=user).select_related("agency").order_by(F("valid_to").desc(nulls_first=True), "pk")


def deciding_agencies(people: "Iterable[User]") -> dict[int, frozenset[int]]:
    """Return by person which agencies decide on the account (see `people.reach`): successors for dissolved ones."""
    named = list(people)
    posts = Post.objects.filter(user__in=named).values_list("user_id", "agency_id", "valid_to")
    gone = heirs()
    held: dict[int, list[Held]] = {user.pk: [] for user in named}
    for user_id, agency_id, to_day in posts:
        held[user_id].append(Held(gone.get(agency_id, agency_id), to_day))
    return {user.pk: deciding(held[user.pk], today(), used=was_used(user)) for user in named}


def heirs() -> dict[int, int]:
    """Return who answers today for each agency that has been succeeded."""
    successors = dict(Agency.objects.filter(successor__isnull=False).values_list("pk", "successor_id"))
    return {agency_id: heir(agency_id, successors) for agency_id in successors}


def was_used(user: "User") -> bool:
    """Has somebody come in with the account, or set a password of their own?"""
    return user.last_login is not None or (user.slip_valid_until is None and user.has_usable_password())


def delegations_to(user: "User", day: date | None = None) -> QuerySet[Delegation]:
    """Return the authorisations under which the person may act for others on `day`, while those still hold the post."""
    day = day or today()
    given = Delegation.objects.filter(current(day), current(day, "post__"), to=user, withdrawn_at__isnull=True)
    return given.select_related("post__agency", "post__user")


def delegations_given(user: "User") -> QuerySet[Delegation]:
    """Return whom the person has authorised and not withdrawn, the latest first."""
    given = Delegation.objects.filter(post__user=user, withdrawn_at__isnull=True)
    return given.select_related("post__agency", "to").order_by("-valid_from", "-pk")


# --- audiences -----------------------------------------------------------------------------------


def register_audiences(provider: AudienceProvider) -> None:
    """Let an upper package name further audiences a person belongs to; called from its `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)


def audiences_of(user: "User") -> list[str]:
    """Return every audience key the person belongs to now: own, posts with extra rights, what upper packages add."""
    keys = [f"user:{user.pk}"]
    for post in posts_of(user):
        given = (code for agency_id, code in user.extra_rights_today if agency_id == post.agency_id)
        roles = [post.role, *roles_read_as(given)]
        keys += [f"agency:{post.agency_id}", *(f"agency:{post.agency_id}:{role}" for role in roles)]
    return list(dict.fromkeys(keys + [key for provider in _providers for key in provider(user)]))


# --- agencies ------------------------------------------------------------------------------------


def visible_agencies(user: "User") -> QuerySet[Agency]:
    """Return the agencies of the installation's tree that a person may address documents to: all living ones."""
    return Agency.objects.filter(dissolved_on__isnull=True) if posts_of(user) else Agency.objects.none()


def own_agencies(user: "User") -> QuerySet[Agency]:
    """Return the agencies where the person holds a post today."""
    return Agency.objects.filter(pk__in={post.agency_id for post in posts_of(user)})


def living_among(agency_ids: Collection[int]) -> QuerySet[Agency]:
    """Return those of these agencies that are still working."""
    return Agency.objects.filter(pk__in=agency_ids, dissolved_on__isnull=True)


def every_agency() -> QuerySet[Agency]:
    """Return all agencies, dissolved ones too: for jobs and commands, which act for the installation."""
    return Agency.objects.all()


def agency_by_code(code: str) -> Agency | None:
    """Return the agency with this code, for commands."""
    return every_agency().filter(code=code).first()


def get_visible_agency(user: "User", public_id: UUID) -> Agency:
    """Return one agency a person may address, or `Unseen`."""
    return only(visible_agencies(user).filter(public_id=public_id))


def ids_below(agency_ids: Iterable[int], day: date | None = None) -> frozenset[int]:
    """Return the keys of these agencies and of everything under them on `day`."""
    links = AgencyLink.objects.filter(current(day or today()), ancestor_id__in=list(agency_ids))
    return frozenset(links.values_list("descendant_id", flat=True))


def ids_above(agency_id: int, day: date | None = None) -> list[int]:
    """Return the keys of the agency and of everything over it on `day`, nearest first."""
    links = AgencyLink.objects.filter(current(day or today()), descendant_id=agency_id)
    return list(links.order_by("depth").values_list("ancestor_id", flat=True))


def administered_ids(user: "User") -> frozenset[int]:
    """Return the keys of the agencies a person administers: those of the administrator's posts and all under them."""
    return user.administered_today


def administered_agencies(user: "User") -> QuerySet[Agency]:
    """Return the agencies a person administers, dissolved ones included."""
    return Agency.objects.filter(pk__in=administered_ids(user))


def get_administered_agency(user: "User", public_id: UUID) -> Agency:
    """Return one administered agency, or `Unseen`."""
    return only(administered_agencies(user).filter(public_id=public_id))


def parents(agency_ids: Collection[int], day: date | None = None) -> dict[int, int]:
    """Return which agency stands directly over each of these."""
    links = AgencyLink.objects.filter(current(day or today()), depth=1, descendant_id__in=agency_ids)
    return dict(links.values_list("descendant_id", "ancestor_id"))


# --- people --------------------------------------------------------------------------------------


def visible_users(user: "User") -> QuerySet["User"]:
    """Return oneself, the colleagues of one's agencies and the people one administers; never the system."""
    shared = {post.agency_id for post in posts_of(user)} | administered_ids(user)
    held = Post.objects.filter(user=OuterRef("pk"), agency_id__in=shared)
    people = UserModel.objects.filter(is_system=False)
    return people.filter(Q(pk=user.pk) | Exists(held))


def administered_users(user: "User") -> QuerySet["User"]:
    """Return the people with a present or former post in an administered agency, posts fetched along."""
    held = Post.objects.filter(user=OuterRef("pk"), agency_id__in=administered_ids(user))
    posts = Post.objects.filter(current(today())).select_related("agency")
    people = UserModel.objects.filter(Exists(held), is_system=False)
    return people.prefetch_related(Prefetch("posts", queryset=posts, to_attr="posts_shown"))


def get_administered_user(user: "User", public_id: UUID) -> "User":
    """Return one person the user administers, or `Unseen`."""
    return only(administered_users(user).filter(public_id=public_id))


def get_directory_user(user: "User", public_id: UUID) -> "User":
    """Return one person of the directory, or `Unseen`."""
    return only(UserModel.objects.filter(pk__in=directory(user).values("user"), public_id=public_id))


def user_by_name(username: str) -> "User | None":
    """Return the active person who signs in with this name, for commands."""
    return UserModel.objects.filter(username=username, is_active=True, is_system=False).first()


def active_people() -> QuerySet["User"]:
    """Return everybody whose account is open, for rules that say whom one may name; never the system."""
    return UserModel.objects.filter(is_active=True, is_system=False)


def system_user() -> "User":
    """Return the user jobs act as; nobody can sign in as it."""
    made = {"full_name": "Hệ thống", "is_system": True, "password": "!"}
    return UserModel.objects.get_or_create(username=SYSTEM_USERNAME, defaults=made)[0]


# --- access --------------------------------------------------------------------------------------


def own_tokens(user: "User") -> QuerySet[ApiToken]:
    """Return the person's tokens, newest first."""
    return ApiToken.objects.filter(user=user).order_by("-created_at")


def own_sign_ins(user: "User") -> QuerySet[SignIn]:
    """Return the person's own sign-in log."""
    return SignIn.objects.filter(user=user)


def administered_sign_ins(user: "User") -> QuerySet[SignIn]:
    """Return the sign-in log of the people one administers; unknown names are seen by those over the whole tree."""
    seen = Q(user__in=administered_users(user).values("pk"))
    if over_whole_tree(user):
        seen |= Q(user__isnull=True)
    return SignIn.objects.filter(seen).select_related("user")


def visible_archives(user: "User") -> QuerySet[SignInArchive]:
    """Return the archives of the sign-in log, for those over the whole tree: they hold lines of everybody."""
    return SignInArchive.objects.all() if over_whole_tree(user) else SignInArchive.objects.none()


def over_whole_tree(user: "User") -> bool:
    """Does the person administer every living agency?"""
    ids = administered_ids(user)
    return bool(ids) and not Agency.objects.filter(dissolved_on__isnull=True).exclude(pk__in=ids).exists()


def only(rows: "QuerySet[Row]") -> "Row":
    """Return the one row there is, or `Unseen`."""
    row = rows.first()
    if row is None:
        raise Unseen
    return row
