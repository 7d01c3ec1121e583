"""Writes of the package."""

from live.actions.epoch import new_epoch

__all__ = ["new_epoch"]
