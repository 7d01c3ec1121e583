"""The installation's store: an S3 server when one is set, a folder of DATA_DIR otherwise."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from documents.blobs.local import LocalBlobStore
from documents.blobs.protocol import BlobStore
from documents.blobs.s3 import S3BlobStore, connect


def blob_store() -> BlobStore:
    """Return the store the settings name, the same object for the same settings."""
    if settings.S3_ENDPOINT:
        return _s3(
            settings.S3_ENDPOINT,
            settings.S3_BUCKET,
            settings.S3_ACCESS_KEY,
            settings.S3_SECRET_KEY,
            settings.S3_SECURE,
        )
    return _local(Path(settings.DATA_DIR))


@lru_cache(maxsize=4)
def _local(root: Path) -> BlobStore:
    return LocalBlobStore(root)


@lru_cache(maxsize=4)
def _s3(endpoint: str, bucket: str, access_key: str, secret_key: str, secure: bool) -> BlobStore:
    return S3BlobStore(connect(endpoint, access_key=access_key, secret_key=secret_key, secure=secure), bucket)
