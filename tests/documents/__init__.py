"""Tests of the package `documents`."""
