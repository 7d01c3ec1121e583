"""The commands of the room: the same over the socket and over HTTP, each done once however often it is sent."""
