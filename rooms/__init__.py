"""Meeting rooms: equipment, seat plans, and who has booked them when."""
