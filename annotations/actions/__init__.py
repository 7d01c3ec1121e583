"""The door for writes."""
