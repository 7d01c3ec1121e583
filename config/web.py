"""The two web servers the application runs on, and how each lets its sockets go when it stops."""

import asyncio
import contextlib
import logging
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from config.tls import Certificates

logger = logging.getLogger(__name__)

SERVICE_RESTART = 1012  # the room's pages come back by themselves
LEAVE_SECONDS = 1.0
LARGEST_FRAME = 256 * 1024
CONNECT_SECONDS = 30  # after five, Daphne's own, a full hall that returns to a slow machine would be sent away again
WAITING = 1024  # a room that comes back at once; with Twisted's 50 those beyond wait for TCP to try again, 1 to 15 s


@dataclass(frozen=True)
class Listen:
    """Where to listen, and with which certificates."""

    host: str
    port: int
    tls: Certificates | None = None

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}/"


def cannot_listen(listen: Listen) -> str:
    """Return what to do when the address is taken."""
    return f"Cannot listen on {listen.host}:{listen.port}: is something else using it? Try PORT={listen.port + 10}."


async def every_second(step: Callable[[], None]) -> None:
    """Run `step` about once a second for as long as the server runs."""
    while True:
        await asyncio.sleep(1)
        try:
            step()
        except Exception:
            logger.exception("watching the child processes failed; trying again")


def run_daphne(listen: Listen, ready: Callable[[], None], watch: Callable[[], None]) -> None:
    """Serve with Daphne until SIGINT or SIGTERM."""
    from daphne.server import twisted_loop
    from twisted.internet import reactor

    from config.asgi import application
    from live.daphne_wire import WiredServer

    server = WiredServer(
        application,
        endpoints=[endpoint(listen)],
        signal_handlers=False,
        ready_callable=ready,
        server_name="nghi-su",
        websocket_max_message_size=LARGEST_FRAME,
        websocket_max_frame_size=LARGEST_FRAME,
        websocket_timeout=-1,
        websocket_connect_timeout=CONNECT_SECONDS,
    )
    watching = twisted_loop.create_task(every_second(watch))
    stopping: list[asyncio.Task[None]] = []

    end: Callable[[], None] = getattr(reactor, "stop")  # noqa: B009 - the reactor is chosen at run time

    def stop() -> None:
        if not stopping:
            stopping.append(twisted_loop.create_task(leave_daphne(server, end)))

    for number in (signal.SIGINT, signal.SIGTERM):
        twisted_loop.add_signal_handler(number, stop)
    server.run()
    watching.cancel()
    if not stopping:
        raise SystemExit(cannot_listen(listen))


def endpoint(listen: Listen) -> str:
    """Return the listening address in Twisted's notation."""
    host = listen.host.replace(":", r"\:")
    if listen.tls is None:
        return f"tcp:port={listen.port}:interface={host}:backlog={WAITING}"
    key, certificate = (str(path).replace(":", r"\:") for path in (listen.tls.key, listen.tls.certificate))
    return (
        f"ssl:port={listen.port}:interface={host}:backlog={WAITING}"
        f":privateKey={key}:certKey={certificate}:extraCertChain={certificate}"
    )


async def leave_daphne(server: Any, stop: Callable[[], None]) -> None:
    """Take no new connections, tell every socket to come back, spread over a second, then stop."""
    from daphne.ws_protocol import WebSocketProtocol

    from live.lines.line import leave_all

    for listener in server.listeners:
        listener.addCallback(lambda port: port.stopListening())
    leaving = asyncio.ensure_future(leave_all(LEAVE_SECONDS))
    sockets = [protocol for protocol in server.connections if isinstance(protocol, WebSocketProtocol)]
    pauses = sorted(random.uniform(0, LEAVE_SECONDS) for _ in sockets)  # not all tablets at once
    passed = 0.0
    for protocol, pause in zip(sockets, pauses, strict=True):
        await asyncio.sleep(pause - passed)
        passed = pause
        with contextlib.suppress(Exception):
            protocol.sendCloseFrame(code=SERVICE_RESTART)  # its checked sendClose refuses 1012
    await leaving
    await asyncio.sleep(0.2 if sockets or leaving.result() else 0)
    stop()


def run_uvicorn(listen: Listen, ready: Callable[[], None], watch: Callable[[], None]) -> None:
    """Serve with uvicorn until SIGINT or SIGTERM; it closes its sockets with 1012 itself."""
    import uvicorn

    from config.asgi import application
    from live.lines.line import leave_all
    from live.uvicorn_wire import WiredProtocol, bounded

    config = uvicorn.Config(
        bounded(application),
        host=listen.host,
        port=listen.port,
        lifespan="off",
        log_level="warning",
        ws=WiredProtocol,
        ws_per_message_deflate=False,  # the same frame goes to every socket
        ws_max_size=LARGEST_FRAME,
        timeout_graceful_shutdown=5,
        ssl_keyfile=str(listen.tls.key) if listen.tls else None,
        ssl_certfile=str(listen.tls.certificate) if listen.tls else None,
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                ready()
                self.watching = asyncio.create_task(every_second(watch))

        async def shutdown(self, sockets: Any = None) -> None:
            leaving = asyncio.ensure_future(leave_all(LEAVE_SECONDS))
            await super().shutdown(sockets=sockets)  # waits for every answer to end
            await leaving

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)  # uvicorn raises its signal once more after it has stopped
    server = Server(config)
    with contextlib.suppress(SystemExit):  # its own way of saying that the address is taken
        server.run()
    if not server.started:
        raise SystemExit(cannot_listen(listen))


SERVERS: dict[str, Callable[[Listen, Callable[[], None], Callable[[], None]], None]] = {
    "daphne": run_daphne,
    "uvicorn": run_uvicorn,
}
