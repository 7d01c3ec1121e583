"""Is a signed PDF what it claims to be: pyHanko's checks with explicit roots, and rules of our own on top."""
