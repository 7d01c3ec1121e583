"""Office tablets handed out in meetings, passed from hand to hand, wiped between users."""
