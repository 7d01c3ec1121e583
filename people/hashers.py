"""Password hashing sized for a full room signing in at once: argon2id at 19 MiB (OWASP), not Django's 100 MB."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 4
_seats = BoundedSemaphore(AT_ONCE)


class RoomArgon2Hasher(Argon2PasswordHasher):
    """argon2id, 19 MiB, two passes, one lane; at most four computations at once in a process, the others queue."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a new password when a seat is free."""
        with _seats:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a password when a seat is free."""
        with _seats:
            return super().verify(password, encoded)
