"""Users: deactivated, never deleted; sorted by given name as Vietnamese lists are."""

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.functional import cached_property

if TYPE_CHECKING:
    from people.models.post import Post

from people.names import KEY_LENGTH, normalised, sort_key
from search.fields import FoldedField


class UserManager(BaseUserManager["User"]):
    """Makes users with hashed passwords."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new saved user; without a password nobody can sign in as them."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person, or the system itself (`is_system`), which jobs act as."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    name_folded = FoldedField(source="full_name")
    sort_key = models.CharField(max_length=KEY_LENGTH, editable=False, db_index=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False, help_text="Made by the demo; lists say so beside the name.")
    is_simulated = models.BooleanField(
        default=False, db_default=False, help_text="Stands for a delegate in rehearsals; active only while one runs."
    )
    slip_valid_until = models.DateTimeField(
        null=True, blank=True, help_text="The password came on a slip: it works until then and must be replaced."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=0, help_text="Counts the changes of name and contact data.")

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return f"{self.full_name} (demo)" if self.is_demo else self.full_name

    def get_full_name(self) -> str:
        """Return the name as documents print it."""
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the name in NFC and its sort key beside it."""
        self.full_name = normalised(self.full_name)
        self.sort_key = sort_key(self.full_name)
        super().save(*args, **kwargs)

    @cached_property
    def posts_today(self) -> list["Post"]:
        """Today's posts, read once per request and person object; `queries.posts_of` is the door to them."""
        from people.queries import current_posts

        return list(current_posts(self))

    @cached_property
    def extra_rights_today(self) -> frozenset[tuple[int, str]]:
        """(agency, right) given beyond the roles, read once; `queries.has_right` is the door to them."""
        from people.models.right import PostRight

        held = [post.pk for post in self.posts_today]
        given = (
            PostRight.objects.filter(post__in=held, taken_back_at__isnull=True) if held else PostRight.objects.none()
        )
        return frozenset(given.values_list("post__agency_id", "code"))

    @cached_property
    def administered_today(self) -> frozenset[int]:
        """Keys of the agencies this person administers, read once; `queries.administered_ids` is the door to them."""
        from people.queries import ids_below

        own = [post.agency_id for post in self.posts_today if post.role == "admin"]
        return ids_below(own) if own else frozenset()

    @cached_property
    def acting_post_id(self) -> int | None:
        """The post this person acts in; the middleware sets it from the session, else the first current one."""
        from people.queries import posts_of

        return next((post.pk for post in posts_of(self)), None)

    def post_for(self, agency_id: int) -> int | None:
        """Return the post a record about this agency names: the acting one if held there, else the first held there."""
        held = [post.pk for post in self.posts_today if post.agency_id == agency_id]
        return self.acting_post_id if self.acting_post_id in held or not held else held[0]
