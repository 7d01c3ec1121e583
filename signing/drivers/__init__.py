"""Who makes a signature value: begin, poll, finish, because a phone confirmation takes minutes."""
