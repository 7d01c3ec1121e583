"""The doors through which rooms, plans and bookings change."""
