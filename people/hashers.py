"""Password hashing sized for a full room signing in at once: argon2id at 19 MiB (OWASP), not Django's 100 MB."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class RoomArgon2Hasher(Argon2PasswordHasher):
    """argon2id, 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
