"""The list of notices, preferences and devices, the state of the outbox."""
