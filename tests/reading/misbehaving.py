"""Real servers on the loopback for the tests of fetching: each path answers as its handler writes, byte for byte."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.events

PAGE = (
    b"<!doctype html><html lang=en><head><title>Harbour reopens</title></head><body>"
    b"<h1>Harbour reopens after storm</h1><p>By Jane Doe</p>"
    + b"<p>The harbour of the old town was opened again on Tuesday morning.</p>" * 8
    + b"</body></html>"
)


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    came_to: str
    number: int
    """How many requests for this path there were before."""


Handler = Callable[[socket.socket, Request], None]


def answer(body: bytes = PAGE, status: str = "200 OK", length: int | None = None, **headers: str) -> Handler:
    """A handler that answers as it should. Header names are given with underscores."""
    lines = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    size = len(body) if length is None else length
    return raw(f"HTTP/1.1 {status}\r\n{head}Content-Length: {size}\r\nConnection: close\r\n\r\n".encode() + body)


def redirect(location: str, status: str = "302 Found", **headers: str) -> Handler:
    return answer(b"", status, Location=location, **headers)


def raw(*parts: bytes, pause: float = 0.0, forever: bool = False) -> Handler:
    """Writes the parts, with a pause after each; `forever` repeats the last until the other side goes."""

    def handle(connection: socket.socket, request: Request) -> None:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)
        while forever:
            connection.sendall(parts[-1])
            time.sleep(pause)

    return handle


@dataclass
class Site:
    """A server; `paths` may be changed at any time, `seen` lists the requests."""

    paths: dict[str, Handler] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    seen: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("0.0.0.0", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "") -> str:
        return f"{scheme or ('https' if self.tls else 'http')}://{host}:{self.port}{path}"

    def close(self) -> None:
        if self._listener.fileno() == -1:
            return
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in [self._accepting, *self._threads]:
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ssl.SSLError), connection:
            connection.settimeout(5)
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            self._open.add(connection)
            try:
                if self.tls is not None and connection.selected_alpn_protocol() == "h2":  # type: ignore[attr-defined]
                    self._serve_h2(connection)
                else:
                    self._serve_one(connection)
            finally:
                self._open.discard(connection)
                connection.close()

    def _serve_one(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            part = connection.recv(65536)
            if not part:
                return
            head += part
        first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self._answer(connection, first.split(" ")[1], headers)

    def _answer(self, connection: socket.socket, path: str, headers: dict[str, str]) -> None:
        with self._lock:
            number = sum(earlier.path == path for earlier in self.seen)
            request = Request(path, headers, connection.getsockname()[0], number)
            self.seen.append(request)
        self.paths.get(path, answer(b"<h1>No such page</h1>", "404 Not Found"))(connection, request)

    def _serve_h2(self, connection: socket.socket) -> None:
        """HTTP/2: the handler's HTTP/1.1 bytes, split at the blank line, become one answer."""
        protocol = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        protocol.initiate_connection()
        connection.sendall(protocol.data_to_send())
        while data := connection.recv(65536):
            for event in protocol.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    headers = {name.decode(): value.decode() for name, value in event.headers or []}
                    recorder = _Recorder(connection)
                    self._answer(recorder, headers[":path"], headers | {"http": "2"})  # type: ignore[arg-type]
                    head, _, body = bytes(recorder.written).partition(b"\r\n\r\n")
                    first, *lines = head.decode().split("\r\n")
                    fields = [(":status", first.split(" ")[1])]
                    for name, _, value in (line.partition(":") for line in lines):
                        if name.lower() != "connection":
                            fields.append((name.lower(), value.strip()))
                    protocol.send_headers(event.stream_id, fields)
                    protocol.send_data(event.stream_id, body, end_stream=True)
            connection.sendall(protocol.data_to_send())


class _Recorder:
    """Stands for the socket while a handler writes an answer that goes out as HTTP/2."""

    def __init__(self, connection: socket.socket) -> None:
        self.written = bytearray()
        self.getsockname = connection.getsockname

    def sendall(self, data: bytes) -> None:
        self.written += data
