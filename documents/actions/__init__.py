"""The only writers of documents: one door each."""
