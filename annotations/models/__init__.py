"""Annotations, who they are shared with, and replies."""
