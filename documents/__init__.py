"""Blobs, files and versions, register books and numbers, renditions, outgoing and incoming documents."""
