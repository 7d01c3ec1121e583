"""The writes of signing."""
