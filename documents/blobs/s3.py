"""Blobs on any S3 server, through the minio client."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import urllib3
from minio import Minio
from minio.commonconfig import REPLACE, CopySource
from minio.error import MinioException, S3Error

from documents.blobs.protocol import (
    CHUNK,
    BlobMissing,
    BlobStoreUnavailable,
    StoredBlob,
    blob_key,
    require_match,
    sha256_of,
)

R = TypeVar("R")
YOUNG = timedelta(hours=1)
_ABSENT = {"NoSuchKey", "NoSuchObject", "NoSuchBucket", "ResourceNotFound"}


class S3BlobStore:
    """A `BlobStore` in one bucket; the bucket is made on the first write."""

    def __init__(self, client: Minio, bucket: str) -> None:
        self._client = client
        self._bucket = bucket
        self._bucket_seen = False

    def put(self, source: Path, sha256: str, size: int) -> None:
        """Keep the file's bytes; an S3 server shows an object only when it is whole."""
        if self._stored_size(sha256) == size and self._refreshed(sha256):
            return
        require_match(source, sha256, size)
        self._make_bucket()
        key = blob_key(sha256)
        _ask(key, lambda: self._client.fput_object(self._bucket, key, str(source)))

    def open_range(self, sha256: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Yield the bytes; see `BlobStore.open_range`."""
        key = blob_key(sha256)
        wanted = self.size(sha256) - start if length is None else length
        if wanted <= 0:
            return
        answer = _ask(key, lambda: self._client.get_object(self._bucket, key, offset=start, length=wanted))
        try:
            yield from answer.stream(CHUNK)
        except urllib3.exceptions.HTTPError as error:
            raise BlobStoreUnavailable(key) from error
        finally:
            answer.close()
            answer.release_conn()

    def exists(self, sha256: str) -> bool:
        """Tell whether the bytes are there."""
        return self._stored_size(sha256) is not None

    def size(self, sha256: str) -> int:
        """Return the number of bytes; see `BlobStore.size`."""
        size = self._stored_size(sha256)
        if size is None:
            raise BlobMissing(sha256)
        return size

    def stored_at(self, sha256: str) -> datetime | None:
        """Return when these bytes were last put; see `BlobStore.stored_at`."""
        key = blob_key(sha256)
        try:
            return _ask(key, lambda: self._client.stat_object(self._bucket, key).last_modified)
        except BlobMissing:
            return None

    def delete(self, sha256: str) -> None:
        """Remove the bytes; S3 answers the same for missing bytes."""
        key = blob_key(sha256)
        if self.exists(sha256):
            _ask(key, lambda: self._client.remove_object(self._bucket, key))

    def entries(self) -> Iterator[StoredBlob]:
        """Yield everything stored in the bucket under our keys."""
        listing = self._client.list_objects(self._bucket, prefix="blobs/", recursive=True)
        while (found := _ask("blobs/", lambda: next(listing, None))) is not None:
            sha256 = sha256_of(found.object_name or "")
            if sha256 and found.last_modified is not None:
                yield StoredBlob(sha256, found.size or 0, found.last_modified)

    def _stored_size(self, sha256: str) -> int | None:
        key = blob_key(sha256)
        try:
            return _ask(key, lambda: self._client.stat_object(self._bucket, key).size)
        except BlobMissing:
            return None

    def _refreshed(self, sha256: str) -> bool:
        """Make bytes older than an hour young again for the sweep, unless the sweep was faster."""
        stored_at = self.stored_at(sha256)
        if stored_at is None or datetime.now(UTC) - stored_at < YOUNG:
            return stored_at is not None
        key = blob_key(sha256)
        source = CopySource(self._bucket, key)
        try:
            _ask(key, lambda: self._client.copy_object(self._bucket, key, source, metadata_directive=REPLACE))
        except BlobMissing:
            return False
        return True

    def _make_bucket(self) -> None:
        if self._bucket_seen:
            return
        if not self._has_bucket():
            try:
                _ask(self._bucket, lambda: self._client.make_bucket(self._bucket))
            except BlobStoreUnavailable:
                if not self._has_bucket():  # else another process made it in this moment
                    raise
        self._bucket_seen = True

    def _has_bucket(self) -> bool:
        return _ask(self._bucket, lambda: self._client.bucket_exists(self._bucket))


def connect(endpoint: str, *, access_key: str, secret_key: str, secure: bool) -> Minio:
    """Return a client that gives up in seconds when the server does not answer."""
    pool = urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=3, read=30),
        maxsize=16,
        retries=urllib3.Retry(total=2, backoff_factor=0.2, status_forcelist=[502, 503, 504]),
    )
    return Minio(endpoint, access_key=access_key, secret_key=secret_key, secure=secure, http_client=pool)


def _ask(what: str, request: Callable[[], R]) -> R:
    """Put a request to the server and translate its refusals into those of the protocol."""
    try:
        return request()
    except S3Error as error:
        if error.code in _ABSENT:
            raise BlobMissing(what) from error
        raise BlobStoreUnavailable(f"{what}: {error.code}") from error
    except (urllib3.exceptions.HTTPError, MinioException, OSError) as error:
        raise BlobStoreUnavailable(what) from error
