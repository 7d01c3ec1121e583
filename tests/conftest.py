"""Fixtures every package's tests may use."""
