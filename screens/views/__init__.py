"""The pages of screens: the screen itself, and the list of a meeting’s screens."""
