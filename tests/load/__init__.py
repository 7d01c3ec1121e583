"""Measurements: each module prints JSON lines and compares itself with a reference taken in the same run."""
