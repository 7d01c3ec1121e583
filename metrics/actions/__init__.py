"""Freezing figures."""
