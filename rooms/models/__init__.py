"""Rooms and their bookings."""

from rooms.models.booking import BookedQuarter, Booking
from rooms.models.room import Room, SeatPlan

__all__ = ["BookedQuarter", "Booking", "Room", "SeatPlan"]
