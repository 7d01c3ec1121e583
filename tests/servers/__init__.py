"""Real servers the tests start for themselves and end by process id."""
