"""Writing guides and answering feedback."""
