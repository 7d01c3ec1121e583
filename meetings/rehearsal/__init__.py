"""A rehearsal before a session: simulated delegates on real sockets, against the running server."""
