"""Web push: keys, addresses that may be written to, and the request itself."""
