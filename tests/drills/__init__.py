"""Fault drills: kill, cut off, restore; run by `make drill`, apart from the tests."""
