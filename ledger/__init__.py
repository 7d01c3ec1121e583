"""Append-only records: hash-chained audit entries, transitions, facts; and the door every write goes through."""
