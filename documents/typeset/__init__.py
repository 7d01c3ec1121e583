"""Typesetting of administrative papers: data in, PDF/A and the places of its fields out (no Django)."""
