"""Screens paired with a meeting and taken off it."""
