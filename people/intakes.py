"""Reading workbooks on their way in, and who still waits for a password slip."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.models import Agency, PeopleImport, User
from people.queries import acting_post, administered_ids, administered_users, only, posts_of

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
    """Return the people one administers who have no password that works: none yet, or on a slip that has run out."""
    without = Q(password__startswith=NO_PASSWORD) | Q(slip_valid_until__lt=timezone.now())
    return administered_users(user).filter(without, is_active=True).exclude(pk=user.pk).order_by("sort_key", "pk")
