"""The centre as a process: where it listens, where it keeps what it gets."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.hall import Priority
from kiosk.domain.staff import Role
from kiosk.errors import ConfigurationError
from kiosk.settings import Settings
from ui.commands.logs import configure_logs

if TYPE_CHECKING:
    from sync.central.hall.site import HallSite
    from sync.relay.link import UpstreamLink


@dataclass(frozen=True, slots=True)
class Serving:
    """How the centre answers, as the command line says it; see ``central --help``."""

    name: str
    trust_first_use: bool
    workers: int
    tls_certificate: Path | None
    tls_key: Path | None
    tls_authority: Path | None
    upstream: str | None = None
    has_hall: bool = False


def run_central(settings: Settings, data_dir: Path, listen: str, database: str | None, *, serving: Serving) -> None:
    """Serve until the process is told to end.

    Raises:
        ConfigurationError: the address, the port or the database is wrong.
    """
    host, port = parsed_address(listen)
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    configure_logs(settings.log_level)
    from sync.central.serve import CentreOptions, serve
    from ui.commands.centre_database import database_url

    options = CentreOptions(
        database_url(data_dir, database),
        data_dir,
        serving.name,
        trust_first_use=serving.trust_first_use,
        tls_certificate=serving.tls_certificate,
        tls_key=serving.tls_key,
        certificate_authority=serving.tls_authority,
        hall=hall_of(settings) if serving.has_hall else None,
    )
    if serving.upstream is None:
        serve(host, port, options, workers=serving.workers)
    else:
        link = upstream_link(settings, data_dir, serving.upstream, serving.name)
        serve(host, port, options, workers=serving.workers, beside=link.relaying)


def hall_of(settings: Settings) -> "HallSite":
    """Return the site whose counters work at a hub.

    Raises:
        ConfigurationError: a setting or a data file of the site is wrong.
    """
    from sync.central.hall.site import HallSite
    from ui.composition.site_data import load_site

    data = load_site(settings)
    hall = settings.hall
    return HallSite(
        data.site,
        data.catalogue,
        hall.counters,
        data.read_file,
        priorities=tuple(map(Priority, hall.priorities)),
        kiosks=hall.origins,
        factor_for=tuple(map(Role, hall.totp_for)),
    )


def upstream_link(settings: Settings, data_dir: Path, upstream: str, name: str) -> "UpstreamLink":
    """Return the link of a hub to the centre above; it has the settings of a kiosk's, at another address.

    Raises:
        ConfigurationError: the name is not a hub's, or the address no HTTP address.
    """
    from sync.central.trust.senders import HUB_PREFIX
    from sync.relay.link import UpstreamLink

    if not name.startswith(HUB_PREFIX):
        raise ConfigurationError("--name", f"the name of a hub, for example HUB-38, with --upstream; not {name!r}")
    if not upstream.startswith(("http://", "https://")):
        raise ConfigurationError("--upstream", f"http:// or https:// and a host, not {upstream!r}")
    return UpstreamLink(settings.central.model_copy(update={"url": upstream}), data_dir)


def parsed_address(listen: str) -> tuple[str, int]:
    """Return host and port of ``HOST:PORT`` (``[::1]:8440`` for IPv6).

    Raises:
        ConfigurationError: another form.
    """
    host, separator, port = listen.rpartition(":")
    if not separator or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ConfigurationError("--listen", f"HOST:PORT, for example 127.0.0.1:8440, not {listen!r}")
    return host.strip("[]"), int(port)
