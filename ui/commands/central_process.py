"""The centre as a process: where it listens, where it keeps what it gets."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ConfigurationError
from kiosk.settings import Settings
from ui.commands.logs import configure_logs
from ui.composition import CENTRE_DATABASE_NAME


@dataclass(frozen=True, slots=True)
class Serving:
    """How the centre answers, as the command line says it; see ``central --help``."""

    name: str
    trust_first_use: bool
    workers: int
    tls_certificate: Path | None
    tls_key: Path | None
    tls_authority: Path | None


def run_central(settings: Settings, data_dir: Path, listen: str, database: str | None, *, serving: Serving) -> None:
    """Serve until the process is told to end.

    Raises:
        ConfigurationError: the address, the port or the database is wrong.
    """
    host, port = parsed_address(listen)
    data_dir.mkdir(parents=True, exist_ok=True)
    configure_logs(settings.log_level)
    from sync.central.serve import CentreOptions, serve

    options = CentreOptions(
        database or f"sqlite:///{data_dir / CENTRE_DATABASE_NAME}",
        data_dir,
        serving.name,
        trust_first_use=serving.trust_first_use,
        tls_certificate=serving.tls_certificate,
        tls_key=serving.tls_key,
        certificate_authority=serving.tls_authority,
    )
    serve(host, port, options, workers=serving.workers)


def parsed_address(listen: str) -> tuple[str, int]:
    """Return host and port of ``HOST:PORT`` (``[::1]:8440`` for IPv6).

    Raises:
        ConfigurationError: another form.
    """
    host, separator, port = listen.rpartition(":")
    if not separator or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ConfigurationError("--listen", f"HOST:PORT, for example 127.0.0.1:8440, not {listen!r}")
    return host.strip("[]"), int(port)
