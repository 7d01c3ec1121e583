"""User guides per role inside the system, and the feedback form."""
