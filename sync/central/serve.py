"""The centre as a running server: in this process and its workers until told to end, or beside it in a thread."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import uvicorn

from kiosk.errors import ConfigurationError
from sync.central.app import create_app
from sync.central.context import CentreContext
from sync.central.hall.site import HallSite
from sync.central.journal import LEGAL_ZONE, CentreJournal
from sync.central.schema import open_database
from sync.central.trust.centre_key import CENTRE_KEY_NAME, load_or_create_centre_key
from sync.central.trust.opening_keys import OpeningKeys
from sync.central.workers import run_workers

DEFAULT_NAME: Final = "CENTRE-00"
_GRACE_S: Final = 5


@dataclass(frozen=True, slots=True)
class CentreOptions:
    """How a centre runs.

    Attributes:
        database_url: SQLite or PostgreSQL.
        data_dir: holds the centre's keys.
        name: origin of its own journal.
        trust_first_use: register unknown kiosks by their founding entry, without an enrolment.
        tls_certificate: PEM file of the server's certificate chain; None leaves TLS to a proxy before it.
        tls_key: PEM file of its private key.
        certificate_authority: PEM file of the authority that enrolled machines are told to trust.
        hall: the site whose counters work here; None where there are none.
    """

    database_url: str
    data_dir: Path
    name: str = DEFAULT_NAME
    trust_first_use: bool = True
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    certificate_authority: Path | None = None
    hall: HallSite | None = None


@dataclass(frozen=True, slots=True)
class RunningCentre:
    """A centre that answers.

    Attributes:
        url: where.
        public_key: PEM of the key that signs its acknowledgements.
        context: what its addresses work with.
    """

    url: str
    public_key: str
    context: CentreContext


Beside = Callable[[CentreContext], contextlib.AbstractContextManager[object]]


def serve(
    host: str, port: int, options: CentreOptions, *, workers: int = 1, beside: Beside = contextlib.nullcontext
) -> None:
    """Serve until the process gets SIGINT or SIGTERM; running requests are finished first.

    Args:
        host: address to listen on.
        port: 0 takes a free one.
        options: how.
        workers: processes that answer; more than one needs PostgreSQL.
        beside: what runs in each of them beside the answering.

    Raises:
        ConfigurationError: address, database or key is wrong.
        StoreError: the database is not ours, or newer.
    """
    if workers > 1 and not options.database_url.startswith("postgres"):
        raise ConfigurationError("--workers", "1 with SQLite, which has one writer anyway")
    with open_centre(options):
        pass  # migrates and founds once, so that the workers need not race, and mistakes show here
    listener = _bound(host, port)  # only now: whoever gets through finds the database made
    run_workers(workers, lambda: _serve_one(listener, options, beside))


@contextlib.contextmanager
def open_centre(
    options: CentreOptions, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[CentreContext]:
    """Open database and key, found the centre's journal, and close the database at the end.

    Raises:
        ConfigurationError: database or key is wrong.
        StoreError: the database is not ours, or newer.
    """
    key = load_or_create_centre_key(options.data_dir / CENTRE_KEY_NAME)
    opening_keys = OpeningKeys(options.data_dir)
    engine = open_database(options.database_url)
    try:
        hall = options.hall
        zone = LEGAL_ZONE if hall is None else hall.site.departement.timezone
        journal = CentreJournal(engine, key, options.name, now, zone)
        journal.found()
        yield CentreContext(engine, key, journal, now, options.name, opening_keys, options.trust_first_use, hall)
    finally:
        engine.dispose()


@contextlib.contextmanager
def background_centre(
    database_url: str,
    data_dir: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    trust_first_use: bool = True,
    name: str = DEFAULT_NAME,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    hall: HallSite | None = None,
) -> Iterator[RunningCentre]:
    """Serve in a thread of this process for as long as the block runs."""
    listener = _bound(host, port)
    options = CentreOptions(database_url, data_dir, name, trust_first_use, hall=hall)
    with open_centre(options, now=now) as centre:
        server = _server(centre, options)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="centre")
        thread.start()
        try:
            yield RunningCentre(f"http://{host}:{listener.getsockname()[1]}", centre.key.public_pem, centre)
        finally:
            server.should_exit = True
            thread.join()


def _serve_one(listener: socket.socket, options: CentreOptions, beside: Beside) -> None:
    with open_centre(options) as centre, beside(centre):
        _server(centre, options).run(sockets=[listener])


def _server(centre: CentreContext, options: CentreOptions) -> uvicorn.Server:
    authority = options.certificate_authority
    try:
        app = create_app(centre, certificate_authority=authority.read_text() if authority else None)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=_GRACE_S,
            ws="none",
            ssl_certfile=options.tls_certificate,
            ssl_keyfile=options.tls_key,
        )
        config.load()
        if config.ssl is not None:
            config.ssl.minimum_version = ssl.TLSVersion.TLSv1_3
    except OSError as error:
        raise ConfigurationError("--tls-certificate", f"PEM files that can be read ({error})") from error
    return uvicorn.Server(config)


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
