"""Frozen figures."""

from metrics.models.snapshot import Snapshot

__all__ = ["Snapshot"]
