"""Template words of documents."""
