"""Where file bytes are kept: one protocol, a local folder or any S3 server behind it."""
