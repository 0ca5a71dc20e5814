"""The centre as a process: where it listens, where it keeps what it gets."""

from pathlib import Path

from kiosk.errors import ConfigurationError
from kiosk.settings import Settings
from ui.commands.logs import configure_logs
from ui.composition import CENTRE_DATABASE_NAME


def run_central(
    settings: Settings, data_dir: Path, listen: str, database: str | None, *, trust_first_use: bool
) -> None:
    """Serve until the process is told to end.

    Raises:
        ConfigurationError: the address, the port or the database is wrong.
    """
    host, port = parsed_address(listen)
    data_dir.mkdir(parents=True, exist_ok=True)
    configure_logs(settings.log_level)
    from sync.central.serve import serve

    serve(
        host,
        port,
        database or f"sqlite:///{data_dir / CENTRE_DATABASE_NAME}",
        data_dir,
        trust_first_use=trust_first_use,
    )


def parsed_address(listen: str) -> tuple[str, int]:
    """Return host and port of ``HOST:PORT`` (``[::1]:8440`` for IPv6).

    Raises:
        ConfigurationError: another form.
    """
    host, separator, port = listen.rpartition(":")
    if not separator or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ConfigurationError("--listen", f"HOST:PORT, for example 127.0.0.1:8440, not {listen!r}")
    return host.strip("[]"), int(port)
