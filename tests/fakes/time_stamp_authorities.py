"""A real time-stamp authority: OpenSSL makes its certificates and its tokens, behind a small HTTP server."""

import atexit
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kiosk.settings import EvidenceSettings

_CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""
_EXTENSIONS = (
    "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,{use}\n"
)


@dataclass(frozen=True)
class AnAuthority:
    """The keys and certificates of an authority, in a folder."""

    folder: Path
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def root(self) -> Path:
        """The certificate that a kiosk is told to trust."""
        return self.folder / "root.pem"

    def reply(self, query: bytes) -> bytes:
        """Return what ``openssl ts -reply`` answers; one at a time, for the serial number is a file."""
        with self.lock:
            asked = self.folder / "query.tsq"
            asked.write_bytes(query)
            return openssl("ts", "-reply", "-config", f"{self.folder}/tsa.cnf", "-queryfile", f"{asked}").stdout


@cache
def an_authority(name: str = "Horodateur", use: str = "timeStamping") -> AnAuthority:
    """Return an authority, made once per process.

    Args:
        name: in its certificates; another name is another authority.
        use: what its signer's certificate may be used for.
    """
    folder = Path(tempfile.mkdtemp(prefix="borne-tsa-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    (folder / "extensions").write_text(_EXTENSIONS.format(use=use))
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIGURATION.format(folder=folder))
    openssl(
        "req", "-x509", *key, "-keyout", f"{folder}/root.key", "-out", f"{folder}/root.pem", "-days", "9",
        "-subj", f"/CN={name}, racine", "-addext", "keyUsage=critical,keyCertSign",
    )  # fmt: skip
    openssl("req", *key, "-keyout", f"{folder}/signer.key", "-out", f"{folder}/signer.csr", "-subj", f"/CN={name}")
    openssl(
        "x509", "-req", "-in", f"{folder}/signer.csr", "-CA", f"{folder}/root.pem", "-CAkey", f"{folder}/root.key",
        "-CAcreateserial", "-days", "9", "-extfile", f"{folder}/extensions", "-out", f"{folder}/signer.pem",
    )  # fmt: skip
    return AnAuthority(folder)


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class AServedAuthority:
    """An authority that listens.

    Attributes:
        url: where.
        authority: whose tokens.
        queries: what was asked so far.
        answer: what is said to a query; a test may put something else here.
        drip_s: pause between two bytes of the answer.
    """

    url: str
    authority: AnAuthority
    queries: list[bytes] = field(default_factory=list)
    answer: Callable[[bytes], Answer] = lambda _query: (200, {}, b"")
    stop_dripping: threading.Event = field(default_factory=threading.Event)
    drips: bool = False

    def settings(self, *, deadline_s: float = 10.0) -> EvidenceSettings:
        """Return the settings of a kiosk that trusts it."""
        return EvidenceSettings(
            time_stamp_url=self.url,
            time_stamp_authority_file=self.authority.root,
            time_stamp_deadline_s=deadline_s,
        )


@contextmanager
def served(authority: AnAuthority | None = None) -> Iterator[AServedAuthority]:
    """Run an authority on loopback until the test ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    own = authority or an_authority()
    running = AServedAuthority(f"http://127.0.0.1:{server.server_address[1]}/tsa", own)
    running.answer = lambda query: (200, {"Content-Type": "application/timestamp-reply"}, own.reply(query))
    server.running = running  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="tsa")
    thread.start()
    try:
        yield running
    finally:
        running.stop_dripping.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        running: AServedAuthority = self.server.running  # type: ignore[attr-defined]
        query = self.rfile.read(int(self.headers["Content-Length"]))
        running.queries.append(query)
        status, headers, body = running.answer(query)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not running.drips:
            self.wfile.write(body)
            return
        for byte in body:
            if running.stop_dripping.wait(0.05):
                return
            self.wfile.write(bytes([byte]))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def openssl(*arguments: str, **options: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run OpenSSL's command, and fail with what it said."""
    done = subprocess.run(["openssl", *arguments], capture_output=True, check=False, timeout=60, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise AssertionError(f"openssl {arguments[0]}: {done.stderr.decode()}")
    return done  # type: ignore[no-any-return]
