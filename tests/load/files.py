"""Room for a thousand sockets in one process."""

import resource


def allow_many_files() -> None:
    """Allow as many open files as the system grants."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536) if hard > 0 else 65536, hard))
