"""Tablets set up and retired, cards made and revoked, tablets taken and handed back."""
