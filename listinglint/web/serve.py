"""Runs the server until it is told to stop, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import FrameType
from typing import Any

import uvicorn

from listinglint.web.server import Options, create_app

_GRACE = 1
"""Seconds that answers under way are given on stopping."""


class _Quiet(uvicorn.Server):
    """Tells the application at once that it is over, so that streams end before their connections are waited for."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.config.app.state.server.stop()  # type: ignore[union-attr]
        super().handle_exit(sig, frame)


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises OSError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The event loop sends small answers at once only over sockets that say they are TCP.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(signal, "SIGHUP"):
            # On Windows this option would let others take the port over.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(256)
    except OSError:
        sock.close()
        raise
    return sock


def run(sock: socket.socket, options: Options, ready: Callable[[str], Any]) -> None:
    """Serves on a socket of `bind` until Ctrl-C, SIGTERM or the end of the terminal.

    `ready` is called with the page's address once requests are answered. Raises MarketplaceError for one that does not exist.
    """
    # What is wrong with a form is answered, not logged.
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
    app = create_app(replace(options, port=sock.getsockname()[1]))
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, server_header=False, lifespan="on", ws="none", timeout_graceful_shutdown=_GRACE, timeout_keep_alive=75,
    )  # fmt: skip
    server = _Quiet(config)
    threading.Thread(target=_announce, args=(server, app.state.server.access.url, ready), daemon=True).start()
    try:
        with _ending(), contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[sock])
    finally:
        # A second Ctrl-C lets nothing end in order.
        app.state.server.remove()


def _announce(server: uvicorn.Server, url: str, ready: Callable[[str], Any]) -> None:
    wait = threading.Event()
    while not server.started and not server.should_exit:
        wait.wait(0.02)
    if server.started:
        ready(url)


@contextlib.contextmanager
def _ending() -> Iterator[None]:
    """Signals that end a program end this one as Ctrl-C does: by an exception, so that it can tidy up."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
