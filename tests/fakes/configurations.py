"""The section « Réglages » without its screen: real files in a folder, the real service on a kiosk's store."""

from collections.abc import Mapping
from pathlib import Path

from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import StaffSession
from kiosk.services.configure_site import ConfigureSite
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import AKiosk
from ui.composition import printer_of
from ui.composition.site_configuration import ConfigurationInDirectory


def configuring(kiosk: AKiosk, folder: Path, *, config: Path | None = None) -> ConfigureSite:
    """Return the service of a kiosk whose files lie in a folder."""
    return ConfigureSite(
        **kiosk.parts,
        reading=kiosk.store.reading,
        signer=a_signer(),
        keys=lambda: [a_signer().public_key],
        sessions=kiosk.desk.sessions,
        files=ConfigurationInDirectory(config, folder, printer_of),
    )


def changed(service: ConfigureSite, session: StaffSession, changes: Mapping[str, JsonValue]) -> int:
    """Change something on top of whatever stands."""
    return service.change(session, service.standing(session).version, changes)
