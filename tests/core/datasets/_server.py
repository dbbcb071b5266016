"""A small server of files that can be as bad as real ones: it cuts connections off, ignores ranges, lies."""
from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Server:
    """`files` by path. `cut` ends every answer after so many bytes, and while `hold` is not set, none goes beyond its
    first byte; `asked` holds (path, Range) of each request."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    cut: int | None = None
    ranges: bool = True
    status: int = 0
    shift: int = 0
    chunked: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.hold.set()


@contextmanager
def serve() -> Iterator[Server]:
    """A server in a thread, stopped at the end."""
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            state.asked.append((self.path, wanted))
            body = state.files.get(self.path)
            if state.status or body is None:
                self._answer(state.status or 404, b"<html>no</html>")
                return
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and state.ranges else 0
            if start >= len(body) and start:
                self._answer(416, b"")
            elif start:
                start += state.shift
                self._answer(206, body[start:], f"bytes {start}-{len(body) - 1}/{len(body)}")
            else:
                self._answer(200, body)

        def _answer(self, status: int, body: bytes, span: str = "") -> None:
            self.send_response(status)
            if not state.chunked:
                self.send_header("Content-Length", str(len(body)))
            if span:
                self.send_header("Content-Range", span)
            self.send_header("Connection", "close")
            self.end_headers()
            body = body if state.cut is None else body[: state.cut]
            with suppress(ConnectionError):
                self.wfile.write(body[:1])
                state.hold.wait(10.0)
                self.wfile.write(body[1:])
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Quiet."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = False
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.address = f"http://127.0.0.1:{httpd.server_port}/"
    try:
        yield state
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()
