"""Is the server alive, may it serve, and how is everything it depends on?"""

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.models import User
from people.queries import administered_ids

Probe = Callable[[], dict[str, Any]]
BACKLOG_LIMIT = timedelta(minutes=5)
DISK_LIMIT = 1024**3


class Down(Exception):
    """A dependency does not work; the text says how, without figures: those are given apart."""

    def __init__(self, text: str, **figures: int) -> None:
        super().__init__(text)
        self.figures = figures


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive; with `?db=1` also: the database answers, so this process may serve."""
    if request.GET.get("db"):
        try:
            database()
        except DatabaseError:
            return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Every dependency as JSON, figures for administrators only; 503 when database or migrations are not ready."""
    shown = dict if is_known(request) else without_figures
    needed = {name: shown(outcome(probe)) for name, probe in NEEDED.items()}
    wanted = {name: shown(outcome(probe)) for name, probe in WANTED.items()}
    serving = all(found["ok"] for found in needed.values())
    degraded = [name for name, found in wanted.items() if not found["ok"]]
    status = "unavailable" if not serving else "degraded" if degraded else "ok"
    body = {"status": status, "degraded": degraded, "checks": needed | wanted}
    return JsonResponse(body, status=200 if serving else 503)


def is_known(request: HttpRequest) -> bool:
    """Does an administrator ask? Without the database nobody can be recognised."""
    with suppress(DatabaseError):
        return isinstance(request.user, User) and bool(administered_ids(request.user))
    return False


def without_figures(found: dict[str, Any]) -> dict[str, Any]:
    """Return what a stranger may know: whether it works and what it is, not how full, how busy or how fast."""
    return {name: value for name, value in found.items() if isinstance(value, bool | str)}


def outcome(probe: Probe) -> dict[str, Any]:
    """Run one probe; a dependency that fails never fails the page."""
    started = time.perf_counter()
    try:
        found = {"ok": True, **probe()}
    except Down as down:
        found = {"ok": False, "error": str(down), **down.figures}
    except Exception as error:
        found = {"ok": False, "error": type(error).__name__}
    return {**found, "ms": round((time.perf_counter() - started) * 1000, 1)}


def database() -> dict[str, Any]:
    """The database answers a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return {"vendor": connection.vendor}


def migrations() -> dict[str, Any]:
    """Every migration of this version has been applied."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise Down("migrations are not applied: run manage.py migrate", waiting=len(waiting))
    return {}


def blobs() -> dict[str, Any]:
    """The store of document bytes answers."""
    from documents.blobs.store import blob_store

    blob_store().exists("0" * 64)
    return {"store": "s3" if settings.S3_ENDPOINT else "local"}


def disk() -> dict[str, Any]:
    """The data folder still has room."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < DISK_LIMIT:
        raise Down("the data folder is nearly full", free_mb=free // 1024**2)
    return {"free_mb": free // 1024**2}


def jobs() -> dict[str, Any]:
    """No background job has waited longer than five minutes: a worker is running and keeps up."""
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.ready()
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    if oldest and timezone.now() - oldest > BACKLOG_LIMIT:
        raise Down("background jobs are waiting: is a worker running?")
    return {"waiting": waiting.count()}


def bell() -> dict[str, Any]:
    """The channel layer's Redis answers; without one, processes hear of events by polling."""
    if not settings.REDIS_URL:
        return {"layer": "in-process"}
    import redis

    redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    return {"layer": "redis"}


def office() -> dict[str, Any]:
    """LibreOffice is installed, so office files can become meeting papers."""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        raise Down("LibreOffice is not installed: only PDF files and images can be uploaded")
    return {}


def mail() -> dict[str, Any]:
    """The latest notices went out by mail; without a mail server none is sent."""
    from notices.queries import is_failing

    if settings.EMAIL_URL and is_failing("mail"):
        raise Down("the latest mails could not be sent: see the page of deliveries")
    return {"server": "smtp" if settings.EMAIL_URL else "none"}


NEEDED: dict[str, Probe] = {"database": database, "migrations": migrations}
WANTED: dict[str, Probe] = {"blobs": blobs, "disk": disk, "jobs": jobs, "bell": bell, "office": office, "mail": mail}
