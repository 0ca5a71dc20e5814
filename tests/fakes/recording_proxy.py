"""Between a browser and everything else: keeps every request whole, and lets only one host be reached."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Recorded:
    """What was asked through a proxy.

    Attributes:
        url: of the proxy.
        requests: each as one text: method, address, headers, body.
    """

    url: str
    requests: list[str] = field(default_factory=list)


@contextmanager
def a_recording_proxy(reachable: str) -> Iterator[Recorded]:
    """Run a proxy on loopback that passes on what is meant for one ``host:port`` and refuses the rest."""
    recorded = Recorded("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            address = urlsplit(self.path)
            recorded.requests.append(f"{self.command} {self.path}\n{self.headers}\n{body.decode('latin-1')}")
            if address.netloc != reachable:
                self.send_error(502)
                return
            path = f"{address.path}?{address.query}" if address.query else address.path
            connection = HTTPConnection(address.hostname or "", address.port, timeout=10)
            try:
                connection.request(self.command, path, body, dict(self.headers))
                answer = connection.getresponse()
                content = answer.read()
            finally:
                connection.close()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "date", "server", "connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # a browser that is closing waits for no answer
                self.wfile.write(content)
                self.wfile.flush()

        do_GET = do_HEAD = do_POST = do_PUT = do_OPTIONS = do_CONNECT = _pass_on  # noqa: N815  # http.server's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the requests are kept."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    recorded.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, name="recording proxy")
    thread.start()
    try:
        yield recorded
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
