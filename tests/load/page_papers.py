"""Takes files into an installation as its jobs do, prepared to be read: one line of paths in, one of addresses out."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from documents.actions.intake import take_in  # noqa: E402
from documents.blobs.store import blob_store  # noqa: E402
from documents.intake_gate import receive  # noqa: E402
from documents.jobs import prepare_version  # noqa: E402
from people.models import User  # noqa: E402
from people.queries import posts_of  # noqa: E402


def taken(username: str, path: Path) -> dict[str, str]:
    """Take one file in for the agency of the person's first post; return its address and its rendition's path."""
    user, at = User.objects.get(username=username), timezone.now()
    received = receive(SimpleUploadedFile(path.name, path.read_bytes()))
    document = take_in(received, agency_id=posts_of(user)[0].agency_id, title=path.stem, by=user, at=at)
    version = document.versions.get()
    prepare_version.call(version.pk)
    rendition = path.with_suffix(".shown.pdf")
    rendition.write_bytes(b"".join(blob_store().open_range(version.rendition.sha256)))
    return {"address": reverse("documents:document", args=[document.public_id]), "rendition": str(rendition)}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump([taken(asked["username"], Path(path)) for path in asked["paths"]], sys.stdout)
