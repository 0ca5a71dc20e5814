"""The centre as a running server: in this process until told to end, or beside it in a thread."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kiosk.errors import ConfigurationError
from sync.central.app import create_app
from sync.central.centre_key import CENTRE_KEY_NAME, load_or_create_centre_key
from sync.central.schema import open_database

_GRACE_S = 5


@dataclass(frozen=True, slots=True)
class RunningCentre:
    """A centre that answers.

    Attributes:
        url: where.
        public_key: PEM of the key that signs its acknowledgements.
    """

    url: str
    public_key: str


def serve(host: str, port: int, database_url: str, data_dir: Path, *, trust_first_use: bool = True) -> None:
    """Serve until the process gets SIGINT or SIGTERM; running requests are finished first.

    Args:
        host: address to listen on.
        port: 0 takes a free one.
        database_url: SQLite or PostgreSQL.
        data_dir: holds the centre's key.
        trust_first_use: register unknown origins by their genesis entry.

    Raises:
        ConfigurationError: address, database or key is wrong.
        StoreError: the database is not ours, or newer.
    """
    listener = _bound(host, port)
    with _server(database_url, data_dir, trust_first_use=trust_first_use) as (server, _):
        server.run(sockets=[listener])


@contextlib.contextmanager
def background_centre(
    database_url: str, data_dir: Path, *, host: str = "127.0.0.1", port: int = 0, trust_first_use: bool = True
) -> Iterator[RunningCentre]:
    """Serve in a thread of this process for as long as the block runs."""
    listener = _bound(host, port)
    with _server(database_url, data_dir, trust_first_use=trust_first_use) as (server, public_key):
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="centre")
        thread.start()
        try:
            yield RunningCentre(f"http://{host}:{listener.getsockname()[1]}", public_key)
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def _server(database_url: str, data_dir: Path, *, trust_first_use: bool) -> Iterator[tuple[uvicorn.Server, str]]:
    key = load_or_create_centre_key(data_dir / CENTRE_KEY_NAME)
    engine = open_database(database_url)
    try:
        app = create_app(engine, key, trust_first_use=trust_first_use)
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=_GRACE_S, ws="none"
        )
        yield uvicorn.Server(config), key.public_pem
    finally:
        engine.dispose()


def _bound(host: str, port: int) -> socket.socket:
    """Return a listening socket; connections wait in it until the server is ready."""
    try:
        return socket.create_server(
            (host, port), backlog=128, family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as error:
        raise ConfigurationError(
            "--listen", f"an address and a free port, not {host}:{port} ({error.strerror})"
        ) from error
