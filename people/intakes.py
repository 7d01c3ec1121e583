"""Reading workbooks on their way in, and who still waits for a password slip."""

from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from people.models import Agency, PeopleImport, Post, User
from people.queries import acting_post, administered_ids, administered_users, heirs, only, posts_of, today
from people.reach import REMEMBERED

NO_PASSWORD = "!"  # how Django marks an account without a password that works


def own_imports(user: User) -> QuerySet[PeopleImport]:
    """Return the workbooks the person had read."""
    return PeopleImport.objects.filter(made_by=user)


def get_own_import(user: User, public_id: UUID) -> PeopleImport:
    """Return one of them, or `Unseen`."""
    return only(own_imports(user).filter(public_id=public_id))


def import_agency(user: User) -> Agency:
    """Return whose chain records an import: of the post acted in where that administers, else the first that does."""
    within = administered_ids(user)
    acting = acting_post(user)
    held = [*([acting] if acting else []), *posts_of(user)]
    return next(post.agency for post in held if post.role == "admin" and post.agency_id in within)


def waiting_for_slip(user: User) -> QuerySet[User]:
    """Return the people in office whose account one may change and who cannot come in.

    They have no password that works: none yet, or on a slip that has run out. Whoever comes in by the identity
    provider needs none.
    """
    without = Q(password__startswith=NO_PASSWORD) | Q(slip_valid_until__lt=timezone.now())
    people = managed(user).filter(without, is_active=True).exclude(pk=user.pk)
    if settings.OIDC_ISSUER:
        tied = SocialAccount.objects.filter(user_id=OuterRef("pk"), provider=settings.OIDC_ISSUER)
        people = people.exclude(Exists(tied))
    return people.order_by("sort_key", "pk")


def managed(user: User) -> QuerySet[User]:
    """Return the people in office without a password of their own whom `rules.may_manage` lets the person change."""
    within, day = administered_ids(user), today()
    reached = {*within, *(pk for pk, heir in heirs().items() if heir in within)}
    held = Post.objects.filter(user=OuterRef("pk"))
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    elsewhere = held.exclude(agency_id__in=reached)
    lately = elsewhere.filter(lasting | Q(valid_to__gt=day - REMEMBERED))
    people = administered_users(user).filter(Exists(held.filter(lasting)), ~Exists(elsewhere.filter(lasting)))
    return people.filter(Q(last_login__isnull=True) | ~Exists(lately))
