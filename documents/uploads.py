"""Takes an upload off the wire without keeping more of it than anything may be."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from documents.ingest.limits import LIMITS


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Writes a file to disk up to one chunk past the largest size; the gate then refuses it by that chunk."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk unless the file is already too large; the rest of it is read and dropped."""
        if start <= LIMITS.max_bytes:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        """Return the file with the size that was kept."""
        file: Any = super().file_complete(file_size)
        if file is not None:
            file.size = file.file.seek(0, 2)
            file.seek(0)
        return file
