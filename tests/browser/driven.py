"""Firefox and WebKitGTK driven by their own WebDriver: Firefox by Marionette, WebKitGTK by the driver beside it."""

import base64
import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tests.servers.redis import free_port

FIREFOX, WEBKIT, SCREEN = "firefox-esr", "WebKitWebDriver", "Xvfb"
STARTS, ANSWERS, STEP = 60.0, 60.0, 0.05
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
Points = Sequence[tuple[float, float]]
# Nothing is asked for over the network but our server, and nobody is greeted.
QUIET = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "vi-VN, vi",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Refused(Exception):
    """The driver answered with an error."""


class Wire(Protocol):
    """How a command reaches a browser."""

    def ask(self, command: str, data: dict[str, Any]) -> Any:
        """Send one command by its name in WebDriver and return the value of the answer."""


@dataclass
class Marionette:
    """Firefox's own line: length, colon, JSON."""

    line: socket.socket
    last: int = 0

    def ask(self, command: str, data: dict[str, Any]) -> Any:
        self.last += 1
        said = json.dumps([0, self.last, f"WebDriver:{command}", data]).encode()
        self.line.sendall(b"%d:%s" % (len(said), said))
        _, _, error, result = self.heard()
        if error:
            raise Refused(f"{command}: {error['error']}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def heard(self) -> Any:
        """Return the next message."""
        length = b""
        while not length.endswith(b":"):
            length += self.some(1)
        return json.loads(self.some(int(length[:-1])))

    def some(self, count: int) -> bytes:
        """Return exactly so many bytes."""
        got = b""
        while len(got) < count:
            piece = self.line.recv(count - len(got))
            if not piece:
                raise ConnectionError("Firefox has gone")
            got += piece
        return got


PATHS = {
    "NewSession": ("POST", "/session"),
    "DeleteSession": ("DELETE", ""),
    "Navigate": ("POST", "/url"),
    "Refresh": ("POST", "/refresh"),
    "ExecuteScript": ("POST", "/execute/sync"),
    "PerformActions": ("POST", "/actions"),
    "ReleaseActions": ("DELETE", "/actions"),
    "TakeScreenshot": ("GET", "/screenshot"),
    "SetWindowRect": ("POST", "/window/rect"),
    "SetTimeouts": ("POST", "/timeouts"),
}


@dataclass
class Http:
    """The driver of WebKitGTK: WebDriver as the standard has it."""

    port: int
    session: str = ""

    def ask(self, command: str, data: dict[str, Any]) -> Any:
        method, path = PATHS[command]
        body = None if method != "POST" else json.dumps(data).encode()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWERS)
        address = path if command == "NewSession" else f"/session/{self.session}{path}"
        line.request(method, address, body, {"Content-Type": "application/json"})
        answer = line.getresponse()
        value = json.loads(answer.read())["value"]
        line.close()
        if answer.status != 200:
            raise Refused(f"{command}: {value['error']}: {value['message']}")
        if command == "NewSession":
            self.session = value["sessionId"]
        return value


