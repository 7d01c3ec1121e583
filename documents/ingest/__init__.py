"""The gate for uploads: every file is hostile until a confined worker has looked at it."""
