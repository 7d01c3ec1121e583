"""Agencies and people for tests: `AgencyFactory(parent=…)`, `UserFactory()`, `PostFactory(role=…)`, `person(…)`."""

from datetime import date

import factory
from django.utils import timezone

from people.models import Agency, AgencyLink, Post, User
from people.queries import ids_above

LONG_AGO = date(2020, 1, 1)
PASSWORD = "mật-khẩu-thử-2026"
HASHED = None


def hashed_password() -> str:
    """The hash of `PASSWORD`, computed once: argon2 is slow on purpose."""
    global HASHED
    if HASHED is None:
        from django.contrib.auth.hashers import make_password

        HASHED = make_password(PASSWORD)
    return HASHED


class AgencyFactory(factory.django.DjangoModelFactory):
    """A living agency; `parent=` puts it into the tree."""

    class Meta:
        model = Agency
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"UBND-{n:03d}")
    name = factory.Sequence(lambda n: f"UBND phường Thử {n:03d}")
    abbreviation = "UBND"
    place = "Tỉnh Mẫu"

    @factory.post_generation
    def parent(self, create, extracted, **kwargs):
        AgencyLink.objects.create(ancestor=self, descendant=self, depth=0, valid_from=LONG_AGO)
        if extracted is not None:
            for depth, above in enumerate(ids_above(extracted.pk), start=1):
                AgencyLink.objects.create(ancestor_id=above, descendant=self, depth=depth, valid_from=LONG_AGO)


class UserFactory(factory.django.DjangoModelFactory):
    """A person who can sign in with `PASSWORD`; no post yet."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi.{n:03d}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Thử {n:03d}")
    password = factory.LazyFunction(hashed_password)


class PostFactory(factory.django.DjangoModelFactory):
    """A current post of a new person in a new agency unless told otherwise."""

    class Meta:
        model = Post

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Post.Role.OFFICIAL
    title = factory.LazyAttribute(lambda post: str(dict(Post.Role.choices)[post.role]))
    valid_from = LONG_AGO


def person(agency: Agency, role: str = "official", **fields: object) -> User:
    """Return a new person with a current post of this role in the agency."""
    user: User = UserFactory(**fields)
    PostFactory(user=user, agency=agency, role=role)
    return user


def fresh(user: User) -> User:
    """Return the person as a new request would see them: nothing remembered."""
    return User.objects.get(pk=user.pk)


def now():
    """An aware time for `at=`."""
    return timezone.now()
