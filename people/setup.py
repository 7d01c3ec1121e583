"""Is this installation still waiting for its first administrator?"""

from people.models import User


def is_needed() -> bool:
    """Has nobody an account yet?"""
    return not User.objects.filter(is_system=False).exists()
