"""The page that teaches a tablet to trust this installation's own certificate authority."""

import re
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

HOST_AND_PORT = re.compile(r"([A-Za-z0-9_.\-]+|\[[0-9A-Fa-f:.]+\])(?::\d*)?")
OPEN_PATHS = ("/trust/", "/static/", "/healthz", "/i18n/")


def authority_path() -> Path:
    """Where the authority's certificate lies, once `HTTPS=1` has made one."""
    return Path(settings.KEYS_DIR) / "tls" / "ca.crt"


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the certificate, its fingerprint to compare, and the steps for each kind of device."""
    path = authority_path()
    if not path.exists():
        return render(request, "config/trust.html", {"missing": True})
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    host = request.get_host().rpartition(":")[0] or request.get_host()
    context = {
        "fingerprint": fingerprint(certificate),
        "until": certificate.not_valid_after_utc,
        "secure_url": f"https://{host}:{settings.PORT}/",
    }
    return render(request, "config/trust.html", context)


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 fingerprint as devices show it."""
    return certificate.fingerprint(hashes.SHA256()).hex(" ").upper()


@never_cache
@require_safe
def certificate(request: HttpRequest) -> HttpResponse:
    """Give the authority's certificate, in the form devices open for installing."""
    path = authority_path()
    if not path.exists():
        raise Http404
    der = x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(Encoding.DER)
    response = HttpResponse(der, content_type="application/x-x509-ca-cert")
    response["Content-Disposition"] = 'attachment; filename="nghi-su-ca.crt"'
    return response


class ThreadedServer(ThreadingMixIn, WSGIServer):
    """One thread per request; they never keep the process alive."""

    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """No access log."""

    def log_message(self, *args: object) -> None:
        return


def serve_plainly(host: str, port: int, secure_port: int) -> ThreadedServer:
    """Serve only the trust page without TLS, from a thread; every other address leads to the secure one."""
    from django.core.wsgi import get_wsgi_application

    application = only_trust(get_wsgi_application(), secure_port)
    server = make_server(host, port, application, server_class=ThreadedServer, handler_class=QuietHandler)
    threading.Thread(target=server.serve_forever, name="trust-page", daemon=True).start()
    return server


def only_trust(application: Any, secure_port: int) -> Any:
    """Let the open paths through and send the rest to https."""

    def filtered(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"].startswith(OPEN_PATHS):
            return application(environ, start_response)
        status, location = way_to_https(environ, secure_port)
        start_response(status, [*location, ("Content-Length", "0")])
        return [b""]

    return filtered


def way_to_https(environ: dict[str, Any], secure_port: int) -> tuple[str, list[tuple[str, str]]]:
    """Return status and headers that lead away; path and name come from a stranger and go into a header."""
    found = HOST_AND_PORT.fullmatch(environ.get("HTTP_HOST", "localhost"))
    if found is None:
        return "400 Bad Request", []
    path = quote(environ["PATH_INFO"], encoding="latin-1")
    return "302 Found", [("Location", "/trust/" if path == "/" else f"https://{found[1]}:{secure_port}{path}")]
