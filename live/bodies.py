"""How much one HTTP request may carry: a server keeps a body before anybody knows who sent it."""

from django.utils.translation import gettext

LARGEST_BODY = 110 * 1024 * 1024  # the largest file and its form
LINGER_SECONDS = 5.0  # more of the body is read and dropped, since a cut connection would hide the answer


def too_large_answer() -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Return headers and text of the 413 answer, after which the connection closes."""
    limit = LARGEST_BODY // 1024**2
    text = gettext("This is larger than %(limit)s MB, the most the server takes. Send a smaller file.")
    body = f"{text % {'limit': limit}}\n".encode()
    kind = (b"content-type", b"text/plain; charset=utf-8")
    return [kind, (b"content-length", str(len(body)).encode()), (b"connection", b"close")], body
