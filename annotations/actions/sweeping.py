"""What is thrown away for good: notes erased long ago, and what quoted a version that was destroyed."""

from datetime import datetime, timedelta

from django.db.models import Q

from annotations.models import Annotation
from ledger.commands import KEPT
from ledger.door import action, private
from people.models import User

BEYOND_DOUBT = timedelta(days=1)


@action
def sweep(*, by: User, at: datetime) -> int:
    """Delete what nobody can take back any more; a copy of its first operation is still known until then."""
    private()
    long_erased = Q(erased_at__lt=at - KEPT - BEYOND_DOUBT)
    return Annotation.objects.filter(long_erased | Q(version__rendition__purged_at__isnull=False)).delete()[0]
