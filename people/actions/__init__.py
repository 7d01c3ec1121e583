"""Every write to agencies, people, posts, authorisations and tokens."""
