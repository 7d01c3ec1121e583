"""Writing notices: telling people, marking as read, taking back what is no longer true."""
