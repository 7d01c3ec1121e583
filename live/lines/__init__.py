"""What carries a room's frames where WebSocket is blocked: a stream of events, or polling; see docs/protocol.md."""
