"""Ordered event streams, the hub that carries them to sockets, the frame protocol."""
