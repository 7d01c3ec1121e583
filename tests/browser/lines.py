"""The line between a tablet and the server, to be cut and mended."""

import re

from playwright.sync_api import Page, WebSocketRoute


class Line:
    """The line of one tablet: cut, nothing comes or goes."""

    def __init__(self, page: Page) -> None:
        self.page, self.cut = page, False
        self.sockets: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/ws/"), self.carry)

    def carry(self, socket: WebSocketRoute) -> None:
        """Let a socket through, unless the line is cut."""
        if self.cut:
            socket.close()
            return
        socket.connect_to_server()
        self.sockets.append(socket)

    def off(self) -> None:
        """Cut the line."""
        self.cut = True
        self.page.context.set_offline(True)
        for socket in self.sockets:
            socket.close()
        self.sockets.clear()

    def on(self) -> None:
        """The network is back."""
        self.cut = False
        self.page.context.set_offline(False)
