"""Rooms and their bookings."""

from rooms.models.room import Room

__all__ = ["Room"]
