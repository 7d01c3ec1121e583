"""The post a person acts from: picked by the person, believed only while it is held, kept in every record."""

from people.models import User
from people.queries import posts_of

REMEMBERED = ("posts_today", "extra_rights_today", "administered_today", "acting_post_id")


def act_from(user: User, picked: object) -> None:
    """Act from the post with this key or public id, if it is held today; else from the first current one."""
    for post in posts_of(user):
        if picked in {post.pk, str(post.public_id)}:
            user.acting_post_id = post.pk


def forget_rights(user: User) -> None:
    """Have the person's posts read anew: for objects that outlive a request, such as the one behind a socket."""
    for name in REMEMBERED:
        user.__dict__.pop(name, None)
