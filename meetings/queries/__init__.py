"""Reading meetings: what exists for a person, calendar lists, what the room is made of."""