@dataclass
class Window:
    """One window of a browser, with what one does in it."""

    name: str
    wire: Wire
    troubles: list[str] = field(default_factory=list)

    def open(self, url: str) -> None:
        """Go to an address."""
        self.wire.ask("Navigate", {"url": url})

    def reload(self) -> None:
        """Load the page again."""
        self.wire.ask("Refresh", {})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page and return what it returns."""
        return self.wire.ask("ExecuteScript", {"script": script, "args": list(arguments)})

    def until(self, script: str, *arguments: Any, seconds: float = 15) -> Any:
        """Wait until an expression is true in the page and return it."""
        deadline = time.monotonic() + seconds
        while True:
            with contextlib.suppress(Refused):  # the page is just being changed
                if found := self.run(f"return {script}", *arguments):
                    return found
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.name}: never true: {script} {arguments}")
            time.sleep(STEP)

    def click(self, selector: str) -> None:
        """Press what the selector finds, once it is there."""
        self.until("document.querySelector(arguments[0])", selector)
        self.run("document.querySelector(arguments[0]).click()", selector)

    def drag(self, points: Points, kind: str = "mouse") -> None:
        """Go down at the first point, along the others, and up at the last."""
        there = [{"type": "pointerMove", "duration": 0, "x": round(x), "y": round(y)} for x, y in points]
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        hand = {"type": "pointer", "id": kind, "parameters": {"pointerType": kind}}
        self.wire.ask("PerformActions", {"actions": [{**hand, "actions": [there[0], down, *there[1:], up]}]})
        self.wire.ask("ReleaseActions", {})

    def press(self, key: str, *, control: bool = False) -> None:
        """Press a key, with Ctrl held where asked for."""
        keys = ["\ue009", key] if control else [key]
        steps = [{"type": "keyDown", "value": one} for one in keys]
        steps += [{"type": "keyUp", "value": one} for one in reversed(keys)]
        self.wire.ask("PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": steps}]})

    def shot(self, path: Path) -> None:
        """Keep a picture of the window."""
        path.write_bytes(base64.b64decode(self.wire.ask("TakeScreenshot", {"full": False})))


def missing(*programs: str) -> list[str]:
    """Return which of these programs are not installed."""
    return [one for one in programs if shutil.which(one) is None]


@contextmanager
def firefox() -> Iterator[Window]:
    """Run headless Firefox with an empty profile."""
    with tempfile.TemporaryDirectory(prefix="nghisu-firefox-") as name, started_firefox(Path(name)) as line:
        wire = Marionette(line)
        wire.heard()
        yield from window("firefox", wire, {"pageLoadStrategy": "normal"})


@contextmanager
def started_firefox(profile: Path) -> Iterator[socket.socket]:
    """Start Firefox and yield the line to it."""
    port = free_port()
    lines = {**QUIET, "marionette.port": port}
    text = "".join(f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in lines.items())
    (profile / "user.js").write_text(text, encoding="utf-8")
    command = [FIREFOX, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
    size = {"MOZ_HEADLESS_WIDTH": "1180", "MOZ_HEADLESS_HEIGHT": "900", "HOME": str(profile)}
    with running(command, **size), connected(port) as line:
        yield line


@contextmanager
def webkit() -> Iterator[Window]:
    """Run WebKitGTK's small browser on a screen of its own."""
    with tempfile.TemporaryDirectory(prefix="nghisu-webkit-") as name, screen() as display:
        folders = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"), name)
        # Drawn without a graphics card: else nothing is drawn for seconds, and no frame comes.
        plain = {"WEBKIT_SKIA_ENABLE_CPU_RENDERING": "1", "LIBGL_ALWAYS_SOFTWARE": "1", "GDK_BACKEND": "x11"}
        port = free_port()
        with running([WEBKIT, f"--port={port}"], DISPLAY=display, **folders, **plain):
            with connected(port):
                pass
            yield from window("webkit", Http(port), {})


def window(name: str, wire: Wire, wishes: dict[str, Any]) -> Iterator[Window]:
    """Open the session, make the window as large as a tablet, and close it at the end."""
    wire.ask("NewSession", {"capabilities": {"alwaysMatch": wishes}})
    try:
        wire.ask("SetWindowRect", {"x": 0, "y": 0, "width": 1180, "height": 900})
        yield Window(name, wire)
    finally:
        with contextlib.suppress(OSError, Refused):
            wire.ask("DeleteSession", {})


@contextmanager
def screen() -> Iterator[str]:
    """Run an X server without a screen and yield its name."""
    ours, theirs = os.pipe()
    command = [SCREEN, "-displayfd", str(theirs), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]
    with running(command, pass_fds=(theirs,)):
        os.close(theirs)
        with os.fdopen(ours) as told:
            yield f":{told.readline().strip()}"


@contextmanager
def running(command: list[str], *, pass_fds: tuple[int, ...] = (), **environment: str) -> Iterator[None]:
    """Run a program in a group of its own, and end the whole group."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=pass_fds,
    )
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """Connect to a program that is starting."""
    deadline = time.monotonic() + STARTS
    while True:
        try:
            line = socket.create_connection(("127.0.0.1", port), timeout=ANSWERS)
            break
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(STEP)
    with line:
        yield line
