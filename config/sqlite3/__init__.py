"""SQLite with a fair queue for the writers of one process."""
